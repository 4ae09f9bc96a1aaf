//! The JSON contract line by line: a finding each, and the summary at the end. Its schema is
//! `schemas/report-line.json`.

use super::located::fronts;
use super::{Format, Report};
use crate::json::Lines;
use crate::lint::{Checked, Summary};
use crate::report::json;
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "jsonl",
    about: "a JSON object on each line; their schema: apigw schema report-line",
    for_people: false,
    start: |_| Box::new(Jsonl),
};

struct Jsonl;

impl Report for Jsonl {
    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let Checked { source, document, findings, .. } = checked;
        let lines = Lines::new(&source.text);
        for shared in findings {
            let flavors = fronts(shared, checked);
            let mut row =
                json!({ "type": "finding", "file": source.name, "document": document, "flavors": flavors });
            if let (Value::Object(row), Value::Object(members)) =
                (&mut row, json::diagnostic(&shared.finding, source, &lines))
            {
                row.extend(members);
            }
            writeln!(out, "{row}")?;
        }
        Ok(())
    }

    fn unreadable(&mut self, name: &str, why: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json!({ "type": "unreadable", "file": name, "message": why }))
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let row = json!({
            "type": "summary",
            "schema_version": 1,
            "tool": json::tool(),
            "summary": json::counts(summary),
        });
        writeln!(out, "{row}")
    }
}
