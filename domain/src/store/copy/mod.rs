//! What a store must not say to talk a shopper into buying: invented scarcity, pressure of time, shame, guilt,
//! consent taken for granted.
//!
//! After DSA Art. 25, the UCPD's list of practices, and the FTC's and the CMA's guidance on dark patterns. A text is
//! refused only for words that are hardly ever innocent; facts that the store can stand by stay allowed.

mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod polish;
mod portuguese;
mod spanish;
mod staying;

#[cfg(test)]
mod tests;

/// A pattern that a text must not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyFault {
    /// "Only 2 left!" where no stock is shown.
    Scarcity,
    /// "12 people are looking at this."
    Crowd,
    /// "Hurry, offer ends in 09:59."
    Countdown,
    /// "No thanks, I prefer to pay more."
    Shaming,
    /// "We are sad to see you go."
    Guilt,
    /// "You have been subscribed."
    AssumedConsent,
    /// "Close this and lose your discount."
    Coercion,
    /// "Free!*", or a price to which something unnamed is added.
    HiddenCost,
}

impl CopyFault {
    /// The reason, to the merchant.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Scarcity => {
                "claims that little is left: a number of pieces belongs to the product's own stock, not to a text"
            }
            Self::Crowd => "claims what other shoppers do right now, which this text cannot know",
            Self::Countdown => "presses for time: a text has no end that the store keeps",
            Self::Shaming => "shames the shopper for saying no",
            Self::Guilt => "makes leaving a matter of guilt",
            Self::AssumedConsent => "takes consent for granted: it is asked for, and given by an act",
            Self::Coercion => "makes the price better for those who stay, talk, or finish now",
            Self::HiddenCost => "hides a condition or a cost",
        }
    }
}

/// A sentence that is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultySentence<'a> {
    /// As it was written.
    pub sentence: &'a str,
    /// What is wrong with it.
    pub fault: CopyFault,
}

/// The first sentence of `text` that uses a refused pattern.
pub fn faulty_sentence(text: &str) -> Option<FaultySentence<'_>> {
    let mut held_back = false;
    sentences(text).find_map(|sentence| {
        let words = words(sentence);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words.is_empty() {
            return None;
        }
        let bought = held_back && staying::offers(&words);
        held_back = staying::holds_back(&words);
        let fault = if bought { Some(CopyFault::Coercion) } else { fault(sentence, &words) };
        fault.map(|fault| FaultySentence { sentence, fault })
    })
}

/// What is wrong with one sentence.
fn fault(sentence: &str, words: &[&str]) -> Option<CopyFault> {
    if staying::pays_for_staying(words) {
        return Some(CopyFault::Coercion);
    }
    if has_any(words, HARMLESS) {
        return None;
    }
    LANGUAGES
        .iter()
        .flat_map(|patterns| patterns.iter())
        .find(|(_, pattern)| matches(words, pattern))
        .map(|(fault, _)| *fault)
        .or_else(|| presses(words, sentence).then_some(CopyFault::Countdown))
        .or_else(|| hides_cost(words, sentence).then_some(CopyFault::HiddenCost))
}

/// A pattern's steps, in order: the words of a step follow each other; between steps a few others may stand.
/// `#` is a number, in digits or in words; `a|b` is either; `~` ends a stem; `^` is the sentence's beginning.
type Patterns = &'static [(CopyFault, &'static [&'static str])];

/// A text is held to every language: a store's locale does not say what it writes in.
const LANGUAGES: [Patterns; 8] = [
    english::PATTERNS,
    german::PATTERNS,
    french::PATTERNS,
    spanish::PATTERNS,
    italian::PATTERNS,
    portuguese::PATTERNS,
    dutch::PATTERNS,
    polish::PATTERNS,
];

/// So many other words may stand between two steps.
const GAP: usize = 4;

fn matches(words: &[&str], pattern: &[&str]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return true };
    (0..words.len()).any(|start| starts_with(words, start, first).is_some_and(|end| follow(words, end, rest)))
}

fn follow(words: &[&str], from: usize, steps: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    (from..words.len().min(from + GAP + 1))
        .any(|start| starts_with(words, start, step).is_some_and(|end| follow(words, end, rest)))
}

/// Where the longest alternative of `step` ends that the words at `start` match.
fn starts_with(words: &[&str], start: usize, step: &str) -> Option<usize> {
    step.split('|').filter_map(|phrase| phrase_at(words, start, phrase)).max()
}

fn phrase_at(words: &[&str], start: usize, phrase: &str) -> Option<usize> {
    let at_beginning = phrase.strip_prefix('^');
    if at_beginning.is_some() && start != 0 {
        return None;
    }
    let mut end = start;
    for wanted in at_beginning.unwrap_or(phrase).split(' ') {
        let word = words.get(end)?;
        let fits = match (wanted, wanted.strip_suffix('~')) {
            ("#", _) => is_number(word),
            (_, Some(stem)) => word.starts_with(stem),
            _ => *word == wanted,
        };
        if !fits {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// "Hurry", unless nobody has to; and a clock that runs down.
fn presses(words: &[&str], sentence: &str) -> bool {
    let hurried = words.iter().position(|word| *word == "hurry");
    let calm = ["no", "a", "not", "don't", "to", "never", "any", "without", "need"];
    let pressed = hurried.is_some_and(|at| {
        at.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|before| !calm.contains(before))
    });
    pressed
        || shows_clock(sentence) && has_any(words, &["left", "remaining", "expires", "hurry", "countdown"])
}

/// A price, and something that is not told comes on top.
fn hides_cost(words: &[&str], sentence: &str) -> bool {
    let prices = sentence.matches(['€', '$', '£', '¥']).count();
    let on_top = [
        "plus|excl|excluding|without|exclusive|zzgl|zuzüglich|exkl|hors|más|mas|più|piu|mais|exclusief|excl|+",
        "shipping|delivery|fees|fee|handling|tax|taxes|vat|charges|surcharge|versand|versandkosten|gebühren|frais|taxes|port|gastos|envío|spese|spedizione|portes|envio|verzendkosten|verzending|btw|koszty|dostawy|mwst",
    ];
    let before =
        ["before shipping|before delivery|before tax|before taxes|before vat|before fees|before handling"];
    let later = [
        "fees|fee|charges|shipping|delivery|taxes|handling",
        "apply|extra|added|calculated|not included|on top|excluded",
    ];
    let starred = sentence.contains('*') && has_any(words, &["free"]);
    starred || prices == 1 && (matches(words, &on_top) || matches(words, &before) || matches(words, &later))
}

/// Words that make a number or a lack the shopper's own, or a step of a form.
const HARMLESS: &[&str] = &["steps", "step", "questions", "question"];

fn has_any(words: &[&str], any: &[&str]) -> bool {
    words.iter().any(|word| any.contains(word))
}

fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen",
        "twenty", "thirty", "sixty",
    ];
    NUMBERS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Digits, a colon, digits.
fn shows_clock(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    bytes.windows(5).any(|window| {
        matches!(window, [a, b, b':', c, d] if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
    })
}

/// Lower-case words without punctuation; apostrophes and hyphens inside a word stay.
fn words(sentence: &str) -> Vec<String> {
    sentence
        .split(|c: char| c.is_whitespace() || "—–/\"“”…()".contains(c))
        .map(|word| {
            if word == "+" {
                return word.to_owned();
            }
            word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
                .chars()
                .map(|c| if c == '\u{2019}' { '\'' } else { c })
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// After these a point ends nothing.
const ABBREVIATIONS: &[&str] = &["excl", "incl", "zzgl", "inkl", "exkl", "ca", "approx", "nr", "min", "max"];

/// Split at ends of sentences and lines: a point within a number, or after an abbreviation, ends nothing.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let end = rest.char_indices().find_map(|(at, c)| {
            let after = at + c.len_utf8();
            let last = rest
                .get(after..)?
                .chars()
                .next()
                .is_none_or(|next| next.is_whitespace() || ".!?;".contains(next));
            let short = c == '.'
                && ABBREVIATIONS
                    .iter()
                    .any(|short| rest.get(..at).is_some_and(|before| ends_in(before, short)));
            (c == '\n' || ".!?;".contains(c) && last && !short).then_some(after)
        });
        let (sentence, after) =
            rest.split_at_checked(end.unwrap_or(rest.len())).filter(|_| !rest.is_empty())?;
        rest = after;
        Some(sentence.trim())
    })
    .filter(|sentence| !sentence.is_empty())
}

/// Whether `text` ends in this word.
fn ends_in(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}
