//! Text within a channel's limits, never cut inside what a reader sees as one character.
//!
//! Lengths are UTF-16 code units: never less than any other way a channel may count "characters". Limits are at
//! least 3, so that any one code point fits beside an ellipsis.

use unicode_segmentation::UnicodeSegmentation;

/// In UTF-16 code units.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// `text` on one line if it fits, else its beginning and an ellipsis; at most `limit` long.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if length(&line) <= limit {
        return line;
    }
    let (head, _) = cut(&line, limit.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// `text` in pieces of at most `limit`, broken at a paragraph, line or word where there is one in the
/// second half of the piece. Nothing but space at the breaks is lost; blank text has no pieces.
pub(super) fn split(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (head, tail) = if length(rest) <= limit { (rest, "") } else { cut_kindly(rest, limit) };
        pieces.push(head.trim_end().to_owned());
        rest = tail.trim_start();
    }
    pieces
}

/// As [`cut`], at the best break there is.
fn cut_kindly(text: &str, limit: usize) -> (&str, &str) {
    let (head, tail) = cut(text, limit);
    if tail.starts_with(char::is_whitespace) {
        return (head, tail);
    }
    let breaks = [head.rfind("\n\n"), head.rfind('\n'), head.rfind(char::is_whitespace)];
    let kind = breaks.into_iter().flatten().find(|at| *at >= head.len() / 2);
    kind.and_then(|at| text.split_at_checked(at)).unwrap_or((head, tail))
}

/// The longest beginning of whole characters within `limit`, and the rest. A single character longer
/// than `limit` (a letter under a heap of marks) is cut between its code points.
fn cut(text: &str, limit: usize) -> (&str, &str) {
    let whole = prefix_bytes(text.graphemes(true), limit);
    let at = if whole == 0 { prefix_bytes(text.split_inclusive(|_| true), limit.max(2)) } else { whole };
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// How many bytes of `parts`, from the first on, fit into `limit`.
fn prefix_bytes<'a>(parts: impl Iterator<Item = &'a str>, limit: usize) -> usize {
    let mut used = 0_usize;
    let fits = parts.take_while(|part| {
        used = used.saturating_add(length(part));
        used <= limit
    });
    fits.map(str::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_are_shortened_to_the_limit() {
        for (text, limit, expected) in [
            ("Shipping", 20, "Shipping"),
            ("How long does shipping take?", 20, "How long does shipp…"),
            ("How long does it take", 14, "How long does…"),
            ("  two\n lines ", 20, "two lines"),
            ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 20, "👩‍👩‍👧👩‍👩‍👧…"),
            ("👩‍👩‍👧", 8, "👩‍👩‍👧"),
            ("e\u{301}e\u{301}e\u{301}", 4, "e\u{301}…"),
            ("", 20, ""),
        ] {
            assert_eq!(shorten(text, limit), expected, "{text:?}");
        }
    }

    #[test]
    fn long_text_breaks_where_a_reader_would() {
        for (text, limit, expected) in [
            ("", 10, vec![]),
            (" \n ", 10, vec![]),
            ("0123456789", 10, vec!["0123456789"]),
            ("0123456789a", 10, vec!["0123456789", "a"]),
            ("one two three", 10, vec!["one two", "three"]),
            ("one two three", 7, vec!["one two", "three"]),
            ("a line\nthe next line", 16, vec!["a line\nthe next", "line"]),
            ("the line\nnext line", 15, vec!["the line", "next line"]),
            ("a b cdefghijklmnop", 12, vec!["a b cdefghij", "klmnop"]),
            ("🇳🇱🇩🇪🇫🇷", 10, vec!["🇳🇱🇩🇪", "🇫🇷"]),
        ] {
            assert_eq!(split(text, limit), expected, "{text:?}");
        }
    }

    #[test]
    fn a_heap_of_marks_still_gets_through() {
        let heap = format!("a{}b", "\u{301}".repeat(100));
        let pieces = split(&heap, 10);
        assert!(pieces.iter().all(|piece| length(piece) <= 10));
        assert_eq!(pieces.concat(), heap);
    }

    proptest! {
        #[test]
        fn pieces_fit_and_lose_nothing_but_space(text in "(?s).{0,400}", limit in 3_usize..80) {
            let pieces = split(&text, limit);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert!(pieces.iter().all(|piece| length(piece) <= limit && !piece.trim().is_empty()));
            prop_assert_eq!(bare(&pieces.concat()), bare(&text));
            prop_assert!(length(&shorten(&text, limit)) <= limit);
        }
    }
}
