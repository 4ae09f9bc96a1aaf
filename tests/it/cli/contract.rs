//! The JSON contract: whatever any test prints with `--format json` is held against the schema.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::sync::LazyLock;

const SCHEMA: &str = include_str!("../../../schemas/report.json");

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&schema()).unwrap());

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// What the schema has against a report, a line each.
fn objections(report: &Value) -> Vec<String> {
    let objections = VALIDATOR.iter_errors(report);
    objections.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Panics unless `printed` is one report as the schema has it.
pub(super) fn check(printed: &str) -> Value {
    let report = serde_json::from_str(printed).unwrap_or_else(|error| panic!("{error} in:\n{printed}"));
    let objections = objections(&report);
    assert!(objections.is_empty(), "{}\nin:\n{printed}", objections.join("\n"));
    report
}

fn diagnostic() -> Value {
    json!({
        "code": "AGW101", "name": "body-not-string", "severity": "error", "message": "m", "help": "h",
        "pointer": "/body", "facts": ["R-158"], "evidence": "documented",
        "range": {
            "start": { "line": 1, "column": 20, "byte": 19 },
            "end": { "line": 1, "column": 22, "byte": 21 },
        },
    })
}

fn report(diagnostic: &Value) -> Value {
    json!({
        "schema_version": 1,
        "tool": { "name": "apigw", "version": "0.1.0" },
        "results": [{
            "file": "out.json", "document": 0, "flavor": "rest", "refused": true,
            "response": { "status": 502, "headers": [["A", "b"]], "body": "", "is_base64": false },
            "diagnostics": [diagnostic],
        }],
        "summary": { "checked": 1, "errors": 1, "warnings": 0, "infos": 0 },
    })
}

#[test]
fn the_schema_is_a_schema() {
    jsonschema::meta::validate(&schema()).unwrap();
}

#[test]
fn the_schema_takes_what_the_design_promises_and_lets_it_grow() {
    let mut grown = report(&diagnostic());
    assert_eq!(objections(&grown), Vec::<String>::new());
    for place in ["", "/tool", "/results/0", "/results/0/response", "/results/0/diagnostics/0", "/summary"] {
        grown.pointer_mut(place).unwrap()["later"] = json!({});
    }
    assert_eq!(objections(&grown), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_readers_could_not_rely_on() {
    for place in ["/schema_version", "/tool", "/results", "/summary/checked", "/tool/version"] {
        refused_without(place);
    }
    for member in ["file", "flavor", "response", "diagnostics", "response/status", "response/is_base64"] {
        refused_without(&format!("/results/0/{member}"));
    }
    for member in diagnostic().as_object().unwrap().keys() {
        refused_without(&format!("/results/0/diagnostics/0/{member}"));
    }
    refused_without("/results/0/diagnostics/0/range/start/byte");
    let wrong = [("evidence", "hearsay"), ("severity", "fatal"), ("code", "X1"), ("pointer", "body")];
    for (member, value) in wrong.into_iter().chain([("evidence", "inferred")]) {
        let mut diagnostic = diagnostic();
        diagnostic[member] = json!(value);
        assert_ne!(objections(&report(&diagnostic)), Vec::<String>::new(), "{member} {value}");
    }
}

#[test]
fn only_the_user_makes_an_error_of_what_is_not_well_known() {
    let mut diagnostic = diagnostic();
    diagnostic["evidence"] = json!("reported-once");
    assert_ne!(objections(&report(&diagnostic)), Vec::<String>::new());
    diagnostic["own_severity"] = json!("warning");
    assert_eq!(objections(&report(&diagnostic)), Vec::<String>::new());
}

fn refused_without(place: &str) {
    let mut report = report(&diagnostic());
    let (parent, name) = place.rsplit_once('/').unwrap();
    report.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    assert_ne!(objections(&report), Vec::<String>::new(), "without {place}");
}
