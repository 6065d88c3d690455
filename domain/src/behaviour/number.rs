//! Names as numbers: things only have to be told apart, on this page and on the next.

/// FNV-1a of `name`.
pub fn number_of(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_published() {
        for (name, number) in [("", 0x811c_9dc5), ("a", 0xe40c_292c), ("foobar", 0xbf9c_f968)] {
            assert_eq!(number_of(name), number, "{name}");
        }
    }
}
