//! What holds for every history of inputs.

use super::tests::{T0, address, config};
use super::*;
use crate::channel::{Inbound, InboundEvent, ThreadControl};
use crate::ids::{ForeignId, MessageId, StaffId};
use crate::message::Content;
use crate::time::Millis;
use crate::wire::ClientFrame;
use proptest::prelude::*;

fn foreign() -> impl Strategy<Value = ForeignId> {
    (0..6_u8).prop_map(|n| ForeignId::parse(format!("m{n}")).unwrap())
}

fn frame() -> impl Strategy<Value = ClientFrame> {
    prop_oneof![
        4 => (0..12_u8, ".{0,40}|human please|a@b.example").prop_map(|(n, text)| ClientFrame::Say {
            id: MessageId::parse(format!("c{n}")).unwrap(), text, reply_to: None, page: None, opening: None,
        }),
        1 => (proptest::option::of(0..40_u64), any::<bool>())
            .prop_map(|(after, visible)| ClientFrame::Hello { after: after.map(Seq), visible }),
        1 => any::<bool>().prop_map(ClientFrame::Visible),
        2 => any::<u64>().prop_map(|seq| ClientFrame::Seen(Seq(seq % 60))),
        1 => Just(ClientFrame::Typing),
        1 => Just(ClientFrame::Link(crate::channel::Channel::Messenger)),
        1 => Just(ClientFrame::Contact { kind: ContactKind::Email, value: "x@y.example".into() }),
    ]
}

fn channel_event() -> impl Strategy<Value = InboundEvent> {
    let metadata = prop_oneof![
        Just(None),
        (0..30_u64, 0..2_u32).prop_map(|(seq, part)| Some(format!("openline:abc:{seq}#{part}")))
    ];
    prop_oneof![
        (foreign(), ".{0,30}|stop").prop_map(|(id, text)| InboundEvent::Message {
            id,
            content: Content::text(text),
            quick_reply: None,
            reply_to: None,
            reference: None,
        }),
        (foreign(), metadata).prop_map(|(id, metadata)| InboundEvent::Echo {
            id,
            app_id: None,
            metadata,
            content: Content::text("echo"),
            reply_to: None,
        }),
        (0..400_000_u64).prop_map(|ms| InboundEvent::Delivered { watermark: T0 + Millis(ms), ids: vec![] }),
        (0..400_000_u64).prop_map(|ms| InboundEvent::Read { watermark: T0 + Millis(ms) }),
        (foreign(), proptest::option::of(Just("❤".to_owned())))
            .prop_map(|(id, emoji)| InboundEvent::Reaction { id, emoji }),
        (foreign(), ".{0,9}").prop_map(|(id, text)| InboundEvent::Edited { id, text }),
        foreign().prop_map(|id| InboundEvent::Deleted { id }),
        any::<bool>().prop_map(|stop| InboundEvent::OptOut { stop }),
        Just(InboundEvent::ThreadControl(ThreadControl::Taken { app_id: None })),
        Just(InboundEvent::ThreadControl(ThreadControl::Given { app_id: None })),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Input(Box<Input>),
    /// The channel or KV answers what was last asked, well or badly.
    Answer(u8),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let connection = || (0..3_u64).prop_map(ConnectionId);
    prop_oneof![
        2 => connection().prop_map(|connection| Step::Input(Box::new(Input::Connected { connection }))),
        1 => connection().prop_map(|connection| Step::Input(Box::new(Input::Disconnected { connection }))),
        8 => (proptest::option::of(connection()), frame())
            .prop_map(|(connection, frame)| Step::Input(Box::new(Input::Frame { connection, frame }))),
        1 => Just(Step::Input(Box::new(Input::Polled))),
        1 => Just(Step::Input(Box::new(Input::Linked { address: address() }))),
        1 => Just(Step::Input(Box::new(Input::Unlinked { address: address() }))),
        6 => (channel_event(), any::<bool>(), 0..9_u64).prop_map(|(what, standby, n)| Step::Input(Box::new(Input::Inbound(Inbound {
            address: address(), at: T0 + Millis(n), dedupe_key: n.to_string(), standby, what,
        })))),
        3 => (0..9_u8).prop_map(|n| Step::Input(Box::new(Input::StaffSaid {
            id: MessageId::parse(format!("s{n}")).unwrap(), staff: StaffId::parse("kim").unwrap(),
            name: "Kim".into(), text: "line ".repeat(usize::from(n) * 120 + 1),
            answers: (n % 2 == 0).then_some(Seq(u64::from(n))),
        }))),
        6 => any::<u8>().prop_map(Step::Answer),
        4 => prop_oneof![0..50_u64, 0..400_000_u64, 0..200_000_000_u64].prop_map(Step::Wait),
    ]
}

fn answer(asked: Effect, how: u8) -> Option<Input> {
    Some(match asked {
        Effect::Deliver { delivery, part, .. } => {
            let (status, body): (u16, &str) = match how % 8 {
                0..=2 => (200, r#"{"message_id":"m5"}"#),
                3 => (400, r#"{"error":{"code":613}}"#),
                4 => (400, r#"{"error":{"code":10,"error_subcode":2018278}}"#),
                5 => (500, r#"{"error":{"code":1,"error_subcode":1357046}}"#),
                6 => (401, r#"{"error":{"code":190}}"#),
                _ => return Some(Input::DeliveryFinished { delivery, part, result: SendResult::NoAnswer }),
            };
            let result = SendResult::Answered { status, body: body.as_bytes().to_vec(), retry_after: None };
            Input::DeliveryFinished { delivery, part, result }
        }
        Effect::Flush { last, .. } => Input::Flushed { last, written: !how.is_multiple_of(4) },
        Effect::Relay(relay) => Input::Relayed { up_to: relay.up_to, accepted: !how.is_multiple_of(4) },
        Effect::IssueLink { connection, .. } => Input::LinkIssued { connection, link: None },
        _ => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_keeps_the_invariants(steps in proptest::collection::vec(step(), 1..70)) {
        let mut line = Conversation::new(config());
        let (mut now, mut log, mut snapshot, mut asked) = (T0, Vec::<Event>::new(), None, Vec::<Effect>::new());
        for step in steps {
            let input = match step {
                Step::Input(input) => *input,
                Step::Answer(how) => match asked.pop().and_then(|effect| answer(effect, how)) {
                    Some(input) => input,
                    None => continue,
                },
                Step::Wait(ms) => {
                    now = now + Millis(ms);
                    Input::Wake
                }
            };
            let effects = line.handle(now, input);
            let shown = effects.iter().position(|effect| !matches!(effect,
                Effect::Append(_) | Effect::Redact { .. } | Effect::Checkpoint(_) | Effect::Trim { .. }));
            for (place, effect) in effects.into_iter().enumerate() {
                match effect {
                    Effect::Append(event) => {
                        prop_assert!(shown.is_none_or(|shown| place < shown), "shown before it was durable");
                        prop_assert_eq!(event.seq.0, log.len() as u64 + 1, "a gap in the log");
                        prop_assert!(log.last().is_none_or(|last| last.at <= event.at), "the log's clock went back");
                        let json = serde_json::to_string(&event).unwrap();
                        let again: Event = serde_json::from_str(&json).unwrap();
                        prop_assert_eq!(&again, &event, "an entry does not survive storage");
                        log.push(event);
                    }
                    Effect::Checkpoint(taken) => snapshot = Some(taken.as_str().to_owned()),
                    other => asked.push(other),
                }
            }
            // Woken when asked to be, it has nothing left to do at that moment: no alarm rings for ever.
            if let Some(at) = line.next_wakeup() {
                let mut probe = line.clone();
                let at = at.max(now);
                let effects = probe.handle(at, Input::Wake);
                let erased = effects.contains(&Effect::Erase);
                prop_assert!(erased || probe.next_wakeup() != line.next_wakeup() || !effects.is_empty(),
                    "woken at {:?} for nothing, and again", at);
                prop_assert!(erased || probe.next_wakeup().is_none_or(|next| next > at), "due again at once");
            }
            let restored = Conversation::restore(config(), snapshot.as_deref(), log.iter().cloned()).unwrap();
            prop_assert_eq!(&restored.state, &line.state, "a restart changes the state");
        }
    }
}
