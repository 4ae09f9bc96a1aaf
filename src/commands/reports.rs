//! The reports of a linter's run: which ones, and where each goes.

use super::exit::Fault;
use super::io::{Io, plain};
use super::names::Names;
use super::replacement::Replacement;
use crate::lint::Summary;
use crate::report::formats::{self, Format, Options, Report as _, Several};
use crate::report::human::{self, printable};
use clap::Args;
use clap::builder::PossibleValue;
use std::io::{self, Write as _};

/// How the findings of a linter are reported.
#[derive(Debug, Clone, Args)]
pub struct ReportFlags {
    /// How to print the findings [default: human]
    #[arg(long, value_parser = format_parser(), value_name = "FORMAT")]
    pub format: Option<&'static Format>,
    /// Also write a report to a file, in any of these formats; may be repeated. A file that cannot be
    /// written makes the exit code 2
    #[arg(long, value_parser = in_file, value_name = "FORMAT=FILE")]
    pub report: Vec<InFile>,
    /// Say nothing of what is in order: no summary, and nothing of documents without findings
    #[arg(long, short)]
    pub quiet: bool,
}

/// A report that goes to a file.
#[derive(Debug, Clone)]
pub struct InFile {
    /// Its format.
    pub format: &'static Format,
    /// The file; `-` is standard output.
    pub file: String,
}

fn format_parser() -> Names<&'static Format> {
    let all = || {
        let value = |format: &&Format| PossibleValue::new(format.name).help(format.about);
        formats::ALL.iter().map(value).collect()
    };
    Names { all, read: formats::find }
}

/// Reads `FORMAT=FILE`.
fn in_file(text: &str) -> Result<InFile, String> {
    let (name, file) = text.split_once('=').unwrap_or((text, ""));
    let Some(format) = formats::find(name) else {
        let names: Vec<_> = formats::ALL.iter().map(|format| format.name).collect();
        return Err(format!("`{name}` is no format; there are {}", names.join(", ")));
    };
    if file.is_empty() {
        return Err(format!("the file is missing: {name}=FILE"));
    }
    Ok(InFile { format, file: file.to_owned() })
}

/// The reports of a run that goes on.
pub(super) struct Reports {
    /// All of them as one.
    pub(super) told: Several<Replacement>,
    names: Vec<String>,
    /// Files that could not even be begun.
    failed: Vec<(String, io::Error)>,
    sums_up: bool,
}

impl Reports {
    /// Begins the reports of a command.
    ///
    /// # Errors
    /// A usage fault if two reports go to one place.
    pub(super) fn start(
        flags: &ReportFlags,
        command: &'static str,
        why: bool,
        verdicts: bool,
        io: &Io,
    ) -> Result<Self, Fault> {
        let (printed, files): (Vec<_>, Vec<_>) = flags.report.iter().partition(|report| report.file == "-");
        let printed = printed.into_iter().map(|report| report.format);
        let mut printed = flags.format.into_iter().chain(printed);
        let format = printed.next().unwrap_or(formats::DEFAULT);
        if let Some(other) = printed.next() {
            let (one, other) = (format.name, other.name);
            return Err(Fault::usage(format!("{one} and {other} both go to standard output"))
                .hint(format!("write one of them to a file: --report {other}=FILE")));
        }
        let options = Options { style: io.out_style(), why, verdicts, directory: io.directory(), command };
        let told = Several::new((format.start)(options.clone()), !(flags.quiet && format.for_people));
        let (names, failed) = (Vec::new(), Vec::new());
        let mut reports = Self { told, names, failed, sums_up: format.for_people && !flags.quiet };
        let options = Options { style: human::Style::PLAIN, ..options };
        for InFile { format, file } in files {
            if reports.names.contains(file) {
                return Err(Fault::usage(format!("two reports go to {}", printable(file))));
            }
            match Replacement::of(file) {
                Ok(out) => {
                    reports.told.add((format.start)(options.clone()), out);
                    reports.names.push(file.clone());
                }
                Err(error) => reports.failed.push((file.clone(), error)),
            }
        }
        Ok(reports)
    }

    /// Ends the reports, puts the files into their places, and sums up for people. Whether all of
    /// them could be written; those that could not are told on standard error.
    ///
    /// # Errors
    /// Those of printing.
    pub(super) fn finish(mut self, summary: &Summary, io: &mut Io) -> Result<bool, Fault> {
        let printed = self.told.end(summary, &mut io.out);
        for (target, name) in self.told.into_targets().into_iter().zip(self.names) {
            if let Err(error) = target.broken.map_or_else(|| target.out.commit(), Err) {
                self.failed.push((name, error));
            }
        }
        printed?;
        io.out.flush()?;
        for (name, error) in &self.failed {
            writeln!(io.err, "error: cannot write {}: {}", printable(name), plain(error))?;
        }
        if self.sums_up {
            let style = io.err_style();
            io.err.write_all(human::summary(summary, style).as_bytes())?;
        }
        Ok(self.failed.is_empty())
    }
}
