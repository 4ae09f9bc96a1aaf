//! JUnit's XML: a test suite for each file, a test case for each case.

use super::{Format, SuiteReport, SuiteRun, diff, in_one_line, lines};
use crate::report::formats::junit::{escaped, in_one_line as attribute};
use crate::report::formats::paths::relative;
use crate::suite::{CaseResult, Verdict};
use std::io::{self, Write};
use std::time::Duration;

pub(super) static FORMAT: Format = Format {
    name: "junit",
    about: "JUnit's XML: a test suite for each file",
    start: |options| Box::new(Junit { directory: options.directory }),
};

struct Junit {
    directory: String,
}

impl SuiteReport for Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"apigw\">\n")
    }

    fn suite(&mut self, run: &SuiteRun<'_>, out: &mut dyn Write) -> io::Result<()> {
        let file = attribute(&relative(run.name, &self.directory));
        let broken = |result: &&CaseResult| matches!(result.verdict, Verdict::Broken(..));
        let errors = run.results.iter().filter(broken).count();
        let (tests, failures, skipped) =
            (run.totals.all(), run.totals.failed.saturating_sub(errors), run.totals.skipped);
        let time = seconds(run.took);
        writeln!(
            out,
            "<testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" \
             skipped=\"{skipped}\" time=\"{time}\">"
        )?;
        for result in run.results {
            let (name, time) = (attribute(&result.name), seconds(result.took));
            let inner = inner(run, result);
            let line = run.place(result.span.start).line;
            let head = format!(
                "<testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{line}\" time=\"{time}\""
            );
            match inner.is_empty() {
                true => writeln!(out, "{head}/>")?,
                false => writeln!(out, "{head}>{inner}</testcase>")?,
            }
        }
        out.write_all(b"</testsuite>\n")
    }

    fn end(&mut self, _: &crate::suite::Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"</testsuites>\n")
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.4}", duration.as_secs_f64())
}

fn inner(run: &SuiteRun<'_>, result: &CaseResult) -> String {
    let text = match &result.verdict {
        Verdict::Passed => return String::new(),
        Verdict::Skipped(why) => return format!("<skipped message=\"{}\"/>", attribute(why)),
        Verdict::Broken(kind, message) => {
            let first = attribute(message.lines().next().unwrap_or_default());
            format!("\n<error type=\"{kind}\" message=\"{first}\">{}</error>\n", escaped(message))
        }
        Verdict::Failed(failures) => {
            let first = failures.first().map(|failure| failure.message.as_str()).unwrap_or_default();
            let more = failures.len().saturating_sub(1);
            let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
            let told: String = match failures.as_slice() {
                [] => lines(run, result).join("\n"),
                all => all.iter().map(|own| format!("{}\n{}", in_one_line(run, own), diff(own))).collect(),
            };
            let first = attribute(&format!("{first}{more}"));
            format!("\n<failure type=\"expectation\" message=\"{first}\">{}</failure>\n", escaped(&told))
        }
    };
    let logs = match result.logs.is_empty() {
        true => String::new(),
        false => format!("<system-out>{}</system-out>\n", escaped(&result.logs.join("\n"))),
    };
    text + &logs
}
