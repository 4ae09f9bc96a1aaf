//! reviewdog's diagnostic format: comments and suggestions on pull requests, wherever they live.

use super::located::{HOME, Located, Range, located, page};
use super::{Format, Options, Report, paths};
use crate::lint::{Checked, Severity, Summary};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "rdjson",
    about: "reviewdog's diagnostics, with suggestions",
    for_people: false,
    start: |options| Box::new(Rdjson { options, any: false }),
};

struct Rdjson {
    options: Options,
    any: bool,
}

impl Report for Rdjson {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"source\":{},\"diagnostics\":[", source())
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        for diagnostic in diagnostics(checked, &self.options) {
            super::item(&Value::Object(diagnostic), &mut self.any, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.any { b"\n]}\n" } else { b"]}\n" })
    }
}

/// Who says it.
pub(super) fn source() -> Value {
    json!({ "name": "apigw", "url": HOME })
}

/// The diagnostics of a document.
pub(super) fn diagnostics(checked: &Checked, options: &Options) -> Vec<Map<String, Value>> {
    let file = paths::relative(&checked.source.name, &options.directory);
    located(checked).iter().map(|located| diagnostic(&file, located)).collect()
}

fn diagnostic(file: &str, located: &Located<'_>) -> Map<String, Value> {
    let finding = located.finding;
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let mut members = Map::from_iter([
        ("message".to_owned(), located.message.as_str().into()),
        ("location".to_owned(), json!({ "path": file, "range": range(&located.range) })),
        ("severity".to_owned(), severity.into()),
        ("code".to_owned(), json!({ "value": finding.rule.code, "url": page(finding.rule) })),
    ]);
    // Each suggestion is taken or left for itself, so all edits make one. A range without columns
    // means whole lines: no place for a suggestion.
    let replacement = located.replacement().filter(|(range, _)| columns(range).is_some());
    if let Some((own, text)) = replacement {
        let suggestion = json!({ "range": range(&own), "text": text });
        members.insert("suggestions".to_owned(), json!([suggestion]));
    }
    members
}

/// The columns of both ends; reviewdog counts them in bytes.
fn columns(range: &Range) -> Option<(usize, usize)> {
    range.start.byte_column.zip(range.end.byte_column)
}

fn range(range: &Range) -> Value {
    let (first, last) = (range.start.place.line, range.end.place.line);
    match columns(range) {
        Some((from, to)) => {
            json!({ "start": { "line": first, "column": from }, "end": { "line": last, "column": to } })
        }
        None => json!({ "start": { "line": first }, "end": { "line": last } }),
    }
}
