//! The id of the API in a source ARN, and whether anything follows it.

use super::{
    Called, GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, calls, is_literal,
    with_source,
};
use crate::policy::arn::FieldName;

/// How many characters the id of an API has.
pub(super) const LENGTH: usize = 10;

pub(in super::super) static NO_API_ID: Rule = Rule {
    code: "AGW315",
    name: "source-arn-api-id",
    severity: Severity::Error,
    title: "what stands in place of the API's id is no id",
    why: "API Gateway gives each API an id of ten lower-case letters and digits, and presents that. The name of an API, its logical id in a template or a placeholder that was left in an example is stored and never matches. SAM writes the logical id into the grant where RestApiId or ApiId is a plain text.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(no_api_id)),
    help: "refer to the API (`!Ref` in a template), or write its id",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:YOUR_API_ID/*/GET/users"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:UsersApi/*/GET/users"),
    ],
    good: GOOD,
    facts: &["P-114"],
    ..Rule::PLAIN
};

fn no_api_id(grant: &GrantCase<'_>) -> Vec<Spotted> {
    // SAM's own grants count here: the text comes from a property of the template.
    let all = grant.source_arns.iter().filter_map(|source| Called::of(grant, source));
    all.filter_map(|call| no_id(grant, &call)).collect()
}

fn no_id(grant: &GrantCase<'_>, call: &Called<'_>) -> Option<Spotted> {
    let id = call.field(FieldName::ApiId)?;
    let written = id.text(call.text);
    let follows = call.text.len() > id.span.end;
    let is_id = written.len() == LENGTH
        && written.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_id || !is_literal(written) || (written.is_empty() && !follows) || call.api.is_some() {
        return None;
    }
    let reference = format!("${{{written}}}");
    let message = if written.is_empty() {
        "the source ARN has no id of an API".to_owned()
    } else if grant.api(&reference).is_some() {
        format!("`{written}` is the logical id of the API, and API Gateway presents the id that it was given")
    } else {
        format!("`{written}` is no id of an API: those are ten lower-case letters and digits")
    };
    let label = if grant.is_generated() { "SAM writes this text into the ARN" } else { "no id" };
    Some(call.spot(id.span, message, label))
}

pub(in super::super) static BARE_API: Rule = Rule {
    code: "AGW316",
    name: "source-arn-bare-api",
    severity: Severity::Error,
    title: "the source ARN ends before the route",
    why: "What API Gateway presents has the stage and the route behind the API's id. The ARN of an API alone, or of a stage alone, is stored and never matches: the caller gets 500 Internal server error.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(bare_api)),
    help: "name the stage, the method and the path; `*` stands for any",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod"),
    ],
    good: GOOD,
    facts: &["P-005", "P-122"],
    ..Rule::PLAIN
};

fn bare_api(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: Called<'_>| {
        let resource = call.resource();
        let end = resource.trim_end_matches('/');
        // What a reference stands for may hold the rest, unless it is an API of the template.
        let (id, stage) = end.split_once('/').map_or((end, None), |(id, stage)| (id, Some(stage)));
        let is_known = (is_literal(id) || call.api.is_some()) && stage.is_none_or(is_literal);
        if !is_known || stage.is_some_and(|stage| stage.contains('/')) {
            return None;
        }
        let (what, missing) = match stage {
            None => ("the API", "stage, method and path are missing"),
            Some(_) => ("the stage", "method and path are missing"),
        };
        let message =
            format!("the source ARN ends with {what}, and API Gateway presents the route behind it");
        Some(call.spot(call.resource_span(), message, missing))
    };
    calls(grant).filter_map(case).collect()
}
