//! Connectors of SAM that end at a function: the grants that they stand for.

use super::{API, FUNCTION, HTTP_API, arn, generated, permission};
use crate::json::Span;
use crate::template::cfn::{Resolved, Resource, Stack};
use crate::template::model::{Grant, Model};
use crate::template::node::Node;

/// What invokes functions by their policies; functions and state machines do it by their roles.
const SOURCES: [&str; 6] = [
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGatewayV2::Api",
    "AWS::AppSync::GraphQLApi",
    "AWS::Events::Rule",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
];

/// Adds the grants of connectors, those that stand alone and those inside of resources.
pub(super) fn read(stack: &Stack<'_>, model: &mut Model) {
    for resource in &stack.resources {
        for connector in resource.node.get("Connectors").map_or(&[][..], Node::members) {
            let id = format!("{}{}", resource.id, connector.key);
            let properties = connector.value.get("Properties");
            let reference = properties.and_then(|node| node.get("SourceReference"));
            let source = End { id: Some(resource.id), node: reference };
            read_one(stack, resource, &id, connector.key_span, (source, properties), model);
        }
    }
    for resource in stack.of_kind("AWS::Serverless::Connector") {
        let source = End::of(resource.get("Source"));
        let given = (source, resource.properties());
        read_one(stack, resource, resource.id, resource.id_span, given, model);
    }
}

/// One end of a connector.
#[derive(Clone, Copy)]
struct End<'t> {
    id: Option<&'t str>,
    node: Option<&'t Node>,
}

impl<'t> End<'t> {
    fn of(node: Option<&'t Node>) -> Self {
        Self { id: node.and_then(|node| node.text_of("Id")), node }
    }

    fn kind(&self, stack: &Stack<'t>) -> Option<&'t str> {
        let kind = match self.id {
            Some(id) => stack.resource(id)?.kind,
            None => self.node?.text_of("Type")?,
        };
        Some(match kind {
            FUNCTION => "AWS::Lambda::Function",
            API => "AWS::ApiGateway::RestApi",
            HTTP_API => "AWS::ApiGatewayV2::Api",
            kind => kind,
        })
    }

    fn written(&self, stack: &Stack<'t>, name: &str) -> Option<Resolved> {
        stack.resolver.text(self.node?.get(name)?)
    }

    /// An attribute of the resource, or what is written out instead of its id.
    fn attribute(&self, stack: &Stack<'t>, attribute: &str, written: &str, span: Span) -> Option<Resolved> {
        match self.id {
            Some(id) => Some(stack.resolver.resource(&format!("{id}{attribute}"), span)),
            None => self.written(stack, written),
        }
    }
}

fn read_one<'t>(
    stack: &Stack<'t>,
    resource: &Resource<'t>,
    id: &str,
    span: Span,
    (source, properties): (End<'t>, Option<&'t Node>),
    model: &mut Model,
) {
    let Some(properties) = properties else { return };
    let permissions = properties.get("Permissions").map_or(&[][..], Node::items);
    if !permissions.iter().any(|permission| permission.text() == Some("Write")) {
        return;
    }
    let Some(node) = properties.get("Destination") else { return };
    let many = !node.items().is_empty();
    let ends = if many { node.items() } else { std::slice::from_ref(node) };
    for (index, end) in ends.iter().enumerate() {
        let end = End::of(Some(end));
        let suffix = if many { format!("Destination{index}") } else { String::new() };
        let id = format!("{id}WriteLambdaPermission{suffix}");
        let by_policy = source.kind(stack).is_none_or(|kind| SOURCES.contains(&kind));
        if by_policy && end.kind(stack) == Some("AWS::Lambda::Function") {
            match grant(stack, resource, id, span, (source, end)) {
                Some(grant) => model.grant(grant),
                None => model.leave_out(span, format!("{}: the connector is not understood", resource.id)),
            }
        }
    }
}

/// The grant to the service at the source.
fn grant<'t>(
    stack: &Stack<'t>,
    resource: &Resource<'t>,
    id: String,
    span: Span,
    (source, destination): (End<'t>, End<'t>),
) -> Option<Grant> {
    let function = destination.attribute(stack, ".Arn", "Arn", span)?;
    let own_arn = |attribute: &str| source.attribute(stack, attribute, "Arn", span);
    let below = |service: &str, prefix: &str, attribute: &str, suffix: &str| {
        let api = source.attribute(stack, attribute, "ResourceId", span)?;
        let own = |name: &str| (name == "__Id__").then(|| api.clone());
        let resource = format!("{prefix}${{__Id__}}{suffix}");
        Some(arn(stack, ("${AWS::Partition}", service), &resource, span, &own))
    };
    let (principal, source_arn) = match source.kind(stack)? {
        "AWS::Events::Rule" => ("events.amazonaws.com", own_arn(".Arn")?),
        "AWS::SNS::Topic" => ("sns.amazonaws.com", own_arn("")?),
        "AWS::S3::Bucket" => ("s3.amazonaws.com", own_arn(".Arn")?),
        "AWS::AppSync::GraphQLApi" => ("appsync.amazonaws.com", below("appsync", "apis/", ".ApiId", "")?),
        "AWS::ApiGateway::RestApi" | "AWS::ApiGatewayV2::Api" => {
            let qualifier = source.written(stack, "Qualifier");
            let qualifier = qualifier.map_or_else(|| "*".to_owned(), |text| text.text().to_owned());
            ("apigateway.amazonaws.com", below("execute-api", "", "", &format!("/{qualifier}"))?)
        }
        _ => return None,
    };
    let grant = permission(generated(stack, resource, id, span), function, principal, Some(source_arn));
    let is_bucket = principal == "s3.amazonaws.com";
    let account = || match stack.resolver.reference("AWS::AccountId", span) {
        crate::template::cfn::Value::Text(text) => Some(text),
        _ => None,
    };
    Some(Grant { source_account: if is_bucket { account() } else { None }, ..grant })
}
