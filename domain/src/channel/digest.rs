//! A short fingerprint of content, to recognise a repetition. Not a proof of anything.

/// FNV-1a, 64 bits. Source: RFC 9923.
pub(super) fn fnv1a_64(bytes: &[u8]) -> u64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.iter().fold(OFFSET_BASIS, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(PRIME))
}

/// The fingerprint of a text, as text.
pub(crate) fn fingerprint(text: &str) -> String {
    format!("{:016x}", fnv1a_64(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_vectors() {
        for (text, digest) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv1a_64(text.as_bytes()), digest, "{text:?}");
        }
    }
}
