//! The JSON contract of `--format json`, written document by document.

use super::{Format, Report};
use crate::lint::{Answered, Checked, Finding, Summary, Verdict};
use crate::report::json;
use serde_json::{Map, Value};
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "json",
    about: "one JSON document; its schema: apigw schema report",
    for_people: false,
    start: |_| Box::new(Json { any: false }),
};

struct Json {
    any: bool,
}

impl Report for Json {
    fn tells_clean(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(json::report_head().as_bytes())
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        for row in rows(checked) {
            let separator = if std::mem::replace(&mut self.any, true) { "," } else { "" };
            write!(out, "{separator}{}", json::report_row(&row))?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(json::report_tail(summary, self.any).as_bytes())
    }
}

/// The rows of a document: one for each front end that judged it.
pub(super) fn rows(checked: &Checked) -> Vec<Value> {
    match &checked.verdict {
        Verdict::Answers(answers) => answers.iter().map(|answered| answer(checked, answered)).collect(),
        Verdict::Event(detection) => {
            let findings: Vec<Finding> = checked.distinct().cloned().collect();
            let mut members = named(checked);
            members.extend(json::judged_event(detection.as_ref(), &findings, &checked.source));
            vec![Value::Object(members)]
        }
        Verdict::Policy(held) => {
            let findings: Vec<Finding> = checked.distinct().cloned().collect();
            let mut members = named(checked);
            members.extend(json::judged_policy(held, &findings, &checked.source));
            vec![Value::Object(members)]
        }
    }
}

fn answer(checked: &Checked, answered: &Answered) -> Value {
    let Answered { front, judged, method_arn } = answered;
    let mut members = named(checked);
    if let Some(arn) = method_arn {
        members.insert("method_arn".to_owned(), arn.as_str().into());
    }
    members.extend(json::judged(*front, &judged.outcome, &judged.findings, &judged.source));
    Value::Object(members)
}

fn named(checked: &Checked) -> Map<String, Value> {
    let file = checked.source.name.as_str().into();
    Map::from_iter([("file".to_owned(), file), ("document".to_owned(), checked.document.into())])
}
