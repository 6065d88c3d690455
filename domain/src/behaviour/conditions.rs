//! What a store says at a trigger, and what it asks of the moment before.

use super::signal::PageKind;
use super::topic::Topic;
use super::verdict::Trigger;
use core::marker::PhantomData;

/// The moment a trigger fired in. Products are numbers here, as in the signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// The page's path, with its query.
    pub url: &'a str,
    /// What the page is for.
    pub page: PageKind,
    /// The product it shows.
    pub product: Option<u32>,
    /// What the moment is about.
    pub topic: Topic,
    /// The products in the cart.
    pub cart_products: &'a [u32],
    /// Pieces in the cart.
    pub cart_items: u32,
    /// What the cart is worth, in the currency's smallest unit, where known.
    pub cart_value_minor: Option<u64>,
    /// Whether it is held in a hand.
    pub phone: bool,
    /// Which visit of this browser it is, where visits may be remembered; else the first.
    pub visits: u32,
    /// The host the shopper came from; empty where none is told.
    pub referrer: &'a str,
    /// Minutes since midnight where the store is.
    pub minute_of_day: u16,
}

/// A condition. A rule speaks when all of its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The page's address fits one of these, `*` standing for anything.
    Url(Vec<String>),
    /// It fits none of these.
    UrlNot(Vec<String>),
    /// The page is of one of these kinds.
    Page(Few<PageKind>),
    /// It shows one of these products.
    Product(Vec<u32>),
    /// The moment is about one of these.
    Topic(Few<Topic>),
    /// One of these products is in the cart.
    CartHolds(Vec<u32>),
    /// So many pieces are in the cart.
    CartItems(Range),
    /// The cart is worth so much, in the currency's smallest unit. One whose worth is not known is worth nothing here.
    CartValueMinor(Range),
    /// The device.
    Phone(bool),
    /// Which visit it is.
    Visits(Range),
    /// The shopper came from one of these hosts, or from a host below one.
    Referrer(Vec<String>),
    /// The time of day in minutes since midnight, the end not counted; past midnight where the end is before the start.
    Hours {
        /// The first minute.
        from: u16,
        /// The first minute after.
        until: u16,
    },
}

/// Some of a few things, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Few<T> {
    bits: u32,
    of: PhantomData<T>,
}

impl<T> Few<T> {
    /// Those whose bits are set.
    pub const fn of(bits: u32) -> Self {
        Self { bits, of: PhantomData }
    }

    fn has(&self, place: u32) -> bool {
        self.bits >> place & 1 != 0
    }
}

/// From one number to another, both counted; open where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// At least.
    pub least: Option<u64>,
    /// At most.
    pub most: Option<u64>,
}

impl Range {
    fn holds(self, value: u64) -> bool {
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, situation: &Situation<'_>) -> bool {
        match self {
            Self::Url(patterns) => fits_one(patterns, situation.url),
            Self::UrlNot(patterns) => !fits_one(patterns, situation.url),
            Self::Page(kinds) => kinds.has(situation.page as u32),
            Self::Product(products) => situation.product.is_some_and(|shown| products.contains(&shown)),
            Self::Topic(topics) => topics.has(situation.topic as u32),
            Self::CartHolds(products) => products.iter().any(|held| situation.cart_products.contains(held)),
            Self::CartItems(range) => range.holds(situation.cart_items.into()),
            Self::CartValueMinor(range) => situation.cart_value_minor.is_some_and(|value| range.holds(value)),
            Self::Phone(phone) => *phone == situation.phone,
            Self::Visits(range) => range.holds(situation.visits.into()),
            Self::Referrer(hosts) => hosts.iter().any(|host| is_below(situation.referrer, host)),
            Self::Hours { from, until } if from <= until => {
                (*from..*until).contains(&situation.minute_of_day)
            }
            Self::Hours { from, until } => {
                situation.minute_of_day >= *from || situation.minute_of_day < *until
            }
        }
    }
}

/// What a store says at a trigger, under its conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The number of its id. What follows a `:` in the id is left out: those share what they may say in a week.
    pub number: u32,
    /// The trigger that calls for it.
    pub trigger: Trigger,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
    /// Of those that could speak the highest does.
    pub priority: u32,
    /// How often it may speak within seven days.
    pub per_week: u8,
}

impl Rule {
    /// A rule without conditions, once a week.
    pub fn new(number: u32, trigger: Trigger) -> Self {
        Self { number, trigger, conditions: Vec::new(), priority: 0, per_week: 1 }
    }

    /// Whether all of its conditions hold.
    pub fn fits(&self, situation: &Situation<'_>) -> bool {
        self.conditions.iter().all(|condition| condition.holds(situation))
    }
}

fn fits_one(patterns: &[String], text: &str) -> bool {
    patterns.iter().any(|pattern| fits(pattern.as_bytes(), text.as_bytes()))
}

/// Whether `text` fits `pattern`, in which `*` stands for anything. In time linear in both, or their product at worst.
fn fits(mut pattern: &[u8], mut text: &[u8]) -> bool {
    // What follows the last star, and what it may begin with.
    let mut retry: Option<(&[u8], &[u8])> = None;
    loop {
        match (pattern.split_first(), text.split_first()) {
            (Some((b'*', after)), _) => {
                pattern = after;
                retry = Some((after, text));
            }
            (Some((wanted, after)), Some((found, rest))) if wanted == found => {
                pattern = after;
                text = rest;
            }
            (None, None) => return true,
            _ => {
                let Some((after, (_, rest))) =
                    retry.and_then(|(after, from)| Some((after, from.split_first()?)))
                else {
                    return false;
                };
                pattern = after;
                text = rest;
                retry = Some((after, rest));
            }
        }
    }
}

fn is_below(referrer: &str, host: &str) -> bool {
    let before = referrer.strip_suffix(host);
    before.is_some_and(|before| !host.is_empty() && (before.is_empty() || before.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Situation<'_> = Situation {
        url: "/products/slack-water/?size=250",
        page: PageKind::Product,
        product: Some(1),
        topic: Topic::Leaving,
        cart_products: &[2, 3],
        cart_items: 3,
        cart_value_minor: Some(3_250),
        phone: false,
        visits: 1,
        referrer: "news.example.com",
        minute_of_day: 12 * 60,
    };

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn between(least: u64, most: u64) -> Range {
        Range { least: Some(least), most: Some(most) }
    }

    #[test]
    fn a_condition_holds_or_does_not() {
        for (condition, holds) in [
            (Condition::Url(texts(&["/products/*"])), true),
            (Condition::Url(texts(&["/cart", "*slack*"])), true),
            (Condition::Url(texts(&["/products/"])), false),
            (Condition::Url(texts(&["/*/slack-water/*250"])), true),
            (Condition::Url(texts(&["*/slack-water/"])), false),
            (Condition::Url(Vec::new()), false),
            (Condition::UrlNot(texts(&["/checkout*"])), true),
            (Condition::UrlNot(texts(&["*"])), false),
            (Condition::Page(Few::of(1 << PageKind::Cart as u32 | 1 << PageKind::Product as u32)), true),
            (Condition::Page(Few::of(1 << PageKind::Cart as u32)), false),
            (Condition::Product(vec![7, 1]), true),
            (Condition::Product(vec![2]), false),
            (Condition::CartHolds(vec![3]), true),
            (Condition::CartHolds(vec![1]), false),
            (Condition::Topic(Few::of(0b11)), true),
            (Condition::Topic(Few::of(0b100)), false),
            (Condition::CartItems(between(3, 9)), true),
            (Condition::CartItems(Range { least: Some(4), most: None }), false),
            (Condition::CartValueMinor(between(1, 3_499)), true),
            (Condition::CartValueMinor(Range { least: Some(3_500), most: None }), false),
            (Condition::Phone(false), true),
            (Condition::Phone(true), false),
            (Condition::Visits(between(1, 1)), true),
            (Condition::Visits(Range { least: Some(2), most: None }), false),
            (Condition::Referrer(texts(&["example.com"])), true),
            (Condition::Referrer(texts(&["ample.com", "news"])), false),
            (Condition::Hours { from: 9 * 60, until: 17 * 60 }, true),
            (Condition::Hours { from: 9 * 60, until: 12 * 60 }, false),
            (Condition::Hours { from: 22 * 60, until: 6 * 60 }, false),
            (Condition::Hours { from: 11 * 60, until: 6 * 60 }, true),
        ] {
            assert_eq!(condition.holds(&NOON), holds, "{condition:?}");
        }
        let unknown = Situation { cart_value_minor: None, ..NOON };
        assert!(!Condition::CartValueMinor(Range::default()).holds(&unknown));
    }

    proptest! {
        #[test]
        fn a_text_fits_its_own_pattern(parts in proptest::collection::vec("[a-c/]{0,4}", 1..5), between in "[a-c/]{0,6}") {
            let fits = |pattern: &str, text: &str| fits(pattern.as_bytes(), text.as_bytes());
            prop_assert!(fits(&parts.join("*"), &parts.join(&between)));
            prop_assert!(fits("*", &between));
            prop_assert_eq!(fits(&between, "abc"), between == "abc");
        }
    }
}
