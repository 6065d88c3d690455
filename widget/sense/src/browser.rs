//! The few functions of the browser that are called. Bound by hand: what the ready-made bindings bring along
//! (their support for promises, above all) weighs more than everything else here.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    pub(crate) fn parse_json(text: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    pub(crate) fn stringify(value: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    pub(crate) fn unix_now_ms() -> f64;

    /// Since the page's navigation began, on the clock of `Event.timeStamp`.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn page_now_ms() -> f64;

    #[wasm_bindgen(js_name = matchMedia)]
    pub(crate) fn match_media(query: &str) -> JsValue;

    #[wasm_bindgen(js_name = setTimeout)]
    pub(crate) fn set_timeout(callback: &Function, delay_ms: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    pub(crate) fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(js_name = addEventListener)]
    pub(crate) fn listen_to_window(event: &str, callback: &Function, options: &Object);

    #[wasm_bindgen(js_namespace = document, js_name = addEventListener)]
    pub(crate) fn listen_to_document(event: &str, callback: &Function, options: &Object);

    #[wasm_bindgen(js_namespace = ["document", "documentElement"], js_name = addEventListener)]
    pub(crate) fn listen_to_root(event: &str, callback: &Function, options: &Object);

    #[wasm_bindgen(js_namespace = document, js_name = querySelectorAll)]
    pub(crate) fn elements(selector: &str) -> List;

    /// Every object's `valueOf` is itself.
    #[wasm_bindgen(js_namespace = window, js_name = valueOf)]
    pub(crate) fn window() -> JsValue;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn get_property(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = set)]
    pub(crate) fn set_property(object: &JsValue, name: &str, value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = apply)]
    pub(crate) fn apply(function: &JsValue, this: &JsValue, arguments: &List) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Array, js_name = isArray)]
    pub(crate) fn is_array(value: &JsValue) -> bool;

    pub(crate) type Object;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Object;
    #[wasm_bindgen(static_method_of = Object)]
    fn keys(object: &JsValue) -> List;

    #[wasm_bindgen(extends = Object)]
    pub(crate) type Proxy;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(target: &JsValue, handler: &Object) -> Proxy;

    /// An array, or something like it.
    #[wasm_bindgen(js_name = Array)]
    pub(crate) type List;
    #[wasm_bindgen(constructor, js_class = "Array")]
    pub(crate) fn new() -> List;
    #[wasm_bindgen(method, js_class = "Array", js_name = push)]
    pub(crate) fn push_number(this: &List, number: f64);
    #[wasm_bindgen(method, getter, js_class = "Array")]
    pub(crate) fn length(this: &List) -> u32;
    #[wasm_bindgen(method, indexing_getter, js_class = "Array")]
    pub(crate) fn get(this: &List, index: u32) -> JsValue;
    #[wasm_bindgen(method, js_class = "Array")]
    pub(crate) fn push(this: &List, text: &str);
    #[wasm_bindgen(method, js_class = "Array", js_name = push)]
    pub(crate) fn push_value(this: &List, value: &JsValue) -> u32;

    pub(crate) type Text;
    #[wasm_bindgen(method, js_class = "String", js_name = endsWith)]
    fn ends_with(this: &Text, end: &JsValue) -> bool;

    pub(crate) type RegExp;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(pattern: &str, flags: &str) -> RegExp;
    #[wasm_bindgen(method)]
    pub(crate) fn test(this: &RegExp, text: &JsValue) -> bool;

    /// Tells of changes to a document.
    pub(crate) type MutationObserver;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(callback: &Function) -> MutationObserver;
    #[wasm_bindgen(method)]
    pub(crate) fn observe(this: &MutationObserver, node: &JsValue, options: &Object);
    #[wasm_bindgen(method)]
    pub(crate) fn disconnect(this: &MutationObserver);

    pub(crate) type Function;
    #[wasm_bindgen(method)]
    pub(crate) fn bind(this: &Function, context: &JsValue, first: u32) -> Function;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn call(this: &Function, context: &JsValue, argument: &JsValue) -> Result<JsValue, JsValue>;

    /// Takes every listener away that was added with its signal.
    pub(crate) type AbortController;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn signal(this: &AbortController) -> JsValue;
    #[wasm_bindgen(method)]
    pub(crate) fn abort(this: &AbortController);

    /// Any DOM event; what its kind does not have is 0 or false here.
    pub(crate) type DomEvent;
    #[wasm_bindgen(method, getter, js_name = timeStamp)]
    pub(crate) fn time_stamp(this: &DomEvent) -> f64;
    #[wasm_bindgen(method, getter, js_name = clientX)]
    pub(crate) fn client_x(this: &DomEvent) -> i32;
    #[wasm_bindgen(method, getter, js_name = clientY)]
    pub(crate) fn client_y(this: &DomEvent) -> i32;
    #[wasm_bindgen(method, getter, js_name = ctrlKey)]
    pub(crate) fn ctrl_key(this: &DomEvent) -> bool;
    #[wasm_bindgen(method, getter, js_name = metaKey)]
    pub(crate) fn meta_key(this: &DomEvent) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn code(this: &DomEvent) -> JsValue;
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
    #[wasm_bindgen(method, catch)]
    pub(crate) fn closest(this: &Node, selector: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = querySelector)]
    pub(crate) fn find(this: &Node, selector: &str) -> Result<JsValue, JsValue>;
    /// Newer than some browsers in use.
    #[wasm_bindgen(method, catch, js_name = checkVisibility)]
    pub(crate) fn is_visible(this: &Node, options: &Object) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, js_name = getClientRects)]
    pub(crate) fn client_rects(this: &Node) -> List;
}

/// `undefined` where there is no such property, or reading it throws.
pub(crate) fn property(object: &JsValue, name: &str) -> JsValue {
    get_property(object, name).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property, if it can be set.
pub(crate) fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = set_property(object, name, value);
}

pub(crate) fn text_value(text: &str) -> JsValue {
    JsValue::from_str(text)
}

/// A text, or a number as one; else empty.
pub(crate) fn text(value: &JsValue) -> String {
    let value = if value.as_f64().is_some() { stringify(value).unwrap_or_default() } else { value.clone() };
    value.as_string().unwrap_or_default()
}

/// Whether `text` is a text that ends with `end`.
pub(crate) fn ends_with(text: &JsValue, end: &JsValue) -> bool {
    text.is_string() && text.unchecked_ref::<Text>().ends_with(end)
}

/// The things of a list; of anything else, none.
pub(crate) fn list(value: &JsValue) -> impl Iterator<Item = JsValue> {
    let things = is_array(value).then(|| value.clone().unchecked_into::<List>());
    things.into_iter().flat_map(|things| (0..things.length()).map(move |index| things.get(index)))
}

/// How many properties an object has; nothing has none.
pub(crate) fn count_of_keys(object: &JsValue) -> usize {
    if object.is_object() { Object::keys(object).length() as usize } else { 0 }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
pub(crate) fn whole(number: &JsValue) -> Option<u64> {
    number.as_f64().map(|number| number as u64)
}

/// Whether `value` is this text. Compared in the browser: no string is copied in.
pub(crate) fn is(value: &JsValue, text: &str) -> bool {
    JsValue::from_str(text) == *value
}

impl List {
    pub(crate) fn iter(&self) -> impl Iterator<Item = JsValue> {
        (0..self.length()).map(|index| self.get(index))
    }
}

/// A number the browser gives, as pixels.
pub(crate) fn pixels(object: &JsValue, name: &str) -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "saturates, and NaN is 0: as meant")]
    property(object, name).as_f64().map_or(0, |number| number as i32)
}

impl Node {
    /// Whether it is in such an element, or is one. Nodes that are no elements are in none.
    pub(crate) fn is_in(&self, selector: &str) -> bool {
        self.closest(selector).is_ok_and(|found| found.is_truthy())
    }
}
