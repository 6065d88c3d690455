//! What a Messenger message carries, as [`Content`].
//! Source: Meta, Messenger webhooks, `messages` (2026-05-05) and changelog (stickers, 2026-06-01).

use super::json;
use crate::message::{Attachment, AttachmentKind, Card, Content, LinkButton, is_safe_link};
use serde_json::Value;

/// The longest text kept, in characters: what Messenger's own composer takes. Longer is cut, with an ellipsis.
const MAX_TEXT_CHARS: usize = 20_000;
/// The most media kept of one message: what Messenger lets a person send at once.
const MAX_ATTACHMENTS: usize = 30;
const MAX_CARDS: usize = 10;
const MAX_LINKS: usize = 3;
/// Longer addresses are dropped.
const MAX_URL_BYTES: usize = 4_000;

/// Everything `message` says and shows.
pub(super) fn content(message: &Value) -> Content {
    let mut content =
        Content { text: json::words(message, "text").map(clean).unwrap_or_default(), ..Content::default() };
    let attachments = message.get("attachments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for attachment in attachments.iter().filter(|one| !is_sticker_twin(one, attachments)) {
        add(attachment, &mut content);
    }
    content.attachments.truncate(MAX_ATTACHMENTS);
    content.cards.truncate(MAX_CARDS);
    content.links.truncate(MAX_LINKS);
    content
}

/// Without characters that no reader should get: controls other than line ends and tabs.
pub(super) fn clean(text: impl AsRef<str>) -> String {
    let text = text.as_ref().replace("\r\n", "\n");
    if text.chars().count() <= MAX_TEXT_CHARS {
        return text.chars().filter(|c| is_shown(*c)).collect();
    }
    text.chars().filter(|c| is_shown(*c)).take(MAX_TEXT_CHARS).chain(['…']).collect()
}

fn is_shown(c: char) -> bool {
    matches!(c, '\n' | '\t') || !c.is_control()
}

/// From 2026-06-01 to 2026-08-30 a sticker came twice: as `sticker`, and as `image` for older readers.
fn is_sticker_twin(attachment: &Value, all: &[Value]) -> bool {
    is_kind(attachment, "image")
        && all.iter().filter(|other| is_kind(other, "sticker")).any(|sticker| {
            sticker_id(attachment).is_some() || url(attachment).is_some() && url(attachment) == url(sticker)
        })
}

fn is_kind(attachment: &Value, kind: &str) -> bool {
    attachment.get("type").and_then(Value::as_str) == Some(kind)
}

fn sticker_id(attachment: &Value) -> Option<String> {
    json::words(attachment.get("payload")?, "sticker_id")
}

fn url(attachment: &Value) -> Option<String> {
    let payload = attachment.get("payload").and_then(|payload| json::words(payload, "url"));
    payload.or_else(|| json::words(attachment, "url")).filter(|url| is_media_link(url))
}

fn is_media_link(url: &str) -> bool {
    url.len() <= MAX_URL_BYTES
        && is_safe_link(url)
        && url.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("http"))
}

fn add(attachment: &Value, content: &mut Content) {
    let kind = match attachment.get("type").and_then(Value::as_str).unwrap_or_default() {
        "image" if sticker_id(attachment).is_some() => AttachmentKind::Sticker,
        "image" => AttachmentKind::Image,
        "sticker" => AttachmentKind::Sticker,
        "audio" => AttachmentKind::Audio,
        "video" | "reel" | "ig_reel" => AttachmentKind::Video,
        "file" => AttachmentKind::File,
        "template" => return add_template(attachment, content),
        "location" => {
            return content.attachments.push(other(map_link(attachment).or_else(|| url(attachment))));
        }
        "fallback" => return add_shared_link(attachment, content),
        _ => AttachmentKind::Other,
    };
    content.attachments.push(Attachment { kind, url: url(attachment) });
}

fn other(url: Option<String>) -> Attachment {
    Attachment { kind: AttachmentKind::Other, url }
}

/// A link somebody shared usually stands in the text already.
fn add_shared_link(attachment: &Value, content: &mut Content) {
    let url = url(attachment);
    if content.text.is_empty() {
        content.text = json::words(attachment, "title").map(clean).unwrap_or_default();
    }
    if url.as_deref().is_none_or(|url| !content.text.contains(url)) {
        content.attachments.push(other(url));
    }
}

fn map_link(attachment: &Value) -> Option<String> {
    let place = attachment.get("payload")?.get("coordinates")?;
    let (lat, long) = (place.get("lat")?.as_f64()?, place.get("long")?.as_f64()?);
    Some(format!("https://www.openstreetmap.org/?mlat={lat}&mlon={long}"))
}

/// Templates come back in echoes only: what we, or another app of the store, sent.
fn add_template(attachment: &Value, content: &mut Content) {
    let before = content.clone();
    if let Some(payload) = attachment.get("payload") {
        let elements = payload.get("elements").and_then(Value::as_array);
        content.cards.extend(elements.into_iter().flatten().take(MAX_CARDS).filter_map(card));
        let buttons = payload.get("buttons").and_then(Value::as_array);
        content.links.extend(buttons.into_iter().flatten().take(MAX_LINKS).filter_map(link));
        if content.text.is_empty() {
            content.text = json::words(payload, "text").map(clean).unwrap_or_default();
        }
    }
    if *content == before {
        content.attachments.push(other(url(attachment)));
    }
}

fn card(element: &Value) -> Option<Card> {
    let action = element.get("default_action").and_then(|action| json::words(action, "url"));
    Some(Card {
        title: json::words(element, "title").map(clean)?,
        subtitle: json::words(element, "subtitle").map(clean).unwrap_or_default(),
        image_url: json::words(element, "image_url").filter(|url| is_media_link(url)),
        url: action.filter(|url| is_media_link(url)),
    })
}

fn link(button: &Value) -> Option<LinkButton> {
    let url = match button.get("type").and_then(Value::as_str)? {
        "web_url" => json::words(button, "url")?,
        "phone_number" => format!("tel:{}", json::words(button, "payload")?),
        _ => return None,
    };
    let label = json::words(button, "title").map(clean)?;
    (url.len() <= MAX_URL_BYTES && is_safe_link(&url)).then_some(LinkButton { label, url })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kinds(attachments: &Value) -> Vec<AttachmentKind> {
        let content = content(&json!({ "attachments": attachments }));
        content.attachments.into_iter().map(|attachment| attachment.kind).collect()
    }

    #[test]
    fn every_kind_of_attachment_has_a_place() {
        use AttachmentKind::{Audio, File, Image, Other, Sticker, Video};
        let sticker =
            json!({"type": "sticker", "payload": {"url": "https://cdn.example/s.png", "sticker_id": 5}});
        for (attachments, expected) in [
            (json!([{"type": "image", "payload": {"url": "https://cdn.example/i.png"}}]), vec![Image]),
            (json!([{"type": "audio"}, {"type": "video"}, {"type": "file"}]), vec![Audio, Video, File]),
            (json!([{"type": "reel"}, {"type": "ig_reel"}]), vec![Video, Video]),
            (json!([{"type": "image", "payload": {"sticker_id": 369}}]), vec![Sticker]),
            (json!([sticker]), vec![Sticker]),
            (json!([sticker, {"type": "image", "payload": {"sticker_id": "5"}}]), vec![Sticker]),
            (
                json!([{"type": "image", "payload": {"url": "https://cdn.example/s.png"}}, sticker]),
                vec![Sticker],
            ),
            (
                json!([sticker, {"type": "image", "payload": {"url": "https://x.example"}}]),
                vec![Sticker, Image],
            ),
            (json!([{"type": "location", "payload": {"coordinates": {"lat": 1.5, "long": 2}}}]), vec![Other]),
            (json!([{"type": "appointment_booking"}, {"type": "hologram"}, {}, 7, null]), vec![Other; 5]),
            (json!([{"type": "template", "payload": null}]), vec![Other]),
            (json!({"type": "image"}), vec![]),
        ] {
            assert_eq!(kinds(&attachments), expected, "{attachments}");
        }
    }

    #[test]
    fn only_web_links_are_kept() {
        for (url, kept) in [
            ("https://cdn.example/i.png", true),
            ("IMAGE_URL", false),
            ("javascript:alert(1)", false),
            ("tel:112", false),
            (&format!("https://cdn.example/{}", "x".repeat(5_000)), false),
        ] {
            let content = content(&json!({"attachments": [{"type": "image", "payload": {"url": url}}]}));
            assert_eq!(content.attachments[0].url.is_some(), kept, "{url}");
        }
    }

    #[test]
    fn a_shared_link_is_shown_once() {
        let share =
            json!([{"type": "fallback", "title": "A mug", "payload": {"url": "https://shop.example/mug"}}]);
        let repeated = content(&json!({"text": "see https://shop.example/mug", "attachments": share}));
        assert_eq!((repeated.attachments.len(), repeated.text.as_str()), (0, "see https://shop.example/mug"));
        let alone = content(&json!({"attachments": share}));
        assert_eq!((alone.attachments.len(), alone.text.as_str()), (1, "A mug"));
    }

    #[test]
    fn text_keeps_its_words_and_loses_its_controls() {
        for (text, expected) in
            [("a\0b\u{7}", "ab"), ("a\r\nb\tc", "a\nb\tc"), ("<b>&amp;", "<b>&amp;"), ("👩‍👩‍👧", "👩‍👩‍👧")]
        {
            assert_eq!(content(&json!({ "text": text })).text, expected);
        }
        assert_eq!(content(&json!({"text": 42})).text, "42");
        assert_eq!(content(&json!({"text": ["x"]})).text, "");
        assert_eq!(content(&json!({"text": "x".repeat(30_000)})).text.chars().count(), MAX_TEXT_CHARS + 1);
    }
}
