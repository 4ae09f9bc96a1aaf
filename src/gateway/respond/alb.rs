//! Responses of Application Load Balancers (L-020 to L-027).

use super::reading::{self, Basis};
use super::{Exchange, Outcome};
use crate::gateway::errors::GatewayError;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::http::{Body, Headers, Response};
use crate::json::Pointer;
use serde_json::Value;

const BASIS: Basis = Basis {
    number_status: ("L-020", Evidence::Inferred),
    text_status: ("L-020", Evidence::Inferred),
    null_header: ("L-023", Evidence::Inferred),
    bool_header: ("L-023", Evidence::Reported),
    number_header: ("L-023", Evidence::Reported),
    flag: "L-025",
    null_list: "L-024",
    null_body: "L-022",
    undecodable: "L-025",
    cookies: "L-024",
    multi: ("L-024", Evidence::Documented),
    unknown_key: ("L-020", Evidence::Inferred),
};

const KNOWN_KEYS: [&str; 6] =
    ["statusCode", "statusDescription", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/// The outcome for a target group with single-value headers.
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    answer(exchange, result, false)
}

/// The outcome for a target group with multi-value headers.
pub(in crate::gateway) fn accept_multi(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    answer(exchange, result, true)
}

/// The response to a result whose shape is accepted.
pub(super) fn answer(exchange: &Exchange<'_>, result: &Value, multi: bool) -> Outcome {
    let mut notices = Vec::new();
    let status = reading::status(result, &BASIS, &mut notices);
    description(result, status, &mut notices);
    let lists = if multi { multi_headers(result, &mut notices) } else { single(result, &mut notices) };
    let mut headers = Headers::new();
    for (name, values) in &lists {
        if HOP_BY_HOP.iter().any(|dropped| dropped.eq_ignore_ascii_case(name)) {
            notices.push(dropped(name, multi));
            continue;
        }
        for value in values {
            headers.append(name, value);
        }
    }
    let encoded = reading::base64_flag(result, &BASIS, &mut notices);
    let text = result.get("body").and_then(Value::as_str).unwrap_or_default();
    let body = reading::body_bytes(text, encoded, &BASIS, &mut notices);
    reading::ignored_keys(result, &KNOWN_KEYS, &BASIS, &mut notices);
    let response = finish(exchange, status, headers, body);
    Outcome { response: Some(response), refused: false, notices }
}

/// Headers of the connection, which are not honoured (L-027).
const HOP_BY_HOP: [&str; 2] = ["connection", "transfer-encoding"];

fn dropped(name: &str, multi: bool) -> Notice {
    let at = Pointer::root().child(if multi { "multiValueHeaders" } else { "headers" }).child(name);
    let notice = Notice::new(NoticeKind::HeaderDropped, at, &Value::Null).on_key().found(name);
    notice.because(&["L-027"], Evidence::Documented)
}

/// The page of the load balancer itself (L-026).
pub(in crate::gateway) fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    let headers = Headers::from_iter([("Server", "awselb/2.0"), ("Content-Type", "text/html")]);
    finish(exchange, error.status, headers, error.body.as_bytes().to_vec())
}

type Lists = Vec<(String, Vec<String>)>;

/// L-024: `headers` alone is read; a list whose values all stand there, too, loses nothing.
fn single(result: &Value, notices: &mut Vec<Notice>) -> Lists {
    let read = reading::fields(result, &BASIS, notices).into_iter();
    let headers: Lists = read.map(|(name, value)| (name.to_owned(), value.into_iter().collect())).collect();
    let known = |name: &str| headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    let lists = result.get("multiValueHeaders").and_then(Value::as_object).into_iter().flatten();
    let one = |values: &Value| values.as_array().is_none_or(|values| values.len() < 2);
    if lists.into_iter().any(|(name, values)| !known(name) || !one(values)) {
        reading::ignored_lists(result, &BASIS, notices);
    }
    headers
}

/// L-024: `multiValueHeaders` alone is read. That it is missing beside `headers` is the schema's
/// to tell.
fn multi_headers(result: &Value, notices: &mut Vec<Notice>) -> Lists {
    let lists = reading::lists(result, &BASIS, notices);
    let others = result.get("multiValueHeaders").and_then(|_| result.get("headers"));
    for (name, value) in others.and_then(Value::as_object).into_iter().flatten() {
        if !lists.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)) {
            let at = Pointer::root().child("headers").child(name);
            let notice = Notice::new(NoticeKind::WrongHeaderMap, at, value).on_key();
            let (fact, evidence) = BASIS.multi;
            notices.push(notice.because(&[fact], evidence));
        }
    }
    lists
}

/// L-021: the status and its phrase.
fn description(result: &Value, status: u16, notices: &mut Vec<Notice>) {
    let Some(text) = result.get("statusDescription").and_then(Value::as_str) else { return };
    if !text.strip_prefix(&status.to_string()).is_some_and(|phrase| phrase.starts_with(' ')) {
        let at = Pointer::root().child("statusDescription");
        let notice = Notice::new(NoticeKind::StatusDescriptionForm, at, &Value::from(text));
        notices.push(notice.because(&["L-021"], Evidence::Documented));
    }
}

fn finish(exchange: &Exchange<'_>, status: u16, mut headers: Headers, body: Vec<u8>) -> Response {
    headers.set("Date", exchange.stamp.http_date());
    headers.set("Content-Length", body.len().to_string()); // L-027
    headers.set("Connection", "keep-alive");
    Response { status, headers, body: Body(body) }
}
