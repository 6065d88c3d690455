//! From raw acts in the browser to the moment a conversation is worth offering.
//!
//! [`Signal`]s come in, at most one [`Verdict`] goes out; both stay in the browser except the
//! verdict's rule and its reasons. What is linked into the page's sensors must stay small: no
//! serde, no formatting, no floats.
//!
//! Thresholds and points are start values from measured cursor traces: deceleration towards the
//! top edge speaks for a purpose, speed speaks against it, and waiting 300 ms tells a leave from
//! an overshoot.

mod budget;
mod commerce;
mod exit;
mod idle_cart;
mod signal;
mod verdict;
mod watch;

#[cfg(test)]
mod tests;

pub use budget::{Decline, Quiet};
pub use commerce::CommerceEvent;
pub use signal::Signal;
pub use verdict::{Reason, Rule, Scorecard, Verdict};
pub use watch::{Behaviour, Rules};
