//! What comes back from the edge.

use super::effect::{Effect, PageEvent, SessionKey};
use super::hand_over::HandOver;
use super::input::{Failure, Input};
use super::transcript::Transcript;
use super::view::Remark;
use super::{Contact, TYPING_SHOWN_FOR, Visit};
use crate::ids::Seq;
use crate::message::Author;
use crate::time::Millis;
use crate::wire::{ServerFrame, ServerMessage, Session, Trouble};

/// Until what the edge could not do just now is tried again.
const TRY_AGAIN_AFTER: Millis = Millis::seconds(5);
/// A socket's close code where there is no conversation any more.
const CLOSE_FORGOTTEN: u16 = 4410;

impl Visit {
    /// Takes in an answer; one to an earlier attempt changes nothing.
    pub(super) fn hear(&mut self, input: Input, out: &mut Vec<Effect>) {
        match input {
            Input::SessionReady { attempt, session }
                if self.line.is_current(attempt) && self.line.is_asking() =>
            {
                self.session_ready(session, out);
            }
            Input::SocketClosed { attempt, code: CLOSE_FORGOTTEN }
            | Input::SessionFailed { attempt, failure: Failure::Forgotten }
            | Input::PollFailed { attempt, failure: Failure::Forgotten }
                if self.line.is_current(attempt) =>
            {
                self.trouble(Trouble::Forgotten, out);
            }
            Input::SessionFailed { attempt, failure }
                if self.line.is_current(attempt) && self.line.is_asking() =>
            {
                self.session_failed(failure, out);
            }
            Input::SocketOpened(attempt) if self.line.is_current(attempt) => {
                self.with_line(|line, now, ends| line.socket_opened(now, ends, out));
                self.told.visible = Some(self.is_visible);
            }
            Input::SocketClosed { attempt, code } if self.line.is_current(attempt) => {
                self.line.socket_closed(self.now, code);
            }
            Input::FrameReceived { attempt, frame } if self.line.is_current(attempt) => {
                self.line.heard(self.now);
                match frame {
                    Ok(frame) => self.frame(frame, out),
                    // What it told comes again with the next `hello`.
                    Err(_) => out.push(Effect::Emit(PageEvent::Error("bad_frame"))),
                }
            }
            Input::PollAnswered { attempt, frames } if self.line.is_current(attempt) => {
                let is_news = |frame: &ServerFrame| !matches!(frame, ServerFrame::Events { events, .. } if events.is_empty());
                let news = frames.iter().any(is_news);
                self.with_line(|line, now, ends| line.poll_answered(now, news, ends));
                for frame in frames {
                    self.frame(frame, out);
                }
            }
            Input::PollFailed { attempt, failure } if self.line.is_current(attempt) => {
                self.line.failed(self.now, failure);
            }
            _ => {}
        }
    }

    fn session_ready(&mut self, session: Session, out: &mut Vec<Effect>) {
        let Session { token, conversation, resumed } = session;
        let same = self.session.as_ref().is_some_and(|known| known.conversation == conversation);
        if !same && self.session.is_some() {
            self.transcript = Transcript::default();
        }
        if !same {
            self.is_new = !resumed;
        }
        self.token = Some(token.clone());
        self.memory.conversation = Some(conversation.clone());
        self.session = Some(SessionKey { token, conversation });
        self.with_line(|line, now, ends| line.session_ready(now, ends, out));
    }

    fn session_failed(&mut self, failure: Failure, out: &mut Vec<Effect>) {
        if failure == Failure::Refused {
            out.push(Effect::Emit(PageEvent::Error("refused")));
        }
        if matches!(failure, Failure::SlowDown { .. }) {
            self.remark(Remark::SlowDown);
        }
        self.line.failed(self.now, failure);
    }

    fn frame(&mut self, frame: ServerFrame, out: &mut Vec<Effect>) {
        match frame {
            ServerFrame::Events { up_to, earlier, events } => self.events(up_to, earlier, events, out),
            ServerFrame::Typing(author) => {
                if author != Author::Shopper {
                    self.typing = Some((author, self.now + TYPING_SHOWN_FOR));
                }
            }
            ServerFrame::Link(link) => self.hand_over.answer(self.now, self.clock, link),
            ServerFrame::Trouble(trouble) => self.trouble(trouble, out),
        }
    }

    fn events(&mut self, up_to: Seq, earlier: bool, events: Vec<ServerMessage>, out: &mut Vec<Effect>) {
        let is_history = self.transcript.up_to().is_none();
        let applied = self.transcript.apply(up_to, earlier, events);
        for (id, author) in applied.added {
            if author != Author::Shopper {
                self.typing = None;
            }
            if !is_history {
                out.push(Effect::Emit(PageEvent::Message { id, author }));
            }
        }
        if let Some(kind) = applied.contact {
            self.contact = Contact::Known(kind);
        }
        if applied.linked.is_some() && !is_history {
            self.hand_over = HandOver::Closed;
        }
    }

    fn trouble(&mut self, trouble: Trouble, out: &mut Vec<Effect>) {
        match trouble {
            Trouble::SlowDown { retry_after_ms } => {
                self.outbox.hold(self.now, Millis(retry_after_ms.min(Millis::hours(1).0)));
                self.remark(Remark::SlowDown);
            }
            Trouble::BadText | Trouble::BadFrame => {
                if !self.outbox.refuse() {
                    out.push(Effect::Emit(PageEvent::Error("bad_frame")));
                }
            }
            Trouble::NoSuchChannel => drop(self.hand_over.fail()),
            Trouble::Unavailable => {
                self.hand_over.fail();
                self.outbox.hold(self.now, TRY_AGAIN_AFTER);
            }
            // Deleted from another device or by signed call: what waits here was said after, and begins a new one.
            Trouble::Forgotten => {
                self.line.drop_line(out);
                self.token = None;
                self.memory.conversation = None;
                self.session = None;
                self.is_new = false;
                self.transcript = Transcript::default();
                self.opening = super::greeting(&self.settings);
                self.contact = Contact::default();
            }
        }
    }
}
