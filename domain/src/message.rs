//! What anyone can say: one model, rendered by the widget and mapped by each channel.

use crate::answer::About;
use crate::channel::Channel;
use crate::ids::{ForeignId, MessageId, StaffId};
use serde::{Deserialize, Serialize};

/// The longest text of one message, in characters; longer input is refused, never cut.
pub const MAX_TEXT_CHARS: usize = 4_000;

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Unique within the conversation; a second one with the same id is the same message.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Author,
    /// The surface it was written on.
    pub surface: Channel,
    /// What it says.
    pub content: Content,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// The page the shopper wrote it on, once they wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// The channel's id of this message, when it came from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_id: Option<ForeignId>,
    /// Which of the store's answers it is, when the assistant gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The shopper.
    Shopper,
    /// The store's automatic assistant.
    Bot,
    /// A person of the store; `id` is absent for the Page inbox, which does not say who.
    Staff {
        /// Which member, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<StaffId>,
        /// The name shown to the shopper, where known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
}

/// What a message carries. At least one part is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Content {
    /// Plain text; never markup. At most [`MAX_TEXT_CHARS`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Product cards, at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    /// Links offered as buttons below the text, at most 3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkButton>,
    /// Media, at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Suggested answers, at most 13; gone once one is chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quick_replies: Vec<QuickReply>,
}

/// A suggested answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuickReply {
    /// What the button says, at most 40 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub label: String,
    /// What the tap says; the label when absent.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 4000)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A product or page as a card.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// First line, at most 80 characters.
    pub title: String,
    /// Second line, at most 80 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// `https:` (or, in development, loopback `http:`) image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// Where a tap leads; absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A link as a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkButton {
    /// At most 20 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 20)))]
    pub label: String,
    /// Absolute; `http(s):`, `mailto:` or `tel:` only.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 2000)))]
    pub url: String,
}

/// Media somebody sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// What it is.
    pub kind: AttachmentKind,
    /// Where it is, if the channel said; channel links expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The kinds of media channels name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// Sound.
    Audio,
    /// Any other file.
    File,
    /// A still picture.
    Image,
    /// A sticker or like sign.
    Sticker,
    /// A moving picture, reel included.
    Video,
    /// Something the channel shows and we cannot.
    Other,
}

/// The page a shopper writes from; sent only once they write.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// Without query and fragment: those may carry secrets of the shop.
    pub url: String,
    /// The document's title, at most 200 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The product shown, by the id the page names (JSON-LD `sku` or `productID`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The language the shopper sees it in, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

impl Content {
    /// Plain text and nothing else.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// What it says where only words go: media by its kind and address.
    pub fn in_words(&self) -> String {
        let text = Some(self.text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        text.into_iter()
            .chain(self.attachments.iter().map(Attachment::in_words))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.cards.is_empty()
            && self.attachments.is_empty()
            && self.links.is_empty()
    }
}

impl Attachment {
    fn in_words(&self) -> String {
        let kind = match self.kind {
            AttachmentKind::Audio => "Voice message",
            AttachmentKind::File => "File",
            AttachmentKind::Image => "Photo",
            AttachmentKind::Sticker => "Sticker",
            AttachmentKind::Video => "Video",
            AttachmentKind::Other => "Something that can only be seen where it was sent",
        };
        match self.url.as_deref().filter(|url| is_safe_link(url)) {
            Some(url) => format!("[{kind}] {url}"),
            None => format!("[{kind}]"),
        }
    }
}

/// Whether a shopper may be led to `url`: `http(s):`, `mailto:` or `tel:`, no control characters.
pub fn is_safe_link(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    known && !url.chars().any(char::is_control) && url.trim_start().len() == url.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_schemes_are_links() {
        for (url, safe) in [
            ("https://a.example/x", true),
            ("HTTP://a.example", true),
            ("mailto:a@b.example", true),
            ("tel:+31201234567", true),
            ("javascript:alert(1)", false),
            (" javascript:alert(1)", false),
            (" https://a.example", false),
            ("data:text/html,x", false),
            ("https://a\n.example", false),
            ("//a.example", false),
            ("", false),
        ] {
            assert_eq!(is_safe_link(url), safe, "{url:?}");
        }
    }
}
