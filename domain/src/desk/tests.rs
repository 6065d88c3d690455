//! Tables for the desk's decisions.

use super::*;
use crate::channel::messenger::decode_webhook;
use crate::channel::{Address, Channel, Inbound};
use crate::conversation::{Pace, Relay, SendResult};
use crate::ids::{ConversationId, ForeignId, LinkReference, Seq, StaffId};
use crate::store;
use serde_json::{Value, json};
use std::rc::Rc;

const T0: UnixMillis = UnixMillis(1_800_000_000_000);
mod forgetting;
mod staff;

const PAGE: &str = "104400000000001";

fn config() -> Config {
    let settings = store::decode(include_str!("../../../stores/demo.json")).unwrap();
    Config { settings: Rc::new(settings), link_base: "https://m.me".into(), pace: Pace::default() }
}

fn conversation(id: &str) -> ConversationId {
    ConversationId::parse(id).unwrap()
}

fn address_of(person: &str) -> Address {
    let id = |text: &str| ForeignId::parse(text).unwrap();
    Address { channel: Channel::Messenger, account: id(PAGE), person: id(person) }
}

struct Story {
    records: MemoryRecords,
    now: UnixMillis,
    webhooks: u64,
    outcome: ForwardOutcome,
    warnings: Vec<&'static str>,
}

impl Story {
    fn new() -> Self {
        let outcome = ForwardOutcome::Taken;
        Self { records: MemoryRecords::default(), now: T0, webhooks: 0, outcome, warnings: Vec::new() }
    }

    fn tell(&mut self, input: Input) -> Vec<Effect> {
        handle(self.now, &config(), &mut self.records, input)
    }

    /// A webhook item of a person; what reached conversations and what the store said.
    fn webhook(&mut self, person: &str, mut item: Value) -> (Vec<(String, Forward)>, Vec<String>) {
        self.webhooks += 1;
        let object = item.as_object_mut().unwrap();
        object.insert("sender".into(), json!({"id": person}));
        object.insert("recipient".into(), json!({"id": PAGE}));
        object.insert("timestamp".into(), json!(self.now.0 + self.webhooks));
        let body = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [item]}]});
        self.intake(decode_webhook(body.to_string().as_bytes()).unwrap())
    }

    fn intake(&mut self, inbounds: Vec<Inbound>) -> (Vec<(String, Forward)>, Vec<String>) {
        let fresh = conversation(&format!("fresh{}", self.webhooks));
        let items =
            inbounds.into_iter().map(|inbound| IntakeItem { inbound, fresh: fresh.clone() }).collect();
        let effects = self.tell(Input::Intake(items));
        self.settle(effects)
    }

    /// A shopper said something in a conversation, and the desk heard of it.
    fn hear_from(&mut self, in_conversation: &str, text: &str) {
        let relay = Relay {
            conversation: conversation(in_conversation),
            up_to: Seq(2),
            said: vec![(Seq(2), text.into())],
            place: String::new(),
        };
        let effects = self.tell(Input::Relay(relay));
        self.settle(effects);
    }

    fn settle(&mut self, effects: Vec<Effect>) -> (Vec<(String, Forward)>, Vec<String>) {
        let (mut forwards, mut said) = (Vec::new(), Vec::new());
        let mut queue = std::collections::VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Forward { number, conversation, forward } => {
                    forwards.push((conversation.to_string(), forward));
                    queue.extend(self.tell(Input::ForwardFinished { number, outcome: self.outcome.clone() }));
                }
                Effect::Send { number, body, .. } => {
                    said.push(body.pointer("/message/text").and_then(Value::as_str).unwrap_or("").to_owned());
                    let answer = json!({"message_id": format!("m_out_{number}")}).to_string().into_bytes();
                    let result = SendResult::Answered { status: 200, body: answer, retry_after: None };
                    queue.extend(self.tell(Input::SendFinished { number, result }));
                }
                Effect::Warn(what) => self.warnings.push(what),
                Effect::Link(_) | Effect::Invite(_) | Effect::StaffRemoved(_) => {}
            }
        }
        (forwards, said)
    }

    fn link(&mut self, to: &str, reference: &str, code: u32) -> crate::wire::Link {
        let effects = self.tell(Input::IssueLink {
            conversation: conversation(to),
            channel: Channel::Messenger,
            reference: LinkReference::parse(reference).unwrap(),
            code,
        });
        let Some(Effect::Link(link)) = effects.into_iter().next() else { panic!("no link") };
        link
    }
}

fn started_with(reference: &str) -> Value {
    json!({"postback": {"mid": format!("p-{reference}"), "title": "Get Started", "payload": "GET_STARTED",
        "referral": {"ref": reference, "source": "SHORTLINK", "type": "OPEN_THREAD"}}})
}

fn text(mid: &str, text: &str) -> Value {
    json!({"message": {"mid": mid, "text": text}})
}

#[test]
fn a_link_carries_the_conversation_over() {
    let mut story = Story::new();
    let link = story.link("web1", "r1", 482_193);
    assert_eq!(
        (link.url.as_str(), link.code.as_str()),
        ("https://m.me/harbourcoffee?ref=r1&text=482193", "482193")
    );
    let (forwards, said) = story.webhook("ann", started_with("r1"));
    assert!(matches!(forwards.as_slice(), [(to, Forward::Linked(_))] if to == "web1"), "{forwards:?}");
    assert!(said[0].contains("continuing your chat with Harbour Coffee"), "{said:?}");
    let (forwards, _) = story.webhook("ann", text("m1", "hello"));
    assert!(matches!(forwards.as_slice(), [(to, Forward::Inbound(_))] if to == "web1"), "{forwards:?}");
}

#[test]
fn a_typed_code_does_what_a_dropped_reference_could_not() {
    let mut story = Story::new();
    story.link("web1", "r1", 482_193);
    let (forwards, _) = story.webhook("ann", text("m1", "continue 482 193"));
    assert!(matches!(forwards.as_slice(), [(to, Forward::Linked(_))] if to == "web1"), "{forwards:?}");
}

#[test]
fn links_are_refused_in_words_a_shopper_understands() {
    for (name, person, reference, later, words) in [
        ("forged", "ann", "nobody-issued-this", Millis(0), "could not find"),
        ("reused by another", "eve", "r1", Millis(0), "already used"),
        ("expired", "bob", "r2", Millis::minutes(16), "expired"),
    ] {
        let mut story = Story::new();
        story.link("web1", "r1", 1);
        story.link("web2", "r2", 2);
        story.webhook("ann", started_with("r1"));
        story.now = story.now + later;
        let (forwards, said) = story.webhook(person, started_with(reference));
        assert!(!forwards.iter().any(|(_, forward)| matches!(forward, Forward::Linked(_))), "{name}");
        assert!(said.iter().any(|said| said.contains(words)), "{name}: {said:?}");
    }
}

#[test]
fn codes_cannot_be_guessed_for_long() {
    let mut story = Story::new();
    story.link("web1", "r1", 482_193);
    for n in 0..6 {
        story.webhook("eve", text(&format!("m{n}"), &format!("{:06}", 111_111 + n)));
    }
    let (forwards, said) = story.webhook("eve", text("hit", "482193"));
    assert!(forwards.is_empty(), "{forwards:?}");
    assert!(said.iter().any(|said| said.contains("too many")), "{said:?}");
}

#[test]
fn moving_to_another_conversation_asks_first() {
    let mut story = Story::new();
    story.link("web1", "r1", 1);
    story.webhook("ann", started_with("r1"));
    story.hear_from("web1", "Do you ship to Norway?");
    story.link("web2", "r2", 2);
    let (forwards, said) = story.webhook("ann", json!({"referral": {"ref": "r2", "type": "OPEN_THREAD"}}));
    assert!(forwards.is_empty() && said[0].contains("already have a chat"), "{said:?}");
    let yes = json!({"message": {"mid": "m9", "text": "Continue it here",
        "quick_reply": {"payload": "openline:move:r2"}}});
    let (forwards, _) = story.webhook("ann", yes);
    let kinds: Vec<_> =
        forwards.iter().map(|(to, forward)| (to.as_str(), matches!(forward, Forward::Linked(_)))).collect();
    assert_eq!(kinds, [("web1", false), ("web2", true)]);
}

#[test]
fn a_code_after_get_started_needs_no_question() {
    let get_started = json!({"postback": {"mid": "p1", "title": "Get Started", "payload": "GET_STARTED"}});
    for (spoke_there, linked) in [(false, true), (true, false)] {
        let mut story = Story::new();
        story.link("web1", "r1", 482_193);
        let (forwards, _) = story.webhook("ann", get_started.clone());
        let begun = forwards[0].0.clone();
        if spoke_there {
            story.hear_from(&begun, "Is anybody there?");
        }
        let (forwards, said) = story.webhook("ann", text("m1", "482193"));
        let is_linked = forwards.iter().any(|(to, f)| to == "web1" && matches!(f, Forward::Linked(_)));
        assert_eq!(is_linked, linked, "{forwards:?}");
        assert_eq!(said[0].contains("already have a chat"), spoke_there, "{said:?}");
    }
}

#[test]
fn not_me_undoes_the_link() {
    let mut story = Story::new();
    story.link("web1", "r1", 1);
    story.webhook("ann", started_with("r1"));
    let no =
        json!({"message": {"mid": "m9", "text": "Not me", "quick_reply": {"payload": "openline:not-me"}}});
    let (forwards, _) = story.webhook("ann", no);
    assert!(matches!(forwards.as_slice(), [(to, Forward::Unlinked(_))] if to == "web1"), "{forwards:?}");
    let (forwards, _) = story.webhook("ann", text("m10", "hello"));
    assert_ne!(forwards[0].0, "web1");
}

#[test]
fn a_redelivery_changes_nothing_and_a_batch_is_put_in_order() {
    let mut story = Story::new();
    let item = |mid: &str, at: u64| json!({"sender": {"id": "ann"}, "recipient": {"id": PAGE}, "timestamp": at, "message": {"mid": mid, "text": mid}});
    let body = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [item("late", T0.0 + 9), item("early", T0.0 + 1)]}]});
    let inbounds = decode_webhook(body.to_string().as_bytes()).unwrap();
    let (first, _) = story.intake(inbounds.clone());
    let order: Vec<_> = first
        .iter()
        .map(|(_, forward)| match forward {
            Forward::Inbound(inbound) => inbound.dedupe_key.contains("early"),
            _ => false,
        })
        .collect();
    assert_eq!(order, [true, false]);
    let (again, _) = story.intake(inbounds);
    assert!(again.is_empty());
}

#[test]
fn another_page_is_none_of_our_business() {
    let mut story = Story::new();
    let body = json!({"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [
        {"sender": {"id": "ann"}, "recipient": {"id": "1"}, "timestamp": 5, "message": {"mid": "m", "text": "x"}}]}]});
    let (forwards, said) = story.intake(decode_webhook(body.to_string().as_bytes()).unwrap());
    assert!(forwards.is_empty() && said.is_empty());
}

#[test]
fn staff_are_told_and_their_replies_find_the_shopper() {
    let mut story = Story::new();
    let id = StaffId::parse("kim").unwrap();
    story.tell(Input::InviteStaff {
        id,
        name: "Kim".into(),
        reference: LinkReference::parse("staff-r").unwrap(),
    });
    story.webhook("kims-phone", started_with("staff-r"));
    let relay = Relay {
        conversation: conversation("web1"),
        up_to: Seq(3),
        said: vec![(Seq(3), "Is it in stock?".into())],
        place: "Grinder".into(),
    };
    let effects = story.tell(Input::Relay(relay.clone()));
    let Some(Effect::Send { number, .. }) = effects.first().cloned() else { panic!("{effects:?}") };
    let (_, said) = story.settle(effects);
    assert_eq!(said, ["Shopper WEB1 · Grinder\nIs it in stock?"]);
    let effects = story.tell(Input::Relay(relay));
    assert!(effects.is_empty(), "told twice");

    let reply = json!({"message": {"mid": "m2", "text": "Yes, three left.", "reply_to": {"mid": format!("m_out_{number}")}}});
    let (forwards, _) = story.webhook("kims-phone", reply);
    assert!(
        matches!(forwards.as_slice(), [(to, Forward::StaffSaid { text, name, answers: Some(Seq(3)), .. })] if to == "web1" && text == "Yes, three left." && name == "Kim"),
        "{forwards:?}"
    );
    let (forwards, said) = story.webhook("kims-phone", text("m3", "Hello?"));
    assert!(forwards.is_empty() && said[0].contains("reply to their message"));
}

#[test]
fn a_stopped_account_sends_nothing_and_does_not_spin() {
    let mut story = Story::new();
    let policy = json!({"policy-enforcement": {"action": "block", "reason": "spam"}});
    let mut item = policy;
    item.as_object_mut().unwrap().insert("recipient".into(), json!({"id": PAGE}));
    item.as_object_mut().unwrap().insert("timestamp".into(), json!(T0.0));
    let body = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [item]}]});
    story.intake(decode_webhook(body.to_string().as_bytes()).unwrap());
    assert_eq!(account_stopped(&story.records, T0).as_deref(), Some("spam"));
    story.link("web1", "r1", 1);
    let (_, said) = story.webhook("ann", started_with("r1"));
    assert!(said.is_empty());
    assert!(next_wakeup(&story.records).is_none_or(|at| at > T0 + Millis::minutes(1)));
}

#[test]
fn a_forgotten_conversation_leaves_no_row() {
    let mut story = Story::new();
    story.link("web1", "r1", 1);
    story.webhook("ann", started_with("r1"));
    story.tell(Input::Forget(conversation("web1")));
    assert!(!format!("{:?}", story.records).contains("web1"));
}
