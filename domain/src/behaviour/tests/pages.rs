//! What a visit of several pages comes to, each of them loaded anew.

use super::*;
use proptest::prelude::*;

/// A tab whose pages remember.
struct Tab {
    manners: Manners,
    now: UnixMillis,
    kept: Vec<u64>,
    moments: Vec<Moment>,
}

impl Tab {
    fn open(manners: Manners) -> Self {
        Self { manners, now: LOADED, kept: Vec::new(), moments: Vec::new() }
    }

    /// Loads a page, does these things on it, and looks at it for so long in all.
    fn page(&mut self, kind: PageKind, product: Option<u32>, acts: &[Signal], seconds: u64) -> &mut Self {
        let mut watch = Watch::new(self.manners.clone(), Page { opened: self.now, kind, ..Page::default() });
        watch.resume(self.now, &self.kept);
        let until = self.now + Millis::seconds(seconds);
        let arrived = Signal::PageChanged { page: kind, product };
        for &act in [arrived].iter().chain(acts) {
            self.moments.extend(watch.handle(self.now, act));
        }
        while let Some(at) = watch.next_wakeup().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.moments.extend(watch.handle(self.now, Signal::WokeUp));
        }
        self.now = until;
        self.moments.extend(watch.handle(self.now, Signal::PageHidden));
        self.kept = watch.remember();
        self
    }

    fn triggers(&self) -> Vec<Trigger> {
        self.moments.iter().map(|moment| moment.verdict.trigger).collect()
    }
}

#[test]
fn products_are_weighed_over_pages() {
    let mut tab = Tab::open(manners());
    for product in [1, 2, 1, 2] {
        tab.page(PageKind::Product, Some(product), &[], 8);
    }
    assert_eq!(tab.triggers(), [Trigger::Indecision]);
    assert_eq!((tab.moments[0].topic, tab.moments[0].products), (Topic::Products, [Some(2), Some(1)]));
    let mut forgetful = Tab::open(manners());
    for product in [1, 2, 1, 2] {
        forgetful.page(PageKind::Product, Some(product), &[], 8);
        forgetful.kept.clear();
    }
    assert_eq!(forgetful.triggers(), []);
    let mut reloaded = Tab::open(manners());
    for _ in 0..6 {
        reloaded.page(PageKind::Product, Some(1), &[], 8);
    }
    assert_eq!(reloaded.triggers(), [], "the same page again is no other product");
}

#[test]
fn who_comes_back_from_the_checkout_is_noticed() {
    let mut tab = Tab::open(manners());
    tab.page(PageKind::Checkout, None, &[], 20).page(PageKind::Cart, None, &[], 10);
    tab.page(PageKind::Checkout, None, &[], 20).page(PageKind::Cart, None, &[], 10);
    assert_eq!(tab.triggers(), [Trigger::Hesitation]);
    let mut bought = Tab::open(manners());
    let purchase = Signal::Commerce { event: CommerceEvent::Purchase, items: None };
    bought.page(PageKind::Checkout, None, &[purchase], 9).page(PageKind::Listing, None, &[], 9);
    bought.page(PageKind::Checkout, None, &[purchase], 9).page(PageKind::Listing, None, &[], 9);
    assert_eq!(bought.triggers(), []);
}

#[test]
fn limits_hold_over_pages_and_another_visit_begins_anew() {
    let waits = [Signal::CartChanged { items: 1 }];
    let limits = Limits { per_week: 8, ..LIMITS };
    let rules = vec![Rule { per_week: 8, ..Rule::new(1, Trigger::IdleCart) }];
    let mut tab = Tab::open(Manners { rules, limits, ..manners() });
    for _ in 0..4 {
        tab.page(PageKind::Cart, None, &waits, 100);
    }
    assert_eq!(tab.moments.len(), 1, "one in a visit");
    tab.now = tab.now + VISIT_ENDS_AFTER;
    tab.page(PageKind::Cart, None, &waits, 100);
    assert_eq!(tab.moments.len(), 2);
    let mut watch = Watch::new(manners(), Page { opened: tab.now, ..Page::default() });
    watch.resume(tab.now, &tab.kept);
    watch.handle(tab.now, Signal::Touched);
    assert_eq!(watch.remember().len(), tab.kept.len());
}

#[test]
fn what_was_shown_before_the_consent_counts_after_it() {
    let mut tab = Tab::open(manners());
    tab.page(PageKind::Product, None, &[], 5);
    let mut watch = Watch::new(manners(), Page { opened: tab.now, kind: PageKind::Cart, ..Page::default() });
    let shown = watch.handle(tab.now + Millis::seconds(61), Signal::WokeUp);
    assert!(shown.is_some());
    for kept in [tab.kept.clone(), watch.remember()] {
        watch.resume(tab.now + Millis::seconds(62), &kept);
        assert_eq!(watch.handle(tab.now + Millis::minutes(9), Signal::WokeUp), None);
    }
}

#[test]
fn a_cart_is_known_on_the_next_page() {
    let mut tab = Tab::open(manners());
    let cart = [
        Signal::CartChanged { items: 3 },
        Signal::CartListed { item: 7 },
        Signal::CartWorth { minor_units: 4_500 },
    ];
    tab.page(PageKind::Product, Some(7), &cart, 5);
    let holds = |conditions| {
        let rules = vec![Rule { conditions, ..Rule::new(1, Trigger::IdleCart) }];
        let mut next =
            Tab { manners: Manners { rules, ..manners() }, kept: tab.kept.clone(), ..Tab::open(manners()) };
        next.now = tab.now;
        next.page(PageKind::Cart, None, &[], 70).moments.len()
    };
    let between = |least, most| Range { least: Some(least), most: Some(most) };
    assert_eq!(holds(vec![Condition::CartHolds(vec![7]), Condition::CartItems(between(3, 3))]), 1);
    assert_eq!(holds(vec![Condition::CartValueMinor(between(4_000, 5_000))]), 1);
    assert_eq!(holds(vec![Condition::CartValueMinor(between(4_501, 9_000))]), 0);
    assert_eq!(holds(vec![Condition::CartHolds(vec![8])]), 0);
}

#[test]
fn every_rule_is_told_why_it_was_silent() {
    let rule =
        |number, priority, conditions| Rule { conditions, priority, ..Rule::new(number, Trigger::IdleCart) };
    let rules = vec![
        rule(1, 1, Vec::new()),
        rule(2, 5, vec![Condition::Phone(true)]),
        rule(3, 3, Vec::new()),
        rule(4, 3, Vec::new()),
        Rule::new(5, Trigger::Exit),
    ];
    let watch = |acts: &[Signal], limits: Limits| {
        let mut watch = Watch::new(
            Manners { rules: rules.clone(), limits, ..manners() },
            Page { opened: LOADED, kind: PageKind::Cart, ..Page::default() },
        );
        for &act in acts {
            watch.handle(LOADED, act);
        }
        let moment = watch.handle(LOADED + Millis::seconds(61), Signal::WokeUp);
        let outcomes: Vec<Option<Result<(), Refusal>>> =
            watch.judged().iter().map(|judged| judged.map(|(_, outcome)| outcome)).collect();
        (moment.map(|moment| moment.rule), outcomes)
    };
    let outranked = Some(Err(Refusal::Outranked));
    let conditions = Some(Err(Refusal::Conditions));
    assert_eq!(watch(&[], LIMITS), (Some(2), vec![outranked, conditions, Some(Ok(())), outranked, None]));
    for (act, refusal) in [
        (Signal::PanelOpened, Refusal::Panel),
        (Signal::OverlayOpened, Refusal::Overlay),
        (Signal::Declined(Decline::Closed), Refusal::Quiet),
    ] {
        let silent = Some(Err(refusal));
        assert_eq!(
            watch(&[act], LIMITS),
            (None, vec![silent, conditions, silent, silent, None]),
            "{refusal:?}"
        );
    }
    let none = Some(Err(Refusal::Visit));
    assert_eq!(watch(&[], Limits { per_visit: 0, ..LIMITS }).1[0], none);
}

#[test]
fn who_only_passes_by_or_is_sure_is_left_alone() {
    let leave = |tab: &mut Tab| {
        let moves = [420, 400, 390, 300, 230, 170, 120, 80, 50, 30, 15, 6, 2];
        let mut watch = Watch::new(
            tab.manners.clone(),
            Page { opened: tab.now, kind: PageKind::Product, ..Page::default() },
        );
        watch.resume(tab.now, &tab.kept);
        let mut at = tab.now + Millis::seconds(6);
        for y in moves {
            at = at + Millis(16);
            watch.handle(at, Signal::PointerMoved { x: 500, y });
        }
        watch.handle(at + Millis(16), Signal::PointerLeft { x: 500, y: -4, pressed: false });
        let due = watch.next_wakeup().unwrap();
        let moment = watch.handle(due, Signal::WokeUp);
        (watch.interest(), moment.is_some())
    };
    let mut tab = Tab::open(manners());
    assert_eq!(leave(&mut tab), (Interest::Open, true), "nothing is known of a visit's first page");
    for page in 0..4 {
        tab.page(PageKind::Help, None, &[], 1).page(PageKind::Product, Some(page), &[], 1);
    }
    let (interest, spoke) = leave(&mut tab);
    assert_eq!(spoke, interest == Interest::Open, "{interest:?}");
    tab.manners.purchase_gate = false;
    assert!(leave(&mut tab).1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever was kept, by whomever: it is read, and lifts no limit.
    #[test]
    fn any_row_is_survived(row in proptest::collection::vec(prop_oneof![0..5u64, any::<u64>()], 0..140), ahead in 0..1u64 << 44) {
        let opened = UnixMillis(LOADED.0 / 2 + ahead);
        let mut watch = Watch::new(manners(), Page { opened, kind: PageKind::Cart, ..Page::default() });
        watch.set_quiet(Quiet { until: opened + Millis::hours(1) });
        watch.resume(opened, &[&[1][..], &row].concat());
        for minutes in 0..50 {
            let moment = watch.handle(opened + Millis::minutes(minutes), Signal::WokeUp);
            prop_assert_eq!(moment, None, "silence was asked for");
        }
        let kept = watch.remember();
        prop_assert!(kept.len() < 140 && kept.iter().all(|number| *number < 1 << 53));
        let mut next = Watch::new(manners(), Page { opened, ..Page::default() });
        next.resume(opened + Millis::minutes(50), &kept);
        prop_assert_eq!(next.remember().len(), kept.len());
    }
}
