use super::*;
use proptest::prelude::*;

fn from_serde(value: serde_json::Value) -> Json {
    match value {
        serde_json::Value::Null => Json::Null,
        serde_json::Value::Bool(flag) => Json::Flag(flag),
        serde_json::Value::Number(number) => Json::Number(number.as_u64()),
        serde_json::Value::String(text) => Json::Text(text),
        serde_json::Value::Array(list) => Json::List(list.into_iter().map(from_serde).collect()),
        serde_json::Value::Object(map) => {
            Json::Object(Fields(map.into_iter().map(|(name, value)| (name, from_serde(value))).collect()))
        }
    }
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<i32>().prop_map(|n| n.min(-1).into()),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_others_write_is_read(value in value()) {
        prop_assert_eq!(read(&value.to_string()), Some(from_serde(value.clone())));
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(read(&pretty), Some(from_serde(value)));
    }

    #[test]
    fn what_we_write_is_read_by_others(text in any::<String>(), number in any::<u64>()) {
        let written = Writer::object(|writer| {
            writer.text_field(&text, &text);
            writer.number_field("n", number);
            writer.object_field("o", |writer| writer.flag_field("f", true));
        });
        let mut expected = serde_json::json!({ "n": number, "o": { "f": true } });
        expected[&text] = text.clone().into();
        if text != "n" && text != "o" {
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), expected);
        }
    }

    #[test]
    fn anything_at_all_is_survived(text in any::<String>()) {
        let ours = read(&text).is_some();
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        prop_assert!(ours || !theirs);
    }
}

#[test]
fn broken_texts_are_not_read() {
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\\x\"",
        "\"\n\"",
        "tru",
        "1 2",
        "nullx",
        "{1:2}",
        "\"",
        "[\"\\u12\"]",
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    assert_eq!(read(&deep), None);
}

proptest! {
    #[test]
    fn a_number_is_written_as_the_standard_library_does(number: u64) {
        prop_assert_eq!(decimal(number), number.to_string());
        prop_assert_eq!(decimal(0_u32), "0");
    }
}
