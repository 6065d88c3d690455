//! The sensors: the page's events become signals, and a rule that fires is told to the loader.
//!
//! Nothing is stored or sent from here, and the history is left alone. It is loaded on every page,
//! so it is small on purpose: no strings are copied in, and JSON is the browser's.

mod browser;
mod data_layer;
mod meaning;
mod observer;
mod shop;

use domain::behaviour::Signal;
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

/// Watches the page. `settings` is the store's `WidgetSettings` as JSON; `on_trigger(rule, reasons)`
/// is called at most once.
#[wasm_bindgen]
pub fn watch(settings: &JsValue, on_trigger: JsValue) -> Result<Sense, JsValue> {
    let manners = shop::manners(&browser::parse_json(settings)?);
    Ok(Sense { observer: Observer::start(manners, on_trigger.unchecked_into())? })
}

/// A page being watched.
#[wasm_bindgen]
pub struct Sense {
    observer: Rc<Observer>,
}

#[wasm_bindgen]
impl Sense {
    /// What the shopper did, by its name in GA4, with its parameters as JSON.
    pub fn track(&self, name: &JsValue, props: &JsValue) {
        if let Ok(props) = browser::parse_json(props) {
            shop::commerce(&self.observer, name, &props);
        }
    }

    /// What is in the cart, as JSON.
    pub fn cart(&self, cart: &JsValue) {
        if let Ok(cart) = browser::parse_json(cart) {
            self.observer.hear_if(shop::pieces(&cart).map(|items| Signal::CartChanged { items }));
        }
    }

    /// Whether the panel is open.
    pub fn panel(&self, open: bool) {
        self.observer.hear(if open { Signal::PanelOpened } else { Signal::PanelClosed });
    }

    /// No offers before `until_ms` (Unix).
    pub fn quiet(&self, until_ms: f64) {
        self.observer.keep_quiet(until_ms);
    }

    /// Lets go of the page.
    pub fn stop(&self) {
        self.observer.stop();
    }
}
