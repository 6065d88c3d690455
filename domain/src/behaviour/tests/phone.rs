use super::*;

/// A page in the hand, scrolled to `deepest` and looked at there.
fn read_to(deepest: i32) -> Visit {
    let mut visit = Visit::open_page(Page { touch: true, ..Page::default() });
    for n in 0..=20 {
        visit.wait(35).hear(Signal::Scrolled { y: deepest * n / 20 });
    }
    visit.wait(2_000);
    visit
}

impl Visit {
    fn scroll(&mut self, from: i32, to: i32, ms: u64) -> &mut Self {
        for n in 1..=12 {
            self.wait(ms / 12).hear(Signal::Scrolled { y: from + (to - from) * n / 12 });
        }
        self
    }

    fn go_away(&mut self, ms: u64) -> &mut Self {
        self.hear(Signal::PageHidden).wait(ms).hear(Signal::PageShown).wait(800)
    }
}

const TAP: Signal = Signal::Clicked { x: 30, y: 30, target: Target::Control };

#[test]
fn a_flick_counts_when_nothing_is_tapped_after_it() {
    for (what, acts, fired) in [
        ("nothing", &[][..], true),
        ("the menu was tapped", &[Signal::Touched, TAP], false),
        ("a finger stopped it", &[Signal::Touched], false),
        ("it went on elsewhere", &[Signal::PageChanged { page: PageKind::Listing, product: None }], false),
        ("the tab was left", &[Signal::PageHidden], false),
    ] {
        let mut visit = read_to(2_600);
        visit.scroll(2_600, 400, 600).wait(100).hear_all(acts).wait(3_000);
        assert_eq!(visit.fired(), fired.then_some(Trigger::Exit), "{what}");
    }
}

#[test]
fn going_back_up_is_no_flick_by_itself() {
    for (what, to, ms) in [("to the menu", 0, 900), ("slowly", 300, 1_800), ("not far", 1_900, 300)] {
        let mut visit = read_to(2_600);
        visit.scroll(2_600, to, ms).wait(5_000);
        assert_eq!(visit.fired(), None, "{what}");
    }
    let mut jumped = read_to(2_600);
    jumped.hear(TAP).scroll(2_600, 0, 300).wait(5_000);
    assert_eq!(jumped.fired(), None, "a link to the top was tapped");
    let mut searched = read_to(2_600);
    searched.hear(Signal::FieldEntered(Field::Other)).scroll(2_600, 300, 400).wait(5_000);
    assert_eq!(searched.fired(), None, "a field is open");
}

#[test]
fn a_mouse_wheel_is_no_finger() {
    let mut visit = Visit::open(manners());
    visit.scroll(0, 2_600, 900).wait(2_000).scroll(2_600, 300, 500).wait(5_000);
    assert_eq!(visit.fired(), None);
}

#[test]
fn who_came_back_twice_and_turns_back_is_leaving() {
    for (what, away, to, fired) in [
        ("twice", &[9_000, 9_000][..], 200, true),
        ("once", &[9_000], 200, false),
        ("once, and a glance", &[9_000, 1_000], 200, false),
        ("twice, and reading on", &[9_000, 9_000], 900, false),
        ("twice, and a little way back", &[9_000, 9_000], 500, false),
        ("the other day", &[9_000, 9_000, 3_600_000], 200, false),
    ] {
        let mut visit = read_to(700);
        for &ms in away {
            visit.go_away(ms);
        }
        visit.scroll(700, to, 700).wait(3_000);
        assert_eq!(visit.fired(), fired.then_some(Trigger::Exit), "{what}");
    }
}
