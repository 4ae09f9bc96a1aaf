//! A file's bytes → the outcome at the gateway and the findings in the text.

use super::finding::{Finding, Source};
use super::rules::input;
use crate::gateway::respond::MAX_RESULT_BYTES;
use crate::gateway::{Decision, Evidence, Exchange, Front, Invocation, Outcome};
use crate::json::{Part, Pointer, Span, SyntaxError, Text};
use serde_json::Value;

/// A judged document.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The text that the findings point into.
    pub source: Source,
    /// What the caller would get.
    pub outcome: Outcome,
    /// What the outcome amounts to, if the result is an authorizer's.
    pub decision: Option<Decision>,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Judges the bytes of one function's result as the answer to that call. Bytes that are no JSON
/// are a finding, too.
pub fn judge(name: &str, bytes: &[u8], front: impl Into<Front>, exchange: &Exchange<'_>) -> Judged {
    let front = front.into();
    let (source, mut findings) = input::decode(name, bytes);
    let outcome = if findings.iter().any(|finding| finding.rule.code == input::NOT_UTF8.code) {
        front.answer(exchange, Invocation::ReturnedGarbage)
    } else {
        match Text::parse(source.name.clone(), source.text.clone()) {
            Err(error) => {
                findings.push(input::syntax(&error));
                front.answer(exchange, Invocation::ReturnedGarbage)
            }
            Ok(text) => {
                let outcome = answer(bytes, &text.value(), front, exchange);
                findings.extend(text.duplicates().iter().map(input::duplicate));
                findings.extend(judge_outcome(&outcome, &text));
                findings.sort_by_key(|finding| finding.span.start);
                outcome
            }
        }
    };
    Judged { source, decision: front.decision(&outcome), outcome, findings }
}

fn answer(bytes: &[u8], value: &Value, front: Front, exchange: &Exchange<'_>) -> Outcome {
    let invocation = match () {
        () if bytes.len() > MAX_RESULT_BYTES => Invocation::ReturnedTooMuch,
        () if front.is_failure(value) => Invocation::Failed(value),
        () => Invocation::Returned(value),
    };
    front.answer(exchange, invocation)
}

/// The finding for a text that is not JSON.
pub fn judge_syntax(error: &SyntaxError) -> Finding {
    input::syntax(error)
}

/// The findings of an outcome, placed in the text of its result.
pub fn judge_outcome(outcome: &Outcome, text: &Text) -> Vec<Finding> {
    let whole = text.span(&Pointer::root(), Part::Value).unwrap_or(Span::new(0, 0));
    let place = |pointer, part| text.span(pointer, part).unwrap_or(whole);
    outcome.notices.iter().map(|notice| Finding::of(notice, place(&notice.pointer, notice.part))).collect()
}

impl Finding {
    /// A finding about the text itself, whatever it says.
    pub(super) fn in_text(rule: &'static super::Rule, message: String, label: &str, span: Span) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message,
            label: label.to_owned(),
            pointer: None,
            span,
            refuses: rule.severity == super::Severity::Error,
            facts: rule.facts.iter().map(|fact| (*fact).to_owned()).collect(),
            evidence: if rule.facts.is_empty() { Evidence::Documented } else { Evidence::Reported },
        }
    }
}
