//! What a message carries: text, cards, links, media. Whatever anyone wrote is text, links are http(s), mailto, tel.

use super::panel::Scene;
use super::piece::{self, block, el, icon, image, inner_anchor, text};
use domain::message::{Attachment, AttachmentKind, Card, LinkButton, is_safe_link};
use domain::visit::{Span, spans};
use yew::prelude::*;

pub(crate) fn prose(words: &str) -> Vec<Html> {
    let spans = spans(words).into_iter();
    spans
        .map(|span| match span {
            Span::Text(words) => text(words.to_owned()),
            Span::Link(url) => piece::anchor("", url, vec![text(url.to_owned())]),
        })
        .collect()
}

pub(crate) fn links(links: &[LinkButton], scene: &Scene<'_>, out: &mut Vec<Html>) {
    for link in links.iter().filter(|link| is_safe_link(&link.url)) {
        out.push(anchor("link", &link.url, vec![text(link.label.clone())], scene));
    }
}

pub(crate) fn cards(cards: &[Card], scene: &Scene<'_>, out: &mut Vec<Html>) {
    if cards.is_empty() {
        return;
    }
    let shown = cards.iter().map(|card| {
        let mut inside = Vec::new();
        if let Some(url) = card.image_url.as_deref().filter(|url| is_media(url)) {
            inside.push(image(url, ""));
        }
        for (tag, words) in [("b", &card.title), ("span", &card.subtitle)] {
            inside.push(el(tag, &["dir"], &["auto"], vec![text(words.clone())]).into());
        }
        match card.url.as_deref().filter(|url| is_safe_link(url)) {
            Some(url) => anchor("product", url, inside, scene),
            None => block("product", inside),
        }
    });
    out.push(block("products", shown.collect()));
}

pub(crate) fn attachments(attachments: &[Attachment], out: &mut Vec<Html>) {
    for attachment in attachments {
        let name = match attachment.kind {
            AttachmentKind::Audio => "Voice message",
            AttachmentKind::File => "File",
            AttachmentKind::Image => "Picture",
            AttachmentKind::Sticker => "Sticker",
            AttachmentKind::Video => "Video",
            AttachmentKind::Other => "Attachment",
        };
        let is_picture = matches!(attachment.kind, AttachmentKind::Image | AttachmentKind::Sticker);
        let named = vec![icon(icon::CLIP), text(name)];
        out.push(match attachment.url.as_deref().filter(|url| is_media(url)) {
            Some(url) => {
                let inside = if is_picture { vec![image(url, name)] } else { named };
                piece::anchor("media", url, inside)
            }
            None => block("media", named),
        });
    }
}

fn anchor(class: &'static str, url: &str, inside: Vec<Html>, scene: &Scene<'_>) -> Html {
    if scene.shell.is_same_origin(url) {
        inner_anchor(class, url, inside, scene.acts)
    } else {
        piece::anchor(class, url, inside)
    }
}

/// Media comes over TLS, or from this machine in development.
fn is_media(url: &str) -> bool {
    let trusted = ["https://", "http://localhost", "http://127.0.0.1"];
    is_safe_link(url) && trusted.iter().any(|start| url.starts_with(start))
}
