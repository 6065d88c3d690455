//! The platform's clock and calendar.

use crate::log;
use domain::time::UnixMillis;
use js_sys::{Object, Reflect};

/// Now.
pub(crate) fn now() -> UnixMillis {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number below 2^53
    UnixMillis(js_sys::Date::now() as u64)
}

/// How far a time zone is from UTC at `now`, in minutes, east positive; 0 for a zone the platform does not know.
pub(crate) fn utc_offset_minutes(time_zone: &str, now: UnixMillis) -> i32 {
    offset_minutes(time_zone, now).unwrap_or_else(|| {
        log::warn("time_zone_unknown", &[("time_zone", &time_zone)]);
        0
    })
}

fn offset_minutes(time_zone: &str, now: UnixMillis) -> Option<i32> {
    #[allow(clippy::cast_precision_loss)] // below 2^53
    let date = js_sys::Date::new(&((now.0 / 60_000 * 60_000) as f64).into());
    // "2026-11-22 20:56:00": the local time in a form that reads back as UTC.
    let to_local = Reflect::get(&date, &"toLocaleString".into()).ok()?;
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &time_zone.into()).ok()?;
    let to_local: js_sys::Function = wasm_bindgen::JsCast::dyn_into(to_local).ok()?;
    let local = to_local.call2(&date, &"sv-SE".into(), &options).ok()?.as_string()?;
    let local = js_sys::Date::parse(&format!("{}Z", local.replace(' ', "T")));
    let minutes = (local - date.get_time()) / 60_000.0;
    #[allow(clippy::cast_possible_truncation)] // at most 14 hours
    minutes.is_finite().then_some(minutes as i32)
}
