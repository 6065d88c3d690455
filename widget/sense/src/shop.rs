//! What shops hand over: carts and GA4's events.

use crate::browser::{RegExp, is, list, property, whole};
use crate::observer::Observer;
use crate::products::{of_item, pieces};
use domain::behaviour::{CartEdit, CommerceEvent, PageKind, Signal};
use wasm_bindgen::prelude::*;

/// As many lines of a cart as conditions look at.
const MOST_LINES: usize = 32;

/// What a page is for, by the usual words in its path.
pub(crate) fn page_kind(path: &JsValue) -> PageKind {
    let kinds = [
        ("/(checkouts?|payment|shipping|kasse|afrekenen)\\b", PageKind::Checkout),
        ("/(cart|basket|bag|warenkorb|panier|winkelwagen|carrito|cesta|carrello|koszyk)\\b", PageKind::Cart),
        ("/(account|login|signin|register|konto|orders|wishlist)\\b", PageKind::Account),
        ("/(help|faq|contact|about|returns|delivery|support|policies|hilfe|aide)\\b", PageKind::Help),
        ("/(products?|p|item|dp|produkte?|produits?|productos?)/.", PageKind::Product),
        ("/(collections?|category|categories|c|products|shop|search)\\b", PageKind::Listing),
    ];
    let kind = kinds.into_iter().find(|(words, _)| RegExp::new(words, "i").test(path));
    kind.map_or(PageKind::Other, |(_, kind)| kind)
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
    let items = property(about, "items");
    let item = || list(&items).next().map_or(0, |item| of_item(&item));
    let counted = list(&items).next().map(|_| pieces(&items));
    let page = |page| Signal::PageChanged { page, product: None };
    match event {
        CommerceEvent::ViewItem => return observer.show_product(item()),
        CommerceEvent::ViewCart | CommerceEvent::BeginCheckout if counted.is_some() => cart(observer, about),
        CommerceEvent::AddToCart if observer.heard_of_adding() => return,
        _ => observer.hear(Signal::Commerce { event, items: counted }),
    }
    match event {
        CommerceEvent::ViewItem => {}
        CommerceEvent::ViewCart => observer.hear(page(PageKind::Cart)),
        CommerceEvent::BeginCheckout | CommerceEvent::AddPaymentInfo => {
            observer.hear(page(PageKind::Checkout));
        }
        CommerceEvent::Purchase => observer.hear(page(PageKind::Other)),
        CommerceEvent::AddToCart => {
            observer.hear(Signal::CartEdited { edit: CartEdit::Added, item: item() });
        }
        CommerceEvent::RemoveFromCart => {
            observer.hear(Signal::CartEdited { edit: CartEdit::Removed, item: item() });
        }
    }
}

/// All that is in the cart: `{items: [{item_id, quantity, price}], value}`.
pub(crate) fn cart(observer: &Observer, about: &JsValue) {
    let items = property(about, "items");
    if !crate::browser::is_array(&items) {
        return;
    }
    observer.hear(Signal::CartChanged { items: pieces(&items) });
    let mut worth = Some(0.0);
    for item in list(&items).take(MOST_LINES) {
        observer.hear(Signal::CartListed { item: of_item(&item) });
        let price = property(&item, "price").as_f64();
        let quantity = property(&item, "quantity").as_f64().unwrap_or(1.0);
        worth = worth.zip(price).map(|(worth, price)| worth + price * quantity);
    }
    if let Some(worth) = property(about, "value").as_f64().or(worth) {
        observer.hear_of_worth(worth);
    }
}

/// A number of things.
pub(crate) fn count(value: &JsValue) -> Option<u32> {
    whole(value).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}
