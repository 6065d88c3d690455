//! The Durable Objects: one per conversation, one per store.
//!
//! Both follow the shells' rule: decode -> handle -> persist -> perform -> feed back. What they hold in
//! memory is a cache; nothing borrowed from it is held across an `await`, because other events come in then.

mod alarm;
pub(crate) mod call;
mod conversation;
mod sql;
mod store;

pub use conversation::Conversation;
pub use store::Store;

/// The object namespace of conversations.
pub(crate) const CONVERSATION: &str = "CONVERSATION";
/// The object namespace of stores.
pub(crate) const STORE: &str = "STORE";
/// The KV namespace.
pub(crate) const KV: &str = "OPENLINE";
