//! What the settings document says of the assistant: its name, what it knows, when it hands off.

use super::{keyword, label, labels, links, unique};
use crate::message::LinkButton;
use crate::store::reader::{Fields, Place, Report, excerpt};
use crate::store::settings::{Answer, AnswerId, Bot, HandOff};
use crate::store::{MAX_ANSWERS, MAX_STORE_TEXT_CHARS};
use std::collections::BTreeSet;

pub(super) fn bot(place: Place<'_>, report: &mut Report, usual: Bot) -> Option<Bot> {
    let mut fields = place.fields(report)?;
    let name = fields.optional(report, "name", usual.name, |place, report| place.text(report, 40));
    let disclosure =
        fields.optional(report, "disclosure", usual.disclosure, |place, report| place.text(report, 300));
    fields.finish(report);
    Some(Bot { name: name?, disclosure: disclosure? })
}

pub(super) fn answers(place: Place<'_>, report: &mut Report) -> Option<Vec<Answer>> {
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    place.list(report, MAX_ANSWERS, |place, report| {
        let mut fields = place.fields(report)?;
        let id = fields.required(report, "id", |place, report| {
            let id = answer_id(place, report)?;
            unique(place, report, &mut ids, id.as_str()).then_some(id)
        });
        let label = fields.required(report, "label", |place, report| {
            let text = label(place, report)?;
            unique(place, report, &mut names, &text.to_lowercase()).then_some(text)
        });
        answer(fields, report, id, label)
    })
}

fn answer(
    mut fields: Fields<'_>,
    report: &mut Report,
    id: Option<AnswerId>,
    label: Option<String>,
) -> Option<Answer> {
    let keywords =
        fields.optional(report, "keywords", Vec::new(), |place, report| place.list(report, 50, keyword));
    let text = fields.required(report, "text", |place, report| template(place, report, MAX_STORE_TEXT_CHARS));
    let quick_replies = fields.optional(report, "quick_replies", Vec::new(), labels);
    let link = fields.optional(report, "link", None, |place, report| link_button(place, report).map(Some));
    fields.finish(report);
    Some(Answer {
        id: id?,
        label: label?,
        keywords: keywords?,
        text: text?,
        quick_replies: quick_replies?,
        link: link?,
    })
}

fn answer_id(place: Place<'_>, report: &mut Report) -> Option<AnswerId> {
    match AnswerId::parse(place.text(report, 60)?) {
        Ok(id) => Some(id),
        Err(_) => place.fault(report, "must be lower-case letters, digits, hyphens and underscores"),
    }
}

fn link_button(place: Place<'_>, report: &mut Report) -> Option<LinkButton> {
    let mut fields = place.fields(report)?;
    let url = fields.required(report, "url", links::link);
    let label = fields.required(report, "label", |place, report| place.text(report, 20));
    fields.finish(report);
    Some(LinkButton { url: url?, label: label? })
}

pub(super) fn hand_off(place: Place<'_>, report: &mut Report, usual: HandOff) -> Option<HandOff> {
    let mut fields = place.fields(report)?;
    let text = fields.optional(report, "text", usual.text, |place, report| template(place, report, 1_000));
    let closed_text = fields
        .optional(report, "closed_text", usual.closed_text, |place, report| template(place, report, 1_000));
    let ask_contact =
        fields.optional(report, "ask_contact", usual.ask_contact, |place, report| place.text(report, 500));
    fields.finish(report);
    Some(HandOff { text: text?, closed_text: closed_text?, ask_contact: ask_contact? })
}

/// A text in which `{when}` and `{hours}` stand for what holds when it is said.
fn template(place: Place<'_>, report: &mut Report, max: usize) -> Option<String> {
    let text = place.text(report, max)?;
    for rest in text.split('{').skip(1) {
        let Some((name, _)) = rest.split_once('}') else { continue };
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
        if is_name && !["when", "hours"].contains(&name) {
            let name = excerpt(name);
            return place.fault(
                report,
                format!("has {{{name}}}, which means nothing; there are {{when}} and {{hours}}"),
            );
        }
    }
    Some(text)
}
