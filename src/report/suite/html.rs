//! One page of HTML that stands alone: no script, nothing from elsewhere, in dark and light.

use super::{Format, SuiteReport, SuiteRun, diff, in_one_line, milliseconds};
use crate::report::formats::junit::escaped;
use crate::suite::{CaseResult, Totals, Verdict};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

pub(super) static FORMAT: Format = Format {
    name: "html",
    about: "one page of HTML that stands alone",
    start: |_| Box::new(Html { suites: String::new() }),
};

const STYLE: &str = include_str!("html.css");

/// How much of a body is shown, in characters.
const BODY: usize = 20_000;

struct Html {
    suites: String,
}

impl SuiteReport for Html {
    fn suite(&mut self, run: &SuiteRun<'_>, _: &mut dyn Write) -> io::Result<()> {
        let Totals { passed, failed, skipped, .. } = run.totals;
        let took = milliseconds(run.took);
        let (name, target) = (escaped(run.name), escaped(&run.target));
        // Writing to a string cannot fail.
        let _ = write!(
            self.suites,
            "<section>\n<h2>{name}</h2>\n<p class=\"about\">{target} · {passed} passed, {failed} failed, \
             {skipped} skipped · {took} ms</p>\n"
        );
        for result in run.results {
            self.suites.push_str(&case(run, result));
        }
        self.suites.push_str("</section>\n");
        Ok(())
    }

    fn end(&mut self, totals: &Totals, took: Duration, out: &mut dyn Write) -> io::Result<()> {
        let Totals { passed, failed, skipped, .. } = *totals;
        let (all, took, suites) = (totals.all(), milliseconds(took), &self.suites);
        let share = |part: usize| part as f64 * 100.0 / all.max(1) as f64;
        let (good, bad, left) = (share(passed), share(failed), share(skipped));
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{passed} of {all} cases passed</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <main>\n<h1>{passed} of {all} cases passed</h1>\n\
             <p class=\"about\">{failed} failed, {skipped} skipped · {took} ms</p>\n\
             <div class=\"bar\" role=\"img\" aria-label=\"{passed} passed, {failed} failed, {skipped} skipped\">\
             <i class=\"passed\" style=\"width:{good:.2}%\"></i><i class=\"failed\" style=\"width:{bad:.2}%\"></i>\
             <i class=\"skipped\" style=\"width:{left:.2}%\"></i></div>\n{suites}</main>\n</body>\n</html>\n"
        )
    }
}

fn case(run: &SuiteRun<'_>, result: &CaseResult) -> String {
    let (class, word) = match &result.verdict {
        Verdict::Passed => ("passed", "passed"),
        Verdict::Skipped(_) => ("skipped", "skipped"),
        Verdict::Failed(_) | Verdict::Broken(..) => ("failed", "failed"),
    };
    let open = if class == "failed" { " open" } else { "" };
    let tries = if result.tries > 1 { format!(", {} tries", result.tries) } else { String::new() };
    let (name, took) = (escaped(&result.name), milliseconds(result.took));
    let line = run.place(result.span.start).line;
    let mut text = format!(
        "<details class=\"{class}\"{open}>\n<summary><b>{word}</b> <span>{name}</span> \
         <small>line {line} · {took} ms{tries}</small></summary>\n"
    );
    let mut part = |title: &str, content: &str| {
        if !content.trim().is_empty() {
            let _ = write!(text, "<h3>{title}</h3>\n<pre>{}</pre>\n", escaped(content.trim_end()));
        }
    };
    match &result.verdict {
        Verdict::Passed => {}
        Verdict::Skipped(why) => part("Why", why),
        Verdict::Broken(kind, message) => part("Trouble", &format!("{kind}: {message}")),
        Verdict::Failed(failures) => {
            for failure in failures {
                part("Not as expected", &format!("{}\n{}", in_one_line(run, failure), diff(failure)));
            }
        }
    }
    part("Asked", &result.asked);
    if let Some(response) = &result.response {
        let fields = response.headers.iter().map(|(name, value)| format!("{name}: {value}\n"));
        let (body, is_base64) = response.body.to_report();
        let body: String = body.chars().take(BODY).collect();
        let note = if is_base64 { "(base64)\n" } else { "" };
        part(
            "Answered",
            &format!("{}\n{}\n{note}{body}", response.status_line(), fields.collect::<String>()),
        );
    }
    part("Log", &result.logs.join("\n"));
    part("Again", &result.notes.join("\n"));
    text + "</details>\n"
}
