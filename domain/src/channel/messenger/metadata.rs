//! What we attach to a send so that its echo is told from other people's: Messenger has no idempotency key.

use crate::ids::{ConversationId, Seq};
use crate::time::UnixMillis;

const CONVERSATION_SEND: &str = "openline:";
const DESK_SEND: &str = "openline-desk:";

/// Names a send of a conversation's entry; [`super::render`] adds the part.
pub fn metadata(conversation: &ConversationId, seq: Seq) -> String {
    format!("{CONVERSATION_SEND}{conversation}:{}", seq.0)
}

/// Names the `count`th send of the store itself (a notice, a relay to staff).
pub fn desk_metadata(kind: &str, now: UnixMillis, count: u64) -> String {
    format!("{DESK_SEND}{kind}:{}-{count}", now.0)
}

/// The conversation's entry and the part (0, 1, …) that an echo's metadata names.
pub fn parse_metadata(metadata: &str) -> Option<(ConversationId, Seq, u32)> {
    let (named, part) = metadata.strip_prefix(CONVERSATION_SEND)?.split_once('#')?;
    let (conversation, seq) = named.split_once(':')?;
    Some((ConversationId::parse(conversation).ok()?, Seq(seq.parse().ok()?), part.parse().ok()?))
}

/// Whether an echo's metadata is of our making, for a conversation or for the store itself.
pub fn is_ours(metadata: &str) -> bool {
    metadata.starts_with(CONVERSATION_SEND) || metadata.starts_with(DESK_SEND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_echo_finds_its_send_again() {
        let conversation = ConversationId::parse("abc123").unwrap();
        let tag = metadata(&conversation, Seq(7));
        assert_eq!(tag, "openline:abc123:7");
        assert_eq!(parse_metadata(&format!("{tag}#2")), Some((conversation, Seq(7), 2)));
        assert!(is_ours(&tag));
        let desk = format!("{}#0", desk_metadata("relay-abc123-7", UnixMillis(5), 1));
        assert!(is_ours(&desk) && parse_metadata(&desk).is_none());
        for foreign in [
            "",
            "DEVELOPER_DEFINED",
            "openline:",
            "openline:a:b#c",
            "openline:a:1",
            "openline:A:1#0",
            "openline:a:-1#0",
        ] {
            assert_eq!(parse_metadata(foreign), None, "{foreign}");
        }
        assert!(!is_ours("campaign-7"));
    }
}
