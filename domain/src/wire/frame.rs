//! What the two sides say, and total decoders for it.

use crate::channel::Channel;
use crate::conversation::{ContactKind, Holder};
use crate::ids::{ConversationId, MessageId, Seq};
use crate::message::{Author, Content, MAX_TEXT_CHARS, Page, QuickReply};
use crate::time::UnixMillis;
use serde::{Deserialize, Serialize};

use super::MAX_CLIENT_FRAME_BYTES;

/// From the widget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClientFrame {
    /// The first frame of a connection: what this page has, and whether it can be seen.
    Hello {
        /// The last event this page has; absent on a fresh page, which gets the tail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Seq>,
        /// Whether the page is in front of the shopper.
        visible: bool,
    },
    /// The shopper says something. Repeated under the same id until a `message` event with it arrives.
    Say {
        /// The client's random id.
        id: MessageId,
        /// At most 4,000 characters.
        text: String,
        /// The message answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<MessageId>,
        /// Where they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        page: Option<Page>,
        /// What the page had said before the shopper's first word; enters the log before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opening: Option<Opening>,
    },
    /// The page came into view or left it.
    Visible(bool),
    /// The shopper saw everything up to here.
    Seen(Seq),
    /// The shopper is writing. Not kept.
    Typing,
    /// The shopper wants to go on elsewhere: answered by a `link` frame.
    Link(Channel),
    /// The shopper left a way to reach them.
    Contact {
        /// Of which kind.
        kind: ContactKind,
        /// As they wrote it.
        value: String,
    },
}

/// What the page said of itself before the shopper's first word. The edge looks the words up in the
/// store's settings: a page cannot put words into the store's mouth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    /// The store's greeting.
    Greeting,
    /// A proactive card.
    Trigger {
        /// The rule of the store's settings.
        rule: String,
        /// Why: the codes of at most 5 reasons.
        reasons: Vec<String>,
    },
}

/// From the edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServerFrame {
    /// What happened, in order. The page has seen everything up to `up_to` after it, shown or not.
    Events {
        /// The last entry of the log this frame accounts for.
        up_to: Seq,
        /// The first entry of the log that this page could ask for but was not sent (older history): 0 when none.
        #[serde(default)]
        earlier: bool,
        /// The shopper's part of the log.
        events: Vec<ServerMessage>,
    },
    /// Staff or the assistant is writing. Not kept; gone after a few seconds.
    Typing(Author),
    /// How to go on elsewhere.
    Link(Link),
    /// Something was not done.
    Trouble(Trouble),
}

/// An entry of the log as the shopper may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// Somebody said something.
    Message {
        /// Its place.
        seq: Seq,
        /// When.
        at: UnixMillis,
        /// Its id: the client's own for what this shopper wrote.
        id: MessageId,
        /// Who.
        author: Author,
        /// On which surface.
        surface: Channel,
        /// What.
        content: Content,
        /// The message answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<MessageId>,
    },
    /// A message changed.
    Edited {
        /// Which.
        id: MessageId,
        /// What it says now.
        content: Content,
    },
    /// A message was taken back.
    Deleted {
        /// Which.
        id: MessageId,
    },
    /// The shopper reacted.
    Reacted {
        /// To which.
        id: MessageId,
        /// How; `None` took it back.
        emoji: Option<String>,
    },
    /// The shopper saw everything up to here, on this or another surface.
    Seen {
        /// The last entry seen.
        up_to: Seq,
    },
    /// The conversation goes on there too.
    Linked {
        /// Where.
        channel: Channel,
        /// When.
        at: UnixMillis,
    },
    /// It no longer does.
    Unlinked {
        /// Where.
        channel: Channel,
        /// When.
        at: UnixMillis,
    },
    /// A message reached the shopper on another channel too.
    Carried {
        /// The entry.
        seq: Seq,
        /// Where.
        channel: Channel,
    },
    /// Who answers now.
    Holder {
        /// Who.
        holder: Holder,
        /// When.
        at: UnixMillis,
    },
    /// The store knows how to reach the shopper.
    Contact {
        /// Of which kind.
        kind: ContactKind,
        /// When.
        at: UnixMillis,
    },
}

/// A way on to another channel: a link for a phone, the same as a picture for a desktop, a code to type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// Where it leads.
    pub channel: Channel,
    /// The link.
    pub url: String,
    /// What to type there if the link's reference was dropped.
    pub code: String,
    /// When both stop working.
    pub expires_at: UnixMillis,
    /// The link as a QR code: one row of `0` and `1` per line, without quiet zone.
    pub qr: String,
}

/// Why something was not done, as a stable code; the widget has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The frame could not be read.
    BadFrame,
    /// Too much at once; what was said is kept by the page and sent later.
    SlowDown {
        /// When to try again.
        retry_after_ms: u64,
    },
    /// The text is empty or too long.
    BadText,
    /// That channel is not offered by this store.
    NoSuchChannel,
    /// Ours; try again.
    Unavailable,
    /// The conversation was deleted at the shopper's wish; start anew.
    Forgotten,
}

/// What the panel says before anyone wrote: from the store's settings, not from the log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Greeting {
    /// The words; at most 500 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 500)))]
    pub text: String,
    /// Suggested first words.
    #[cfg_attr(feature = "schema", schemars(length(max = 13)))]
    #[serde(default)]
    pub quick_replies: Vec<QuickReply>,
}

/// Why a frame was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More bytes than a frame may have.
    #[error("frame too large")]
    TooLarge,
    /// Not JSON of a known shape.
    #[error("frame not understood")]
    Malformed,
    /// Well-formed, with a value out of bounds.
    #[error("a value is out of bounds")]
    OutOfBounds,
}

/// Reads one frame of a widget: total on arbitrary bytes.
pub fn decode_client(bytes: &[u8]) -> Result<ClientFrame, DecodeError> {
    if bytes.len() > MAX_CLIENT_FRAME_BYTES {
        return Err(DecodeError::TooLarge);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| DecodeError::Malformed)?;
    let frame: ClientFrame = serde_json::from_str(text).map_err(|_| DecodeError::Malformed)?;
    if within_bounds(&frame) { Ok(frame) } else { Err(DecodeError::OutOfBounds) }
}

/// Reads one frame of the edge.
pub fn decode_server(text: &str) -> Result<ServerFrame, DecodeError> {
    serde_json::from_str(text).map_err(|_| DecodeError::Malformed)
}

/// Writes one frame of a widget.
pub fn encode_client(frame: &ClientFrame) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}

/// Writes one frame of the edge.
pub fn encode_server(frame: &ServerFrame) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}

fn within_bounds(frame: &ClientFrame) -> bool {
    let short = |text: &str, max: usize| text.chars().count() <= max;
    match frame {
        ClientFrame::Say { text, page, opening, .. } => {
            let page_fits = page.as_ref().is_none_or(|page| {
                short(&page.url, 2_000)
                    && short(&page.title, 200)
                    && page.product.as_ref().is_none_or(|product| short(product, 200))
                    && page.locale.as_ref().is_none_or(|locale| short(locale, 35))
            });
            let opening_fits = match opening {
                Some(Opening::Trigger { rule, reasons }) => {
                    short(rule, 60) && reasons.len() <= 5 && reasons.iter().all(|reason| short(reason, 120))
                }
                Some(Opening::Greeting) | None => true,
            };
            short(text, MAX_TEXT_CHARS) && page_fits && opening_fits
        }
        ClientFrame::Contact { value, .. } => short(value, 320),
        ClientFrame::Hello { .. }
        | ClientFrame::Visible(_)
        | ClientFrame::Seen(_)
        | ClientFrame::Typing
        | ClientFrame::Link(_) => true,
    }
}

/// What `POST /v1/{store}/sessions` asks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionRequest {
    /// The token of an earlier session of this browser, to go on with its conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// Bound to store, conversation and origin; keep it, send it, never put it into a URL.
    pub token: String,
    /// The conversation.
    pub conversation: ConversationId,
    /// Whether it goes on with an earlier one.
    pub resumed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_survive_the_wire() {
        for json in [
            r#"{"hello":{"visible":true}}"#,
            r#"{"hello":{"after":7,"visible":false}}"#,
            r#"{"say":{"id":"c1","text":"hi"}}"#,
            r#"{"visible":true}"#,
            r#"{"seen":9}"#,
            r#""typing""#,
            r#"{"link":"messenger"}"#,
            r#"{"contact":{"kind":"email","value":"a@b.example"}}"#,
        ] {
            let frame = decode_client(json.as_bytes()).unwrap();
            assert_eq!(encode_client(&frame), json);
        }
    }

    #[test]
    fn bad_frames_are_refused_with_the_reason() {
        let long = format!(r#"{{"say":{{"id":"c1","text":"{}"}}}}"#, "x".repeat(MAX_TEXT_CHARS + 1));
        let huge = "x".repeat(MAX_CLIENT_FRAME_BYTES + 1);
        let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
        for (bytes, expected) in [
            (&b""[..], DecodeError::Malformed),
            (b"null", DecodeError::Malformed),
            (b"{\"say\":{\"id\":1,\"text\":\"x\"}}", DecodeError::Malformed),
            (b"{\"say\":{\"id\":\"c1\",\"text\":\"\\ud800\"}}", DecodeError::Malformed),
            (b"{\"say\":{\"id\":\"c 1\",\"text\":\"x\"}}", DecodeError::Malformed),
            (b"\xff\xfe", DecodeError::Malformed),
            (b"{\"dance\":1}", DecodeError::Malformed),
            (deep.as_bytes(), DecodeError::Malformed),
            (long.as_bytes(), DecodeError::OutOfBounds),
            (huge.as_bytes(), DecodeError::TooLarge),
        ] {
            assert_eq!(decode_client(bytes), Err(expected));
        }
    }
}
