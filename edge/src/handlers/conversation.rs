//! A shopper's conversation, for the pages that hold its token.

use super::{Ask, json_text, nothing};
use crate::error::{ApiError, ApiResult, set};
use crate::limits;
use crate::objects::call::{self, ToConversation};
use domain::ids::{ConversationId, Seq, StoreId};
use domain::wire::{Problem, SUBPROTOCOL, TOKEN_PREFIX};
use worker::{Response, WebSocketPair};

/// How many frames a page that polls may post at once.
const MAX_FRAMES: usize = 64;

/// `GET …/live`: the conversation's WebSocket.
///
/// A browser shows its page nothing of a refused upgrade. So whoever offers `openline.v1` gets the socket
/// in any case, and a refusal as its close code: 4401 no good token, 4403 not from this origin or not this
/// conversation, 4404 no such store, 4410 deleted, 4429 too much, 4503 not now. Others get the HTTP status.
pub(crate) async fn live(ask: &Ask, store: StoreId, id: ConversationId) -> ApiResult {
    let is_upgrade = ask.header("upgrade").is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"));
    if !is_upgrade {
        return Err(Problem::UpgradeRequired.into());
    }
    let offered = ask.header("sec-websocket-protocol").unwrap_or_default();
    let mut offered = offered.split(',').map(str::trim);
    let token = offered.clone().find_map(|protocol| protocol.strip_prefix(TOKEN_PREFIX)).map(str::to_owned);
    let speaks = offered.any(|protocol| protocol == SUBPROTOCOL);
    let opened = match ask.with_token(token, store, id).await {
        Ok(who) => call::socket(&ask.env, &who).await,
        Err(error) => Err(error),
    };
    match opened {
        Err(error) if speaks => refuse(error),
        opened => opened,
    }
}

/// Accepts the socket to say why not.
fn refuse(error: ApiError) -> ApiResult {
    let (code, reason) = match &error {
        ApiError::Rejected(rejection) => (4000 + rejection.details.status, rejection.details.title.clone()),
        ApiError::Unavailable { .. } | ApiError::Bug { .. } => {
            (4503, Problem::Unavailable.title().to_owned())
        }
    };
    error.log();
    let pair = WebSocketPair::new().map_err(ApiError::bug("socket"))?;
    pair.server.accept().map_err(ApiError::bug("socket"))?;
    pair.server.close(Some(code), Some(reason)).map_err(ApiError::bug("socket"))?;
    let response = Response::from_websocket(pair.client).map_err(ApiError::bug("socket"))?;
    set(response.headers(), "sec-websocket-protocol", SUBPROTOCOL);
    Ok(response)
}

/// `GET …/events?after=SEQ`: what came since, for pages whose network blocks WebSockets.
pub(crate) async fn events(ask: &Ask, store: StoreId, id: ConversationId) -> ApiResult {
    let who = ask.with_token(ask.bearer(), store, id).await?;
    let after = after(ask)?;
    json_text(call::conversation_text(&ask.env, &who, ToConversation::Events { after }).await?)
}

/// `POST …/events?after=SEQ`: what such a page says, as a list of frames; answered with what came since, too.
pub(crate) async fn say(ask: &mut Ask, store: StoreId, id: ConversationId) -> ApiResult {
    let who = ask.with_token(ask.bearer(), store, id).await?;
    let after = after(ask)?;
    let body = limits::text(&mut ask.request, limits::FRAMES_BYTES).await?;
    let frames: Vec<serde_json::Value> = serde_json::from_str(&body).map_err(|_| Problem::BadRequest)?;
    if frames.len() > MAX_FRAMES {
        return Err(ApiError::rejected(
            Problem::BadRequest.with_detail(format!("at most {MAX_FRAMES} frames")),
        ));
    }
    let frames = frames.iter().map(ToString::to_string).collect();
    json_text(call::conversation_text(&ask.env, &who, ToConversation::Say { frames, after }).await?)
}

/// `GET …/export`: everything that is kept.
pub(crate) async fn export(ask: &Ask, store: StoreId, id: ConversationId) -> ApiResult {
    let who = ask.with_token_or_signature(store, id).await?;
    let response = json_text(call::conversation_text(&ask.env, &who, ToConversation::Export).await?)?;
    set(response.headers(), "content-disposition", "attachment; filename=\"conversation.json\"");
    Ok(response)
}

/// `DELETE …`: deletes everything, wherever it is.
pub(crate) async fn forget(ask: &Ask, store: StoreId, id: ConversationId) -> ApiResult {
    let who = ask.with_token_or_signature(store, id).await?;
    call::conversation::<()>(&ask.env, &who, ToConversation::Forget).await?;
    Ok(nothing())
}

/// The last entry the page has, as the query says it.
fn after(ask: &Ask) -> Result<Option<Seq>, ApiError> {
    let url = ask.request.url().map_err(ApiError::bug("url"))?;
    let after = url.query_pairs().find(|(name, _)| name == "after").map(|(_, value)| value.into_owned());
    Ok(after.map(|text| seq(&text).ok_or(Problem::BadRequest)).transpose()?)
}

/// A place in the log, as a query says it.
fn seq(text: &str) -> Option<Seq> {
    text.parse().ok().filter(|seq| *seq < 1 << 53).map(Seq)
}
