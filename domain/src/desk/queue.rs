//! The two durable queues: each conversation's forwards and each person's sends go one at a time, in order.

use super::intake::begins;
use super::io::{Effect, Forward, ForwardOutcome};
use super::records::{QueuedForward, QueuedSend};
use super::staff::relayed_message;
use super::{Desk, QUEUE_HEADS, Records, account};
use crate::channel::CONTROL_EXPIRES_AFTER;
use crate::channel::messenger::{SendOutcome, judge};
use crate::conversation::{AccountStop, SendResult};
use crate::ids::ConversationId;
use crate::time::Millis;

/// After so many attempts a send of the store itself is given up; forwards never are.
const MAX_SEND_ATTEMPTS: u32 = 8;
/// What waits for a stopped account is looked at again after this.
const ACCOUNT_RECHECK: Millis = Millis::minutes(10);
/// What lacks a permission only its owner can give is tried again after this.
const PERMISSION_RECHECK: Millis = Millis::hours(1);

impl<R: Records> Desk<'_, R> {
    /// Performs what is due; what gets no answer is due again later.
    pub(super) fn pump(&mut self) {
        let pace = self.config.pace;
        for queued in self.records.due_forwards(self.now, QUEUE_HEADS) {
            let again_at = self.now + pace.send_timeout_ms;
            self.records.retry_forward(queued.number, queued.attempts.saturating_add(1), again_at);
            self.effects.push(Effect::Forward {
                number: queued.number,
                conversation: queued.conversation,
                forward: queued.forward,
            });
        }
        let stopped = account::account_stopped(self.records, self.now).is_some();
        for queued in self.records.due_sends(self.now, QUEUE_HEADS) {
            if stopped {
                self.retry_send(&queued, ACCOUNT_RECHECK);
            } else {
                // It may have gone although no answer came: its echo has until then to show it.
                let again_at = self.now + pace.send_timeout_ms + pace.echo_wait_ms;
                self.records.retry_send(queued.number, queued.attempts.saturating_add(1), Some(again_at));
                self.effects.push(Effect::Send {
                    number: queued.number,
                    account: queued.to.account,
                    body: queued.body,
                });
            }
        }
    }

    pub(super) fn forward_finished(&mut self, number: u64, outcome: ForwardOutcome) {
        let Some(queued) = self.records.forward(number) else { return };
        match outcome {
            ForwardOutcome::Taken => self.records.drop_forward(number),
            ForwardOutcome::Gone { fresh } => {
                self.records.drop_forward(number);
                self.begin_again(queued, fresh);
            }
            ForwardOutcome::Failed => {
                let due_at = self.now + self.backoff(queued.attempts);
                self.records.retry_forward(number, queued.attempts, due_at);
            }
        }
    }

    /// Who writes after their conversation was deleted begins a new one.
    fn begin_again(&mut self, queued: QueuedForward, fresh: ConversationId) {
        let Forward::Inbound(inbound) = queued.forward else { return };
        if !begins(&inbound.what) {
            return;
        }
        let bound = self.records.conversation_at(&inbound.address);
        let to = bound.filter(|bound| *bound != queued.conversation).unwrap_or_else(|| {
            self.records.bind(&inbound.address, &fresh);
            fresh
        });
        self.records.push_forward(&to, &Forward::Inbound(inbound), self.now);
    }

    pub(super) fn send_finished(&mut self, number: u64, result: &SendResult) {
        let Some(queued) = self.records.send(number) else { return };
        let outcome = match result {
            SendResult::Answered { status, body, retry_after } => {
                judge(*status, body, queued.attempts, *retry_after)
            }
            SendResult::NoAnswer | SendResult::AccountStopped { .. } | SendResult::PermitUnknown => return, // due again when its echo had time
        };
        match outcome {
            SendOutcome::Accepted { message_id } => {
                let metadata = queued.body.pointer("/message/metadata").and_then(serde_json::Value::as_str);
                if let (Some(id), Some(said)) = (message_id, metadata.and_then(relayed_message)) {
                    self.records.put_told(&queued.to, &id, &said, self.now);
                }
                self.records.drop_send(number);
            }
            SendOutcome::Retry { after } if queued.attempts < MAX_SEND_ATTEMPTS => {
                self.retry_send(&queued, after.unwrap_or_else(|| self.backoff(queued.attempts)));
            }
            SendOutcome::RetryOnce if queued.attempts < 2 => {
                self.retry_send(&queued, self.backoff(queued.attempts));
            }
            SendOutcome::StopAccount => {
                self.stop(number, &AccountStop::Restricted { reason: outcome.reason().into() });
            }
            SendOutcome::Reauthorise => {
                self.stop(number, &AccountStop::Disconnected { reason: outcome.reason().into() });
            }
            SendOutcome::PermissionMissing if queued.attempts < MAX_SEND_ATTEMPTS => {
                self.retry_send(&queued, PERMISSION_RECHECK);
            }
            SendOutcome::WaitForControl if queued.attempts < MAX_SEND_ATTEMPTS => {
                // What waits for staff goes as soon as they write, or the thread comes back.
                let for_staff = self.records.staff_at(&queued.to).is_some();
                let attempts = if for_staff { 0 } else { queued.attempts };
                self.records.retry_send(number, attempts, Some(self.now + CONTROL_EXPIRES_AFTER));
            }
            SendOutcome::WindowClosed | SendOutcome::Unreachable | SendOutcome::OptedOut
                if self.records.staff_at(&queued.to).is_some() =>
            {
                self.hold_for_staff(&queued, outcome.reason());
            }
            // It went; its echo says what its id is.
            SendOutcome::MaybeSent => self.records.drop_send(number),
            SendOutcome::RetryUnlessEchoed if queued.attempts < MAX_SEND_ATTEMPTS => {} // due again when its echo had time
            other => self.give_up(number, other.reason()),
        }
    }

    /// The send waits with all others.
    fn stop(&mut self, number: u64, stop: &AccountStop) {
        account::stop(self.records, self.now, stop);
        self.records.retry_send(number, 0, Some(self.now));
    }

    /// Nobody is there to be shown it: the owner finds it in the log.
    fn give_up(&mut self, number: u64, reason: &'static str) {
        self.effects.push(Effect::Warn(reason));
        self.records.drop_send(number);
    }

    fn retry_send(&mut self, queued: &QueuedSend, wait: Millis) {
        self.records.retry_send(queued.number, queued.attempts, Some(self.now + wait));
    }

    fn backoff(&self, attempts: u32) -> Millis {
        let pace = self.config.pace;
        Millis(pace.retry_base_ms.0.saturating_mul(1_u64 << attempts.min(20)).min(pace.retry_cap_ms.0))
    }
}
