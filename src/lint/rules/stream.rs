//! Rules about streamed responses of function URLs.

use super::Rule;
use crate::gateway::Flavor;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Fix, in_languages};

const STREAM: &[Fix] = &in_languages(
    "awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers })",
    "# streams take a custom runtime: set the invoke mode to BUFFERED",
    "return &events.LambdaFunctionURLStreamingResponse{StatusCode: 200, Headers: headers, Body: reader}, nil",
    "// streams take a RequestStreamHandler of your own: set the invoke mode to BUFFERED",
    "lambda_http::run_with_streaming_response(service_fn(handler)).await",
);

pub(super) static ENVELOPE_STREAMED: Rule = Rule {
    code: "AGW133",
    name: "envelope-streamed",
    severity: Severity::Error,
    title: "the caller gets the result's JSON, status code and all",
    why: "In the invoke mode RESPONSE_STREAM a function URL sends what the function sends, byte for byte, with status 200. A function that returns an object with statusCode and body instead of streaming shows that object to its callers.",
    message: |_| "the URL streams, so this whole object is the body of a 200".to_owned(),
    help: "stream the response with a prelude, or set the invoke mode to BUFFERED",
    fixes: STREAM,
    bad: &[Example::stream(r#"{"statusCode": 404, "body": "not here"}"#)],
    good: Example::of(Flavor::Url, r#"{"statusCode": 404, "body": "not here"}"#),
    facts: &["U-021"],
    ..Rule::PLAIN
};

pub(super) static PRELUDE_MALFORMED: Rule = Rule {
    code: "AGW134",
    name: "prelude-malformed",
    severity: Severity::Warning,
    title: "the prelude of the stream is not JSON",
    why: "Before eight NUL bytes a stream has its status, headers and cookies as a JSON object. What becomes of another text there is not recorded.",
    message: |_| "the text before the eight NUL bytes is not JSON".to_owned(),
    help: "write the prelude with a JSON library, or let the runtime's own helper write it",
    fixes: STREAM,
    bad: &[Example::stream("{statusCode: 200}\0\0\0\0\0\0\0\0Hello")],
    good: Example::stream("{\"statusCode\": 200}\0\0\0\0\0\0\0\0Hello"),
    facts: &["U-019"],
    ..Rule::PLAIN
};
