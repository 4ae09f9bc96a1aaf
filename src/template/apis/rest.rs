//! REST APIs in resources of their own: `AWS::ApiGateway::Method` and its neighbours.

use super::{Apis, guard_settings, rest_settings, target};
use crate::gateway::{Flavor, Route};
use crate::template::cfn::{Resolved, Resource, Stack};
use crate::template::model::{ApiRoute, Auth, Authorizer, Model, Target};
use crate::template::node::Node;

/// How deep resources may nest; API Gateway allows less.
const MAX_DEPTH: usize = 64;

/// Adds methods, stages and authorizers to the APIs that they belong to.
pub(super) fn read(apis: &mut Apis<'_, '_>, model: &mut Model) {
    let stack = apis.stack;
    for resource in &stack.resources {
        match resource.kind {
            "AWS::ApiGateway::Method" => method(apis, resource, model),
            "AWS::ApiGateway::Stage" | "AWS::ApiGateway::Deployment" => {
                let Some(stage) = stack.text(resource, "StageName") else { continue };
                if resource.kind.ends_with("Stage") {
                    model.stage_names.insert(resource.id.to_owned(), stage.text().to_owned());
                }
                let Some(api) = apis.of(resource, "RestApiId", Flavor::Rest) else { continue };
                if !api.stages.iter().any(|known| known.text() == stage.text()) {
                    api.stages.push(stage);
                }
            }
            "AWS::ApiGateway::Authorizer" => {
                let target =
                    target::of(stack, resource.get("AuthorizerUri"), resource.get("AuthorizerCredentials"));
                let authorizer = Authorizer {
                    settings: guard_settings::of_resource(&stack.resolver, resource),
                    name: resource.id.to_owned(),
                    id: stack.resolver.resource(resource.id, resource.id_span),
                    target,
                    origin: stack.origin(resource, resource.id_span),
                };
                if let Some(api) = apis.of(resource, "RestApiId", Flavor::Rest) {
                    api.authorizers.push(authorizer);
                }
            }
            _ => {}
        }
    }
    stack.resources.iter().for_each(|resource| rest_settings::api(apis, resource));
    rest_settings::keys(apis);
}

fn method<'t>(apis: &mut Apis<'_, 't>, resource: &Resource<'t>, model: &mut Model) {
    let stack = apis.stack;
    let path = resource.get("ResourceId").and_then(|node| path(stack, node));
    let (Some(path), Some(method)) = (path, stack.text(resource, "HttpMethod")) else {
        let message = format!("{}: its path or its method is not known", resource.id);
        return model.leave_out(resource.id_span, message);
    };
    let integration = resource.get("Integration").and_then(|node| stack.resolver.follow(node));
    let target =
        integration.map_or(Target::Other, |node| target::of(stack, node.get("Uri"), node.get("Credentials")));
    let authorizer = resource.get("AuthorizerId").and_then(|node| stack.target(node));
    let auth = stack.text(resource, "AuthorizationType");
    let route = ApiRoute {
        settings: rest_settings::method(stack, resource),
        route: Route::of(method.text(), &path),
        target,
        authorizer: authorizer.map(str::to_owned),
        auth: Auth::of_type(auth.as_ref().map(Resolved::text)),
        origin: stack.origin(resource, resource.id_span),
    };
    if let Some(api) = apis.of(resource, "RestApiId", Flavor::Rest) {
        api.routes.push(route);
    }
}

/// The path of a resource, put together from its parents.
fn path<'t>(stack: &Stack<'t>, node: &'t Node) -> Option<String> {
    let mut parts = Vec::new();
    let mut here = node;
    for _ in 0..MAX_DEPTH {
        let resource = stack.resource(stack.target(here)?)?;
        if resource.kind != "AWS::ApiGateway::Resource" {
            parts.reverse();
            return Some(format!("/{}", parts.join("/")));
        }
        parts.push(stack.text(resource, "PathPart")?.text().to_owned());
        here = resource.get("ParentId")?;
    }
    None
}
