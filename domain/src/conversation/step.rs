//! What the steps of a delivery change in the state.

use super::delivery::{Pending, Sent, Stage};
use super::event::{DeliveryId, DeliveryStep, Event};
use super::state::{SENT_DELIVERIES, State, push_bounded};
use crate::channel::Purpose;
use crate::ids::ForeignId;
use crate::time::UnixMillis;

impl State {
    /// Whoever answered learns why it does not go.
    pub(super) fn tell_of_step(&mut self, event: &Event, delivery: &DeliveryId, step: &DeliveryStep) {
        let by_person = |pending: &&Pending| pending.purpose == Purpose::HumanReply;
        let Some(pending) = self.pending(delivery).filter(by_person) else { return };
        let words = match step {
            DeliveryStep::Held { reason, .. } | DeliveryStep::Postponed { reason, .. } if !pending.told => {
                format!("Not delivered in Messenger yet. {reason}")
            }
            DeliveryStep::Failed { reason, .. } => format!("Not delivered in Messenger. {reason}"),
            _ => return,
        };
        self.tell_staff(event.seq, event.at, words);
    }

    pub(super) fn apply_step(&mut self, at: UnixMillis, delivery: &DeliveryId, step: &DeliveryStep) {
        let Some(index) = self.outbox.iter().position(|pending| pending.delivery == *delivery) else {
            match step {
                DeliveryStep::Delivered => {
                    for sent in self.sent.iter_mut().filter(|sent| sent.delivery == *delivery) {
                        sent.delivered = true;
                    }
                }
                DeliveryStep::Echoed { part, foreign_id } => {
                    self.apply_echo(at, delivery, *part, foreign_id);
                }
                _ => {}
            }
            return;
        };
        let Some(pending) = self.outbox.get_mut(index) else { return };
        match step {
            DeliveryStep::Started { attempt, part, disclosed } => {
                pending.attempts = *attempt;
                pending.disclosed = *disclosed;
                pending.part = *part;
                pending.stage = Stage::InFlight { since: at };
            }
            DeliveryStep::Sent { part, foreign_id, last } => {
                let by_person = pending.purpose == Purpose::HumanReply;
                pending.part = part.saturating_add(1);
                pending.attempts = 0;
                pending.stage = Stage::Waiting { not_before: None };
                if *last {
                    self.outbox.remove(index);
                }
                let sent = Sent {
                    delivery: delivery.clone(),
                    part: *part,
                    foreign_id: foreign_id.clone(),
                    at,
                    delivered: false,
                };
                push_bounded(&mut self.sent, sent, SENT_DELIVERIES);
                if let Some(reach) = self.reach_mut(&delivery.to) {
                    let spoke_at =
                        if by_person { &mut reach.person_spoke_at } else { &mut reach.bot_spoke_at };
                    *spoke_at = Some(at);
                }
            }
            DeliveryStep::Retrying { at, .. } => pending.stage = Stage::Waiting { not_before: Some(*at) },
            DeliveryStep::Postponed { at, .. } => {
                pending.attempts = pending.attempts.saturating_sub(1);
                pending.told = true;
                pending.stage = Stage::Waiting { not_before: Some(*at) };
            }
            DeliveryStep::Held { until, .. } => {
                pending.told = true;
                pending.stage = Stage::Held { until: *until };
            }
            DeliveryStep::Failed { unreachable, opted_out, .. } => {
                let (unreachable, opted_out) = (*unreachable, *opted_out);
                self.outbox.remove(index);
                if let Some(reach) = self.reach_mut(&delivery.to) {
                    reach.unreachable |= unreachable;
                    reach.opted_out |= opted_out;
                }
            }
            DeliveryStep::Unneeded => {
                self.outbox.remove(index);
            }
            DeliveryStep::Echoed { part, foreign_id } => self.apply_echo(at, delivery, *part, foreign_id),
            DeliveryStep::Delivered => {}
        }
    }

    fn apply_echo(&mut self, at: UnixMillis, delivery: &DeliveryId, part: u32, id: &ForeignId) {
        let foreign_id = Some(id.clone());
        if let Some(sent) = self.sent.iter_mut().find(|sent| sent.delivery == *delivery && sent.part == part)
        {
            sent.foreign_id = foreign_id;
            return;
        }
        let sent = Sent { delivery: delivery.clone(), part, foreign_id, at, delivered: false };
        push_bounded(&mut self.sent, sent, SENT_DELIVERIES);
    }
}
