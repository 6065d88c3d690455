//! The log's entries. Everything else about a conversation is derived from them.

use crate::channel::Address;
use crate::ids::{MessageId, Seq};
use crate::message::{Content, Message};
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};

/// One entry of a conversation's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Strictly increasing, without gaps, from 1.
    pub seq: Seq,
    /// When the edge wrote it; never earlier than the entry before.
    pub at: UnixMillis,
    /// What happened.
    #[serde(flatten)]
    pub body: EventBody,
}

impl Event {
    /// Whether somebody's words are in it that [`Event::redacted`] takes out.
    pub fn has_words(&self) -> bool {
        match &self.body {
            EventBody::Message(message) => message.content != Content::default() || message.page.is_some(),
            EventBody::Edited { content, .. } => *content != Content::default(),
            EventBody::Contact { value, .. } => !value.is_empty(),
            _ => false,
        }
    }

    /// The entry without anybody's words: what is left of it once its message was taken back.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        match &mut self.body {
            EventBody::Message(message) => {
                message.content = Content::default();
                message.page = None;
            }
            EventBody::Edited { content, .. } => *content = Content::default(),
            EventBody::Contact { value, .. } => value.clear(),
            _ => {}
        }
        self
    }
}

/// What can happen in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventBody {
    /// Somebody said something.
    Message(Box<Message>),
    /// The author changed a message.
    Edited {
        /// Which.
        message: MessageId,
        /// What it says now.
        content: Content,
    },
    /// The author took a message back; its text is removed from the log's earlier entry as well.
    Deleted {
        /// Which.
        message: MessageId,
    },
    /// The shopper reacted to a message.
    Reacted {
        /// Which.
        message: MessageId,
        /// `None`: took the reaction back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<String>,
    },
    /// The shopper saw everything up to `up_to`, on the page or on a channel.
    Seen {
        /// The last entry seen.
        up_to: Seq,
    },
    /// The shopper acted on something Openline offered of itself.
    Triggered {
        /// The rule that fired.
        rule: String,
        /// Why: the codes of the reasons, as judged in the browser.
        reasons: Vec<String>,
    },
    /// The shopper can now be reached there too.
    Linked {
        /// Where.
        address: Address,
        /// Whether they only came to be known there, by a receipt or by words of the store: nothing they did.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        silent: bool,
    },
    /// The shopper can no longer be reached there.
    Unlinked {
        /// Where.
        address: Address,
    },
    /// The shopper did something on a channel that opens its window (a tap, a referral, a reaction).
    Touched {
        /// Where.
        address: Address,
        /// When, by the channel's clock, if we heard of it late.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<UnixMillis>,
    },
    /// The shopper asked not to be written to there (or again to be).
    OptedOut {
        /// Where.
        address: Address,
        /// `false`: they asked to be written to again.
        stop: bool,
    },
    /// A delivery took a step.
    Delivery {
        /// Which.
        delivery: DeliveryId,
        /// How far it got.
        step: DeliveryStep,
    },
    /// Staff were told of every message of the shopper up to `up_to`.
    Relayed {
        /// The last entry they were told of.
        up_to: Seq,
    },
    /// Who answers changed.
    Holder {
        /// Who answers now.
        holder: Holder,
    },
    /// The shopper left a way to reach them.
    Contact {
        /// Of which kind.
        kind: ContactKind,
        /// As they wrote it, trimmed.
        value: String,
        /// The message it was found in, unless it was asked for by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<MessageId>,
    },
}

/// Who answers the shopper: one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The assistant answers; people may step in.
    #[default]
    Bot,
    /// A person was asked for; until one speaks the assistant still answers what it knows.
    Waiting,
    /// A person answers: the assistant is silent.
    Staff,
    /// Another app owns the channel's thread; nothing is sent there until it gives it back or a day passes.
    OtherApp,
}

/// A way to reach a shopper that is not a channel yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
}

/// A delivery: one message to one address of the shopper. Derived, so that it needs no randomness and a
/// retry is the same one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeliveryId {
    /// The log entry that is delivered.
    pub seq: Seq,
    /// To where.
    pub to: Address,
}

/// How far a delivery got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStep {
    /// Handed to the channel; the outcome is not known yet. Attempt 1, 2, …
    Started {
        /// Which attempt.
        attempt: u32,
        /// Which part of a message too long for one send; 0 is the first.
        #[serde(default, skip_serializing_if = "is_zero")]
        part: u32,
        /// Whether it begins with the words that a machine writes.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        disclosed: bool,
    },
    /// The channel took it.
    Sent {
        /// Which part.
        #[serde(default, skip_serializing_if = "is_zero")]
        part: u32,
        /// The channel's id of the message, where it gave one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        foreign_id: Option<crate::ids::ForeignId>,
        /// Whether that was all of it.
        last: bool,
    },
    /// Its echo came after its outcome was noted without an id: it went, and this is its id.
    Echoed {
        /// Which part.
        #[serde(default, skip_serializing_if = "is_zero")]
        part: u32,
        /// The channel's id of the message.
        foreign_id: crate::ids::ForeignId,
    },
    /// It reached the shopper's device.
    Delivered,
    /// It did not go; it will be tried again.
    Retrying {
        /// When.
        at: UnixMillis,
        /// In words, for staff.
        reason: String,
    },
    /// It did not go, for no fault of its own: the account is stopped, or could not be asked. It keeps its place.
    Postponed {
        /// Until when.
        at: UnixMillis,
        /// In words, for staff.
        reason: String,
    },
    /// It may not go now; it goes when the shopper next writes there, or what holds it ends.
    Held {
        /// In words, for staff.
        reason: String,
        /// Or then, if what holds it ends of itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<UnixMillis>,
    },
    /// It will not go.
    Failed {
        /// In words, for staff.
        reason: String,
        /// The person cannot be reached there at all.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        unreachable: bool,
        /// The person asked the channel to stop us.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        opted_out: bool,
    },
    /// The shopper saw it on the page first.
    Unneeded,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(part: &u32) -> bool {
    *part == 0
}
