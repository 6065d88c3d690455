//! What Openline itself says, in the languages it knows: one table each. A store's own texts are the store's.

pub mod card;
mod cards;
mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod polish;
mod portuguese;
mod spanish;

/// A language with a table of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `de`.
    German,
    /// `en`.
    English,
    /// `es`.
    Spanish,
    /// `fr`.
    French,
    /// `it`.
    Italian,
    /// `nl`.
    Dutch,
    /// `pl`.
    Polish,
    /// `pt`.
    Portuguese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::German,
        Self::English,
        Self::Spanish,
        Self::French,
        Self::Italian,
        Self::Dutch,
        Self::Polish,
        Self::Portuguese,
    ];

    /// The language of a BCP 47 tag, if there is a table for it.
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// The shopper's language where it is known, else the store's, else English.
    pub fn of_shopper(shopper: Option<&str>, store: &str) -> Self {
        shopper.and_then(Self::of).or_else(|| Self::of(store)).unwrap_or(Self::English)
    }

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Italian => "it",
            Self::Dutch => "nl",
            Self::Polish => "pl",
            Self::Portuguese => "pt",
        }
    }

    /// Its table.
    pub(crate) const fn sentences(self) -> &'static Sentences {
        match self {
            Self::German => &german::SENTENCES,
            Self::English => &english::SENTENCES,
            Self::Spanish => &spanish::SENTENCES,
            Self::French => &french::SENTENCES,
            Self::Italian => &italian::SENTENCES,
            Self::Dutch => &dutch::SENTENCES,
            Self::Polish => &polish::SENTENCES,
            Self::Portuguese => &portuguese::SENTENCES,
        }
    }
}

macro_rules! sentences {
    ($($name:ident,)*) => {
        /// Every sentence, by what it is for; `{name}` stands for what is filled in.
        #[derive(Debug)]
        pub(crate) struct Sentences {
            $(pub(crate) $name: &'static str,)*
            /// From Monday to Sunday.
            pub(crate) weekdays: [&'static str; 7],
            /// "On Monday" to "on Sunday".
            pub(crate) on_weekdays: [&'static str; 7],
        }

        #[cfg(test)]
        impl Sentences {
            fn each(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

sentences! {
    // Where the store's document says nothing.
    greeting, bot_name, bot_disclosure, hand_off, hand_off_closed, ask_contact,
    // The assistant's small talk.
    anything_else, goodbye, nothing_else, did_you_mean, which_product, which_problem, did_that_help, it_helped,
    still_need_help, a_person, passed_on_too, orders_need_a_person, thanks_for_contact,
    // When somebody answers.
    somebody_answers, as_soon_as_possible, within_a_minute, within_minutes, within_an_hour, within_hours,
    within_a_day, within_days, today_at, tomorrow_at, day_at, in_a_week_at,
    // Opening hours.
    hours_of_days, days_and, days_to, day_and_night, open_until_time, open_until_moment, closed_until,
    // Products.
    costs, costs_between, price_span, comes_as, and_more, is_in_stock, is_sold_out, forms_sold_out, in_stock,
    sold_out, sold_out_now, similar, here_are, here_is_some, shown_of, tell_me_about,
    // Hand-over links.
    link_unknown, link_used, link_expired, link_too_often, linked, not_me, unlinked, ask_to_move, move_here, keep,
    kept, still_here,
    // Staff in their own Messenger.
    staff_linked, quote_to_answer, only_text, shopper,
    // Stop and start.
    stopped, resumed,
}

/// `pattern` with each `{name}` replaced by its value, once through: a value is never read as a pattern.
pub(crate) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, from)) = rest.split_once('{') {
        filled.push_str(before);
        let known = from.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        if let Some((value, after)) = known {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
            rest = from;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|from| from.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_language_says_everything_with_the_same_placeholders() {
        let english = Language::English.sentences();
        for language in Language::ALL {
            let sentences = language.sentences();
            for ((name, own), (_, model)) in sentences.each().into_iter().zip(english.each()) {
                assert!(!own.trim().is_empty(), "{language:?} {name}");
                assert_eq!(placeholders(own), placeholders(model), "{language:?} {name}: {own}");
                let is_bare = own.matches(['{', '}']).count() == 2 * placeholders(own).len();
                assert!(is_bare, "{language:?} {name}: {own}");
            }
            for days in [sentences.weekdays, sentences.on_weekdays] {
                assert_eq!(days.into_iter().collect::<BTreeSet<_>>().len(), 7, "{language:?}");
            }
        }
    }

    #[test]
    fn no_language_is_another_one_copied() {
        let english = Language::English.sentences().each();
        for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
            let own = language.sentences().each();
            let same: Vec<_> =
                own.into_iter().zip(&english).filter(|(own, english)| own == *english).collect();
            assert!(same.is_empty(), "{language:?} {same:?}");
        }
    }

    #[test]
    fn buttons_fit_messengers_and_the_panels() {
        for language in Language::ALL {
            let sentences = language.sentences();
            for label in [
                sentences.not_me,
                sentences.move_here,
                sentences.keep,
                sentences.a_person,
                sentences.it_helped,
            ] {
                assert!(label.chars().count() <= 25, "{language:?} {label}");
            }
            assert!(sentences.still_need_help.chars().count() <= 40, "{language:?}");
            assert!(sentences.bot_name.chars().count() <= 40, "{language:?}");
            assert!(sentences.stopped.contains("START"), "{language:?}");
        }
    }

    #[test]
    fn the_shoppers_language_wins_where_it_is_known() {
        use Language::{Dutch, English, French, German, Portuguese};
        for (shopper, store, expected) in [
            (None, "de-AT", German),
            (Some("fr"), "de", French),
            (Some("pt-BR"), "en", Portuguese),
            (Some("ja"), "nl", Dutch),
            (Some("NL_be"), "en", Dutch),
            (Some(""), "ja", English),
        ] {
            assert_eq!(Language::of_shopper(shopper, store), expected, "{shopper:?} {store}");
        }
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        for (pattern, expected) in
            [("{a} and {b}", "{b} and 2"), ("{c} {", "{c} {"), ("{{a}}", "{{b}}"), ("", "")]
        {
            assert_eq!(fill(pattern, &[("a", "{b}"), ("b", "2")]), expected);
        }
    }
}
