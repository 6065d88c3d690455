//! What goes into the desk and what comes out of it.

use crate::channel::{Address, Channel, Inbound};
use crate::conversation::{AccountStop, Pace, Relay, SendResult};
use crate::ids::{ConversationId, LinkReference, MessageId, Seq, StaffId};
use crate::store::Settings;
use crate::time::UnixMillis;
use crate::wire::Link;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What the desk must know besides its records.
#[derive(Debug, Clone)]
pub struct Config {
    /// The store's settings.
    pub settings: Rc<Settings>,
    /// Where hand-over links lead: `https://m.me`, or the simulator.
    pub link_base: String,
    /// How long things take.
    pub pace: Pace,
}

/// One thing a channel told us, with a fresh random id for the conversation it may begin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IntakeItem {
    /// What.
    pub inbound: Inbound,
    /// Used only if the person has no conversation yet.
    pub fresh: ConversationId,
}

/// What the desk is told.
#[derive(Debug, Clone)]
pub enum Input {
    /// A webhook's contents. Acknowledged to the channel once this input's records are durable.
    Intake(Vec<IntakeItem>),
    /// A conversation wants to go on elsewhere. `reference` (128 random bits, 26 characters) and `code`
    /// (a random number below 1,000,000) are fresh.
    IssueLink {
        /// Whose.
        conversation: ConversationId,
        /// To where.
        channel: Channel,
        /// Random.
        reference: LinkReference,
        /// Random.
        code: u32,
    },
    /// A new member of staff is invited; `reference` as above.
    InviteStaff {
        /// Random.
        id: StaffId,
        /// As shown to shoppers.
        name: String,
        /// Random.
        reference: LinkReference,
    },
    /// A member of staff left: everybody of this name.
    RemoveStaff {
        /// As they were invited; case does not matter.
        name: String,
    },
    /// A conversation tells staff what its shopper said.
    Relay(Relay),
    /// A conversation took (or did not take) a forward.
    ForwardFinished {
        /// Its number in the queue.
        number: u64,
        /// What came of it.
        outcome: ForwardOutcome,
    },
    /// A channel answered a send of ours.
    SendFinished {
        /// Its number in the queue.
        number: u64,
        /// What came of it.
        result: SendResult,
    },
    /// Nothing may be sent from the account for now.
    AccountStopped(AccountStop),
    /// The channel answered for the account as it should: its token does again.
    AccountWorks,
    /// The channel asks, on behalf of this person, that everything about them be deleted.
    ForgetPerson(Address),
    /// A conversation was deleted: its addresses, links and queue entries go.
    Forget(ConversationId),
    /// The alarm rang.
    Wake,
}

/// What became of a forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForwardOutcome {
    /// It is durable there.
    Taken,
    /// The conversation was deleted.
    Gone {
        /// A random id, for the conversation that may begin in its place.
        fresh: ConversationId,
    },
    /// Nobody knows.
    Failed,
}

/// What the desk wants done, in order, after its records are durable.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Hand something to a conversation; feed [`Input::ForwardFinished`].
    Forward {
        /// Its number in the queue.
        number: u64,
        /// To which.
        conversation: ConversationId,
        /// What.
        forward: Forward,
    },
    /// Call the channel once with this body; feed [`Input::SendFinished`].
    Send {
        /// Its number in the queue.
        number: u64,
        /// From which account.
        account: crate::ids::ForeignId,
        /// The channel's own request body.
        body: serde_json::Value,
    },
    /// The link that was asked for; answered to the caller.
    Link(Link),
    /// The invitation that was asked for; answered to the caller.
    Invite(StaffInvite),
    /// How many members of staff were removed; answered to the caller.
    StaffRemoved(u32),
    /// The owner should know: said in the deployment's log.
    Warn(&'static str),
}

/// What the desk hands to a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forward {
    /// Something happened at an address of its shopper.
    Inbound(Box<Inbound>),
    /// The shopper can be reached there from now on.
    Linked(Address),
    /// The address is theirs no longer.
    Unlinked(Address),
    /// A member of staff answered.
    StaffSaid {
        /// Unique.
        id: MessageId,
        /// Who.
        staff: StaffId,
        /// Their name.
        name: String,
        /// What.
        text: String,
        /// The entry they answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<Seq>,
    },
    /// The channel asks, on the shopper's behalf, that everything be deleted.
    Forget,
}

/// How a member of staff links their own Messenger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffInvite {
    /// Who.
    pub id: StaffId,
    /// The link to open on the phone.
    pub link: String,
    /// Or the code to type: ten letters and digits, apart in the middle.
    pub code: String,
    /// When both stop working.
    pub expires_at: UnixMillis,
}
