//! What comes in from channels and from staff.

use super::page::clean;
use super::{Conversation, DeliveryId, DeliveryStep, Effect, EventBody, Holder, Turn};
use crate::channel::messenger::{GET_STARTED, is_ours, parse_metadata};
use crate::channel::{Address, Channel, Inbound, InboundEvent, ThreadControl};
use crate::ids::{ForeignId, MessageId, Seq, StaffId};
use crate::message::{Attachment, AttachmentKind, Author, Content, Message};
use crate::time::{Millis, UnixMillis};

/// What we hear of within this is as good as at once.
const HEARD_LATE: Millis = Millis::minutes(1);

impl Conversation {
    pub(super) fn linked(&mut self, turn: &mut Turn, address: Address) {
        if self.state.reach(&address).is_some() {
            self.append(turn, EventBody::Touched { address: address.clone(), since: None });
            // Who carries the conversation on there wants to hear from us there.
            self.opt_out(turn, &address, false);
            return;
        }
        let former = self.state.reaches.iter().find(|reach| reach.address.channel == address.channel);
        if let Some(former) = former.map(|reach| reach.address.clone()) {
            self.append(turn, EventBody::Unlinked { address: former });
        }
        self.append(turn, EventBody::Linked { address, silent: false });
    }

    pub(super) fn unlinked(&mut self, turn: &mut Turn, address: Address) {
        if self.state.reach(&address).is_some() {
            self.append(turn, EventBody::Unlinked { address });
        }
    }

    pub(super) fn inbound(&mut self, turn: &mut Turn, inbound: Inbound) {
        let Inbound { address, standby, what, at, .. } = inbound;
        let since = self.window_since(turn.now, &address, at);
        if self.state.reach(&address).is_none() {
            // A conversation that began on the channel. Only what they do themselves opens their window.
            let silent = !what.opens_window();
            self.append(turn, EventBody::Linked { address: address.clone(), silent });
        }
        let opens_window = what.opens_window();
        let touched = address.clone();
        match what {
            InboundEvent::Message { id, mut content, reply_to, quick_reply, .. } => {
                // The button's title may be cut to the channel's limit; what it says is behind it.
                if let Some(said) = quick_reply.filter(|said| !said.trim().is_empty()) {
                    content.text = said;
                }
                self.channel_message(turn, &address, &id, content, reply_to.as_ref(), standby);
            }
            InboundEvent::Postback { id, title, payload, .. } => {
                self.postback(turn, &address, id.as_ref(), &title, payload.as_deref(), (at, standby));
            }
            InboundEvent::Echo { id, app_id, metadata, content, reply_to } => {
                let page = self.config.settings.channels.messenger.as_ref();
                let by_us = page.is_some_and(|page| app_id.as_ref() == Some(&page.app_id));
                match metadata.as_deref().and_then(|metadata| self.parse_metadata(metadata)) {
                    Some((seq, part)) => {
                        let delivery = DeliveryId { seq, to: address };
                        self.part_echoed(turn, &delivery, part, id);
                    }
                    None if by_us || metadata.as_deref().is_some_and(is_ours) => {}
                    None => self.person_in_channel(turn, &address, id, content, reply_to.as_ref()),
                }
            }
            InboundEvent::Delivered { watermark, ids } => {
                self.channel_delivered(turn, &address, watermark, &ids);
            }
            InboundEvent::Read { watermark } => self.channel_read(turn, &address, watermark),
            InboundEvent::Reaction { id, emoji } => {
                self.append(turn, EventBody::Touched { address, since: None });
                let message = self.state.seq_by_foreign(&id).and_then(|seq| self.state.id_at(seq).cloned());
                if let Some(message) = message {
                    self.append(turn, EventBody::Reacted { message, emoji });
                }
            }
            InboundEvent::Edited { id, text } => {
                let known = self.state.message_by_foreign(&id).filter(|known| known.by_shopper);
                if let Some(message) = known.map(|known| known.id.clone()) {
                    let content = Content::text(clean(&text));
                    self.append(turn, EventBody::Edited { message, content });
                }
            }
            InboundEvent::Deleted { id } => self.take_back(turn, &id),
            InboundEvent::OptOut { stop } => {
                self.opt_out(turn, &address, stop);
            }
            InboundEvent::ThreadControl(change) => self.thread_control(turn, &change),
            InboundEvent::Referral { .. } => {
                self.append(turn, EventBody::Touched { address, since: None });
            }
            InboundEvent::Unsupported { id } => {
                // Nobody answers it of itself, but staff see that there was something.
                let something = Attachment { kind: AttachmentKind::Other, url: None };
                let content = Content { attachments: vec![something], ..Content::default() };
                self.channel_message(turn, &address, &id, content, None, true);
            }
            InboundEvent::Policy { .. } | InboundEvent::Noted { .. } => {}
        }
        if opens_window && since.is_some() {
            self.append(turn, EventBody::Touched { address: touched, since });
        }
    }

    /// When their window began, if we hear so late of what they did that our own clock would make it longer.
    fn window_since(&self, now: UnixMillis, address: &Address, at: UnixMillis) -> Option<UnixMillis> {
        let known = self.state.reach(address).and_then(|reach| reach.last_inbound_at).unwrap_or_default();
        (now.since(at) > HEARD_LATE).then_some(at.max(known.min(now)))
    }

    pub(super) fn staff_said(
        &mut self,
        turn: &mut Turn,
        id: MessageId,
        (staff, name): (StaffId, String),
        text: &str,
        answers: Option<Seq>,
    ) {
        let text = clean(text);
        if text.is_empty() || self.state.seq_of(&id).is_some() {
            return;
        }
        // Written in the staff member's own thread: the shopper's is another, so it goes out to every channel.
        let message = Message {
            id,
            author: Author::Staff { id: Some(staff), name: Some(name) },
            surface: Channel::Widget,
            content: Content::text(text),
            reply_to: answers.and_then(|seq| self.state.id_at(seq)).cloned(),
            page: None,
            foreign_id: None,
            about: None,
        };
        self.hold_by_staff(turn);
        self.append(turn, EventBody::Message(Box::new(message)));
    }

    fn channel_message(
        &mut self,
        turn: &mut Turn,
        address: &Address,
        id: &ForeignId,
        mut content: Content,
        reply_to: Option<&ForeignId>,
        standby: bool,
    ) {
        let Some(message_id) = message_id_of(address.channel, id) else { return };
        if self.state.seq_of(&message_id).is_some() {
            return;
        }
        content.text = clean(&content.text);
        if content.is_empty() {
            self.append(turn, EventBody::Touched { address: address.clone(), since: None });
            return;
        }
        let (said, text) = (message_id.clone(), content.text.clone());
        let answered = reply_to.and_then(|id| self.state.seq_by_foreign(id));
        let message = Message {
            id: message_id,
            author: Author::Shopper,
            surface: address.channel,
            content,
            reply_to: answered.and_then(|seq| self.state.id_at(seq).cloned()),
            page: None,
            foreign_id: Some(id.clone()),
            about: None,
        };
        self.append(turn, EventBody::Message(Box::new(message)));
        // They wrote there, so they have the thread in front of them: nothing above it is news.
        self.append(turn, EventBody::Seen { up_to: self.state.last });
        if self.take_stop_word(turn, address.channel, &text, standby) {
            return;
        }
        // Who asked not to be written to is answered by nobody until they take that back. Whom we never told how
        // to (they used a switch of the channel's) takes it back by writing.
        let reach = self.state.reach(address).filter(|reach| reach.opted_out);
        let stays_silent = reach.is_some_and(|reach| reach.knows_how_to_start);
        if !stays_silent {
            self.opt_out(turn, address, false);
        }
        if !standby && !stays_silent {
            self.reply(turn, &said, &text);
        }
    }

    /// A tapped button says its title; "Get Started" says nothing and is greeted.
    fn postback(
        &mut self,
        turn: &mut Turn,
        address: &Address,
        id: Option<&ForeignId>,
        title: &str,
        payload: Option<&str>,
        (at, standby): (UnixMillis, bool),
    ) {
        self.append(turn, EventBody::Touched { address: address.clone(), since: None });
        let starts = payload == Some(GET_STARTED);
        if starts {
            self.opt_out(turn, address, false);
            if self.state.known.is_empty() && !standby {
                self.greet(turn);
            }
            return;
        }
        let made = ForeignId::parse(format!("postback-{}", at.0)).ok();
        let Some(id) = id.cloned().or(made) else { return };
        self.channel_message(turn, address, &id, Content::text(title), None, standby);
    }

    /// Somebody of the store wrote in the channel's own inbox.
    fn person_in_channel(
        &mut self,
        turn: &mut Turn,
        address: &Address,
        id: ForeignId,
        mut content: Content,
        reply_to: Option<&ForeignId>,
    ) {
        if self.state.knows_foreign(&id) {
            return;
        }
        let Some(message_id) = message_id_of(address.channel, &id) else { return };
        content.text = clean(&content.text);
        if content.is_empty() {
            return;
        }
        let answered = reply_to.and_then(|id| self.state.seq_by_foreign(id));
        let message = Message {
            id: message_id,
            author: Author::Staff { id: None, name: None },
            surface: address.channel,
            content,
            reply_to: answered.and_then(|seq| self.state.id_at(seq).cloned()),
            page: None,
            foreign_id: Some(id),
            about: None,
        };
        self.hold_by_staff(turn);
        self.append(turn, EventBody::Message(Box::new(message)));
    }

    /// Another app took the thread, or gave it back. That one asks for it is for people to decide, in the channel's
    /// own inbox.
    fn thread_control(&mut self, turn: &mut Turn, change: &ThreadControl) {
        let page = self.config.settings.channels.messenger.as_ref();
        let our_app = page.map(|page| &page.app_id);
        match change.is_ours(our_app) {
            Some(true) => {
                if self.state.holder == Holder::OtherApp {
                    self.append(turn, EventBody::Holder { holder: Holder::Bot });
                }
                self.control_came_back(turn);
            }
            Some(false) => {
                self.append(turn, EventBody::Holder { holder: Holder::OtherApp });
            }
            None => {}
        }
    }

    fn hold_by_staff(&mut self, turn: &mut Turn) {
        if matches!(self.state.holder, Holder::Bot | Holder::Waiting) {
            self.append(turn, EventBody::Holder { holder: Holder::Staff });
        }
    }

    fn channel_delivered(
        &mut self,
        turn: &mut Turn,
        address: &Address,
        watermark: UnixMillis,
        ids: &[ForeignId],
    ) {
        let reached = self.state.sent.iter().filter(|sent| {
            let named = sent.foreign_id.as_ref().is_some_and(|id| ids.contains(id));
            sent.delivery.to == *address && !sent.delivered && (named || sent.at <= watermark)
        });
        let mut deliveries: Vec<DeliveryId> = reached.map(|sent| sent.delivery.clone()).collect();
        deliveries.dedup();
        for delivery in deliveries {
            self.append(turn, EventBody::Delivery { delivery, step: DeliveryStep::Delivered });
        }
    }

    fn channel_read(&mut self, turn: &mut Turn, address: &Address, watermark: UnixMillis) {
        let read = self.state.sent.iter().filter(|sent| sent.delivery.to == *address && sent.at <= watermark);
        let up_to = read.map(|sent| sent.delivery.seq).max();
        if let Some(up_to) = up_to.filter(|up_to| *up_to > self.state.seen) {
            self.append(turn, EventBody::Seen { up_to });
        }
    }

    /// The text goes from the log as well, wherever it is kept.
    fn take_back(&mut self, turn: &mut Turn, id: &ForeignId) {
        let Some(known) = self.state.message_by_foreign(id).cloned() else { return };
        self.append(turn, EventBody::Deleted { message: known.id });
        let in_kv_up_to = self.record.flushed_or_flushing();
        for seq in std::iter::once(known.seq).chain(known.repeated_at) {
            turn.persist(Effect::Redact { seq, flushed: seq <= in_kv_up_to });
        }
    }

    /// The entry and part a send's metadata names, if it is a send of this conversation.
    fn parse_metadata(&self, metadata: &str) -> Option<(Seq, u32)> {
        let (conversation, seq, part) = parse_metadata(metadata)?;
        (conversation == self.config.conversation).then_some((seq, part))
    }
}

/// The id under which a channel's message stands in the log.
fn message_id_of(channel: Channel, id: &ForeignId) -> Option<MessageId> {
    let prefix = match channel {
        Channel::Messenger => "messenger",
        Channel::Widget => return None,
    };
    MessageId::parse(format!("{prefix}:{id}")).ok()
}
