//! A rule that fired, and why.

/// A named verdict over signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The shopper is about to leave the page.
    Exit,
    /// A cart lies idle before a shopper who does nothing.
    IdleCart,
}

impl Rule {
    /// Its name in the store's settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exit => "exit",
            Self::IdleCart => "idle_cart",
        }
    }

    /// The score at which it fires.
    pub fn threshold(self) -> i32 {
        match self {
            Self::Exit => 4,
            Self::IdleCart => 3,
        }
    }
}

/// One thing that speaks for or against a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The pointer went out through the top of the window.
    LeftThroughTop,
    /// It did not come back.
    StayedOut,
    /// It went there as a hand does that has a goal.
    WentCalmly,
    /// It slowed down before the edge.
    SlowedDown,
    /// It was swept off the page, as towards another screen.
    SweptOff,
    /// There is something in the cart.
    CartHolds,
    /// The cart is not empty and nobody did anything for a while.
    CartWaits,
}

impl Reason {
    /// Every reason, those for a rule first.
    pub const ALL: [Self; 7] = [
        Self::LeftThroughTop,
        Self::CartWaits,
        Self::StayedOut,
        Self::WentCalmly,
        Self::SlowedDown,
        Self::CartHolds,
        Self::SweptOff,
    ];

    /// What it adds to the score.
    pub fn points(self) -> i32 {
        match self {
            Self::LeftThroughTop | Self::CartWaits => 3,
            Self::StayedOut | Self::WentCalmly | Self::SlowedDown | Self::CartHolds => 1,
            Self::SweptOff => -3,
        }
    }

    /// In plain English, to the shopper.
    pub fn text(self) -> &'static str {
        match self {
            Self::LeftThroughTop => "You were about to leave the page",
            Self::StayedOut => "Your pointer stayed outside the window",
            Self::WentCalmly => "Your pointer went calmly to the top of the window",
            Self::SlowedDown => "Your pointer slowed down before it left",
            Self::SweptOff => "Your pointer was swept off the page",
            Self::CartHolds => "There is something in your basket",
            Self::CartWaits => "Your basket has been waiting for a while",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// An additive score that can be explained: every reason counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// One bit for each of [`Reason::ALL`].
    counted: u8,
}

impl Scorecard {
    /// Counts `reason`.
    #[must_use]
    pub fn with(self, reason: Reason) -> Self {
        Self { counted: self.counted | reason.bit() }
    }

    /// Counts `reason` if `applies`.
    #[must_use]
    pub fn with_if(self, applies: bool, reason: Reason) -> Self {
        if applies { self.with(reason) } else { self }
    }

    /// What was counted.
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.counted & reason.bit() != 0)
    }

    /// The sum of the reasons' points.
    pub fn score(self) -> i32 {
        self.reasons().map(Reason::points).sum()
    }

    /// The verdict, if the score reaches `rule`'s threshold.
    pub fn verdict(self, rule: Rule) -> Option<Verdict> {
        (self.score() >= rule.threshold()).then_some(Verdict { rule, card: self })
    }
}

/// A rule that fired, and its score with the reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Which one.
    pub rule: Rule,
    /// How clearly, and why.
    pub card: Scorecard,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_score_is_the_sum_of_its_reasons(picked in proptest::collection::vec(proptest::sample::select(Reason::ALL.to_vec()), 0..12)) {
            let card = picked.iter().fold(Scorecard::default(), |card, &reason| card.with(reason));
            let reasons: Vec<Reason> = card.reasons().collect();
            prop_assert_eq!(card.score(), reasons.iter().map(|reason| reason.points()).sum::<i32>());
            prop_assert!(picked.iter().all(|reason| reasons.contains(reason)));
            prop_assert!(reasons.iter().all(|reason| picked.contains(reason)));
        }
    }

    #[test]
    fn a_rule_fires_at_its_threshold() {
        let left = Scorecard::default().with(Reason::LeftThroughTop);
        assert_eq!(left.verdict(Rule::Exit), None);
        assert!(left.with(Reason::StayedOut).verdict(Rule::Exit).is_some());
        let swept = [Reason::StayedOut, Reason::SlowedDown, Reason::CartHolds, Reason::SweptOff]
            .into_iter()
            .fold(left, Scorecard::with);
        assert_eq!(swept.verdict(Rule::Exit), None);
        assert!(Scorecard::default().with(Reason::CartWaits).verdict(Rule::IdleCart).is_some());
    }
}
