//! Staff: who they are, what reaches them, and when.

use super::*;

fn invite(story: &mut Story, id: &str, name: &str, reference: &str) -> StaffInvite {
    let effects = story.tell(Input::InviteStaff {
        id: StaffId::parse(id).unwrap(),
        name: name.into(),
        reference: LinkReference::parse(reference).unwrap(),
    });
    let Some(Effect::Invite(invite)) = effects.into_iter().next() else { panic!("no invitation") };
    invite
}

/// A shopper says one more thing; what was sent for it.
fn relayed(story: &mut Story, seq: u64, text: &str) -> Vec<String> {
    let relay = Relay {
        conversation: conversation("web1"),
        up_to: Seq(seq),
        said: vec![(Seq(seq), text.into())],
        place: String::new(),
    };
    let effects = story.tell(Input::Relay(relay));
    story.settle(effects).1
}

fn answered(story: &mut Story, effects: &[Effect], status: u16, body: &Value) -> Vec<Effect> {
    let number = effects.iter().find_map(|effect| match effect {
        Effect::Send { number, .. } => Some(*number),
        _ => None,
    });
    let body = body.to_string().into_bytes();
    let result = SendResult::Answered { status, body, retry_after: None };
    story.tell(Input::SendFinished { number: number.unwrap(), result })
}

#[test]
fn what_shoppers_say_waits_for_staff_whose_day_is_over() {
    let mut story = Story::new();
    invite(&mut story, "kim", "Kim", "kims-link");
    story.webhook("kims-phone", started_with("kims-link"));
    assert_eq!(relayed(&mut story, 1, "one"), ["Shopper WEB1\none"]);
    story.now = T0 + Millis::hours(24);
    assert!(relayed(&mut story, 2, "two").is_empty() && relayed(&mut story, 3, "three").is_empty());
    assert_eq!(story.warnings.len(), 2, "the owner is warned that nobody was told");
    assert!(story.tell(Input::Wake).is_empty());
    story.now = T0 + Millis::hours(60);
    let (_, said) = story.webhook("kims-phone", text("m1", "Good morning"));
    assert_eq!(said[..2], ["Shopper WEB1\ntwo", "Shopper WEB1\nthree"]);
    assert_eq!(relayed(&mut story, 4, "four"), ["Shopper WEB1\nfour"]);
}

#[test]
fn what_messenger_would_not_take_for_staff_waits_as_well() {
    for error in [
        json!({"error": {"code": 10, "error_subcode": 2_018_278}}),
        json!({"error": {"code": 551}}),
        json!({"error": {"code": 10, "error_subcode": 2_018_300}}),
        json!({"error": {"code": 10}}),
    ] {
        let mut story = Story::new();
        invite(&mut story, "kim", "Kim", "kims-link");
        story.webhook("kims-phone", started_with("kims-link"));
        let relay = Relay {
            conversation: conversation("web1"),
            up_to: Seq(1),
            said: vec![(Seq(1), "one".into())],
            place: String::new(),
        };
        let sent = story.tell(Input::Relay(relay));
        let after = answered(&mut story, &sent, 400, &error);
        assert!(after.iter().all(|effect| matches!(effect, Effect::Warn(_))), "{error}: {after:?}");
        assert_eq!(account_stopped(&story.records, T0), None, "{error}");
        story.now = T0 + Millis::hours(25);
        let (_, said) = story.webhook("kims-phone", text("m1", "Hi"));
        assert_eq!(said[0], "Shopper WEB1\none", "{error}");
    }
}

#[test]
fn what_waits_for_staff_is_bounded() {
    let mut story = Story::new();
    invite(&mut story, "kim", "Kim", "kims-link");
    story.webhook("kims-phone", started_with("kims-link"));
    story.now = T0 + Millis::days(2);
    for seq in 1..=60 {
        relayed(&mut story, seq, &seq.to_string());
    }
    let (_, said) = story.webhook("kims-phone", text("m1", "Hi"));
    assert_eq!((said.len(), said[0].as_str()), (51, "Shopper WEB1\n11"));
}

#[test]
fn one_messenger_is_told_once_and_nobody_who_left() {
    let mut story = Story::new();
    for (id, reference) in [("kim1", "kims-link"), ("kim2", "kims-other-link")] {
        invite(&mut story, id, "Kim", reference);
        story.webhook("kims-phone", started_with(reference));
    }
    invite(&mut story, "lee", "Lee", "lees-link");
    assert_eq!(relayed(&mut story, 1, "one").len(), 1);
    for (name, removed) in [("Robin", 0), (" KIM ", 2), ("Kim", 0), ("Lee", 1)] {
        let effects = story.tell(Input::RemoveStaff { name: name.into() });
        assert_eq!(effects, [Effect::StaffRemoved(removed)], "{name}");
    }
    assert!(relayed(&mut story, 2, "two").is_empty());
    let quoting = json!({"message": {"mid": "m2", "text": "Yes", "reply_to": {"mid": "m_out_1"}}});
    let (forwards, _) = story.webhook("kims-phone", quoting);
    assert!(matches!(forwards.as_slice(), [(_, Forward::Inbound(_))]), "a shopper from now on: {forwards:?}");
    let (_, said) = story.webhook("lees-phone", started_with("lees-link"));
    assert!(said[0].contains("could not find"), "an invitation ends with its guest: {said:?}");
}

#[test]
fn staff_are_not_made_by_six_digits() {
    let mut story = Story::new();
    let invitation = invite(&mut story, "kim", "Kim", "abcdefghij234567");
    assert_eq!(invitation.code, "abcde-fghij");
    let mut as_before = story.records.link(&LinkReference::parse("abcdefghij234567").unwrap()).unwrap();
    as_before.code = "482193".into();
    story.records.put_link(&as_before);
    story.webhook("eve", text("m1", "482193"));
    assert!(story.records.all_staff().iter().all(|staff| staff.address.is_none()));
    invite(&mut story, "kim", "Kim", "abcdefghij234567");
    let (forwards, said) = story.webhook("kims-phone", text("m2", "ABCDE-FGHIJ"));
    assert!(forwards.is_empty() && said[0].contains("You now answer"), "{said:?}");
}

#[test]
fn the_limit_does_not_tell_right_codes_from_wrong_ones() {
    let mut story = Story::new();
    story.webhook("eve", text("m0", "hello"));
    story.link("web1", "r1", 482_193);
    for n in 0..6 {
        story.webhook("eve", text(&format!("m{}", n + 1), &format!("{:06}", 111_111 + n)));
    }
    let kinds = |(forwards, said): (Vec<(String, Forward)>, Vec<String>)| {
        (
            forwards
                .iter()
                .map(|(to, what)| (to.clone(), matches!(what, Forward::Inbound(_))))
                .collect::<Vec<_>>(),
            said,
        )
    };
    let wrong = kinds(story.webhook("eve", text("wrong", "222222")));
    let right = kinds(story.webhook("eve", text("right", "482193")));
    assert_eq!(wrong, right);
}

#[test]
fn a_page_title_cannot_look_like_another_shopper() {
    let mut story = Story::new();
    invite(&mut story, "kim", "Kim", "kims-link");
    story.webhook("kims-phone", started_with("kims-link"));
    let relay = Relay {
        conversation: conversation("web1"),
        up_to: Seq(1),
        said: vec![(Seq(1), "Hi".into())],
        place: format!("Grinder\n\nShopper ABCD\u{2028}{}", "x".repeat(200)),
    };
    let effects = story.tell(Input::Relay(relay));
    let (_, said) = story.settle(effects);
    let lines: Vec<&str> = said[0].lines().collect();
    assert_eq!(lines.len(), 2, "{said:?}");
    assert!(lines[0].starts_with("Shopper WEB1 · Grinder Shopper ABCD x") && lines[0].chars().count() < 100);
}

#[test]
fn each_send_has_its_own_tag_and_its_echo_ends_it() {
    let mut story = Story::new();
    // Many people wait, and none of their sends was answered.
    for n in 0..60 {
        let webhook = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [
            {"sender": {"id": format!("p{n}")}, "recipient": {"id": PAGE}, "timestamp": T0.0,
                "message": {"mid": format!("a{n}"), "text": "111111"}},
            {"sender": {"id": format!("p{n}")}, "recipient": {"id": PAGE}, "timestamp": T0.0,
                "message": {"mid": format!("b{n}"), "text": "222222"}}]}]});
        let items = decode_webhook(webhook.to_string().as_bytes()).unwrap();
        let fresh = conversation(&format!("fresh{n}"));
        let items = items.into_iter().map(|inbound| IntakeItem { inbound, fresh: fresh.clone() }).collect();
        story.tell(Input::Intake(items));
    }
    let last = items_of(&story, "p59");
    let tags: Vec<_> = last.iter().map(|queued| queued.body.pointer("/message/metadata").cloned()).collect();
    assert!(tags.len() == 2 && tags[0] != tags[1], "{tags:?}");
    let echo = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [
        {"sender": {"id": PAGE}, "recipient": {"id": "p59"}, "timestamp": T0.0,
            "message": {"mid": "e1", "text": "x", "is_echo": true, "metadata": tags[0]}}]}]});
    let items = decode_webhook(echo.to_string().as_bytes()).unwrap();
    let fresh = conversation("fresh");
    story.tell(Input::Intake(
        items.into_iter().map(|inbound| IntakeItem { inbound, fresh: fresh.clone() }).collect(),
    ));
    let left = items_of(&story, "p59");
    assert_eq!(left.len(), 1, "the first went, the second did not");
    assert_eq!(left[0].body.pointer("/message/metadata").cloned(), tags[1]);
}

fn items_of(story: &Story, person: &str) -> Vec<QueuedSend> {
    story.records.sends_to(&address_of(person))
}

#[test]
fn what_keeps_failing_does_not_starve_the_rest() {
    let mut story = Story::new();
    story.outcome = ForwardOutcome::Failed;
    for n in 0..80 {
        let id = conversation(&format!("c{n}"));
        story.records.push_forward(&id, &Forward::Forget, T0);
    }
    let first = story.tell(Input::Wake);
    assert_eq!(first.len(), QUEUE_HEADS);
    let (forwards, _) = story.settle(first);
    assert_eq!(forwards.len(), 80, "each was tried, though none was taken");
}
