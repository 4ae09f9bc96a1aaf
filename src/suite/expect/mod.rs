//! What a case expects of an answer, and what is not as expected.

mod check;
mod described;
mod matcher;
mod read;

use super::capture::Capture;
use super::redact;
use crate::http::Headers;
use crate::json::{Mistake, Pointer, Span};
use crate::lint::{EventDifference, Rule, Severity, Statuses};
use crate::template::openapi::DescribedResponse;
use jsonschema::Validator;
use matcher::Matcher;
use regex::Regex;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

pub use check::Around;

/// Everything that a case expects.
#[derive(Debug, Clone, Default)]
pub struct Expectations {
    list: Vec<Expectation>,
}

impl Expectations {
    /// Expects an answer that a document describes, too.
    pub(super) fn describe(&mut self, span: Span, described: Vec<DescribedResponse>) {
        self.list.push(Expectation { span, expected: Expected::Described(described) });
    }
}

#[derive(Debug, Clone)]
struct Expectation {
    /// The place of what is expected.
    span: Span,
    expected: Expected,
}

#[derive(Debug, Clone)]
enum Expected {
    Status(Vec<Statuses>),
    Header(String, Field),
    Body(Matcher),
    At(super::query::Query, Matcher),
    Schema(Schema),
    Snapshot(Vec<Pointer>),
    Notice(&'static Rule),
    NoNotices,
    Duration(Comparison, Duration),
    Logs(Words),
    NoError,
    Error(Option<Words>, Option<Words>),
    Described(Vec<DescribedResponse>),
}

/// What is expected of a header.
#[derive(Debug, Clone)]
enum Field {
    Absent,
    /// One of its values is so.
    One(Matcher),
    /// Its values, in order.
    All(Vec<String>),
}

/// What is expected of a text.
#[derive(Debug, Clone)]
enum Words {
    Equal(String),
    Contain(String),
    Match(Regex),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// A JSON Schema for bodies.
#[derive(Debug, Clone)]
pub enum Schema {
    /// It stands in the suite.
    Inline(Arc<Validator>),
    /// It stands in a file, counted from the suite's directory.
    File(String),
}

/// How a function failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionFailure {
    /// The error type.
    pub error_type: String,
    /// The message.
    pub message: String,
}

/// Something that was noticed on the way from the result to the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// The code of the rule.
    pub code: &'static str,
    /// How severe it is.
    pub severity: Severity,
    /// It in words.
    pub message: String,
}

/// What was answered.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The status; `None` where there is none.
    pub status: Option<u16>,
    /// The header fields.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
    /// What was noticed.
    pub notices: Vec<Noticed>,
    /// Whether the gateway refuses the function's result; `None` for endpoints.
    pub refused: Option<bool>,
    /// Why no function was invoked; `None` if one was.
    pub unroutable: Option<String>,
    /// How the function failed.
    pub failure: Option<FunctionFailure>,
    /// How long the answer took.
    pub took: Duration,
    /// The function's log; `None` where it is not known.
    pub logs: Option<Vec<String>>,
}

impl Answer {
    /// The body, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// What a snapshot holds of it.
    fn snapshot(&self, redacted: &[Pointer]) -> Value {
        redact::snapshot(self, redacted)
    }
}

/// Something that is not as expected.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The place of the expectation in the suite.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// What was found, in few words; it stands below the place.
    pub label: String,
    /// What differs, where there is more to see.
    pub diff: Option<Diff>,
}

impl Failure {
    fn new(span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { span, message: message.into(), label: label.into(), diff: None }
    }

    /// Something that was found beside all that is expected.
    pub fn found(span: Span, message: String, label: String) -> Self {
        Self::new(span, message, label)
    }

    /// A mistake that shows only when the variables of a case are known.
    pub fn of(mistake: Mistake) -> Self {
        Self::new(mistake.span, mistake.message, mistake.hint.unwrap_or_default())
    }

    /// Something that was to be captured and is not there.
    pub fn captures_nothing(capture: &Capture, why: String) -> Self {
        Self::new(capture.span, format!("`{}` cannot be captured", capture.name), why)
    }
}

/// What differs between what is expected, on the left, and what is there.
#[derive(Debug, Clone)]
pub enum Diff {
    /// Of values.
    Json(Vec<EventDifference>),
    /// Of texts.
    Text(String, String),
}

impl Diff {
    /// How much differs, in a few words.
    fn in_brief(&self) -> String {
        match self {
            Self::Json(rows) => match rows.as_slice() {
                [one] => format!(
                    "it differs at {}",
                    if one.pointer.is_root() { "the root".to_owned() } else { one.pointer.to_string() }
                ),
                rows => format!("it differs in {} places", rows.len()),
            },
            Self::Text(..) => "the texts differ".to_owned(),
        }
    }
}
