//! Channels: what each can carry, when it may be used, and what comes in from it.

mod digest;
mod disclosure;
pub mod messenger;
mod opt_out;
mod text;
mod window;

pub(crate) use digest::fingerprint;
pub use disclosure::needs_disclosure;
pub use opt_out::{is_plain_stop_word, is_start_word, is_stop_word, language_of_word};
pub use window::{CONTROL_EXPIRES_AFTER, Hold, Permit, Purpose, SendKind, Standing, permit};

use crate::ids::{ForeignId, LinkReference};
use crate::message::Content;
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};

/// A surface a conversation can be carried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Facebook Messenger.
    Messenger,
    /// The chat on the store's own pages.
    Widget,
}

/// A shopper (or staff member) on a channel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Address {
    /// The channel.
    pub channel: Channel,
    /// Our side: the Page.
    pub account: ForeignId,
    /// Their side: the page-scoped id of the person.
    pub person: ForeignId,
}

/// One thing a channel told us, decoded and normalised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// Who it is about. A notice to the account itself ([`InboundEvent::Policy`]) names the account as
    /// the person; it never reaches a conversation.
    pub address: Address,
    /// The channel's own time; orders events of one address.
    pub at: UnixMillis,
    /// What makes a redelivery recognisable; derived where the channel names none.
    pub dedupe_key: String,
    /// Another app owns the thread: store it, never answer.
    pub standby: bool,
    /// What happened.
    pub what: InboundEvent,
}

/// What happened on a channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundEvent {
    /// The person wrote, or tapped a quick reply.
    Message {
        /// The channel's id of the message.
        id: ForeignId,
        /// What they wrote.
        content: Content,
        /// The payload of the quick reply they tapped.
        quick_reply: Option<String>,
        /// The message they answered.
        reply_to: Option<ForeignId>,
        /// The hand-over reference they came with.
        reference: Option<LinkReference>,
    },
    /// The person sent something the channel does not show to apps. Staff may know; nobody answers it.
    Unsupported {
        /// The channel's id of the message.
        id: ForeignId,
    },
    /// The person tapped a button of ours, or "Get Started".
    Postback {
        /// The channel's id of the tap, where it has one.
        id: Option<ForeignId>,
        /// What the button said.
        title: String,
        /// What we put behind it; the channel leaves it out on standby.
        payload: Option<String>,
        /// The hand-over reference they came with.
        reference: Option<LinkReference>,
    },
    /// The person came through a link into an existing thread. An unreadable reference is `None`.
    Referral {
        /// The hand-over reference.
        reference: Option<LinkReference>,
    },
    /// Something was sent from the store's side: by us, the Page inbox, or another app.
    Echo {
        /// The channel's id of the message.
        id: ForeignId,
        /// The app that sent it; absent or another's for people in the Page inbox.
        app_id: Option<ForeignId>,
        /// What we attached when we sent it.
        metadata: Option<String>,
        /// What it says.
        content: Content,
        /// The message it answers.
        reply_to: Option<ForeignId>,
    },
    /// Everything up to `watermark` reached the person's device.
    Delivered {
        /// The channel's time.
        watermark: UnixMillis,
        /// The messages named, if any.
        ids: Vec<ForeignId>,
    },
    /// The person read everything up to `watermark`.
    Read {
        /// The channel's time.
        watermark: UnixMillis,
    },
    /// The person reacted to a message; `emoji` is `None` when they took it back.
    Reaction {
        /// The message.
        id: ForeignId,
        /// The sign.
        emoji: Option<String>,
    },
    /// The person changed what they wrote.
    Edited {
        /// The message.
        id: ForeignId,
        /// What it says now.
        text: String,
    },
    /// The person took a message back: its text must go.
    Deleted {
        /// The message.
        id: ForeignId,
    },
    /// The person asked not to get (or to get again) what they did not ask for.
    OptOut {
        /// `true`: stop; `false`: resume.
        stop: bool,
    },
    /// Who may speak in the thread changed.
    ThreadControl(ThreadControl),
    /// The channel restricted (or freed) the account.
    Policy {
        /// `true`: stop sending for the whole account.
        blocked: bool,
        /// The channel's words.
        reason: String,
    },
    /// Known and of no consequence here (account linking, app roles, marketing opt-in).
    Noted {
        /// Its name in the channel's terms.
        kind: String,
    },
}

impl InboundEvent {
    /// Whether it is an act of the person that lets us answer for a while.
    /// Source: Meta, Send messages: a message, a tap, a reaction, a link into the thread.
    pub fn opens_window(&self) -> bool {
        match self {
            Self::Message { .. }
            | Self::Unsupported { .. }
            | Self::Postback { .. }
            | Self::Referral { .. }
            | Self::Reaction { .. } => true,
            Self::Echo { .. }
            | Self::Delivered { .. }
            | Self::Read { .. }
            | Self::Edited { .. }
            | Self::Deleted { .. }
            | Self::OptOut { .. }
            | Self::ThreadControl(_)
            | Self::Policy { .. }
            | Self::Noted { .. } => false,
        }
    }
}

/// Who may speak in a thread (Messenger's conversation routing).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadControl {
    /// Control was handed on: to us, unless the app named is another's.
    Given {
        /// To which app, where said.
        app_id: Option<ForeignId>,
    },
    /// Control went to another app.
    Taken {
        /// Which, where said.
        app_id: Option<ForeignId>,
    },
    /// Another app asks for it.
    Requested {
        /// Which, where said.
        app_id: Option<ForeignId>,
    },
}

impl ThreadControl {
    /// Whether we may speak from now on; `None` when nothing changed. Without `our_app`, control that
    /// was handed on is taken to be ours: only the app that gets it is told.
    pub fn is_ours(&self, our_app: Option<&ForeignId>) -> Option<bool> {
        let names_another =
            |app: &Option<ForeignId>| app.is_some() && our_app.is_some() && app.as_ref() != our_app;
        match self {
            Self::Given { app_id } => Some(!names_another(app_id)),
            Self::Taken { app_id } => Some(app_id.is_some() && app_id.as_ref() == our_app),
            Self::Requested { .. } => None,
        }
    }
}
