//! What is derived from the log. Nothing here changes but by [`State::apply`].

use super::delivery::{Pending, Reach, Sent, Stage};
use super::event::{DeliveryId, Event, EventBody, Holder};
use crate::answer::About;
use crate::channel::{Address, Channel, Purpose};
use crate::ids::{ForeignId, MessageId, Seq};
use crate::message::{Author, Message};
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How many of the last messages are known by id: duplicates come soon or are caught by the desk.
const KNOWN_MESSAGES: usize = 400;
/// How many sent deliveries are remembered, to match receipts with them.
pub(super) const SENT_DELIVERIES: usize = 100;
/// How many messages for staff gather at most.
const UNRELAYED_MESSAGES: usize = 50;

/// Everything a conversation knows, derived from its log.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) last: Seq,
    pub(super) last_at: UnixMillis,
    pub(super) seen: Seq,
    pub(super) holder: Holder,
    pub(super) reaches: Vec<Reach>,
    pub(super) outbox: Vec<Pending>,
    pub(super) sent: VecDeque<Sent>,
    pub(super) known: VecDeque<Known>,
    pub(super) unrelayed: VecDeque<(Seq, String)>,
    /// How many of them were too many to keep.
    #[serde(default)]
    pub(super) unrelayed_lost: u32,
    pub(super) unrelayed_since: Option<UnixMillis>,
    pub(super) last_said: Option<Said>,
    pub(super) place: String,
    pub(super) product: Option<String>,
    #[serde(default)]
    pub(super) locale: Option<String>,
    pub(super) bot_at: Option<UnixMillis>,
    pub(super) person_at: Option<UnixMillis>,
    pub(super) contact_known: bool,
    pub(super) last_answer: Option<About>,
}

/// A message by its ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) seq: Seq,
    pub(super) id: MessageId,
    pub(super) foreign_id: Option<ForeignId>,
    pub(super) by_shopper: bool,
    /// The later entries that repeat its words: its edits, the address it gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) repeated_at: Vec<Seq>,
}

/// The shopper's last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) seq: Seq,
    pub(super) at: UnixMillis,
    pub(super) surface: Channel,
}

impl State {
    /// Folds one entry in.
    pub(super) fn apply(&mut self, event: &Event) {
        self.last = event.seq;
        self.last_at = event.at;
        match &event.body {
            EventBody::Message(message) => self.apply_message(event.seq, event.at, message),
            EventBody::Seen { up_to } => self.seen = self.seen.max(*up_to),
            EventBody::Linked { address, silent } => {
                self.apply_linked(Some(event.at).filter(|_| !silent), address);
            }
            EventBody::Unlinked { address } => {
                self.reaches.retain(|reach| reach.address != *address);
                self.outbox.retain(|pending| pending.delivery.to != *address);
            }
            EventBody::Touched { address, since } => self.touch(address, since.unwrap_or(event.at)),
            EventBody::OptedOut { address, stop } => {
                if let Some(reach) = self.reach_mut(address) {
                    reach.opted_out = *stop;
                    reach.knows_how_to_start &= *stop;
                }
            }
            EventBody::Delivery { delivery, step } => {
                self.tell_of_step(event, delivery, step);
                self.apply_step(event.at, delivery, step);
            }
            EventBody::Relayed { up_to } => {
                self.unrelayed.retain(|(seq, _)| seq > up_to);
                self.unrelayed_lost = 0;
                self.unrelayed_since = if self.unrelayed.is_empty() { None } else { Some(event.at) };
            }
            EventBody::Holder { holder } => self.apply_holder(event.at, *holder),
            EventBody::Contact { value, from, .. } => {
                self.apply_contact(event.seq, event.at, value);
                self.repeats(event.seq, from.as_ref());
            }
            EventBody::Deleted { message } => self.apply_deleted(message),
            EventBody::Edited { message, .. } => self.repeats(event.seq, Some(message)),
            EventBody::Reacted { .. } | EventBody::Triggered { .. } => {}
        }
    }

    pub(super) fn seq_of(&self, id: &MessageId) -> Option<Seq> {
        // For each message, against hundreds: most differ in their first bytes already.
        let head = |id: &MessageId| id.as_str().as_bytes().first_chunk::<4>().copied();
        let same = |known: &&Known| head(&known.id) == head(id) && known.id == *id;
        self.known.iter().rev().find(same).map(|known| known.seq)
    }

    pub(super) fn message_by_foreign(&self, id: &ForeignId) -> Option<&Known> {
        self.known.iter().rev().find(|known| known.foreign_id.as_ref() == Some(id))
    }

    /// Whether a message of ours or theirs has this id on its channel.
    pub(super) fn knows_foreign(&self, id: &ForeignId) -> bool {
        self.message_by_foreign(id).is_some()
            || self.sent.iter().any(|sent| sent.foreign_id.as_ref() == Some(id))
    }

    /// The entry a channel's id stands for: what came from there, or what we sent there.
    pub(super) fn seq_by_foreign(&self, id: &ForeignId) -> Option<Seq> {
        let sent = || self.sent.iter().find(|sent| sent.foreign_id.as_ref() == Some(id));
        self.message_by_foreign(id).map(|known| known.seq).or_else(|| sent().map(|sent| sent.delivery.seq))
    }

    /// The id an entry has in a thread: of what came from there, or of the first part of what was sent there.
    fn foreign_at(&self, seq: Seq, thread: &Address) -> Option<&ForeignId> {
        let came = self.known.iter().rev().find(|known| known.seq == seq)?.foreign_id.as_ref();
        let sent = self.sent.iter().find(|sent| sent.delivery.seq == seq && sent.delivery.to == *thread);
        came.or_else(|| sent?.foreign_id.as_ref())
    }

    /// Whether a part that went, or may have gone, has no id yet.
    pub(super) fn lacks_id(&self, delivery: &DeliveryId, part: u32) -> bool {
        let mut of_part = self.sent.iter().filter(|sent| sent.delivery == *delivery && sent.part == part);
        self.seq_is_known(delivery.seq) && of_part.all(|sent| sent.foreign_id.is_none())
    }

    fn seq_is_known(&self, seq: Seq) -> bool {
        self.known.iter().any(|known| known.seq == seq)
    }

    /// The id of the message at an entry.
    pub(super) fn id_at(&self, seq: Seq) -> Option<&MessageId> {
        self.known.iter().rev().find(|known| known.seq == seq).map(|known| &known.id)
    }

    pub(super) fn reach(&self, address: &Address) -> Option<&Reach> {
        self.reaches.iter().find(|reach| reach.address == *address)
    }

    pub(super) fn pending(&self, delivery: &DeliveryId) -> Option<&Pending> {
        self.outbox.iter().find(|pending| pending.delivery == *delivery)
    }

    pub(super) fn reach_mut(&mut self, address: &Address) -> Option<&mut Reach> {
        self.reaches.iter_mut().find(|reach| reach.address == *address)
    }

    fn touch(&mut self, address: &Address, at: UnixMillis) {
        if let Some(reach) = self.reach_mut(address) {
            reach.last_inbound_at = Some(at);
            reach.unreachable = false;
        }
        for pending in self.outbox.iter_mut().filter(|pending| pending.delivery.to == *address) {
            if matches!(pending.stage, Stage::Held { .. }) {
                pending.stage = Stage::Waiting { not_before: None };
            }
        }
    }

    fn apply_message(&mut self, seq: Seq, at: UnixMillis, message: &Message) {
        let by_shopper = message.author == Author::Shopper;
        push_bounded(
            &mut self.known,
            Known {
                seq,
                id: message.id.clone(),
                foreign_id: message.foreign_id.clone(),
                by_shopper,
                repeated_at: Vec::new(),
            },
            KNOWN_MESSAGES,
        );
        match &message.author {
            Author::Shopper => {
                self.last_said = Some(Said { seq, at, surface: message.surface });
                self.tell_staff(seq, at, message.content.in_words());
                if let Some(page) = &message.page {
                    self.place = if page.title.is_empty() { page.url.clone() } else { page.title.clone() };
                    self.product.clone_from(&page.product);
                    if page.locale.is_some() {
                        self.locale.clone_from(&page.locale);
                    }
                }
                let wrote_at = self.reaches.iter().find(|reach| reach.address.channel == message.surface);
                if let Some(address) = wrote_at.map(|reach| reach.address.clone()) {
                    self.place = "Messenger".into();
                    self.touch(&address, at);
                }
            }
            Author::Bot => {
                self.bot_at = Some(at);
                self.last_answer.clone_from(&message.about);
                if message.about == Some(About::Stopped) {
                    for reach in self.reaches.iter_mut().filter(|reach| reach.opted_out) {
                        reach.knows_how_to_start = true;
                    }
                }
            }
            Author::Staff { .. } => self.person_at = Some(at),
        }
        if !by_shopper {
            self.enqueue(seq, at, message);
        }
    }

    /// What the store said goes to every channel of the shopper but the one it was said on.
    fn enqueue(&mut self, seq: Seq, at: UnixMillis, message: &Message) {
        let answered = message.reply_to.as_ref().and_then(|id| self.seq_of(id));
        let purpose = match message.author {
            Author::Bot if message.about == Some(About::Stopped) => Purpose::StopReceipt,
            Author::Bot => Purpose::BotReply,
            Author::Shopper | Author::Staff { .. } => Purpose::HumanReply,
        };
        let asked_on = self.last_said.map(|said| said.surface);
        let reaches = self.reaches.iter().filter(|reach| {
            let wanted = match purpose {
                Purpose::StopReceipt => asked_on == Some(reach.address.channel),
                Purpose::BotReply => !reach.opted_out,
                Purpose::HumanReply => true,
            };
            wanted && reach.address.channel != message.surface
        });
        for reach in reaches {
            let quotes = answered.and_then(|seq| self.foreign_at(seq, &reach.address)).cloned();
            self.outbox.push(Pending {
                delivery: DeliveryId { seq, to: reach.address.clone() },
                content: message.content.clone(),
                purpose,
                written_at: at,
                attempts: 0,
                part: 0,
                disclosed: false,
                quotes,
                told: false,
                stage: Stage::Waiting { not_before: None },
            });
        }
    }

    fn apply_linked(&mut self, last_inbound_at: Option<UnixMillis>, address: &Address) {
        self.reaches.retain(|reach| reach.address.channel != address.channel);
        self.outbox.retain(|pending| pending.delivery.to.channel != address.channel);
        self.reaches.push(Reach {
            address: address.clone(),
            last_inbound_at,
            opted_out: false,
            knows_how_to_start: false,
            unreachable: false,
            taken_at: None,
            bot_spoke_at: None,
            person_spoke_at: None,
        });
    }

    /// Staff must know where to reach the shopper, unless they are told in the shopper's own words anyway.
    fn apply_contact(&mut self, seq: Seq, at: UnixMillis, value: &str) {
        self.contact_known = true;
        if !self.unrelayed.iter().any(|(_, text)| text.contains(value)) {
            self.tell_staff(seq, at, format!("Reach me at {value}"));
        }
    }

    pub(super) fn tell_staff(&mut self, seq: Seq, at: UnixMillis, text: String) {
        self.unrelayed_since.get_or_insert(at);
        if self.unrelayed.len() >= UNRELAYED_MESSAGES {
            self.unrelayed_lost = self.unrelayed_lost.saturating_add(1);
        }
        push_bounded(&mut self.unrelayed, (seq, text), UNRELAYED_MESSAGES);
    }

    /// An entry has words of a message in it.
    fn repeats(&mut self, seq: Seq, message: Option<&MessageId>) {
        if let Some(known) = self.known.iter_mut().rev().find(|known| Some(&known.id) == message) {
            known.repeated_at.push(seq);
        }
    }

    fn apply_deleted(&mut self, message: &MessageId) {
        let Some(known) = self.known.iter().rev().find(|known| known.id == *message) else { return };
        let gone = |seq: Seq| seq == known.seq || known.repeated_at.contains(&seq);
        self.outbox.retain(|pending| !gone(pending.delivery.seq));
        self.unrelayed.retain(|(told, _)| !gone(*told));
        if self.unrelayed.is_empty() {
            self.unrelayed_since = None;
        }
    }

    fn apply_holder(&mut self, at: UnixMillis, holder: Holder) {
        self.holder = holder;
        let taken_at = if holder == Holder::OtherApp { Some(at) } else { None };
        for reach in &mut self.reaches {
            reach.taken_at = taken_at;
        }
    }
}

pub(super) fn push_bounded<T>(queue: &mut VecDeque<T>, item: T, most: usize) {
    if queue.len() >= most {
        queue.pop_front();
    }
    queue.push_back(item);
}
