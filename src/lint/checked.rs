//! A document that was checked, with everything that a report may want to say of it.

use super::event::Detection;
use super::finding::{Finding, Source};
use super::judge::Judged;
use super::policy::{Held, JudgedPolicy};
use super::selection::Selection;
use super::shared::{Shared, shared};
use crate::gateway::Front;

/// A checked document.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The text that the findings point into, and where it stands.
    pub source: Source,
    /// The document's place in its file, counted from 0.
    pub document: usize,
    /// What was found, each once, in the order of the text.
    pub findings: Vec<Shared>,
    /// What the document turned out to be.
    pub verdict: Verdict,
}

/// What a checked document turned out to be.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// A function's result: what each front end makes of it.
    Answers(Vec<Answered>),
    /// An event: its flavour, if it has one.
    Event(Option<Detection>),
    /// A text that should hold policies, or be a template.
    Policy(Held),
}

/// A result as one front end judges it.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The front end.
    pub front: Front,
    /// What it makes of the result.
    pub judged: Judged,
    /// The ARN of the call that an authorizer is asked about.
    pub method_arn: Option<String>,
}

impl Checked {
    /// A result, judged by one front end or several. Findings that several share stand once.
    pub fn answers(document: usize, answers: Vec<Answered>) -> Self {
        // A stream's source is its prelude; the longest one has every place that is pointed at.
        let sources = answers.iter().map(|answered| &answered.judged.source);
        let source = sources.max_by_key(|source| source.text.len()).cloned();
        Self {
            source: source.unwrap_or_else(|| Source::whole("", "")),
            document,
            findings: shared(&answers),
            verdict: Verdict::Answers(answers),
        }
    }

    /// An event.
    pub fn event(
        document: usize,
        source: Source,
        detection: Option<Detection>,
        findings: Vec<Finding>,
    ) -> Self {
        let findings = findings.into_iter().map(Shared::alone).collect();
        Self { source, document, findings, verdict: Verdict::Event(detection) }
    }

    /// A text that should hold policies, or be a template.
    pub fn policy(document: usize, judged: JudgedPolicy) -> Self {
        let JudgedPolicy { source, held, findings } = judged;
        let findings = findings.into_iter().map(Shared::alone).collect();
        Self { source, document, findings, verdict: Verdict::Policy(held) }
    }

    /// Leaves out what is not to be told, and makes the rest as severe as was said.
    #[must_use]
    pub fn selected(mut self, selection: &Selection) -> Self {
        self.edit(|findings| selection.apply(findings));
        self
    }

    /// Changes the findings, those of each front end and those that several share alike.
    pub(super) fn edit(&mut self, mut change: impl FnMut(&mut Vec<Finding>)) {
        if self.is_clean() {
            return;
        }
        match &mut self.verdict {
            Verdict::Answers(answers) => {
                answers.iter_mut().for_each(|answered| change(&mut answered.judged.findings));
                self.findings = shared(answers);
            }
            Verdict::Event(_) | Verdict::Policy(_) => {
                let findings = std::mem::take(&mut self.findings);
                let mut findings = findings.into_iter().map(|shared| shared.finding).collect();
                change(&mut findings);
                self.findings = findings.into_iter().map(Shared::alone).collect();
            }
        }
    }

    /// What was found, without the front ends that it concerns.
    pub fn distinct(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().map(|shared| &shared.finding)
    }

    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether there is nothing to tell of it: nothing was found, and all of it was understood.
    pub fn is_silent(&self) -> bool {
        self.is_clean() && !matches!(&self.verdict, Verdict::Policy(held) if !held.is_understood())
    }
}
