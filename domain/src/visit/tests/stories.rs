//! What happens to a shopper, step by step.

use super::world::{Parcel, World};
use crate::ids::{MessageId, Seq};
use crate::time::{Millis, UnixMillis};
use crate::visit::{Attempt, Effect, Failure, Input, LineView, Remark, Row, Said, Stored};
use crate::wire::{ClientFrame, Opening, ServerFrame, Trouble};

#[test]
fn the_first_words_carry_what_the_page_had_said() {
    for (card, expected) in [
        (false, Opening::Greeting),
        (true, Opening::Trigger { rule: "exit".into(), reasons: vec!["left_through_top".into()] }),
    ] {
        let mut world = World::new();
        if card {
            world.act(answered("exit", None));
        } else {
            world.act(Input::Opened);
        }
        world.say();
        world.say();
        let mut openings = Vec::new();
        while let Some(parcel) = world.parcels.front().cloned() {
            if let Parcel::Up(_, ClientFrame::Say { opening, .. }) = parcel {
                openings.push(opening);
            }
            world.deliver();
        }
        assert_eq!(openings, [Some(expected), None]);
    }
}

#[test]
fn an_answered_card_opens_the_panel_with_its_words_and_says_the_suggested_answer() {
    let said = Said { id: MessageId::parse("r1").unwrap(), text: "Why?".into(), page: None };
    for (rule, reply, words, replies) in [
        ("exit", None, "Wait", vec!["Why?"]),
        ("exit", Some(said), "Wait", vec![]),
        ("unknown", None, "Hello", vec!["Hi"]),
    ] {
        let mut world = World::new();
        world.act(answered(rule, reply.clone()));
        let view = world.visit.view();
        assert!(view.open);
        assert_eq!(view.rows.first(), Some(&Row::Opening(words.into())), "{rule}");
        let labels: Vec<_> = view.quick_replies.iter().map(|reply| reply.label.as_str()).collect();
        assert_eq!(labels, replies);
        world.heal();
        let expected: Vec<String> = reply.into_iter().map(|said| said.text).collect();
        assert_eq!(world.said_at_edge(), expected);
    }
}

#[test]
fn nothing_is_suggested_while_they_talk() {
    let mut world = World::new();
    assert_eq!(world.quiet_until, UnixMillis(0));
    world.act(Input::Opened);
    world.say();
    world.heal();
    assert!(world.quiet_until >= world.now && world.quiet_until <= world.now + Millis::minutes(10));
    world.load();
    world.heal();
    assert!(world.quiet_until >= world.now, "on the next page too");
}

fn answered(rule: &str, reply: Option<Said>) -> Input {
    Input::CardAnswered { rule: rule.into(), reasons: vec!["left_through_top".into()], reply }
}

#[test]
fn two_sockets_that_do_not_open_lead_to_polling_and_back() {
    let mut world = World::new();
    world.act(Input::Opened);
    let (mut polls, mut opens) = (0, 0);
    for _ in 0..200 {
        let input = match world.parcels.pop_front() {
            Some(Parcel::Open(attempt)) => {
                opens += 1;
                Input::SocketClosed { attempt, code: 1006 }
            }
            Some(Parcel::Down(input)) => input,
            Some(parcel) => {
                world.parcels.push_front(parcel);
                world.deliver();
                continue;
            }
            None => {
                world.now = world.visit.next_wakeup().unwrap_or(world.now);
                Input::Wake
            }
        };
        let is_answer = matches!(input, Input::PollAnswered { .. });
        let effects = world.visit.handle(world.now, input);
        for effect in effects {
            if let Effect::Poll { attempt, .. } = effect {
                polls += 1;
                let frames = vec![ServerFrame::Events { up_to: Seq(0), earlier: false, events: Vec::new() }];
                world.parcels.push_back(Parcel::Down(Input::PollAnswered { attempt, frames }));
            } else {
                world.perform(effect);
            }
        }
        if is_answer {
            assert_eq!(world.visit.view().line, LineView::Up);
        }
    }
    assert!(polls > 5, "{polls} polls");
    assert!(opens > 2, "the socket is tried again");
}

#[test]
fn forgetting_leaves_nothing_here() {
    let mut world = World::new();
    world.act(Input::Opened);
    world.say();
    world.heal();
    world.act(Input::ForgetAsked);
    world.act(Input::ForgetConfirmed);
    world.act(Input::ForgetAnswered(true));
    assert_eq!(world.stored, Stored::default());
    assert!(world.shown().is_empty());
    assert!(world.remarks.contains(&Remark::Forgotten));
    world.heal();
    assert_eq!(world.stored, Stored::default(), "until the shopper acts again");
}

#[test]
fn too_much_at_once_is_kept_and_said_later() {
    let mut world = World::new();
    world.act(Input::Opened);
    world.heal();
    let attempt = world.socket.unwrap();
    world.say();
    world.parcels.clear();
    world.down(attempt, ServerFrame::Trouble(Trouble::SlowDown { retry_after_ms: 5_000 }));
    world.deliver();
    assert_eq!(world.visit.view().remark, Some(Remark::SlowDown));
    assert!(world.parcels.is_empty());
    world.wait(Millis::seconds(4));
    assert!(world.parcels.is_empty(), "patience");
    world.wait(Millis::seconds(2));
    assert!(matches!(world.parcels.front(), Some(Parcel::Up(_, ClientFrame::Say { .. }))));
}

#[test]
fn a_line_that_falls_silent_under_a_message_is_renewed() {
    let mut world = World::new();
    world.act(Input::Opened);
    world.heal();
    let before = world.socket;
    world.say();
    world.parcels.clear();
    world.wait(Millis::seconds(21));
    assert!(matches!(world.parcels.front(), Some(Parcel::Open(_))), "{:?}", world.parcels);
    assert_ne!(world.socket, before);
    world.heal();
    assert_eq!(world.said_at_edge(), ["text 1"]);
}

#[test]
fn a_clock_set_back_delays_nothing_by_more_than_a_wait() {
    let hour = Millis::hours(1);
    let mut world = World::new();
    world.act(Input::Opened);
    world.heal();
    world.now = world.now - hour;
    world.cut();
    world.deliver();
    let again_at = world.visit.next_wakeup().unwrap();
    assert!(again_at > world.now && again_at.since(world.now) <= Millis::minutes(1), "{again_at:?}");
    world.wait(again_at.since(world.now));
    assert!(matches!(world.parcels.front(), Some(Parcel::Open(_))), "{:?}", world.parcels);
    world.heal();
    // The same under a message that is not answered.
    world.say();
    world.parcels.clear();
    world.now = world.now - hour;
    world.tell(Input::Wake);
    let doubt_at = world.visit.next_wakeup().unwrap();
    assert!(doubt_at.since(world.now) <= Millis::seconds(21), "{doubt_at:?}");
    world.heal();
    assert_eq!(world.said_at_edge(), ["text 1"]);
}

#[test]
fn a_conversation_deleted_elsewhere_is_left_for_a_new_one_however_that_is_told() {
    let gone = Failure::Forgotten;
    let told: [fn(Attempt, Failure) -> Input; 3] = [
        |attempt, _| Input::SocketClosed { attempt, code: 4410 },
        |attempt, failure| Input::PollFailed { attempt, failure },
        |attempt, failure| Input::SessionFailed { attempt, failure },
    ];
    for tell in told {
        let mut world = World::new();
        world.act(Input::Opened);
        world.say();
        world.heal();
        let attempt = world.socket.unwrap();
        world.say();
        world.parcels.clear();
        for effect in world.visit.handle(world.now, tell(attempt, gone)) {
            if let Effect::CreateSession { token, .. } = &effect {
                assert_eq!(*token, None, "a new conversation");
            }
            world.perform(effect);
        }
        assert!(matches!(world.parcels.front(), Some(Parcel::Ask(_))), "{:?}", world.parcels);
        assert_eq!(world.stored.token, None);
        assert_eq!(world.shown().last().map(String::as_str), Some("text 2"), "what was said after is kept");
    }
}

#[test]
fn what_was_told_to_a_line_that_died_silently_is_told_again() {
    let mut world = World::new();
    world.act(Input::Opened);
    world.say();
    world.heal();
    world.tell(Input::VisibilityChanged(false));
    world.act(Input::ContactGiven("ann@example.org".into()));
    // Lost, and so is the answer to the question whether the line still stands.
    world.tell(Input::VisibilityChanged(true));
    world.parcels.clear();
    world.wait(Millis::seconds(7));
    let mut contacts = 0;
    for _ in 0..50 {
        contacts +=
            u32::from(matches!(world.parcels.front(), Some(Parcel::Up(_, ClientFrame::Contact { .. }))));
        world.deliver();
    }
    assert_eq!(contacts, 1);
}
