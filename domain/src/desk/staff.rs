//! Staff in their own Messenger: told what shoppers say, answering by replying to it.

use super::io::{Effect, Forward};
use super::records::{QueuedSend, Said, StaffRecord};
use super::{Desk, Records, words};
use crate::channel::{Address, Inbound, InboundEvent, Permit, Purpose, Standing, permit};
use crate::conversation::Relay;
use crate::ids::{ConversationId, ForeignId, MessageId, Seq};
use crate::message::Content;
use std::collections::BTreeMap;

/// Marks a relay in a send's metadata, before the conversation and the entry.
const RELAY: &str = "relay-";
/// How many messages wait for one member of staff at most.
const HELD_MESSAGES: usize = 50;
/// The longest name of a place in a message to staff, in characters.
const PLACE_CHARS: usize = 80;
const NOBODY_TOLD: &str = "no member of staff wrote within 24 hours: shoppers' messages wait until one does";
const HELD_TOO_MUCH: &str = "too many shoppers' messages wait for a member of staff: the oldest is dropped";

impl<R: Records> Desk<'_, R> {
    /// Tells every member of staff who linked their Messenger. Twice told is told once. Whose 24 hours are over
    /// is told when they next write.
    pub(super) fn relay(&mut self, relay: &Relay) {
        if self.records.was_seen(&super::forgotten(&relay.conversation)) {
            return;
        }
        let known = self.records.relayed(&relay.conversation);
        let mut people: BTreeMap<Address, bool> = BTreeMap::new();
        for staff in self.records.all_staff() {
            if let Some(address) = &staff.address {
                *people.entry(address.clone()).or_default() |= self.may_be_told(&staff);
            }
        }
        let place = one_line(&relay.place);
        let place = if place.is_empty() { place } else { format!(" · {place}") };
        for (seq, text) in relay.said.iter().filter(|(seq, _)| seq.0 > known) {
            if !people.is_empty() && people.values().all(|may_be_told| !may_be_told) {
                self.effects.push(Effect::Warn(NOBODY_TOLD));
            }
            for (to, may_be_told) in &people {
                let who = words::shopper(self.own(), relay.conversation.as_str());
                let content = Content::text(format!("{who}{place}\n{text}"));
                let tag = self.tag(&format!("{RELAY}{}-{}", relay.conversation, seq.0));
                if !may_be_told {
                    self.make_room(to);
                }
                let due_at = Some(self.now).filter(|_| *may_be_told);
                self.queue(to, &content, Some(&relay.conversation), &tag, due_at);
            }
        }
        self.records.put_relayed(&relay.conversation, relay.up_to.0.max(known));
    }

    /// What a member of staff does lets us write to them for a while: what was held for that goes.
    pub(super) fn staff_acted(&mut self, inbound: &Inbound) {
        let Some(staff) = self.records.staff_at(&inbound.address) else { return };
        let is_free = matches!(&inbound.what, InboundEvent::ThreadControl(change)
            if change.is_ours(self.our_app().as_ref()) == Some(true));
        if inbound.what.opens_window() {
            let at = inbound.at.min(self.now).max(staff.last_inbound_at.unwrap_or_default());
            self.records.put_staff(&StaffRecord { last_inbound_at: Some(at), ..staff });
            self.release(&inbound.address);
        } else if is_free {
            self.release(&inbound.address);
        }
    }

    /// Everything to them is due, in its order.
    pub(super) fn release(&mut self, to: &Address) {
        let waiting = self.records.sends_to(to).into_iter();
        for queued in waiting.filter(|queued| queued.attempts == 0 || queued.due_at.is_none()) {
            self.records.retry_send(queued.number, 0, Some(self.now));
        }
    }

    /// The channel would not have it: everything to them waits until they write.
    pub(super) fn hold_for_staff(&mut self, queued: &QueuedSend, reason: &'static str) {
        if let Some(staff) = self.records.staff_at(&queued.to) {
            self.records.put_staff(&StaffRecord { last_inbound_at: None, ..staff });
        }
        self.effects.push(Effect::Warn(reason));
        self.records.retry_send(queued.number, 0, None);
    }

    /// Everybody of this name is staff no longer: what waits for them is for nobody.
    pub(super) fn remove_staff(&mut self, name: &str) {
        let named = |staff: &StaffRecord| staff.name.to_lowercase() == name.trim().to_lowercase();
        let leaving: Vec<StaffRecord> = self.records.all_staff().into_iter().filter(named).collect();
        for staff in &leaving {
            self.records.remove_staff(&staff.id);
            if let Some(address) = &staff.address {
                self.records.forget_person(address);
            }
        }
        self.effects.push(Effect::StaffRemoved(u32::try_from(leaving.len()).unwrap_or(u32::MAX)));
    }

    fn may_be_told(&self, staff: &StaffRecord) -> bool {
        let standing = Standing { last_inbound_at: staff.last_inbound_at, ..Standing::default() };
        matches!(permit(self.now, &standing, Purpose::BotReply), Permit::Send(_))
    }

    /// What is held is bounded: the oldest makes way.
    fn make_room(&mut self, to: &Address) {
        let held: Vec<QueuedSend> =
            self.records.sends_to(to).into_iter().filter(|queued| queued.due_at.is_none()).collect();
        if let Some(oldest) = held.first().filter(|_| held.len() >= HELD_MESSAGES) {
            self.records.drop_send(oldest.number);
            self.effects.push(Effect::Warn(HELD_TOO_MUCH));
        }
    }

    fn our_app(&self) -> Option<ForeignId> {
        self.config.settings.channels.messenger.as_ref().map(|page| page.app_id.clone())
    }

    /// Whether the event came from a member of staff, and is done with.
    pub(super) fn take_staff(&mut self, inbound: &Inbound) -> bool {
        let Some(staff) = self.records.staff_at(&inbound.address) else { return false };
        if let InboundEvent::Message { id, content, reply_to, .. } = &inbound.what {
            self.staff_wrote(&inbound.address, &staff, id, &content.text, reply_to.as_ref());
        }
        true
    }

    fn staff_wrote(
        &mut self,
        address: &Address,
        staff: &StaffRecord,
        id: &ForeignId,
        text: &str,
        reply_to: Option<&ForeignId>,
    ) {
        // Guessing whom an unquoted answer is for would one day send it to the wrong shopper.
        let Some(quoted) = reply_to.and_then(|quoted| self.records.told(address, quoted)) else {
            return self.tell(address, self.own().quote_to_answer);
        };
        if text.trim().is_empty() {
            return self.tell(address, self.own().only_text);
        }
        let Ok(message) = MessageId::parse(format!("staff:{id}")) else { return };
        let forward = Forward::StaffSaid {
            id: message,
            staff: staff.id.clone(),
            name: staff.name.clone(),
            text: text.to_owned(),
            answers: Some(quoted.seq),
        };
        self.records.push_forward(&quoted.conversation, &forward, self.now);
    }
}

/// A page's title is its shopper's to choose: it must not look like a second message.
fn one_line(place: &str) -> String {
    place.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(PLACE_CHARS).collect()
}

/// What a relay told of, from its metadata.
pub(super) fn relayed_message(metadata: &str) -> Option<Said> {
    let (_, named) = metadata.split_once(RELAY)?;
    let (conversation, rest) = named.split_once('-')?;
    let (seq, _) = rest.split_once(':')?;
    Some(Said { conversation: ConversationId::parse(conversation).ok()?, seq: Seq(seq.parse().ok()?) })
}
