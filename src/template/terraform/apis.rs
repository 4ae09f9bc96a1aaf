//! The APIs of a plan or a state: `aws_api_gateway_*` and `aws_apigatewayv2_*`.

use super::super::apis::{read_document, target, v2::route_key};
use super::super::document::Document;
use super::super::given::Given;
use super::super::model::{Api, ApiPolicy, ApiRoute, Auth, Authorizer, Model, Target};
use super::{Plan, Resource};
use crate::gateway::{Flavor, Route};
use crate::policy::{Carried, CarrierKind};
use crate::template::cfn::Resolved;
use crate::template::node::Node;
use crate::template::settings::{ApiSettings, GuardSettings, RouteSettings};

/// How deep resources may nest; API Gateway allows less.
const MAX_DEPTH: usize = 64;

/// Adds the APIs.
pub(super) fn read(plan: &Plan<'_>, source: &str, model: &mut Model) {
    let mut apis = Vec::new();
    for resource in &plan.resources {
        let flavor = match resource.kind {
            "aws_api_gateway_rest_api" => Flavor::Rest,
            "aws_apigatewayv2_api" => match resource.text("protocol_type") {
                Some(kind) if kind.text() == "WEBSOCKET" => Flavor::Websocket,
                _ => Flavor::Http,
            },
            _ => continue,
        };
        let mut api = Api {
            settings: ApiSettings::default(),
            flavor,
            id: resource.own("id"),
            arn: resource.own("execution_arn"),
            stages: Vec::new(),
            routes: Vec::new(),
            authorizers: Vec::new(),
            private: Some(is_private(resource)).filter(|_| flavor == Flavor::Rest),
            origin: resource.origin(),
        };
        body(resource, &mut api);
        quick_create(resource, &mut api);
        apis.push(api);
    }
    for resource in &plan.resources {
        rest(plan, resource, &mut apis, model);
        policy(resource, &apis, source, model);
        v2(plan, resource, &mut apis);
    }
    model.apis = apis;
}

/// The routes of an OpenAPI body, which stands in the plan as a text.
fn body(resource: &Resource<'_>, api: &mut Api) {
    let node = resource.values.and_then(|values| values.get("body"));
    let Some((text, node)) = node.and_then(|node| Some((node.text()?, node))) else { return };
    let Ok(document) = Document::parse("body", text) else { return };
    let mut inner = Model::default();
    read_document(&document, &Given::default(), &mut inner);
    for mut found in inner.apis {
        found.routes.iter_mut().for_each(|route| route.origin.span = node.span);
        found.authorizers.iter_mut().for_each(|authorizer| authorizer.origin.span = node.span);
        api.routes.append(&mut found.routes);
        api.authorizers.append(&mut found.authorizers);
    }
}

/// Whether only VPC endpoints reach a REST API: unless it says so, everybody does.
fn is_private(resource: &Resource<'_>) -> bool {
    let blocks = resource.values.and_then(|values| values.get("endpoint_configuration"));
    let types = blocks.map_or(&[][..], Node::items).iter().filter_map(|block| block.get("types"));
    types.flat_map(Node::items).any(|kind| kind.text() == Some("PRIVATE"))
}

/// The policy of a REST API, which stands as text in the API or in a resource of its own.
fn policy(resource: &Resource<'_>, apis: &[Api], source: &str, model: &mut Model) {
    let api = match resource.kind {
        "aws_api_gateway_rest_api" => apis.iter().find(|api| api.origin.logical_id == resource.address),
        "aws_api_gateway_rest_api_policy" => {
            let id = resource.text("rest_api_id");
            apis.iter().find(|api| id.as_ref().is_some_and(|id| id.text() == api.id.text()))
        }
        _ => return,
    };
    let node = resource.values.and_then(|values| values.get("policy"));
    let node = node.filter(|node| node.text().is_some_and(|text| !text.is_empty()));
    let (Some(api), Some(node)) = (api, node) else { return };
    match Carried::of_string("policy", source, node.span, CarrierKind::RestApi) {
        Ok(mut policy) => {
            policy.private = api.private;
            model.api_policies.push(ApiPolicy { api: api.origin.logical_id.clone(), policy });
        }
        Err(mistake) => model.leave_out(mistake.span, format!("{}: {}", resource.address, mistake.message)),
    }
}

/// An HTTP API with a target has one route that goes there, and a stage.
fn quick_create(resource: &Resource<'_>, api: &mut Api) {
    if resource.text("target").is_none() {
        return;
    }
    let key = resource.text("route_key");
    let route = route_key(key.as_ref().map_or("$default", Resolved::text));
    let target = lambda(resource, "target", "credentials_arn");
    api.routes.push(ApiRoute {
        settings: RouteSettings::default(),
        route,
        target,
        authorizer: None,
        auth: Auth::Open,
        origin: resource.origin(),
    });
    api.stages.push(Resolved::known("$default", resource.span()));
}

/// Who the URI in an attribute means.
fn lambda(resource: &Resource<'_>, uri: &str, role: &str) -> Target {
    let function = resource.text(uri).as_ref().and_then(target::function_of);
    let by_role = resource.text(role).is_some();
    function.map_or(Target::Other, |function| Target::Lambda { function, by_role })
}

/// The API that an attribute names.
fn api_of<'a>(apis: &'a mut [Api], resource: &Resource<'_>, attribute: &str) -> Option<&'a mut Api> {
    let id = resource.text(attribute)?;
    apis.iter_mut().find(|api| api.id.text() == id.text())
}

fn authorizer(resource: &Resource<'_>, role: &str) -> Authorizer {
    Authorizer {
        settings: GuardSettings::default(),
        name: resource.address.to_owned(),
        id: resource.own("id"),
        target: lambda(resource, "authorizer_uri", role),
        origin: resource.origin(),
    }
}

fn rest(plan: &Plan<'_>, resource: &Resource<'_>, apis: &mut [Api], model: &mut Model) {
    match resource.kind {
        "aws_api_gateway_stage" | "aws_api_gateway_deployment" => {
            let (Some(stage), Some(api)) =
                (resource.text("stage_name"), api_of(apis, resource, "rest_api_id"))
            else {
                return;
            };
            if !api.stages.iter().any(|known| known.text() == stage.text()) {
                api.stages.push(stage);
            }
        }
        "aws_api_gateway_authorizer" => {
            if let Some(api) = api_of(apis, resource, "rest_api_id") {
                api.authorizers.push(authorizer(resource, "authorizer_credentials"));
            }
        }
        "aws_api_gateway_method" => {
            let at = resource.text("resource_id");
            let path = at.as_ref().and_then(|at| path(plan, at.text()));
            let (Some(at), Some(path), Some(method)) = (at, path, resource.text("http_method")) else {
                let message = format!("{}: its path or its method is not known", resource.address);
                return model.leave_out(resource.span(), message);
            };
            let integration = plan.of_kind("aws_api_gateway_integration").find(|own| {
                let here = own.text("resource_id").is_some_and(|own| own.text() == at.text());
                let verb =
                    own.text("http_method").is_none_or(|own| own.is_open() || own.text() == method.text());
                here && verb
            });
            let target = integration.map_or(Target::Other, |own| lambda(own, "uri", "credentials"));
            let route = ApiRoute {
                settings: RouteSettings::default(),
                route: Route::of(method.text(), &path),
                target,
                authorizer: resource.text("authorizer_id").and_then(|id| authorizer_of(plan, &id)),
                auth: Auth::of_type(resource.text("authorization").as_ref().map(Resolved::text)),
                origin: resource.origin(),
            };
            if let Some(api) = api_of(apis, resource, "rest_api_id") {
                api.routes.push(route);
            }
        }
        _ => {}
    }
}

/// The path of a resource of a REST API by its id.
fn path(plan: &Plan<'_>, id: &str) -> Option<String> {
    let mut parts = Vec::new();
    let mut id = id.to_owned();
    for _ in 0..MAX_DEPTH {
        let is_root =
            plan.of_kind("aws_api_gateway_rest_api").any(|api| api.own("root_resource_id").text() == id);
        if is_root {
            parts.reverse();
            return Some(format!("/{}", parts.join("/")));
        }
        let resource = plan.of_kind("aws_api_gateway_resource").find(|own| own.own("id").text() == id)?;
        parts.push(resource.text("path_part")?.text().to_owned());
        id = resource.text("parent_id")?.text().to_owned();
    }
    None
}

/// The address of an authorizer by its id.
fn authorizer_of(plan: &Plan<'_>, id: &Resolved) -> Option<String> {
    let mut authorizers = plan
        .resources
        .iter()
        .filter(|own| ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"].contains(&own.kind));
    authorizers.find(|own| own.own("id").text() == id.text()).map(|own| own.address.to_owned())
}

fn v2(plan: &Plan<'_>, resource: &Resource<'_>, apis: &mut [Api]) {
    match resource.kind {
        "aws_apigatewayv2_stage" => {
            let stage = resource.text("name");
            if let (Some(stage), Some(api)) = (stage, api_of(apis, resource, "api_id")) {
                api.stages.push(stage);
            }
        }
        "aws_apigatewayv2_authorizer" => {
            if let Some(api) = api_of(apis, resource, "api_id") {
                api.authorizers.push(authorizer(resource, "authorizer_credentials_arn"));
            }
        }
        "aws_apigatewayv2_route" => {
            let Some(key) = resource.text("route_key") else { return };
            // A target is `integrations/ID`; in a plan only the reference to the id is known.
            let id = resource.text("target");
            let id = id.as_ref().map(|id| id.text().trim_start_matches("integrations/"));
            let integration = id.and_then(|id| {
                plan.of_kind("aws_apigatewayv2_integration").find(|own| own.own("id").text() == id)
            });
            let target =
                integration.map_or(Target::Other, |own| lambda(own, "integration_uri", "credentials_arn"));
            let route = ApiRoute {
                settings: RouteSettings::default(),
                route: route_key(key.text()),
                target,
                authorizer: resource.text("authorizer_id").and_then(|id| authorizer_of(plan, &id)),
                auth: Auth::of_type(resource.text("authorization_type").as_ref().map(Resolved::text)),
                origin: resource.origin(),
            };
            if let Some(api) = api_of(apis, resource, "api_id") {
                api.routes.push(route);
            }
        }
        _ => {}
    }
}
