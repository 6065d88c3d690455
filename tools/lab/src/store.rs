//! `lab store check FILE`.

use domain::store::decode;
use std::process::ExitCode;

/// Prints what is wrong with the settings document in `file`, and fails if anything is.
pub(crate) fn check(file: &str) -> ExitCode {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let faults = faults(&bytes);
    for fault in &faults {
        println!("{file}:{fault}");
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Each fault as `LINE: path: reason`.
fn faults(bytes: &[u8]) -> Vec<String> {
    let text = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.split(|byte| *byte == b'\n').count().saturating_sub(1);
            return vec![format!("{line}: $: is not UTF-8 text")];
        }
    };
    match decode(text) {
        Ok(_) => Vec::new(),
        Err(errors) => {
            errors.iter().map(|error| format!("{}: {}: {}", error.line, error.path, error.reason)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_line_path_and_reason() {
        assert_eq!(faults(b"{\n\xff}"), ["2: $: is not UTF-8 text"]);
        let demo = include_str!("../../../stores/demo.json");
        assert_eq!(faults(demo.as_bytes()), Vec::<String>::new());
        let faulty = demo.replacen("\"color\": \"#12343b\"", "\"colour\": \"green\"", 1);
        assert_eq!(
            faults(faulty.as_bytes()),
            ["11: theme.colour: is not a known field; did you mean \"color\"?"]
        );
    }
}
