#![no_main]

use domain::channel::messenger::decode_handshake;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|query: &str| {
    assert!(decode_handshake(query, "").is_err(), "an empty token never verifies");
    if decode_handshake(query, "meatyhamhock").is_ok() {
        assert!(decode_handshake(query, "meatyhamhocK").is_err(), "two tokens for one query");
    }
});
