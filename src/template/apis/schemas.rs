//! The models of a REST API as schemas that stand alone: what they refer to is written out.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How references to models begin: inside of a document, or by their address in API Gateway.
const PREFIXES: [&str; 3] = ["#/definitions/", "#/components/schemas/", "/models/"];

/// A schema with the models that it refers to under its `definitions`. `models` are found by their
/// names, whose case does not count.
pub(super) fn written_out(mut schema: Value, models: &BTreeMap<String, Value>) -> Value {
    let own: Vec<String> = match schema.get("definitions") {
        Some(Value::Object(own)) => own.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let mut definitions = Map::new();
    let mut wanted = Vec::new();
    refer(&mut schema, &own, models, &mut wanted);
    while let Some(name) = wanted.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let mut model = models.get(&name).cloned().unwrap_or_default();
        refer(&mut model, &[], models, &mut wanted);
        definitions.insert(name, model);
    }
    if let (Value::Object(schema), false) = (&mut schema, definitions.is_empty()) {
        if let Value::Object(all) = schema.entry("definitions").or_insert_with(|| Map::new().into()) {
            definitions.into_iter().for_each(|(name, model)| {
                all.entry(name).or_insert(model);
            });
        }
    }
    schema
}

/// Lets references to models lead to `definitions`, and notes which are wanted.
fn refer(value: &mut Value, own: &[String], models: &BTreeMap<String, Value>, wanted: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, own, models, wanted)),
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "$ref" => {
                        let Some(name) = named(text, own, models) else { continue };
                        *text = format!("#/definitions/{name}");
                        wanted.push(name);
                    }
                    other => refer(other, own, models, wanted),
                }
            }
        }
        _ => {}
    }
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
            let schema = written_out(json!({ "type": "array", "items": { "$ref": reference } }), &models());
            assert_eq!(schema["items"]["$ref"], "#/definitions/pet");
            let owner = &schema["definitions"]["pet"]["properties"]["owner"]["$ref"];
            assert_eq!(owner, "#/definitions/owner");
            assert_eq!(schema["definitions"]["owner"], json!({ "type": "string" }));
        }
        let ring = written_out(json!({ "$ref": "#/definitions/ring" }), &models());
        assert_eq!(ring["definitions"]["ring"]["items"]["$ref"], "#/definitions/ring");
    }

    #[test]
    fn what_a_schema_defines_itself_stays() {
        let schema = json!({ "$ref": "#/definitions/pet", "definitions": { "pet": { "type": "null" } } });
        assert_eq!(written_out(schema.clone(), &models()), schema);
    }

    proptest! {
        /// Without references nothing changes; with them every one leads somewhere.
        #[test]
        fn references_lead_somewhere(names in proptest::collection::vec("pet|owner|ring|other", 0..4)) {
            let items: Vec<_> = names.iter().map(|name| json!({ "$ref": format!("#/definitions/{name}") })).collect();
            let schema = written_out(json!({ "anyOf": items }), &models());
            for (name, item) in names.iter().zip(schema["anyOf"].as_array().unwrap()) {
                let pointer = item["$ref"].as_str().unwrap().trim_start_matches('#');
                prop_assert_eq!(schema.pointer(pointer).is_some(), name != "other");
            }
            prop_assert_eq!(schema.get("definitions").is_some(), names.iter().any(|name| name != "other"));
        }
    }
}
