//! The line under loss, doubling, disorder and restarts: nothing lost, nothing twice, nothing out of order.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)] // a test

use domain::channel::Channel;
use domain::conversation::{DeliveryStep, EventBody, Input as EdgeInput};
use domain::desk;
use domain::ids::{LinkReference, MessageId, StaffId};
use domain::message::Author;
use domain::time::Millis;
use domain::visit::{Input, Row};
use scenarios::messenger::Faults;
use scenarios::world::{Troubles, World};
use std::collections::BTreeSet;

const SEEDS: u64 = 300;

/// In every third world the network blocks sockets.
fn rough(seed: u64) -> Troubles {
    Troubles {
        socket_dies: 8,
        refused: 15,
        sockets_blocked: seed.is_multiple_of(3),
        request_lost: 10,
        request_doubled: 15,
        request_late: 10,
        doubled: 25,
        late: 20,
        restart: 25,
        messenger: Faults { throttled: 10, unavailable: 10, sent_but_error: 10, answer_lost: 10 },
    }
}

/// Runs a story for many seeds; a failing one is named.
fn for_seeds(story: impl Fn(u64) + std::panic::RefUnwindSafe) {
    for seed in 0..SEEDS {
        if let Err(panic) = std::panic::catch_unwind(|| story(seed)) {
            eprintln!("failing seed: {seed}");
            std::panic::resume_unwind(panic);
        }
    }
}

fn shown(world: &World) -> Vec<String> {
    let rows = world.shopper.visit().view().rows.into_iter().filter_map(|row| match row {
        Row::Message { message, .. } => Some(message.content.text.clone()),
        Row::Unsent { text, .. } => Some(text),
        _ => None,
    });
    rows.collect()
}

fn assert_once_each(all: &[String], wanted: &[String], place: &str) {
    for text in wanted {
        let times = all.iter().filter(|said| *said == text).count();
        assert_eq!(times, 1, "{place}: {text:?} stands {times} times in {all:#?}");
    }
}

fn assert_in_order(all: &[String], wanted: &[String], place: &str) {
    let met: Vec<&String> = all.iter().filter(|text| wanted.contains(text)).collect();
    assert_eq!(met, wanted.iter().collect::<Vec<_>>(), "{place} is out of order");
}

fn assert_log_is_whole(world: &World) {
    let log = world.edge.log();
    for (n, event) in log.iter().enumerate() {
        assert_eq!(event.seq.0, n as u64 + 1, "a gap in the log");
    }
    assert!(log.windows(2).all(|pair| pair[0].at <= pair[1].at), "the log's clock goes backwards");
}

/// How many parts that went have no id of Messenger's.
fn nameless(world: &World) -> usize {
    let (mut sent, mut named) = (BTreeSet::new(), BTreeSet::new());
    for event in world.edge.log() {
        let EventBody::Delivery { delivery, step } = event.body else { continue };
        match step {
            DeliveryStep::Sent { part, foreign_id, .. } => {
                sent.insert((delivery.clone(), part));
                named.extend(foreign_id.map(|_| (delivery, part)));
            }
            DeliveryStep::Echoed { part, .. } => {
                named.insert((delivery, part));
            }
            _ => {}
        }
    }
    sent.difference(&named).count()
}

fn staff_says(world: &mut World, n: u32) -> String {
    let text = format!("staff line {n}");
    world.tell(EdgeInput::StaffSaid {
        id: MessageId::parse(format!("staff:{n}")).unwrap(),
        staff: StaffId::parse("kim").unwrap(),
        name: "Kim".into(),
        text: text.clone(),
        answers: None,
    });
    text
}

fn pause(world: &mut World, most_ms: u64) {
    let span = world.random.below(most_ms);
    world.run(Millis(span));
}

fn link_to_messenger(world: &mut World, person: &str) {
    let reference = LinkReference::parse("the-link").unwrap();
    let conversation = world.edge.id().clone();
    let channel = Channel::Messenger;
    world.tell_desk(desk::Input::IssueLink {
        conversation,
        channel,
        reference: reference.clone(),
        code: 123_456,
    });
    let followed = world.messenger.follow(person, reference.as_str(), world.now.0);
    world.webhook(followed);
    world.run(Millis::minutes(1));
}

#[test]
fn what_a_shopper_says_arrives_once_and_in_order_whatever_happens() {
    for_seeds(|seed| {
        let mut world = World::new(seed, rough(seed));
        world.load();
        world.act(Input::Opened);
        let mut wanted = Vec::new();
        for n in 0..8 {
            let text = format!("human please {n}");
            world.say(&text);
            wanted.push(text);
            pause(&mut world, 5_000);
            if world.random.chance(40) {
                staff_says(&mut world, n);
                pause(&mut world, 5_000);
            }
            if world.random.chance(25) {
                world.load();
                world.act(Input::Opened);
            }
        }
        world.run(Millis::minutes(3));
        world.calm();
        world.run(Millis::minutes(10));
        assert_log_is_whole(&world);
        let said = world.said();
        assert_once_each(&said, &wanted, "log");
        assert_in_order(&said, &wanted, "log");
        assert_once_each(&shown(&world), &wanted, "screen");
        assert_eq!(shown(&world), said, "the screen differs from the log");
    });
}

#[test]
fn messenger_and_the_page_are_one_conversation() {
    for_seeds(|seed| {
        let mut world = World::new(seed, rough(seed));
        world.load();
        world.act(Input::Opened);
        world.say("human please");
        world.run(Millis::seconds(20));
        link_to_messenger(&mut world, "ann");
        world.leave();
        world.run(Millis::seconds(30));

        let (mut by_staff, mut by_ann, mut by_inbox) = (Vec::new(), Vec::new(), Vec::new());
        for n in 0..5 {
            by_staff.push(staff_says(&mut world, n));
            pause(&mut world, 20_000);
            by_ann.push(format!("ann line {n}"));
            let written = world.messenger.write("ann", &by_ann[n as usize], None, world.now.0);
            world.webhook(written);
            pause(&mut world, 20_000);
            by_inbox.push(format!("inbox line {n}"));
            let answered = world.messenger.answer_in_inbox("ann", &by_inbox[n as usize], world.now.0);
            world.webhook(answered);
        }
        world.run(Millis::minutes(10));
        world.calm();
        world.run(Millis::hours(3));

        assert_log_is_whole(&world);
        let said = world.said();
        for wanted in [&by_staff, &by_ann, &by_inbox] {
            assert_once_each(&said, wanted, "log");
        }
        let bubbles = world.messenger.thread("ann").into_iter().filter(|bubble| bubble.from_store);
        let thread: Vec<String> = bubbles.map(|bubble| bubble.text.clone()).collect();
        assert_once_each(&thread, &by_staff, "Messenger");
        assert_in_order(&thread, &by_staff, "Messenger");
        assert_once_each(&thread, &by_inbox, "Messenger");
        assert!(!thread.iter().any(|text| by_ann.contains(text)), "her own words were sent back to her");
        assert_eq!(nameless(&world), 0, "something went, and its echo did not name it");

        world.load();
        world.act(Input::Opened);
        world.run(Millis::minutes(1));
        assert_eq!(shown(&world), world.said(), "the screen differs from the log");
    });
}

#[test]
fn kv_alone_rebuilds_the_conversation() {
    for_seeds(|seed| {
        let mut world = World::new(seed, rough(seed));
        world.load();
        world.act(Input::Opened);
        for n in 0..6 {
            world.say(&format!("Do you ship to Norway? {n}"));
            pause(&mut world, 90_000);
        }
        world.calm();
        world.run(Millis::minutes(30));
        let log = world.edge.log();
        assert!(!world.edge.kv.is_empty());
        world.edge.wipe();
        world.say("still there?");
        world.run(Millis::minutes(1));
        assert_eq!(world.edge.log()[..log.len()], log[..], "KV differs from the log");
        assert_log_is_whole(&world);
        assert!(world.said().contains(&"still there?".to_owned()));
    });
}

#[test]
fn a_shopper_who_asks_is_forgotten_everywhere() {
    let mut world = World::new(1, Troubles::default());
    world.load();
    world.act(Input::Opened);
    world.say("my secret");
    world.run(Millis::minutes(1));
    link_to_messenger(&mut world, "ann");
    world.tell(EdgeInput::Forget);
    world.run(Millis::minutes(1));
    assert!(world.edge.erased && world.edge.kv.is_empty() && world.edge.log().is_empty());
    assert!(!format!("{:?}", world.edge.records).contains(world.edge.id().as_str()));
    assert!(!world.shopper.storage.values().any(|kept| kept.contains("my secret")));
}

#[test]
fn staff_answer_from_their_own_messenger() {
    for_seeds(|seed| {
        let mut world = World::new(seed, rough(seed));
        let reference = LinkReference::parse("staff").unwrap();
        let id = StaffId::parse("kim").unwrap();
        world.tell_desk(desk::Input::InviteStaff { id, name: "Kim".into(), reference: reference.clone() });
        let followed = world.messenger.follow("kims-phone", reference.as_str(), world.now.0);
        world.webhook(followed);
        world.run(Millis::minutes(1));
        world.load();
        world.act(Input::Opened);
        world.say("human please");
        world.run(Millis::hours(2));
        let thread = world.messenger.thread("kims-phone").into_iter();
        let told: Vec<String> =
            thread.filter(|b| b.text.contains("human please")).map(|b| b.mid.clone()).collect();
        assert_eq!(told.len(), 1, "told once");
        let reply = world.messenger.write("kims-phone", "Kim here", Some(&told[0]), world.now.0);
        world.webhook(reply);
        world.run(Millis::minutes(2));
        world.calm();
        world.run(Millis::minutes(10));
        let by_kim = world.edge.log().into_iter().filter(|event| match &event.body {
            EventBody::Message(message) => {
                matches!(&message.author, Author::Staff { name: Some(name), .. } if name == "Kim")
            }
            _ => false,
        });
        assert_eq!(by_kim.count(), 1);
        assert!(shown(&world).contains(&"Kim here".to_owned()));
    });
}

#[test]
fn a_stop_is_confirmed_once_and_then_there_is_silence_until_it_is_undone() {
    for_seeds(|seed| {
        let mut world = World::new(seed, rough(seed));
        world.load();
        world.act(Input::Opened);
        world.say("human please");
        world.run(Millis::seconds(20));
        link_to_messenger(&mut world, "ann");
        world.leave();
        world.run(Millis::seconds(30));
        staff_says(&mut world, 0);
        pause(&mut world, 3_000);
        let stopped = world.messenger.write("ann", "STOP", None, world.now.0);
        world.webhook(stopped);
        world.run(Millis::minutes(20));
        world.calm();
        world.run(Millis::hours(3));
        let heard = |world: &World| {
            let bubbles = world.messenger.thread("ann").into_iter().filter(|bubble| bubble.from_store);
            bubbles.map(|bubble| bubble.text.clone()).collect::<Vec<_>>()
        };
        let before = heard(&world);
        let receipts = before.iter().filter(|text| text.starts_with("You will not get any more messages"));
        assert_eq!(receipts.count(), 1, "{before:#?}");

        staff_says(&mut world, 1);
        for text in ["stop", "How do returns work?"] {
            let written = world.messenger.write("ann", text, None, world.now.0);
            world.webhook(written);
            world.run(Millis::minutes(10));
        }
        world.run(Millis::days(2));
        assert_eq!(heard(&world), before, "something came after the stop");

        let resumed = world.messenger.write("ann", "START", None, world.now.0);
        world.webhook(resumed);
        world.run(Millis::minutes(5));
        let back = staff_says(&mut world, 2);
        world.run(Millis::minutes(5));
        let after = heard(&world);
        assert_eq!(after.len(), before.len() + 2, "{after:#?}");
        assert_eq!(after.last(), Some(&back));
        assert_log_is_whole(&world);
    });
}
