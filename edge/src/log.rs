//! Structured logs: one JSON object per line. Never message text, tokens, addresses of people or bodies.

use serde_json::{Map, Value};

/// A field of an entry: names, counts, statuses.
pub(crate) trait Field {
    /// As JSON.
    fn value(&self) -> Value;
}

impl<T: serde::Serialize> Field for T {
    fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Something an operator may want to know.
pub(crate) fn info(event: &'static str, fields: &[(&'static str, &dyn Field)]) {
    let line = line("info", event, fields);
    #[cfg(target_arch = "wasm32")]
    worker::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    drop(line);
}

/// Something an operator should look at: a dependency failed, a credential does not work.
pub(crate) fn warn(event: &'static str, fields: &[(&'static str, &dyn Field)]) {
    let line = line("warn", event, fields);
    #[cfg(target_arch = "wasm32")]
    worker::console_warn!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    drop(line);
}

/// A mistake of ours, or of the deployment's set-up.
pub(crate) fn error(event: &'static str, fields: &[(&'static str, &dyn Field)]) {
    let line = line("error", event, fields);
    #[cfg(target_arch = "wasm32")]
    worker::console_error!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    drop(line);
}

fn line(level: &str, event: &str, fields: &[(&'static str, &dyn Field)]) -> String {
    let mut entry = Map::new();
    entry.insert("level".into(), level.into());
    entry.insert("event".into(), event.into());
    for (name, field) in fields {
        entry.insert((*name).into(), field.value());
    }
    Value::Object(entry).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_one_line_of_json() {
        let line = line("warn", "kv_failed", &[("status", &503_u16), ("cause", &"a\nb")]);
        assert_eq!(line, r#"{"cause":"a\nb","event":"kv_failed","level":"warn","status":503}"#);
    }
}
