//! Reading JSON of doubtful types: a number where a string belongs, and the other way round.

use crate::ids::ForeignId;
use crate::time::UnixMillis;
use serde_json::Value;

/// Nesting kept when a text is mended; what lies deeper becomes `null`. Below `serde_json`'s own limit.
const MENDED_DEPTH: usize = 100;
/// Numbers below this are seconds, above it milliseconds (as milliseconds it would be March 1973).
const FIRST_MILLIS: u64 = 100_000_000_000;
/// Instants end here: the largest whole number every JSON reader keeps.
const LAST_MILLIS: u64 = 9_007_199_254_740_991;

/// Parses `bytes`. Grammatical JSON that a strict reader refuses whole for one bad part (a lone
/// surrogate, a number out of range, nesting without end) is mended first, so that the rest survives.
pub(super) fn parse(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes).ok().or_else(|| serde_json::from_slice(&mended(bytes)).ok())
}

/// A text, or a number as text.
pub(super) fn words(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An id: a text, or a whole number as text.
pub(super) fn id(value: &Value, key: &str) -> Option<ForeignId> {
    let text = match value.get(key)? {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            number.as_f64().filter(|n| n.fract() == 0.0).map(|n| format!("{n:.0}"))?
        }
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    ForeignId::parse(text).ok()
}

/// An instant: milliseconds or seconds, as a number or a text.
pub(super) fn instant(value: &Value, key: &str) -> Option<UnixMillis> {
    let number = match value.get(key)? {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?))?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let millis = if number < FIRST_MILLIS { number.saturating_mul(1_000) } else { number };
    (millis <= LAST_MILLIS).then_some(UnixMillis(millis))
}

/// Whether a flag is set.
pub(super) fn flag(value: &Value, key: &str) -> bool {
    matches!(value.get(key), Some(Value::Bool(true)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
fn whole(number: f64) -> Option<u64> {
    (0.0..=9_007_199_254_740_991.0).contains(&number).then_some(number as u64)
}

fn mended(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut depth = 0_usize;
    while let Some(&byte) = rest.first() {
        let token = match byte {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => number_length(rest),
            _ => 1,
        };
        let (head, tail) = rest.split_at(token.min(rest.len()));
        rest = tail;
        match byte {
            b'[' | b'{' => {
                depth = depth.saturating_add(1);
                if depth == MENDED_DEPTH {
                    out.extend_from_slice(b"null");
                }
            }
            b']' | b'}' => {
                if depth < MENDED_DEPTH {
                    out.push(byte);
                }
                depth = depth.saturating_sub(1);
                continue;
            }
            _ => {}
        }
        if depth >= MENDED_DEPTH {
            continue;
        }
        match byte {
            b'"' => mend_string(head, &mut out),
            b'-' | b'0'..=b'9' if is_out_of_range(head) => out.extend_from_slice(b"null"),
            _ => out.extend_from_slice(head),
        }
    }
    out
}

/// The length of the string at the start of `bytes`, quotes included.
fn string_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (at, &byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at.saturating_add(1),
            _ => {}
        }
    }
    bytes.len()
}

fn number_length(bytes: &[u8]) -> usize {
    let part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
    bytes.iter().take_while(part).count().max(1)
}

fn is_out_of_range(number: &[u8]) -> bool {
    str::from_utf8(number).ok().and_then(|text| text.parse::<f64>().ok()).is_some_and(f64::is_infinite)
}

fn mend_string(string: &[u8], out: &mut Vec<u8>) {
    let mut rest = string;
    while let Some(&byte) = rest.first() {
        let (length, whole) = match (byte, surrogate(rest)) {
            (b'\\', Some(Surrogate::High)) => {
                let paired = matches!(rest.get(6..).and_then(surrogate), Some(Surrogate::Low));
                if paired { (12, true) } else { (6, false) }
            }
            (b'\\', Some(Surrogate::Low)) => (6, false),
            (b'\\', None) => (2, true),
            _ => (1, true),
        };
        let (head, tail) = rest.split_at(length.min(rest.len()));
        out.extend_from_slice(if whole { head } else { b"\\ufffd" });
        rest = tail;
    }
}

enum Surrogate {
    High,
    Low,
}

/// The half of a surrogate pair written as an escape at the start of `bytes`.
fn surrogate(bytes: &[u8]) -> Option<Surrogate> {
    let hex = bytes.strip_prefix(b"\\u")?.get(..4)?;
    if !hex.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    match u16::from_str_radix(str::from_utf8(hex).ok()?, 16).ok()? {
        0xd800..=0xdbff => Some(Surrogate::High),
        0xdc00..=0xdfff => Some(Surrogate::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_bad_part_does_not_lose_the_rest() {
        let deep = format!(r#"{{"a":1,"b":{}{},"c":2}}"#, "[".repeat(200), "]".repeat(200));
        for (text, a, c) in [
            (r#"{"a":"\ud800","c":2}"#, json!("\u{fffd}"), json!(2)),
            (r#"{"a":"x\udc00\ud83d\ude00\\ud800","c":2}"#, json!("x\u{fffd}😀\\ud800"), json!(2)),
            (r#"{"a":"\ud800\ud800\udc00","c":2}"#, json!("\u{fffd}\u{10000}"), json!(2)),
            (r#"{"a":1e999,"c":2}"#, Value::Null, json!(2)),
            (&deep, json!(1), json!(2)),
        ] {
            let value = parse(text.as_bytes()).unwrap();
            assert_eq!((&value["a"], &value["c"]), (&a, &c), "{text}");
        }
        for text in ["", "{", "\"\\ud800", "{\"a\":\"\\ud8", "[1e", "\u{0}"] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn times_and_ids_come_in_any_type() {
        for (value, millis) in [
            (json!(1_458_692_752_478_u64), Some(1_458_692_752_478)),
            (json!("1712345678901"), Some(1_712_345_678_901)),
            (json!("1712345678"), Some(1_712_345_678_000)),
            (json!(1_712_345_678.0), Some(1_712_345_678_000)),
            (json!(-1), None),
            (json!(u64::MAX), None),
            (json!("soon"), None),
            (json!({}), None),
        ] {
            assert_eq!(instant(&json!({ "t": value }), "t").map(|at| at.0), millis, "{value}");
        }
        for (value, text) in [
            (json!(987_654_321_432_u64), Some("987654321432")),
            (json!(1e12), Some("1000000000000")),
            (json!("USER_ID"), Some("USER_ID")),
            (json!(1.5), None),
            (json!(""), None),
            (json!("a b"), None),
            (json!(null), None),
        ] {
            assert_eq!(id(&json!({ "id": value }), "id").as_ref().map(ForeignId::as_str), text, "{value}");
        }
    }
}
