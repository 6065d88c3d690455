//! What a message carries: text, cards, links, media. Whatever anyone wrote is text, links are http(s), mailto, tel.

use crate::app::Msg;
use crate::shell::page::is_same_origin;
use domain::message::{Attachment, AttachmentKind, Card, LinkButton, is_safe_link};
use domain::visit::{Span, spans};
use yew::prelude::*;

pub(crate) fn prose(text: &str) -> Html {
    spans(text)
        .into_iter()
        .map(|span| match span {
            Span::Text(text) => html! { { text.to_owned() } },
            Span::Link(url) => html! {
                <a href={url.to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ url.to_owned() }</a>
            },
        })
        .collect()
}

pub(crate) fn links(links: &[LinkButton], emit: &Callback<Msg>) -> Html {
    let safe = links.iter().filter(|link| is_safe_link(&link.url));
    safe.map(|link| anchor("link", &link.url, html! { { link.label.clone() } }, emit)).collect()
}

pub(crate) fn cards(cards: &[Card], emit: &Callback<Msg>) -> Html {
    if cards.is_empty() {
        return Html::default();
    }
    let shown = cards.iter().map(|card| {
        let image = card.image_url.as_deref().filter(|url| is_image(url));
        let inside = html! {
            <>
                if let Some(image) = image {
                    <img src={image.to_owned()} alt="" loading="lazy" referrerpolicy="no-referrer" />
                }
                <b dir="auto">{ card.title.clone() }</b>
                <span dir="auto">{ card.subtitle.clone() }</span>
            </>
        };
        match card.url.as_deref().filter(|url| is_safe_link(url)) {
            Some(url) => anchor("product", url, inside, emit),
            None => html! { <div class="product">{ inside }</div> },
        }
    });
    html! { <div class="products">{ for shown }</div> }
}

pub(crate) fn attachments(attachments: &[Attachment]) -> Html {
    attachments
        .iter()
        .map(|attachment| {
            let name = match attachment.kind {
                AttachmentKind::Audio => "Voice message",
                AttachmentKind::File => "File",
                AttachmentKind::Image => "Picture",
                AttachmentKind::Sticker => "Sticker",
                AttachmentKind::Video => "Video",
                AttachmentKind::Other => "Attachment",
            };
            let url = attachment.url.as_deref().filter(|url| is_image(url));
            let is_picture = matches!(attachment.kind, AttachmentKind::Image | AttachmentKind::Sticker);
            match url {
                Some(url) => html! {
                    <a class="media" href={url.to_owned()} target="_blank" rel="noopener noreferrer nofollow">
                        if is_picture {
                            <img src={url.to_owned()} alt={name} loading="lazy" referrerpolicy="no-referrer" />
                        } else {
                            { super::icon::icon(super::icon::CLIP) }{ name }
                        }
                    </a>
                },
                None => html! { <span class="media">{ super::icon::icon(super::icon::CLIP) }{ name }</span> },
            }
        })
        .collect()
}

/// A page of the same shop opens in its place; the chat is there again.
fn anchor(class: &'static str, url: &str, inside: Html, emit: &Callback<Msg>) -> Html {
    let here = is_same_origin(url);
    let target = if here { "_self" } else { "_blank" };
    let left = here.then(|| emit.reform(|_: MouseEvent| Msg::Left));
    html! { <a {class} href={url.to_owned()} {target} rel="noopener" onclick={left}>{ inside }</a> }
}

fn is_image(url: &str) -> bool {
    let loopback = ["http://localhost", "http://127.0.0.1"].iter().any(|host| url.starts_with(host));
    is_safe_link(url) && (url.starts_with("https://") || loopback)
}
