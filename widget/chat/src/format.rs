//! Dates and times, in the shopper's zone and the page's language.

use crate::shell::host::object;
use domain::time::UnixMillis;
use js_sys::{Date, Function, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: JsValue, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn format(this: &DateTimeFormat) -> Function;
}

/// Made once for a language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Format {
    time: Option<Function>,
    day: Option<Function>,
}

impl Format {
    /// An unknown language falls back to the browser's.
    pub(crate) fn of(locale: Option<&str>) -> Self {
        let time = [("hour", "numeric"), ("minute", "2-digit")];
        let day = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("timeZone", "UTC")];
        Self { time: formatter(locale, &time), day: formatter(locale, &day) }
    }

    pub(crate) fn time(&self, at: UnixMillis) -> String {
        // Exact below 2^53.
        #[allow(clippy::cast_precision_loss)]
        apply(self.time.as_ref(), at.0 as f64)
    }

    /// A day by its number since 1970-01-01.
    pub(crate) fn day(&self, day: i64, today: i64) -> String {
        match today.saturating_sub(day) {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            #[allow(clippy::cast_precision_loss)]
            _ => apply(self.day.as_ref(), day as f64 * 86_400_000.0),
        }
    }
}

fn formatter(locale: Option<&str>, options: &[(&str, &str)]) -> Option<Function> {
    let options: Vec<(&str, JsValue)> =
        options.iter().map(|(name, value)| (*name, JsValue::from_str(value))).collect();
    let options = object(&options);
    let made = match locale {
        Some(tag) => DateTimeFormat::new(JsValue::from_str(tag), &options),
        None => Err(JsValue::UNDEFINED),
    };
    made.or_else(|_| DateTimeFormat::new(JsValue::UNDEFINED, &options)).ok().map(|made| made.format())
}

fn apply(format: Option<&Function>, at: f64) -> String {
    let date = Date::new(&JsValue::from_f64(at));
    let text = format.and_then(|format| format.call1(&JsValue::UNDEFINED, &date).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}
