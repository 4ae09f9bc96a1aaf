//! Whether an answer is as expected.

use super::described;
use super::matcher::{difference, place, shown};
use super::{
    Answer, Comparison, Expectation, Expectations, Expected, Failure, Field, Matcher, Noticed, Schema, Words,
};
use crate::json::{Pointer, Span};
use crate::lint::{Severity, Statuses};
use jsonschema::Validator;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// What checking needs beside the answer.
pub struct Around<'a> {
    /// The place of the case's name, for what is expected of every case.
    pub case: Span,
    /// Makes ready the schema in a file.
    pub schema: &'a mut dyn FnMut(&str) -> Result<Arc<Validator>, String>,
    /// Given the snapshot that was taken just now: the same without secrets, and the one that was kept.
    pub snapshot: &'a mut dyn FnMut(Value) -> (Value, Option<Value>),
    /// Places that no snapshot of the suite holds.
    pub redact: &'a [Pointer],
}

impl Expectations {
    /// What of an answer is not as expected.
    ///
    /// A case that says nothing of status, error or notices expects that the function answers, and
    /// that the gateway takes what it answers.
    pub fn check(&self, answer: &Answer, around: &mut Around<'_>) -> Vec<Failure> {
        let says_outcome = self.list.iter().any(|one| {
            matches!(one.expected, Expected::Status(_) | Expected::Error(..) | Expected::Notice(_))
        });
        let implied = if says_outcome { None } else { unusable(answer, around.case) };
        let mut failures: Vec<_> = implied.into_iter().collect();
        for expectation in &self.list {
            failures.extend(expectation.check(answer, around));
        }
        failures
    }

    /// Whether the function may fail, and its result may be refused.
    pub fn takes_trouble(&self) -> bool {
        self.list.iter().any(|one| {
            matches!(one.expected, Expected::Status(_) | Expected::Error(..) | Expected::Notice(_))
        })
    }
}

fn unusable(answer: &Answer, case: Span) -> Option<Failure> {
    if let Some(failure) = &answer.failure {
        let label = format!("{}: {}", failure.error_type, failure.message);
        return Some(Failure::new(case, "the function failed, and no error is expected", label));
    }
    if answer.refused == Some(true) {
        let (what, label) = match &answer.unroutable {
            Some(reason) => ("request", reason.clone()),
            None => ("result", answer.notices.first().map(ToString::to_string).unwrap_or_default()),
        };
        let status = answer.status.map_or_else(String::new, |status| format!(" with {status}"));
        let message = format!("the gateway refuses the {what}{status}, which is not expected");
        return Some(Failure::new(case, message, label));
    }
    None
}

impl Expectation {
    fn check(&self, answer: &Answer, around: &mut Around<'_>) -> Vec<Failure> {
        let span = self.span;
        let one = |failure: Option<Failure>| failure.into_iter().collect();
        match &self.expected {
            Expected::Status(statuses) => one(status(statuses, answer, span)),
            Expected::Header(name, field) => header(name, field, answer, span),
            Expected::Body(matcher) => whole_body(matcher, answer),
            Expected::At(query, matcher) => match answer.json() {
                None => vec![not_json(answer, span)],
                Some(body) => matcher.check(query.find(&body).as_ref(), &format!("the body's {query}")),
            },
            Expected::Schema(schema) => against(schema, answer, span, around),
            Expected::Snapshot(redact) => {
                let redact: Vec<_> = around.redact.iter().chain(redact).cloned().collect();
                one(snapshot(answer.snapshot(&redact), span, around))
            }
            Expected::Notice(rule) => {
                let is_there = answer.notices.iter().any(|notice| notice.code == rule.code);
                let message = format!("expected the notice {} {}", rule.code, rule.name);
                one((!is_there).then(|| Failure::new(span, message, noticed(answer))))
            }
            Expected::NoNotices => {
                let message = "expected no notices";
                let counts = |notice: &Noticed| notice.severity > Severity::Info;
                let any = answer.notices.iter().any(counts);
                one(any.then(|| Failure::new(span, message, noticed(answer))))
            }
            Expected::Duration(comparison, limit) => one(duration(*comparison, *limit, answer.took, span)),
            Expected::Logs(words) => one(logs(words, answer, span)),
            Expected::NoError => one(answer.failure.as_ref().map(|failure| {
                let label = format!("{}: {}", failure.error_type, failure.message);
                Failure::new(span, "expected no error of the function", label)
            })),
            Expected::Described(responses) => described::check(responses, answer, span),
            Expected::Error(kind, message) => error(kind.as_ref(), message.as_ref(), answer, span),
        }
    }
}

fn status(statuses: &[Statuses], answer: &Answer, span: Span) -> Option<Failure> {
    let found = answer.status?;
    let names = || statuses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    (!statuses.iter().any(|own| own.includes(found))).then(|| {
        let mut label = format!("found {found}");
        if let Some(failure) = &answer.failure {
            label += &format!(": the function failed with {}", failure.error_type);
        } else if let Some(reason) = &answer.unroutable {
            label += &format!(": {reason}");
        } else if let Some(notice) = answer.notices.first().filter(|_| answer.refused == Some(true)) {
            label += &format!(": {notice}");
        }
        Failure::new(span, format!("expected the status {}", names()), label)
    })
}

fn header(name: &str, field: &Field, answer: &Answer, span: Span) -> Vec<Failure> {
    let found: Vec<&str> = answer.headers.all(name).collect();
    let what = format!("the header {name}");
    match field {
        Field::Absent => match found.first() {
            None => Vec::new(),
            Some(value) => {
                let label = format!("found {}", shown(&Value::from(*value)));
                vec![Failure::new(span, format!("{what}: expected none"), label)]
            }
        },
        Field::All(expected) => match found.iter().eq(expected.iter()) {
            true => Vec::new(),
            false => {
                let label = format!("found {}", shown(&Value::from(found)));
                vec![Failure::new(
                    span,
                    format!("{what}: expected {}", shown(&Value::from(expected.clone()))),
                    label,
                )]
            }
        },
        Field::One(matcher) => {
            let values: Vec<Value> = found.into_iter().map(Value::from).collect();
            if values.is_empty() {
                return matcher.check(None, &what);
            }
            if values.iter().any(|value| matcher.check(Some(value), &what).is_empty()) {
                return Vec::new();
            }
            matcher.check(values.first(), &what)
        }
    }
}

fn text_of(answer: &Answer) -> Value {
    Value::from(String::from_utf8_lossy(&answer.body).into_owned())
}

/// A text is compared as text, unless both are JSON; values are compared with the body's JSON.
fn whole_body(matcher: &Matcher, answer: &Answer) -> Vec<Failure> {
    let as_text = matcher.check(Some(&text_of(answer)), "the body");
    if as_text.is_empty() {
        return as_text;
    }
    match answer.json() {
        Some(json) => {
            let as_json = matcher.parsed().check(Some(&json), "the body");
            if as_json.len() < as_text.len() || matcher.is_about_json() { as_json } else { as_text }
        }
        None => as_text,
    }
}

pub(super) fn not_json(answer: &Answer, span: Span) -> Failure {
    let label = match answer.body.as_slice() {
        [] => "it is empty".to_owned(),
        _ => format!("found {}", shown(&text_of(answer))),
    };
    Failure::new(span, "the body is not JSON", label)
}

fn against(schema: &Schema, answer: &Answer, span: Span, around: &mut Around<'_>) -> Vec<Failure> {
    let validator = match schema {
        Schema::Inline(validator) => Arc::clone(validator),
        Schema::File(name) => match (around.schema)(name) {
            Ok(validator) => validator,
            Err(why) => return vec![Failure::new(span, "the schema cannot be used", why)],
        },
    };
    let Some(body) = answer.json() else { return vec![not_json(answer, span)] };
    against_schema(&validator, &body, span)
}

/// What of a body does not fit.
pub(super) fn against_schema(validator: &Validator, body: &Value, span: Span) -> Vec<Failure> {
    const MOST: usize = 10;
    let failure = |error: jsonschema::ValidationError<'_>| {
        let pointer = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
        let label = format!("{} of the schema", error.schema_path().as_str());
        Failure::new(
            span,
            format!("{} does not fit the schema: {}", place(&pointer), shown_error(&error)),
            label,
        )
    };
    validator.iter_errors(body).take(MOST).map(failure).collect()
}

fn shown_error(error: &jsonschema::ValidationError<'_>) -> String {
    error.to_string().chars().take(160).collect()
}

fn snapshot(taken: Value, span: Span, around: &mut Around<'_>) -> Option<Failure> {
    let (taken, kept) = (around.snapshot)(taken);
    let Some(kept) = kept else {
        return Some(Failure::new(span, "there is no snapshot of this case yet", "--update writes it"));
    };
    let diff = difference(&kept, &taken).filter(|_| kept != taken)?;
    let failure = Failure::new(span, "the answer is not that of the snapshot", "--update writes the new one");
    Some(Failure { diff: Some(diff), ..failure })
}

fn noticed(answer: &Answer) -> String {
    if answer.notices.is_empty() {
        return "nothing was noticed".to_owned();
    }
    let all: Vec<_> = answer.notices.iter().map(ToString::to_string).collect();
    format!("noticed {}", all.join("; "))
}

fn duration(comparison: Comparison, limit: Duration, took: Duration, span: Span) -> Option<Failure> {
    let (holds, sign) = match comparison {
        Comparison::Less => (took < limit, "less than"),
        Comparison::AtMost => (took <= limit, "at most"),
        Comparison::More => (took > limit, "more than"),
        Comparison::AtLeast => (took >= limit, "at least"),
    };
    let ms = |duration: Duration| format!("{} ms", (duration.as_secs_f64() * 1e4).round() / 10.0);
    (!holds).then(|| {
        Failure::new(
            span,
            format!("expected an answer in {sign} {}", ms(limit)),
            format!("it took {}", ms(took)),
        )
    })
}

fn logs(words: &Words, answer: &Answer, span: Span) -> Option<Failure> {
    let Some(lines) = &answer.logs else {
        return Some(Failure::new(
            span,
            "the log of this target is not known",
            "there is nothing to compare",
        ));
    };
    let log = lines.join("\n");
    let label = match lines.as_slice() {
        [] => "the log is empty".to_owned(),
        lines => format!("the log has {} lines", lines.len()),
    };
    (!words.hold(&log))
        .then(|| Failure::new(span, format!("expected a log that {}", words.in_words()), label))
}

fn error(kind: Option<&Words>, message: Option<&Words>, answer: &Answer, span: Span) -> Vec<Failure> {
    let Some(failure) = &answer.failure else {
        let label = match answer.status {
            Some(status) => format!("it answered, and the caller gets {status}"),
            None => "it answered".to_owned(),
        };
        return vec![Failure::new(span, "expected the function to fail", label)];
    };
    let parts = [("type", kind, &failure.error_type), ("message", message, &failure.message)];
    let wrong = parts.into_iter().filter_map(|(name, words, found)| {
        let words = words.filter(|words| !words.hold(found))?;
        let message = format!("expected an error whose {name} {}", words.in_words());
        Some(Failure::new(span, message, format!("found {}", shown(&Value::from(found.as_str())))))
    });
    wrong.collect()
}

impl std::fmt::Display for Noticed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl Words {
    fn hold(&self, text: &str) -> bool {
        match self {
            Self::Equal(own) => own == text,
            Self::Contain(own) => text.contains(own.as_str()),
            Self::Match(regex) => regex.is_match(text),
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Equal(own) => format!("is {}", shown(&Value::from(own.as_str()))),
            Self::Contain(own) => format!("contains {}", shown(&Value::from(own.as_str()))),
            Self::Match(regex) => format!("matches {regex}"),
        }
    }
}
