//! Workflow commands of GitHub Actions: an annotation on the line of each expectation that fails.

use super::{Format, SuiteReport, SuiteRun, diff};
use crate::json::Span;
use crate::report::formats::github::{message, property};
use crate::report::formats::paths::relative;
use crate::suite::Verdict;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "github",
    about: "annotations of GitHub Actions",
    start: |options| Box::new(GitHub { directory: options.directory }),
};

struct GitHub {
    directory: String,
}

impl SuiteReport for GitHub {
    fn suite(&mut self, run: &SuiteRun<'_>, out: &mut dyn Write) -> io::Result<()> {
        let file = property(&relative(run.name, &self.directory));
        let mut tell = |kind: &str, span: Span, title: &str, text: &[String]| {
            let place = run.place(span.start);
            let text: Vec<_> = text.iter().flat_map(|text| text.lines()).map(message).collect();
            let (line, column, title) = (place.line, place.column, property(title));
            writeln!(out, "::{kind} file={file},line={line},col={column},title={title}::{}", text.join("%0A"))
        };
        for result in run.results {
            match &result.verdict {
                Verdict::Passed => {}
                Verdict::Skipped(why) => {
                    tell("notice", result.span, &result.name, &[format!("skipped: {why}")])?;
                }
                Verdict::Broken(kind, why) => {
                    tell("error", result.span, &result.name, &[format!("{kind}: {why}")])?;
                }
                Verdict::Failed(failures) => {
                    for failure in failures {
                        let text = [failure.message.clone(), failure.label.clone(), diff(failure)];
                        tell("error", failure.span, &result.name, &text)?;
                    }
                }
            }
        }
        Ok(())
    }
}
