//! KV as the record: what a conversation's object writes there, reads back and removes.
//!
//! | key | value |
//! |---|---|
//! | `c/{store}/{conversation}/e/{first:012}` | a segment: a JSON array of events, from `first` on |
//! | `c/{store}/{conversation}/head` | [`Head`] as JSON: what there is, and the state derived from it |
//!
//! A segment is written once; only a message taken back by its author is rewritten, without its text.

use super::super::KV;
use super::super::call::Who;
use crate::error::{ApiError, ApiResult};
use crate::log;
use domain::conversation::Event;
use domain::ids::{ConversationId, Seq, StoreId};
use domain::time::{Millis, UnixMillis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use worker::{Env, KvStore};

/// What a conversation's head says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// Of this form: 1.
    pub(super) version: u32,
    pub(super) store: StoreId,
    pub(super) conversation: ConversationId,
    /// The last entry in KV.
    pub(super) seq: Seq,
    /// When it was written.
    pub(super) at: UnixMillis,
    /// The first entry of each segment.
    pub(super) segments: Vec<Seq>,
    /// The derived state, as the machine writes it.
    pub(super) snapshot: Option<String>,
}

/// One conversation's keys.
#[derive(Debug)]
pub(super) struct Record {
    kv: KvStore,
    prefix: String,
}

impl Record {
    pub(super) fn new(env: &Env, who: &Who) -> ApiResult<Self> {
        let kv = env.kv(KV).map_err(ApiError::unavailable(KV))?;
        Ok(Self { kv, prefix: format!("c/{}/{}/", who.store, who.conversation) })
    }

    /// Writes a segment: entries as they are stored, oldest first.
    pub(super) async fn put_segment(&self, first: Seq, entries: &[String]) -> ApiResult<()> {
        self.put(&self.segment_key(first), &format!("[{}]", entries.join(","))).await
    }

    pub(super) async fn put_head(&self, head: &Head) -> ApiResult<()> {
        self.put(&self.head_key(), &serde_json::to_string(head).map_err(ApiError::bug("head"))?).await
    }

    /// A segment's entries, if KV has it.
    pub(super) async fn segment(&self, first: Seq) -> ApiResult<Option<Vec<Event>>> {
        let text = self.get(&self.segment_key(first)).await?;
        text.map(|text| serde_json::from_str(&text).map_err(ApiError::unreadable("stored segment")))
            .transpose()
    }

    /// Every segment, its first entry and its entries; none of a conversation that was never written. What the head
    /// tells of may not be visible for as long as `settles_in` after it was written.
    pub(super) async fn read(
        &self,
        now: UnixMillis,
        settles_in: Millis,
    ) -> ApiResult<Vec<(Seq, Vec<Event>)>> {
        let Some(head) = self.get(&self.head_key()).await? else { return Ok(Vec::new()) };
        let head: Head = serde_json::from_str(&head).map_err(ApiError::unreadable("stored head"))?;
        // A crash may have come between the last segment and the head that names it.
        let listed = self.keys(&self.segments_prefix()).await?;
        let listed = listed.iter().filter_map(|key| key.rsplit('/').next()?.parse().ok()).map(Seq);
        let firsts: BTreeSet<Seq> = head.segments.iter().copied().chain(listed).collect();
        let mut segments = Vec::new();
        let mut next = Seq(1);
        for first in firsts {
            let entries = self.segment(first).await?.unwrap_or_default();
            if first == next && !entries.is_empty() {
                next = entries.last().map_or(next, |event| event.seq.next());
            }
            segments.push((first, entries));
        }
        if next <= head.seq {
            if now.since(head.at) < settles_in {
                return Err(ApiError::unavailable(KV)("not all segments are visible yet"));
            }
            log::error("record_incomplete", &[("from", &next), ("to", &head.seq)]);
        }
        Ok(segments)
    }

    /// Removes everything that is listed, and the segments `firsts`, listed or not.
    pub(super) async fn erase(&self, firsts: &[Seq]) -> ApiResult<()> {
        let known = firsts.iter().map(|first| self.segment_key(*first)).chain([self.head_key()]);
        let keys: BTreeSet<String> = self.keys(&self.prefix).await?.into_iter().chain(known).collect();
        for key in keys {
            self.kv.delete(&key).await.map_err(ApiError::unavailable(KV))?;
        }
        Ok(())
    }

    async fn keys(&self, prefix: &str) -> ApiResult<Vec<String>> {
        let mut keys = Vec::new();
        let mut cursor = None;
        loop {
            let mut list = self.kv.list().prefix(prefix.to_owned());
            if let Some(cursor) = cursor {
                list = list.cursor(cursor);
            }
            let page = list.execute().await.map_err(ApiError::unavailable(KV))?;
            keys.extend(page.keys.into_iter().map(|key| key.name));
            cursor = page.cursor.filter(|_| !page.list_complete);
            if cursor.is_none() {
                return Ok(keys);
            }
        }
    }

    async fn get(&self, key: &str) -> ApiResult<Option<String>> {
        self.kv.get(key).text().await.map_err(ApiError::unavailable(KV))
    }

    async fn put(&self, key: &str, value: &str) -> ApiResult<()> {
        let put = self.kv.put(key, value).map_err(ApiError::bug("record"))?;
        put.execute().await.map_err(ApiError::unavailable(KV))
    }

    fn segments_prefix(&self) -> String {
        format!("{}e/", self.prefix)
    }

    fn segment_key(&self, first: Seq) -> String {
        format!("{}{:012}", self.segments_prefix(), first.0)
    }

    fn head_key(&self) -> String {
        format!("{}head", self.prefix)
    }
}
