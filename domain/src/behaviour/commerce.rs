//! Steps of buying as shops report them, in GA4's words.
//! <https://developers.google.com/analytics/devguides/collection/ga4/reference/events>

use super::memory::{Reader, Writer};
use super::signal::PageKind;

/// The GA4 events the sensors listen to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommerceEvent {
    /// A product's page was seen.
    ViewItem,
    /// Things were put into the cart.
    AddToCart,
    /// Things were taken out of it.
    RemoveFromCart,
    /// The cart was seen; the items are all it holds.
    ViewCart,
    /// Checkout began with these items.
    BeginCheckout,
    /// The shopper is paying.
    AddPaymentInfo,
    /// An order was placed; the cart is empty.
    Purchase,
}

impl CommerceEvent {
    /// Every one of them.
    pub const ALL: [Self; 7] = [
        Self::ViewItem,
        Self::AddToCart,
        Self::RemoveFromCart,
        Self::ViewCart,
        Self::BeginCheckout,
        Self::AddPaymentInfo,
        Self::Purchase,
    ];

    /// Its name in GA4.
    pub fn name(self) -> &'static str {
        match self {
            Self::ViewItem => "view_item",
            Self::AddToCart => "add_to_cart",
            Self::RemoveFromCart => "remove_from_cart",
            Self::ViewCart => "view_cart",
            Self::BeginCheckout => "begin_checkout",
            Self::AddPaymentInfo => "add_payment_info",
            Self::Purchase => "purchase",
        }
    }
}

/// As many lines of a cart as conditions look at.
const MOST_LINES: usize = 32;

/// What the shopper has in the cart and is doing with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Basket {
    pub(super) items: u32,
    /// The products in it, as far as is known.
    pub(super) lines: Vec<u32>,
    /// What it is worth, in the currency's smallest unit, as long as that is known.
    pub(super) value_minor: Option<u64>,
    /// Between the cart and the order.
    pub(super) in_checkout: bool,
    /// Paying, or just done: not the time to speak.
    pub(super) at_the_till: bool,
    /// This page told something of it.
    is_told: bool,
}

impl Basket {
    /// Nothing is known of it yet on a page of this kind.
    pub(super) fn at(page: PageKind) -> Self {
        Self { in_checkout: page == PageKind::Checkout, ..Self::default() }
    }

    /// `event` happened, and was about `items` things if it said.
    pub(super) fn hear(&mut self, event: CommerceEvent, items: Option<u32>) {
        let held = match event {
            CommerceEvent::AddToCart => self.items.saturating_add(items.unwrap_or(1)),
            CommerceEvent::RemoveFromCart => self.items.saturating_sub(items.unwrap_or(1)),
            CommerceEvent::ViewCart | CommerceEvent::BeginCheckout => items.unwrap_or(self.items),
            CommerceEvent::Purchase => 0,
            CommerceEvent::ViewItem | CommerceEvent::AddPaymentInfo => self.items,
        };
        if held != self.items {
            self.value_minor = None;
        }
        if held == 0 {
            self.lines.clear();
        }
        self.items = held;
        self.is_told |= event != CommerceEvent::ViewItem;
        self.at_the_till = matches!(event, CommerceEvent::AddPaymentInfo | CommerceEvent::Purchase);
    }

    /// The cart holds so many things, and nothing else is known of it yet.
    pub(super) fn changed(&mut self, items: u32) {
        self.items = items;
        self.value_minor = None;
        self.lines.clear();
        self.is_told = true;
    }

    /// Goes on from what an earlier page knew: this page knows better, but not where the shopper came from.
    pub(super) fn resume(&mut self, before: Self) {
        let in_checkout = before.in_checkout;
        if !self.is_told {
            *self = before;
        }
        self.in_checkout = in_checkout;
    }

    /// The cart holds `item`.
    pub(super) fn list(&mut self, item: u32) {
        if !self.lines.contains(&item) && self.lines.len() < MOST_LINES {
            self.lines.push(item);
        }
    }

    /// It no longer does.
    pub(super) fn strike(&mut self, item: u32) {
        self.lines.retain(|line| *line != item);
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.items.into());
        to.perhaps(self.value_minor);
        to.number((u8::from(self.in_checkout) | u8::from(self.at_the_till) << 1).into());
        to.number(self.lines.len() as u64);
        for line in &self.lines {
            to.number((*line).into());
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let (items, value_minor, flags) = (from.small(), from.perhaps(), from.number());
        let mut basket = Self {
            items,
            value_minor,
            in_checkout: flags & 1 != 0,
            at_the_till: flags & 2 != 0,
            is_told: false,
            lines: Vec::new(),
        };
        for _ in 0..from.small().min(u32::try_from(MOST_LINES).unwrap_or(0)) {
            basket.list(from.small());
        }
        basket
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_basket_follows_the_shops_events() {
        use CommerceEvent::*;
        let mut basket = Basket::default();
        for (event, items, held, at_the_till) in [
            (AddToCart, Some(2), 2, false),
            (AddToCart, None, 3, false),
            (RemoveFromCart, None, 2, false),
            (ViewCart, Some(5), 5, false),
            (ViewCart, None, 5, false),
            (BeginCheckout, Some(4), 4, false),
            (AddPaymentInfo, Some(4), 4, true),
            (ViewItem, Some(1), 4, false),
            (RemoveFromCart, Some(9), 0, false),
            (AddToCart, Some(u32::MAX), u32::MAX, false),
            (AddToCart, Some(1), u32::MAX, false),
            (Purchase, Some(4), 0, true),
        ] {
            basket.hear(event, items);
            assert_eq!((basket.items, basket.at_the_till), (held, at_the_till), "{event:?}");
        }
    }

    #[test]
    fn what_the_cart_holds_and_is_worth_is_known_as_long_as_it_is_told() {
        let mut basket = Basket::default();
        basket.changed(2);
        basket.list(7);
        basket.list(7);
        basket.value_minor = Some(900);
        basket.hear(CommerceEvent::ViewCart, Some(2));
        assert_eq!((basket.lines.as_slice(), basket.value_minor), (&[7][..], Some(900)));
        basket.hear(CommerceEvent::AddToCart, None);
        basket.list(8);
        assert_eq!((basket.lines.as_slice(), basket.value_minor), (&[7, 8][..], None));
        basket.strike(7);
        assert_eq!(basket.lines, [8]);
        (0..100).for_each(|item| basket.list(item));
        assert_eq!(basket.lines.len(), MOST_LINES);
        let mut writer = Writer::default();
        basket.write(&mut writer);
        let kept = Basket::read(&mut Reader::new(&writer.row()));
        assert_eq!(kept, Basket { is_told: false, ..basket.clone() });
        let mut fresh = Basket::at(PageKind::Product);
        fresh.resume(kept.clone());
        assert_eq!(fresh, kept, "a page that was told nothing goes on from the one before");
        let mut paying = Basket::at(PageKind::Checkout);
        paying.hear(CommerceEvent::AddPaymentInfo, None);
        paying.resume(Basket { in_checkout: true, ..kept });
        assert!(
            paying.at_the_till && paying.in_checkout && paying.items == 0,
            "what this page was told stands"
        );
        basket.hear(CommerceEvent::Purchase, None);
        assert!(basket.lines.is_empty() && basket.at_the_till);
    }
}
