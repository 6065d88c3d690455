#![no_main]

use domain::store::{LocalTime, decode};
use domain::time::UnixMillis;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match decode(text) {
    Ok(settings) => {
        let _ = settings.widget(true);
        let _ = settings.opening(LocalTime::at(UnixMillis(1_795_000_000_000), 60));
    }
    Err(errors) => assert!(!errors.is_empty(), "refused without a reason"),
});
