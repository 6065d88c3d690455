//! A link as a QR code, for a desktop's screen and a phone's camera.

use qrcodegen::{QrCode, QrCodeEcc};

/// One row of `0` and `1` per line, without quiet zone; empty when the text is too long for a code.
pub(crate) fn encode(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let module = |x, y| if code.get_module(x, y) { '1' } else { '0' };
    let row = |y| (0..code.size()).map(|x| module(x, y)).collect::<String>();
    (0..code.size()).map(row).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_with_its_three_marks() {
        let code = encode("https://m.me/harbourcoffee?ref=abcdefghijklmnopqrstuvwxyz");
        let rows: Vec<&str> = code.lines().collect();
        assert!(rows.len() >= 21 && rows.iter().all(|row| row.len() == rows.len()));
        assert!(rows[0].starts_with("11111110") && rows[0].ends_with("01111111"));
        assert!(rows[rows.len() - 1].starts_with("11111110"));
        assert_eq!(encode(&"x".repeat(5_000)), "");
    }
}
