//! Icons, drawn on a 24 by 24 grid.

use yew::prelude::*;

pub(crate) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub(crate) const DOWN: &str = "M6 9l6 6 6-6";
pub(crate) const MENU: &str = "M5 12h.01M12 12h.01M19 12h.01";
pub(crate) const SEND: &str = "M12 19V5M5.5 11.5L12 5l6.5 6.5";
pub(crate) const CLIP: &str =
    "M20 11.5l-8.2 8.2a5 5 0 01-7-7L13 4.4a3.3 3.3 0 014.7 4.7l-8.3 8.2a1.7 1.7 0 01-2.4-2.3L14.7 7.5";
pub(crate) const CHAT: &str = "M4 12a8 7.5 0 113.4 6.2L4 19.5l1-3.6A7.2 7.2 0 014 12z";
pub(crate) const SAVE: &str = "M12 4v11M7 11l5 5 5-5M5 20h14";
pub(crate) const BIN: &str = "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13";
pub(crate) const LOCK: &str = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3";

pub(crate) fn icon(path: &'static str) -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}
