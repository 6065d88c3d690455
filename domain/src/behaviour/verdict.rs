//! A trigger that fired, and why.

use super::points::Reason;
use serde::{Deserialize, Serialize};

/// A named verdict over signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The shopper is about to leave the page.
    Exit,
    /// The shopper is stuck on the way to the order.
    Hesitation,
    /// The shopper cannot choose.
    Indecision,
    /// A cart lies idle before a shopper who does nothing.
    IdleCart,
}

impl Trigger {
    /// Every one of them, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Exit, Self::Hesitation, Self::Indecision, Self::IdleCart];

    /// Its name in the store's settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exit => "exit",
            Self::IdleCart => "idle_cart",
            Self::Hesitation => "hesitation",
            Self::Indecision => "indecision",
        }
    }

    /// The score at which it fires.
    pub fn threshold(self) -> i32 {
        match self {
            Self::Exit => 40,
            Self::IdleCart | Self::Hesitation | Self::Indecision => 30,
        }
    }
}

/// The most reasons a score is made of.
pub const MAX_REASONS: usize = 5;

/// An additive score that can be explained: at most [`MAX_REASONS`] reasons, the weightiest, and their points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scorecard {
    counted: [Option<(Reason, i32)>; MAX_REASONS],
}

impl Scorecard {
    /// Counts `reason` with the table's points.
    #[must_use]
    #[inline(never)]
    pub fn with(self, reason: Reason) -> Self {
        self.with_points(reason, reason.points())
    }

    /// Counts `reason` if `applies`.
    #[must_use]
    #[inline(never)]
    pub fn with_if(self, applies: bool, reason: Reason) -> Self {
        if applies { self.with(reason) } else { self }
    }

    /// Counts `reason` with `points`. Where there is no room the lightest is left out.
    #[must_use]
    #[inline(never)]
    pub(super) fn with_points(mut self, reason: Reason, points: i32) -> Self {
        let mut held = Some((reason, points)).filter(|_| points != 0);
        for slot in &mut self.counted {
            if weight(held) > weight(*slot) {
                core::mem::swap(slot, &mut held);
            }
        }
        self
    }

    /// What was counted and its points, the weightiest first.
    pub fn reasons(self) -> impl Iterator<Item = (Reason, i32)> {
        self.counted.into_iter().flatten()
    }

    /// The sum of the reasons' points.
    pub fn score(self) -> i32 {
        self.reasons().map(|(_, points)| points).sum()
    }

    /// The verdict, if the score reaches `trigger`'s threshold.
    #[inline(never)]
    pub fn verdict(self, trigger: Trigger) -> Option<Verdict> {
        (self.score() >= trigger.threshold()).then_some(Verdict { trigger, card: self })
    }
}

fn weight(entry: Option<(Reason, i32)>) -> u32 {
    entry.map_or(0, |(_, points)| points.unsigned_abs())
}

/// A trigger that fired, and its score with the reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Which one.
    pub trigger: Trigger,
    /// How clearly, and why.
    pub card: Scorecard,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_score_is_the_sum_of_at_most_five_reasons(
            picked in proptest::collection::vec((proptest::sample::select(Reason::ALL.to_vec()), -60..60), 0..12)
        ) {
            let card = picked.iter().fold(Scorecard::default(), |card, &(reason, points)| card.with_points(reason, points));
            let kept: Vec<(Reason, i32)> = card.reasons().collect();
            prop_assert_eq!(card.score(), kept.iter().map(|(_, points)| points).sum::<i32>());
            prop_assert_eq!(kept.len(), picked.iter().filter(|(_, points)| *points != 0).count().min(MAX_REASONS));
            prop_assert!(kept.is_sorted_by_key(|(_, points)| core::cmp::Reverse(points.abs())));
            prop_assert!(kept.iter().all(|entry| picked.contains(entry)));
        }
    }

    #[test]
    fn a_trigger_fires_at_its_threshold() {
        let left = Scorecard::default().with(Reason::LeftThroughTop);
        assert_eq!(left.verdict(Trigger::Exit), None);
        assert!(left.with(Reason::StayedOut).verdict(Trigger::Exit).is_some());
        let swept = [Reason::StayedOut, Reason::SlowedDown, Reason::CartHolds, Reason::SweptOff]
            .into_iter()
            .fold(left, Scorecard::with);
        assert_eq!(swept.verdict(Trigger::Exit), None);
        assert!(Scorecard::default().with(Reason::CartWaits).verdict(Trigger::IdleCart).is_some());
    }

    #[test]
    fn names_and_codes_are_distinct() {
        let names: Vec<&str> = Trigger::ALL.iter().map(|trigger| trigger.name()).collect();
        assert!(names.iter().enumerate().all(|(n, name)| !names[..n].contains(name)));
        let codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        for (n, code) in codes.iter().enumerate() {
            assert!(!codes[..n].contains(code) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        }
        assert!(Reason::ALL.iter().all(|reason| reason.points() != 0));
    }
}
