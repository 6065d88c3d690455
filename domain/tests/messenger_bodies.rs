//! Messages against the Send API bodies they become: `golden/messenger/bodies.json`.
//! `OPENLINE_BLESS=1` writes what comes out now; look at the difference before you keep it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use domain::channel::messenger::{SendKind, render};
use domain::ids::ForeignId;
use domain::message::Content;
use serde_json::{Value, json};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/messenger/bodies.json");

#[test]
fn every_message_becomes_the_bodies_it_should() {
    let recipient = ForeignId::parse("7700000000000001").unwrap();
    let mut golden: Value = serde_json::from_slice(&std::fs::read(GOLDEN).unwrap()).unwrap();
    let bless = std::env::var_os("OPENLINE_BLESS").is_some();
    for case in golden["cases"].as_array_mut().unwrap() {
        let content: Content = serde_json::from_value(case["content"].clone()).unwrap();
        let kind = if case["kind"] == "human_agent" { SendKind::HumanAgent } else { SendKind::Response };
        let bodies = json!(render(&recipient, &content, kind, "openline:k3f9:7"));
        if bless {
            case["bodies"] = bodies;
        } else {
            assert_eq!(bodies, case["bodies"], "{}", case["name"]);
        }
    }
    if bless {
        std::fs::write(GOLDEN, serde_json::to_string_pretty(&golden).unwrap() + "\n").unwrap();
    }
}
