//! What holds for every input: decoders are total, bodies are within Messenger's limits, an echo finds its send.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use domain::channel::InboundEvent;
use domain::channel::messenger::{
    SendKind, SendOutcome, decode_deletion_form, decode_handshake, decode_signed_request, decode_webhook,
    judge, metadata, parse_metadata, parse_signature_header, pause_asked, render, set_reply_to,
};
use domain::ids::{ConversationId, ForeignId, Seq};
use domain::message::{Attachment, AttachmentKind, Card, Content, LinkButton, QuickReply};
use domain::time::Millis;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

const PAGE: &str = "104400000000001";
const PERSON: &str = "7700000000000001";

fn golden_bodies() -> Vec<Vec<u8>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/messenger/webhooks.json");
    let golden: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    let bytes = |body: &Value| body.as_str().map_or_else(|| body.to_string(), str::to_owned).into_bytes();
    cases.iter().map(|case| bytes(&case["body"])).collect()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["(?s).{0,60}", "[a-z ]{0,3000}", "(👩‍👩‍👧|🇳🇱|e\u{301}|नि|\r\n|x| ){0,40}",]
}

fn any_url() -> impl Strategy<Value = String> {
    prop_oneof![
        "https://shop\\.example/[a-z]{0,20}",
        "http://localhost:8787/[a-z]{0,5}",
        "(tel:\\+?[0-9]{3,9}|mailto:a@b\\.example)",
        "(javascript:alert\\(1\\)|data:,x|//x\\.example|IMAGE_URL|)",
    ]
}

fn any_attachment() -> impl Strategy<Value = Attachment> {
    use AttachmentKind::{Audio, File, Image, Other, Sticker, Video};
    let kind = prop::sample::select(vec![Audio, File, Image, Other, Sticker, Video]);
    (kind, option::of(any_url())).prop_map(|(kind, url)| Attachment { kind, url })
}

fn any_label() -> impl Strategy<Value = String> {
    prop_oneof!["(?s).{0,30}", "[a-z ]{0,100}", "(👩‍👩‍👧|e\u{301}|x){0,12}", "[a-z]{1100}"]
}

prop_compose! {
    fn any_card()(title in any_label(), subtitle in any_label(), image_url in option::of(any_url()), url in option::of(any_url())) -> Card {
        Card { title, subtitle, image_url, url }
    }
}

prop_compose! {
    fn any_content()(
        text in any_text(),
        cards in vec(any_card(), 0..13),
        links in vec((any_label(), any_url()).prop_map(|(label, url)| LinkButton { label, url }), 0..5),
        attachments in vec(any_attachment(), 0..4),
        quick_replies in vec((any_label(), option::of(any_label())).prop_map(|(label, text)| QuickReply { label, text }), 0..16),
    ) -> Content {
        Content { text, cards, links, attachments, quick_replies }
    }
}

fn characters(value: &Value) -> usize {
    value.as_str().unwrap().encode_utf16().count()
}

fn check_line(value: &Value, limit: usize) {
    assert!(characters(value) <= limit && !value.as_str().unwrap().trim().is_empty(), "{value}");
}

fn check_button(button: &Value) {
    check_line(&button["title"], 20);
    match button["type"].as_str().unwrap() {
        "web_url" => assert!(button["url"].as_str().unwrap().starts_with("http")),
        other => {
            assert!(other == "phone_number" && button["payload"].as_str().unwrap().starts_with('+'));
        }
    }
}

/// Meta's limits: Send messages, Quick replies, Generic template, Button template.
fn check_body(body: &Value) {
    let message = &body["message"];
    check_line(&message["metadata"], 999);
    if let Some(replies) = message["quick_replies"].as_array() {
        assert!((1..=13).contains(&replies.len()));
        for reply in replies {
            check_line(&reply["title"], 20);
            check_line(&reply["payload"], 1_000);
        }
    }
    if !message["text"].is_null() {
        assert!(message["attachment"].is_null());
        return check_line(&message["text"], 2_000);
    }
    let payload = &message["attachment"]["payload"];
    match message["attachment"]["type"].as_str().unwrap() {
        "template" if payload["template_type"] == "button" => {
            check_line(&payload["text"], 640);
            let buttons = payload["buttons"].as_array().unwrap();
            assert!((1..=3).contains(&buttons.len()));
            buttons.iter().for_each(check_button);
        }
        "template" => {
            let elements = payload["elements"].as_array().unwrap();
            assert!((1..=10).contains(&elements.len()) && payload["template_type"] == "generic");
            for element in elements {
                check_line(&element["title"], 80);
                assert!(element.as_object().unwrap().len() > 1, "only a title: {element}");
                if !element["subtitle"].is_null() {
                    check_line(&element["subtitle"], 80);
                }
                element["buttons"].as_array().into_iter().flatten().for_each(check_button);
            }
        }
        kind => {
            assert!(["image", "audio", "video", "file"].contains(&kind));
            assert!(payload["url"].as_str().unwrap().starts_with("http"));
        }
    }
}

/// The webhook in which a sent body comes back.
fn echo_of(body: &Value) -> Vec<u8> {
    let mut message = body["message"].clone();
    message["mid"] = json!("m_1");
    message["is_echo"] = json!(true);
    message["app_id"] = json!(900_100_200_300_u64);
    if !message["attachment"].is_null() {
        message["attachments"] = json!([message["attachment"]]);
    }
    let item = json!({ "sender": { "id": PAGE }, "recipient": { "id": PERSON }, "timestamp": 1, "message": message });
    json!({ "object": "page", "entry": [{ "id": PAGE, "messaging": [item] }] }).to_string().into_bytes()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decoders_take_any_bytes(bytes in vec(any::<u8>(), 0..600), status in any::<u16>(), attempt in any::<u32>()) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = decode_webhook(&bytes);
        let _ = decode_deletion_form(&bytes);
        let _ = decode_handshake(&text, "token");
        let _ = decode_signed_request(&text);
        let _ = parse_signature_header(&text);
        let _ = parse_metadata(&text);
        let _ = pause_asked(Some(&text), Some(&text));
        let outcome = judge(status, &bytes, attempt, None);
        prop_assert!(!outcome.reason().is_empty());
    }

    #[test]
    fn a_damaged_webhook_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..8),
    ) {
        let bodies = golden_bodies();
        let mut bytes = which.get(&bodies).clone();
        for (at, byte, cut) in damage {
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at + 1) } else { bytes[at] = byte }
        }
        if let Ok(events) = decode_webhook(&bytes) {
            prop_assert!(events.is_sorted_by_key(|event| event.at));
            for event in events {
                let json = serde_json::to_string(&event).unwrap();
                prop_assert_eq!(serde_json::from_str::<domain::channel::Inbound>(&json).unwrap(), event);
            }
        }
    }

    #[test]
    fn bodies_keep_the_limits_and_lose_no_words(content in any_content(), seq in any::<u64>()) {
        let recipient = ForeignId::parse(PERSON).unwrap();
        let conversation = ConversationId::parse("k3f9").unwrap();
        let mut bodies = render(&recipient, &content, SendKind::Response, &metadata(&conversation, Seq(seq)));
        let said: String = bodies.iter().map(|body| {
            let text = body["message"]["text"].as_str();
            text.or_else(|| body["message"]["attachment"]["payload"]["text"].as_str()).unwrap_or_default()
        }).collect();
        prop_assert!(bare(&said).starts_with(&bare(&content.text)));
        set_reply_to(&mut bodies, &ForeignId::parse("m_0").unwrap());
        for (part, body) in bodies.iter().enumerate() {
            check_body(body);
            prop_assert_eq!(body["recipient"]["id"].as_str(), Some(PERSON));
            prop_assert_eq!(body["messaging_type"].as_str(), Some("RESPONSE"));
            prop_assert_eq!(body["message"]["reply_to"]["mid"].as_str(), (part == 0).then_some("m_0"));

            let [inbound] = &decode_webhook(&echo_of(body)).unwrap()[..] else { panic!("one echo") };
            prop_assert_eq!(inbound.address.person.as_str(), PERSON);
            let InboundEvent::Echo { metadata, content: shown, .. } = &inbound.what else { panic!("{inbound:?}") };
            let found = parse_metadata(metadata.as_deref().unwrap());
            prop_assert_eq!(found, Some((conversation.clone(), Seq(seq), u32::try_from(part).unwrap())));
            if let Some(text) = body["message"]["text"].as_str() {
                prop_assert_eq!(&shown.text, text);
            }
            let elements = body["message"]["attachment"]["payload"]["elements"].as_array();
            prop_assert_eq!(shown.cards.len(), elements.map_or(0, Vec::len));
        }
    }

    #[test]
    fn a_pause_is_passed_on_whole(seconds in 1_u64..86_400) {
        let pause = pause_asked(Some(&seconds.to_string()), None);
        prop_assert_eq!(judge(429, b"", 1, pause), SendOutcome::Retry { after: Some(Millis::seconds(seconds)) });
    }
}
