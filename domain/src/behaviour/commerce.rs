//! Steps of buying as shops report them, in GA4's words.
//! <https://developers.google.com/analytics/devguides/collection/ga4/reference/events>

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

/// What the shopper has in the cart and is doing with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Basket {
    pub(super) items: u32,
    /// Between the cart and the order.
    pub(super) in_checkout: bool,
    /// Paying, or just done: not the time to speak.
    pub(super) at_the_till: bool,
}

impl Basket {
    /// The basket after `event`, which was about `items` things if it said.
    pub(super) fn after(self, event: CommerceEvent, items: Option<u32>) -> Self {
        let held = match event {
            CommerceEvent::AddToCart => self.items.saturating_add(items.unwrap_or(1)),
            CommerceEvent::RemoveFromCart => self.items.saturating_sub(items.unwrap_or(1)),
            CommerceEvent::ViewCart | CommerceEvent::BeginCheckout => items.unwrap_or(self.items),
            CommerceEvent::Purchase => 0,
            CommerceEvent::ViewItem | CommerceEvent::AddPaymentInfo => self.items,
        };
        Self {
            items: held,
            in_checkout: self.in_checkout,
            at_the_till: matches!(event, CommerceEvent::AddPaymentInfo | CommerceEvent::Purchase),
        }
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
            basket = basket.after(event, items);
            assert_eq!((basket.items, basket.at_the_till), (held, at_the_till), "{event:?}");
        }
    }
}
