//! A finding: a rule, the words for this case, and where it stands.

use super::rule::Rule;
use crate::gateway::{Evidence, Notice};
use crate::json::{Pointer, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Info,
    /// Probably not what was meant, or not well enough known to call an error.
    Warning,
    /// The caller does not get what the handler returned.
    Error,
}

impl Severity {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A text that findings point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What people call it: a file's path, or `<stdin>`.
    pub name: String,
    /// The text itself.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that it is of.
    pub rule: &'static Rule,
    /// How much it matters here: at most the rule's severity.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// A few words for the marked place.
    pub label: String,
    /// The value that it is about, where there is a value.
    pub pointer: Option<Pointer>,
    /// The bytes that it is about.
    pub span: Span,
    /// Whether it makes the gateway answer with an error of its own.
    pub refuses: bool,
    /// The numbers of the facts behind it.
    pub facts: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}

impl Finding {
    /// The words for a notice; `span` is where its value stands.
    pub fn of(notice: &Notice, span: Span) -> Self {
        let rule = super::rules::of(notice.kind);
        Self {
            rule,
            severity: rule.severity.min(highest(notice.evidence)),
            message: (rule.message)(notice),
            label: notice.found.clone(),
            pointer: Some(notice.pointer.clone()),
            span,
            refuses: notice.refuses,
            facts: notice.facts.clone(),
            evidence: notice.evidence,
        }
    }
}

impl Finding {
    /// The same, resting on the facts of a notice, where those are weak.
    #[must_use]
    pub(super) fn known_from(mut self, notice: &Notice) -> Self {
        let highest = highest(notice.evidence);
        if highest < Severity::Error {
            self.severity = self.severity.min(highest);
            self.facts.clone_from(&notice.facts);
            self.evidence = notice.evidence;
        }
        self
    }
}

/// What is only inferred, or was reported once, is never an error.
fn highest(evidence: Evidence) -> Severity {
    match evidence {
        Evidence::Inferred | Evidence::ReportedOnce => Severity::Warning,
        Evidence::Reported | Evidence::Documented | Evidence::Recorded => Severity::Error,
    }
}

/// How many documents were judged, and what was found in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Documents judged.
    pub checked: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings for information.
    pub infos: usize,
}

impl Summary {
    /// Counts one more document.
    pub fn add(&mut self, findings: &[Finding]) {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        self.checked += 1;
        self.errors += count(Severity::Error);
        self.warnings += count(Severity::Warning);
        self.infos += count(Severity::Info);
    }
}
