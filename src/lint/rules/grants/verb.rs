//! The method in a source ARN.

use super::{
    Called, GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, calls, shaped, with_source,
};
use crate::policy::arn::{FieldName, VERBS};

pub(in super::super) static VERB_CASE: Rule = Rule {
    code: "AGW308",
    name: "source-arn-verb-case",
    severity: Severity::Error,
    title: "the verb in the source ARN is not in capitals",
    why: "API Gateway presents the method in capitals, and the values of conditions are compared with their case. The grant is stored and never matches: the caller gets 500 Internal server error, and the function's log is empty.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(verb_case)),
    help: "write the verb in capitals",
    bad: &[with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/get/users")],
    good: GOOD,
    facts: &["P-006", "P-066", "P-067"],
    ..Rule::PLAIN
};

fn verb_case(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: &Called<'_>| {
        let method = call.field(FieldName::Method)?;
        // Alone behind the stage it may be the route key of a WebSocket API.
        call.field(FieldName::Path).is_some().then_some(()).or_else(|| call.has_methods().then_some(()))?;
        let written = method.text(call.text);
        let verb = VERBS.into_iter().find(|verb| verb.eq_ignore_ascii_case(written) && *verb != written)?;
        let message =
            format!("the source ARN names the method `{written}`, and API Gateway presents `{verb}`");
        let case = call.spot(method.span, message, format!("write {verb}"));
        Some(case.mended(call.with(method.span, verb)))
    };
    shaped(grant, case)
}

pub(in super::super) static LITERAL_ANY: Rule = Rule {
    code: "AGW309",
    name: "source-arn-any",
    severity: Severity::Warning,
    title: "the source ARN has the word ANY in place of the method",
    why: "What API Gateway presents for a method that takes every verb is known from few calls: a deployed call presented the word ANY, and there are reports of grants with ANY that failed, most of them about calls from the console, which name a verb. A `*` matches under all reports.",
    policy: Some(PolicyCheck::Grant(literal_any)),
    help: "write `*` in place of ANY if the grant may be for every method of that path",
    bad: &[with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/ANY/users")],
    good: GOOD,
    facts: &["P-041", "P-042", "P-043", "P-044", "P-046"],
    ..Rule::PLAIN
};

fn literal_any(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: Called<'_>| {
        let method = call.field(FieldName::Method).filter(|method| method.text(call.text) == "ANY")?;
        let message = "the source ARN names the method `ANY`: a test call may present the verb instead";
        // No edit: `*` would also let other methods of the path in.
        Some(call.spot(method.span, message, "`*` matches either"))
    };
    calls(grant).filter_map(case).collect()
}
