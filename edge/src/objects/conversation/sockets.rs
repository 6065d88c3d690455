//! The object's sockets: they outlive its memory, so what must be known of each is attached to it.

use crate::error::{ApiError, ApiResult};
use domain::ids::ConnectionId;
use js_sys::JsString;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use worker::{State, WebSocket};

/// How many pages of one conversation may be connected.
const MAX_SOCKETS: usize = 20;

#[wasm_bindgen]
extern "C" {
    /// A socket that takes text which is JavaScript's already: what goes to many is converted once.
    type TextSocket;

    #[wasm_bindgen(method, catch)]
    fn send(this: &TextSocket, text: &JsString) -> Result<(), JsValue>;
}

/// What is attached to a socket.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Attachment {
    connection: ConnectionId,
    /// Once it said `hello`: whether its page is in view.
    visible: Option<bool>,
}

#[derive(Debug)]
struct Entry {
    connection: ConnectionId,
    socket: WebSocket,
    /// It waits for entries from KV; until they went, it must not hear of later ones.
    behind: bool,
}

/// The sockets.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    entries: RefCell<Vec<Entry>>,
}

impl Sockets {
    /// Those that are there after the object was created anew.
    pub(super) fn find(state: &State) -> Self {
        let entries = state.get_websockets().into_iter().filter_map(|socket| {
            let connection = attachment(&socket)?.connection;
            Some(Entry { connection, socket, behind: false })
        });
        Self { entries: RefCell::new(entries.collect()) }
    }

    /// Those that said `hello`, and whether their pages were in view.
    pub(super) fn greeted(&self) -> Vec<(ConnectionId, bool)> {
        let entries = self.entries.borrow();
        let visible = |entry: &Entry| Some((entry.connection, attachment(&entry.socket)?.visible?));
        entries.iter().filter_map(visible).collect()
    }

    pub(super) fn is_full(&self) -> bool {
        self.entries.borrow().len() >= MAX_SOCKETS
    }

    pub(super) fn add(&self, connection: ConnectionId, socket: WebSocket) -> ApiResult<()> {
        attach(&socket, Attachment { connection, visible: None })?;
        self.entries.borrow_mut().push(Entry { connection, socket, behind: false });
        Ok(())
    }

    /// Which connection a socket is.
    pub(super) fn connection(&self, socket: &WebSocket) -> Option<ConnectionId> {
        let known = || {
            let entries = self.entries.borrow();
            entries.iter().find(|entry| entry.socket == *socket).map(|entry| entry.connection)
        };
        known().or_else(|| attachment(socket).map(|attachment| attachment.connection))
    }

    pub(super) fn attach(&self, connection: ConnectionId, visible: bool) -> ApiResult<()> {
        let entries = self.entries.borrow();
        let Some(entry) = entries.iter().find(|entry| entry.connection == connection) else { return Ok(()) };
        attach(&entry.socket, Attachment { connection, visible: Some(visible) })
    }

    pub(super) fn set_behind(&self, connection: ConnectionId, behind: bool) {
        let mut entries = self.entries.borrow_mut();
        if let Some(entry) = entries.iter_mut().find(|entry| entry.connection == connection) {
            entry.behind = behind;
        }
    }

    /// Sends to all of `to` that are not behind. A socket that is just going away is not an error.
    pub(super) fn send(&self, to: &[ConnectionId], text: &str) {
        let entries = self.entries.borrow();
        let text = JsString::from(text);
        for entry in entries.iter().filter(|entry| !entry.behind && to.contains(&entry.connection)) {
            let socket: &web_sys::WebSocket = entry.socket.as_ref();
            drop(socket.unchecked_ref::<TextSocket>().send(&text));
        }
    }

    pub(super) fn close(&self, connection: ConnectionId, code: u16, reason: &str) {
        let entries = self.entries.borrow();
        if let Some(entry) = entries.iter().find(|entry| entry.connection == connection) {
            drop(entry.socket.close(Some(code), Some(reason)));
        }
    }

    pub(super) fn close_all(&self, code: u16, reason: &str) {
        for entry in self.entries.borrow_mut().drain(..) {
            drop(entry.socket.close(Some(code), Some(reason)));
        }
    }

    pub(super) fn remove(&self, connection: ConnectionId) {
        self.entries.borrow_mut().retain(|entry| entry.connection != connection);
    }
}

fn attachment(socket: &WebSocket) -> Option<Attachment> {
    let text: String = socket.deserialize_attachment().ok()??;
    serde_json::from_str(&text).ok()
}

fn attach(socket: &WebSocket, attachment: Attachment) -> ApiResult<()> {
    let text = serde_json::to_string(&attachment).map_err(ApiError::bug("attachment"))?;
    socket.serialize_attachment(text).map_err(ApiError::bug("attachment"))
}
