//! JUnit's XML, as Jenkins, GitLab and others read it: a test case for each document.
//!
//! Jenkins reads one `failure` of a case and GitLab only its text, so there is one, and its text
//! tells everything. The warnings of a document without errors stand in its output: they are no
//! failure.

use super::located::{Located, located};
use super::{Format, Options, Report, paths};
use crate::json::Place;
use crate::lint::{Checked, Severity, Summary};
use crate::report::human::printable;
use std::fmt::Write as _;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "junit",
    about: "JUnit's XML: a test case for each document",
    for_people: false,
    start: |options| Box::new(Junit { options, suite: Suite::default() }),
};

/// Bytes of test cases that are kept until their suite is written: its head tells their number.
const LARGE: usize = 256 * 1024;

struct Junit {
    options: Options,
    suite: Suite,
}

/// The test cases of a file, or of a part of it: readers join suites of the same name.
#[derive(Default)]
struct Suite {
    file: String,
    cases: String,
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Report for Junit {
    fn tells_clean(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"apigw\">\n")
    }

    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let file = paths::relative(&checked.source.name, &self.options.directory);
        let found = located(checked);
        let failed = found.iter().any(|located| located.finding.severity == Severity::Error);
        let inner = if failed { failure(&file, &found) } else { remarks(&file, &found) };
        let name = place(&file, checked.source.start);
        let suite = self.suite_of(&file, out)?;
        suite.failures += usize::from(failed);
        self.case(&name, &inner);
        Ok(())
    }

    fn unreadable(&mut self, name: &str, why: &str, out: &mut dyn Write) -> io::Result<()> {
        let file = paths::relative(name, &self.options.directory);
        self.suite_of(&file, out)?.errors += 1;
        let why = in_one_line(why);
        self.case(&file, &format!("\n<error type=\"unreadable\" message=\"{why}\">{why}</error>\n"));
        Ok(())
    }

    fn end(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.suite.write(out)?;
        out.write_all(b"</testsuites>\n")
    }
}

impl Junit {
    /// The suite of a file; the one before it is written if it is another one's, or large.
    fn suite_of(&mut self, file: &str, out: &mut dyn Write) -> io::Result<&mut Suite> {
        if self.suite.file != file || self.suite.cases.len() > LARGE {
            self.suite.write(out)?;
            self.suite = Suite { file: file.to_owned(), ..Suite::default() };
        }
        Ok(&mut self.suite)
    }

    fn case(&mut self, name: &str, inner: &str) {
        let (class, name) = (self.options.command, in_one_line(name));
        let end = if inner.is_empty() { "/>\n".to_owned() } else { format!(">{inner}</testcase>\n") };
        self.suite.tests += 1;
        // Writing to a string cannot fail.
        let _ = write!(self.suite.cases, "<testcase classname=\"apigw.{class}\" name=\"{name}\"{end}");
    }
}

impl Suite {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { file, cases, tests, failures, errors } = self;
        if *tests == 0 {
            return Ok(());
        }
        let name = in_one_line(file);
        write!(
            out,
            "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n\
             {cases}</testsuite>\n"
        )
    }
}

/// The file, and where the document begins if that is not its beginning.
fn place(file: &str, start: Place) -> String {
    match (start.line, start.column) {
        (1, 1) => file.to_owned(),
        (line, 1) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}

/// Everything about a document with errors.
fn failure(file: &str, found: &[Located<'_>]) -> String {
    let errors: Vec<_> = found.iter().filter(|located| located.finding.severity == Severity::Error).collect();
    let Some(first) = errors.first() else { return String::new() };
    let more = if errors.len() > 1 { format!(" (and {} more)", errors.len() - 1) } else { String::new() };
    let message = in_one_line(&format!("{}{more}", first.message));
    let code = first.finding.rule.code;
    format!("\n<failure type=\"{code}\" message=\"{message}\">{}</failure>\n", lines(file, found))
}

/// Everything about a document without errors.
fn remarks(file: &str, found: &[Located<'_>]) -> String {
    if found.is_empty() {
        return String::new();
    }
    format!("\n<system-out>{}</system-out>\n", lines(file, found))
}

fn lines(file: &str, found: &[Located<'_>]) -> String {
    let line = |located: &Located<'_>| {
        escaped(&format!("{}\n  help: {}\n", located.in_one_line(file), located.finding.rule.help))
    };
    found.iter().map(line).collect()
}

/// Text for content, on several lines. What XML 1.0 cannot hold at all is written as in Rust.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push(letter),
            '\u{fffe}' | '\u{ffff}' => escaped.extend(letter.escape_unicode()),
            _ if letter.is_control() => escaped.extend(letter.escape_default()),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Text for an attribute, or for content that is one line.
pub(in crate::report) fn in_one_line(text: &str) -> String {
    escaped(&printable(text))
}
