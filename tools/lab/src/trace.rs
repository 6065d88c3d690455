//! Recorded DOM events, and the signals that the sensors make of such events.

use domain::behaviour::{CartEdit, Copied, Field, Page, PageKind, Signal, Target, number_of};
use domain::time::UnixMillis;
use serde::Deserialize;
use serde_json::Value;

/// One page's life.
#[derive(Debug, Deserialize)]
pub(crate) struct Trace {
    pub(crate) id: String,
    device: String,
    vw: i32,
    vh: i32,
    page: String,
    cart: u32,
    #[serde(rename = "ev")]
    events: Vec<Vec<Value>>,
}

impl Trace {
    /// The page as it opened: when its load was recorded, or at zero.
    pub(crate) fn page(&self) -> Page {
        let opened = self.events.iter().find(|event| text(event, 1) == "load").map_or(0, |event| at(event));
        Page {
            opened: UnixMillis(opened),
            kind: page_kind(&self.page),
            touch: self.device == "mobile",
            width: self.vw,
            height: self.vh,
        }
    }

    /// What happened and when, in order.
    pub(crate) fn signals(&self) -> impl Iterator<Item = (UnixMillis, Vec<Signal>)> {
        let held =
            (self.cart > 0).then(|| (self.page().opened, vec![Signal::CartChanged { items: self.cart }]));
        held.into_iter().chain(self.events.iter().map(|event| (UnixMillis(at(event)), signals(event))))
    }

    /// When the last event was recorded.
    pub(crate) fn end(&self) -> UnixMillis {
        UnixMillis(self.events.last().map_or(0, |event| at(event)))
    }
}

fn signals(event: &[Value]) -> Vec<Signal> {
    let (x, y) = (number(event, 2), number(event, 3));
    let signal = match text(event, 1) {
        "mm" => Signal::PointerMoved { x, y },
        // Its related target is an element when the mouse only went to another part of the page.
        "leave" if event.get(4).is_none_or(Value::is_null) => Signal::PointerLeft { x, y, pressed: false },
        "enter" => Signal::PointerEntered,
        "scroll" => Signal::Scrolled { y: x },
        "vis" => {
            if text(event, 2) == "hidden" {
                Signal::PageHidden
            } else {
                Signal::PageShown
            }
        }
        "blur" => Signal::WindowLeft { to_frame: text(event, 2) == "iframe" },
        "focus" => Signal::WindowEntered,
        "click" => return click(x, y, text(event, 4), text(event, 5)),
        "down" => Signal::PointerPressed,
        "up" => Signal::PointerReleased,
        "ctx" => Signal::MenuOpened,
        "key" => return key(text(event, 2), text(event, 3)),
        "fld" => match text(event, 2) {
            "focus" => Signal::FieldEntered(field(text(event, 3))),
            "input" => Signal::FieldTyped,
            _ => Signal::FieldLeft,
        },
        "cart" => Signal::CartEdited {
            edit: match text(event, 2) {
                "add" => CartEdit::Added,
                "remove" => CartEdit::Removed,
                _ => CartEdit::Quantity,
            },
            item: number_of(text(event, 3)),
        },
        "variant" => Signal::VariantChosen { variant: number_of(text(event, 2)) },
        "copy" => match text(event, 2) {
            "title" => Signal::Copied(Copied::Title),
            "price" => Signal::Copied(Copied::Price),
            "sku" => Signal::Copied(Copied::Code),
            _ => return Vec::new(),
        },
        "err" => Signal::CouponRefused,
        "nav" => Signal::PageChanged {
            page: page_kind(text(event, 2)),
            product: event.get(3).and_then(Value::as_str).map(number_of),
        },
        "resize" => Signal::WindowResized { width: x, height: y },
        _ => return Vec::new(),
    };
    vec![signal]
}

/// Recordings do not tell what a page did after a click: whatever can be clicked is taken to have answered.
fn click(x: i32, y: i32, tag: &str, role: &str) -> Vec<Signal> {
    let target = match role {
        "size-guide" | "size-chart" => Target::SizeGuide,
        "spec" | "specs" | "specification" | "details" => Target::Specification,
        "plus" | "minus" | "qty" | "stepper" | "carousel" | "prev" => Target::Stepper,
        _ if matches!(tag, "a" | "button" | "input" | "select" | "textarea" | "label" | "summary") => {
            Target::Control
        }
        _ => Target::Plain,
    };
    let clicked = Signal::Clicked { x, y, target };
    if target == Target::Plain { vec![clicked] } else { vec![clicked, Signal::PageResponded] }
}

fn key(code: &str, modifiers: &str) -> Vec<Signal> {
    let command = ["ctrl", "meta", "cmd"].iter().any(|name| modifiers.to_ascii_lowercase().contains(name));
    let address = command && matches!(code, "KeyL" | "KeyK");
    let begins_command = ["Alt", "Control", "Meta", "Shift"].iter().any(|name| code.starts_with(name));
    match (address, command || begins_command) {
        (true, _) => vec![Signal::AddressKeyPressed],
        (false, true) => Vec::new(),
        (false, false) => vec![Signal::KeyPressed],
    }
}

fn field(name: &str) -> Field {
    match name {
        "coupon" | "promo" | "voucher" | "discount" => Field::Coupon,
        "search" | "q" => Field::Search,
        "select" => Field::List,
        _ => Field::Other,
    }
}

fn page_kind(name: &str) -> PageKind {
    match name {
        "product" => PageKind::Product,
        "listing" | "search" | "home" => PageKind::Listing,
        "cart" => PageKind::Cart,
        "checkout" | "shipping" | "payment" | "address" => PageKind::Checkout,
        _ => PageKind::Other,
    }
}

fn at(event: &[Value]) -> u64 {
    event.first().and_then(Value::as_f64).map_or(0, whole)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

#[allow(clippy::cast_possible_truncation, reason = "saturates, and NaN is 0: as meant")]
fn number(event: &[Value], index: usize) -> i32 {
    event.get(index).and_then(Value::as_f64).map_or(0, |number| number as i32)
}

fn text(event: &[Value], index: usize) -> &str {
    event.get(index).and_then(Value::as_str).unwrap_or_default()
}
