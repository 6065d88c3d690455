//! Polish.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Odpowiedz",
    not_now: "Nie teraz",
    why: "Dlaczego to widzę?",
    close: "Zamknij",
    because: "Co do tego doprowadziło:",
    judged_here: "Oceniła to sama przeglądarka i nic z tego nie zostało nigdzie wysłane.",
    never: "Nigdy więcej nie pokazuj",
    size_guide: "Tabela rozmiarów",
    side_by_side: "Porównanie",
    price: "Cena",
    from_price: "od {price}",
    availability: "Dostępność",
    in_stock: "Dostępny",
    out_of_stock: "Wyprzedany",
    pre_order: "W przedsprzedaży",
    back_order: "Na zamówienie, później",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Zanosiło się na opuszczenie strony",
        Reason::StayedOut => "Kursor pozostał poza oknem",
        Reason::WentCalmly => "Kursor spokojnie przesunął się ku górze okna",
        Reason::SlowedDown => "Kursor zwolnił, zanim opuścił stronę",
        Reason::SweptOff => "Kursor został gwałtownie przesunięty poza stronę",
        Reason::CartHolds => "W koszyku coś jest",
        Reason::FocusLost => "Uwaga przeniosła się na inną część przeglądarki",
        Reason::AddressKey => "Przejście do paska adresu",
        Reason::FlickedUp => "Strona została przewinięta daleko w górę",
        Reason::FlickedHard => "Przewijanie w górę było pospieszne",
        Reason::ReachedTop => "Przewijanie skończyło się na początku strony",
        Reason::AwayAgain => "Ta strona była opuszczana i odwiedzana ponownie, więcej niż raz",
        Reason::TurnedBack => "Trwał powrót na górę strony",
        Reason::CartWaits => "Koszyk czeka już od pewnego czasu",
        Reason::ItemRemoved => "Coś zostało wyjęte z koszyka",
        Reason::QuantityChanged => "Zmieniono liczbę sztuk",
        Reason::ItemAdded => "Coś zostało dodane podczas przeglądania koszyka",
        Reason::ChangedAgain => "To samo zostało zmienione jeszcze raz",
        Reason::CouponSought => "Szukano rabatu",
        Reason::CouponRefused => "Kod rabatowy nie zadziałał",
        Reason::CouponHunted => "Powrót po próbie użycia kodu rabatowego",
        Reason::CheckoutLeft => "Powrót z kasy",
        Reason::FieldLeftEmpty => "Wahanie przy jednym z pól",
        Reason::RageClicked => "Coś nie odpowiadało na kliknięcia",
        Reason::DeadClicked => "Kliknięto coś, co nic nie robi",
        Reason::TitleCopied => "Skopiowano nazwę produktu",
        Reason::PriceCopied => "Skopiowano cenę",
        Reason::CodeCopied => "Skopiowano numer produktu",
        Reason::ComparedElsewhere => "Powrót po zajrzeniu gdzie indziej",
        Reason::SizeGuideOpened => "Otwarto tabelę rozmiarów",
        Reason::VariantTried => "Sprawdzono kilka wariantów",
        Reason::VariantTriedAgain => "Wybór przechodził tam i z powrotem między wariantami",
        Reason::SpecificationReread => "Szczegóły zostały otwarte ponownie",
        Reason::ProductRevisited => "Produkty były przeglądane na zmianę",
        Reason::ProductRevisitedOften => "Kilka powrotów do tego samego produktu",
    }
}
