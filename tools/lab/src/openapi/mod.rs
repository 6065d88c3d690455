//! `lab openapi`: the service in OpenAPI 3.1, its bodies derived from the types the edge speaks.

mod operation;
mod paths;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// The whole document.
pub(crate) fn document() -> Value {
    let mut schemas = generator();
    let paths = paths::paths(&mut schemas);
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Openline",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "An always-open line between a store and each of its shoppers.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This deployment" }],
        "tags": [
            { "name": "shopper", "description": "What the widget asks on a shopper's behalf. Only for pages of the store's origins." },
            { "name": "store", "description": "What a merchant's own programs ask, signed." },
            { "name": "channel", "description": "What channels call." },
            { "name": "service", "description": "The deployment itself." },
        ],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "session": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of `POST /v1/{store}/sessions`, bound to store, conversation and origin.",
                },
                "session_subprotocol": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Sec-WebSocket-Protocol",
                    "description": "`openline.v1, token.TOKEN`: browsers cannot send another header with a WebSocket.",
                },
                "signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "openline-signature",
                    "description": "`t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of `SECONDS.METHOD.PATH.BODY` under OPENLINE_SECRET.",
                },
                "messenger_signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-Hub-Signature-256",
                    "description": "`sha256=HEX`: Meta's signature over the raw body under the app secret.",
                },
            },
        },
    })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
        .into_generator()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    match (name.as_str(), field) {
                        ("$ref", Value::String(target)) => {
                            found.insert(target.clone());
                        }
                        _ => references(field, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(found.contains("#/components/schemas/ServerFrame"));
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_operation_has_its_own_id_and_names_its_path_parameters() {
        let document = document();
        let mut ids = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path}");
                let wanted: BTreeSet<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
                let parameters = operation["parameters"].as_array().unwrap();
                let named: BTreeSet<&str> = parameters
                    .iter()
                    .filter(|parameter| parameter["in"] == "path")
                    .map(|parameter| parameter["name"].as_str().unwrap())
                    .collect();
                assert_eq!(named, wanted, "{path}");
                assert!(!operation["responses"].as_object().unwrap().is_empty(), "{path}");
            }
        }
        assert!(ids.len() >= 15);
    }
}
