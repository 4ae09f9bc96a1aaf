//! SAM: the grants that its translator generates, and the functions that they are about.
//!
//! Logical ids, texts and which service is named are those of AWS's own translator (P-110 to
//! P-114), defects included: what it writes is what is deployed.

mod api_events;
mod authorizers;
mod connectors;
mod events;
mod function;
mod globals;
mod names;

use super::cfn::{Resolved, Resource, Stack, substitute};
use super::model::{Grant, Model, Origin};
use super::node::Node;
use crate::json::Span;

pub(super) use api_events::{ApiEvent, api_events, implicit_apis};
pub(super) use function::{SamFunction, functions};
pub(super) use globals::Merged;
pub(super) use names::{IMPLICIT_HTTP, IMPLICIT_REST, IMPLICIT_STAGE, WEBSOCKET_STAGE, learn_names};

pub(super) const FUNCTION: &str = "AWS::Serverless::Function";
pub(super) const API: &str = "AWS::Serverless::Api";
pub(super) const HTTP_API: &str = "AWS::Serverless::HttpApi";
pub(super) const WEBSOCKET_API: &str = "AWS::Serverless::WebSocketApi";

/// The action of nearly every grant.
const INVOKE: &str = "lambda:InvokeFunction";

/// Whether the template is one of SAM.
pub(super) fn is_sam(root: &Node) -> bool {
    let resources = root.get("Resources").map_or(&[][..], Node::members).iter();
    let mut kinds = resources.filter_map(|member| member.value.text_of("Type"));
    kinds.any(|kind| kind.starts_with("AWS::Serverless::"))
}

/// Adds the functions and what SAM grants.
pub(super) fn read(stack: &Stack<'_>, model: &mut Model) {
    for function in functions(stack) {
        function.read(stack, model);
    }
    authorizers::read(stack, model);
    connectors::read(stack, model);
}

/// The origin of a grant that SAM makes from a resource.
fn generated<'t>(stack: &Stack<'t>, resource: &Resource<'t>, logical_id: String, span: Span) -> Origin {
    let origin = stack.origin(resource, span);
    Origin { logical_id, generated_from: Some(resource.id.to_owned()), ..origin }
}

/// A grant to invoke a function.
fn permission(origin: Origin, function: Resolved, principal: &str, source_arn: Option<Resolved>) -> Grant {
    let span = origin.span;
    Grant {
        function,
        qualifier: None,
        principal: Resolved::known(principal, span),
        action: Resolved::known(INVOKE, span),
        source_arn,
        source_account: None,
        principal_org_id: None,
        event_source_token: None,
        function_url_auth_type: None,
        via_function_url: false,
        origin,
    }
}

/// The partition that the translator writes out where it does not leave it to the deployment.
fn partition<'t>(stack: &Stack<'t>) -> &'t str {
    stack.resolver.given().partition().unwrap_or("aws")
}

/// An ARN of this stack's region and account, with names of its own for what stands in it.
fn arn(
    stack: &Stack<'_>,
    (partition, service): (&str, &str),
    resource: &str,
    span: Span,
    own: &dyn Fn(&str) -> Option<Resolved>,
) -> Resolved {
    let text = format!("arn:{partition}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");
    substitute(&stack.resolver, &text, span, own)
}
