//! Bodies and lengths that HTTP has no place for.

use super::{Answer, Example, Remark, Rule, Severity, Stated, fixes};
use crate::gateway::{Evidence, Flavor};

pub(in crate::lint::rules) static CONTENT_LENGTH_MISMATCH: Rule = Rule {
    code: "AGW521",
    name: "content-length-mismatch",
    severity: Severity::Info,
    title: "the Content-Length is not the length of the body",
    why: "The front end counts the body itself, so the caller gets the right number. But the function counted something else: characters instead of bytes, or a body that was changed later.",
    check: Some(content_length_mismatch),
    help: "leave Content-Length out, or count the bytes of the UTF-8 text",
    fixes: &fixes("Buffer.byteLength(body)", "len(body.encode(\"utf-8\"))", "body.len()"),
    bad: &[
        Example::http(r#"{"statusCode": 200, "headers": {"Content-Length": "4"}, "body": "café"}"#),
        Example::of(
            Flavor::Alb,
            r#"{"statusCode": 200, "headers": {"content-length": "2"}, "body": "long"}"#,
        ),
    ],
    good: Example::http(r#"{"statusCode": 200, "headers": {"Content-Length": "5"}, "body": "café"}"#),
    facts: &["H-076", "L-027", "U-011"],
    ..Rule::PLAIN
};

fn content_length_mismatch(answer: &Answer<'_>) -> Vec<Remark> {
    let evidence = match answer.front.flavor() {
        Flavor::Http | Flavor::HttpV1 => Evidence::Recorded,
        Flavor::Alb | Flavor::AlbMulti => Evidence::Documented,
        Flavor::Url if !answer.exchange.api.streaming => Evidence::Inferred,
        _ => return Vec::new(), // A REST API and a stream give it another name, which is noticed.
    };
    let Some(response) = answer.response() else { return Vec::new() };
    let bytes = response.body.0.len();
    // An answer without a body may tell how long it would be.
    if bytes == 0 && (answer.exchange.request.method == "HEAD" || response.status == 304) {
        return Vec::new();
    }
    let remark = |stated: Stated<'_>| {
        let text = stated.value.as_str().filter(|_| stated.name.eq_ignore_ascii_case("content-length"))?;
        let message = format!("`Content-Length` says {}, and the body has {bytes} bytes", text.trim());
        let differs = text.trim().parse() != Ok(bytes);
        differs.then(|| Remark::new(stated.at, message, format!("not {bytes}"), evidence))
    };
    answer.stated().into_iter().filter_map(remark).collect()
}

pub(in crate::lint::rules) static BODY_ON_BODILESS_STATUS: Rule = Rule {
    code: "AGW551",
    name: "body-on-bodiless-status",
    severity: Severity::Warning,
    title: "a status that has no body is answered with one",
    why: "Answers with 204 and 304 end behind their headers. What the front end does with a body is not recorded; if it sends it, the client may take it for the beginning of the next answer.",
    check: Some(body_on_bodiless_status),
    help: "leave the body out, or answer with 200",
    fixes: &fixes(
        "return { statusCode: 204 }",
        "return {\"statusCode\": 204}",
        ".status(204).body(Body::Empty)",
    ),
    bad: &[
        Example::rest(r#"{"statusCode": 204, "body": "{}"}"#),
        Example::http(r#"{"statusCode": 304, "body": "not modified"}"#),
    ],
    good: Example::rest(r#"{"statusCode": 204, "body": ""}"#),
    facts: &["R-190"],
    ..Rule::PLAIN
};

fn body_on_bodiless_status(answer: &Answer<'_>) -> Vec<Remark> {
    let bodiless = |status| [204, 304].contains(&status);
    let told = answer.response().filter(|response| bodiless(response.status) && !response.body.0.is_empty());
    let remark = |response: &crate::http::Response| {
        let message = format!("an answer with {} has no body", response.status_line());
        Remark::new(answer.place_of_body(), message, "a body", Evidence::Inferred)
    };
    told.map(remark).into_iter().collect()
}
