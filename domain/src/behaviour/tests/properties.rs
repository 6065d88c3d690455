use super::*;
use proptest::prelude::*;

fn any_target() -> impl Strategy<Value = Target> {
    proptest::sample::select(vec![
        Target::Control,
        Target::Stepper,
        Target::SizeGuide,
        Target::Specification,
        Target::Plain,
    ])
}

fn any_page() -> impl Strategy<Value = PageKind> {
    proptest::sample::select(vec![
        PageKind::Product,
        PageKind::Listing,
        PageKind::Cart,
        PageKind::Checkout,
        PageKind::Other,
    ])
}

fn any_plain_signal() -> impl Strategy<Value = Signal> {
    proptest::sample::select(vec![
        Signal::PointerEntered,
        Signal::PointerPressed,
        Signal::PointerReleased,
        Signal::Touched,
        Signal::PageResponded,
        Signal::MenuOpened,
        Signal::KeyPressed,
        Signal::AddressKeyPressed,
        Signal::FieldEntered(Field::Coupon),
        Signal::FieldEntered(Field::Search),
        Signal::FieldEntered(Field::List),
        Signal::FieldEntered(Field::Other),
        Signal::FieldTyped,
        Signal::FieldLeft,
        Signal::PageShown,
        Signal::PageHidden,
        Signal::WindowLeft { to_frame: true },
        Signal::WindowLeft { to_frame: false },
        Signal::WindowEntered,
        Signal::FullScreen(true),
        Signal::FullScreen(false),
        Signal::OverlayOpened,
        Signal::OverlayClosed,
        Signal::Copied(Copied::Title),
        Signal::Copied(Copied::Price),
        Signal::Copied(Copied::Code),
        Signal::CouponRefused,
        Signal::CouponAccepted,
        Signal::PanelOpened,
        Signal::PanelClosed,
        Signal::WokeUp,
        Signal::Declined(Decline::Closed),
        Signal::Declined(Decline::NotNow),
    ])
}

fn any_signal() -> impl Strategy<Value = Signal> {
    let edit = proptest::sample::select(vec![CartEdit::Added, CartEdit::Removed, CartEdit::Quantity]);
    prop_oneof![
        4 => (any::<i32>(), any::<i32>()).prop_map(|(x, y)| Signal::PointerMoved { x, y }),
        8 => (-60..900).prop_map(|y| Signal::PointerMoved { x: 500, y }),
        6 => (-60..900, any::<bool>()).prop_map(|(y, pressed)| Signal::PointerLeft { x: 500, y, pressed }),
        6 => (0..3_000).prop_map(|y| Signal::Scrolled { y }),
        1 => any::<i32>().prop_map(|y| Signal::Scrolled { y }),
        30 => any_plain_signal(),
        4 => (0..60, any_target()).prop_map(|(x, target)| Signal::Clicked { x, y: 9, target }),
        1 => (any::<i32>(), any_target()).prop_map(|(x, target)| Signal::Clicked { x, y: -x.max(-5), target }),
        3 => (any_page(), proptest::option::of(0..5u32)).prop_map(|(page, product)| Signal::PageChanged { page, product }),
        3 => (0..5u32).prop_map(|variant| Signal::VariantChosen { variant }),
        3 => (edit, 0..5u32).prop_map(|(edit, item)| Signal::CartEdited { edit, item }),
        2 => (any::<i32>(), any::<i32>()).prop_map(|(width, height)| Signal::WindowResized { width, height }),
        4 => any::<u32>().prop_map(|items| Signal::CartChanged { items }),
        4 => (proptest::sample::select(CommerceEvent::ALL.to_vec()), proptest::option::of(any::<u32>()))
            .prop_map(|(event, items)| Signal::Commerce { event, items }),
    ]
}

fn any_acts() -> impl Strategy<Value = Vec<(Signal, i64)>> {
    let passed = prop_oneof![-5_000..5_000i64, 0..300i64, Just(70_000), 0..1i64 << 40];
    proptest::collection::vec((any_signal(), passed), 0..200)
}

proptest! {
    /// Whatever comes, in whatever order and with whatever clock: every score is explained by at most five reasons.
    #[test]
    fn every_verdict_is_explained(
        touch in any::<bool>(), kind in any_page(), patience in 0..100_000u64, acts in any_acts(),
    ) {
        let page = Page { opened: LOADED, kind, touch, width: 1_200, height: 700 };
        let mut behaviour = Behaviour::new(Detectors::ALL, Millis(patience + 1), page);
        let mut now = LOADED;
        for (act, passed) in acts {
            for signal in [act, Signal::WokeUp] {
                let Some(Verdict { trigger, card }) = behaviour.handle(now, signal) else { continue };
                let reasons: Vec<(Reason, i32)> = card.reasons().collect();
                prop_assert!((1..=MAX_REASONS).contains(&reasons.len()));
                prop_assert_eq!(reasons.iter().map(|(_, points)| points).sum::<i32>(), card.score());
                prop_assert!(card.score() >= trigger.threshold());
                for (n, (reason, points)) in reasons.iter().enumerate() {
                    prop_assert!(reasons[..n].iter().all(|(other, _)| other != reason));
                    prop_assert!(points.signum() == reason.points().signum());
                    prop_assert!(trigger == Trigger::Exit || reason.trigger() == trigger);
                }
            }
            now = UnixMillis(now.0.saturating_add_signed(passed));
        }
    }

    /// Nor is there an card too many, or one while the shopper asked for silence, cannot see the page, types, pays,
    /// or has a dialog or the panel open.
    #[test]
    fn the_manners_hold(first in 0..20_000u64, per_visit in 0..3u8, gap in 0..60_000u64, acts in any_acts()) {
        let limits = Limits { first: Millis(first), per_visit, per_week: 3, gap: Millis(gap), ..LIMITS };
        let mut watch = Watch::new(Manners { limits, ..manners() }, Page { opened: LOADED, ..Page::default() });
        let (mut now, mut latest, mut cards) = (LOADED, LOADED, Vec::new());
        let (mut hidden, mut panel, mut overlay, mut typed) = (false, false, false, UnixMillis(0));
        for (act, passed) in acts {
            latest = latest.max(now);
            match act {
                Signal::PageHidden => hidden = true,
                Signal::PageShown => hidden = false,
                Signal::PanelOpened => panel = true,
                Signal::PanelClosed => panel = false,
                Signal::OverlayOpened => overlay = true,
                Signal::OverlayClosed => overlay = false,
                Signal::KeyPressed | Signal::FieldTyped => typed = latest,
                _ => {}
            }
            for signal in [act].into_iter().chain([Signal::WokeUp; 6]) {
                if watch.handle(now, signal).is_some() {
                    prop_assert!(!hidden && !panel && !overlay && !watch.behaviour().at_the_till());
                    prop_assert!(latest >= watch.quiet().until && latest >= LOADED + Millis(first));
                    prop_assert!(latest.since(typed) >= Millis::seconds(3));
                    prop_assert!(cards.last().is_none_or(|&at| latest.since(at) >= Millis(gap)));
                    cards.push(latest);
                    let week = cards.iter().filter(|at| latest.since(**at) < Millis::days(7));
                    prop_assert!(week.count() <= 3);
                }
            }
            // Or the shell would wake up again and again.
            prop_assert!(watch.next_wakeup().is_none_or(|at| at > latest));
            now = UnixMillis(now.0.saturating_add_signed(passed));
        }
        prop_assert!(per_visit > 0 || cards.is_empty());
    }
}

#[test]
fn the_state_is_small() {
    assert!(size_of::<Watch>() <= 4_096, "{} bytes", size_of::<Watch>());
}
