//! Records in maps.

use super::io::Forward;
use super::records::{LinkRecord, Opens, QueuedForward, QueuedSend, Records, Said, StaffRecord};
use crate::channel::Address;
use crate::ids::{ConversationId, ForeignId, LinkReference, StaffId};
use crate::time::UnixMillis;
use std::collections::{BTreeMap, BTreeSet};

/// Records in maps: for tests and the native simulation.
#[derive(Debug, Clone, Default)]
pub struct MemoryRecords {
    addresses: BTreeMap<Address, ConversationId>,
    formers: BTreeSet<(Address, ConversationId)>,
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

    fn first_forwards(&self) -> impl Iterator<Item = &QueuedForward> {
        let mut met = BTreeSet::new();
        self.forwards.values().filter(move |queued| met.insert(queued.conversation.clone()))
    }

    fn first_sends(&self) -> impl Iterator<Item = &QueuedSend> {
        let mut met = BTreeSet::new();
        self.sends.values().filter(move |queued| met.insert(queued.to.clone()))
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
    fn put_former(&mut self, address: &Address, conversation: &ConversationId) {
        self.formers.insert((address.clone(), conversation.clone()));
    }
    fn formers_at(&self, address: &Address) -> Vec<ConversationId> {
        let of = self.formers.iter().filter(|(former, _)| former == address);
        of.map(|(_, conversation)| conversation.clone()).collect()
    }
    fn is_bound(&self, conversation: &ConversationId) -> bool {
        self.addresses.values().chain(self.formers.iter().map(|(_, of)| of)).any(|of| of == conversation)
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
    fn was_seen(&self, key: &str) -> bool {
        self.seen.contains_key(key)
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
    fn remove_staff(&mut self, id: &StaffId) {
        self.staff.remove(id);
        self.links.retain(|_, link| link.opens != Opens::Staff(id.clone()));
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
    fn due_forwards(&self, now: UnixMillis, limit: usize) -> Vec<QueuedForward> {
        self.first_forwards().filter(|queued| queued.due_at <= now).take(limit).cloned().collect()
    }
    fn next_forward_at(&self) -> Option<UnixMillis> {
        self.first_forwards().map(|queued| queued.due_at).min()
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
        due_at: Option<UnixMillis>,
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
    fn due_sends(&self, now: UnixMillis, limit: usize) -> Vec<QueuedSend> {
        let due = self.first_sends().filter(|queued| queued.due_at.is_some_and(|at| at <= now));
        due.take(limit).cloned().collect()
    }
    fn next_send_at(&self) -> Option<UnixMillis> {
        self.first_sends().filter_map(|queued| queued.due_at).min()
    }
    fn sends_to(&self, address: &Address) -> Vec<QueuedSend> {
        self.sends.values().filter(|queued| queued.to == *address).cloned().collect()
    }
    fn send(&self, number: u64) -> Option<QueuedSend> {
        self.sends.get(&number).cloned()
    }
    fn retry_send(&mut self, number: u64, attempts: u32, due_at: Option<UnixMillis>) {
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
        self.formers.retain(|(_, of)| of != conversation);
        self.links.retain(|_, link| link.opens != Opens::Conversation(conversation.clone()));
        self.told.retain(|_, of| of.conversation != *conversation);
        self.relayed.remove(conversation);
        self.forwards.retain(|_, queued| queued.conversation != *conversation);
        self.sends.retain(|_, queued| queued.about.as_ref() != Some(conversation));
    }
    fn forget_person(&mut self, address: &Address) {
        self.sends.retain(|_, queued| queued.to != *address);
        self.told.retain(|(to, _), _| to != address);
        self.links.retain(|_, link| link.used_by.as_ref() != Some(address));
        self.wrong_codes.retain(|(of, _)| of != address);
    }
}
