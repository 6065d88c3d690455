//! A message as bodies of the Send API, within Messenger's limits.
//! Source: Meta, Send messages (2026-05-05), Quick replies, Generic template, Button template.

use super::SendKind;
use super::media::clean;
use crate::channel::text::{length, shorten, split};
use crate::ids::ForeignId;
use crate::message::{Attachment, AttachmentKind, Card, Content, LinkButton, QuickReply, is_safe_link};
use serde_json::{Value, json};

const TEXT_CHARS: usize = 2_000;
const QUICK_REPLIES: usize = 13;
const QUICK_REPLY_TITLE_CHARS: usize = 20;
const PAYLOAD_CHARS: usize = 1_000;
const ELEMENTS: usize = 10;
const ELEMENT_LINE_CHARS: usize = 80;
const BUTTONS: usize = 3;
const BUTTON_TITLE_CHARS: usize = 20;
const BUTTON_TEXT_CHARS: usize = 640;

/// The bodies that say `content`, to be sent in this order; none when Messenger can carry nothing of it.
///
/// Each carries `{metadata}#{part}` with parts from 0. What a form cannot hold falls back to a plainer one:
/// long text to several messages, buttons and cards to text with addresses. Text first, then cards, then media;
/// quick replies hang on the last, their full text as the payload.
pub fn render(recipient: &ForeignId, content: &Content, kind: SendKind, metadata: &str) -> Vec<Value> {
    let mut messages = words(content);
    messages.extend(cards(&content.cards));
    messages.extend(content.attachments.iter().filter_map(media));
    if let Some(last) = messages.last_mut() {
        set(last, "quick_replies", quick_replies(&content.quick_replies));
    }
    let parts = messages.into_iter().enumerate().map(|(part, mut message)| {
        set(&mut message, "metadata", Some(json!(format!("{metadata}#{part}"))));
        let mut body = json!({ "recipient": { "id": recipient.as_str() }, "message": message });
        let (messaging_type, tag) = match kind {
            SendKind::Response => ("RESPONSE", None),
            SendKind::HumanAgent => ("MESSAGE_TAG", Some(json!("HUMAN_AGENT"))),
        };
        set(&mut body, "messaging_type", Some(json!(messaging_type)));
        set(&mut body, "tag", tag);
        body
    });
    parts.collect()
}

/// Makes the first of `bodies` an answer to the message with this id.
pub fn set_reply_to(bodies: &mut [Value], id: &ForeignId) {
    if let Some(message) = bodies.first_mut().and_then(|body| body.get_mut("message")) {
        set(message, "reply_to", Some(json!({ "mid": id.as_str() })));
    }
}

/// One line of at most `limit`.
fn line(text: &str, limit: usize) -> String {
    shorten(&clean(text), limit)
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(key.into(), value);
    }
}

/// Text, links and what cannot be shown otherwise.
fn words(content: &Content) -> Vec<Value> {
    let text = clean(&content.text).trim().to_owned();
    let (mut messages, mut lines) = match button_template(&text, &content.links) {
        Some(message) => (vec![message], Vec::new()),
        None => (Vec::new(), vec![text]),
    };
    if messages.is_empty() {
        lines.extend(content.links.iter().filter(|link| is_safe_link(&link.url)).map(address_line));
    }
    lines.extend(
        content.cards.iter().filter(|card| !is_showable(card)).map(|card| card.title.trim().to_owned()),
    );
    lines.extend(content.attachments.iter().filter_map(media_as_text));
    lines.retain(|line| !line.is_empty());
    messages.extend(
        split(&clean(lines.join("\n")), TEXT_CHARS).into_iter().map(|piece| json!({ "text": piece })),
    );
    messages
}

/// `None` when the text or one of the links does not fit.
fn button_template(text: &str, links: &[LinkButton]) -> Option<Value> {
    let fits = !text.is_empty() && length(text) <= BUTTON_TEXT_CHARS && (1..=BUTTONS).contains(&links.len());
    let buttons: Vec<Value> = links.iter().filter(|_| fits).map(button).collect::<Option<_>>()?;
    let payload = json!({ "template_type": "button", "text": text, "buttons": buttons });
    fits.then(|| json!({ "attachment": { "type": "template", "payload": payload } }))
}

fn address_line(link: &LinkButton) -> String {
    let label = link.label.trim();
    let address =
        link.url.strip_prefix("tel:").or_else(|| link.url.strip_prefix("mailto:")).unwrap_or(&link.url);
    if label.is_empty() || label == address { address.to_owned() } else { format!("{label}: {address}") }
}

/// Buttons hold web addresses and telephone numbers; `None` for what they cannot.
fn button(link: &LinkButton) -> Option<Value> {
    let title = line(&link.label, BUTTON_TITLE_CHARS);
    let number = link.url.strip_prefix("tel:").filter(|number| number.starts_with('+'));
    match number {
        _ if title.is_empty() => None,
        Some(number) => Some(json!({ "type": "phone_number", "title": title, "payload": number })),
        None if is_web(&link.url) => Some(json!({ "type": "web_url", "title": title, "url": link.url })),
        None => None,
    }
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("https" | "http"))
        && is_safe_link(url)
        && !url.contains(char::is_whitespace)
}

fn cards(cards: &[Card]) -> Vec<Value> {
    let elements: Vec<Value> = cards.iter().filter(|card| is_showable(card)).map(element).collect();
    let template = |elements: &[Value]| {
        let payload = json!({ "template_type": "generic", "elements": elements });
        json!({ "attachment": { "type": "template", "payload": payload } })
    };
    elements.chunks(ELEMENTS).map(template).collect()
}

/// Messenger refuses a card that is a title and nothing else.
fn is_showable(card: &Card) -> bool {
    let has_url = |url: &Option<String>| url.as_deref().is_some_and(is_web);
    let shows = |text: &str| !line(text, ELEMENT_LINE_CHARS).is_empty();
    let has_more = shows(&card.subtitle) || has_url(&card.image_url) || has_url(&card.url);
    shows(&card.title) && has_more
}

/// A card has no words for a button: the whole of it leads to its address, under its own title.
fn element(card: &Card) -> Value {
    let mut element = json!({ "title": line(&card.title, ELEMENT_LINE_CHARS) });
    let subtitle = line(&card.subtitle, ELEMENT_LINE_CHARS);
    set(&mut element, "subtitle", (!subtitle.is_empty()).then(|| json!(subtitle)));
    set(&mut element, "image_url", card.image_url.as_deref().filter(|url| is_web(url)).map(|url| json!(url)));
    if let Some(url) = card.url.as_deref().filter(|url| is_web(url)) {
        set(&mut element, "default_action", Some(json!({ "type": "web_url", "url": url })));
        let title = line(&card.title, BUTTON_TITLE_CHARS);
        set(&mut element, "buttons", Some(json!([{ "type": "web_url", "title": title, "url": url }])));
    }
    element
}

fn media(attachment: &Attachment) -> Option<Value> {
    let url = attachment.url.as_deref().filter(|url| is_web(url))?;
    let kind = match attachment.kind {
        AttachmentKind::Image | AttachmentKind::Sticker => "image",
        AttachmentKind::Audio => "audio",
        AttachmentKind::Video => "video",
        AttachmentKind::File => "file",
        AttachmentKind::Other => return None,
    };
    Some(json!({ "attachment": { "type": kind, "payload": { "url": url } } }))
}

/// Media of a kind Messenger has no name for goes as its address.
fn media_as_text(attachment: &Attachment) -> Option<String> {
    let url = attachment.url.as_deref().filter(|url| is_web(url))?;
    (attachment.kind == AttachmentKind::Other).then(|| url.to_owned())
}

fn quick_replies(replies: &[QuickReply]) -> Option<Value> {
    let shown = replies.iter().filter_map(|reply| {
        let title = line(&reply.label, QUICK_REPLY_TITLE_CHARS);
        let payload = line(reply.text.as_deref().unwrap_or(&reply.label), PAYLOAD_CHARS);
        let said = !title.is_empty() && !payload.is_empty();
        said.then(|| json!({ "content_type": "text", "title": title, "payload": payload }))
    });
    let shown: Vec<Value> = shown.take(QUICK_REPLIES).collect();
    (!shown.is_empty()).then_some(Value::Array(shown))
}
