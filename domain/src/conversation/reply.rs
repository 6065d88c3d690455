//! The assistant's part: answers it knows, a hand-off when it does not, silence while a person speaks.

use super::delivery::Stage;
use super::{Conversation, EventBody, Holder, Turn};
use crate::answer::{self, About, AnswerContext, Question, Reply};
use crate::channel::{CONTROL_EXPIRES_AFTER, Channel};
use crate::ids::MessageId;
use crate::language::Language;
use crate::message::{Author, Content, Message};
use crate::store::LocalTime;
use crate::time::{Millis, UnixMillis};

/// After this long without a word from a person the assistant answers again.
const PERSON_GONE_AFTER: Millis = Millis::hours(12);

impl Conversation {
    /// Answers what the shopper just said.
    pub(super) fn reply(&mut self, turn: &mut Turn, said: &MessageId, text: &str) {
        if let Some((kind, value)) = answer::contact_in(text) {
            self.append(turn, EventBody::Contact { kind, value, from: Some(said.clone()) });
        }
        if !self.assistant_may_speak(turn) {
            return;
        }
        let local = LocalTime::at(turn.now, self.config.utc_offset_minutes);
        let question = Question { text, page_product: self.state.product.as_deref() };
        let context = AnswerContext {
            opening: self.config.settings.opening(local),
            handed_off: self.state.holder == Holder::Waiting,
            contact_known: self.state.contact_known,
            previous: self.state.last_answer.as_ref(),
            language: self.language(),
        };
        let quoted = self.quoted();
        match answer::answer(&self.config.settings, &question, &context) {
            Reply::Answer { content, about } => {
                self.bot_says(turn, content, Some(about), quoted);
            }
            // Said once; what else comes in waits for the person.
            Reply::HandOff { .. } if self.state.holder == Holder::Waiting => {}
            Reply::HandOff { content, .. } => {
                self.append(turn, EventBody::Holder { holder: Holder::Waiting });
                self.bot_says(turn, content, None, quoted);
            }
        }
    }

    /// The store's greeting, where a conversation begins outside the widget.
    pub(super) fn greet(&mut self, turn: &mut Turn) {
        let greeting = self.config.settings.widget(self.config.messenger).greeting;
        let content =
            Content { text: greeting.text, quick_replies: greeting.quick_replies, ..Content::default() };
        if !content.is_empty() {
            self.bot_says(turn, content, None, None);
        }
    }

    /// Appends a message of the assistant. It is written nowhere but here, so it goes out to every channel.
    pub(super) fn bot_says(
        &mut self,
        turn: &mut Turn,
        content: Content,
        about: Option<About>,
        reply_to: Option<MessageId>,
    ) {
        let Ok(id) = MessageId::parse(format!("bot-{}", self.state.last.next().0)) else { return };
        let message = Message {
            id,
            author: Author::Bot,
            surface: Channel::Widget,
            content,
            reply_to,
            page: None,
            foreign_id: None,
            about,
        };
        self.append(turn, EventBody::Message(Box::new(message)));
    }

    /// The question, where it stands above answers that have not arrived yet.
    fn quoted(&self) -> Option<MessageId> {
        let said = self.state.last_said?;
        let behind = self.state.outbox.iter().any(|pending| {
            pending.delivery.to.channel == said.surface && !matches!(pending.stage, Stage::Held { .. })
        });
        if behind { self.state.id_at(said.seq).cloned() } else { None }
    }

    /// The shopper's language where a page told it, else the store's.
    pub(super) fn language(&self) -> Language {
        Language::of_shopper(self.state.locale.as_deref(), &self.config.settings.locale)
    }

    fn assistant_may_speak(&mut self, turn: &mut Turn) -> bool {
        match self.state.holder {
            Holder::Bot | Holder::Waiting => true,
            Holder::OtherApp => {
                let taken_at = self.state.reaches.iter().find_map(|reach| reach.taken_at);
                self.resume_after(turn, taken_at, CONTROL_EXPIRES_AFTER)
            }
            Holder::Staff => self.resume_after(turn, self.state.person_at, PERSON_GONE_AFTER),
        }
    }

    fn resume_after(&mut self, turn: &mut Turn, since: Option<UnixMillis>, span: Millis) -> bool {
        let over = since.is_none_or(|at| turn.now.since(at) >= span);
        if over {
            self.append(turn, EventBody::Holder { holder: Holder::Bot });
        }
        over
    }
}
