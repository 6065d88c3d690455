//! Verdicts under a store's rules and limits: when the shopper may be spoken to, and by which rule.

use super::away::ANOTHER_VISIT;
use super::conditions::{Rule, Situation};
use super::journey::Journey;
use super::limits::{Budget, Decline, Limits, Quiet, Refusal};
use super::memory::{Reader, VERSION, Writer};
use super::page::{Behaviour, Page};
use super::points::Detectors;
use super::purchase::Interest;
use super::signal::{PageKind, Signal};
use super::topic::Topic;
use super::verdict::{Trigger, Verdict};
use crate::time::{Millis, UnixMillis};

/// What a store watches for, what it says then, and when it may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// What is said at which moment; without any, nothing is.
    pub rules: Vec<Rule>,
    /// How long a cart lies idle before that means anything.
    pub patience: Millis,
    /// What is watched for.
    pub detectors: Detectors,
    /// How often the shopper may be spoken to.
    pub limits: Limits,
    /// Whether the surest buyers, and those who only pass by, are left alone.
    pub purchase_gate: bool,
    /// How far the store's clocks are east of Greenwich.
    pub utc_offset_minutes: i32,
}

/// How long a cart lies idle where the store does not say.
pub const PATIENCE: Millis = Millis::seconds(60);

impl Default for Manners {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            patience: PATIENCE,
            detectors: Detectors::ALL,
            limits: Limits::default(),
            purchase_gate: true,
            utc_offset_minutes: 0,
        }
    }
}

/// The moment for a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The rule that speaks, by its place among the store's.
    pub rule: usize,
    /// The trigger, its score and the reasons.
    pub verdict: Verdict,
    /// What it is about.
    pub topic: Topic,
    /// The last two products that were looked at, the latest first.
    pub products: [Option<u32>; 2],
}

/// What became of a rule when its trigger last fired.
pub type Judged = (UnixMillis, Result<(), Refusal>);

/// Watches one page, and says when to speak.
#[derive(Debug, Clone)]
pub struct Watch {
    manners: Manners,
    opened: UnixMillis,
    phone: bool,
    url: String,
    referrer: String,
    behaviour: Behaviour,
    journey: Journey,
    budget: Budget,
    now: UnixMillis,
    panel: bool,
    overlay: bool,
    typing_until: UnixMillis,
    /// A verdict that was only in the way of something that passes, and how long it keeps.
    waiting: Option<(Verdict, UnixMillis)>,
    judged: Vec<Option<Judged>>,
}

/// Someone types until this long after the last key.
const TYPING: Millis = Millis::seconds(3);
/// How often a verdict that waits for a dialog to close is looked at again.
const A_MOMENT: Millis = Millis::seconds(1);
/// A verdict that had to wait is worth this much longer. Who was leaving has left by then.
const KEEPS: Millis = Millis::seconds(15);
/// What is held in a hand and wider than this, in CSS pixels, is no phone.
const WIDEST_PHONE_PX: i32 = 600;

impl Watch {
    /// Starts to watch `page`.
    pub fn new(manners: Manners, page: Page) -> Self {
        let mut budget = Budget::default();
        budget.heard(page.opened);
        Self {
            opened: page.opened,
            phone: page.touch && page.width.min(page.height) < WIDEST_PHONE_PX,
            url: String::new(),
            referrer: String::new(),
            behaviour: Behaviour::new(manners.detectors, manners.patience, page),
            journey: Journey::default(),
            budget,
            now: page.opened,
            panel: false,
            overlay: false,
            typing_until: UnixMillis(0),
            waiting: None,
            judged: vec![None; manners.rules.len()],
            manners,
        }
    }

    /// The host the shopper came from.
    pub fn come_from(&mut self, referrer: String) {
        self.referrer = referrer;
    }

    /// The page's path with its query, now.
    pub fn stand_at(&mut self, url: String) {
        self.url = url;
    }

    /// Goes on from what an earlier page of the tab remembered; the page that was opened is told of after it.
    /// Whatever `row` holds: it lifts no limit of this page's own.
    pub fn resume(&mut self, now: UnixMillis, row: &[u64]) {
        let mut from = Reader::new(row);
        if from.number() != VERSION {
            return;
        }
        self.now = self.now.max(now);
        let written = UnixMillis(from.number()).min(self.now);
        let own = core::mem::replace(&mut self.budget, Budget::read(&mut from, self.now));
        self.budget.keep_quiet(own.quiet());
        self.budget.count_too(&own);
        self.journey = Journey::read(&mut from);
        if self.now.since(written) < ANOTHER_VISIT {
            self.behaviour.read(&mut from);
        }
    }

    /// What the next page of this tab needs to know; to be kept only where the shopper consented.
    pub fn remember(&self) -> Vec<u64> {
        let mut row = Writer::default();
        row.number(VERSION);
        row.number(self.now.0);
        self.budget.write(&mut row);
        self.journey.write(&mut row);
        self.behaviour.write(&mut row);
        row.row()
    }

    /// Keeps this silence, in place of any other.
    pub fn set_quiet(&mut self, quiet: Quiet) {
        self.budget.set_quiet(quiet);
    }

    /// The silence asked for, for the shell to keep once the shopper acted.
    pub fn quiet(&self) -> Quiet {
        self.budget.quiet()
    }

    /// Takes one signal in; a moment comes out when a rule may speak.
    pub fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Moment> {
        self.now = self.now.max(now);
        if signal.is_input() && self.budget.heard(self.now) {
            self.journey.begin_again();
        }
        match signal {
            // The shell looks whenever it matters: only a change is an act of the page's.
            Signal::OverlayOpened if self.overlay => return None,
            Signal::OverlayClosed if !self.overlay => return None,
            Signal::OverlayOpened => self.overlay = true,
            Signal::OverlayClosed => self.overlay = false,
            Signal::PanelOpened => self.panel = true,
            Signal::PanelClosed => self.panel = false,
            Signal::KeyPressed | Signal::FieldTyped => self.typing_until = self.now + TYPING,
            Signal::Declined(decline) => self.decline(decline),
            _ => {}
        }
        let kept = self.waiting.take_if(|(_, until)| *until <= self.now || signal == Signal::WokeUp);
        let kept = kept.filter(|(_, until)| *until > self.now);
        let (seen, here) = (self.behaviour.seen(), self.behaviour.here());
        let verdict = self.behaviour.handle(now, signal);
        self.journey.look(Millis(self.behaviour.seen().0.saturating_sub(seen.0)));
        if matches!(signal, Signal::PageChanged { page, product } if is_another(here, (page, product))) {
            self.journey.open(self.behaviour.here().0);
        }
        let (verdict, until) = match verdict {
            Some(verdict) => (verdict, self.now + KEEPS),
            None => kept?,
        };
        self.judge(verdict, until)
    }

    /// When to come back with [`Signal::WokeUp`], whatever happens until then.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        // However often it is woken before, what waits for an instant is looked at then.
        let later = Some(self.speaks_at()).filter(|&at| at > self.now);
        let waiting = self.waiting.map(|(_, until)| later.unwrap_or(self.now + A_MOMENT).min(until));
        let due = self.behaviour.next_wakeup().into_iter().chain(waiting).min();
        due.filter(|_| !self.manners.rules.is_empty())
    }

    /// What became of each of the store's rules when its trigger last fired.
    pub fn judged(&self) -> &[Option<Judged>] {
        &self.judged
    }

    /// What the shopper is about, with every score.
    pub fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    /// Whom a word may help, as far as is known.
    pub fn interest(&self) -> Interest {
        self.journey.interest(self.now)
    }

    /// Which detectors are on.
    pub fn detectors(&self) -> Detectors {
        self.manners.detectors
    }

    /// Lets the rule of the highest priority speak that may; the first of equals.
    fn judge(&mut self, verdict: Verdict, until: UnixMillis) -> Option<Moment> {
        let topic = Topic::of(verdict, self.behaviour.cart_items());
        let general = self.allows(verdict.trigger);
        let mut fits = false;
        let mut speaks: Option<(usize, &Rule)> = None;
        let mut judged = core::mem::take(&mut self.judged);
        let situation = self.situation(topic);
        let rules = self.manners.rules.iter().zip(&mut judged).enumerate();
        for (place, (rule, judged)) in rules.filter(|(_, (rule, _))| rule.trigger == verdict.trigger) {
            let holds = rule.fits(&situation);
            fits |= holds;
            let allowed = if holds {
                general.and_then(|()| self.budget.allows_rule(rule.number, rule.per_week, self.now))
            } else {
                Err(Refusal::Conditions)
            };
            if allowed.is_ok() && speaks.is_none_or(|(_, other)| rule.priority > other.priority) {
                speaks = Some((place, rule));
            }
            // Until the one that speaks is known.
            *judged = Some((self.now, allowed.and(Err(Refusal::Outranked))));
        }
        let speaks = speaks.map(|(place, rule)| (place, rule.number));
        self.judged = judged;
        let passes = general.is_err_and(Refusal::passes) && fits && verdict.trigger != Trigger::Exit;
        self.waiting = passes.then_some((verdict, until));
        let (rule, number) = speaks?;
        if let Some(judged) = self.judged.get_mut(rule) {
            *judged = Some((self.now, Ok(())));
        }
        self.budget.spend(self.now, number);
        Some(Moment { rule, verdict, topic, products: self.behaviour.products() })
    }

    fn situation(&self, topic: Topic) -> Situation<'_> {
        let (page, product) = self.behaviour.here();
        let basket = self.behaviour.basket();
        let minutes = i64::try_from(self.now.0 / Millis::minutes(1).0).unwrap_or(0);
        let local = (minutes + i64::from(self.manners.utc_offset_minutes)).rem_euclid(24 * 60);
        Situation {
            url: &self.url,
            page,
            product,
            topic,
            cart_products: &basket.lines,
            cart_items: basket.items,
            cart_value_minor: basket.value_minor,
            phone: self.phone,
            visits: self.journey.visits(),
            referrer: &self.referrer,
            minute_of_day: u16::try_from(local).unwrap_or(0),
        }
    }

    /// When nothing that passes by itself will be in the way.
    fn speaks_at(&self) -> UnixMillis {
        self.typing_until.max(self.opened + self.manners.limits.first)
    }

    fn decline(&mut self, decline: Decline) {
        self.budget.keep_quiet(self.manners.limits.quiet(decline, self.now));
    }

    fn allows(&self, trigger: Trigger) -> Result<(), Refusal> {
        let obstacles = [
            (self.behaviour.is_hidden(), Refusal::Hidden),
            (self.panel, Refusal::Panel),
            (self.overlay, Refusal::Overlay),
            (self.behaviour.at_the_till(), Refusal::Paying),
            (self.now < self.typing_until, Refusal::Typing),
            (self.now < self.opened + self.manners.limits.first, Refusal::TooSoon),
            (self.manners.purchase_gate && self.needs_no_word(trigger), Refusal::NotNeeded),
        ];
        match obstacles.into_iter().find(|(stands, _)| *stands) {
            Some((_, refusal)) => Err(refusal),
            None => self.budget.allows(self.manners.limits, self.now),
        }
    }

    /// Who is about to buy is left alone. So is who only passes by; but who put something into the cart, or is stuck,
    /// or weighs products against each other, does not.
    fn needs_no_word(&self, trigger: Trigger) -> bool {
        match self.interest() {
            Interest::Sure => true,
            Interest::PassingBy => trigger == Trigger::Exit && self.behaviour.cart_items() == 0,
            Interest::Open => false,
        }
    }
}

/// Whether the page changed, rather than that more was told of the same one.
fn is_another(before: (PageKind, Option<u32>), now: (PageKind, Option<u32>)) -> bool {
    let same = before.0 == now.0 && now.1.is_some() && (before.1.is_none() || before.1 == now.1);
    !same
}
