//! A store: the one JSON document a merchant writes, and what follows from it.
//!
//! [`decode`] is the only way to a [`Settings`]: whatever holds one may rely on every limit named here.

mod copy;
mod decode;
mod default;
mod hours;
mod lines;
mod opening;
mod origin;
mod reader;
mod rules;
mod settings;

pub use copy::{CopyFault, FaultySentence, faulty_sentence};
pub use decode::decode;
pub use hours::{OpeningHours, TimeOfDay, Weekday};
pub use opening::{LocalTime, Moment, Opening};
pub use origin::{InvalidOrigin, Origin};
pub use reader::SettingsError;
pub use rules::{Rule, RuleId};
pub use settings::{Answer, AnswerId, Bot, Channels, HandOff, InvalidAnswerId, MessengerPage, Settings};

/// The largest settings document, in bytes.
pub const MAX_SETTINGS_BYTES: usize = 8 * 1024 * 1024;
/// The most products of a catalogue.
pub const MAX_PRODUCTS: usize = 5_000;
/// The most answers of a store.
pub const MAX_ANSWERS: usize = 200;
/// The most rules of a store.
pub const MAX_RULES: usize = 50;
/// The most suggested answers below a message.
pub const MAX_QUICK_REPLIES: usize = 13;
/// The longest label of a suggested answer, in characters.
pub const MAX_LABEL_CHARS: usize = 40;
/// The longest text a store says in one go, in characters.
pub const MAX_STORE_TEXT_CHARS: usize = 2_000;

#[cfg(test)]
mod tests;
