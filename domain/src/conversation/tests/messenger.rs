//! What becomes of a message on its way to Messenger.

use super::*;

pub(super) fn messenger_event(what: InboundEvent) -> Input {
    let dedupe_key = format!("{what:?}");
    Input::Inbound(Inbound { address: address(), at: T0, dedupe_key, standby: false, what })
}

pub(super) fn foreign(id: &str) -> ForeignId {
    ForeignId::parse(id).unwrap()
}

/// The first send among `effects` is answered so.
pub(super) fn answered(
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

fn opted_out(effects: &[Effect]) -> Vec<bool> {
    let told = events(effects).into_iter().filter_map(|body| match body {
        EventBody::OptedOut { stop, .. } => Some(*stop),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_stop_is_obeyed_at_once_confirmed_once_and_undone_by_a_word() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    // One is under way, one waits behind it.
    let first = line.handle(T0, staff_says("s1", "Hello"));
    line.handle(T0, staff_says("s2", "Are you there?"));
    let stopped = line.handle(T0, wrote_in_messenger("m_1", "STOP"));
    assert_eq!(opted_out(&stopped), [true]);
    assert!(
        events(&stopped).iter().any(|body| matches!(body,
            EventBody::Delivery { delivery, step: DeliveryStep::Failed { reason, .. } }
                if delivery.seq < line.last_seq() && reason.contains("asked"))),
        "what waited is given up where staff can see it: {stopped:?}"
    );
    let receipt = answered(&mut line, T0, &first, 200, r#"{"message_id":"m_2"}"#);
    let text = deliveries(&receipt)[0].pointer("/message/text").unwrap().as_str().unwrap().to_owned();
    assert!(text.starts_with("You will not get any more messages from Harbour Coffee"), "{text}");
    let done = answered(&mut line, T0, &receipt, 200, r#"{"message_id":"m_3"}"#);
    assert!(deliveries(&done).is_empty());

    for (n, text) in ["stop!", "Unsubscribe", "How do returns work?", "ok"].into_iter().enumerate() {
        let then = line.handle(T0 + Millis(1), wrote_in_messenger(&format!("m_x{n}"), text));
        assert!(deliveries(&then).is_empty(), "{text}");
        assert!(said_by(&then, |author| *author == Author::Bot).is_empty(), "{text}");
    }
    let refused = line.handle(T0 + Millis(2), staff_says("s3", "Please come back"));
    let why = events(&refused).into_iter().find_map(|body| match body {
        EventBody::Delivery { step: DeliveryStep::Failed { reason, .. }, .. } => Some(reason.as_str()),
        _ => None,
    });
    assert!(deliveries(&refused).is_empty() && why.is_some_and(|why| why.contains("asked")), "{refused:?}");

    let resumed = line.handle(T0 + Millis(3), wrote_in_messenger("m_9", "start"));
    assert_eq!((opted_out(&resumed), deliveries(&resumed).len()), (vec![false], 1));
}

#[test]
fn a_stop_is_confirmed_in_the_shoppers_language() {
    for (locale, word, begins) in [
        (None, "STOP", "You will not"),
        (None, "ABMELDEN", "Sie erhalten"),
        (None, "darme de baja", "No recibirás"),
        (Some("nl-BE"), "STOP", "Je krijgt"),
        (Some("fr"), "ABMELDEN", "Vous ne"),
        (Some("ja"), "stop", "You will not"),
    ] {
        let mut line = connected(false);
        line.handle(T0, Input::Linked { address: address() });
        let page = crate::message::Page {
            url: "https://shop.example/".into(),
            locale: locale.map(str::to_owned),
            ..Default::default()
        };
        let frame = ClientFrame::Say {
            id: MessageId::parse("c1").unwrap(),
            text: "thanks".into(),
            reply_to: None,
            page: Some(page),
            opening: None,
        };
        line.handle(T0, Input::Frame { connection: Some(ConnectionId(1)), frame });
        let stopped = line.handle(T0, wrote_in_messenger("m_1", word));
        let said = said_by(&stopped, |author| *author == Author::Bot);
        assert!(said.iter().any(|text| text.starts_with(begins)), "{locale:?} {word}: {said:?}");
    }
}

#[test]
fn a_stop_on_the_page_stops_the_channels_behind_it() {
    for (linked, text, stops) in
        [(true, "Stop", true), (true, "cancel", false), (true, "end", false), (false, "Stop", false)]
    {
        let mut line = connected(true);
        if linked {
            line.handle(T0, Input::Linked { address: address() });
        }
        let said = line.handle(T0, say("c1", text));
        let later = line.handle(T0 + Millis::hours(1), Input::Wake);
        assert_eq!(opted_out(&said), vec![true; usize::from(stops)], "{linked} {text}");
        assert!(!stops || deliveries(&said).is_empty() && deliveries(&later).is_empty());
        assert_eq!(said_by(&said, |author| *author == Author::Bot).len(), 1, "the page hears of it");
        if stops {
            let back = line.handle(T0 + Millis::hours(1), say("c2", "Start"));
            assert_eq!(opted_out(&back), [false]);
        }
    }
}

#[test]
fn whoever_carries_the_conversation_on_again_is_written_to_again() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    line.handle(T0, wrote_in_messenger("m_1", "stop"));
    let again = line.handle(T0 + Millis(1), Input::Linked { address: address() });
    assert_eq!(opted_out(&again), [false]);
}

#[test]
fn a_question_above_answers_that_have_not_arrived_is_quoted() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    let first = line.handle(T0, wrote_in_messenger("m_1", "How do returns work?"));
    assert_eq!(deliveries(&first)[0].pointer("/message/reply_to"), None, "right below its question");
    line.handle(T0, wrote_in_messenger("m_2", "What does delivery cost?"));
    let mut sent = first;
    for n in 0..4 {
        let id = format!(r#"{{"message_id":"m_out{n}"}}"#);
        sent = answered(&mut line, T0, &sent, 200, &id);
        let Some(body) = deliveries(&sent).first().copied() else { break };
        if body.to_string().contains("Home delivery") {
            assert_eq!(body.pointer("/message/reply_to/mid").unwrap(), "m_2");
            return;
        }
    }
    panic!("the second answer did not go");
}

#[test]
fn who_used_the_channels_own_switch_takes_it_back_by_writing() {
    let mut line = connected(false);
    line.handle(T0, Input::Linked { address: address() });
    let sent = line.handle(T0, staff_says("s1", "Hello"));
    answered(&mut line, T0, &sent, 400, r#"{"error":{"code":10,"error_subcode":1893015}}"#);
    assert!(deliveries(&line.handle(T0, staff_says("s2", "Hello?"))).is_empty());
    let asked = line.handle(T0 + Millis(1), wrote_in_messenger("m_1", "Are you there?"));
    assert_eq!(opted_out(&asked), [false]);
    assert_eq!(deliveries(&line.handle(T0 + Millis(2), staff_says("s3", "Yes"))).len(), 1);
}

#[test]
fn staff_learn_once_why_their_words_do_not_go() {
    for (name, answer, told) in [
        ("taken", TAKEN, "Another app answers"),
        ("gone", r#"{"error":{"code":551,"error_subcode":1545041}}"#, "cannot be reached"),
        ("wrong", r#"{"error":{"code":100}}"#, "malformed"),
    ] {
        let mut line = connected(false);
        line.handle(T0, Input::Linked { address: address() });
        let sent = line.handle(T0, staff_says("s1", "Hello"));
        answered(&mut line, T0, &sent, 400, answer);
        let relays = (1..10).flat_map(|n| line.handle(T0 + Millis::minutes(n), Input::Wake));
        let heard: Vec<(Seq, String)> = relays
            .filter_map(|effect| match effect {
                Effect::Relay(relay) => Some(relay.said),
                _ => None,
            })
            .flatten()
            .collect();
        assert!(!heard.is_empty() && heard.iter().all(|(_, text)| text.contains(told)), "{name}: {heard:?}");
        let entries: std::collections::BTreeSet<Seq> = heard.iter().map(|(seq, _)| *seq).collect();
        assert_eq!(entries.len(), 1, "{name}: {heard:?}");
    }
}
