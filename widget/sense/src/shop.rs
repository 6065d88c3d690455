//! What shops hand over: settings, carts, and GA4's events.

use crate::browser::{field, is};
use domain::behaviour::{CommerceEvent, Rule, Rules, Signal};
use domain::time::Millis;
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// How long a cart lies idle where the store does not say.
const PATIENCE_SECONDS: u32 = 60;

/// The detectors that the store's settings switch on.
pub(crate) fn rules(settings: &JsValue) -> Rules {
    let mut rules = Rules::default();
    for trigger in list(&field(settings, "triggers")) {
        let rule = field(&trigger, "rule");
        rules.exit |= is(&rule, Rule::Exit.name());
        if is(&rule, Rule::IdleCart.name()) {
            let seconds = whole(&field(&trigger, "after_seconds")).unwrap_or(PATIENCE_SECONDS);
            rules.idle_cart = Some(Millis::seconds(seconds.into()));
        }
    }
    rules
}

/// An entry of the data layer: `{event, ecommerce: {items}}`, or gtag's `["event", name, {items}]`.
pub(crate) fn layer_entry(entry: &JsValue) -> Option<Signal> {
    if is(&field(entry, "0"), "event") {
        return commerce(&field(entry, "1"), &field(entry, "2"));
    }
    commerce(&field(entry, "event"), &field(entry, "ecommerce"))
}

/// A GA4 event by its name and parameters.
pub(crate) fn commerce(name: &JsValue, about: &JsValue) -> Option<Signal> {
    let event = CommerceEvent::ALL.into_iter().find(|event| is(name, event.name()))?;
    Some(Signal::Commerce { event, items: pieces(about) })
}

/// The sum of the quantities of `about.items`; one each where none is given.
pub(crate) fn pieces(about: &JsValue) -> Option<u32> {
    let items = field(about, "items");
    let quantities = list(&items).map(|item| whole(&field(&item, "quantity")).unwrap_or(1));
    Array::is_array(&items).then(|| quantities.fold(0, u32::saturating_add))
}

fn list(value: &JsValue) -> impl Iterator<Item = JsValue> {
    let array: &Array = value.unchecked_ref();
    let length = if Array::is_array(value) { array.length() } else { 0 };
    (0..length).map(|index| array.get(index))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
fn whole(number: &JsValue) -> Option<u32> {
    number.as_f64().map(|number| number as u32)
}
