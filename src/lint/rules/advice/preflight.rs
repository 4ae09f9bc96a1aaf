//! Answers to the question that a browser asks before it sends a request of another origin.

use super::cors::{ALLOW_CREDENTIALS, ALLOW_ORIGIN};
use super::origin::{asking, lists};
use super::{Answer, Example, Remark, Rule, Severity, fixes};
use crate::gateway::Evidence;
use crate::json::{Part, Pointer};

const ALLOW_METHODS: &str = "access-control-allow-methods";
const ALLOW_HEADERS: &str = "access-control-allow-headers";

pub(in crate::lint::rules) static PREFLIGHT_REFUSED: Rule = Rule {
    code: "AGW507",
    name: "preflight-refused",
    severity: Severity::Error,
    title: "the answer to the preflight forbids the request",
    why: "Before a request with another method, a JSON body or an Authorization header, a browser asks with OPTIONS. The answer must have a status of 2xx and list the method and each header that was asked for; * does not cover Authorization, and nothing at all if cookies are allowed. Otherwise the request itself is never sent.",
    check: Some(preflight_refused),
    help: "answer OPTIONS with 204 and list the methods and headers that your clients use",
    fixes: &fixes(
        "return { statusCode: 204, headers: { ...cors, \"Access-Control-Allow-Methods\": \"GET,POST,PUT,DELETE\", \"Access-Control-Allow-Headers\": \"Authorization,Content-Type\" } }",
        "return {\"statusCode\": 204, \"headers\": {**CORS, \"Access-Control-Allow-Methods\": \"GET,POST,PUT,DELETE\", \"Access-Control-Allow-Headers\": \"Authorization,Content-Type\"}}",
        ".status(204).header(\"access-control-allow-methods\", \"GET,POST,PUT,DELETE\").header(\"access-control-allow-headers\", \"Authorization,Content-Type\")",
    ),
    bad: &[
        Example::rest(r#"{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "*"}}"#).asked_with(
            "OPTIONS",
            &[("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "PUT")],
        ),
        Example::rest(
            r#"{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}}"#,
        )
        .asked_with(
            "OPTIONS",
            &[
                ("Origin", "https://app.example.com"),
                ("Access-Control-Request-Method", "GET"),
                ("Access-Control-Request-Headers", "authorization,x-trace"),
            ],
        ),
        Example::rest(r#"{"statusCode": 401, "headers": {"Access-Control-Allow-Origin": "*"}}"#).asked_with(
            "OPTIONS",
            &[("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "GET")],
        ),
    ],
    good: Example::rest(
        r#"{"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, PUT", "Access-Control-Allow-Headers": "Authorization"}}"#,
    )
    .asked_with(
        "OPTIONS",
        &[
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "authorization"),
        ],
    ),
    facts: &["R-195"],
    ..Rule::PLAIN
};

fn preflight_refused(answer: &Answer<'_>) -> Vec<Remark> {
    let request = answer.exchange.request;
    let asked = request.headers.get("access-control-request-method").filter(|_| request.method == "OPTIONS");
    let (Some(response), Some(method), Some(_)) = (answer.response(), asked, asking(answer)) else {
        return Vec::new();
    };
    // H-093, U-024: a configuration answers by itself. Without an origin another rule speaks.
    if answer.exchange.api.cors.is_some() || !response.headers.contains(ALLOW_ORIGIN) {
        return Vec::new();
    }
    let any = |name| {
        lists(response, name, "*") && response.headers.get(ALLOW_CREDENTIALS).is_none_or(|own| own != "true")
    };
    let remark = |at: Option<Pointer>, message: String| {
        let (at, part) = at.map_or_else(|| answer.place_of_headers(), |at| (at, Part::Value));
        Remark::new(at, message, "not allowed", Evidence::Documented).on(part)
    };
    let mut remarks = Vec::new();
    if !(200..300).contains(&response.status) {
        let message = format!("the preflight is answered with {}: the request is not sent", response.status);
        remarks.push(remark(
            answer.result.get("statusCode").map(|_| Pointer::root().child("statusCode")),
            message,
        ));
    }
    let simple = ["GET", "HEAD", "POST"].contains(&method);
    // Methods are compared with their case.
    let mut methods = response.headers.all(ALLOW_METHODS).flat_map(|value| value.split(','));
    if !simple && !any(ALLOW_METHODS) && !methods.any(|own| own.trim() == method) {
        let message = format!("the preflight asks for the method {method}, which the answer does not list");
        remarks.push(remark(answer.place(ALLOW_METHODS, None), message));
    }
    let headers = request.headers.get("access-control-request-headers").unwrap_or_default();
    for name in headers.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let covered = any(ALLOW_HEADERS) && !name.eq_ignore_ascii_case("authorization");
        if !covered && !lists(response, ALLOW_HEADERS, name) {
            let message = format!("the preflight asks for the header {name}, which the answer does not list");
            remarks.push(remark(answer.place(ALLOW_HEADERS, None), message));
        }
    }
    remarks
}
