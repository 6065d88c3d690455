#![no_main]

use domain::wire::{decode_server, encode_server};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(frame) = decode_server(text) {
        assert_eq!(decode_server(&encode_server(&frame)), Ok(frame));
    }
});
