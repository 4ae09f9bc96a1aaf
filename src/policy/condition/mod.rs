//! `Condition`: operators, keys and values, and whether they hold for a request.

mod operator;
mod test;
#[cfg(test)]
mod tests;
mod value;

pub use operator::{Comparison, Operator, Order, SetOperator};
pub(super) use test::Test;

use super::document::Spot;
use super::problem::{Problem, ProblemKind};
use crate::json::Pointer;
use serde_json::Value;

/// One key of one operator, and the values that it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator as it is written, and where.
    pub operator: Spot,
    /// The operator; `None` if IAM knows no such operator, and the condition never holds.
    pub known: Option<Operator>,
    /// The key as it is written, and where.
    pub key: Spot,
    /// The values. Numbers and booleans count as their text.
    pub values: Vec<Spot>,
}

/// Reads the element: operators, each with keys, each with values.
pub(super) fn read_conditions(value: &Value, at: &Pointer, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (operator, at, keys) in members(value, at, problems) {
        let known = Operator::parse(operator);
        let problem = match known {
            None => Some(ProblemKind::UnknownOperator),
            Some(known) if known.is_null_qualified() => Some(ProblemKind::NullQualified),
            Some(_) if !Operator::is_spelled_right(operator) => Some(ProblemKind::OperatorCase),
            Some(_) => None,
        };
        problems.extend(problem.map(|kind| Problem::of_key(kind, &at)));
        let first = conditions.len();
        for (key, key_at, values) in members(keys, &at, problems) {
            let values = scalars(values, &key_at, problems);
            let twice = |earlier: &Condition| earlier.key.text.eq_ignore_ascii_case(key);
            if conditions[first..].iter().any(twice) {
                problems.push(Problem::of_key(ProblemKind::KeyTwice, &key_at));
            }
            if !key.contains(':') {
                problems.push(Problem::of_key(ProblemKind::KeyForm, &key_at));
            }
            if let Some(known) = known {
                values.iter().for_each(|value| check(known, value, problems));
            }
            let spot = |text: &str, at: &Pointer| Spot { text: text.to_owned(), at: at.clone() };
            conditions.push(Condition {
                operator: spot(operator, &at),
                known,
                key: spot(key, &key_at),
                values,
            });
        }
    }
    conditions
}

/// The members of an object with their places; none, and a problem, if it is no object.
fn members<'v>(
    value: &'v Value,
    at: &Pointer,
    problems: &mut Vec<Problem>,
) -> Vec<(&'v str, Pointer, &'v Value)> {
    let Some(members) = value.as_object() else {
        problems.push(Problem::of_value(ProblemKind::NotObject, at, value));
        return Vec::new();
    };
    members.iter().map(|(key, value)| (key.as_str(), at.child(key), value)).collect()
}

/// The texts of a value that is a scalar or a list of them.
fn scalars(value: &Value, at: &Pointer, problems: &mut Vec<Problem>) -> Vec<Spot> {
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let mut found = Vec::new();
    let mut add = |value: &Value, at: Pointer, problems: &mut Vec<Problem>| match scalar(value) {
        Some(text) => found.push(Spot { text, at }),
        None => problems.push(Problem::of_value(ProblemKind::NotTexts, &at, value)),
    };
    match value {
        Value::Array(items) if items.is_empty() => {
            problems.push(Problem::of_value(ProblemKind::EmptyList, at, value));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| add(item, at.child(index), problems));
        }
        one => add(one, at.clone(), problems),
    }
    found
}

/// Whether the operator can compare with the value at all.
fn check(operator: Operator, value: &Spot, problems: &mut Vec<Problem>) {
    let text = value.text.as_str();
    let is_text = matches!(operator.comparison, Comparison::Text | Comparison::TextIgnoringCase);
    let kind = if is_text && text.contains(['*', '?']) && !text.contains("${") {
        ProblemKind::WildcardLiteral
    } else if !value::is_usable(operator.comparison, text) {
        ProblemKind::ValueForm
    } else {
        return;
    };
    problems.push(Problem::of_text(kind, &value.at, text));
}
