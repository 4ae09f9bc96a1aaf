//! Templates as the model: what SAM grants, what functions come to, and where things stand.

mod coverage;
mod coverage_documents;
mod coverage_laws;
mod functions;
mod openapi;
mod places;
mod terraform;
mod terraform_settings;
mod told;

use apigw::template::{Document, Given, Grant, Model, Resolved, Template};
use serde_json::Value;

/// The model of a template of which nothing else is known.
fn read(source: &str) -> Model {
    read_with(source, &Given::default())
}

fn read_with(source: &str, given: &Given) -> Model {
    let document = Document::parse("template.yaml", source).unwrap();
    Template::of(document).unwrap().read(given).unwrap()
}

/// Logical id, function, principal, action, source ARN and source account.
fn facts(grant: &Grant) -> Value {
    let text = |text: &Option<Resolved>| text.as_ref().map(Resolved::text).map(str::to_owned);
    serde_json::json!([
        grant.origin.logical_id,
        grant.function.text(),
        grant.principal.text(),
        grant.action.text(),
        text(&grant.source_arn),
        text(&grant.source_account),
    ])
}

/// P-110 to P-114: each line is a template, and the permissions that AWS's translator makes of it.
#[test]
fn sam_grants_what_its_translator_writes() {
    let table = include_str!("../../tables/sam-grants.jsonl");
    assert!(table.lines().count() >= 20, "the table lost its cases");
    for line in table.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let model = read(case["template"].as_str().unwrap());
        let mut found: Vec<_> = model.grants.iter().map(facts).collect();
        let mut expected = case["grants"].as_array().unwrap().clone();
        found.sort_by_key(Value::to_string);
        expected.sort_by_key(Value::to_string);
        assert_eq!(found, expected, "{}", case["id"]);
    }
}
