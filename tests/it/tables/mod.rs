//! What AWS was seen or documented to do, one case a line in `tests/tables/*.jsonl`.
//!
//! A line has an `id`, the numbers of its `facts`, their `evidence`, and the inputs and the
//! expectation of its kind. Members that a kind does not know are an error, so that nothing in a
//! table is skipped in silence.

mod authorizers;
pub(crate) mod compare;
mod events;
mod headers;
mod lint;
mod policies;
mod presented;
mod responses;
mod routes;
mod rules;
mod selections;
pub(crate) mod spec;
mod texts;

use apigw::gateway::{Evidence, Flavor};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// One kind of case: the inputs of a line and what must come of them.
trait Case: DeserializeOwned {
    /// What the model does differently, one line each.
    fn differences(&self, flavor: Flavor) -> Vec<String>;
}

#[test]
fn rest_events() {
    check::<events::EventCase>(Flavor::Rest, "rest-events.jsonl");
}

#[test]
fn rest_responses() {
    check::<responses::ResponseCase>(Flavor::Rest, "rest-responses.jsonl");
}

#[test]
fn rest_routes() {
    check::<routes::RouteCase>(Flavor::Rest, "rest-routes.jsonl");
}

#[test]
fn rest_headers() {
    check::<headers::HeaderCase>(Flavor::Rest, "rest-headers.jsonl");
}

#[test]
fn http_events() {
    check::<events::EventCase>(Flavor::Http, "http-events.jsonl");
}

#[test]
fn http_responses() {
    check::<responses::ResponseCase>(Flavor::Http, "http-responses.jsonl");
}

#[test]
fn http_routes() {
    check::<routes::RouteCase>(Flavor::Http, "http-routes.jsonl");
}

#[test]
fn rest_test_invoke_events() {
    check::<events::EventCase>(Flavor::Rest, "rest-test-invoke-events.jsonl");
}

#[test]
fn http_v1_events() {
    check::<events::EventCase>(Flavor::HttpV1, "http-v1-events.jsonl");
}

#[test]
fn http_v1_responses() {
    check::<responses::ResponseCase>(Flavor::HttpV1, "http-v1-responses.jsonl");
}

#[test]
fn url_events() {
    check::<events::EventCase>(Flavor::Url, "url-events.jsonl");
}

#[test]
fn url_responses() {
    check::<responses::ResponseCase>(Flavor::Url, "url-responses.jsonl");
}

#[test]
fn alb_events() {
    check::<events::EventCase>(Flavor::Alb, "alb-events.jsonl");
}

#[test]
fn alb_responses() {
    check::<responses::ResponseCase>(Flavor::Alb, "alb-responses.jsonl");
}

#[test]
fn alb_multi_events() {
    check::<events::EventCase>(Flavor::AlbMulti, "alb-multi-events.jsonl");
}

#[test]
fn alb_multi_responses() {
    check::<responses::ResponseCase>(Flavor::AlbMulti, "alb-multi-responses.jsonl");
}

#[test]
fn lattice_events() {
    check::<events::EventCase>(Flavor::Lattice, "lattice-events.jsonl");
}

#[test]
fn websocket_events() {
    check::<events::EventCase>(Flavor::Websocket, "websocket-events.jsonl");
}

#[test]
fn websocket_responses() {
    check::<responses::ResponseCase>(Flavor::Websocket, "websocket-responses.jsonl");
}

#[test]
fn websocket_routes() {
    check::<selections::SelectionCase>(Flavor::Websocket, "websocket-routes.jsonl");
}

#[test]
fn rest_authorizers() {
    check::<authorizers::AuthorizerCase>(Flavor::Rest, "rest-authorizers.jsonl");
}

#[test]
fn http_authorizers() {
    check::<authorizers::AuthorizerCase>(Flavor::Http, "http-authorizers.jsonl");
}

#[test]
fn websocket_authorizers() {
    check::<authorizers::AuthorizerCase>(Flavor::Websocket, "websocket-authorizers.jsonl");
}

/// Policies know no flavours.
#[test]
fn policies() {
    check::<policies::PatternCase>(Flavor::Rest, "policy-patterns.jsonl");
    check::<policies::ConditionCase>(Flavor::Rest, "policy-conditions.jsonl");
    check::<policies::DecisionCase>(Flavor::Rest, "policy-decisions.jsonl");
    check::<policies::FlowCase>(Flavor::Rest, "policy-flow.jsonl");
    check::<policies::ExpansionCase>(Flavor::Rest, "policy-expansions.jsonl");
    check::<presented::PresentedCase>(Flavor::Rest, "policy-presented.jsonl");
    check::<presented::OutputCase>(Flavor::Rest, "policy-outputs.jsonl");
    check::<presented::SoundCase>(Flavor::Rest, "policy-sound.jsonl");
    check::<rules::RuleCase>(Flavor::Rest, "policy-rules.jsonl");
    check::<lint::LintCase>(Flavor::Rest, "policy-lint.jsonl");
    check::<texts::TextCase>(Flavor::Rest, "policy-texts.jsonl");
}

/// No other linter finds more than six of these.
#[test]
fn each_of_24_kinds_of_defect_is_found() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/policy-rules.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let battery: Vec<_> = rows.filter(|row| row["id"].as_str().unwrap().starts_with("battery-")).collect();
    let kinds: BTreeSet<_> = battery
        .iter()
        .map(|row| row["id"].as_str().unwrap().trim_end_matches("-stored").to_owned())
        .collect();
    assert_eq!(kinds.len(), 24);
    assert!(battery.iter().all(|row| !row["rules"].as_array().unwrap().is_empty()));
}

/// Runs every line of a table and fails with all the differences at once.
fn check<C: Case>(flavor: Flavor, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(table);
    let text = std::fs::read_to_string(path).unwrap();
    let mut ids = BTreeSet::new();
    let mut failures = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let row = Row::<C>::read(line).unwrap_or_else(|error| panic!("{table}:{}: {error}", index + 1));
        let differences = row.case.differences(flavor);
        if !differences.is_empty() {
            let (id, facts, evidence) = (&row.id, row.facts.join(" "), row.evidence.name());
            let differences = differences.join("\n    ");
            failures.push(format!("{table}:{}: {id} ({facts}, {evidence})\n    {differences}", index + 1));
        }
        assert!(ids.insert(row.id), "{table}:{}: the id is taken", index + 1);
    }
    assert!(failures.is_empty(), "{} of {} cases differ\n{}", failures.len(), ids.len(), failures.join("\n"));
    assert!(!ids.is_empty() && ids.len() == text.lines().count(), "{table}: not every line was a case");
}

/// A line of a table.
pub(crate) struct Row<C> {
    pub(crate) id: String,
    pub(crate) facts: Vec<String>,
    pub(crate) evidence: Evidence,
    pub(crate) case: C,
}

impl<C: DeserializeOwned> Row<C> {
    pub(crate) fn read(line: &str) -> serde_json::Result<Self> {
        let mut members: Map<String, Value> = serde_json::from_str(line)?;
        let mut take = |key: &str| members.remove(key).unwrap_or_default();
        let (id, facts, evidence) = (take("id"), take("facts"), take("evidence"));
        Ok(Self {
            id: String::deserialize(id)?,
            facts: Vec::deserialize(facts)?,
            evidence: Evidence::deserialize(evidence)?,
            case: C::deserialize(Value::Object(members))?,
        })
    }
}
