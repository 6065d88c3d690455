//! Webhook bodies against what must be read from them: `golden/messenger/webhooks.json`.
//! `OPENLINE_BLESS=1` writes what is read now; look at the difference before you keep it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use domain::channel::messenger::{MAX_WEBHOOK_BYTES, WebhookError, decode_webhook};
use serde_json::{Value, json};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/messenger/webhooks.json");

fn bytes_of(body: &Value) -> Vec<u8> {
    body.as_str().map_or_else(|| body.to_string().into_bytes(), |text| text.as_bytes().to_vec())
}

#[test]
fn every_shape_is_read_as_it_should() {
    let mut golden: Value = serde_json::from_slice(&std::fs::read(GOLDEN).unwrap()).unwrap();
    let bless = std::env::var_os("OPENLINE_BLESS").is_some();
    for case in golden["cases"].as_array_mut().unwrap() {
        let events = json!(decode_webhook(&bytes_of(&case["body"])).unwrap());
        if bless {
            case["events"] = events;
        } else {
            assert_eq!(events, case["events"], "{}", case["name"]);
        }
    }
    if bless {
        std::fs::write(GOLDEN, serde_json::to_string_pretty(&golden).unwrap() + "\n").unwrap();
    }
}

#[test]
fn what_is_no_webhook_is_refused_with_the_reason() {
    let deep = "[".repeat(100_000);
    let huge = vec![b' '; 10 * 1024 * 1024];
    for (bytes, expected) in [
        (&b""[..], WebhookError::Malformed),
        (b"{", WebhookError::Malformed),
        (b"null", WebhookError::Malformed),
        (b"[]", WebhookError::Malformed),
        (b"7", WebhookError::Malformed),
        (b"{\"entry\":7}", WebhookError::Malformed),
        (b"{\"entry\":\"\xff\"}", WebhookError::Malformed),
        (b"\0", WebhookError::Malformed),
        (deep.as_bytes(), WebhookError::Malformed),
        (&huge, WebhookError::TooLarge),
        (&huge[..MAX_WEBHOOK_BYTES], WebhookError::Malformed),
    ] {
        assert_eq!(decode_webhook(bytes), Err(expected), "{:?}", &bytes[..bytes.len().min(40)]);
    }
}

#[test]
fn a_redelivery_has_the_same_key_and_nothing_else_has() {
    let golden: Value = serde_json::from_slice(&std::fs::read(GOLDEN).unwrap()).unwrap();
    for case in golden["cases"].as_array().unwrap() {
        let keys = |bytes: &[u8]| -> Vec<String> {
            decode_webhook(bytes).unwrap().into_iter().map(|event| event.dedupe_key).collect()
        };
        let first = keys(&bytes_of(&case["body"]));
        let mut distinct = first.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), first.len(), "{}", case["name"]);
        if let Some(entries) = case["body"]["entry"].as_array() {
            // Sent again in batches of one entry, the last first.
            let again = entries
                .iter()
                .rev()
                .flat_map(|entry| keys(json!({ "entry": [entry] }).to_string().as_bytes()));
            let mut again: Vec<String> = again.collect();
            again.sort();
            assert!(case["body"]["object"] == "instagram" || again == distinct, "{}", case["name"]);
        }
    }
}
