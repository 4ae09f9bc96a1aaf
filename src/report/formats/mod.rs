//! The formats of the linters' reports: one file each, and one line in the list.
//!
//! A report is told of the checked documents one after another and keeps as little of them as its
//! format allows, so that a run over a million documents needs no more memory than one over ten.

mod concise;
mod fingerprint;
pub(super) mod github;
mod gitlab;
mod human;
mod json;
mod jsonl;
pub(super) mod junit;
mod located;
pub(super) mod paths;
mod rdjson;
mod rdjsonl;
mod sarif;
mod several;

pub use several::{Several, Target};

use super::human::Style;
use crate::lint::{Checked, Summary};
use serde_json::Value;
use std::io::{self, Write};

/// A report that is being written.
pub trait Report {
    /// Whether it says something of documents without findings, too.
    fn tells_clean(&self) -> bool {
        false
    }

    /// Writes what stands before the first document.
    ///
    /// # Errors
    /// Those of writing.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Tells of a document.
    ///
    /// # Errors
    /// Those of writing.
    fn document(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()>;

    /// Tells of a file that could not be read.
    ///
    /// # Errors
    /// Those of writing.
    fn unreadable(&mut self, _name: &str, _why: &str, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands behind the last document.
    ///
    /// # Errors
    /// Those of writing.
    fn end(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// What a report may ask of the run.
#[derive(Debug, Clone)]
pub struct Options {
    /// How to draw, where the report is for people.
    pub style: Style,
    /// Whether to say how the flavour of an event was found out.
    pub why: bool,
    /// Whether there is a verdict to tell of each document, clean ones too: those of several front
    /// ends, or the decision of an authorizer.
    pub verdicts: bool,
    /// The directory of the run: where files lie below it, programs are told so. Empty if unknown.
    pub directory: String,
    /// The command that runs, as words with hyphens.
    pub command: &'static str,
}

/// A format.
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// Whether people read it: then a summary on standard error ends the run.
    pub for_people: bool,
    /// Begins a report.
    pub start: fn(Options) -> Box<dyn Report>,
}

/// Every format, in the order of the help.
pub static ALL: &[&Format] = &[
    &human::FORMAT,
    &concise::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &sarif::FORMAT,
    &github::FORMAT,
    &gitlab::FORMAT,
    &junit::FORMAT,
    &rdjson::FORMAT,
    &rdjsonl::FORMAT,
];

/// The format that is printed where none is named.
pub static DEFAULT: &Format = &human::FORMAT;

/// The format of that name.
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().copied().find(|format| format.name == name)
}

/// Writes an item of a JSON array on a line of its own; `any` tells whether another one stands
/// before it.
fn item(item: &Value, any: &mut bool, out: &mut dyn Write) -> io::Result<()> {
    let separator = if std::mem::replace(any, true) { "," } else { "" };
    write!(out, "{separator}\n{item}")
}
