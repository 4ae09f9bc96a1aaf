//! A value that fits a schema, always the same one.

use super::reference::References;
use crate::template::{Kind, Node, TemplateError};
use serde_json::{Map, Number, Value};

/// How many values one sample may have: references can multiply.
const MAX_VALUES: usize = 20_000;

/// Makes values for the schemas of a document.
pub(super) struct Sampler<'d> {
    references: References<'d>,
    /// Where the schemas begin that are being made, to notice one that contains itself.
    open: Vec<usize>,
    values: usize,
}

impl<'d> Sampler<'d> {
    pub(super) fn new(references: References<'d>) -> Self {
        Self { references, open: Vec::new(), values: 0 }
    }

    /// A value for a schema; `None` if the schema contains itself without an end.
    pub(super) fn sample(&mut self, schema: &'d Node) -> Result<Option<Value>, TemplateError> {
        self.values += 1;
        if self.values > MAX_VALUES {
            let message = format!("an example of this schema has more than {MAX_VALUES} values");
            return Err(TemplateError::new(schema.span, message).hint("give it an example of its own"));
        }
        if let Some(value) = given(schema) {
            return Ok(Some(value));
        }
        let resolved = self.references.resolve(schema)?;
        if self.open.contains(&resolved.span.start) {
            return Ok(None);
        }
        self.open.push(resolved.span.start);
        let value = self.made(resolved);
        self.open.pop();
        value
    }

    fn made(&mut self, schema: &'d Node) -> Result<Option<Value>, TemplateError> {
        if let Some(value) = given(schema) {
            return Ok(Some(value));
        }
        if let Some(parts) = schema.get("allOf") {
            return self.all_of(schema, parts);
        }
        for choice in ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)) {
            for option in choice.items() {
                match self.sample(option)? {
                    Some(Value::Null) | None => {}
                    value => return Ok(value),
                }
            }
        }
        match type_of(schema) {
            "object" => self.object(schema),
            "array" => self.array(schema),
            "integer" | "number" => Ok(Some(number(schema, type_of(schema) == "integer"))),
            "boolean" => Ok(Some(true.into())),
            "null" => Ok(Some(Value::Null)),
            _ => Ok(Some(text(schema).into())),
        }
    }

    /// The members of all parts together.
    fn all_of(&mut self, schema: &'d Node, parts: &'d Node) -> Result<Option<Value>, TemplateError> {
        let mut merged = Map::new();
        let mut other = None;
        for part in parts.items() {
            match self.sample(part)? {
                Some(Value::Object(members)) => merged.extend(members),
                Some(value) => other = Some(value),
                None => return Ok(None),
            }
        }
        if schema.get("properties").is_some() {
            match self.object(schema)? {
                Some(Value::Object(members)) => merged.extend(members),
                _ => return Ok(None),
            }
        }
        Ok(other.filter(|_| merged.is_empty()).or(Some(Value::Object(merged))))
    }

    fn object(&mut self, schema: &'d Node) -> Result<Option<Value>, TemplateError> {
        let required: Vec<_> =
            schema.get("required").map_or(&[][..], Node::items).iter().filter_map(Node::text).collect();
        let mut object = Map::new();
        for property in schema.get("properties").map_or(&[][..], Node::members) {
            if property.value.is_true("readOnly") {
                continue;
            }
            match self.sample(&property.value)? {
                Some(value) => drop(object.insert(property.key.clone(), value)),
                None if required.contains(&property.key.as_str()) => return Ok(None),
                None => {}
            }
        }
        if let Some(more) = schema.get("additionalProperties").filter(|_| object.is_empty())
            && !more.members().is_empty()
            && let Some(value) = self.sample(more)?
        {
            object.insert("key".to_owned(), value);
        }
        Ok(Some(Value::Object(object)))
    }

    fn array(&mut self, schema: &'d Node) -> Result<Option<Value>, TemplateError> {
        let least = schema.number_of("minItems").and_then(Number::as_u64).unwrap_or_default();
        let item = match schema.get("items") {
            Some(items) => self.sample(items)?,
            None => Some("string".into()),
        };
        match item {
            Some(item) => {
                let count = usize::try_from(least.clamp(1, 100)).unwrap_or(1);
                self.values += count;
                Ok(Some(Value::Array(vec![item; count])))
            }
            None if least == 0 => Ok(Some(Value::Array(Vec::new()))),
            None => Ok(None),
        }
    }
}

/// The value that a schema itself gives.
fn given(schema: &Node) -> Option<Value> {
    let first = |key: &str| schema.get(key)?.items().first();
    let example = schema.get("example").or_else(|| first("examples"));
    let node = example.or_else(|| schema.get("const")).or_else(|| schema.get("default"));
    node.or_else(|| first("enum")).map(Node::to_json)
}

/// The type, of several the first that is not null; guessed where it is missing.
fn type_of(schema: &Node) -> &str {
    match schema.get("type").map(|node| &node.kind) {
        Some(Kind::Text(name)) => name,
        Some(Kind::List(names)) => {
            let mut names = names.iter().filter_map(Node::text);
            names.find(|name| *name != "null").unwrap_or("null")
        }
        _ if schema.get("properties").is_some() || schema.get("additionalProperties").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ if schema.get("minimum").is_some() || schema.get("maximum").is_some() => "number",
        _ => "string",
    }
}

/// The number nearest to 1 that keeps the limits.
fn number(schema: &Node, is_integer: bool) -> Value {
    let limit = |key: &str| schema.number_of(key).and_then(Number::as_f64);
    let step = limit("multipleOf").filter(|step| *step > 0.0).unwrap_or(1.0);
    let above = limit("exclusiveMinimum").or(limit("minimum").filter(|_| schema.is_true("exclusiveMinimum")));
    let below = limit("exclusiveMaximum").or(limit("maximum").filter(|_| schema.is_true("exclusiveMaximum")));
    let mut value: f64 = if step == 1.0 { 1.0 } else { step };
    if let Some(least) = limit("minimum").filter(|least| value < *least) {
        value = (least / step).ceil() * step;
    }
    if let Some(least) = above.filter(|least| value <= *least) {
        value = (least / step).floor() * step + step;
    }
    if let Some(most) = limit("maximum").filter(|most| value > *most) {
        value = (most / step).floor() * step;
    }
    if let Some(most) = below.filter(|most| value >= *most) {
        value = (most / step).ceil() * step - step;
        if limit("minimum").is_some_and(|least| value < least) || above.is_some_and(|least| value <= least) {
            value = f64::midpoint(most, above.or(limit("minimum")).unwrap_or(most - 1.0));
        }
    }
    #[allow(clippy::cast_possible_truncation, reason = "the value is whole and small enough")]
    if (is_integer || value.fract() == 0.0) && value.abs() < 9e15 {
        return (value as i64).into();
    }
    Number::from_f64(value).map_or(Value::from(1), Value::Number)
}

/// A text of the format, as long as the limits ask.
fn text(schema: &Node) -> String {
    let text = match schema.text_of("format").unwrap_or_default() {
        "date" => "2025-01-01",
        "date-time" => "2025-01-01T12:00:00Z",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "email" | "idn-email" => "user@example.com",
        "uri" | "url" | "iri" => "https://example.com/",
        "uri-reference" | "iri-reference" => "/",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "c3RyaW5n",
        "password" => "password",
        _ => "string",
    };
    let length = |key: &str| {
        schema.number_of(key).and_then(Number::as_u64).and_then(|length| usize::try_from(length).ok())
    };
    let most = length("maxLength").unwrap_or(usize::MAX);
    let least = length("minLength").unwrap_or_default().min(10_000);
    let mut text: String = text.chars().take(most).collect();
    while text.chars().count() < least {
        text.push('x');
    }
    text
}
