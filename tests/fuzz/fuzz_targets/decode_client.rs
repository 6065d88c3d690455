#![no_main]

use domain::wire::{decode_client, encode_client};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(frame) = decode_client(bytes) {
        assert_eq!(decode_client(encode_client(&frame).as_bytes()), Ok(frame));
    }
});
