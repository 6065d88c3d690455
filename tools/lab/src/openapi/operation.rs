//! One operation of the description.

use domain::wire::{PROBLEM_MEDIA_TYPE, Problem, ProblemDetails};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// An operation being described.
pub(crate) struct Operation<'a> {
    schemas: &'a mut SchemaGenerator,
    object: Map<String, Value>,
    parameters: Vec<Value>,
    responses: Map<String, Value>,
}

impl<'a> Operation<'a> {
    pub(crate) fn new(schemas: &'a mut SchemaGenerator, tag: &str, id: &str, summary: &str) -> Self {
        let mut object = Map::new();
        object.insert("operationId".into(), json!(id));
        object.insert("tags".into(), json!([tag]));
        object.insert("summary".into(), json!(summary));
        Self { schemas, object, parameters: Vec::new(), responses: Map::new() }
    }

    /// More than the summary says.
    pub(crate) fn described(mut self, text: &str) -> Self {
        self.object.insert("description".into(), json!(text));
        self
    }

    /// The path names a store.
    pub(crate) fn in_store(self) -> Self {
        self.parameter::<domain::ids::StoreId>("path", "store", "The store's id.", true)
    }

    /// The path names a conversation of a store.
    pub(crate) fn in_conversation(self) -> Self {
        let id = "The conversation's id, as its session names it.";
        self.in_store().parameter::<domain::ids::ConversationId>("path", "id", id, true)
    }

    pub(crate) fn parameter<T: JsonSchema>(
        mut self,
        place: &str,
        name: &str,
        description: &str,
        required: bool,
    ) -> Self {
        let schema = self.schemas.subschema_for::<T>();
        self.parameters.push(json!({
            "in": place,
            "name": name,
            "required": required,
            "description": description,
            "schema": schema,
        }));
        self
    }

    /// One of these is needed.
    pub(crate) fn secured(mut self, schemes: &[&str]) -> Self {
        let any: Vec<Value> = schemes.iter().map(|scheme| json!({ *scheme: [] })).collect();
        self.object.insert("security".into(), json!(any));
        self
    }

    /// It works without as well, and then gives less.
    pub(crate) fn optional_security(mut self) -> Self {
        if let Some(Value::Array(any)) = self.object.get_mut("security") {
            any.push(json!({}));
        }
        self
    }

    /// The body of the request, as JSON.
    pub(crate) fn takes<T: JsonSchema>(self) -> Self {
        let schema = self.schemas.subschema_for::<T>();
        let schema = schema.to_value();
        self.takes_media("application/json", &schema)
    }

    pub(crate) fn takes_media(mut self, media_type: &str, schema: &Value) -> Self {
        self.object.insert(
            "requestBody".into(),
            json!({ "required": true, "content": { media_type: { "schema": schema } } }),
        );
        self
    }

    /// An answer with a body, as JSON.
    pub(crate) fn gives<T: JsonSchema>(self, status: u16, description: &str) -> Self {
        let schema = self.schemas.subschema_for::<T>();
        let schema = schema.to_value();
        self.gives_media(status, description, "application/json", &schema)
    }

    pub(crate) fn gives_media(
        mut self,
        status: u16,
        description: &str,
        media_type: &str,
        schema: &Value,
    ) -> Self {
        self.responses.insert(
            status.to_string(),
            json!({ "description": description, "content": { media_type: { "schema": schema } } }),
        );
        self
    }

    /// An answer without a body.
    pub(crate) fn gives_nothing(mut self, status: u16, description: &str) -> Self {
        self.responses.insert(status.to_string(), json!({ "description": description }));
        self
    }

    /// Ends the description with what can go wrong.
    pub(crate) fn fails(mut self, problems: &[Problem]) -> Value {
        let details = self.schemas.subschema_for::<ProblemDetails>().to_value();
        for problem in problems {
            let of_status: Vec<&Problem> =
                problems.iter().filter(|other| other.status() == problem.status()).collect();
            let titles: Vec<&str> = of_status.iter().map(|problem| problem.title()).collect();
            let types: Vec<&str> = of_status.iter().map(|problem| problem.type_uri()).collect();
            let mut response = json!({
                "description": titles.join("; "),
                "content": { PROBLEM_MEDIA_TYPE: {
                    "schema": { "allOf": [details], "properties": { "type": { "enum": types } } },
                } },
            });
            if matches!(problem, Problem::TooManyRequests | Problem::Unavailable)
                && let Some(object) = response.as_object_mut()
            {
                let seconds = json!({ "type": "integer", "minimum": 1 });
                let retry = json!({ "description": "Seconds until the next try.", "schema": seconds });
                object.insert("headers".into(), json!({ "Retry-After": retry }));
            }
            self.responses.insert(problem.status().to_string(), response);
        }
        self.object.insert("parameters".into(), json!(self.parameters));
        self.object.insert("responses".into(), Value::Object(self.responses));
        Value::Object(self.object)
    }
}
