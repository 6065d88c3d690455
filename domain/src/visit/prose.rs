//! What anyone wrote, as text and the links inside it. Never markup.

use crate::message::is_safe_link;

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// Shown as it is, and leads there: `http(s):`, `mailto:` or `tel:`.
    Link(&'a str),
}

/// Cuts a text into what leads somewhere and what does not. Put together again the spans are the text.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, link, after)) = next_link(rest) {
        if !before.is_empty() {
            spans.push(Span::Text(before));
        }
        spans.push(Span::Link(link));
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(Span::Text(rest));
    }
    spans
}

fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(word) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let start = from + word.find(|c: char| !is_boundary(c))?;
        let word = text.get(start..)?;
        let word = word.split(is_boundary).next().unwrap_or_default();
        let link = trimmed(word);
        if is_whole_link(link) {
            let end = start + link.len();
            return Some((text.get(..start)?, link, text.get(end..)?));
        }
        from = start + word.len();
    }
    None
}

/// Where a link can begin and must end.
fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '(' | '[' | '{' | '\u{ab}' | '\u{bb}' | '\u{201c}' | '\u{201d}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Without the punctuation of the sentence around it.
fn trimmed(word: &str) -> &str {
    word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '\u{2019}', ')', ']', '}'])
}

fn is_whole_link(word: &str) -> bool {
    let rest = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| {
        let head = word.get(..scheme.len())?;
        if head.eq_ignore_ascii_case(scheme) { word.get(scheme.len()..) } else { None }
    });
    // What looks like one address and leads to another is shown as text.
    rest.is_some_and(|rest| rest.len() > 1 && is_safe_link(word) && !is_disguised(rest))
}

/// `http://bank.example@evil.example`.
fn is_disguised(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let ats = authority.bytes().filter(|byte| *byte == b'@').count();
    ats > usize::from(rest.len() == authority.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn links(text: &str) -> Vec<&str> {
        spans(text)
            .into_iter()
            .filter_map(|span| match span {
                Span::Link(link) => Some(link),
                Span::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn links_are_found_and_nothing_else() {
        for (text, expected) in [
            ("see https://a.example/x?y=1#z.", &["https://a.example/x?y=1#z"][..]),
            ("(https://a.example/x), HTTP://B.example!", &["https://a.example/x", "HTTP://B.example"]),
            ("mailto:a@b.example or tel:+31201234567", &["mailto:a@b.example", "tel:+31201234567"]),
            ("javascript:alert(1) data:text/html,x //a.example a.example", &[]),
            ("xhttps://a.example", &[]),
            ("https://", &[]),
            ("https://bank.example@evil.example/x", &[]),
            ("<a href=\"https://a.example\">", &["https://a.example"]),
            ("https://a.example\u{202e}gpj.exe", &["https://a.example"]),
            ("\u{e9}https:// tel: mailto:", &[]),
            ("", &[]),
        ] {
            assert_eq!(links(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_link_is_safe(text in "[a-z:/@.h<>( \u{e9}\u{202e}]{0,60}|.*") {
            let spans = spans(&text);
            let all: String = spans.iter().map(|span| match span { Span::Text(text) | Span::Link(text) => *text }).collect();
            prop_assert_eq!(&all, &text);
            for span in spans {
                if let Span::Link(link) = span {
                    prop_assert!(is_safe_link(link));
                }
            }
        }
    }
}
