use super::*;

/// Acts, and the seconds after each.
fn after(page: PageKind, acts: &[(Signal, u64)]) -> Visit {
    let mut visit = Visit::open_page(Page { kind: page, ..Page::default() });
    visit.wait(5_000);
    for &(act, seconds) in acts {
        visit.hear(act).wait(seconds * 1_000);
    }
    visit
}

const CLICK: Signal = Signal::Clicked { x: 400, y: 300, target: Target::Control };
const GUIDE: Signal = Signal::Clicked { x: 400, y: 300, target: Target::SizeGuide };
const DETAILS: Signal = Signal::Clicked { x: 400, y: 300, target: Target::Specification };

fn edit(edit: CartEdit, item: u32) -> (Signal, u64) {
    (Signal::CartEdited { edit, item }, 5)
}

fn product(id: u32) -> (Signal, u64) {
    (Signal::PageChanged { page: PageKind::Product, product: Some(id) }, 8)
}

fn page(page: PageKind) -> (Signal, u64) {
    (Signal::PageChanged { page, product: None }, 8)
}

fn variant(variant: u32) -> (Signal, u64) {
    (Signal::VariantChosen { variant }, 2)
}

fn field(field: Field, seconds: u64) -> [(Signal, u64); 2] {
    [(Signal::FieldEntered(field), seconds), (Signal::FieldLeft, 1)]
}

#[test]
fn hesitation_is_told_from_getting_on() {
    use CartEdit::{Added, Quantity, Removed};
    use PageKind::{Cart, Checkout, Listing, Product};
    let refused =
        [(Signal::FieldEntered(Field::Coupon), 3), (Signal::FieldTyped, 1), (Signal::CouponRefused, 4)];
    let empty = field(Field::Other, 6);
    let filled = [(Signal::FieldEntered(Field::Other), 1), (Signal::FieldTyped, 6), (Signal::FieldLeft, 1)];
    let away = [(Signal::PageHidden, 20), (Signal::PageShown, 1)];
    for (what, page_kind, acts, fired) in [
        ("in and out of the cart", Cart, vec![edit(Quantity, 1), edit(Removed, 2), edit(Added, 2)], true),
        (
            "one quantity, up and down",
            Cart,
            vec![edit(Quantity, 1), edit(Quantity, 1), edit(Quantity, 1)],
            true,
        ),
        ("a big basket", Listing, (1..9).map(|item| edit(Added, item)).collect(), false),
        ("a basket set right", Cart, vec![edit(Quantity, 1), edit(Removed, 2)], false),
        (
            "a change of mind now and then",
            Product,
            (0..5).map(|_| (edit(Removed, 1).0, 100)).collect(),
            false,
        ),
        ("two coupons refused", Cart, [refused, refused].concat(), true),
        ("a slip in a coupon", Cart, refused.to_vec(), false),
        (
            "a slip, then accepted",
            Cart,
            [&refused[..], &[(Signal::CouponAccepted, 1)], &refused].concat(),
            false,
        ),
        ("a coupon looked for elsewhere", Cart, [&refused[..], &away].concat(), true),
        ("back to the cart, twice", Cart, vec![page(Checkout), page(Cart), page(Checkout), page(Cart)], true),
        ("back to the cart, once", Cart, vec![page(Checkout), page(Cart), page(Checkout)], false),
        ("opened in the checkout and left", Checkout, vec![page(Cart), page(Checkout), page(Cart)], true),
        ("three fields left empty", Checkout, [empty, empty, empty].concat(), true),
        ("a field left empty", Checkout, empty.to_vec(), false),
        ("fields filled in", Checkout, [filled, filled, filled, filled].concat(), false),
        ("lists looked through", Checkout, (0..5).flat_map(|_| field(Field::List, 9)).collect(), false),
        ("clicked and clicked", Product, vec![(CLICK, 0), (CLICK, 0), (CLICK, 0)], true),
        ("clicked without an answer", Product, vec![(CLICK, 3), (CLICK, 3), (CLICK, 3), (CLICK, 3)], true),
        (
            "clicked, and answered",
            Product,
            (0..9).flat_map(|_| [(CLICK, 0), (Signal::PageResponded, 3)]).collect(),
            false,
        ),
    ] {
        let visit = after(page_kind, &acts);
        assert_eq!(visit.fired(), fired.then_some(Trigger::Hesitation), "{what}");
    }
}

#[test]
fn indecision_is_told_from_looking_round() {
    use PageKind::{Listing, Product};
    let copied = |what| (Signal::Copied(what), 2);
    let away = |seconds| [(Signal::PageHidden, seconds), (Signal::PageShown, 1)];
    for (what, acts, fired) in [
        ("two products in turn", vec![product(1), product(2), product(1), product(2)], true),
        (
            "two products in turn, through the list",
            vec![product(1), page(Listing), product(2), page(Listing), product(1), page(Listing), product(2)],
            true,
        ),
        ("three products in turn", [1, 2, 3, 1, 2].map(product).to_vec(), true),
        ("back to a product", vec![product(1), product(2), product(1)], false),
        ("one after the other", (1..9).map(product).collect(), false),
        ("to the list and back", [product(1), page(Listing)].repeat(4), false),
        ("from one product to many", [1, 2, 1, 3, 1, 4].map(product).to_vec(), false),
        ("a title copied, then away", [&[copied(Copied::Title)][..], &away(30)].concat(), true),
        ("a price copied, then away for long", [&[copied(Copied::Price)][..], &away(600)].concat(), true),
        ("a code copied, then a glance", [&[copied(Copied::Code)][..], &away(2)].concat(), false),
        ("copied, and away till tomorrow", [&[copied(Copied::Price)][..], &away(80_000)].concat(), false),
        ("a title copied", vec![copied(Copied::Title)], false),
        ("away", away(30).to_vec(), false),
        ("the size guide, twice", vec![(GUIDE, 9), variant(1), variant(2), (GUIDE, 9), variant(1)], true),
        ("the size guide", vec![(GUIDE, 9), variant(1), variant(2)], false),
        ("variants back and forth", [1, 2, 1, 2, 1, 2].map(variant).to_vec(), true),
        ("variants looked through", [1, 2, 3, 4].map(variant).to_vec(), false),
        ("the details, again and again", vec![(DETAILS, 9); 4], true),
        ("the details", vec![(DETAILS, 9); 2], false),
    ] {
        let visit = after(Product, &acts);
        assert_eq!(visit.fired(), fired.then_some(Trigger::Indecision), "{what}");
    }
}

#[test]
fn reading_is_not_idling() {
    let item = (Signal::CartChanged { items: 2 }, 0);
    for (what, page, acts, fired) in [
        ("a cart", PageKind::Cart, vec![], true),
        ("a checkout", PageKind::Checkout, vec![], true),
        ("a page with things in the cart", PageKind::Other, vec![item], true),
        ("a page without", PageKind::Other, vec![], false),
        ("a product", PageKind::Product, vec![item], false),
        ("a list", PageKind::Listing, vec![item], false),
        ("the card's frame", PageKind::Checkout, vec![(Signal::WindowLeft { to_frame: true }, 0)], false),
        ("another window", PageKind::Cart, vec![(Signal::WindowLeft { to_frame: false }, 0)], false),
        (
            "another screen",
            PageKind::Cart,
            vec![(Signal::PointerLeft { x: -5, y: 300, pressed: false }, 0)],
            false,
        ),
        ("a video", PageKind::Cart, vec![(Signal::FullScreen(true), 0)], false),
    ] {
        let mut visit = after(page, &acts);
        visit.wait(300_000);
        assert_eq!(visit.fired(), fired.then_some(Trigger::IdleCart), "{what}");
    }
}

#[test]
fn a_detector_that_is_off_notices_nothing() {
    let two_refused = [(Signal::CouponRefused, 2), (Signal::CouponRefused, 2), (Signal::CouponRefused, 2)];
    for (detector, page, acts) in [
        (Detector::Coupon, PageKind::Cart, two_refused.to_vec()),
        (Detector::CartEdits, PageKind::Cart, vec![edit(CartEdit::Removed, 1); 4]),
        (Detector::Checkout, PageKind::Cart, [page(PageKind::Checkout), page(PageKind::Cart)].repeat(3)),
        (Detector::Fields, PageKind::Checkout, field(Field::Other, 6).repeat(4)),
        (Detector::Clicks, PageKind::Product, vec![(CLICK, 0); 4]),
        (Detector::Copies, PageKind::Product, vec![(Signal::Copied(Copied::Price), 1); 2]),
        (Detector::Variants, PageKind::Product, vec![(GUIDE, 5); 3]),
        (Detector::Products, PageKind::Product, [1, 2, 1, 2].map(product).to_vec()),
        (Detector::IdleCart, PageKind::Cart, vec![(Signal::PointerEntered, 25)]),
    ] {
        for (detectors, fires) in [(Detectors::ALL, true), (Detectors::ALL.without(detector), false)] {
            let mut behaviour = Behaviour::new(
                detectors,
                Millis::seconds(20),
                Page { opened: LOADED, kind: page, ..Page::default() },
            );
            let (mut now, mut fired) = (LOADED, false);
            for &(act, seconds) in &acts {
                fired |= behaviour.handle(now, act).is_some();
                now = now + Millis::seconds(seconds);
                fired |= behaviour.next_wakeup().is_some_and(|at| at <= now)
                    && behaviour.handle(now, Signal::WokeUp).is_some();
            }
            assert_eq!(fired, fires, "{detector:?} {fires}");
        }
    }
}
