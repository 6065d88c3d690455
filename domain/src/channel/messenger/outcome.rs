//! What an answer of the Send API means, and what to do about it.
//! Source: Meta, Messenger error codes (2026-06-25); the actions are ours.

use super::json;
use crate::ids::ForeignId;
use crate::time::Millis;
use serde_json::Value;

/// Attempts after which an unexplained failure is not repeated.
const UNKNOWN_ATTEMPTS: u32 = 3;
/// Attempts after which a failing server is left alone.
const SERVER_ATTEMPTS: u32 = 5;
/// The longest pause a channel may ask for.
const LONGEST_PAUSE: Millis = Millis::hours(24);

/// What became of one send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// It was taken.
    Accepted {
        /// Its id; the channel leaves it out in places.
        message_id: Option<ForeignId>,
    },
    /// It was not taken, because there is too much: send it again later.
    Retry {
        /// Not sooner than this, if the channel said so. Add backoff and jitter.
        after: Option<Millis>,
    },
    /// It was probably not taken: send it once more, no oftener.
    RetryOnce,
    /// Nobody knows whether it was taken: wait for its echo, then send it again if none came. The same
    /// holds for a send without any answer.
    RetryUnlessEchoed,
    /// It was taken, although an error was answered: never send it again; its echo brings the id.
    MaybeSent,
    /// It failed too often to try again; it may have gone.
    Unknown,
    /// The person wrote too long ago: hold it until they write.
    WindowClosed,
    /// Another app speaks in the thread: hold it until control comes back, or a day has passed.
    WaitForControl,
    /// The person cannot be reached there any more.
    Unreachable,
    /// The person does not want to be written to.
    OptedOut,
    /// Nothing may be sent for the whole account.
    StopAccount,
    /// What was sent is wrong; it will not get better.
    BadRequest,
    /// The account must be connected again.
    Reauthorise,
    /// The app lacks a permission.
    PermissionMissing,
}

impl SendOutcome {
    /// In words, for staff.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "Messenger took the message.",
            Self::Retry { .. } => "Messenger asks us to slow down; the message will be sent again.",
            Self::RetryOnce => "Messenger had a temporary problem; the message will be sent once more.",
            Self::RetryUnlessEchoed => {
                "Messenger gave no clear answer; the message will be sent again unless it turns up."
            }
            Self::MaybeSent => {
                "Messenger reported an error, but delivers such messages; waiting for it to turn up."
            }
            Self::Unknown => "Messenger failed again and again; the message may or may not have arrived.",
            Self::WindowClosed => {
                "The shopper last wrote too long ago; Messenger allows a reply once they write again."
            }
            Self::WaitForControl => {
                "Another app answers in this Messenger thread; the message waits until it is done."
            }
            Self::Unreachable => "The shopper cannot be reached on Messenger: blocked, deactivated or gone.",
            Self::OptedOut => "The shopper asked not to be written to on Messenger.",
            Self::StopAccount => "Messenger has restricted the page; nothing is sent until it lifts that.",
            Self::BadRequest => "Messenger refused the message as malformed; it will not be sent again.",
            Self::Reauthorise => {
                "Messenger no longer accepts the page's access token; connect the page again."
            }
            Self::PermissionMissing => {
                "The app lacks a Messenger permission for this; check its access and its review."
            }
        }
    }
}

/// Judges the answer to the `attempt`th send (from 1) of one message: total on arbitrary bytes.
/// `pause` is what [`pause_asked`] read from the answer's headers.
pub fn judge(status: u16, body: &[u8], attempt: u32, pause: Option<Millis>) -> SendOutcome {
    let body = json::parse(body);
    match body.as_ref().and_then(|body| body.get("error")).filter(|error| error.is_object()) {
        Some(error) => judge_error(status, error, attempt, pause),
        None => judge_status(status, body.as_ref(), attempt, pause),
    }
}

/// How long to pause, as asked by `Retry-After` (seconds) and by `X-Business-Use-Case-Usage` (minutes until
/// access is regained).
pub fn pause_asked(retry_after: Option<&str>, business_usage: Option<&str>) -> Option<Millis> {
    let seconds = retry_after.and_then(|seconds| seconds.trim().parse().ok()).map(Millis::seconds);
    let usage = business_usage.and_then(|usage| json::parse(usage.as_bytes()));
    let uses = usage.as_ref().and_then(Value::as_object).into_iter().flat_map(|usage| usage.values());
    let waits = uses.filter_map(Value::as_array).flatten().filter_map(minutes);
    let asked = seconds.into_iter().chain(waits.map(Millis::minutes)).max()?;
    (asked > Millis(0)).then_some(asked.min(LONGEST_PAUSE))
}

fn minutes(usage: &Value) -> Option<u64> {
    json::words(usage, "estimated_time_to_regain_access")?.parse().ok()
}

/// The subcode says it best: the same one appears under several codes.
fn judge_error(status: u16, error: &Value, attempt: u32, pause: Option<Millis>) -> SendOutcome {
    let number = |key: &str| json::words(error, key).and_then(|number| number.parse::<i64>().ok());
    let by_subcode = number("error_subcode").and_then(|subcode| judge_subcode(subcode, pause));
    let by_code = || number("code").and_then(|code| judge_code(code, attempt, pause));
    let by_status = || {
        let transient = json::flag(error, "is_transient");
        if transient { server_failed(attempt) } else { judge_status(status, Some(error), attempt, pause) }
    };
    by_subcode.or_else(by_code).unwrap_or_else(by_status)
}

fn judge_subcode(subcode: i64, pause: Option<Millis>) -> Option<SendOutcome> {
    Some(match subcode {
        2_018_354 | 2_534_040 | 1_893_016 => SendOutcome::Retry { after: pause },
        1_357_046 => SendOutcome::MaybeSent,
        2_018_278 | 2_018_065 | 2_534_022 => SendOutcome::WindowClosed,
        2_018_108 | 2_018_001 | 1_545_041 | 2_534_029 => SendOutcome::Unreachable,
        1_893_015 => SendOutcome::OptedOut,
        // Restricted, or warned for sending at an abusive rate: one more send makes it worse.
        1_893_063 | 2_018_338 => SendOutcome::StopAccount,
        2_018_300 | 2_018_321 | 2_534_037 => SendOutcome::WaitForControl,
        2_018_109 | 2_018_047 | 2_018_008 | 2_534_014 | 2_534_015 => SendOutcome::BadRequest,
        _ => return None,
    })
}

fn judge_code(code: i64, attempt: u32, pause: Option<Millis>) -> Option<SendOutcome> {
    Some(match code {
        4 | 17 | 32 | 613 | 80_000..=80_099 => SendOutcome::Retry { after: pause },
        1 if attempt < UNKNOWN_ATTEMPTS => SendOutcome::RetryUnlessEchoed,
        2 if attempt < 2 => SendOutcome::RetryOnce,
        1 | 2 => SendOutcome::Unknown,
        551 => SendOutcome::Unreachable,
        // Blocked for what was sent before: as a restriction.
        368 => SendOutcome::StopAccount,
        100 => SendOutcome::BadRequest,
        102 | 104 | 190 | 463 | 467 => SendOutcome::Reauthorise,
        3 | 10 | 200..=299 | 10_303 => SendOutcome::PermissionMissing,
        _ => return None,
    })
}

fn judge_status(status: u16, body: Option<&Value>, attempt: u32, pause: Option<Millis>) -> SendOutcome {
    match status {
        200..=299 => match body.filter(|body| body.is_object()) {
            Some(body) => SendOutcome::Accepted { message_id: json::id(body, "message_id") },
            None => SendOutcome::MaybeSent,
        },
        401 => SendOutcome::Reauthorise,
        403 => SendOutcome::PermissionMissing,
        429 => SendOutcome::Retry { after: pause },
        300..=407 | 409..=499 => SendOutcome::BadRequest,
        _ => server_failed(attempt),
    }
}

fn server_failed(attempt: u32) -> SendOutcome {
    if attempt < SERVER_ATTEMPTS { SendOutcome::RetryUnlessEchoed } else { SendOutcome::Unknown }
}

#[cfg(test)]
mod tests {
    use super::SendOutcome::{
        Accepted, BadRequest, MaybeSent, OptedOut, PermissionMissing, Reauthorise, Retry, RetryOnce,
        RetryUnlessEchoed, StopAccount, Unknown, Unreachable, WaitForControl, WindowClosed,
    };
    use super::*;
    use serde_json::json;

    fn judged(status: u16, body: &Value, attempt: u32) -> SendOutcome {
        judge(status, body.to_string().as_bytes(), attempt, None)
    }

    #[test]
    fn the_subcode_decides_whatever_the_code() {
        for (subcodes, expected) in [
            (&[2_018_354, 2_534_040, 1_893_016][..], Retry { after: None }),
            (&[1_357_046], MaybeSent),
            (&[2_018_278, 2_018_065, 2_534_022], WindowClosed),
            (&[2_018_108, 2_018_001, 1_545_041, 2_534_029], Unreachable),
            (&[1_893_015], OptedOut),
            (&[1_893_063, 2_018_338], StopAccount),
            (&[2_018_300, 2_018_321, 2_534_037], WaitForControl),
            (&[2_018_109, 2_018_047, 2_018_008, 2_534_014, 2_534_015], BadRequest),
        ] {
            for subcode in subcodes {
                for code in [1, 4, 10, 100, 190, 200, 551, 613] {
                    let error = json!({"error": {"code": code, "error_subcode": subcode}});
                    assert_eq!(judged(400, &error, 1), expected, "{code}/{subcode}");
                }
                let as_text = json!({"error": {"code": "10", "error_subcode": subcode.to_string()}});
                assert_eq!(judged(400, &as_text, 1), expected, "{subcode}");
            }
        }
    }

    #[test]
    fn the_code_decides_where_the_subcode_does_not() {
        for (codes, attempt, expected) in [
            (&[4, 17, 32, 613, 80_000, 80_006, 80_099][..], 1, Retry { after: None }),
            (&[4, 613], 50, Retry { after: None }),
            (&[1], 1, RetryUnlessEchoed),
            (&[1], 2, RetryUnlessEchoed),
            (&[1], 3, Unknown),
            (&[2], 1, RetryOnce),
            (&[2], 2, Unknown),
            (&[551], 1, Unreachable),
            (&[368], 1, StopAccount),
            (&[100], 1, BadRequest),
            (&[190, 102, 104], 1, Reauthorise),
            (&[200, 230, 10, 10_303], 1, PermissionMissing),
        ] {
            for code in codes {
                let error = json!({"error": {"code": code, "error_subcode": 1_234_567}});
                assert_eq!(judged(400, &error, attempt), expected, "{code}");
            }
        }
    }

    #[test]
    fn the_status_decides_where_nothing_else_does() {
        let html = json!("<html>");
        for (status, body, attempt, expected) in [
            (200, json!({"recipient_id": "1", "message_id": "m_1"}), 1, {
                Accepted { message_id: ForeignId::parse("m_1").ok() }
            }),
            (200, json!({"message_id": "m_1"}), 1, Accepted { message_id: ForeignId::parse("m_1").ok() }),
            (200, json!({"recipient_id": "1"}), 1, Accepted { message_id: None }),
            (200, html.clone(), 1, MaybeSent),
            (200, json!({"error": {"code": 190}}), 1, Reauthorise),
            (400, json!({"error": {"code": 424_242}}), 1, BadRequest),
            (400, json!({"error": {"code": 424_242, "is_transient": true}}), 1, RetryUnlessEchoed),
            (400, json!({"error": "no"}), 1, BadRequest),
            (401, html.clone(), 1, Reauthorise),
            (403, html.clone(), 1, PermissionMissing),
            (404, html.clone(), 1, BadRequest),
            (408, html.clone(), 1, RetryUnlessEchoed),
            (429, html.clone(), 1, Retry { after: None }),
            (500, html.clone(), 4, RetryUnlessEchoed),
            (503, html.clone(), 5, Unknown),
            (0, html, 1, RetryUnlessEchoed),
        ] {
            assert_eq!(judged(status, &body, attempt), expected, "{status} {body}");
        }
        assert_eq!(judge(502, b"\xff\0", 1, None), RetryUnlessEchoed);
    }

    #[test]
    fn the_channel_may_ask_for_a_pause() {
        let usage = r#"{"1044":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":7},
            {"estimated_time_to_regain_access":"12"}],"x":3}"#;
        for (retry_after, usage, pause) in [
            (None, None, None),
            (Some("30"), None, Some(Millis::seconds(30))),
            (Some(" 30 "), Some("{}"), Some(Millis::seconds(30))),
            (Some("Wed, 21 Oct 2026 07:28:00 GMT"), None, None),
            (Some("0"), None, None),
            (Some("-1"), Some("nonsense"), None),
            (Some("30"), Some(usage), Some(Millis::minutes(12))),
            (None, Some(usage), Some(Millis::minutes(12))),
            (Some("99999999999999999999"), None, None),
            (Some("18446744073709551615"), None, Some(LONGEST_PAUSE)),
        ] {
            assert_eq!(pause_asked(retry_after, usage), pause, "{retry_after:?} {usage:?}");
        }
        let throttled = br#"{"error":{"code":613}}"#;
        let pause = Some(Millis::seconds(9));
        assert_eq!(judge(400, throttled, 1, pause), Retry { after: pause });
    }
}
