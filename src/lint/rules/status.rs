//! Rules about `statusCode`.

use super::Rule;
use crate::gateway::Flavor;
use crate::json::Edit;
use crate::lint::finding::Severity;
use crate::lint::mend::{self, Broken};
use crate::lint::rule::{Example, Fix, in_languages};

const NUMBER: &[Fix] = &in_languages(
    "statusCode: 200",
    "\"statusCode\": 200",
    "StatusCode: http.StatusOK,",
    ".withStatusCode(200)",
    ".status(200)",
);

pub(super) static STATUS_NOT_NUMBER: Rule = Rule {
    code: "AGW102",
    name: "status-not-number",
    severity: Severity::Error,
    title: "the status code is not a number",
    why: "A status code that cannot be read as a number makes the whole result malformed.",
    message: |notice| format!("`statusCode` is {}, not a number", notice.found),
    help: "return the status as a number from 200 to 599",
    fixes: NUMBER,
    bad: &[
        Example::rest(r#"{"statusCode": "OK", "body": "fine"}"#),
        Example::rest(r#"{"statusCode": {"code": 200}}"#),
        Example::http(r#"{"statusCode": true}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "fine"}"#),
    facts: &["R-148", "R-150", "H-067"],
    mend: Some(digits_as_number),
    ..Rule::PLAIN
};

pub(super) static STATUS_OUT_OF_RANGE: Rule = Rule {
    code: "AGW103",
    name: "status-out-of-range",
    severity: Severity::Error,
    title: "the status code is not one of HTTP's",
    why: "A status of 0 is recorded as malformed for REST and HTTP APIs, unlike a missing one; other numbers outside of three digits are expected to be. It is what a typed language sends when nobody set the field.",
    message: |notice| format!("`statusCode` is {}, outside of 100 to 599", notice.found),
    help: "set the status, or leave it out where a missing one means 200",
    fixes: NUMBER,
    bad: &[
        Example::rest(r#"{"statusCode": 0, "body": "unset"}"#),
        Example::http(r#"{"statusCode": 0}"#),
        Example::rest(r#"{"statusCode": -1}"#),
        Example::rest(r#"{"statusCode": "0"}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "body": "set"}"#),
    facts: &["R-149", "R-150", "H-067"],
    ..Rule::PLAIN
};

pub(super) static STATUS_UNUSUAL: Rule = Rule {
    code: "AGW104",
    name: "status-unusual",
    severity: Severity::Warning,
    title: "the status code has a form that nobody has recorded",
    why: "Null, fractions, 1xx and statuses above 599 are read as well as they can be here; API Gateway may refuse them.",
    message: |notice| {
        format!("`statusCode` is {}; what API Gateway makes of it is not recorded", notice.found)
    },
    help: "return the status as a whole number from 200 to 599",
    fixes: NUMBER,
    bad: &[
        Example::rest(r#"{"statusCode": null}"#),
        Example::rest(r#"{"statusCode": 200.7}"#),
        Example::rest(r#"{"statusCode": 700}"#),
        Example::http(r#"{"statusCode": "200"}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200}"#),
    facts: &["R-150", "H-067"],
    mend: Some(digits_as_number),
    ..Rule::PLAIN
};

pub(super) static STATUS_MISSING: Rule = Rule {
    code: "AGW129",
    name: "status-missing",
    severity: Severity::Error,
    title: "the result has no status code",
    why: "With payload format 1.0 an HTTP API infers nothing, and a load balancer never does: without a statusCode the result is malformed. A REST API takes 200, and payload format 2.0 makes the whole result the body.",
    message: |_| "the result has no `statusCode`".to_owned(),
    help: "return the status as a number from 200 to 599",
    fixes: NUMBER,
    bad: &[
        Example::of(Flavor::HttpV1, r#"{"message": "Hello"}"#),
        Example::of(Flavor::Alb, r#"{"headers": {}, "body": "Hello"}"#),
        Example::of(Flavor::Lattice, r#"{"body": "Hello"}"#),
    ],
    good: Example::of(Flavor::HttpV1, r#"{"statusCode": 200, "body": "Hello"}"#),
    facts: &["H-081", "L-020", "V-003"],
    mend: Some(mend::status_that_was_meant),
    ..Rule::PLAIN
};

pub(super) static STATUS_DESCRIPTION_FORM: Rule = Rule {
    code: "AGW132",
    name: "status-description-form",
    severity: Severity::Warning,
    title: "the status description is not the status and its phrase",
    why: "A load balancer documents statusDescription as the status and its phrase, such as 200 OK. It may be left out.",
    message: |notice| format!("`statusDescription` is {}, not the status and its phrase", notice.found),
    help: "leave it out, or write the status, a space and the phrase",
    fixes: &in_languages(
        "statusDescription: \"200 OK\"",
        "\"statusDescription\": \"200 OK\"",
        "StatusDescription: \"200 OK\",",
        "response.setStatusDescription(\"200 OK\");",
        ".status(200)",
    ),
    bad: &[
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "statusDescription": "OK"}"#),
        Example::of(Flavor::AlbMulti, r#"{"statusCode": 404, "statusDescription": "200 OK"}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "statusDescription": 200}"#),
    ],
    good: Example::of(Flavor::Alb, r#"{"statusCode": 200, "statusDescription": "200 OK"}"#),
    facts: &["L-021"],
    ..Rule::PLAIN
};

/// `"200"` → `200`.
fn digits_as_number(broken: &Broken<'_>) -> Option<Vec<Edit>> {
    let digits = broken.value()?.as_str()?;
    let is_status =
        digits.len() == 3 && digits.parse::<u16>().is_ok_and(|status| (100..600).contains(&status));
    is_status.then(|| broken.replaced(digits))?
}
