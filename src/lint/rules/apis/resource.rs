//! The resources of an API's policy.

use super::{Example, GOOD, PolicyCase, PolicyCheck, Rule, Severity, Spotted};
use crate::gateway::Flavor;
use crate::json::Span;
use crate::lint::policy::of_no_call;
use crate::policy::{Spot, Statement};

pub(in super::super) static RESOURCE_OF_THE_API_ALONE: Rule = Rule {
    code: "AGW341",
    name: "api-policy-resource-api-alone",
    severity: Severity::Warning,
    title: "the resource names the API and none of its calls",
    why: "A resource is compared with the ARN of a call, in which stage, method and path follow the API. One that ends at the API, or at the slash behind it, matches none of them, although a page of AWS's own guide has it so: the statement allows or denies nothing.",
    policy: Some(PolicyCheck::Policy(api_alone)),
    help: "write a star behind the slash for every call of the API: execute-api:/*",
    bad: &[
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": ["arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/"]}]}"#,
        ),
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/"}]}"#,
        ),
    ],
    good: GOOD,
    facts: &["P-061", "P-133"],
    ..Rule::PLAIN
};

/// The resources that the statements of an API's policy are about.
fn resources<'a>(case: &PolicyCase<'a>) -> impl Iterator<Item = &'a Spot> + use<'a> {
    let statements: &'a [Statement] = if case.is_of_api() { &case.carried.document.statements } else { &[] };
    let resources = statements.iter().filter_map(|own| own.resources.as_ref());
    resources.filter(|own| !own.negated).flat_map(|own| &own.values)
}

fn api_alone(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let spotted = |spot: &Spot| {
        let text = spot.text.as_str();
        let behind = match text.strip_prefix("execute-api:") {
            Some(rest) => rest,
            None => crate::policy::arn::split(text).filter(|parts| parts[2] == "execute-api")?[5],
        };
        // A reference may stand for more than the API.
        let api = behind.trim_end_matches('/');
        let is_alone = !api.contains('/') && !api.contains(['*', '?']) && !api.contains("${");
        let is_open = api.starts_with("${") && api.ends_with('}') && behind.ends_with('/');
        let bytes = Span::new(text.len() - behind.len(), text.len());
        let message = "the resource matches no call: nothing stands behind the API";
        (is_alone || is_open).then(|| case.within(spot, bytes, message, "write …/*"))
    };
    resources(case).filter_map(spotted).collect()
}

pub(in super::super) static RESOURCE_OF_NO_REQUEST: Rule = Rule {
    code: "AGW347",
    name: "api-policy-resource-of-no-call",
    severity: Severity::Error,
    title: "the resource in the API's policy is the ARN of no call",
    why: "The policy of an API is compared with the request as it was sent: the verb in capitals, and the real path. A template such as {id}, the word ANY or a verb in small letters is in none of them, so the statement allows or denies nothing. In the grants of functions it is the other way round.",
    policy: Some(PolicyCheck::Policy(of_no_request)),
    help: "write * for a path parameter and for any method",
    bad: &[
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}"}]}"#,
        ),
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/ANY/users"}]}"#,
        ),
    ],
    good: GOOD,
    facts: &["P-003", "P-004", "R-235"],
    ..Rule::PLAIN
};

fn of_no_request(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let spotted = |spot: &Spot| {
        let found = of_no_call(&spot.text, Flavor::Rest, true)?;
        let message = format!("this resource matches no call: {}", found.what);
        let spotted = case.within(spot, found.bytes, message, found.what);
        let sure = !found.behind_star && crate::lint::finding::highest(found.evidence) == Severity::Error;
        Some(if sure { spotted } else { spotted.at_most(Severity::Warning) })
    };
    resources(case).filter_map(spotted).collect()
}
