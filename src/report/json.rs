//! The JSON contract that every command's `--format json` shares; its schema is
//! `schemas/report.json`, and it only ever grows.

use crate::gateway::{Front, Outcome};
use crate::http::Response;
use crate::json::{Edit, Lines, Place, Span};
use crate::lint::policy::Mending;
use crate::lint::{Detection, EventDifference, Finding, Held, Source, Summary};
use crate::policy::CarrierKind;
use serde_json::{Map, Value, json};

/// The schema of a report.
pub const SCHEMA: &str = include_str!("../../schemas/report.json");

/// The schema of a line of `--format jsonl`.
pub const LINE_SCHEMA: &str = include_str!("../../schemas/report-line.json");

/// A whole report: results in order, and what was counted.
pub fn report(results: &[Value], summary: &Summary) -> String {
    let rows: Vec<_> = results.iter().map(report_row).collect();
    format!("{}{}{}", report_head(), rows.join(","), report_tail(summary, !rows.is_empty()))
}

/// What stands before the rows of a report.
pub fn report_head() -> String {
    let tool = format!("{:#}", tool()).replace('\n', "\n  ");
    format!("{{\n  \"schema_version\": 1,\n  \"tool\": {tool},\n  \"results\": [")
}

/// This program.
pub(super) fn tool() -> Value {
    json!({ "name": "apigw", "version": env!("CARGO_PKG_VERSION") })
}

/// What was counted.
pub(super) fn counts(summary: &Summary) -> Value {
    let mut counts = json!({
        "checked": summary.checked,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "infos": summary.infos,
    });
    if summary.known > 0 {
        counts["known"] = summary.known.into();
    }
    counts
}

/// A row, indented to its place in the report.
pub fn report_row(row: &Value) -> String {
    format!("\n    {}", format!("{row:#}").replace('\n', "\n    "))
}

/// What stands behind the rows, if there were any.
pub fn report_tail(summary: &Summary, any: bool) -> String {
    let counts = counts(summary);
    let close = if any { "\n  ]" } else { "]" };
    format!("{close},\n  \"summary\": {}\n}}\n", format!("{counts:#}").replace('\n', "\n  "))
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

/// The members that every judged policy and template has: what it holds, what was left out, findings.
pub fn judged_policy(held: &Held, findings: &[Finding], source: &Source) -> Map<String, Value> {
    let mut members = Map::new();
    match held {
        Held::Policies(policies) => {
            let policy =
                |(kind, at): &(CarrierKind, String)| json!({ "carrier": kind.name(), "pointer": at });
            members.insert("policies".to_owned(), policies.iter().map(policy).collect());
        }
        Held::Template(kind, left_out) => {
            let lines = Lines::new(&source.text);
            let row = |(span, message): &(Span, String)| json!({ "message": message, "range": range(*span, source, &lines) });
            members.insert("template".to_owned(), kind.name().into());
            members.insert("left_out".to_owned(), left_out.iter().map(row).collect());
        }
        Held::Nothing | Held::Unreadable(_) => {}
    }
    members.insert("diagnostics".to_owned(), diagnostics(findings, source));
    members
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

/// The members of a finding; `edits` only where there are any.
pub(super) fn diagnostic(finding: &Finding, source: &Source, lines: &Lines) -> Value {
    let mut diagnostic = json!({
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.name(),
        "message": finding.message,
        "help": finding.rule.help,
        "pointer": finding.pointer.as_ref().map(ToString::to_string),
        "range": range(finding.span, source, lines),
        "facts": finding.facts,
        "evidence": finding.evidence.name(),
    });
    if !finding.edits.is_empty() {
        let edit = |edit: &Edit| json!({ "range": range(edit.span, source, lines), "replacement": edit.replacement });
        diagnostic["edits"] = finding.edits.iter().map(edit).collect();
    }
    if !finding.mendings.is_empty() {
        let mending = |own: &Mending| json!({ "with": own.with, "text": own.text });
        diagnostic["mendings"] = finding.mendings.iter().map(mending).collect();
    }
    if let Some(own) = finding.own_severity {
        diagnostic["own_severity"] = own.name().into();
    }
    diagnostic
}

fn range(span: Span, source: &Source, lines: &Lines) -> Value {
    range_of(span, |byte| source.place(lines, byte))
}

/// A range from its first character to behind its last, by what says where a byte is.
pub fn range_of(span: Span, place: impl Fn(usize) -> Place) -> Value {
    let place = |byte| {
        let Place { line, column, byte } = place(byte);
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
