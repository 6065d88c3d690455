//! Whether the store's account on a channel may send at all: asked before each send.

use super::Records;
use crate::conversation::AccountStop;
use crate::time::{Millis, UnixMillis};

/// The channel said so, until it says otherwise.
const BLOCKED: &str = "account_blocked";
/// A send was refused for the whole account: until then, and why.
const RESTRICTED: &str = "account_restricted";
/// The token or a permission does not do: until the owner connected it again.
const DISCONNECTED: &str = "account_disconnected";
/// A restriction the channel never lifts by notice is tried after this.
const RESTRICTED_FOR: Millis = Millis::hours(24);

/// Why nothing may be sent from the store's account now, if so.
pub fn account_stopped(records: &impl Records, now: UnixMillis) -> Option<String> {
    let restricted = records.note(RESTRICTED).and_then(|note| {
        let (until, reason) = note.split_once(' ')?;
        (now < UnixMillis(until.parse().ok()?)).then(|| reason.to_owned())
    });
    records.note(BLOCKED).or(restricted).or_else(|| records.note(DISCONNECTED))
}

pub(super) fn stop(records: &mut impl Records, now: UnixMillis, stop: &AccountStop) {
    match stop {
        AccountStop::Restricted { reason } => {
            let until = now + RESTRICTED_FOR;
            records.put_note(RESTRICTED, Some(&format!("{} {reason}", until.0)));
        }
        AccountStop::Disconnected { reason } => records.put_note(DISCONNECTED, Some(reason)),
    }
}

pub(super) fn works(records: &mut impl Records) {
    records.put_note(DISCONNECTED, None);
}

/// The channel's own notice.
pub(super) fn policy(records: &mut impl Records, blocked: bool, reason: &str) {
    records.put_note(BLOCKED, blocked.then_some(reason));
    if !blocked {
        records.put_note(RESTRICTED, None);
    }
}
