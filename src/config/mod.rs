//! `apigw.toml`: its text → what it says about files, or a mistake with its place.
//!
//! Nothing is read from disk here. `schemas/config.json` says the same for editors; a test holds the
//! two together.

mod glob;
mod read;
mod setup;
mod table;

pub use glob::Globs;
pub use setup::{ALL, Setup, fronts};

use crate::json::Span;
use crate::lint::{Choice, FailOn, Selector, Statuses};

/// The published schema of the file.
pub const SCHEMA: &str = include_str!("../../schemas/config.json");

/// The names of the file, the stronger one first.
pub const FILE_NAMES: [&str; 2] = ["apigw.toml", ".apigw.toml"];

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// From which severity on findings make a run fail.
    pub fail_on: Option<FailOn>,
    /// Which rules are told of, and how.
    pub choice: Choice,
    setup: Setup,
    files: Vec<(Globs, Setup)>,
    ignores: Vec<(Globs, Vec<Selector>)>,
    bodies: Vec<(Globs, Vec<BodyEntry>)>,
}

/// A schema for bodies, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyEntry {
    /// The statuses of the responses that it is for.
    pub statuses: Statuses,
    /// The schema's file, from the directory of the configuration.
    pub path: String,
    /// Where the file says so.
    pub span: Span,
}

/// Which patterns of a configuration are about a file. Files that agree in this share everything.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Matched(Vec<bool>);

/// What a configuration says about a file.
#[derive(Debug, Clone, Default)]
pub struct ForFile {
    /// The API that its results belong to.
    pub setup: Setup,
    /// The same, of what is said about some files only.
    pub own_setup: Setup,
    /// The rules that are ignored in it.
    pub ignores: Vec<Selector>,
    /// The schemas for the bodies of its results; of each group the closest status counts.
    pub bodies: Vec<Vec<BodyEntry>>,
}

impl Config {
    /// Which patterns are about a file; `path` is its path below the directory of the configuration,
    /// with slashes, if it has one.
    pub fn matched(&self, path: Option<&str>) -> Matched {
        let globs = self.files.iter().map(|(globs, _)| globs);
        let globs = globs.chain(self.ignores.iter().map(|(globs, _)| globs));
        let globs = globs.chain(self.bodies.iter().map(|(globs, _)| globs));
        Matched(globs.map(|globs| path.is_some_and(|path| globs.matches(path))).collect())
    }

    /// What is said about the files that those patterns are about; of two tables that speak of one
    /// thing the later counts.
    pub fn for_file(&self, Matched(matched): &Matched) -> ForFile {
        let (files, rest) = matched.split_at(self.files.len().min(matched.len()));
        let (ignores, bodies) = rest.split_at(self.ignores.len().min(rest.len()));
        let setups = chosen(&self.files, files);
        let own_setup = setups.fold(Setup::default(), |below, setup| setup.clone().over(&below));
        ForFile {
            setup: own_setup.clone().over(&self.setup),
            own_setup,
            ignores: chosen(&self.ignores, ignores).flatten().cloned().collect(),
            bodies: chosen(&self.bodies, bodies).cloned().collect(),
        }
    }
}

fn chosen<'c, T>(all: &'c [(Globs, T)], matched: &'c [bool]) -> impl Iterator<Item = &'c T> {
    all.iter().zip(matched).filter(|(_, matched)| **matched).map(|((_, said), _)| said)
}

#[cfg(test)]
mod tests;
