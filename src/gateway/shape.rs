//! What a published schema says of a value that does not fit: the pointer of each place, and the
//! `x-notice` that stands in the schema at the refusal or above it.

use super::notice::{Evidence, NoticeKind};
use crate::json::Pointer;
use jsonschema::ErrorIterator;
use jsonschema::error::ValidationErrorKind;
use serde::Deserialize;
use serde_json::Value;

/// The annotation of a place where a schema refuses.
#[derive(Debug, Clone, Deserialize)]
pub struct Annotation {
    /// What is noticed there.
    pub kind: NoticeKind,
    /// The numbers of the facts behind it.
    pub facts: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
    /// What should stand there, in words; for a value of another flavour, whose it is.
    #[serde(default)]
    pub expected: Option<String>,
}

/// A value that a schema refuses.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Where it stands.
    pub pointer: Pointer,
    /// What the schema says about it; that every refusal has an annotation is a test.
    pub annotation: Option<Annotation>,
    /// The key that is missing in it, if that is the complaint.
    pub missing: Option<String>,
}

/// The refusals of a validator; `schema` is what it was made from.
pub fn refusals(errors: ErrorIterator<'_>, schema: &Value) -> Vec<Refusal> {
    let refusal = |error: jsonschema::ValidationError<'_>| Refusal {
        pointer: Pointer::parse(error.instance_path().as_str()).unwrap_or_default(),
        annotation: annotation(schema, error.schema_path().as_str()),
        missing: match error.kind() {
            ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
            _ => None,
        },
    };
    errors.map(refusal).collect()
}

/// The annotation nearest to the keyword that failed, at its place or above it.
fn annotation(schema: &Value, keyword: &str) -> Option<Annotation> {
    let mut here = schema;
    let mut nearest = here.get("x-notice");
    for token in Pointer::parse(keyword)?.tokens() {
        let Some(next) = step(schema, here, token) else { break };
        here = next;
        nearest = here.get("x-notice").or(nearest);
    }
    Annotation::deserialize(nearest?).ok()
}

/// One step into a schema; `$ref` leads to what it refers to in the same file.
fn step<'s>(schema: &'s Value, here: &'s Value, token: &str) -> Option<&'s Value> {
    if token == "$ref" {
        return schema.pointer(here.get("$ref")?.as_str()?.strip_prefix('#')?);
    }
    match here {
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => here.get(token),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_nearest_annotation_counts_also_behind_a_reference() {
        let notice = |fact: &str| json!({"kind": "body-null", "facts": [fact], "evidence": "inferred"});
        let schema = json!({
            "x-notice": notice("top"),
            "properties": {"a": {"$ref": "#/$defs/text"}, "b": {"type": "string"}},
            "$defs": {"text": {"allOf": [{"type": "string", "x-notice": notice("deep")}]}},
        });
        let facts = |keyword| annotation(&schema, keyword).map(|annotation| annotation.facts);
        assert_eq!(facts("/properties/a/$ref/allOf/0/type"), Some(vec!["deep".to_owned()]));
        assert_eq!(facts("/$defs/text/allOf/0/type"), Some(vec!["deep".to_owned()]));
        assert_eq!(facts("/properties/b/type"), Some(vec!["top".to_owned()]));
        let validator = jsonschema::validator_for(&schema).unwrap();
        let wrong = json!({"a": 1});
        let found = refusals(validator.iter_errors(&wrong), &schema);
        assert_eq!(found[0].pointer.to_string(), "/a");
        assert_eq!(found[0].annotation.as_ref().unwrap().facts, ["deep"]);
    }
}
