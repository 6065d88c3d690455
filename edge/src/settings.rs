//! Stores' settings: one document per store in KV, `s/{store}/settings`, remembered by the isolate.

use crate::clock;
use crate::error::{ApiError, ApiResult};
use crate::log;
use crate::objects::KV;
use domain::ids::StoreId;
use domain::store::{self, Settings};
use domain::time::{Millis, UnixMillis};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use worker::Env;

/// For how long a document is believed without asking KV.
const FRESH_FOR: Millis = Millis::seconds(30);
/// How many stores an isolate remembers.
const MAX_STORES: usize = 500;
/// The store every deployment has until its owner writes another document for it.
const DEMO: &str = include_str!("../../stores/demo.json");

/// A store as the edge knows it.
#[derive(Debug, Clone)]
pub(crate) struct Shop {
    /// Its settings.
    pub(crate) settings: Rc<Settings>,
    /// The document they were read from.
    pub(crate) document: Rc<str>,
    /// Its distance from UTC when it was read, in minutes, east positive.
    pub(crate) utc_offset_minutes: i32,
}

#[derive(Debug)]
struct Remembered {
    at: UnixMillis,
    shop: Option<Shop>,
}

thread_local! {
    static SHOPS: RefCell<HashMap<StoreId, Remembered>> = RefCell::default();
}

/// The store, or `None` if there is none of this id.
pub(crate) async fn load(env: &Env, now: UnixMillis, store: &StoreId) -> ApiResult<Option<Shop>> {
    if !is_stale(now, store) {
        return Ok(last_known(store));
    }
    let shop = match (ask(env, now, store).await, last_known(store)) {
        // Better than nothing, for a while again.
        (Err(error), Some(known)) => {
            error.log();
            Some(known)
        }
        (asked, _) => asked?,
    };
    remember(now, store, shop.clone());
    Ok(shop)
}

async fn ask(env: &Env, now: UnixMillis, store: &StoreId) -> ApiResult<Option<Shop>> {
    let kv = env.kv(KV).map_err(ApiError::unavailable(KV))?;
    let document = kv.get(&key(store)).text().await.map_err(ApiError::unavailable(KV))?;
    let document = document.or_else(|| (store.as_str() == "demo").then(|| DEMO.to_owned()));
    document.map(|document| read(now, store, document)).transpose()
}

/// The store as last read, however long ago; for where there is no time to ask.
pub(crate) fn last_known(store: &StoreId) -> Option<Shop> {
    SHOPS.with_borrow(|shops| shops.get(store).and_then(|remembered| remembered.shop.clone()))
}

/// Whether [`load`] would ask KV.
pub(crate) fn is_stale(now: UnixMillis, store: &StoreId) -> bool {
    let fresh = |remembered: &Remembered| now.since(remembered.at) < FRESH_FOR;
    SHOPS.with_borrow(|shops| !shops.get(store).is_some_and(fresh))
}

/// Makes `document`, which was decoded to `settings`, the store's.
pub(crate) async fn save(
    env: &Env,
    now: UnixMillis,
    store: &StoreId,
    document: String,
    settings: Settings,
) -> ApiResult<()> {
    let kv = env.kv(KV).map_err(ApiError::unavailable(KV))?;
    let put = kv.put(&key(store), document.as_str()).map_err(ApiError::bug("settings"))?;
    put.execute().await.map_err(ApiError::unavailable(KV))?;
    remember(now, store, Some(shop(now, document.into(), Rc::new(settings))));
    Ok(())
}

fn key(store: &StoreId) -> String {
    format!("s/{store}/settings")
}

fn remember(at: UnixMillis, store: &StoreId, shop: Option<Shop>) {
    SHOPS.with_borrow_mut(|shops| {
        if shops.len() >= MAX_STORES {
            // Ids that are no store's first: anybody can make them up.
            shops.retain(|_, remembered| remembered.shop.is_some());
        }
        if shops.len() >= MAX_STORES {
            shops.clear();
        }
        shops.insert(store.clone(), Remembered { at, shop });
    });
}

/// Reads a stored document; the same text as before is not read again.
fn read(now: UnixMillis, store: &StoreId, document: String) -> ApiResult<Shop> {
    if let Some(known) = last_known(store).filter(|known| *known.document == *document) {
        return Ok(shop(now, known.document, known.settings));
    }
    let settings = store::decode(&document).map_err(|errors| {
        log::error("settings_not_understood", &[("store", store), ("errors", &errors.len())]);
        ApiError::Bug { what: "settings", cause: "the stored document has errors".to_owned() }
    })?;
    Ok(shop(now, document.into(), Rc::new(settings)))
}

fn shop(now: UnixMillis, document: Rc<str>, settings: Rc<Settings>) -> Shop {
    let utc_offset_minutes = clock::utc_offset_minutes(&settings.time_zone, now);
    Shop { settings, document, utc_offset_minutes }
}
