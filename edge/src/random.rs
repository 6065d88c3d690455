//! Randomness from the platform.

use crate::error::{ApiError, ApiResult};
use domain::ids::{ConversationId, LinkReference, StaffId};

/// How many random characters make 128 bits and a bit.
const LENGTH: usize = 26;

/// A fresh conversation.
pub(crate) fn conversation() -> ApiResult<ConversationId> {
    ConversationId::parse(text()?).map_err(ApiError::bug("random conversation id"))
}

/// A fresh reference for a hand-over link.
pub(crate) fn reference() -> ApiResult<LinkReference> {
    LinkReference::parse(text()?).map_err(ApiError::bug("random reference"))
}

/// A fresh member of staff.
pub(crate) fn staff() -> ApiResult<StaffId> {
    StaffId::parse(text()?).map_err(ApiError::bug("random staff id"))
}

/// A number below 1,000,000, each as likely as any other.
pub(crate) fn code() -> ApiResult<u32> {
    loop {
        let number = u32::from_le_bytes(bytes()?);
        // The largest multiple of a million in 32 bits: what is beyond would make low codes likelier.
        if number < 4_294_000_000 {
            return Ok(number % 1_000_000);
        }
    }
}

/// A number below 2^53, exact in JavaScript.
pub(crate) fn number() -> ApiResult<u64> {
    Ok(u64::from_le_bytes(bytes()?) >> 11)
}

/// 26 random characters of `[a-z2-7]`: 130 bits.
pub(crate) fn text() -> ApiResult<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bytes: [u8; LENGTH] = bytes()?;
    let letter = |byte: u8| ALPHABET.get(usize::from(byte & 31)).map_or('a', |letter| char::from(*letter));
    Ok(bytes.into_iter().map(letter).collect())
}

fn bytes<const N: usize>() -> ApiResult<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(ApiError::bug("randomness"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_their_form_and_differ() {
        assert_eq!(conversation().unwrap().as_str().len(), LENGTH);
        assert_ne!(text().unwrap(), text().unwrap());
        assert!((0..1_000).all(|_| code().unwrap() < 1_000_000));
        assert!(number().unwrap() < 1 << 53);
    }
}
