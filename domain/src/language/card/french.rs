//! French.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Répondre",
    not_now: "Pas maintenant",
    why: "Pourquoi je vois ceci ?",
    close: "Fermer",
    because: "Ce qui a conduit à cela :",
    judged_here: "C'est votre navigateur qui en a jugé, et rien n'en a été envoyé où que ce soit.",
    never: "Ne plus jamais afficher",
    size_guide: "Guide des tailles",
    side_by_side: "Côte à côte",
    price: "Prix",
    from_price: "à partir de {price}",
    availability: "Disponibilité",
    in_stock: "En stock",
    out_of_stock: "Épuisé",
    pre_order: "En précommande",
    back_order: "Sur commande, livré plus tard",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Vous étiez sur le point de quitter la page",
        Reason::StayedOut => "Votre pointeur est resté hors de la fenêtre",
        Reason::WentCalmly => "Votre pointeur est allé calmement vers le haut de la fenêtre",
        Reason::SlowedDown => "Votre pointeur a ralenti avant de sortir",
        Reason::SweptOff => "Votre pointeur a été balayé hors de la page",
        Reason::CartHolds => "Il y a quelque chose dans votre panier",
        Reason::FocusLost => "Vous êtes passé à une autre partie de votre navigateur",
        Reason::AddressKey => "Vous êtes allé à la barre d'adresse",
        Reason::FlickedUp => "Vous êtes remonté loin vers le haut",
        Reason::FlickedHard => "Vous êtes remonté en hâte",
        Reason::ReachedTop => "Vous vous êtes arrêté en haut de la page",
        Reason::AwayAgain => "Vous avez quitté cette page et y êtes revenu, plus d'une fois",
        Reason::TurnedBack => "Vous étiez en train de remonter",
        Reason::CartWaits => "Votre panier attend depuis un moment",
        Reason::ItemRemoved => "Vous avez retiré quelque chose de votre panier",
        Reason::QuantityChanged => "Vous avez changé une quantité",
        Reason::ItemAdded => "Vous avez ajouté quelque chose en regardant votre panier",
        Reason::ChangedAgain => "Vous avez changé la même chose une nouvelle fois",
        Reason::CouponSought => "Vous avez cherché une réduction",
        Reason::CouponRefused => "Un code de réduction n'a pas fonctionné",
        Reason::CouponHunted => "Vous êtes revenu après avoir essayé un code de réduction",
        Reason::CheckoutLeft => "Vous êtes revenu de la caisse",
        Reason::FieldLeftEmpty => "Vous avez hésité devant un champ",
        Reason::RageClicked => "Quelque chose n'a pas répondu à vos clics",
        Reason::DeadClicked => "Vous avez cliqué sur quelque chose qui ne fait rien",
        Reason::TitleCopied => "Vous avez copié le nom d'un produit",
        Reason::PriceCopied => "Vous avez copié un prix",
        Reason::CodeCopied => "Vous avez copié le numéro d'un produit",
        Reason::ComparedElsewhere => "Vous êtes revenu après avoir regardé ailleurs",
        Reason::SizeGuideOpened => "Vous avez regardé le guide des tailles",
        Reason::VariantTried => "Vous avez essayé plusieurs variantes",
        Reason::VariantTriedAgain => "Vous avez hésité entre des variantes",
        Reason::SpecificationReread => "Vous avez relu les caractéristiques",
        Reason::ProductRevisited => "Vous êtes passé d'un produit à l'autre et retour",
        Reason::ProductRevisitedOften => "Vous êtes revenu plusieurs fois à un produit",
    }
}
