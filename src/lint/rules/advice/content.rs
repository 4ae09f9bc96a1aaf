//! Bodies that are not what their content type says.

use super::{Answer, Example, Fix, Remark, Rule, Severity, fixes};
use crate::gateway::{Evidence, Flavor, NoticeKind};
use crate::http::{MediaType, Response};
use serde::de::IgnoredAny;
use serde_json::Value;

const ONCE: &[Fix] = &fixes(
    "body: JSON.stringify(value)",
    "\"body\": json.dumps(value)",
    ".body(serde_json::to_string(&value)?.into())",
);

const TYPED: &[Fix] = &fixes(
    "headers: { \"Content-Type\": \"application/json\" }",
    "\"headers\": {\"Content-Type\": \"application/json\"}",
    ".header(\"content-type\", \"application/json\")",
);

const HTML: &[Fix] = &fixes(
    "headers: { \"Content-Type\": \"text/html; charset=utf-8\" }",
    "\"headers\": {\"Content-Type\": \"text/html; charset=utf-8\"}",
    ".header(\"content-type\", \"text/html; charset=utf-8\")",
);

/// The response and its text, if the caller gets the text that the function meant.
fn text<'a>(answer: &Answer<'a>) -> Option<(&'a Response, &'a str)> {
    const AS_BASE64: [NoticeKind; 3] =
        [NoticeKind::Base64SentAsText, NoticeKind::Base64WithoutBinaryTypes, NoticeKind::Base64Undecodable];
    let response = answer.response()?;
    let plain = !response.headers.contains("content-encoding");
    let meant = plain && !AS_BASE64.iter().any(|kind| answer.noticed(*kind));
    let text = response.body.as_text().filter(|text| meant && !text.trim().is_empty())?;
    Some((response, text.trim_start_matches('\u{feff}').trim()))
}

fn own_type(response: &Response) -> Option<MediaType> {
    response.headers.get("content-type").map(MediaType::parse)
}

/// Whether the result says nothing of its content type, and the front end does.
fn is_default_type(answer: &Answer<'_>) -> bool {
    !answer.is_inferred()
        && !answer.stated().iter().any(|stated| stated.name.eq_ignore_ascii_case("content-type"))
}

fn is_json_container(text: &str) -> bool {
    text.starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

pub(in crate::lint::rules) static ENCODED_TWICE: Rule = Rule {
    code: "AGW531",
    name: "body-encoded-twice",
    severity: Severity::Warning,
    title: "the body is JSON within JSON",
    why: "The body is sent as it is. If the value was written as JSON twice, the caller gets one long string in quotes instead of an object, and response.json() gives a text.",
    check: Some(encoded_twice),
    help: "write the value as JSON once",
    fixes: ONCE,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "body": "\"{\\\"a\\\": 1}\""}"#),
        Example::http(
            r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "\"[1, 2]\""}"#,
        ),
        Example::of(Flavor::Url, r#""\"{\\\"a\\\": 1}\"""#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "{\"a\": \"{\\\"b\\\": 1}\"}"}"#),
    facts: &["R-180", "H-061", "U-012"],
    ..Rule::PLAIN
};

fn encoded_twice(answer: &Answer<'_>) -> Vec<Remark> {
    let Some((response, text)) = text(answer) else { return Vec::new() };
    let json = own_type(response).is_some_and(|own| own.is_json());
    let inner = Some(text).filter(|text| json && text.starts_with('"'));
    let inner = inner.and_then(|text| serde_json::from_str::<String>(text).ok());
    if !inner.is_some_and(|inner| is_json_container(inner.trim())) {
        return Vec::new();
    }
    let message = "the body is a JSON string that holds JSON: it was written as JSON twice";
    vec![Remark::new(answer.place_of_body(), message, "JSON within JSON", Evidence::Recorded)]
}

pub(in crate::lint::rules) static BODY_NOT_JSON: Rule = Rule {
    code: "AGW532",
    name: "body-not-json",
    severity: Severity::Warning,
    title: "the content type says JSON, and the body is none",
    why: "Front ends do not look into a body. The caller parses it as JSON because its type says so, and fails: on the text of a Python object, NaN, an HTML page or an empty word.",
    check: Some(body_not_json),
    help: "write the body with a JSON library, or name its real type",
    fixes: ONCE,
    bad: &[
        Example::rest(
            r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "{'a': 1}"}"#,
        ),
        Example::http(
            r#"{"statusCode": 200, "headers": {"content-type": "application/json; charset=utf-8"}, "body": "{\"mean\": NaN}"}"#,
        ),
        Example::of(
            Flavor::Alb,
            r#"{"statusCode": 500, "headers": {"Content-Type": "application/problem+json"}, "body": "<h1>Error</h1>"}"#,
        ),
    ],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "null"}"#,
    ),
    facts: &["R-181", "H-078"],
    ..Rule::PLAIN
};

fn body_not_json(answer: &Answer<'_>) -> Vec<Remark> {
    let stated = answer.stated_type().filter(MediaType::is_json);
    let (Some((_, text)), Some(stated)) = (text(answer), stated) else { return Vec::new() };
    // A prefix that keeps other pages from running an answer as a script; its readers cut it off.
    let guarded = [")]}'", "while(1);", "while (1);", "for(;;);", "for (;;);"];
    let fails = serde_json::from_str::<IgnoredAny>(text).is_err();
    if !fails || guarded.iter().any(|guard| text.starts_with(guard)) {
        return Vec::new();
    }
    let message = format!("the body is not JSON, although its type is {}", stated.essence());
    vec![Remark::new(answer.place_of_body(), message, "not JSON", Evidence::Recorded)]
}

pub(in crate::lint::rules) static JSON_AS_TEXT: Rule = Rule {
    code: "AGW533",
    name: "json-as-text",
    severity: Severity::Info,
    title: "the JSON body is sent as text/plain",
    why: "Where a result has a statusCode and no content type, an HTTP API sends text/plain; charset=utf-8, also when the body is JSON. (A REST API and a function URL send application/json, and so do some emulators.) Clients that look at the type do not parse it.",
    check: Some(json_as_text),
    help: "name the content type in headers",
    fixes: TYPED,
    bad: &[
        Example::http(r#"{"statusCode": 200, "body": "{\"a\": 1}"}"#),
        Example::of(Flavor::HttpV1, r#"{"statusCode": 200, "headers": {"X-A": "1"}, "body": "[]"}"#),
    ],
    good: Example::http(
        r#"{"statusCode": 200, "headers": {"content-type": "application/json"}, "body": "{\"a\": 1}"}"#,
    ),
    facts: &["H-062"],
    ..Rule::PLAIN
};

fn json_as_text(answer: &Answer<'_>) -> Vec<Remark> {
    let Some((response, text)) = text(answer).filter(|_| is_default_type(answer)) else { return Vec::new() };
    let plain = own_type(response).is_some_and(|own| own.essence() == "text/plain");
    if !plain || !is_json_container(text) {
        return Vec::new();
    }
    let message = "the body is JSON, and without a `Content-Type` it is sent as text/plain";
    vec![Remark::new(answer.place_of_body(), message, "sent as text/plain", Evidence::Recorded)]
}

pub(in crate::lint::rules) static HTML_AS_OTHER_TYPE: Rule = Rule {
    code: "AGW534",
    name: "html-as-other-type",
    severity: Severity::Warning,
    title: "the page is not sent as HTML",
    why: "Without a content type a REST API and a function URL send application/json, and an HTTP API text/plain: a browser shows the source of the page. A stream is application/octet-stream then, which browsers save as a file.",
    check: Some(html_as_other_type),
    help: "name the content type in headers",
    fixes: HTML,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "body": "<!DOCTYPE html><title>Hello</title>"}"#),
        Example::http(r#"{"statusCode": 200, "body": "\n<html><body>Hello</body></html>"}"#),
        Example::of(Flavor::Url, r#"{"statusCode": 200, "body": "<!doctype html>"}"#),
        Example::of(Flavor::Url, r#""<!doctype html>""#),
        Example::stream("{\"statusCode\": 200}\0\0\0\0\0\0\0\0<!doctype html>"),
    ],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<!DOCTYPE html><title>Hello</title>"}"#,
    ),
    facts: &["R-180", "H-060", "H-062", "U-010", "U-020"],
    ..Rule::PLAIN
};

fn html_as_other_type(answer: &Answer<'_>) -> Vec<Remark> {
    let unnamed = is_default_type(answer) || answer.result.is_string();
    let Some((response, text)) = text(answer).filter(|_| unnamed) else { return Vec::new() };
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let page = begins("<!doctype html") || begins("<html>") || begins("<html ");
    // A load balancer names no type, and browsers find out.
    let Some(own) = own_type(response).filter(|_| page) else { return Vec::new() };
    let message = format!("the body is a page, and without a `Content-Type` it is sent as {}", own.essence());
    let label = format!("sent as {}", own.essence());
    vec![Remark::new(answer.place_of_body(), message, label, Evidence::Recorded)]
}

/// Whether the flag of a result is set.
pub(super) fn is_flagged(result: &Value) -> bool {
    result.get("isBase64Encoded").is_some_and(|flag| *flag != Value::Bool(false) && !flag.is_null())
}
