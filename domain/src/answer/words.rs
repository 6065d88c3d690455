//! A text as words that can be compared: folded, stemmed, bounded.

use core::iter;
use core::ops::ControlFlow;

/// The words of a question that are looked at; nobody asks in more.
pub(super) const MAX_WORDS: usize = 64;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents and apostrophes.
    pub(super) plain: String,
    stem: Stem,
    /// How many characters `plain` has.
    length: usize,
    /// It says nothing by itself.
    pub(super) is_filler: bool,
}

/// How two words are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// But for one slip of the finger.
    Near,
    /// The same word.
    Same,
}

impl Word {
    fn new(plain: &str) -> Self {
        let length = plain.chars().count();
        let is_filler = FILLERS.binary_search(&plain).is_ok()
            || length == 1 && plain.chars().all(|c| c.is_ascii_alphanumeric());
        Self { stem: Stem::of(plain), length, is_filler, plain: plain.to_owned() }
    }

    /// Whether `self` and `other` are forms of one word. One slip is forgiven from five letters on, the first of
    /// which people get right.
    pub(super) fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.stem.within(&self.plain) == other.stem.within(&other.plain) {
            return Some(Likeness::Same);
        }
        let long = self.length >= 5 && other.length >= 5 && self.length.abs_diff(other.length) <= 1;
        let near = long
            && self.plain.chars().next() == other.plain.chars().next()
            && !self.plain.contains(|c: char| c.is_ascii_digit())
            && one_edit_apart(&self.plain, &other.plain);
        near.then_some(Likeness::Near)
    }

    /// Whether a form of it is among `words`.
    pub(super) fn is_like_any(&self, words: &[Self]) -> bool {
        words.iter().any(|word| self.likeness(word).is_some())
    }

    /// Whether it is `word`, as it stands.
    pub(super) fn is(&self, word: &str) -> bool {
        self.plain == word
    }

    /// Whether it is one of `words`.
    pub(super) fn is_in(&self, words: &[&str]) -> bool {
        words.contains(&self.plain.as_str())
    }
}

/// The first words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, |plain| {
        words.push(Word::new(plain));
        if words.len() < MAX_WORDS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    words
}

/// Those words of a text that begin as one of `question`'s does: no other can be like one.
pub(super) fn words_like(question: &[Word], text: &str) -> Vec<Word> {
    let initials = Initials::of(question);
    let mut words = Vec::new();
    each_word(text, |plain| {
        if initials.have(plain) {
            words.push(Word::new(plain));
        }
        if words.len() < MAX_WORDS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    words
}

/// Whether the first word of a text begins as one of `question`'s does.
pub(super) fn begins_like(question: &[Word], text: &str) -> bool {
    let initials = Initials::of(question);
    let mut begins = false;
    each_word(text, |plain| {
        begins = initials.have(plain);
        ControlFlow::Break(())
    });
    begins
}

/// The letters words begin with, several in one bit where they are many.
#[derive(Debug, Clone, Copy)]
struct Initials(u64);

impl Initials {
    fn of(words: &[Word]) -> Self {
        Self(words.iter().fold(0, |bits, word| bits | Self::bit(&word.plain)))
    }

    fn have(self, plain: &str) -> bool {
        self.0 & Self::bit(plain) != 0
    }

    fn bit(plain: &str) -> u64 {
        plain.chars().next().map_or(0, |c| 1 << (u32::from(c) % 64))
    }
}

/// Cuts a text into words, folded, until `each` has enough.
fn each_word(text: &str, mut each: impl FnMut(&str) -> ControlFlow<()>) {
    let mut plain = String::new();
    let mut previous = Class::Gap;
    for c in text.chars() {
        let class = Class::of(c);
        if class == Class::Mark {
            continue;
        }
        // "250g" is two words, "E3" is one.
        let unit =
            previous == Class::Digit && class == Class::Letter && plain.starts_with(|c: char| c.is_numeric());
        let ends = matches!(class, Class::Gap | Class::Sign) || previous == Class::Sign || unit;
        if ends && !plain.is_empty() {
            if each(&plain).is_break() {
                return;
            }
            plain.clear();
        }
        if class != Class::Gap {
            fold(c, &mut plain);
        }
        previous = class;
    }
    if !plain.is_empty() {
        // The last word: nothing is left to break off.
        let _ = each(&plain);
    }
}

/// Whether two texts are the same words.
pub(super) fn same_words(a: &[Word], b: &[Word]) -> bool {
    !a.is_empty() && a.len() == b.len() && iter::zip(a, b).all(|(a, b)| a.plain == b.plain)
}

/// What a character does to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    /// Between words.
    Gap,
    Letter,
    /// Within a word, and not part of it.
    Mark,
    /// A word by itself: scripts without spaces.
    Sign,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '\'' | '’' | '‘' | '\u{300}'..='\u{36f}' => Self::Mark,
            '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Self::Sign,
            _ if c.is_alphabetic() => Self::Letter,
            _ if c.is_numeric() => Self::Digit,
            _ => Self::Gap,
        }
    }
}

/// Adds `c` in lower case, without its accent.
fn fold(c: char, plain: &mut String) {
    if c.is_ascii() {
        return plain.push(c.to_ascii_lowercase());
    }
    for c in c.to_lowercase() {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'æ' => plain.push_str("ae"),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'ď' | 'đ' | 'ð' => plain.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ğ' | 'ģ' => plain.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => plain.push('i'),
            'ķ' => plain.push('k'),
            'ł' | 'ļ' | 'ľ' => plain.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => plain.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => plain.push('o'),
            'œ' => plain.push_str("oe"),
            'ř' => plain.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => plain.push('s'),
            'ß' => plain.push_str("ss"),
            'ť' | 'ţ' | 'ț' => plain.push('t'),
            'þ' => plain.push_str("th"),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ź' | 'ż' | 'ž' => plain.push('z'),
            '\u{300}'..='\u{36f}' => {}
            _ => plain.push(c),
        }
    }
}

/// A word without its plural or verbal ending: how much of it is kept, and whether a `y` follows. Not a linguist's
/// stem: enough that `kettles` meets `kettle` and `shipping` meets `ship`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stem {
    bytes: usize,
    and_y: bool,
}

impl Stem {
    fn of(plain: &str) -> Self {
        let kept = |text: &str| match text.strip_suffix('y') {
            Some(rest) => Self { bytes: rest.len(), and_y: true },
            None => Self { bytes: text.len(), and_y: false },
        };
        if plain.len() < 4 || !plain.is_ascii() {
            return kept(plain);
        }
        if let Some(rest) = plain.strip_suffix("ies").filter(|rest| rest.len() >= 2) {
            return Self { bytes: rest.len(), and_y: true };
        }
        let singular = singular(plain);
        if let Some(bare) = singular.strip_suffix("ly").filter(|bare| bare.len() >= 4) {
            return kept(bare);
        }
        kept(without_verbal_ending(singular))
    }

    /// What of `plain` it keeps: equal for two forms of a word.
    fn within(self, plain: &str) -> (Option<&str>, bool) {
        (plain.get(..self.bytes), self.and_y)
    }
}

fn singular(plain: &str) -> &str {
    if ["sses", "ches", "shes", "xes", "zzes"].iter().any(|ending| plain.ends_with(ending)) {
        plain.strip_suffix("es").unwrap_or(plain)
    } else if ["ss", "us", "is"].iter().any(|ending| plain.ends_with(ending)) {
        plain
    } else {
        plain.strip_suffix('s').unwrap_or(plain)
    }
}

fn without_verbal_ending(plain: &str) -> &str {
    let has_vowel = |text: &str| text.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let bare = ["ing", "ed"]
        .iter()
        .find_map(|ending| plain.strip_suffix(ending))
        .filter(|bare| bare.len() >= 3 && has_vowel(bare) && !bare.ends_with('e'));
    let Some(bare) = bare else { return plain.strip_suffix('e').unwrap_or(plain) };
    // "shipping" is "ship" and "ping", but "pressing" is "press" and "ing".
    let mut letters = bare.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && !matches!(last, 'l' | 's' | 'z') => {
            bare.strip_suffix(last).unwrap_or(bare)
        }
        _ => bare,
    }
}

/// Whether one insertion, removal, replacement or exchange of neighbours leads from `a` to `b`.
fn one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = iter::zip(&a, &b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    match (a, b) {
        ([], [_]) | ([_], []) => true,
        ([a1, a2, a_rest @ ..], [b1, b2, b_rest @ ..]) if a1 == b2 && a2 == b1 && a_rest == b_rest => true,
        ([a1, a_rest @ ..], [b1, b_rest @ ..]) => {
            a_rest == b_rest
                || (a_rest.first() == Some(b1) && a_rest == b)
                || (b_rest.first() == Some(a1) && b_rest == a)
        }
        _ => false,
    }
}

/// Words that say nothing by themselves, in order.
#[rustfmt::skip]
const FILLERS: [&str; 142] = [
    "a", "about", "also", "am", "an", "and", "any", "anything", "are", "as", "at", "be", "been", "best",
    "better", "but", "buy", "by", "can", "come", "comes", "could", "did", "do", "does", "dont", "for",
    "from", "get", "give", "go", "good", "got", "had", "has", "have", "hello", "help", "here", "hey", "hi",
    "how", "i", "id", "if", "ill", "im", "in", "info", "information", "interested", "into", "is", "it",
    "its", "ive", "just", "know", "let", "like", "long", "look", "looking", "make", "many", "may", "maybe",
    "me", "mine", "more", "much", "must", "my", "need", "no", "not", "now", "of", "off", "ok", "on", "one",
    "or", "our", "out", "over", "please", "product", "question", "quick", "really", "s", "sell", "shall",
    "shop", "should", "show", "so", "some", "something", "stock", "store", "sure", "t", "take", "tell",
    "than", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "to", "too", "up", "us", "use", "very", "want", "was", "we", "were", "what", "whats", "when",
    "where", "which", "who", "why", "will", "with", "would", "you", "your", "yours",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.plain).collect()
    }

    fn likeness(a: &str, b: &str) -> Option<Likeness> {
        words(a)[0].likeness(&words(b)[0])
    }

    #[test]
    fn texts_become_plain_words() {
        for (text, expected) in [
            ("What's the  PRICE?!", vec!["whats", "the", "price"]),
            ("Cafetière, crème brûlée", vec!["cafetiere", "creme", "brulee"]),
            ("cafe\u{301}", vec!["cafe"]),
            ("Straße", vec!["strasse"]),
            ("250g or 1 kg", vec!["250", "g", "or", "1", "kg"]),
            ("E3, v60", vec!["e3", "v60"]),
            ("pour-over", vec!["pour", "over"]),
            ("返品", vec!["返", "品"]),
            ("…!?", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn forms_of_a_word_are_the_same_and_slips_are_near() {
        use Likeness::{Near, Same};
        for (a, b, expected) in [
            ("kettles", "kettle", Some(Same)),
            ("brushes", "brush", Some(Same)),
            ("sizes", "size", Some(Same)),
            ("batteries", "battery", Some(Same)),
            ("shipping", "ship", Some(Same)),
            ("descaling", "descale", Some(Same)),
            ("roasted", "roast", Some(Same)),
            ("slowly", "slow", Some(Same)),
            ("glass", "glasses", Some(Same)),
            ("string", "str", None),
            ("grinedr", "grinder", Some(Near)),
            ("ginder", "grinder", Some(Near)),
            ("grinderr", "grinder", Some(Near)),
            ("grimder", "grinder", Some(Near)),
            ("right", "light", None),
            ("late", "lake", None),
            ("12345", "12346", None),
            ("coffee", "kettle", None),
        ] {
            assert_eq!(likeness(a, b), expected, "{a} {b}");
            assert_eq!(likeness(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_fillers_are_in_order() {
        assert!(FILLERS.is_sorted());
    }

    proptest! {
        #[test]
        fn words_are_total_and_bounded(text in "\\PC{0,400}") {
            prop_assert!(words(&text).len() <= MAX_WORDS);
            prop_assert!(words(&text).iter().all(|word| !word.plain.is_empty()));
        }

        #[test]
        fn a_word_is_like_itself_and_likeness_is_mutual(a in "[a-z]{1,9}", b in "[a-z]{1,9}") {
            prop_assert_eq!(likeness(&a, &a), Some(Likeness::Same));
            prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
        }
    }
}
