//! The panel's look: constructable stylesheets on the loader's shadow root, so that a strict CSP holds.

use domain::visit::Look;
use domain::wire::{Corner, Theme};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CssStyleSheet, Element};

const SHEET: &str = include_str!("style.css");

/// The sheets of one mounted chat; gone when dropped.
pub(crate) struct Style {
    root: JsValue,
    sheets: [Option<CssStyleSheet>; 3],
}

impl Style {
    pub(crate) fn adopt(place: &Element, theme: &Theme) -> Self {
        let root: JsValue = place.get_root_node().into();
        let sheets = [SHEET, &variables(theme), ""].map(sheet);
        change(&root, |adopted| {
            for sheet in sheets.iter().flatten() {
                adopted.push(sheet);
            }
        });
        Self { root, sheets }
    }

    /// The room left by a phone's keyboard, in CSS pixels from the top of the window.
    pub(crate) fn room(&self, top: f64, height: f64) {
        if let [_, _, Some(sheet)] = &self.sheets {
            let [top, height] = [top, height].map(whole);
            let _ =
                sheet.replace_sync(&[":host{--ol-top:", &top, "px;--ol-height:", &height, "px}"].concat());
        }
    }
}

impl Drop for Style {
    fn drop(&mut self) {
        let ours = &self.sheets;
        change(&self.root, |adopted| {
            let kept =
                adopted.iter().filter(|sheet| ours.iter().flatten().all(|own| JsValue::from(own) != *sheet));
            *adopted = kept.collect();
        });
    }
}

fn sheet(text: &str) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(text).ok()?;
    Some(sheet)
}

fn change(root: &JsValue, change: impl FnOnce(&mut Array)) {
    let name = JsValue::from_str("adoptedStyleSheets");
    if let Ok(adopted) = Reflect::get(root, &name) {
        let mut adopted: Array =
            adopted.dyn_ref::<Array>().map(|list| list.iter().collect()).unwrap_or_default();
        change(&mut adopted);
        let _ = Reflect::set(root, &name, &adopted);
    }
}

fn variables(theme: &Theme) -> String {
    let look = Look::of(&theme.color);
    let offset = theme.offset_px.min(200).to_string();
    let side = match theme.corner {
        Corner::Left => "--ol-left:var(--ol-offset);--ol-right:auto;--ol-origin:0 100%",
        Corner::Right => "--ol-right:var(--ol-offset);--ol-left:auto;--ol-origin:100% 100%",
    };
    [
        ":host{--ol-accent:",
        &look.accent,
        ";--ol-on-accent:",
        look.on_accent,
        ";--ol-accent-on-light:",
        &look.accent_on_light,
        ";--ol-accent-on-dark:",
        &look.accent_on_dark,
        ";--ol-offset:",
        &offset,
        "px;",
        side,
        "}",
    ]
    .concat()
}

fn whole(px: f64) -> String {
    // Windows are not that high.
    #[allow(clippy::cast_possible_truncation)]
    (px as i32).to_string()
}
