//! Function URLs, and responses that show what a function returned.

use super::Sign::{Answer, Shown, Words};
use super::{Cause, Told, Who, rest};
use crate::gateway::respond::is_function_error;
use crate::gateway::{Evidence, Flavor, errors};

pub(super) static ALL: &[&Cause] =
    &[&URL_FAILED, &URL_FORBIDDEN, &URL_UNKNOWN, &rest::OWN_ANSWER, &ENVELOPE_SERVED, &ERROR_SERVED];

static URL_FAILED: Cause = Cause {
    name: "url-function-failed",
    title: "the function behind a function URL failed",
    who: Who::Lambda,
    from: Some(Flavor::Url),
    signs: &[Answer(&errors::URL_FAILED)],
    means: "A function URL answers a failure of the function with 502 and this plain text; API Gateway would answer in JSON.",
    next: &[
        "read the end of the function's log",
        "catch errors in the handler and return a status of your own",
    ],
    commands: &["apigw invoke --bin ./bootstrap --event url-get", "apigw lint-response --api url out.json"],
    rules: &["AGW125"],
    facts: &["U-015"],
    evidence: Evidence::Recorded,
};

static URL_FORBIDDEN: Cause = Cause {
    name: "url-forbidden",
    title: "the function URL does not let the caller through, or its function is gone",
    who: Who::Lambda,
    from: Some(Flavor::Url),
    signs: &[
        Answer(&errors::URL_FORBIDDEN),
        Answer(&errors::URL_FORBIDDEN_BEFORE),
        Words("troubleshooting Function URL authorization issues"),
    ],
    means: "With AuthType AWS_IAM the request has to be signed by somebody who may lambda:InvokeFunctionUrl. With AuthType NONE the function's resource policy has to allow everybody; the console adds that statement, other tools may not.",
    next: &[
        "see what the function allows: aws lambda get-policy --function-name NAME",
        "for a public URL, grant lambda:InvokeFunctionUrl to the principal * with --function-url-auth-type NONE",
        "for AWS_IAM, sign the request for the service lambda: apigw invoke --url … --sign",
    ],
    facts: &["U-016", "U-025"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static URL_UNKNOWN: Cause = Cause {
    name: "url-unknown",
    title: "there is no function URL of this id",
    who: Who::Lambda,
    from: Some(Flavor::Url),
    signs: &[Answer(&errors::URL_UNKNOWN)],
    means: "The first label of the host is the id of a function URL, and none has it in this region: it was deleted, or created anew under another id.",
    next: &["look the URL up: aws lambda get-function-url-config --function-name NAME"],
    facts: &["U-016"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static ENVELOPE_SERVED: Cause = Cause {
    name: "envelope-served",
    title: "the caller sees the function's result itself, status code and all",
    who: Who::Function,
    signs: &[Shown("a success whose body is a JSON object with statusCode and body", |told| {
        succeeded(told) && told.has_key("statusCode") && told.has_key("body")
    })],
    means: "Nobody read the result as a response. A function URL in the invoke mode RESPONSE_STREAM sends what the function sends; so does an integration of a REST API that is no proxy, and a handler that returns its result twice, as text in its own body.",
    next: &[
        "function URL: set the invoke mode to BUFFERED, or stream the response with a prelude",
        "REST API: use the integration type AWS_PROXY",
        "see whether the handler wraps a response into a response",
    ],
    commands: &["apigw lint-response --api url --streaming out.json"],
    rules: &["AGW133"],
    facts: &["U-021"],
    evidence: Evidence::Recorded,
    ..Cause::PLAIN
};

static ERROR_SERVED: Cause = Cause {
    name: "error-served",
    title: "an error object of Lambda is served as a success",
    who: Who::Function,
    signs: &[Shown("a success whose body is {\"errorType\": …, \"errorMessage\": …}", |told| {
        succeeded(told) && told.json().is_some_and(|value| is_function_error(&value))
    })],
    means: "The handler returned the error object instead of throwing it, and an HTTP API or a function URL made it the body of a 200: without a statusCode all of a result is the body. Lambda's Invoke API, called directly, answers 200 with such a payload for every failure.",
    next: &["throw the error, or return a statusCode with it"],
    commands: &["apigw lint-response --api http out.json"],
    rules: &["AGW124", "AGW125"],
    facts: &["H-060", "U-012"],
    ..Cause::PLAIN
};

/// Whether it is a whole response with a status of success.
fn succeeded(told: &Told) -> bool {
    told.headers.is_some() && told.status.is_some_and(|status| (200..300).contains(&status))
}
