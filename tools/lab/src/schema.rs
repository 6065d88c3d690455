//! `lab schema`.

use domain::store::Settings;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// The JSON Schema (2020-12) of a store's settings document.
pub(crate) fn settings() -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Settings>();
    let mut schema = schema.to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".into(), json!("Openline store settings"));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::store::decode;

    const HARBOUR: &str = include_str!("../../../domain/golden/settings/harbour.json");

    /// What the decoder says of the document with the value at `pointer` replaced (or removed).
    fn reasons(document: &Value, pointer: &str, value: Option<Value>) -> Vec<String> {
        let mut document = document.clone();
        if let Some(value) = value {
            *document.pointer_mut(pointer).unwrap() = value;
        } else {
            let (above, name) = pointer.rsplit_once('/').unwrap();
            document.pointer_mut(above).unwrap().as_object_mut().unwrap().remove(name);
        }
        let path = pointer.trim_start_matches('/').split('/').fold(String::new(), |path, step| match step {
            step if step.bytes().all(|byte| byte.is_ascii_digit()) => format!("{path}[{step}]"),
            step if path.is_empty() => step.to_owned(),
            step => format!("{path}.{step}"),
        });
        let errors = decode(&document.to_string()).err().unwrap_or_default();
        errors.into_iter().filter(|error| error.path == path).map(|error| error.reason).collect()
    }

    fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
        let schema = match schema.get("anyOf").and_then(Value::as_array) {
            Some(any) => any.iter().find(|one| one["type"] != "null").unwrap(),
            None => schema,
        };
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
            None => schema,
        }
    }

    /// Holds the decoder to what `schema` says of the value at `pointer`, and of all within it. Gives how many
    /// bounds were tried.
    fn agree(document: &Value, pointer: &str, schema: &Value, root: &Value) -> usize {
        let own = schema;
        let schema = resolve(schema, root);
        let value = document.pointer(pointer).unwrap();
        let number = |name: &str| schema.get(name).or_else(|| own.get(name)).and_then(Value::as_u64);
        let refused = |value: Value| !reasons(document, pointer, Some(value)).is_empty();
        let mut tried = 0;
        let mut try_bound = |bad: Value| {
            assert!(refused(bad.clone()), "{pointer} takes {bad:.80}");
            tried += 1;
        };
        match value {
            Value::String(_) => {
                try_bound(json!(7));
                if let Some(max) = number("maxLength") {
                    try_bound(json!("x".repeat(usize::try_from(max).unwrap() + 1)));
                }
                if number("minLength").is_some() || schema.get("pattern").is_some() {
                    try_bound(json!(""));
                }
            }
            Value::Number(_) => {
                try_bound(json!("7"));
                try_bound(json!(-1));
                let most = number("maximum").unwrap();
                try_bound(json!(most + 1));
                if let Some(min) = number("minimum").filter(|min| *min > 0) {
                    try_bound(json!(min - 1));
                }
                assert!(!refused(json!(most)), "{pointer} refuses {most}");
            }
            Value::Bool(_) => try_bound(json!("true")),
            Value::Array(items) => {
                try_bound(json!({}));
                let max = usize::try_from(number("maxItems").unwrap()).unwrap();
                try_bound(json!(vec![items.first().unwrap(); max + 1]));
                if number("minItems").is_some() {
                    try_bound(json!([]));
                }
                for index in 0..items.len() {
                    tried += agree(document, &format!("{pointer}/{index}"), &schema["items"], root);
                }
            }
            Value::Object(fields) => {
                let known = schema["properties"].as_object().unwrap();
                let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
                for name in fields.keys() {
                    let field = format!("{pointer}/{name}");
                    let schema = known.get(name).unwrap_or_else(|| panic!("{field} is not in the schema"));
                    let missing = reasons(document, &field, None).contains(&"is missing".to_owned());
                    assert_eq!(missing, required.contains(&json!(name)), "{field}");
                    tried += 1 + agree(document, &field, schema, root);
                }
            }
            Value::Null => panic!("{pointer}"),
        }
        tried
    }

    #[test]
    fn the_schema_and_the_decoder_agree() {
        let root = settings();
        let document: Value = serde_json::from_str(HARBOUR).unwrap();
        assert!(agree(&document, "", &root, &root) > 200);
    }

    #[test]
    fn every_field_the_schema_knows_is_in_the_golden_document() {
        let schema = settings();
        let objects = schema["$defs"].as_object().unwrap().values().chain([&schema]);
        for name in
            objects.filter_map(|object| object["properties"].as_object()).flat_map(|fields| fields.keys())
        {
            assert!(HARBOUR.contains(&format!("\"{name}\":")), "{name}");
        }
    }
}
