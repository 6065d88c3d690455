//! The `Conversation` object: the only writer of one conversation.
#![allow(missing_docs)] // on the methods the macro makes

mod burst;
mod hear;
mod host;
mod perform;
mod record;
mod replay;
mod rows;
mod sockets;

use super::call::{ConversationCall, ToConversation, Who};
use crate::config::Config;
use crate::error::{ApiError, ApiResult, set};
use crate::limits;
use crate::random;
use domain::conversation::Input;
use domain::desk::Forward;
use domain::ids::{ConnectionId, ConversationId, StoreId};
use domain::wire::{Problem, SUBPROTOCOL, decode_client};
use host::Host;
use std::rc::Rc;
use worker::{
    DurableObject, Env, Request, Response, State, WebSocket, WebSocketPair, WebSocketRequestResponsePair,
    durable_object,
};

/// Ours: the page comes back and says again what was not acknowledged.
const CLOSE_UNAVAILABLE: u16 = 1011;
/// Too many pages of one conversation.
const CLOSE_TOO_MANY: u16 = 4429;

/// One shopper's conversation with one store.
/// The exports of `fetch` and `alarm` are the macro's, those about sockets in `hear`.
#[durable_object(alarm)]
pub struct Conversation {
    host: Rc<Host>,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        let config = Config::of(&env);
        Self { host: Rc::new(Host::new(state, env, config)) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        Ok(self.answer(request).await.unwrap_or_else(ApiError::into_response))
    }

    async fn alarm(&self) -> worker::Result<Response> {
        self.host.alarm_rang().await.map_err(|error| worker::Error::RustError(error.log()))?;
        Response::empty()
    }
}

impl Conversation {
    async fn answer(&self, mut request: Request) -> ApiResult {
        let path = request.path();
        if let Some(name) = path.strip_prefix("/live/") {
            let (store, conversation) = name.split_once('/').ok_or(Problem::NotFound)?;
            let store = StoreId::parse(store).map_err(|_| Problem::NotFound)?;
            let conversation = ConversationId::parse(conversation).map_err(|_| Problem::NotFound)?;
            return self.open(Who { store, conversation }).await;
        }
        let body = limits::text(&mut request, limits::CALL_BYTES).await?;
        let call: ConversationCall = serde_json::from_str(&body).map_err(ApiError::unreadable("call"))?;
        let text = self.take(call).await?;
        Response::ok(text).map_err(ApiError::bug("response"))
    }

    /// Accepts a page's socket.
    async fn open(&self, who: Who) -> ApiResult {
        self.host.load(&who).await?;
        let pair = WebSocketPair::new().map_err(ApiError::bug("socket"))?;
        if self.host.sockets().is_full() {
            pair.server.accept().map_err(ApiError::bug("socket"))?;
            drop(pair.server.close(Some(CLOSE_TOO_MANY), Some("too many connections")));
            return upgraded(pair.client);
        }
        let connection = ConnectionId(random::number()?);
        // Answered without waking the object; a page asks to learn that the line is up.
        let ping = WebSocketRequestResponsePair::new("ping", "pong");
        let ping = ping.map_err(|error| ApiError::bug("socket")(format!("{error:?}")))?;
        self.host.state().set_websocket_auto_response(&ping);
        self.host.state().accept_web_socket(&pair.server);
        self.host.sockets().add(connection, pair.server)?;
        self.host.run(Input::Connected { connection })?;
        upgraded(pair.client)
    }

    /// Does what the edge or the store's object asks; gives the answer as JSON.
    async fn take(&self, call: ConversationCall) -> ApiResult<String> {
        let nothing = || "null".to_owned();
        if matches!(call.ask, ToConversation::Ping) {
            return Ok(nothing());
        }
        match self.host.load(&call.who).await {
            // Deleted already.
            Err(ApiError::Rejected(rejection))
                if rejection.details.status == Problem::Forgotten.status()
                    && matches!(call.ask, ToConversation::Forget) =>
            {
                return Ok(nothing());
            }
            other => other?,
        }
        match call.ask {
            ToConversation::Ping => Ok(nothing()),
            ToConversation::Events { after } => {
                self.host.run(Input::Polled)?;
                let frame = self.host.replay(after).await?;
                serde_json::to_string(&frame).map_err(ApiError::bug("answer"))
            }
            ToConversation::Say { frames, after } => {
                let mut answers = Vec::new();
                for frame in frames {
                    let input = match decode_client(frame.as_bytes()) {
                        Ok(frame) => Input::Frame { connection: None, frame },
                        Err(error) => Input::Unreadable { connection: None, error },
                    };
                    answers.extend(self.host.run_for_answers(input).await?);
                }
                answers.push(self.host.replay(after).await?);
                serde_json::to_string(&answers).map_err(ApiError::bug("answer"))
            }
            ToConversation::Export => self.host.export().await,
            ToConversation::Forget => self.host.run(Input::Forget).map(|()| nothing()),
            ToConversation::Take(forward) => self.host.run(input_of(forward)).map(|()| nothing()),
        }
    }
}

fn input_of(forward: Forward) -> Input {
    match forward {
        Forward::Inbound(inbound) => Input::Inbound(*inbound),
        Forward::Linked(address) => Input::Linked { address },
        Forward::Unlinked(address) => Input::Unlinked { address },
        Forward::StaffSaid { id, staff, name, text, answers } => {
            Input::StaffSaid { id, staff, name, text, answers }
        }
        Forward::Forget => Input::Forget,
    }
}

fn upgraded(client: WebSocket) -> ApiResult {
    let response = Response::from_websocket(client).map_err(ApiError::bug("socket"))?;
    set(response.headers(), "sec-websocket-protocol", SUBPROTOCOL);
    Ok(response)
}
