//! Texts put together. The standard library's way knows any separator and writes any kind of number, which the chat
//! would carry along for these few.

/// The parts, one after the other.
pub(crate) fn joined(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}
