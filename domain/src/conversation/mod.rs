//! The edge's state machine: one conversation, its log, its outbox, its timers.

mod event;

pub use event::{ContactKind, DeliveryId, DeliveryStep, Event, EventBody, Holder, Target};
