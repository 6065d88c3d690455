//! What the panel shows.

use super::line::LineView;
use super::outbox::Progress;
use super::transcript::{Entry, Message, Notice};
use super::{Contact, Visit};
use crate::conversation::{ContactKind, Holder};
use crate::ids::MessageId;
use crate::message::{Author, QuickReply};
use crate::time::{Millis, UnixMillis};
use crate::wire::Link;
use std::rc::Rc;

/// Messages of one author closer than this stand together.
const GROUP_WITHIN: Millis = Millis::minutes(5);

/// Everything the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitView {
    /// Whether the panel is open.
    pub open: bool,
    /// The transcript, in order.
    pub rows: Vec<Row>,
    /// Whether what was said before is still on its way.
    pub loading: bool,
    /// Whether the edge has older messages than these.
    pub has_earlier: bool,
    /// Today's number in the shopper's zone: see [`Row::Day`].
    pub today: i64,
    /// How the line to the edge is.
    pub line: LineView,
    /// Who is writing.
    pub typing: Option<Author>,
    /// Who answers.
    pub holder: Holder,
    /// Suggested answers to the last message.
    pub quick_replies: Vec<QuickReply>,
    /// The way on to another channel.
    pub hand_over: HandOverView,
    /// Where the shopper can be reached.
    pub contact: ContactView,
    /// The deletion of the conversation.
    pub forget: ForgetView,
    /// A word about what was just done, or not done.
    pub remark: Option<Remark>,
}

/// A row of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A day begins: days since 1970-01-01 in the shopper's zone.
    Day(i64),
    /// What the page says of itself before anyone wrote.
    Opening(String),
    /// A message of the log.
    Message {
        /// The message.
        message: Rc<Message>,
        /// Its place among its neighbours.
        group: Group,
        /// The beginning of the message it answers.
        quote: Option<String>,
        /// It is the shopper's last, and the edge has it.
        sent: bool,
    },
    /// A message the edge does not have yet.
    Unsent {
        /// Its id.
        id: MessageId,
        /// What it says.
        text: String,
        /// The edge will not take it as it is.
        refused: bool,
        /// Its place among its neighbours.
        group: Group,
    },
    /// Something that happened.
    Notice {
        /// What.
        notice: Notice,
        /// When.
        at: UnixMillis,
    },
}

/// A message's place among neighbours of the same author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Group {
    /// None before it.
    pub first: bool,
    /// None after it.
    pub last: bool,
}

/// The way on to another channel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HandOverView {
    /// Not asked for.
    #[default]
    Closed,
    /// On its way.
    Asked,
    /// There.
    Ready(Rc<Link>),
    /// It was there too long.
    Expired,
    /// It could not be had.
    Failed,
}

/// Where the shopper can be reached when they are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContactView {
    /// No reason to ask.
    #[default]
    Unasked,
    /// A person will answer, later.
    Asked {
        /// What was written is neither an e-mail address nor a telephone number.
        invalid: bool,
    },
    /// On its way.
    Sending,
    /// The store knows.
    Given(ContactKind),
}

/// The deletion of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForgetView {
    /// Not asked for.
    #[default]
    No,
    /// Asked for, to be confirmed.
    Confirming,
    /// Under way.
    Deleting,
}

/// A word about what was just done, or not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// Too many messages at once; they are kept and go a little later.
    SlowDown,
    /// Too many messages wait; this one was not taken.
    OutboxFull,
    /// Longer than a message may be.
    TooLong,
    /// The conversation is deleted.
    Forgotten,
    /// It could not be deleted now.
    ForgetFailed,
    /// No copy could be had now.
    ExportFailed,
}

impl Visit {
    /// What to show now.
    pub fn view(&self) -> VisitView {
        VisitView {
            open: self.is_open,
            rows: self.rows(),
            loading: self.is_history_awaited(),
            has_earlier: self.transcript.has_earlier(),
            today: self.day_of(self.clock),
            line: self.line.view(self.is_online),
            typing: self.typing.as_ref().map(|(author, _)| author.clone()),
            holder: self.transcript.holder(),
            quick_replies: self.quick_replies(),
            hand_over: self.hand_over.view(self.now),
            contact: self.contact_view(),
            forget: self.forget,
            remark: self.remark.map(|(remark, _)| remark),
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let (mut day, mut said) = (None, None);
        let last_own = self.transcript.messages().rfind(|message| message.author == Author::Shopper);
        for entry in self.transcript.entries() {
            let at = match entry {
                Entry::Message(message) => message.at,
                Entry::Notice { at, .. } => *at,
            };
            if day != Some(self.day_of(at)) {
                day = Some(self.day_of(at));
                rows.push(Row::Day(self.day_of(at)));
            }
            rows.push(match entry {
                Entry::Message(message) => Row::Message {
                    message: Rc::clone(message),
                    group: Group::default(),
                    // What the shopper said last needs no quote.
                    quote: message
                        .reply_to
                        .as_ref()
                        .filter(|id| said != Some(*id))
                        .and_then(|id| self.quote(id)),
                    sent: last_own.is_some_and(|last| last.id == message.id) && self.outbox.is_empty(),
                },
                Entry::Notice { notice, at, .. } => Row::Notice { notice: *notice, at: *at },
            });
            if let Entry::Message(message) = entry
                && message.author == Author::Shopper
            {
                said = Some(&message.id);
            }
        }
        if let Some(text) = self.opening_text() {
            rows.push(Row::Opening(text));
        }
        rows.extend(self.outbox.entries().iter().map(|entry| Row::Unsent {
            id: entry.unsent.id.clone(),
            text: entry.unsent.text.clone(),
            refused: entry.progress == Progress::Refused,
            group: Group::default(),
        }));
        group(&mut rows);
        rows
    }

    fn quote(&self, id: &MessageId) -> Option<String> {
        let message = self.transcript.find(id)?;
        Some(message.content.text.chars().take(80).collect())
    }

    /// The day of an instant in the shopper's zone.
    fn day_of(&self, at: UnixMillis) -> i64 {
        let local =
            i64::try_from(at.0).unwrap_or(i64::MAX).saturating_add(i64::from(self.utc_offset_min) * 60_000);
        local.div_euclid(86_400_000)
    }

    fn quick_replies(&self) -> Vec<QuickReply> {
        if !self.outbox.is_empty() {
            return Vec::new();
        }
        if let (Some(opening), Some(_)) = (&self.opening, self.opening_text()) {
            return opening.quick_replies.clone();
        }
        match self.transcript.messages().next_back() {
            Some(message) if message.author != Author::Shopper => message.content.quick_replies.clone(),
            Some(_) | None => Vec::new(),
        }
    }

    fn contact_view(&self) -> ContactView {
        match &self.contact {
            Contact::Sending { .. } => ContactView::Sending,
            Contact::Known(kind) => ContactView::Given(*kind),
            Contact::Invalid => ContactView::Asked { invalid: true },
            Contact::Unknown
                if self.transcript.holder() == Holder::Waiting && !self.transcript.is_linked_anywhere() =>
            {
                ContactView::Asked { invalid: false }
            }
            Contact::Unknown | Contact::Declined => ContactView::Unasked,
        }
    }
}

fn group(rows: &mut [Row]) {
    let marks: Vec<Option<(Author, Option<UnixMillis>)>> = rows
        .iter()
        .map(|row| match row {
            Row::Message { message, .. } => Some((message.author.clone(), Some(message.at))),
            Row::Unsent { .. } => Some((Author::Shopper, None)),
            Row::Day(_) | Row::Opening(_) | Row::Notice { .. } => None,
        })
        .collect();
    let joined = |earlier: usize, later: usize| match (marks.get(earlier), marks.get(later)) {
        (Some(Some((one, at))), Some(Some((other, then)))) => {
            let close = match (at, then) {
                (Some(at), Some(then)) => then.since(*at) <= GROUP_WITHIN,
                _ => true,
            };
            one == other && close
        }
        _ => false,
    };
    for (index, row) in rows.iter_mut().enumerate() {
        let place = Group {
            first: index.checked_sub(1).is_none_or(|before| !joined(before, index)),
            last: !joined(index, index + 1),
        };
        if let Row::Message { group, .. } | Row::Unsent { group, .. } = row {
            *group = place;
        }
    }
}
