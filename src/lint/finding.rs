//! A finding: a rule, the words for this case, and where it stands.

use super::advice::Remark;
use super::policy::Mending;
use super::rule::Rule;
use crate::gateway::{Evidence, Front, Notice, strength};
use crate::json::{Edit, Lines, Part, Place, Pointer, Span, Text};

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

    /// The severity of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|severity| severity.name() == name)
    }
}

/// A text that findings point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What people call it: a file's path, or `<stdin>`.
    pub name: String,
    /// The text itself.
    pub text: String,
    /// Where in the file the text begins.
    pub start: Place,
}

impl Source {
    /// A text that is a whole file.
    pub fn whole(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), start: Place::START }
    }

    /// The place in the file of a byte of this text; `lines` are the text's own.
    pub fn place(&self, lines: &Lines, byte: usize) -> Place {
        lines.place(&self.text, byte).behind(self.start)
    }
}

/// A document to judge: its bytes, and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct Document<'d> {
    /// What people call the file: its path, or `<stdin>`.
    pub name: &'d str,
    /// The document's place in its file, counted from 0.
    pub index: usize,
    /// Where in the file it begins.
    pub start: Place,
    /// Its bytes.
    pub bytes: &'d [u8],
}

impl<'d> Document<'d> {
    /// A document that is a whole file.
    pub fn whole(name: &'d str, bytes: &'d [u8]) -> Self {
        Self { name, index: 0, start: Place::START, bytes }
    }
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that it is of.
    pub rule: &'static Rule,
    /// How much it matters here: at most the rule's severity, unless the user set another one.
    pub severity: Severity,
    /// How much it matters by the rule and its evidence, where the user set another severity.
    pub own_severity: Option<Severity>,
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
    /// What mends it, where that is mechanical.
    pub edits: Vec<Edit>,
    /// What mends it elsewhere than in the file.
    pub mendings: Vec<Mending>,
}

impl Finding {
    /// The words for a notice; `span` is where its value stands.
    pub fn of(notice: &Notice, span: Span) -> Self {
        let rule = super::rules::of(notice.kind);
        Self {
            rule,
            severity: rule.severity.min(highest(notice.evidence)),
            own_severity: None,
            message: (rule.message)(notice),
            label: notice.found.clone(),
            pointer: Some(notice.pointer.clone()),
            span,
            refuses: notice.refuses,
            facts: notice.facts.clone(),
            evidence: notice.evidence,
            edits: Vec::new(),
            mendings: Vec::new(),
        }
    }

    /// The words for a remark of a rule of advice on that text.
    pub(super) fn advice(rule: &'static Rule, remark: Remark, front: Front, text: &Text) -> Self {
        let whole = text.span(&Pointer::root(), Part::Value).unwrap_or(Span::new(0, 0));
        let facts = facts_about(front, rule.facts);
        // Of this front end, less may be known than of others.
        let known = facts.iter().filter_map(|fact| strength(fact)).max();
        let evidence = known.map_or(remark.evidence, |known| remark.evidence.min(known));
        Self {
            rule,
            severity: rule.severity.min(highest(evidence)),
            own_severity: None,
            message: remark.message,
            label: remark.label,
            span: text.span(&remark.pointer, remark.part).unwrap_or(whole),
            pointer: Some(remark.pointer),
            refuses: false,
            facts,
            evidence,
            edits: Vec::new(),
            mendings: Vec::new(),
        }
    }
}

impl Finding {
    /// How much it matters by the rule and its evidence, whatever the user says.
    pub fn own_severity(&self) -> Severity {
        self.own_severity.unwrap_or(self.severity)
    }

    /// Makes it matter as the user says.
    pub(super) fn set_severity(&mut self, severity: Severity) {
        if severity != self.severity {
            self.own_severity = Some(self.own_severity());
            self.severity = severity;
        }
    }

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

/// Those of a rule's facts that are about the front end; all of them if none is about it alone.
fn facts_about(front: Front, facts: &[&str]) -> Vec<String> {
    let prefix = front.flavor().facts().fact_prefix;
    let beginning = |prefix: &str| -> Vec<String> {
        let own = facts.iter().filter(|fact| fact.starts_with(prefix));
        own.map(|fact| (*fact).to_owned()).collect()
    };
    Some(beginning(prefix)).filter(|own| !own.is_empty()).unwrap_or_else(|| beginning(""))
}

/// What is only inferred, or was reported once, is never an error.
pub(super) fn highest(evidence: Evidence) -> Severity {
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
    /// Findings that a baseline knows; they are not among the others.
    pub known: usize,
}

impl Summary {
    /// Counts one more document.
    pub fn add<'f>(&mut self, findings: impl IntoIterator<Item = &'f Finding>) {
        self.checked += 1;
        self.count(findings);
    }

    /// Counts the findings of a document that is counted already.
    pub fn count<'f>(&mut self, findings: impl IntoIterator<Item = &'f Finding>) {
        for finding in findings {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
    }
}
