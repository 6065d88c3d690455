//! Deliveries: in order, at least once, never silently given up.
//!
//! A send is noted before it is made ([`DeliveryStep::Started`]) and again when its outcome is known. Between the
//! two it may have gone: it is not made again until its echo had time to come.

use super::delivery::{Pending, Reach, Stage};
use super::event::{DeliveryId, DeliveryStep, EventBody};
use super::{AccountStop, Conversation, Effect, Holder, SendResult, Turn};
use crate::channel::messenger::{SendKind, SendOutcome, judge, metadata, render, set_reply_to};
use crate::channel::{
    Address, CONTROL_EXPIRES_AFTER, Channel, Hold, Permit, Purpose, Standing, needs_disclosure, permit,
};
use crate::ids::{ForeignId, Seq};
use crate::time::{Millis, UnixMillis};

/// After so many attempts a message is given up, visibly.
const MAX_ATTEMPTS: u32 = 8;
/// What waits for a stopped account is looked at again after this: it costs a question, not a send.
const ACCOUNT_RECHECK: Millis = Millis::minutes(10);
/// What lacks a permission only its owner can give is tried again after this.
const PERMISSION_RECHECK: Millis = Millis::hours(1);
/// Where nobody could say whether the account may send, it is asked again after this.
const PERMIT_RETRY: Millis = Millis::seconds(30);

impl Conversation {
    /// Hands over what is due, one message per address at a time.
    pub(super) fn pump_outbox(&mut self, turn: &mut Turn) {
        self.expire_sends(turn);
        // One that is refused or held makes way for the next of its address.
        for _ in 0..=self.state.outbox.len() {
            let before = self.state.last;
            for delivery in self.heads(turn.now) {
                self.pump(turn, &delivery);
            }
            if self.state.last == before {
                break;
            }
        }
    }

    pub(super) fn outbox_wakeup(&self) -> Option<UnixMillis> {
        let pace = self.config.pace;
        // Behind the first of an address nothing is due: it goes when that one is done.
        let heads: Vec<(&Address, UnixMillis)> = (self.heads(UnixMillis::default()).iter())
            .filter_map(|delivery| self.state.pending(delivery))
            .map(|pending| match pending.stage {
                Stage::InFlight { since } => {
                    (&pending.delivery.to, since + pace.send_timeout_ms + pace.echo_wait_ms)
                }
                Stage::Waiting { .. } | Stage::Held { .. } => (&pending.delivery.to, self.due_at(pending)),
            })
            .collect();
        let held = self.state.outbox.iter().filter_map(|pending| match pending.stage {
            Stage::Held { until } => {
                let head = heads.iter().find(|(to, _)| **to == pending.delivery.to);
                Some(until?.max(head.map_or(UnixMillis::default(), |(_, at)| *at)))
            }
            Stage::Waiting { .. } | Stage::InFlight { .. } => None,
        });
        heads.iter().map(|(_, at)| *at).chain(held).min()
    }

    pub(super) fn delivery_finished(
        &mut self,
        turn: &mut Turn,
        delivery: &DeliveryId,
        part: u32,
        result: &SendResult,
    ) {
        let Some(pending) = self.state.pending(delivery) else { return };
        if pending.part != part || !matches!(pending.stage, Stage::InFlight { .. }) {
            return; // its echo was here first
        }
        let attempts = pending.attempts;
        let outcome = match result {
            SendResult::Answered { status, body, retry_after } => {
                judge(*status, body, attempts, *retry_after)
            }
            // Nobody knows whether it went: its echo tells, or its time runs out.
            SendResult::NoAnswer => return,
            SendResult::AccountStopped { reason } => {
                return self.postpone(turn, delivery, ACCOUNT_RECHECK, reason.clone());
            }
            SendResult::PermitUnknown => {
                let reason = "Whether the store's page may send could not be found out.".into();
                return self.postpone(turn, delivery, PERMIT_RETRY, reason);
            }
        };
        let reason = outcome.reason().to_owned();
        match outcome {
            SendOutcome::Accepted { message_id } => self.part_sent(turn, delivery, part, message_id),
            // It went, documented so whatever the answer says: never again.
            SendOutcome::MaybeSent => self.part_sent(turn, delivery, part, None),
            // Its echo tells, or its time runs out.
            SendOutcome::RetryUnlessEchoed => {}
            SendOutcome::Retry { after } if attempts < MAX_ATTEMPTS => {
                let at = turn.now + after.unwrap_or_else(|| self.backoff(attempts));
                self.note(turn, delivery, DeliveryStep::Retrying { at, reason });
            }
            SendOutcome::RetryOnce if attempts < 2 => {
                let at = turn.now + self.backoff(attempts);
                self.note(turn, delivery, DeliveryStep::Retrying { at, reason });
            }
            SendOutcome::WindowClosed => {
                self.note(turn, delivery, DeliveryStep::Held { reason, until: None });
            }
            SendOutcome::WaitForControl => {
                let until = Some(self.control_ends_at(turn.now, &delivery.to));
                self.note(turn, delivery, DeliveryStep::Held { reason, until });
            }
            SendOutcome::Unreachable => self.fail(turn, delivery, reason, true, false),
            SendOutcome::OptedOut => self.fail(turn, delivery, reason, false, true),
            SendOutcome::Retry { .. }
            | SendOutcome::RetryOnce
            | SendOutcome::Unknown
            | SendOutcome::BadRequest => self.fail(turn, delivery, reason, false, false),
            SendOutcome::StopAccount => {
                self.stopped(turn, delivery, reason.clone(), AccountStop::Restricted { reason });
            }
            SendOutcome::Reauthorise => {
                self.stopped(turn, delivery, reason.clone(), AccountStop::Disconnected { reason });
            }
            // It concerns this person or this kind of message; others may go.
            SendOutcome::PermissionMissing => self.postpone(turn, delivery, PERMISSION_RECHECK, reason),
        }
    }

    /// The echo of a part: it went, if that is not noted yet; else its id, if that is not.
    pub(super) fn part_echoed(&mut self, turn: &mut Turn, delivery: &DeliveryId, part: u32, id: ForeignId) {
        if self.state.pending(delivery).is_some_and(|pending| pending.part == part) {
            self.part_sent(turn, delivery, part, Some(id));
        } else if self.state.lacks_id(delivery, part) {
            self.note(turn, delivery, DeliveryStep::Echoed { part, foreign_id: id });
        }
    }

    /// The thread is ours again: what waited for it goes on.
    pub(super) fn control_came_back(&mut self, turn: &mut Turn) {
        let waiting = self.state.outbox.iter().filter(|p| matches!(p.stage, Stage::Held { until: Some(_) }));
        for delivery in waiting.map(|pending| pending.delivery.clone()).collect::<Vec<_>>() {
            let reason = "The Messenger thread is ours again.".into();
            self.note(turn, &delivery, DeliveryStep::Retrying { at: turn.now, reason });
        }
    }

    /// When waiting for another app ends: with the shopper's window, or when its control does.
    fn control_ends_at(&self, now: UnixMillis, to: &Address) -> UnixMillis {
        let window_ends_at = self.state.reach(to).and_then(|reach| self.standing(reach).window_ends_at());
        window_ends_at.filter(|at| *at > now).unwrap_or(now + CONTROL_EXPIRES_AFTER)
    }

    /// A part went: by the channel's answer or by its echo, whichever comes first.
    pub(super) fn part_sent(
        &mut self,
        turn: &mut Turn,
        delivery: &DeliveryId,
        part: u32,
        foreign_id: Option<ForeignId>,
    ) {
        let Some(pending) = self.state.pending(delivery) else { return };
        if pending.part != part {
            return;
        }
        let parts = self.render(pending, pending.disclosed, SendKind::Response).len();
        let last = usize::try_from(part).map_or(true, |part| part.saturating_add(1) >= parts);
        self.note(turn, delivery, DeliveryStep::Sent { part, foreign_id, last });
    }

    /// The shopper saw everything up to `up_to` on a page: it need not go anywhere else.
    pub(super) fn drop_seen(&mut self, turn: &mut Turn, up_to: Seq) {
        let seen = self.state.outbox.iter().filter(|pending| {
            pending.delivery.seq <= up_to
                && !matches!(pending.stage, Stage::InFlight { .. })
                && pending.part == 0
                && !self.wrote_last_on(pending.delivery.to.channel)
        });
        for delivery in seen.map(|pending| pending.delivery.clone()).collect::<Vec<_>>() {
            self.note(turn, &delivery, DeliveryStep::Unneeded);
        }
    }

    pub(super) fn give_up_unknown_sends(&mut self, turn: &mut Turn) {
        let unknown =
            self.state.outbox.iter().filter(|pending| matches!(pending.stage, Stage::InFlight { .. }));
        for delivery in unknown.map(|pending| pending.delivery.clone()).collect::<Vec<_>>() {
            let reason =
                "It may have gone before the store's memory of it was lost; it is not sent twice.".into();
            self.fail(turn, &delivery, reason, false, false);
        }
    }

    fn pump(&mut self, turn: &mut Turn, delivery: &DeliveryId) {
        let Some(pending) = self.state.pending(delivery).cloned() else { return };
        let Some(reach) = self.state.reach(&delivery.to).cloned() else { return };
        if matches!(pending.stage, Stage::InFlight { .. }) {
            return;
        }
        if turn.now < self.due_at(&pending) {
            return;
        }
        match permit(turn.now, &self.standing(&reach), pending.purpose) {
            Permit::Send(kind) => {
                let disclosed = self.discloses(turn.now, &pending, &reach);
                let bodies = self.render(&pending, disclosed, kind);
                let Some(body) = usize::try_from(pending.part).ok().and_then(|part| bodies.get(part)) else {
                    let reason = "There is nothing in it that this channel can carry.".into();
                    return self.fail(turn, delivery, reason, false, false);
                };
                let attempt = pending.attempts.saturating_add(1);
                let step = DeliveryStep::Started { attempt, part: pending.part, disclosed };
                self.note(turn, delivery, step);
                turn.call(Effect::Deliver {
                    delivery: delivery.clone(),
                    part: pending.part,
                    body: body.clone(),
                });
            }
            // It waited until its time was over. A person's words stay; the assistant's are of no use by then.
            Permit::Hold(Hold::OnlyPeople | Hold::WindowClosed)
                if matches!(pending.stage, Stage::Held { until: Some(_) })
                    && pending.purpose != Purpose::HumanReply =>
            {
                let reason =
                    "It was held back until the shopper's 24 hours were over, and is given up.".into();
                self.fail(turn, delivery, reason, false, false);
            }
            Permit::Hold(hold) => {
                let step = DeliveryStep::Held { reason: hold.reason().to_owned(), until: hold.until() };
                self.note(turn, delivery, step);
            }
            Permit::Refuse { reason } => self.fail(turn, delivery, reason.to_owned(), false, false),
        }
    }

    /// A send without an outcome waited long enough for its echo: it is made again, or given up.
    fn expire_sends(&mut self, turn: &mut Turn) {
        let patience =
            Millis(self.config.pace.send_timeout_ms.0.saturating_add(self.config.pace.echo_wait_ms.0));
        let overdue = self.state.outbox.iter().filter(|pending| match pending.stage {
            Stage::InFlight { since } => turn.now >= since + patience,
            Stage::Waiting { .. } | Stage::Held { .. } => false,
        });
        for (delivery, attempts) in overdue.map(|p| (p.delivery.clone(), p.attempts)).collect::<Vec<_>>() {
            if attempts < MAX_ATTEMPTS {
                let reason = "Messenger gave no answer and showed no sign of it.".into();
                self.note(turn, &delivery, DeliveryStep::Retrying { at: turn.now, reason });
            } else {
                self.fail(turn, &delivery, "Messenger gave no answer to any attempt.".into(), false, false);
            }
        }
    }

    /// The first message of each address that can go: what is held back does not hold up the rest.
    fn heads(&self, now: UnixMillis) -> Vec<DeliveryId> {
        let mut heads: Vec<DeliveryId> = Vec::new();
        for pending in &self.state.outbox {
            let held = match pending.stage {
                Stage::Held { until } => until.is_none_or(|until| now < until),
                Stage::Waiting { .. } | Stage::InFlight { .. } => false,
            };
            if !held && heads.iter().all(|head| head.to != pending.delivery.to) {
                heads.push(pending.delivery.clone());
            }
        }
        heads
    }

    /// Whether the shopper's last word came from this channel: there they look for the answer, whatever page is open.
    fn wrote_last_on(&self, channel: Channel) -> bool {
        self.state.last_said.is_some_and(|said| said.surface == channel)
    }

    /// When a message goes: at once where the shopper last wrote, or if they are not on a page; after a while if a
    /// page is in view but unread.
    fn due_at(&self, pending: &Pending) -> UnixMillis {
        match pending.stage {
            Stage::Waiting { not_before: Some(not_before) } => return not_before,
            Stage::Held { until: Some(until) } => return until,
            Stage::Waiting { not_before: None } | Stage::Held { until: None } | Stage::InFlight { .. } => {}
        }
        if pending.part > 0 || self.wrote_last_on(pending.delivery.to.channel) {
            return pending.written_at;
        }
        let pace = self.config.pace;
        if self.pages.in_view(self.state.last_at.max(pending.written_at)) {
            return pending.written_at + pace.seen_within_ms;
        }
        match self.pages.left_at() {
            Some(left_at) => pending.written_at.max(left_at + pace.left_after_ms),
            None => pending.written_at,
        }
    }

    fn standing(&self, reach: &Reach) -> Standing {
        Standing {
            last_inbound_at: reach.last_inbound_at,
            opted_out: reach.opted_out,
            unreachable: reach.unreachable,
            taken_at: reach.taken_at.filter(|_| self.state.holder == Holder::OtherApp),
        }
    }

    /// The assistant says what it is where the law wants it: first, after a long gap, after a person. Once
    /// decided for a message it stays so, for all its parts and attempts.
    fn discloses(&self, now: UnixMillis, pending: &Pending, reach: &Reach) -> bool {
        pending.disclosed
            || (pending.purpose == Purpose::BotReply
                && pending.part == 0
                && !self.config.settings.bot.disclosure.is_empty()
                && needs_disclosure(now, reach.bot_spoke_at, reach.person_spoke_at))
    }

    fn render(&self, pending: &Pending, disclosed: bool, kind: SendKind) -> Vec<serde_json::Value> {
        let mut content = pending.content.clone();
        if disclosed {
            content.text = format!("{}\n\n{}", self.config.settings.bot.disclosure, content.text);
        }
        let tag = metadata(&self.config.conversation, pending.delivery.seq);
        let mut bodies = render(&pending.delivery.to.person, &content, kind, &tag);
        if let Some(id) = &pending.quotes {
            set_reply_to(&mut bodies, id);
        }
        bodies
    }

    fn stopped(&mut self, turn: &mut Turn, delivery: &DeliveryId, reason: String, stop: AccountStop) {
        self.postpone(turn, delivery, ACCOUNT_RECHECK, reason);
        turn.call(Effect::StopAccount(stop));
    }

    fn postpone(&mut self, turn: &mut Turn, delivery: &DeliveryId, wait: Millis, reason: String) {
        self.note(turn, delivery, DeliveryStep::Postponed { at: turn.now + wait, reason });
    }

    fn backoff(&self, attempts: u32) -> Millis {
        let pace = self.config.pace;
        let doubled = pace.retry_base_ms.0.saturating_mul(1_u64 << attempts.min(20));
        Millis(doubled.min(pace.retry_cap_ms.0))
    }

    fn note(&mut self, turn: &mut Turn, delivery: &DeliveryId, step: DeliveryStep) {
        self.append(turn, EventBody::Delivery { delivery: delivery.clone(), step });
    }

    fn fail(
        &mut self,
        turn: &mut Turn,
        delivery: &DeliveryId,
        reason: String,
        unreachable: bool,
        opted_out: bool,
    ) {
        self.note(turn, delivery, DeliveryStep::Failed { reason, unreachable, opted_out });
    }
}
