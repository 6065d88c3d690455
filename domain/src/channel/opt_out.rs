//! Words by which a person asks not to be written to, or to be again: the whole message, in any case. English's are
//! those the carriers honour; the others are their counterparts.

use crate::language::Language;

/// Ends it.
const STOP_WORDS: [(Language, &[&str]); 8] = [
    (
        Language::English,
        &[
            "stop",
            "stopall",
            "stop all",
            "unsubscribe",
            "end",
            "quit",
            "revoke",
            "optout",
            "opt out",
            "opt-out",
            "cancel",
        ],
    ),
    (Language::German, &["stopp", "abmelden", "abbestellen", "beenden", "aufhören", "aufhoeren"]),
    (
        Language::French,
        &[
            "arrêt",
            "arret",
            "arrêter",
            "arreter",
            "arrête",
            "arrete",
            "arrêtez",
            "arretez",
            "désabonner",
            "desabonner",
            "se désabonner",
            "se desabonner",
            "désinscrire",
            "desinscrire",
            "se désinscrire",
            "se desinscrire",
        ],
    ),
    (
        Language::Spanish,
        &[
            "parar",
            "detener",
            "baja",
            "dar de baja",
            "darse de baja",
            "darme de baja",
            "cancelar suscripción",
            "cancelar suscripcion",
        ],
    ),
    (
        Language::Italian,
        &[
            "ferma",
            "fermati",
            "basta",
            "smetti",
            "disiscrivimi",
            "disiscriviti",
            "annulla iscrizione",
            "cancellami",
        ],
    ),
    (
        Language::Portuguese,
        &[
            "pare",
            "sair",
            "descadastrar",
            "remover",
            "cancelar inscrição",
            "cancelar inscricao",
            "cancelar subscrição",
            "cancelar subscricao",
        ],
    ),
    (Language::Dutch, &["stoppen", "afmelden", "uitschrijven"]),
    (Language::Polish, &["zatrzymaj", "wypisz", "wypisz mnie", "rezygnuję", "rezygnuje", "koniec"]),
];

/// Undoes that.
const START_WORDS: [(Language, &[&str]); 8] = [
    (Language::English, &["start", "unstop", "resume", "opt in", "opt-in", "optin"]),
    (Language::German, &["starten", "fortsetzen", "anmelden"]),
    (Language::French, &["commencer", "reprendre", "démarrer", "demarrer"]),
    (Language::Spanish, &["iniciar", "empezar", "reanudar", "alta"]),
    (Language::Italian, &["inizia", "avvia", "riprendi"]),
    (Language::Portuguese, &["começar", "comecar", "retomar", "voltar"]),
    (Language::Dutch, &["hervatten", "aanmelden", "beginnen"]),
    (Language::Polish, &["wznów", "wznow", "zacznij"]),
];

/// Whether `text` asks not to be written to.
pub fn is_stop_word(text: &str) -> bool {
    language_among(&STOP_WORDS, text).is_some()
}

/// Whether it can mean nothing else: on a page an order can be cancelled, too.
pub fn is_plain_stop_word(text: &str) -> bool {
    is_stop_word(text) && bare(text).starts_with("stop")
}

/// Whether `text` asks to be written to again, from somebody who asked not to be.
pub fn is_start_word(text: &str) -> bool {
    language_among(&START_WORDS, text).is_some()
}

/// The language a stop or start word tells; English's are used everywhere and tell none.
pub fn language_of_word(text: &str) -> Option<Language> {
    let told = language_among(&STOP_WORDS, text).or_else(|| language_among(&START_WORDS, text));
    told.filter(|language| *language != Language::English)
}

fn language_among(table: &[(Language, &[&str])], text: &str) -> Option<Language> {
    let bare = bare(text);
    table.iter().find(|(_, words)| words.contains(&bare.as_str())).map(|(language, _)| *language)
}

/// In lower case, single-spaced, without marks around it.
fn bare(text: &str) -> String {
    let around = |c: char| {
        c.is_whitespace() || matches!(c, '.' | '!' | ',' | ';' | '"' | '\'' | '“' | '”' | '¡' | '«' | '»')
    };
    let words: Vec<&str> = text.trim_matches(around).split_whitespace().take(4).collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_message_is_a_stop() {
        for (text, stops) in [
            ("STOP", true),
            (" Stop. ", true),
            ("stop!!", true),
            ("«STOPP»", true),
            ("STOP  ALL", true),
            ("ARRÊTER", true),
            ("AUFHÖREN", true),
            ("Darse de baja", true),
            ("Basta!", true),
            ("Uitschrijven", true),
            ("stop the order please", false),
            ("don't stop", false),
            ("Where is the bus stop?", false),
            ("stop?", false),
            ("", false),
            ("start", false),
        ] {
            assert_eq!(is_stop_word(text), stops, "{text:?}");
        }
    }

    #[test]
    fn every_word_can_be_met_and_means_one_thing() {
        for (table, stops) in [(&STOP_WORDS, true), (&START_WORDS, false)] {
            for word in table.iter().flat_map(|(_, words)| words.iter()) {
                let said = word.to_uppercase();
                assert_eq!((is_stop_word(&said), is_start_word(&said)), (stops, !stops), "{word}");
            }
        }
    }

    #[test]
    fn a_word_tells_its_language_unless_everybody_uses_it() {
        for (text, language) in [
            ("STOP", None),
            ("Start!", None),
            ("ABMELDEN", Some(Language::German)),
            ("darme de baja", Some(Language::Spanish)),
            ("wznów", Some(Language::Polish)),
            ("hello", None),
        ] {
            assert_eq!(language_of_word(text), language, "{text}");
        }
    }
}
