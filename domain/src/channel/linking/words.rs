//! What the store itself says on a channel: about links, and to its staff.

use super::LinkRefusal;

/// The button that undoes a link.
pub const NOT_ME: &str = "Not me";
/// The button that moves a person to the other conversation.
pub const MOVE_HERE: &str = "Move here";
/// The button that leaves them where they are.
pub const KEEP: &str = "Keep as it is";

/// After "Not me".
pub const UNLINKED: &str = "Done: what is said on the shop's page no longer comes here. Write to us here any time; \
                            that starts a conversation of its own.";
/// After "Keep as it is".
pub const KEPT: &str = "Nothing was changed. You can go on writing here.";
/// To somebody who is linked already.
pub const STILL_HERE: &str =
    "You are already connected: this is the conversation from the shop's page. Just write here.";
/// To a member of staff who wrote without answering a particular message.
pub const QUOTE_TO_ANSWER: &str = "To answer a shopper, reply to their message here: press it, then choose Reply. \
                                   What is not a reply goes to nobody.";
/// To a member of staff who answered with something else than text.
pub const ONLY_TEXT: &str = "Only text can be passed on to the shopper.";

/// After a link was made: where they are, that a machine answers (in the store's words), how to undo it.
pub fn linked(store: &str, disclosure: &str) -> String {
    let opening = format!("You can go on here: this is your conversation with {store} from the shop's page.");
    let undo = format!("Was this not you? Tap \"{NOT_ME}\".");
    [opening.as_str(), disclosure.trim(), undo.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// To a member of staff whose Messenger was linked.
pub fn staff_linked(store: &str) -> String {
    format!(
        "You will now be told here what shoppers write to {store}. Reply to a message to answer that shopper."
    )
}

/// Before somebody who has a conversation here is moved to another one.
pub fn ask_to_move(store: &str) -> String {
    format!(
        "You already have a conversation with {store} here, and this link leads to another one. Shall that one be \
         continued here instead? Nothing already said is lost."
    )
}

/// What staff see instead of a shopper's name: the same for all messages of one conversation.
pub fn shopper(conversation: &str) -> String {
    let short: String = conversation.chars().take(4).collect();
    format!("Shopper {}", short.to_uppercase())
}

impl LinkRefusal {
    /// In words, for the person who came with it.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Unknown => {
                "This link or code does not belong to a conversation with this shop. Open the chat on the shop's page, \
                 choose \"Continue in Messenger\" and use the link or code shown there. You can also just write to us here."
            }
            Self::Used => {
                "Somebody has already used this link; each works once. Open the chat on the shop's page for a new one, \
                 or just write to us here."
            }
            Self::Expired => {
                "This link is too old: it works for 15 minutes. Open the chat on the shop's page for a new one, or just \
                 write to us here."
            }
            Self::TooManyAttempts => {
                "Too many wrong codes. Please wait an hour, or open the link from the chat on the shop's page instead of \
                 typing the code."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_who_answers_and_how_to_undo_it() {
        let text = linked("Harbour Coffee", "An assistant answers first.");
        for part in ["Harbour Coffee", "An assistant answers first.", NOT_ME] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!linked("Harbour Coffee", " ").contains("\n\n\n"));
    }

    #[test]
    fn staff_tell_shoppers_apart_without_a_name() {
        assert_eq!(shopper("k3f9zz"), "Shopper K3F9");
        assert_ne!(shopper("aaaa1"), shopper("bbbb1"));
    }

    #[test]
    fn every_refusal_says_what_to_do_next() {
        let refusals =
            [LinkRefusal::Unknown, LinkRefusal::Used, LinkRefusal::Expired, LinkRefusal::TooManyAttempts];
        for refusal in refusals {
            assert!(refusal.sentence().contains("the shop's page"), "{refusal}");
        }
    }
}
