//! Carrying a conversation on to a channel: a link with a reference, or a short code to type for the phones
//! that drop it. Neither is a secret or a proof: each works once, soon, for one person.

pub mod words;

use crate::time::Millis;

/// How long a shopper's link and code work.
pub const LINK_VALID_FOR: Millis = Millis::minutes(15);
/// How long a link for a member of staff works: it is passed on by hand.
pub const STAFF_LINK_VALID_FOR: Millis = Millis::hours(24);
/// How many wrong codes a person may type within [`CODE_ATTEMPTS_WITHIN`]: a million codes are soon tried.
pub const CODE_ATTEMPTS: u32 = 5;
/// See [`CODE_ATTEMPTS`].
pub const CODE_ATTEMPTS_WITHIN: Millis = Millis::hours(1);

const CODE_DIGITS: usize = 6;
/// A longer message is not a code, whatever digits it holds.
const LONGEST_CODE_MESSAGE: usize = 60;
/// What people type around a code, in the languages of the shops we know.
const WORDS_AROUND: &[&str] = &[
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

/// Why a link or code was not honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// Never issued by this store: forged, mistyped, or another store's.
    #[error("no such link")]
    Unknown,
    /// Somebody else used it.
    #[error("the link was used already")]
    Used,
    /// Too late.
    #[error("the link has expired")]
    Expired,
    /// Too many wrong codes from this person.
    #[error("too many wrong codes")]
    TooManyAttempts,
}

/// The code a message consists of: six digits, apart or together, with at most words like "continue" around
/// them. An order number in a sentence is not one.
pub fn code_in(text: &str) -> Option<String> {
    if text.len() > LONGEST_CODE_MESSAGE {
        return None;
    }
    let is_apart = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '\u{2010}'..='\u{2014}' | '#' | ':' | '.' | ',' | '!' | '"' | '\'')
    };
    let mut digits = String::new();
    let mut ended = false;
    for word in text.split(is_apart).filter(|word| !word.is_empty()) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && !ended {
            digits.push_str(word);
        } else if WORDS_AROUND.contains(&word.to_lowercase().as_str()) {
            ended = !digits.is_empty();
        } else {
            return None;
        }
    }
    (digits.len() == CODE_DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_whole_message() {
        for (text, code) in [
            ("482193", Some("482193")),
            ("482 193", Some("482193")),
            (" 482-193. ", Some("482193")),
            ("4 8 2 1 9 3", Some("482193")),
            ("482\u{a0}193", Some("482193")),
            ("Continue 482 193", Some("482193")),
            ("CONTINUE: 482193!", Some("482193")),
            ("My code is 482193", Some("482193")),
            ("Weiter #482193", Some("482193")),
            ("Código: 482 193", Some("482193")),
            ("482193 code", Some("482193")),
            ("482 code 193", None),
            ("48219", None),
            ("4821933", None),
            ("482193 482193", None),
            ("My order 482193 is late", None),
            ("+31 48 21 93", None),
            ("٤٨٢١٩٣", None),
            ("continue", None),
            ("", None),
            ("€ 482193", None),
        ] {
            assert_eq!(code_in(text).as_deref(), code, "{text:?}");
        }
        assert_eq!(code_in(&" ".repeat(100)), None);
    }
}
