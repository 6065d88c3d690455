//! What a page gets of the log: from the object's own storage, and from KV where it was dropped here.

use super::host::Host;
use super::record::Record;
use super::rows;
use crate::clock;
use crate::error::ApiResult;
use crate::log;
use domain::conversation::{Event, replay};
use domain::ids::{ConnectionId, Seq};
use domain::wire::{ServerFrame, TAIL_EVENTS, encode_server};

/// The most entries one replay carries; a page that is further behind gets the last of them.
const MAX_REPLAY: u64 = 2_000;

impl Host {
    /// Shows a page what it lacks, if all of it is here.
    pub(super) fn replay_now(&self, connection: ConnectionId, after: Option<Seq>) -> ApiResult<bool> {
        let here = self.has_from(self.replay_start(after))?;
        if here {
            let frame = self.replay_stored(after, Vec::new())?;
            self.sockets().send(&[connection], &encode_server(&frame));
        }
        Ok(here)
    }

    /// The first entry a page gets that has everything up to `after`, or nothing.
    fn replay_start(&self, after: Option<Seq>) -> Seq {
        let last = self.last_seq().0;
        let tail = u64::try_from(TAIL_EVENTS).unwrap_or(u64::MAX);
        let wanted = after.map_or(last.saturating_sub(tail), |after| after.0);
        Seq(wanted.max(last.saturating_sub(MAX_REPLAY))).next()
    }

    /// Whether everything from `start` on is in the object's own storage.
    fn has_from(&self, start: Seq) -> ApiResult<bool> {
        Ok(start > self.last_seq() || self.rows.first()?.is_none_or(|first| first <= start))
    }

    /// What a page gets, read from KV where it must be. One that claims to have more than there is gets the tail.
    pub(super) async fn replay(&self, after: Option<Seq>) -> ApiResult<ServerFrame> {
        let after = after.filter(|after| *after <= self.last_seq());
        loop {
            let start = self.replay_start(after);
            if self.has_from(start)? {
                return self.replay_stored(after, Vec::new());
            }
            let kept_from = self.rows.first()?;
            let older = self.read_older(start).await?;
            // Unless more was dropped here meanwhile, the two join without a gap.
            if self.rows.first()? == kept_from {
                return self.replay_stored(after, older);
            }
        }
    }

    /// What a page gets, from `older` entries and what is in the object's own storage now.
    fn replay_stored(&self, after: Option<Seq>, older: Vec<Event>) -> ApiResult<ServerFrame> {
        let start = self.replay_start(after);
        let kept = rows::decode(&self.rows.between(start, self.last_seq())?)?;
        let first_kept = kept.first().map(|event| event.seq);
        let older = older
            .into_iter()
            .filter(|event| event.seq >= start && first_kept.is_none_or(|first| event.seq < first));
        let events: Vec<Event> = older.chain(kept).collect();
        let lacks_earlier = start > after.unwrap_or_default().next();
        Ok(replay(&events, self.last_seq(), lacks_earlier))
    }

    /// The entries from `start` on that are in KV and no longer here.
    async fn read_older(&self, start: Seq) -> ApiResult<Vec<Event>> {
        let record = Record::new(&self.env, &self.who()?)?;
        let before = self.rows.first()?.unwrap_or(Seq(1 << 53));
        let mut events = Vec::new();
        for first in self.rows.segments(start)?.into_iter().filter(|first| *first < before) {
            match record.segment(first).await? {
                Some(entries) => events.extend(entries),
                None => log::error("segment_missing", &[("first", &first)]),
            }
        }
        events.sort_by_key(|event: &Event| event.seq);
        events.dedup_by_key(|event| event.seq);
        Ok(events)
    }

    /// Everything, as one JSON document.
    pub(super) async fn export(&self) -> ApiResult<String> {
        let who = self.who()?;
        let mut events = self.read_older(Seq(1)).await?;
        events.extend(self.rows.all()?);
        events.sort_by_key(|event| event.seq);
        events.dedup_by_key(|event| event.seq);
        let export = serde_json::json!({
            "store": who.store,
            "conversation": who.conversation,
            "exported_at": clock::now(),
            "events": events,
        });
        Ok(export.to_string())
    }
}
