//! The store's `WidgetSettings` as the behaviour takes them. What is not understood is as if it were not there: a rule
//! with a condition of tomorrow is not a rule for every moment, so it is left out.

use crate::browser::{is, list, property, text, whole};
use domain::behaviour::{Condition, Detector, Manners, PageKind, Range, Rule, Topic, Trigger, number_of};
use domain::time::Millis;
use wasm_bindgen::prelude::*;

pub(crate) fn manners(settings: &JsValue) -> Manners {
    let mut manners = Manners::default();
    let moments = property(settings, "moments");
    let limits = property(&moments, "limits");
    let span = |held: &mut Millis, from: &JsValue, name: &str, unit: Millis| {
        if let Some(count) = whole(&property(from, name)) {
            *held = Millis(unit.0.saturating_mul(count));
        }
    };
    let few = |held: &mut u8, from: &JsValue, name: &str| {
        if let Some(count) = whole(&property(from, name)) {
            *held = u8::try_from(count).unwrap_or(u8::MAX);
        }
    };
    let held = &mut manners.limits;
    span(&mut manners.patience, &moments, "idle_cart_seconds", Millis::seconds(1));
    span(&mut held.first, &limits, "first_seconds", Millis::seconds(1));
    span(&mut held.gap, &limits, "gap_minutes", Millis::minutes(1));
    span(&mut held.after_close, &limits, "silence_after_close_days", Millis::days(1));
    span(&mut held.after_not_now, &limits, "silence_after_not_now_days", Millis::days(1));
    few(&mut held.per_visit, &limits, "per_visit");
    few(&mut held.per_week, &limits, "per_week");
    manners.purchase_gate = property(&moments, "purchase_gate") != JsValue::FALSE;
    #[allow(clippy::cast_possible_truncation, reason = "saturates, and NaN is 0: as meant")]
    let minutes = |number: f64| number as i32;
    manners.utc_offset_minutes = property(settings, "utc_offset_minutes").as_f64().map_or(0, minutes);
    for name in list(&property(&moments, "detectors_off")) {
        for &detector in Detector::ALL.iter().filter(|detector| is(&name, detector.name())) {
            manners.detectors = manners.detectors.without(detector);
        }
    }
    for told in list(&property(settings, "rules")) {
        let mut per_week = 1;
        few(&mut per_week, &property(&told, "limits"), "per_week");
        let trigger = property(&told, "trigger");
        let trigger = Trigger::ALL.into_iter().find(|known| is(&trigger, known.name()));
        let Some((trigger, conditions)) = trigger.zip(conditions(&property(&told, "if"))) else { continue };
        manners.rules.push(Rule {
            id: text(&property(&told, "id")),
            trigger,
            conditions,
            priority: number(&told, "priority").unwrap_or(0),
            per_week,
        });
    }
    manners
}

/// So many of the smallest units make one of the store's currency.
pub(crate) fn currency_unit(settings: &JsValue) -> f64 {
    match number(settings, "currency_decimals") {
        Some(0) => 1.0,
        Some(3) => 1_000.0,
        _ => 100.0,
    }
}

/// How many kinds of conditions are known.
const KINDS: usize = 12;

fn conditions(asked: &JsValue) -> Option<Vec<Condition>> {
    let given = |name: &str| Some(property(asked, name)).filter(|value| value.is_truthy());
    let texts = |name| given(name).map(|value| list(&value).map(|value| text(&value)).collect());
    let numbers =
        |name| given(name).map(|value| list(&value).map(|value| number_of(&text(&value))).collect());
    let range = |name| {
        given(name).map(|value| Range {
            least: whole(&property(&value, "least")),
            most: whole(&property(&value, "most")),
        })
    };
    let pages = || {
        let value = given("page")?;
        let known = |name: JsValue| PageKind::ALL.into_iter().find(|kind| is(&name, kind.name()));
        Some(Condition::Page(list(&value).filter_map(known).collect()))
    };
    let topics = || {
        let value = given("topic")?;
        let known = |name: JsValue| Topic::ALL.into_iter().find(|topic| is(&name, topic.name()));
        Some(Condition::Topic(list(&value).filter_map(known).collect()))
    };
    let hours = || {
        let value = given("hours")?;
        let minute = |name| minute_of_day(&text(&property(&value, name)));
        Some(Condition::Hours { from: minute("from")?, until: minute("until")? })
    };
    let found: [Option<Condition>; KINDS] = [
        texts("url").map(Condition::Url),
        texts("url_not").map(Condition::UrlNot),
        pages(),
        numbers("product").map(Condition::Product),
        topics(),
        numbers("cart_holds").map(Condition::CartHolds),
        range("cart_items").map(Condition::CartItems),
        range("cart_value_minor").map(Condition::CartValueMinor),
        given("device").map(|device| Condition::Phone(is(&device, "phone"))),
        range("visits").map(Condition::Visits),
        texts("referrer").map(Condition::Referrer),
        hours(),
    ];
    let found: Vec<Condition> = found.into_iter().flatten().collect();
    (found.len() == crate::browser::count_of_keys(asked)).then_some(found)
}

fn number(object: &JsValue, name: &str) -> Option<u32> {
    whole(&property(object, name)).and_then(|number| u32::try_from(number).ok())
}

/// `HH:MM`.
fn minute_of_day(text: &str) -> Option<u16> {
    let [h1, h2, b':', m1, m2] = *text.as_bytes() else { return None };
    let digit = |byte: u8| u16::from(byte.wrapping_sub(b'0'));
    Some((digit(h1) * 10 + digit(h2)) * 60 + digit(m1) * 10 + digit(m2))
}
