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
mod queue;
mod records;
mod staff;
mod words;

#[cfg(test)]
mod tests;

pub use account::account_stopped;
pub use io::{Config, Effect, Forward, Input, IntakeItem, StaffInvite};
pub use records::{LinkRecord, MemoryRecords, Opens, QueuedForward, QueuedSend, Records, Said, StaffRecord};

use crate::channel::Address;
use crate::message::Content;
use crate::time::{Millis, UnixMillis};

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
        Input::InviteStaff { id, name, reference, code } => desk.invite_staff(id, name, reference, code),
        Input::Relay(relay) => desk.relay(&relay),
        Input::ForwardFinished { number, accepted } => desk.forward_finished(number, accepted),
        Input::SendFinished { number, result } => desk.send_finished(number, &result),
        Input::AccountStopped(stop) => account::stop(desk.records, desk.now, &stop),
        Input::AccountWorks => account::works(desk.records),
        Input::ForgetPerson(address) => desk.forget_person(&address),
        Input::Forget(conversation) => desk.records.forget(&conversation),
        Input::Wake => desk.prune(),
    }
    desk.pump();
    desk.effects
}

/// When to be woken, if nothing else happens.
pub fn next_wakeup(records: &impl Records) -> Option<UnixMillis> {
    let forwards = records.heads_of_forwards(QUEUE_HEADS).into_iter().map(|queued| queued.due_at);
    let sends = records.heads_of_sends(QUEUE_HEADS).into_iter().map(|queued| queued.due_at);
    let prune_at = pruned_at(records).map(|at| at + PRUNE_EVERY);
    forwards.chain(sends).chain(prune_at).min()
}

/// How many conversations and people are served at once.
const QUEUE_HEADS: usize = 50;

fn pruned_at(records: &impl Records) -> Option<UnixMillis> {
    records.note(PRUNED_AT).and_then(|at| at.parse().ok()).map(UnixMillis)
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
    fn say(
        &mut self,
        to: &Address,
        content: &Content,
        about: Option<&crate::ids::ConversationId>,
        tag: &str,
    ) {
        use crate::channel::messenger::{SendKind, render};
        for body in render(&to.person, content, SendKind::Response, tag) {
            self.records.push_send(to, &body, about, self.now);
        }
    }

    fn forget_person(&mut self, address: &Address) {
        if let Some(conversation) = self.records.conversation_at(address) {
            self.records.push_forward(&conversation, &Forward::Forget, self.now);
        }
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
