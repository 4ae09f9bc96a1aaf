//! HTTP and WebSocket APIs in resources of their own: `AWS::ApiGatewayV2::Route` and its neighbours.

use super::{Apis, guard_settings, target, v2_settings};
use crate::gateway::{Flavor, Route};
use crate::template::cfn::{Resolved, Resource};
use crate::template::model::{ApiRoute, Auth, Authorizer, Model, Target};
use crate::template::settings::{PayloadVersion, RouteSettings};
use std::collections::HashMap;

/// A route key: a method and a path, or a name.
pub(in crate::template) fn route_key(key: &str) -> Route {
    match key.split_once(' ') {
        Some((method, path)) => Route::of(method, path.trim()),
        None if key == "$default" => Route::Default,
        None => Route::Key(key.to_owned()),
    }
}

/// An API with a target has one route that goes there, and a stage (quick create).
pub(super) fn quick_create<'t>(apis: &mut Apis<'_, 't>, at: usize, resource: &Resource<'t>) {
    let stack = apis.stack;
    let Some(node) = resource.get("Target") else { return };
    let key = stack.text(resource, "RouteKey");
    let route = ApiRoute {
        settings: RouteSettings { payload: Some(PayloadVersion::V2), ..RouteSettings::default() },
        route: route_key(key.as_ref().map_or("$default", Resolved::text)),
        target: target::of(stack, Some(node), resource.get("CredentialsArn")),
        authorizer: None,
        auth: Auth::Open,
        origin: stack.origin(resource, node.span),
    };
    apis.found[at].routes.push(route);
    apis.found[at].stages.push(Resolved::known("$default", node.span));
}

/// Adds routes, stages and authorizers to the APIs that they belong to.
pub(super) fn read(apis: &mut Apis<'_, '_>, model: &mut Model) {
    let stack = apis.stack;
    let mut integrations = HashMap::new();
    for resource in stack.of_kind("AWS::ApiGatewayV2::Integration") {
        let target = target::of(stack, resource.get("IntegrationUri"), resource.get("CredentialsArn"));
        integrations.insert(resource.id, (target, v2_settings::integration(stack, resource)));
    }
    for resource in &stack.resources {
        match resource.kind {
            "AWS::ApiGatewayV2::Route" => route(apis, resource, &integrations, model),
            "AWS::ApiGatewayV2::Stage" => {
                let Some(stage) = stack.text(resource, "StageName") else { continue };
                model.stage_names.insert(resource.id.to_owned(), stage.text().to_owned());
                if let Some(api) = apis.of(resource, "ApiId", Flavor::Http) {
                    api.stages.push(stage);
                }
            }
            "AWS::ApiGatewayV2::Authorizer" => {
                let target = target::of(
                    stack,
                    resource.get("AuthorizerUri"),
                    resource.get("AuthorizerCredentialsArn"),
                );
                let authorizer = Authorizer {
                    settings: guard_settings::of_resource(&stack.resolver, resource),
                    name: resource.id.to_owned(),
                    id: stack.resolver.resource(resource.id, resource.id_span),
                    target,
                    origin: stack.origin(resource, resource.id_span),
                };
                if let Some(api) = apis.of(resource, "ApiId", Flavor::Http) {
                    api.authorizers.push(authorizer);
                }
            }
            _ => {}
        }
    }
    stack.resources.iter().for_each(|resource| v2_settings::whole(apis, resource));
}

fn route<'t>(
    apis: &mut Apis<'_, 't>,
    resource: &Resource<'t>,
    integrations: &HashMap<&str, (Target, RouteSettings)>,
    model: &mut Model,
) {
    let stack = apis.stack;
    let Some(key) = stack.text(resource, "RouteKey") else {
        return model.leave_out(resource.id_span, format!("{}: its route key is not known", resource.id));
    };
    let found = stack.text(resource, "Target").and_then(|target| {
        let id = target.text().strip_prefix("integrations/")?.strip_prefix("${")?.strip_suffix('}')?;
        integrations.get(id)
    });
    let auth = stack.text(resource, "AuthorizationType");
    let route = ApiRoute {
        settings: v2_settings::route(stack, resource, found.map(|(_, settings)| settings)),
        route: route_key(key.text()),
        target: found.map_or(Target::Other, |(target, _)| target.clone()),
        authorizer: resource.get("AuthorizerId").and_then(|node| stack.target(node)).map(str::to_owned),
        auth: Auth::of_type(auth.as_ref().map(Resolved::text)),
        origin: stack.origin(resource, resource.id_span),
    };
    if let Some(api) = apis.of(resource, "ApiId", Flavor::Http) {
        api.routes.push(route);
    }
}
