//! What the sensors see.

use super::commerce::CommerceEvent;
use super::limits::Decline;
use serde::{Deserialize, Serialize};

/// A raw act in the browser. It never leaves it.
///
/// Positions are CSS pixels of the window, heights measured from its top. Products, variants and items are
/// told apart by a number the shell makes of their id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The mouse moved here.
    PointerMoved {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
    },
    /// The mouse left the window here, negative above it, perhaps dragging something.
    PointerLeft {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
        /// Whether a button was held.
        pressed: bool,
    },
    /// The mouse came back into the window.
    PointerEntered,
    /// A mouse button went down.
    PointerPressed,
    /// It came up again.
    PointerReleased,
    /// A finger touched the screen.
    Touched,
    /// Something was clicked or tapped.
    Clicked {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
        /// What is there.
        target: Target,
    },
    /// The page did something that can be seen: an answer to a click.
    PageResponded,
    /// A context menu was asked for.
    MenuOpened,
    /// A key was pressed; which one is not read.
    KeyPressed,
    /// A key that leads to the browser's address bar was pressed: Ctrl or Cmd with L or K.
    AddressKeyPressed,
    /// A text field or a list took the focus.
    FieldEntered(Field),
    /// Something was put into it.
    FieldTyped,
    /// It lost the focus.
    FieldLeft,
    /// The page scrolled to this height.
    Scrolled {
        /// Pixels above the window's top edge.
        y: i32,
    },
    /// The tab came to the front.
    PageShown,
    /// The tab went to the back.
    PageHidden,
    /// The window lost the focus, perhaps to a frame in the page.
    WindowLeft {
        /// Whether a frame of the page has it now.
        to_frame: bool,
    },
    /// The window has the focus again.
    WindowEntered,
    /// The window changed its size.
    WindowResized {
        /// CSS pixels.
        width: i32,
        /// CSS pixels.
        height: i32,
    },
    /// The page went into full screen, or out of it.
    FullScreen(bool),
    /// A dialog of the page's own opened.
    OverlayOpened,
    /// It closed.
    OverlayClosed,
    /// The shopper is now on this page, without a new load.
    PageChanged {
        /// What kind of page.
        page: PageKind,
        /// The product it shows.
        product: Option<u32>,
    },
    /// A variant was chosen.
    VariantChosen {
        /// Which.
        variant: u32,
    },
    /// Something was copied: what kind of thing, never the text.
    Copied(Copied),
    /// A coupon was refused.
    CouponRefused,
    /// A coupon was accepted.
    CouponAccepted,
    /// One line of the cart was changed by the shopper.
    CartEdited {
        /// How.
        edit: CartEdit,
        /// Which line.
        item: u32,
    },
    /// The cart now holds so many things; which ones, and what they are worth, is told after it.
    CartChanged {
        /// Pieces, not kinds.
        items: u32,
    },
    /// A line of the cart, told after the cart changed.
    CartListed {
        /// Its product.
        item: u32,
    },
    /// What the cart is worth.
    CartWorth {
        /// In the currency's smallest unit.
        minor_units: u64,
    },
    /// The shop told of a step of buying, and of how many things it was about, if it said.
    Commerce {
        /// The step.
        event: CommerceEvent,
        /// Pieces, not kinds.
        items: Option<u32>,
    },
    /// Our panel opened.
    PanelOpened,
    /// Our panel closed.
    PanelClosed,
    /// The shopper turned a card down.
    Declined(Decline),
    /// The wake-up asked for has come.
    WokeUp,
}

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// One product.
    Product,
    /// Products to choose from.
    Listing,
    /// The cart.
    Cart,
    /// Address, delivery, payment.
    Checkout,
    /// The shopper's own pages: orders, addresses, sign-in.
    Account,
    /// About the shop: delivery, returns, contact.
    Help,
    /// Anything else, or not known.
    #[default]
    Other,
}

/// What is typed into or chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A coupon's code.
    Coupon,
    /// Words to search for.
    Search,
    /// A list to choose from: the browser draws it over the page.
    List,
    /// Anything else.
    Other,
}

/// What was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A button, a link, a field: something that should answer.
    Control,
    /// A control made to be clicked again and again: plus and minus, back and forth.
    Stepper,
    /// The size guide.
    SizeGuide,
    /// The specification.
    Specification,
    /// Text, a picture, nothing.
    Plain,
}

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// A product's name.
    Title,
    /// A price.
    Price,
    /// A product's number.
    Code,
}

/// A change to one line of the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CartEdit {
    /// Put in.
    Added,
    /// Taken out.
    Removed,
    /// More or fewer of it.
    Quantity,
}

impl PageKind {
    /// Every one of them.
    pub const ALL: [Self; 7] =
        [Self::Product, Self::Listing, Self::Cart, Self::Checkout, Self::Account, Self::Help, Self::Other];

    /// Its name in the store's settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Listing => "listing",
            Self::Cart => "cart",
            Self::Checkout => "checkout",
            Self::Account => "account",
            Self::Help => "help",
            Self::Other => "other",
        }
    }
}

impl Signal {
    /// Whether a person did this just now, and so is not idle.
    pub(super) fn is_input(self) -> bool {
        !matches!(
            self,
            Self::WokeUp
                | Self::PageHidden
                | Self::PageResponded
                | Self::OverlayOpened
                | Self::OverlayClosed
                | Self::CartListed { .. }
                | Self::CartWorth { .. }
                | Self::PointerLeft { .. }
                | Self::WindowLeft { .. }
        )
    }

    /// Whether this answers a click: something happened because of it.
    pub(super) fn is_response(self) -> bool {
        matches!(
            self,
            Self::PageResponded
                | Self::PageChanged { .. }
                | Self::VariantChosen { .. }
                | Self::CartEdited { .. }
                | Self::CartChanged { .. }
                | Self::Commerce { .. }
                | Self::CouponRefused
                | Self::CouponAccepted
                | Self::OverlayOpened
                | Self::OverlayClosed
                | Self::FullScreen(_)
                | Self::PageHidden
                | Self::Scrolled { .. }
        )
    }
}
