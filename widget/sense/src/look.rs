//! What the merchant sees of the sensors: nothing here is about the shopper that the page does not know already.

use crate::browser::{List, Object, put, text_value};
use crate::observer::Observer;
use domain::behaviour::{Detector, Interest, POINTS_VERSION, Trigger};
use domain::time::UnixMillis;
use wasm_bindgen::prelude::*;

pub(crate) fn look(observer: &Observer) -> JsValue {
    let seen = Object::new();
    let Ok(watch) = observer.watch.try_borrow() else { return seen.into() };
    put(&seen, "version", &POINTS_VERSION.into());
    let triggers = List::new();
    for trigger in Trigger::ALL {
        let card = watch.behaviour().card(trigger);
        let (own, reasons, points) = (Object::new(), List::new(), List::new());
        for (reason, counted) in card.reasons() {
            reasons.push(reason.code());
            points.push_value(&counted.into());
        }
        put(&own, "trigger", &text_value(trigger.name()));
        put(&own, "score", &card.score().into());
        put(&own, "threshold", &trigger.threshold().into());
        put(&own, "reasons", &reasons);
        put(&own, "points", &points);
        triggers.push_value(&own);
    }
    put(&seen, "triggers", &triggers);
    let detectors = Object::new();
    for &detector in Detector::ALL {
        put(&detectors, detector.name(), &watch.detectors().has(detector).into());
    }
    put(&seen, "detectors", &detectors);
    let rules = List::new();
    for (rule, judged) in watch.rules() {
        let own = Object::new();
        put(&own, "rule", &text_value(&rule.id));
        put(&own, "trigger", &text_value(rule.trigger.name()));
        if let Some((at, outcome)) = judged {
            put(&own, "at", &millis(at));
            put(&own, "outcome", &text_value(outcome.map_or_else(|refusal| refusal.name(), |()| "spoke")));
        }
        rules.push_value(&own);
    }
    put(&seen, "rules", &rules);
    put(&seen, "signals", &observer.last_signals());
    let interest = match watch.interest() {
        Interest::PassingBy => "passing_by",
        Interest::Open => "open",
        Interest::Sure => "sure",
    };
    put(&seen, "interest", &text_value(interest));
    put(&seen, "cart_items", &watch.behaviour().cart_items().into());
    put(&seen, "quiet_until", &millis(watch.quiet().until));
    seen.into()
}

#[allow(clippy::cast_precision_loss, reason = "instants are below 2^53")]
fn millis(at: UnixMillis) -> JsValue {
    (at.0 as f64).into()
}
