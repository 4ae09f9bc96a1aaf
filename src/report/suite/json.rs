//! The JSON contract: a row for each case.

use super::{Format, SuiteReport, SuiteRun, milliseconds};
use crate::json::Span;
use crate::lint::Summary;
use crate::report::json;
use crate::suite::{CaseResult, Diff, Failure, Totals, Verdict};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::time::Duration;

pub(super) static FORMAT: Format = Format {
    name: "json",
    about: "one JSON document; its schema: apigw schema report",
    start: |_| Box::new(Json { any: false }),
};

struct Json {
    any: bool,
}

impl SuiteReport for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(json::report_head().as_bytes())
    }

    fn suite(&mut self, run: &SuiteRun<'_>, out: &mut dyn Write) -> io::Result<()> {
        for result in run.results {
            let separator = if std::mem::replace(&mut self.any, true) { "," } else { "" };
            write!(out, "{separator}{}", json::report_row(&row(run, result)))?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        let summary = Summary { checked: totals.all(), errors: totals.failed, ..Summary::default() };
        out.write_all(json::report_tail(&summary, self.any).as_bytes())
    }
}

fn row(run: &SuiteRun<'_>, result: &CaseResult) -> Value {
    let place = run.place(result.span.start);
    let (verdict, more) = match &result.verdict {
        Verdict::Passed => ("passed", None),
        Verdict::Skipped(why) => ("skipped", Some(("reason", Value::from(why.as_str())))),
        Verdict::Failed(failures) => {
            let failures = failures.iter().map(|failure| told(run, failure)).collect();
            ("failed", Some(("failures", failures)))
        }
        Verdict::Broken(kind, message) => {
            ("broken", Some(("trouble", json!({ "kind": kind, "message": message }))))
        }
    };
    let mut row = Map::from_iter([
        ("suite".to_owned(), run.name.into()),
        ("case".to_owned(), result.name.as_str().into()),
        ("line".to_owned(), place.line.into()),
        ("target".to_owned(), run.target.as_str().into()),
        ("asked".to_owned(), result.asked.as_str().into()),
        ("verdict".to_owned(), verdict.into()),
        ("tries".to_owned(), result.tries.into()),
    ]);
    row.extend(more.map(|(name, value)| (name.to_owned(), value)));
    row.insert("response".to_owned(), result.response.as_ref().map(json::response).unwrap_or_default());
    row.insert("timings".to_owned(), json!({ "duration_ms": milliseconds(result.took) }));
    if !result.logs.is_empty() {
        row.insert("logs".to_owned(), result.logs.clone().into());
    }
    if !result.notes.is_empty() {
        row.insert("notes".to_owned(), result.notes.clone().into());
    }
    Value::Object(row)
}

fn told(run: &SuiteRun<'_>, failure: &Failure) -> Value {
    let mut told = json!({
        "message": failure.message,
        "found": failure.label,
        "range": range(run, failure.span),
    });
    match &failure.diff {
        Some(Diff::Json(rows)) => {
            let row = |row: &crate::lint::EventDifference| {
                let mut members = Map::from_iter([("pointer".to_owned(), row.pointer.to_string().into())]);
                for (side, value) in [("expected", &row.left), ("found", &row.right)] {
                    members.extend(value.iter().map(|value| (side.to_owned(), value.clone())));
                }
                Value::Object(members)
            };
            told["differences"] = rows.iter().map(row).collect();
        }
        Some(Diff::Text(expected, found)) => {
            told["differences"] = json!([{ "pointer": "", "expected": expected, "found": found }]);
        }
        None => {}
    }
    told
}

fn range(run: &SuiteRun<'_>, span: Span) -> Value {
    let place = |byte| {
        let place = run.place(byte);
        json!({ "line": place.line, "column": place.column, "byte": place.byte })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}
