//! Forwards that were handed over and not answered: while one is under way it is not handed over again, so that a
//! late first try cannot undo what came after it.

use domain::time::{Millis, UnixMillis};
use std::collections::BTreeMap;

/// What is not answered for so long never will be.
const GIVEN_UP_AFTER: Millis = Millis::minutes(5);

/// The forwards under way, by their numbers, and since when.
#[derive(Debug, Default)]
pub(super) struct UnderWay(BTreeMap<u64, UnixMillis>);

impl UnderWay {
    /// Whether this one may be handed over now; if so, it is under way.
    pub(super) fn begins(&mut self, number: u64, now: UnixMillis) -> bool {
        self.0.retain(|_, since| now < *since + GIVEN_UP_AFTER);
        let free = !self.0.contains_key(&number);
        if free {
            self.0.insert(number, now);
        }
        free
    }

    /// It was answered.
    pub(super) fn ended(&mut self, number: u64) {
        self.0.remove(&number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_until_it_is_answered_or_lost() {
        let (mut under_way, start) = (UnderWay::default(), UnixMillis(0));
        assert!(under_way.begins(1, start) && under_way.begins(2, start));
        assert!(!under_way.begins(1, start + Millis::seconds(30)));
        under_way.ended(1);
        assert!(under_way.begins(1, start + Millis::seconds(31)));
        assert!(under_way.begins(2, start + GIVEN_UP_AFTER), "lost");
    }
}
