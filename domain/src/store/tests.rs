//! The settings document: what it says, what is wrong with it, what follows from it.

use super::*;
use crate::channel::Channel;
use proptest::prelude::*;

const HARBOUR: &str = include_str!("../../golden/settings/harbour.json");
const DEMO: &str = include_str!("../../../stores/demo.json");
/// Of each: what to replace in the document, by what, and the fault that makes.
const FAULTS: &str = include_str!("../../golden/settings/faults.json");
const SMALLEST: &str = r#"{"version": 1, "id": "s", "name": "S", "url": "https://s.example",
    "currency": "EUR", "time_zone": "UTC", "origins": ["https://s.example"]}"#;

fn harbour() -> Settings {
    decode(HARBOUR).unwrap()
}

/// The faults of the document with `from` replaced by `to`, as `line path: reason`.
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(HARBOUR.contains(from), "{from}");
    let errors = decode(&HARBOUR.replacen(from, to, 1)).unwrap_err();
    errors.iter().map(|error| format!("{} {error}", error.line)).collect()
}

#[test]
fn the_document_survives_the_types() {
    assert_eq!(serde_json::to_string_pretty(&harbour()).unwrap(), HARBOUR.trim_end());
    for text in [HARBOUR, DEMO, SMALLEST] {
        let settings = decode(text).unwrap();
        assert_eq!(decode(&serde_json::to_string(&settings).unwrap()), Ok(settings));
    }
}

#[test]
fn what_is_not_said_has_a_usual_value() {
    let settings = decode(SMALLEST).unwrap();
    assert_eq!(settings.locale, "en");
    assert_eq!(settings.retention_days, 365);
    assert_eq!(settings.bot, Bot::default());
    assert!(!settings.greeting.text.is_empty());
    let with_nulls = SMALLEST.replace("\"version\"", "\"theme\": null, \"hours\": null, \"version\"");
    assert_eq!(decode(&with_nulls), Ok(settings));
}

#[test]
fn every_fault_has_its_line_path_and_reason() {
    let table: Vec<[String; 3]> = serde_json::from_str(FAULTS).unwrap();
    assert!(table.len() > 30);
    for [from, to, expected] in table {
        let found = faults(&from, &to);
        assert!(found.contains(&expected), "{from} -> {to}\n  expected {expected}\n  found {found:#?}");
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_documents_order() {
    let text = HARBOUR.replace("#1f5f4a", "green").replace("\"EUR\"", "\"EURO\"").replace("14", "-14");
    let errors = decode(&text).unwrap_err();
    assert!(errors.len() >= 4, "{errors:?}");
    assert!(errors.is_sorted_by_key(|error| error.line));
}

#[test]
fn limits_hold() {
    let many = |count: usize, one: &str| vec![one; count].join(",");
    let quick_replies = many(14, "{\"label\": \"x\"}");
    for (from, to, expected) in [
        (
            "\"quick_replies\": [\n      {",
            format!("\"quick_replies\": [{quick_replies}, {{"),
            "greeting.quick_replies: has 16 entries, at most 13 are allowed",
        ),
        (
            "\"Two days.\"",
            format!("\"{}\"", "x".repeat(2_001)),
            "answers[0].text: has 2001 characters, at most 2000 are allowed",
        ),
        (
            "\"label\": \"Delivery\",\n      \"keywords\"",
            format!("\"label\": \"{}\",\n      \"keywords\"", "x".repeat(41)),
            "answers[0].label: has 41 characters, at most 40 are allowed",
        ),
        (
            "\"catalogue\": [",
            format!("\"catalogue\": [{},", many(5_000, "0")),
            "catalogue: has 5003 entries, at most 5000 are allowed",
        ),
        (
            "\"answers\": [",
            format!("\"answers\": [{},", many(200, "0")),
            "answers: has 202 entries, at most 200 are allowed",
        ),
    ] {
        let found = faults(from, &to);
        assert!(found.iter().any(|fault| fault.ends_with(expected)), "{expected}: {found:?}");
    }
    let errors = decode(&format!("[{}]", " ".repeat(MAX_SETTINGS_BYTES))).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        format!("$: has {} bytes, at most 8388608 are allowed", MAX_SETTINGS_BYTES + 2)
    );
    let endless = SMALLEST.replace("\"https://s.example\"]", &format!("{}]", many(49, "1")));
    assert_eq!(decode(&endless).unwrap_err().len(), 49);
}

#[test]
fn what_is_no_object_of_json_is_refused() {
    for (text, expected) in [
        ("", "1 $: is not JSON: EOF while parsing a value at line 1 column 0"),
        ("{\n \"id\": \"demo\",\n}", "3 $: is not JSON: trailing comma at line 3 column 1"),
        ("[]", "1 $: must be an object, not a list"),
        ("null", "1 $: must be an object, not null"),
        ("{} {}", "1 $: is not JSON: trailing characters at line 1 column 4"),
        ("{\"a\": 1e400}", "1 $: is not JSON: number out of range at line 1 column 11"),
        ("{\"a\": \"\\ud800\"}", "1 $: is not JSON: unexpected end of hex escape at line 1 column 14"),
    ] {
        let first = &decode(text).unwrap_err()[0];
        assert_eq!(format!("{} {first}", first.line), expected, "{text}");
    }
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(decode(&deep).unwrap_err()[0].reason.contains("recursion limit"));
}

#[test]
fn a_mark_in_front_is_no_fault() {
    assert_eq!(decode(&format!("\u{feff}{SMALLEST}")), decode(SMALLEST));
}

#[test]
fn the_widget_is_told_what_is_public() {
    let settings = harbour();
    let widget = settings.widget(true);
    assert_eq!(widget.channels, [Channel::Messenger]);
    assert_eq!(settings.widget(false).channels, []);
    assert_eq!(decode(SMALLEST).unwrap().widget(true).channels, []);
    let told: Vec<&str> = widget.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(told, ["leaving", "stuck:cart", "stuck:leaving"], "what is not enabled is not told");
    assert!(decode(SMALLEST).unwrap().widget(true).rules.is_empty(), "nothing is said unasked");
    assert_eq!(widget.disclosure, "I am an automatic assistant.");
    let told = serde_json::to_string(&widget).unwrap();
    for hidden in ["104400000000001", "localhost", "Two days"] {
        assert!(!told.contains(hidden), "{hidden}");
    }
}

#[test]
fn links_of_the_document_lead_to_the_store() {
    let settings = harbour();
    for (link, absolute) in [
        ("/help#delivery", "https://shop.example/help#delivery"),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ] {
        assert_eq!(settings.absolute(link), absolute);
    }
    assert_eq!(decode(SMALLEST).unwrap().absolute("/a"), "https://s.example/a");
}

#[test]
fn products_are_found_by_their_own_id_or_a_variants() {
    let settings = harbour();
    let found = |id| settings.product(id).map(|product| product.id.as_str().to_owned());
    assert_eq!(found("ETH"), Some("ETH".into()));
    assert_eq!(found("ETH-1000"), Some("ETH".into()));
    assert_eq!(found("none"), None);
}

#[test]
fn origins_are_asked_one_by_one() {
    let settings = harbour();
    for (origin, allowed) in [
        ("https://shop.example", true),
        ("http://localhost:5173", true),
        ("https://evil.example", false),
        ("null", false),
    ] {
        assert_eq!(settings.allows_origin(origin), allowed, "{origin}");
    }
}

/// Pieces a faulty document may be made of.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just(":".to_owned()),
        Just("null".to_owned()),
        Just("1e9".to_owned()),
        Just("-0".to_owned()),
        Just("\"catalogue\"".to_owned()),
        Just("\"answers\"".to_owned()),
        "\"\\PC{0,12}\"",
        "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn decode_is_total_on_any_text(text in "\\PC{0,300}", pieces in prop::collection::vec(piece(), 0..60)) {
        for text in [text, pieces.concat()] {
            let decoded = decode(&text);
            prop_assert!(decoded.is_ok() || decoded.is_err_and(|errors| !errors.is_empty()));
        }
    }

    #[test]
    fn decode_is_total_on_a_damaged_document(
        at in 0..HARBOUR.len(), length in 0_usize..40, piece in piece(), demo: bool,
    ) {
        let document = if demo { DEMO } else { HARBOUR };
        let at = document.floor_char_boundary(at * document.len() / HARBOUR.len());
        let end = document.floor_char_boundary((at + length).min(document.len()));
        let (before, rest) = document.split_at(at);
        let (_, after) = rest.split_at(end - at);
        let text = format!("{before}{piece}{after}");
        if let Err(errors) = decode(&text) {
            let lines = u32::try_from(text.split('\n').count()).unwrap();
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!((1..=lines).contains(&error.line), "{error:?}");
                prop_assert!(!error.path.is_empty() && !error.reason.is_empty());
            }
        }
    }

    #[test]
    fn a_value_of_the_wrong_type_is_told_where_it_stands(nth in 0_usize..200, value in prop_oneof![
        Just("[[]]"), Just("{\"a\":{}}"), Just("-1.5"), Just("true"),
    ]) {
        let spots: Vec<usize> = HARBOUR.match_indices("\": ").map(|(at, colon)| at + colon.len()).collect();
        let (before, rest) = HARBOUR.split_at(spots[nth % spots.len()]);
        let line = before.lines().count();
        let scalar = rest.lines().next().unwrap_or_default().trim_end_matches(',');
        // What opens a list or object ends on another line.
        prop_assume!(!matches!(scalar, "[" | "{" | "true" | "false"));
        let (_, after) = rest.split_at(scalar.len());
        let text = format!("{before}{value}{after}");
        let errors = decode(&text).unwrap_err();
        prop_assert!(errors.iter().any(|error| usize::try_from(error.line).unwrap() == line), "{errors:?}");
    }
}

#[test]
fn what_the_document_leaves_out_is_said_in_its_language() {
    for (locale, greeting, bot) in [
        ("de-CH", "Hallo! Wie können wir helfen?", "Assistent"),
        ("pl", "Dzień dobry! W czym możemy pomóc?", "Asystent"),
        ("ja", "Hi! How can we help?", "Assistant"),
    ] {
        let text = format!(
            r#"{{"version":1,"id":"a","name":"A","url":"https://a.example/","locale":"{locale}","currency":"EUR",
            "time_zone":"UTC","origins":["https://a.example"],"hand_off":{{"text":"Own {{when}}"}}}}"#
        );
        let settings = decode(&text).unwrap();
        assert_eq!((settings.greeting.text.as_str(), settings.bot.name.as_str()), (greeting, bot));
        assert_eq!(settings.hand_off.text, "Own {when}");
        assert_eq!(settings.hand_off.ask_contact, settings.language().sentences().ask_contact);
    }
}
