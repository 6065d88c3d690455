//! Dutch.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["nog maar|slechts nog|nog slechts|alleen nog|maar", "#|enkele|een paar|weinig", "op voorraad|over|beschikbaar|stuks|stuk|exemplaren|plekken|plaatsen"]),
    (Scarcity, &["nog maar", "#|enkele|een paar"]),
    (Scarcity, &["bijna|haast", "uitverkocht|op|weg"]),
    (Scarcity, &["laatste", "kans|stuks|exemplaren|mogelijkheid"]),
    (Scarcity, &["op is op|mis het niet|mis dit niet|mis deze|zolang de voorraad strekt|loop het niet mis|voor het te laat is|voordat het op is"]),
    (Crowd, &["#|veel|meerdere|andere|anderen", "mensen|personen|klanten|bezoekers|anderen", "bekijken|kijken|hebben|kochten|bekijkt"]),
    (Crowd, &["iemand", "net|zojuist", "gekocht|besteld"]),
    (Countdown, &["aanbieding|korting|actie|prijs|code", "eindigt|verloopt|loopt af|stopt|vervalt", "over|vandaag|vanavond|straks|bijna|om"]),
    (Countdown, &["alleen vandaag|enkel vandaag|vandaag alleen|beperkte tijd|tijdelijk aanbod"]),
    (Countdown, &["wees er snel bij|wees snel|haast je|haast u|schiet op|nu of nooit|de tijd dringt|de klok tikt"]),
    (Countdown, &["nog", "#", "minuten|uur|uren|seconden", "geldig|over|korting|om"]),
    (Countdown, &["voordat", "prijs|prijzen", "stijgt|stijgen|omhoog"]),
    (Shaming, &["^nee", "ik", "liever meer|graag meer|haat|niet besparen|geen korting|volle prijs|hou niet van besparen"]),
    (Shaming, &["ik", "betaal", "liever|graag", "meer|volle"]),
    (Guilt, &["ga niet weg|ga nog niet|blijf nog even|verlaat ons niet|ga je al|gaat u al|we zullen je missen|we gaan je missen"]),
    (Guilt, &["jammer|verdrietig|triest", "gaat|ga|weggaat|vertrekt|verlaat"]),
    (Guilt, &["winkelwagen|mandje|winkelmandje", "mist je|mist u|eenzaam|verdrietig"]),
    (AssumedConsent, &["door", "sluiten|gaan|klikken|blijven|antwoorden|te", "gaat u|ga je|stemt u|stem je", "akkoord|in"]),
    (AssumedConsent, &["vakje|vinkje|hokje", "al|reeds", "aangevinkt|gezet|geselecteerd"]),
    (AssumedConsent, &["je bent|u bent", "al|automatisch", "ingeschreven|aangemeld|geabonneerd"]),
    (Coercion, &["voordat je gaat|voordat u gaat|voor je gaat|voor u gaat|wacht", "korting|goedkoper|kortingscode"]),
    (Coercion, &["blijf|chat|antwoord|reageer", "krijg|ontvang|pak|bespaar", "korting|#"]),
    (Coercion, &["als je|als u", "sluit|weggaat|gaat", "verlies|verliest|kwijt"]),
];
