//! Responses of HTTP APIs in payload format 1.0 (H-060 to H-083).

use super::headers::capitalized;
use super::reading::{self, Basis};
use super::{Exchange, Outcome, http};
use crate::gateway::notice::Evidence;
use crate::http::Headers;
use serde_json::Value;

const BASIS: Basis = Basis { null_list: "H-073", cookies: "H-074", ..http::BASIS };

const ITEMS: Basis = Basis {
    bool_header: ("H-073", Evidence::Inferred),
    number_header: ("H-073", Evidence::Inferred),
    null_header: ("H-073", Evidence::Inferred),
    ..BASIS
};

const KNOWN_KEYS: [&str; 5] = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/// The outcome for a result whose shape is accepted; nothing is inferred (H-081).
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    let mut notices = Vec::new();
    let status = reading::status(result, &BASIS, &mut notices);
    let mut headers = Headers::new();
    // H-073: the value of `headers` comes before the list; each value has a line of its own
    for (name, value) in reading::fields(result, &BASIS, &mut notices) {
        if let Some(value) = value {
            headers.append(capitalized(name), value);
        }
    }
    for (name, values) in reading::lists(result, &ITEMS, &mut notices) {
        for value in values {
            headers.append(capitalized(&name), value);
        }
    }
    if !headers.contains("content-type") {
        headers.append("Content-Type", exchange.api.flavor.facts().default_content_type); // H-062
    }
    let body = http::body(result, &mut notices);
    reading::ignored_keys(result, &KNOWN_KEYS, &BASIS, &mut notices);
    let response = http::answer(exchange, status, headers, body);
    Outcome { response: Some(response), refused: false, notices }
}
