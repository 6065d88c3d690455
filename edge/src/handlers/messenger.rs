//! What Meta asks: the handshake, webhooks, and the deletion of a person's data.

use super::{Ask, json};
use crate::config::Secret;
use crate::error::{ApiError, ApiResult, set};
use crate::limits;
use crate::log;
use crate::objects::call::{self, Deletion, DeletionStatus, ToStore};
use crate::random;
use crate::signature::is_metas;
use domain::channel::Inbound;
use domain::channel::messenger::{
    HandshakeError, MAX_WEBHOOK_BYTES, decode_deletion_form, decode_handshake, decode_webhook,
    parse_signature_header,
};
use domain::desk::IntakeItem;
use domain::ids::StoreId;
use domain::wire::{DeletionReceipt, Problem};
use worker::Response;

/// `GET /webhooks/messenger/{store}`: Meta makes sure that this is ours.
pub(crate) async fn handshake(ask: &Ask, store: &StoreId) -> ApiResult {
    ask.shop(store).await?;
    let url = ask.request.url().map_err(ApiError::bug("url"))?;
    let expected = ask.config.messenger.verify_token.as_ref().map(Secret::expose).unwrap_or_default();
    let challenge =
        decode_handshake(url.query().unwrap_or_default(), expected).map_err(|error| match error {
            HandshakeError::Forbidden => Problem::Forbidden,
            HandshakeError::NoChallenge => Problem::BadRequest,
        })?;
    let response = Response::ok(challenge).map_err(ApiError::bug("answer"))?;
    // Text from outside: never HTML.
    set(response.headers(), "content-type", "text/plain; charset=utf-8");
    Ok(response)
}

/// `POST /webhooks/messenger/{store}`: 1. the bytes, 2. their signature, 3. what they say, 4. kept, 5. 200.
/// What follows from it happens after the answer.
pub(crate) async fn receive(ask: &mut Ask, store: &StoreId) -> ApiResult {
    let shop = ask.shop(store).await?;
    let body = limits::body(&mut ask.request, MAX_WEBHOOK_BYTES).await?; // (1)
    let signature = ask.header("x-hub-signature-256").and_then(|header| parse_signature_header(&header));
    let genuine =
        signature.is_some_and(|signature| is_metas(&ask.config.messenger.app_secrets, &signature, &body));
    if !genuine {
        return Err(Problem::Unauthorized.into()); // (2)
    }
    let decoded = decode_webhook(&body).map_err(|error| {
        log::warn("webhook_not_understood", &[("store", store), ("cause", &error.to_string())]);
        Problem::BadRequest
    })?; // (3)
    let page = shop.settings.channels.messenger.as_ref().map(|page| &page.page_id);
    let ours = decoded.into_iter().filter(|inbound| Some(&inbound.address.account) == page);
    let items = ours.map(item).collect::<ApiResult<Vec<_>>>()?;
    if !items.is_empty() {
        call::store::<()>(&ask.env, store, ToStore::Intake(items)).await?; // (4)
    }
    Response::ok("").map_err(ApiError::bug("answer")) // (5)
}

fn item(inbound: Inbound) -> ApiResult<IntakeItem> {
    Ok(IntakeItem { inbound, fresh: random::conversation()? })
}

/// `POST /webhooks/messenger/{store}/deletion`: a person wants to be forgotten.
pub(crate) async fn delete(ask: &mut Ask, store: &StoreId) -> ApiResult {
    ask.shop(store).await?;
    let body = limits::body(&mut ask.request, limits::FORM_BYTES).await?;
    let asked = decode_deletion_form(&body).map_err(|_| Problem::BadRequest)?;
    if !is_metas(&ask.config.messenger.app_secrets, &asked.signature, asked.signed_text.as_bytes()) {
        return Err(Problem::Unauthorized.into());
    }
    let code = random::text()?;
    let deletion = Deletion { code: code.clone(), user: asked.user_id };
    call::store::<()>(&ask.env, store, ToStore::Delete(deletion)).await?;
    let mut url = ask.request.url().map_err(ApiError::bug("url"))?;
    url.set_path(&format!("/webhooks/messenger/{store}/deletion/{code}"));
    url.set_query(None);
    json(&DeletionReceipt { url: url.to_string(), confirmation_code: code })
}

/// `GET /webhooks/messenger/{store}/deletion/{code}`: how far it is, for the person.
pub(crate) async fn deletion(ask: &Ask, store: &StoreId, code: String) -> ApiResult {
    ask.shop(store).await?;
    let status: Option<DeletionStatus> =
        call::store(&ask.env, store, ToStore::DeletionStatus { code: code.clone() }).await?;
    let words = match status.ok_or(Problem::NotFound)? {
        DeletionStatus::Pending => {
            "We are deleting what is kept about you. This takes a few minutes, or longer while Messenger does not tell us \
             which messages are yours."
        }
        DeletionStatus::Done => "Everything that was kept about you has been deleted.",
        DeletionStatus::NothingFound => "Nothing is kept about you.",
    };
    // The code is of [a-z0-9] alone: the route made sure.
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Data deletion</title>\
         <h1>Data deletion</h1><p>{words}</p><p>Confirmation code: {code}</p></html>"
    );
    let response = Response::from_html(page).map_err(ApiError::bug("answer"))?;
    set(response.headers(), "cache-control", "no-store");
    Ok(response)
}
