//! GA4's `dataLayer`: what the shop pushed before we came, and what it pushes from now on.

use crate::browser::{List, Object, Proxy, apply, list, property, set_property, window};
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

/// Entries of the past that are looked at: shops push a few dozen.
const MOST_PAST: usize = 500;

type Apply = dyn Fn(JsValue, JsValue, List) -> Result<JsValue, JsValue>;

impl DataLayer {
    /// Tells `observer` everything that is pushed from now on, unless `before` is the data layer still. Gives what it
    /// holds that was not told before.
    pub(crate) fn attach(observer: &Rc<Observer>, before: Option<&Self>) -> Option<(Self, Vec<JsValue>)> {
        let layer = property(&window(), "dataLayer");
        let push = property(&layer, "push");
        if !push.is_function() || before.is_some_and(|before| before.layer == layer) {
            return None;
        }
        // A copy of the one before begins as it did.
        let copied = before.filter(|before| property(&before.layer, "0") == property(&layer, "0"));
        let told = copied.map_or(0, |before| list(&before.layer).count());
        let past = list(&layer).skip(told).take(MOST_PAST).collect();
        let hearing = Rc::downgrade(observer);
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
        Some((Self { layer, push, heard }, past))
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
