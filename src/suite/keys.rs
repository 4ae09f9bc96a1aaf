//! Reading maps whose keys are known, and values of the right kind.

use crate::json::{Mistake, Span};
use crate::lint::nearest;
use crate::template::{Kind, Member, Node};
use serde_json::Value;
use std::time::Duration;

/// What a value of a suite becomes, or why it cannot.
pub(super) type Read<T> = Result<T, Mistake>;

/// The tag of values that are known only when the suite runs.
pub(super) const LATER: &str = "later";

/// The members of a map in which only some keys have a meaning. What is known only later is left
/// out.
pub(super) fn known<'n>(node: &'n Node, what: &str, keys: &[&str]) -> Read<Vec<&'n Member>> {
    let members = map(node, what)?;
    for member in members {
        if !keys.contains(&member.key.as_str()) {
            let mistake = Mistake::new(
                member.key_span,
                format!("the key `{}` is not known in {what}", brief(&member.key)),
            );
            return Err(mistake.hint(match nearest(&member.key, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", keys.join(", ")),
            }));
        }
    }
    Ok(members.iter().filter(|member| !is_later(&member.value)).collect())
}

/// The members of a map, each key once.
pub(super) fn map<'n>(node: &'n Node, what: &str) -> Read<&'n [Member]> {
    let Kind::Map(members) = &node.kind else { return Err(wrong(node, what, "a map")) };
    for (at, member) in members.iter().enumerate() {
        if members[..at].iter().any(|earlier| earlier.key == member.key) {
            let message = format!("the key `{}` stands twice in {what}", brief(&member.key));
            return Err(Mistake::new(member.key_span, message).hint("leave one of them out"));
        }
    }
    Ok(members)
}

pub(super) fn is_later(node: &Node) -> bool {
    node.tag.as_deref() == Some(LATER)
}

/// `a map`, `the text "x"`: what a value is, in words.
pub(super) fn kind(node: &Node) -> &'static str {
    match node.kind {
        Kind::Null => "nothing",
        Kind::Bool(_) => "a truth value",
        Kind::Number(_) => "a number",
        Kind::Text(_) => "a text",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a map",
    }
}

/// A value of another kind than is needed.
pub(super) fn wrong(node: &Node, what: &str, wanted: &str) -> Mistake {
    let what = if what.contains(' ') { what.to_owned() } else { format!("`{what}`") };
    Mistake::new(node.span, format!("{what} is {wanted}, not {}", kind(node)))
}

/// A text.
pub(super) fn text<'n>(node: &'n Node, what: &str) -> Read<&'n str> {
    node.text().ok_or_else(|| wrong(node, what, "a text"))
}

/// A text that is not empty.
pub(super) fn word(node: &Node, what: &str) -> Read<String> {
    match text(node, what)? {
        "" => Err(Mistake::new(node.span, format!("`{what}` is empty"))),
        text => Ok(text.to_owned()),
    }
}

/// A text, or a number or a truth value as it is written.
pub(super) fn scalar(node: &Node, what: &str) -> Read<String> {
    match &node.kind {
        Kind::Text(text) => Ok(text.clone()),
        Kind::Number(number) => Ok(number.to_string()),
        Kind::Bool(value) => Ok(value.to_string()),
        _ => Err(wrong(node, what, "a text")),
    }
}

/// `true` or `false`.
pub(super) fn flag(node: &Node, what: &str) -> Read<bool> {
    match node.kind {
        Kind::Bool(value) => Ok(value),
        _ => Err(wrong(node, what, "true or false")),
    }
}

/// A number.
pub(super) fn number(node: &Node, what: &str) -> Read<f64> {
    match &node.kind {
        Kind::Number(number) => Ok(number.as_f64().unwrap_or(f64::MAX)),
        _ => Err(wrong(node, what, "a number")),
    }
}

/// A whole number from a range.
pub(super) fn whole(node: &Node, what: &str, range: std::ops::RangeInclusive<u64>) -> Read<u64> {
    let number = match &node.kind {
        Kind::Number(number) => number.as_u64(),
        _ => None,
    };
    number.filter(|number| range.contains(number)).ok_or_else(|| {
        let message = format!("`{what}` is a whole number from {} to {}", range.start(), range.end());
        Mistake::new(node.span, message)
    })
}

/// A value, or each of a list; what is known only later is left out.
pub(super) fn each(node: &Node) -> Vec<&Node> {
    let nodes = match &node.kind {
        Kind::List(items) => items.iter().collect(),
        _ => vec![node],
    };
    nodes.into_iter().filter(|node| !is_later(node)).collect()
}

/// A text, or a list of them.
pub(super) fn texts(node: &Node, what: &str) -> Read<Vec<String>> {
    each(node).into_iter().map(|node| word(node, what)).collect()
}

/// A map of texts.
pub(super) fn pairs(node: &Node, what: &str) -> Read<Vec<(String, String)>> {
    let members = map(node, what)?.iter().filter(|member| !is_later(&member.value));
    members.map(|member| Ok((member.key.clone(), scalar(&member.value, &member.key)?))).collect()
}

/// `200ms`, `5s`, `2m`, or a number of seconds.
pub(super) fn duration(node: &Node, what: &str) -> Read<Duration> {
    let wrong = || {
        Mistake::new(node.span, format!("`{what}` is a duration"))
            .hint("such as 200ms, 5s or 2m, from 1ms to 24 hours")
    };
    let seconds = match &node.kind {
        Kind::Number(number) => number.as_f64(),
        Kind::Text(text) => seconds(text),
        _ => None,
    };
    let seconds = seconds.filter(|seconds| (0.001..=86_400.0).contains(seconds)).ok_or_else(wrong)?;
    Ok(Duration::from_secs_f64(seconds))
}

/// The seconds of `200ms`, `5s`, `2m` or `5`.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.parse().ok()?;
    match unit.trim() {
        "ms" => Some(number / 1000.0),
        "" | "s" => Some(number),
        "m" | "min" => Some(number * 60.0),
        _ => None,
    }
}

/// A value as a tree whose parts all stand in one place.
pub(super) fn node_of(value: &Value, span: Span) -> Node {
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(*value),
        Value::Number(number) => Kind::Number(number.clone()),
        Value::String(text) => Kind::Text(text.clone()),
        Value::Array(items) => Kind::List(items.iter().map(|item| node_of(item, span)).collect()),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| Member {
                key: key.clone(),
                key_span: span,
                value: node_of(value, span),
            };
            Kind::Map(members.iter().map(member).collect())
        }
    };
    Node::new(span, kind)
}

/// At most forty characters of a text.
pub(super) fn brief(text: &str) -> String {
    const LIMIT: usize = 40;
    if text.chars().count() <= LIMIT {
        return text.escape_debug().to_string();
    }
    text.chars().take(LIMIT - 1).flat_map(char::escape_debug).chain(['…']).collect()
}
