//! The formats of the reports of `apigw test`: one file each, and one line in the list.

mod github;
mod html;
mod human;
mod json;
mod junit;
mod tap;

use super::human::{Style, printable};
use crate::json::Place;
use crate::suite::{CaseResult, Diff, Failure, Totals, Verdict};
use crate::template::Document;
use std::io::{self, Write};
use std::time::Duration;

/// A suite that is over.
pub struct SuiteRun<'r> {
    /// Its file.
    pub name: &'r str,
    /// Its text.
    pub document: &'r Document,
    /// Who answered, without secrets.
    pub target: String,
    /// What came of its cases, in the order in which they ran.
    pub results: &'r [CaseResult],
    /// How many came to what.
    pub totals: Totals,
    /// How long it took.
    pub took: Duration,
}

impl SuiteRun<'_> {
    fn place(&self, byte: usize) -> Place {
        self.document.place(byte)
    }
}

/// A report that is being written.
pub trait SuiteReport {
    /// Writes what stands before the first suite.
    ///
    /// # Errors
    /// Those of writing.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Tells of a suite.
    ///
    /// # Errors
    /// Those of writing.
    fn suite(&mut self, run: &SuiteRun<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands behind the last suite.
    ///
    /// # Errors
    /// Those of writing.
    fn end(&mut self, _totals: &Totals, _took: Duration, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// What a report may ask of the run.
#[derive(Debug, Clone)]
pub struct Options {
    /// How to draw, where the report is for people.
    pub style: Style,
    /// The directory of the run; files below it are named from it.
    pub directory: String,
}

/// A format.
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// Begins a report.
    pub start: fn(Options) -> Box<dyn SuiteReport>,
}

/// Every format, in the order of the help.
pub static ALL: &[&Format] =
    &[&human::FORMAT, &json::FORMAT, &junit::FORMAT, &tap::FORMAT, &github::FORMAT, &html::FORMAT];

/// The format where none is asked for.
pub static DEFAULT: &Format = &human::FORMAT;

/// The format of that name.
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().copied().find(|format| format.name == name)
}

/// Milliseconds, to the hundredth.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e5).round() / 100.0
}

/// What is wrong with a case, a line for each: its place, the message, what was found.
fn lines(run: &SuiteRun<'_>, result: &CaseResult) -> Vec<String> {
    match &result.verdict {
        Verdict::Passed | Verdict::Skipped(_) => Vec::new(),
        Verdict::Broken(kind, message) => {
            let line = run.place(result.span.start).line;
            vec![format!("{}:{line}: {kind}: {message}", printable(run.name))]
        }
        Verdict::Failed(failures) => failures.iter().map(|failure| in_one_line(run, failure)).collect(),
    }
}

fn in_one_line(run: &SuiteRun<'_>, failure: &Failure) -> String {
    let place = run.place(failure.span.start);
    let label = if failure.label.is_empty() { String::new() } else { format!(": {}", failure.label) };
    let (name, message) = (printable(run.name), printable(&failure.message));
    format!("{name}:{}:{}: {message}{}", place.line, place.column, printable(&label))
}

/// The differences of a failure for plain texts.
fn diff(failure: &Failure) -> String {
    match &failure.diff {
        Some(diff) => drawn_diff(diff, Style::PLAIN),
        None => String::new(),
    }
}

fn drawn_diff(diff: &Diff, style: Style) -> String {
    const MOST: usize = 40;
    match diff {
        Diff::Json(rows) => {
            let more = rows.len().saturating_sub(MOST);
            let rest = if more > 0 { format!("… and {more} more\n") } else { String::new() };
            super::human::differences(&rows[..rows.len().min(MOST)], style) + &rest
        }
        Diff::Text(expected, found) => super::comparison::lines(expected, found, style),
    }
}
