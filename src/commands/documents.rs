//! What every command over documents does: which files, one after another, the report, the sum of it.

use super::exit::{Exit, Fault};
use super::io::Io;
use super::reports::{ReportFlags, Reports};
use crate::lint::{Checked, Document, Summary};
use crate::report::formats::Report as _;
use clap::Args;
use std::io::Write as _;

/// What every linter can be told.
#[derive(Debug, Args)]
pub struct LintFlags {
    /// The reports.
    #[command(flatten)]
    pub report: ReportFlags,
}

/// Something that judges documents.
pub(super) trait Judging {
    /// The command that judges, as it names its runs in reports: words with hyphens.
    fn command(&self) -> &'static str;

    /// Judges one document.
    fn judge(&self, document: &Document<'_>) -> Checked;
}

/// The files to judge: those named, else standard input unless a person sits there.
pub(super) fn named(files: &[String], what: &str, help: &str, io: &Io) -> Result<Vec<String>, Fault> {
    if !files.is_empty() {
        return Ok(files.to_vec());
    }
    if io.terminal.stdin {
        let message = format!("there is nothing to judge: name a file, or pipe {what} in");
        return Err(Fault::usage(message).hint(help));
    }
    Ok(vec!["-".to_owned()])
}

/// Judges the files in order. One that cannot be read is told, and the others are judged.
pub(super) fn judge(
    files: &[String],
    judging: &impl Judging,
    flags: &LintFlags,
    why: bool,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let mut reports = Reports::start(&flags.report, judging.command(), why, io)?;
    let report = &mut reports.told;
    let mut summary = Summary::default();
    let mut unreadable = false;
    report.begin(&mut io.out)?;
    for file in files {
        let name = if file == "-" { "<stdin>" } else { file };
        match io.read(file) {
            Ok(bytes) => {
                let checked = judging.judge(&Document::whole(name, &bytes));
                summary.add(checked.distinct());
                if report.tells_clean() || !checked.is_clean() {
                    report.document(&checked, &mut io.out)?;
                }
            }
            Err(fault) => {
                unreadable = true;
                writeln!(io.err, "error: {fault}")?;
                report.unreadable(name, &fault.message, &mut io.out)?;
            }
        }
    }
    let written = reports.finish(&summary, io)?;
    Ok(match (unreadable || !written, summary.errors) {
        (true, _) => Exit::Usage,
        (false, 0) => Exit::Clean,
        (false, _) => Exit::Findings,
    })
}
