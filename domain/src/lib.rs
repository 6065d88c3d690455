//! Every decision Openline makes, and nothing else.
//!
//! No I/O, clock, randomness, DOM or Worker: time, random ids, configuration and the results of
//! our own effects all come in as inputs. Both shells follow one contract:
//!
//! ```text
//! fn handle(&mut self, now: UnixMillis, input: Input) -> Vec<Effect>   // total
//! fn next_wakeup(&self) -> Option<UnixMillis>                          // one timer or alarm
//! ```
#![forbid(unsafe_code)]

pub mod answer;
pub mod behaviour;
pub mod channel;
pub mod commerce;
pub mod conversation;
pub mod desk;
pub mod ids;
pub mod language;
pub mod message;
pub mod store;
pub mod time;
pub mod visit;
pub mod wire;
