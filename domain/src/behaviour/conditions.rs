//! What a store asks of the moment before a rule may speak.

use super::signal::PageKind;

/// The moment a rule fired in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Situation<'a> {
    /// The page's path, with its query.
    pub url: &'a str,
    /// What the page is for.
    pub page: PageKind,
    /// The product it shows.
    pub product: Option<&'a str>,
    /// The products in the cart.
    pub cart_products: &'a [&'a str],
    /// Pieces in the cart.
    pub cart_items: u32,
    /// What the cart is worth, in the currency's smallest unit, where known.
    pub cart_value_minor: Option<i64>,
    /// Whether it is held in a hand.
    pub phone: bool,
    /// The visits of this browser, this one counted, where they may be remembered.
    pub visits: Option<u32>,
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
    Page(Vec<PageKind>),
    /// It shows one of these products.
    Product(Vec<String>),
    /// One of these products is in the cart.
    CartHolds(Vec<String>),
    /// So many pieces are in the cart.
    CartItems(Range<u32>),
    /// The cart is worth so much, in the currency's smallest unit. One whose worth is not known is worth nothing here.
    CartValueMinor(Range<i64>),
    /// The device.
    Phone(bool),
    /// Which visit it is. Where visits may not be remembered it is the first.
    Visits(Range<u32>),
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

/// From one number to another, both counted; open where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range<T> {
    /// At least.
    pub least: Option<T>,
    /// At most.
    pub most: Option<T>,
}

impl<T: PartialOrd + Copy> Range<T> {
    fn holds(self, value: T) -> bool {
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, situation: &Situation<'_>) -> bool {
        match self {
            Self::Url(patterns) => patterns.iter().any(|pattern| fits(pattern, situation.url)),
            Self::UrlNot(patterns) => !patterns.iter().any(|pattern| fits(pattern, situation.url)),
            Self::Page(kinds) => kinds.contains(&situation.page),
            Self::Product(products) => situation.product.is_some_and(|shown| names(products, shown)),
            Self::CartHolds(products) => situation.cart_products.iter().any(|held| names(products, held)),
            Self::CartItems(range) => range.holds(situation.cart_items),
            Self::CartValueMinor(range) => situation.cart_value_minor.is_some_and(|value| range.holds(value)),
            Self::Phone(phone) => *phone == situation.phone,
            Self::Visits(range) => range.holds(situation.visits.unwrap_or(1)),
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

/// What a store says at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreRule<Say> {
    /// The verdict that calls for it.
    pub rule: super::Rule,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
    /// Of those that could speak the highest does.
    pub priority: i32,
    /// What is said.
    pub say: Say,
}

/// The rule that speaks: the first of the highest priority whose conditions hold.
pub fn speaking<'a, Say>(
    rules: &'a [StoreRule<Say>],
    verdict: super::Rule,
    situation: &Situation<'_>,
) -> Option<&'a StoreRule<Say>> {
    rules
        .iter()
        .filter(|rule| {
            rule.rule == verdict && rule.conditions.iter().all(|condition| condition.holds(situation))
        })
        .rev()
        .max_by_key(|rule| rule.priority)
}

/// Whether `text` fits `pattern`, in which `*` stands for anything. In time linear in both, or their product at worst.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(rest) = parts.next().and_then(|start| text.strip_prefix(start)) else { return false };
    let Some(end) = parts.next_back() else { return rest.is_empty() };
    let mut rest = rest;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(end)
}

fn names(products: &[String], shown: &str) -> bool {
    products.iter().any(|product| product == shown)
}

fn is_below(referrer: &str, host: &str) -> bool {
    referrer
        .strip_suffix(host)
        .is_some_and(|before| !host.is_empty() && (before.is_empty() || before.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::*;
    use proptest::prelude::*;

    const NOON: Situation<'_> = Situation {
        url: "/products/slack-water/?size=250",
        page: PageKind::Product,
        product: Some("HC-SLW"),
        cart_products: &["HC-TAB", "HC-DSC"],
        cart_items: 3,
        cart_value_minor: Some(3_250),
        phone: false,
        visits: None,
        referrer: "news.example.com",
        minute_of_day: 12 * 60,
    };

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn between<T>(least: T, most: T) -> Range<T> {
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
            (Condition::Page(vec![PageKind::Cart, PageKind::Product]), true),
            (Condition::Page(vec![PageKind::Cart]), false),
            (Condition::Product(texts(&["HC-SLW"])), true),
            (Condition::Product(texts(&["HC-S"])), false),
            (Condition::CartHolds(texts(&["HC-DSC"])), true),
            (Condition::CartHolds(texts(&["HC-SLW"])), false),
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

    #[test]
    fn the_first_of_the_highest_priority_speaks() {
        let rule = |say, priority, conditions| StoreRule { rule: Rule::Exit, conditions, priority, say };
        let rules = [
            rule("plain", 0, Vec::new()),
            rule("on phones", 9, vec![Condition::Phone(true)]),
            rule("with a cart", 5, vec![Condition::CartItems(Range { least: Some(1), most: None })]),
            rule("with a cart, too", 5, Vec::new()),
            StoreRule { rule: Rule::Hesitation, conditions: Vec::new(), priority: 99, say: "stuck" },
        ];
        let says =
            |verdict, situation: Situation<'_>| speaking(&rules, verdict, &situation).map(|rule| rule.say);
        assert_eq!(says(Rule::Exit, NOON), Some("with a cart"));
        assert_eq!(says(Rule::Exit, Situation { phone: true, ..NOON }), Some("on phones"));
        assert_eq!(says(Rule::Exit, Situation { cart_items: 0, ..NOON }), Some("with a cart, too"));
        assert_eq!(says(Rule::Hesitation, NOON), Some("stuck"));
        assert_eq!(says(Rule::IdleCart, NOON), None);
    }

    proptest! {
        #[test]
        fn a_text_fits_its_own_pattern(parts in proptest::collection::vec("[a-c/]{0,4}", 1..5), between in "[a-c/]{0,6}") {
            prop_assert!(fits(&parts.join("*"), &parts.join(&between)));
            prop_assert!(fits("*", &between));
            prop_assert_eq!(fits(&between, "abc"), between == "abc");
        }
    }
}
