//! The desk's rows in SQLite.
//!
//! A row that cannot be read or written is remembered, and fails the whole input when it is done: its
//! transaction is taken back. So the desk itself need not know that storage can fail.

use super::super::sql::{Row, Sql, number, text, whole};
use super::tables::TABLES;
use crate::error::{ApiError, ApiResult};
use domain::channel::Address;
use domain::desk::{Forward, LinkRecord, Opens, QueuedForward, QueuedSend, Records, Said, StaffRecord};
use domain::ids::{ConversationId, ForeignId, LinkReference, Seq, StaffId};
use domain::time::UnixMillis;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use worker::SqlStorageValue;

/// When a send is due that is held until its person writes: never, as a number the column can order.
const HELD: u64 = 253_402_300_799_999;

/// The rows, for one input.
#[derive(Debug)]
pub(super) struct SqliteRecords {
    sql: Sql,
    failure: RefCell<Option<ApiError>>,
}

impl SqliteRecords {
    /// The rows of one input.
    pub(super) fn new(sql: &Sql) -> Self {
        Self { sql: sql.clone(), failure: RefCell::default() }
    }

    /// Makes the tables that are not there yet.
    pub(super) fn create(sql: &Sql) -> ApiResult<()> {
        TABLES.iter().try_for_each(|table| sql.run(table, vec![]))
    }

    /// Whether all went well.
    pub(super) fn finish(&self) -> ApiResult<()> {
        self.failure.borrow_mut().take().map_or(Ok(()), Err)
    }

    fn ok<T: Default>(&self, result: ApiResult<T>) -> T {
        result.unwrap_or_else(|error| {
            self.failure.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    fn run(&self, statement: &str, values: Vec<SqlStorageValue>) {
        self.ok(self.sql.run(statement, values));
    }

    fn rows(&self, query: &str, values: Vec<SqlStorageValue>) -> Vec<Row> {
        self.ok(self.sql.rows(query, values))
    }

    fn text(&self, query: &str, values: Vec<SqlStorageValue>) -> Option<String> {
        self.ok(self.sql.texts(query, values)).into_iter().next()
    }

    fn number(&self, query: &str, values: Vec<SqlStorageValue>) -> Option<u64> {
        self.ok(self.sql.numbers(query, values)).into_iter().next()
    }

    fn json<T: Serialize>(&self, value: &T) -> SqlStorageValue {
        self.ok(serde_json::to_string(value).map_err(ApiError::bug("row"))).into()
    }

    fn read<T: DeserializeOwned>(&self, text: Option<String>) -> Option<T> {
        self.ok(text.map(|text| serde_json::from_str(&text).map_err(ApiError::unreadable("row"))).transpose())
    }

    fn id<T: TryFrom<String>>(&self, text: Option<String>) -> Option<T> {
        let parsed = text.map(|text| T::try_from(text).map_err(|_| ApiError::bug("row")("not an id")));
        self.ok(parsed.transpose())
    }

    fn queued_forward(&self, row: Row) -> Option<QueuedForward> {
        let mut columns = row.into_iter();
        Some(QueuedForward {
            number: whole(columns.next())?,
            conversation: self.id(text(columns.next()))?,
            forward: self.read(text(columns.next()))?,
            attempts: whole(columns.next()).and_then(|attempts| attempts.try_into().ok())?,
            due_at: UnixMillis(whole(columns.next())?),
        })
    }

    fn queued_send(&self, row: Row) -> Option<QueuedSend> {
        let mut columns = row.into_iter();
        Some(QueuedSend {
            number: whole(columns.next())?,
            to: self.read(text(columns.next()))?,
            about: self.id(text(columns.next())),
            body: self.read(text(columns.next()))?,
            attempts: whole(columns.next()).and_then(|attempts| attempts.try_into().ok())?,
            due_at: whole(columns.next()).filter(|due_at| *due_at < HELD).map(UnixMillis),
        })
    }
}

impl Records for SqliteRecords {
    fn conversation_at(&self, address: &Address) -> Option<ConversationId> {
        self.id(self.text("SELECT conversation FROM address WHERE address = ?", vec![self.json(address)]))
    }

    fn bind(&mut self, address: &Address, conversation: &ConversationId) {
        let values = vec![self.json(address), conversation.as_str().into()];
        self.run("INSERT OR REPLACE INTO address (address, conversation) VALUES (?, ?)", values);
    }

    fn unbind(&mut self, address: &Address) {
        self.run("DELETE FROM address WHERE address = ?", vec![self.json(address)]);
    }

    fn put_former(&mut self, address: &Address, conversation: &ConversationId) {
        let values = vec![self.json(address), conversation.as_str().into()];
        self.run("INSERT OR REPLACE INTO former_address (address, conversation) VALUES (?, ?)", values);
    }

    fn formers_at(&self, address: &Address) -> Vec<ConversationId> {
        let query = "SELECT conversation FROM former_address WHERE address = ?";
        let texts = self.ok(self.sql.texts(query, vec![self.json(address)]));
        texts.into_iter().filter_map(|text| self.id(Some(text))).collect()
    }

    fn is_bound(&self, conversation: &ConversationId) -> bool {
        let query = "SELECT address FROM address WHERE conversation = ?
            UNION ALL SELECT address FROM former_address WHERE conversation = ? LIMIT 1";
        self.text(query, vec![conversation.as_str().into(), conversation.as_str().into()]).is_some()
    }

    fn addresses_of(&self, conversation: &ConversationId) -> Vec<Address> {
        let query = "SELECT address FROM address WHERE conversation = ?";
        let texts = self.ok(self.sql.texts(query, vec![conversation.as_str().into()]));
        texts.into_iter().filter_map(|text| self.read(Some(text))).collect()
    }

    fn first_seen(&mut self, key: &str, now: UnixMillis) -> bool {
        let known = self.was_seen(key);
        if !known {
            self.run("INSERT INTO seen (key, at) VALUES (?, ?)", vec![key.into(), number(now.0)]);
        }
        !known
    }

    fn was_seen(&self, key: &str) -> bool {
        self.number("SELECT at FROM seen WHERE key = ?", vec![key.into()]).is_some()
    }

    fn forget_seen(&mut self, before: UnixMillis) {
        self.run("DELETE FROM seen WHERE at < ?", vec![number(before.0)]);
        // Nobody answers a message that old by quoting it.
        self.run("DELETE FROM told_message WHERE at < ?", vec![number(before.0)]);
    }

    fn link(&self, reference: &LinkReference) -> Option<LinkRecord> {
        self.read(self.text("SELECT json FROM link WHERE reference = ?", vec![reference.as_str().into()]))
    }

    fn link_by_code(&self, code: &str, now: UnixMillis) -> Option<LinkRecord> {
        let query =
            "SELECT json FROM link WHERE code = ? AND expires_at > ? ORDER BY expires_at DESC LIMIT 1";
        self.read(self.text(query, vec![code.into(), number(now.0)]))
    }

    fn put_link(&mut self, link: &LinkRecord) {
        let conversation = match &link.opens {
            Opens::Conversation(conversation) => SqlStorageValue::from(conversation.as_str()),
            Opens::Staff(_) => SqlStorageValue::Null,
        };
        let (reference, code) = (link.reference.as_str().into(), link.code.as_str().into());
        self.run(
            "INSERT OR REPLACE INTO link (reference, code, conversation, expires_at, json) VALUES (?, ?, ?, ?, ?)",
            vec![reference, code, conversation, number(link.expires_at.0), self.json(link)],
        );
    }

    fn drop_links(&mut self, before: UnixMillis) {
        self.run("DELETE FROM link WHERE expires_at < ?", vec![number(before.0)]);
    }

    fn count_wrong_code(&mut self, address: &Address, now: UnixMillis, since: UnixMillis) -> u32 {
        self.run("DELETE FROM wrong_code WHERE at < ?", vec![number(since.0)]);
        let values = vec![self.json(address), number(now.0)];
        self.run("INSERT INTO wrong_code (address, at) VALUES (?, ?)", values);
        self.wrong_codes(address, since)
    }

    fn wrong_codes(&self, address: &Address, since: UnixMillis) -> u32 {
        let query = "SELECT COUNT(*) FROM wrong_code WHERE address = ? AND at >= ?";
        let count = self.number(query, vec![self.json(address), number(since.0)]);
        count.and_then(|count| count.try_into().ok()).unwrap_or(u32::MAX)
    }

    fn staff(&self, id: &StaffId) -> Option<StaffRecord> {
        self.read(self.text("SELECT json FROM staff WHERE id = ?", vec![id.as_str().into()]))
    }

    fn staff_at(&self, address: &Address) -> Option<StaffRecord> {
        self.read(self.text("SELECT json FROM staff WHERE address = ?", vec![self.json(address)]))
    }

    fn all_staff(&self) -> Vec<StaffRecord> {
        let texts = self.ok(self.sql.texts("SELECT json FROM staff ORDER BY id", vec![]));
        texts.into_iter().filter_map(|text| self.read(Some(text))).collect()
    }

    fn put_staff(&mut self, staff: &StaffRecord) {
        let address = staff.address.as_ref().map_or(SqlStorageValue::Null, |address| self.json(address));
        let values = vec![staff.id.as_str().into(), address, self.json(staff)];
        self.run("INSERT OR REPLACE INTO staff (id, address, json) VALUES (?, ?, ?)", values);
    }

    fn remove_staff(&mut self, id: &StaffId) {
        self.run("DELETE FROM staff WHERE id = ?", vec![id.as_str().into()]);
        // The id as it stands in the row: it is random, and no conversation's.
        let opens = self.json(&Opens::Staff(id.clone()));
        self.run("DELETE FROM link WHERE conversation IS NULL AND instr(json, ?) > 0", vec![opens]);
    }

    fn put_told(&mut self, to: &Address, id: &ForeignId, of: &Said, now: UnixMillis) {
        let values = vec![
            self.json(to),
            id.as_str().into(),
            of.conversation.as_str().into(),
            number(of.seq.0),
            number(now.0),
        ];
        let statement =
            "INSERT OR REPLACE INTO told_message (address, id, conversation, seq, at) VALUES (?, ?, ?, ?, ?)";
        self.run(statement, values);
    }

    fn told(&self, to: &Address, id: &ForeignId) -> Option<Said> {
        let which = || vec![self.json(to), id.as_str().into()];
        let conversation =
            self.text("SELECT conversation FROM told_message WHERE address = ? AND id = ?", which());
        let seq = self.number("SELECT seq FROM told_message WHERE address = ? AND id = ?", which())?;
        Some(Said { conversation: self.id(conversation)?, seq: Seq(seq) })
    }

    fn relayed(&self, conversation: &ConversationId) -> u64 {
        let query = "SELECT up_to FROM relayed WHERE conversation = ?";
        self.number(query, vec![conversation.as_str().into()]).unwrap_or_default()
    }

    fn put_relayed(&mut self, conversation: &ConversationId, up_to: u64) {
        let values = vec![conversation.as_str().into(), number(up_to)];
        self.run("INSERT OR REPLACE INTO relayed (conversation, up_to) VALUES (?, ?)", values);
    }

    fn push_forward(&mut self, conversation: &ConversationId, forward: &Forward, due_at: UnixMillis) {
        self.run(
            "INSERT INTO forward (conversation, json, attempts, due_at) VALUES (?, ?, 0, ?)",
            vec![conversation.as_str().into(), self.json(forward), number(due_at.0)],
        );
    }

    fn due_forwards(&self, now: UnixMillis, limit: usize) -> Vec<QueuedForward> {
        let query = "SELECT number, conversation, json, attempts, due_at FROM forward
            WHERE number IN (SELECT MIN(number) FROM forward GROUP BY conversation) AND due_at <= ?
            ORDER BY number LIMIT ?";
        let rows = self.rows(query, vec![number(now.0), number(limit as u64)]);
        rows.into_iter().filter_map(|row| self.queued_forward(row)).collect()
    }

    fn next_forward_at(&self) -> Option<UnixMillis> {
        let query = "SELECT MIN(due_at) FROM forward
            WHERE number IN (SELECT MIN(number) FROM forward GROUP BY conversation)";
        self.number(query, vec![]).map(UnixMillis)
    }

    fn forward(&self, queued: u64) -> Option<QueuedForward> {
        let query = "SELECT number, conversation, json, attempts, due_at FROM forward WHERE number = ?";
        self.rows(query, vec![number(queued)]).into_iter().find_map(|row| self.queued_forward(row))
    }

    fn retry_forward(&mut self, queued: u64, attempts: u32, due_at: UnixMillis) {
        let values = vec![number(attempts.into()), number(due_at.0), number(queued)];
        self.run("UPDATE forward SET attempts = ?, due_at = ? WHERE number = ?", values);
    }

    fn drop_forward(&mut self, queued: u64) {
        self.run("DELETE FROM forward WHERE number = ?", vec![number(queued)]);
    }

    fn push_send(
        &mut self,
        to: &Address,
        body: &serde_json::Value,
        about: Option<&ConversationId>,
        due_at: Option<UnixMillis>,
    ) {
        let about = about.map_or(SqlStorageValue::Null, |about| about.as_str().into());
        self.run(
            "INSERT INTO send (address, about, json, attempts, due_at) VALUES (?, ?, ?, 0, ?)",
            vec![self.json(to), about, self.json(body), due(due_at)],
        );
    }

    fn due_sends(&self, now: UnixMillis, limit: usize) -> Vec<QueuedSend> {
        let query = "SELECT number, address, about, json, attempts, due_at FROM send
            WHERE number IN (SELECT MIN(number) FROM send GROUP BY address) AND due_at <= ?
            ORDER BY number LIMIT ?";
        let rows = self.rows(query, vec![number(now.0), number(limit as u64)]);
        rows.into_iter().filter_map(|row| self.queued_send(row)).collect()
    }

    fn next_send_at(&self) -> Option<UnixMillis> {
        let query = "SELECT MIN(due_at) FROM send
            WHERE number IN (SELECT MIN(number) FROM send GROUP BY address)";
        self.number(query, vec![]).filter(|due_at| *due_at < HELD).map(UnixMillis)
    }

    fn sends_to(&self, address: &Address) -> Vec<QueuedSend> {
        let query = "SELECT number, address, about, json, attempts, due_at FROM send WHERE address = ? ORDER BY number";
        let rows = self.rows(query, vec![self.json(address)]);
        rows.into_iter().filter_map(|row| self.queued_send(row)).collect()
    }

    fn send(&self, queued: u64) -> Option<QueuedSend> {
        let query = "SELECT number, address, about, json, attempts, due_at FROM send WHERE number = ?";
        self.rows(query, vec![number(queued)]).into_iter().find_map(|row| self.queued_send(row))
    }

    fn retry_send(&mut self, queued: u64, attempts: u32, due_at: Option<UnixMillis>) {
        let values = vec![number(attempts.into()), due(due_at), number(queued)];
        self.run("UPDATE send SET attempts = ?, due_at = ? WHERE number = ?", values);
    }

    fn drop_send(&mut self, queued: u64) {
        self.run("DELETE FROM send WHERE number = ?", vec![number(queued)]);
    }

    fn note(&self, name: &str) -> Option<String> {
        self.text("SELECT value FROM note WHERE name = ?", vec![name.into()])
    }

    fn put_note(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => {
                let values = vec![name.into(), value.into()];
                self.run("INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", values);
            }
            None => self.run("DELETE FROM note WHERE name = ?", vec![name.into()]),
        }
    }

    fn forget(&mut self, conversation: &ConversationId) {
        for statement in [
            "DELETE FROM wrong_code WHERE address IN (SELECT address FROM address WHERE conversation = ?)",
            "DELETE FROM address WHERE conversation = ?",
            "DELETE FROM former_address WHERE conversation = ?",
            "DELETE FROM link WHERE conversation = ?",
            "DELETE FROM told_message WHERE conversation = ?",
            "DELETE FROM relayed WHERE conversation = ?",
            "DELETE FROM forward WHERE conversation = ?",
            "DELETE FROM send WHERE about = ?",
        ] {
            self.run(statement, vec![conversation.as_str().into()]);
        }
    }

    fn forget_person(&mut self, address: &Address) {
        for statement in [
            "DELETE FROM send WHERE address = ?",
            "DELETE FROM told_message WHERE address = ?",
            "DELETE FROM wrong_code WHERE address = ?",
            "DELETE FROM link WHERE instr(json, ?) > 0",
        ] {
            self.run(statement, vec![self.json(address)]);
        }
    }
}

fn due(due_at: Option<UnixMillis>) -> SqlStorageValue {
    number(due_at.map_or(HELD, |due_at| due_at.0))
}
