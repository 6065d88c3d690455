//! What pages say faster than it is stored: a waiting outbox after the network came back, several pages.
//!
//! A word said alone is taken at once. When words follow quickly on one another, what comes before the event loop
//! has gone round is taken together: one commit and one frame to each page, where each alone would cost as much as
//! all of them.

use super::CLOSE_UNAVAILABLE;
use super::host::Host;
use crate::clock;
use crate::error::ApiResult;
use domain::conversation::Input;
use domain::ids::ConnectionId;
use domain::time::{Millis, UnixMillis};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

/// Words closer together than this follow quickly.
const QUICK: Millis = Millis(4);
/// So many are taken together at most.
const MAX_WAITING: usize = 64;

#[wasm_bindgen]
extern "C" {
    /// Without a delay: once the event loop has gone round.
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &JsValue) -> Result<JsValue, JsValue>;
}

/// What waits.
#[derive(Default)]
pub(super) struct Burst {
    waiting: RefCell<Vec<(ConnectionId, Input)>>,
    /// The event loop is going round: what is said meanwhile waits.
    open: Cell<bool>,
    last_said_at: Cell<UnixMillis>,
    come_round: OnceCell<Closure<dyn Fn()>>,
}

impl Host {
    /// Takes what a page says, at once or together with what others say now.
    pub(super) fn say(self: &Rc<Self>, connection: ConnectionId, input: Input) -> ApiResult<()> {
        let now = clock::now();
        let since_last = now.since(self.burst.last_said_at.replace(now));
        if !self.burst.open.get() {
            self.run(input)?;
            if since_last < QUICK {
                self.open_burst();
            }
            return Ok(());
        }
        self.burst.waiting.borrow_mut().push((connection, input));
        if self.burst.waiting.borrow().len() >= MAX_WAITING {
            self.take_waiting();
        }
        Ok(())
    }

    /// Takes what waits, if anything does: nothing that comes later may overtake it.
    pub(super) fn take_waiting(self: &Rc<Self>) -> bool {
        let waiting = self.burst.waiting.take();
        if waiting.is_empty() {
            return false;
        }
        let (connections, inputs): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
        if let Err(error) = self.run_all(inputs) {
            error.log();
            // What was not stored was not acknowledged: the pages say it again on their next connection.
            for connection in connections {
                self.sockets().close(connection, CLOSE_UNAVAILABLE, "unavailable");
            }
        }
        true
    }

    fn open_burst(self: &Rc<Self>) {
        let come_round = self.burst.come_round.get_or_init(|| {
            let host: Weak<Self> = Rc::downgrade(self);
            Closure::new(move || {
                if let Some(host) = host.upgrade() {
                    host.burst.open.set(false);
                    if host.take_waiting() {
                        host.open_burst();
                    }
                }
            })
        });
        self.burst.open.set(set_timeout(come_round.as_ref()).is_ok());
    }
}
