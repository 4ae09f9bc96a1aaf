//! Rules about the result as a whole.

use super::{Rule, subject};
use crate::gateway::{Flavor, Moment};
use crate::lint::finding::Severity;
use crate::lint::mend;
use crate::lint::rule::{Example, Fix, in_languages};

const ENVELOPE: &[Fix] = &in_languages(
    "return { statusCode: 200, body: JSON.stringify(value) }",
    "return {\"statusCode\": 200, \"body\": json.dumps(value)}",
    "return events.APIGatewayProxyResponse{StatusCode: 200, Body: string(text)}, nil",
    "return new APIGatewayProxyResponseEvent().withStatusCode(200).withBody(text);",
    "Ok(Response::builder().status(200).body(text.into())?)",
);

pub(super) static UNKNOWN_KEY: Rule = Rule {
    code: "AGW105",
    name: "unknown-key",
    severity: Severity::Error,
    title: "the result has a key that REST APIs do not know",
    why: "A REST API, and probably a WebSocket API, takes statusCode, headers, multiValueHeaders, body and isBase64Encoded. Any other key makes the whole result malformed, even next to a perfect body.",
    message: |notice| {
        // A fact's letter tells whose it is.
        let websocket = notice.facts.iter().any(|fact| fact.starts_with("W-"));
        let api = if websocket { "WebSocket API" } else { "REST API" };
        format!("`{}` is not a key of a {api}'s result{}", subject(notice), meant(subject(notice)))
    },
    help: "remove the key, or move the value into the body",
    fixes: ENVELOPE,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "body": "ok", "status": "OK"}"#),
        Example::rest(r#"{"Hello": "World"}"#),
        Example::rest(r#"{"statusCode": 200, "cookies": ["a=1"]}"#),
        Example::websocket(Moment::Message, r#"{"statusCode": 200, "Data": "y"}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "ok"}"#),
    facts: &["R-140", "R-141", "R-142", "R-143", "W-024"],
    mend: Some(mend::key_that_was_meant),
    ..Rule::PLAIN
};

pub(super) static UNKNOWN_KEY_IGNORED: Rule = Rule {
    code: "AGW106",
    name: "unknown-key-ignored",
    severity: Severity::Warning,
    title: "the result has a key that nobody reads",
    why: "An HTTP API, a function URL and a load balancer are expected to ignore it, so what it says is lost; a REST API would refuse the whole result. In the prelude of a stream, too, wrong keys are ignored.",
    message: |notice| {
        format!("`{}` is not read by this front end{}", subject(notice), meant(subject(notice)))
    },
    help: "remove the key, or move the value into the body",
    fixes: ENVELOPE,
    bad: &[
        Example::http(r#"{"statusCode": 200, "header": {"X-A": "1"}}"#),
        Example::of(Flavor::HttpV1, r#"{"statusCode": 200, "cookies": ["a=1"]}"#),
        Example::stream("{\"status\": 404}\0\0\0\0\0\0\0\0not here"),
    ],
    good: Example::http(r#"{"statusCode": 200, "headers": {"X-A": "1"}}"#),
    facts: &["H-074", "U-020", "L-020"],
    mend: Some(mend::key_that_was_meant),
    ..Rule::PLAIN
};

/// `; did you mean ...?` for the keys that people write instead.
fn meant(key: &str) -> String {
    match mend::meant(key) {
        Some("cookies") => "; did you mean `multiValueHeaders: {\"Set-Cookie\": [...]}`?".to_owned(),
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => String::new(),
    }
}

pub(super) static RESULT_NOT_OBJECT: Rule = Rule {
    code: "AGW122",
    name: "result-not-object",
    severity: Severity::Error,
    title: "the result is not an object",
    why: "A REST API, an HTTP API with payload format 1.0 and a load balancer read the result as an object with a status, headers and a body. A bare value is malformed, although payload format 2.0 and a function URL would take it as the body.",
    message: |notice| format!("the result is {}, not an object", notice.found),
    help: "return an object with a status code and the value as the body's text",
    fixes: ENVELOPE,
    bad: &[
        Example::rest(r#""just a string""#),
        Example::rest("[1, 2]"),
        Example::of(Flavor::HttpV1, "42"),
        Example::of(Flavor::Alb, "[1, 2]"),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "just a string"}"#),
    facts: &["R-140", "R-154", "R-155", "H-081", "L-020", "L-026"],
    ..Rule::PLAIN
};

pub(super) static RESULT_NULL: Rule = Rule {
    code: "AGW123",
    name: "result-null",
    severity: Severity::Error,
    title: "the handler returned nothing",
    why: "The runtime turns a missing return value into null, and a REST API or a load balancer answers that with its own error. Usually a return or an await is missing, a Node handler that is not async ended before its callback, or a promise was mixed with a callback.",
    message: |_| "the result is null: the handler returned nothing".to_owned(),
    help: "return the response on every path of the handler",
    fixes: &in_languages(
        "export const handler = async (event) => { return { statusCode: 204 } }",
        "return {\"statusCode\": 204}",
        "return events.APIGatewayProxyResponse{StatusCode: 204}, nil",
        "return new APIGatewayProxyResponseEvent().withStatusCode(204);",
        "Ok(Response::builder().status(204).body(Body::Empty)?)",
    ),
    bad: &[Example::rest("null"), Example::of(Flavor::HttpV1, "null"), Example::of(Flavor::Alb, "null")],
    good: Example::rest(r#"{"statusCode": 204}"#),
    facts: &["R-155", "H-081", "L-026"],
    ..Rule::PLAIN
};

pub(super) static RESULT_INFERRED: Rule = Rule {
    code: "AGW124",
    name: "result-inferred",
    severity: Severity::Info,
    title: "the whole result is served as the body of a 200",
    why: "Without a statusCode an HTTP API with payload format 2.0 or a function URL takes the result as the body, with status 200 and content type application/json. An error object that was returned instead of thrown is served as a success, too.",
    message: |notice| {
        format!(
            "the result is {} without `statusCode`: all of it is served as the body of a 200",
            notice.found
        )
    },
    help: "return a statusCode if the status matters, or if the same handler serves a REST API",
    fixes: ENVELOPE,
    bad: &[
        Example::http(r#"{"message": "Hello"}"#),
        Example::http("\"Hello\""),
        Example::of(Flavor::Url, "null"),
    ],
    good: Example::http(
        r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "{\"message\": \"Hello\"}"}"#,
    ),
    facts: &["H-060", "H-061", "H-080", "U-011", "U-012"],
    mend: Some(mend::status_that_was_meant),
    ..Rule::PLAIN
};

pub(super) static FUNCTION_ERROR: Rule = Rule {
    code: "AGW125",
    name: "function-error",
    severity: Severity::Error,
    title: "the function failed",
    why: "The handler threw, crashed or ran out of time, and Lambda wrote this error object. The caller never sees it: it gets the gateway's own error. (A handler that returned such an object instead of failing gets the same from a REST API; an HTTP API would serve it as a 200.)",
    log: Some(
        "function's log: the error with its stack, or Task timed out; execution log of a REST API: Lambda execution failed with status 200 due to customer function error",
    ),
    message: |notice| format!("the function failed: {}", notice.found),
    help: "catch the error and return a status of your own; the stack stands in the function's log",
    fixes: &in_languages(
        "catch (error) { return { statusCode: 500, body: error.message } }",
        "except Exception as error: return {\"statusCode\": 500, \"body\": str(error)}",
        "if err != nil { return events.APIGatewayProxyResponse{StatusCode: 500, Body: err.Error()}, nil }",
        "catch (Exception e) { return new APIGatewayProxyResponseEvent().withStatusCode(500).withBody(e.getMessage()); }",
        "Err(error) => Ok(Response::builder().status(500).body(error.to_string().into())?)",
    ),
    bad: &[
        Example::rest(r#"{"errorMessage": "boom", "errorType": "Error", "trace": []}"#),
        Example::http(r#"{"errorType": "Runtime.ExitError", "errorMessage": "exit status 1"}"#),
        Example::of(Flavor::Url, r#"{"errorType": "Error", "errorMessage": "boom", "trace": []}"#),
    ],
    good: Example::rest(r#"{"statusCode": 500, "body": "boom"}"#),
    facts: &["R-171", "R-173", "H-064", "U-015", "L-026"],
    ..Rule::PLAIN
};

pub(super) static RESPONSE_TOO_LARGE: Rule = Rule {
    code: "AGW126",
    name: "response-too-large",
    severity: Severity::Error,
    title: "the result is larger than the front end takes",
    why: "Lambda refuses results over 6,291,556 bytes, after the function has logged its success. Base64 and JSON escapes count: some 4.5 MB of binary data is the practical limit. A load balancer takes 1,048,576 bytes only.",
    log: Some(
        "error of the call (Function.ResponseSizeTooLarge): Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    ),
    message: |notice| format!("the result has {}, the most that this front end takes", notice.found),
    help: "put large bodies into S3 and answer with a redirect to a presigned URL, or page the answer",
    fixes: &[],
    bad: &[],
    good: Example::rest(
        r#"{"statusCode": 302, "headers": {"Location": "https://bucket.s3.amazonaws.com/key"}}"#,
    ),
    facts: &["R-174", "H-082", "U-018", "L-026"],
    ..Rule::PLAIN
};

pub(super) static MEMBER_NULL: Rule = Rule {
    code: "AGW130",
    name: "member-null",
    severity: Severity::Error,
    title: "a load balancer does not take null",
    why: "Languages that write every field of a type write null for those that nobody set. API Gateway accepts them; a load balancer answers 502, although the function's log shows a success.",
    message: |notice| format!("`{}` is null, which a load balancer refuses", subject(notice)),
    help: "leave the key out, or return an empty string or an empty object",
    fixes: &in_languages(
        "body: body ?? \"\"",
        "{key: value for key, value in result.items() if value is not None}",
        "Headers: map[string]string{}, MultiValueHeaders: map[string][]string{},",
        "response.setHeaders(Map.of()); response.setMultiValueHeaders(Map.of());",
        "#[serde(skip_serializing_if = \"Option::is_none\")]",
    ),
    bad: &[
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "headers": null, "body": "ok"}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "body": null}"#),
        Example::of(Flavor::AlbMulti, r#"{"statusCode": 200, "multiValueHeaders": null}"#),
        Example::of(Flavor::Lattice, r#"{"statusCode": 200, "body": null}"#),
    ],
    good: Example::of(Flavor::Alb, r#"{"statusCode": 200, "headers": {}, "body": ""}"#),
    facts: &["L-022", "V-003"],
    mend: Some(mend::without),
    ..Rule::PLAIN
};
