//! Words by which a person asks not to be written to: the whole message, in any case. English's are those the
//! carriers honour; the others are their counterparts.

const STOP_WORDS: &[&str] = &[
    // English
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
    // German
    "stopp",
    "abmelden",
    "abbestellen",
    "beenden",
    "aufhören",
    "aufhoeren",
    // French
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
    // Spanish
    "parar",
    "detener",
    "baja",
    "dar de baja",
    "darse de baja",
    "darme de baja",
    "cancelar suscripción",
    "cancelar suscripcion",
    // Italian
    "ferma",
    "fermati",
    "basta",
    "smetti",
    "disiscrivimi",
    "disiscriviti",
    "annulla iscrizione",
    "cancellami",
    // Portuguese
    "pare",
    "sair",
    "descadastrar",
    "remover",
    "cancelar inscrição",
    "cancelar inscricao",
    "cancelar subscrição",
    "cancelar subscricao",
    // Dutch
    "stoppen",
    "afmelden",
    "uitschrijven",
];

/// Whether `text` asks not to be written to.
pub fn is_stop_word(text: &str) -> bool {
    STOP_WORDS.contains(&bare(text).as_str())
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
    fn every_word_can_be_met() {
        for word in STOP_WORDS {
            assert!(is_stop_word(&word.to_uppercase()), "{word}");
        }
    }
}
