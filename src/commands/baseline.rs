//! `--baseline` and `--write-baseline`: the file of known findings, read before anything is judged
//! and written when everything was.

use super::choosing::RuleFlags;
use super::configured::{absolute, slashed};
use super::event_from::{cannot, mistaken};
use super::exit::Fault;
use super::io::Io;
use super::plan::STDIN;
use super::replacement::Replacement;
use crate::lint::{Baseline, Checked};
use crate::report::human::printable;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The known findings of a run.
pub(super) struct Known<'f> {
    baseline: Baseline,
    path: &'f str,
    directory: PathBuf,
    writes: bool,
}

impl<'f> Known<'f> {
    /// Reads the baseline that the flags name, or begins the one that is to be written.
    ///
    /// # Errors
    /// A usage fault with the place of what is wrong in it.
    pub(super) fn of(flags: &'f RuleFlags, io: &mut Io) -> Result<Option<Self>, Fault> {
        let (path, writes) = match (&flags.baseline, &flags.write_baseline) {
            (Some(path), _) => (path, false),
            (None, Some(path)) => (path, true),
            (None, None) => return Ok(None),
        };
        let directory = absolute(Path::new(path))?.parent().map(Path::to_owned).unwrap_or_default();
        let baseline = if writes { Baseline::default() } else { read(path, io)? };
        Ok(Some(Self { baseline, path, directory, writes }))
    }

    /// Takes away what is known of a document, or notes what it has; says how much that was.
    pub(super) fn take(&mut self, checked: &mut Checked) -> usize {
        let file = self.name(&checked.source.name);
        if self.writes {
            return self.baseline.learn(&file, checked);
        }
        self.baseline.hide(&file, checked)
    }

    /// The path from the directory of the baseline, so that a run from elsewhere finds it again.
    fn name(&self, file: &str) -> String {
        if file == STDIN {
            return file.to_owned();
        }
        let path = absolute(Path::new(file)).ok();
        let below = path.as_deref().and_then(|path| path.strip_prefix(&self.directory).ok());
        below.map_or_else(|| file.to_owned(), slashed)
    }

    /// Writes the baseline, unless something could not be read; or says what of it is of no more use,
    /// in these files.
    ///
    /// # Errors
    /// Faults of writing.
    pub(super) fn finish<'n>(
        &self,
        files: impl Iterator<Item = &'n str>,
        unreadable: bool,
        quiet: bool,
        io: &mut Io,
    ) -> Result<(), Fault> {
        let path = printable(self.path);
        if self.writes && unreadable {
            return Err(Fault::usage(format!("{path} is not written, because something could not be read")));
        }
        if self.writes {
            self.write()?;
        }
        if quiet || unreadable {
            return Ok(());
        }
        if self.writes {
            let known = counted(self.baseline.len());
            writeln!(io.err, "note: {path} knows {known}; hide them with --baseline")?;
            return Ok(());
        }
        let checked: BTreeSet<_> = files.map(|file| self.name(file)).collect();
        let stale = self.baseline.stale(|file| checked.contains(file));
        if stale > 0 {
            let stale = counted(stale);
            writeln!(io.err, "note: {stale} of {path} not found again; write it anew with --write-baseline")?;
        }
        Ok(())
    }

    fn write(&self) -> Result<(), Fault> {
        let write = || {
            let mut file = Replacement::of(self.path)?;
            file.write_all(self.baseline.render().as_bytes())?;
            file.commit()
        };
        write().map_err(|error: std::io::Error| cannot("write", self.path, &error))
    }
}

/// `1 finding`, `2 findings`.
fn counted(findings: usize) -> String {
    if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") }
}

fn read(path: &str, io: &mut Io) -> Result<Baseline, Fault> {
    let bytes = io.read(path)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Fault::usage(format!("{} is no baseline: it is not UTF-8", printable(path))))?;
    Baseline::parse(&text).map_err(|mistake| mistaken(path, &text, mistake))
}
