//! What must be gone, and what begins after it.

use super::*;

#[test]
fn what_redeliveries_are_known_by_names_nobody() {
    let mut story = Story::new();
    story.webhook("1234567890", text("m_secret", "hello"));
    let forgotten = story.records.conversation_at(&address_of("1234567890")).unwrap();
    story.tell(Input::Forget(forgotten));
    let kept = format!("{:?}", story.records);
    assert!(!kept.contains("1234567890") && !kept.contains("m_secret"), "{kept}");
}

#[test]
fn a_person_is_forgotten_with_all_their_conversations() {
    let mut story = Story::new();
    story.link("web1", "r1", 1);
    story.webhook("ann", started_with("r1"));
    story.hear_from("web1", "Do you ship to Norway?");
    story.link("web2", "r2", 2);
    let yes = json!({"message": {"mid": "m9", "text": "Continue it here",
        "quick_reply": {"payload": "openline:move:r2"}}});
    story.webhook("ann", yes);
    let effects = story.tell(Input::ForgetPerson(address_of("ann")));
    let (forwards, _) = story.settle(effects);
    let of: Vec<_> = forwards.iter().map(|(of, what)| (of.as_str(), what == &Forward::Forget)).collect();
    assert_eq!(of, [("web1", true), ("web2", true)]);
    for id in ["web1", "web2"] {
        assert!(story.records.is_bound(&conversation(id)));
        story.tell(Input::Forget(conversation(id)));
        assert!(!story.records.is_bound(&conversation(id)));
    }
    assert!(!format!("{:?}", story.records).contains("ann"));
}

#[test]
fn who_said_that_a_conversation_is_not_theirs_cannot_have_it_forgotten() {
    let mut story = Story::new();
    story.link("web1", "r1", 1);
    story.webhook("ann", started_with("r1"));
    let no =
        json!({"message": {"mid": "m9", "text": "Not me", "quick_reply": {"payload": "openline:not-me"}}});
    story.webhook("ann", no);
    let effects = story.tell(Input::ForgetPerson(address_of("ann")));
    let (forwards, _) = story.settle(effects);
    assert!(!forwards.iter().any(|(of, what)| of == "web1" && what == &Forward::Forget), "{forwards:?}");
}

#[test]
fn a_relay_that_comes_late_brings_nothing_back() {
    let mut story = Story::new();
    story.tell(Input::InviteStaff {
        id: StaffId::parse("kim").unwrap(),
        name: "Kim".into(),
        reference: LinkReference::parse("kims-link").unwrap(),
    });
    story.webhook("kims-phone", started_with("kims-link"));
    story.tell(Input::Forget(conversation("web1")));
    story.hear_from("web1", "my secret");
    let kept = format!("{:?}", story.records);
    assert!(!kept.contains("my secret") && !kept.contains("web1"), "{kept}");
}

#[test]
fn who_writes_after_a_deletion_begins_anew() {
    let mut story = Story::new();
    story.link("web1", "r1", 1);
    story.webhook("ann", started_with("r1"));
    story.outcome = ForwardOutcome::Gone { fresh: conversation("anew") };
    let body = json!({"message": {"mid": "m1", "text": "hello again"}});
    // A fake that refuses once: what begins anew is taken.
    let mut item = body;
    let object = item.as_object_mut().unwrap();
    object.insert("sender".into(), json!({"id": "ann"}));
    object.insert("recipient".into(), json!({"id": PAGE}));
    object.insert("timestamp".into(), json!(T0.0));
    let webhook = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [item]}]});
    let inbound = decode_webhook(webhook.to_string().as_bytes()).unwrap().remove(0);
    let effects = story.tell(Input::Intake(vec![IntakeItem { inbound, fresh: conversation("unused") }]));
    let Some(Effect::Forward { number, conversation: to, .. }) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(to.as_str(), "web1");
    let again = story.tell(Input::ForwardFinished { number: *number, outcome: story.outcome.clone() });
    assert!(
        matches!(again.as_slice(), [Effect::Forward { conversation, forward: Forward::Inbound(_), .. }] if conversation.as_str() == "anew"),
        "{again:?}"
    );
    story.tell(Input::Forget(conversation("web1")));
    assert_eq!(story.records.conversation_at(&address_of("ann")), Some(conversation("anew")));
}
