//! What of a template can be served: its APIs as deployments with their functions, and what stands in
//! the way.

use super::model::{Api, ApiRoute, Auth, Model, Target};
use super::settings::{Obstacle, WayOut};
use crate::gateway::door::{Authorization, Deployment, Integration, Method, RequestValidator};
use crate::gateway::{Api as Gateway, Flavor};

/// What of a template can be served.
#[derive(Debug, Clone, Default)]
pub struct Servable {
    /// Its APIs and function URLs.
    pub apis: Vec<ServableApi>,
    /// What cannot be emulated, and how to leave it out by name.
    pub obstacles: Vec<Obstacle>,
}

/// An API of a template, ready to be served.
#[derive(Debug, Clone)]
pub struct ServableApi {
    /// Its logical id (CloudFormation) or address (Terraform).
    pub name: String,
    /// Routes, authorizers and settings. Functions go by their logical id or address. The keys of
    /// JWT rules are still to be given.
    pub deployment: Deployment,
    /// The base paths under which custom domains have it, without slashes around them.
    pub base_paths: Vec<String>,
}

/// What is left out by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaysOut {
    /// Authorizers that are switched off.
    pub no_auth: Vec<String>,
    /// Routes that are not served, by their keys.
    pub no_route: Vec<String>,
    /// APIs that are not served.
    pub no_api: Vec<String>,
}

impl Servable {
    /// What of a template can be served, without what is left out.
    pub fn of(model: &Model, without: &WaysOut) -> Self {
        let mut servable = Self::default();
        for api in &model.apis {
            if !without.no_api.contains(&api.origin.logical_id) {
                let served = servable.api(model, api, without);
                servable.apis.push(served);
            }
        }
        servable
    }

    fn api(&mut self, model: &Model, api: &Api, without: &WaysOut) -> ServableApi {
        let mut gateway = Gateway::new(api.flavor);
        if let Some(stage) = api.stages.first() {
            gateway.stage = model.plain(stage.text());
        }
        gateway.cors.clone_from(&api.settings.cors);
        gateway.binary_media_types.clone_from(&api.settings.binary_media_types);
        gateway.stage_variables.clone_from(&api.settings.stage_variables);
        if let Some(expression) = &api.settings.route_selection {
            gateway.route_selection.clone_from(expression);
        }
        let mut deployment = Deployment::new(gateway);
        let answered = api.routes.iter().filter(|route| route.settings.route_response);
        deployment.route_responses = answered.map(|route| route.route.clone()).collect();
        deployment.responses = api.settings.responses.clone();
        deployment.api_keys.clone_from(&api.settings.api_keys);
        for route in &api.routes {
            match method(model, api.flavor, route, without) {
                Ok(method) => deployment.add(method),
                Err(_) if without.no_route.contains(&route.route.to_string()) => {}
                Err(message) => self.obstacles.push(Obstacle {
                    message,
                    span: route.origin.span,
                    way_out: WayOut::NoRoute(route.route.to_string()),
                }),
            }
        }
        let (name, base_paths) = (api.origin.logical_id.clone(), api.settings.base_paths.clone());
        ServableApi { name, deployment, base_paths }
    }
}

fn method(model: &Model, flavor: Flavor, route: &ApiRoute, without: &WaysOut) -> Result<Method, String> {
    let key = &route.route;
    let integration = match (&route.target, &route.settings.mock) {
        (Target::Lambda { function, .. }, _) => Integration::Function(model.named(function.text()).function),
        (Target::Other, Some(answer)) => Integration::Mock(answer.clone()),
        (Target::Other, None) => {
            let why = route.settings.obstacle.as_deref().unwrap_or("it has no function");
            return Err(format!("the {} {key} cannot be served: {why}", flavor.facts().service.title()));
        }
    };
    let off = |name: &String| without.no_auth.contains(name);
    let authorization = match (&route.authorizer, route.auth) {
        (Some(name), _) if !off(name) => {
            Authorization::Authorizer { name: name.clone(), scopes: route.settings.scopes.clone() }
        }
        (None, Auth::Iam) if !off(&"AWS_IAM".to_owned()) => Authorization::Iam,
        _ => Authorization::None,
    };
    let validator = RequestValidator::default();
    let api_key_required = route.settings.api_key_required;
    Ok(Method { route: key.clone(), integration, authorization, api_key_required, validator })
}
