//! Writing a value into a document at a JSON pointer.

use super::pointer::Pointer;
use serde_json::{Map, Value};

/// Why a value cannot stand at a pointer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// A number, a text or a boolean has no members.
    #[error("{0} has no members to set")]
    NoContainer(Pointer),
    /// An index outside of the array, or no index.
    #[error("{0} is an array: `{1}` is no index of it, and no `-` for its end")]
    NoIndex(Pointer, String),
}

/// Puts `value` at `pointer`, making the objects on the way that are missing or null. In an array
/// the token is an index or `-` for a new last item.
///
/// # Errors
/// [`SetError`] if the way leads through a value without members; the document may then have new
/// objects on the way.
pub fn set(document: &mut Value, pointer: &Pointer, value: Value) -> Result<(), SetError> {
    let mut place = document;
    let mut here = Pointer::root();
    for token in pointer.tokens() {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        place = match place {
            Value::Object(members) => members.entry(token.clone()).or_insert(Value::Null),
            Value::Array(items) => {
                item(items, token).ok_or_else(|| SetError::NoIndex(here.clone(), token.clone()))?
            }
            _ => return Err(SetError::NoContainer(here)),
        };
        here = here.child(token);
    }
    *place = value;
    Ok(())
}

fn item<'i>(items: &'i mut Vec<Value>, token: &str) -> Option<&'i mut Value> {
    if token == "-" {
        items.push(Value::Null);
        return items.last_mut();
    }
    items.get_mut(token.parse::<usize>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_put_in_place() {
        let mut event = json!({"headers": null, "list": [1]});
        let mut put = |pointer: &str, value| set(&mut event, &Pointer::parse(pointer).unwrap(), value);
        put("/headers/X-A", json!("1")).unwrap();
        put("/list/-", json!(2)).unwrap();
        put("/list/0", json!(0)).unwrap();
        assert_eq!(
            put("/list/9", json!(0)).unwrap_err().to_string(),
            "/list is an array: `9` is no index of it, and no `-` for its end"
        );
        assert!(put("/list/0/x", json!(0)).is_err());
        assert_eq!(event, json!({"headers": {"X-A": "1"}, "list": [0, 2]}));
    }
}
