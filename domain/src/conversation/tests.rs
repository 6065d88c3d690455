//! Tables for the conversation's decisions; what holds under loss and restarts is in `tests/scenarios`.

use super::*;
use crate::channel::{Address, Channel, Inbound, InboundEvent};
use crate::ids::{ConversationId, ForeignId, MessageId, StaffId};
use crate::message::{Author, Content};
use crate::store;
use crate::time::Millis;
use crate::wire::ClientFrame;
use std::rc::Rc;

mod frames;
mod messenger;
mod standing;
mod taken_back;

pub(super) const T0: UnixMillis = UnixMillis(1_800_000_000_000);

pub(super) fn config() -> Config {
    thread_local! {
        static DEMO: Rc<store::Settings> = Rc::new(store::decode(include_str!("../../../stores/demo.json")).unwrap());
    }
    Config {
        conversation: ConversationId::parse("abc").unwrap(),
        settings: DEMO.with(Rc::clone),
        utc_offset_minutes: 0,
        messenger: true,
        pace: Pace::default(),
    }
}

fn say(id: &str, text: &str) -> Input {
    let frame = ClientFrame::Say {
        id: MessageId::parse(id).unwrap(),
        text: text.into(),
        reply_to: None,
        page: None,
        opening: None,
    };
    Input::Frame { connection: Some(ConnectionId(1)), frame }
}

fn hello(visible: bool) -> Input {
    Input::Frame { connection: Some(ConnectionId(1)), frame: ClientFrame::Hello { after: None, visible } }
}

pub(super) fn address() -> Address {
    Address {
        channel: Channel::Messenger,
        account: ForeignId::parse("104400000000001").unwrap(),
        person: ForeignId::parse("psid-1").unwrap(),
    }
}

fn staff_says(id: &str, text: &str) -> Input {
    Input::StaffSaid {
        id: MessageId::parse(id).unwrap(),
        staff: StaffId::parse("kim").unwrap(),
        name: "Kim".into(),
        text: text.into(),
        answers: None,
    }
}

fn wrote_in_messenger(id: &str, text: &str) -> Input {
    Input::Inbound(Inbound {
        address: address(),
        at: T0,
        dedupe_key: id.into(),
        standby: false,
        what: InboundEvent::Message {
            id: ForeignId::parse(id).unwrap(),
            content: Content::text(text),
            quick_reply: None,
            reply_to: None,
            reference: None,
        },
    })
}

fn deliveries(effects: &[Effect]) -> Vec<&serde_json::Value> {
    let bodies = effects.iter().filter_map(|effect| match effect {
        Effect::Deliver { body, .. } => Some(body),
        _ => None,
    });
    bodies.collect()
}

fn events(effects: &[Effect]) -> Vec<&EventBody> {
    let appended = effects.iter().filter_map(|effect| match effect {
        Effect::Append(event) => Some(&event.body),
        _ => None,
    });
    appended.collect()
}

fn said_by(effects: &[Effect], by: fn(&Author) -> bool) -> Vec<&str> {
    let texts = events(effects).into_iter().filter_map(move |body| match body {
        EventBody::Message(message) if by(&message.author) => Some(message.content.text.as_str()),
        _ => None,
    });
    texts.collect()
}

fn connected(visible: bool) -> Conversation {
    let mut line = Conversation::new(config());
    line.handle(T0, Input::Connected { connection: ConnectionId(1) });
    line.handle(T0, hello(visible));
    line
}

#[test]
fn what_is_shown_is_durable_first() {
    let effects = connected(true).handle(T0, say("c1", "Do you ship to Norway?"));
    let last_write = effects.iter().rposition(|effect| matches!(effect, Effect::Append(_))).unwrap();
    let first_shown = effects.iter().position(|effect| matches!(effect, Effect::Broadcast { .. })).unwrap();
    assert!(last_write < first_shown);
    assert!(!said_by(&effects, |author| *author == Author::Bot).is_empty(), "nobody answered");
}

#[test]
fn said_twice_is_said_once() {
    let mut line = connected(true);
    line.handle(T0, say("c1", "hello"));
    let again = line.handle(T0 + Millis(5), say("c1", "hello"));
    assert!(events(&again).is_empty());
    assert!(matches!(again.as_slice(), [Effect::Replay { after: Some(Seq(0)), .. }]), "{again:?}");
}

#[test]
fn a_socket_hears_nothing_before_its_hello() {
    let mut line = Conversation::new(config());
    line.handle(T0, Input::Connected { connection: ConnectionId(1) });
    let effects = line.handle(T0, staff_says("s1", "Hi"));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Broadcast { .. })));
}

#[test]
fn texts_are_checked_and_kept_in_bounds() {
    for (text, accepted) in [
        ("hi", true),
        ("", false),
        (" \u{0} \n", false),
        ("a\u{0}b", true),
        (&"x".repeat(4_001), false),
        ("👩‍👩‍👧 नमस्ते", true),
    ] {
        let effects = connected(true).handle(T0, say("c1", text));
        let said = said_by(&effects, |author| *author == Author::Shopper);
        assert_eq!(!said.is_empty(), accepted, "{text:?}");
        assert!(said.iter().all(|said| !said.contains('\u{0}')));
    }
}

#[test]
fn too_much_at_once_is_told_kindly_and_not_lost() {
    let mut line = connected(true);
    let burst = config().pace.say_burst;
    for n in 0..burst {
        line.handle(T0, say(&format!("c{n}"), "human please"));
    }
    let over = line.handle(T0, say("late", "one more"));
    let Some(Effect::Send { frame: ServerFrame::Trouble(Trouble::SlowDown { retry_after_ms }), .. }) =
        over.last()
    else {
        panic!("{over:?}")
    };
    let later = line.handle(T0 + Millis(*retry_after_ms), say("late", "one more"));
    assert_eq!(said_by(&later, |author| *author == Author::Shopper), ["one more"]);
}

#[test]
fn messenger_gets_only_what_the_shopper_is_not_there_to_see() {
    let pace = Pace::default();
    // (page in view, seen at once, what happens until when, delivered)
    for (name, visible, seen, until, delivered) in [
        ("on the page, seen", true, true, pace.seen_within_ms, false),
        ("on the page, not yet seen", true, false, Millis(1_000), false),
        ("on the page, not looking", true, false, pace.seen_within_ms, true),
        ("not on the page", false, false, Millis(0), true),
    ] {
        let mut line = connected(visible);
        line.handle(T0, Input::Linked { address: address() });
        let mut sent = line.handle(T0, staff_says("s1", "Your parcel left today."));
        if seen {
            let frame = ClientFrame::Seen(line.last_seq());
            sent.extend(line.handle(T0, Input::Frame { connection: Some(ConnectionId(1)), frame }));
        }
        sent.extend(line.handle(T0 + until, Input::Wake));
        assert_eq!(!deliveries(&sent).is_empty(), delivered, "{name}");
    }
}

#[test]
fn what_was_asked_in_messenger_is_answered_there_though_a_page_is_open() {
    let mut line = connected(true);
    line.handle(T0, Input::Linked { address: address() });
    let asked = line.handle(T0, wrote_in_messenger("m_1", "How do returns work?"));
    assert_eq!(deliveries(&asked).len(), 1, "the answer");
    line.handle(T0, staff_says("s1", "And I am Kim."));
    let seen = Input::Frame { connection: Some(ConnectionId(1)), frame: ClientFrame::Seen(line.last_seq()) };
    line.handle(T0, seen);
    let first = line.state.outbox[0].delivery.clone();
    let result =
        SendResult::Answered { status: 200, body: b"{\"message_id\":\"m_2\"}".to_vec(), retry_after: None };
    let then = line.handle(T0, Input::DeliveryFinished { delivery: first, part: 0, result });
    assert_eq!(deliveries(&then).len(), 1, "what was said after it, though seen on the page");
    line.handle(T0, say("c1", "Thanks, I am back on the page"));
    let later = line.handle(T0, staff_says("s2", "Good."));
    assert!(deliveries(&later).is_empty(), "back on the page");
}

#[test]
fn that_a_person_answers_is_said_before_their_first_word() {
    let mut line = connected(true);
    let joined = line.handle(T0, staff_says("s1", "Hello, I am Kim."));
    assert!(
        matches!(
            events(&joined).as_slice(),
            [EventBody::Holder { holder: Holder::Staff }, EventBody::Message(_)]
        ),
        "{joined:?}"
    );
    assert_eq!(events(&line.handle(T0, staff_says("s2", "How can I help?"))).len(), 1, "said once");
}

#[test]
fn between_two_pages_nothing_goes_out_and_after_leaving_it_does() {
    let mut line = connected(true);
    line.handle(T0, Input::Linked { address: address() });
    line.handle(T0, Input::Disconnected { connection: ConnectionId(1) });
    let at_once = line.handle(T0 + Millis(10), staff_says("s1", "Hello?"));
    assert!(deliveries(&at_once).is_empty());
    let wakeup = line.next_wakeup().unwrap();
    assert!(wakeup > T0 + Millis(10) && wakeup <= T0 + Millis::seconds(6));
    let later = line.handle(T0 + Millis::seconds(6), Input::Wake);
    assert_eq!(deliveries(&later).len(), 1);
}

#[test]
fn a_send_without_an_answer_waits_for_its_echo() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    let sent = line.handle(T0, staff_says("s1", "Hello"));
    let body = deliveries(&sent)[0].clone();
    let metadata = body.pointer("/message/metadata").unwrap().as_str().unwrap().to_owned();

    let mut restarted = line.clone();
    let pace = Pace::default();
    let patience = Millis(pace.send_timeout_ms.0 + pace.echo_wait_ms.0);
    let early = restarted.handle(T0 + Millis(patience.0 - 1), Input::Wake);
    assert!(deliveries(&early).is_empty(), "sent again before its echo had time");
    let late = restarted.handle(T0 + patience, Input::Wake);
    assert_eq!(deliveries(&late), [&body], "a send nobody saw is made again, the same");

    let echo = Inbound {
        address: address(),
        at: T0,
        dedupe_key: "m1".into(),
        standby: false,
        what: InboundEvent::Echo {
            id: ForeignId::parse("m1").unwrap(),
            app_id: None,
            metadata: Some(metadata),
            content: Content::text("Hello"),
            reply_to: None,
        },
    };
    line.handle(T0 + Millis(5), Input::Inbound(echo));
    let late = line.handle(T0 + patience, Input::Wake);
    assert!(deliveries(&late).is_empty(), "its echo came: it went");
}

#[test]
fn a_send_that_went_despite_its_error_is_never_made_again() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    let sent = line.handle(T0, staff_says("s1", "Hello"));
    let delivery = sent.iter().find_map(|effect| match effect {
        Effect::Deliver { delivery, .. } => Some(delivery.clone()),
        _ => None,
    });
    let body = br#"{"error":{"code":1,"error_subcode":1357046}}"#.to_vec();
    let result = SendResult::Answered { status: 500, body, retry_after: None };
    line.handle(T0 + Millis(5), Input::DeliveryFinished { delivery: delivery.unwrap(), part: 0, result });
    let later = line.handle(T0 + Millis::hours(1), Input::Wake);
    assert!(deliveries(&later).is_empty());
}

#[test]
fn a_person_silences_the_assistant_and_a_quiet_day_brings_it_back() {
    let mut line = connected(true);
    line.handle(T0, staff_says("s1", "Kim here."));
    let answered = line.handle(T0 + Millis::minutes(1), say("c1", "Do you ship to Norway?"));
    assert!(said_by(&answered, |author| *author == Author::Bot).is_empty());
    let next_day = line.handle(T0 + Millis::hours(20), say("c2", "Do you ship to Norway?"));
    assert_eq!(said_by(&next_day, |author| *author == Author::Bot).len(), 1);
}

#[test]
fn an_ordinary_conversation_costs_a_handful_of_writes() {
    let mut line = connected(true);
    let (mut writes, mut now) = (0, T0);
    let mut flush = |line: &mut Conversation, now: UnixMillis, effects: Vec<Effect>| {
        for effect in effects {
            if let Effect::Flush { last, .. } = effect {
                writes += 2;
                line.handle(now, Input::Flushed { last, written: true });
            }
        }
    };
    for n in 0..10 {
        let effects = line.handle(now, say(&format!("c{n}"), "human please"));
        flush(&mut line, now, effects);
        now = now + Millis::seconds(20);
        let effects = line.handle(now, staff_says(&format!("s{n}"), "Let me look."));
        flush(&mut line, now, effects);
        now = now + Millis::seconds(5);
    }
    for _ in 0..40 {
        let Some(at) = line.next_wakeup().filter(|at| *at < T0 + Millis::hours(2)) else { break };
        now = now.max(at);
        let effects = line.handle(now, Input::Wake);
        for effect in &effects {
            if let Effect::Relay(relay) = effect {
                line.handle(now, Input::Relayed { up_to: relay.up_to, accepted: true });
            }
        }
        flush(&mut line, now, effects);
    }
    assert_eq!(line.flushed(), line.last_seq());
    assert!(writes <= 4, "{writes} writes for 20 messages");
}

#[test]
fn a_restart_changes_nothing_that_was_said() {
    let mut line = connected(true);
    let mut log = Vec::new();
    for (n, text) in ["hello", "Do you ship to Norway?", "human please", "a@b.example"].iter().enumerate() {
        for effect in line.handle(T0 + Millis::seconds(n as u64), say(&format!("c{n}"), text)) {
            if let Effect::Append(event) = effect {
                log.push(event);
            }
        }
    }
    let restored = Conversation::restore(config(), None, log).unwrap();
    assert_eq!(restored.state, line.state);
}

#[test]
fn the_storage_format_is_unchanged() {
    // Any change here needs a migration: these entries are in merchants' KV.
    let json = include_str!("../../golden/conversation/events.json");
    let events: Vec<Event> = serde_json::from_str(json).unwrap();
    let again = serde_json::to_string_pretty(&events).unwrap();
    assert_eq!(again.trim(), json.trim());
}

#[test]
fn what_is_said_in_a_burst_is_stored_and_shown_together() {
    let line = || {
        let mut line = Conversation::new(config());
        line.handle(T0, hello(true));
        line.handle(T0, staff_says("s1", "I am with you."));
        line
    };
    let (mut together, mut alone) = (line(), line());
    let said = ["one", "two", "two", "three"].map(|word| say(word, word));
    let effects = together.handle_all(T0, said.clone());
    let stored = |effects: &[Effect]| {
        let appended = effects.iter().filter(|effect| matches!(effect, Effect::Append(_)));
        appended.cloned().collect::<Vec<_>>()
    };
    let one_by_one: Vec<Effect> = said.into_iter().flat_map(|input| alone.handle(T0, input)).collect();
    assert_eq!(stored(&effects), stored(&one_by_one));
    assert_eq!(stored(&effects).len(), 3);
    assert_eq!(together.state, alone.state);
    let shown: Vec<usize> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Broadcast { frame: ServerFrame::Events { events, .. }, .. } => Some(events.len()),
            _ => None,
        })
        .collect();
    assert_eq!(shown, [3], "one frame shows them all");
}
