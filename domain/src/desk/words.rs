//! What the store itself says on a channel, in words a shopper or a member of staff understands.

use crate::ids::LinkReference;
use crate::language::{Sentences, fill};

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
    pub(super) const fn sentence(self, own: &Sentences) -> &'static str {
        match self {
            Self::Unknown => own.link_unknown,
            Self::Used => own.link_used,
            Self::Expired => own.link_expired,
            Self::TooManyAttempts => own.link_too_often,
        }
    }
}

/// After a link was redeemed.
pub(super) fn linked(own: &Sentences, store: &str, disclosure: &str) -> String {
    let welcome = fill(own.linked, &[("store", store), ("not_me", own.not_me)]);
    if disclosure.is_empty() { welcome } else { format!("{welcome}\n\n{disclosure}") }
}

/// How a shopper is named to staff.
pub(super) fn shopper(own: &Sentences, conversation: &str) -> String {
    let short: String = conversation.chars().take(4).collect();
    fill(own.shopper, &[("id", &short.to_uppercase())])
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

/// How long the code of a member of staff is.
const STAFF_CODE_CHARS: usize = 10;

/// What a member of staff may type instead of following their link: the beginning of its random reference.
pub(super) fn staff_code(reference: &LinkReference) -> String {
    let letters = reference.as_str().chars().filter(char::is_ascii_alphanumeric);
    letters.take(STAFF_CODE_CHARS).collect::<String>().to_ascii_lowercase()
}

/// The code of a member of staff a message consists of.
pub(super) fn staff_code_in(text: &str) -> Option<String> {
    let code: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(STAFF_CODE_CHARS + 1).collect();
    let is_code = code.len() == STAFF_CODE_CHARS && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_code.then(|| code.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_staff_is_ten_letters_and_digits_and_nothing_else() {
        let reference = LinkReference::parse("abcde2fghij34567").unwrap();
        assert_eq!(staff_code(&reference), "abcde2fghi");
        for (text, code) in [
            ("abcde-2fghi", Some("abcde2fghi")),
            (" ABCDE 2FGHI ", Some("abcde2fghi")),
            ("abcde2fgh", None),
            ("abcde2fghij", None),
            ("code abcde2fghi", None),
            ("abcde2fgh€", None),
            ("", None),
        ] {
            assert_eq!(staff_code_in(text).as_deref(), code, "{text:?}");
        }
    }

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
