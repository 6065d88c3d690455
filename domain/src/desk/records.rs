//! The desk's rows, as a port: SQLite in the shell, maps in tests.

use super::io::Forward;
use crate::channel::Address;
use crate::ids::{ConversationId, ForeignId, LinkReference, Seq, StaffId};
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A hand-over link: for a shopper's conversation, or for a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The reference in the link.
    pub reference: LinkReference,
    /// Six digits to type instead.
    pub code: String,
    /// What it opens.
    pub opens: Opens,
    /// When it stops working.
    pub expires_at: UnixMillis,
    /// Who used it: it works once, and for the same person again.
    pub used_by: Option<Address>,
}

/// What a hand-over link opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// A shopper's conversation.
    Conversation(ConversationId),
    /// The staff side.
    Staff(StaffId),
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRecord {
    /// Who.
    pub id: StaffId,
    /// As shown to shoppers.
    pub name: String,
    /// Their own Messenger, once linked.
    pub address: Option<Address>,
    /// When they last wrote to us: their 24-hour window.
    pub last_inbound_at: Option<UnixMillis>,
}

/// What staff were told of: one message of a shopper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In which conversation.
    pub conversation: ConversationId,
    /// At which entry.
    pub seq: Seq,
}

/// Something that must reach a conversation; numbers give the order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueuedForward {
    /// Its place: 1, 2, 3, …
    pub number: u64,
    /// To which.
    pub conversation: ConversationId,
    /// What.
    pub forward: Forward,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before.
    pub due_at: UnixMillis,
}

/// Something that must be sent by the store itself: to staff, or to a person without a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueuedSend {
    /// Its place: 1, 2, 3, …
    pub number: u64,
    /// To whom.
    pub to: Address,
    /// The channel's own request body.
    pub body: serde_json::Value,
    /// The conversation it speaks of, so that a reply finds its way.
    pub about: Option<ConversationId>,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before.
    pub due_at: UnixMillis,
}

/// The desk's rows. Reads and writes are synchronous and, within one input, one transaction.
pub trait Records {
    /// The conversation an address belongs to.
    fn conversation_at(&self, address: &Address) -> Option<ConversationId>;
    /// Binds an address to a conversation, replacing what was.
    fn bind(&mut self, address: &Address, conversation: &ConversationId);
    /// Unbinds an address.
    fn unbind(&mut self, address: &Address);
    /// Every address of a conversation.
    fn addresses_of(&self, conversation: &ConversationId) -> Vec<Address>;
    /// Remembers `key`; `false` when it was there already.
    fn first_seen(&mut self, key: &str, now: UnixMillis) -> bool;
    /// Forgets keys seen before `before`.
    fn forget_seen(&mut self, before: UnixMillis);
    /// The link with this reference.
    fn link(&self, reference: &LinkReference) -> Option<LinkRecord>;
    /// The link with this code that has not expired at `now`.
    fn link_by_code(&self, code: &str, now: UnixMillis) -> Option<LinkRecord>;
    /// Adds or replaces a link.
    fn put_link(&mut self, link: &LinkRecord);
    /// Drops links that expired before `before`.
    fn drop_links(&mut self, before: UnixMillis);
    /// Counts a wrong code of this person; how many since `since`, this one included.
    fn count_wrong_code(&mut self, address: &Address, now: UnixMillis, since: UnixMillis) -> u32;
    /// How many wrong codes this person typed since `since`.
    fn wrong_codes(&self, address: &Address, since: UnixMillis) -> u32;
    /// A member of staff.
    fn staff(&self, id: &StaffId) -> Option<StaffRecord>;
    /// The member of staff at an address.
    fn staff_at(&self, address: &Address) -> Option<StaffRecord>;
    /// All staff.
    fn all_staff(&self) -> Vec<StaffRecord>;
    /// Adds or replaces a member of staff.
    fn put_staff(&mut self, staff: &StaffRecord);
    /// Remembers that the message `id`, sent to `to`, spoke of `conversation`.
    fn put_told(&mut self, to: &Address, id: &ForeignId, of: &Said, now: UnixMillis);
    /// What the message `id`, sent to `to`, spoke of.
    fn told(&self, to: &Address, id: &ForeignId) -> Option<Said>;
    /// The last entry of a conversation staff were told of.
    fn relayed(&self, conversation: &ConversationId) -> u64;
    /// Remembers it.
    fn put_relayed(&mut self, conversation: &ConversationId, up_to: u64);
    /// Queues a forward; its number and attempts are set by the records.
    fn push_forward(&mut self, conversation: &ConversationId, forward: &Forward, due_at: UnixMillis);
    /// The first forward of each conversation that has any, oldest first, at most `limit`.
    fn heads_of_forwards(&self, limit: usize) -> Vec<QueuedForward>;
    /// One forward.
    fn forward(&self, number: u64) -> Option<QueuedForward>;
    /// Changes a forward's attempts and due time.
    fn retry_forward(&mut self, number: u64, attempts: u32, due_at: UnixMillis);
    /// Takes a forward out.
    fn drop_forward(&mut self, number: u64);
    /// Queues a send.
    fn push_send(
        &mut self,
        to: &Address,
        body: &serde_json::Value,
        about: Option<&ConversationId>,
        due_at: UnixMillis,
    );
    /// The first send of each address that has any, oldest first, at most `limit`.
    fn heads_of_sends(&self, limit: usize) -> Vec<QueuedSend>;
    /// One send.
    fn send(&self, number: u64) -> Option<QueuedSend>;
    /// Changes a send's attempts and due time.
    fn retry_send(&mut self, number: u64, attempts: u32, due_at: UnixMillis);
    /// Takes a send out.
    fn drop_send(&mut self, number: u64);
    /// A named value (account stop, subscription check, …).
    fn note(&self, name: &str) -> Option<String>;
    /// Sets or, with `None`, removes a named value.
    fn put_note(&mut self, name: &str, value: Option<&str>);
    /// Removes every row that names the conversation: addresses, links, queues, told.
    fn forget(&mut self, conversation: &ConversationId);
}

/// Records in maps: for tests and the native simulation.
#[derive(Debug, Clone, Default)]
pub struct MemoryRecords {
    addresses: BTreeMap<Address, ConversationId>,
    seen: BTreeMap<String, UnixMillis>,
    links: BTreeMap<LinkReference, LinkRecord>,
    wrong_codes: Vec<(Address, UnixMillis)>,
    staff: BTreeMap<StaffId, StaffRecord>,
    told: BTreeMap<(Address, ForeignId), Said>,
    relayed: BTreeMap<ConversationId, u64>,
    forwards: BTreeMap<u64, QueuedForward>,
    sends: BTreeMap<u64, QueuedSend>,
    notes: BTreeMap<String, String>,
    last_number: u64,
}

impl MemoryRecords {
    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}

impl Records for MemoryRecords {
    fn conversation_at(&self, address: &Address) -> Option<ConversationId> {
        self.addresses.get(address).cloned()
    }
    fn bind(&mut self, address: &Address, conversation: &ConversationId) {
        self.addresses.insert(address.clone(), conversation.clone());
    }
    fn unbind(&mut self, address: &Address) {
        self.addresses.remove(address);
    }
    fn addresses_of(&self, conversation: &ConversationId) -> Vec<Address> {
        self.addresses
            .iter()
            .filter(|(_, of)| *of == conversation)
            .map(|(address, _)| address.clone())
            .collect()
    }
    fn first_seen(&mut self, key: &str, now: UnixMillis) -> bool {
        self.seen.insert(key.to_owned(), now).is_none()
    }
    fn forget_seen(&mut self, before: UnixMillis) {
        self.seen.retain(|_, at| *at >= before);
    }
    fn link(&self, reference: &LinkReference) -> Option<LinkRecord> {
        self.links.get(reference).cloned()
    }
    fn link_by_code(&self, code: &str, now: UnixMillis) -> Option<LinkRecord> {
        self.links.values().find(|link| link.code == code && link.expires_at > now).cloned()
    }
    fn put_link(&mut self, link: &LinkRecord) {
        self.links.insert(link.reference.clone(), link.clone());
    }
    fn drop_links(&mut self, before: UnixMillis) {
        self.links.retain(|_, link| link.expires_at >= before);
    }
    fn count_wrong_code(&mut self, address: &Address, now: UnixMillis, since: UnixMillis) -> u32 {
        self.wrong_codes.retain(|(_, at)| *at >= since);
        self.wrong_codes.push((address.clone(), now));
        self.wrong_codes(address, since)
    }
    fn wrong_codes(&self, address: &Address, since: UnixMillis) -> u32 {
        let wrong = self.wrong_codes.iter().filter(|(of, at)| of == address && *at >= since);
        u32::try_from(wrong.count()).unwrap_or(u32::MAX)
    }
    fn staff(&self, id: &StaffId) -> Option<StaffRecord> {
        self.staff.get(id).cloned()
    }
    fn staff_at(&self, address: &Address) -> Option<StaffRecord> {
        self.staff.values().find(|staff| staff.address.as_ref() == Some(address)).cloned()
    }
    fn all_staff(&self) -> Vec<StaffRecord> {
        self.staff.values().cloned().collect()
    }
    fn put_staff(&mut self, staff: &StaffRecord) {
        self.staff.insert(staff.id.clone(), staff.clone());
    }
    fn put_told(&mut self, to: &Address, id: &ForeignId, of: &Said, _now: UnixMillis) {
        self.told.insert((to.clone(), id.clone()), of.clone());
    }
    fn told(&self, to: &Address, id: &ForeignId) -> Option<Said> {
        self.told.get(&(to.clone(), id.clone())).cloned()
    }
    fn relayed(&self, conversation: &ConversationId) -> u64 {
        self.relayed.get(conversation).copied().unwrap_or(0)
    }
    fn put_relayed(&mut self, conversation: &ConversationId, up_to: u64) {
        self.relayed.insert(conversation.clone(), up_to);
    }
    fn push_forward(&mut self, conversation: &ConversationId, forward: &Forward, due_at: UnixMillis) {
        let number = self.next_number();
        let queued = QueuedForward {
            number,
            conversation: conversation.clone(),
            forward: forward.clone(),
            attempts: 0,
            due_at,
        };
        self.forwards.insert(number, queued);
    }
    fn heads_of_forwards(&self, limit: usize) -> Vec<QueuedForward> {
        let mut met = BTreeSet::new();
        let heads = self.forwards.values().filter(|queued| met.insert(queued.conversation.clone()));
        heads.take(limit).cloned().collect()
    }
    fn forward(&self, number: u64) -> Option<QueuedForward> {
        self.forwards.get(&number).cloned()
    }
    fn retry_forward(&mut self, number: u64, attempts: u32, due_at: UnixMillis) {
        if let Some(queued) = self.forwards.get_mut(&number) {
            queued.attempts = attempts;
            queued.due_at = due_at;
        }
    }
    fn drop_forward(&mut self, number: u64) {
        self.forwards.remove(&number);
    }
    fn push_send(
        &mut self,
        to: &Address,
        body: &serde_json::Value,
        about: Option<&ConversationId>,
        due_at: UnixMillis,
    ) {
        let number = self.next_number();
        let queued = QueuedSend {
            number,
            to: to.clone(),
            body: body.clone(),
            about: about.cloned(),
            attempts: 0,
            due_at,
        };
        self.sends.insert(number, queued);
    }
    fn heads_of_sends(&self, limit: usize) -> Vec<QueuedSend> {
        let mut met = BTreeSet::new();
        let heads = self.sends.values().filter(|queued| met.insert(queued.to.clone()));
        heads.take(limit).cloned().collect()
    }
    fn send(&self, number: u64) -> Option<QueuedSend> {
        self.sends.get(&number).cloned()
    }
    fn retry_send(&mut self, number: u64, attempts: u32, due_at: UnixMillis) {
        if let Some(queued) = self.sends.get_mut(&number) {
            queued.attempts = attempts;
            queued.due_at = due_at;
        }
    }
    fn drop_send(&mut self, number: u64) {
        self.sends.remove(&number);
    }
    fn note(&self, name: &str) -> Option<String> {
        self.notes.get(name).cloned()
    }
    fn put_note(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.notes.insert(name.to_owned(), value.to_owned()),
            None => self.notes.remove(name),
        };
    }
    fn forget(&mut self, conversation: &ConversationId) {
        self.addresses.retain(|_, of| of != conversation);
        self.links.retain(|_, link| link.opens != Opens::Conversation(conversation.clone()));
        self.told.retain(|_, of| of.conversation != *conversation);
        self.relayed.remove(conversation);
        self.forwards.retain(|_, queued| queued.conversation != *conversation);
        self.sends.retain(|_, queued| queued.about.as_ref() != Some(conversation));
    }
}
