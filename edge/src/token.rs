//! The session token: what a page shows to go on with its conversation.
//!
//! `base64url(payload) "." base64url(HMAC-SHA256(payload's base64url))`, without padding, so that it is a
//! token of RFC 9110 and fits a WebSocket subprotocol. Bound to store, conversation and origin; good for
//! 90 days after it was last issued.

use crate::config::Secret;
use crate::signature::{hmac_sha256, is_hmac_sha256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{ConversationId, StoreId};
use domain::time::{Millis, UnixMillis};
use serde::{Deserialize, Serialize};

/// How long a token is good for.
pub(crate) const LIFETIME: Millis = Millis::days(90);
/// Longer texts are no token of ours.
const MAX_TOKEN_BYTES: usize = 1_000;
const PURPOSE: &[u8] = b"openline session token 1";

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    /// Whose shop.
    #[serde(rename = "s")]
    pub(crate) store: StoreId,
    /// Which conversation.
    #[serde(rename = "c")]
    pub(crate) conversation: ConversationId,
    /// The origin of the pages that may use it.
    #[serde(rename = "o")]
    pub(crate) origin: String,
    /// When it stops being good.
    #[serde(rename = "e")]
    pub(crate) expires_at: UnixMillis,
}

/// Makes the token that says so.
pub(crate) fn seal(secret: &Secret, grant: &Grant) -> String {
    let payload = serde_json::to_vec(grant).unwrap_or_default();
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let mac = URL_SAFE_NO_PAD.encode(hmac_sha256(&key(secret), &[payload.as_bytes()]));
    format!("{payload}.{mac}")
}

/// What a token says, if it is ours and still good.
pub(crate) fn open(secret: &Secret, now: UnixMillis, token: &str) -> Option<Grant> {
    if token.len() > MAX_TOKEN_BYTES {
        return None;
    }
    let (payload, mac) = token.split_once('.')?;
    let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
    if !is_hmac_sha256(&key(secret), &[payload.as_bytes()], &mac) {
        return None;
    }
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let grant: Grant = serde_json::from_str(&payload).ok()?;
    (grant.expires_at > now).then_some(grant)
}

/// One key per purpose: a signature made for one thing is never good for another.
fn key(secret: &Secret) -> [u8; 32] {
    hmac_sha256(secret.expose().as_bytes(), &[PURPOSE])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: UnixMillis = UnixMillis(1_700_000_000_000);

    fn grant() -> Grant {
        Grant {
            store: StoreId::parse("demo").unwrap(),
            conversation: ConversationId::parse("c1").unwrap(),
            origin: "https://shop.example".into(),
            expires_at: NOW + LIFETIME,
        }
    }

    #[test]
    fn a_token_is_good_until_it_expires() {
        let secret = Secret::new("s");
        let token = seal(&secret, &grant());
        assert_eq!(open(&secret, NOW, &token), Some(grant()));
        assert_eq!(open(&secret, NOW + LIFETIME, &token), None);
        assert_eq!(open(&Secret::new("t"), NOW, &token), None);
    }

    #[test]
    fn a_token_fits_a_subprotocol() {
        let token = seal(&Secret::new("s"), &grant());
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{token}");
    }

    proptest! {
        #[test]
        fn no_changed_token_is_good(at in 0usize..400, bit in 0u8..7) {
            let secret = Secret::new("s");
            let token = seal(&secret, &grant());
            let mut bytes = token.clone().into_bytes();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(changed) = String::from_utf8(bytes) {
                // The last base64 digit of the MAC has spare bits, which the decoder insists are zero.
                prop_assert_eq!(open(&secret, NOW, &changed), None);
            }
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,300}") {
            prop_assert_eq!(open(&Secret::new("s"), NOW, &text), None);
        }
    }
}
