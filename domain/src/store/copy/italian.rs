//! Italian.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["ne restano solo|restano solo|ne rimangono solo|rimangono solo|solo|ultimi|ultime", "#|pochi|poche", "pezzi|pezzo|disponibili|rimasti|rimaste|in magazzino"]),
    (Scarcity, &["ne restano solo|restano solo|ne rimangono solo|rimangono solo", "#|pochi|poche"]),
    (Scarcity, &["ultima|ultimi|ultime", "occasione|possibilità|pezzi|scorte"]),
    (Scarcity, &["quasi", "esaurit~|finit~"]),
    (Scarcity, &["non perdere|non perderti|non perda|non lasciartelo sfuggire|fino a esaurimento"]),
    (Crowd, &["#|molte|altre|diverse", "persone|clienti|utenti", "guardando|hanno|acquistato|vedendo"]),
    (Countdown, &["l'offerta|offerta|sconto|prezzo|promozione|codice", "scade|termina|finisce", "tra|fra|oggi|presto|mezzanotte"]),
    (Countdown, &["affrettati|si affretti|sbrigati|ora o mai più|solo oggi|solo per oggi|tempo limitato|il tempo stringe"]),
    (Shaming, &["^no", "preferisco|odio|non voglio|non mi piace|mi piace", "pagare|risparmiare|sconto|sconti"]),
    (Guilt, &["non andartene|non andare via|non vada via|resta con noi|te ne vai già|ci mancherai|ci dispiace che vai via"]),
    (AssumedConsent, &["chiudendo|continuando|cliccando|rispondendo|restando", "accetti|accetta|acconsenti"]),
    (AssumedConsent, &["casella", "già", "selezionata|spuntata"]),
    (Coercion, &["prima di andare|prima di uscire|prima che tu vada|aspetta", "sconto|riduzione|buono"]),
    (Coercion, &["resta|rimani|rispondi|chatta", "ricevi|ottieni|prendi|risparmia", "sconto|#"]),
];
