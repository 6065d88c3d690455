//! GA4's `dataLayer`: what the shop pushed before we came, and what it pushes from now on.

use crate::browser::{WINDOW, field};
use crate::observer::Observer;
use crate::shop::layer_entry;
use js_sys::{Array, Function, Object, Proxy, Reflect};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

/// A data layer whose `push` we hear.
pub(crate) struct DataLayer {
    layer: JsValue,
    push: JsValue,
    heard: JsValue,
}

type Apply = dyn Fn(Function, JsValue, Array) -> Result<JsValue, JsValue>;

impl DataLayer {
    /// Tells `observer` what `window.dataLayer` holds, and everything that is pushed later.
    pub(crate) fn attach(observer: &Rc<Observer>) -> Option<Self> {
        let layer = WINDOW.with(|window| field(window, "dataLayer"));
        if !Array::is_array(&layer) {
            return None;
        }
        let push = field(&layer, "push");
        let hearing = Rc::downgrade(observer);
        tell(&hearing, layer.unchecked_ref());
        // Left to the garbage collector: whoever wrapped `push` after us goes on calling it.
        let apply = Closure::<Apply>::new(move |push: Function, this: JsValue, entries: Array| {
            let result = Reflect::apply(&push, &this, &entries);
            tell(&hearing, &entries);
            result
        });
        let handler = Object::new();
        Reflect::set(&handler, &"apply".into(), &apply.into_js_value()).ok()?;
        let heard: JsValue = Proxy::new(&push, &handler).into();
        Reflect::set(&layer, &"push".into(), &heard).ok()?;
        Some(Self { layer, push, heard })
    }

    /// Puts the shop's own `push` back, unless somebody else wrapped it meanwhile.
    pub(crate) fn detach(&self) {
        if field(&self.layer, "push") == self.heard {
            let _ = Reflect::set(&self.layer, &"push".into(), &self.push);
        }
    }
}

fn tell(observer: &Weak<Observer>, entries: &Array) {
    let Some(observer) = observer.upgrade() else { return };
    for index in 0..entries.length() {
        observer.hear_if(layer_entry(&entries.get(index)));
    }
}
