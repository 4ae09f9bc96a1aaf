//! The suites that the words of the command line name.

use super::super::event_from::mistaken;
use super::super::exit::Fault;
use super::super::io::Io;
use super::kept;
use crate::input::walk::{self, Found};
use crate::report::human::printable;
use crate::suite::{ENDINGS, Snapshots, Suite, Variables};
use crate::template::Document;
use std::path::{Path, PathBuf};

/// A suite and its file.
pub(super) struct Loaded {
    /// The path as people call it.
    pub(super) name: String,
    /// The directory that its paths count from.
    pub(super) directory: PathBuf,
    /// The suite.
    pub(super) suite: Suite,
    /// Its snapshots.
    pub(super) snapshots: Snapshots,
    /// The file of its snapshots.
    pub(super) kept: PathBuf,
}

/// Reads all of them before anything runs.
///
/// # Errors
/// The first suite that cannot be read, with the place of its mistake.
pub(super) fn suites(paths: &[String], io: &mut Io) -> Result<Vec<Loaded>, Fault> {
    let here = [".".to_owned()];
    let words = if paths.is_empty() { &here[..] } else { paths };
    let mut loaded = Vec::new();
    for found in walk::files(words, &ENDINGS) {
        match found {
            Found::File(path) => loaded.push(load(&path.to_string_lossy(), io)?),
            Found::Stdin => {
                return Err(Fault::usage("a suite is a file: its paths count from its directory"));
            }
            Found::Nothing(_, what) => {
                return Err(Fault::usage(what).hint("write a suite: `apigw test --help` shows one"));
            }
            Found::Unreadable(name, why) => {
                return Err(Fault::usage(format!("cannot read {}: {why}", printable(&name))));
            }
        }
    }
    Ok(loaded)
}

fn load(name: &str, io: &mut Io) -> Result<Loaded, Fault> {
    let text = super::super::event_from::text_of(name, io)?;
    let read = Document::parse(name, text.as_str())
        .and_then(|document| Suite::read(document, Variables::of_env(io.env.clone())));
    let suite = read.map_err(|mistake| mistaken(name, &text, mistake))?;
    let path = Path::new(name);
    let directory = path.parent().map(Path::to_owned).unwrap_or_default();
    let kept = kept::path(path);
    let snapshots = kept::read(&kept, io)?;
    Ok(Loaded { name: name.to_owned(), directory, suite, snapshots, kept })
}

impl Loaded {
    /// A path of the suite, from the directory of the run.
    pub(super) fn path(&self, name: &str) -> String {
        self.directory.join(name).to_string_lossy().into_owned()
    }

    /// A place in the suite: `file:line:column`.
    pub(super) fn place(&self, byte: usize) -> String {
        let place = self.suite.document.place(byte);
        format!("{}:{}:{}", printable(&self.name), place.line, place.column)
    }
}
