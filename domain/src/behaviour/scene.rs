//! What is going on that makes a leave, or a rest, mean nothing.

use super::fields::OpenField;
use super::signal::{PageKind, Signal};
use crate::time::{Millis, UnixMillis};

/// A list, a menu or a finger accounts for a leave this long.
const DISTRACTION: Millis = Millis(1_500);
/// Someone types until this long after the last key.
const TYPING: Millis = Millis(800);

/// The page and the window as they stand.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Scene {
    pub(super) page: PageKind,
    pub(super) touch: bool,
    pub(super) hidden: bool,
    /// The window has lost the focus, or a frame in the page has it.
    pub(super) focus_lost: bool,
    pub(super) field: OpenField,
    /// The pointer is outside the window.
    outside: bool,
    pressed: bool,
    full_screen: bool,
    /// The window's height when the page was opened; taller than that it hides the browser's own controls.
    height: i32,
    width: i32,
    /// Until this instant a pointer that leaves belongs to a menu, a list or another window.
    distracted_until: UnixMillis,
    typing_until: UnixMillis,
}

impl Scene {
    pub(super) fn new(page: PageKind, touch: bool, (width, height): (i32, i32)) -> Self {
        Self {
            page,
            touch,
            hidden: false,
            focus_lost: false,
            field: OpenField::default(),
            outside: false,
            pressed: false,
            full_screen: false,
            height,
            width,
            distracted_until: UnixMillis(0),
            typing_until: UnixMillis(0),
        }
    }

    pub(super) fn hear(&mut self, now: UnixMillis, signal: Signal) {
        match signal {
            Signal::PointerMoved { .. } | Signal::PointerEntered | Signal::Scrolled { .. } => {
                self.outside = false;
            }
            Signal::PointerLeft { .. } => self.outside = true,
            Signal::PointerPressed => self.pressed = true,
            Signal::PointerReleased | Signal::Clicked { .. } => self.pressed = false,
            Signal::Touched => {
                self.touch = true;
                self.distracted(now);
            }
            Signal::MenuOpened | Signal::FieldEntered(_) => self.distracted(now),
            Signal::KeyPressed | Signal::FieldTyped => {
                self.outside = false;
                self.typing_until = now + TYPING;
            }
            Signal::PageShown => self.hidden = false,
            Signal::PageHidden => self.hidden = true,
            Signal::WindowLeft { .. } => self.focus_lost = true,
            Signal::WindowEntered => self.focus_lost = false,
            Signal::WindowResized { width, height } => {
                // As wide as before and taller: the browser's bars are gone.
                self.full_screen = self.height > 0 && width >= self.width && height > self.height;
                self.distracted(now);
            }
            Signal::FullScreen(on) => {
                self.full_screen = on;
                self.distracted(now);
            }
            Signal::PageChanged { page, .. } => self.page = page,
            _ => {}
        }
    }

    /// Whether a leave now would be the shopper's own, rather than a menu's or a habit's.
    pub(super) fn leave_counts(&self, now: UnixMillis) -> bool {
        !self.touch
            && !self.pressed
            && !self.full_screen
            && now >= self.distracted_until
            && now >= self.typing_until
    }

    /// Whether the shopper is before the page, with nothing in hand.
    pub(super) fn rests(&self) -> bool {
        !self.hidden && !self.focus_lost && !self.outside && !self.full_screen && !self.field.is_open()
    }

    /// Whether a page that rests is a cart that waits. A product or a list is read.
    pub(super) fn cart_waits(&self, items: u32) -> bool {
        match self.page {
            PageKind::Cart | PageKind::Checkout => true,
            PageKind::Account | PageKind::Help | PageKind::Other => items > 0,
            PageKind::Product | PageKind::Listing => false,
        }
    }

    fn distracted(&mut self, now: UnixMillis) {
        self.distracted_until = now + DISTRACTION;
    }
}
