//! The APIs of a plan or a state: `aws_api_gateway_*` and `aws_apigatewayv2_*`.

use super::functions::cors;
use super::resource::Resource;
use super::{Plan, rest, v2};
use crate::gateway::Flavor;
use crate::policy::{Carried, CarrierKind};
use crate::template::apis::{read_body, target, v2::route_key};
use crate::template::cfn::Resolved;
use crate::template::document::Document;
use crate::template::guards::GuardSays;
use crate::template::model::{Api, ApiPolicy, ApiRoute, Auth, Authorizer, Model, Target};
use crate::template::node::Node;
use crate::template::settings::{ApiSettings, Obstacle, RouteSettings, WayOut};

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
            settings: settings(resource, flavor),
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
        rest::read(plan, resource, &mut apis, model);
        policy(resource, &apis, source, model);
        v2::read(plan, resource, &mut apis);
    }
    model.apis = apis;
}

/// What the resource of an API says of it as a whole.
fn settings(resource: &Resource<'_>, flavor: Flavor) -> ApiSettings {
    let mut settings = ApiSettings::default();
    match flavor {
        Flavor::Rest => {
            let types = resource.texts("binary_media_types");
            settings.binary_media_types = types.iter().map(|text| text.text().to_owned()).collect();
        }
        Flavor::Websocket => {
            settings.route_selection =
                resource.text("route_selection_expression").map(|text| text.text().to_owned());
        }
        _ => settings.cors = resource.block("cors_configuration").map(|block| cors(&block)),
    }
    if resource.is_unknown("body") {
        let message = "its body is known after the apply only, and so are its routes".to_owned();
        settings.obstacles.push(obstacle(resource, message, resource.address));
    }
    settings
}

/// Something of a resource that cannot be emulated, and for which an API can be left out.
pub(super) fn obstacle(resource: &Resource<'_>, message: String, api: &str) -> Obstacle {
    Obstacle { message, span: resource.span(), way_out: WayOut::NoApi(api.to_owned()) }
}

/// The routes and settings of an OpenAPI body, which stands in the plan as a text.
fn body(resource: &Resource<'_>, api: &mut Api) {
    let node = resource.get("body");
    let Some((text, node)) = node.and_then(|node| Some((node.text()?, node))) else { return };
    let document = match Document::parse("body", text) {
        Ok(document) => document,
        Err(mistake) => {
            let message = format!("its body cannot be read: {mistake}");
            let own = Obstacle { span: node.span, ..obstacle(resource, message, resource.address) };
            return api.settings.obstacles.push(own);
        }
    };
    let mut found = read_body(&document, api);
    found.routes.iter_mut().for_each(|route| route.origin.span = node.span);
    found.authorizers.iter_mut().for_each(|authorizer| authorizer.origin.span = node.span);
    let known = api.settings.obstacles.len();
    found.settings.obstacles.iter_mut().skip(known).for_each(|obstacle| obstacle.span = node.span);
    api.routes.append(&mut found.routes);
    api.authorizers.append(&mut found.authorizers);
    api.settings = found.settings;
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
    let mut settings = RouteSettings::default();
    if target == Target::Other {
        settings.obstacle = Some("its target is no function".to_owned());
    }
    api.routes.push(ApiRoute {
        settings,
        route,
        target,
        authorizer: None,
        auth: Auth::Open,
        origin: resource.origin(),
    });
    api.stages.push(Resolved::known("$default", resource.span()));
}

/// Who the URI in an attribute means.
pub(super) fn lambda(resource: &Resource<'_>, uri: &str, role: &str) -> Target {
    let function = resource.text(uri).as_ref().and_then(target::function_of);
    let by_role = resource.text(role).is_some();
    function.map_or(Target::Other, |function| Target::Lambda { function, by_role })
}

/// The API that an attribute names.
pub(super) fn api_of<'a>(
    apis: &'a mut [Api],
    resource: &Resource<'_>,
    attribute: &str,
) -> Option<&'a mut Api> {
    let id = resource.text(attribute)?;
    apis.iter_mut().find(|api| api.id.text() == id.text())
}

/// Adds a stage with its variables; those of the first stage count.
pub(super) fn stage(resource: &Resource<'_>, stage: Resolved, variables: &str, api: &mut Api) {
    if !api.stages.iter().any(|known| known.text() == stage.text()) {
        api.stages.push(stage.clone());
    }
    let is_first = api.stages.first().is_some_and(|first| first.text() == stage.text());
    if is_first && api.settings.stage_variables.is_empty() {
        api.settings.stage_variables = resource.plain_pairs(variables);
    }
}

/// An authorizer that says `says`, and that a role may ask.
pub(super) fn authorizer(resource: &Resource<'_>, role: &str, says: &GuardSays) -> Authorizer {
    let target = lambda(resource, "authorizer_uri", role);
    Authorizer {
        settings: says.settings(&target),
        name: resource.address.to_owned(),
        id: resource.own("id"),
        target,
        origin: resource.origin(),
    }
}

/// The address of the authorizer that a method or a route names.
pub(super) fn authorizer_of(plan: &Plan<'_>, resource: &Resource<'_>) -> Option<String> {
    let id = resource.text("authorizer_id")?;
    let mut authorizers = plan
        .resources
        .iter()
        .filter(|own| ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"].contains(&own.kind));
    authorizers.find(|own| own.own("id").text() == id.text()).map(|own| own.address.to_owned())
}
