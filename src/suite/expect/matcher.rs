//! What is expected of a JSON value.

use super::super::capture::regex;
use super::super::keys::{Read, brief, flag, is_later, known, number, word, wrong};
use super::{Diff, Failure};
use crate::json::{Mistake, Pointer, Span, diff};
use crate::lint::{EventDifference, nearest};
use crate::template::{Kind, Node};
use regex::Regex;
use serde_json::Value;

/// Tests of a value, all of which have to hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher {
    tests: Vec<(Span, Test)>,
}

#[derive(Debug, Clone)]
enum Test {
    Equals(Value),
    Contains(Value),
    Matches(Regex),
    Type(&'static str),
    Compares(&'static str, f64),
    Length(Matcher),
    Exists(bool),
}

/// The words for tests; a map with one of them is no value.
const TESTS: [&str; 10] =
    ["equals", "contains", "matches", "type", "gt", "gte", "lt", "lte", "length", "exists"];

const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

impl Matcher {
    /// Reads a value that is expected, or tests of it.
    pub(super) fn read(node: &Node) -> Read<Self> {
        let is_test = |key: &str| TESTS.contains(&key);
        let members = node.members();
        if members.iter().any(|member| is_test(&member.key)) {
            if let Some(other) = members.iter().find(|member| !is_test(&member.key)) {
                let message = format!("`{}` is no test of a value", brief(&other.key));
                return Err(Mistake::new(other.key_span, message).hint(format!(
                    "the tests are {}; write an object that is expected below `equals:`",
                    TESTS.join(", ")
                )));
            }
            return Self::of_members(node, "a test", &TESTS);
        }
        Ok(Self { tests: vec![(node.span, Test::Equals(node.to_json()))] })
    }

    /// Reads some of the tests; other keys are a mistake.
    pub(super) fn of_members(node: &Node, what: &str, keys: &[&str]) -> Read<Self> {
        let members =
            known(node, what, keys)?.into_iter().filter(|member| TESTS.contains(&member.key.as_str()));
        let read = |member: &crate::template::Member| {
            Ok((member.value.span, Test::read(&member.key, &member.value)?))
        };
        Ok(Self { tests: members.map(read).collect::<Read<_>>()? })
    }

    pub(super) fn equals(span: Span, value: Value) -> Self {
        Self { tests: vec![(span, Test::Equals(value))] }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// The same with texts that are JSON objects or lists as what they say.
    pub(super) fn parsed(&self) -> Self {
        let parse = |value: &Value| {
            let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            read.filter(|read| read.is_object() || read.is_array()).unwrap_or_else(|| value.clone())
        };
        let test = |(span, test): &(Span, Test)| match test {
            Test::Equals(value) => (*span, Test::Equals(parse(value))),
            test => (*span, test.clone()),
        };
        Self { tests: self.tests.iter().map(test).collect() }
    }

    /// Whether it speaks of JSON and not of text.
    pub(super) fn is_about_json(&self) -> bool {
        let is_json =
            |test: &Test| matches!(test, Test::Equals(value) | Test::Contains(value) if !value.is_string());
        self.parsed().tests.iter().any(|(_, test)| is_json(test))
    }

    /// What of a value is not as expected; `what` is what people call it.
    pub(super) fn check(&self, found: Option<&Value>, what: &str) -> Vec<Failure> {
        self.tests.iter().filter_map(|(span, test)| test.check(found, what, *span)).collect()
    }
}

impl Test {
    fn read(key: &str, node: &Node) -> Read<Self> {
        Ok(match key {
            "equals" => Self::Equals(node.to_json()),
            "contains" => Self::Contains(node.to_json()),
            "matches" => Self::Matches(regex(&word(node, key)?, node.span)?),
            "type" => Self::Type(type_of(node)?),
            "gt" => Self::Compares(">", number(node, key)?),
            "gte" => Self::Compares(">=", number(node, key)?),
            "lt" => Self::Compares("<", number(node, key)?),
            "lte" => Self::Compares("<=", number(node, key)?),
            "length" => match &node.kind {
                Kind::Map(_) | Kind::Number(_) => Self::Length(Matcher::read(node)?),
                _ if is_later(node) => Self::Exists(true),
                _ => return Err(wrong(node, key, "a number, or tests of one")),
            },
            _ => Self::Exists(flag(node, key)?),
        })
    }

    fn check(&self, found: Option<&Value>, what: &str, span: Span) -> Option<Failure> {
        let fails = |expected: String, label: String| {
            Some(Failure::new(span, format!("{what}: expected {expected}"), label))
        };
        if let Self::Exists(wanted) = self {
            return match (wanted, found) {
                (true, None) => fails("a value".to_owned(), "there is none".to_owned()),
                (false, Some(value)) => fails("nothing".to_owned(), format!("found {}", shown(value))),
                _ => None,
            };
        }
        let Some(value) = found else { return fails(self.in_words(), "there is none".to_owned()) };
        let label = || format!("found {}", shown(value));
        match self {
            Self::Equals(expected) if !equal(expected, value) => match difference(expected, value) {
                None => fails(self.in_words(), label()),
                Some(diff) => {
                    let label = diff.in_brief();
                    let failure = Failure::new(span, format!("{what} is not as expected"), label);
                    Some(Failure { diff: Some(diff), ..failure })
                }
            },
            Self::Length(matcher) => {
                let Some(length) = length(value) else {
                    return fails("something with a length".to_owned(), label());
                };
                matcher.check(Some(&Value::from(length)), &format!("the length of {what}")).into_iter().next()
            }
            _ if self.holds(value) => None,
            _ => fails(self.in_words(), label()),
        }
    }

    fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Equals(expected) => equal(expected, value),
            Self::Contains(part) => contains(value, part),
            Self::Matches(regex) => match value {
                Value::String(text) => regex.is_match(text),
                value => regex.is_match(&value.to_string()),
            },
            Self::Type(name) => is_type(value, name),
            Self::Compares(sign, limit) => value.as_f64().is_some_and(|number| match *sign {
                ">" => number > *limit,
                ">=" => number >= *limit,
                "<" => number < *limit,
                _ => number <= *limit,
            }),
            Self::Length(_) | Self::Exists(_) => true,
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Equals(value) => shown(value),
            Self::Contains(value) => format!("something that contains {}", shown(value)),
            Self::Matches(regex) => format!("something that matches {regex}"),
            Self::Type(name) => format!("a value of type {name}"),
            Self::Compares(sign, limit) => format!("a number {sign} {limit}"),
            Self::Length(_) | Self::Exists(_) => "a value".to_owned(),
        }
    }
}

fn type_of(node: &Node) -> Read<&'static str> {
    let name = match node.kind {
        Kind::Null => "null".to_owned(),
        _ => word(node, "type")?,
    };
    TYPES.into_iter().find(|own| *own == name).ok_or_else(|| {
        Mistake::new(node.span, format!("`{}` is no type of JSON", brief(&name))).hint(
            match nearest(&name, TYPES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the types are {}", TYPES.join(", ")),
            },
        )
    })
}

fn is_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            name == "number" || (name == "integer" && number.as_f64().is_some_and(|own| own.fract() == 0.0))
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// Whether values are equal; `1` and `1.0` are.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |(key, value): (&String, &Value)| right.get(key).is_some_and(|own| equal(value, own));
            left.len() == right.len() && left.iter().all(same)
        }
        _ => left == right,
    }
}

/// Text in text, an item of a list, members of an object.
fn contains(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
        (Value::Array(items), part) => items.iter().any(|item| equal(item, part) || contained(item, part)),
        (Value::Object(_), Value::Object(_)) => contained(value, part),
        (Value::Object(members), Value::String(key)) => members.contains_key(key),
        _ => false,
    }
}

/// Whether every member of the part stands in the value, at any depth.
fn contained(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Object(members), Value::Object(part)) => part.iter().all(|(key, wanted)| {
            members.get(key).is_some_and(|own| equal(own, wanted) || contained(own, wanted))
        }),
        _ => false,
    }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(members) => Some(members.len()),
        _ => None,
    }
}

/// A value on one line, the beginning of a long one.
pub(super) fn shown(value: &Value) -> String {
    const LIMIT: usize = 80;
    let text = value.to_string();
    if text.chars().count() <= LIMIT {
        return text;
    }
    text.chars().take(LIMIT - 1).chain(['…']).collect()
}

/// What differs, where one look does not show it.
pub(super) fn difference(expected: &Value, found: &Value) -> Option<Diff> {
    match (expected, found) {
        (Value::Object(_) | Value::Array(_), Value::Object(_) | Value::Array(_)) => {
            let row = |found: crate::json::Difference| EventDifference {
                pointer: found.pointer,
                left: found.left,
                right: found.right,
                volatile: None,
            };
            let differs = |row: &crate::json::Difference| match (&row.left, &row.right) {
                (Some(left), Some(right)) => !equal(left, right),
                _ => true,
            };
            Some(Diff::Json(diff(expected, found).into_iter().filter(differs).map(row).collect()))
        }
        (Value::String(left), Value::String(right)) if left.contains('\n') || right.contains('\n') => {
            Some(Diff::Text(left.clone(), right.clone()))
        }
        _ => None,
    }
}

/// A pointer as people read it: the whole has a name, too.
pub(super) fn place(pointer: &Pointer) -> String {
    if pointer.is_root() { "the body".to_owned() } else { format!("the body's {pointer}") }
}
