//! Whether a grant says at all what may invoke the function.

use super::{Example, GOOD, GrantCase, PolicyCheck, Rule, Severity, Spotted, about_grant};

pub(in super::super) static GRANT_WITHOUT_SOURCE: Rule = Rule {
    code: "AGW301",
    name: "grant-without-source",
    severity: Severity::Error,
    title: "every API of every account may invoke the function",
    why: "A service such as API Gateway acts for all of its customers. Without a source ARN or a source account the grant lets anybody's API invoke the function, once its ARN is known.",
    policy: Some(PolicyCheck::Grant(without_source)),
    help: "name the API and the route in SourceArn (--source-arn, source_arn)",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users"}]}"#,
    )],
    good: GOOD,
    facts: &["P-080", "P-120", "P-125"],
    ..Rule::PLAIN
};

fn without_source(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let narrowed =
        !grant.source_arns.is_empty() || !grant.source_accounts.is_empty() || !grant.other_keys.is_empty();
    if narrowed || !grant.is_for_api_gateway() {
        return Vec::new();
    }
    let message = "the grant names no source: every API of every account may invoke the function";
    vec![about_grant(grant, message, "any API of any account")]
}
