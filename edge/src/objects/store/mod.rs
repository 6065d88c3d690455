//! The `Store` object: what spans one store's conversations. Decisions are `domain::desk`'s.
#![allow(missing_docs)] // on the methods the macro makes

mod deletion;
mod host;
mod records;
mod subscription;
mod tables;
mod under_way;

use super::call::{StoreCall, ToStore};
use crate::config::Config;
use crate::error::{ApiError, ApiResult};
use crate::limits;
use crate::random;
use domain::desk::{Effect, Input};
use host::Host;
use serde::Serialize;
use std::rc::Rc;
use worker::{
    DurableObject, Env, Request, Response, Socket, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

/// One store's desk.
#[durable_object]
pub struct Store {
    host: Rc<Host>,
}

impl DurableObject for Store {
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

    async fn websocket_message(
        &self,
        socket: WebSocket,
        _message: WebSocketIncomingMessage,
    ) -> worker::Result<()> {
        socket.close(Some(1008), Some("no sockets here"))
    }

    async fn websocket_close(
        &self,
        _socket: WebSocket,
        _code: usize,
        _reason: String,
        _was_clean: bool,
    ) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        Ok(())
    }

    async fn connect(&self, _socket: Socket) -> worker::Result<()> {
        Err(worker::Error::RustError("only HTTP is spoken here".to_owned()))
    }
}

impl Store {
    async fn answer(&self, mut request: Request) -> ApiResult {
        let body = limits::text(&mut request, limits::CALL_BYTES).await?;
        let call: StoreCall = serde_json::from_str(&body).map_err(ApiError::unreadable("call"))?;
        let text = self.take(call).await?;
        Response::ok(text).map_err(ApiError::bug("response"))
    }

    async fn take(&self, call: StoreCall) -> ApiResult<String> {
        let host = &self.host;
        if matches!(call.ask, ToStore::Ping) {
            return json(&());
        }
        host.load(&call.store).await?;
        match call.ask {
            ToStore::Ping => json(&()),
            ToStore::Intake(items) => json(&host.run(Input::Intake(items)).map(drop)?),
            ToStore::IssueLink { conversation, channel } => {
                let (reference, code) = (random::reference()?, random::code()?);
                let said = host.run(Input::IssueLink { conversation, channel, reference, code })?;
                json(&said.into_iter().find_map(|effect| match effect {
                    Effect::Link(link) => Some(link),
                    _ => None,
                }))
            }
            ToStore::InviteStaff { name } => {
                let (id, reference) = (random::staff()?, random::reference()?);
                let said = host.run(Input::InviteStaff { id, name, reference })?;
                json(&said.into_iter().find_map(|effect| match effect {
                    Effect::Invite(invite) => Some(invite),
                    _ => None,
                }))
            }
            ToStore::RemoveStaff { name } => {
                let said = host.run(Input::RemoveStaff { name })?;
                json(&said.into_iter().find_map(|effect| match effect {
                    Effect::StaffRemoved(count) => Some(count),
                    _ => None,
                }))
            }
            ToStore::Relay(relay) => json(&host.run(Input::Relay(relay)).map(drop)?),
            ToStore::Permit => json(&host.account_stopped()?),
            ToStore::AccountStopped(stop) => json(&host.run(Input::AccountStopped(stop)).map(drop)?),
            ToStore::Forget(conversation) => json(&host.run(Input::Forget(conversation)).map(drop)?),
            ToStore::Delete(deletion) => json(&host.accept_deletion(&deletion)?),
            ToStore::DeletionStatus { code } => json(&host.deletion_status(&code)?),
            ToStore::CheckSubscription => json(&host.check_subscription_soon()?),
        }
    }
}

fn json<T: Serialize>(value: &T) -> ApiResult<String> {
    serde_json::to_string(value).map_err(ApiError::bug("answer"))
}
