//! What a document says of the answers of an operation.

use super::reference::References;
use super::{Operation, Spec};
use crate::template::{Node, TemplateError};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// An answer that is described.
#[derive(Debug, Clone)]
pub struct DescribedResponse {
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// Its bodies: the media type or range, and the schema where there is one. Empty: nothing is said.
    pub content: Vec<(String, Option<ResponseSchema>)>,
}

/// The schema of a body, as JSON Schema 2020-12.
#[derive(Debug, Clone)]
pub struct ResponseSchema {
    schema: Value,
    /// What its references lead to.
    components: Arc<Value>,
}

impl ResponseSchema {
    /// The schema with all that its references lead to.
    pub fn whole(&self) -> Value {
        json!({ "allOf": [self.schema], "components": *self.components })
    }
}

impl<'d> Spec<'d> {
    /// The schemas that others refer to, to be made once for many operations.
    pub fn components(&self) -> Arc<Value> {
        let own = self.root.get("components").map(Node::to_json).unwrap_or_default();
        Arc::new(self.modern(own))
    }

    /// The answers of an operation.
    ///
    /// # Errors
    /// [`TemplateError`] if a `$ref` leads nowhere or round in a circle.
    pub fn responses(
        &self,
        operation: &Operation<'d>,
        components: &Arc<Value>,
    ) -> Result<Vec<DescribedResponse>, TemplateError> {
        let references = References::new(self.root);
        let described = operation.node.get("responses").map_or(&[][..], Node::members);
        let described = described.iter().filter(|member| !member.key.starts_with("x-"));
        let response = |member: &'d crate::template::Member| {
            let node = references.resolve(&member.value)?;
            let schema = |media: &Node| {
                let schema = self.modern(media.get("schema")?.to_json());
                Some(ResponseSchema { schema, components: Arc::clone(components) })
            };
            let content = node.get("content").map_or(&[][..], Node::members);
            let content = content.iter().map(|media| (media.key.clone(), schema(&media.value))).collect();
            Ok(DescribedResponse { status: member.key.clone(), content })
        };
        described.map(response).collect()
    }

    /// A schema of this document as JSON Schema 2020-12, which OpenAPI 3.1 has.
    fn modern(&self, schema: Value) -> Value {
        let version = self.root.text_of("openapi").unwrap_or("3.0");
        if version.starts_with("3.0") || version == "3" { of_3_0(schema) } else { schema }
    }
}

/// `nullable` and limits that are exclusive are said otherwise since OpenAPI 3.1.
fn of_3_0(schema: Value) -> Value {
    const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];
    match schema {
        Value::Array(items) => items.into_iter().map(of_3_0).collect(),
        Value::Object(members) => {
            let own = |(key, value): (String, Value)| match VALUES.contains(&key.as_str()) {
                true => (key, value),
                false => (key, of_3_0(value)),
            };
            let mut members: Map<_, _> = members.into_iter().map(own).collect();
            for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
                if let Some(Value::Bool(is_exclusive)) = members.get(flag).cloned() {
                    members.remove(flag);
                    if let Some(number) = is_exclusive.then(|| members.remove(limit)).flatten() {
                        members.insert(flag.to_owned(), number);
                    }
                }
            }
            match members.get("nullable") {
                Some(Value::Bool(true)) => {
                    members.remove("nullable");
                    json!({ "anyOf": [{ "type": "null" }, members] })
                }
                _ => members.into(),
            }
        }
        other => other,
    }
}
