//! `--fix` and `--diff`: files whose documents are mended, and what that changes.

use super::documents::{InputFlags, Judging, LintFlags};
use super::event_from::cannot;
use super::exit::{Exit, Fault};
use super::io::Io;
use super::plan::{Judge, Judges, STDIN};
use super::replacement::Replacement;
use crate::input::split::{Piece, Splitter};
use crate::input::walk::Found;
use crate::lint::{Document, fix};
use crate::report::human::{counted, printable};
use clap::Args;
use similar::TextDiff;
use std::io::{Cursor, Write as _};

/// Whether to mend what can be mended.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct MendFlags {
    /// Mend what is mechanical in the files, and tell of what is left; standard input is printed mended
    #[arg(long)]
    pub fix: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long)]
    pub diff: bool,
}

impl MendFlags {
    /// Whether something is to be mended.
    pub(super) fn any(self) -> bool {
        self.fix || self.diff
    }
}

/// What came of mending.
#[derive(Debug, Default)]
struct Mended {
    findings: usize,
    files: usize,
    unreadable: bool,
    /// Whether something would be left that makes a run fail.
    fails: bool,
}

/// Mends the files that were found, or prints how they would change; that alone ends the run.
///
/// # Errors
/// Faults of writing; a file that cannot be read is left to those who judge it afterwards.
pub(super) fn mend<J: Judging>(
    found: &[Found],
    judges: &Judges<J>,
    flags: &LintFlags,
    mend: MendFlags,
    io: &mut Io,
) -> Result<Option<Exit>, Fault> {
    if !mend.any() {
        return Ok(None);
    }
    let mended = mend_all(found, judges, &flags.input, mend, io)?;
    if !flags.report.quiet {
        mended.tell(mend, io)?;
    }
    Ok(mend.diff.then(|| mended.exit()))
}

fn mend_all<J: Judging>(
    found: &[Found],
    judges: &Judges<J>,
    input: &InputFlags,
    flags: MendFlags,
    io: &mut Io,
) -> Result<Mended, Fault> {
    let mut mended = Mended::default();
    for found in found {
        let (name, path) = match found {
            Found::Stdin => {
                (input.stdin_filename.clone().unwrap_or_else(|| STDIN.to_owned()), "-".to_owned())
            }
            Found::File(path) => (path.to_string_lossy().into_owned(), path.to_string_lossy().into_owned()),
            Found::Unreadable(..) | Found::Nothing(..) => continue,
        };
        let Some(judge) = judges.of(&name) else { continue };
        let bytes = match io.read(&path) {
            Ok(bytes) => bytes,
            Err(fault) if flags.diff => {
                mended.unreadable = true;
                writeln!(io.err, "error: {fault}")?;
                continue;
            }
            Err(_) => continue,
        };
        let new = mended.file(&name, &bytes, judge, input, flags);
        match new {
            Some(new) if flags.diff => io.out.write_all(difference(&name, &bytes, &new).as_bytes())?,
            Some(new) if path != "-" => write(&path, &bytes, &new, io)?,
            None if flags.diff => {}
            new if path == "-" => print(new.unwrap_or(bytes), io)?,
            _ => {}
        }
    }
    Ok(mended)
}

impl Mended {
    /// The file with its documents mended, if that changes anything.
    fn file<J: Judging>(
        &mut self,
        name: &str,
        bytes: &[u8],
        judge: &Judge<J>,
        input: &InputFlags,
        flags: MendFlags,
    ) -> Option<Vec<u8>> {
        let mut pieces = Vec::new();
        Splitter::new(judge.layout(input.input), J::KIND).split(bytes, true, &mut pieces).ok()?;
        let (mut new, mut at, before) = (Vec::with_capacity(bytes.len()), 0, self.findings);
        for Piece { index, start, range } in pieces {
            let document = Document { name, index, start, bytes: bytes.get(range.clone())? };
            if judge.judging.surely_clean(&document) {
                continue;
            }
            let fixed = fix(&document, &|document| judge.judge(document));
            // Where files are written they are judged anew anyway.
            if flags.diff {
                let bytes = fixed.as_ref().map_or(document.bytes, |fixed| fixed.text.as_bytes());
                self.fails |= judge.settings.fail(&judge.judge(&Document { bytes, ..document }));
            }
            if let Some(fixed) = &fixed {
                new.extend_from_slice(bytes.get(at..range.start)?);
                new.extend_from_slice(fixed.text.as_bytes());
                at = range.end;
                self.findings += fixed.mended;
            }
        }
        if self.findings == before {
            return None;
        }
        self.files += 1;
        new.extend_from_slice(bytes.get(at..)?);
        Some(new)
    }

    /// `Fixed 3 findings in 2 files`.
    fn tell(&self, flags: MendFlags, io: &mut Io) -> Result<(), Fault> {
        let (findings, files) = (counted(self.findings, "finding"), counted(self.files, "file"));
        match (self.findings, flags.diff) {
            (0, true) => writeln!(io.err, "There is nothing to fix")?,
            (0, false) => {}
            (_, true) => writeln!(io.err, "Would fix {findings} in {files}")?,
            (_, false) => writeln!(io.err, "Fixed {findings} in {files}")?,
        }
        Ok(())
    }

    /// How a run ends that only shows what would change.
    fn exit(&self) -> Exit {
        match self {
            Self { unreadable: true, .. } => Exit::Usage,
            Self { files: 0, fails: false, .. } => Exit::Clean,
            _ => Exit::Findings,
        }
    }
}

/// The change as `patch` reads it.
fn difference(name: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let name = printable(name);
    TextDiff::from_lines(&*old, &*new)
        .unified_diff()
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// Puts the mended file into the place of the old one, unless somebody else has changed that.
fn write(path: &str, old: &[u8], new: &[u8], io: &mut Io) -> Result<(), Fault> {
    let mut file = Replacement::of(path).map_err(|error| cannot("write", path, &error))?;
    file.write_all(new).map_err(|error| cannot("write", path, &error))?;
    if io.read(path)? != old {
        let message = format!("{} was changed while it was mended: nothing is written", printable(path));
        return Err(Fault::usage(message).hint("run the command again"));
    }
    file.commit().map_err(|error| cannot("write", path, &error))
}

/// Prints what came on standard input, mended; what is left to tell of it goes to standard error.
fn print(text: Vec<u8>, io: &mut Io) -> Result<(), Fault> {
    io.out.write_all(&text)?;
    io.out.flush()?;
    io.tell_on_error_stream();
    io.give_stdin(Box::new(Cursor::new(text)));
    Ok(())
}
