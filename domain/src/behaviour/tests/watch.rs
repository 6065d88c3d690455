use super::*;

#[test]
fn leaving_through_the_top_counts_after_it_held() {
    let mut page = Visit::looked_at();
    page.leave();
    let left = page.now.since(LOADED).0;
    page.wait(5_000);
    assert_eq!(page.verdicts, [(Trigger::Exit, left + 440)]);
}

#[test]
fn coming_back_in_time_is_an_overshoot() {
    let mut page = Visit::looked_at();
    page.leave().wait(430).hear(Signal::PointerEntered).wait(5_000);
    assert_eq!(page.fired(), None);
    page.leave().wait(430).hear(Signal::PointerMoved { x: 500, y: 3 }).wait(5_000);
    assert_eq!(page.fired(), None);
    page.leave().wait(441);
    assert_eq!(page.fired(), Some(Trigger::Exit));
}

#[test]
fn what_accounts_for_a_leave_keeps_it_from_counting() {
    let told = |event| Signal::Commerce { event, items: None };
    let declined = Signal::Declined(Decline::Closed);
    for (what, acts, then_ms, fired) in [
        ("nothing", vec![], 0, true),
        ("a select was just opened", vec![Signal::FieldEntered(Field::Other)], 0, false),
        ("a field was entered a while ago", vec![Signal::FieldEntered(Field::Other)], 2_000, true),
        ("just typed", vec![Signal::KeyPressed], 500, false),
        ("typed a second ago", vec![Signal::KeyPressed], 1_000, false),
        ("typed some seconds ago", vec![Signal::KeyPressed], 3_000, true),
        ("a context menu", vec![Signal::MenuOpened], 1_000, false),
        ("a finger", vec![Signal::Touched], 0, false),
        ("the window was resized", vec![Signal::WindowResized { width: 900, height: 500 }], 0, false),
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
        let mut page = Visit::looked_at();
        page.hear_all(&acts).wait(then_ms).leave().wait(500);
        assert_eq!(page.fired(), fired.then_some(Trigger::Exit), "{what}");
    }
}

#[test]
fn only_the_top_edge_is_the_way_out() {
    for (y, pressed, fired) in [
        (-40, false, Some(Trigger::Exit)),
        (3, false, Some(Trigger::Exit)),
        (4, false, None),
        (800, false, None),
        (-4, true, None),
    ] {
        let mut page = Visit::looked_at();
        page.wait(200);
        for y in [90, 70, 50, 35, 22, 12, 6] {
            page.wait(16).hear(Signal::PointerMoved { x: 500, y });
        }
        page.wait(16).hear(Signal::PointerLeft { x: 500, y, pressed }).wait(1_000);
        assert_eq!(page.fired(), fired, "left at {y}, pressed: {pressed}");
    }
}

#[test]
fn a_page_just_opened_is_left_without_a_word() {
    let mut page = Visit::open(manners());
    page.wait(1_000).leave().wait(1_000);
    assert_eq!(page.fired(), None);
    let mut page = Visit::open(manners());
    page.wait(4_000)
        .hear(Signal::PointerMoved { x: 500, y: 5 })
        .hear(Signal::PointerLeft { x: 500, y: -1, pressed: false })
        .wait(1_000);
    assert_eq!(page.fired(), None);
    let mut page = Visit::open(manners());
    page.wait(1_500).leave().wait(1_000);
    assert_eq!(page.fired(), Some(Trigger::Exit));
}

#[test]
fn a_hidden_page_says_nothing() {
    let mut page = Visit::looked_at();
    page.leave().wait(100).hear(Signal::PageHidden).wait(60_000);
    assert_eq!(page.fired(), None);
    page.hear(Signal::PageShown).leave().wait(500);
    assert_eq!(page.fired(), Some(Trigger::Exit));
}

#[test]
fn an_idle_cart_is_noticed_once_and_only_while_nothing_is_done() {
    let mut page = Visit::looked_at();
    page.hear(Signal::CartChanged { items: 1 });
    let put_in = page.now.since(LOADED).0;
    page.wait(3_600_000);
    assert_eq!(page.verdicts, [(Trigger::IdleCart, put_in + 60_000)]);

    let mut page = Visit::looked_at();
    page.hear(Signal::CartChanged { items: 1 });
    for _ in 0..60 {
        page.wait(30_000).hear(Signal::Scrolled { y: 40 });
    }
    assert_eq!(page.fired(), None);
}

#[test]
fn a_cart_waits_for_those_who_are_there_and_free() {
    for (what, acts, fired) in [
        ("nothing", vec![], true),
        ("emptied", vec![Signal::CartChanged { items: 0 }], false),
        ("a field is open", vec![Signal::FieldEntered(Field::Other)], false),
        ("a field was left", vec![Signal::FieldEntered(Field::Other), Signal::FieldLeft], true),
        ("hidden", vec![Signal::PageHidden], false),
        ("the panel is open", vec![Signal::PanelOpened], false),
        ("a dialog is open", vec![Signal::OverlayOpened], false),
    ] {
        let mut page = Visit::looked_at();
        page.hear(Signal::CartChanged { items: 2 }).hear_all(&acts).wait(200_000);
        assert_eq!(page.fired(), fired.then_some(Trigger::IdleCart), "{what}");
    }
}

#[test]
fn a_dialog_over_an_idle_cart_puts_it_off() {
    let mut page = Visit::looked_at();
    page.hear(Signal::CartChanged { items: 2 }).hear(Signal::OverlayOpened).wait(90_000);
    page.hear(Signal::OverlayClosed).wait(60_000);
    assert_eq!(page.fired(), Some(Trigger::IdleCart));
}

#[test]
fn a_cart_is_not_idle_in_the_first_seconds() {
    let limits = Limits { first: Millis::seconds(10), ..LIMITS };
    let mut page = Visit::open(Manners { patience: Millis::seconds(1), limits, ..manners() });
    page.hear(Signal::CartChanged { items: 1 }).wait(60_000);
    assert_eq!(page.verdicts, [(Trigger::IdleCart, 10_000)]);
}

#[test]
fn a_trigger_without_a_rule_never_speaks() {
    let mut page = Visit::open(Manners { limits: LIMITS, ..Manners::default() });
    page.hear(Signal::CartChanged { items: 1 }).wait(9_000).leave().wait(3_600_000);
    assert_eq!(page.fired(), None);
    assert_eq!(page.watch.next_wakeup(), None);
}

#[test]
fn an_earlier_silence_holds_and_can_be_kept_again() {
    let mut page = Visit::looked_at();
    let until = page.now + Millis::days(2);
    page.watch.set_quiet(Quiet { until });
    page.hear(Signal::CartChanged { items: 1 }).leave().wait(3_600_000);
    assert_eq!(page.fired(), None);
    assert_eq!(page.watch.quiet(), Quiet { until });
    page.hear(Signal::Declined(Decline::NotNow));
    assert_eq!(page.watch.quiet(), Quiet { until: page.now + Millis::days(30) });
}
