//! What stands on a card, beside the store's own words, and why it is there: one table for each language.

mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod polish;
mod portuguese;
mod spanish;

use super::Language;
use crate::behaviour::Reason;

macro_rules! card_words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Every word of ours on a card, by what it is for.
        #[derive(Debug)]
        pub struct CardWords {
            $($(#[$doc])* pub $name: &'static str,)*
            reason: fn(Reason) -> &'static str,
        }

        impl CardWords {
            /// All but the reasons, by name.
            pub fn named(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$((stringify!($name), self.$name)),*].into_iter()
            }
        }
    };
}

card_words! {
    /// Opens the chat.
    reply,
    /// Turns the card down for a while.
    not_now,
    /// Opens the explanation.
    why,
    /// Closes the card.
    close,
    /// Before the reasons.
    because,
    /// After the reasons: who judged, and what was sent.
    judged_here,
    /// Turns every card down, for ever.
    never,
    /// Opens the page's own.
    size_guide,
    /// What the comparison of two products is.
    side_by_side,
    /// Of a product.
    price,
    /// The lowest of several prices; `{price}` stands for it.
    from_price,
    /// Of a product.
    availability,
    /// Of a product that can be had.
    in_stock,
    /// Of one that cannot.
    out_of_stock,
    /// Of one that is not there yet.
    pre_order,
    /// Of one that comes later.
    back_order,
}

impl CardWords {
    /// The words of a language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &german::WORDS,
            Language::English => &english::WORDS,
            Language::Spanish => &spanish::WORDS,
            Language::French => &french::WORDS,
            Language::Italian => &italian::WORDS,
            Language::Dutch => &dutch::WORDS,
            Language::Polish => &polish::WORDS,
            Language::Portuguese => &portuguese::WORDS,
        }
    }

    /// A reason, told to the shopper it is about.
    pub fn reason(&self, reason: Reason) -> &'static str {
        (self.reason)(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn each(words: &CardWords) -> Vec<&'static str> {
        let reasons = Reason::ALL.iter().map(|reason| words.reason(*reason));
        words.named().map(|(_, word)| word).chain(reasons).collect()
    }

    #[test]
    fn every_language_says_everything_shortly_and_no_two_things_alike() {
        for language in Language::ALL {
            let all = each(CardWords::of(language));
            assert!(all.iter().all(|word| (4..=90).contains(&word.chars().count())), "{language:?} {all:?}");
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{language:?}");
            let words = CardWords::of(language);
            assert!(words.from_price.contains("{price}"), "{language:?}");
            let buttons = [words.reply, words.not_now, words.close, words.size_guide];
            assert!(buttons.iter().all(|label| label.chars().count() <= 18), "{language:?}");
        }
    }

    #[test]
    fn no_language_is_another_one_copied() {
        let english = each(CardWords::of(Language::English));
        for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
            let own = each(CardWords::of(language));
            let same: Vec<_> =
                own.into_iter().zip(&english).filter(|(own, english)| own == *english).collect();
            assert!(same.is_empty(), "{language:?} {same:?}");
        }
    }
}
