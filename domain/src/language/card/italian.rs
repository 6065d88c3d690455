//! Italian.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Rispondi",
    not_now: "Non ora",
    why: "Perché vedo questo?",
    close: "Chiudi",
    because: "Ecco che cosa ha portato a questo:",
    judged_here: "Lo ha valutato il tuo browser, e nulla è stato inviato da nessuna parte.",
    never: "Non mostrare mai più",
    size_guide: "Guida alle taglie",
    side_by_side: "A confronto",
    price: "Prezzo",
    from_price: "da {price}",
    availability: "Disponibilità",
    in_stock: "Disponibile",
    out_of_stock: "Esaurito",
    pre_order: "In prevendita",
    back_order: "Ordinabile, arriva più tardi",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Stavi per lasciare la pagina",
        Reason::StayedOut => "Il puntatore è rimasto fuori dalla finestra",
        Reason::WentCalmly => "Il puntatore è andato con calma verso l'alto della finestra",
        Reason::SlowedDown => "Il puntatore ha rallentato prima di uscire",
        Reason::SweptOff => "Il puntatore è stato spinto fuori dalla pagina di scatto",
        Reason::CartHolds => "C'è qualcosa nel tuo carrello",
        Reason::FocusLost => "Sei passato a un'altra parte del browser",
        Reason::AddressKey => "Sei andato alla barra degli indirizzi",
        Reason::FlickedUp => "Sei tornato molto più su nella pagina",
        Reason::FlickedHard => "Sei risalito in fretta",
        Reason::ReachedTop => "Ti sei fermato in cima alla pagina",
        Reason::AwayAgain => "Hai lasciato questa pagina e sei tornato, più di una volta",
        Reason::TurnedBack => "Stavi tornando verso l'alto",
        Reason::CartWaits => "Il tuo carrello aspetta da un po'",
        Reason::ItemRemoved => "Hai tolto qualcosa dal carrello",
        Reason::QuantityChanged => "Hai cambiato una quantità",
        Reason::ItemAdded => "Hai aggiunto qualcosa mentre guardavi il carrello",
        Reason::ChangedAgain => "Hai cambiato di nuovo la stessa cosa",
        Reason::CouponSought => "Hai cercato uno sconto",
        Reason::CouponRefused => "Un codice sconto non ha funzionato",
        Reason::CouponHunted => "Sei tornato dopo aver provato un codice sconto",
        Reason::CheckoutLeft => "Sei tornato dalla cassa",
        Reason::FieldLeftEmpty => "Hai esitato davanti a un campo",
        Reason::RageClicked => "Qualcosa non ha risposto ai tuoi clic",
        Reason::DeadClicked => "Hai fatto clic su qualcosa che non fa nulla",
        Reason::TitleCopied => "Hai copiato il nome di un prodotto",
        Reason::PriceCopied => "Hai copiato un prezzo",
        Reason::CodeCopied => "Hai copiato il numero di un prodotto",
        Reason::ComparedElsewhere => "Sei tornato dopo aver guardato altrove",
        Reason::SizeGuideOpened => "Hai guardato la guida alle taglie",
        Reason::VariantTried => "Hai provato più varianti",
        Reason::VariantTriedAgain => "Sei andato avanti e indietro tra le varianti",
        Reason::SpecificationReread => "Hai riletto i dettagli",
        Reason::ProductRevisited => "Sei andato avanti e indietro tra i prodotti",
        Reason::ProductRevisitedOften => "Sei tornato più volte su un prodotto",
    }
}
