//! The conversation's rows in its object's own storage.
//!
//! `log` has the entries that are not in KV for certain, and the tail; `segment` says what is in KV; `meta`
//! has the checkpoint, whose conversation this is, and whether it is being erased; `redaction` what must still
//! be taken out of KV. Nothing is created before there is something to store.

use super::super::call::Who;
use super::super::sql::{self, Sql};
use crate::error::{ApiError, ApiResult};
use domain::conversation::Event;
use domain::ids::Seq;
use domain::time::UnixMillis;
use js_sys::JsString;
use std::cell::Cell;
use worker::SqlStorageValue;

const INSERT: &str = "INSERT INTO log (seq, json) VALUES (?, ?)";

/// The rows.
#[derive(Debug)]
pub(super) struct Rows {
    sql: Sql,
    insert: JsString,
    created: Cell<bool>,
}

impl Rows {
    pub(super) fn new(sql: Sql) -> Self {
        Self { sql, insert: INSERT.into(), created: Cell::new(false) }
    }

    /// Whether anything was ever stored.
    pub(super) fn exist(&self) -> ApiResult<bool> {
        if !self.created.get() {
            self.created.set(self.sql.has_table("meta")?);
        }
        Ok(self.created.get())
    }

    /// Makes room, once.
    pub(super) fn create(&self, who: &Who) -> ApiResult<()> {
        if self.exist()? {
            return Ok(());
        }
        self.create_tables()?;
        self.put_meta("who", &serde_json::to_string(who).map_err(ApiError::bug("who"))?)
    }

    fn create_tables(&self) -> ApiResult<()> {
        self.sql.run("CREATE TABLE log (seq INTEGER PRIMARY KEY, json TEXT NOT NULL)", vec![])?;
        self.sql.run("CREATE TABLE segment (first INTEGER PRIMARY KEY, last INTEGER NOT NULL)", vec![])?;
        self.sql.run("CREATE TABLE redaction (seq INTEGER PRIMARY KEY)", vec![])?;
        self.sql
            .run("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID", vec![])?;
        self.created.set(true);
        Ok(())
    }

    /// Everything is gone.
    pub(super) fn dropped(&self) {
        self.created.set(false);
    }

    pub(super) fn append(&self, event: &Event) -> ApiResult<()> {
        let json = serde_json::to_string(event).map_err(ApiError::bug("event"))?;
        #[allow(clippy::cast_precision_loss)] // below 2^53
        self.sql.insert(&self.insert, event.seq.0 as f64, &json)
    }

    pub(super) fn replace(&self, event: &Event) -> ApiResult<()> {
        let json = serde_json::to_string(event).map_err(ApiError::bug("event"))?;
        self.sql.run("UPDATE log SET json = ? WHERE seq = ?", vec![json.into(), number(event.seq)])
    }

    pub(super) fn trim(&self, up_to: Seq) -> ApiResult<()> {
        self.sql.run("DELETE FROM log WHERE seq <= ?", vec![number(up_to)])
    }

    /// The first entry that is still here.
    pub(super) fn first(&self) -> ApiResult<Option<Seq>> {
        if !self.exist()? {
            return Ok(None);
        }
        Ok(self.sql.numbers("SELECT MIN(seq) FROM log", vec![])?.first().copied().map(Seq))
    }

    /// The entries from `first` to `last` as they are stored.
    pub(super) fn between(&self, first: Seq, last: Seq) -> ApiResult<Vec<String>> {
        if !self.exist()? {
            return Ok(Vec::new());
        }
        let bounds = vec![number(first), number(last)];
        self.sql.texts("SELECT json FROM log WHERE seq >= ? AND seq <= ? ORDER BY seq", bounds)
    }

    /// Every entry that is here.
    pub(super) fn all(&self) -> ApiResult<Vec<Event>> {
        self.between(Seq(0), Seq((1 << 53) - 1)).and_then(|texts| decode(&texts))
    }

    /// Notes that a segment is in KV.
    pub(super) fn put_segment(&self, first: Seq, last: Seq) -> ApiResult<()> {
        self.sql.run(
            "INSERT OR REPLACE INTO segment (first, last) VALUES (?, ?)",
            vec![number(first), number(last)],
        )
    }

    /// The first entries of the segments in KV that have entries from `from` on.
    pub(super) fn segments(&self, from: Seq) -> ApiResult<Vec<Seq>> {
        if !self.exist()? {
            return Ok(Vec::new());
        }
        let firsts = self
            .sql
            .numbers("SELECT first FROM segment WHERE last >= ? ORDER BY first", vec![number(from)])?;
        Ok(firsts.into_iter().map(Seq).collect())
    }

    /// Notes that an entry's text must go from its segment in KV.
    pub(super) fn put_redaction(&self, seq: Seq) -> ApiResult<()> {
        self.sql.run("INSERT OR IGNORE INTO redaction (seq) VALUES (?)", vec![number(seq)])
    }

    /// It is gone from there.
    pub(super) fn drop_redaction(&self, seq: Seq) -> ApiResult<()> {
        self.sql.run("DELETE FROM redaction WHERE seq = ?", vec![number(seq)])
    }

    /// The entries whose text must go from KV.
    pub(super) fn redactions(&self) -> ApiResult<Vec<Seq>> {
        if !self.exist()? {
            return Ok(Vec::new());
        }
        Ok(self.sql.numbers("SELECT seq FROM redaction", vec![])?.into_iter().map(Seq).collect())
    }

    /// Notes that everything must go.
    pub(super) fn put_erasing(&self) -> ApiResult<()> {
        self.put_meta("erasing", "1")
    }

    /// Whether everything must go, or is just gone.
    pub(super) fn is_erased(&self, now: UnixMillis) -> ApiResult<bool> {
        Ok(self.is_erasing()? || self.erased_until()?.is_some_and(|until| now < until))
    }

    pub(super) fn is_erasing(&self) -> ApiResult<bool> {
        Ok(self.meta("erasing")?.is_some())
    }

    /// All that is kept of a conversation that was erased: until when KV may still show it.
    pub(super) fn keep_erased_until(&self, until: UnixMillis) -> ApiResult<()> {
        self.create_tables()?;
        self.put_meta("erased_until", &until.0.to_string())
    }

    pub(super) fn erased_until(&self) -> ApiResult<Option<UnixMillis>> {
        Ok(self.meta("erased_until")?.and_then(|until| until.parse().ok()).map(UnixMillis))
    }

    /// The first entries of the segments that may be in KV: those that are, and one that may have been on its way.
    pub(super) fn segments_and_next(&self) -> ApiResult<Vec<Seq>> {
        let mut firsts = self.segments(Seq(0))?;
        let last = self.sql.numbers("SELECT MAX(last) FROM segment", vec![])?.first().copied().unwrap_or(0);
        firsts.push(Seq(last).next());
        Ok(firsts)
    }

    pub(super) fn meta(&self, name: &str) -> ApiResult<Option<String>> {
        if !self.exist()? {
            return Ok(None);
        }
        Ok(self.sql.texts("SELECT value FROM meta WHERE name = ?", vec![name.into()])?.pop())
    }

    pub(super) fn put_meta(&self, name: &str, value: &str) -> ApiResult<()> {
        self.sql
            .run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", vec![name.into(), value.into()])
    }
}

/// Stored entries, read.
pub(super) fn decode(texts: &[String]) -> ApiResult<Vec<Event>> {
    texts
        .iter()
        .map(|text| serde_json::from_str(text).map_err(ApiError::unreadable("stored event")))
        .collect()
}

fn number(seq: Seq) -> SqlStorageValue {
    sql::number(seq.0)
}
