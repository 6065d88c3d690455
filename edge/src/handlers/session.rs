//! `POST /v1/{store}/sessions`: who a page is to us from now on.

use super::{Ask, json};
use crate::error::{ApiError, ApiResult};
use crate::limits;
use crate::random;
use crate::rate::{Buckets, network};
use crate::token::{self, Grant};
use domain::ids::StoreId;
use domain::wire::{Problem, Session, SessionRequest};

thread_local! {
    static PER_NETWORK: Buckets<(StoreId, String)> = Buckets::default();
    static PER_STORE: Buckets<StoreId> = Buckets::default();
}

/// Goes on with the conversation of the token, or begins one. The token is always a new one, good for
/// another 90 days. One that is no longer good costs its page no more than a new conversation.
pub(crate) async fn open(ask: &mut Ask, store: StoreId) -> ApiResult {
    let origin = ask.origin(&store).await?;
    let body = limits::text(&mut ask.request, limits::SESSION_BYTES).await?;
    let asked = if body.is_empty() {
        SessionRequest::default()
    } else {
        serde_json::from_str(&body).map_err(|_| Problem::BadRequest)?
    };
    let known = match asked.token {
        Some(token) => ask.grant(&token, &store, &origin)?,
        None => None,
    };
    let resumed = known.is_some();
    let conversation = if let Some(grant) = known {
        grant.conversation
    } else {
        admit(ask, &store)?;
        random::conversation()?
    };
    let expires_at = ask.now + token::LIFETIME;
    let grant = Grant { store, conversation: conversation.clone(), origin, expires_at };
    json(&Session { token: token::seal(ask.secret()?, &grant), conversation, resumed })
}

/// Counts a new session against its network and its store.
fn admit(ask: &Ask, store: &StoreId) -> ApiResult<()> {
    let rates = ask.config.rates;
    let network = network(&ask.header("cf-connecting-ip").unwrap_or_default());
    PER_NETWORK
        .with(|buckets| buckets.take(ask.now, (store.clone(), network), rates.sessions_per_network))
        .map_err(ApiError::too_many)?;
    PER_STORE
        .with(|buckets| buckets.take(ask.now, store.clone(), rates.sessions_per_store))
        .map_err(ApiError::too_many)
}
