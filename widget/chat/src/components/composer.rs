//! Where the shopper writes.

use super::piece::{Act, Emit, Kind, el, icon, listen, on};
use crate::app::Msg;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// The key belongs to an input method.
const KEY_OF_INPUT_METHOD: u32 = 229;

pub(crate) fn composer(node: &NodeRef, covered: bool, emit: &Emit) -> Html {
    let names = &["aria-label", "placeholder", "rows", "maxlength", "dir", "enterkeyhint", "autocomplete"];
    let values = ["Message", "Write a message", "1", "4000", "auto", "send", "off"];
    let mut field = el("textarea", names, &values, Vec::new());
    field.node_ref = node.clone();
    listen(&mut field, Kind::Input, emit, Act::Do(|| Msg::Wrote));
    listen(&mut field, Kind::KeyDown, emit, Act::Event(pressed));
    let send = el("button", &["type", "aria-label"], &["submit", "Send"], vec![icon(icon::SEND)]);
    let names: &'static [&'static str] = if covered { &["class", "inert"] } else { &["class"] };
    let values = ["composer", ""];
    let inside = vec![field.into(), send.into()];
    let form = el("form", names, values.get(..names.len()).unwrap_or_default(), inside);
    on(form, Kind::Submit, emit, Act::Event(submitted))
}

fn submitted(event: &Event) -> Option<Msg> {
    event.prevent_default();
    Some(Msg::Send)
}

/// Enter sends, with shift it begins a line.
fn pressed(event: &Event) -> Option<Msg> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    let sends = key.key() == "Enter"
        && !key.shift_key()
        && !key.is_composing()
        && key.key_code() != KEY_OF_INPUT_METHOD;
    if sends { submitted(event) } else { None }
}
