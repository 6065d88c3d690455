//! What spans a store's conversations: addresses, hand-over links, staff, the account's health, and two
//! durable queues: what came in and must reach a conversation, and what the store itself must send.
//!
//! Its memory can be large, so it is not held here: the shell gives [`Records`], synchronous rows in the
//! object's SQLite; tests give maps. Every input is one transaction: all writes to `Records` are durable
//! before the first effect is performed.

mod account;
mod intake;
mod io;
mod linking;
mod memory;
mod queue;
mod records;
mod staff;
mod words;

#[cfg(test)]
mod tests;

pub use account::account_stopped;
pub use io::{Config, Effect, Forward, ForwardOutcome, Input, IntakeItem, StaffInvite};
pub use memory::MemoryRecords;
pub use records::{LinkRecord, Opens, QueuedForward, QueuedSend, Records, Said, StaffRecord};

use crate::channel::{Address, fingerprint};
use crate::ids::ConversationId;
use crate::message::Content;
use crate::time::{Millis, UnixMillis};
use std::collections::BTreeSet;

/// How long a channel's ids are remembered, so that a redelivery changes nothing: longer than any channel retries.
const SEEN_FOR: Millis = Millis::days(30);
/// How often old rows are dropped.
const PRUNE_EVERY: Millis = Millis::hours(12);
/// The note that holds when old rows were last dropped.
const PRUNED_AT: &str = "pruned_at";

/// Decides what an input means. Total.
pub fn handle(now: UnixMillis, config: &Config, records: &mut impl Records, input: Input) -> Vec<Effect> {
    let mut desk = Desk { now, config, records, effects: Vec::new() };
    match input {
        Input::Intake(items) => desk.intake(items),
        Input::IssueLink { conversation, channel, reference, code } => {
            desk.issue_link(conversation, channel, reference, code);
        }
        Input::InviteStaff { id, name, reference } => desk.invite_staff(id, name, reference),
        Input::RemoveStaff { name } => desk.remove_staff(&name),
        Input::Relay(relay) => desk.relay(&relay),
        Input::ForwardFinished { number, outcome } => desk.forward_finished(number, outcome),
        Input::SendFinished { number, result } => desk.send_finished(number, &result),
        Input::AccountStopped(stop) => account::stop(desk.records, desk.now, &stop),
        Input::AccountWorks => account::works(desk.records),
        Input::ForgetPerson(address) => desk.forget_person(&address),
        Input::Forget(conversation) => desk.forget(&conversation),
        Input::Wake => desk.prune(),
    }
    desk.pump();
    desk.effects
}

/// When to be woken, if nothing else happens.
pub fn next_wakeup(records: &impl Records) -> Option<UnixMillis> {
    let prune_at = pruned_at(records).map(|at| at + PRUNE_EVERY);
    [records.next_forward_at(), records.next_send_at(), prune_at].into_iter().flatten().min()
}

/// How many conversations and people are served at once.
const QUEUE_HEADS: usize = 50;

fn pruned_at(records: &impl Records) -> Option<UnixMillis> {
    records.note(PRUNED_AT).and_then(|at| at.parse().ok()).map(UnixMillis)
}

/// What remembers that a conversation is gone, and nothing of it.
fn forgotten(conversation: &ConversationId) -> String {
    fingerprint(&format!("forgotten:{conversation}"))
}

/// One input being handled.
struct Desk<'a, R: Records> {
    now: UnixMillis,
    config: &'a Config,
    records: &'a mut R,
    effects: Vec<Effect>,
}

impl<R: Records> Desk<'_, R> {
    /// Queues words of the store itself to a person.
    fn say(&mut self, to: &Address, content: &Content, about: Option<&ConversationId>, tag: &str) {
        self.queue(to, content, about, tag, Some(self.now));
    }

    /// The same, to be held until they write if `due_at` is `None`.
    fn queue(
        &mut self,
        to: &Address,
        content: &Content,
        about: Option<&ConversationId>,
        tag: &str,
        due_at: Option<UnixMillis>,
    ) {
        use crate::channel::messenger::{SendKind, render};
        for body in render(&to.person, content, SendKind::Response, tag) {
            self.records.push_send(to, &body, about, due_at);
        }
    }

    fn forget_person(&mut self, address: &Address) {
        let formers = self.records.formers_at(address).into_iter();
        let conversations: BTreeSet<_> = formers.chain(self.records.conversation_at(address)).collect();
        for conversation in conversations {
            self.records.push_forward(&conversation, &Forward::Forget, self.now);
        }
        if let Some(staff) = self.records.staff_at(address) {
            self.records.put_staff(&StaffRecord { address: None, last_inbound_at: None, ..staff });
        }
        self.records.forget_person(address);
    }

    fn forget(&mut self, conversation: &ConversationId) {
        for address in self.records.addresses_of(conversation) {
            self.records.forget_person(&address);
        }
        self.records.forget(conversation);
        // A relay may still be on its way here: it must not bring anything back.
        self.records.first_seen(&forgotten(conversation), self.now);
    }

    fn prune(&mut self) {
        let due = pruned_at(self.records).is_none_or(|at| self.now >= at + PRUNE_EVERY);
        if due {
            self.records.forget_seen(self.now - SEEN_FOR);
            self.records.drop_links(self.now - Millis::days(1));
            self.records.put_note(PRUNED_AT, Some(&self.now.0.to_string()));
        }
    }
}
