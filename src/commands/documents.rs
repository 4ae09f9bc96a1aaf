//! What every command over documents does: which files, one after another, the report, the sum of it.

use super::baseline::Known;
use super::choosing::RuleFlags;
use super::exit::{Exit, Fault};
use super::io::{Files, Io};
use super::mending::{self, MendFlags};
use super::names::Names;
use super::plan::{Judges, Plan, STDIN};
use super::reports::{ReportFlags, Reports};
use crate::input::batch::{self, Batch, Count, Expected};
use crate::input::judges::{Told, Unreadable};
use crate::input::split::{Kind, Layout};
use crate::input::walk::{self, Found};
use crate::json::Lines;
use crate::lint::{Checked, Document, Held, Summary, Verdict};
use crate::report::formats::Report as _;
use crate::report::human::printable;
use clap::Args;
use clap::builder::PossibleValue;
use std::io::{self, Read, Write};

/// What every linter can be told.
#[derive(Debug, Clone, Args)]
pub struct LintFlags {
    /// The inputs.
    #[command(flatten)]
    pub input: InputFlags,
    /// The reports.
    #[command(flatten)]
    pub report: ReportFlags,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleFlags,
}

/// How the files are read.
#[derive(Debug, Clone, Args)]
pub struct InputFlags {
    /// How a file holds its documents
    #[arg(long, value_parser = layout_parser(), default_value = "auto", value_name = "LAYOUT")]
    pub input: Layout,
    /// The name of what comes on standard input, for reports
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Do not call it an error when there is nothing to check
    #[arg(long)]
    pub allow_empty: bool,
}

const LAYOUTS: [(&str, Layout, &str); 5] = [
    ("auto", Layout::Auto, "what its content shows"),
    ("one", Layout::One, "one document, whatever it looks like"),
    ("lines", Layout::Lines, "one on each line (NDJSON)"),
    ("array", Layout::Array, "one in each item of an array"),
    ("log", Layout::Log, "among the lines of a function's log"),
];

fn layout_parser() -> Names<Layout> {
    let all = || LAYOUTS.iter().map(|(name, _, about)| PossibleValue::new(*name).help(*about)).collect();
    let read = |word: &str| LAYOUTS.iter().find(|(name, ..)| *name == word).map(|(_, layout, _)| *layout);
    Names { all, read }
}

/// Something that judges documents, as it is set for some files.
pub(super) trait Judging: Sync {
    /// What the documents should be.
    const KIND: Kind;

    /// The command that judges, as it names its runs in reports: words with hyphens.
    const COMMAND: &'static str;

    /// Judges one document.
    fn judge(&self, document: &Document<'_>) -> Checked;

    /// Whether nothing would be found in it, and nothing else be told of it, as far as a glance
    /// tells.
    fn surely_clean(&self, _document: &Document<'_>) -> bool {
        false
    }

    /// Whether there is something to tell of each document, clean ones too.
    fn has_verdicts(&self) -> bool {
        false
    }

    /// Whether a file is one document, if nobody says otherwise: it may hold anything.
    fn takes_anything(&self) -> bool {
        false
    }
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

/// What one command can be asked for and another cannot.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish {
    /// Say how the flavour of an event was found out.
    pub(super) why: bool,
    /// Mend what can be mended.
    pub(super) mend: MendFlags,
}

/// Judges the documents of the files in order, each by the judge that `plan` has for its file. A file
/// that cannot be read is told, and the others are judged.
pub(super) fn judge<J: Judging>(
    files: &[String],
    plan: Plan<'_, J>,
    flags: &LintFlags,
    wish: Wish,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let Wish { why, mend } = wish;
    let found = walk::files(files, J::KIND.endings());
    let stdin = flags.input.stdin_filename.as_deref();
    // A broken configuration ends the run before anything is judged.
    let judges = plan.judges(&found, stdin, io)?;
    if let Some(exit) = mending::mend(&found, &judges, flags, mend, io)? {
        return Ok(exit);
    }
    let known = Known::of(&flags.rules, io)?;
    let mut reports = Reports::start(&flags.report, J::COMMAND, why, judges.have_verdicts(), io)?;
    let tells_clean = reports.told.tells_clean();
    let judge = |document: &Document<'_>| {
        let judge = judges.of(document.name)?;
        if !tells_clean && judge.judging.surely_clean(document) {
            return None;
        }
        let checked = judge.judge(document);
        (tells_clean || !checked.is_silent()).then_some(checked)
    };
    let (mut sources, out, err) = io.split();
    let fails =
        |checked: &Checked| judges.of(&checked.source.name).is_some_and(|judge| judge.settings.fail(checked));
    let mut telling = Telling {
        reports: &mut reports,
        known,
        fails: &fails,
        tells_clean,
        summary: Summary::default(),
        without: Vec::new(),
        unreadable: false,
        failed: false,
        out,
        err,
    };
    telling.reports.told.begin(telling.out)?;
    let mut inputs = Inputs { flags: &flags.input, judges: &judges, without: Vec::new() };
    batch::run(&judge, &mut telling, |batch| inputs.give(found, &mut sources, batch))?;
    inputs.tell_without(&mut telling)?;
    let Telling { summary, unreadable, failed, known, .. } = telling;
    let written = reports.finish(&summary, io)?;
    if let Some(known) = known {
        known.finish(judges.names(), unreadable, flags.report.quiet, io)?;
    }
    Ok(match (unreadable || !written, failed) {
        (true, _) => Exit::Usage,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Clean,
    })
}

/// The files of a run.
struct Inputs<'i, J> {
    flags: &'i InputFlags,
    judges: &'i Judges<J>,
    /// The files without a document.
    without: Vec<String>,
}

impl<J: Judging> Inputs<'_, J> {
    /// Gives what was found to the batch.
    fn give(
        &mut self,
        found: Vec<Found>,
        sources: &mut Files<'_>,
        batch: &mut Batch<'_, '_, '_>,
    ) -> io::Result<()> {
        for found in found {
            match found {
                Found::Stdin => {
                    let name = self.flags.stdin_filename.as_deref().unwrap_or(STDIN);
                    self.read(name, sources.stdin(), batch)?;
                }
                Found::File(path) => self.read(&path.to_string_lossy(), sources.open(&path), batch)?,
                Found::Unreadable(name, why) => {
                    batch.unreadable(&name, format!("cannot read {name}: {why}"))?;
                }
                Found::Nothing(..) if self.flags.allow_empty => {}
                Found::Nothing(name, what) => batch.unreadable(&name, what)?,
            }
        }
        Ok(())
    }

    fn read(
        &mut self,
        name: &str,
        from: Result<Box<dyn Read + '_>, Fault>,
        batch: &mut Batch<'_, '_, '_>,
    ) -> io::Result<()> {
        let mut from = match from {
            Ok(from) => from,
            Err(fault) => return batch.unreadable(name, fault.message),
        };
        let asked = self.flags.input;
        let layout = self.judges.of(name).map_or(asked, |judge| judge.layout(asked));
        match batch.file(name, &mut *from, Expected { layout, kind: J::KIND })? {
            Count { documents: 0, metadata: true, .. } => {
                let message = format!(
                    "{name} holds what `aws lambda invoke` prints of an invocation, not the payload: \
                     that is in the file which its last argument names"
                );
                batch.unreadable(name, message)
            }
            Count { documents: 0, is_readable: true, .. } => {
                self.without.push(name.to_owned());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Says which files had no document: an error if nothing was checked at all.
    fn tell_without(&self, telling: &mut Telling<'_, '_>) -> io::Result<()> {
        let kind = J::KIND.name();
        let without = [self.without.as_slice(), &telling.without].concat();
        let files = match without.as_slice() {
            [] => return Ok(()),
            [file] => file.clone(),
            [first, others @ ..] => format!("{first}, nor in {} other files", others.len()),
        };
        let message = format!("there is no {kind} in {files}");
        match telling.summary.checked {
            0 if !self.flags.allow_empty => {
                telling.unreadable(Unreadable { name: without[0].clone(), message })
            }
            _ => writeln!(telling.err, "note: {}", printable(&message)),
        }
    }
}

/// The report that is being written, and the sum of it.
struct Telling<'t, 'f> {
    reports: &'t mut Reports,
    known: Option<Known<'f>>,
    fails: &'t dyn Fn(&Checked) -> bool,
    tells_clean: bool,
    summary: Summary,
    /// The files that hold no document.
    without: Vec<String>,
    unreadable: bool,
    failed: bool,
    out: &'t mut dyn Write,
    err: &'t mut dyn Write,
}

impl Telling<'_, '_> {
    /// Tells what a document turned out to be, where that is a word on standard error; whether it
    /// was one that can be judged at all.
    fn is_judged(&mut self, checked: &Checked) -> io::Result<bool> {
        let name = &checked.source.name;
        match &checked.verdict {
            Verdict::Policy(Held::Nothing) => self.without.push(name.clone()),
            Verdict::Policy(Held::Unreadable(message)) => {
                self.unreadable(Unreadable { name: name.clone(), message: message.clone() })?;
            }
            Verdict::Policy(Held::Template(_, left_out)) => {
                let lines = Lines::new(&checked.source.text);
                for (span, message) in left_out {
                    let place = checked.source.place(&lines, span.start);
                    let place = format!("{}:{}:{}", printable(name), place.line, place.column);
                    writeln!(self.err, "warning: {place}: {}", printable(message))?;
                }
                return Ok(true);
            }
            _ => return Ok(true),
        }
        self.summary.checked -= 1;
        Ok(false)
    }
}

impl Told for Telling<'_, '_> {
    fn judged(&mut self, documents: usize, checked: Vec<Checked>) -> io::Result<()> {
        self.summary.checked += documents;
        for mut checked in checked {
            if !self.is_judged(&checked)? {
                continue;
            }
            if let Some(known) = &mut self.known {
                self.summary.known += known.take(&mut checked);
            }
            self.summary.count(checked.distinct());
            self.failed |= (self.fails)(&checked);
            if self.tells_clean || !checked.is_clean() {
                self.reports.told.document(&checked, self.out)?;
            }
        }
        Ok(())
    }

    fn unreadable(&mut self, unreadable: Unreadable) -> io::Result<()> {
        self.unreadable = true;
        writeln!(self.err, "error: {}", printable(&unreadable.message))?;
        self.reports.told.unreadable(&unreadable.name, &unreadable.message, self.out)
    }
}
