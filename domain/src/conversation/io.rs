//! What goes into a conversation and what comes out of it.

use super::event::{DeliveryId, Event};
use crate::channel::{Address, Channel, Inbound};
use crate::ids::{ConnectionId, ConversationId, MessageId, Seq, StaffId};
use crate::store::Settings;
use crate::time::Millis;
use crate::wire::{ClientFrame, DecodeError, Link, ServerFrame};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What a conversation must know besides its log. May change between inputs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which conversation this is.
    pub conversation: ConversationId,
    /// The store's settings.
    pub settings: Rc<Settings>,
    /// The store's distance from UTC now, in minutes, east positive: asked of the platform's `Intl`.
    pub utc_offset_minutes: i32,
    /// Whether Messenger can be used at all (a page token and app secret are there).
    pub messenger: bool,
    /// How long things take.
    pub pace: Pace,
}

/// How long things take. The defaults are the product's; tests shorten them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// How long a message waits for the shopper to see it on a page in view before it goes to a channel.
    pub seen_within_ms: Millis,
    /// How long a shopper may be between two pages before they count as gone.
    pub left_after_ms: Millis,
    /// How long a send may take before its outcome counts as unknown.
    pub send_timeout_ms: Millis,
    /// How long an unknown send waits for its echo before it is tried again.
    pub echo_wait_ms: Millis,
    /// The first pause between two attempts; doubled each time, up to [`Pace::retry_cap_ms`].
    pub retry_base_ms: Millis,
    /// The longest pause between two attempts.
    pub retry_cap_ms: Millis,
    /// How long messages gather before staff are told.
    pub relay_after_ms: Millis,
    /// The least time between two such tellings: somebody who writes on and on is not a stream of notifications.
    pub relay_gap_ms: Millis,
    /// How long a conversation is quiet before it is written to KV.
    pub flush_idle_ms: Millis,
    /// The least time between two writes to KV.
    pub flush_gap_ms: Millis,
    /// Twice KV's consistency window: how long what was written is kept here as well.
    pub keep_ms: Millis,
    /// How many messages a shopper may say at once.
    pub say_burst: u32,
    /// How long until one more may be said.
    pub say_refill_ms: Millis,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            seen_within_ms: Millis::seconds(15),
            left_after_ms: Millis::seconds(4),
            send_timeout_ms: Millis::seconds(30),
            echo_wait_ms: Millis::minutes(2),
            retry_base_ms: Millis::seconds(2),
            retry_cap_ms: Millis::minutes(10),
            relay_after_ms: Millis::seconds(1),
            relay_gap_ms: Millis::seconds(5),
            flush_idle_ms: Millis::seconds(10),
            flush_gap_ms: Millis::minutes(5),
            keep_ms: Millis::minutes(2),
            say_burst: 12,
            say_refill_ms: Millis::seconds(2),
        }
    }
}

/// What a conversation is told.
#[derive(Debug, Clone)]
pub enum Input {
    /// A socket was accepted; it hears nothing until its `hello`.
    Connected {
        /// Which.
        connection: ConnectionId,
    },
    /// A socket that said `hello` is still there after the object slept; told once per socket, before anything else.
    Resumed {
        /// Which.
        connection: ConnectionId,
        /// As last attached.
        visible: bool,
    },
    /// A page said something; `connection` is absent when it polls.
    Frame {
        /// Which socket.
        connection: Option<ConnectionId>,
        /// What.
        frame: ClientFrame,
    },
    /// A page said something that could not be read.
    Unreadable {
        /// Which socket.
        connection: Option<ConnectionId>,
        /// Why.
        error: DecodeError,
    },
    /// A page without a socket asked for events: it is there, and in view.
    Polled,
    /// A socket is gone.
    Disconnected {
        /// Which.
        connection: ConnectionId,
    },
    /// An answer to [`Effect::IssueLink`].
    LinkIssued {
        /// Which socket asked.
        connection: Option<ConnectionId>,
        /// The link; `None` when the store's object could not be reached.
        link: Option<Link>,
    },
    /// The shopper can be reached there from now on: the store's object bound the address.
    Linked {
        /// Where.
        address: Address,
    },
    /// The address was unbound ("not me", or moved to another conversation).
    Unlinked {
        /// Where.
        address: Address,
    },
    /// Something happened on a channel, at an address bound to this conversation.
    Inbound(Inbound),
    /// A member of staff answered from their own Messenger.
    StaffSaid {
        /// Unique: made of the channel's id of the message.
        id: MessageId,
        /// Who.
        staff: StaffId,
        /// Their name.
        name: String,
        /// What.
        text: String,
        /// The entry they answered.
        answers: Option<Seq>,
    },
    /// A channel answered [`Effect::Deliver`].
    DeliveryFinished {
        /// Which delivery.
        delivery: DeliveryId,
        /// Which part of it.
        part: u32,
        /// What came of it.
        result: SendResult,
    },
    /// The store's object answered [`Effect::Relay`].
    Relayed {
        /// The last entry told.
        up_to: Seq,
        /// Whether it took them.
        accepted: bool,
    },
    /// KV answered [`Effect::Flush`].
    Flushed {
        /// The last entry written.
        last: Seq,
        /// Whether it was written.
        written: bool,
    },
    /// The shopper (or the channel on their behalf) wants everything deleted.
    Forget,
    /// The alarm rang.
    Wake,
}

/// What came of a send.
#[derive(Debug, Clone, PartialEq)]
pub enum SendResult {
    /// The channel answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// Body, at most 64 KiB.
        body: Vec<u8>,
        /// `Retry-After`, where given.
        retry_after: Option<Millis>,
    },
    /// No answer: nobody knows whether it went.
    NoAnswer,
    /// It was not sent: the account is stopped, for the reason given.
    AccountStopped {
        /// In words, for staff.
        reason: String,
    },
    /// It was not sent: whether the account may send could not be found out.
    PermitUnknown,
}

/// What a conversation wants done, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Persist: add to the log.
    Append(Event),
    /// Persist: replace the text of this entry's message by nothing, here and in KV.
    Redact {
        /// The entry.
        seq: Seq,
        /// Whether it is in KV already: then its segment is rewritten, the one exception to "never".
        flushed: bool,
    },
    /// Persist: remember this derived state, so that the log before it need not be read again.
    Checkpoint(Box<Snapshot>),
    /// Persist: entries up to here are in KV for long enough; drop them from the object's storage.
    Trim {
        /// The last entry to drop.
        up_to: Seq,
    },
    /// Send to one socket.
    Send {
        /// Which.
        connection: ConnectionId,
        /// What.
        frame: ServerFrame,
    },
    /// Send the same to several sockets.
    Broadcast {
        /// Which.
        to: Vec<ConnectionId>,
        /// What.
        frame: ServerFrame,
    },
    /// Answer to a page that polls: goes into the response of the request that brought the frame.
    Answer(ServerFrame),
    /// Send the log to one socket: after `after`, or the tail when absent (see `replay`).
    Replay {
        /// Which.
        connection: ConnectionId,
        /// The last entry it has.
        after: Option<Seq>,
    },
    /// Remember beside the socket (its attachment) that it said `hello` and whether its page is in view.
    Attach {
        /// Which.
        connection: ConnectionId,
        /// In view.
        visible: bool,
    },
    /// Ask the store's object for a link; feed [`Input::LinkIssued`].
    IssueLink {
        /// Who asked.
        connection: Option<ConnectionId>,
        /// To which channel.
        channel: Channel,
    },
    /// Call the channel once with this body; feed [`Input::DeliveryFinished`].
    Deliver {
        /// Which delivery.
        delivery: DeliveryId,
        /// Which part.
        part: u32,
        /// The channel's own request body.
        body: serde_json::Value,
    },
    /// Tell the store's object what the shopper said, for staff; feed [`Input::Relayed`].
    Relay(Relay),
    /// Write entries to KV as one segment, then the head; feed [`Input::Flushed`].
    Flush {
        /// The first entry: names the segment.
        first: Seq,
        /// The last.
        last: Seq,
    },
    /// Close one socket with this code and reason.
    Close {
        /// Which.
        connection: ConnectionId,
        /// 4000..4999 or 1000.
        code: u16,
        /// Short.
        reason: &'static str,
    },
    /// Tell the store's object that nothing may be sent from the account.
    StopAccount(AccountStop),
    /// Remove everything: segments, head, addresses, object storage. Durable: survives a restart half-way.
    Erase,
}

/// Why nothing may be sent from a store's account on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStop {
    /// The channel restricted it.
    Restricted {
        /// In words, for staff.
        reason: String,
    },
    /// Its token or permissions do not do: the owner must connect it again.
    Disconnected {
        /// In words, for staff.
        reason: String,
    },
}

/// What the shopper said, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// Whose.
    pub conversation: ConversationId,
    /// The last entry told.
    pub up_to: Seq,
    /// What they said, oldest first: entry and text.
    pub said: Vec<(Seq, String)>,
    /// Where they are: the page's title or the channel.
    pub place: String,
}

/// Derived state as it is stored beside the log: opaque to the shell.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot(pub(super) String);

/// The stored state could not be read: rebuild from the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stored state not understood")]
pub struct SnapshotError;

impl Snapshot {
    /// As text, for storage.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
