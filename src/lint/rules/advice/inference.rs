//! Results without a status code that were meant to have one.

use super::{Answer, Example, Remark, Rule, Severity, fixes};
use crate::gateway::{Evidence, Flavor};
use crate::json::{Part, Pointer};
use serde_json::{Map, Value};

pub(in crate::lint::rules) static ERROR_AS_SUCCESS: Rule = Rule {
    code: "AGW571",
    name: "error-as-success",
    severity: Severity::Warning,
    title: "an error is served as a success",
    why: "Payload format 2.0 and function URLs make a result without statusCode the body of a 200. An error object that was returned and not thrown is then a success for every client, cache and alarm.",
    check: Some(error_as_success),
    help: "return a statusCode with the error, or throw it",
    fixes: &fixes(
        "return { statusCode: 500, body: JSON.stringify({ error: error.message }) }",
        "return {\"statusCode\": 500, \"body\": json.dumps({\"error\": str(error)})}",
        "Ok(Response::builder().status(500).body(error.to_string().into())?)",
    ),
    bad: &[
        Example::http(r#"{"errorMessage": "no such user"}"#),
        Example::of(Flavor::Url, r#"{"errorType": "NotFound", "stackTrace": []}"#),
        Example::http(r#"{"error": "no such user", "code": 404}"#),
    ],
    good: Example::http(r#"{"statusCode": 404, "body": "no such user"}"#),
    facts: &["H-060", "U-012"],
    ..Rule::PLAIN
};

fn error_as_success(answer: &Answer<'_>) -> Vec<Remark> {
    let Some(result) = inferred(answer) else { return Vec::new() };
    let Some(key) = ["errorMessage", "errorType", "error"].into_iter().find(|key| tells_error(result, key))
    else {
        return Vec::new();
    };
    let message = format!("`{key}` is part of the body of a 200: callers take this error for a success");
    let evidence = if key == "error" { Evidence::Inferred } else { Evidence::Documented };
    vec![Remark::new(Pointer::root().child(key), message, "served as a 200", evidence).on(Part::Key)]
}

/// The object that is served whole.
fn inferred<'a>(answer: &Answer<'a>) -> Option<&'a Map<String, Value>> {
    answer.result.as_object().filter(|_| answer.is_inferred())
}

/// Whether the object is an error and nothing else. Protocols over HTTP have errors of their own in
/// an answer that succeeds.
fn tells_error(result: &Map<String, Value>, key: &str) -> bool {
    const BESIDE: [&str; 21] = [
        "cause",
        "code",
        "description",
        "detail",
        "details",
        "error",
        "errorMessage",
        "errorType",
        "message",
        "name",
        "ok",
        "path",
        "requestId",
        "stack",
        "stackTrace",
        "status",
        "success",
        "timestamp",
        "title",
        "trace",
        "type",
    ];
    let text = result.get(key).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    text && result.keys().all(|own| BESIDE.contains(&own.as_str()))
}

pub(in crate::lint::rules) static STATUS_CODE_MISSPELT: Rule = Rule {
    code: "AGW572",
    name: "status-code-misspelt",
    severity: Severity::Warning,
    title: "the status stands under another name, so all of it is the body",
    why: "Payload format 2.0 and function URLs look for statusCode, in this spelling. Without it status, headers and body are all served as the body of a 200. (A REST API would refuse the unknown key.)",
    check: Some(status_code_misspelt),
    help: "call it statusCode, beside headers and body in lower case",
    fixes: &fixes("statusCode: 404", "\"statusCode\": 404", "#[serde(rename = \"statusCode\")]"),
    bad: &[
        Example::http(r#"{"status": 404, "body": "no such user"}"#),
        Example::of(Flavor::Url, r#"{"StatusCode": 201, "Headers": {}, "Body": "made"}"#),
        Example::http(r#"{"status_code": "200", "headers": {"X-A": "1"}, "body": "{}"}"#),
    ],
    good: Example::http(r#"{"statusCode": 404, "body": "no such user"}"#),
    facts: &["H-060", "U-012", "U-020"],
    ..Rule::PLAIN
};

fn status_code_misspelt(answer: &Answer<'_>) -> Vec<Remark> {
    let Some(result) = inferred(answer) else { return Vec::new() };
    let letters = |key: &str| key.replace(['_', '-'], "").to_ascii_lowercase();
    let is_status = |value: &Value| {
        let text = value.as_str().and_then(|text| text.parse().ok());
        text.or_else(|| value.as_u64()).is_some_and(|status: u64| (100..600).contains(&status))
    };
    let status = result.iter().find(|(key, value)| {
        key.as_str() != "statusCode"
            && ["status", "statuscode"].contains(&letters(key).as_str())
            && is_status(value)
    });
    let body = result.keys().any(|key| letters(key) == "body");
    let rest = [
        "status",
        "statuscode",
        "statusdescription",
        "headers",
        "multivalueheaders",
        "body",
        "cookies",
        "isbase64encoded",
    ];
    let envelope = body && result.keys().all(|key| rest.contains(&letters(key).as_str()));
    let Some((key, _)) = status.filter(|_| envelope) else { return Vec::new() };
    let message = format!("`{key}` is not `statusCode`: the whole result is served as the body of a 200");
    vec![
        Remark::new(Pointer::root().child(key), message, "not `statusCode`", Evidence::Documented)
            .on(Part::Key),
    ]
}
