//! Who may do what: principal, action and function of a grant.

use super::{Called, Example, GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted};
use crate::json::Span;
use crate::lint::policy::Stated;
use crate::policy::arn::LATEST;
use crate::policy::{Caller, names_action};

pub(in super::super) static PRINCIPAL: Rule = Rule {
    code: "AGW320",
    name: "grant-principal",
    severity: Severity::Error,
    title: "the principal is not the one by which API Gateway invokes functions",
    why: "API Gateway invokes functions as apigateway.amazonaws.com, in every partition. Lambda refuses apigateway.amazonaws.com.cn; execute-api is the service that callers call, and invokes nothing. With the principal `*` the source ARN is all that keeps others out, whoever can make AWS put it there.",
    policy: Some(PolicyCheck::Grant(principal)),
    help: "name the principal apigateway.amazonaws.com",
    bad: &[
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com.cn"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws-cn:lambda:cn-north-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/*/GET/users"}}}]}"#,
        ),
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users"}}}]}"#,
        ),
    ],
    good: GOOD,
    facts: &["P-027", "P-081"],
    ..Rule::PLAIN
};

/// Whether a grant asks for a source that is an API.
fn asks_for_api(grant: &GrantCase<'_>) -> bool {
    grant.source_arns.iter().any(|source| Called::of(grant, source).is_some())
}

/// Whether a grant lets whom it names invoke the function without a condition.
fn is_open(grant: &GrantCase<'_>) -> bool {
    let is_bare = grant.source_arns.is_empty() && grant.source_accounts.is_empty();
    is_bare && grant.other_keys.is_empty() && grant.actions.iter().any(invokes)
}

fn principal(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |principal: &Stated<'_>| {
        let written = principal.text();
        let whole = Span::new(0, written.len());
        let mended = |case: Spotted| case.mended(principal.replaced(whole, Caller::API_GATEWAY));
        let message =
            format!("API Gateway invokes functions as `{}`, not as `{written}`", Caller::API_GATEWAY);
        match written {
            "*" if asks_for_api(grant) => {
                let message = "everybody is the principal: only the source ARN keeps other callers out";
                let case = Spotted::at(principal, principal.span(), message, "everybody");
                Some(case.at_most(Severity::Warning).by(&["P-081"]))
            }
            "*" if is_open(grant) => {
                let message = "everybody is the principal, and no condition keeps anybody out";
                let case = Spotted::at(principal, principal.span(), message, "everybody");
                Some(case.at_most(Severity::Warning).by(&["P-081"]))
            }
            "apigateway.amazonaws.com.cn" => {
                let case = Spotted::within(principal, whole, message, "refused by Lambda");
                Some(mended(case).by(&["P-027"]))
            }
            "execute-api.amazonaws.com" | "execute-api.amazonaws.com.cn" => {
                // That it is not the principal is inferred; that the other one is, is not.
                let case = Spotted::within(principal, whole, message, "invokes nothing");
                Some(mended(case).by(&["P-027"]).at_most(Severity::Warning))
            }
            _ => None,
        }
    };
    grant.principals.iter().filter(|_| !grant.is_generated()).filter_map(case).collect()
}

pub(in super::super) static ACTION: Rule = Rule {
    code: "AGW321",
    name: "grant-action",
    severity: Severity::Error,
    title: "the action is not the one by which API Gateway invokes functions",
    why: "API Gateway needs lambda:InvokeFunction. Lambda stores any action that begins with `lambda:`, also one that it does not have: the grant allows nothing, and the caller gets 500 Internal server error.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(action)),
    help: "grant the action lambda:InvokeFunction",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:Invoke", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-099"],
    ..Rule::PLAIN
};

/// Whether an action is the one that API Gateway needs; of one that is not known, yes.
fn invokes(action: &Stated<'_>) -> bool {
    let written = action.text();
    written.contains("${") || names_action(written, Caller::INVOKES)
}

fn action(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let is_for_api = grant.is_for_api_gateway_only() || (asks_for_api(grant) && !grant.is_generated());
    let first = grant.actions.first().filter(|_| is_for_api && !grant.actions.iter().any(invokes));
    let case = |action: &Stated<'_>| {
        let written = action.text();
        let message = format!("API Gateway needs `lambda:InvokeFunction`, and `{written}` does not allow it");
        let whole = Span::new(0, written.len());
        let is_meant = ["lambda:invoke", "lambda:invokefunctions", "invokefunction", "lambda:invokelambda"]
            .contains(&written.to_ascii_lowercase().as_str());
        let edit = is_meant.then(|| action.replaced(whole, "lambda:InvokeFunction")).flatten();
        Spotted::within(action, whole, message, "lambda:InvokeFunction").mended(edit)
    };
    first.map(case).into_iter().collect()
}

/// Grants for `$LATEST` by name, which Lambda does not take (P-032).
pub(super) fn latest(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let message = "Lambda adds no permission to `$LATEST`: the function without qualifier is meant";
    let severity = if grant.in_document { Severity::Warning } else { Severity::Error };
    let beside = grant.qualifier.iter().filter(|own| own.text() == LATEST);
    let beside = beside.map(|own| Spotted::within(own, Span::new(0, LATEST.len()), message, "leave it out"));
    let behind = grant.functions.iter().filter_map(|function| {
        let before = function.text().strip_suffix(LATEST)?.strip_suffix(':')?;
        let bytes = Span::new(before.len(), function.text().len());
        let case = Spotted::within(function, bytes, message, "leave it out");
        Some(case.mended(function.replaced(bytes, "")))
    });
    let all = beside.chain(behind).filter(|_| grant.is_for_api_gateway() && !grant.is_generated());
    all.map(|case| case.at_most(severity)).collect()
}
