//! The desk's rows, as a port: SQLite in the shell, maps in tests.

use super::io::Forward;
use crate::channel::Address;
use crate::ids::{ConversationId, ForeignId, LinkReference, Seq, StaffId};
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};

/// A hand-over link: for a shopper's conversation, or for a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The reference in the link.
    pub reference: LinkReference,
    /// To type instead: a shopper's six digits, a member of staff's ten letters and digits.
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
    /// Not before; `None`: held until they write.
    pub due_at: Option<UnixMillis>,
}

/// The desk's rows. Reads and writes are synchronous and, within one input, one transaction.
pub trait Records {
    /// The conversation an address belongs to.
    fn conversation_at(&self, address: &Address) -> Option<ConversationId>;
    /// Binds an address to a conversation, replacing what was.
    fn bind(&mut self, address: &Address, conversation: &ConversationId);
    /// Unbinds an address.
    fn unbind(&mut self, address: &Address);
    /// Remembers that an address belonged to a conversation, which still has what was said from there.
    fn put_former(&mut self, address: &Address, conversation: &ConversationId);
    /// The conversations an address belonged to.
    fn formers_at(&self, address: &Address) -> Vec<ConversationId>;
    /// Whether an address belongs, or belonged, to a conversation.
    fn is_bound(&self, conversation: &ConversationId) -> bool;
    /// Every address of a conversation.
    fn addresses_of(&self, conversation: &ConversationId) -> Vec<Address>;
    /// Remembers `key`; `false` when it was there already.
    fn first_seen(&mut self, key: &str, now: UnixMillis) -> bool;
    /// Whether `key` was remembered.
    fn was_seen(&self, key: &str) -> bool;
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
    /// Removes a member of staff and their invitations.
    fn remove_staff(&mut self, id: &StaffId);
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
    /// The first forward of each conversation, of those due at `now`, oldest first, at most `limit`.
    fn due_forwards(&self, now: UnixMillis, limit: usize) -> Vec<QueuedForward>;
    /// When the next of the conversations' first forwards is due.
    fn next_forward_at(&self) -> Option<UnixMillis>;
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
        due_at: Option<UnixMillis>,
    );
    /// The first send of each address, of those due at `now`, oldest first, at most `limit`.
    fn due_sends(&self, now: UnixMillis, limit: usize) -> Vec<QueuedSend>;
    /// When the next of the addresses' first sends is due.
    fn next_send_at(&self) -> Option<UnixMillis>;
    /// Every send to an address, oldest first.
    fn sends_to(&self, address: &Address) -> Vec<QueuedSend>;
    /// One send.
    fn send(&self, number: u64) -> Option<QueuedSend>;
    /// Changes a send's attempts and due time.
    fn retry_send(&mut self, number: u64, attempts: u32, due_at: Option<UnixMillis>);
    /// Takes a send out.
    fn drop_send(&mut self, number: u64);
    /// A named value (account stop, subscription check, …).
    fn note(&self, name: &str) -> Option<String>;
    /// Sets or, with `None`, removes a named value.
    fn put_note(&mut self, name: &str, value: Option<&str>);
    /// Removes every row that names the conversation: addresses, links, queues, told.
    fn forget(&mut self, conversation: &ConversationId);
    /// Removes what names a person and no conversation: what waits to be sent to them, what they were told, the
    /// links they used, the codes they mistyped.
    fn forget_person(&mut self, address: &Address);
}
