//! What counts for each file: the configuration file that is nearest to it, and flags over that.
//!
//! A directory is looked at once, a configuration is read once, and files for which the same is said
//! share their settings.

use super::body_schemas::Schemas;
use super::choosing::RuleFlags;
use super::event_from::{mistaken, place};
use super::exit::Fault;
use super::io::plain;
use crate::config::{Config, FILE_NAMES, ForFile, Matched, Setup};
use crate::lint::{BodySchema, Checked, FailOn, Selection};
use crate::report::human::printable;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What counts for the documents of a file.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The API that results belong to.
    pub(super) setup: Setup,
    /// The same, of what is said about some files only.
    pub(super) own_setup: Setup,
    /// The schemas for their bodies.
    pub(super) bodies: Vec<Vec<BodySchema>>,
    selection: Selection,
    fail_on: FailOn,
}

impl Settings {
    /// What is told of a judged document.
    pub(super) fn told(&self, checked: Checked) -> Checked {
        checked.selected(&self.selection)
    }

    /// Whether what is told makes the run fail.
    pub(super) fn fail(&self, checked: &Checked) -> bool {
        checked.distinct().any(|finding| self.fail_on.fails(finding.severity))
    }
}

/// A configuration file that was read.
struct Found {
    config: Config,
    name: String,
    text: String,
    directory: PathBuf,
}

/// The number of a configuration among those that were read.
type Number = usize;

/// Looks for what counts for files.
pub(super) struct Configured<'f> {
    flags: &'f RuleFlags,
    /// The values of `--body-schema`; `None` where bodies do not count.
    bodies: Option<&'f [String]>,
    directories: HashMap<PathBuf, Option<Number>>,
    found: Vec<Found>,
    settings: HashMap<(Option<Number>, Option<Matched>), Arc<Settings>>,
    schemas: Schemas,
}

impl<'f> Configured<'f> {
    /// By these flags, and the files that they let count.
    pub(super) fn new(flags: &'f RuleFlags, bodies: Option<&'f [String]>) -> Self {
        Self {
            flags,
            bodies,
            directories: HashMap::new(),
            found: Vec::new(),
            settings: HashMap::new(),
            schemas: Schemas::default(),
        }
    }

    /// What counts for a file, or for standard input: then the current directory's configuration.
    ///
    /// # Errors
    /// A usage fault with the place of what is wrong in a configuration or in a schema.
    pub(super) fn of(&mut self, file: Option<&str>) -> Result<Arc<Settings>, Fault> {
        let path = absolute(Path::new(file.unwrap_or(".")))?;
        let directory = if file.is_some() { path.parent().unwrap_or(&path) } else { &path };
        let number = match &self.flags.config {
            _ if self.flags.isolated => None,
            Some(name) => Some(self.named(name)?),
            None => self.nearest(directory)?,
        };
        let matched = number.map(|number| {
            let found = &self.found[number];
            let below = file.and_then(|_| path.strip_prefix(&found.directory).ok());
            found.config.matched(below.map(slashed).as_deref())
        });
        let key = (number, matched);
        if let Some(settings) = self.settings.get(&key) {
            return Ok(Arc::clone(settings));
        }
        let settings = Arc::new(self.settings(&key)?);
        self.settings.insert(key, Arc::clone(&settings));
        Ok(settings)
    }

    /// The configuration that a flag names.
    fn named(&mut self, name: &str) -> Result<Number, Fault> {
        if !self.found.is_empty() {
            return Ok(0);
        }
        let directory = absolute(Path::new(name))?.parent().map(Path::to_owned).unwrap_or_default();
        self.read(Path::new(name), directory)
    }

    /// The nearest configuration in a directory or above it, up to the root of its repository.
    fn nearest(&mut self, directory: &Path) -> Result<Option<Number>, Fault> {
        if let Some(known) = self.directories.get(directory) {
            return Ok(*known);
        }
        let own = FILE_NAMES.iter().map(|name| directory.join(name)).find(|file| file.is_file());
        let number = match (own, directory.parent()) {
            (Some(file), _) => Some(self.read(&shown(&file), directory.to_owned())?),
            (None, Some(above)) if !directory.join(".git").exists() => self.nearest(above)?,
            (None, _) => None,
        };
        self.directories.insert(directory.to_owned(), number);
        Ok(number)
    }

    fn read(&mut self, file: &Path, directory: PathBuf) -> Result<Number, Fault> {
        let name = file.to_string_lossy().into_owned();
        let unreadable = |error| {
            Fault::usage(format!("cannot read the configuration {}: {}", printable(&name), plain(&error)))
        };
        let text = std::fs::read_to_string(file).map_err(unreadable)?;
        let config = Config::parse(&text).map_err(|mistake| mistaken(&name, &text, mistake))?;
        self.found.push(Found { config, name, text, directory });
        Ok(self.found.len() - 1)
    }

    fn settings(&mut self, (number, matched): &(Option<Number>, Option<Matched>)) -> Result<Settings, Fault> {
        let found = number.map(|number| &self.found[number]);
        let said = match (found, matched) {
            (Some(found), Some(matched)) => found.config.for_file(matched),
            _ => ForFile::default(),
        };
        let choices = found.map(|found| found.config.choice.clone());
        let fail_on = self.flags.fail_on.or(found.and_then(|found| found.config.fail_on));
        let bodies = match (self.bodies, found) {
            (None, _) => Vec::new(),
            (Some([]), None) => Vec::new(),
            (Some([]), Some(found)) => {
                let at = |span| place(&found.name, &found.text, span, "").message;
                self.schemas.of_config(&said.bodies, &found.directory, at)?
            }
            (Some(named), _) => self.schemas.of_flags(named)?,
        };
        Ok(Settings {
            setup: said.setup,
            own_setup: said.own_setup,
            bodies,
            selection: Selection::new(choices.into_iter().chain([self.flags.choice()]), said.ignores),
            fail_on: fail_on.unwrap_or_default(),
        })
    }
}

/// A path from the root, without `.` and `..`; links are not followed.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, Fault> {
    let path = std::path::absolute(path)
        .map_err(|error| Fault::usage(format!("the current directory is not known: {}", plain(&error))))?;
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// A relative path with slashes between its parts.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A path as people would write it: from the current directory, if it is below that.
fn shown(path: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}
