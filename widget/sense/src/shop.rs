//! What shops hand over: settings, carts, and GA4's events.

use crate::browser::{List, RegExp, elements, is, is_array, parse_json, property};
use crate::observer::Observer;
use domain::behaviour::{CartEdit, CommerceEvent, Detector, Manners, PageKind, Rule, Signal};
use domain::time::Millis;
use wasm_bindgen::prelude::*;

/// Pages may describe thousands of things; one that is about a single product says so early.
const MOST_DESCRIPTIONS: usize = 20;

/// What the store's settings switch on, and off.
pub(crate) fn manners(settings: &JsValue) -> Manners {
    let mut manners = Manners::default();
    let triggers = property(settings, "triggers");
    for trigger in list(&triggers).into_iter().flat_map(List::iter) {
        let name = property(&trigger, "rule");
        let Some(rule) = Rule::ALL.into_iter().find(|rule| is(&name, rule.name())) else { continue };
        manners.rules = manners.rules.with(rule);
        if let Some(seconds) = whole(&property(&trigger, "after_seconds")).filter(|_| rule == Rule::IdleCart)
        {
            manners.patience = Millis::seconds(seconds.into());
        }
    }
    let limits = property(settings, "limits");
    let seconds = |name| whole(&property(&limits, name)).map(|seconds| Millis::seconds(seconds.into()));
    let count = |name| whole(&property(&limits, name)).and_then(|count| u8::try_from(count).ok());
    let held = &mut manners.limits;
    held.first = seconds("first_seconds").unwrap_or(held.first);
    held.gap = seconds("gap_seconds").unwrap_or(held.gap);
    held.per_visit = count("per_visit").unwrap_or(held.per_visit);
    held.per_week = count("per_week").unwrap_or(held.per_week);
    held.per_rule = count("per_rule").unwrap_or(held.per_rule);
    let off = property(settings, "detectors_off");
    for name in list(&off).into_iter().flat_map(List::iter) {
        for &detector in Detector::ALL.iter().filter(|detector| is(&name, detector.name())) {
            manners.detectors = manners.detectors.without(detector);
        }
    }
    manners
}

/// What a page is for, by the usual words in its path.
pub(crate) fn page_kind(path: &JsValue) -> PageKind {
    let kinds = [
        ("/(checkouts?|payment|shipping)\\b", PageKind::Checkout),
        ("/(cart|basket|bag|warenkorb|panier)\\b", PageKind::Cart),
        ("/(products?|p|item|dp)/.", PageKind::Product),
        ("/(collections?|category|categories|c|products|shop|search)\\b", PageKind::Listing),
    ];
    let kind = kinds.into_iter().find(|(words, _)| RegExp::new(words, "i").test(path));
    kind.map_or(PageKind::Other, |(_, kind)| kind)
}

/// The product the page describes in JSON-LD, if it is about one: its number, address or name.
pub(crate) fn described_product() -> Option<JsValue> {
    let mut found = None;
    for script in elements("script[type='application/ld+json']").iter().take(MOST_DESCRIPTIONS) {
        let Ok(described) = parse_json(&property(&script, "textContent")) else { continue };
        let graph = property(&described, "@graph");
        let many = list(&described).or_else(|| list(&graph)).into_iter().flat_map(List::iter);
        for thing in many.take(MOST_DESCRIPTIONS).chain([described.clone()]) {
            if is(&property(&thing, "@type"), "Product") {
                let id = ["sku", "url", "name"]
                    .into_iter()
                    .map(|name| property(&thing, name))
                    .find(JsValue::is_string);
                // Several are a list.
                if found.replace(id?).is_some() {
                    return None;
                }
            }
        }
    }
    found
}

/// An entry of the data layer: `{event, ecommerce: {items}}`, or gtag's `["event", name, {items}]`.
pub(crate) fn layer_entry(observer: &Observer, entry: &JsValue) {
    if is(&property(entry, "0"), "event") {
        return commerce(observer, &property(entry, "1"), &property(entry, "2"));
    }
    commerce(observer, &property(entry, "event"), &property(entry, "ecommerce"));
}

/// A GA4 event by its name and parameters. It tells of the cart, and of the page the shopper is on.
pub(crate) fn commerce(observer: &Observer, name: &JsValue, about: &JsValue) {
    if is(name, "coupon_refused") {
        return observer.hear(Signal::CouponRefused);
    }
    if is(name, "coupon_accepted") {
        return observer.hear(Signal::CouponAccepted);
    }
    let Some(event) = CommerceEvent::ALL.into_iter().find(|event| is(name, event.name())) else { return };
    observer.hear(Signal::Commerce { event, items: pieces(about) });
    let item = property(&property(&property(about, "items"), "0"), "item_id");
    let page = |page, product| Signal::PageChanged { page, product };
    let edited = |edit| Signal::CartEdited { edit, item: observer.number(&item) };
    observer.hear(match event {
        CommerceEvent::ViewItem => page(PageKind::Product, Some(observer.number(&item))),
        CommerceEvent::ViewCart => page(PageKind::Cart, None),
        CommerceEvent::BeginCheckout | CommerceEvent::AddPaymentInfo => page(PageKind::Checkout, None),
        CommerceEvent::Purchase => page(PageKind::Other, None),
        CommerceEvent::AddToCart => edited(CartEdit::Added),
        CommerceEvent::RemoveFromCart => edited(CartEdit::Removed),
    });
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
