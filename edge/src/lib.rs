//! The Worker: routes, Durable Objects, KV and the channels' clients around `domain`'s decisions.
//!
//! | path | method | who may | what |
//! |---|---|---|---|
//! | `/healthz` | GET | anyone | whether KV and the objects answer; `?deep=1` looks anew |
//! | `/v1/{store}/sessions` | POST | the store's pages | a session: a token and its conversation |
//! | `/v1/{store}/settings` | GET | anyone; signed: the owner | the widget's part; signed: the whole document |
//! | `/v1/{store}/settings` | PUT | signed | replaces the settings document |
//! | `/v1/{store}/staff` | POST | signed | invites a member of staff |
//! | `/v1/{store}/conversations/{id}/live` | GET | token as subprotocol | the conversation's WebSocket |
//! | `/v1/{store}/conversations/{id}/events` | GET, POST | bearer | the same without WebSocket |
//! | `/v1/{store}/conversations/{id}/export` | GET | bearer or signed | everything, as JSON |
//! | `/v1/{store}/conversations/{id}` | DELETE | bearer or signed | deletes everything |
//! | `/webhooks/messenger/{store}` | GET, POST | Meta | handshake, webhooks |
//! | `/webhooks/messenger/{store}/deletion` | POST | Meta | data deletion callback |
//! | `/webhooks/messenger/{store}/deletion/{code}` | GET | anyone with the code | how far a deletion is |
//! | anything else | GET | anyone | a static file |
//!
//! A request goes `lib` (route, CORS, headers) -> `handlers` (who may; bodies) -> `objects` (state) ->
//! `channels` (outside). Errors become problem details in one place, `error`.

mod channels;
mod clock;
mod config;
mod cors;
mod error;
mod handlers;
mod health;
mod limits;
mod log;
mod objects;
mod qr;
mod random;
mod rate;
mod route;
mod settings;
mod signature;
mod token;

pub use objects::{Conversation, Store};

use cors::Readers;
use domain::wire::Problem;
use error::{ApiError, ApiResult};
use handlers::Ask;
use route::Place;
use worker::{Context, Env, Method, Request, Response, event};

/// Every request comes in here.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    let place = Place::find(&request.path());
    if place == Some(Place::File) {
        return env.assets("ASSETS")?.fetch_request(request).await;
    }
    let mut ask = Ask::new(request, env);
    let readers = match &place {
        Some(place) => handlers::readers(&ask, place).await,
        None => Readers::Own,
    };
    let answered = match place {
        Some(place) => answer(&mut ask, place, &readers).await,
        None => Err(Problem::NotFound.into()),
    };
    let mut response = answered.unwrap_or_else(ApiError::into_response);
    if response.status_code() != 101 {
        readers.say(&mut response);
        cors::secure(&mut response);
    }
    Ok(response)
}

async fn answer(ask: &mut Ask, place: Place, readers: &Readers) -> ApiResult {
    let method = ask.request.method();
    let allowed = || place.methods().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if method == Method::Options {
        return Ok(readers.preflight(&allowed()));
    }
    if !place.methods().contains(&method) {
        return Err(ApiError::method_not_allowed(allowed()));
    }
    match (method, place) {
        (_, Place::Health) => handlers::service::health(ask).await,
        (Method::Post, Place::Sessions(store)) => handlers::session::open(ask, store).await,
        (Method::Get, Place::Settings(store)) => handlers::store::settings(ask, store).await,
        (Method::Put, Place::Settings(store)) => handlers::store::put_settings(ask, store).await,
        (Method::Post, Place::Staff(store)) => handlers::store::invite_staff(ask, store).await,
        (Method::Delete, Place::Staff(store)) => handlers::store::remove_staff(ask, store).await,
        (Method::Get, Place::Live(store, id)) => handlers::conversation::live(ask, store, id).await,
        (Method::Get, Place::Events(store, id)) => handlers::conversation::events(ask, store, id).await,
        (Method::Post, Place::Events(store, id)) => handlers::conversation::say(ask, store, id).await,
        (Method::Get, Place::Export(store, id)) => handlers::conversation::export(ask, store, id).await,
        (Method::Delete, Place::Conversation(store, id)) => {
            handlers::conversation::forget(ask, store, id).await
        }
        (Method::Get, Place::MessengerWebhook(store)) => handlers::messenger::handshake(ask, &store).await,
        (Method::Post, Place::MessengerWebhook(store)) => handlers::messenger::receive(ask, &store).await,
        (Method::Post, Place::MessengerDeletion(store)) => handlers::messenger::delete(ask, &store).await,
        (Method::Get, Place::DeletionStatus(store, code)) => {
            handlers::messenger::deletion(ask, &store, code).await
        }
        _ => Err(Problem::NotFound.into()),
    }
}
