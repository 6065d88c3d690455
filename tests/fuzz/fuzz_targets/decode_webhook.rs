#![no_main]

use domain::channel::messenger::decode_webhook;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(events) = decode_webhook(bytes) {
        assert!(events.is_sorted_by_key(|event| event.at));
        for event in events {
            let json = serde_json::to_string(&event).expect("events can be stored");
            assert_eq!(
                serde_json::from_str::<domain::channel::Inbound>(&json).expect("and read again"),
                event
            );
        }
    }
});
