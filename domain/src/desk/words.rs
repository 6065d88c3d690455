//! What the store itself says on a channel, in words a shopper or a member of staff understands.

/// A link was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Never issued here: mistyped, forged, or another store's.
    Unknown,
    /// Somebody else used it.
    Used,
    /// Too old.
    Expired,
    /// Too many wrong codes.
    TooManyAttempts,
}

impl Refusal {
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Unknown => {
                "We could not find the chat this link or code belongs to. Open the chat on our website and choose \
                 \"Continue in Messenger\" for a fresh one – or simply write to us here."
            }
            Self::Used => {
                "This link was already used by someone else, so we did not open that chat here. Open the chat on our \
                 website and choose \"Continue in Messenger\" for your own link – or simply write to us here."
            }
            Self::Expired => {
                "This link has expired. Open the chat on our website and choose \"Continue in Messenger\" for a fresh \
                 one – or simply write to us here."
            }
            Self::TooManyAttempts => {
                "That were too many wrong codes. Please wait an hour, or use the link or QR code shown in the chat on \
                 our website."
            }
        }
    }
}

/// The button that undoes a link.
pub(super) const NOT_ME: &str = "Not me";
/// The button that moves.
pub(super) const MOVE_HERE: &str = "Continue it here";
/// The button that does not.
pub(super) const KEEP: &str = "Keep as it is";
/// After "not me".
pub(super) const UNLINKED: &str = "Thank you for telling us. That chat is no longer connected with your Messenger. You can write to us here any time.";
/// After "keep".
pub(super) const KEPT: &str = "All right, nothing was changed.";
/// The same link again.
pub(super) const STILL_HERE: &str = "You are already connected: just write here, and we answer here.";
/// Staff wrote without quoting.
pub(super) const QUOTE_TO_ANSWER: &str = "To answer a shopper, reply to their message: press and hold it, then choose \"Reply\". So it goes to the right person.";
/// Staff sent no words.
pub(super) const ONLY_TEXT: &str = "Only text can be passed on to the shopper. Please write it as a message.";

/// After a link was redeemed.
pub(super) fn linked(store: &str, disclosure: &str) -> String {
    let welcome = format!(
        "You are continuing your chat with {store} here. Your messages and our answers now reach you in Messenger too. \
         If you did not begin this chat, tap \"{NOT_ME}\"."
    );
    if disclosure.is_empty() { welcome } else { format!("{welcome}\n\n{disclosure}") }
}

/// Before a person moves from one conversation to another.
pub(super) fn ask_to_move(store: &str) -> String {
    format!(
        "You already have a chat with {store} in this Messenger. Shall the chat you just opened on the website continue \
         here instead?"
    )
}

/// After a member of staff linked their Messenger.
pub(super) fn staff_linked(store: &str) -> String {
    format!(
        "You now answer for {store}. Shoppers' messages arrive here; reply to a message (press and hold, \"Reply\") and \
         your answer goes to that shopper, wherever they are."
    )
}

/// How a shopper is named to staff.
pub(super) fn shopper(conversation: &str) -> String {
    let short: String = conversation.chars().take(4).collect();
    format!("Shopper {}", short.to_uppercase())
}

/// A longer message is not a code, whatever digits it holds.
const LONGEST_CODE_MESSAGE_BYTES: usize = 60;
/// What people type around a code, in the languages of the shops we know.
const WORDS_AROUND_CODE: &[&str] = &[
    "continue",
    "code",
    "send",
    "my",
    "is",
    "the",
    "weiter",
    "fortsetzen",
    "mein",
    "ist",
    "der",
    "continuer",
    "mon",
    "est",
    "le",
    "continuar",
    "código",
    "codigo",
    "mi",
    "meu",
    "es",
    "é",
    "el",
    "o",
    "continua",
    "codice",
    "il",
    "mio",
    "verder",
    "doorgaan",
    "mijn",
    "de",
];

/// The code a message consists of: six digits, apart or together, with at most words like "continue" around them.
/// An order number is not one, even where the message says little else.
pub(super) fn code_in(text: &str) -> Option<String> {
    if text.len() > LONGEST_CODE_MESSAGE_BYTES {
        return None;
    }
    let is_between = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '\u{2010}'..='\u{2014}' | '#' | ':' | '.' | ',' | '!' | '"' | '\'')
    };
    let mut digits = String::new();
    let mut ended = false;
    for word in text.split(is_between).filter(|word| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && !ended {
            digits.push_str(word);
        } else if WORDS_AROUND_CODE.contains(&word.to_lowercase().as_str()) {
            ended = !digits.is_empty();
        } else {
            return None;
        }
    }
    (digits.len() == 6).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_little_else() {
        for (text, code) in [
            ("482193", Some("482193")),
            (" 482 193 ", Some("482193")),
            ("482-193.", Some("482193")),
            ("4 8 2 1 9 3", Some("482193")),
            ("482\u{a0}193", Some("482193")),
            ("continue 482193", Some("482193")),
            ("CONTINUE: 482193!", Some("482193")),
            ("my code: 482193", Some("482193")),
            ("Weiter #482193", Some("482193")),
            ("Código: 482 193", Some("482193")),
            ("482193 code", Some("482193")),
            ("482 code 193", None),
            ("4821935", None),
            ("48219", None),
            ("482193 482193", None),
            ("order 482193", None),
            ("my order number is 482193 please help", None),
            ("+31 48 21 93", None),
            ("٤٨٢١٩٣", None),
            ("€ 482193", None),
            ("continue", None),
            ("", None),
        ] {
            assert_eq!(code_in(text).as_deref(), code, "{text:?}");
        }
    }
}
