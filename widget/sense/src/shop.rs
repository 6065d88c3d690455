//! What shops hand over: settings, carts, and GA4's events.

use crate::browser::{List, is, is_array, property};
use domain::behaviour::{CommerceEvent, Rule, Rules, Signal};
use domain::time::Millis;
use wasm_bindgen::prelude::*;

/// How long a cart lies idle where the store does not say.
const PATIENCE_SECONDS: u32 = 60;

/// The detectors that the store's settings switch on.
pub(crate) fn rules(settings: &JsValue) -> Rules {
    let mut rules = Rules::default();
    let triggers = property(settings, "triggers");
    for trigger in list(&triggers).into_iter().flat_map(List::iter) {
        let rule = property(&trigger, "rule");
        rules.exit |= is(&rule, Rule::Exit.name());
        if is(&rule, Rule::IdleCart.name()) {
            let seconds = whole(&property(&trigger, "after_seconds")).unwrap_or(PATIENCE_SECONDS);
            rules.idle_cart = Some(Millis::seconds(seconds.into()));
        }
    }
    rules
}

/// An entry of the data layer: `{event, ecommerce: {items}}`, or gtag's `["event", name, {items}]`.
pub(crate) fn layer_entry(entry: &JsValue) -> Option<Signal> {
    if is(&property(entry, "0"), "event") {
        return commerce(&property(entry, "1"), &property(entry, "2"));
    }
    commerce(&property(entry, "event"), &property(entry, "ecommerce"))
}

/// A GA4 event by its name and parameters.
pub(crate) fn commerce(name: &JsValue, about: &JsValue) -> Option<Signal> {
    let event = CommerceEvent::ALL.into_iter().find(|event| is(name, event.name()))?;
    Some(Signal::Commerce { event, items: pieces(about) })
}

/// The sum of the quantities of `about.items`; one each where none is given.
pub(crate) fn pieces(about: &JsValue) -> Option<u32> {
    let items = property(about, "items");
    let items = list(&items)?;
    Some(
        items
            .iter()
            .map(|item| whole(&property(&item, "quantity")).unwrap_or(1))
            .fold(0, u32::saturating_add),
    )
}

fn list(value: &JsValue) -> Option<&List> {
    is_array(value).then(|| value.unchecked_ref())
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
fn whole(number: &JsValue) -> Option<u32> {
    number.as_f64().map(|number| number as u32)
}
