//! Dutch.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Antwoorden",
    not_now: "Niet nu",
    why: "Waarom zie ik dit?",
    close: "Sluiten",
    because: "Dit was de aanleiding:",
    judged_here: "Dit is in je eigen browser beoordeeld en niets ervan is ergens heen gestuurd.",
    never: "Nooit meer tonen",
    size_guide: "Maattabel",
    side_by_side: "Naast elkaar",
    price: "Prijs",
    from_price: "vanaf {price}",
    availability: "Beschikbaarheid",
    in_stock: "Op voorraad",
    out_of_stock: "Uitverkocht",
    pre_order: "Vooraf te bestellen",
    back_order: "Te bestellen, komt later",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Je stond op het punt de pagina te verlaten",
        Reason::StayedOut => "Je muisaanwijzer bleef buiten het venster",
        Reason::WentCalmly => "Je muisaanwijzer ging rustig naar de bovenkant van het venster",
        Reason::SlowedDown => "Je muisaanwijzer ging langzamer voordat hij de pagina verliet",
        Reason::SweptOff => "Je muisaanwijzer werd van de pagina geveegd",
        Reason::CartHolds => "Er ligt iets in je winkelwagen",
        Reason::FocusLost => "Je ging naar een ander deel van je browser",
        Reason::AddressKey => "Je ging naar de adresbalk",
        Reason::FlickedUp => "Je ging een heel stuk terug naar boven",
        Reason::FlickedHard => "Je ging gehaast naar boven",
        Reason::ReachedTop => "Je stopte bovenaan de pagina",
        Reason::AwayAgain => "Je verliet deze pagina en kwam terug, meer dan eens",
        Reason::TurnedBack => "Je was op weg terug naar boven",
        Reason::CartWaits => "Je winkelwagen wacht al een tijdje",
        Reason::ItemRemoved => "Je haalde iets uit je winkelwagen",
        Reason::QuantityChanged => "Je veranderde een aantal",
        Reason::ItemAdded => "Je voegde iets toe terwijl je de winkelwagen bekeek",
        Reason::ChangedAgain => "Je veranderde hetzelfde nog een keer",
        Reason::CouponSought => "Je zocht een korting",
        Reason::CouponRefused => "Een kortingscode werkte niet",
        Reason::CouponHunted => "Je kwam terug nadat je een kortingscode had geprobeerd",
        Reason::CheckoutLeft => "Je kwam terug van de kassa",
        Reason::FieldLeftEmpty => "Je aarzelde bij een veld",
        Reason::RageClicked => "Iets reageerde niet op je klikken",
        Reason::DeadClicked => "Je klikte op iets wat niets doet",
        Reason::TitleCopied => "Je kopieerde de naam van een product",
        Reason::PriceCopied => "Je kopieerde een prijs",
        Reason::CodeCopied => "Je kopieerde het nummer van een product",
        Reason::ComparedElsewhere => "Je kwam terug nadat je elders had gekeken",
        Reason::SizeGuideOpened => "Je bekeek de maattabel",
        Reason::VariantTried => "Je probeerde verschillende varianten",
        Reason::VariantTriedAgain => "Je ging heen en weer tussen varianten",
        Reason::SpecificationReread => "Je las de details nog een keer",
        Reason::ProductRevisited => "Je ging heen en weer tussen producten",
        Reason::ProductRevisitedOften => "Je kwam meermaals terug bij een product",
    }
}
