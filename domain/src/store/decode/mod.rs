//! From JSON text to [`Settings`], or to every reason why not.

mod answers;
mod catalogue;
mod channels;
mod hours;
mod links;
mod rules;
mod widget;

use super::default;
use super::hours::OpeningHours;
use super::origin::Origin;
use super::reader::{Node, Path, Place, Report, SettingsError, excerpt};
use super::settings::{Answer, Bot, Channels, HandOff, Settings};
use super::{MAX_LABEL_CHARS, MAX_QUICK_REPLIES, MAX_SETTINGS_BYTES};
use crate::commerce::Currency;
use crate::ids::StoreId;
use crate::language::Language;
use crate::wire::{Moments, Theme};
use std::collections::BTreeSet;

/// Reads a settings document: total on any text. Either every limit holds, or all faults are told (up to 100).
pub fn decode(text: &str) -> Result<Settings, Vec<SettingsError>> {
    let whole = |line: u32, reason: String| vec![SettingsError { path: "$".into(), line, reason }];
    if text.len() > MAX_SETTINGS_BYTES {
        return Err(whole(1, format!("has {} bytes, at most {MAX_SETTINGS_BYTES} are allowed", text.len())));
    }
    // Editors on some systems put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let node: Node = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
        whole(line, format!("is not JSON: {error}"))
    })?;
    let mut report = Report::default();
    let settings = settings(Place { node: &node, path: &Path::Root }, &mut report);
    let errors = report.into_errors(text);
    match settings {
        Some(settings) if errors.is_empty() => Ok(settings),
        _ => Err(errors),
    }
}

fn settings(place: Place<'_>, report: &mut Report) -> Option<Settings> {
    let mut fields = place.fields(report)?;
    let schema =
        fields.optional(report, "$schema", None, |place, report| place.text(report, 2_000).map(Some));
    let version = fields.required(report, "version", version);
    let id = fields.required(report, "id", store_id);
    let name = fields.required(report, "name", |place, report| place.text(report, 60));
    let url = fields.required(report, "url", links::home);
    let locale = fields.optional(report, "locale", default::locale(), locale);
    let language = Language::of_shopper(None, locale.as_deref().unwrap_or_default());
    let currency = fields.required(report, "currency", currency);
    let time_zone = fields.required(report, "time_zone", time_zone);
    let origins = fields.required(report, "origins", origins);
    let theme = fields.optional(report, "theme", Theme::default(), widget::theme);
    let hours = fields
        .optional(report, "hours", Vec::new(), |place, report| place.list(report, 28, hours::opening_hours));
    let reply_within_minutes = fields.optional(report, "reply_within_minutes", None, |place, report| {
        number(place, report, 1, 10_080).map(Some)
    });
    let greeting = fields.optional(report, "greeting", default::greeting_in(language), widget::greeting);
    let bot = fields.optional(report, "bot", Bot::usual(language), |place, report| {
        answers::bot(place, report, Bot::usual(language))
    });
    let answers = fields.optional(report, "answers", Vec::new(), answers::answers);
    let hand_off = fields.optional(report, "hand_off", HandOff::usual(language), |place, report| {
        answers::hand_off(place, report, HandOff::usual(language))
    });
    let catalogue = fields.optional(report, "catalogue", Vec::new(), catalogue::catalogue);
    let rules = fields.optional(report, "rules", Vec::new(), rules::rules);
    let moments = fields.optional(report, "moments", Moments::default(), rules::moments);
    let retention_days =
        fields.optional(report, "retention_days", default::retention_days(), |place, report| {
            number(place, report, 1, 3_650)
        });
    let channels = fields.optional(report, "channels", Channels::default(), channels::channels);
    fields.finish(report);
    if let (Some(hours), Some(answers)) = (&hours, &answers) {
        hours_are_known(place, report, hours, answers);
    }
    Some(Settings {
        schema: schema?,
        version: version?,
        id: id?,
        name: name?,
        url: url?,
        locale: locale?,
        currency: currency?,
        time_zone: time_zone?,
        origins: origins?,
        theme: theme?,
        hours: hours?,
        reply_within_minutes: reply_within_minutes?,
        greeting: greeting?,
        bot: bot?,
        answers: answers?,
        hand_off: hand_off?,
        catalogue: catalogue?,
        rules: rules?,
        moments: moments?,
        retention_days: retention_days?,
        channels: channels?,
    })
}

/// An answer that tells the opening hours needs some.
fn hours_are_known(place: Place<'_>, report: &mut Report, hours: &[OpeningHours], answers: &[Answer]) {
    let list = Path::Field(place.path, "answers");
    for (index, answer) in answers.iter().enumerate() {
        if hours.is_empty() && answer.text.contains("{hours}") {
            report.fault(
                &Path::Field(&Path::Item(&list, index), "text"),
                "has {hours}, but the document has no hours",
            );
        }
    }
}

fn version(place: Place<'_>, report: &mut Report) -> Option<u32> {
    match place.whole(report, 0, u64::MAX)? {
        1 => Some(1),
        other => place.fault(report, format!("is {other}, but this program reads version 1")),
    }
}

fn store_id(place: Place<'_>, report: &mut Report) -> Option<StoreId> {
    let text = place.text(report, 40)?;
    match StoreId::parse(text) {
        Ok(id) => Some(id),
        Err(_) => place.fault(report, "must be lower-case letters, digits and hyphens"),
    }
}

fn locale(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 35)?;
    let part = |part: &str, min: usize| {
        (min..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let known = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
    if known && parts.all(|rest| part(rest, 2)) {
        Some(text)
    } else {
        place.fault(report, "must be a language tag such as \"en\" or \"pt-BR\"")
    }
}

fn currency(place: Place<'_>, report: &mut Report) -> Option<Currency> {
    let text = place.text(report, 60)?;
    match Currency::parse(&text) {
        Ok(currency) => Some(currency),
        Err(_) => place
            .fault(report, format!("must be a currency code such as \"EUR\", not \"{}\"", excerpt(&text))),
    }
}

fn time_zone(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 60)?;
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-'))
    };
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.split('/').all(part) {
        Some(text)
    } else {
        place.fault(report, "must be an IANA time zone such as \"Europe/Amsterdam\" or \"UTC\"")
    }
}

fn origins(place: Place<'_>, report: &mut Report) -> Option<Vec<Origin>> {
    let origins = place.list(report, 50, |place, report| {
        let text = place.text(report, 300)?;
        match Origin::parse(&text) {
            Ok(origin) => Some(origin),
            Err(error) => place.fault(report, format!("is not an origin: {error}")),
        }
    })?;
    if origins.is_empty() {
        return place.fault(report, "must name at least one origin, or no page can use the widget");
    }
    Some(origins)
}

fn keyword(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 60)?;
    if text.chars().any(char::is_alphanumeric) {
        Some(text)
    } else {
        place.fault(report, "must have a letter or digit")
    }
}

fn label(place: Place<'_>, report: &mut Report) -> Option<String> {
    place.text(report, MAX_LABEL_CHARS)
}

fn labels(place: Place<'_>, report: &mut Report) -> Option<Vec<String>> {
    place.list(report, MAX_QUICK_REPLIES, label)
}

/// A whole number that fits 32 bits.
fn number(place: Place<'_>, report: &mut Report, min: u32, max: u32) -> Option<u32> {
    place.whole(report, min.into(), max.into()).and_then(|value| u32::try_from(value).ok())
}

/// Notes `key`, and whether nobody had it before.
fn unique(place: Place<'_>, report: &mut Report, seen: &mut BTreeSet<String>, key: &str) -> bool {
    let new = seen.insert(key.to_owned());
    if !new {
        place.fault::<()>(report, format!("\"{}\" is used twice", excerpt(key)));
    }
    new
}
