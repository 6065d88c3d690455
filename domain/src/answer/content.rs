//! Building what is said, within every limit of a message.

use crate::commerce::{Money, Product};
use crate::language::{Sentences, fill};
use crate::message::{Card, Content, MAX_TEXT_CHARS, QuickReply};
use crate::store::{MAX_LABEL_CHARS, MAX_QUICK_REPLIES, Settings};

/// The most cards of one message.
pub(super) const MAX_CARDS: usize = 10;
/// The longest line of a card, in characters.
const MAX_CARD_CHARS: usize = 80;

/// `text` with suggested answers, each of which says its own label.
pub(super) fn with_labels<'a>(text: impl Into<String>, labels: impl IntoIterator<Item = &'a str>) -> Content {
    let quick_replies = labels.into_iter().map(|label| quick_reply(label, label)).collect();
    bounded(Content { text: text.into(), quick_replies, ..Content::default() })
}

/// A suggested answer that shows `label` and says `text`.
pub(super) fn quick_reply(label: &str, text: &str) -> QuickReply {
    let label = shortened(label, MAX_LABEL_CHARS);
    let text = (label != text).then(|| text.to_owned());
    QuickReply { label, text }
}

/// `content`, cut to what a message may have.
pub(super) fn bounded(mut content: Content) -> Content {
    content.text = shortened(&content.text, MAX_TEXT_CHARS);
    content.cards.truncate(MAX_CARDS);
    content.quick_replies.truncate(MAX_QUICK_REPLIES);
    content
}

/// The product as a card.
pub(super) fn card(settings: &Settings, own: &Sentences, product: &Product) -> Card {
    let state = if product.in_stock { own.in_stock } else { own.sold_out };
    Card {
        title: shortened(&product.title, MAX_CARD_CHARS),
        subtitle: shortened(&format!("{} · {state}", price_span(settings, own, product)), MAX_CARD_CHARS),
        image_url: None,
        url: Some(settings.absolute(&product.url)),
    }
}

/// What the product costs: one price, or from the cheapest of its variants to the dearest.
pub(super) fn price_span(settings: &Settings, own: &Sentences, product: &Product) -> String {
    let (low, high) = price_bounds(settings, product);
    if low == high {
        low.to_string()
    } else {
        fill(own.price_span, &[("low", &low.to_string()), ("high", &high.to_string())])
    }
}

/// The least and the most it costs.
pub(super) fn price_bounds(settings: &Settings, product: &Product) -> (Money, Money) {
    let own = product.price_minor;
    let low = product.variants.iter().map(|variant| variant.price_minor).min().unwrap_or(own);
    let high = product.variants.iter().map(|variant| variant.price_minor).max().unwrap_or(own);
    (settings.money(low), settings.money(high))
}

/// What the product is called when there is little room: its title up to a colon.
pub(super) fn short_title(product: &Product) -> &str {
    product.title.split(':').map(str::trim).find(|part| !part.is_empty()).unwrap_or(&product.title)
}

/// At most `max` characters of `text`.
pub(super) fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
