//! Whether a grant says at all what may invoke the function.

use super::{
    Called, Example, GOOD, GrantCase, PolicyCheck, Rule, Severity, Spotted, about_grant, with_source,
};
use crate::policy::arn::FieldName;

pub(in super::super) static GRANT_WITHOUT_SOURCE: Rule = Rule {
    code: "AGW301",
    name: "grant-without-source",
    severity: Severity::Error,
    title: "every API of every account may invoke the function",
    why: "A service such as API Gateway acts for all of its customers. Without a source ARN or a source account the grant lets anybody's API invoke the function, once its ARN is known. A source ARN that names neither an account nor an API asks for nothing, either.",
    policy: Some(PolicyCheck::Grant(without_source)),
    help: "name the API and the route in SourceArn (--source-arn, source_arn)",
    bad: &[
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users"}]}"#,
        ),
        with_source!("arn:aws:execute-api:*:*:*"),
    ],
    good: GOOD,
    facts: &["P-080", "P-120", "P-125"],
    ..Rule::PLAIN
};

fn without_source(grant: &GrantCase<'_>) -> Vec<Spotted> {
    if !grant.is_for_api_gateway() || !grant.source_accounts.is_empty() || !grant.other_keys.is_empty() {
        return Vec::new();
    }
    if grant.source_arns.is_empty() {
        let message = "the grant names no source: every API of every account may invoke the function";
        return vec![about_grant(grant, message, "any API of any account")];
    }
    // A permission with `*` for an account is refused; only a document can have it (P-094).
    let is_anybody = |call: &Called<'_>| {
        call.is_pattern()
            && call.written(FieldName::Account) == Some("*")
            && call.written(FieldName::ApiId) == Some("*")
    };
    let arns = grant.source_arns.iter().filter(|_| grant.in_document);
    let anybody = arns.filter_map(|source| Called::of(grant, source)).filter(is_anybody);
    let case = |call: Called<'_>| {
        let account = call.field(FieldName::Account)?.span;
        let message =
            "the source ARN names no account and no API: every API of every account may invoke the function";
        let bytes = crate::json::Span::new(account.start, call.resource_span().end);
        Some(call.spot(bytes, message, "any account, any API"))
    };
    anybody.filter_map(case).collect()
}

pub(in super::super) static SOURCE_ACCOUNT_ONLY: Rule = Rule {
    code: "AGW302",
    name: "source-account-only",
    severity: Severity::Warning,
    title: "every API of the account may invoke the function",
    why: "A source account without a source ARN lets every API of that account invoke the function, whoever made it there.",
    policy: Some(PolicyCheck::Grant(account_only)),
    help: "name the API and the route in SourceArn (--source-arn, source_arn), too",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"StringEquals": {"AWS:SourceAccount": "123456789012"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-092"],
    ..Rule::PLAIN
};

fn account_only(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let is_alone = grant.source_arns.is_empty() && grant.other_keys.is_empty();
    let account = grant.source_accounts.first().filter(|_| is_alone && grant.is_for_api_gateway());
    let case = |account: &crate::lint::policy::Stated<'_>| {
        let message = format!(
            "the grant names no source ARN: every API of the account {} may invoke the function",
            account.text()
        );
        let whole = crate::json::Span::new(0, account.text().len());
        Spotted::within(account, whole, message, "any API of this account")
    };
    account.filter(|_| !grant.is_generated()).map(case).into_iter().collect()
}
