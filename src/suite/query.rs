//! A place in a JSON value: a pointer, or a JSONPath.

use super::keys::Read;
use crate::json::{Mistake, Pointer, Span};
use serde_json::Value;
use serde_json_path::JsonPath;
use std::fmt;

/// Which part of a JSON value is meant.
#[derive(Debug, Clone)]
pub(super) enum Query {
    /// The value at a pointer.
    Pointer(Pointer),
    /// What a JSONPath finds; one that can find several finds a list.
    Path(JsonPath, bool),
}

impl Query {
    /// Reads a pointer (`/items/0`, or nothing for the whole), or a JSONPath (`$.items[0]`).
    pub(super) fn read(text: &str, span: Span) -> Read<Self> {
        if text.starts_with('$') {
            let path = JsonPath::parse(text).map_err(|error| {
                Mistake::new(span, format!("this is no JSONPath: {}", error.message()))
                    .hint("such as $.items[*].id, as RFC 9535 has it")
            })?;
            return Ok(Self::Path(path, finds_several(text)));
        }
        Pointer::parse(text).map(Self::Pointer).ok_or_else(|| {
            Mistake::new(span, "this is no place in JSON")
                .hint("a JSON pointer such as /items/0/id, or a JSONPath such as $.items[*].id")
        })
    }

    /// The value; `None` if there is none.
    pub(super) fn find(&self, value: &Value) -> Option<Value> {
        match self {
            Self::Pointer(pointer) => value.pointer(&pointer.to_string()).cloned(),
            Self::Path(path, several) => {
                let found = path.query(value).all();
                match several {
                    true => Some(found.into_iter().cloned().collect()),
                    false => found.first().map(|value| (*value).clone()),
                }
            }
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pointer(pointer) => write!(f, "{pointer}"),
            Self::Path(path, _) => write!(f, "{path}"),
        }
    }
}

/// Whether a JSONPath can find more than one value: outside of its quoted names it has a wildcard,
/// a descent, a filter, a slice or a union.
fn finds_several(text: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    let mut is_escaped = false;
    for letter in text.chars() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if letter == '\\' => is_escaped = true,
            Some(open) if open == letter => quote = None,
            Some(_) => {}
            None if letter == '\'' || letter == '"' => quote = Some(letter),
            None if "*?,:".contains(letter) || (letter == '.' && before == '.') => return true,
            None => {}
        }
        before = letter;
    }
    false
}
