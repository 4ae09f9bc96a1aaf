//! The JSON contract that every command's `--format json` shares; its schema is
//! `schemas/report.json`, and it only ever grows.

use crate::gateway::{Front, Outcome};
use crate::http::Response;
use crate::json::{Lines, Place, Span};
use crate::lint::{Detection, EventDifference, Finding, Source, Summary};
use serde_json::{Map, Value, json};

/// The schema of a report.
pub const SCHEMA: &str = include_str!("../../schemas/report.json");

/// A whole report: results in order, and what was counted.
pub fn report(results: &[Value], summary: &Summary) -> String {
    let report = json!({
        "schema_version": 1,
        "tool": { "name": "apigw", "version": env!("CARGO_PKG_VERSION") },
        "results": results,
        "summary": {
            "checked": summary.checked,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
        },
    });
    pretty(&report)
}

/// A value as indented JSON with a line break at the end.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The members that every judged result has: the front's name, what an authorizer decides,
/// response, findings.
pub fn judged(
    front: impl Into<Front>,
    outcome: &Outcome,
    findings: &[Finding],
    source: &Source,
) -> Map<String, Value> {
    let front = front.into();
    let mut members = Map::from_iter([("flavor".to_owned(), front.name().into())]);
    if let Some(decision) = front.decision(outcome) {
        members.insert("decision".to_owned(), decision.name().into());
    }
    members.extend([
        ("refused".to_owned(), outcome.refused.into()),
        ("response".to_owned(), outcome.response.as_ref().map_or(Value::Null, response)),
        ("diagnostics".to_owned(), diagnostics(findings, source)),
    ]);
    members
}

/// The members that every judged event has: flavour, how it was found out, findings.
pub fn judged_event(
    detection: Option<&Detection>,
    findings: &[Finding],
    source: &Source,
) -> Map<String, Value> {
    let flavor = detection.map(|detection| detection.flavor.name);
    let detection = detection.map(|found| {
        let others = found.others.iter().map(|(other, why)| json!({ "flavor": other.name, "because": why }));
        json!({
            "asked": found.asked,
            "because": found.because,
            "despite": found.despite,
            "not": others.collect::<Vec<_>>(),
        })
    });
    Map::from_iter([
        ("flavor".to_owned(), flavor.into()),
        ("detection".to_owned(), detection.into()),
        ("diagnostics".to_owned(), diagnostics(findings, source)),
    ])
}

fn diagnostics(findings: &[Finding], source: &Source) -> Value {
    let lines = Lines::new(&source.text);
    findings.iter().map(|finding| diagnostic(finding, source, &lines)).collect()
}

/// A response: status, header fields in order, and the body as text or base64. A message on a
/// WebSocket connection has a body only, and null for its status.
pub fn response(response: &Response) -> Value {
    let headers: Vec<_> = response.headers.iter().map(|(name, value)| json!([name, value])).collect();
    let (body, is_base64) = response.body.to_report();
    let status = (!response.is_message()).then_some(response.status);
    json!({ "status": status, "headers": headers, "body": body, "is_base64": is_base64 })
}

fn diagnostic(finding: &Finding, source: &Source, lines: &Lines) -> Value {
    json!({
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.name(),
        "message": finding.message,
        "help": finding.rule.help,
        "pointer": finding.pointer.as_ref().map(ToString::to_string),
        "range": range(finding.span, source, lines),
        "facts": finding.facts,
        "evidence": finding.evidence.name(),
    })
}

fn range(span: Span, source: &Source, lines: &Lines) -> Value {
    range_in(span, &source.text, lines)
}

/// A range in a text: line, column and byte of its start and its end.
pub fn range_in(span: Span, text: &str, lines: &Lines) -> Value {
    let place = |byte| {
        let Place { line, column, byte } = lines.place(text, byte);
        json!({ "line": line, "column": column, "byte": byte })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}

/// A difference between two events; a side without the value lacks the member.
pub fn difference(difference: &EventDifference) -> Value {
    let mut members = Map::from_iter([("pointer".to_owned(), difference.pointer.to_string().into())]);
    for (side, value) in [("left", &difference.left), ("right", &difference.right)] {
        if let Some(value) = value {
            members.insert(side.to_owned(), value.clone());
        }
    }
    members.insert("volatile".to_owned(), difference.volatile.into());
    Value::Object(members)
}
