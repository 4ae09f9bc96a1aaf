//! GitLab's Code Quality report: the widget and the marks in a merge request.

use super::fingerprint::{Fingerprint, Fingerprints};
use super::located::{Located, located};
use super::{Format, Options, Report, paths};
use crate::lint::{Checked, Severity, Summary};
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "gitlab",
    about: "Code Quality report of GitLab",
    for_people: false,
    start: |options| Box::new(GitLab { options, fingerprints: Fingerprints::default(), any: false }),
};

struct GitLab {
    options: Options,
    fingerprints: Fingerprints,
    any: bool,
}

impl Report for GitLab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let file = paths::relative(&checked.source.name, &self.options.directory);
        for located in located(checked) {
            let fingerprint = self.fingerprints.next(&file, &located);
            super::item(&issue(&file, &located, fingerprint), &mut self.any, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.any { b"\n]\n" } else { b"]\n" })
    }
}

fn issue(file: &str, located: &Located<'_>, fingerprint: Fingerprint) -> Value {
    let Located { finding, range, .. } = located;
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    let Fingerprint { hash, occurrence } = fingerprint;
    json!({
        "description": format!("{}: {}", finding.rule.code, located.message),
        "check_name": finding.rule.name,
        "fingerprint": format!("{hash:016x}{occurrence:016x}"),
        "severity": severity,
        "location": {
            "path": file,
            "lines": { "begin": range.start.place.line, "end": range.end.place.line },
        },
    })
}
