//! The few functions of the browser that are called, without a binding for anything else.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    pub(crate) fn parse_json(text: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    pub(crate) fn unix_now_ms() -> f64;

    /// Since the page's navigation began, on the clock of `Event.timeStamp`.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn page_now_ms() -> f64;

    #[wasm_bindgen(js_name = setTimeout)]
    pub(crate) fn set_timeout(callback: &Function, delay_ms: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    pub(crate) fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(js_name = addEventListener)]
    pub(crate) fn listen_to_window(event: &str, callback: &Function, options: &JsValue);

    #[wasm_bindgen(js_namespace = document, js_name = addEventListener)]
    pub(crate) fn listen_to_document(event: &str, callback: &Function, options: &JsValue);

    #[wasm_bindgen(js_namespace = ["document", "documentElement"], js_name = addEventListener)]
    pub(crate) fn listen_to_root(event: &str, callback: &Function, options: &JsValue);

    #[wasm_bindgen(js_namespace = document, js_name = querySelectorAll)]
    pub(crate) fn elements(selector: &str) -> Array;

    #[wasm_bindgen(thread_local_v2, js_name = window)]
    pub(crate) static WINDOW: JsValue;

    /// Takes every listener away that was added with its signal.
    pub(crate) type AbortController;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn signal(this: &AbortController) -> JsValue;
    #[wasm_bindgen(method)]
    pub(crate) fn abort(this: &AbortController);

    /// Any DOM event; what a kind does not have is `undefined`, and 0 or false here.
    pub(crate) type DomEvent;
    #[wasm_bindgen(method, getter, js_name = timeStamp)]
    pub(crate) fn time_stamp(this: &DomEvent) -> f64;
    #[wasm_bindgen(method, getter, js_name = clientY)]
    pub(crate) fn client_y(this: &DomEvent) -> i32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn buttons(this: &DomEvent) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn target(this: &DomEvent) -> Node;

    /// What an event is about, or a query found.
    pub(crate) type Node;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn hidden(this: &Node) -> bool;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn matches(this: &Node, selector: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, js_name = getClientRects)]
    pub(crate) fn client_rects(this: &Node) -> Array;
}

/// `undefined` where there is no such field, or reading it throws.
pub(crate) fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Whether `value` is this text. Compared in the browser: no string is copied in.
pub(crate) fn is(value: &JsValue, text: &str) -> bool {
    JsValue::from_str(text).loose_eq(value)
}
