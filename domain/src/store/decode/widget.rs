//! What the settings document says of the widget: look, greeting, triggers.

use super::{label, labels, number};
use crate::message::{MAX_TEXT_CHARS, QuickReply};
use crate::store::MAX_QUICK_REPLIES;
use crate::store::copy::faulty_sentence;
use crate::store::default;
use crate::store::reader::{Fields, Place, Report, excerpt, flag};
use crate::store::settings::{IdleCartTrigger, MomentTrigger, Triggers};
use crate::wire::{Corner, Greeting, Theme};

pub(super) fn theme(place: Place<'_>, report: &mut Report) -> Option<Theme> {
    let usual = Theme::default();
    let mut fields = place.fields(report)?;
    let color = fields.optional(report, "color", usual.color, color);
    let corner = fields.optional(report, "corner", usual.corner, |place, report| {
        place.choice(report, &[("left", Corner::Left), ("right", Corner::Right)])
    });
    let offset_px =
        fields.optional(report, "offset_px", usual.offset_px, |place, report| number(place, report, 0, 200));
    fields.finish(report);
    Some(Theme { color: color?, corner: corner?, offset_px: offset_px? })
}

fn color(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 60)?;
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        Some(text)
    } else {
        place.fault(report, format!("must be a colour such as \"#1f5f4a\", not \"{}\"", excerpt(&text)))
    }
}

pub(super) fn greeting(place: Place<'_>, report: &mut Report) -> Option<Greeting> {
    let mut fields = place.fields(report)?;
    let text = fields.required(report, "text", |place, report| place.text(report, 500));
    let quick_replies = fields.optional(report, "quick_replies", Vec::new(), |place, report| {
        place.list(report, MAX_QUICK_REPLIES, quick_reply)
    });
    fields.finish(report);
    Some(Greeting { text: text?, quick_replies: quick_replies? })
}

fn quick_reply(place: Place<'_>, report: &mut Report) -> Option<QuickReply> {
    let mut fields = place.fields(report)?;
    let label = fields.required(report, "label", label);
    let text =
        fields.optional(report, "text", None, |place, report| place.text(report, MAX_TEXT_CHARS).map(Some));
    fields.finish(report);
    Some(QuickReply { label: label?, text: text? })
}

pub(super) fn triggers(place: Place<'_>, report: &mut Report) -> Option<Triggers> {
    let mut fields = place.fields(report)?;
    let exit = fields.optional(report, "exit", None, moment);
    let hesitation = fields.optional(report, "hesitation", None, moment);
    let indecision = fields.optional(report, "indecision", None, moment);
    let idle_cart = fields.optional(report, "idle_cart", None, |place, report| {
        let mut fields = place.fields(report)?;
        let (enabled, text, quick_replies) = card(&mut fields, report);
        let after_seconds =
            fields.optional(report, "after_seconds", default::idle_seconds(), |place, report| {
                number(place, report, 5, 3_600)
            });
        fields.finish(report);
        let (enabled, after_seconds, text, quick_replies) = (enabled?, after_seconds?, text?, quick_replies?);
        Some(Some(IdleCartTrigger { enabled, after_seconds, text, quick_replies }))
    });
    fields.finish(report);
    Some(Triggers { exit: exit?, idle_cart: idle_cart?, hesitation: hesitation?, indecision: indecision? })
}

#[allow(clippy::option_option, reason = "a fault, or a trigger that may be absent")]
fn moment(place: Place<'_>, report: &mut Report) -> Option<Option<MomentTrigger>> {
    let mut fields = place.fields(report)?;
    let (enabled, text, quick_replies) = card(&mut fields, report);
    fields.finish(report);
    Some(Some(MomentTrigger { enabled: enabled?, text: text?, quick_replies: quick_replies? }))
}

/// What every trigger has: whether it is used, its text, its suggested answers.
fn card(fields: &mut Fields<'_>, report: &mut Report) -> (Option<bool>, Option<String>, Option<Vec<String>>) {
    (
        fields.required(report, "enabled", flag),
        fields.required(report, "text", honest_text),
        fields.optional(report, "quick_replies", Vec::new(), honest_labels),
    )
}

/// Nobody asked for what a card says: it must not press, shame or invent.
fn honest_text(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, 300)?;
    if is_honest(place, report, &text) { Some(text) } else { None }
}

fn honest_labels(place: Place<'_>, report: &mut Report) -> Option<Vec<String>> {
    let labels = labels(place, report)?;
    let honest = labels.iter().all(|label| is_honest(place, report, label));
    if honest { Some(labels) } else { None }
}

fn is_honest(place: Place<'_>, report: &mut Report, text: &str) -> bool {
    let Some(found) = faulty_sentence(text) else { return true };
    place.fault::<()>(report, format!("\"{}\" {}", excerpt(found.sentence), found.fault.reason()));
    false
}
