//! TAP, version 14: a test point for each case, with a block of YAML below one that failed.

use super::{Format, SuiteReport, SuiteRun, diff, lines, milliseconds, printable};
use crate::suite::{Totals, Verdict};
use serde_json::Value;
use std::io::{self, Write};
use std::time::Duration;

pub(super) static FORMAT: Format =
    Format { name: "tap", about: "TAP, version 14", start: |_| Box::new(Tap { number: 0 }) };

struct Tap {
    number: usize,
}

impl SuiteReport for Tap {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"TAP version 14\n")
    }

    fn suite(&mut self, run: &SuiteRun<'_>, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# {}", printable(run.name))?;
        for result in run.results {
            self.number += 1;
            let name = description(&result.name);
            let (ok, directive) = match &result.verdict {
                Verdict::Passed => ("ok", String::new()),
                Verdict::Skipped(why) => ("ok", format!(" # SKIP {}", description(why))),
                Verdict::Failed(_) | Verdict::Broken(..) => ("not ok", String::new()),
            };
            writeln!(out, "{ok} {} - {name}{directive}", self.number)?;
            if ok == "not ok" {
                // JSON is YAML, too.
                let told = |text: String| Value::from(text);
                writeln!(out, "  ---\n  duration_ms: {}\n  failures:", milliseconds(result.took))?;
                for line in lines(run, result) {
                    writeln!(out, "    - {}", told(line))?;
                }
                if let Verdict::Failed(failures) = &result.verdict {
                    let diffs: String = failures.iter().map(diff).collect();
                    if !diffs.is_empty() {
                        writeln!(out, "  diff: {}", told(diffs))?;
                    }
                }
                writeln!(out, "  ...")?;
            }
        }
        Ok(())
    }

    fn end(&mut self, _: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "1..{}", self.number)
    }
}

/// A description, which a number sign would end.
fn description(text: &str) -> String {
    printable(text).replace('\\', "\\\\").replace('#', "\\#")
}
