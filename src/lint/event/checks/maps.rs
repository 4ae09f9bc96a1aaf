//! The maps of single and of all values: the same keys, and the last value.

use super::{Event, at};
use crate::gateway::{Evidence, Notice, NoticeKind};
use serde_json::Value;

const PAIRS: [(&str, &str); 2] =
    [("headers", "multiValueHeaders"), ("queryStringParameters", "multiValueQueryStringParameters")];

/// Both maps hold the same keys, and the single one the last value of each (R-042, R-045, R-064,
/// H-045).
pub(super) fn maps(event: &Event<'_>) -> Vec<Notice> {
    if event.is_any(&["alb", "alb-multi"]) {
        return Vec::new(); // L-001: one or the other, which the schemas say
    }
    PAIRS.iter().flat_map(|(single, multi)| pair(event, single, multi)).collect()
}

fn basis(event: &Event<'_>, of: &str) -> (&'static [&'static str], Evidence) {
    match (event.flavor.name, of) {
        ("rest" | "authorizer-request", "headers") => (&["R-064"], Evidence::Recorded),
        ("rest" | "authorizer-request", _) => (&["R-042", "R-045"], Evidence::Recorded),
        ("http-v1", _) => (&["H-045"], Evidence::Recorded),
        ("websocket" | "authorizer-websocket", _) => (&["W-002"], Evidence::Recorded),
        _ => (&["H-045", "H-101"], Evidence::Inferred),
    }
}

fn pair(event: &Event<'_>, single: &str, multi: &str) -> Vec<Notice> {
    let (facts, evidence) = basis(event, single);
    let one_only = |key: &str, has: &str, lacks: &str| {
        let found = format!("not in `{lacks}`");
        event.notice(NoticeKind::KeyInOneMap, at("").child(has).child(key), found, facts, evidence).on_key()
    };
    let (values, lists) = match (event.map(single), event.map(multi)) {
        (Some(values), Some(lists)) => (values, lists),
        (Some(filled), None) => return half(event, single, multi, filled.len()),
        (None, Some(filled)) => return half(event, multi, single, filled.len()),
        (None, None) => return Vec::new(),
    };
    let mut notices = Vec::new();
    for (key, value) in values {
        match lists.get(key) {
            None => notices.push(one_only(key, single, multi)),
            Some(list) => {
                let last = list.as_array().and_then(|list| list.last());
                if let (Some(Value::String(last)), Value::String(value)) = (last, value)
                    && last != value
                {
                    let found = format!("{value:?}, but the last value in `{multi}` is {last:?}");
                    let pointer = at("").child(single).child(key);
                    notices.push(event.notice(NoticeKind::MapsDisagree, pointer, found, facts, evidence));
                }
            }
        }
    }
    let alone = lists.keys().filter(|key| !values.contains_key(*key));
    notices.extend(alone.map(|key| one_only(key, multi, single)));
    notices
}

/// One map is filled and the other null; a map that is missing is the schema's complaint.
fn half(event: &Event<'_>, filled: &str, empty: &str, count: usize) -> Vec<Notice> {
    if count == 0 || !event.value.get(empty).is_some_and(Value::is_null) {
        return Vec::new();
    }
    let (facts, evidence) = basis(event, filled);
    let found = format!("null, but `{filled}` is filled");
    vec![event.notice(NoticeKind::MapsDisagree, at("").child(empty), found, facts, evidence)]
}
