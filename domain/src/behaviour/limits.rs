//! How often a shopper may be spoken to unasked.

use super::verdict::Rule;
use crate::time::{Millis, UnixMillis};

/// How an offer was turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decline {
    /// The card was closed.
    Closed,
    /// "Not now".
    NotNow,
    /// "Never".
    Never,
}

/// No offers before an instant. Kept by the shell only after the shopper acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Quiet {
    /// The first instant at which an offer may be made again.
    pub until: UnixMillis,
}

/// What a store allows itself. The defaults are the most polite that are still of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// No offer before a page was open for so long.
    pub first: Millis,
    /// No offer sooner than this after another.
    pub gap: Millis,
    /// The most offers of a visit: until nothing was heard for [`VISIT_ENDS_AFTER`].
    pub per_visit: u8,
    /// The most offers within seven days.
    pub per_week: u8,
    /// The most offers of one rule within seven days.
    pub per_rule: u8,
    /// The silence after the card was closed.
    pub after_close: Millis,
    /// The silence after "Not now".
    pub after_not_now: Millis,
}

/// A visit ends when nothing was done for so long.
pub const VISIT_ENDS_AFTER: Millis = Millis::hours(2);
const WEEK: Millis = Millis::days(7);
/// The largest instant that is exact as a JSON number.
const FOR_EVER: UnixMillis = UnixMillis((1 << 53) - 1);
/// Offers remembered; no store may make more in a week.
const REMEMBERED: usize = 8;

impl Default for Limits {
    fn default() -> Self {
        Self {
            first: Millis::seconds(10),
            gap: Millis::minutes(5),
            per_visit: 1,
            per_week: 2,
            per_rule: 1,
            after_close: Millis::days(7),
            after_not_now: Millis::days(30),
        }
    }
}

impl Limits {
    /// The silence that `decline` earns.
    pub fn quiet(self, decline: Decline, now: UnixMillis) -> Quiet {
        let until = match decline {
            Decline::Closed => now + self.after_close,
            Decline::NotNow => now + self.after_not_now,
            Decline::Never => FOR_EVER,
        };
        Quiet { until }
    }
}

/// Why a rule that fired was not let speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The store does not use the rule.
    Off,
    /// The shopper asked for silence.
    Quiet,
    /// The page was opened only just now.
    TooSoon,
    /// Another offer was made only just now.
    Gap,
    /// Enough offers for one visit.
    Visit,
    /// Enough offers for one week.
    Week,
    /// Enough offers by this rule.
    RuleSpent,
    /// The shopper cannot see the page.
    Hidden,
    /// The conversation is open already.
    Panel,
    /// A dialog of the page's own is open.
    Overlay,
    /// The shopper is typing.
    Typing,
    /// The shopper is paying, or has just paid.
    Paying,
    /// Somebody who needs no word: about to buy, or only passing by.
    NotNeeded,
    /// The store's conditions for the rule do not hold.
    Conditions,
}

impl Refusal {
    /// Whether it ends by itself, and soon.
    pub(super) fn passes(self) -> bool {
        matches!(self, Self::TooSoon | Self::Overlay | Self::Typing)
    }
}

/// The offers that were made, and the silence that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    quiet: Quiet,
    made: [Option<(Rule, UnixMillis)>; REMEMBERED],
    in_visit: u8,
    last_heard: UnixMillis,
}

impl Budget {
    /// The silence asked for.
    pub fn quiet(&self) -> Quiet {
        self.quiet
    }

    /// Asks for silence; a shorter one does not end a longer one.
    pub fn keep_quiet(&mut self, quiet: Quiet) {
        self.quiet = self.quiet.max(quiet);
    }

    /// The shopper did something: a new visit, if it is the first thing for long.
    pub fn heard(&mut self, now: UnixMillis) {
        if now.since(self.last_heard) >= VISIT_ENDS_AFTER {
            self.in_visit = 0;
        }
        self.last_heard = self.last_heard.max(now);
    }

    /// Whether `rule` may make an offer now.
    pub fn allows(&self, limits: Limits, now: UnixMillis, rule: Rule) -> Result<(), Refusal> {
        let within_week = |at: UnixMillis| now.since(at) < WEEK;
        let made = || self.made.iter().flatten().filter(|(_, at)| within_week(*at));
        let count = |of: usize, limit: u8| of >= usize::from(limit).min(REMEMBERED);
        if now < self.quiet.until {
            Err(Refusal::Quiet)
        } else if self.in_visit >= limits.per_visit {
            Err(Refusal::Visit)
        } else if made().any(|(_, at)| now.since(*at) < limits.gap) {
            Err(Refusal::Gap)
        } else if count(made().count(), limits.per_week) {
            Err(Refusal::Week)
        } else if count(made().filter(|(by, _)| *by == rule).count(), limits.per_rule) {
            Err(Refusal::RuleSpent)
        } else {
            Ok(())
        }
    }

    /// An offer was made, on this page or, as was remembered, on another.
    pub fn spend(&mut self, now: UnixMillis, rule: Rule) {
        self.made.copy_within(..REMEMBERED - 1, 1);
        if let Some(latest) = self.made.first_mut() {
            *latest = Some((rule, now));
        }
        self.in_visit = self.in_visit.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

    #[test]
    fn silence_lasts_as_long_as_the_shopper_asked_for() {
        let limits = Limits::default();
        for (decline, allowed_at, refused_at) in [
            (Decline::Closed, NOW + Millis::days(7), NOW + Millis(7 * 86_400_000 - 1)),
            (Decline::NotNow, NOW + Millis::days(30), NOW + Millis::days(29)),
            (Decline::Never, FOR_EVER, NOW + Millis::days(36_500)),
        ] {
            let mut budget = Budget::default();
            budget.keep_quiet(limits.quiet(decline, NOW));
            assert_eq!(budget.allows(limits, allowed_at, Rule::Exit), Ok(()), "{decline:?}");
            assert_eq!(budget.allows(limits, refused_at, Rule::Exit), Err(Refusal::Quiet), "{decline:?}");
        }
    }

    #[test]
    fn a_shorter_silence_does_not_end_a_longer_one() {
        let limits = Limits::default();
        let mut budget = Budget::default();
        budget.keep_quiet(limits.quiet(Decline::NotNow, NOW));
        budget.keep_quiet(limits.quiet(Decline::Closed, NOW));
        assert_eq!(budget.allows(limits, NOW + Millis::days(10), Rule::Exit), Err(Refusal::Quiet));
    }

    #[test]
    fn each_limit_holds_by_itself() {
        let loose = Limits { per_visit: 8, per_week: 8, per_rule: 8, gap: Millis(0), ..Limits::default() };
        let hour = Millis::hours(1);
        for (what, limits, after, rule, allowed) in [
            ("nothing", loose, hour, Rule::Exit, Ok(())),
            ("the gap", Limits { gap: hour, ..loose }, Millis(3_599_999), Rule::Exit, Err(Refusal::Gap)),
            ("the gap is over", Limits { gap: hour, ..loose }, hour, Rule::Exit, Ok(())),
            ("the visit", Limits { per_visit: 1, ..loose }, hour, Rule::Exit, Err(Refusal::Visit)),
            ("another visit", Limits { per_visit: 1, ..loose }, Millis::hours(2), Rule::Exit, Ok(())),
            (
                "the week",
                Limits { per_week: 1, ..loose },
                Millis::days(6),
                Rule::IdleCart,
                Err(Refusal::Week),
            ),
            ("another week", Limits { per_week: 1, ..loose }, Millis::days(7), Rule::Exit, Ok(())),
            (
                "the rule",
                Limits { per_rule: 1, ..loose },
                Millis::days(6),
                Rule::Exit,
                Err(Refusal::RuleSpent),
            ),
            ("another rule", Limits { per_rule: 1, ..loose }, Millis::days(6), Rule::IdleCart, Ok(())),
            (
                "none at all",
                Limits { per_week: 0, ..loose },
                Millis::days(60),
                Rule::Exit,
                Err(Refusal::Week),
            ),
        ] {
            let mut budget = Budget::default();
            budget.heard(NOW);
            budget.spend(NOW, Rule::Exit);
            budget.heard(NOW + after);
            assert_eq!(budget.allows(limits, NOW + after, rule), allowed, "{what}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// Whatever happens in whatever order: no cap is ever passed.
        #[test]
        fn the_caps_hold(
            limits in (0..4u8, 0..10u8, 0..4u8, 0..100_000_000u64).prop_map(|(per_visit, per_week, per_rule, gap)| {
                Limits { per_visit, per_week, per_rule, gap: Millis(gap), ..Limits::default() }
            }),
            steps in proptest::collection::vec(
                (0..400_000_000u64, proptest::sample::select(Rule::ALL.to_vec()), 0..12u8), 1..50
            ),
        ) {
            let (mut budget, mut now) = (Budget::default(), NOW);
            let mut offers: Vec<(UnixMillis, Rule)> = Vec::new();
            let (mut visit_began, mut last_heard) = (NOW, NOW);
            for (passed, rule, act) in steps {
                now = now + Millis(passed / (1 + u64::from(act) * 40));
                if now.since(last_heard) >= VISIT_ENDS_AFTER {
                    visit_began = now;
                }
                last_heard = now;
                budget.heard(now);
                if act == 0 {
                    budget.keep_quiet(limits.quiet(Decline::Closed, now));
                } else if budget.allows(limits, now, rule).is_ok() {
                    prop_assert!(now >= budget.quiet().until);
                    budget.spend(now, rule);
                    offers.push((now, rule));
                }
            }
            for (n, &(at, rule)) in offers.iter().enumerate() {
                let week: Vec<_> = offers[..=n].iter().filter(|(before, _)| at.since(*before) < WEEK).collect();
                prop_assert!(week.len() <= usize::from(limits.per_week).min(REMEMBERED));
                prop_assert!(week.iter().filter(|(_, by)| *by == rule).count() <= usize::from(limits.per_rule));
                prop_assert!(n == 0 || at.since(offers[n - 1].0) >= limits.gap);
            }
            let in_visit = offers.iter().filter(|(at, _)| *at >= visit_began).count();
            prop_assert!(in_visit <= usize::from(limits.per_visit));
        }
    }
}
