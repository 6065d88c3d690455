//! What the widget's shell tells the visit.

use super::outbox::Unsent;
use crate::channel::Channel;
use crate::ids::MessageId;
use crate::message::{Page, QuickReply};
use crate::wire::{DecodeError, ServerFrame, Session};

/// One thing that happened to the widget.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The widget runs on a page. Everything before is ignored.
    Started {
        /// What was found in the page's storage.
        stored: Stored,
        /// What the page is like.
        surroundings: Surroundings,
    },
    /// The shopper opened the panel.
    Opened,
    /// The shopper closed the panel.
    Closed,
    /// The text in the composer changed.
    DraftChanged(String),
    /// The shopper sent a text, under a fresh random id.
    Sent(Said),
    /// The shopper tapped a suggested answer, said under a fresh random id.
    QuickReplyTapped {
        /// Which.
        reply: QuickReply,
        /// A fresh random id.
        id: MessageId,
        /// Where they are.
        page: Option<Page>,
    },
    /// The shopper wants a message that did not go to be tried again.
    RetryAsked(MessageId),
    /// The shopper gives up a message that did not go; its text goes back to the composer.
    Withdrawn(MessageId),
    /// The shopper answers the card of a rule.
    CardAnswered {
        /// Which.
        rule: String,
        /// Why it was there, by the reasons' codes.
        reasons: Vec<String>,
        /// What they say to it, if they tapped a suggested answer.
        reply: Option<Said>,
    },
    /// The shopper wants to go on elsewhere, or wants a new link for it.
    LinkAsked(Channel),
    /// The shopper is done with the link.
    LinkClosed,
    /// The shopper left a way to reach them, as they wrote it.
    ContactGiven(String),
    /// The shopper does not want to leave one.
    ContactDeclined,
    /// `CreateSession` was answered.
    SessionReady {
        /// Of which attempt.
        attempt: Attempt,
        /// The answer.
        session: Session,
    },
    /// `CreateSession` was not answered, or refused.
    SessionFailed {
        /// Of which attempt.
        attempt: Attempt,
        /// Why.
        failure: Failure,
    },
    /// The socket is open.
    SocketOpened(Attempt),
    /// The socket closed, or never opened.
    SocketClosed {
        /// Of which attempt.
        attempt: Attempt,
        /// RFC 6455 section 7.4; 1006 when there was none.
        code: u16,
    },
    /// A frame came in.
    FrameReceived {
        /// Of which attempt.
        attempt: Attempt,
        /// What it said.
        frame: Result<ServerFrame, DecodeError>,
    },
    /// `Poll` or `PostFrames` was answered.
    PollAnswered {
        /// Of which attempt.
        attempt: Attempt,
        /// With what.
        frames: Vec<ServerFrame>,
    },
    /// `Poll` or `PostFrames` was not answered, or refused.
    PollFailed {
        /// Of which attempt.
        attempt: Attempt,
        /// Why.
        failure: Failure,
    },
    /// The network is back.
    Online,
    /// The network is gone.
    Offline,
    /// The page came into view or left it.
    VisibilityChanged(bool),
    /// The page came back from the back/forward cache: whatever was open is not.
    PageShown,
    /// Another tab of the same shop changed what is stored.
    TabStored(Key, Option<String>),
    /// The shopper wants to delete the conversation; they are asked again.
    ForgetAsked,
    /// They do not, after all.
    ForgetCancelled,
    /// They do.
    ForgetConfirmed,
    /// `Forget` was answered: whether it is deleted.
    ForgetAnswered(bool),
    /// The shopper wants a copy of the conversation.
    ExportAsked,
    /// `Export` was answered: whether they have it.
    ExportAnswered(bool),
    /// The store's consent tool said whether anything may be stored.
    Consent(bool),
    /// The page says that the shopper left (a shared computer): nothing of them may stay here.
    LoggedOut,
    /// `next_wakeup` has come.
    Wake,
}

/// A text the shopper sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// A fresh random id.
    pub id: MessageId,
    /// As they wrote it.
    pub text: String,
    /// Where they are.
    pub page: Option<Page>,
}

/// What is kept in the storage of the shop's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The session's token.
    Token,
    /// The messages not yet taken by the edge; changed through [`super::Effect::KeepUnsent`] only.
    Outbox,
    /// Panel, draft, last message seen.
    Visit,
}

/// The texts found under each [`Key`]; hostile like everything else on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Under [`Key::Token`].
    pub token: Option<String>,
    /// Under [`Key::Outbox`].
    pub outbox: Option<String>,
    /// Under [`Key::Visit`].
    pub visit: Option<String>,
}

/// What the page is like when the widget starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether the shopper has it in front of them.
    pub visible: bool,
    /// Whether there is a network.
    pub online: bool,
    /// Local time minus UTC, in minutes: for day marks.
    pub utc_offset_min: i32,
    /// Random; spreads reconnections.
    pub seed: u64,
}

/// Numbers what was asked of the shell, so that late answers to earlier questions are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempt(pub u32);

/// Why the edge did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It will not: 4xx.
    Refused,
    /// The conversation was deleted: 410.
    Forgotten,
    /// Too much at once: 429.
    SlowDown {
        /// When to try again.
        retry_after_ms: u64,
    },
    /// No answer, or 5xx.
    Unavailable,
}

/// A change to what is kept under [`Key::Outbox`], which every tab of the shop shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutboxChange {
    /// One more.
    Add(Unsent),
    /// One less: the edge has it, or the shopper gave it up.
    Remove(MessageId),
}
