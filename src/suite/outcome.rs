//! What came of the cases of a run.

use super::expect::Failure;
use crate::http::Response;
use crate::json::Span;
use std::time::Duration;

/// What came of a case.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Everything is as expected.
    Passed,
    /// It was left out, for this reason.
    Skipped(String),
    /// Something is not as expected.
    Failed(Vec<Failure>),
    /// It could not be run to its end: a word for the kind of trouble, and what happened.
    Broken(&'static str, String),
}

/// A case that is over.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// Its name.
    pub name: String,
    /// The place of its name.
    pub span: Span,
    /// What came of it.
    pub verdict: Verdict,
    /// What was asked, in a few words.
    pub asked: String,
    /// What was answered, without secrets.
    pub response: Option<Response>,
    /// How long the answer took.
    pub took: Duration,
    /// How often it was tried.
    pub tries: u32,
    /// The function's log.
    pub logs: Vec<String>,
    /// What else is to be told of it, such as the command that shows it again.
    pub notes: Vec<String>,
}

/// How many cases came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// As expected.
    pub passed: usize,
    /// Otherwise, or not run to the end.
    pub failed: usize,
    /// Left out.
    pub skipped: usize,
    /// Snapshots that were written.
    pub snapshots: usize,
}

impl Totals {
    /// Counts a case.
    pub fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Skipped(_) => self.skipped += 1,
            Verdict::Failed(_) | Verdict::Broken(..) => self.failed += 1,
        }
    }

    /// Adds those of another suite.
    pub fn join(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.snapshots += other.snapshots;
    }

    /// All cases.
    pub fn all(&self) -> usize {
        self.passed + self.failed + self.skipped
    }
}
