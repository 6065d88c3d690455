//! The sensors: the page's events become signals, and a moment that a rule may speak in is told to the shell.
//!
//! Nothing is stored or sent from here, and the history is left alone. It is loaded on every page,
//! so it is small on purpose: few strings are copied in, and JSON is the browser's.

mod browser;
mod data_layer;
mod look;
mod meaning;
mod observer;
mod products;
mod settings;
mod shop;

use browser::Function;
use domain::behaviour::{Decline, Signal};
use observer::Observer;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A few small boxes are allocated at the start and next to nothing later: the default allocator would be a
/// fifth of the module.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    // SAFETY: a page's main thread is the only one; nothing here is shared with a worker.
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

/// Watches the page. `settings` is the store's `WidgetSettings`, parsed; `kept` is what `host.remember` was given on
/// an earlier page of this tab; `host` has `card(moment)` and `remember(kept)`.
#[wasm_bindgen]
pub fn watch(settings: &JsValue, kept: &JsValue, host: &JsValue) -> Result<Watcher, JsValue> {
    let card: Function = browser::property(host, "card").unchecked_into();
    let remember: Function = browser::property(host, "remember").unchecked_into();
    Ok(Watcher {
        observer: Observer::start(
            settings::manners(settings),
            settings::currency_unit(settings),
            kept,
            card,
            remember,
        )?,
    })
}

/// A page being watched.
#[wasm_bindgen]
pub struct Watcher {
    observer: Rc<Observer>,
}

#[wasm_bindgen]
impl Watcher {
    /// What the shopper did, by its name in GA4, with its parameters.
    pub fn track(&self, name: &JsValue, parameters: &JsValue) {
        shop::commerce(&self.observer, name, parameters);
    }

    /// What is in the cart: `{items: [{item_id, quantity, price}], value}`.
    pub fn cart(&self, cart: &JsValue) {
        shop::cart(&self.observer, cart);
    }

    /// Whether the panel is open.
    pub fn panel(&self, open: bool) {
        self.observer.hear(if open { Signal::PanelOpened } else { Signal::PanelClosed });
    }

    /// No card before `until_ms` (Unix), whatever was asked for before.
    pub fn quiet(&self, until_ms: f64) {
        self.observer.set_quiet(until_ms);
    }

    /// The shopper turned a card down: `closed`, `not_now` or `never`. Until when (Unix ms) it is quiet now.
    pub fn decline(&self, how: &JsValue) -> f64 {
        let ways = [("not_now", Decline::NotNow), ("never", Decline::Never)];
        let decline = ways.into_iter().find(|(name, _)| browser::is(how, name));
        self.observer.hear(Signal::Declined(decline.map_or(Decline::Closed, |(_, decline)| decline)));
        self.observer.quiet_until_ms()
    }

    /// Whether anything may be remembered for the next page of this tab.
    pub fn consent(&self, granted: bool) {
        self.observer.consent(granted);
    }

    /// Goes on from what another page remembered, when the browser shows this one again as it was.
    pub fn resume(&self, kept: &JsValue) {
        self.observer.resume(kept);
    }

    /// Signals, scores and rules, for the merchant's eyes.
    pub fn look(&self) -> JsValue {
        look::look(&self.observer)
    }

    /// Lets go of the page.
    pub fn stop(&self) {
        self.observer.stop();
    }
}
