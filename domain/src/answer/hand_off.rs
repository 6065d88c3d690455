//! Handing over to a person: who answers when, and where to reach the shopper.

use super::content::bounded;
use super::{AnswerContext, Reply};
use crate::language::{Language, Sentences, fill};
use crate::message::Content;
use crate::store::{Opening, Settings};

/// The placeholders a store's text may have.
const WHEN: &str = "{when}";
const HOURS: &str = "{hours}";

/// Hands over in the store's words.
pub(super) fn hand_off(settings: &Settings, context: &AnswerContext<'_>) -> Reply {
    let store = settings.language();
    match context.opening {
        _ if context.handed_off => hand_off_saying(settings, context, |own| own.passed_on_too),
        Opening::Closed { .. } => hand_off_with(settings, context, &settings.hand_off.closed_text, store),
        Opening::Open { .. } | Opening::Unstated => {
            hand_off_with(settings, context, &settings.hand_off.text, store)
        }
    }
}

/// Hands over in the assistant's own words.
pub(super) fn hand_off_saying(
    settings: &Settings,
    context: &AnswerContext<'_>,
    sentence: fn(&Sentences) -> &'static str,
) -> Reply {
    hand_off_with(settings, context, sentence(context.language.sentences()), context.language)
}

/// Hands over, saying `text`. Asks for a contact once, unless there is one.
fn hand_off_with(settings: &Settings, context: &AnswerContext<'_>, text: &str, language: Language) -> Reply {
    let ask_contact = !context.contact_known && !context.handed_off;
    let text = if text.contains(WHEN) {
        text.to_owned()
    } else {
        format!("{} {}", text.trim_end(), language.sentences().somebody_answers)
    };
    let mut text = filled(settings, context, &text, language);
    if ask_contact {
        text = format!("{text}\n\n{}", settings.hand_off.ask_contact);
    }
    Reply::HandOff { content: bounded(Content::text(text)), ask_contact }
}

/// A text in `language` with its placeholders filled.
pub(super) fn filled(
    settings: &Settings,
    context: &AnswerContext<'_>,
    text: &str,
    language: Language,
) -> String {
    let filled = text.replace(WHEN, &when(settings, context.opening, language));
    if filled.contains(HOURS) {
        filled.replace(HOURS, &hours(settings, context.opening, language))
    } else {
        filled
    }
}

/// When somebody answers: "within 15 minutes", "tomorrow at 09:00".
fn when(settings: &Settings, opening: Opening, language: Language) -> String {
    let own = language.sentences();
    let within = |sentence: &str, count: u32| fill(sentence, &[("count", &count.to_string())]);
    match (opening, settings.reply_within_minutes) {
        (Opening::Closed { opens }, _) => opens.in_words(language),
        (_, None) => own.as_soon_as_possible.into(),
        (_, Some(1)) => own.within_a_minute.into(),
        (_, Some(60)) => own.within_an_hour.into(),
        (_, Some(1_440)) => own.within_a_day.into(),
        (_, Some(minutes)) if minutes % 1_440 == 0 => within(own.within_days, minutes / 1_440),
        (_, Some(minutes)) if minutes % 60 == 0 => within(own.within_hours, minutes / 60),
        (_, Some(minutes)) => within(own.within_minutes, minutes),
    }
}

/// The opening hours, and what holds now.
fn hours(settings: &Settings, opening: Opening, language: Language) -> String {
    let own = language.sentences();
    let written = settings.written_hours(language);
    let with =
        |sentence: &str, name: &str, value: &str| fill(sentence, &[("hours", &written), (name, value)]);
    match opening {
        Opening::Unstated => written,
        Opening::Open { until: None } => own.day_and_night.into(),
        Opening::Open { until: Some(until) } if until.days_ahead == 0 => {
            with(own.open_until_time, "time", &until.time.to_string())
        }
        Opening::Open { until: Some(until) } => {
            with(own.open_until_moment, "moment", &until.in_words(language))
        }
        Opening::Closed { opens } => with(own.closed_until, "moment", &opens.in_words(language)),
    }
}
