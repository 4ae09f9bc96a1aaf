//! SARIF 2.1.0, as GitHub's code scanning and other dashboards read it.
//!
//! Only what is used of the format is modelled. The rules stand behind the results, so that only
//! those are named that found something, and no result has to be kept.

use super::fingerprint::{Fingerprint, Fingerprints};
use super::located::{HOME, Located, Range, located, page};
use super::{Format, Options, Report, paths};
use crate::json::Edit;
use crate::lint::{Checked, Rule, Severity, Summary};
use crate::report::human::capitalized;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for GitHub code scanning",
    for_people: false,
    start: |options| Box::new(Sarif::new(options)),
};

/// The most results of a run that GitHub takes: a file with more is refused as a whole.
const MOST_RESULTS: usize = 25_000;

struct Sarif {
    options: Options,
    fingerprints: Fingerprints,
    rules: Vec<&'static Rule>,
    written: usize,
    left_out: usize,
    unreadable: Vec<Value>,
}

impl Sarif {
    fn new(options: Options) -> Self {
        let (rules, unreadable) = (Vec::new(), Vec::new());
        Self { options, fingerprints: Fingerprints::default(), rules, written: 0, left_out: 0, unreadable }
    }

    /// The place of a rule among those that found something.
    fn rule_index(&mut self, rule: &'static Rule) -> usize {
        let known = self.rules.iter().position(|own| own.code == rule.code);
        known.unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        })
    }

    fn result(&mut self, file: &str, located: &Located<'_>, artifact: &Value) -> Value {
        let Located { finding, edits, range, .. } = located;
        let Fingerprint { hash, occurrence } = self.fingerprints.next(file, located);
        let mut result = json!({
            "ruleId": finding.rule.code,
            "ruleIndex": self.rule_index(finding.rule),
            "level": level(finding.severity),
            "message": { "text": located.message },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region(range) } }],
            "partialFingerprints": { "primaryLocationLineHash": format!("{hash:016x}:{occurrence}") },
        });
        if !edits.is_empty() {
            let replacements: Vec<_> = edits.iter().map(replacement).collect();
            let changes = json!([{ "artifactLocation": artifact, "replacements": replacements }]);
            let help = json!({ "text": finding.rule.help });
            result["fixes"] = json!([{ "description": help, "artifactChanges": changes }]);
        }
        result["properties"] = json!({
            "pointer": finding.pointer.as_ref().map(ToString::to_string),
            "flavors": located.fronts,
            "evidence": finding.evidence.name(),
            "facts": finding.facts,
        });
        result
    }

    fn artifact(&self, name: &str) -> Value {
        match paths::uri(name, &self.options.directory) {
            (uri, true) => json!({ "uri": uri, "uriBaseId": "%SRCROOT%" }),
            (uri, false) => json!({ "uri": uri }),
        }
    }

    fn invocation(&self) -> Value {
        let mut notifications = self.unreadable.clone();
        if self.left_out > 0 {
            let text = format!(
                "{} results were left out: GitHub takes no more than {MOST_RESULTS} of a run",
                self.left_out
            );
            notifications.push(json!({ "level": "warning", "message": { "text": text } }));
        }
        let mut invocation = json!({ "executionSuccessful": self.unreadable.is_empty() });
        if !notifications.is_empty() {
            invocation["toolExecutionNotifications"] = notifications.into();
        }
        invocation
    }
}

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let schema = "https://json.schemastore.org/sarif-2.1.0.json";
        // What stands before the last slash is the category that GitHub keeps results apart by.
        let id = format!("apigw/{}/", self.options.command);
        write!(
            out,
            "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\
             \"automationDetails\":{},\"columnKind\":\"unicodeCodePoints\",\"results\":[",
            json!({ "id": id })
        )
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let name = &checked.source.name;
        let artifact = self.artifact(name);
        let file = paths::relative(name, &self.options.directory);
        for located in located(checked) {
            if self.written == MOST_RESULTS {
                self.left_out += 1;
                continue;
            }
            let result = self.result(&file, &located, &artifact);
            super::item(&result, &mut (self.written > 0), out)?;
            self.written += 1;
        }
        Ok(())
    }

    fn unreadable(&mut self, name: &str, why: &str, _: &mut dyn Write) -> io::Result<()> {
        self.unreadable.push(json!({
            "level": "error",
            "message": { "text": why },
            "locations": [{ "physicalLocation": { "artifactLocation": self.artifact(name) } }],
        }));
        Ok(())
    }

    fn end(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let rules: Vec<_> = self.rules.iter().map(|rule| descriptor(rule)).collect();
        let driver = json!({
            "name": "apigw",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": HOME,
            "rules": rules,
        });
        let invocations = json!([self.invocation()]);
        let tool = json!({ "driver": driver });
        writeln!(out, "\n],\n\"tool\":{tool},\n\"invocations\":{invocations}}}]}}")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn region(Range { start, end }: &Range) -> Value {
    let (start, end) = (start.place, end.place);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn replacement((range, edit): &(Range, &Edit)) -> Value {
    let mut members = Map::from_iter([("deletedRegion".to_owned(), region(range))]);
    if !edit.replacement.is_empty() {
        members.insert("insertedContent".to_owned(), json!({ "text": edit.replacement }));
    }
    Value::Object(members)
}

fn descriptor(rule: &Rule) -> Value {
    let (precision, problem) = match rule.severity {
        Severity::Error => ("very-high", "error"),
        Severity::Warning => ("high", "warning"),
        Severity::Info => ("medium", "recommendation"),
    };
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": capitalized(rule.title) },
        "fullDescription": { "text": rule.why },
        "helpUri": page(rule),
        "help": { "text": rule.help, "markdown": markdown(rule) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": ["api-gateway", "aws-lambda"],
            "precision": precision,
            "problem.severity": problem,
        },
    })
}

/// What a page about the rule would say first.
fn markdown(rule: &Rule) -> String {
    let mut text = format!("{}\n\n**What to do:** {}\n", rule.why, rule.help);
    if !rule.fixes.is_empty() {
        text.push('\n');
        text.extend(rule.fixes.iter().map(|fix| format!("- {}: {}\n", fix.language, code(fix.code))));
    }
    text += &format!("\nAs it should be: {}\n", code(rule.good.result));
    if let Some(log) = rule.log {
        text += &format!("\nIn the log: {}\n", code(log));
    }
    text + &format!("\nMore: `apigw explain {}`\n", rule.code)
}

/// A piece of code in Markdown, whatever backticks are in it.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
