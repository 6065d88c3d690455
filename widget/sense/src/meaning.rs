//! What the page's events mean: which field, which control, which copy. Told from markup alone; no text is read.

use crate::browser::{DomEvent, is, pixels, property, window};
use domain::behaviour::{Copied, Field, Signal, Target};
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

/// The value of a variant's field, where the event is about one.
pub(crate) fn variant(event: &DomEvent) -> Option<JsValue> {
    let node = event.target();
    node.matches(VARIANTS).unwrap_or(false).then(|| property(&node, "value"))
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
