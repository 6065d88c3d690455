//! Handing over to a person: who answers when, and where to reach the shopper.

use super::content::bounded;
use super::phrases::{AS_SOON_AS_POSSIBLE, HOURS, PASSED_ON_TOO, SOMEBODY_ANSWERS, WHEN};
use super::{AnswerContext, Reply};
use crate::message::Content;
use crate::store::{Opening, Settings};

/// Hands over in the store's words.
pub(super) fn hand_off(settings: &Settings, context: &AnswerContext<'_>) -> Reply {
    let text = match context.opening {
        _ if context.handed_off => PASSED_ON_TOO,
        Opening::Closed { .. } => &settings.hand_off.closed_text,
        Opening::Open { .. } | Opening::Unstated => &settings.hand_off.text,
    };
    hand_off_with(settings, context, text)
}

/// Hands over, saying `text`. Asks for a contact once, unless there is one.
pub(super) fn hand_off_with(settings: &Settings, context: &AnswerContext<'_>, text: &str) -> Reply {
    let ask_contact = !context.contact_known && !context.handed_off;
    let text =
        if text.contains(WHEN) { text.to_owned() } else { format!("{} {SOMEBODY_ANSWERS}", text.trim_end()) };
    let mut text = filled(settings, context, &text);
    if ask_contact {
        text = format!("{text}\n\n{}", settings.hand_off.ask_contact);
    }
    Reply::HandOff { content: bounded(Content::text(text)), ask_contact }
}

/// A text of the store's with its placeholders filled.
pub(super) fn filled(settings: &Settings, context: &AnswerContext<'_>, text: &str) -> String {
    let filled = text.replace(WHEN, &when(settings, context.opening));
    if filled.contains(HOURS) { filled.replace(HOURS, &hours(settings, context.opening)) } else { filled }
}

/// When somebody answers: "within 15 minutes", "tomorrow at 09:00".
fn when(settings: &Settings, opening: Opening) -> String {
    match (opening, settings.reply_within_minutes) {
        (Opening::Closed { opens }, _) => opens.to_string(),
        (_, None) => AS_SOON_AS_POSSIBLE.into(),
        (_, Some(1)) => "within a minute".into(),
        (_, Some(60)) => "within an hour".into(),
        (_, Some(1_440)) => "within a day".into(),
        (_, Some(minutes)) if minutes % 1_440 == 0 => format!("within {} days", minutes / 1_440),
        (_, Some(minutes)) if minutes % 60 == 0 => format!("within {} hours", minutes / 60),
        (_, Some(minutes)) => format!("within {minutes} minutes"),
    }
}

/// The opening hours, and what holds now.
fn hours(settings: &Settings, opening: Opening) -> String {
    let written = settings.written_hours();
    match opening {
        Opening::Unstated => written,
        Opening::Open { until: None } => "We are here day and night.".into(),
        Opening::Open { until: Some(until) } if until.days_ahead == 0 => {
            format!("{written}. We are open now, until {}.", until.time)
        }
        Opening::Open { until: Some(until) } => format!("{written}. We are open now, until {until}."),
        Opening::Closed { opens } => format!("{written}. We are closed now and open again {opens}."),
    }
}
