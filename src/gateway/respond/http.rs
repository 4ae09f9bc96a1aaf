//! Responses of HTTP APIs in payload format 2.0 (H-060 to H-083).

use super::headers::capitalized;
use super::reading::{self, Basis};
use super::{Exchange, Outcome};
use crate::gateway::errors::GatewayError;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::{Body, Headers, Response, encoding};
use crate::json::Pointer;
use serde_json::Value;

const BASIS: Basis = Basis {
    number_status: ("H-067", Evidence::Inferred),
    text_status: ("H-067", Evidence::Inferred),
    null_header: ("H-070", Evidence::Inferred),
    bool_header: ("H-070", Evidence::Inferred),
    number_header: ("H-070", Evidence::Inferred),
    flag: "H-075",
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
    for cookie in cookies(result, &mut notices) {
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
    ignored_keys(result, &mut notices);
    Outcome { response: Some(finish(exchange, status, headers, body)), refused: false, notices }
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
    let response = finish(exchange, 200, headers, body.into_bytes());
    Outcome { response: Some(response), refused: false, notices: vec![notice] }
}

/// H-076: what the gateway adds to every response; it always counts the length itself.
fn finish(exchange: &Exchange<'_>, status: u16, mut headers: Headers, body: Vec<u8>) -> Response {
    headers.set("Date", exchange.stamp.http_date());
    headers.set("Content-Length", body.len().to_string());
    headers.set("Connection", "keep-alive");
    headers.set("Apigw-Requestid", exchange.stamp.short_request_id());
    Response { status, headers, body: Body(body) }
}

/// H-072: the values of `cookies`, one header each.
fn cookies(result: &Value, notices: &mut Vec<Notice>) -> Vec<String> {
    let at = Pointer::root().child("cookies");
    match result.get("cookies") {
        None | Some(Value::Null) => Vec::new(), // H-069
        Some(Value::Array(items)) => {
            let read = |(index, item): (usize, &Value)| cookie(item, at.child(index), notices);
            items.iter().enumerate().filter_map(read).collect()
        }
        Some(other) => {
            let notice = Notice::new(NoticeKind::CookiesNotList, at, other);
            notices.push(notice.because(&["H-072"], Evidence::Inferred));
            Vec::new()
        }
    }
}

fn cookie(item: &Value, at: Pointer, notices: &mut Vec<Notice>) -> Option<String> {
    if let Value::String(text) = item {
        return Some(text.clone());
    }
    notices.push(Notice::new(NoticeKind::CookieNotText, at, item).because(&["H-072"], Evidence::Inferred));
    (item.is_number() || item.is_boolean()).then(|| item.to_string())
}

/// H-075: the flag always counts; text that is not base64 goes out as it is (not recorded).
fn body(result: &Value, notices: &mut Vec<Notice>) -> Vec<u8> {
    let encoded = reading::base64_flag(result, &BASIS, notices);
    let at = Pointer::root().child("body");
    let text = match result.get("body") {
        Some(Value::String(text)) => text.as_str(),
        Some(null @ Value::Null) => {
            notices.push(Notice::new(NoticeKind::BodyNull, at, null).because(&["H-069"], Evidence::Inferred));
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    if !encoded {
        return text.as_bytes().to_vec();
    }
    encoding::base64_decode(text).unwrap_or_else(|| {
        let notice = Notice::new(NoticeKind::Base64Undecodable, at, &Value::Null).found("no base64");
        notices.push(notice.because(&["H-075"], Evidence::Inferred));
        text.as_bytes().to_vec()
    })
}

/// H-071, H-074: what is read by nobody.
fn ignored_keys(result: &Value, notices: &mut Vec<Notice>) {
    for (key, value) in result.as_object().into_iter().flatten() {
        let at = Pointer::root().child(key);
        if key == "multiValueHeaders" && value.as_object().is_some_and(|map| !map.is_empty()) {
            let notice = Notice::new(NoticeKind::MultiValueHeadersIgnored, at, value).on_key();
            notices.push(notice.because(&["H-071"], Evidence::Reported));
        } else if !KNOWN_KEYS.contains(&key.as_str()) {
            let notice = Notice::new(NoticeKind::UnknownKeyIgnored, at, value).on_key();
            notices.push(notice.because(&["H-074"], Evidence::Inferred));
        }
    }
}
