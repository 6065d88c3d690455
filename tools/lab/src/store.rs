//! `lab store check FILE` and `lab store ask FILE QUESTION`.

use domain::answer::{AnswerContext, Question, Reply, answer};
use domain::store::{LocalTime, Weekday, decode};
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

/// Prints what the assistant of the store in `file` answers to `question` on a Wednesday at noon.
pub(crate) fn ask(file: &str, question: &str) -> ExitCode {
    let settings = match std::fs::read_to_string(file).map(|text| decode(&text)) {
        Ok(Ok(settings)) => settings,
        Ok(Err(_)) => return check(file),
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let question = Question { text: question, page_product: None };
    let context = AnswerContext {
        opening: settings.opening(LocalTime { weekday: Weekday::Wed, minute_of_day: 12 * 60 }),
        handed_off: false,
        contact_known: false,
        previous: None,
        language: settings.language(),
    };
    let (Reply::Answer { content, .. } | Reply::HandOff { content, .. }) =
        answer(&settings, &question, &context);
    println!("{}", content.text);
    for card in content.cards {
        println!("  [{}] {}", card.title, card.subtitle);
    }
    for link in content.links {
        println!("  {} <{}>", link.label, link.url);
    }
    for reply in content.quick_replies {
        println!("  ( {} )", reply.label);
    }
    ExitCode::SUCCESS
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
