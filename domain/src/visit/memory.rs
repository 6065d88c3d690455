//! What one browser remembers of its visits, between pages: as little as the panel needs.

use super::json::{Writer, read_object};
use crate::ids::{ConversationId, Seq};

/// The longest draft that is kept.
const MAX_DRAFT_BYTES: usize = 16_000;
/// Tokens are ours, but storage is the page's.
const MAX_TOKEN_BYTES: usize = 2_000;

/// Kept under [`super::Key::Visit`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Memory {
    /// Which conversation the token is for: tokens are renewed, so two that differ may be for the same one.
    pub(super) conversation: Option<ConversationId>,
    /// The shopper left the panel open.
    pub(super) open: bool,
    /// What they were writing.
    pub(super) draft: String,
    /// The last message they saw.
    pub(super) seen: Seq,
}

impl Memory {
    /// Total: whatever cannot be read is forgotten.
    pub(super) fn decode(text: Option<&str>) -> Self {
        let Some(mut fields) = text.and_then(read_object) else { return Self::default() };
        Self {
            conversation: fields.text("conversation").and_then(|id| ConversationId::parse(id).ok()),
            open: fields.flag("open").unwrap_or(false),
            draft: fields.text("draft").unwrap_or_default(),
            seen: Seq(fields.number("seen").unwrap_or(0)),
        }
    }

    pub(super) fn encode(&self) -> String {
        Writer::object(|writer| {
            if let Some(conversation) = &self.conversation {
                writer.text_field("conversation", conversation.as_str());
            }
            writer.flag_field("open", self.open);
            if self.draft.len() <= MAX_DRAFT_BYTES {
                writer.text_field("draft", &self.draft);
            }
            writer.number_field("seen", self.seen.0);
        })
    }
}

/// A token as it may travel in a subprotocol.
pub(super) fn sane_token(token: Option<String>) -> Option<String> {
    token.filter(|token| {
        !token.is_empty()
            && token.len() <= MAX_TOKEN_BYTES
            && token.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_survives_storage_and_garbage_is_forgotten() {
        let memory = Memory {
            conversation: ConversationId::parse("abc").ok(),
            open: true,
            draft: "h\u{e9} \"x\"\n".into(),
            seen: Seq(4),
        };
        assert_eq!(Memory::decode(Some(&memory.encode())), memory);
        for garbage in [None, Some(""), Some("[]"), Some("{\"open\":\"yes\",\"seen\":-1}")] {
            assert_eq!(Memory::decode(garbage), Memory::default());
        }
    }

    #[test]
    fn only_a_token_is_a_token() {
        let sane = |token: &str| sane_token(Some(token.to_owned())).is_some();
        assert!(sane("abc.DEF-_1"));
        assert!(!sane("") && !sane("a b") && !sane("\u{e9}") && !sane(&"x".repeat(2_001)));
    }
}
