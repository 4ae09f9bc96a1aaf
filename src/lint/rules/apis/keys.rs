//! Condition keys that a request of the API may not have.

use super::{
    Example, GOOD, PolicyCase, PolicyCheck, Routes, Rule, Severity, Spotted, left_closed, may_cover, named,
};
use crate::json::{Edit, Part, Span};
use crate::lint::policy::holds_without_key;
use crate::policy::{Comparison, Condition, Effect, SetOperator, Statement};

/// Keys that only a signed request has (P-141).
const OF_PRINCIPALS: [&str; 11] = [
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalType",
    "aws:PrincipalTag/",
    "aws:userid",
    "aws:username",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:TokenIssueTime",
];

/// Whether only a signed request has that key.
pub(super) fn is_of_principal(key: &str) -> bool {
    OF_PRINCIPALS.iter().any(|own| match own.strip_suffix('/') {
        Some(_) => key.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own)),
        None => key.eq_ignore_ascii_case(own),
    })
}

/// Whether another condition of the statement asks whether the request has the key.
fn is_asked_for(statement: &Statement, key: &str) -> bool {
    let asks = |own: &Condition| own.known.is_some_and(|known| known.comparison == Comparison::Missing);
    statement.conditions.iter().any(|own| asks(own) && own.key.text.eq_ignore_ascii_case(key))
}

pub(in super::super) static PRINCIPAL_KEY_ON_OPEN_METHOD: Rule = Rule {
    code: "AGW344",
    name: "api-policy-principal-key-open-method",
    severity: Severity::Error,
    title: "the condition asks who calls, and the method does not know",
    why: "Keys such as aws:PrincipalOrgID exist only where a method has AWS_IAM authorization. For any other a condition on them never holds, and its opposite, StringNotEquals, always does: the statement lets nobody in, or denies everybody.",
    policy: Some(PolicyCheck::Policy(principal_key)),
    help: "set the authorization of the method to AWS_IAM, or narrow the statement by what every request has, such as aws:SourceIp",
    bad: &[
        Example::policy(
            r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}]}}}, "Get": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "GET", "AuthorizationType": "NONE", "Integration": {"Type": "MOCK"}}}}}"#,
        ),
        Example::policy(
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}]}"#,
        ),
    ],
    good: Example::policy(
        r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}]}}}, "Get": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "GET", "AuthorizationType": "AWS_IAM", "Integration": {"Type": "MOCK"}}}}}"#,
    ),
    facts: &["P-069", "P-141"],
    ..Rule::PLAIN
};

fn principal_key(case: &PolicyCase<'_>) -> Vec<Spotted> {
    if !case.is_of_api() {
        return Vec::new();
    }
    let routes = Routes::of(case);
    let of_condition = |statement: &Statement, condition: &Condition| {
        let key = condition.key.text.as_str();
        let holds = holds_without_key(condition).filter(|_| is_of_principal(key))?;
        let outcome = match (statement.effect?, holds) {
            (Effect::Allow, false) => "this statement lets nobody call it",
            (Effect::Allow, true) => "this condition holds for every call of it",
            (Effect::Deny, true) => "this condition of a denial holds for every call of it",
            (Effect::Deny, false) => "this statement denies no call of it",
        };
        let about = |message| case.about(&condition.key.at, Part::Key, message, "only of signed requests");
        let Routes::Open(open) = &routes else {
            let message = format!("if a method has no AWS_IAM authorization, {outcome}: it has no `{key}`");
            return Some(about(message).at_most(Severity::Info));
        };
        let (about_it, alone) = match (statement.effect?, holds) {
            (Effect::Allow, false) => (left_closed(case, statement, open), true),
            (effect, holds) => {
                let own = open.iter().filter(|route| may_cover(statement, route)).copied().collect();
                let always =
                    |own: &Condition| is_of_principal(&own.key.text) && holds_without_key(own) == Some(true);
                (own, effect == Effect::Deny && holds && statement.conditions.iter().all(always))
            }
        };
        let severity = if alone { Severity::Error } else { Severity::Warning };
        let message = format!("{} is open and has no `{key}`: {outcome}", named(&about_it));
        (!about_it.is_empty()).then(|| about(message).at_most(severity))
    };
    let statements = case.carried.document.statements.iter();
    let conditions = statements.flat_map(|own| own.conditions.iter().map(move |condition| (own, condition)));
    let conditions = conditions.filter(|(own, condition)| !is_asked_for(own, &condition.key.text));
    conditions.filter_map(|(statement, condition)| of_condition(statement, condition)).collect()
}

/// Keys of one value at most; a tag has one, too.
const SINGLE: [&str; 20] = [
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalType",
    "aws:Referer",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:UserAgent",
    "aws:VpcSourceIp",
    "aws:userid",
    "aws:username",
];

pub(in super::super) static ALL_VALUES_OF_ONE: Rule = Rule {
    code: "AGW350",
    name: "for-all-values-of-single-key",
    severity: Severity::Warning,
    title: "with ForAllValues on a key of one value, requests without the key come in",
    why: "ForAllValues holds when the request lacks the key altogether. In a statement that allows, a key of one value is meant to be there: a request without it is allowed, whatever the condition asks for.",
    policy: Some(PolicyCheck::Policy(all_values_of_one)),
    help: "leave ForAllValues: out; it is for keys of several values, such as aws:TagKeys",
    bad: &[Example::policy(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"ForAllValues:StringEquals": {"aws:SourceVpce": ["vpce-0a1b2c3d"]}}}]}"#,
    )],
    good: GOOD,
    facts: &["P-070"],
    ..Rule::PLAIN
};

fn all_values_of_one(case: &PolicyCase<'_>) -> Vec<Spotted> {
    let is_single = |key: &str| SINGLE.iter().any(|own| own.eq_ignore_ascii_case(key));
    let of_all =
        |own: &Condition| own.known.is_some_and(|known| known.set == Some(SetOperator::ForAllValues));
    let spotted = |statement: &Statement, condition: &Condition| {
        let key = condition.key.text.as_str();
        let message = format!("a request without `{key}` is allowed: ForAllValues holds for no values");
        let spotted = case.about(&condition.operator.at, Part::Key, message, "holds without the key");
        // The word is left out where it stands for nothing else, and no other operator is in the way.
        let operator = condition.operator.text.as_str();
        let bare = operator.split_once(':').map_or("", |(_, bare)| bare);
        let mut others = statement.conditions.iter();
        let alone = others.all(|own| match own.operator.text.as_str() {
            text if text == operator => is_single(&own.key.text),
            text => text != bare,
        });
        let bytes = Span::new(0, operator.len() - bare.len());
        let place = || case.carried.span_within_key(&condition.operator.at, bytes);
        let edit = alone.then(place).flatten().map(|span| Edit { span, replacement: String::new() });
        spotted.mended(edit)
    };
    let statements = case.statements(Effect::Allow);
    let conditions = statements.flat_map(|own| own.conditions.iter().map(move |condition| (own, condition)));
    conditions
        .filter(|(own, condition)| {
            let key = condition.key.text.as_str();
            of_all(condition) && is_single(key) && !is_asked_for(own, key)
        })
        .map(|(statement, condition)| spotted(statement, condition))
        .collect()
}
