//! What takes time: calls to the store's object, to channels and to KV. Each result is an input again.

use super::super::call::{self, ToStore};
use super::host::Host;
use super::record::{Head, Record};
use crate::channels::messenger;
use crate::clock;
use crate::error::{ApiError, ApiResult};
use crate::log;
use crate::qr;
use domain::channel::Channel;
use domain::conversation::{DeliveryId, Effect, Input, SendResult};
use domain::ids::{ConnectionId, ForeignId, Seq};
use domain::time::{Millis, UnixMillis};
use domain::wire::{Link, ServerFrame, encode_server};
use std::collections::VecDeque;
use std::rc::Rc;

/// How many results are fed back in a row; what is left waits for the alarm.
const MAX_ROUNDS: usize = 500;
/// How soon words are taken out of KV that could not be taken out at once.
const REDACT_RETRY: Millis = Millis::minutes(10);
/// How soon an erasure is tried again that had to wait for what was under way.
const ERASE_SOON: Millis = Millis::seconds(1);

impl Host {
    /// Lets a socket hear again what happens, after it got what it lacked.
    pub(super) fn caught_up(&self, connection: ConnectionId, frame: &ServerFrame) {
        self.sockets().set_behind(connection, false);
        self.sockets().send(&[connection], &encode_server(frame));
    }

    /// Goes on with what takes time, after this turn.
    pub(super) fn perform_later(self: &Rc<Self>, effects: Vec<Effect>) {
        if effects.is_empty() {
            return;
        }
        let host = Rc::clone(self);
        self.state().wait_until(async move {
            host.perform(effects, &mut Vec::new()).await;
            host.refresh_settings().await;
        });
    }

    /// One turn of a page that polls, with what the store's object says on its behalf.
    pub(super) async fn run_for_answers(self: &Rc<Self>, input: Input) -> ApiResult<Vec<ServerFrame>> {
        let mut answers = Vec::new();
        let later = self.run_at(clock::now(), [input], &mut answers)?;
        let (asked, later) = later.into_iter().partition(|effect| matches!(effect, Effect::IssueLink { .. }));
        self.perform_later(later);
        self.perform(asked, &mut answers).await;
        Ok(answers)
    }

    async fn perform(self: &Rc<Self>, effects: Vec<Effect>, answers: &mut Vec<ServerFrame>) {
        let mut waiting = VecDeque::from(effects);
        for _ in 0..MAX_ROUNDS {
            let Some(effect) = waiting.pop_front() else { return };
            let erases = matches!(effect, Effect::Erase);
            self.busy.update(|busy| busy + u32::from(!erases));
            let input = self.perform_one(effect).await;
            self.busy.update(|busy| busy.saturating_sub(u32::from(!erases)));
            let Some(input) = input else { continue };
            match self.run_at(clock::now(), [input], answers) {
                Ok(later) => waiting.extend(later),
                Err(ApiError::Rejected(_)) => return, // forgotten meanwhile
                Err(error) => {
                    error.log();
                    return;
                }
            }
        }
    }

    async fn perform_one(self: &Rc<Self>, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Replay { connection, after } => {
                self.catch_up(connection, after).await;
                None
            }
            Effect::IssueLink { connection, channel } => {
                let link = self.issue_link(channel).await.unwrap_or_else(|error| {
                    error.log();
                    None
                });
                Some(Input::LinkIssued { connection, link })
            }
            Effect::Deliver { delivery, part, body } => {
                let result = self.deliver(&delivery, body).await;
                Some(Input::DeliveryFinished { delivery, part, result })
            }
            Effect::Relay(relay) => {
                let up_to = relay.up_to;
                let accepted = succeeded(self.tell_store(ToStore::Relay(relay)).await);
                Some(Input::Relayed { up_to, accepted })
            }
            Effect::Flush { first, last } => {
                let written = succeeded(self.flush(first, last).await);
                Some(Input::Flushed { last, written })
            }
            Effect::StopAccount(stop) => {
                succeeded(self.tell_store(ToStore::AccountStopped(stop)).await);
                None
            }
            Effect::Redact { .. } => {
                succeeded(self.redact_record().await);
                None
            }
            Effect::Erase => {
                succeeded(self.erase().await);
                None
            }
            // Done within the turn.
            Effect::Append(_)
            | Effect::Checkpoint(_)
            | Effect::Trim { .. }
            | Effect::Send { .. }
            | Effect::Broadcast { .. }
            | Effect::Answer(_)
            | Effect::Attach { .. }
            | Effect::Close { .. } => None,
        }
    }

    async fn catch_up(&self, connection: ConnectionId, after: Option<Seq>) {
        match self.replay(after).await {
            Ok(frame) => self.caught_up(connection, &frame),
            Err(error) => {
                error.log();
                // The page comes back and asks again.
                self.sockets().close(connection, 1011, "unavailable");
            }
        }
    }

    async fn issue_link(&self, channel: Channel) -> ApiResult<Option<Link>> {
        let who = self.who()?;
        let ask = ToStore::IssueLink { conversation: who.conversation, channel };
        let link: Option<Link> = call::store(&self.env, &who.store, ask).await?;
        Ok(link.map(|link| Link { qr: qr::encode(&link.url), ..link }))
    }

    async fn deliver(&self, delivery: &DeliveryId, body: serde_json::Value) -> SendResult {
        match self.send(&delivery.to.account, body).await {
            Ok(result) => result,
            Err(error) => {
                error.log();
                SendResult::NoAnswer
            }
        }
    }

    async fn send(&self, account: &ForeignId, body: serde_json::Value) -> ApiResult<SendResult> {
        let who = self.who()?;
        match call::store::<Option<String>>(&self.env, &who.store, ToStore::Permit).await {
            Ok(None) => Ok(messenger::send(&self.config.messenger, account, &body).await),
            Ok(Some(reason)) => Ok(SendResult::AccountStopped { reason }),
            Err(error) => {
                error.log();
                Ok(SendResult::PermitUnknown)
            }
        }
    }

    async fn tell_store(&self, ask: ToStore) -> ApiResult<()> {
        call::store(&self.env, &self.who()?.store, ask).await
    }

    async fn flush(&self, first: Seq, last: Seq) -> ApiResult<()> {
        let who = self.who()?;
        let record = Record::new(&self.env, &who)?;
        record.put_segment(first, &self.rows.between(first, last)?).await?;
        self.rows.put_segment(first, last)?;
        let head = Head {
            version: 1,
            store: who.store,
            conversation: who.conversation,
            seq: last,
            at: clock::now(),
            segments: self.rows.segments(Seq(0))?,
            snapshot: self.rows.meta("checkpoint")?,
        };
        record.put_head(&head).await?;
        // Has no part in whether the flush succeeded.
        self.redact_record().await.unwrap_or_else(|error| drop(error.log()));
        Ok(())
    }

    /// Rewrites the segments that have an entry whose words must go, without them. What cannot be done now, since
    /// its segment is just being written or not visible, is left for the alarm.
    pub(super) async fn redact_record(&self) -> ApiResult<()> {
        let waiting = self.rows.redactions()?;
        if waiting.is_empty() {
            return Ok(());
        }
        self.arm_in(REDACT_RETRY)?;
        let record = Record::new(&self.env, &self.who()?)?;
        for seq in waiting {
            let Some(first) = self.rows.segments(seq)?.first().copied() else { continue };
            let Some(events) = record.segment(first).await? else {
                log::error("segment_missing", &[("first", &first)]);
                continue;
            };
            let entries =
                events.into_iter().map(|event| if event.seq == seq { event.redacted() } else { event });
            let entries: Result<Vec<_>, _> = entries.map(|event| serde_json::to_string(&event)).collect();
            record.put_segment(first, &entries.map_err(ApiError::bug("event"))?).await?;
            self.rows.drop_redaction(seq)?;
        }
        Ok(())
    }

    /// Removes everything, wherever it is. May be done again from the start: the mark goes last.
    pub(super) async fn erase(&self) -> ApiResult<()> {
        let who = self.rows.meta("who")?.and_then(|text| serde_json::from_str::<call::Who>(&text).ok());
        let Some(who) = who else { return Ok(()) };
        if self.busy.get() > 0 {
            // What is under way would write again what is removed now.
            return self.arm_in(ERASE_SOON);
        }
        Record::new(&self.env, &who)?.erase(&self.rows.segments_and_next()?).await?;
        call::store::<()>(&self.env, &who.store, ToStore::Forget(who.conversation.clone())).await?;
        self.sockets().close_all(4410, "forgotten");
        self.drop_storage().await?;
        // Until KV shows everywhere that it is gone, nothing must be rebuilt from there.
        let until = clock::now() + self.config.pace.keep_ms;
        self.rows.keep_erased_until(until)?;
        self.arm_in(self.config.pace.keep_ms)
    }

    /// Nothing is left to be kept away from.
    pub(super) async fn end_erasure(&self, until: UnixMillis) -> ApiResult<()> {
        let now = clock::now();
        if now < until {
            return self.arm_in(until.since(now));
        }
        self.drop_storage().await?;
        self.may_start_anew();
        Ok(())
    }

    async fn drop_storage(&self) -> ApiResult<()> {
        let storage = self.state().storage();
        storage.delete_all().await.map_err(ApiError::unavailable("storage"))?;
        self.erased();
        Ok(())
    }
}

/// Whether it was done; if not, that is logged.
fn succeeded(result: ApiResult<()>) -> bool {
    result.map_err(ApiError::log).is_ok()
}
