//! Responses of REST APIs with a Lambda proxy integration.

use super::headers::{Fate, fate, remapped};
use super::reading::{self, Basis};
use super::{Exchange, Outcome, own_answer as answer_with};
use crate::gateway::api::Endpoint;
use crate::gateway::errors::{self, GatewayError};
use crate::gateway::event::Moment;
use crate::gateway::notice::{Evidence, Notice, NoticeKind};
use crate::gateway::stamp::Stamp;
use crate::http::{Body, Headers, Response, encoding, matches_any};
use crate::json::Pointer;
use serde_json::Value;

const BASIS: Basis = Basis {
    number_status: ("R-150", Evidence::Inferred),
    text_status: ("R-147", Evidence::Recorded),
    null_header: ("R-164", Evidence::Reported),
    bool_header: ("R-162", Evidence::Recorded),
    number_header: ("R-163", Evidence::Inferred),
    flag: "R-170",
    null_list: "R-167",
    null_body: "R-157",
    undecodable: "R-210",
    cookies: "R-142",
    multi: ("R-185", Evidence::Recorded),
    unknown_key: ("R-141", Evidence::Recorded),
};

/// coercion of the items of a list is expected, not recorded.
const ITEMS: Basis = Basis {
    bool_header: ("R-168", Evidence::Inferred),
    number_header: ("R-168", Evidence::Inferred),
    ..BASIS
};

/// The outcome for a result whose shape is accepted.
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    let mut notices = Vec::new();
    let status = reading::status(result, &BASIS, &mut notices);
    let merged = merged_headers(result, &mut notices);
    let text = body_text(result, &mut notices);
    let encoded = reading::base64_flag(result, &BASIS, &mut notices);
    let Some(body) = body(exchange, text, encoded, &mut notices) else {
        let response = answer_with(exchange, &errors::REST_CONFIGURATION);
        return Outcome { response: Some(response), refused: true, notices };
    };
    let mut headers = Headers::new();
    if !merged.iter().any(|header| header.name.eq_ignore_ascii_case("content-type")) {
        headers.append("Content-Type", exchange.api.flavor.facts().default_content_type);
    }
    for header in &merged {
        send(header, &mut headers, &mut notices);
    }
    if exchange.moment != Moment::TestInvoke {
        headers.append("Content-Length", body.len().to_string());
        own_ids(exchange, &mut headers);
    }
    headers.append("X-Amzn-Trace-Id", trace(exchange));
    if exchange.api.endpoint == Endpoint::Edge {
        cloudfront_headers(exchange.stamp, "Miss from cloudfront", &mut headers);
    }
    Outcome { response: Some(Response { status, headers, body: Body(body) }), refused: false, notices }
}

/// The gateway's own answer: an error type, and no trace id.
pub(in crate::gateway) fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    let mut headers = Headers::new();
    if exchange.moment != Moment::TestInvoke {
        // a test shows the error type only
        // what stands before the gateway speaks plain text, and gives no ids.
        let is_json = error.body.starts_with('{');
        let content_type = if is_json { "application/json" } else { "text; charset=utf-8" };
        headers.append("Content-Type", content_type);
        headers.append("Content-Length", error.body.len().to_string());
        if is_json {
            own_ids(exchange, &mut headers);
        }
    }
    if let Some(error_type) = error.error_type {
        headers.append("x-amzn-ErrorType", error_type);
    }
    if exchange.api.endpoint == Endpoint::Edge {
        cloudfront_headers(exchange.stamp, "Error from cloudfront", &mut headers);
    }
    Response { status: error.status, headers, body: Body(error.body.as_bytes().to_vec()) }
}

fn own_ids(exchange: &Exchange<'_>, headers: &mut Headers) {
    headers.append("Date", exchange.stamp.http_date());
    headers.append("x-amzn-RequestId", exchange.stamp.uuid("request"));
    headers.append("x-amz-apigw-id", exchange.stamp.extended_request_id());
}

/// what CloudFront adds on the way to the caller.
fn cloudfront_headers(stamp: &Stamp, cache: &str, headers: &mut Headers) {
    headers.append("Via", format!("1.1 {}.cloudfront.net (CloudFront)", stamp.hex("via", 32)));
    headers.append("X-Cache", cache);
    headers.append("X-Amz-Cf-Pop", "IAD55-P4");
    headers.append("X-Amz-Cf-Id", stamp.url_safe("cf", 54) + "==");
}

/// the client's trace, with a parent if it brought only a root.
fn trace(exchange: &Exchange<'_>) -> String {
    let brought = exchange.request.headers.get("x-amzn-trace-id");
    let root = brought.map_or_else(|| exchange.stamp.trace_root(), str::to_owned);
    if root.contains("Parent=") {
        return root;
    }
    let (parent, lineage) = (exchange.stamp.hex("parent", 16), exchange.stamp.hex("lineage", 8));
    format!("{root};Parent={parent};Sampled=0;Lineage=1:{lineage}:0")
}

/// A header of the result: its name, its values, and where the name stands in the result.
struct Header {
    name: String,
    values: Vec<String>,
    at: Pointer,
}

/// both maps together, without case; the values of `multiValueHeaders` come first and its
/// spelling wins. R-186: the same value is sent once.
fn merged_headers(result: &Value, notices: &mut Vec<Notice>) -> Vec<Header> {
    let mut merged: Vec<Header> = Vec::new();
    let at = Pointer::root().child("multiValueHeaders");
    for (name, values) in reading::lists(result, &ITEMS, notices) {
        let at = at.child(&name);
        push(&mut merged, Header { name, values, at });
    }
    let at = Pointer::root().child("headers");
    for (name, value) in reading::fields(result, &BASIS, notices) {
        let values = value.into_iter().collect();
        push(&mut merged, Header { name: name.to_owned(), values, at: at.child(name) });
    }
    merged
}

fn push(merged: &mut Vec<Header>, header: Header) {
    match merged.iter_mut().find(|own| own.name.eq_ignore_ascii_case(&header.name)) {
        None => merged.push(header),
        Some(own) => {
            for value in header.values {
                if !own.values.contains(&value) {
                    own.values.push(value);
                }
            }
        }
    }
}

/// Sends a header on, under the name that the table gives it.
fn send(header: &Header, headers: &mut Headers, notices: &mut Vec<Notice>) {
    let fate = fate(&header.name);
    if fate == Fate::Dropped {
        notices.push(header_notice(NoticeKind::HeaderDropped, header, &header.name));
        return;
    }
    let name = if fate == Fate::Renamed { remapped(&header.name) } else { header.name.clone() };
    if fate == Fate::Renamed {
        notices.push(header_notice(NoticeKind::HeaderRenamed, header, &name));
    }
    for value in &header.values {
        headers.append(&name, value); // one line each, commas are not split
    }
}

fn header_notice(kind: NoticeKind, header: &Header, found: &str) -> Notice {
    let length = header.name.eq_ignore_ascii_case("content-length");
    let (fact, evidence) =
        if length { ("R-191a", Evidence::Inferred) } else { ("R-191", Evidence::Documented) };
    Notice::new(kind, header.at.clone(), &Value::Null).on_key().found(found).because(&[fact], evidence)
}

/// The body before decoding: nothing for a missing or null one.
fn body_text(result: &Value, notices: &mut Vec<Notice>) -> String {
    match result.get("body") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => {
            let notice = Notice::new(NoticeKind::BodyCoerced, Pointer::root().child("body"), other);
            notices.push(notice.because(&["R-160"], Evidence::Inferred));
            other.to_string()
        }
    }
}

/// The bytes that are sent; `None` if they should be decoded and cannot.
fn body(exchange: &Exchange<'_>, text: String, encoded: bool, notices: &mut Vec<Notice>) -> Option<Vec<u8>> {
    if !encoded || text.is_empty() {
        return Some(text.into_bytes());
    }
    let entries = &exchange.api.binary_media_types;
    let notice =
        |kind, found: String| Notice::new(kind, Pointer::root().child("body"), &Value::Null).found(found);
    let decoded = encoding::base64_decode(&text);
    let accept = exchange.request.headers.get("accept");
    if matches_any(entries, accept.map(first_media_type)) {
        if decoded.is_none() {
            let notice = notice(NoticeKind::Base64Undecodable, encoding::base64_mistake(&text).to_owned());
            notices.push(notice.because(&["R-209"], Evidence::Recorded).refusing());
        }
        return decoded;
    }
    if decoded.is_none() {
        let notice = notice(NoticeKind::Base64Undecodable, encoding::base64_mistake(&text).to_owned());
        notices.push(notice.because(&["R-210"], Evidence::Inferred));
    }
    let kind =
        if entries.is_empty() { NoticeKind::Base64WithoutBinaryTypes } else { NoticeKind::Base64SentAsText };
    let found = accept.map_or_else(|| "no Accept header".to_owned(), |accept| format!("Accept: {accept}"));
    let notice = notice(kind, found);
    notices.push(match accept {
        None if !entries.is_empty() => notice.because(&["R-208"], Evidence::Inferred),
        _ => notice.because(&["R-200", "R-202"], Evidence::Recorded),
    });
    Some(text.into_bytes())
}

/// only the first entry of Accept counts, its parameters do not.
fn first_media_type(accept: &str) -> &str {
    accept.split([',', ';']).next().unwrap_or_default().trim()
}
