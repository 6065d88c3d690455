//! The loader: what it gives us, what we tell it.

use domain::message::Author;
use domain::visit::PageEvent;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the loader knows when it mounts the chat.
    #[derive(Debug)]
    pub type Options;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn store(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn edge(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn settings(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn locale(this: &Options) -> Option<String>;

    /// What the loader does for us.
    #[derive(Debug, Clone, PartialEq)]
    pub type Host;
    #[wasm_bindgen(method, catch, js_name = emit)]
    fn call_emit(this: &Host, name: &str, detail: &Object) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = launcher)]
    fn call_launcher(this: &Host, state: &Object) -> Result<(), JsValue>;
}

impl Host {
    /// A page's listener that throws is the page's business.
    pub(crate) fn emit(&self, event: &PageEvent) {
        let (name, detail) = match event {
            PageEvent::Open => ("open", object(&[])),
            PageEvent::Close => ("close", object(&[])),
            PageEvent::Message { id, author } => {
                let author = match author {
                    Author::Shopper => "shopper",
                    Author::Bot => "bot",
                    Author::Staff { .. } => "staff",
                };
                ("message", object(&[("id", id.as_str().into()), ("author", author.into())]))
            }
            PageEvent::Unread(count) => ("unread", object(&[("count", (*count).into())])),
            PageEvent::Trigger { rule } => ("trigger", object(&[("rule", rule.as_str().into())])),
            PageEvent::Error(code) => ("error", object(&[("code", (*code).into())])),
        };
        let _ = self.call_emit(name, &detail);
    }

    pub(crate) fn launcher(&self, open: bool, unread: u32) {
        let _ = self.call_launcher(&object(&[("open", open.into()), ("unread", unread.into())]));
    }
}

/// A plain JavaScript object.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Fails on proxies and frozen objects only.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
