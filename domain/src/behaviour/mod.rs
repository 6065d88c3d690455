//! From raw acts in the browser to the moment a conversation is worth offering.
//!
//! [`Signal`]s come in, at most one [`Moment`] goes out; both stay in the browser except the rule
//! that spoke and its reasons. What is linked into the page's sensors must stay small: no
//! serde, no formatting, no sorting, no floats.
//!
//! Thresholds and points are start values from measured cursor traces: deceleration towards the
//! top edge speaks for a purpose, speed speaks against it, and waiting 300 ms tells a leave from
//! an overshoot.

mod away;
mod clicks;
mod commerce;
mod conditions;
mod evidence;
mod fields;
mod flick;
mod journey;
mod limits;
mod memory;
mod number;
mod page;
mod pointer;
mod points;
mod purchase;
mod purchase_points;
mod recent;
mod scene;
mod shopping;
mod signal;
mod topic;
mod verdict;
mod watch;

#[cfg(test)]
mod tests;

pub use commerce::CommerceEvent;
pub use conditions::{Condition, Few, Range, Rule, Situation};
pub use limits::{Budget, Decline, Limits, MOST_PER_WEEK, Quiet, Refusal, VISIT_ENDS_AFTER};
pub use number::number_of;
pub use page::{Behaviour, Page};
pub use points::{Detector, Detectors, POINTS_VERSION, Reason};
pub use purchase::{CELLS, Interest, POINTS_PER_UNIT, Ppm, TERMS, Visit};
pub use signal::{CartEdit, Copied, Field, PageKind, Signal, Target};
pub use topic::Topic;
pub use verdict::{MAX_REASONS, Scorecard, Trigger, Verdict};
pub use watch::{Judged, Manners, Moment, PATIENCE, Watch};
