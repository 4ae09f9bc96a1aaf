//! Resources of an authorizer's policy, beside the ARN of the call that it is asked about.

use super::policy::{place, written};
use super::{Answer, Example, Remark, Rule, Severity, fixes};
use crate::gateway::AuthorizerKind::Websocket;
use crate::gateway::{Evidence, Flavor, arn};
use crate::json::Pointer;
use crate::policy::{Effect, Spot, arn as arns};

/// The resources that the policy allows.
fn allowed(answer: &Answer<'_>) -> Vec<(String, Pointer)> {
    let statements = written(answer).into_iter().filter(|own| own.effect == Some(Effect::Allow));
    let resources = statements.filter_map(|own| own.resources).filter(|own| !own.negated);
    resources.flat_map(|own| own.values).map(|Spot { text, at }| (text, place(&at))).collect()
}

pub(in crate::lint::rules) static WEBSOCKET_RESOURCE_TOO_DEEP: Rule = Rule {
    code: "AGW414",
    name: "websocket-resource-too-deep",
    severity: Severity::Warning,
    title: "the resource has more parts than the ARN of a WebSocket call",
    why: "A WebSocket API asks its authorizer about `$connect` only: behind the API stand the stage and the route key, and no method. A resource with one slash more, such as api/stage/*/* from a REST API, matches no such call, and the caller gets 403.",
    check: Some(too_deep),
    help: "end the resource behind the stage: …/stage/*",
    fixes: &fixes(
        "Resource: event.methodArn",
        "\"Resource\": event[\"methodArn\"]",
        "resource: vec![event.method_arn]",
    ),
    bad: &[Example::authorizer(
        Websocket,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*/*"}]}}"#,
    )],
    good: Example::authorizer(
        Websocket,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*"}]}}"#,
    ),
    facts: &["P-154", "W-028"],
    ..Rule::PLAIN
};

fn too_deep(answer: &Answer<'_>) -> Vec<Remark> {
    if answer.front.flavor() != Flavor::Websocket {
        return Vec::new();
    }
    // A star stands for no slash where all slashes of the call are written out already.
    let is_too_deep =
        |resource: &str| arns::split(resource).is_some_and(|parts| parts[5].matches('/').count() > 2);
    let found = allowed(answer).into_iter().filter(|(resource, _)| is_too_deep(resource));
    let message =
        "this resource matches no call of a WebSocket API: its ARN ends with the stage and `$connect`";
    found.map(|(_, at)| Remark::new(at, message, "one part too many", Evidence::Documented)).collect()
}

pub(in crate::lint::rules) static CALL_WITH_WILDCARDS: Rule = Rule {
    code: "AGW415",
    name: "policy-echoes-wildcard",
    severity: Severity::Warning,
    title: "the policy repeats an ARN with wildcards that the caller chose",
    why: "The path in the ARN of a call is the one that was sent. An authorizer that returns the ARN as its resource returns a * or ? of the URL as well, and there they match anything: who calls /users/* may be allowed what lies below.",
    check: Some(echoed),
    help: "build the resource from what the token allows; where it must be the call, refuse paths with * and ?",
    fixes: &fixes(
        "if (/[*?]/.test(event.path)) throw new Error(\"Unauthorized\")",
        "if \"*\" in event[\"path\"] or \"?\" in event[\"path\"]: raise Exception(\"Unauthorized\")",
        "if path.contains(['*', '?']) { return Err(\"Unauthorized\".into()); }",
    ),
    bad: &[],
    good: Example::authorizer(
        crate::gateway::AuthorizerKind::Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*"}]}}"#,
    ),
    facts: &["P-157"],
    ..Rule::PLAIN
};

fn echoed(answer: &Answer<'_>) -> Vec<Remark> {
    if answer.front.authorizer().is_none() {
        return Vec::new();
    }
    let call = arn::of_call(answer.exchange.api, answer.exchange.request);
    if !call.contains(['*', '?']) {
        return Vec::new();
    }
    let found = allowed(answer).into_iter().filter(|(resource, _)| *resource == call);
    let message = "the resource repeats the call with its wildcards, and they match other calls as well";
    found.map(|(_, at)| Remark::new(at, message, "as the caller sent it", Evidence::Inferred)).collect()
}
