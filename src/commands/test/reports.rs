//! The reports of a run: which ones, and where each goes.

use super::super::exit::Fault;
use super::super::io::{Io, plain};
use super::super::names::Names;
use super::super::replacement::Replacement;
use super::Test;
use crate::report::human::{Style, printable};
use crate::report::suite::{self, Format, Options, SuiteReport, SuiteRun};
use crate::suite::Totals;
use clap::builder::PossibleValue;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, Write as _};
use std::time::Instant;

/// A report that goes to a file.
#[derive(Debug, Clone)]
pub struct InFile {
    /// Its format.
    pub format: &'static Format,
    /// The file.
    pub file: String,
}

pub(super) fn format_parser() -> Names<&'static Format> {
    Names {
        all: || suite::ALL.iter().map(|format| PossibleValue::new(format.name).help(format.about)).collect(),
        read: suite::find,
    }
}

/// Reads `FORMAT=FILE`.
pub(super) fn in_file(text: &str) -> Result<InFile, String> {
    let (name, file) = text.split_once('=').unwrap_or((text, ""));
    let Some(format) = suite::find(name) else {
        let names: Vec<_> = suite::ALL.iter().map(|format| format.name).collect();
        return Err(format!("`{name}` is no format; there are {}", names.join(", ")));
    };
    match file {
        "" => Err(format!("the file is missing: {name}=FILE")),
        file => Ok(InFile { format, file: file.to_owned() }),
    }
}

/// The reports of a run that goes on.
pub(super) struct Reports {
    printed: Box<dyn SuiteReport>,
    files: Vec<File>,
    totals: Totals,
    begun: Instant,
}

struct File {
    name: String,
    report: Box<dyn SuiteReport>,
    out: Replacement,
    broken: Option<io::Error>,
}

impl Reports {
    /// Begins all of them.
    ///
    /// # Errors
    /// Files that cannot be written, and two reports for one file.
    pub(super) fn start(args: &Test, io: &mut Io) -> Result<Self, Fault> {
        let options = Options { style: io.out_style(), directory: io.directory() };
        let mut printed = (args.format.unwrap_or(suite::DEFAULT).start)(options.clone());
        let mut files: Vec<File> = Vec::new();
        for InFile { format, file } in &args.report {
            if files.iter().any(|other| other.name == *file) {
                return Err(Fault::usage(format!("two reports go to {}", printable(file))));
            }
            let cannot = |error| Fault::usage(format!("cannot write {}: {}", printable(file), plain(&error)));
            let out = Replacement::of(file).map_err(cannot)?;
            let report = (format.start)(Options { style: Style::PLAIN, ..options.clone() });
            files.push(File { name: file.clone(), report, out, broken: None });
        }
        printed.begin(&mut io.out)?;
        for file in &mut files {
            file.broken = file.report.begin(&mut file.out).err();
        }
        Ok(Self { printed, files, totals: Totals::default(), begun: Instant::now() })
    }

    /// Tells of a suite.
    ///
    /// # Errors
    /// Those of printing; a file that cannot be written is told at the end.
    pub(super) fn suite(&mut self, run: &SuiteRun<'_>, io: &mut Io) -> Result<(), Fault> {
        self.totals.join(run.totals);
        for file in self.files.iter_mut().filter(|file| file.broken.is_none()) {
            file.broken = file.report.suite(run, &mut file.out).err();
        }
        self.printed.suite(run, &mut io.out)?;
        io.out.flush()?;
        Ok(())
    }

    /// Ends all of them; whether they could be written.
    ///
    /// # Errors
    /// Those of printing.
    pub(super) fn finish(mut self, io: &mut Io) -> Result<bool, Fault> {
        let took = self.begun.elapsed();
        let mut written = true;
        for mut file in self.files {
            let done = match file.broken {
                Some(error) => Err(error),
                None => file.report.end(&self.totals, took, &mut file.out).and_then(|()| file.out.commit()),
            };
            if let Err(error) = done {
                writeln!(io.err, "error: cannot write {}: {}", printable(&file.name), plain(&error))?;
                written = false;
            }
        }
        self.printed.end(&self.totals, took, &mut io.out)?;
        Ok(written)
    }
}

/// A bar on standard error, where that is a terminal and people read the report.
pub(super) fn progress(cases: usize, args: &Test, io: &Io) -> ProgressBar {
    if !io.terminal.stderr || args.format.is_some_and(|format| format.name != suite::DEFAULT.name) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(cases as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} cases, {elapsed}");
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
