//! The subscription handshake: Meta proves it knows our verify token, we answer its challenge.
//! Source: Meta, Webhooks, getting started.

/// The longest challenge answered.
const MAX_CHALLENGE_BYTES: usize = 4_096;

/// Why a handshake was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandshakeError {
    /// The mode or the token is wrong, or no token is configured. 403.
    #[error("the verify token does not match")]
    Forbidden,
    /// There is no challenge to answer. 400.
    #[error("hub.challenge is missing or too long")]
    NoChallenge,
}

/// Reads the query of the handshake (without `?`) and gives the challenge to answer, which is text
/// from outside: serve it as `text/plain`, never as HTML. An empty `verify_token` never verifies.
pub fn decode_handshake(query: &str, verify_token: &str) -> Result<String, HandshakeError> {
    let mode = form_value(query, "hub.mode").unwrap_or_default();
    let token = form_value(query, "hub.verify_token").unwrap_or_default();
    let token_is_ours = is_same(token.as_bytes(), verify_token.as_bytes());
    if verify_token.is_empty() || mode != "subscribe" || !token_is_ours {
        return Err(HandshakeError::Forbidden);
    }
    form_value(query, "hub.challenge")
        .filter(|challenge| !challenge.is_empty() && challenge.len() <= MAX_CHALLENGE_BYTES)
        .ok_or(HandshakeError::NoChallenge)
}

/// The first value of `name` in `application/x-www-form-urlencoded` text.
pub(super) fn form_value(text: &str, name: &str) -> Option<String> {
    text.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (unescape(key) == name).then(|| unescape(value))
    })
}

/// `%XX` and `+`; a `%` that escapes nothing stands for itself, what is not UTF-8 becomes U+FFFD.
fn unescape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let escaped = if byte == b'%' { tail.first_chunk::<2>().copied().and_then(hex_byte) } else { None };
        match (byte, escaped) {
            (_, Some(decoded)) => {
                out.push(decoded);
                rest = tail.get(2..).unwrap_or_default();
            }
            (b'+', None) => {
                out.push(b' ');
                rest = tail;
            }
            _ => {
                out.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The byte two hexadecimal digits name.
pub(super) fn hex_byte(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}

/// Takes as long for a near miss as for a far one.
fn is_same(given: &[u8], expected: &[u8]) -> bool {
    let bytes = expected.iter().enumerate();
    let differing =
        bytes.fold(0_u8, |acc, (at, byte)| acc | (byte ^ given.get(at).copied().unwrap_or(!byte)));
    core::hint::black_box(differing) == 0 && given.len() == expected.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_token_gets_its_challenge() {
        use HandshakeError::{Forbidden, NoChallenge};
        let long = format!("hub.mode=subscribe&hub.verify_token=t&hub.challenge={}", "1".repeat(5_000));
        for (query, token, expected) in [
            ("hub.mode=subscribe&hub.challenge=11&hub.verify_token=t", "t", Ok("11")),
            ("hub%2Emode=subscribe&hub.challenge=a%20b+c&hub.verify_token=%74", "t", Ok("a b c")),
            ("hub.mode=subscribe&hub.challenge=%3Cb%3E%&hub.verify_token=t", "t", Ok("<b>%")),
            ("hub.mode=subscribe&hub.challenge=%ff%zz&hub.verify_token=t", "t", Ok("\u{fffd}%zz")),
            ("hub.verify_token=t&hub.verify_token=x&hub.challenge=1&hub.mode=subscribe", "t", Ok("1")),
            ("hub.mode=subscribe&hub.challenge=11&hub.verify_token=tt", "t", Err(Forbidden)),
            ("hub.mode=subscribe&hub.challenge=11&hub.verify_token=", "t", Err(Forbidden)),
            ("hub.mode=subscribe&hub.challenge=11&hub.verify_token=x", "t", Err(Forbidden)),
            ("hub.mode=unsubscribe&hub.challenge=11&hub.verify_token=t", "t", Err(Forbidden)),
            ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", "", Err(Forbidden)),
            ("hub.mode=subscribe&hub.verify_token=t", "t", Err(NoChallenge)),
            ("hub.mode=subscribe&hub.verify_token=t&hub.challenge", "t", Err(NoChallenge)),
            (&long, "t", Err(NoChallenge)),
            ("", "t", Err(Forbidden)),
            ("&=&%&%4", "t", Err(Forbidden)),
        ] {
            assert_eq!(decode_handshake(query, token).as_deref(), expected.as_ref().map(|s| *s), "{query}");
        }
    }
}
