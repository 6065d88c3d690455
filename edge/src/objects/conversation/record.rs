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
use domain::conversation::Event;
use domain::ids::{ConversationId, Seq, StoreId};
use domain::time::UnixMillis;
use serde::{Deserialize, Serialize};
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

    /// A segment's entries; none if KV does not have it.
    pub(super) async fn segment(&self, first: Seq) -> ApiResult<Vec<Event>> {
        let text = self.get(&self.segment_key(first)).await?.unwrap_or_else(|| "[]".to_owned());
        serde_json::from_str(&text).map_err(ApiError::bug("stored segment"))
    }

    /// Whether the conversation is in KV at all.
    pub(super) async fn exists(&self) -> ApiResult<bool> {
        Ok(self.get(&self.head_key()).await?.is_some())
    }

    /// Every segment: its first entry and its entries.
    pub(super) async fn segments(&self) -> ApiResult<Vec<(Seq, Vec<Event>)>> {
        let mut segments = Vec::new();
        for key in self.keys(&format!("{}e/", self.prefix)).await? {
            let first = key.rsplit('/').next().and_then(|digits| digits.parse().ok()).map(Seq);
            let Some(first) = first else { continue };
            segments.push((first, self.segment(first).await?));
        }
        Ok(segments)
    }

    /// Removes everything.
    pub(super) async fn erase(&self) -> ApiResult<()> {
        for key in self.keys(&self.prefix).await? {
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

    fn segment_key(&self, first: Seq) -> String {
        format!("{}e/{:012}", self.prefix, first.0)
    }

    fn head_key(&self) -> String {
        format!("{}head", self.prefix)
    }
}
