//! Payloads, signatures and handshakes that nobody here wrote: a few carried in `golden/messenger`,
//! all of them read from the folder of channel vectors beside the repository, or at `OPENLINE_VECTORS`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use domain::channel::messenger::{
    SendOutcome, SignedRequestError, decode_handshake, decode_signed_request, decode_webhook, judge,
    parse_signature_header,
};
use domain::channel::{Inbound, InboundEvent, ThreadControl};
use domain::message::AttachmentKind;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn vectors(folder: &Path, prefix: &str) -> Vec<Value> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(prefix))
        .collect();
    files.sort();
    let read = |path: &PathBuf| serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap();
    files.iter().flat_map(|path| read(path)["vectors"].as_array().unwrap().clone()).collect()
}

fn carried() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/messenger/vectors")
}

/// The carried vectors, and those beside the repository where they are there.
fn folders() -> Vec<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors");
    let folder = std::env::var_os("OPENLINE_VECTORS").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return vec![carried(), folder];
    }
    println!("only the carried vectors: {} is missing (set OPENLINE_VECTORS)", folder.display());
    vec![carried()]
}

fn each(prefix: &str, check: impl Fn(&str, &Value)) {
    for folder in folders() {
        let vectors = vectors(&folder, prefix);
        assert!(!vectors.is_empty(), "no {prefix}* in {}", folder.display());
        for vector in vectors {
            check(vector["id"].as_str().unwrap(), &vector);
        }
    }
}

#[test]
fn every_payload_gives_the_events_it_should() {
    each("payload_messenger_", |name, vector| {
        let events = decode_webhook(vector["raw"].as_str().unwrap().as_bytes()).unwrap();
        let is_ours = |event: &&Value| !matches!(event["kind"].as_str(), Some("change" | "unknown"));
        let expected: Vec<&Value> =
            vector["expect_events"].as_array().unwrap().iter().filter(is_ours).collect();
        assert_eq!(events.len(), expected.len(), "{name}: {events:?}");
        for (event, expected) in events.iter().zip(expected) {
            check_envelope(name, event, expected);
            check_event(name, &event.what, expected);
        }
    });
}

fn check_envelope(name: &str, event: &Inbound, expected: &Value) {
    assert_eq!(event.address.account.as_str(), expected["account_id"], "{name}");
    if let Some(person) = expected["user_id"].as_str() {
        assert_eq!(event.address.person.as_str(), person, "{name}");
    }
    assert_eq!(event.standby, expected["standby"], "{name}");
    if let Some(millis) = expected["timestamp_ms"].as_u64() {
        // Fixtures of 2009 in seconds are read as such; the vectors repeat the number as it stands.
        let at = if millis < 100_000_000_000 { millis * 1_000 } else { millis };
        assert_eq!(event.at.0, at, "{name}");
    }
}

fn check_event(name: &str, what: &InboundEvent, expected: &Value) {
    let text = |key: &str| expected[key].as_str();
    match (what, text("kind").unwrap()) {
        (
            InboundEvent::Message { id, content, quick_reply, reply_to, reference },
            "message" | "quick_reply",
        ) => {
            assert_eq!(Some(id.as_str()), text("mid"), "{name}");
            assert_eq!(content.text, text("text").unwrap_or_default(), "{name}");
            assert_eq!(quick_reply.as_deref(), text("payload"), "{name}");
            assert_eq!(reply_to.as_ref().map(domain::ids::ForeignId::as_str), text("reply_to_mid"), "{name}");
            assert_eq!(reference.as_ref().map(domain::ids::LinkReference::as_str), text("ref"), "{name}");
            let kinds: Vec<AttachmentKind> = content.attachments.iter().map(|one| one.kind).collect();
            check_attachments(name, &kinds, &expected["attachment_types"]);
        }
        (InboundEvent::Postback { id, title, payload, reference }, "postback") => {
            assert_eq!(id.as_ref().map(domain::ids::ForeignId::as_str), text("mid"), "{name}");
            assert_eq!(title, text("title").unwrap_or_default(), "{name}");
            assert_eq!(payload.as_deref(), text("payload"), "{name}");
            assert_eq!(reference.as_ref().map(domain::ids::LinkReference::as_str), text("ref"), "{name}");
        }
        (InboundEvent::Referral { reference }, "referral") => {
            assert_eq!(reference.as_ref().map(domain::ids::LinkReference::as_str), text("ref"), "{name}");
        }
        (InboundEvent::Echo { id, app_id, metadata, content, .. }, "echo") => {
            assert_eq!(Some(id.as_str()), text("mid"), "{name}");
            assert_eq!(app_id.as_ref().map(domain::ids::ForeignId::as_str), text("app_id"), "{name}");
            assert_eq!(metadata.as_deref(), text("metadata"), "{name}");
            assert_eq!(content.text, text("text").unwrap_or_default(), "{name}");
        }
        (InboundEvent::Delivered { watermark, ids }, "delivered") => {
            assert_eq!(watermark.0, expected["watermark"], "{name}");
            let mids = expected["mids"].as_array().cloned().unwrap_or_default();
            assert_eq!(ids.iter().map(|id| Value::from(id.as_str())).collect::<Vec<_>>(), mids, "{name}");
        }
        (InboundEvent::Read { watermark }, "read") => {
            assert_eq!(watermark.0, expected["watermark"], "{name}");
        }
        (InboundEvent::Reaction { id, emoji }, "reaction") => {
            assert_eq!(Some(id.as_str()), text("mid"), "{name}");
            let taken_back = text("action") == Some("unreact");
            assert_eq!(emoji.is_none(), taken_back, "{name}");
            assert!(taken_back || text("emoji").is_none() || emoji.as_deref() == text("emoji"), "{name}");
        }
        (InboundEvent::Edited { id, text: now }, "edit") => {
            assert_eq!((Some(id.as_str()), Some(now.as_str())), (text("mid"), text("text")), "{name}");
        }
        (InboundEvent::Deleted { id } | InboundEvent::Unsupported { id }, "unsend" | "unsupported") => {
            assert_eq!(Some(id.as_str()), text("mid"), "{name}");
            assert_eq!(
                matches!(what, InboundEvent::Deleted { .. }),
                text("kind") == Some("unsend"),
                "{name}"
            );
        }
        (InboundEvent::OptOut { stop }, "optin") => {
            let status = text("notification_messages_status").unwrap_or_default();
            assert_eq!(status.starts_with("STOP"), *stop, "{name}");
        }
        (InboundEvent::ThreadControl(control), "thread_passed") => {
            let (ThreadControl::Given { app_id } | ThreadControl::Taken { app_id }) = control else {
                panic!("{name}: {control:?}")
            };
            assert_eq!(
                app_id.as_ref().map(domain::ids::ForeignId::as_str),
                text("new_owner_app_id"),
                "{name}"
            );
        }
        (InboundEvent::ThreadControl(ThreadControl::Taken { .. }), "thread_taken") => {}
        (InboundEvent::ThreadControl(ThreadControl::Requested { app_id }), "thread_requested") => {
            assert_eq!(
                app_id.as_ref().map(domain::ids::ForeignId::as_str),
                text("requested_owner_app_id"),
                "{name}"
            );
        }
        (InboundEvent::Policy { blocked, .. }, kind @ ("policy_block" | "policy_unblock")) => {
            assert_eq!(*blocked, kind == "policy_block", "{name}");
        }
        (InboundEvent::Noted { kind }, expected) => assert_eq!(kind, expected, "{name}"),
        (what, kind) => panic!("{name}: {kind} became {what:?}"),
    }
}

fn check_attachments(name: &str, kinds: &[AttachmentKind], expected: &Value) {
    let expected = expected.as_array().cloned().unwrap_or_default();
    assert_eq!(kinds.len(), expected.len(), "{name}");
    for (kind, expected) in kinds.iter().zip(&expected) {
        let fits: &[AttachmentKind] = match expected.as_str().unwrap() {
            "image" => &[AttachmentKind::Image, AttachmentKind::Sticker],
            "sticker" => &[AttachmentKind::Sticker],
            "audio" => &[AttachmentKind::Audio],
            "video" | "reel" | "ig_reel" => &[AttachmentKind::Video],
            "file" => &[AttachmentKind::File],
            _ => &[AttachmentKind::Other],
        };
        assert!(fits.contains(kind), "{name}: {kind:?} for {expected}");
    }
}

#[test]
fn every_handshake_gets_the_answer_it_should() {
    each("verify_get_meta", |name, vector| {
        let answer =
            decode_handshake(vector["query"].as_str().unwrap(), vector["verify_token"].as_str().unwrap());
        assert_eq!(answer.is_ok(), vector["expect_status"] == 200, "{name}");
        if let Some(body) = vector["expect_body"].as_str() {
            assert_eq!(answer.as_deref(), Ok(body), "{name}");
        }
    });
}

/// Whether a signature is right is the edge's to say; here: what is refused before it is computed.
#[test]
fn every_signature_header_is_read_or_refused() {
    each("sig_meta_hub", |name, vector| {
        let header = vector["headers"]["X-Hub-Signature-256"].as_str();
        let read = header.and_then(parse_signature_header);
        if vector["expect_valid"] == true {
            assert!(read.is_some(), "{name}");
        }
        if header.is_none_or(|header| header.len() != "sha256=".len() + 64) {
            assert!(read.is_none(), "{name}");
        }
    });
}

#[test]
fn every_signed_request_is_read_or_refused() {
    each("sig_meta_signed_request", |name, vector| {
        let request = decode_signed_request(vector["signed_request"].as_str().unwrap());
        if let Some(user) = vector["expect_user_id"].as_str() {
            assert_eq!(request.as_ref().map(|request| request.user_id.as_str()), Ok(user), "{name}");
        }
        if name.contains("algorithm") {
            assert_eq!(request, Err(SignedRequestError::OtherAlgorithm), "{name}");
        }
    });
}

#[test]
fn every_send_error_has_its_action() {
    each("send_errors_meta", |name, vector| {
        if vector["channel"] == "messenger" {
            let status = u16::try_from(vector["http_status"].as_u64().unwrap()).unwrap();
            let outcome = judge(status, vector["response"].to_string().as_bytes(), 1, None);
            assert_eq!(action(&outcome), vector["expect_action"], "{name}: {outcome:?}");
        }
    });
}

fn action(outcome: &SendOutcome) -> &'static str {
    match outcome {
        SendOutcome::Accepted { .. } => "accepted",
        SendOutcome::Retry { .. } => "retry",
        SendOutcome::RetryOnce | SendOutcome::RetryUnlessEchoed | SendOutcome::Unknown => {
            "retry_once_then_unknown"
        }
        SendOutcome::MaybeSent => "maybe_sent",
        SendOutcome::WindowClosed => "window_closed",
        SendOutcome::WaitForControl => "not_owner",
        SendOutcome::Unreachable => "unreachable",
        SendOutcome::OptedOut => "opted_out",
        SendOutcome::StopAccount => "stop_page",
        SendOutcome::BadRequest => "fix_request",
        SendOutcome::Reauthorise | SendOutcome::PermissionMissing => "reauth",
    }
}

#[test]
fn every_send_answer_is_understood() {
    each("send_shapes", |name, vector| {
        let answer = |status| judge(status, vector["response"].to_string().as_bytes(), 1, None);
        if let Some(expected) = vector["expect_action"].as_str() {
            assert_eq!(action(&answer(400)), expected, "{name}");
        } else if let Some(id) = vector["response"]["message_id"].as_str() {
            let SendOutcome::Accepted { message_id: Some(read) } = answer(200) else { panic!("{name}") };
            assert_eq!((read.as_str(), vector["expect_message_id"].as_str()), (id, Some(id)), "{name}");
        }
    });
}
