//! The live socket.

use super::listener::Listener;
use domain::visit::{Attempt, Input, SessionKey, decode_frame};
use domain::wire::{SUBPROTOCOL, TOKEN_PREFIX};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use web_sys::{CloseEvent, MessageEvent, WebSocket};
use yew::Callback;

/// Closes, and falls silent, when dropped.
pub(crate) struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

impl Socket {
    /// `None` when the browser refuses at once.
    pub(crate) fn open(
        url: &str,
        attempt: Attempt,
        session: &SessionKey,
        emit: &Callback<Input>,
    ) -> Option<Self> {
        let protocols: js_sys::Array = [SUBPROTOCOL, &[TOKEN_PREFIX, &session.token].concat()]
            .into_iter()
            .map(JsValue::from_str)
            .collect();
        let socket = WebSocket::new_with_str_sequence(url, &protocols).ok()?;
        let opened = emit.clone();
        let closed = emit.clone();
        let received = emit.clone();
        let listeners = [
            Listener::new(&socket, "open", move |_| opened.emit(Input::SocketOpened(attempt))),
            Listener::new(&socket, "close", move |event| {
                let code = event.dyn_ref::<CloseEvent>().map_or(1006, CloseEvent::code);
                closed.emit(Input::SocketClosed { attempt, code });
            }),
            Listener::new(&socket, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                let frame = decode_frame(&text.unwrap_or_default());
                received.emit(Input::FrameReceived { attempt, frame });
            }),
        ];
        Some(Self { socket, _listeners: listeners })
    }

    pub(crate) fn send(&self, text: &str) {
        // Fails while closing only; what was to be said is said again on the next line.
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}
