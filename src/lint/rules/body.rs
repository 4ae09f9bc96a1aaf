//! Rules about `body`.

use super::{Rule, subject};
use crate::gateway::Flavor;
use crate::lint::finding::Severity;
use crate::lint::mend;
use crate::lint::rule::{Example, Fix, fixes, in_languages};

const AS_TEXT: &[Fix] = &in_languages(
    "body: JSON.stringify(value)",
    "\"body\": json.dumps(value)",
    "Body: string(text), // text, err := json.Marshal(value)",
    ".withBody(objectMapper.writeValueAsString(value))",
    ".body(serde_json::to_string(&value)?.into())",
);

pub(super) static BODY_NOT_STRING: Rule = Rule {
    code: "AGW101",
    name: "body-not-string",
    severity: Severity::Error,
    title: "the body is a JSON value and not text",
    why: "API Gateway takes the body as text and does not write JSON for you. The result is malformed, and the caller gets the gateway's own error while the function's log shows a success.",
    message: |notice| format!("`{}` is {}, not a string", subject(notice), notice.found),
    help: "turn the value into JSON text before returning it",
    fixes: AS_TEXT,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "body": {"hello": "world"}}"#),
        Example::rest(r#"{"statusCode": 200, "body": [1, 2]}"#),
        Example::http(r#"{"statusCode": 200, "body": 42}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "{\"hello\": \"world\"}"}"#),
    facts: &["R-158", "R-159", "H-068"],
    mend: Some(mend::as_text),
    ..Rule::PLAIN
};

pub(super) static BODY_COERCED: Rule = Rule {
    code: "AGW127",
    name: "body-coerced",
    severity: Severity::Warning,
    title: "the body is not text, and may be sent as text",
    why: "Nobody has recorded what a REST API does with a number or a boolean, or a function URL with anything but an object; it is probably sent as its text. An HTTP API refuses it.",
    message: |notice| {
        format!(
            "`{}` is {}; it is probably sent as text, but this is not certain",
            subject(notice),
            notice.found
        )
    },
    help: "return the body as a string",
    fixes: AS_TEXT,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "body": 42}"#),
        Example::of(Flavor::Url, r#"{"statusCode": 200, "body": [1]}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "42"}"#),
    facts: &["R-160", "U-014"],
    mend: Some(mend::as_text),
    ..Rule::PLAIN
};

pub(super) static BODY_NULL: Rule = Rule {
    code: "AGW128",
    name: "body-null",
    severity: Severity::Warning,
    title: "the body is null",
    why: "An HTTP API is known to accept null headers and cookies, but not a null body: it is probably an empty body. A load balancer answers 502.",
    message: |_| "`body` is null; it is probably sent as an empty body, but this is not certain".to_owned(),
    help: "leave the body out, or return an empty string",
    fixes: &fixes("body: \"\"", "\"body\": \"\"", ".body(Body::Empty)"),
    bad: &[
        Example::http(r#"{"statusCode": 204, "body": null}"#),
        Example::of(Flavor::HttpV1, r#"{"statusCode": 204, "body": null}"#),
    ],
    good: Example::http(r#"{"statusCode": 204}"#),
    facts: &["H-069", "U-014"],
    ..Rule::PLAIN
};
