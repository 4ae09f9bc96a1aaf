//! The tables of the file and their keys.

use super::glob::Globs;
use super::setup::{self, Setup};
use super::table::{Entry, Read, brief, known, members};
use super::{BodyEntry, Config};
use crate::json::{Mistake, Span};
use crate::lint::{FailOn, Level, Selector, Statuses, UnknownRule};
use toml::de::DeTable;

/// The keys of `[lint]`, besides those of a setup.
const LINT: [&str; 8] =
    ["select", "extend-select", "ignore", "severity", "fail-on", "per-file-ignores", "files", "body"];

/// The key of `[[lint.files]]`, besides those of a setup.
const GLOB: &str = "glob";

impl Config {
    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// The first mistake: TOML that is none, a key that is not known, a value that does not fit.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let table = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            Mistake::new(Span::new(span.start, span.end), format!("this is not TOML: {}", error.message()))
        })?;
        let mut config = Self::default();
        for entry in known(table.get_ref(), "", &["lint"])? {
            config.read_lint(entry.table()?)?;
        }
        Ok(config)
    }

    fn read_lint(&mut self, table: &DeTable<'_>) -> Read<()> {
        for entry in known(table, "lint", &[&LINT[..], &setup::KEYS].concat())? {
            match entry.key {
                "select" => self.choice.select = selectors(&entry)?,
                "extend-select" => self.choice.extend_select = selectors(&entry)?,
                "ignore" => self.choice.ignore = selectors(&entry)?,
                "severity" => self.choice.severities = severities(&entry)?,
                "fail-on" => self.fail_on = Some(entry.one_of(&FailOn::NAMES, FailOn::from_name)?),
                "per-file-ignores" => {
                    self.ignores = by_glob(&entry, selectors)?;
                }
                "files" => self.files = entry.tables()?.into_iter().map(files).collect::<Read<_>>()?,
                "body" => self.bodies = by_glob(&entry, bodies)?,
                _ => self.setup.read(&entry)?,
            }
        }
        Ok(())
    }
}

fn selector(word: &str, span: Span) -> Read<Selector> {
    word.parse().map_err(|error: UnknownRule| Mistake::new(span, error.to_string()).hint(error.hint()))
}

fn selectors(entry: &Entry<'_>) -> Read<Vec<Selector>> {
    entry.each(|entry, word| selector(word, entry.span()))
}

fn severities(entry: &Entry<'_>) -> Read<Vec<(Selector, Level)>> {
    let row =
        |own: Entry<'_>| Ok((selector(own.key, own.key_span)?, own.one_of(&Level::NAMES, Level::from_name)?));
    members(entry.table()?).into_iter().map(row).collect()
}

/// A table with patterns for its keys.
fn by_glob<T>(entry: &Entry<'_>, read: impl Fn(&Entry<'_>) -> Read<T>) -> Read<Vec<(Globs, T)>> {
    let row = |own: Entry<'_>| Ok((glob(own.key, own.key_span)?, read(&own)?));
    members(entry.table()?).into_iter().map(row).collect()
}

fn glob(pattern: &str, span: Span) -> Read<Globs> {
    Globs::read(pattern)
        .map_err(|why| Mistake::new(span, format!("`{}` is no pattern of paths: {why}", brief(pattern))))
}

/// An entry of `[[lint.files]]`.
fn files(table: &DeTable<'_>) -> Read<(Globs, Setup)> {
    let mut globs = None;
    let mut setup = Setup::default();
    let entries = known(table, "[lint.files]", &[&[GLOB][..], &setup::KEYS].concat())?;
    for entry in &entries {
        match entry.key {
            GLOB => globs = Some(Globs::any(entry.each(|entry, pattern| glob(pattern, entry.span()))?)),
            _ => setup.read(entry)?,
        }
    }
    let start = entries.first().map_or(Span::new(0, 0), |entry| entry.key_span);
    let missing = || Mistake::new(start, "this table of [[lint.files]] has no `glob`");
    let globs = globs.ok_or_else(|| missing().hint("add glob = \"responses/**\" or the like"))?;
    Ok((globs, setup))
}

/// The value of a pattern in `[lint.body]`: a file for every status, or a table of statuses.
fn bodies(entry: &Entry<'_>) -> Read<Vec<BodyEntry>> {
    if entry.value.get_ref().as_str().is_some() {
        return Ok(vec![body(entry, Statuses::Default)?]);
    }
    let row = |own: Entry<'_>| {
        let statuses = Statuses::from_name(own.key).ok_or_else(|| {
            let mistake = Mistake::new(own.key_span, format!("`{}` is no status", brief(own.key)));
            mistake.hint("write a status such as 200, a class such as 2xx, or default")
        })?;
        body(&own, statuses)
    };
    members(entry.table()?).into_iter().map(row).collect()
}

fn body(entry: &Entry<'_>, statuses: Statuses) -> Read<BodyEntry> {
    let path = entry.text()?;
    if path.is_empty() {
        return Err(entry.mistake("the path of a schema is needed"));
    }
    Ok(BodyEntry { statuses, path: path.to_owned(), span: entry.span() })
}
