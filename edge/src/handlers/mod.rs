//! What each path does, and who may ask it to.

pub(crate) mod conversation;
pub(crate) mod messenger;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod store;

use crate::clock;
use crate::config::{Config, Secret};
use crate::cors::{self, Readers};
use crate::error::{ApiError, ApiResult};
use crate::objects::call::Who;
use crate::rate::Buckets;
use crate::route::Place;
use crate::settings::{self, Shop};
use crate::signature::{OPENLINE_SIGNATURE, is_merchants};
use crate::token::{self, Grant};
use domain::ids::{ConversationId, StoreId};
use domain::time::UnixMillis;
use domain::wire::Problem;
use serde::Serialize;
use std::rc::Rc;
use worker::{Env, Method, Request, Response};

/// A request and what surrounds it.
pub(crate) struct Ask {
    /// The request.
    pub(crate) request: Request,
    /// The bindings.
    pub(crate) env: Env,
    /// The deployment's set-up.
    pub(crate) config: Rc<Config>,
    /// When it came.
    pub(crate) now: UnixMillis,
}

impl Ask {
    /// A request that just came.
    pub(crate) fn new(request: Request, env: Env) -> Self {
        let config = Config::of(&env);
        Self { request, env, config, now: clock::now() }
    }

    /// The deployment's secret; without it nobody can be told from anybody.
    fn secret(&self) -> ApiResult<&Secret> {
        self.config.secret.as_ref().ok_or_else(|| ApiError::unavailable("OPENLINE_SECRET")("not set"))
    }

    fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    fn bearer(&self) -> Option<String> {
        let header = self.header("authorization")?;
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
    }

    /// The store, if there is one of this id.
    async fn shop(&self, store: &StoreId) -> ApiResult<Shop> {
        settings::load(&self.env, self.now, store).await?.ok_or_else(|| Problem::NotFound.into())
    }

    /// Whether the page's origin is one of the store's, or the edge's own.
    fn is_allowed(&self, shop: &Shop, origin: &str) -> bool {
        origin == cors::own_origin(&self.request) || shop.settings.allows_origin(origin)
    }

    /// The origin of the page that asks, which must be allowed to.
    async fn origin(&self, store: &StoreId) -> ApiResult<String> {
        let shop = self.shop(store).await?;
        let origin = cors::origin(&self.request);
        if self.is_allowed(&shop, &origin) { Ok(origin) } else { Err(Problem::OriginNotAllowed.into()) }
    }

    /// What a good token of this store and origin grants.
    fn grant(&self, token: &str, store: &StoreId, origin: &str) -> ApiResult<Option<Grant>> {
        let grant = token::open(self.secret()?, self.now, token);
        Ok(grant.filter(|grant| grant.store == *store && grant.origin == origin))
    }

    /// The conversation, if `token` is for it, from an allowed origin, and not too often.
    async fn with_token(&self, token: Option<String>, store: StoreId, id: ConversationId) -> ApiResult<Who> {
        let origin = self.origin(&store).await?;
        let grant = self.grant(&token.unwrap_or_default(), &store, &origin)?.ok_or(Problem::Unauthorized)?;
        if grant.conversation != id {
            return Err(Problem::Forbidden.into());
        }
        let rate = self.config.rates.requests_per_conversation;
        REQUESTS.with(|requests| requests.take(self.now, id.clone(), rate)).map_err(ApiError::too_many)?;
        Ok(Who { store, conversation: id })
    }

    /// The conversation, for its shopper's token or a merchant's signature.
    async fn with_token_or_signature(&self, store: StoreId, id: ConversationId) -> ApiResult<Who> {
        if self.header(OPENLINE_SIGNATURE).is_none() {
            return self.with_token(self.bearer(), store, id).await;
        }
        self.must_be_signed(&[])?;
        self.shop(&store).await?;
        Ok(Who { store, conversation: id })
    }

    /// Refuses what is not signed with the deployment's secret.
    fn must_be_signed(&self, body: &[u8]) -> ApiResult<()> {
        let url = self.request.url().map_err(ApiError::bug("url"))?;
        let path =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let header = self.header(OPENLINE_SIGNATURE).unwrap_or_default();
        let method = self.request.method().to_string();
        let signed = is_merchants(self.secret()?, self.now, &header, &method, &path, body);
        if signed { Ok(()) } else { Err(Problem::Unauthorized.into()) }
    }
}

thread_local! {
    static REQUESTS: Buckets<ConversationId> = Buckets::default();
}

/// Who may read the answer to this request in a browser.
pub(crate) async fn readers(ask: &Ask, place: &Place) -> Readers {
    let store = match place {
        Place::Settings(_) if ask.request.method() != Method::Put => return Readers::Anyone,
        Place::Sessions(store)
        | Place::Live(store, _)
        | Place::Events(store, _)
        | Place::Export(store, _)
        | Place::Conversation(store, _) => store,
        _ => return Readers::Own,
    };
    let Some(origin) = ask.header("origin") else { return Readers::Own };
    // A store that cannot be read now is answered as what it is by the handler itself.
    match ask.shop(store).await {
        Ok(shop) if ask.is_allowed(&shop, &origin) => Readers::Origin(origin),
        _ => Readers::Own,
    }
}

/// An answer nobody may keep.
fn json<T: Serialize>(value: &T) -> ApiResult {
    json_text(serde_json::to_string(value).map_err(ApiError::bug("answer"))?)
}

fn json_text(text: String) -> ApiResult {
    let response = Response::ok(text).map_err(ApiError::bug("answer"))?;
    crate::error::set(response.headers(), "content-type", "application/json");
    crate::error::set(response.headers(), "cache-control", "no-store");
    Ok(response)
}

fn nothing() -> Response {
    Response::builder().with_status(204).empty()
}
