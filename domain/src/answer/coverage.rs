//! How much of a question a thing's words account for.

use super::words::{Likeness, MAX_WORDS, Word, begins_like, words, words_like};
use core::iter;

/// What a matched word is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    same: u8,
    near: u8,
}

impl Worth {
    /// A word the merchant chose for it, or of its name.
    pub(super) const NAME: Self = Self { same: 10, near: 7 };
    /// A word that goes with it.
    pub(super) const TAG: Self = Self { same: 6, near: 4 };
}

/// A matched word that says nothing by itself.
pub(super) const FILLER_WORTH: u8 = 2;
/// Each further telling word of a matched phrase.
const PHRASE_WORTH: u32 = 5;
/// How many fillers may stand between two words of a phrase.
const MAX_GAP: usize = 2;

/// Which words of a question are accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Coverage {
    weights: [u8; MAX_WORDS],
    longest_phrase: u32,
}

impl Coverage {
    /// Of nothing.
    pub(super) const NONE: Self = Self { weights: [0; MAX_WORDS], longest_phrase: 0 };

    /// Accounts for `phrase`, if the question has it: its words in order, at most two fillers between any two. A
    /// single filler is no phrase.
    pub(super) fn add_phrase(&mut self, question: &[Word], phrase: &str, worth: Worth) -> bool {
        if !begins_like(question, phrase) {
            return false;
        }
        let phrase = words(phrase);
        if let [only] = phrase.as_slice()
            && only.is_filler
        {
            return false;
        }
        let mut found = false;
        for start in 0..question.len() {
            let Some(matched) = phrase_at(question, &phrase, start) else { continue };
            found = true;
            let telling = phrase.iter().filter(|word| !word.is_filler).count();
            self.longest_phrase = self.longest_phrase.max(u32::try_from(telling).unwrap_or(u32::MAX));
            for (index, likeness) in matched {
                let is_filler = question.get(index).is_some_and(|word| word.is_filler);
                let weight = match likeness {
                    _ if is_filler => FILLER_WORTH,
                    Likeness::Same => worth.same,
                    Likeness::Near => worth.near,
                };
                if let Some(cell) = self.weights.get_mut(index) {
                    *cell = weight.max(*cell);
                }
            }
        }
        found
    }

    /// Accounts for each word of `text` by itself, fillers apart.
    pub(super) fn add_words(&mut self, question: &[Word], text: &str, worth: Worth) {
        let words = words_like(question, text);
        for (word, cell) in iter::zip(question, &mut self.weights).filter(|(word, _)| !word.is_filler) {
            match words.iter().filter_map(|other| word.likeness(other)).max() {
                Some(Likeness::Same) => *cell = worth.same.max(*cell),
                Some(Likeness::Near) => *cell = worth.near.max(*cell),
                None => {}
            }
        }
    }

    /// Accounts for what `other` does as well.
    pub(super) fn add(&mut self, other: &Self) {
        for (cell, weight) in iter::zip(&mut self.weights, other.weights) {
            *cell = weight.max(*cell);
        }
        self.longest_phrase = self.longest_phrase.max(other.longest_phrase);
    }

    /// The more, the likelier it is meant.
    pub(super) fn score(&self) -> u32 {
        let words: u32 = self.weights.iter().map(|weight| u32::from(*weight)).sum();
        words + PHRASE_WORTH * self.longest_phrase.saturating_sub(1)
    }

    /// How many words of `question` that say something it accounts for, and how many there are, those of `aside` left
    /// out.
    pub(super) fn share(&self, question: &[Word], aside: &Self) -> (usize, usize) {
        let telling = || {
            iter::zip(question, iter::zip(self.weights, aside.weights))
                .filter(|(word, (_, aside))| !word.is_filler && *aside == 0)
                .map(|(_, (own, _))| own)
        };
        (telling().filter(|own| *own > 0).count(), telling().count())
    }

    /// How many telling words it accounts for that `other` does not.
    pub(super) fn beyond(&self, question: &[Word], other: &Self) -> usize {
        iter::zip(question, iter::zip(self.weights, other.weights))
            .filter(|(word, (own, other))| *own > 0 && *other == 0 && !word.is_filler)
            .count()
    }
}

/// The places of `phrase`'s words in `question` when its first stands at `start`.
fn phrase_at(question: &[Word], phrase: &[Word], start: usize) -> Option<Vec<(usize, Likeness)>> {
    let mut matched = Vec::with_capacity(phrase.len());
    let mut at = start;
    for (nth, wanted) in phrase.iter().enumerate() {
        let gap = if nth == 0 { 0 } else { MAX_GAP };
        let (index, likeness) = question
            .iter()
            .enumerate()
            .skip(at)
            .take(gap + 1)
            .scan(true, |passable, (index, word)| {
                // Past the first word that says something, nothing is looked at.
                let look = *passable;
                *passable = word.is_filler;
                look.then_some((index, word))
            })
            .find_map(|(index, word)| word.likeness(wanted).map(|likeness| (index, likeness)))?;
        matched.push((index, likeness));
        at = index + 1;
    }
    Some(matched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_in_order_with_fillers_between() {
        for (question, phrase, score) in [
            ("How long does delivery take?", "delivery", 10),
            ("How long does delivery take?", "how long", 2 + 2),
            ("Can I track my order", "track order", 25),
            ("order track", "track order", 0),
            ("track coffee order", "track order", 0),
            ("deliverry", "delivery", 7),
            ("what about it", "what", 0),
            ("", "delivery", 0),
        ] {
            let mut coverage = Coverage::NONE;
            coverage.add_phrase(&words(question), phrase, Worth::NAME);
            assert_eq!(coverage.score(), score, "{question} / {phrase}");
        }
    }

    #[test]
    fn the_share_counts_telling_words() {
        let question = words("how hot should the water be");
        let mut coverage = Coverage::NONE;
        coverage.add_words(&question, "Clear Water", Worth::NAME);
        assert_eq!(coverage.share(&question, &Coverage::NONE), (1, 2));
        assert_eq!(coverage.share(&question, &coverage), (0, 1));
        assert_eq!(coverage.beyond(&question, &Coverage::NONE), 1);
        assert_eq!(coverage.beyond(&question, &coverage), 0);
    }
}
