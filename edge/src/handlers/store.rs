//! A store's own business: its settings, its staff.

use super::{Ask, json, json_text, nothing};
use crate::error::{ApiError, ApiResult, set};
use crate::limits;
use crate::objects::call::{self, ToStore};
use crate::settings;
use crate::signature::OPENLINE_SIGNATURE;
use domain::desk::StaffInvite;
use domain::ids::StoreId;
use domain::store;
use domain::wire::{Fault, Problem, StaffInvitation, StaffRemoval, StaffRequest, WidgetSettings};

/// For how long a browser may keep the widget's part of the settings, in seconds.
const CACHE: &str = "public, max-age=60";
/// The longest name of a member of staff, in characters.
const MAX_NAME_CHARS: usize = 60;

/// `GET /v1/{store}/settings`: what every page may know; signed, the whole document.
pub(crate) async fn settings(ask: &Ask, store: StoreId) -> ApiResult {
    let whole = ask.header(OPENLINE_SIGNATURE).is_some();
    if whole {
        ask.must_be_signed(&[])?;
    }
    let shop = ask.shop(&store).await?;
    if whole {
        return json_text(shop.document.to_string());
    }
    let utc_offset_minutes = shop.utc_offset_minutes;
    let widget = shop.settings.widget(ask.config.messenger.can_send());
    let response = json(&WidgetSettings { utc_offset_minutes, ..widget })?;
    set(response.headers(), "cache-control", CACHE);
    Ok(response)
}

/// `PUT /v1/{store}/settings`: all of the document, or nothing of it.
pub(crate) async fn put_settings(ask: &mut Ask, store: StoreId) -> ApiResult {
    let document = limits::text(&mut ask.request, store::MAX_SETTINGS_BYTES).await?;
    ask.must_be_signed(document.as_bytes())?;
    let settings = store::decode(&document).map_err(|errors| {
        let fault =
            |error: store::SettingsError| Fault { path: error.path, line: error.line, reason: error.reason };
        ApiError::faulty(Problem::InvalidSettings, errors.into_iter().map(fault).collect())
    })?;
    if settings.id != store {
        let reason = format!("is {}, but these are the settings of {store}", settings.id);
        let fault = Fault { path: "id".to_owned(), line: 1, reason };
        return Err(ApiError::faulty(Problem::InvalidSettings, vec![fault]));
    }
    settings::save(&ask.env, ask.now, &store, document, settings).await?;
    // The settings are stored; the store's object looks by itself later if it cannot now.
    if let Err(error) = call::store::<()>(&ask.env, &store, ToStore::CheckSubscription).await {
        error.log();
    }
    Ok(nothing())
}

/// `POST /v1/{store}/staff`: invites a member of staff to answer from their own Messenger.
pub(crate) async fn invite_staff(ask: &mut Ask, store: StoreId) -> ApiResult {
    let name = staff_name(ask).await?;
    let invite: Option<StaffInvite> = call::store(&ask.env, &store, ToStore::InviteStaff { name }).await?;
    let without = || ApiError::rejected(Problem::BadRequest.with_detail("the store has no Messenger page"));
    let StaffInvite { link, code, expires_at, .. } = invite.ok_or_else(without)?;
    json(&StaffInvitation { link, code, expires_at })
}

/// `DELETE /v1/{store}/staff`: a member of staff left. Their Messenger is a shopper's from now on.
pub(crate) async fn remove_staff(ask: &mut Ask, store: StoreId) -> ApiResult {
    let name = staff_name(ask).await?;
    let removed: Option<u32> = call::store(&ask.env, &store, ToStore::RemoveStaff { name }).await?;
    match removed.filter(|removed| *removed > 0) {
        Some(removed) => json(&StaffRemoval { removed }),
        None => Err(ApiError::rejected(Problem::NotFound.with_detail("no member of staff has this name"))),
    }
}

/// The name in a signed request.
async fn staff_name(ask: &mut Ask) -> ApiResult<String> {
    let body = limits::text(&mut ask.request, limits::FORM_BYTES).await?;
    ask.must_be_signed(body.as_bytes())?;
    let asked: StaffRequest = serde_json::from_str(&body).map_err(|_| Problem::BadRequest)?;
    let name = asked.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
        let detail = format!("name must have 1 to {MAX_NAME_CHARS} characters");
        return Err(ApiError::rejected(Problem::BadRequest.with_detail(detail)));
    }
    Ok(name)
}
