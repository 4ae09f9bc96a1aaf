//! How much a source ARN lets in.

use super::{Called, GOOD, GrantCase, PolicyCheck, Rule, Severity, Spotted, calls, with_source};
use crate::policy::arn::FieldName;
use crate::template::{ApiRoute, Target};

pub(in super::super) static BROAD_GRANT: Rule = Rule {
    code: "AGW318",
    name: "source-arn-broad",
    severity: Severity::Warning,
    title: "the source ARN lets every API of the account, or every route of the API, invoke the function",
    why: "A grant that names no API lets every API of the account invoke the function, those that others make there, too. One that names the API but no route is right for a function that answers all of them, and otherwise lets routes in that are somebody else's.",
    policy: Some(PolicyCheck::Grant(broad)),
    help: "name the API, and the method and path of the route",
    bad: &[
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:*"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*"),
        with_source!("arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/*"),
    ],
    good: GOOD,
    facts: &["P-061", "P-062", "P-125"],
    ..Rule::PLAIN
};

fn broad(grant: &GrantCase<'_>) -> Vec<Spotted> {
    let case = |call: Called<'_>| {
        if !call.is_pattern() {
            return None;
        }
        let id = call.field(FieldName::ApiId)?;
        if id.text(call.text) == "*" {
            let message = "the source ARN names no API: every API of the account may invoke the function";
            return Some(call.spot(id.span, message, "every API"));
        }
        let rest = call.resource().get(id.text(call.text).len()..)?;
        let reached = match rest {
            "/*" | "/*/*" => "every route of every stage of the API, and its authorizers,",
            "/*/*/*" => "every method of every stage of the API",
            _ => return None,
        };
        if is_for_all_of_them(&call) {
            return None;
        }
        let stars = crate::json::Span::new(id.span.end + 1, call.text.len());
        let message = format!("{reached} may invoke the function");
        Some(call.spot(stars, message, "every route").at_most(Severity::Info))
    };
    calls(grant).filter_map(case).collect()
}

/// Whether the template sends every route of the API to the function.
fn is_for_all_of_them(call: &Called<'_>) -> bool {
    let (Some(api), Some(model), [function]) = (call.api, call.grant.model, &call.grant.functions[..]) else {
        return false;
    };
    let own = model.named(function.text()).function;
    let goes_there = |route: &ApiRoute| match &route.target {
        Target::Lambda { function, .. } => model.named(function.text()).function == own,
        Target::Other => false,
    };
    !api.routes.is_empty() && api.routes.iter().all(goes_there)
}
