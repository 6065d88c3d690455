//! The tab that is left and found again.

use super::memory::{Reader, Writer};
use crate::time::{Millis, UnixMillis};

/// Shorter is a slip, or a glance at a message.
const AWAY: Millis = Millis(3_000);
/// Longer is another day's visit: what was before says nothing.
pub(super) const ANOTHER_VISIT: Millis = Millis::minutes(30);
/// Who came back so often compares.
const OFTEN: u8 = 2;

/// How often the shopper was away.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Away {
    since: Option<UnixMillis>,
    returns: u8,
}

/// How a shopper comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Return {
    /// From a glance elsewhere.
    Glance,
    /// From somewhere else.
    Elsewhere,
    /// As if for the first time.
    AnotherVisit,
}

impl Away {
    pub(super) fn left(&mut self, now: UnixMillis) {
        self.since.get_or_insert(now);
    }

    pub(super) fn came_back(&mut self, now: UnixMillis) -> Return {
        let away = self.since.take().map_or(Millis(0), |since| now.since(since));
        if away >= ANOTHER_VISIT {
            self.returns = 0;
            return Return::AnotherVisit;
        }
        if away < AWAY {
            return Return::Glance;
        }
        self.returns = self.returns.saturating_add(1);
        Return::Elsewhere
    }

    pub(super) fn often(self) -> bool {
        self.returns >= OFTEN
    }

    pub(super) fn start_over(&mut self) {
        self.returns = 0;
    }

    pub(super) fn write(self, to: &mut Writer) {
        to.number(self.returns.into());
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        Self { since: None, returns: u8::try_from(from.number()).unwrap_or(u8::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_count_that_were_no_glance() {
        let mut away = Away::default();
        let mut now = UnixMillis(0);
        for (away_ms, how, often) in [
            (2_999, Return::Glance, false),
            (3_000, Return::Elsewhere, false),
            (500, Return::Glance, false),
            (60_000, Return::Elsewhere, true),
            (1_800_000, Return::AnotherVisit, false),
        ] {
            away.left(now);
            now = now + Millis(away_ms);
            assert_eq!((away.came_back(now), away.often()), (how, often), "{away_ms}");
        }
        assert_eq!(away.came_back(now), Return::Glance);
    }
}
