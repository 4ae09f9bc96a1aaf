//! One text judged for several front ends: each finding once, with the front ends that it concerns.

use super::checked::Answered;
use super::finding::{Finding, Severity};
use crate::gateway::Front;

/// A finding that one front end or several have.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The finding, as severe as it is anywhere.
    pub finding: Finding,
    /// The front ends, and how severe it is there.
    pub fronts: Vec<(Front, Severity)>,
}

impl Shared {
    /// A finding that concerns no front end in particular.
    pub(super) fn alone(finding: Finding) -> Self {
        Self { finding, fronts: Vec::new() }
    }
}

/// The findings of all of them, in the order of the text.
pub(super) fn shared(answers: &[Answered]) -> Vec<Shared> {
    let mut all: Vec<Shared> = Vec::new();
    for Answered { front, judged, .. } in answers {
        for finding in &judged.findings {
            let here = (*front, finding.severity);
            // What one front end finds twice at a place are two findings.
            let same = |own: &&mut Shared| {
                own.finding.rule.code == finding.rule.code
                    && own.finding.span == finding.span
                    && own.fronts.iter().all(|(other, _)| other != front)
            };
            match all.iter_mut().find(same) {
                None => all.push(Shared { finding: finding.clone(), fronts: vec![here] }),
                Some(own) => {
                    own.fronts.push(here);
                    if finding.severity > own.finding.severity {
                        own.finding = finding.clone();
                    }
                }
            }
        }
    }
    all.sort_by_key(|shared| shared.finding.span.start);
    all
}
