//! What differs between two events: volatile values folded, header names compared as the front
//! ends write them, bodies compared as what they say.

use super::checks::writes_lower_case;
use super::flavours::{EventFlavor, detect};
use crate::http::encoding::base64_decode;
use crate::json::{Difference, Pointer, diff};
use serde_json::{Map, Value};

/// A difference between two events.
#[derive(Debug, Clone, PartialEq)]
pub struct EventDifference {
    /// Where it is; below `/body` the pointer goes on inside the body, if both bodies are JSON.
    pub pointer: Pointer,
    /// The value in the first event; `None` if there is none.
    pub left: Option<Value>,
    /// The value in the second event; `None` if there is none.
    pub right: Option<Value>,
    /// Why it is no wonder that the value differs from call to call, if it is none.
    pub volatile: Option<&'static str>,
}

/// Values that differ from call to call: the place, and what it is.
const VOLATILE: &[(&str, &str)] = &[
    ("/requestContext/requestId", "request id"), // R-096, H-021, U-007
    ("/requestContext/extendedRequestId", "request id"), // R-095, H-044
    ("/requestContext/requestTime", "time"),
    ("/requestContext/requestTimeEpoch", "time"),
    ("/requestContext/time", "time"),            // H-022
    ("/requestContext/timeEpoch", "time"),       // H-022, V-002
    ("/requestContext/deploymentId", "deployment"),
    ("/requestContext/authorizer/integrationLatency", "time"),
    ("/requestContext/connectionId", "connection"), // W-005
    ("/requestContext/connectedAt", "time"),     // W-005
    ("/requestContext/messageId", "message id"), // W-005
];

/// Headers whose values differ from call to call.
const VOLATILE_HEADERS: &[(&str, &str)] = &[
    ("x-amzn-trace-id", "trace"),        // R-072, H-017
    ("x-amz-cf-id", "CloudFront id"),
    ("sec-websocket-key", "connection"), // W-002
    ("cloudfront-viewer-address", "source port"),
];

/// What differs between two events, in the order of the first.
pub fn diff_events(left: &Value, right: &Value) -> Vec<EventDifference> {
    let flavor = |event| detect(event, None).map(|detection| detection.flavor);
    let without_case = [flavor(left), flavor(right)].into_iter().flatten().any(EventFlavor::is_lower);
    let (left, right) = (comparable(left, without_case), comparable(right, without_case));
    let differences = diff(&left, &right);
    differences.into_iter().flat_map(|difference| in_body(difference, &left, &right)).map(named).collect()
}

impl EventFlavor {
    /// Whether it writes header names in lower case, so that their case tells nothing.
    fn is_lower(&self) -> bool {
        writes_lower_case(self.name)
    }
}

/// The event with what may be written in two ways written in one.
fn comparable(event: &Value, without_case: bool) -> Value {
    let mut event = event.clone();
    if let (true, Value::Object(members)) = (without_case, &mut event) {
        for map in ["headers", "multiValueHeaders"] {
            if let Some(Value::Object(headers)) = members.get_mut(map) {
                let lower = std::mem::take(headers).into_iter();
                *headers =
                    lower.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect::<Map<_, _>>();
            }
        }
    }
    event
}

/// A difference of two bodies that are JSON is told inside of them, however they are written.
fn in_body(difference: Difference, left: &Value, right: &Value) -> Vec<Difference> {
    let is_body = difference.pointer.to_string() == "/body";
    match (is_body, body(left), body(right)) {
        (true, Some(left), Some(right)) => {
            let inside = diff(&left, &right).into_iter();
            inside
                .map(|found| Difference { pointer: below(&difference.pointer, &found.pointer), ..found })
                .collect()
        }
        _ => vec![difference],
    }
}

/// The body as JSON, if it is an object or an array.
fn body(event: &Value) -> Option<Value> {
    let text = event.get("body")?.as_str()?;
    let body: Value = match event.get("isBase64Encoded").and_then(Value::as_bool) {
        Some(true) => serde_json::from_slice(&base64_decode(text)?).ok()?,
        _ => serde_json::from_str(text).ok()?,
    };
    (body.is_object() || body.is_array()).then_some(body)
}

fn below(base: &Pointer, inside: &Pointer) -> Pointer {
    inside.tokens().iter().fold(base.clone(), |pointer, token| pointer.child(token))
}

fn named(difference: Difference) -> EventDifference {
    let volatile = volatile(&difference);
    let Difference { pointer, left, right } = difference;
    EventDifference { pointer, left, right, volatile }
}

/// What makes a difference no wonder. A value that only one event has is never folded: that is a
/// difference in shape.
fn volatile(difference: &Difference) -> Option<&'static str> {
    let (left, right) = (difference.left.as_ref()?, difference.right.as_ref()?);
    let pointer = difference.pointer.to_string();
    if let Some((_, what)) = VOLATILE.iter().find(|(place, _)| *place == pointer) {
        return Some(what);
    }
    let [map, name, ..] = difference.pointer.tokens() else { return None };
    if map != "headers" && map != "multiValueHeaders" {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let both =
        |test: fn(&str) -> bool| [left, right].into_iter().all(|value| value.as_str().is_some_and(test));
    match name.as_str() {
        "via" if both(|via| via.contains(".cloudfront.net")) => Some("CloudFront id"),
        "x-forwarded-for" if same_clients(left, right) => Some("CloudFront node or source port"),
        _ => VOLATILE_HEADERS.iter().find(|(header, _)| *header == name).map(|(_, what)| *what),
    }
}

/// Whether the first hop is the same, the source port aside.
fn same_clients(left: &Value, right: &Value) -> bool {
    let first = |value: &Value| {
        let hop = value.as_str()?.split(',').next()?.trim().to_owned();
        let address = hop.rsplit_once(':').filter(|(address, _)| address.contains('.'));
        Some(address.map_or(hop.clone(), |(address, _)| address.to_owned()))
    };
    first(left).is_some() && first(left) == first(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn example(flavor: &str) -> Value {
        EventFlavor::from_name(flavor).unwrap().example()
    }

    fn told(left: &Value, right: &Value) -> Vec<(String, Option<&'static str>)> {
        diff_events(left, right)
            .into_iter()
            .map(|found| (found.pointer.to_string(), found.volatile))
            .collect()
    }

    #[test]
    fn what_differs_from_call_to_call_is_known() {
        let left = example("rest");
        let mut right = left.clone();
        right["requestContext"]["requestId"] = json!("0b1c2d3e-4f50-4a61-8b72-0123456789ab");
        right["headers"]["X-Amzn-Trace-Id"] = json!("Root=1-00000000-000000000000000000000000");
        right["headers"]["X-Forwarded-For"] = json!("203.0.113.10, 198.51.100.9");
        right["path"] = json!("/users/43");
        let expected = [
            ("/path", None),
            ("/headers/X-Amzn-Trace-Id", Some("trace")),
            ("/headers/X-Forwarded-For", Some("CloudFront node or source port")),
            ("/requestContext/requestId", Some("request id")),
        ];
        let told = told(&left, &right);
        assert_eq!(told, expected.map(|(pointer, why)| (pointer.to_owned(), why)));
        right["headers"].as_object_mut().unwrap().shift_remove("X-Amzn-Trace-Id");
        assert!(self::told(&left, &right).contains(&("/headers/X-Amzn-Trace-Id".to_owned(), None)));
    }

    #[test]
    fn bodies_are_compared_as_what_they_say() {
        let (left, mut right) = (example("rest"), example("rest"));
        right["body"] = json!("{\"name\":\"Ada\"}");
        assert_eq!(told(&left, &right), []);
        right["body"] = json!(crate::http::encoding::base64_encode(b"{\"name\": \"Bob\"}"));
        right["isBase64Encoded"] = json!(true);
        assert_eq!(
            told(&left, &right),
            [("/body/name".to_owned(), None), ("/isBase64Encoded".to_owned(), None)]
        );
        right["body"] = json!("text");
        right["isBase64Encoded"] = json!(false);
        assert_eq!(told(&left, &right), [("/body".to_owned(), None)]);
    }

    #[test]
    fn the_case_of_header_names_counts_where_aws_keeps_it() {
        let renamed = |flavor: &str, name: &str| {
            let (left, mut right) = (example(flavor), example(flavor));
            let headers = right["headers"].as_object_mut().unwrap();
            let value = headers.shift_remove(name).unwrap();
            headers.insert(name.to_ascii_uppercase(), value);
            told(&left, &right).len()
        };
        assert_eq!(renamed("http", "content-type"), 0);
        assert_eq!(renamed("rest", "Content-Type"), 2);
    }
}
