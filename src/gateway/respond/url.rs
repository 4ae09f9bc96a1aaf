//! Responses of Lambda function URLs that buffer (U-010 to U-017).

use super::reading::{self, Basis};
use super::{Exchange, Outcome};
use crate::gateway::errors::GatewayError;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::{Body, Headers, Response};
use crate::json::Pointer;
use serde_json::Value;

pub(super) const BASIS: Basis = Basis {
    number_status: ("U-013", Evidence::Inferred),
    text_status: ("U-013", Evidence::Recorded),
    flag: "U-017",
    null_body: "U-014",
    undecodable: "U-017",
    cookies: "U-017",
    multi: ("U-017", Evidence::Reported),
    unknown_key: ("U-020", Evidence::Inferred),
    ..super::http::BASIS
};

pub(super) const KNOWN_KEYS: [&str; 6] =
    ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "cookies"];

/// The outcome for a result whose shape is accepted.
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    if result.get("statusCode").is_none_or(Value::is_null) {
        return infer(exchange, result);
    }
    let mut notices = Vec::new();
    let (status, mut headers) = head(result, &mut notices);
    if !headers.contains("content-type") {
        headers.append("Content-Type", exchange.api.flavor.facts().default_content_type); // U-010
    }
    let encoded = reading::base64_flag(result, &BASIS, &mut notices);
    let body = body(result, encoded, &mut notices);
    reading::ignored_keys(result, &KNOWN_KEYS, &BASIS, &mut notices);
    Outcome { response: Some(answer(exchange, status, headers, body)), refused: false, notices }
}

/// Status and headers, of a result and of a stream's prelude alike.
pub(super) fn head(result: &Value, notices: &mut Vec<Notice>) -> (u16, Headers) {
    let status = reading::status(result, &BASIS, notices);
    let mut headers = Headers::new();
    for cookie in reading::cookies(result, &BASIS, notices) {
        headers.append("Set-Cookie", cookie); // U-017
    }
    for (name, value) in reading::fields(result, &BASIS, notices) {
        if let Some(value) = value {
            headers.append(name, value);
        }
    }
    reading::ignored_lists(result, &BASIS, notices);
    (status, headers)
}

/// The front end's own answer: text and not JSON (U-015), but for a refusal (U-016).
pub(in crate::gateway) fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    let content_type = if error.error_type.is_some() { "application/json" } else { "text/plain" };
    let mut headers = Headers::from_iter([("Content-Type", content_type)]);
    if let Some(error_type) = error.error_type {
        headers.append("x-amzn-ErrorType", error_type);
    }
    finish(exchange, error.status, headers, error.body.as_bytes().to_vec())
}

/// U-011: other values are written compactly; U-012: text goes out without its quotes.
fn infer(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    let body = result.as_str().map_or_else(|| result.to_string(), str::to_owned);
    let notice = Notice::new(NoticeKind::ResultInferred, Pointer::root(), result);
    let recorded = !result.is_null() && result.get("statusCode").is_none();
    let evidence = if recorded { Evidence::Recorded } else { Evidence::Inferred };
    let notices = vec![notice.because(&["U-011", "U-012"], evidence)];
    let headers = Headers::from_iter([("Content-Type", exchange.api.flavor.facts().default_content_type)]);
    let response = answer(exchange, 200, headers, body.into_bytes());
    Outcome { response: Some(response), refused: false, notices }
}

/// U-014: an object is written as JSON; for other values that is expected.
fn body(result: &Value, encoded: bool, notices: &mut Vec<Notice>) -> Vec<u8> {
    match result.get("body") {
        None => Vec::new(),
        Some(Value::Null) => reading::null_body(&BASIS, notices),
        Some(Value::String(text)) => reading::body_bytes(text, encoded, &BASIS, notices),
        Some(object @ Value::Object(_)) => object.to_string().into_bytes(),
        Some(other) => {
            let notice = Notice::new(NoticeKind::BodyCoerced, Pointer::root().child("body"), other);
            notices.push(notice.because(&["U-014"], Evidence::Inferred));
            other.to_string().into_bytes()
        }
    }
}

/// The function's answer, and the headers that a CORS configuration adds to it (U-024).
fn answer(exchange: &Exchange<'_>, status: u16, mut headers: Headers, body: Vec<u8>) -> Response {
    if let Some(cors) = &exchange.api.cors {
        cors.add(exchange.request, &mut headers);
    }
    finish(exchange, status, headers, body)
}

fn finish(exchange: &Exchange<'_>, status: u16, mut headers: Headers, body: Vec<u8>) -> Response {
    headers.set("Date", exchange.stamp.http_date());
    headers.set("Content-Length", body.len().to_string());
    headers.set("Connection", "keep-alive");
    Response { status, headers, body: Body(body) }
}
