//! How often a shopper may be spoken to unasked.

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

impl Decline {
    /// The silence it earns.
    pub fn quiet(self, now: UnixMillis) -> Quiet {
        let until = match self {
            Self::Closed => now + Millis::days(7),
            Self::NotNow => now + Millis::days(30),
            Self::Never => FOR_EVER,
        };
        Quiet { until }
    }
}

/// The largest instant that is exact as a JSON number.
const FOR_EVER: UnixMillis = UnixMillis((1 << 53) - 1);

/// One offer for each life of the page, and none while quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Budget {
    pub(super) quiet: Quiet,
    pub(super) spent: bool,
}

impl Budget {
    pub(super) fn allows(self, now: UnixMillis) -> bool {
        !self.spent && now >= self.quiet.until
    }

    pub(super) fn declined(&mut self, quiet: Quiet) {
        self.quiet = self.quiet.max(quiet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_lasts_as_long_as_the_shopper_asked_for() {
        let now = UnixMillis(1_000);
        for (decline, allowed_at, refused_at) in [
            (Decline::Closed, now + Millis::days(7), now + Millis(7 * 86_400_000 - 1)),
            (Decline::NotNow, now + Millis::days(30), now + Millis::days(29)),
            (Decline::Never, FOR_EVER, now + Millis::days(36_500)),
        ] {
            let mut budget = Budget::default();
            budget.declined(decline.quiet(now));
            assert!(budget.allows(allowed_at), "{decline:?}");
            assert!(!budget.allows(refused_at), "{decline:?}");
        }
    }

    #[test]
    fn a_shorter_silence_does_not_end_a_longer_one() {
        let now = UnixMillis(0);
        let mut budget = Budget::default();
        budget.declined(Decline::NotNow.quiet(now));
        budget.declined(Decline::Closed.quiet(now));
        assert!(!budget.allows(now + Millis::days(10)));
    }
}
