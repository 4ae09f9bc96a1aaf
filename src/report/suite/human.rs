//! The report for people: a line for each case, and a frame in the suite for each failure.

use super::{Format, SuiteReport, SuiteRun, drawn_diff, milliseconds};
use crate::json::Lines;
use crate::report::human::{Style, counted, printable};
use crate::report::window::{Window, window};
use crate::suite::{CaseResult, Failure, Totals, Verdict};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use colored::Colorize as _;
use std::io::{self, Write};
use std::time::Duration;

pub(super) static FORMAT: Format =
    Format { name: "human", about: "for people", start: |options| Box::new(Human { style: options.style }) };

/// How many lines of a function's log are shown with a failure.
const LOG: usize = 20;

struct Human {
    style: Style,
}

impl SuiteReport for Human {
    fn suite(&mut self, run: &SuiteRun<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = Lines::new(run.document.source());
        let head = self
            .style
            .with(|| format!("{}  {}\n", printable(run.name).bold(), printable(&run.target).dimmed()));
        out.write_all(head.as_bytes())?;
        for result in run.results {
            out.write_all(self.line(result).as_bytes())?;
        }
        for result in run.results {
            out.write_all(self.trouble(run, result, &lines).as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, took: Duration, out: &mut dyn Write) -> io::Result<()> {
        let Totals { passed, failed, skipped, snapshots } = *totals;
        let text = self.style.with(|| {
            let failed = match failed {
                0 => "none failed".normal(),
                _ => format!("{failed} failed").red().bold(),
            };
            let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
            let written = match snapshots {
                0 => String::new(),
                _ => format!(", {} written", counted(snapshots, "snapshot")),
            };
            let took = milliseconds(took);
            format!(
                "{} of {}, {failed}{skipped}{written} in {took} ms\n",
                passed,
                counted(totals.all(), "case")
            )
        });
        out.write_all(b"\nPassed: ")?;
        out.write_all(text.as_bytes())
    }
}

impl Human {
    fn line(&self, result: &CaseResult) -> String {
        self.style.with(|| {
            let name = printable(&result.name);
            let tries = if result.tries > 1 { format!(", {} tries", result.tries) } else { String::new() };
            let took = format!("{} ms{tries}", milliseconds(result.took));
            match &result.verdict {
                Verdict::Passed => format!("  {}  {name}  {}\n", "ok  ".green(), took.dimmed()),
                Verdict::Skipped(why) => format!("  {}  {name}  ({})\n", "skip".yellow(), printable(why)),
                Verdict::Failed(_) => format!("  {}  {name}  {}\n", "FAIL".red().bold(), took.dimmed()),
                Verdict::Broken(..) => format!("  {}  {name}\n", "FAIL".red().bold()),
            }
        })
    }

    fn trouble(&self, run: &SuiteRun<'_>, result: &CaseResult, lines: &Lines) -> String {
        let mut text = match &result.verdict {
            Verdict::Passed | Verdict::Skipped(_) => return String::new(),
            Verdict::Broken(kind, message) => {
                let (message, more) = message.split_once('\n').unwrap_or((message, ""));
                let failure = Failure {
                    span: result.span,
                    message: printable(message),
                    label: match *kind {
                        "setup" | "teardown" => "this command line".to_owned(),
                        _ => String::new(),
                    },
                    diff: None,
                };
                let more = if more.is_empty() { String::new() } else { format!("{more}\n") };
                format!("\n{}{more}", self.frame(run, result, &failure, lines))
            }
            Verdict::Failed(failures) => {
                let frame = |failure: &Failure| {
                    let diff = failure.diff.as_ref().map(|diff| {
                        let legend = "  expected (-), found (+):\n";
                        let drawn = drawn_diff(diff, self.style);
                        format!(
                            "{legend}{}",
                            drawn.lines().map(|line| format!("  {line}\n")).collect::<String>()
                        )
                    });
                    format!("\n{}{}", self.frame(run, result, failure, lines), diff.unwrap_or_default())
                };
                failures.iter().map(frame).collect()
            }
        };
        if !result.logs.is_empty() {
            text += "  the function's log:\n";
            let from = result.logs.len().saturating_sub(LOG);
            text += &result.logs[from..]
                .iter()
                .map(|line| format!("    {}\n", printable(line)))
                .collect::<String>();
        }
        text + &result.notes.iter().map(|note| format!("  {note}\n")).collect::<String>()
    }

    fn frame(&self, run: &SuiteRun<'_>, result: &CaseResult, failure: &Failure, lines: &Lines) -> String {
        let source = run.document.source();
        let place = lines.place(source, failure.span.start);
        let (start, line) = lines.line(source, place.line);
        let text = line.trim_start_matches('\u{feff}');
        let start = start + line.len() - text.len();
        let from = place.byte.saturating_sub(start).min(text.len());
        let to = failure.span.end.saturating_sub(start).clamp(from, text.len());
        let Window { text, marked, .. } = window(text, from..to);
        let annotation = AnnotationKind::Primary.span(marked);
        let label = printable(&failure.label);
        let annotation = if label.is_empty() { annotation } else { annotation.label(label.as_str()) };
        let name = printable(run.name);
        let snippet = Snippet::source(text).path(name.as_str()).line_start(place.line).annotation(annotation);
        let title = format!("{}: {}", printable(&result.name), printable(&failure.message));
        let group = Level::ERROR.primary_title(title.as_str()).element(snippet);
        let renderer = if self.style.color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(self.style.width).render(&[group]) + "\n"
    }
}
