//! What becomes of a message on its way to Messenger.

use super::*;

fn messenger_event(what: InboundEvent) -> Input {
    let dedupe_key = format!("{what:?}");
    Input::Inbound(Inbound { address: address(), at: T0, dedupe_key, standby: false, what })
}

fn foreign(id: &str) -> ForeignId {
    ForeignId::parse(id).unwrap()
}

/// The first send among `effects` is answered so.
fn answered(
    line: &mut Conversation,
    now: UnixMillis,
    effects: &[Effect],
    status: u16,
    body: &str,
) -> Vec<Effect> {
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Deliver { delivery, part, .. } => Some((delivery.clone(), *part)),
        _ => None,
    });
    let (delivery, part) = sent.unwrap();
    let result = SendResult::Answered { status, body: body.as_bytes().to_vec(), retry_after: None };
    line.handle(now, Input::DeliveryFinished { delivery, part, result })
}

const TAKEN: &str = r#"{"error":{"code":10,"error_subcode":2018300}}"#;
const MAYBE: &str = r#"{"error":{"code":1,"error_subcode":1357046}}"#;

#[test]
fn the_echo_names_what_went_despite_its_error() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    let sent = line.handle(T0, staff_says("s1", "Hello"));
    let metadata = deliveries(&sent)[0].pointer("/message/metadata").unwrap().as_str().unwrap().to_owned();
    answered(&mut line, T0, &sent, 500, MAYBE);
    let echo = |id: &str| InboundEvent::Echo {
        id: foreign(id),
        app_id: None,
        metadata: Some(metadata.clone()),
        content: Content::text("Hello"),
        reply_to: None,
    };
    let named = line.handle(T0 + Millis(5), messenger_event(echo("m_1")));
    assert!(
        matches!(events(&named).as_slice(), [EventBody::Delivery { step: DeliveryStep::Echoed { .. }, .. }]),
        "{named:?}"
    );
    assert!(events(&line.handle(T0 + Millis(6), messenger_event(echo("m_1")))).is_empty(), "named once");

    let emoji = Some("❤".to_owned());
    let liked = line.handle(
        T0 + Millis(7),
        messenger_event(InboundEvent::Reaction { id: foreign("m_1"), emoji: emoji.clone() }),
    );
    let message = MessageId::parse("s1").unwrap();
    assert!(events(&liked).contains(&&EventBody::Reacted { message, emoji }), "{liked:?}");
    let ids = vec![foreign("m_1")];
    let delivered = InboundEvent::Delivered { watermark: UnixMillis(0), ids };
    let delivered = line.handle(T0 + Millis(8), messenger_event(delivered));
    assert!(
        matches!(events(&delivered).as_slice(), [EventBody::Delivery { step: DeliveryStep::Delivered, .. }]),
        "{delivered:?}"
    );
}

#[test]
fn an_answer_to_one_message_quotes_it_in_messenger() {
    let ok = r#"{"message_id":"m_out"}"#;
    // (where the shopper wrote, what is quoted there)
    for (from_messenger, quoted) in [(true, Some("m_1")), (false, None)] {
        let mut line = connected(false);
        line.handle(T0, Input::Linked { address: address() });
        line.handle(T0, staff_says("s0", "Kim here"));
        if from_messenger {
            line.handle(T0, wrote_in_messenger("m_1", "Is it in stock?"));
            line.handle(T0, wrote_in_messenger("m_2", "And in blue?"));
        } else {
            line.handle(T0, say("c1", "Is it in stock?"));
        }
        let first = line.state.known.iter().find(|known| known.by_shopper).unwrap().seq;
        let Input::StaffSaid { id, staff, name, .. } = staff_says("s1", "") else { unreachable!() };
        let long = "Yes. ".repeat(500);
        let answer = Input::StaffSaid { id, staff, name, text: long, answers: Some(first) };
        let waiting = line.handle(T0, answer);
        assert!(deliveries(&waiting).is_empty(), "behind the first");
        let pending = line.state.outbox.first().unwrap().delivery.clone();
        let result = SendResult::Answered { status: 200, body: ok.into(), retry_after: None };
        let sent = line.handle(T0, Input::DeliveryFinished { delivery: pending, part: 0, result });
        let mid = deliveries(&sent)[0].pointer("/message/reply_to/mid").and_then(|mid| mid.as_str());
        assert_eq!(mid, quoted);
        let second = answered(&mut line, T0, &sent, 200, ok);
        assert_eq!(deliveries(&second)[0].pointer("/message/reply_to"), None, "only the first part");
    }
}

#[test]
fn what_waits_for_another_app_goes_on_or_is_given_up_where_all_can_see() {
    let window = Millis::minutes(24 * 60 - 5);
    for by_person in [true, false] {
        let mut line = connected(false);
        line.handle(T0, Input::Linked { address: address() });
        let sent = if by_person {
            line.handle(T0, staff_says("s1", "Hello"))
        } else {
            line.handle(T0, wrote_in_messenger("m_1", "How do returns work?"))
        };
        let held = answered(&mut line, T0, &sent, 400, TAKEN);
        let until = Some(T0 + window);
        assert!(
            matches!(events(&held).as_slice(),
                [EventBody::Delivery { step: DeliveryStep::Held { until: at, .. }, .. }] if *at == until),
            "{held:?}"
        );
        let mut freed = line.clone();
        let given = InboundEvent::ThreadControl(crate::channel::ThreadControl::Given { app_id: None });
        let again = freed.handle(T0 + Millis::hours(1), messenger_event(given));
        assert_eq!(deliveries(&again).len(), 1, "the thread is ours again");

        assert!(line.next_wakeup().is_some_and(|at| at <= T0 + window));
        assert!(deliveries(&line.handle(T0 + Millis::hours(20), Input::Wake)).is_empty());
        let over = line.handle(T0 + window, Input::Wake);
        let failed = events(&over).into_iter().any(|body| {
            matches!(body, EventBody::Delivery { step: DeliveryStep::Failed { reason, .. }, .. } if reason.contains("given up"))
        });
        assert_eq!((failed, deliveries(&over).len()), (!by_person, usize::from(by_person)), "{over:?}");
        if by_person {
            assert_eq!(deliveries(&over)[0]["tag"], "HUMAN_AGENT");
        }
    }
}
