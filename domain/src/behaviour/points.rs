//! The one table of points: what speaks for a rule, by how much, and how it is said.

use super::verdict::Rule;

/// The version of the table below. Scores of different versions do not compare.
pub const POINTS_VERSION: u32 = 1;

/// What a store can switch off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    ($($(#[$doc:meta])* $reason:ident $rule:ident $detector:ident $points:literal $text:literal;)*) => {
        /// One thing that speaks for or against a rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Reason { $($(#[$doc])* $reason),* }

        struct Entry { rule: Rule, detector: Detector, points: i32, text: &'static str }

        const TABLE: [Entry; Reason::ALL.len()] =
            [$(Entry { rule: Rule::$rule, detector: Detector::$detector, points: $points, text: $text }),*];

        impl Reason {
            /// Every reason, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$reason),*];
        }
    };
}

reasons! {
    // Tenths of the points that the field's literature uses; a rule fires at its threshold.
    /// The pointer went out through the top of the window.
    LeftThroughTop Exit Pointer 30 "You were about to leave the page";
    /// It did not come back.
    StayedOut Exit Pointer 10 "Your pointer stayed outside the window";
    /// It went there as a hand does that has a goal.
    WentCalmly Exit Pointer 5 "Your pointer went calmly to the top of the window";
    /// It slowed down before the edge.
    SlowedDown Exit Pointer 5 "Your pointer slowed down before it left";
    /// It was swept off the page, as towards another screen.
    SweptOff Exit Pointer -30 "Your pointer was swept off the page";
    /// There is something in the cart.
    CartHolds Exit Pointer 5 "There is something in your basket";
    /// The window lost the focus meanwhile.
    FocusLost Exit Keyboard 10 "You turned to another part of your browser";
    /// A key for the address bar was pressed.
    AddressKey Exit Keyboard 30 "You went to the address bar";
    /// A long way of the page was flicked back.
    FlickedUp Exit Flick 30 "You went back up a long way";
    /// Harder than one who looks for the menu.
    FlickedHard Exit Flick 10 "You went up in a hurry";
    /// It ended where the page's own menu is.
    ReachedTop Exit Flick -10 "You stopped at the top of the page";
    /// The page was left for another and found again, more than once.
    AwayAgain Exit Away 30 "You left this page and came back, more than once";
    /// Then it was scrolled back.
    TurnedBack Exit Away 10 "You were on your way back up";
    /// The cart is not empty and nobody did anything for a while.
    CartWaits IdleCart IdleCart 30 "Your basket has been waiting for a while";
    /// A line was taken out of the cart.
    ItemRemoved Hesitation CartEdits 12 "You took something out of your basket";
    /// A quantity was changed.
    QuantityChanged Hesitation CartEdits 11 "You changed a quantity";
    /// Something was put in while looking at the cart.
    ItemAdded Hesitation CartEdits 10 "You added something while looking at your basket";
    /// A line that was changed before was changed again.
    ChangedAgain Hesitation CartEdits 5 "You changed the same thing again";
    /// The coupon field was entered.
    CouponSought Hesitation Coupon 7 "You looked for a discount";
    /// A coupon was refused.
    CouponRefused Hesitation Coupon 12 "A discount code did not work";
    /// The shopper went away after that and came back.
    CouponHunted Hesitation Coupon 16 "You came back after trying a discount code";
    /// The shopper went back from the checkout.
    CheckoutLeft Hesitation Checkout 20 "You came back from the checkout";
    /// A field was looked at for a while and left empty.
    FieldLeftEmpty Hesitation Fields 12 "You paused at a field";
    /// Several clicks in a second, and no answer.
    RageClicked Hesitation Clicks 30 "Something did not answer your clicks";
    /// A click, and no answer.
    DeadClicked Hesitation Clicks 10 "You clicked something that does nothing";
    /// A product's name was copied.
    TitleCopied Indecision Copies 20 "You copied a product's name";
    /// A price was copied.
    PriceCopied Indecision Copies 20 "You copied a price";
    /// A product's number was copied.
    CodeCopied Indecision Copies 20 "You copied a product's number";
    /// The shopper went away after that and came back.
    ComparedElsewhere Indecision Copies 14 "You came back after looking elsewhere";
    /// The size guide was opened.
    SizeGuideOpened Indecision Variants 15 "You looked at the size guide";
    /// Another variant was chosen.
    VariantTried Indecision Variants 5 "You tried several variants";
    /// A variant was chosen again that had been given up.
    VariantTriedAgain Indecision Variants 10 "You went back and forth between variants";
    /// The specification was opened again.
    SpecificationReread Indecision Variants 12 "You read the details again";
    /// A product was returned to.
    ProductRevisited Indecision Products 18 "You went back and forth between products";
    /// The same product was returned to once more.
    ProductRevisitedOften Indecision Products 6 "You returned to a product several times";
}

impl Reason {
    /// What it adds to the score.
    pub fn points(self) -> i32 {
        self.entry().map_or(0, |entry| entry.points)
    }

    /// In plain English, to the shopper.
    pub fn text(self) -> &'static str {
        self.entry().map_or("", |entry| entry.text)
    }

    /// The rule it counts for.
    pub fn rule(self) -> Rule {
        self.entry().map_or(Rule::Exit, |entry| entry.rule)
    }

    /// The detector that notices it.
    pub fn detector(self) -> Detector {
        self.entry().map_or(Detector::Pointer, |entry| entry.detector)
    }

    fn entry(self) -> Option<&'static Entry> {
        TABLE.get(self as usize)
    }
}
