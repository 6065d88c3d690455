//! Whatever is lost, repeated or reloaded, what was said arrives once and is shown once.

use super::inputs::any_input;
use super::world::{Parcel, World, settings};
use crate::time::{Millis, UnixMillis};
use crate::visit::{Input, Stored, Visit};
use crate::wire::{ServerFrame, Trouble};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_was_said_arrives_once_in_order_and_is_shown_once(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new();
        world.act(Input::Opened);
        for step in &steps {
            take(&mut world, step);
        }
        world.tell(Input::Online);
        world.heal();
        let expected: Vec<String> = (1..=world.said).map(|n| format!("text {n}")).collect();
        prop_assert_eq!(world.said_at_edge(), expected.clone());
        let shown: Vec<String> = world.shown().into_iter().filter(|text| text != "store").collect();
        prop_assert_eq!(shown, expected);
        prop_assert_eq!(world.stored.outbox.clone(), None);
        prop_assert_eq!(world.shown().len(), world.log.len());
    }

    #[test]
    fn nothing_is_kept_before_the_shopper_acts(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        for step in steps.iter().filter(|step| !matches!(step, Step::Say)) {
            take(&mut world, step);
        }
        prop_assert!(!world.kept_before_acting);
        prop_assert_eq!(world.stored, Stored::default());
    }

    #[test]
    fn unread_is_what_the_store_said_unseen(closed in 0_u32..6, open in 0_u32..6, reload: bool) {
        let mut world = World::new();
        world.act(Input::Opened);
        world.say();
        world.heal();
        for _ in 0..open {
            world.store_says("seen");
        }
        world.heal();
        prop_assert_eq!(world.launcher_unread(), 0);
        world.act(Input::Closed);
        for _ in 0..closed {
            world.store_says("unseen");
        }
        world.heal();
        if reload {
            world.load();
            world.heal();
        }
        prop_assert_eq!(world.launcher_unread(), closed);
        world.act(Input::Opened);
        prop_assert_eq!(world.launcher_unread(), 0);
    }

    #[test]
    fn any_input_in_any_state_is_survived(inputs in prop::collection::vec((any_input(), 0_u64..90_000_000), 0..60)) {
        let mut visit = Visit::new(settings());
        let mut now = UnixMillis(5);
        for (input, later) in inputs {
            now = UnixMillis(now.0.saturating_add(later));
            visit.handle(now, input);
            prop_assert!(visit.view().rows.len() < 10_000);
            visit.next_wakeup();
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Say,
    StoreSays,
    Deliver,
    Repeat,
    Lose,
    Cut,
    Reload,
    Restore,
    Wait(u64),
    SetClockBack(u64),
    Hide(bool),
    Network(bool),
    SlowDown,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Say),
        1 => Just(Step::StoreSays),
        12 => Just(Step::Deliver),
        2 => Just(Step::Repeat),
        2 => Just(Step::Lose),
        1 => Just(Step::Cut),
        1 => Just(Step::Reload),
        1 => Just(Step::Restore),
        4 => (0_u64..40_000).prop_map(Step::Wait),
        1 => (0_u64..7_200_000).prop_map(Step::SetClockBack),
        1 => any::<bool>().prop_map(Step::Hide),
        1 => any::<bool>().prop_map(Step::Network),
        1 => Just(Step::SlowDown),
    ]
}

fn take(world: &mut World, step: &Step) {
    match step {
        Step::Say => world.say(),
        Step::StoreSays => world.store_says("store"),
        Step::Deliver => world.deliver(),
        Step::Repeat => {
            if let Some(parcel @ (Parcel::Down(Input::FrameReceived { .. }) | Parcel::Up(..))) =
                world.parcels.front()
            {
                world.parcels.push_front(parcel.clone());
            }
        }
        // A lost request is one that was never answered; a lost frame is a broken socket.
        Step::Lose => match world.parcels.front() {
            Some(Parcel::Ask(_) | Parcel::Down(Input::SessionReady { .. })) => {
                drop(world.parcels.pop_front());
            }
            Some(_) => world.cut(),
            None => {}
        },
        Step::Cut => world.cut(),
        Step::Reload => world.load(),
        Step::Restore => {
            world.cut();
            world.tell(Input::PageShown);
        }
        Step::Wait(ms) => world.wait(Millis(*ms)),
        Step::SetClockBack(ms) => world.now = world.now - Millis(*ms),
        Step::Hide(hidden) => world.tell(Input::VisibilityChanged(!hidden)),
        Step::Network(false) => {
            world.cut();
            world.tell(Input::Offline);
        }
        Step::Network(true) => world.tell(Input::Online),
        Step::SlowDown => {
            if let Some(attempt) = world.socket {
                world.down(attempt, ServerFrame::Trouble(Trouble::SlowDown { retry_after_ms: 900 }));
            }
        }
    }
}
