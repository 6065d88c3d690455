//! Where the shopper can be reached, what is on its way there, and what was taken.

use super::event::DeliveryId;
use crate::channel::{Address, Purpose};
use crate::ids::ForeignId;
use crate::message::Content;
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};

/// The shopper on a channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Reach {
    pub(super) address: Address,
    pub(super) last_inbound_at: Option<UnixMillis>,
    pub(super) opted_out: bool,
    /// They were told how to take that back: until they do, writing again does not.
    #[serde(default)]
    pub(super) knows_how_to_start: bool,
    pub(super) unreachable: bool,
    pub(super) taken_at: Option<UnixMillis>,
    pub(super) bot_spoke_at: Option<UnixMillis>,
    pub(super) person_spoke_at: Option<UnixMillis>,
}

/// A message on its way to a channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) delivery: DeliveryId,
    pub(super) content: Content,
    #[serde(default)]
    pub(super) purpose: Purpose,
    pub(super) written_at: UnixMillis,
    pub(super) attempts: u32,
    pub(super) part: u32,
    pub(super) disclosed: bool,
    /// The channel's id of the message it answers, if that is known there.
    #[serde(default)]
    pub(super) quotes: Option<ForeignId>,
    /// Staff know that it did not go yet.
    #[serde(default)]
    pub(super) told: bool,
    pub(super) stage: Stage,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    /// Not handed to the channel; not before `not_before`, where it was tried already.
    Waiting { not_before: Option<UnixMillis> },
    /// May not go until the shopper writes there, or until what holds it ends of itself.
    Held { until: Option<UnixMillis> },
    /// Handed over at `since`; no outcome is noted. Alive, or lost with the instance that sent it.
    InFlight { since: UnixMillis },
}

/// A part the channel took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) delivery: DeliveryId,
    #[serde(default)]
    pub(super) part: u32,
    pub(super) foreign_id: Option<ForeignId>,
    pub(super) at: UnixMillis,
    pub(super) delivered: bool,
}
