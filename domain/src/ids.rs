//! Ids: opaque, validated where they enter, never confused with one another.

use serde::{Deserialize, Serialize};

/// Why a text is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}")]
pub struct InvalidId {
    kind: &'static str,
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $max:literal, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            schemars(with = "String", extend("minLength" = 1, "maxLength" = $max))
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Accepts `text` if it has the form of this id.
            pub fn parse(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                let accepts: fn(u8) -> bool = $accepts;
                if text.is_empty() || text.len() > $max || !text.bytes().all(accepts) {
                    return Err(InvalidId { kind: $kind });
                }
                Ok(Self(text))
            }

            /// The id as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A merchant's shop: `[a-z0-9-]{1,40}`.
    StoreId, "store id", 40, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'
);
text_id!(
    /// One shopper's conversation with one store: `[a-z0-9]{1,40}`, 26 random characters when ours.
    ConversationId, "conversation id", 40, |b| b.is_ascii_lowercase() || b.is_ascii_digit()
);
text_id!(
    /// A message, unique within its conversation: the client's random id, a channel's own id behind
    /// its channel's prefix, or one derived from the event's `seq`. Printable ASCII.
    MessageId, "message id", 600, |b| b.is_ascii_graphic()
);
text_id!(
    /// A member of the store's staff.
    StaffId, "staff id", 40, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'
);
text_id!(
    /// The single-use reference in a hand-over link (`m.me/...?ref=`): not a secret, not a proof.
    LinkReference, "link reference", 200, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'~' | b'-')
);
text_id!(
    /// An id the channel gave: of a person, a page, a message. Opaque.
    ForeignId, "foreign id", 512, |b| b.is_ascii_graphic()
);

/// One live socket of a conversation; given by the shell, meaningless after it closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConnectionId(pub u64);

/// The place of an event in its conversation's log: 1, 2, 3, …; 0 is "before the first".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The place after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_accept_their_alphabet_and_nothing_else() {
        for (text, ok) in [
            ("demo", true),
            ("", false),
            ("Demo", false),
            ("a/b", false),
            (&"a".repeat(41), false),
            ("a\0", false),
        ] {
            assert_eq!(StoreId::parse(text).is_ok(), ok, "{text:?}");
        }
        assert!(MessageId::parse("m_AbC-9.$cAAE:1").is_ok());
        assert!(MessageId::parse("two words").is_err());
        assert!(serde_json::from_str::<ConversationId>("\"../x\"").is_err());
    }
}
