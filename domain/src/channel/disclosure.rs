//! When the assistant must say that it is a machine. Meta names California and Germany as requiring it: at the
//! start, after a long gap, and when going from a person back to the assistant. We do it everywhere.

use crate::time::{Millis, UnixMillis};

/// A gap after which people no longer know whom they were talking to.
const LONG_GAP: Millis = Millis::hours(24);

/// Whether the assistant's next message must say so, given when it and a person of the store last spoke there.
pub fn needs_disclosure(
    now: UnixMillis,
    last_bot_at: Option<UnixMillis>,
    last_human_at: Option<UnixMillis>,
) -> bool {
    let Some(last_bot_at) = last_bot_at else { return true };
    now.since(last_bot_at) >= LONG_GAP
        || last_human_at.is_some_and(|last_human_at| last_human_at >= last_bot_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_start_after_a_gap_and_after_a_person() {
        let now = UnixMillis(1_800_000_000_000);
        let ago = |hours| Some(now - Millis::hours(hours));
        for (bot, human, expected) in [
            (None, None, true),
            (None, ago(1), true),
            (ago(1), None, false),
            (ago(23), ago(30), false),
            (ago(24), None, true),
            (ago(3), ago(2), true),
            (ago(2), ago(3), false),
        ] {
            assert_eq!(needs_disclosure(now, bot, human), expected, "{bot:?} {human:?}");
        }
    }
}
