//! English.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Reply",
    not_now: "Not now",
    why: "Why am I seeing this?",
    close: "Close",
    because: "What led to this:",
    judged_here: "This was judged in your browser, and nothing of it was sent anywhere.",
    never: "Never show these again",
    size_guide: "Size guide",
    side_by_side: "Side by side",
    price: "Price",
    from_price: "from {price}",
    availability: "Availability",
    in_stock: "In stock",
    out_of_stock: "Sold out",
    pre_order: "Can be pre-ordered",
    back_order: "Can be ordered, comes later",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "You were about to leave the page",
        Reason::StayedOut => "Your pointer stayed outside the window",
        Reason::WentCalmly => "Your pointer went calmly to the top of the window",
        Reason::SlowedDown => "Your pointer slowed down before it left",
        Reason::SweptOff => "Your pointer was swept off the page",
        Reason::CartHolds => "There is something in your cart",
        Reason::FocusLost => "You turned to another part of your browser",
        Reason::AddressKey => "You went to the address bar",
        Reason::FlickedUp => "You went back up a long way",
        Reason::FlickedHard => "You went up in a hurry",
        Reason::ReachedTop => "You stopped at the top of the page",
        Reason::AwayAgain => "You left this page and came back, more than once",
        Reason::TurnedBack => "You were on your way back up",
        Reason::CartWaits => "Your cart has been waiting for a while",
        Reason::ItemRemoved => "You took something out of your cart",
        Reason::QuantityChanged => "You changed a quantity",
        Reason::ItemAdded => "You added something while looking at your cart",
        Reason::ChangedAgain => "You changed the same thing again",
        Reason::CouponSought => "You looked for a discount",
        Reason::CouponRefused => "A discount code did not work",
        Reason::CouponHunted => "You came back after trying a discount code",
        Reason::CheckoutLeft => "You came back from the checkout",
        Reason::FieldLeftEmpty => "You paused at a field",
        Reason::RageClicked => "Something did not answer your clicks",
        Reason::DeadClicked => "You clicked something that does nothing",
        Reason::TitleCopied => "You copied a product's name",
        Reason::PriceCopied => "You copied a price",
        Reason::CodeCopied => "You copied a product's number",
        Reason::ComparedElsewhere => "You came back after looking elsewhere",
        Reason::SizeGuideOpened => "You looked at the size guide",
        Reason::VariantTried => "You tried several variants",
        Reason::VariantTriedAgain => "You went back and forth between variants",
        Reason::SpecificationReread => "You read the details again",
        Reason::ProductRevisited => "You went back and forth between products",
        Reason::ProductRevisitedOften => "You returned to a product several times",
    }
}
