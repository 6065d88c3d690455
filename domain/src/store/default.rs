//! What holds where the document says nothing: in the document's language, and in the schema in English.

use crate::language::Language;
use crate::wire::Greeting;

pub(super) fn locale() -> String {
    "en".into()
}

pub(super) fn greeting_in(language: Language) -> Greeting {
    Greeting { text: language.sentences().greeting.into(), quick_replies: Vec::new() }
}

pub(super) const fn retention_days() -> u32 {
    365
}

#[cfg(feature = "schema")]
pub(super) use in_schema::{
    bot_disclosure, bot_name, greeting, hand_off_ask_contact, hand_off_closed_text, hand_off_text,
};

#[cfg(feature = "schema")]
mod in_schema {
    use crate::language::Language;
    use crate::store::{Bot, HandOff};
    use crate::wire::Greeting;

    pub(in crate::store) fn greeting() -> Greeting {
        super::greeting_in(Language::English)
    }

    pub(in crate::store) fn bot_name() -> String {
        Bot::default().name
    }

    pub(in crate::store) fn bot_disclosure() -> String {
        Bot::default().disclosure
    }

    pub(in crate::store) fn hand_off_text() -> String {
        HandOff::default().text
    }

    pub(in crate::store) fn hand_off_closed_text() -> String {
        HandOff::default().closed_text
    }

    pub(in crate::store) fn hand_off_ask_contact() -> String {
        HandOff::default().ask_contact
    }
}
