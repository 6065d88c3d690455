//! A cart that lies idle before a shopper who does nothing.

use super::verdict::{Reason, Scorecard};
use crate::time::{Millis, UnixMillis};

/// An offer sooner than this is the kind people close.
const NOT_BEFORE: Millis = Millis::seconds(10);

/// When the cart will have lain idle for `patience`.
pub(super) fn due(loaded: UnixMillis, last_input: UnixMillis, patience: Millis) -> UnixMillis {
    (last_input + patience).max(loaded + NOT_BEFORE)
}

pub(super) fn score() -> Scorecard {
    Scorecard::default().with(Reason::CartWaits)
}
