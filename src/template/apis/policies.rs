//! Policies of REST APIs, and whether the APIs are private.

use super::Apis;
use crate::json::Span;
use crate::policy::{Carried, CarrierKind};
use crate::template::cfn::{Resolved, Resolver, Resource, call};
use crate::template::model::{ApiPolicy, Auth, Model};
use crate::template::node::Node;
use crate::template::policies::{self, Principal, Statements};
use crate::template::sam::{self, Merged};

/// Whether only VPC endpoints reach the API of a resource: unless it says so, everybody does. `None` if
/// the deployment decides.
pub(super) fn is_private<'t>(resolver: &Resolver<'t>, resource: &Resource<'t>) -> Option<bool> {
    let configuration = resource.get("EndpointConfiguration");
    let parameters = resource.get("Parameters").and_then(|node| node.get("endpointConfigurationTypes"));
    of_endpoint(resolver, configuration, &["Types"], parameters)
}

/// Whether the types of an endpoint make the API private: those under one of these keys of its
/// configuration, or the configuration itself.
fn of_endpoint<'t>(
    resolver: &Resolver<'t>,
    configuration: Option<&'t Node>,
    keys: &[&str],
    other: Option<&'t Node>,
) -> Option<bool> {
    let followed = configuration.map(|node| resolver.follow(node));
    let undecided = |node: &Node| match call(node) {
        Some(("Fn::If", argument)) => {
            let name = argument.items().first().and_then(Node::text);
            name.is_none_or(|name| resolver.condition(name).is_none())
        }
        _ => false,
    };
    if configuration.is_some_and(undecided) {
        return None;
    }
    let types = followed.flatten().map(|node| keys.iter().find_map(|key| node.get(key)).unwrap_or(node));
    let items = types.into_iter().chain(other).flat_map(each);
    let types: Vec<_> = items.map(|item| resolver.text(item)).collect();
    if types.iter().flatten().any(|kind| kind.text() == "PRIVATE") {
        return Some(true);
    }
    let known = types.iter().all(|kind| kind.as_ref().is_none_or(|kind| !kind.is_open()));
    known.then_some(false)
}

/// Adds the policy of an API that a value of the template is.
pub(super) fn of_api<'t>(apis: &Apis<'_, 't>, at: usize, node: Option<&'t Node>, model: &mut Model) {
    let Some(node) = node.and_then(|node| apis.stack.resolver.follow(node)) else { return };
    match policies::read(apis.stack, node, CarrierKind::RestApi) {
        Some(policy) => add(apis, at, policy, model),
        None => {
            let message = format!("{}: its policy is not known", apis.found[at].origin.logical_id);
            model.leave_out(node.span, message);
        }
    }
}

fn add(apis: &Apis<'_, '_>, at: usize, mut policy: Carried<'static>, model: &mut Model) {
    let api = &apis.found[at];
    policy.private = api.private;
    model.api_policies.push(ApiPolicy { api: api.origin.logical_id.clone(), policy });
}

/// Reads what SAM says of an API: whether it is private, what its default authorizer asks of routes
/// that stand in a definition, and the policy that it puts together for the API.
pub(super) fn of_sam<'t>(
    apis: &mut Apis<'_, 't>,
    at: usize,
    id: &str,
    properties: &Merged<'t>,
    model: &mut Model,
) {
    let stack = apis.stack;
    let endpoint = properties.get("EndpointConfiguration").node();
    apis.found[at].private = of_endpoint(&stack.resolver, endpoint, &["Type", "Types"], None);
    let default = properties.get("Auth").get("DefaultAuthorizer").node();
    if default.is_some_and(|node| node.text() != Some("NONE")) {
        let routes = apis.found[at].routes.iter_mut();
        routes
            .filter(|route| route.origin.generated_from.is_none() && route.auth == Auth::Open)
            .for_each(|route| route.auth = Auth::Unknown);
    }
    let mut statements = Statements::default();
    let auth = properties.get("Auth").get("ResourcePolicy");
    generated(apis, &mut statements, &|name| auth.get(name).node(), "execute-api:/*");
    let events = sam::api_events(stack);
    for event in events.iter().flat_map(|(_, events)| events).filter(|event| event.api == id) {
        let own =
            event.event.value.get("Properties").and_then(|node| node.get("Auth")?.get("ResourcePolicy"));
        let Some(own) = own.and_then(|node| stack.resolver.follow(node)) else { continue };
        let resource = format!("execute-api:/*{}", event.resource());
        generated(apis, &mut statements, &|name| own.get(name), &resource);
    }
    if let Some(policy) = statements.policy() {
        add(apis, at, policy, model);
    }
}

/// The statements that SAM makes of the properties of a `ResourcePolicy`.
fn generated<'t>(
    apis: &Apis<'_, 't>,
    statements: &mut Statements,
    get: &dyn Fn(&str) -> Option<&'t Node>,
    resource: &str,
) {
    let stack = apis.stack;
    let get = |name: &str| get(name).and_then(|node| stack.resolver.follow(node));
    for (name, effect) in [("AwsAccountWhitelist", "Allow"), ("AwsAccountBlacklist", "Deny")] {
        if let Some(node) = get(name) {
            statements.made(effect, Principal::Of(stack, node), resource, node.span);
        }
    }
    for (name, operator) in [("IpRangeWhitelist", "NotIpAddress"), ("IpRangeBlacklist", "IpAddress")] {
        let Some(node) = get(name) else { continue };
        both(statements, resource, node.span);
        for item in each(node) {
            statements.narrow(stack, (operator, "aws:SourceIp"), item, node.span);
        }
    }
    for (list, operator) in [("Blacklist", "StringEquals"), ("Whitelist", "StringNotEquals")] {
        let found = ["SourceVpc", "IntrinsicVpc", "IntrinsicVpce"]
            .into_iter()
            .filter_map(|kind| Some((kind, get(&format!("{kind}{list}"))?)));
        let mut made: Option<Span> = None;
        for (kind, node) in found {
            for item in each(node) {
                let text = stack.resolver.text(item);
                let text = text.as_ref().map_or("", Resolved::text);
                let key = match kind {
                    "IntrinsicVpc" => "aws:SourceVpc",
                    "IntrinsicVpce" => "aws:SourceVpce",
                    _ if text.starts_with("vpce-") => "aws:SourceVpce",
                    _ if text.starts_with("vpc-") => "aws:SourceVpc",
                    _ => continue,
                };
                if made.replace(node.span).is_none() {
                    both(statements, resource, node.span);
                }
                statements.narrow(stack, (operator, key), item, node.span);
            }
        }
    }
    if let Some(node) = get("CustomStatements") {
        statements.written(stack, node);
    }
}

/// Everybody may, and not those whom the second statement will be narrowed to.
fn both(statements: &mut Statements, resource: &str, span: Span) {
    statements.made("Allow", Principal::Everybody, resource, span);
    statements.made("Deny", Principal::Everybody, resource, span);
}

/// A list's items, or the value itself.
fn each(node: &Node) -> &[Node] {
    if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() }
}
