//! `lab caps --runs N`: shoppers who do anything in any order, over pages, with clocks that jump; and whether a card
//! ever came that the limits, or a silence, should have kept back.

use domain::behaviour::{
    CartEdit, CommerceEvent, Decline, Field, Limits, MOST_PER_WEEK, Manners, Page, PageKind, Quiet, Rule,
    Signal, Target, Trigger, VISIT_ENDS_AFTER, Watch,
};
use domain::time::{Millis, UnixMillis};
use std::process::ExitCode;

const WEEK: Millis = Millis::days(7);
const TYPING: Millis = Millis::seconds(3);
const START: UnixMillis = UnixMillis(1_700_000_000_000);

/// Prints how many of `runs` broke a limit, and how many cards came in all.
pub(crate) fn print(runs: &str) -> ExitCode {
    let Ok(runs) = runs.parse::<u64>() else {
        eprintln!("--runs must be a whole number");
        return ExitCode::from(2);
    };
    let (mut broken, mut cards) = (0_u64, 0_usize);
    for seed in 0..runs {
        let (shown, fault) = run(seed);
        cards += shown;
        if let Some(fault) = fault {
            broken += 1;
            eprintln!("run {seed}: {fault}");
        }
    }
    println!("{broken} of {runs} runs broke a limit; {cards} cards were shown");
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Marsaglia's xorshift: the same seed is the same shopper.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides.max(1)
    }

    fn pick<T: Copy>(&mut self, from: &[T], usual: T) -> T {
        let place = usize::try_from(self.roll(from.len() as u64)).unwrap_or(0);
        from.get(place).copied().unwrap_or(usual)
    }
}

/// What the limits are held to, kept apart from what is tested.
struct Shopper {
    dice: Dice,
    manners: Manners,
    watch: Watch,
    now: UnixMillis,
    opened: UnixMillis,
    quiet_until: UnixMillis,
    typed: Option<UnixMillis>,
    heard: UnixMillis,
    /// The latest instant that this page was told.
    latest: UnixMillis,
    hidden: bool,
    panel: bool,
    overlay: bool,
    in_visit: u32,
    cards: Vec<(UnixMillis, u32)>,
    shown: usize,
    fault: Option<String>,
}

fn run(seed: u64) -> (usize, Option<String>) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..8 {
        dice.roll(2);
    }
    let manners = manners(&mut dice);
    let mut shopper = Shopper {
        watch: Watch::new(manners.clone(), page(&mut dice, START)),
        dice,
        manners,
        now: START,
        opened: START,
        quiet_until: UnixMillis(0),
        typed: None,
        heard: START,
        latest: START,
        hidden: false,
        panel: false,
        overlay: false,
        in_visit: 0,
        cards: Vec::new(),
        shown: 0,
        fault: None,
    };
    for _ in 0..60 {
        shopper.act();
    }
    (shopper.shown, shopper.fault)
}

fn manners(dice: &mut Dice) -> Manners {
    let few = |dice: &mut Dice, most: u64| u8::try_from(dice.roll(most)).unwrap_or(0);
    let rules = (0..=dice.roll(6)).map(|number| Rule {
        number: u32::try_from(number / 2).unwrap_or(0),
        priority: u32::try_from(dice.roll(3)).unwrap_or(0),
        per_week: 1 + few(dice, 3),
        ..Rule::new(0, dice.pick(&Trigger::ALL, Trigger::Exit))
    });
    Manners {
        rules: rules.collect(),
        patience: Millis::seconds(5 + dice.roll(60)),
        limits: Limits {
            first: Millis::seconds(dice.roll(20)),
            gap: Millis::minutes(dice.roll(90)),
            per_visit: few(dice, 4),
            per_week: few(dice, 10),
            after_close: Millis::days(dice.roll(8)),
            after_not_now: Millis::days(dice.roll(31)),
        },
        purchase_gate: dice.roll(2) == 0,
        ..Manners::default()
    }
}

fn page(dice: &mut Dice, opened: UnixMillis) -> Page {
    let kind = dice.pick(&PageKind::ALL, PageKind::Other);
    Page { opened, kind, touch: dice.roll(3) == 0, width: 1_200, height: 700 }
}

impl Shopper {
    fn act(&mut self) {
        match self.dice.roll(16) {
            0..=3 => self.leave(),
            4 => self.shop(&[Signal::CartChanged { items: 2 }], 70),
            5 => self.shop(
                &[
                    Signal::FieldEntered(Field::Coupon),
                    Signal::CouponRefused,
                    Signal::CouponRefused,
                    Signal::CouponRefused,
                ],
                1,
            ),
            6 => {
                for product in [1, 2, 1, 2] {
                    self.shop(&[Signal::PageChanged { page: PageKind::Product, product: Some(product) }], 5);
                }
            }
            7 => {
                let click = Signal::Clicked { x: 5, y: 5, target: Target::Control };
                let removed = Signal::CartEdited { edit: CartEdit::Removed, item: 1 };
                self.shop(&[click, click, click, removed], 1);
            }
            8 => self.change(),
            9 => {
                let event = self.dice.pick(&CommerceEvent::ALL, CommerceEvent::ViewItem);
                self.shop(&[Signal::Commerce { event, items: None }], 1);
            }
            10 => self.decline(),
            11 => {
                self.quiet_until = self.now + Millis::hours(self.dice.roll(400)) - Millis::hours(200);
                self.watch.set_quiet(Quiet { until: self.quiet_until });
            }
            12 | 13 => self.reload(),
            14 => self.now = self.now + Millis::minutes(1 << self.dice.roll(14)),
            // A clock that is put back.
            _ => self.now = self.now - Millis::minutes(1 << self.dice.roll(12)),
        }
    }

    fn leave(&mut self) {
        for y in [420, 400, 390, 395, 300, 230, 170, 120, 80, 50, 30, 15, 6, 2] {
            self.hear(Signal::PointerMoved { x: 500, y }, true);
            self.now = self.now + Millis(16);
        }
        self.hear(Signal::PointerLeft { x: 500, y: -4, pressed: false }, false);
        self.wait(1);
    }

    fn shop(&mut self, signals: &[Signal], seconds: u64) {
        for &signal in signals {
            self.hear(signal, true);
        }
        self.wait(seconds);
    }

    fn change(&mut self) {
        match self.dice.roll(4) {
            0 => {
                self.hidden = !self.hidden;
                self.hear(if self.hidden { Signal::PageHidden } else { Signal::PageShown }, !self.hidden);
            }
            1 => {
                self.panel = !self.panel;
                self.hear(if self.panel { Signal::PanelOpened } else { Signal::PanelClosed }, true);
            }
            2 => {
                self.overlay = !self.overlay;
                self.hear(if self.overlay { Signal::OverlayOpened } else { Signal::OverlayClosed }, false);
            }
            _ => {
                self.typed = Some(self.now);
                self.hear(Signal::KeyPressed, true);
            }
        }
    }

    fn decline(&mut self) {
        let decline = self.dice.pick(&[Decline::Closed, Decline::NotNow], Decline::Closed);
        let limits = self.manners.limits;
        self.quiet_until = self.quiet_until.max(limits.quiet(decline, self.now).until);
        self.hear(Signal::Declined(decline), true);
    }

    /// Another page of the same tab, which knows what this one knew and what the shopper's own acts left behind.
    fn reload(&mut self) {
        let kept = self.watch.remember();
        self.now =
            if self.dice.roll(4) == 0 { self.now - Millis::hours(self.dice.roll(40)) } else { self.now };
        self.opened = self.now;
        self.latest = self.now;
        let page = page(&mut self.dice, self.now);
        self.watch = Watch::new(self.manners.clone(), page);
        self.watch.resume(self.now, &kept);
        self.watch.set_quiet(Quiet { until: self.quiet_until });
        (self.hidden, self.panel, self.overlay, self.typed) = (false, false, false, None);
        // Nothing was in the future.
        self.heard = self.heard.min(self.now);
        self.cards.iter_mut().for_each(|(at, _)| *at = (*at).min(self.now));
        self.hear(Signal::PageChanged { page: page.kind, product: None }, true);
    }

    fn wait(&mut self, seconds: u64) {
        let until = self.now + Millis::seconds(seconds);
        for _ in 0..20 {
            let Some(at) = self.watch.next_wakeup().filter(|at| *at <= until) else { break };
            self.now = self.now.max(at);
            self.hear(Signal::WokeUp, false);
        }
        self.now = self.now.max(until);
    }

    fn hear(&mut self, signal: Signal, by_the_shopper: bool) {
        // No clock runs backwards within a page.
        self.now = self.now.max(self.latest);
        self.latest = self.now;
        if by_the_shopper {
            if self.now.since(self.heard) >= VISIT_ENDS_AFTER {
                self.in_visit = 0;
            }
            self.heard = self.now;
        }
        let Some(moment) = self.watch.handle(self.now, signal) else { return };
        let fault = self.fault_of(moment.rule);
        self.fault = self.fault.take().or(fault);
        let number = self.manners.rules.get(moment.rule).map_or(0, |rule| rule.number);
        self.cards.push((self.now, number));
        self.in_visit += 1;
        self.shown += 1;
    }

    /// What stood in the way of a card by the rule at `place`.
    fn fault_of(&self, place: usize) -> Option<String> {
        let rule = self.manners.rules.get(place)?;
        let limits = self.manners.limits;
        let week = || self.cards.iter().filter(|(at, _)| self.now.since(*at) < WEEK);
        let most = |limit: u8| usize::from(limit).min(MOST_PER_WEEK);
        [
            (self.hidden, "the page was hidden"),
            (self.panel, "the panel was open"),
            (self.overlay, "a dialog was open"),
            (self.watch.behaviour().at_the_till(), "the shopper was paying"),
            (self.typed.is_some_and(|at| self.now.since(at) < TYPING), "the shopper was typing"),
            (self.now.since(self.opened) < limits.first, "the page was new"),
            (self.now < self.quiet_until, "silence was asked for"),
            (self.in_visit >= limits.per_visit.into(), "enough for the visit"),
            (week().any(|(at, _)| self.now.since(*at) < limits.gap), "too soon after another"),
            (week().count() >= most(limits.per_week), "enough for the week"),
            (
                week().filter(|(_, by)| *by == rule.number).count() >= most(rule.per_week),
                "enough by the rule",
            ),
        ]
        .into_iter()
        .find_map(|(stood, why)| stood.then(|| why.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_is_broken_and_cards_do_come() {
        let runs: Vec<(usize, Option<String>)> = (0..2_000).map(run).collect();
        let faults: Vec<&String> = runs.iter().filter_map(|(_, fault)| fault.as_ref()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        assert!(runs.iter().map(|(shown, _)| shown).sum::<usize>() > 500);
    }
}
