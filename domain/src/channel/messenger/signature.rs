//! What Meta signs, taken apart. The HMAC itself is computed in the edge.

use super::handshake::{form_value, hex_byte};
use super::json;
use crate::ids::ForeignId;

/// The longest `signed_request` read.
const MAX_SIGNED_REQUEST_BYTES: usize = 64 * 1024;

/// A data-deletion or deauthorisation request. Nothing in it may be believed before the HMAC-SHA256
/// of `signed_text` under the app secret was found to equal `signature`.
/// Source: Meta, Data Deletion Request Callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// What the sender claims the HMAC is.
    pub signature: [u8; 32],
    /// What is signed: the payload as it stood, still encoded.
    pub signed_text: String,
    /// The person, by an app-scoped id: another one than the page-scoped id messages carry.
    pub user_id: ForeignId,
}

/// Why a `signed_request` was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignedRequestError {
    /// Not two base64url parts, or the second is not a JSON object.
    #[error("signed_request is malformed")]
    Malformed,
    /// Signed in another way than HMAC-SHA256.
    #[error("signed_request names another algorithm than HMAC-SHA256")]
    OtherAlgorithm,
    /// It names nobody.
    #[error("signed_request has no user_id")]
    NoUser,
}

/// Reads `X-Hub-Signature-256`: `sha256=` and 64 hexadecimal digits. No other algorithm is accepted.
pub fn parse_signature_header(value: &str) -> Option<[u8; 32]> {
    let digits = value.strip_prefix("sha256=")?.as_bytes();
    let (pairs, odd) = digits.as_chunks::<2>();
    if !odd.is_empty() {
        return None;
    }
    pairs.iter().copied().map(hex_byte).collect::<Option<Vec<u8>>>()?.try_into().ok()
}

/// Reads the body of the deletion callback: a form with the one field `signed_request`.
pub fn decode_deletion_form(body: &[u8]) -> Result<SignedRequest, SignedRequestError> {
    let text = str::from_utf8(body).map_err(|_| SignedRequestError::Malformed)?;
    decode_signed_request(&form_value(text, "signed_request").ok_or(SignedRequestError::Malformed)?)
}

/// Reads `base64url(signature) "." base64url(JSON)`, with or without padding.
pub fn decode_signed_request(encoded: &str) -> Result<SignedRequest, SignedRequestError> {
    use SignedRequestError::{Malformed, NoUser, OtherAlgorithm};
    if encoded.len() > MAX_SIGNED_REQUEST_BYTES {
        return Err(Malformed);
    }
    let (signature, signed_text) = encoded.split_once('.').ok_or(Malformed)?;
    let signature = base64url(signature).and_then(|bytes| bytes.try_into().ok()).ok_or(Malformed)?;
    let payload = base64url(signed_text).ok_or(Malformed)?;
    let payload = json::parse(&payload).filter(serde_json::Value::is_object).ok_or(Malformed)?;
    if payload.get("algorithm").and_then(serde_json::Value::as_str) != Some("HMAC-SHA256") {
        return Err(OtherAlgorithm);
    }
    let user_id = json::id(&payload, "user_id").ok_or(NoUser)?;
    Ok(SignedRequest { signature, signed_text: signed_text.into(), user_id })
}

/// Source: RFC 4648, section 5.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    if digits.len() % 4 == 1 || text.len().saturating_sub(digits.len()) > 2 {
        return None;
    }
    let mut out = Vec::with_capacity(digits.len());
    for group in digits.chunks(4) {
        let bits = group.iter().try_fold(0_u32, |bits, digit| Some(bits << 6 | sextet(*digit)?))?;
        let missing = 4_usize.saturating_sub(group.len());
        let [_, bytes @ ..] = (bits << (6 * missing)).to_be_bytes();
        out.extend(bytes.iter().take(3_usize.saturating_sub(missing)));
    }
    Some(out)
}

fn sextet(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sha256_headers_are_read() {
        let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let read = parse_signature_header(&format!("sha256={digits}")).unwrap();
        assert_eq!((read[0], read[31]), (0x75, 0x17));
        assert_eq!(parse_signature_header(&format!("sha256={}", digits.to_uppercase())), Some(read));
        for header in [
            "",
            "sha256=",
            "sha256!!!",
            digits,
            "sha1=0d814d436b45c33ef664a317ff4b8dc2d3d8fe2a",
            &format!("sha1={digits}"),
            &format!("sha256={digits}0"),
            &format!("sha256={digits}00"),
            &format!("sha256= {digits}"),
            &format!("sha256={}", digits.replace('7', "g")),
            &format!("sha256={}", "é".repeat(32)),
        ] {
            assert_eq!(parse_signature_header(header), None, "{header}");
        }
    }

    #[test]
    fn base64url_agrees_with_the_published_vectors() {
        for (text, bytes) in [
            ("", Some(&b""[..])),
            ("Zg", Some(b"f")),
            ("Zg==", Some(b"f")),
            ("Zm8=", Some(b"fo")),
            ("Zm9v", Some(b"foo")),
            ("Zm9vYmFy", Some(b"foobar")),
            ("-_8", Some(&[0xfb, 0xff])),
            ("+/8", None),
            ("Z", None),
            ("Zg===", None),
            ("Zm 9v", None),
        ] {
            assert_eq!(base64url(text).as_deref(), bytes, "{text}");
        }
    }

    #[test]
    fn requests_are_refused_with_the_reason() {
        use SignedRequestError::{Malformed, NoUser, OtherAlgorithm};
        let signature = "U0_O1MqqNKUt32633zAkdd2Ce-jGVgRgJeRauyx_zC8";
        for (encoded, expected) in [
            (String::new(), Malformed),
            ("no dot".into(), Malformed),
            ("foo!.foo".into(), Malformed),
            ("Zg.e30".into(), Malformed),
            (format!("{signature}."), Malformed),
            (format!("{signature}.W10"), Malformed),
            (format!("{signature}.e30"), OtherAlgorithm),
            // {"algorithm":"HMAC-SHA256"}
            (format!("{signature}.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiJ9"), NoUser),
            ("x".repeat(MAX_SIGNED_REQUEST_BYTES + 1), Malformed),
        ] {
            assert_eq!(decode_signed_request(&encoded), Err(expected), "{encoded:.80}");
        }
    }

    #[test]
    fn the_form_is_unescaped_before_it_is_split() {
        // {"algorithm":"HMAC-SHA256","user_id":123}
        let payload = "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsInVzZXJfaWQiOjEyM30=";
        let form = format!(
            "signed_request=U0_O1MqqNKUt32633zAkdd2Ce-jGVgRgJeRauyx_zC8%3D.{}",
            payload.replace('=', "%3D")
        );
        let request = decode_deletion_form(form.as_bytes()).unwrap();
        assert_eq!((request.user_id.as_str(), request.signed_text.as_str()), ("123", payload));
        assert_eq!(decode_deletion_form(b"other=1"), Err(SignedRequestError::Malformed));
        assert_eq!(decode_deletion_form(b"\xff"), Err(SignedRequestError::Malformed));
    }
}
