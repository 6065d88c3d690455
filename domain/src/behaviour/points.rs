//! The one table of points: what speaks for a trigger, by how much, and under which code it is known.

use super::verdict::Trigger;
use serde::{Deserialize, Serialize};

/// The version of the table below. Scores of different versions do not compare.
pub const POINTS_VERSION: u32 = 1;

/// What a store can switch off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Detector {
    /// The mouse leaves through the top of the window.
    Pointer,
    /// The keyboard goes to the address bar.
    Keyboard,
    /// A phone's page is flicked back up.
    Flick,
    /// The tab is left and found again.
    Away,
    /// A cart lies idle.
    IdleCart,
    /// Things go in and out of the cart, quantities up and down.
    CartEdits,
    /// A coupon is looked for.
    Coupon,
    /// The shopper goes back from the checkout to the cart.
    Checkout,
    /// A field is looked at and left empty.
    Fields,
    /// Clicks that get no answer.
    Clicks,
    /// A title, price or number is copied.
    Copies,
    /// Sizes and variants are tried.
    Variants,
    /// Products are visited in turn.
    Products,
}

macro_rules! detectors {
    ($($detector:ident $name:literal,)*) => {
        impl Detector {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$detector),*];

            /// Its name in the store's settings.
            pub fn name(self) -> &'static str {
                match self { $(Self::$detector => $name),* }
            }
        }
    };
}

detectors! {
    Pointer "pointer", Keyboard "keyboard", Flick "flick", Away "away", IdleCart "idle_cart",
    CartEdits "cart_edits", Coupon "coupon", Checkout "checkout", Fields "fields", Clicks "clicks",
    Copies "copies", Variants "variants", Products "products",
}

/// Which detectors are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detectors(u16);

impl Detectors {
    /// All of them.
    pub const ALL: Self = Self(u16::MAX);

    /// All but `detector`.
    #[must_use]
    pub fn without(self, detector: Detector) -> Self {
        Self(self.0 & !(1 << detector as u16))
    }

    /// Whether `detector` is on.
    pub fn has(self, detector: Detector) -> bool {
        self.0 & (1 << detector as u16) != 0
    }
}

impl Default for Detectors {
    fn default() -> Self {
        Self::ALL
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident $trigger:ident $detector:ident $points:literal $code:literal;)*) => {
        /// One thing that speaks for or against a trigger.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Reason { $($(#[$doc])* $reason),* }

        struct Entry { trigger: Trigger, detector: Detector, points: i32 }

        const TABLE: [Entry; Reason::ALL.len()] =
            [$(Entry { trigger: Trigger::$trigger, detector: Detector::$detector, points: $points }),*];

        impl Reason {
            /// Every reason, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$reason),*];

            /// Its name outside the sensors; the words to it are in the language tables.
            pub fn code(self) -> &'static str {
                match self { $(Self::$reason => $code),* }
            }
        }
    };
}

reasons! {
    // Tenths of the points that the field's literature uses; a trigger fires at its threshold.
    /// The pointer went out through the top of the window.
    LeftThroughTop Exit Pointer 30 "left_through_top";
    /// It did not come back.
    StayedOut Exit Pointer 10 "stayed_out";
    /// It went there as a hand does that has a goal.
    WentCalmly Exit Pointer 5 "went_calmly";
    /// It slowed down before the edge.
    SlowedDown Exit Pointer 5 "slowed_down";
    /// It was swept off the page, as towards another screen.
    SweptOff Exit Pointer -30 "swept_off";
    /// There is something in the cart.
    CartHolds Exit Pointer 5 "cart_holds";
    /// The window lost the focus meanwhile.
    FocusLost Exit Keyboard 10 "focus_lost";
    /// A key for the address bar was pressed.
    AddressKey Exit Keyboard 30 "address_key";
    /// A long way of the page was flicked back.
    FlickedUp Exit Flick 30 "flicked_up";
    /// Harder than one who looks for the menu.
    FlickedHard Exit Flick 10 "flicked_hard";
    /// It ended where the page's own menu is.
    ReachedTop Exit Flick -10 "reached_top";
    /// The page was left for another and found again, more than once.
    AwayAgain Exit Away 30 "away_again";
    /// Then it was scrolled back.
    TurnedBack Exit Away 10 "turned_back";
    /// The cart is not empty and nobody did anything for a while.
    CartWaits IdleCart IdleCart 30 "cart_waits";
    /// A line was taken out of the cart.
    ItemRemoved Hesitation CartEdits 12 "item_removed";
    /// A quantity was changed.
    QuantityChanged Hesitation CartEdits 11 "quantity_changed";
    /// Something was put in while looking at the cart.
    ItemAdded Hesitation CartEdits 10 "item_added";
    /// A line that was changed before was changed again.
    ChangedAgain Hesitation CartEdits 5 "changed_again";
    /// The coupon field was entered.
    CouponSought Hesitation Coupon 7 "coupon_sought";
    /// A coupon was refused.
    CouponRefused Hesitation Coupon 12 "coupon_refused";
    /// The shopper went away after that and came back.
    CouponHunted Hesitation Coupon 16 "coupon_hunted";
    /// The shopper went back from the checkout.
    CheckoutLeft Hesitation Checkout 20 "checkout_left";
    /// A field was looked at for a while and left empty.
    FieldLeftEmpty Hesitation Fields 12 "field_left_empty";
    /// Several clicks in a second, and no answer.
    RageClicked Hesitation Clicks 30 "rage_clicked";
    /// A click, and no answer.
    DeadClicked Hesitation Clicks 10 "dead_clicked";
    /// A product's name was copied.
    TitleCopied Indecision Copies 20 "title_copied";
    /// A price was copied.
    PriceCopied Indecision Copies 20 "price_copied";
    /// A product's number was copied.
    CodeCopied Indecision Copies 20 "code_copied";
    /// The shopper went away after that and came back.
    ComparedElsewhere Indecision Copies 14 "compared_elsewhere";
    /// The size guide was opened.
    SizeGuideOpened Indecision Variants 15 "size_guide_opened";
    /// Another variant was chosen.
    VariantTried Indecision Variants 5 "variant_tried";
    /// A variant was chosen again that had been given up.
    VariantTriedAgain Indecision Variants 10 "variant_tried_again";
    /// The specification was opened again.
    SpecificationReread Indecision Variants 12 "specification_reread";
    /// A product was returned to.
    ProductRevisited Indecision Products 18 "product_revisited";
    /// The same product was returned to once more.
    ProductRevisitedOften Indecision Products 6 "product_revisited_often";
}

impl Reason {
    /// What it adds to the score.
    pub fn points(self) -> i32 {
        self.entry().map_or(0, |entry| entry.points)
    }

    /// The trigger it counts for.
    pub fn trigger(self) -> Trigger {
        self.entry().map_or(Trigger::Exit, |entry| entry.trigger)
    }

    /// The detector that notices it.
    pub fn detector(self) -> Detector {
        self.entry().map_or(Detector::Pointer, |entry| entry.detector)
    }

    fn entry(self) -> Option<&'static Entry> {
        TABLE.get(self as usize)
    }
}
