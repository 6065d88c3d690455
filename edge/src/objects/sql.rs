//! An object's SQLite, as far as it is used: statements, and rows of a few columns.

use crate::error::{ApiError, ApiResult};
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use worker::{SqlStorage, SqlStorageValue, Storage};

/// A row's columns.
pub(super) type Row = Vec<SqlStorageValue>;

/// The database.
#[derive(Debug, Clone)]
pub(super) struct Sql(SqlStorage);

impl Sql {
    pub(super) fn new(storage: &Storage) -> Self {
        Self(storage.sql())
    }

    /// A statement without result.
    pub(super) fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> ApiResult<()> {
        self.0.exec(statement, values).map(drop).map_err(ApiError::unavailable("storage"))
    }

    /// A statement with a number and a text, both JavaScript's already: for what is stored with each message.
    pub(super) fn insert(&self, statement: &JsString, number: f64, text: &str) -> ApiResult<()> {
        let inserted = self.0.as_ref().unchecked_ref::<Statements>().exec(statement, number, &text.into());
        inserted.map(drop).map_err(|error| ApiError::unavailable("storage")(format!("{error:?}")))
    }

    /// A query's rows.
    pub(super) fn rows(&self, query: &str, values: Vec<SqlStorageValue>) -> ApiResult<Vec<Row>> {
        let cursor = self.0.exec(query, values).map_err(ApiError::unavailable("storage"))?;
        cursor.raw().collect::<worker::Result<_>>().map_err(ApiError::unavailable("storage"))
    }

    /// The first column of a query's rows, where it is text.
    pub(super) fn texts(&self, query: &str, values: Vec<SqlStorageValue>) -> ApiResult<Vec<String>> {
        Ok(self.rows(query, values)?.into_iter().filter_map(|row| text(row.into_iter().next())).collect())
    }

    /// The first column of a query's rows, where it is a whole number.
    pub(super) fn numbers(&self, query: &str, values: Vec<SqlStorageValue>) -> ApiResult<Vec<u64>> {
        Ok(self.rows(query, values)?.into_iter().filter_map(|row| whole(row.into_iter().next())).collect())
    }

    /// Whether there is a table of this name.
    pub(super) fn has_table(&self, name: &str) -> ApiResult<bool> {
        let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?";
        Ok(!self.texts(query, vec![name.into()])?.is_empty())
    }
}

/// A column's text.
pub(super) fn text(value: Option<SqlStorageValue>) -> Option<String> {
    match value? {
        SqlStorageValue::String(text) => Some(text),
        _ => None,
    }
}

/// A column's whole number.
pub(super) fn whole(value: Option<SqlStorageValue>) -> Option<u64> {
    match value? {
        SqlStorageValue::Integer(number) => u64::try_from(number).ok(),
        _ => None,
    }
}

/// A number below 2^53, which JavaScript has exactly.
pub(super) fn number(number: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

#[wasm_bindgen]
extern "C" {
    type Statements;

    #[wasm_bindgen(method, catch)]
    fn exec(
        this: &Statements,
        statement: &JsString,
        number: f64,
        text: &JsString,
    ) -> Result<JsValue, JsValue>;

    type Transactions;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &Transactions,
        run: &ScopedClosure<'_, dyn FnMut() -> Result<(), JsValue>>,
    ) -> Result<JsValue, JsValue>;
}

/// Everything `work` writes is stored, or, if it fails, nothing of it.
pub(super) fn transaction<T>(storage: &Storage, work: impl FnOnce() -> ApiResult<T>) -> ApiResult<T> {
    let mut work = Some(work);
    let mut done = None;
    let mut run = || -> Result<(), JsValue> {
        let result = work.take().map(|work| work());
        let failed = !matches!(result, Some(Ok(_)));
        done = result;
        // Thrown through JavaScript: that is what takes the writes back.
        if failed { Err(JsValue::from_str("taken back")) } else { Ok(()) }
    };
    let closure = ScopedClosure::<dyn FnMut() -> Result<(), JsValue>>::borrow_mut_aborting(&mut run);
    let committed = storage.as_raw().unchecked_ref::<Transactions>().transaction_sync(&closure);
    drop(closure);
    match (done, committed) {
        (Some(Ok(value)), Ok(_)) => Ok(value),
        (Some(Err(error)), _) => Err(error),
        (_, Err(error)) => Err(ApiError::unavailable("storage")(format!("{error:?}"))),
        (None, Ok(_)) => Err(ApiError::bug("storage")("transaction did not run")),
    }
}
