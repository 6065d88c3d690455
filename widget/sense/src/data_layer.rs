//! GA4's `dataLayer`: what the shop pushed before we came, and what it pushes from now on.

use crate::browser::{List, Object, Proxy, apply, is_array, property, set_property, window};
use crate::observer::Observer;
use crate::shop::layer_entry;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

/// A data layer whose `push` we hear.
pub(crate) struct DataLayer {
    layer: JsValue,
    push: JsValue,
    heard: JsValue,
}

type Apply = dyn Fn(JsValue, JsValue, List) -> Result<JsValue, JsValue>;

impl DataLayer {
    /// Tells `observer` what `window.dataLayer` holds, and everything that is pushed later.
    pub(crate) fn attach(observer: &Rc<Observer>) -> Option<Self> {
        let layer = property(&window(), "dataLayer");
        if !is_array(&layer) {
            return None;
        }
        let push = property(&layer, "push");
        let hearing = Rc::downgrade(observer);
        tell(&hearing, layer.unchecked_ref());
        // Left to the garbage collector: whoever wrapped `push` after us goes on calling it.
        let heard = Closure::<Apply>::new(move |push: JsValue, this: JsValue, entries: List| {
            let result = apply(&push, &this, &entries);
            tell(&hearing, &entries);
            result
        });
        let handler = Object::new();
        set_property(&handler, "apply", &heard.into_js_value()).ok()?;
        let heard: JsValue = Proxy::new(&push, &handler).into();
        set_property(&layer, "push", &heard).ok()?;
        Some(Self { layer, push, heard })
    }

    /// Puts the shop's own `push` back, unless somebody else wrapped it meanwhile.
    pub(crate) fn detach(&self) {
        if property(&self.layer, "push") == self.heard {
            let _ = set_property(&self.layer, "push", &self.push);
        }
    }
}

fn tell(observer: &Weak<Observer>, entries: &List) {
    let Some(observer) = observer.upgrade() else { return };
    for entry in entries.iter() {
        layer_entry(&observer, &entry);
    }
}
