//! Maps of names and values, as the events of several flavours hold them.

use crate::http::{Headers, encoding};
use serde_json::{Map, Value};

/// Lists of equal names, each with its values in order.
pub(in crate::gateway) type Lists = Vec<(String, Vec<String>)>;

/// Pairs brought together by name, in the order in which the names first occur.
pub(super) fn grouped(pairs: impl IntoIterator<Item = (String, String)>) -> Lists {
    let mut lists: Lists = Vec::new();
    for (name, value) in pairs {
        match lists.iter_mut().find(|(own, _)| *own == name) {
            Some((_, values)) => values.push(value),
            None => lists.push((name, vec![value])),
        }
    }
    lists
}

/// The lists of header fields, whose names are compared without case; sorted without it.
pub(super) fn of_headers(headers: &Headers) -> Lists {
    let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
    let mut lists: Lists =
        headers.grouped().into_iter().map(|(name, values)| (name.to_owned(), owned(values))).collect();
    lists.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    lists
}

/// The map of last values.
pub(super) fn last_values(lists: &Lists) -> Value {
    text_map(lists.iter().filter_map(|(name, values)| Some((name.as_str(), values.last()?.as_str()))))
}

/// The map of all values.
pub(super) fn all_values(lists: &Lists) -> Value {
    let members = lists.iter().map(|(name, values)| (name.clone(), Value::from(values.clone())));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Text members as a JSON object, in their order.
pub(super) fn text_map<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Value {
    let members = pairs.into_iter().map(|(key, value)| (key.to_owned(), Value::from(value)));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Pairs that were given by name, as a map.
pub(in crate::gateway) fn text_pairs(pairs: &[(String, String)]) -> Value {
    text_map(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The map, or nothing if it is empty.
pub(super) fn some(map: Value) -> Option<Value> {
    map.as_object().is_some_and(|map| !map.is_empty()).then_some(map)
}

/// The map, or null if it is empty (R-004, H-049).
pub(super) fn or_null(map: Value) -> Value {
    some(map).unwrap_or(Value::Null)
}

/// Path parameters with their percent escapes undone (H-018, H-041).
pub(super) fn decoded(parameters: &[(String, String)]) -> Value {
    let decoded: Vec<_> = parameters.iter().map(|(k, v)| (k.clone(), encoding::percent_decode(v))).collect();
    text_pairs(&decoded)
}

/// The pairs of a multi-value map, or of the single one where that is missing; null is no value.
pub(super) fn pairs(event: &Value, multi: &str, single: &str) -> Vec<(String, String)> {
    let map = event.get(multi).filter(|map| map.is_object()).or_else(|| event.get(single));
    let mut pairs = Vec::new();
    for (name, values) in map.and_then(Value::as_object).into_iter().flatten() {
        let values = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
        for value in values.iter().filter(|value| !value.is_null()) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            pairs.push((name.clone(), text));
        }
    }
    pairs
}
