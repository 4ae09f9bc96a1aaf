//! What a snapshot holds of an answer: all but what differs from call to call.

use super::expect::Answer;
use crate::http::encoding::base64_encode;
use crate::json::Pointer;
use crate::lint::{covers, is_volatile};
use regex::{Regex, RegexSet};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// Texts that differ from call to call, and what a snapshot has instead.
const VOLATILE: [(&str, &str); 5] = [
    // Before ids, of which it has some inside.
    (r"\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}(;[A-Za-z]+=[0-9a-zA-Z:]+)*", "[trace]"),
    (r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "[uuid]"),
    (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?", "[time]"),
    (r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b", "[time]"),
    (r"\b\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}", "[time]"),
];

/// Numbers in which milliseconds since 1970 lie, from 2017 to 2049.
const EPOCH_MS: std::ops::Range<i64> = 1_500_000_000_000..2_500_000_000_000;

static PATTERNS: LazyLock<(RegexSet, Vec<Option<Regex>>)> = LazyLock::new(|| {
    let texts = VOLATILE.map(|(text, _)| text);
    let each = texts.iter().map(|text| Regex::new(text).ok()).collect();
    (RegexSet::new(texts).unwrap_or_else(|_| RegexSet::empty()), each)
});

/// Status, headers and body of an answer without what differs from call to call, and without what
/// stands at the places of `redacted` in the body.
pub(super) fn snapshot(answer: &Answer, redacted: &[Pointer]) -> Value {
    let mut names: Vec<_> = answer.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    names.dedup();
    let header = |name: String| {
        let values: Vec<_> = answer.headers.all(&name).map(|value| Value::from(text(value))).collect();
        let value = if let [one] = values.as_slice() { one.clone() } else { Value::Array(values) };
        (name, value)
    };
    let kept = names.into_iter().filter(|name| !is_volatile(name) && name != "content-length");
    let headers: Map<_, _> = kept.map(header).collect();
    let body = match (answer.json(), std::str::from_utf8(&answer.body)) {
        (Some(mut body), _) => {
            redact(&mut body, &Pointer::root(), redacted);
            body
        }
        (None, Ok(body)) => Value::from(text(body)),
        (None, Err(_)) => json!({ "base64": base64_encode(&answer.body) }),
    };
    json!({ "status": answer.status, "headers": headers, "body": body })
}

fn redact(value: &mut Value, here: &Pointer, redacted: &[Pointer]) {
    if redacted.iter().any(|pattern| covers(pattern, here)) {
        *value = Value::from("[redacted]");
        return;
    }
    match value {
        Value::String(own) => *own = text(own),
        Value::Number(number) if number.as_i64().is_some_and(|own| EPOCH_MS.contains(&own)) => {
            *value = Value::from("[time]");
        }
        Value::Array(items) => {
            items.iter_mut().enumerate().for_each(|(at, item)| redact(item, &here.child(at), redacted));
        }
        Value::Object(members) => {
            members.iter_mut().for_each(|(key, value)| redact(value, &here.child(key), redacted));
        }
        _ => {}
    }
}

/// A text without what differs from call to call.
fn text(own: &str) -> String {
    let (set, patterns) = &*PATTERNS;
    set.matches(own).iter().fold(own.to_owned(), |own, at| match patterns.get(at).and_then(Option::as_ref) {
        Some(pattern) => pattern.replace_all(&own, VOLATILE[at].1).into_owned(),
        None => own,
    })
}
