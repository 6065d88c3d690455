//! Verdicts under limits: when the shopper may be spoken to.

use super::limits::{Budget, Decline, Limits, Quiet, Refusal};
use super::page::{Behaviour, Page};
use super::points::Detectors;
use super::signal::Signal;
use super::verdict::{Rule, Verdict};
use crate::time::{Millis, UnixMillis};

/// Which rules may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules(u8);

impl Rules {
    /// Lets `rule` speak too.
    #[must_use]
    pub fn with(self, rule: Rule) -> Self {
        Self(self.0 | 1 << rule as u8)
    }

    /// Whether `rule` may speak.
    pub fn allow(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u8 != 0
    }
}

/// What is watched for, and when it may be spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Which rules may speak; none at first.
    pub rules: Rules,
    /// How long a cart lies idle before that means anything.
    pub patience: Millis,
    /// What is watched for.
    pub detectors: Detectors,
    /// How often the shopper may be spoken to.
    pub limits: Limits,
}

/// How long a cart lies idle where the store does not say.
pub const PATIENCE: Millis = Millis::seconds(60);

impl Default for Manners {
    fn default() -> Self {
        Self {
            rules: Rules::default(),
            patience: PATIENCE,
            detectors: Detectors::ALL,
            limits: Limits::default(),
        }
    }
}

/// Watches one page, and says when to speak.
#[derive(Debug, Clone)]
pub struct Watch {
    manners: Manners,
    opened: UnixMillis,
    behaviour: Behaviour,
    budget: Budget,
    now: UnixMillis,
    panel: bool,
    overlay: bool,
    typing_until: UnixMillis,
    /// A verdict that was only in the way of something that passes, and how long it keeps.
    waiting: Option<(Verdict, UnixMillis)>,
    last: Option<(Verdict, Result<(), Refusal>)>,
}

/// Someone types until this long after the last key.
const TYPING: Millis = Millis::seconds(3);
/// How often a verdict that waits for a dialog to close is looked at again.
const A_MOMENT: Millis = Millis::seconds(1);
/// A verdict that had to wait is worth this much longer. Who was leaving has left by then.
const KEEPS: Millis = Millis::seconds(15);

impl Watch {
    /// Starts to watch `page`.
    pub fn new(manners: Manners, page: Page) -> Self {
        Self {
            manners,
            opened: page.opened,
            behaviour: Behaviour::new(manners.detectors, manners.patience, page),
            budget: Budget::default(),
            now: page.opened,
            panel: false,
            overlay: false,
            typing_until: UnixMillis(0),
            waiting: None,
            last: None,
        }
    }

    /// Keeps an earlier silence.
    pub fn keep_quiet(&mut self, quiet: Quiet) {
        self.budget.keep_quiet(quiet);
    }

    /// The silence asked for, for the shell to keep once the shopper acted.
    pub fn quiet(&self) -> Quiet {
        self.budget.quiet()
    }

    /// Takes one signal in; a verdict comes out when it may be spoken of.
    pub fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Verdict> {
        self.now = self.now.max(now);
        if signal.is_input() {
            self.budget.heard(self.now);
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
        let (verdict, until) = match self.behaviour.handle(now, signal) {
            Some(verdict) => (verdict, self.now + KEEPS),
            None => kept?,
        };
        let allowed = self.allows(verdict.rule);
        self.last = Some((verdict, allowed));
        match allowed {
            Ok(()) => {
                self.budget.spend(self.now, verdict.rule);
                self.waiting = None;
                Some(verdict)
            }
            Err(refusal) => {
                self.waiting = (refusal.passes() && verdict.rule != Rule::Exit).then_some((verdict, until));
                None
            }
        }
    }

    /// When to come back with [`Signal::WokeUp`], whatever happens until then.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        let any_rule = self.manners.rules != Rules::default();
        let waiting = self.waiting.map(|(_, until)| self.speaks_at().max(self.now + A_MOMENT).min(until));
        self.behaviour.next_wakeup().into_iter().chain(waiting).min().filter(|_| any_rule)
    }

    /// The last rule that fired, and what was in the way if it was not let speak: for the merchant's eyes.
    pub fn last(&self) -> Option<(Verdict, Result<(), Refusal>)> {
        self.last
    }

    /// What the shopper is about, with every score.
    pub fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    /// When nothing that passes by itself will be in the way.
    fn speaks_at(&self) -> UnixMillis {
        self.typing_until.max(self.opened + self.manners.limits.first)
    }

    fn decline(&mut self, decline: Decline) {
        self.budget.keep_quiet(self.manners.limits.quiet(decline, self.now));
    }

    fn allows(&self, rule: Rule) -> Result<(), Refusal> {
        let obstacles = [
            (!self.manners.rules.allow(rule), Refusal::Off),
            (self.behaviour.is_hidden(), Refusal::Hidden),
            (self.panel, Refusal::Panel),
            (self.overlay, Refusal::Overlay),
            (self.behaviour.at_the_till(), Refusal::Paying),
            (self.now < self.typing_until, Refusal::Typing),
            (self.now < self.opened + self.manners.limits.first, Refusal::TooSoon),
        ];
        match obstacles.into_iter().find(|(stands, _)| *stands) {
            Some((_, refusal)) => Err(refusal),
            None => self.budget.allows(self.manners.limits, self.now, rule),
        }
    }
}
