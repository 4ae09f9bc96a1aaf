//! Routes and authorizers that may not invoke their functions: the consequence stands at the route,
//! the mistake that leads to it at the grant.

use super::{Example, NO_PERMISSION, PolicyCheck, Rule, Severity, Spotted, with_source};
use crate::gateway::Route;
use crate::json::Span;
use crate::lint::policy::{GrantForm, GrantText, Mending, Stated, TemplateCase};
use crate::policy::Mismatch;
use crate::policy::arn::FieldName;
use crate::template::{Asking, Covered, Grant, Miss, MissReason, Origin, Row, SuggestedGrant};
use std::collections::{HashMap, HashSet};

/// A template whose one route may invoke its function.
const GOOD: Example = Example::policy(
    r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "Target": {"Fn::GetAtt": ["Users", "Arn"]}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/$default"}}}}}"#,
);

pub(in super::super) static ROUTE_WITHOUT_GRANT: Rule = Rule {
    code: "AGW329",
    name: "route-without-grant",
    severity: Severity::Error,
    title: "a route may not invoke its function",
    why: "API Gateway asks the function's policy with the ARN of the configured route. Where no grant covers that ARN, the caller gets 500 with the message Internal server error, and the function is never invoked: its log is empty.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Template(routes)),
    help: "let the route invoke the function, with one of these",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "Target": {"Fn::GetAtt": ["Users", "Arn"]}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-002", "P-029", "P-170", "P-171"],
    ..Rule::PLAIN
};

pub(in super::super) static AUTHORIZER_WITHOUT_GRANT: Rule = Rule {
    code: "AGW319",
    name: "authorizer-without-grant",
    severity: Severity::Error,
    title: "an authorizer may not invoke its function",
    why: "API Gateway invokes the function of an authorizer with an ARN of its own, API-ID/authorizers/ID, without stage and method: a grant for routes covers it only where its wildcards reach that far. Where none does, every call of the authorizer's routes gets 500.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Template(authorizers)),
    help: "let the authorizer invoke the function, with one of these",
    bad: &[Example::policy(
        r#"{"Resources": {"Auth": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGateway::RestApi"}, "Tokens": {"Type": "AWS::ApiGateway::Authorizer", "Properties": {"RestApiId": {"Ref": "Api"}, "Type": "TOKEN", "AuthorizerUri": {"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Auth.Arn}/invocations"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-016", "P-017", "P-173"],
    ..Rule::PLAIN
};

/// What is asked by one route or authorizer, with the rows of its stages that nothing covers.
struct Uncovered<'c, 'm> {
    rows: Vec<(usize, &'c Row<'m>)>,
}

fn uncovered<'c, 'm>(case: &'c TemplateCase<'m>) -> Vec<Uncovered<'c, 'm>> {
    let mut all: Vec<Uncovered<'c, 'm>> = Vec::new();
    let mut known: HashMap<*const Origin, usize> = HashMap::new();
    let rows = case.coverage.rows.iter().enumerate();
    // Of a function elsewhere, the grants may stand elsewhere, too.
    for (at, row) in rows.filter(|(_, row)| row.covered == Covered::No && row.is_here) {
        let asking = std::ptr::from_ref(row.presented.asking.origin());
        let own = *known.entry(asking).or_insert(all.len());
        if own == all.len() {
            all.push(Uncovered { rows: Vec::new() });
        }
        all[own].rows.push((at, row));
    }
    all
}

impl Uncovered<'_, '_> {
    fn first(&self) -> &Row<'_> {
        self.rows[0].1
    }

    fn spotted(&self, case: &TemplateCase<'_>, who: &str) -> Spotted {
        let row = self.first();
        let function = row.function.as_ref().map(|own| own.function.as_str()).unwrap_or_default();
        let stages: Vec<_> = self.rows.iter().filter_map(|(_, row)| row.presented.stage.as_deref()).collect();
        let stages = match stages.as_slice() {
            [] => String::new(),
            [one] => format!(" in the stage {one}"),
            several => format!(" in the stages {}", several.join(", ")),
        };
        let nearest = case.nearest[self.rows[0].0].as_ref().map(|miss| nearest(case, miss));
        let nearest = nearest.unwrap_or_else(|| "no grant of API Gateway is on it".to_owned());
        let message = format!("{who} may not invoke {function}{stages}: {nearest}");
        let arn = row.presented.source_arn.as_deref().unwrap_or_default();
        let label = format!("presents {}", case.model.plain(arn));
        Spotted::placed(row.presented.asking.origin().span, message, label).mended_with(self.mendings(case))
    }
}

impl Uncovered<'_, '_> {
    /// The grant that would cover it, as people write it down.
    fn mendings(&self, case: &TemplateCase<'_>) -> Vec<Mending> {
        let function = self.first().function.as_ref();
        let suggestion = case.suggested.iter().find(|own| Some(&own.function) == function);
        let covers = |own: &&SuggestedGrant<'_>| self.rows.iter().any(|(at, _)| own.covers.contains(at));
        let grants = suggestion
            .into_iter()
            .flat_map(|own| own.grants.iter().filter(covers).map(move |grant| (own, grant)));
        let forms = [
            ("AWS CLI", GrantForm::Cli),
            ("CloudFormation", GrantForm::CloudFormation),
            ("Terraform", GrantForm::Terraform),
        ];
        let written = |(with, form): (&'static str, GrantForm)| {
            let texts = grants.clone().map(|(own, grant)| GrantText::of(own, grant).write(form));
            Mending { with, text: texts.collect::<String>().trim_end().to_owned() }
        };
        forms.into_iter().map(written).filter(|own| !own.text.is_empty()).collect()
    }
}

/// The grant that gets furthest, and what is wrong with it.
fn nearest(case: &TemplateCase<'_>, miss: &Miss) -> String {
    let grant = &case.model.grants[miss.grant];
    let id = &grant.origin.logical_id;
    let text =
        |resolved: Option<&crate::template::Resolved>| resolved.map_or("", |own| own.text()).to_owned();
    match &miss.reason {
        MissReason::NotInForce => format!("{id} is not in force for it"),
        MissReason::Principal => format!("{id} is for {}", grant.principal),
        MissReason::Action => format!("{id} is for {}", grant.action),
        MissReason::Qualifier => format!("{id} is on another version or alias of it"),
        MissReason::SourceAccount => {
            format!("{id} is for APIs of the account {}", text(grant.source_account.as_ref()))
        }
        MissReason::NotArn => format!("the source of {id} is no ARN"),
        MissReason::SourceArn(mismatch) => {
            let arn = text(grant.source_arn.as_ref());
            let own = arn.get(mismatch.pattern.start..mismatch.pattern.end).unwrap_or_default();
            format!("the {} `{own}` of {id} does not match", mismatch.field.name())
        }
    }
}

fn routes(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let route = |own: &Uncovered<'_, '_>| match own.first().presented.asking {
        Asking::Route(route) => Some(own.spotted(case, &format!("`{}`", route.route))),
        Asking::Authorizer(_) => None,
    };
    uncovered(case).iter().filter_map(route).collect()
}

fn authorizers(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let authorizer = |own: &Uncovered<'_, '_>| match own.first().presented.asking {
        Asking::Authorizer(authorizer) => {
            Some(own.spotted(case, &format!("the authorizer {}", authorizer.name)))
        }
        Asking::Route(_) => None,
    };
    uncovered(case).iter().filter_map(authorizer).collect()
}

/// A grant that nearly covers a route, and why it does not.
struct NearMiss<'c, 'm> {
    row: &'c Row<'m>,
    grant: &'m Grant,
    reason: &'c MissReason,
}

/// The grants that nearly cover a route; each grant once, and none that a program wrote.
fn near_misses<'c, 'm>(case: &'c TemplateCase<'m>) -> Vec<NearMiss<'c, 'm>> {
    let mut found: Vec<NearMiss<'c, 'm>> = Vec::new();
    let mut known = HashSet::new();
    for own in uncovered(case) {
        for (at, row) in own.rows {
            let Some(miss) = &case.nearest[at] else { continue };
            let grant = &case.model.grants[miss.grant];
            if known.insert(miss.grant) && grant.origin.generated_from.is_none() {
                found.push(NearMiss { row, grant, reason: &miss.reason });
            }
        }
    }
    found
}

impl<'c, 'm> NearMiss<'c, 'm> {
    /// The source ARN of the grant, what in it does not match, and what is presented instead.
    fn source_arn(&self) -> Option<(Stated<'m>, &'c Mismatch, &'c str)> {
        let MissReason::SourceArn(mismatch) = self.reason else { return None };
        let presented = self.row.presented.source_arn.as_deref()?;
        Some((Stated::Template(self.grant.source_arn.as_ref()?), mismatch, presented))
    }

    fn route(&self) -> Option<&Route> {
        match self.row.presented.asking {
            Asking::Route(route) => Some(&route.route),
            Asking::Authorizer(_) => None,
        }
    }
}

fn text(of: &str, span: Span) -> &str {
    of.get(span.start..span.end).unwrap_or_default()
}

pub(in super::super) static OTHER_PLACE: Rule = Rule {
    code: "AGW305",
    name: "source-arn-of-other-place",
    severity: Severity::Error,
    title: "the source ARN is of another partition, region or account",
    why: "The ARN that API Gateway presents has the partition and the account of the API, and the region of the function. A grant for another place is stored and never matches: the caller gets 500 Internal server error.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Each(&[
        PolicyCheck::Grant(super::place::wrong_place),
        PolicyCheck::Template(other_place),
    ])),
    help: "write ${AWS::Partition}, ${AWS::Region} and ${AWS::AccountId} in templates",
    bad: &[
        Example::policy(
            r#"{"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [{"address": "aws_lambda_function.users", "type": "aws_lambda_function", "mode": "managed", "name": "users", "values": {"function_name": "users", "arn": "arn:aws:lambda:eu-west-1:123456789012:function:users"}}, {"address": "aws_apigatewayv2_api.api", "type": "aws_apigatewayv2_api", "mode": "managed", "name": "api", "values": {"id": "a1b2c3d4e5", "protocol_type": "HTTP", "execution_arn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5", "target": "arn:aws:lambda:eu-west-1:123456789012:function:users"}}, {"address": "aws_lambda_permission.users", "type": "aws_lambda_permission", "mode": "managed", "name": "users", "values": {"action": "lambda:InvokeFunction", "function_name": "users", "principal": "apigateway.amazonaws.com", "source_arn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/$default"}}]}}}"#,
        ),
        with_source!("arn:aws-cn:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users"),
    ],
    good: GOOD,
    facts: &["P-023", "P-025", "P-026"],
    ..Rule::PLAIN
};

fn other_place(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |miss: &NearMiss<'_, '_>| {
        if *miss.reason == MissReason::SourceAccount {
            let account = Stated::Template(miss.grant.source_account.as_ref()?);
            let message = format!(
                "the grant is for APIs of the account {}, and the API is of another one",
                account.text()
            );
            return Some(
                Spotted::at(&account, account.span(), message, "not the account of the API").by(&["P-025"]),
            );
        }
        let (arn, mismatch, presented) = miss.source_arn()?;
        let place = [FieldName::Partition, FieldName::Region, FieldName::Account];
        if !place.contains(&mismatch.field) {
            return None;
        }
        let (name, own) = (mismatch.field.name(), text(arn.text(), mismatch.pattern));
        let wanted = Some(text(presented, mismatch.value)).filter(|wanted| !wanted.contains("${"))?;
        let message = format!("the source ARN has the {name} `{own}`, and API Gateway presents `{wanted}`");
        let case = Spotted::within(&arn, mismatch.pattern, message, format!("presented is {wanted}"));
        Some(case.mended(arn.replaced(mismatch.pattern, wanted)))
    };
    near_misses(case).iter().filter_map(spotted).collect()
}

pub(in super::super) static VERB_ON_ANY_ROUTE: Rule = Rule {
    code: "AGW310",
    name: "verb-on-any-route",
    severity: Severity::Error,
    title: "the source ARN names a verb where the route takes any",
    why: "Of a method that takes any verb, API Gateway presents the word ANY, not the verb of the request. A grant for one verb does not cover it: the caller gets 500 Internal server error.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Template(verb_on_any)),
    help: "write * in the place of the method",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGateway::RestApi"}, "Root": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}, "HttpMethod": "ANY", "Integration": {"Type": "AWS_PROXY", "Uri": {"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Users.Arn}/invocations"}}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-041", "P-042", "P-046"],
    ..Rule::PLAIN
};

fn verb_on_any(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |miss: &NearMiss<'_, '_>| {
        let (arn, mismatch, _) = miss.source_arn()?;
        let route = miss.route().filter(|route| matches!(route, Route::Path { method: None, .. }))?;
        let verb = text(arn.text(), mismatch.pattern);
        if mismatch.field != FieldName::Method || !verb.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        let message =
            format!("`{route}` takes any verb and presents `ANY`: a grant for `{verb}` does not cover it");
        // How far a grant should reach is for its author to say: `*` lets in other methods, too.
        Some(Spotted::within(&arn, mismatch.pattern, message, "write *, or ANY"))
    };
    near_misses(case).iter().filter_map(spotted).collect()
}

pub(in super::super) static PARAMETER_NAME: Rule = Rule {
    code: "AGW326",
    name: "source-arn-parameter-name",
    severity: Severity::Error,
    title: "the source ARN names another path parameter than the route",
    why: "API Gateway presents the configured path with the names of its parameters in braces. To IAM these are characters like others: another name is another text, and never matches.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Template(parameter_name)),
    help: "write the parameter as the route does, or *",
    bad: &[Example::policy(
        r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "RouteKey": "GET /users/{userId}", "Target": {"Fn::GetAtt": ["Users", "Arn"]}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/users/{id}"}}}}}"#,
    )],
    good: GOOD,
    facts: &["P-006", "P-008"],
    ..Rule::PLAIN
};

fn parameter_name(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |miss: &NearMiss<'_, '_>| {
        let (arn, mismatch, presented) = miss.source_arn()?;
        let is_parameter = |text: &str| text.starts_with('{') && text.ends_with('}');
        let (own, wanted) = (text(arn.text(), mismatch.pattern), text(presented, mismatch.value));
        if mismatch.field != FieldName::Path || !is_parameter(own) || !is_parameter(wanted) {
            return None;
        }
        let message =
            format!("the source ARN names the parameter `{own}`, and the route presents `{wanted}`");
        let case = Spotted::within(&arn, mismatch.pattern, message, format!("presented is {wanted}"));
        Some(case.mended(arn.replaced(mismatch.pattern, wanted)))
    };
    near_misses(case).iter().filter_map(spotted).collect()
}

pub(in super::super) static OTHER_QUALIFIER: Rule = Rule {
    code: "AGW322",
    name: "grant-on-other-qualifier",
    severity: Severity::Error,
    title: "the grant is on another version or alias than the route invokes",
    why: "Every version and every alias has a policy of its own, and none inherits that of the function. A grant on the function does not cover a route that invokes an alias: the caller gets 500 Internal server error. $LATEST has none of its own: Lambda refuses to add a permission to it by name.",
    log: Some(NO_PERMISSION),
    policy: Some(PolicyCheck::Each(&[
        PolicyCheck::Grant(super::who::latest),
        PolicyCheck::Template(other_qualifier),
    ])),
    help: "grant on the alias or version that the integration names",
    bad: &[
        Example::policy(
            r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Function"}, "Live": {"Type": "AWS::Lambda::Alias", "Properties": {"Name": "live", "FunctionName": {"Ref": "Users"}, "FunctionVersion": "1"}}, "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP", "Target": {"Ref": "Live"}}}, "MayUsers": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Users"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/$default"}}}}}"#,
        ),
        Example::policy(
            r#"{"Resources": {"Users": {"Type": "AWS::Lambda::Permission", "Properties": {"FunctionName": "users:$LATEST", "Principal": "apigateway.amazonaws.com", "Action": "lambda:InvokeFunction", "SourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/users"}}}}"#,
        ),
    ],
    good: GOOD,
    facts: &["P-031", "P-032"],
    ..Rule::PLAIN
};

fn other_qualifier(case: &TemplateCase<'_>) -> Vec<Spotted> {
    let spotted = |miss: &NearMiss<'_, '_>| {
        let asked = miss.row.function.as_ref().filter(|_| *miss.reason == MissReason::Qualifier)?;
        let of =
            |qualifier: Option<&str>| qualifier.map_or("no qualifier".to_owned(), |own| format!("`{own}`"));
        let granted = case.model.granted(miss.grant);
        let function = Stated::Template(&miss.grant.function);
        let message = format!(
            "the integration names {} of {}, and the grant {}",
            of(asked.qualifier.as_deref()),
            asked.function,
            of(granted.qualifier.as_deref()),
        );
        Some(Spotted::at(&function, function.span(), message, "not what is invoked"))
    };
    near_misses(case).iter().filter_map(spotted).collect()
}
