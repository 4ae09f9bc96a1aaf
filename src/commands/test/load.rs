//! The suites that the words of the command line name.

use super::super::event_from::mistaken;
use super::super::exit::Fault;
use super::super::io::Io;
use super::{Test, kept};
use crate::import::curl::for_shell;
use crate::input::walk::{self, Found};
use crate::report::human::printable;
use crate::suite::{ENDINGS, Snapshots, Suite, Target, Variables};
use crate::template::Document;
use serde_json::Value;
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
    /// The words of the command line that name it.
    pub(super) words: String,
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
    let words = for_shell(name);
    Ok(Loaded { name: name.to_owned(), directory, suite, snapshots, kept, words })
}

/// The cases of an OpenAPI document, for each of the targets that the command line names.
///
/// # Errors
/// Documents and targets that cannot be read, with the place of the mistake.
pub(super) fn described(name: &str, args: &Test, io: &mut Io) -> Result<Vec<Loaded>, Fault> {
    let text = super::super::event_from::text_of(name, io)?;
    let document = Document::parse(name, text.as_str()).map_err(|mistake| mistaken(name, &text, mistake))?;
    let bases = match (args.target.as_slice(), args.paths.is_empty()) {
        ([], true) => {
            let fault = Fault::usage("--openapi needs somebody to ask: a suite with a target, or --target");
            return Err(
                fault.hint("such as --target bin=./bootstrap, or --target url=https://api.example.com")
            );
        }
        ([], false) => suites(&args.paths, io)?,
        (settings, _) => vec![of_settings(settings, &document)?],
    };
    let described = |base: Loaded| {
        let suite = base.suite.with_cases_of(document.clone());
        let suite = suite.map_err(|mistake| mistaken(name, &text, mistake))?;
        let words = format!("{} --openapi {}", base.words, for_shell(name));
        let (snapshots, kept) = (Snapshots::default(), kept::path(Path::new(name)));
        Ok(Loaded { name: name.to_owned(), suite, snapshots, kept, words, ..base })
    };
    bases.into_iter().map(described).collect()
}

/// The target of `--target KEY=VALUE`.
fn of_settings(settings: &[(String, String)], document: &Document) -> Result<Loaded, Fault> {
    let value = |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()));
    let target = Target::of_settings(settings.iter().map(|(key, text)| (key.clone(), value(text))).collect());
    let target = target.map_err(|mistake| {
        let fault = Fault::usage(format!("--target: {}", mistake.message));
        mistake.hint.into_iter().fold(fault, Fault::hint)
    })?;
    let words =
        settings.iter().map(|(key, text)| format!("--target {}", for_shell(&format!("{key}={text}"))));
    Ok(Loaded {
        name: String::new(),
        directory: PathBuf::new(),
        suite: Suite::of_target(target, document.clone()),
        snapshots: Snapshots::default(),
        kept: PathBuf::new(),
        words: words.collect::<Vec<_>>().join(" "),
    })
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
