//! Models of request bodies: JSON Schema with everything that it refers to written out under
//! `definitions`, so that it stands alone.

use crate::json::Pointer;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

/// How many values a model may have with all that it refers to; API Gateway takes 400 KB.
const MOST_VALUES: usize = 50_000;

/// What a `$ref` of a schema means.
pub(super) enum Meaning {
    /// Another schema: how people call it, and what it is.
    Other(String, Value),
    /// A part of the schema that it stands in.
    Own,
}

/// The meaning of a `$ref` by its text, or why it has none.
type Look<'l> = dyn Fn(&str) -> Result<Meaning, String> + 'l;

struct Writer<'l> {
    look: &'l Look<'l>,
    /// The definition that each reference became.
    names: HashMap<String, String>,
    taken: BTreeSet<String>,
    waiting: Vec<(String, Value)>,
    values: usize,
}

/// A schema with what it refers to under `definitions`; schemas that contain themselves do so there.
///
/// # Errors
/// Why a reference has no meaning, or that the whole grows too large.
pub(super) fn written_out(schema: &Value, look: &Look<'_>) -> Result<Value, String> {
    let (names, taken) = (HashMap::new(), BTreeSet::new());
    let mut writer = Writer { look, names, taken, waiting: Vec::new(), values: 0 };
    let own = schema.get("definitions").and_then(Value::as_object);
    writer.taken.extend(own.into_iter().flat_map(|own| own.keys().cloned()));
    let mut whole = writer.written(schema, None)?;
    let mut definitions = Map::new();
    while let Some((name, schema)) = writer.waiting.pop() {
        let schema = writer.written(&schema, Some(&name))?;
        definitions.insert(name, schema);
    }
    if let (Some(whole), false) = (whole.as_object_mut(), definitions.is_empty()) {
        match whole.get_mut("definitions").and_then(Value::as_object_mut) {
            Some(own) => own.extend(definitions),
            None => drop(whole.insert("definitions".to_owned(), Value::Object(definitions))),
        }
    }
    Ok(whole)
}

/// A model of a REST API by its name, with the models that it refers to; `find` gives those that the
/// template describes.
///
/// # Errors
/// Why there is no such model, or what is wrong with it.
pub(super) fn of_api(name: &str, find: &dyn Fn(&str) -> Result<Value, String>) -> Result<Value, String> {
    // Every REST API has these two from the beginning.
    let find = |name: &str| match name {
        "Empty" => find(name).or_else(|_| Ok(json!({ "type": "object" }))),
        "Error" => find(name)
            .or_else(|_| Ok(json!({ "type": "object", "properties": { "message": { "type": "string" } } }))),
        name => find(name),
    };
    written_out(&find(name)?, &|reference| match reference.split_once("/models/") {
        Some((_, other)) => Ok(Meaning::Other(other.to_owned(), find(other)?)),
        None if reference.starts_with('#') => Ok(Meaning::Own),
        None => Err(format!("the model {name} refers to {reference}, which is no model of the API")),
    })
}

impl Writer<'_> {
    /// A schema with references into the whole; `within` is the definition that it becomes.
    fn written(&mut self, schema: &Value, within: Option<&str>) -> Result<Value, String> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(format!("its model has more than {MOST_VALUES} values with all that it refers to"));
        }
        match schema {
            Value::Array(items) => items
                .iter()
                .map(|item| self.written(item, within))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            Value::Object(members) => {
                let mut written = Map::with_capacity(members.len());
                for (key, value) in members {
                    let value = match value {
                        Value::String(text) if key == "$ref" => self.reference(text, within)?.into(),
                        // Values, not schemas: a `$ref` in them is a text.
                        value if ["enum", "default", "example", "examples"].contains(&key.as_str()) => {
                            value.clone()
                        }
                        value => self.written(value, within)?,
                    };
                    written.insert(key.clone(), value);
                }
                Ok(Value::Object(written))
            }
            other => Ok(other.clone()),
        }
    }

    fn reference(&mut self, text: &str, within: Option<&str>) -> Result<String, String> {
        let (called, schema) = match self.names.get(text) {
            Some(name) => return Ok(of_definition(name)),
            None => match (self.look)(text)? {
                Meaning::Other(called, schema) => (called, schema),
                Meaning::Own => {
                    let part = text.strip_prefix('#').unwrap_or(text);
                    return Ok(within.map_or_else(|| text.to_owned(), |name| of_definition(name) + part));
                }
            },
        };
        let name = self.free(&called);
        self.names.insert(text.to_owned(), name.clone());
        self.waiting.push((name.clone(), schema));
        Ok(of_definition(&name))
    }

    /// A name that no definition has, of characters that may stand in a URI.
    fn free(&mut self, called: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
        let plain: String = called.chars().map(plain).collect();
        let more = (2..).map(|number| format!("{plain}_{number}"));
        let names = std::iter::once(plain.clone()).chain(more);
        let name = names.into_iter().find(|name| !self.taken.contains(name)).unwrap_or(plain);
        self.taken.insert(name.clone());
        name
    }
}

fn of_definition(name: &str) -> String {
    format!("#{}", Pointer::root().child("definitions").child(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Models by name, as REST APIs have them: `#/…` means the model that it stands in.
    fn whole(schema: &Value, others: &Value) -> Result<Value, String> {
        written_out(schema, &|text| {
            if text.starts_with('#') {
                return Ok(Meaning::Own);
            }
            let schema = others.get(text).ok_or_else(|| format!("there is no {text}"))?;
            Ok(Meaning::Other(text.to_owned(), schema.clone()))
        })
    }

    #[test]
    fn references_become_definitions() {
        let others = json!({
            "A": { "properties": { "b": { "$ref": "B b" }, "own": { "$ref": "#/definitions/x" } },
                   "definitions": { "x": { "type": "string" } } },
            "B b": { "items": { "$ref": "A" }, "enum": [{ "$ref": "Nobody" }] },
        });
        let schema = json!({ "properties": { "a": { "$ref": "A" }, "z": { "$ref": "#/definitions/A" } },
            "definitions": { "A": { "type": "number" } } });
        assert_eq!(
            whole(&schema, &others).unwrap(),
            json!({
                "properties": { "a": { "$ref": "#/definitions/A_2" }, "z": { "$ref": "#/definitions/A" } },
                "definitions": {
                    "A": { "type": "number" },
                    "A_2": {
                        "properties": { "b": { "$ref": "#/definitions/B_b" },
                                        "own": { "$ref": "#/definitions/A_2/definitions/x" } },
                        "definitions": { "x": { "type": "string" } } },
                    "B_b": { "items": { "$ref": "#/definitions/A_2" }, "enum": [{ "$ref": "Nobody" }] },
                },
            })
        );
        assert_eq!(whole(&json!({ "$ref": "C" }), &others).unwrap_err(), "there is no C");
        let property = json!({ "properties": { "$ref": { "type": "string" } } });
        assert_eq!(whole(&property, &others).unwrap(), property);
    }

    #[test]
    fn what_multiplies_has_an_end() {
        let wide = json!({ "A": { "allOf": vec![json!({ "not": {} }); MOST_VALUES / 2] } });
        assert!(whole(&json!({ "$ref": "A" }), &wide).unwrap_err().contains("50000 values"));
    }
}
