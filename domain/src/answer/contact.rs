//! Where to reach a shopper, if they said so.

use crate::conversation::ContactKind;

/// The e-mail address or telephone number in a text, if there plainly is one.
pub fn contact_in(text: &str) -> Option<(ContactKind, String)> {
    email_in(text)
        .map(|email| (ContactKind::Email, email))
        .or_else(|| phone_in(text).map(|phone| (ContactKind::Phone, phone)))
}

/// The longest address mail is delivered to.
const MAX_EMAIL_CHARS: usize = 254;

fn email_in(text: &str) -> Option<String> {
    if !text.contains('@') {
        return None; // as most texts
    }
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '[' | ']')
    })
    .map(|word| word.strip_prefix("mailto:").unwrap_or(word))
    .map(|word| word.trim_matches(|c: char| matches!(c, '.' | '!' | '?' | ':' | '\'' | '*' | '_' | '`')))
    .find(|word| is_email(word))
    .map(str::to_owned)
}

fn is_email(word: &str) -> bool {
    let Some((local, domain)) = word.split_once('@') else { return false };
    let local_fits = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&b));
    let part = |part: &str| {
        (1..=63).contains(&part.len())
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    word.len() <= MAX_EMAIL_CHARS
        && local_fits
        && domain.contains('.')
        && domain.split('.').all(part)
        && top.len() >= 2
        && (top.bytes().all(|b| b.is_ascii_alphabetic()) || top.starts_with("xn--"))
}

/// The fewest digits of a number that [`is_phone`] takes.
const MIN_PHONE_DIGITS: usize = 8;

/// Words before a number that make it something else.
const OTHER_NUMBERS: [&str; 9] =
    ["order", "invoice", "ref", "reference", "tracking", "sku", "item", "code", "zip"];

/// A telephone number as people write it: `+` and a country, a leading zero, or `(555) 123-4567`.
fn phone_in(text: &str) -> Option<String> {
    if text.bytes().filter(u8::is_ascii_digit).count() < MIN_PHONE_DIGITS {
        return None; // as most texts
    }
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(')) {
        let (before, from) = rest.split_at_checked(start)?;
        let end = from
            .find(|c: char| {
                !(c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{a0}'))
            })
            .unwrap_or(from.len());
        let (span, beyond) = from.split_at_checked(end)?;
        let number = span.trim_end_matches(|c: char| !c.is_ascii_digit());
        let after = from.get(number.len()..)?;
        let apart = !before
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '€' | '$' | '£' | '_'))
            && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | ':'));
        if apart && is_phone(number) && !names_another_number(before) {
            return Some(number.to_owned());
        }
        rest = beyond;
    }
    None
}

fn is_phone(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let doubled =
        number.as_bytes().windows(2).any(|pair| matches!(pair, b"  " | b"--" | b".." | b"//" | b"- "));
    if doubled || is_date(number) || number.contains('+') && number.rfind('+') != Some(0) {
        return false;
    }
    if number.starts_with('+') {
        return (8..=15).contains(&digits.len());
    }
    if digits.starts_with('0') {
        return (9..=13).contains(&digits.len());
    }
    is_north_american(number)
}

/// `01-02-2024`, perhaps with a time after it.
fn is_date(number: &str) -> bool {
    let mut groups = number.split(|c: char| !c.is_ascii_digit());
    let (day, month, year) = (groups.next(), groups.next(), groups.next());
    let short = |group: Option<&str>| group.is_some_and(|group| (1..=2).contains(&group.len()));
    let recent =
        year.is_some_and(|year| year.len() == 4 && (year.starts_with("19") || year.starts_with("20")));
    short(day) && short(month) && recent
}

/// `(555) 123-4567`, `555-123-4567`, `555.123.4567`.
fn is_north_american(number: &str) -> bool {
    let groups: Vec<&str> =
        number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    matches!(groups.as_slice(), [area, exchange, line] if area.len() == 3 && exchange.len() == 3 && line.len() == 4)
}

fn names_another_number(before: &str) -> bool {
    let words = before.split(|c: char| !c.is_alphanumeric()).rev().filter(|word| !word.is_empty());
    words.take(3).any(|word| OTHER_NUMBERS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn contacts_are_found_where_they_plainly_are() {
        let email = |value: &str| Some((ContactKind::Email, value.to_owned()));
        let phone = |value: &str| Some((ContactKind::Phone, value.to_owned()));
        for (text, found) in [
            ("anna@shop.example", email("anna@shop.example")),
            ("My mail is anna.b+x@mail.shop.example.", email("anna.b+x@mail.shop.example")),
            ("<mailto:a@b.example>", email("a@b.example")),
            ("write me: a@b.example, thanks", email("a@b.example")),
            ("a@b.example or +31 20 123 4567", email("a@b.example")),
            ("call +31 20 123 4567 please", phone("+31 20 123 4567")),
            ("06-12345678", phone("06-12345678")),
            ("my number is 0612345678", phone("0612345678")),
            ("(555) 123-4567", phone("(555) 123-4567")),
            ("555.123.4567!", phone("555.123.4567")),
            ("0031 20 1234567", phone("0031 20 1234567")),
            ("order 0612345678", None),
            ("My order number is 0612345678", None),
            ("#0612345678", None),
            ("it costs 14.50", None),
            ("250 g or 1000 g?", None),
            ("2024-05-01", None),
            ("on 01-02-2024 at 10:30", None),
            ("on 01-02-2024 10 am", None),
            ("1234567890", None),
            ("a@b", None),
            ("@handle", None),
            ("a@b.c1", None),
            ("a@@b.example", None),
            ("a..b@c.example", None),
            ("+1", None),
            ("+", None),
            ("", None),
        ] {
            assert_eq!(contact_in(text), found, "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_is_total(text in ".{0,200}", digits in "[0-9+() .@a\u{a0}é-]{0,100}") {
            for text in [text, digits] {
                if let Some((_, value)) = contact_in(&text) {
                    prop_assert!(text.contains(&value));
                }
            }
        }
    }
}
