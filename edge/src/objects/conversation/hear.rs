//! The platform's calls about sockets.
//!
//! `worker`'s own exports make a promise of each. Most messages need none: they are heard, stored and shown at once.

use super::host::Host;
use super::{CLOSE_UNAVAILABLE, Conversation};
use crate::error::ApiResult;
use domain::conversation::Input;
use domain::wire::{ClientFrame, decode_client};
use js_sys::{Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

use worker::WebSocket;
use worker::wasm_bindgen_futures::future_to_promise;

/// What was said before the conversation was loaded, in order.
pub(super) type Unheard = RefCell<Vec<(WebSocket, Vec<u8>)>>;

#[wasm_bindgen]
impl Conversation {
    /// A page said something.
    #[wasm_bindgen(js_name = webSocketMessage)]
    pub fn socket_said(&self, socket: web_sys::WebSocket, message: &JsValue) -> Option<Promise> {
        let socket = WebSocket::from(socket);
        let text = message.as_string().map(String::into_bytes);
        let said = text.unwrap_or_else(|| Uint8Array::new(message).to_vec());
        if self.host.is_loaded() && self.host.unheard.borrow().is_empty() {
            self.host.hear_or_close(&socket, &said);
            return None;
        }
        self.host.unheard.borrow_mut().push((socket, said));
        // The first to come has the conversation loaded; those after it are heard after it.
        (self.host.unheard.borrow().len() == 1).then(|| {
            let host = Rc::clone(&self.host);
            future_to_promise(async move {
                host.hear_all().await;
                Ok(JsValue::UNDEFINED)
            })
        })
    }

    /// A page closed its socket.
    #[wasm_bindgen(js_name = webSocketClose)]
    pub fn socket_closed(&self, socket: web_sys::WebSocket, code: u16) -> Promise {
        let socket = WebSocket::from(socket);
        // 1005, 1006 and 1015 say that there was no code: they may not be sent.
        let code = if matches!(code, 1005 | 1006 | 1015) { 1000 } else { code };
        drop(socket.close(Some(code), Some("")));
        self.lost(socket)
    }

    /// A socket broke.
    #[wasm_bindgen(js_name = webSocketError)]
    pub fn socket_broke(&self, socket: web_sys::WebSocket) -> Promise {
        self.lost(WebSocket::from(socket))
    }

    fn lost(&self, socket: WebSocket) -> Promise {
        let host = Rc::clone(&self.host);
        future_to_promise(async move {
            host.lost(&socket).await;
            Ok(JsValue::UNDEFINED)
        })
    }
}

impl Host {
    async fn hear_all(self: &Rc<Self>) {
        let loaded = self.load_own().await;
        let unheard = self.unheard.take();
        if let Err(error) = loaded {
            error.log();
            for (socket, _) in unheard {
                drop(socket.close(Some(CLOSE_UNAVAILABLE), Some("unavailable")));
            }
            return;
        }
        for (socket, said) in unheard {
            self.hear_or_close(&socket, &said);
        }
    }

    /// What was not stored was not acknowledged: the page says it again on its next connection.
    fn hear_or_close(self: &Rc<Self>, socket: &WebSocket, said: &[u8]) {
        if let Err(error) = self.hear(socket, said) {
            error.log();
            drop(socket.close(Some(CLOSE_UNAVAILABLE), Some("unavailable")));
        }
    }

    fn hear(self: &Rc<Self>, socket: &WebSocket, said: &[u8]) -> ApiResult<()> {
        let Some(connection) = self.sockets().connection(socket) else { return Ok(()) };
        match decode_client(said) {
            Ok(frame @ ClientFrame::Say { .. }) => {
                self.say(connection, Input::Frame { connection: Some(connection), frame })
            }
            Ok(frame) => {
                self.take_waiting();
                self.run(Input::Frame { connection: Some(connection), frame })
            }
            Err(error) => self.run(Input::Unreadable { connection: Some(connection), error }),
        }
    }

    async fn lost(self: &Rc<Self>, socket: &WebSocket) {
        let Some(connection) = self.sockets().connection(socket) else { return };
        self.take_waiting();
        self.sockets().remove(connection);
        let told = match self.load_own().await {
            Ok(()) => self.run(Input::Disconnected { connection }),
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            error.log();
        }
    }
}
