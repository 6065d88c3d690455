//! German.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["nur noch|bloß noch|lediglich noch", "#|wenige|ein paar|einige", "stück|auf lager|verfügbar|vorrätig|übrig|da|exemplare|plätze|artikel"]),
    (Scarcity, &["nur noch", "wenige|ein paar"]),
    (Scarcity, &["fast|beinahe|nahezu|bald|gleich", "ausverkauft|vergriffen|weg"]),
    (Scarcity, &["letzte|letzter|allerletzte", "chance|gelegenheit|stücke|exemplare|möglichkeit"]),
    (Scarcity, &["solange", "vorrat|vorräte", "reicht|reichen"]),
    (Scarcity, &["verpassen sie|verpasse|verpass", "nicht|nichts"]),
    (Scarcity, &["nicht|nichts", "verpassen|entgehen"]),
    (Scarcity, &["bevor", "ausverkauft|vergriffen|weg|jemand anderes|andere zugreifen"]),
    (Scarcity, &["begrenzte|limitierte", "stückzahl|menge|verfügbarkeit"]),
    (Crowd, &["#|viele|mehrere", "personen|menschen|leute|kunden|besucher|nutzer|andere", "sehen sich|sehen|schauen|betrachten|interessieren", "gerade|an|jetzt"]),
    (Crowd, &["#|viele|andere", "kunden|personen|andere|leute", "im warenkorb|in ihrem warenkorb|gekauft"]),
    (Crowd, &["jemand", "gerade", "gekauft|bestellt|kauft"]),
    (Countdown, &["angebot|rabatt|preis|aktion|gutschein|code", "endet|läuft ab|verfällt|gilt nur", "in|heute|bald|gleich|noch|um"]),
    (Countdown, &["nur heute|nur noch heute|heute nur|nur für kurze zeit|nur kurze zeit"]),
    (Countdown, &["beeilen sie sich|beeil dich|schnell sein|jetzt oder nie|die zeit läuft|die uhr tickt|jetzt zuschlagen|schnell zugreifen|greifen sie schnell"]),
    (Countdown, &["nur noch|noch", "#", "minuten|stunden|sekunden", "gültig|bis|übrig|sparen"]),
    (Countdown, &["bevor", "preis|preise", "steigt|steigen"]),
    (Shaming, &["^nein", "ich", "gern mehr|lieber mehr|mehr zahlen|mehr bezahlen|nicht sparen|hasse|kein geld sparen|keinen rabatt|vollen preis"]),
    (Shaming, &["ich", "zahle|bezahle", "gern|lieber", "mehr|den vollen"]),
    (Guilt, &["schade", "gehen|gehst|verlassen|verlässt"]),
    (Guilt, &["gehen sie nicht|geh nicht|geh noch nicht|verlassen sie uns nicht|verlass uns nicht|bleiben sie doch|bleib doch"]),
    (Guilt, &["vermisst sie|vermisst dich|vermissen sie|vermissen dich|ist traurig|sind traurig|sind wir traurig|wir traurig|einsam"]),
    (AssumedConsent, &["mit dem|mit|durch|durchs", "schließen|klick|klicken|weitersurfen|fortfahren|antworten|bleiben", "stimmen|akzeptieren|willigen|einverstanden|stimmst"]),
    (AssumedConsent, &["häkchen|haken|kästchen", "schon|bereits", "gesetzt|angekreuzt|ausgewählt|markiert"]),
    (AssumedConsent, &["sie sind|sie wurden|du bist|du wurdest", "automatisch|bereits|schon", "angemeldet|eingetragen|abonniert"]),
    (Coercion, &["bevor sie gehen|bevor du gehst|bevor sie uns verlassen|warten sie|warte|halt", "rabatt|günstiger|gutschein|nachlass"]),
    (Coercion, &["bleiben sie|bleib|bleibe|chatten sie|chatte|antworten sie|schreiben sie", "erhalten|erhalte|bekommen|bekomme|sichern|sparen", "rabatt|#|gutschein|nachlass"]),
    (Coercion, &["schließen|verlassen|gehen", "verlieren|verfällt", "rabatt|gutschein|angebot"]),
];
