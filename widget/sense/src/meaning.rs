//! What the page's events mean: which field, which control, which copy. Told from markup alone; no text is read.

use crate::browser::{DomEvent, elements, is, pixels, property, text, window};
use domain::behaviour::{CartEdit, Copied, Field, Signal, Target, number_of};
use wasm_bindgen::prelude::*;

const FIELDS: &str = "input,select,textarea,[contenteditable]";
const NOT_TYPED_INTO: &str = "[type=button],[type=submit],[type=checkbox],[type=radio],[type=range]";
const COUPONS: &str =
    "[name*=coupon i],[name*=promo i],[name*=voucher i],[name*=discount i],[id*=coupon i],[id*=promo i]";
const SEARCHES: &str = "[type=search],[role=searchbox],[name=q],[name=s]";
const CONTROLS: &str =
    "a,button,input,select,textarea,label,summary,video,[role=button],[role=tab],[onclick]";
const STEPPERS: &str = "[type=number],[class*=quantity i],[class*=stepper i],[class*=carousel i],[class*=slider i],[class*=swiper i]";
const SIZE_GUIDES: &str =
    "[href*=size-guide i],[href*=size-chart i],[class*=size-guide i],[class*=size-chart i],[data-size-guide]";
const SPECIFICATIONS: &str =
    "[href*=specification i],[class*=specification i],[id*=specification i],[data-specification]";
const VARIANTS: &str = "[name*=variant i],[name*=size i],[name*=colo i],[name*=option i],[name^=attribute_]";

const CARTS: &str = "[action*=cart i],[class*=cart i],[id*=cart i],[class*=basket i],[id*=basket i]";
const QUANTITIES: &str = "[name*=quantity i],[name*=qty i],[name^=updates],[class*=quantity i],.qty";
const REMOVALS: &str =
    "[class*=remove i],[name*=remove i],[data-cart-remove],[href*='quantity=0'],[href*=remove_item]";
const ADD_FORMS: &str = "[action*='/cart/add'],[action*='/basket/add'],form.cart,[data-add-to-cart]";
const REFUSED_COUPONS: &str = "[name*=coupon i][aria-invalid=true],[name*=promo i][aria-invalid=true],[name*=discount i][aria-invalid=true],[class*=coupon i] [role=alert],[class*=promo i] [role=alert],[class*=discount i] [role=alert],[class*=coupon i] [class*=error i],.woocommerce-error";

pub(crate) fn key(event: &DomEvent) -> Signal {
    let code = event.code();
    let address = (event.ctrl_key() || event.meta_key()) && (is(&code, "KeyL") || is(&code, "KeyK"));
    if address { Signal::AddressKeyPressed } else { Signal::KeyPressed }
}

pub(crate) fn click(event: &DomEvent) -> Signal {
    let node = event.target();
    let target = if node.is_in(SIZE_GUIDES) {
        Target::SizeGuide
    } else if node.is_in(SPECIFICATIONS) {
        Target::Specification
    } else if node.is_in(STEPPERS) {
        Target::Stepper
    } else if node.is_in(CONTROLS) {
        Target::Control
    } else {
        Target::Plain
    };
    Signal::Clicked { x: event.client_x(), y: event.client_y(), target }
}

/// The field an event is about, if it is one that is typed into or chosen from.
pub(crate) fn field(event: &DomEvent) -> Option<Field> {
    let node = event.target();
    let is = |selector| node.matches(selector).unwrap_or(false);
    if !is(FIELDS) || is(NOT_TYPED_INTO) {
        return None;
    }
    Some(if is("select") {
        Field::List
    } else if is(COUPONS) {
        Field::Coupon
    } else if is(SEARCHES) {
        Field::Search
    } else {
        Field::Other
    })
}

/// A field that was changed: a variant's, or a quantity in a cart.
pub(crate) fn changed(event: &DomEvent) -> Option<Signal> {
    let node = event.target();
    let is = |selector| node.matches(selector).unwrap_or(false);
    if is(VARIANTS) {
        return Some(Signal::VariantChosen { variant: number_of(&text(&property(&node, "value"))) });
    }
    let edit = Signal::CartEdited { edit: CartEdit::Quantity, item: number_of(&name(&node)) };
    (is(QUANTITIES) && node.is_in(CARTS)).then_some(edit)
}

/// A click that takes a line out of the cart.
pub(crate) fn cart_click(event: &DomEvent) -> Option<Signal> {
    let node = event.target();
    let removal = node.closest(REMOVALS).ok().filter(JsValue::is_truthy)?;
    let edit = Signal::CartEdited { edit: CartEdit::Removed, item: number_of(&name(&removal)) };
    node.is_in(CARTS).then_some(edit)
}

/// The id of what a form puts into the cart, if it is such a form.
pub(crate) fn added_item(event: &DomEvent) -> Option<String> {
    let form = event.target();
    let adds = form.matches(ADD_FORMS).unwrap_or(false);
    adds.then(|| form.find("[name=id],[name=add-to-cart],[name=product_id],[name=variation_id]").ok())
        .flatten()
        .map(|field| text(&property(&field, "value")))
}

/// Whether what was sent has a coupon in it.
pub(crate) fn is_coupon_form(event: &DomEvent) -> bool {
    event.target().find(COUPONS).is_ok_and(|field| field.is_truthy())
}

/// A coupon's field that the browser itself does not take.
pub(crate) fn coupon_refused(event: &DomEvent) -> Option<Signal> {
    event.target().matches(COUPONS).unwrap_or(false).then_some(Signal::CouponRefused)
}

/// Whether the page says beside a coupon's field that it was no good.
pub(crate) fn shows_refused_coupon() -> bool {
    elements(REFUSED_COUPONS).length() > 0
}

/// What a control calls itself, or where it leads.
fn name(node: &JsValue) -> String {
    let names = ["href", "name", "id"].map(|name| text(&property(node, name)));
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

pub(crate) fn copied(event: &DomEvent) -> Option<Signal> {
    let node = event.target();
    let copied = if node.is_in("[itemprop=price],[class*=price i],[data-price]") {
        Copied::Price
    } else if node.is_in("[itemprop=sku],[class*=sku i],[data-sku]") {
        Copied::Code
    } else if node.is_in("h1,[itemprop=name]") {
        Copied::Title
    } else {
        return None;
    };
    Some(Signal::Copied(copied))
}

/// Whether the focus went to a frame in the page.
pub(crate) fn blur() -> Signal {
    let focused = property(&property(&window(), "document"), "activeElement");
    Signal::WindowLeft { to_frame: is(&property(&focused, "tagName"), "IFRAME") }
}

pub(crate) fn full_screen() -> Signal {
    Signal::FullScreen(property(&property(&window(), "document"), "fullscreenElement").is_truthy())
}

pub(crate) fn resize() -> Signal {
    let window = window();
    Signal::WindowResized { width: pixels(&window, "innerWidth"), height: pixels(&window, "innerHeight") }
}
