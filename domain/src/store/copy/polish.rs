//! Polish.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["zostały|została|zostało", "tylko|już tylko|ostatnie", "#|ostatnie|kilka|sztuki"]),
    (Scarcity, &["tylko", "#", "sztuki|sztuk|sztuka"]),
    (Scarcity, &["ostatnia|ostatnie", "szansa|sztuki|okazja|egzemplarze"]),
    (Scarcity, &["prawie|niemal", "wyprzedan~|wykupion~"]),
    (Scarcity, &["nie przegap|nie przegapcie|do wyczerpania zapasów"]),
    (Crowd, &["#|wiele|inne", "osób|osoby|klientów|ludzi", "ogląda|oglądają|kupiło|ma"]),
    (Countdown, &["oferta|rabat|zniżka|promocja|cena|kod", "kończy się|wygasa|upływa", "za|dziś|wkrótce|o"]),
    (Countdown, &["pospiesz się|spiesz się|teraz albo nigdy|tylko dziś|tylko dzisiaj|czas ucieka|ograniczony czas"]),
    (Shaming, &["^nie", "wolę|nienawidzę|nie chcę|lubię|nie lubię", "zapłacić|płacić|przepłacać|oszczędzać|rabatu|zniżki"]),
    (Guilt, &["nie odchodź|nie opuszczaj|zostań z nami|już odchodzisz|będziemy tęsknić|tęskni za tobą"]),
    (AssumedConsent, &["zamykając|klikając|kontynuując|odpowiadając|pozostając", "zgadzasz się|wyrażasz zgodę|akceptujesz"]),
    (AssumedConsent, &["pole|okienko|zgoda", "już|domyślnie", "zaznaczone|zaznaczona"]),
    (Coercion, &["zanim wyjdziesz|zanim odejdziesz|poczekaj|zaczekaj", "rabatu|rabat|zniżki|zniżka|kod"]),
    (Coercion, &["zostań|odpowiedz|napisz", "odbierz|zyskaj|otrzymaj|dostaniesz", "rabatu|rabat|zniżki|zniżkę|#"]),
];
