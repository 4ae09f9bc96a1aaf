//! A file's bytes → the outcome at the gateway and the findings in the text.

use super::advice::{self, Answer, Expected};
use super::finding::{Document, Finding, Severity, Source, highest};
use super::mend::Broken;
use super::rules::input;
use crate::gateway::respond::{is_function_error, split_stream};
use crate::gateway::{Decision, Evidence, Exchange, Front, Invocation, Notice, NoticeKind, Outcome, respond};
use crate::json::{Part, Pointer, Span, SyntaxError, Text};
use serde_json::Value;
use std::cmp::Reverse;

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

impl Judged {
    /// Whether it is refused, and known well enough to be called an error (also where the user does
    /// not want to be told).
    pub fn refused_for_sure(&self) -> bool {
        let sure = |notice: &Notice| notice.refuses && highest(notice.evidence) == Severity::Error;
        self.outcome.refused && self.outcome.notices.iter().any(sure)
    }

    /// The finding to begin with: what refuses before what does not, errors before the rest.
    pub fn first_reason(&self) -> Option<&Finding> {
        self.findings.iter().min_by_key(|finding| (!finding.refuses, Reverse(finding.severity)))
    }
}

/// Judges the bytes of one function's result as the answer to that call. Bytes that are no JSON are a
/// finding, too, unless the front end streams. `expected` is what the API's owner expects of it.
pub fn judge(
    document: &Document<'_>,
    front: impl Into<Front>,
    exchange: &Exchange<'_>,
    expected: &Expected,
) -> Judged {
    let front = front.into();
    if exchange.api.streaming && !tells_failure(document.bytes) {
        return judge_stream(document, exchange, expected);
    }
    if document.bytes.len() / 2 > front.flavor().facts().max_result_bytes {
        return much_too_large(document, front, exchange);
    }
    let (source, mut findings) = input::decode(document);
    if findings.iter().any(|finding| finding.rule.code == input::NOT_UTF8.code) {
        let outcome = front.answer(exchange, Invocation::ReturnedGarbage);
        return Judged { source, decision: front.decision(&outcome), outcome, findings };
    }
    let outcome = match Text::parse(&*source.name, &*source.text) {
        Err(error) => {
            let outcome = front.answer(exchange, Invocation::ReturnedGarbage);
            findings.push(judge_syntax(&error, &outcome));
            outcome
        }
        Ok(text) => {
            let value = text.value();
            let end = front.returned(exchange.api, &value, document.bytes.len());
            let ended = Ended { text: &text, value: &value, end };
            let (outcome, found) = judge_ended(front, exchange, ended, expected);
            findings.extend(found);
            outcome
        }
    };
    Judged { source, decision: front.decision(&outcome), outcome, findings }
}

/// What is far beyond the limit is refused whatever it says: it is not read, and its beginning is
/// all that is kept of it.
fn much_too_large(document: &Document<'_>, front: Front, exchange: &Exchange<'_>) -> Judged {
    const KEPT: usize = 4 << 10;
    let beginning = document.bytes.get(..KEPT).unwrap_or(document.bytes);
    let text = String::from_utf8_lossy(beginning).into_owned();
    let source = Source { name: document.name.to_owned(), text, start: document.start };
    let outcome = front.answer(exchange, Invocation::ReturnedTooMuch);
    let findings = outcome.notices.iter().map(|notice| Finding::of(notice, Span::new(0, 0))).collect();
    Judged { source, decision: front.decision(&outcome), outcome, findings }
}

/// How a function ended, in the text that it or Lambda wrote about it.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'e> {
    /// The text.
    pub text: &'e Text<'e>,
    /// Its value.
    pub value: &'e Value,
    /// What that value means.
    pub end: Invocation<'e>,
}

/// The outcome of an invocation whose text is JSON, and everything that there is to say about it,
/// in the order of the text. `expected` is what the API's owner expects of it.
pub fn judge_ended(
    front: Front,
    exchange: &Exchange<'_>,
    ended: Ended<'_>,
    expected: &Expected,
) -> (Outcome, Vec<Finding>) {
    let Ended { text, value, end } = ended;
    let outcome = front.answer(exchange, end);
    let mut findings: Vec<_> = text.duplicates().iter().map(input::duplicate).collect();
    findings.extend(judge_outcome(&outcome, text));
    let answer = Answer { front, exchange, outcome: &outcome, result: value, text, expected };
    findings.extend(advice::findings(&answer));
    findings.sort_by_key(|finding| finding.span.start);
    mend(&mut findings, front, text, value);
    (outcome, findings)
}

/// Finds the edits for what can be mended.
fn mend(findings: &mut [Finding], front: Front, text: &Text, result: &Value) {
    for finding in findings {
        if let (Some(mend), Some(pointer)) = (finding.rule.mend, &finding.pointer) {
            finding.edits = mend(&Broken { text, result, pointer, front }).unwrap_or_default();
        }
    }
}

/// Judges what a function sends to a front end that streams: the findings point into the prelude,
/// or into the whole where that is the object of a function that does not stream.
/// `expected` is what the owner of the function URL expects of it.
pub fn judge_stream(document: &Document<'_>, exchange: &Exchange<'_>, expected: &Expected) -> Judged {
    let Document { name, start, bytes, .. } = *document;
    let prelude = split_stream(bytes).map(|(prelude, _)| prelude);
    let head = prelude.unwrap_or(bytes);
    let text = std::str::from_utf8(head).unwrap_or_default();
    let source = Source { name: name.to_owned(), text: text.to_owned(), start };
    let parsed = Text::parse(name, text);
    let (front, end) = (Front::from(exchange.api.flavor), Invocation::Streamed(bytes));
    let outcome = respond(exchange, end);
    let findings = match &parsed {
        // Without a prelude the text is a body, and not the result that it looks like.
        Ok(text) if prelude.is_some() => {
            judge_ended(front, exchange, Ended { text, value: &text.value(), end }, expected).1
        }
        Ok(text) => judge_outcome(&outcome, text),
        Err(error) => outcome.notices.iter().map(|notice| Finding::of(notice, error.span)).collect(),
    };
    Judged { source, outcome, decision: None, findings }
}

/// Whether the bytes are what Lambda writes of a function that failed.
fn tells_failure(bytes: &[u8]) -> bool {
    serde_json::from_slice(bytes).is_ok_and(|value| is_function_error(&value))
}

/// The finding for a text that is not JSON, as certain as it is that the front end refuses it.
pub fn judge_syntax(error: &SyntaxError, outcome: &Outcome) -> Finding {
    let finding = input::syntax(error);
    match outcome.notices.iter().find(|notice| notice.kind == NoticeKind::NotJson) {
        Some(notice) => finding.known_from(notice),
        None => finding,
    }
}

/// The findings of an outcome, placed in the text of its result.
fn judge_outcome(outcome: &Outcome, text: &Text) -> Vec<Finding> {
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
            own_severity: None,
            message,
            label: label.to_owned(),
            pointer: None,
            span,
            refuses: rule.severity == Severity::Error,
            facts: rule.facts.iter().map(|fact| (*fact).to_owned()).collect(),
            evidence: if rule.facts.is_empty() { Evidence::Documented } else { Evidence::Reported },
            edits: Vec::new(),
            mendings: Vec::new(),
        }
    }
}
