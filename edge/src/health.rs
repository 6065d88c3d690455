//! `GET /healthz`: whether KV and both kinds of objects answer.
//!
//! What was found is believed for a few seconds per isolate, so that asking often costs nothing;
//! `?deep=1` always looks.

use crate::clock;
use crate::config::Config;
use crate::error::{ApiError, ApiResult};
use crate::objects::KV;
use crate::objects::call::{self, ToConversation, ToStore, Who};
use domain::ids::{ConversationId, StoreId};
use domain::time::{Millis, UnixMillis};
use serde::Serialize;
use std::cell::Cell;
use worker::Env;

const FRESH_FOR: Millis = Millis::seconds(5);

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(clippy::struct_excessive_bools)] // one per thing that is looked at
pub(crate) struct Health {
    /// Whether all of it is well.
    pub(crate) ok: bool,
    /// KV can be read.
    pub(crate) kv: bool,
    /// Conversations answer.
    pub(crate) conversation: bool,
    /// Stores answer.
    pub(crate) store: bool,
    /// `OPENLINE_SECRET` is set.
    pub(crate) secret: bool,
}

thread_local! {
    static LAST: Cell<Option<(UnixMillis, Health)>> = const { Cell::new(None) };
}

/// Looks, or recalls what was found a moment ago.
pub(crate) async fn check(env: &Env, config: &Config, deep: bool) -> Health {
    let now = clock::now();
    if let Some((at, health)) = LAST.get()
        && !deep
        && health.ok
        && now.since(at) < FRESH_FOR
    {
        return health;
    }
    let kv = found(read_kv(env).await);
    let conversation = found(ping_conversation(env).await);
    let store = found(ping_store(env).await);
    let secret = config.secret.is_some();
    let health = Health { ok: kv && conversation && store && secret, kv, conversation, store, secret };
    LAST.set(Some((now, health)));
    health
}

async fn read_kv(env: &Env) -> ApiResult<()> {
    let kv = env.kv(KV).map_err(ApiError::unavailable(KV))?;
    kv.get("healthz").text().await.map(drop).map_err(ApiError::unavailable(KV))
}

async fn ping_conversation(env: &Env) -> ApiResult<()> {
    let who =
        Who { store: probe()?, conversation: ConversationId::parse("healthz").map_err(ApiError::bug("id"))? };
    call::conversation(env, &who, ToConversation::Ping).await
}

async fn ping_store(env: &Env) -> ApiResult<()> {
    call::store(env, &probe()?, ToStore::Ping).await
}

fn probe() -> ApiResult<StoreId> {
    StoreId::parse("healthz").map_err(ApiError::bug("id"))
}

fn found(result: ApiResult<()>) -> bool {
    result.map_err(ApiError::log).is_ok()
}
