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
