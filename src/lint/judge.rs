//! A file's bytes → the outcome at the gateway and the findings in the text.

use super::finding::{Finding, Source};
use super::rules::input;
use crate::gateway::respond::{MAX_RESULT_BYTES, is_function_error};
use crate::gateway::{Evidence, Exchange, Invocation, Outcome, respond};
use crate::json::{Part, Pointer, Span, SyntaxError, Text};

/// A judged document.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The text that the findings point into.
    pub source: Source,
    /// What the caller would get.
    pub outcome: Outcome,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Judges the bytes of one handler result as the answer to that call. Bytes that are no JSON are a
/// finding, too.
pub fn judge(name: &str, bytes: &[u8], exchange: &Exchange<'_>) -> Judged {
    let (source, mut findings) = input::decode(name, bytes);
    if findings.iter().any(|finding| finding.rule.code == input::NOT_UTF8.code) {
        let outcome = respond(exchange, Invocation::ReturnedGarbage);
        return Judged { source, outcome, findings };
    }
    match Text::parse(source.name.clone(), source.text.clone()) {
        Err(error) => {
            findings.push(input::syntax(&error));
            let outcome = respond(exchange, Invocation::ReturnedGarbage);
            Judged { source, outcome, findings }
        }
        Ok(text) => {
            findings.extend(text.duplicates().iter().map(input::duplicate));
            let value = text.value();
            let invocation = match () {
                () if bytes.len() > MAX_RESULT_BYTES => Invocation::ReturnedTooMuch,
                () if is_function_error(&value) => Invocation::Failed(&value),
                () => Invocation::Returned(&value),
            };
            let outcome = respond(exchange, invocation);
            findings.extend(judge_outcome(&outcome, &text));
            findings.sort_by_key(|finding| finding.span.start);
            Judged { source, outcome, findings }
        }
    }
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
