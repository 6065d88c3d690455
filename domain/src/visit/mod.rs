//! The widget's state machine: one visit of one shopper to the pages of one store.
//!
//! [`Visit::handle`] takes what happened and says what to do; [`Visit::view`] says what to show. The edge's log is the
//! truth: messages are shown in its order and by its clock, the shopper's own unsent ones after them. Nothing is kept in
//! the browser before the shopper acts. Every input ends in [`Visit::settle`], which compares what should be with what
//! was last told and makes up the difference, so that no input needs to think of the others.

mod act;
mod decode;
mod effect;
mod encode;
mod hand_over;
mod hear;
mod input;
mod json;
mod line;
mod look;
mod memory;
mod outbox;
mod prose;
mod tab;
mod transcript;
mod view;
mod words;

#[cfg(test)]
mod tests;

pub use decode::{decode_frame, decode_frames, decode_session, decode_settings, decode_theme};
pub use effect::{Effect, PageEvent, SessionKey};
pub use encode::{encode_frame, encode_frames, encode_session_request, name as channel_name};
pub use input::{Attempt, Failure, Input, Key, OutboxChange, Said, Stored, Surroundings};
pub use json::decimal;
pub use line::LineView;
pub use look::Look;
pub use outbox::{MAX_UNSENT, Unsent, changed_outbox};
pub use prose::{Span, spans};
pub use transcript::{Message, Notice};
pub use view::{ContactView, ForgetView, Group, HandOverView, Remark, Row, VisitView};

use crate::conversation::ContactKind;
use crate::ids::{ConversationId, Seq};
use crate::message::Author;
use crate::time::{Millis, UnixMillis};
use crate::wire::{ClientFrame, Opening, WidgetSettings};
use hand_over::HandOver;
use line::{Ends, Line};
use memory::Memory;
use outbox::Outbox;
use std::rc::Rc;
use transcript::Transcript;
use words::{Words, greeting};

const TYPING_SHOWN_FOR: Millis = Millis::seconds(6);
const TYPING_TOLD_EVERY: Millis = Millis::seconds(3);
const DRAFT_KEPT_AFTER: Millis = Millis(600);
const REMARK_SHOWN_FOR: Millis = Millis::seconds(8);
/// Nothing is suggested while the talk is as fresh as this.
const TALKING: Millis = Millis::minutes(10);

/// One visit.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // independent facts of a page, not states of one thing
pub struct Visit {
    settings: Rc<WidgetSettings>,
    /// The device's clock, which may be set back.
    clock: UnixMillis,
    /// Never goes back: what spans are measured by.
    now: UnixMillis,
    is_started: bool,
    is_open: bool,
    is_visible: bool,
    is_online: bool,
    utc_offset_min: i32,
    has_acted: bool,
    consent: Option<bool>,
    memory: Memory,
    draft: String,
    draft_due: Option<UnixMillis>,
    token: Option<String>,
    session: Option<SessionKey>,
    /// The edge said that nobody ever spoke in this conversation.
    is_new: bool,
    line: Line,
    transcript: Transcript,
    outbox: Outbox,
    opening: Option<Words>,
    typing: Option<(Author, UnixMillis)>,
    typing_told_at: UnixMillis,
    hand_over: HandOver,
    contact: Contact,
    forget: ForgetView,
    remark: Option<(Remark, UnixMillis)>,
    told: Told,
}

/// Where the shopper can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Contact {
    #[default]
    Unknown,
    Invalid,
    Declined,
    Sending {
        kind: ContactKind,
        value: String,
        said: bool,
    },
    Known(ContactKind),
}

/// What the shell and the edge were told last.
#[derive(Debug, Clone, Default)]
struct Told {
    line_up: bool,
    visible: Option<bool>,
    seen: Seq,
    memory: Memory,
    token: Option<String>,
    /// What the stored token is for, as far as that is stored, by whichever tab.
    conversation: Option<ConversationId>,
    launcher: Option<(bool, u32, UnixMillis)>,
}

impl Visit {
    /// A visit to the pages of the store with these settings.
    pub fn new(settings: impl Into<Rc<WidgetSettings>>) -> Self {
        let settings = settings.into();
        Self {
            opening: greeting(&settings),
            settings,
            clock: UnixMillis(0),
            now: UnixMillis(0),
            is_started: false,
            is_open: false,
            is_visible: true,
            is_online: true,
            utc_offset_min: 0,
            has_acted: false,
            consent: None,
            memory: Memory::default(),
            draft: String::new(),
            draft_due: None,
            token: None,
            session: None,
            is_new: false,
            line: Line::new(1),
            transcript: Transcript::default(),
            outbox: Outbox::default(),
            typing: None,
            typing_told_at: UnixMillis(0),
            hand_over: HandOver::default(),
            contact: Contact::default(),
            forget: ForgetView::default(),
            remark: None,
            told: Told::default(),
        }
    }

    /// What the store says about itself.
    pub fn settings(&self) -> &WidgetSettings {
        &self.settings
    }

    /// What the shopper is writing.
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// Takes one input in; gives what is to be done, in order.
    pub fn handle(&mut self, now: UnixMillis, input: Input) -> Vec<Effect> {
        let mut out = Vec::new();
        self.now = self.now + now.since(self.clock);
        self.clock = now;
        if let Input::Started { stored, surroundings } = input {
            if !self.is_started {
                self.start(stored, surroundings, &mut out);
            }
        } else if self.is_started {
            self.take(input, &mut out);
        }
        if self.is_started {
            self.settle(&mut out);
        }
        out
    }

    /// When to call [`Visit::handle`] with [`Input::Wake`], by the clock it was told last.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        let doubt = if self.line.is_up() { self.outbox.line_doubtful_at(self.line.heard_at()) } else { None };
        let turn = if self.line.is_up() { self.outbox.wakeup() } else { None };
        [
            self.line.wakeup(),
            doubt,
            turn,
            self.typing.as_ref().map(|(_, until)| *until),
            self.remark.map(|(_, until)| until),
            self.draft_due,
            self.hand_over.wakeup(self.now),
        ]
        .into_iter()
        .flatten()
        .min()
        .map(|at| self.clock + at.since(self.now))
    }

    /// Decided by the shopper, or by the store's consent tool: whether anything may be kept.
    fn may_keep(&self) -> bool {
        self.consent.unwrap_or(self.has_acted)
    }

    /// Something the shopper did with the chat.
    fn act(&mut self) {
        self.has_acted = true;
    }

    fn remark(&mut self, remark: Remark) {
        self.remark = Some((remark, self.now + REMARK_SHOWN_FOR));
    }

    /// Until when nothing is to be suggested, because they talk.
    fn silence(&self) -> UnixMillis {
        let said = self.transcript.messages().next_back().map(|last| last.at);
        let written = self.outbox.entries().last().map(|entry| entry.unsent.at);
        said.max(written).map_or(UnixMillis(0), |at| at + TALKING)
    }

    /// Whether what was said before is not here yet.
    fn is_history_awaited(&self) -> bool {
        self.token.is_some() && !self.is_new && self.transcript.up_to().is_none()
    }

    /// What the page says before the shopper's next word, while it stands.
    fn opening_text(&self) -> Option<String> {
        let words = self.opening.as_ref()?;
        let stands = match words.opening {
            Opening::Trigger { .. } => true,
            Opening::Greeting => {
                let nobody_spoke = self.transcript.up_to().is_none() || self.transcript.is_known_empty();
                nobody_spoke && !self.is_history_awaited()
            }
        };
        stands.then(|| words.text.clone())
    }

    /// Runs `work` on the line with what it works with.
    fn with_line<T>(&mut self, work: impl FnOnce(&mut Line, UnixMillis, &Ends<'_>) -> T) -> T {
        let ends = Ends {
            token: self.token.as_deref(),
            session: self.session.as_ref(),
            after: self.transcript.up_to(),
            visible: self.is_visible,
            online: self.is_online,
        };
        work(&mut self.line, self.now, &ends)
    }

    /// Makes the world agree with the state.
    fn settle(&mut self, out: &mut Vec<Effect>) {
        self.expire();
        self.drop_taken(out);
        if self.is_open && self.is_visible {
            self.transcript.see_all();
        }
        self.memory.seen = self.memory.seen.max(self.transcript.seen());
        self.note_line();
        let wanted = (self.is_open && self.has_acted)
            || self.token.is_some()
            || self.outbox.wants_line()
            || self.hand_over.is_wanted()
            || matches!(self.contact, Contact::Sending { .. });
        if wanted {
            self.with_line(|line, now, ends| line.want(now, ends, out));
        }
        if self.line.is_up() {
            self.speak(out);
        }
        self.with_line(|line, now, ends| line.wake(now, ends, out));
        self.note_line();
        self.keep(out);
        self.tell_page(out);
    }

    fn expire(&mut self) {
        let now = self.now;
        self.typing = self.typing.take().filter(|(_, until)| now < *until);
        self.remark = self.remark.filter(|(_, until)| now < *until);
        self.hand_over.wake(now);
        if self.draft_due.is_some_and(|due| now >= due) {
            self.keep_draft();
        }
    }

    fn keep_draft(&mut self) {
        self.memory.draft.clone_from(&self.draft);
        self.draft_due = None;
    }

    fn note_line(&mut self) {
        if self.told.line_up && !self.line.is_up() {
            self.line_lost();
        }
        self.told.line_up = self.line.is_up();
    }

    fn line_lost(&mut self) {
        self.outbox.line_lost(self.now);
        self.hand_over.line_lost();
        self.typing = None;
        self.told.visible = None;
        self.told.seen = Seq(0);
        if let Contact::Sending { said, .. } = &mut self.contact {
            *said = false;
        }
    }

    /// What the edge has is not unsent, whoever sent it.
    fn drop_taken(&mut self, out: &mut Vec<Effect>) {
        let transcript = &self.transcript;
        let ids = self.outbox.entries().iter().map(|entry| &entry.unsent.id);
        let taken: Vec<_> = ids.filter(|id| transcript.find(id).is_some()).cloned().collect();
        for id in taken {
            let unsent = self.outbox.remove(&id);
            if unsent.is_some_and(|unsent| unsent.opening.is_some()) {
                self.opening = None;
            }
            if self.may_keep() {
                out.push(Effect::KeepUnsent(OutboxChange::Remove(id)));
            }
        }
    }

    /// Says what the edge should know.
    fn speak(&mut self, out: &mut Vec<Effect>) {
        let now = self.now;
        if self.outbox.line_doubtful_at(self.line.heard_at()).is_some_and(|at| now >= at) {
            self.line_lost();
            self.with_line(|line, now, ends| line.renew(now, ends, out));
            return;
        }
        if let Some(say) = self.outbox.next_to_say(now) {
            self.line.send(now, say, out);
        }
        if let Some(channel) = self.hand_over.take_wish() {
            self.line.send(now, ClientFrame::Link(channel), out);
        }
        if let Contact::Sending { kind, value, said } = &mut self.contact
            && !*said
        {
            *said = true;
            self.line.send(now, ClientFrame::Contact { kind: *kind, value: value.clone() }, out);
        }
        let seen = self.transcript.seen();
        if self.is_open && self.is_visible && seen > self.told.seen.max(self.transcript.seen_by_edge()) {
            self.told.seen = seen;
            self.line.send(now, ClientFrame::Seen(seen), out);
        }
        // The first word about it went with `hello`.
        if *self.told.visible.get_or_insert(self.is_visible) != self.is_visible {
            self.told.visible = Some(self.is_visible);
            self.line.send(now, ClientFrame::Visible(self.is_visible), out);
        }
    }

    fn keep(&mut self, out: &mut Vec<Effect>) {
        if !self.may_keep() {
            return;
        }
        // Before the token, so that other tabs know which conversation that is for.
        if self.told.memory != self.memory {
            self.told.memory = self.memory.clone();
            self.told.conversation.clone_from(&self.memory.conversation);
            out.push(Effect::Keep(Key::Visit, self.memory.encode()));
        }
        if self.told.token != self.token {
            self.told.token.clone_from(&self.token);
            out.push(match &self.token {
                Some(token) => Effect::Keep(Key::Token, token.clone()),
                None => Effect::Discard(Key::Token),
            });
        }
    }

    fn tell_page(&mut self, out: &mut Vec<Effect>) {
        let unread = if self.is_history_awaited() { 0 } else { self.transcript.unread() };
        let quiet_until = self.silence();
        let before = self.told.launcher.replace((self.is_open, unread, quiet_until));
        if before != self.told.launcher {
            out.push(Effect::Launcher { open: self.is_open, unread, quiet_until });
            if before.map_or(0, |(_, unread, _)| unread) != unread {
                out.push(Effect::Emit(PageEvent::Unread(unread)));
            }
        }
    }
}
