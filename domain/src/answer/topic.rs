//! What a question wants to know of a product.

use super::coverage::{Coverage, Worth};
use super::words::{Word, words};
use crate::commerce::{Fact, Product, Variant};

/// One thing that can be asked of any product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// What forms it comes in.
    Forms,
    /// What it costs.
    Price,
    /// Whether the store has such a thing at all.
    Range,
    /// Whether it can be bought now.
    Stock,
}

/// What is asked of a product, by the words alone.
#[derive(Debug, Clone)]
pub(super) struct Topic {
    asks: Vec<Ask>,
    /// The words that say so.
    pub(super) coverage: Coverage,
}

impl Topic {
    /// What `question` asks, whatever the product.
    pub(super) fn of(question: &[Word]) -> Self {
        let mut coverage = Coverage::NONE;
        let mut says = |phrase: &str| {
            let length = phrase.split(' ').count();
            let said = question.windows(length).any(|window| {
                core::iter::zip(window, phrase.split(' ')).all(|(word, wanted)| word.is(wanted))
            });
            if said {
                coverage.add_words(question, phrase, Worth::NAME);
            }
            said
        };
        let asks =
            ASKS.iter().filter(|(_, phrases)| phrases.iter().filter(|phrase| says(phrase)).count() > 0);
        let asks = asks.map(|(ask, _)| *ask).collect();
        Self { asks, coverage }
    }

    /// Whether `ask` is asked.
    pub(super) fn asks(&self, ask: Ask) -> bool {
        self.asks.contains(&ask)
    }

    /// Whether anything is asked that a price list answers.
    pub(super) fn is_some(&self) -> bool {
        !self.asks.is_empty()
    }
}

/// How each is asked.
const ASKS: [(Ask, &[&str]); 4] = [
    (
        Ask::Price,
        &[
            "price",
            "prices",
            "pricing",
            "cost",
            "costs",
            "expensive",
            "cheap",
            "cheaper",
            "cheapest",
            "how much",
        ],
    ),
    (
        Ask::Stock,
        &["stock", "available", "availability", "sold out", "back in", "out of stock", "in store", "left"],
    ),
    (
        Ask::Range,
        &[
            "have you got",
            "do you have",
            "do you sell",
            "do you carry",
            "do you stock",
            "you have",
            "you sell",
            "sell",
            "looking for",
            "i need",
            "i want",
            "can i buy",
            "can i get",
            "show me",
            "any",
        ],
    ),
    (
        Ask::Forms,
        &[
            "variant", "variants", "option", "options", "version", "versions", "colour", "colours", "color",
            "colors", "size", "sizes", "come in", "comes in", "flavour", "flavours", "flavor", "flavors",
        ],
    ),
];

/// The facts of `product` that `question` asks for, the likeliest, at most three; and the words that ask.
pub(super) fn facts<'a>(question: &[Word], product: &'a Product) -> (Vec<&'a Fact>, Coverage) {
    let has = |wanted: &str| question.iter().any(|word| word.is(wanted));
    let where_from = has("where") && has("from");
    let mut coverage = Coverage::NONE;
    let mut found: Vec<(u32, &Fact)> = Vec::new();
    for fact in &product.facts {
        let label = words(&fact.label);
        let mut own = Coverage::NONE;
        own.add_words(question, &fact.label, Worth::NAME);
        for (meaning, others) in SYNONYMS {
            if label.iter().any(|word| word.is_in(meaning)) {
                for other in others {
                    own.add_words(question, other, Worth::NAME);
                }
            }
        }
        let is_origin = where_from && label.iter().any(|word| word.is("origin"));
        let score = own.score() + if is_origin { 10 } else { 0 };
        if score > 0 {
            found.push((score, fact));
            coverage.add(&own);
        }
    }
    let most = found.iter().map(|(score, _)| *score).max().unwrap_or_default();
    found.retain(|(score, _)| *score == most);
    found.truncate(3);
    (found.into_iter().map(|(_, fact)| fact).collect(), coverage)
}

/// Labels of facts, and other words people ask for them by.
const SYNONYMS: [(&[&str], &[&str]); 12] = [
    (&["weight"], &["heavy", "weigh", "weighs"]),
    (
        &["size", "dimensions"],
        &["big", "large", "dimension", "dimensions", "tall", "wide", "height", "width", "size"],
    ),
    (&["length"], &["long"]),
    (&["material", "materials"], &["made", "material"]),
    (&["made", "ingredients"], &["ingredients", "contain", "contains", "material"]),
    (&["holds", "capacity", "volume"], &["capacity", "volume", "litre", "liter", "hold"]),
    (&["guarantee", "warranty"], &["guarantee", "warranty", "guaranteed"]),
    (&["origin"], &["country", "grown"]),
    (&["tastes", "taste", "flavour"], &["flavour", "flavor", "notes", "taste"]),
    (&["power"], &["watt", "watts", "voltage", "volt"]),
    (&["battery"], &["charge", "charging", "rechargeable"]),
    (&["fits"], &["compatible", "fit"]),
];

/// The variants of `product` that `question` names by the most parts of their titles; empty when it names none.
pub(super) fn variants<'a>(
    question: &[Word],
    product: &'a Product,
    coverage: &mut Coverage,
) -> Vec<&'a Variant> {
    let mut most = 0;
    let mut found = Vec::new();
    for variant in &product.variants {
        let mut own = Coverage::NONE;
        let parts = variant.title.split([',', '/', ';']);
        let named = parts.filter(|part| own.add_phrase(question, part, Worth::NAME)).count();
        if named > most {
            most = named;
            found.clear();
        }
        if named > 0 && named == most {
            coverage.add(&own);
            found.push(variant);
        }
    }
    found
}

/// The sentence of the product's description that has most of `question`'s words, if it has any that does not name
/// the product.
pub(super) fn sentence<'a>(question: &[Word], product: &'a Product, naming: &Coverage) -> Option<&'a str> {
    let mut best: Option<(u32, &str)> = None;
    for sentence in sentences(&product.description) {
        let mut own = Coverage::NONE;
        own.add_words(question, sentence, Worth::NAME);
        let score = own.score();
        if own.beyond(question, naming) > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, sentence));
        }
    }
    best.map(|(_, sentence)| sentence)
}

/// The sentences of a text: a point ends one only before a space.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    core::iter::from_fn(move || {
        let ends = |at: usize| {
            let (sentence, after) = rest.split_at_checked(at)?;
            let ended = sentence.ends_with(['.', '!', '?', '\n']) && after.starts_with(char::is_whitespace);
            ended.then_some((sentence.trim(), after.trim_start()))
        };
        let (sentence, after) = rest.char_indices().find_map(|(at, _)| ends(at)).unwrap_or((rest, ""));
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_read_from_words() {
        use Ask::{Forms, Price, Range, Stock};
        for (text, expected) in [
            ("how much is it", vec![Price]),
            ("What does the kettle cost?", vec![Price]),
            ("is it in stock", vec![Stock]),
            ("do you have decaf", vec![Range]),
            ("which colours does it come in", vec![Forms]),
            ("price and stock please", vec![Price, Stock]),
            ("how do I clean it", vec![]),
        ] {
            assert_eq!(Topic::of(&words(text)).asks, expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_at_a_point_before_a_space() {
        let found: Vec<&str> = sentences(" Holds 0.8 l. Boils fast! Really?\nYes ").collect();
        assert_eq!(found, ["Holds 0.8 l.", "Boils fast!", "Really?", "Yes"]);
        assert_eq!(sentences("").count(), 0);
    }
}
