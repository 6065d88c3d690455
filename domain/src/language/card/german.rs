//! German.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Antworten",
    not_now: "Nicht jetzt",
    why: "Warum sehe ich das?",
    close: "Schließen",
    because: "Das hat dazu geführt:",
    judged_here: "Das wurde in Ihrem Browser beurteilt; nichts davon wurde irgendwohin gesendet.",
    never: "Nie wieder anzeigen",
    size_guide: "Größentabelle",
    side_by_side: "Im Vergleich",
    price: "Preis",
    from_price: "ab {price}",
    availability: "Verfügbarkeit",
    in_stock: "Vorrätig",
    out_of_stock: "Ausverkauft",
    pre_order: "Vorbestellbar",
    back_order: "Bestellbar, kommt später",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Sie waren dabei, die Seite zu verlassen",
        Reason::StayedOut => "Ihr Mauszeiger blieb außerhalb des Fensters",
        Reason::WentCalmly => "Ihr Mauszeiger ging ruhig zum oberen Rand des Fensters",
        Reason::SlowedDown => "Ihr Mauszeiger wurde langsamer, bevor er die Seite verließ",
        Reason::SweptOff => "Ihr Mauszeiger wurde von der Seite gewischt",
        Reason::CartHolds => "In Ihrem Warenkorb liegt etwas",
        Reason::FocusLost => "Sie haben sich einem anderen Teil Ihres Browsers zugewandt",
        Reason::AddressKey => "Sie sind zur Adressleiste gegangen",
        Reason::FlickedUp => "Sie sind ein langes Stück zurück nach oben gegangen",
        Reason::FlickedHard => "Es ging eilig nach oben",
        Reason::ReachedTop => "Sie haben am Anfang der Seite angehalten",
        Reason::AwayAgain => "Sie haben diese Seite mehrmals verlassen und sind zurückgekommen",
        Reason::TurnedBack => "Sie waren auf dem Weg zurück nach oben",
        Reason::CartWaits => "Ihr Warenkorb wartet schon eine Weile",
        Reason::ItemRemoved => "Sie haben etwas aus dem Warenkorb genommen",
        Reason::QuantityChanged => "Sie haben eine Menge geändert",
        Reason::ItemAdded => "Sie haben etwas hinzugefügt, während Sie den Warenkorb ansahen",
        Reason::ChangedAgain => "Sie haben dasselbe noch einmal geändert",
        Reason::CouponSought => "Sie haben nach einem Rabatt gesucht",
        Reason::CouponRefused => "Ein Rabattcode hat nicht funktioniert",
        Reason::CouponHunted => "Sie sind nach dem Versuch mit einem Rabattcode zurückgekommen",
        Reason::CheckoutLeft => "Sie sind von der Kasse zurückgekommen",
        Reason::FieldLeftEmpty => "Sie haben bei einem Feld gezögert",
        Reason::RageClicked => "Etwas hat nicht auf Ihre Klicks reagiert",
        Reason::DeadClicked => "Sie haben auf etwas geklickt, das nichts tut",
        Reason::TitleCopied => "Sie haben den Namen eines Produkts kopiert",
        Reason::PriceCopied => "Sie haben einen Preis kopiert",
        Reason::CodeCopied => "Sie haben die Nummer eines Produkts kopiert",
        Reason::ComparedElsewhere => "Sie sind zurückgekommen, nachdem Sie sich anderswo umgesehen hatten",
        Reason::SizeGuideOpened => "Sie haben die Größentabelle angesehen",
        Reason::VariantTried => "Sie haben mehrere Varianten ausprobiert",
        Reason::VariantTriedAgain => "Sie sind zwischen Varianten hin- und hergegangen",
        Reason::SpecificationReread => "Sie haben die Einzelheiten noch einmal gelesen",
        Reason::ProductRevisited => "Sie sind zwischen Produkten hin- und hergegangen",
        Reason::ProductRevisitedOften => "Sie sind mehrmals zu einem Produkt zurückgekehrt",
    }
}
