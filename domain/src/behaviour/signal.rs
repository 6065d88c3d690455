//! What the sensors see.

use super::{CommerceEvent, Decline};

/// A raw act in the browser. It never leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The mouse moved to this height, in CSS pixels from the top of the window.
    PointerMoved {
        /// CSS pixels.
        y: i32,
    },
    /// The mouse left the window at this height, negative above it, perhaps dragging something.
    PointerLeft {
        /// CSS pixels.
        y: i32,
        /// Whether a button was held.
        pressed: bool,
    },
    /// The mouse came back into the window.
    PointerEntered,
    /// A mouse button went down.
    PointerPressed,
    /// A finger touched the screen.
    Touched,
    /// A context menu was asked for.
    MenuOpened,
    /// A key was pressed; which one is not read.
    KeyPressed,
    /// A text field or select took the focus.
    FieldEntered,
    /// It lost it.
    FieldLeft,
    /// The page scrolled.
    Scrolled,
    /// The tab came to the front.
    PageShown,
    /// The tab went to the back.
    PageHidden,
    /// The window changed its size, or went into or out of full screen.
    WindowResized,
    /// A dialog of the page's own opened.
    OverlayOpened,
    /// It closed.
    OverlayClosed,
    /// The cart now holds so many things.
    CartChanged {
        /// Pieces, not kinds.
        items: u32,
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
    /// The shopper turned an offer down.
    Declined(Decline),
    /// The wake-up asked for has come.
    WokeUp,
}

impl Signal {
    /// Whether a person did this just now, and so is not idle.
    pub(super) fn is_input(self) -> bool {
        !matches!(
            self,
            Self::WokeUp
                | Self::PageHidden
                | Self::WindowResized
                | Self::OverlayOpened
                | Self::OverlayClosed
                | Self::PointerLeft { .. }
        )
    }
}
