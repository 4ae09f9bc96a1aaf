//! What grants of a template are good for: those that cover no route, or more than their routes.

use super::{Example, PolicyCheck, Rule, Severity, Spotted};
use crate::gateway::TEST_STAGE;
use crate::json::Span;
use crate::lint::policy::{Stated, TemplateCase};
use crate::policy::arn::{FieldName, fields};
use crate::template::{Api, Beyond, Covered, Grant, Use};
use std::collections::HashSet;

const GOOD: Example = Example::policy(
    r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "RouteKey": "GET /users/{id}", "Target": {"Fn::GetAtt": ["Users", "Arn"]}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/users/{id}"}}}}}"#,
);

pub(in super::super) static NO_TEST_STAGE: Rule = Rule {
    code: "AGW317",
    name: "no-test-stage",
    severity: Severity::Info,
    title: "the console's test may not invoke the function",
    why: "The test of a method in the console presents the stage test-invoke-stage. A grant for a named stage does not cover it: the deployed API works, and the test fails with Invalid permissions on Lambda function.",
    policy: Some(PolicyCheck::Template(no_test_stage)),
    help: "write * in the place of the stage, or grant test-invoke-stage as well, if the console's test is wanted",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGateway::RestApi"}, "Prod": {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "Api"}, "StageName": "prod"}}, "Root": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "GET", "Integration": {"Type": "AWS_PROXY", "Uri": {"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Users.Arn}/invocations"}}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/prod/GET/"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-013", "P-014"],
    ..Rule::PLAIN
};

fn no_test_stage(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |(at, own): (usize, &Use<'_>)| {
        let rows = || own.covers.iter().map(|row| &case.coverage.rows[*row]);
        let untested = rows().any(|row| row.tests_in_console == Some(false) && row.by.contains(&at));
        let (arn, stage) = segment(own.grant, FieldName::Stage).filter(|_| untested)?;
        let message = "the console's test of these methods presents the stage `test-invoke-stage`, which the grant does not cover";
        Some(Spotted::within(&arn, stage, message, "only this stage"))
    };
    by_hand(case).filter_map(spotted).collect()
}

/// The grants that are for API Gateway, deployed, and not written by a program.
fn by_hand<'c, 'm>(case: &'c TemplateCase<'m>) -> impl Iterator<Item = (usize, &'c Use<'m>)> {
    let grants = case.coverage.grants.iter().enumerate().filter(|(_, own)| own.is_for_api_gateway);
    grants.filter(|(_, own)| {
        let origin = &own.grant.origin;
        origin.generated_from.is_none() && origin.deployed != Some(false)
    })
}

/// The source ARN of a grant, and where a segment stands in it.
fn segment<'m>(grant: &'m Grant, name: FieldName) -> Option<(Stated<'m>, Span)> {
    let arn = grant.source_arn.as_ref()?;
    let field = fields(arn.text()).into_iter().find(|field| field.name == name)?;
    Some((Stated::Template(arn), field.span))
}

pub(in super::super) static GRANT_AND_POLICY: Rule = Rule {
    code: "AGW325",
    name: "permission-and-resource-policy",
    severity: Severity::Warning,
    title: "a function has permissions and a whole policy in one template",
    why: "A resource policy replaces every statement that permissions wrote before. Which of them is left depends on the order in which the resources are created.",
    policy: Some(PolicyCheck::Template(grant_and_policy)),
    help: "write all statements in the resource policy, or none",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Policy": {"Type": "AWS::Lambda::ResourcePolicy", "Properties": {"ResourceArn": {"Fn::GetAtt": ["Users", "Arn"]}, "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/*/GET/users"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-100", "P-101"],
    ..Rule::PLAIN
};

fn grant_and_policy(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |policy: &crate::template::FunctionPolicy| {
        let function = case.model.named(policy.function.text());
        let beside = |own: &&Use<'_>| own.of_policy.is_none() && own.function == function;
        let grants: Vec<_> = case
            .coverage
            .grants
            .iter()
            .filter(beside)
            .map(|own| own.grant.origin.logical_id.as_str())
            .collect();
        let message = format!("{} also has the grants {}", function.function, grants.join(", "));
        (!grants.is_empty())
            .then(|| Spotted::placed(policy.origin.span, message, "replaces them, or is added to"))
    };
    case.model.policies.iter().filter_map(spotted).collect()
}

pub(in super::super) static GRANT_WITHOUT_ROUTE: Rule = Rule {
    code: "AGW328",
    name: "grant-without-route",
    severity: Severity::Warning,
    title: "a grant covers no route",
    why: "No route and no authorizer of the API presents an ARN that this grant matches for its function. It was left behind, or it was meant for a route that now has none.",
    policy: Some(PolicyCheck::Template(without_route)),
    help: "write it as the route is configured, or remove it; the routes: apigw policy routes TEMPLATE",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "RouteKey": "GET /users/{id}", "Target": {"Fn::GetAtt": ["Users", "Arn"]}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/users/{id}"}}}, "MayItems": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/items"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-002", "P-175"],
    ..Rule::PLAIN
};

fn without_route(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let nearest: HashSet<_> = case.nearest.iter().flatten().map(|miss| miss.grant).collect();
    let spotted = |(at, own): (usize, &Use<'_>)| {
        // Where it nearly covers a route, that is told there.
        if nearest.contains(&at) {
            return None;
        }
        let (arn, id) = segment(own.grant, FieldName::ApiId)?;
        let is_for_test = segment(own.grant, FieldName::Stage)
            .is_some_and(|(arn, stage)| arn.text().get(stage.start..stage.end) == Some(TEST_STAGE));
        // Of an API that stands elsewhere, or whose routes are not known, nothing can be said.
        let named = arn.text().get(id.start..id.end)?;
        let is_meant = |api: &&Api| api.id.text() == named && !api.routes.is_empty();
        let api = case.model.apis.iter().find(is_meant).filter(|_| own.covers.is_empty() && !is_for_test)?;
        let message = format!("no route of {} presents an ARN that this grant covers", api.origin.logical_id);
        let behind = Span::new((id.end + 1).min(arn.text().len()), arn.text().len());
        Some(Spotted::within(
            &arn,
            behind,
            message,
            format!("not a route that invokes {}", own.function.function),
        ))
    };
    by_hand(case).filter_map(spotted).collect()
}

pub(in super::super) static BROADER_THAN_ROUTES: Rule = Rule {
    code: "AGW330",
    name: "grant-broader-than-routes",
    severity: Severity::Info,
    title: "a grant covers more than the routes of its function",
    why: "A slash means nothing to IAM, and a wildcard reaches over it. Whoever may change the API can let other routes invoke the function, without a word in its policy.",
    policy: Some(PolicyCheck::Template(broader)),
    help: "narrow the source ARN to the routes; apigw policy suggest TEMPLATE writes the grants",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "RouteKey": "GET /users/{id}", "Target": {"Fn::GetAtt": ["Users", "Arn"]}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/users/*"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-062"],
    ..Rule::PLAIN
};

fn broader(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |(at, own): (usize, &Use<'_>)| {
        let arn = Stated::Template(own.grant.source_arn.as_ref()?);
        let beyond = case.coverage.beyond(at);
        let reach = reached(case, &beyond);
        // Which stages there will be, and the ids of authorizers, nobody knows beforehand.
        let open = [FieldName::Stage, FieldName::AuthorizerId];
        let wider = beyond.wider.iter().filter(|own| !open.contains(&own.field));
        let wider: Vec<_> = wider.map(|own| format!("{} (`{}`)", own.field.name(), own.allows)).collect();
        let message = match (wider.is_empty(), reach) {
            (true, None) => return None,
            (false, None) => format!("the grant is wider than its routes: {}", wider.join(", ")),
            (_, Some(reach)) => format!("the grant also covers {reach}"),
        };
        let whole = Span::new(0, arn.text().len());
        Some(Spotted::within(&arn, whole, message, "wider than its routes"))
    };
    by_hand(case).filter_map(spotted).collect()
}

/// The routes of other functions that a grant reaches.
fn reached(case: &TemplateCase<'_>, beyond: &Beyond) -> Option<String> {
    let rows = beyond.reaches.iter().map(|row| &case.coverage.rows[*row]);
    let mut names: Vec<String> = Vec::new();
    for row in rows.filter(|row| row.covered != Covered::NotAsked) {
        let name = match row.presented.asking {
            crate::template::Asking::Route(route) => format!("`{}`", route.route),
            crate::template::Asking::Authorizer(own) => format!("the authorizer {}", own.name),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let first = names.first()?.clone();
    Some(match names.len() {
        1 => format!("{first}, which invokes another function"),
        several => format!("{first} and {} other routes, which invoke other functions", several - 1),
    })
}
