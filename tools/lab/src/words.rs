//! `lab words`: what the widget's card says, as the files that a page loads, one for each language.

use domain::behaviour::Reason;
use domain::language::Language;
use domain::language::card::CardWords;
use serde_json::{Map, Value};

/// `{"en":{"reply":"Reply",…,"reasons":{"left_through_top":"…"}},…}`.
pub(crate) fn document() -> Value {
    Language::ALL
        .into_iter()
        .map(|language| (language.tag().to_owned(), of(language)))
        .collect::<Map<_, _>>()
        .into()
}

fn of(language: Language) -> Value {
    let words = CardWords::of(language);
    let reasons: Map<_, _> =
        Reason::ALL.iter().map(|reason| (reason.code().to_owned(), words.reason(*reason).into())).collect();
    let mut all: Map<_, _> = words.named().map(|(name, word)| (name.to_owned(), word.into())).collect();
    all.insert("reasons".into(), reasons.into());
    all.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_reason_by_its_code() {
        let document = document();
        let english = &document["en"]["reasons"];
        assert_eq!(english["left_through_top"], "You were about to leave the page");
        for (tag, words) in document.as_object().unwrap() {
            assert_eq!(words["reasons"].as_object().map(Map::len), Some(Reason::ALL.len()), "{tag}");
            assert!(words["reply"].is_string(), "{tag}");
        }
    }
}
