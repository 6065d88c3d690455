#![no_main]

use domain::channel::messenger::{SendKind, render};
use domain::ids::ForeignId;
use domain::message::Content;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(content) = serde_json::from_slice::<Content>(bytes) else { return };
    let recipient = ForeignId::parse("7700000000000001").expect("an id");
    for body in render(&recipient, &content, SendKind::Response, "openline:k3f9:7") {
        if let Some(text) = body["message"]["text"].as_str() {
            assert!(!text.trim().is_empty() && text.encode_utf16().count() <= 2_000);
        }
    }
});
