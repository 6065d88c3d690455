#![no_main]

use domain::channel::messenger::{decode_deletion_form, decode_signed_request, parse_signature_header};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = decode_deletion_form(bytes);
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = parse_signature_header(text);
        if let Ok(request) = decode_signed_request(text) {
            assert!(text.ends_with(&request.signed_text), "what is verified is what was sent");
        }
    }
});
