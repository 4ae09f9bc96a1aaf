//! Results that are not far from the limit.

use super::{Answer, Example, Remark, Rule, Severity, fixes};
use crate::gateway::respond::grouped;
use crate::gateway::{Flavor, Front};
use crate::json::{Part, Pointer};
use serde_json::Value;

/// From which part of the limit on there is a word about it.
const PERCENT: usize = 80;

pub(in crate::lint::rules) static NEAR_LIMIT: Rule = Rule {
    code: "AGW561",
    name: "response-near-limit",
    severity: Severity::Warning,
    title: "the result is close to the largest that the front end takes",
    why: "A little more data, and the caller gets an error, after the function has logged its success. The whole result counts as it is written: base64 adds a third, and JSON text inside of JSON a backslash for each quote.",
    check: Some(near_limit),
    help: "put large bodies into S3 and answer with a redirect to a presigned URL, or page the answer",
    fixes: &fixes(
        "return { statusCode: 303, headers: { Location: await getSignedUrl(s3, command) } }",
        "return {\"statusCode\": 303, \"headers\": {\"Location\": s3.generate_presigned_url(\"get_object\", Params=params)}}",
        ".status(303).header(\"location\", presigned.uri())",
    ),
    bad: &[],
    good: Example::of(
        Flavor::Alb,
        r#"{"statusCode": 303, "headers": {"location": "https://bucket.s3.amazonaws.com/key"}}"#,
    ),
    facts: &["R-174", "H-096", "U-018", "L-026", "V-003"],
    ..Rule::PLAIN
};

fn near_limit(answer: &Answer<'_>) -> Vec<Remark> {
    let Front::Api(flavor) = answer.front else { return Vec::new() };
    let facts = flavor.facts();
    let (bytes, most) = (answer.text.source().len(), facts.max_result_bytes);
    if answer.exchange.api.streaming || bytes * 100 < most * PERCENT {
        return Vec::new();
    }
    let (_, evidence) = facts.too_large_is_known;
    let encoded = answer.result.get("isBase64Encoded") == Some(&Value::Bool(true));
    let growth = if encoded { "; base64 made the body a third larger" } else { "" };
    let message = format!(
        "the result has {} bytes, {} % of the {} that {} takes{growth}",
        grouped(bytes),
        bytes * 100 / most,
        grouped(most),
        facts.a_title()
    );
    let body = Pointer::root().child("body");
    let (at, part) = match answer.result.get("body") {
        Some(_) => (body, Part::Key), // The value is too large to be shown.
        None => (Pointer::root(), Part::Value),
    };
    vec![Remark::new(at, message, "most of it", evidence).on(part)]
}
