//! The two durable queues: each conversation's forwards and each person's sends go one at a time, in order.

use super::io::Effect;
use super::staff::relayed_message;
use super::{Desk, QUEUE_HEADS, Records, account};
use crate::channel::messenger::{SendOutcome, judge};
use crate::conversation::{AccountStop, SendResult};
use crate::time::Millis;

/// After so many attempts a send of the store itself is given up; forwards never are.
const MAX_SEND_ATTEMPTS: u32 = 8;
/// What waits for a stopped account is looked at again after this.
const ACCOUNT_RECHECK: Millis = Millis::hours(1);

impl<R: Records> Desk<'_, R> {
    /// Performs what is due; what gets no answer is due again later.
    pub(super) fn pump(&mut self) {
        let pace = self.config.pace;
        for queued in self.records.heads_of_forwards(QUEUE_HEADS) {
            if queued.due_at <= self.now {
                let again_at = self.now + pace.send_timeout_ms;
                self.records.retry_forward(queued.number, queued.attempts.saturating_add(1), again_at);
                self.effects.push(Effect::Forward {
                    number: queued.number,
                    conversation: queued.conversation,
                    forward: queued.forward,
                });
            }
        }
        let stopped = account::account_stopped(self.records, self.now).is_some();
        for queued in self.records.heads_of_sends(QUEUE_HEADS) {
            if queued.due_at <= self.now && stopped {
                self.records.retry_send(queued.number, queued.attempts, self.now + ACCOUNT_RECHECK);
            } else if queued.due_at <= self.now {
                // It may have gone although no answer came: its echo has until then to show it.
                let again_at = self.now + pace.send_timeout_ms + pace.echo_wait_ms;
                self.records.retry_send(queued.number, queued.attempts.saturating_add(1), again_at);
                self.effects.push(Effect::Send {
                    number: queued.number,
                    account: queued.to.account,
                    body: queued.body,
                });
            }
        }
    }

    pub(super) fn forward_finished(&mut self, number: u64, accepted: bool) {
        if accepted {
            return self.records.drop_forward(number);
        }
        if let Some(queued) = self.records.forward(number) {
            let due_at = self.now + self.backoff(queued.attempts);
            self.records.retry_forward(number, queued.attempts, due_at);
        }
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
                let due_at = self.now + after.unwrap_or_else(|| self.backoff(queued.attempts));
                self.records.retry_send(number, queued.attempts, due_at);
            }
            SendOutcome::RetryOnce if queued.attempts < 2 => {
                let due_at = self.now + self.backoff(queued.attempts);
                self.records.retry_send(number, queued.attempts, due_at);
            }
            SendOutcome::StopAccount => {
                self.stop(number, &AccountStop::Restricted { reason: outcome.reason().into() });
            }
            SendOutcome::Reauthorise | SendOutcome::PermissionMissing => {
                self.stop(number, &AccountStop::Disconnected { reason: outcome.reason().into() });
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
        self.records.retry_send(number, 0, self.now);
    }

    /// Why the last send of the store itself failed stays to be read.
    fn give_up(&mut self, number: u64, reason: &str) {
        self.records.put_note("last_failed_send", Some(reason));
        self.records.drop_send(number);
    }

    fn backoff(&self, attempts: u32) -> Millis {
        let pace = self.config.pace;
        Millis(pace.retry_base_ms.0.saturating_mul(1_u64 << attempts.min(20)).min(pace.retry_cap_ms.0))
    }
}
