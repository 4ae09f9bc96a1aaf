//! Statements of an authorizer's policy that are about no call.

use super::{Answer, Example, Fix, Remark, Rule, Severity, fixes};
use crate::gateway::AuthorizerKind::{self, Http, Token};
use crate::gateway::{Evidence, Flavor, NoticeKind, arn};
use crate::json::Pointer;
use crate::lint::policy::of_no_call;
use crate::policy::{Document, Effect, Patterns, Spot, Statement};

const STAGE: &[Fix] = &fixes(
    "Resource: event.methodArn.split(\"/\").slice(0, 2).join(\"/\") + \"/*\"",
    "\"Resource\": \"/\".join(event[\"methodArn\"].split(\"/\")[:2]) + \"/*\"",
    "let resource = format!(\"{}/*\", stage_arn(&event.method_arn));",
);

pub(in crate::lint::rules) static RESOURCE_OF_NO_CALL: Rule = Rule {
    code: "AGW581",
    name: "policy-resource-of-no-call",
    severity: Severity::Warning,
    title: "this resource is the ARN of no call",
    why: "The resource of a statement is compared with the ARN of the call: execute-api, the stage, the method in capitals and the path as it was requested. A template, ANY, a method in small letters or another kind of ARN matches no call, so the statement allows or denies nothing.",
    check: Some(resource_of_no_call),
    help: "write the ARN as the event names it, with * for what may differ",
    fixes: STAGE,
    bad: &[
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Statement": [{"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}"}]}}"#,
        ),
        Example::authorizer(
            Http,
            r#"{"principalId": "user", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ["*", "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/ANY/users"]}]}}"#,
        ),
        Example::authorizer(
            AuthorizerKind::Request,
            r#"{"principalId": "user", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:users"}]}}"#,
        ),
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/null/GET/"}]}}"#,
        ),
        Example::authorizer(
            Token,
            r#"{"principalId": "user", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET//users"}]}}"#,
        ),
    ],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ["arn:aws:execute-api:*:*:a1b2c3d4e5/prod/*/users", "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*"]}]}}"#,
    ),
    facts: &["R-227", "R-235", "R-236", "R-249", "R-280", "R-281", "H-103"],
    ..Rule::PLAIN
};

fn resource_of_no_call(answer: &Answer<'_>) -> Vec<Remark> {
    let call = arn::of_call(answer.exchange.api, answer.exchange.request);
    let nothing = answer.noticed(NoticeKind::PolicyWithoutCall);
    let remark = |(resource, at): (&str, Pointer)| {
        let (what, evidence) = mistake(resource, answer.front.flavor()).or_else(|| {
            // R-236: whether AWS keeps a slash at the end is not recorded.
            let twin = resource.trim_end_matches('/') == call.trim_end_matches('/') && resource != call;
            (nothing && twin).then_some(("a slash at the end makes the difference", Evidence::Inferred))
        })?;
        Some(Remark::new(at, format!("this resource matches no call: {what}"), what, evidence))
    };
    let found = written(answer);
    let resources = found.iter().filter_map(|statement| statement.resources.as_ref());
    let spots = resources.filter(|own| !own.negated).flat_map(|own: &Patterns| &own.values);
    spots.map(|Spot { text, at }| (text.as_str(), place(at))).filter_map(remark).collect()
}

/// The statements of the policy that the answer rests on.
pub(super) fn written(answer: &Answer<'_>) -> Vec<Statement> {
    let policy = answer.result.get("policyDocument").filter(|_| answer.front.authorizer().is_some());
    policy.map(|policy| Document::read(policy).statements).unwrap_or_default()
}

/// The place in the result of what stands there in its policy.
pub(super) fn place(at: &Pointer) -> Pointer {
    Pointer::root().child("policyDocument").join(at)
}

/// A star may stand for slashes and colons (R-249), so what is behind one tells nothing of the parts.
fn mistake(resource: &str, flavor: Flavor) -> Option<(&'static str, Evidence)> {
    let found = of_no_call(resource, flavor, false).filter(|found| !found.behind_star)?;
    Some((found.what, found.evidence))
}

pub(in crate::lint::rules) static ACTION_OF_NO_CALL: Rule = Rule {
    code: "AGW582",
    name: "policy-action-of-no-call",
    severity: Severity::Warning,
    title: "the policy allows another action than calls",
    why: "A call is the action execute-api:Invoke. A policy that allows only other actions, such as the function's own lambda:InvokeFunction, allows no call, and the caller gets 403.",
    check: Some(action_of_no_call),
    help: "write execute-api:Invoke as the action",
    fixes: &fixes(
        "Action: \"execute-api:Invoke\"",
        "\"Action\": \"execute-api:Invoke\"",
        "action: vec![\"execute-api:Invoke\".into()]",
    ),
    bad: &[Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "*"}]}}"#,
    )],
    good: Example::authorizer(
        Token,
        r#"{"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["execute-api:ManageConnections", "execute-api:inv*"], "Resource": "*"}]}}"#,
    ),
    facts: &["R-237", "R-246", "H-103"],
    ..Rule::PLAIN
};

fn action_of_no_call(answer: &Answer<'_>) -> Vec<Remark> {
    let found = written(answer);
    let allowing: Vec<_> = found.iter().filter(|statement| statement.effect == Some(Effect::Allow)).collect();
    if allowing.iter().any(|statement| statement.has_action("execute-api:Invoke")) {
        return Vec::new();
    }
    let remark = |actions: &Patterns| {
        let at = place(&actions.at);
        Remark::new(
            at,
            "this allows no call: a call is `execute-api:Invoke`",
            "no call",
            Evidence::Documented,
        )
    };
    let actions = allowing.iter().filter_map(|statement| statement.actions.as_ref());
    actions.filter(|own| !own.negated).map(remark).collect()
}
