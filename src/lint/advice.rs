//! Advice on results that the front end takes as they are: each rule's `check` looks at the answered
//! call, and never at the raw text alone.

use super::finding::Finding;
use super::rules;
use crate::gateway::{Evidence, Exchange, Front, Outcome};
use crate::json::{Part, Pointer, Text};
use serde_json::Value;

/// What the owner of an API expects of its answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// Browsers of other origins call the API, so every answer carries CORS headers.
    pub cors: bool,
}

/// An answered call, as advice looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The front end.
    pub front: Front,
    /// The API and the request that is answered.
    pub exchange: &'a Exchange<'a>,
    /// What the caller gets.
    pub outcome: &'a Outcome,
    /// The result.
    pub result: &'a Value,
    /// The text of the result.
    pub text: &'a Text<'a>,
    /// What the owner expects.
    pub expected: &'a Expected,
}

/// One case of a rule of advice.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The value that it is about.
    pub pointer: Pointer,
    /// Whether the value or its key is meant.
    pub part: Part,
    /// What is wrong, in one line.
    pub message: String,
    /// A few words for the marked place.
    pub label: String,
    /// How well the facts of the rule are known for this case.
    pub evidence: Evidence,
}

/// What every rule of advice remarks. A result that is refused has other worries.
pub(super) fn findings(answer: &Answer<'_>) -> Vec<Finding> {
    if answer.outcome.refused {
        return Vec::new();
    }
    let checks = rules::ALL.iter().filter_map(|rule| Some((rule, rule.check?)));
    let remarks =
        checks.flat_map(|(rule, check)| check(answer).into_iter().map(move |remark| (rule, remark)));
    remarks.map(|(rule, remark)| Finding::advice(rule, remark, answer.text)).collect()
}
