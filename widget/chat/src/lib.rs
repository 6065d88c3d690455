//! The chat panel: a thin shell around [`domain::visit::Visit`], drawn with Yew inside the loader's shadow root.
//!
//! `Visit` decides, `app` owns it and performs its effects through `shell`, `components` draw slices of its view.
#![allow(clippy::unnecessary_wraps)] // handlers of events share one signature
#![allow(clippy::items_after_statements)] // numbers named beside the match that uses them

mod app;
mod components;
#[cfg(target_arch = "wasm32")]
mod heap;
mod mount;
mod request;
mod shell;
mod text;
mod words;

use app::{App, Msg};
use domain::visit::{Input, decode_settings, decode_theme};
use mount::Mount;
use wasm_bindgen::prelude::*;
use yew::AppHandle;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static HEAP: heap::Heap = heap::Heap::new();

#[wasm_bindgen]
extern "C" {
    /// What the loader knows when it mounts the chat.
    #[derive(Debug)]
    pub type Options;
    #[wasm_bindgen(method, getter)]
    fn store(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    fn edge(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    fn settings(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    fn look(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn locale(this: &Options) -> Option<String>;
}

/// Draws the panel of one store into `root`, an element of the loader's shadow root.
///
/// `options` is `{ store, edge, settings, look?, locale? }`, `host` is `{ emit(name, detail), launcher({ open, unread, quiet_until }) }`.
/// Throws when the settings cannot be read.
#[wasm_bindgen]
pub fn mount(root: &web_sys::Element, options: &Options, host: JsValue) -> Result<Chat, JsValue> {
    let mut settings =
        decode_settings(&options.settings()).map_err(|_| JsValue::from_str("settings not understood"))?;
    // What the script tag says of the theme wins over the store.
    if let Some(theme) = options.look().and_then(|look| decode_theme(&look).ok()) {
        settings.theme = theme;
    }
    let document = root.owner_document().ok_or(JsValue::NULL)?;
    let place = document.create_element("div")?;
    root.append_child(&place)?;
    let mount = Mount {
        settings: settings.into(),
        host,
        store: options.store().into(),
        base: text::joined(&[options.edge().trim_end_matches('/'), "/v1/", &options.store(), "/"]).into(),
        locale: options.locale().map(Into::into),
        place: place.clone(),
    };
    let app = yew::Renderer::<App>::with_root_and_props(place.clone(), mount).render();
    Ok(Chat { app: Some(app), place })
}

/// The mounted chat, as the loader drives it.
#[wasm_bindgen]
#[allow(missing_debug_implementations)]
pub struct Chat {
    app: Option<AppHandle<App>>,
    place: web_sys::Element,
}

#[wasm_bindgen]
impl Chat {
    /// Opens the panel and gives it the focus.
    pub fn open(&self) {
        self.send(Msg::Visit(Input::Opened));
    }

    /// Closes the panel.
    pub fn close(&self) {
        self.send(Msg::Visit(Input::Closed));
    }

    /// The shopper answered the card of a rule, with one of its suggested answers or without: the panel opens with the
    /// card's words.
    pub fn trigger(&self, rule: String, reasons: Vec<String>, reply: Option<String>) {
        self.send(Msg::Answered(rule, reasons, reply));
    }

    /// Who the shopper is, signed by the shop. The service has no use for it yet: said in the page's `error` event.
    pub fn identify(&self, _jwt: JsValue) {
        self.send(Msg::Unsupported("identify"));
    }

    /// The shopper left this browser: nothing of their conversation stays in it.
    pub fn logout(&self) {
        self.send(Msg::Visit(Input::LoggedOut));
    }

    /// What the shop's consent tool says about storage.
    pub fn consent(&self, granted: bool) {
        self.send(Msg::Visit(Input::Consent(granted)));
    }

    /// The language of dates and times, BCP 47.
    pub fn locale(&self, tag: String) {
        self.send(Msg::Locale(tag));
    }

    /// `light`, `dark`, or as the device prefers.
    pub fn theme(&self, name: String) {
        self.send(Msg::Theme(name));
    }

    /// The cart as the shop tells it. The panel shows none; judging it is the sensors' work.
    pub fn cart(&self, _json: JsValue) {}

    /// Takes everything off the page.
    pub fn destroy(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.place.remove();
    }

    fn send(&self, msg: Msg) {
        if let Some(app) = &self.app {
            app.send_message(msg);
        }
    }
}
