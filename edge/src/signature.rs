//! Signatures over raw bytes, compared in constant time.
//!
//! - `X-Hub-Signature-256: sha256=HEX` on Meta's webhooks
//!   (developers.facebook.com/docs/messenger-platform/webhooks, "Validating payloads").
//! - `signed_request` on Meta's deletion callback: the same over its encoded payload
//!   (developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback).
//! - `appsecret_proof` on our calls to the Graph API.
//! - `Openline-Signature: t=SECONDS,v1=HEX` on the merchant's own calls.

use crate::config::Secret;
use domain::time::UnixMillis;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// The header of a merchant's signed call.
pub(crate) const OPENLINE_SIGNATURE: &str = "openline-signature";
/// How far the time in a merchant's signature may be from ours.
const TOLERANCE_SECONDS: u64 = 300;

/// HMAC-SHA256.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed(key, parts).finalize().into_bytes().into()
}

/// Whether `mac` is the HMAC-SHA256 of the parts; takes the same time for every wrong `mac`.
pub(crate) fn is_hmac_sha256(key: &[u8], parts: &[&[u8]], mac: &[u8]) -> bool {
    keyed(key, parts).verify_slice(mac).is_ok()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Reads 64 hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    let mut digits = text.bytes().map(|digit| char::from(digit).to_digit(16));
    for byte in &mut bytes {
        let value = digits.next()?? * 16 + digits.next()??;
        *byte = u8::try_from(value).ok()?;
    }
    Some(bytes)
}

/// Whether `signature` is Meta's over `body`, by any of the secrets in rotation.
pub(crate) fn is_metas(secrets: &[Secret], signature: &[u8; 32], body: &[u8]) -> bool {
    // Every secret is tried, so that the time says nothing about which one fits.
    secrets
        .iter()
        .fold(false, |found, secret| found | is_hmac_sha256(secret.expose().as_bytes(), &[body], signature))
}

/// `appsecret_proof`: what shows the Graph API that a token is used by its owner.
pub(crate) fn appsecret_proof(secret: &Secret, token: &Secret) -> String {
    hex(&hmac_sha256(secret.expose().as_bytes(), &[token.expose().as_bytes()]))
}

/// Whether a merchant's call is signed with the deployment's secret, and recently.
///
/// `v1` is the HMAC-SHA256, in hexadecimal, of `"<t>.<METHOD>.<path>."` followed by the body; the path as in
/// the request line, query included.
pub(crate) fn is_merchants(
    secret: &Secret,
    now: UnixMillis,
    header: &str,
    method: &str,
    path: &str,
    body: &[u8],
) -> bool {
    let Some((seconds, mac)) = parse_merchants(header) else { return false };
    let prefix = format!("{seconds}.{method}.{path}.");
    let genuine = is_hmac_sha256(secret.expose().as_bytes(), &[prefix.as_bytes(), body], &mac);
    genuine && (now.0 / 1_000).abs_diff(seconds) <= TOLERANCE_SECONDS
}

fn parse_merchants(header: &str) -> Option<(u64, [u8; 32])> {
    let mut seconds = None;
    let mut mac = None;
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", value) if value.len() <= 12 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                seconds = value.parse().ok();
            }
            ("v1", value) => mac = unhex(value),
            _ => {}
        }
    }
    Some((seconds?, mac?))
}

fn keyed(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; the error is of other MACs. An empty key would still compare.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&[0; 64].into()));
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text)
    }

    /// GitHub documents the same header and algorithm with this example
    /// (docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).
    #[test]
    fn metas_signature_is_checked_with_every_secret_in_rotation() {
        let mac = unhex("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17").unwrap();
        let right = secret("It's a Secret to Everybody");
        assert!(is_metas(&[secret("old"), right.clone()], &mac, b"Hello, World!"));
        assert!(is_metas(&[right.clone(), secret("new")], &mac, b"Hello, World!"));
        assert!(!is_metas(&[right], &mac, b"Hello, World?"));
        assert!(!is_metas(&[], &mac, b"Hello, World!"));
    }

    /// restfb's FacebookClientTest.
    #[test]
    fn the_proof_is_the_one_others_compute() {
        let proof = appsecret_proof(&secret("test"), &secret("test"));
        assert_eq!(proof, "88cd2108b5347d973cf39cdf9053d7dd42704876d8c9a9bd8e2d168259d3ddf7");
    }

    #[test]
    fn a_merchants_signature_binds_time_method_path_and_body() {
        let key = secret("k");
        let mac = hex(&hmac_sha256(b"k", &[b"1700000000.PUT./v1/demo/settings.", b"{}"]));
        let header = format!("t=1700000000,v1={mac}");
        let at = |seconds: u64| UnixMillis(seconds * 1_000);
        let path = "/v1/demo/settings";
        for (now, header, method, path, body, expected) in [
            (1_700_000_000, header.as_str(), "PUT", path, &b"{}"[..], true),
            (1_700_000_300, &header, "PUT", path, b"{}", true),
            (1_699_999_700, &header, "PUT", path, b"{}", true),
            (1_700_000_301, &header, "PUT", path, b"{}", false),
            (1_700_000_000, &header, "GET", path, b"{}", false),
            (1_700_000_000, &header, "PUT", "/v1/other/settings", b"{}", false),
            (1_700_000_000, &header, "PUT", path, b"{ }", false),
            (1_700_000_000, "t=1700000000", "PUT", path, b"{}", false),
            (1_700_000_000, "", "PUT", path, b"{}", false),
            (1_700_000_000, "t=-1,v1=zz", "PUT", path, b"{}", false),
        ] {
            let genuine = is_merchants(&key, at(now), header, method, path, body);
            assert_eq!(genuine, expected, "{now} {header} {method} {path}");
        }
    }

    #[test]
    fn hexadecimal_goes_both_ways() {
        let bytes: [u8; 32] = core::array::from_fn(|at| u8::try_from(at * 7).unwrap());
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!(unhex(&hex(&bytes).to_uppercase()), Some(bytes));
        for bad in ["", "00", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }
}
