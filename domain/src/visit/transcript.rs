//! What was said, as the edge tells it: in the order of its log, every entry once.

use crate::channel::Channel;
use crate::conversation::{ContactKind, Holder};
use crate::ids::{MessageId, Seq};
use crate::message::{Author, Content};
use crate::time::UnixMillis;
use crate::wire::ServerMessage;
use std::rc::Rc;

/// A message of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its place.
    pub seq: Seq,
    /// When, by the edge's clock.
    pub at: UnixMillis,
    /// Who.
    pub author: Author,
    /// On which surface it was written.
    pub surface: Channel,
    /// What it says now.
    pub content: Content,
    /// The message answered.
    pub reply_to: Option<MessageId>,
    /// It was changed after it was written.
    pub edited: bool,
    /// It was taken back: nothing of it is shown.
    pub deleted: bool,
    /// The shopper's reaction.
    pub reaction: Option<String>,
    /// The channel it went to as well.
    pub forwarded_to: Option<Channel>,
}

/// Something that happened besides what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The conversation goes on there too.
    Linked(Channel),
    /// It no longer does.
    Unlinked(Channel),
    /// Somebody else answers now.
    Holder(Holder),
    /// The store knows how to reach the shopper.
    Contact(ContactKind),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    Message(Rc<Message>),
    /// `after`: the last message before it.
    Notice {
        after: Seq,
        at: UnixMillis,
        notice: Notice,
    },
}

impl Entry {
    fn place(&self) -> Seq {
        match self {
            Self::Message(message) => message.seq,
            Self::Notice { after, .. } => *after,
        }
    }
}

/// What applying one frame changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Applied {
    /// Messages that were not there before, in order.
    pub(super) added: Vec<(MessageId, Author)>,
    /// How to reach the shopper became known.
    pub(super) contact: Option<ContactKind>,
    /// The conversation goes on there too, since this frame.
    pub(super) linked: Option<Channel>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Transcript {
    entries: Vec<Entry>,
    /// Accounted for up to here; `None` before the first frame.
    up_to: Option<Seq>,
    seen: Seq,
    seen_by_edge: Seq,
    has_earlier: bool,
    holder: Holder,
    linked: Vec<Channel>,
}

impl Transcript {
    /// Takes in one frame of events. Whatever it repeats changes nothing.
    pub(super) fn apply(&mut self, up_to: Seq, has_earlier: bool, events: Vec<ServerMessage>) -> Applied {
        if self.up_to.is_none() {
            self.has_earlier = has_earlier;
        }
        let mut applied = Applied::default();
        let mut place = self.up_to.unwrap_or_default();
        for event in events {
            self.apply_one(event, &mut place, &mut applied);
        }
        self.up_to = self.up_to.max(Some(up_to));
        applied
    }

    fn apply_one(&mut self, event: ServerMessage, place: &mut Seq, applied: &mut Applied) {
        match event {
            ServerMessage::Message { seq, at, id, author, surface, content, reply_to } => {
                *place = seq;
                if self.find(&id).is_none() {
                    applied.added.push((id.clone(), author.clone()));
                    self.insert(Entry::Message(Rc::new(Message {
                        id,
                        seq,
                        at,
                        author,
                        surface,
                        content,
                        reply_to,
                        edited: false,
                        deleted: false,
                        reaction: None,
                        forwarded_to: None,
                    })));
                }
            }
            ServerMessage::Edited { id, content } => self.change(&id, |message| {
                message.edited = message.edited || message.content != content;
                message.content = content;
            }),
            ServerMessage::Deleted { id } => self.change(&id, |message| {
                message.content = Content::default();
                message.deleted = true;
            }),
            ServerMessage::Reacted { id, emoji } => self.change(&id, |message| message.reaction = emoji),
            ServerMessage::Seen { up_to } => {
                self.seen_by_edge = self.seen_by_edge.max(up_to);
                self.see(up_to);
            }
            ServerMessage::Linked { channel, at } => {
                if self.note(*place, at, Notice::Linked(channel)) {
                    self.linked.push(channel);
                    applied.linked = Some(channel);
                }
            }
            ServerMessage::Unlinked { channel, at } => {
                if self.note(*place, at, Notice::Unlinked(channel)) {
                    self.linked.retain(|other| *other != channel);
                }
            }
            ServerMessage::Carried { seq, channel } => {
                let message =
                    self.messages().find(|message| message.seq == seq).map(|message| message.id.clone());
                if let Some(id) = message {
                    self.change(&id, |message| message.forwarded_to = Some(channel));
                }
            }
            ServerMessage::Holder { holder, at } => {
                if self.note(*place, at, Notice::Holder(holder)) {
                    self.holder = holder;
                }
            }
            ServerMessage::Contact { kind, at } => {
                self.note(*place, at, Notice::Contact(kind));
                applied.contact = Some(kind);
            }
        }
    }

    /// Whether it is new.
    fn note(&mut self, after: Seq, at: UnixMillis, notice: Notice) -> bool {
        let known = self.entries.iter().any(
            |entry| matches!(entry, Entry::Notice { at: then, notice: same, .. } if *then == at && *same == notice),
        );
        if !known {
            self.insert(Entry::Notice { after, at, notice });
        }
        !known
    }

    fn insert(&mut self, entry: Entry) {
        let place = entry.place();
        let index = self.entries.iter().rposition(|other| other.place() <= place).map_or(0, |last| last + 1);
        self.entries.insert(index, entry);
    }

    fn change(&mut self, id: &MessageId, change: impl FnOnce(&mut Message)) {
        let found = self.entries.iter_mut().find_map(|entry| match entry {
            Entry::Message(message) if message.id == *id => Some(message),
            Entry::Message(_) | Entry::Notice { .. } => None,
        });
        if let Some(message) = found {
            change(Rc::make_mut(message));
        }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn messages(&self) -> impl DoubleEndedIterator<Item = &Rc<Message>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message),
            Entry::Notice { .. } => None,
        })
    }

    pub(super) fn find(&self, id: &MessageId) -> Option<&Rc<Message>> {
        self.messages().find(|message| message.id == *id)
    }

    /// The last entry accounted for; `None` before the first frame.
    pub(super) fn up_to(&self) -> Option<Seq> {
        self.up_to
    }

    /// The edge said all it has, and nobody ever said anything.
    pub(super) fn is_known_empty(&self) -> bool {
        self.up_to.is_some() && !self.has_earlier && self.messages().next().is_none()
    }

    pub(super) fn has_earlier(&self) -> bool {
        self.has_earlier
    }

    pub(super) fn holder(&self) -> Holder {
        self.holder
    }
    pub(super) fn is_linked_anywhere(&self) -> bool {
        !self.linked.is_empty()
    }

    pub(super) fn seen(&self) -> Seq {
        self.seen
    }

    /// What the edge said the shopper saw.
    pub(super) fn seen_by_edge(&self) -> Seq {
        self.seen_by_edge
    }

    /// The shopper has everything in front of them. Whether that is news.
    pub(super) fn see_all(&mut self) -> bool {
        let last = self.last_from_store();
        let news = last > self.seen;
        self.seen = self.seen.max(last);
        news
    }

    pub(super) fn see(&mut self, up_to: Seq) {
        self.seen = self.seen.max(up_to);
    }

    fn last_from_store(&self) -> Seq {
        let mut theirs = self.messages().filter(|message| message.author != Author::Shopper);
        theirs.next_back().map(|message| message.seq).unwrap_or_default()
    }

    /// Messages of the store the shopper did not see.
    pub(super) fn unread(&self) -> u32 {
        let unread = self.messages().filter(|message| {
            message.author != Author::Shopper && message.seq > self.seen && !message.deleted
        });
        u32::try_from(unread.count()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn message(seq: u64, id: &str, author: Author) -> ServerMessage {
        ServerMessage::Message {
            seq: Seq(seq),
            at: UnixMillis(seq * 1_000),
            id: MessageId::parse(id).unwrap(),
            author,
            surface: Channel::Widget,
            content: Content::text(id),
            reply_to: None,
        }
    }

    fn ids(transcript: &Transcript) -> Vec<&str> {
        transcript.messages().map(|message| message.id.as_str()).collect()
    }

    #[test]
    fn repeated_and_late_events_change_nothing_but_the_gap_they_fill() {
        let mut transcript = Transcript::default();
        transcript.apply(Seq(1), false, vec![message(1, "a", Author::Shopper)]);
        transcript.apply(Seq(3), false, vec![message(3, "c", Author::Bot)]);
        transcript.apply(Seq(2), false, vec![message(2, "b", Author::Bot), message(1, "a", Author::Shopper)]);
        assert_eq!(ids(&transcript), ["a", "b", "c"]);
        assert_eq!(transcript.up_to(), Some(Seq(3)));
        assert_eq!(transcript.unread(), 2);
        assert!(transcript.see_all());
        assert!(!transcript.see_all());
        assert_eq!(transcript.unread(), 0);
    }

    #[test]
    fn notices_stand_where_they_happened_and_once() {
        let mut transcript = Transcript::default();
        let linked = ServerMessage::Linked { channel: Channel::Messenger, at: UnixMillis(5) };
        let frame = vec![message(1, "a", Author::Shopper), linked.clone(), message(4, "b", Author::Bot)];
        assert_eq!(transcript.apply(Seq(4), false, frame.clone()).linked, Some(Channel::Messenger));
        assert_eq!(transcript.apply(Seq(4), false, frame).linked, None);
        assert_eq!(transcript.entries().len(), 3);
        assert!(matches!(transcript.entries()[1], Entry::Notice { .. }));
        assert!(transcript.linked.contains(&Channel::Messenger));
    }

    #[test]
    fn a_message_taken_back_leaves_nothing_and_is_not_unread() {
        let mut transcript = Transcript::default();
        transcript.apply(Seq(1), false, vec![message(1, "a", Author::Bot)]);
        let gone = ServerMessage::Deleted { id: MessageId::parse("a").unwrap() };
        transcript.apply(Seq(2), false, vec![gone]);
        assert!(transcript.messages().all(|message| message.content.is_empty() && message.deleted));
        assert_eq!(transcript.unread(), 0);
    }
}
