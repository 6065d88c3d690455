//! What a shopper does, act by act, and whether it is a reason to speak.

use super::*;
use crate::time::{Millis, UnixMillis};
use proptest::prelude::*;

const LOADED: UnixMillis = UnixMillis(1_700_000_000_000);
const RULES: Rules = Rules { exit: true, idle_cart: Some(Millis::seconds(60)) };

/// A page whose clock the test moves; wake-ups come when they were asked for.
struct Page {
    behaviour: Behaviour,
    now: UnixMillis,
    verdicts: Vec<(Rule, u64)>,
}

impl Page {
    fn open(rules: Rules) -> Self {
        Self { behaviour: Behaviour::new(rules, LOADED), now: LOADED, verdicts: Vec::new() }
    }

    /// A page looked at for five seconds, the pointer moving in its middle.
    fn looked_at() -> Self {
        let mut page = Self::open(RULES);
        for n in 0..50 {
            page.wait(100).hear(Signal::PointerMoved { y: 400 + n % 7 });
        }
        page
    }

    fn hear(&mut self, signal: Signal) -> &mut Self {
        if let Some(verdict) = self.behaviour.handle(self.now, signal) {
            self.verdicts.push((verdict.rule, self.now.since(LOADED).0));
        }
        self
    }

    fn hear_all(&mut self, signals: &[Signal]) -> &mut Self {
        for &signal in signals {
            self.hear(signal);
        }
        self
    }

    fn wait(&mut self, millis: u64) -> &mut Self {
        let until = self.now + Millis(millis);
        while let Some(at) = self.behaviour.next_wakeup().filter(|&at| at <= until) {
            self.now = self.now.max(at);
            self.hear(Signal::WokeUp);
        }
        self.now = until;
        self
    }

    /// Goes up and out with a hand that slows down.
    fn leave(&mut self) -> &mut Self {
        for y in [300, 230, 170, 120, 80, 50, 30, 15, 6, 2] {
            self.wait(16).hear(Signal::PointerMoved { y });
        }
        self.wait(16).hear(Signal::PointerLeft { y: -4, pressed: false })
    }

    fn fired(&self) -> Option<Rule> {
        self.verdicts.first().map(|&(rule, _)| rule)
    }
}

#[test]
fn leaving_through_the_top_counts_after_it_held() {
    let mut page = Page::looked_at();
    page.leave();
    let left = page.now.since(LOADED).0;
    page.wait(5_000);
    assert_eq!(page.verdicts, [(Rule::Exit, left + 300)]);
}

#[test]
fn coming_back_in_time_is_an_overshoot() {
    let mut page = Page::looked_at();
    page.leave().wait(290).hear(Signal::PointerEntered).wait(5_000);
    assert_eq!(page.fired(), None);
    page.leave().wait(290).hear(Signal::PointerMoved { y: 3 }).wait(5_000);
    assert_eq!(page.fired(), None);
    page.leave().wait(301);
    assert_eq!(page.fired(), Some(Rule::Exit));
}

#[test]
fn what_accounts_for_a_leave_keeps_it_from_counting() {
    let told = |event| Signal::Commerce { event, items: None };
    let declined = Signal::Declined(Decline::Closed);
    for (what, acts, then_ms, fired) in [
        ("nothing", vec![], 0, true),
        ("a select was just opened", vec![Signal::FieldEntered], 0, false),
        ("a field was entered a while ago", vec![Signal::FieldEntered], 2_000, true),
        ("just typed", vec![Signal::KeyPressed], 500, false),
        ("typed a second ago", vec![Signal::KeyPressed], 1_000, true),
        ("a context menu", vec![Signal::MenuOpened], 1_000, false),
        ("a finger", vec![Signal::Touched], 0, false),
        ("the window was resized", vec![Signal::WindowResized], 0, false),
        ("the panel is open", vec![Signal::PanelOpened], 60_000, false),
        ("the panel was closed", vec![Signal::PanelOpened, Signal::PanelClosed], 0, true),
        ("a dialog is open", vec![Signal::OverlayOpened], 60_000, false),
        ("a dialog was closed", vec![Signal::OverlayOpened, Signal::OverlayClosed], 0, true),
        ("paying", vec![told(CommerceEvent::AddPaymentInfo)], 0, false),
        ("bought", vec![told(CommerceEvent::Purchase)], 0, false),
        (
            "bought, and looking on",
            vec![told(CommerceEvent::Purchase), told(CommerceEvent::ViewItem)],
            0,
            true,
        ),
        ("declined", vec![declined], 60_000, false),
        ("declined eight days ago", vec![declined], 8 * 86_400_000, true),
    ] {
        let mut page = Page::looked_at();
        page.hear_all(&acts).wait(then_ms).leave().wait(400);
        assert_eq!(page.fired(), fired.then_some(Rule::Exit), "{what}");
    }
}

#[test]
fn only_the_top_edge_is_the_way_out() {
    for (y, pressed, fired) in [
        (-40, false, Some(Rule::Exit)),
        (3, false, Some(Rule::Exit)),
        (4, false, None),
        (800, false, None),
        (-4, true, None),
    ] {
        let mut page = Page::looked_at();
        page.wait(200);
        for y in [90, 70, 50, 35, 22, 12, 6] {
            page.wait(16).hear(Signal::PointerMoved { y });
        }
        page.wait(16).hear(Signal::PointerLeft { y, pressed }).wait(1_000);
        assert_eq!(page.fired(), fired, "left at {y}, pressed: {pressed}");
    }
}

#[test]
fn a_page_just_opened_is_left_without_a_word() {
    let mut page = Page::open(RULES);
    page.wait(1_000).leave().wait(1_000);
    assert_eq!(page.fired(), None);
    let mut page = Page::open(RULES);
    page.wait(4_000)
        .hear(Signal::PointerMoved { y: 5 })
        .hear(Signal::PointerLeft { y: -1, pressed: false })
        .wait(1_000);
    assert_eq!(page.fired(), None);
    let mut page = Page::open(RULES);
    page.wait(1_500).leave().wait(1_000);
    assert_eq!(page.fired(), Some(Rule::Exit));
}

#[test]
fn a_hidden_page_says_nothing() {
    let mut page = Page::looked_at();
    page.leave().wait(100).hear(Signal::PageHidden).wait(60_000);
    assert_eq!(page.fired(), None);
    page.hear(Signal::PageShown).leave().wait(400);
    assert_eq!(page.fired(), Some(Rule::Exit));
}

#[test]
fn an_idle_cart_is_noticed_once_and_only_while_nothing_is_done() {
    let mut page = Page::looked_at();
    page.hear(Signal::CartChanged { items: 1 });
    let put_in = page.now.since(LOADED).0;
    page.wait(3_600_000);
    assert_eq!(page.verdicts, [(Rule::IdleCart, put_in + 60_000)]);

    let mut page = Page::looked_at();
    page.hear(Signal::CartChanged { items: 1 });
    for _ in 0..60 {
        page.wait(30_000).hear(Signal::Scrolled);
    }
    assert_eq!(page.fired(), None);
}

#[test]
fn a_cart_waits_for_those_who_are_there_and_free() {
    for (what, acts, fired) in [
        ("nothing", vec![], true),
        ("emptied", vec![Signal::CartChanged { items: 0 }], false),
        ("a field is open", vec![Signal::FieldEntered], false),
        ("a field was left", vec![Signal::FieldEntered, Signal::FieldLeft], true),
        ("hidden", vec![Signal::PageHidden], false),
        ("the panel is open", vec![Signal::PanelOpened], false),
        ("a dialog is open", vec![Signal::OverlayOpened], false),
    ] {
        let mut page = Page::looked_at();
        page.hear(Signal::CartChanged { items: 2 }).hear_all(&acts).wait(200_000);
        assert_eq!(page.fired(), fired.then_some(Rule::IdleCart), "{what}");
    }
}

#[test]
fn a_dialog_over_an_idle_cart_puts_it_off() {
    let mut page = Page::looked_at();
    page.hear(Signal::CartChanged { items: 2 }).hear(Signal::OverlayOpened).wait(90_000);
    page.hear(Signal::OverlayClosed).wait(60_000);
    assert_eq!(page.fired(), Some(Rule::IdleCart));
}

#[test]
fn a_cart_is_not_idle_in_the_first_seconds() {
    let mut page = Page::open(Rules { exit: false, idle_cart: Some(Millis::seconds(1)) });
    page.hear(Signal::CartChanged { items: 1 }).wait(60_000);
    assert_eq!(page.verdicts, [(Rule::IdleCart, 10_000)]);
}

#[test]
fn a_rule_that_is_off_never_fires() {
    let mut page = Page::open(Rules::default());
    page.hear(Signal::CartChanged { items: 1 }).wait(9_000).leave().wait(3_600_000);
    assert_eq!(page.fired(), None);
    assert_eq!(page.behaviour.next_wakeup(), None);
}

#[test]
fn an_earlier_silence_holds_and_can_be_kept_again() {
    let mut page = Page::looked_at();
    let until = page.now + Millis::days(2);
    page.behaviour.keep_quiet(Quiet { until });
    page.hear(Signal::CartChanged { items: 1 }).leave().wait(3_600_000);
    assert_eq!(page.fired(), None);
    assert_eq!(page.behaviour.quiet(), Quiet { until });
    page.hear(Signal::Declined(Decline::NotNow));
    assert_eq!(page.behaviour.quiet(), Quiet { until: page.now + Millis::days(30) });
}

fn any_signal() -> impl Strategy<Value = Signal> {
    let item = || (any::<bool>(), any::<u32>());
    prop_oneof![
        8 => any::<i32>().prop_map(|y| Signal::PointerMoved { y }),
        8 => (-60..900).prop_map(|y| Signal::PointerMoved { y }),
        6 => (-60..900, any::<bool>()).prop_map(|(y, pressed)| Signal::PointerLeft { y, pressed }),
        12 => proptest::sample::select(vec![
            Signal::PointerEntered, Signal::PointerPressed, Signal::Touched, Signal::MenuOpened, Signal::KeyPressed,
            Signal::FieldEntered, Signal::FieldLeft, Signal::Scrolled, Signal::PageShown, Signal::PageHidden,
            Signal::WindowResized, Signal::OverlayOpened, Signal::OverlayClosed, Signal::PanelOpened,
            Signal::PanelClosed, Signal::WokeUp, Signal::Declined(Decline::Closed), Signal::Declined(Decline::NotNow),
        ]),
        4 => any::<u32>().prop_map(|items| Signal::CartChanged { items }),
        4 => (proptest::sample::select(CommerceEvent::ALL.to_vec()), item())
            .prop_map(|(event, (said, items))| Signal::Commerce { event, items: said.then_some(items) }),
    ]
}

proptest! {
    /// Whatever comes, in whatever order and with whatever clock: no panic, one offer at most, and never one while
    /// the shopper asked for silence, cannot see the page, or has the panel open.
    #[test]
    fn the_caps_hold(
        patience in proptest::option::of(0..100_000u64),
        acts in proptest::collection::vec((any_signal(), prop_oneof![-5_000..5_000i64, Just(70_000), 0..1i64 << 40]), 0..200),
    ) {
        let mut behaviour = Behaviour::new(Rules { exit: true, idle_cart: patience.map(Millis) }, LOADED);
        let (mut now, mut offers, mut hidden, mut panel) = (LOADED, 0, false, false);
        for (act, passed) in acts {
            match act {
                Signal::PageHidden => hidden = true,
                Signal::PageShown => hidden = false,
                Signal::PanelOpened => panel = true,
                Signal::PanelClosed => panel = false,
                _ => {}
            }
            for signal in [act, Signal::WokeUp] {
                if let Some(verdict) = behaviour.handle(now, signal) {
                    offers += 1;
                    prop_assert!(!hidden && !panel && now >= behaviour.quiet().until);
                    prop_assert!(verdict.card.score() >= verdict.rule.threshold());
                    prop_assert!((1..=5).contains(&verdict.card.reasons().count()));
                }
            }
            // Or the shell would wake up again and again.
            prop_assert!(behaviour.next_wakeup().is_none_or(|at| at > now));
            now = UnixMillis(now.0.saturating_add_signed(passed));
        }
        prop_assert!(offers <= 1);
    }
}
