//! What may not go now, and what opens a shopper's window.

use super::messenger::{answered, foreign, messenger_event};
use super::*;
use crate::message::{Attachment, AttachmentKind};

fn linked() -> Conversation {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    line
}

fn texts(effects: &[Effect]) -> Vec<String> {
    let text = |body: &serde_json::Value| body.pointer("/message/text")?.as_str().map(str::to_owned);
    deliveries(effects).into_iter().filter_map(text).collect()
}

fn finished(line: &mut Conversation, now: UnixMillis, result: SendResult) -> Vec<Effect> {
    let delivery = line.state.outbox.first().unwrap().delivery.clone();
    line.handle(now, Input::DeliveryFinished { delivery, part: 0, result })
}

#[test]
fn what_a_stopped_account_keeps_goes_later_and_in_order() {
    let stopped = || SendResult::AccountStopped { reason: "The page is restricted.".into() };
    for result in [stopped(), SendResult::PermitUnknown] {
        let mut line = linked();
        line.handle(T0, staff_says("s1", "First"));
        finished(&mut line, T0, result.clone());
        line.handle(T0, staff_says("s2", "Second"));
        // A day of it is no attempt too many.
        let mut now = T0;
        for _ in 0..20 {
            now = line.next_wakeup().unwrap().max(now);
            if !deliveries(&line.handle(now, Input::Wake)).is_empty() {
                finished(&mut line, now, result.clone());
            }
        }
        now = now + Millis::minutes(10);
        let first = line.handle(now, Input::Wake);
        assert_eq!(texts(&first), ["First"], "{result:?}");
        let second = answered(&mut line, now, &first, 200, r#"{"message_id":"m_1"}"#);
        assert_eq!(texts(&second), ["Second"], "{result:?}");
    }
}

#[test]
fn only_what_concerns_all_stops_the_account() {
    for (error, stops) in [
        (r#"{"error":{"code":190}}"#, true),
        (r#"{"error":{"code":10,"error_subcode":1893063}}"#, true),
        (r#"{"error":{"code":10}}"#, false),
        (r#"{"error":{"code":200}}"#, false),
    ] {
        let mut line = linked();
        let sent = line.handle(T0, staff_says("s1", "Hello"));
        let after = answered(&mut line, T0, &sent, 403, error);
        let stop = after.iter().any(|effect| matches!(effect, Effect::StopAccount(_)));
        assert_eq!(stop, stops, "{error}");
        assert!(
            matches!(
                events(&after).as_slice(),
                [EventBody::Delivery { step: DeliveryStep::Postponed { .. }, .. }]
            ),
            "{error}: it is not lost: {after:?}"
        );
    }
}

#[test]
fn a_window_begins_when_the_shopper_acted_not_when_we_heard_of_it() {
    let message = |id: &str| InboundEvent::Message {
        id: foreign(id),
        content: Content::text("hello"),
        quick_reply: None,
        reply_to: None,
        reference: None,
    };
    let echo = InboundEvent::Echo {
        id: foreign("m_e"),
        app_id: None,
        metadata: None,
        content: Content::text("x"),
        reply_to: None,
    };
    let (hour, now) = (Millis::hours(1), T0 + Millis::hours(1));
    for (name, what, at, expected) in [
        ("at once", message("m_1"), now, Some(now)),
        ("an hour late", message("m_1"), T0, Some(T0)),
        ("a clock ahead of ours", message("m_1"), now + hour, Some(now)),
        ("a late reaction", InboundEvent::Reaction { id: foreign("m_0"), emoji: None }, T0, Some(T0)),
        ("an echo", echo, now, None),
        ("a receipt", InboundEvent::Read { watermark: now }, now, None),
    ] {
        let mut line = connected(false);
        let Input::Inbound(inbound) = messenger_event(what) else { unreachable!() };
        line.handle(now, Input::Inbound(Inbound { at, ..inbound }));
        assert_eq!(line.state.reach(&address()).unwrap().last_inbound_at, expected, "{name}");
    }
    let mut line = connected(false);
    let Input::Inbound(prompt) = messenger_event(message("m_2")) else { unreachable!() };
    line.handle(now, Input::Inbound(Inbound { at: now, ..prompt }));
    let Input::Inbound(late) = messenger_event(message("m_3")) else { unreachable!() };
    line.handle(now + hour, Input::Inbound(Inbound { at: T0 + Millis(5), ..late }));
    assert_eq!(line.state.reach(&address()).unwrap().last_inbound_at, Some(now), "never back");
}

#[test]
fn staff_hear_of_what_has_no_words_and_of_what_was_too_much() {
    let relayed = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|effect| match effect {
            Effect::Relay(relay) => Some(relay.said.into_iter().map(|(_, text)| text).collect::<Vec<_>>()),
            _ => None,
        })
    };
    let photo = |url: Option<&str>| Content {
        attachments: vec![Attachment { kind: AttachmentKind::Image, url: url.map(str::to_owned) }],
        ..Content::default()
    };
    let message = |content: Content| InboundEvent::Message {
        id: foreign("m_1"),
        content,
        quick_reply: None,
        reply_to: None,
        reference: None,
    };
    for (what, told) in [
        (message(photo(Some("https://cdn.example/1.jpg"))), "[Photo] https://cdn.example/1.jpg"),
        (message(photo(None)), "[Photo]"),
        (
            InboundEvent::Unsupported { id: foreign("m_1") },
            "[Something that can only be seen where it was sent]",
        ),
    ] {
        let mut line = connected(false);
        line.handle(T0, messenger_event(what));
        let at = T0 + Millis::minutes(1);
        assert_eq!(relayed(line.handle(at, Input::Wake)), Some(vec![told.to_owned()]));
    }

    let mut line = connected(false);
    for n in 0..60 {
        line.handle(T0 + Millis::minutes(n), say(&format!("c{n}"), "Hello?"));
    }
    let later = T0 + Millis::hours(2);
    let lost = u64::from(line.state.unrelayed_lost);
    assert!(lost > 0);
    let said = relayed(line.handle(later, Input::Wake)).unwrap();
    assert_eq!(said[0], format!("({lost} earlier messages are left out here.)\nHello?"));
    let up_to = line.state.unrelayed.get(19).unwrap().0;
    line.handle(later, Input::Relayed { up_to, accepted: true });
    assert_eq!(line.state.unrelayed_lost, 0, "said once");
}
