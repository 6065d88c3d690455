//! How often a shopper may be spoken to unasked.

use super::memory::{Reader, Writer};
use crate::time::{Millis, UnixMillis};

/// How a card was turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decline {
    /// The card was closed.
    Closed,
    /// "Not now".
    NotNow,
    /// "Never".
    Never,
}

/// No card before an instant. Kept by the shell only after the shopper acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Quiet {
    /// The first instant at which a card may be shown again.
    pub until: UnixMillis,
}

/// What a store allows itself. The defaults are the most polite that are still of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// No card before a page was open for so long.
    pub first: Millis,
    /// No card sooner than this after another.
    pub gap: Millis,
    /// The most cards of a visit: until nothing was heard for [`VISIT_ENDS_AFTER`].
    pub per_visit: u8,
    /// The most cards within seven days.
    pub per_week: u8,
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
/// Cards remembered; no store may show more in a week.
pub const MOST_PER_WEEK: usize = 8;

impl Default for Limits {
    fn default() -> Self {
        Self {
            first: Millis::seconds(10),
            gap: Millis::minutes(5),
            per_visit: 1,
            per_week: 2,
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

/// Why a rule whose trigger fired was not let speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The shopper asked for silence.
    Quiet,
    /// The page was opened only just now.
    TooSoon,
    /// Another card was shown only just now.
    Gap,
    /// Enough cards for one visit.
    Visit,
    /// Enough cards for one week.
    Week,
    /// Enough cards by this rule.
    RuleSpent,
    /// Another rule spoke.
    Outranked,
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
    /// Every one of them.
    pub const ALL: [Self; 14] = [
        Self::Quiet,
        Self::TooSoon,
        Self::Gap,
        Self::Visit,
        Self::Week,
        Self::RuleSpent,
        Self::Outranked,
        Self::Hidden,
        Self::Panel,
        Self::Overlay,
        Self::Typing,
        Self::Paying,
        Self::NotNeeded,
        Self::Conditions,
    ];

    /// Its name, for the merchant's eyes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::TooSoon => "too_soon",
            Self::Gap => "gap",
            Self::Visit => "visit",
            Self::Week => "week",
            Self::RuleSpent => "rule_spent",
            Self::Outranked => "outranked",
            Self::Hidden => "hidden",
            Self::Panel => "panel",
            Self::Overlay => "overlay",
            Self::Typing => "typing",
            Self::Paying => "paying",
            Self::NotNeeded => "not_needed",
            Self::Conditions => "conditions",
        }
    }

    /// Whether it ends by itself, and soon.
    pub(super) fn passes(self) -> bool {
        matches!(self, Self::TooSoon | Self::Overlay | Self::Typing)
    }
}

/// The cards that were shown, and the silence that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    quiet: Quiet,
    /// By which rule and when, the latest first.
    shown: [Option<(u32, UnixMillis)>; MOST_PER_WEEK],
    in_visit: u8,
    last_heard: UnixMillis,
}

impl Budget {
    /// The silence asked for.
    pub fn quiet(&self) -> Quiet {
        self.quiet
    }

    /// Asks for this silence, in place of any other.
    pub fn set_quiet(&mut self, quiet: Quiet) {
        self.quiet = quiet;
    }

    /// Asks for silence; a shorter one does not end a longer one.
    pub fn keep_quiet(&mut self, quiet: Quiet) {
        self.quiet = self.quiet.max(quiet);
    }

    /// The shopper did something. Whether that is the first thing for long: a new visit.
    pub fn heard(&mut self, now: UnixMillis) -> bool {
        let new_visit = now.since(self.last_heard) >= VISIT_ENDS_AFTER;
        if new_visit {
            self.in_visit = 0;
        }
        self.last_heard = self.last_heard.max(now);
        new_visit
    }

    /// Whether a card may be shown now, whatever the rule.
    pub fn allows(&self, limits: Limits, now: UnixMillis) -> Result<(), Refusal> {
        if now < self.quiet.until {
            Err(Refusal::Quiet)
        } else if self.in_visit >= limits.per_visit {
            Err(Refusal::Visit)
        } else if self.shown.iter().flatten().any(|(_, at)| now.since(*at) < limits.gap) {
            Err(Refusal::Gap)
        } else if self.is_spent(limits.per_week, now, |_| true) {
            Err(Refusal::Week)
        } else {
            Ok(())
        }
    }

    /// Whether the rule of this number may show one, at most `per_week` within seven days.
    pub fn allows_rule(&self, number: u32, per_week: u8, now: UnixMillis) -> Result<(), Refusal> {
        if self.is_spent(per_week, now, |by| by == number) { Err(Refusal::RuleSpent) } else { Ok(()) }
    }

    /// The rule of this number shows a card.
    pub fn spend(&mut self, now: UnixMillis, number: u32) {
        self.shown.copy_within(..MOST_PER_WEEK - 1, 1);
        if let Some(latest) = self.shown.first_mut() {
            *latest = Some((number, now));
        }
        self.in_visit = self.in_visit.saturating_add(1);
    }

    /// Counts the cards that this page showed itself, where what is remembered does not know of them.
    pub(super) fn count_too(&mut self, own: &Self) {
        for &(number, at) in own.shown.iter().rev().flatten() {
            if !self.shown.contains(&Some((number, at))) {
                self.spend(at, number);
            }
        }
    }

    #[inline(never)]
    fn is_spent(&self, per_week: u8, now: UnixMillis, counts: impl Fn(u32) -> bool) -> bool {
        let shown = self.shown.iter().flatten().filter(|(by, at)| counts(*by) && now.since(*at) < WEEK);
        shown.count() >= usize::from(per_week).min(MOST_PER_WEEK)
    }

    #[inline(never)]
    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.in_visit.into());
        to.number(self.last_heard.0);
        for shown in self.shown {
            to.perhaps(shown.map(|(number, _)| number.into()));
            to.number(shown.map_or(0, |(_, at)| at.0));
        }
    }

    /// What was written, as of `now`: nothing was in the future. The silence is kept elsewhere.
    #[inline(never)]
    pub(super) fn read(from: &mut Reader<'_>, now: UnixMillis) -> Self {
        let in_visit = u8::try_from(from.number()).unwrap_or(u8::MAX);
        let past = |from: &mut Reader<'_>| UnixMillis(from.number()).min(now);
        let last_heard = past(from);
        let shown = core::array::from_fn(|_| {
            let number = from.perhaps_small();
            let at = past(from);
            number.map(|number| (number, at))
        });
        Self { quiet: Quiet::default(), shown, in_visit, last_heard }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(budget.allows(limits, allowed_at), Ok(()), "{decline:?}");
            assert_eq!(budget.allows(limits, refused_at), Err(Refusal::Quiet), "{decline:?}");
        }
    }

    #[test]
    fn a_shorter_silence_does_not_end_a_longer_one() {
        let limits = Limits::default();
        let mut budget = Budget::default();
        budget.keep_quiet(limits.quiet(Decline::NotNow, NOW));
        budget.keep_quiet(limits.quiet(Decline::Closed, NOW));
        assert_eq!(budget.allows(limits, NOW + Millis::days(10)), Err(Refusal::Quiet));
    }

    #[test]
    fn a_silence_can_be_replaced() {
        let mut budget = Budget::default();
        budget.keep_quiet(Quiet { until: FOR_EVER });
        budget.set_quiet(Quiet::default());
        assert_eq!(budget.allows(Limits::default(), NOW), Ok(()));
    }

    #[test]
    fn each_limit_holds_by_itself() {
        let loose = Limits { per_visit: 8, per_week: 8, gap: Millis(0), ..Limits::default() };
        let hour = Millis::hours(1);
        let (exit, cart) = (1, 2);
        for (what, limits, per_rule, after, rule, allowed) in [
            ("nothing", loose, 8, hour, exit, Ok(())),
            ("the gap", Limits { gap: hour, ..loose }, 8, Millis(3_599_999), exit, Err(Refusal::Gap)),
            ("the gap is over", Limits { gap: hour, ..loose }, 8, hour, exit, Ok(())),
            ("the visit", Limits { per_visit: 1, ..loose }, 8, hour, exit, Err(Refusal::Visit)),
            ("another visit", Limits { per_visit: 1, ..loose }, 8, Millis::hours(2), exit, Ok(())),
            ("the week", Limits { per_week: 1, ..loose }, 8, Millis::days(6), cart, Err(Refusal::Week)),
            ("another week", Limits { per_week: 1, ..loose }, 8, Millis::days(7), exit, Ok(())),
            ("the rule", loose, 1, Millis::days(6), exit, Err(Refusal::RuleSpent)),
            ("the rule, a week later", loose, 1, Millis::days(7), exit, Ok(())),
            ("another rule", loose, 1, Millis::days(6), cart, Ok(())),
            ("none at all", Limits { per_week: 0, ..loose }, 8, Millis::days(60), exit, Err(Refusal::Week)),
        ] {
            let mut budget = Budget::default();
            budget.heard(NOW);
            budget.spend(NOW, exit);
            assert_eq!(budget.heard(NOW + after), after >= VISIT_ENDS_AFTER);
            let found = budget.allows(limits, NOW + after);
            assert_eq!(
                found.and_then(|()| budget.allows_rule(rule, per_rule, NOW + after)),
                allowed,
                "{what}"
            );
        }
    }

    #[test]
    fn what_was_shown_is_remembered_and_nothing_of_the_future() {
        let mut budget = Budget::default();
        budget.heard(NOW);
        budget.spend(NOW, 7);
        let mut writer = Writer::default();
        budget.write(&mut writer);
        let row = writer.row();
        assert_eq!(Budget::read(&mut Reader::new(&row), NOW + Millis(5)), budget);
        let earlier = Budget::read(&mut Reader::new(&row), NOW - Millis::days(40));
        let loose = Limits { per_visit: 9, gap: Millis(0), per_week: 1, ..Limits::default() };
        assert_eq!(earlier.allows(loose, NOW - Millis::days(34)), Err(Refusal::Week));
        assert_eq!(earlier.allows(loose, NOW - Millis::days(33)), Ok(()));
    }
}
