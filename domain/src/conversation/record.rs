//! KV as the record: when the log is written there, and when what is written is dropped here.
//!
//! An ordinary conversation costs a handful of writes: entries gather until the conversation is quiet, with a
//! least gap between two writes. Which entries a segment holds is noted before it is written, so that after a
//! crash the same segment is written again and none is ever rewritten with other entries.

use super::{Conversation, Effect, Snapshot, Turn};
use crate::ids::Seq;
use crate::time::{Millis, UnixMillis};
use crate::wire::TAIL_EVENTS;
use serde::{Deserialize, Serialize};

/// So many entries are written without waiting for quiet.
const FLUSH_ENTRIES: u64 = 400;

/// What is in KV, what is on its way there, and what staff were told: kept with the checkpoint.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Record {
    flushed: Seq,
    flushed_at: Option<UnixMillis>,
    flushing: Option<(Seq, Seq)>,
    /// The first entry after `flushed` was written then.
    oldest_at: Option<UnixMillis>,
    trimmed: Seq,
    #[serde(skip)]
    asked_at: Option<UnixMillis>,
    #[serde(skip)]
    failures: u32,
    #[serde(skip)]
    relay_not_before: UnixMillis,
    #[serde(skip)]
    relay_failures: u32,
}

impl Record {
    /// Everything up to `flushed` was read from KV.
    pub(super) fn rebuilt(flushed: Seq, now: UnixMillis) -> Self {
        Self { flushed, flushed_at: Some(now), ..Self::default() }
    }

    pub(super) fn flushed(&self) -> Seq {
        self.flushed
    }

    pub(super) fn flushed_or_flushing(&self) -> Seq {
        self.flushing.map_or(self.flushed, |(_, last)| last)
    }

    pub(super) fn grew(&mut self, at: UnixMillis) {
        self.oldest_at.get_or_insert(at);
    }

    pub(super) fn relay_not_before(&self) -> UnixMillis {
        self.relay_not_before
    }

    pub(super) fn relay_sent(&mut self, now: UnixMillis, timeout: Millis) {
        self.relay_not_before = now + timeout;
    }

    pub(super) fn relay_taken(&mut self, now: UnixMillis, gap: Millis) {
        self.relay_failures = 0;
        self.relay_not_before = now + gap;
    }

    pub(super) fn relay_refused(&mut self, now: UnixMillis, base: Millis, cap: Millis) {
        self.relay_not_before = now + backoff(self.relay_failures, base, cap);
        self.relay_failures = self.relay_failures.saturating_add(1);
    }
}

impl Conversation {
    pub(super) fn pump_record(&mut self, turn: &mut Turn) {
        if self.expired(turn.now) {
            self.forget(turn);
            return;
        }
        if self.flush_at().is_some_and(|at| turn.now >= at) {
            self.flush(turn);
        }
        if let Some(up_to) = self.trimmable().filter(|_| self.trim_at().is_some_and(|at| turn.now >= at)) {
            turn.persist(Effect::Trim { up_to });
            self.record.trimmed = up_to;
            self.checkpoint(turn);
        }
    }

    pub(super) fn record_wakeup(&self) -> Option<UnixMillis> {
        let trim_at = self.trimmable().and_then(|_| self.trim_at());
        [self.flush_at(), trim_at, self.expires_at()].into_iter().flatten().min()
    }

    pub(super) fn flush_answered(&mut self, turn: &mut Turn, last: Seq, written: bool) {
        self.record.asked_at = None;
        if !written {
            self.record.failures = self.record.failures.saturating_add(1);
            let wait =
                backoff(self.record.failures, self.config.pace.retry_base_ms, self.config.pace.retry_cap_ms);
            self.record.asked_at = Some(turn.now + wait);
            return;
        }
        self.record.failures = 0;
        if self.record.flushing.is_some_and(|(_, of)| of == last) {
            self.record.flushed = last;
            self.record.flushed_at = Some(turn.now);
            self.record.flushing = None;
            self.record.oldest_at = if self.state.last > last { Some(turn.now) } else { None };
            self.checkpoint(turn);
        }
    }

    fn flush(&mut self, turn: &mut Turn) {
        let (first, last) = self.record.flushing.unwrap_or((self.record.flushed.next(), self.state.last));
        if self.record.flushing.is_none() {
            self.record.flushing = Some((first, last));
            self.checkpoint(turn);
        }
        // Asked again only if no answer comes: the instance that asked may be gone.
        self.record.asked_at = Some(turn.now + self.config.pace.send_timeout_ms);
        turn.call(Effect::Flush { first, last });
    }

    fn flush_at(&self) -> Option<UnixMillis> {
        let pace = self.config.pace;
        if let Some(not_before) = self.record.asked_at {
            return Some(not_before);
        }
        if self.record.flushing.is_some() {
            return Some(self.state.last_at); // noted before a crash: at once
        }
        let unflushed = self.state.last.0.saturating_sub(self.record.flushed.0);
        if unflushed == 0 {
            return None;
        }
        let oldest_at = self.record.oldest_at.unwrap_or(self.state.last_at);
        let quiet_at = (self.state.last_at + pace.flush_idle_ms).min(oldest_at + pace.flush_gap_ms);
        let gap_at = self.record.flushed_at.map_or(UnixMillis::default(), |at| at + pace.flush_gap_ms);
        Some(if unflushed >= FLUSH_ENTRIES { self.state.last_at } else { quiet_at.max(gap_at) })
    }

    /// The last entry that may be dropped here: in KV, and not of the tail every page asks for.
    fn trimmable(&self) -> Option<Seq> {
        let tail = u64::try_from(TAIL_EVENTS).unwrap_or(u64::MAX);
        let up_to = Seq(self.record.flushed.0.min(self.state.last.0.saturating_sub(tail)));
        // In steps: not one write for every entry.
        (up_to.0 >= self.record.trimmed.0.saturating_add(tail)).then_some(up_to)
    }

    fn trim_at(&self) -> Option<UnixMillis> {
        self.record.flushed_at.map(|at| at + self.config.pace.keep_ms)
    }

    fn expires_at(&self) -> Option<UnixMillis> {
        let kept = Millis::days(u64::from(self.config.settings.retention_days));
        (self.state.last > Seq(0)).then(|| self.state.last_at + kept)
    }

    fn expired(&self, now: UnixMillis) -> bool {
        self.expires_at().is_some_and(|at| now >= at)
    }

    pub(super) fn checkpoint(&mut self, turn: &mut Turn) {
        // Plain data: writing it as JSON cannot fail; were it to, the log alone still tells everything.
        if let Ok(text) = serde_json::to_string(&(&self.state, &self.record)) {
            turn.persist(Effect::Checkpoint(Box::new(Snapshot(text))));
        }
    }
}

fn backoff(failures: u32, base: Millis, cap: Millis) -> Millis {
    Millis(base.0.saturating_mul(1_u64 << failures.min(20)).min(cap.0))
}
