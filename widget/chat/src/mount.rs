//! What a chat is mounted with.

use domain::wire::WidgetSettings;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::Properties;

/// What a chat is mounted with.
#[derive(Clone, Properties)]
pub(crate) struct Mount {
    pub(crate) settings: Rc<WidgetSettings>,
    pub(crate) host: JsValue,
    pub(crate) store: Rc<str>,
    /// Where this store's part of the service begins.
    pub(crate) base: Rc<str>,
    pub(crate) locale: Option<Rc<str>>,
    pub(crate) place: Element,
}

/// It is mounted once.
impl PartialEq for Mount {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.settings, &other.settings)
    }
}
