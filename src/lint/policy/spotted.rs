//! One case of a rule about policies, and the finding that it becomes.

use super::Stated;
use crate::gateway::strength;
use crate::json::{Edit, Pointer, Span};
use crate::lint::finding::{Finding, Severity, highest};
use crate::lint::rule::Rule;

/// One case of a rule about policies.
#[derive(Debug, Clone)]
pub struct Spotted {
    span: Span,
    pointer: Option<Pointer>,
    message: String,
    label: String,
    severity: Severity,
    facts: Option<&'static [&'static str]>,
    edits: Vec<Edit>,
    mendings: Vec<Mending>,
}

/// A text that mends a finding elsewhere than in the file: a command, or a resource of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// What it is for: `AWS CLI`, `CloudFormation`, `Terraform`.
    pub with: &'static str,
    /// The text.
    pub text: String,
}

impl Spotted {
    /// A case at a place, which begins in this text.
    pub fn at(stated: &Stated<'_>, span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { pointer: stated.pointer(), ..Self::placed(span, message, label) }
    }

    /// A case about some bytes of a text.
    pub fn within(
        stated: &Stated<'_>,
        bytes: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self::at(stated, stated.span_of(bytes), message, label)
    }

    /// A case at a place.
    pub fn placed(span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            span,
            pointer: None,
            message: message.into(),
            label: label.into(),
            severity: Severity::Error,
            facts: None,
            edits: Vec::new(),
            mendings: Vec::new(),
        }
    }

    /// The same at that value.
    #[must_use]
    pub fn about(self, pointer: Pointer) -> Self {
        Self { pointer: Some(pointer), ..self }
    }

    /// The same, at most as severe as that.
    #[must_use]
    pub fn at_most(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same, known from these facts of its rule only.
    #[must_use]
    pub fn by(self, facts: &'static [&'static str]) -> Self {
        Self { facts: Some(facts), ..self }
    }

    /// The same, mended by these edits, if there are any.
    #[must_use]
    pub fn mended(mut self, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.edits.extend(edits);
        self
    }

    /// The same, mended by that text.
    #[must_use]
    pub fn mended_with(mut self, mendings: impl IntoIterator<Item = Mending>) -> Self {
        self.mendings.extend(mendings);
        self
    }

    /// Where it is, and its words: what tells it from others of its rule.
    pub(super) fn place(&self) -> (usize, usize, String) {
        (self.span.start, self.span.end, self.message.clone())
    }

    /// The finding: at most as severe as its rule and its facts allow.
    pub(super) fn finding(self, rule: &'static Rule) -> Finding {
        let facts = self.facts.unwrap_or(rule.facts);
        // A rule that rests on no fact about AWS is about the text itself.
        let evidence = facts.iter().filter_map(|fact| strength(fact)).max();
        let evidence = evidence.unwrap_or(crate::gateway::Evidence::Documented);
        let severity = rule.severity.min(self.severity).min(highest(evidence));
        Finding {
            rule,
            severity,
            own_severity: None,
            message: self.message,
            label: self.label,
            pointer: self.pointer,
            span: self.span,
            refuses: severity == Severity::Error,
            facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
            evidence,
            edits: self.edits,
            mendings: self.mendings,
        }
    }
}
