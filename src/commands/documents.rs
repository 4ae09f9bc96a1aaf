//! What every command over documents does: which files, one after another, the report, the sum of it.

use super::baseline::Known;
use super::choosing::RuleFlags;
use super::exit::{Exit, Fault};
use super::io::Io;
use super::names::Names;
use super::plan::Plan;
use crate::lint::{Checked, Document, Summary};
use crate::report::formats::{self, Format, Options};
use crate::report::human;
use clap::Args;
use clap::builder::PossibleValue;
use std::io::Write as _;

/// What every linter can be told.
#[derive(Debug, Args)]
pub struct LintFlags {
    /// The reports.
    #[command(flatten)]
    pub report: ReportFlags,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleFlags,
}

/// How the findings of a linter are reported.
#[derive(Debug, Args)]
pub struct ReportFlags {
    /// How to print the findings
    #[arg(long, value_parser = format_parser(), default_value = "human", value_name = "FORMAT")]
    pub format: &'static Format,
}

fn format_parser() -> Names<&'static Format> {
    let all = || {
        let value = |format: &&Format| PossibleValue::new(format.name).help(format.about);
        formats::ALL.iter().map(value).collect()
    };
    Names { all, read: formats::find }
}

/// Something that judges documents, as it is set for some files.
pub(super) trait Judging {
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

/// Judges the files in order, each by a judge that `plan` has for it. One that cannot be read is
/// told, and the others are judged.
pub(super) fn judge<J: Judging>(
    files: &[String],
    mut plan: Plan<'_, J>,
    flags: &LintFlags,
    why: bool,
    io: &mut Io,
) -> Result<Exit, Fault> {
    // A broken configuration ends the run before anything is judged.
    let judges = files.iter().map(|file| plan.judge_of(file, io)).collect::<Result<Vec<_>, _>>()?;
    let mut known = Known::of(&flags.rules, io)?;
    let mut report = (flags.report.format.start)(Options { style: io.out_style(), why });
    let mut summary = Summary::default();
    let (mut unreadable, mut failed) = (false, false);
    report.begin(&mut io.out)?;
    for (file, judge) in files.iter().zip(judges) {
        let name = if file == "-" { "<stdin>" } else { file };
        match io.read(file) {
            Ok(bytes) => {
                let mut checked = judge.judge(&Document::whole(name, &bytes));
                summary.known += known.as_mut().map_or(0, |known| known.take(file, &mut checked));
                summary.add(checked.distinct());
                failed |= judge.settings.fail(&checked);
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
    report.end(&summary, &mut io.out)?;
    if flags.report.format.for_people {
        io.out.flush()?;
        let style = io.err_style();
        io.err.write_all(human::summary(&summary, style).as_bytes())?;
    }
    if let Some(known) = known {
        known.finish(unreadable, io)?;
    }
    Ok(match (unreadable, failed) {
        (true, _) => Exit::Usage,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Clean,
    })
}
