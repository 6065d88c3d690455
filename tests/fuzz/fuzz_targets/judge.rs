#![no_main]

use domain::channel::messenger::{judge, pause_asked};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, u32, &[u8])| {
    let (status, attempt, body) = input;
    let text = str::from_utf8(body).ok();
    let outcome = judge(status, body, attempt, pause_asked(text, text));
    assert!(!outcome.reason().is_empty());
});
