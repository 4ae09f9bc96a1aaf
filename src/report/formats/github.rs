//! Workflow commands of GitHub Actions: annotations in the job's log and on the lines of a pull
//! request.

use super::located::{Located, located};
use super::{Format, Options, Report, paths};
use crate::lint::{Checked, Severity};
use crate::report::human::printable;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "github",
    about: "annotations of GitHub Actions",
    for_people: false,
    start: |options| Box::new(GitHub { options }),
};

struct GitHub {
    options: Options,
}

impl Report for GitHub {
    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let file = paths::relative(&checked.source.name, &self.options.directory);
        for located in located(checked) {
            out.write_all(command(&file, &located).as_bytes())?;
        }
        Ok(())
    }

    fn unreadable(&mut self, name: &str, why: &str, out: &mut dyn Write) -> io::Result<()> {
        let file = paths::relative(name, &self.options.directory);
        writeln!(out, "::error file={},title=unreadable::{}", property(&file), message(why))
    }
}

fn command(file: &str, located: &Located<'_>) -> String {
    let Located { finding, range, .. } = located;
    let (start, end) = (range.start.place, range.end.place);
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // Columns count only where both ends stand on one line.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    let title = property(&format!("{} {}", finding.rule.code, finding.rule.name));
    let text = format!("{}%0Ahelp: {}", message(&located.message), message(finding.rule.help));
    let (line, end_line) = (start.line, end.line);
    format!(
        "::{command} file={},line={line},endLine={end_line}{columns},title={title}::{text}\n",
        property(file)
    )
}

/// The text of a command.
pub(in crate::report) fn message(text: &str) -> String {
    printable(text).replace('%', "%25")
}

/// The value of a property, which a colon or a comma would end.
pub(in crate::report) fn property(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace(':', "%3A").replace(',', "%2C")
}
