//! What a moment is about, which decides what helps.

use super::points::{Detector, Reason};
use super::verdict::{Trigger, Verdict};
use serde::{Deserialize, Serialize};

/// What the shopper is most likely to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Nothing in particular: they are about to leave, or something does not answer.
    Leaving,
    /// What the cart costs in the end, when it comes, how it goes back.
    Cart,
    /// Which size or variant.
    Size,
    /// Which of several products.
    Products,
}

impl Topic {
    /// Every one of them.
    pub const ALL: [Self; 4] = [Self::Leaving, Self::Cart, Self::Size, Self::Products];

    /// Its name in the store's settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Leaving => "leaving",
            Self::Cart => "cart",
            Self::Size => "size",
            Self::Products => "products",
        }
    }

    /// The topics that `trigger` may be about, the usual one first.
    pub fn of_trigger(trigger: Trigger) -> &'static [Self] {
        match trigger {
            Trigger::Exit => &[Self::Leaving, Self::Cart],
            Trigger::IdleCart => &[Self::Cart],
            Trigger::Hesitation => &[Self::Cart, Self::Leaving],
            Trigger::Indecision => &[Self::Products, Self::Size],
        }
    }

    /// The topic of `verdict`, fired while `cart_items` were in the cart.
    pub(super) fn of(verdict: Verdict, cart_items: u32) -> Self {
        let points_of = |of: fn(Reason) -> bool| -> i32 {
            verdict.card.reasons().filter(|(reason, _)| of(*reason)).map(|(_, points)| points).sum()
        };
        match verdict.trigger {
            Trigger::Exit if cart_items == 0 => Self::Leaving,
            Trigger::Exit | Trigger::IdleCart => Self::Cart,
            // Clicks without an answer are about the page, unless there is a cart to lose by it.
            Trigger::Hesitation => {
                let stuck = points_of(|reason| reason.detector() == Detector::Clicks);
                if cart_items == 0 && stuck * 2 > verdict.card.score() { Self::Leaving } else { Self::Cart }
            }
            Trigger::Indecision => {
                let sizing = points_of(|reason| {
                    reason.detector() == Detector::Variants && reason != Reason::SpecificationReread
                });
                if sizing * 2 > verdict.card.score() { Self::Size } else { Self::Products }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdict::Scorecard;
    use super::*;

    #[test]
    fn the_reasons_decide_what_a_moment_is_about() {
        use Reason::*;
        for (trigger, reasons, items, topic) in [
            (Trigger::Exit, &[LeftThroughTop, StayedOut][..], 0, Topic::Leaving),
            (Trigger::Exit, &[LeftThroughTop, StayedOut, CartHolds], 2, Topic::Cart),
            (Trigger::IdleCart, &[CartWaits], 1, Topic::Cart),
            (Trigger::Hesitation, &[CouponSought, CouponRefused, CouponHunted], 0, Topic::Cart),
            (Trigger::Hesitation, &[RageClicked], 0, Topic::Leaving),
            (Trigger::Hesitation, &[RageClicked], 3, Topic::Cart),
            (Trigger::Indecision, &[SizeGuideOpened, VariantTriedAgain, VariantTried], 0, Topic::Size),
            (Trigger::Indecision, &[ProductRevisited, SizeGuideOpened], 0, Topic::Products),
            (Trigger::Indecision, &[SpecificationReread, ProductRevisited], 0, Topic::Products),
            (Trigger::Indecision, &[TitleCopied, ComparedElsewhere], 1, Topic::Products),
        ] {
            let card = reasons.iter().fold(Scorecard::default(), |card, &reason| card.with(reason));
            let found = Topic::of(Verdict { trigger, card }, items);
            assert_eq!(found, topic, "{reasons:?}");
            assert!(Topic::of_trigger(trigger).contains(&found));
        }
    }
}
