//! What differs between two JSON values, pointer by pointer.

use super::pointer::Pointer;
use serde_json::{Map, Value};

/// A place in which two values differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The place.
    pub pointer: Pointer,
    /// The value on the left; `None` if there is none.
    pub left: Option<Value>,
    /// The value on the right; `None` if there is none.
    pub right: Option<Value>,
}

/// The places in which two values differ, as deep as they still can be compared: members by their
/// keys in the order of the left, then of the right; items by their index.
pub fn diff(left: &Value, right: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(left, right, &Pointer::root(), &mut found);
    found
}

fn compare(left: &Value, right: &Value, here: &Pointer, found: &mut Vec<Difference>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => members(left, right, here, found),
        (Value::Array(left), Value::Array(right)) => {
            for index in 0..left.len().max(right.len()) {
                maybe(left.get(index), right.get(index), here.child(index), found);
            }
        }
        _ if left == right => {}
        _ => found.push(Difference {
            pointer: here.clone(),
            left: Some(left.clone()),
            right: Some(right.clone()),
        }),
    }
}

fn members(
    left: &Map<String, Value>,
    right: &Map<String, Value>,
    here: &Pointer,
    found: &mut Vec<Difference>,
) {
    let added = right.keys().filter(|key| !left.contains_key(*key));
    for key in left.keys().chain(added) {
        maybe(left.get(key), right.get(key), here.child(key), found);
    }
}

fn maybe(left: Option<&Value>, right: Option<&Value>, pointer: Pointer, found: &mut Vec<Difference>) {
    match (left, right) {
        (Some(left), Some(right)) => compare(left, right, &pointer, found),
        _ => found.push(Difference { pointer, left: left.cloned(), right: right.cloned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn differences_are_as_deep_as_they_can_be() {
        let found = diff(
            &json!({"a": [1, 2], "b": {"c/d": null}, "e": 1}),
            &json!({"b": {"c/d": false}, "a": [1, 3, 4], "f": {}}),
        );
        let told: Vec<_> =
            found.iter().map(|d| (d.pointer.to_string(), d.left.clone(), d.right.clone())).collect();
        let expected = [
            ("/a/1".to_owned(), Some(json!(2)), Some(json!(3))),
            ("/a/2".to_owned(), None, Some(json!(4))),
            ("/b/c~1d".to_owned(), Some(json!(null)), Some(json!(false))),
            ("/e".to_owned(), Some(json!(1)), None),
            ("/f".to_owned(), None, Some(json!({}))),
        ];
        assert_eq!(told, expected);
    }

    proptest! {
        #[test]
        fn equal_values_have_no_difference_and_others_have(left in crate::testing::json(), right in crate::testing::json()) {
            prop_assert_eq!(diff(&left, &left), []);
            prop_assert_eq!(diff(&left, &right).is_empty(), left == right);
            prop_assert_eq!(diff(&left, &right).len(), diff(&right, &left).len());
        }
    }
}
