//! The models of a REST API as schemas that stand alone: what they refer to is written out.

use crate::template::models::{self, Meaning};
use serde_json::Value;
use std::collections::BTreeMap;

/// How references to models begin: inside of a document, or by their address in API Gateway.
const PREFIXES: [&str; 3] = ["#/definitions/", "#/components/schemas/", "/models/"];

/// A schema with the models that it refers to under its `definitions`. `models` are found by their
/// names, whose case does not count.
///
/// # Errors
/// That the whole grows too large.
pub(super) fn written_out(schema: &Value, models: &BTreeMap<String, Value>) -> Result<Value, String> {
    let own: Vec<String> = match schema.get("definitions") {
        Some(Value::Object(own)) => own.keys().cloned().collect(),
        _ => Vec::new(),
    };
    models::written_out(schema, &|reference| {
        let name = named(reference, &own, models);
        let model = name.and_then(|name| Some(Meaning::Other(name.clone(), models.get(&name)?.clone())));
        Ok(model.unwrap_or(Meaning::Own))
    })
}

/// The model that a reference is about; none for what a schema defines itself.
fn named(reference: &str, own: &[String], models: &BTreeMap<String, Value>) -> Option<String> {
    let (_, name) = PREFIXES.iter().find_map(|prefix| reference.rsplit_once(prefix))?;
    if own.iter().any(|own| own == name) && reference.starts_with('#') {
        return None;
    }
    // What only the deployment knows: a reference to the model's resource.
    let name = name.strip_prefix("${").and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    models.keys().find(|own| own.eq_ignore_ascii_case(name)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn models() -> BTreeMap<String, Value> {
        let pet = json!({ "type": "object", "properties": { "owner": { "$ref": "#/definitions/OWNER" } } });
        let owner = json!({ "type": "string" });
        let ring = json!({ "items": { "$ref": "#/definitions/ring" } });
        [("pet", pet), ("owner", owner), ("ring", ring)].map(|(name, model)| (name.to_owned(), model)).into()
    }

    #[test]
    fn what_a_model_refers_to_is_written_out() {
        let address = "https://apigateway.amazonaws.com/restapis/${Api}/models/Pet";
        let open = "https://apigateway.amazonaws.com/restapis/${Api}/models/${pet}";
        for reference in ["#/definitions/pet", "#/components/schemas/Pet", address, open] {
            let schema =
                written_out(&json!({ "type": "array", "items": { "$ref": reference } }), &models()).unwrap();
            assert_eq!(schema["items"]["$ref"], "#/definitions/pet");
            let owner = &schema["definitions"]["pet"]["properties"]["owner"]["$ref"];
            assert_eq!(owner, "#/definitions/owner");
            assert_eq!(schema["definitions"]["owner"], json!({ "type": "string" }));
        }
        let ring = written_out(&json!({ "$ref": "#/definitions/ring" }), &models()).unwrap();
        assert_eq!(ring["definitions"]["ring"]["items"]["$ref"], "#/definitions/ring");
    }

    #[test]
    fn what_a_schema_defines_itself_stays() {
        let schema = json!({ "$ref": "#/definitions/pet", "definitions": { "pet": { "type": "null" } } });
        assert_eq!(written_out(&schema, &models()).unwrap(), schema);
    }

    proptest! {
        /// Without references nothing changes; with them every one leads somewhere.
        #[test]
        fn references_lead_somewhere(names in proptest::collection::vec("pet|owner|ring|other", 0..4)) {
            let items: Vec<_> = names.iter().map(|name| json!({ "$ref": format!("#/definitions/{name}") })).collect();
            let schema = written_out(&json!({ "anyOf": items }), &models()).unwrap();
            for (name, item) in names.iter().zip(schema["anyOf"].as_array().unwrap()) {
                let pointer = item["$ref"].as_str().unwrap().trim_start_matches('#');
                prop_assert_eq!(schema.pointer(pointer).is_some(), name != "other");
            }
            prop_assert_eq!(schema.get("definitions").is_some(), names.iter().any(|name| name != "other"));
        }
    }
}
