//! The method in a source ARN.

use super::{Example, GOOD, GrantCase, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, field};
use crate::lint::policy::SourceArn;
use crate::policy::arn::FieldName;

/// The verbs that a method of an API can have.
const VERBS: [&str; 8] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

pub(in super::super) static VERB_CASE: Rule = Rule {
    code: "AGW308",
    name: "source-arn-verb-case",
    severity: Severity::Error,
    title: "the verb in the source ARN is not in capitals",
    why: "API Gateway presents the method in capitals, and the values of conditions are compared with their case. The grant is stored and never matches: the caller gets 500 Internal server error, and the function's log is empty.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Grant(verb_case)),
    help: "write the verb in capitals",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:users", "Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/get/users"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-006", "P-066", "P-067"],
    ..Rule::PLAIN
};

fn verb_case(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |source: &SourceArn<'_>| {
        let text = source.stated.text();
        // Alone behind the stage it may be the route key of a WebSocket API.
        field(text, FieldName::Path)?;
        let method = field(text, FieldName::Method)?;
        let written = method.text(text);
        let verb = VERBS.into_iter().find(|verb| verb.eq_ignore_ascii_case(written) && *verb != written)?;
        let message =
            format!("the source ARN names the method `{written}`, and API Gateway presents `{verb}`");
        let case = Spotted::within(&source.stated, method.span, message, format!("write {verb}"));
        Some(case.mended(source.stated.replaced(method.span, verb)))
    };
    grant.source_arns.iter().filter_map(case).collect()
}
