//! Responses of HTTP APIs in payload format 2.0 (H-060 to H-083).

use super::headers::capitalized;
use super::reading::{self, Basis};
use super::{Exchange, Outcome};
use crate::gateway::errors::GatewayError;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::{Body, Headers, Response};
use crate::json::Pointer;
use serde_json::Value;

pub(super) const BASIS: Basis = Basis {
    number_status: ("H-067", Evidence::Inferred),
    text_status: ("H-067", Evidence::Inferred),
    null_header: ("H-070", Evidence::Inferred),
    bool_header: ("H-070", Evidence::Inferred),
    number_header: ("H-070", Evidence::Inferred),
    flag: "H-075",
    null_list: "H-070",
    null_body: "H-069",
    undecodable: "H-075",
    cookies: "H-072",
    multi: ("H-071", Evidence::Reported),
    unknown_key: ("H-074", Evidence::Inferred),
};

const KNOWN_KEYS: [&str; 6] =
    ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "cookies"];

/// The outcome for a result whose shape is accepted.
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    if result.get("statusCode").is_none_or(Value::is_null) {
        return infer(exchange, result);
    }
    let mut notices = Vec::new();
    let status = reading::status(result, &BASIS, &mut notices);
    let mut headers = Headers::new();
    for cookie in reading::cookies(result, &BASIS, &mut notices) {
        headers.append("Set-Cookie", cookie); // H-072: the list comes before the header
    }
    for (name, value) in reading::fields(result, &BASIS, &mut notices) {
        if let Some(value) = value {
            headers.append(capitalized(name), value);
        }
    }
    if !headers.contains("content-type") {
        headers.append("Content-Type", exchange.api.flavor.facts().default_content_type); // H-062
    }
    let body = body(result, &mut notices);
    reading::ignored_lists(result, &BASIS, &mut notices);
    reading::ignored_keys(result, &KNOWN_KEYS, &BASIS, &mut notices);
    Outcome { response: Some(answer(exchange, status, headers, body)), refused: false, notices }
}

/// The gateway's own answer (H-063).
pub(in crate::gateway) fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    let headers = Headers::from_iter([("Content-Type", "application/json")]);
    finish(exchange, error.status, headers, error.body.as_bytes().to_vec())
}

/// H-060, H-061: without a status code the whole result is the body of a 200.
fn infer(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    let body = result.as_str().map_or_else(|| result.to_string(), str::to_owned);
    let mut notice = Notice::new(NoticeKind::ResultInferred, Pointer::root(), result);
    notice = if result.is_null() || result.get("statusCode").is_some() {
        notice.because(&["H-060", "H-080"], Evidence::Inferred)
    } else {
        notice.because(&["H-060", "H-061"], Evidence::Documented)
    };
    let headers = Headers::from_iter([("Content-Type", "application/json")]);
    let response = answer(exchange, 200, headers, body.into_bytes());
    Outcome { response: Some(response), refused: false, notices: vec![notice] }
}

/// The function's answer; a CORS configuration has the last word on its headers (H-093).
pub(super) fn answer(exchange: &Exchange<'_>, status: u16, mut headers: Headers, body: Vec<u8>) -> Response {
    if let Some(cors) = &exchange.api.cors {
        cors.replace(exchange.request, &mut headers);
    }
    finish(exchange, status, headers, body)
}

/// H-076: what the gateway adds to every response; it always counts the length itself.
fn finish(exchange: &Exchange<'_>, status: u16, mut headers: Headers, body: Vec<u8>) -> Response {
    headers.set("Date", exchange.stamp.http_date());
    headers.set("Content-Length", body.len().to_string());
    headers.set("Connection", "keep-alive");
    headers.set("Apigw-Requestid", exchange.stamp.short_request_id());
    Response { status, headers, body: Body(body) }
}

/// H-075: the flag always counts; H-069: what null does is not known.
pub(super) fn body(result: &Value, notices: &mut Vec<Notice>) -> Vec<u8> {
    let encoded = reading::base64_flag(result, &BASIS, notices);
    match result.get("body") {
        Some(Value::String(text)) => reading::body_bytes(text, encoded, &BASIS, notices),
        Some(Value::Null) => reading::null_body(&BASIS, notices),
        _ => Vec::new(),
    }
}
