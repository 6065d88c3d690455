//! What the settings document says of the widget: look and greeting.

use super::{label, number};
use crate::message::{MAX_TEXT_CHARS, QuickReply};
use crate::store::MAX_QUICK_REPLIES;
use crate::store::reader::{Place, Report, excerpt};
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
