//! Whom the policy of an API lets in.

use super::{Example, GOOD, PolicyCase, PolicyCheck, Routes, Rule, Severity, Spotted, left_closed, named};
use crate::json::{Part, Pointer};
use crate::policy::{Effect, PrincipalKind, Statement};

pub(in super::super) static POLICY_WITHOUT_ALLOW: Rule = Rule {
    code: "AGW342",
    name: "api-policy-without-allow",
    severity: Severity::Error,
    title: "the policy of the API denies only, and that closes it",
    why: "Once an API has a policy, a call of an open method needs a statement that allows it. A policy of nothing but Deny lets nobody in: the caller gets 403, whoever it is. Methods with AWS_IAM or a Lambda authorizer can do without.",
    policy: Some(PolicyCheck::Policy(without_allow)),
    help: "add a statement that allows execute-api:Invoke on execute-api:/* to everybody; the denials come first anyway",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-136", "R-283", "R-284"],
    ..Rule::PLAIN
};

fn without_allow(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let statements = &case.carried.document.statements;
    let denies_only = !statements.is_empty() && statements.iter().all(|own| own.effect == Some(Effect::Deny));
    if !case.is_of_api() || !denies_only {
        return Vec::new();
    }
    let at = Pointer::root().child("Statement");
    let about = |message: String| case.about(&at, Part::Key, message, "no statement allows");
    match Routes::of(case) {
        Routes::Open(open) if open.is_empty() => Vec::new(),
        Routes::Open(open) => {
            let message =
                format!("nobody may call {}: no statement of the API's policy allows", named(&open));
            vec![about(message)]
        }
        Routes::Unknown => {
            let message = "no statement of the API's policy allows: nobody may call a method that has no authorization of its own";
            vec![about(message.to_owned()).at_most(Severity::Warning)]
        }
    }
}

pub(in super::super) static AWS_PRINCIPAL_ON_OPEN_METHOD: Rule = Rule {
    code: "AGW343",
    name: "api-policy-principal-open-method",
    severity: Severity::Error,
    title: "the policy lets AWS principals in, and the method does not ask who calls",
    why: "Only a method with AWS_IAM authorization learns which account, user or role calls. To any other the caller is anonymous: a statement for an AWS principal is not about it, and the call is refused with 403.",
    policy: Some(PolicyCheck::Policy(principal_on_open_method)),
    help: "set the authorization of the method to AWS_IAM, or write \"Principal\": \"*\" and narrow the statement by a condition",
    bad: &[
        Example::policy(
            r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/client"}, "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}}}, "Get": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "GET", "AuthorizationType": "NONE", "Integration": {"Type": "MOCK"}}}}}"#,
        ),
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/client"}, "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}"#,
        ),
    ],
    good: Example::policy(
        r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/client"}, "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}}}, "Get": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "GET", "AuthorizationType": "AWS_IAM", "Integration": {"Type": "MOCK"}}}}}"#,
    ),
    facts: &["P-138"],
    ..Rule::PLAIN
};

fn principal_on_open_method(case: &PolicyCase<'_>) -> Vec<Spotted> {
    if !case.is_of_api() {
        return Vec::new();
    }
    let routes = Routes::of(case);
    let spotted = |statement: &Statement| {
        let principals = statement.principals.as_ref().filter(|own| !own.negated)?;
        let named_only =
            |own: &crate::policy::Principal| own.kind == PrincipalKind::Aws && own.spot.text != "*";
        let first = principals.values.first()?;
        if !principals.values.iter().all(named_only) {
            return None;
        }
        let about = |message: String| case.about(&first.spot.at, Part::Value, message, "an AWS principal");
        match &routes {
            Routes::Open(open) => {
                let closed = left_closed(case, statement, open);
                let message = format!(
                    "{} cannot be called: it is open, and the policy lets AWS principals in only",
                    named(&closed)
                );
                (!closed.is_empty()).then(|| about(message))
            }
            Routes::Unknown => {
                let message = "if a method has no AWS_IAM authorization, this statement lets nobody call it";
                Some(about(message.to_owned()).at_most(Severity::Info))
            }
        }
    };
    case.statements(Effect::Allow).filter_map(spotted).collect()
}
