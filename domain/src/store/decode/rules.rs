//! What the settings document says of the moments a shopper may be spoken to: rules, conditions, limits.

use super::hours::time_of_day;
use super::{labels, number, unique};
use crate::behaviour::{Detector, MOST_PER_WEEK, PageKind, Topic, Trigger};
use crate::store::MAX_RULES;
use crate::store::copy::faulty_sentence;
use crate::store::reader::{Fields, Path, Place, Report, excerpt, flag};
use crate::store::rules::{Rule, RuleId};
use crate::wire::{Conditions, Device, Hours, MomentLimits, Moments, Range, RuleLimits};
use std::collections::BTreeSet;

const MAX_PRIORITY: u32 = 1_000;
const MAX_TEXT_CHARS: usize = 300;
const MAX_COUNT: u32 = 1_000_000_000;
const MAX_DAYS: u32 = 365;

pub(super) fn rules(place: Place<'_>, report: &mut Report) -> Option<Vec<Rule>> {
    let mut ids = BTreeSet::new();
    place.list(report, MAX_RULES, |place, report| rule(place, report, &mut ids))
}

fn rule(place: Place<'_>, report: &mut Report, ids: &mut BTreeSet<String>) -> Option<Rule> {
    let mut fields = place.fields(report)?;
    let id = fields.required(report, "id", |place, report| {
        let id = rule_id(place, report)?;
        unique(place, report, ids, id.as_str()).then_some(id)
    });
    let triggers = Trigger::ALL.map(|trigger| (trigger.name(), trigger));
    let trigger = fields.required(report, "trigger", |place, report| place.choice(report, &triggers));
    let enabled = fields.optional(report, "enabled", true, flag);
    let priority =
        fields.optional(report, "priority", 0, |place, report| number(place, report, 0, MAX_PRIORITY));
    let text = fields.optional(report, "text", None, |place, report| honest_text(place, report).map(Some));
    let quick_replies = fields.optional(report, "quick_replies", Vec::new(), honest_labels);
    let conditions = fields.optional(report, "if", Conditions::default(), conditions);
    let limits = fields.optional(report, "limits", RuleLimits::default(), rule_limits);
    fields.finish(report);
    let rule = Rule {
        id: id?,
        trigger: trigger?,
        enabled: enabled?,
        priority: priority?,
        text: text?,
        quick_replies: quick_replies?,
        conditions: conditions?,
        limits: limits?,
    };
    if rule.topics().next().is_none() {
        let about: Vec<&str> = Topic::of_trigger(rule.trigger).iter().map(|topic| topic.name()).collect();
        let reason = format!("never speaks: \"{}\" is about {}", rule.trigger.name(), about.join(" or "));
        report.fault(&Path::Field(place.path, "if"), reason);
        return None;
    }
    Some(rule)
}

fn rule_id(place: Place<'_>, report: &mut Report) -> Option<RuleId> {
    let text = place.text(report, 60)?;
    match RuleId::parse(text) {
        Some(id) => Some(id),
        None => place.fault(report, "must be lower-case letters, digits, hyphens and underscores"),
    }
}

fn rule_limits(place: Place<'_>, report: &mut Report) -> Option<RuleLimits> {
    let mut fields = place.fields(report)?;
    let usual = RuleLimits::default();
    let per_week = fields
        .optional(report, "per_week", usual.per_week, |place, report| number(place, report, 1, most_cards()));
    fields.finish(report);
    Some(RuleLimits { per_week: per_week? })
}

fn most_cards() -> u32 {
    u32::try_from(MOST_PER_WEEK).unwrap_or(u32::MAX)
}

fn conditions(place: Place<'_>, report: &mut Report) -> Option<Conditions> {
    let mut fields = place.fields(report)?;
    let kinds = PageKind::ALL.map(|kind| (kind.name(), kind));
    let topics = Topic::ALL.map(|topic| (topic.name(), topic));
    let devices = [("phone", Device::Phone), ("desktop", Device::Desktop)];
    let url = some(&mut fields, report, "url", 20, url_pattern);
    let url_not = some(&mut fields, report, "url_not", 20, url_pattern);
    let page = some(&mut fields, report, "page", 7, |place, report| place.choice(report, &kinds));
    let product = some(&mut fields, report, "product", 100, product_id);
    let topic = some(&mut fields, report, "topic", 4, |place, report| place.choice(report, &topics));
    let cart_holds = some(&mut fields, report, "cart_holds", 100, product_id);
    let cart_items = fields.optional(report, "cart_items", None, range);
    let cart_value_minor = fields.optional(report, "cart_value_minor", None, range);
    let device =
        fields.optional(report, "device", None, |place, report| place.choice(report, &devices).map(Some));
    let visits = fields.optional(report, "visits", None, range);
    let referrer = some(&mut fields, report, "referrer", 20, host);
    let hours = fields.optional(report, "hours", None, |place, report| hours(place, report).map(Some));
    fields.finish(report);
    Some(Conditions {
        url: url?,
        url_not: url_not?,
        page: page?,
        product: product?,
        topic: topic?,
        cart_holds: cart_holds?,
        cart_items: cart_items?,
        cart_value_minor: cart_value_minor?,
        device: device?,
        visits: visits?,
        referrer: referrer?,
        hours: hours?,
    })
}

/// A list that may be absent, and names at least one thing where it is there.
fn some<T>(
    fields: &mut Fields<'_>,
    report: &mut Report,
    name: &'static str,
    most: usize,
    read: impl FnMut(Place<'_>, &mut Report) -> Option<T>,
) -> Option<Vec<T>> {
    fields.optional(report, name, Vec::new(), |place, report| {
        let list = place.list(report, most, read)?;
        if list.is_empty() {
            place.fault(report, "must name at least one, or be left out")
        } else {
            Some(list)
        }
    })
}

fn url_pattern(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 300)?;
    if text.starts_with(['/', '*']) {
        Some(text)
    } else {
        place.fault(report, "must be a path such as \"/products/*\"")
    }
}

fn product_id(place: Place<'_>, report: &mut Report) -> Option<String> {
    place.text(report, 200)
}

fn host(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 253)?;
    let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    if text.bytes().all(known) && !text.starts_with('.') && !text.ends_with('.') {
        Some(text)
    } else {
        place.fault(report, "must be a host such as \"news.example.com\"")
    }
}

#[allow(clippy::option_option, reason = "a fault, or a range that may be absent")]
fn range(place: Place<'_>, report: &mut Report) -> Option<Option<Range>> {
    let mut fields = place.fields(report)?;
    let bound = |place: Place<'_>, report: &mut Report| number(place, report, 0, MAX_COUNT).map(Some);
    let least = fields.optional(report, "least", None, bound);
    let most = fields.optional(report, "most", None, bound);
    fields.finish(report);
    let (least, most) = (least?, most?);
    if least.zip(most).is_some_and(|(least, most)| least > most) {
        return place.fault(report, "never holds: \"least\" is more than \"most\"");
    }
    if least.is_none() && most.is_none() {
        return place.fault(report, "must say \"least\" or \"most\"");
    }
    Some(Some(Range { least, most }))
}

fn hours(place: Place<'_>, report: &mut Report) -> Option<Hours> {
    let mut fields = place.fields(report)?;
    let from = fields.required(report, "from", time_of_day);
    let until = fields.required(report, "until", time_of_day);
    fields.finish(report);
    let (from, until) = (from?, until?);
    if from == until {
        return place.fault(report, format!("begins and ends at {from}"));
    }
    Some(Hours { from, until })
}

pub(super) fn moments(place: Place<'_>, report: &mut Report) -> Option<Moments> {
    let mut fields = place.fields(report)?;
    let usual = Moments::default();
    let detectors: Vec<(&str, Detector)> =
        Detector::ALL.iter().map(|detector| (detector.name(), *detector)).collect();
    let detectors_off = fields.optional(report, "detectors_off", Vec::new(), |place, report| {
        place.list(report, detectors.len(), |place, report| place.choice(report, &detectors))
    });
    let idle_cart_seconds =
        fields.optional(report, "idle_cart_seconds", usual.idle_cart_seconds, |place, report| {
            number(place, report, 5, 3_600)
        });
    let purchase_gate = fields.optional(report, "purchase_gate", usual.purchase_gate, flag);
    let limits = fields.optional(report, "limits", usual.limits, limits);
    fields.finish(report);
    Some(Moments {
        detectors_off: detectors_off?,
        idle_cart_seconds: idle_cart_seconds?,
        purchase_gate: purchase_gate?,
        limits: limits?,
    })
}

fn limits(place: Place<'_>, report: &mut Report) -> Option<MomentLimits> {
    let mut fields = place.fields(report)?;
    let usual = MomentLimits::default();
    let mut up_to = |name: &'static str, usual: u32, most: u32, report: &mut Report| {
        fields.optional(report, name, usual, |place, report| number(place, report, 0, most))
    };
    let first_seconds = up_to("first_seconds", usual.first_seconds, 600, report);
    let gap_minutes = up_to("gap_minutes", usual.gap_minutes, 24 * 60, report);
    let per_visit = up_to("per_visit", usual.per_visit, most_cards(), report);
    let per_week = up_to("per_week", usual.per_week, most_cards(), report);
    let close = up_to("silence_after_close_days", usual.silence_after_close_days, MAX_DAYS, report);
    let not_now = up_to("silence_after_not_now_days", usual.silence_after_not_now_days, MAX_DAYS, report);
    fields.finish(report);
    Some(MomentLimits {
        first_seconds: first_seconds?,
        gap_minutes: gap_minutes?,
        per_visit: per_visit?,
        per_week: per_week?,
        silence_after_close_days: close?,
        silence_after_not_now_days: not_now?,
    })
}

/// Nobody asked for what a card says: it must not press, shame or invent.
fn honest_text(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, MAX_TEXT_CHARS)?;
    is_honest(place, report, &text).then_some(text)
}

fn honest_labels(place: Place<'_>, report: &mut Report) -> Option<Vec<String>> {
    let labels = labels(place, report)?;
    labels.iter().all(|label| is_honest(place, report, label)).then_some(labels)
}

fn is_honest(place: Place<'_>, report: &mut Report, text: &str) -> bool {
    let Some(found) = faulty_sentence(text) else { return true };
    place.fault::<()>(report, format!("\"{}\" {}", excerpt(found.sentence), found.fault.reason()));
    false
}
