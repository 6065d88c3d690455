//! What the visit wants its shell to do.

use super::input::{Attempt, Key, OutboxChange};
use crate::ids::{ConversationId, MessageId, Seq};
use crate::message::Author;
use crate::time::UnixMillis;
use crate::wire::ClientFrame;

/// One thing for the shell to do, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// `POST …/sessions`; answered by `SessionReady` or `SessionFailed`.
    CreateSession {
        /// Comes back with the answer.
        attempt: Attempt,
        /// Of an earlier session, to go on with its conversation.
        token: Option<String>,
    },
    /// Open the socket and close any earlier one; answered by `SocketOpened` or `SocketClosed`.
    OpenSocket {
        /// Comes back with everything the socket says.
        attempt: Attempt,
        /// Whose.
        session: SessionKey,
    },
    /// Close the socket; nothing it says matters any more.
    CloseSocket,
    /// Send over the socket.
    SendFrame(ClientFrame),
    /// `GET …/events`; answered by `PollAnswered` or `PollFailed`.
    Poll {
        /// Comes back with the answer.
        attempt: Attempt,
        /// Whose.
        session: SessionKey,
        /// The last event the page has.
        after: Option<Seq>,
    },
    /// `POST …/events`; answered by `PollAnswered` or `PollFailed`, with what came after `after` too.
    PostFrames {
        /// Comes back with the answer.
        attempt: Attempt,
        /// Whose.
        session: SessionKey,
        /// The last event the page has.
        after: Option<Seq>,
        /// What to say.
        frames: Vec<ClientFrame>,
    },
    /// Keep in the page's storage.
    Keep(Key, String),
    /// Remove from the page's storage.
    Discard(Key),
    /// Read the outbox, apply the change with [`super::changed_outbox`], write it back.
    KeepUnsent(OutboxChange),
    /// Tell the page.
    Emit(PageEvent),
    /// What the launcher shows.
    Launcher {
        /// Whether the panel is open.
        open: bool,
        /// Messages of the store not seen yet.
        unread: u32,
        /// Nothing is to be suggested before.
        quiet_until: UnixMillis,
    },
    /// The composer takes the focus.
    FocusComposer,
    /// The focus goes back to where it was before the panel opened.
    ReturnFocus,
    /// The composer shows this text.
    SetDraft(String),
    /// `GET …/export` into a file; answered by `ExportAnswered`.
    Export(SessionKey),
    /// `DELETE` the conversation; answered by `ForgetAnswered`.
    Forget(SessionKey),
}

/// What a request on behalf of a conversation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKey {
    /// Never into a URL.
    pub token: String,
    /// The conversation.
    pub conversation: ConversationId,
}

/// What the page's own scripts may know. No words: those are between shopper and store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageEvent {
    /// The panel opened.
    Open,
    /// The panel closed.
    Close,
    /// A message was added while the page was there.
    Message {
        /// Its id.
        id: MessageId,
        /// Who wrote it.
        author: Author,
    },
    /// How many messages of the store are not seen yet.
    Unread(u32),
    /// The line does not work: a stable code.
    Error(&'static str),
}
