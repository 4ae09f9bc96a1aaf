//! What of a template can be served: its APIs as deployments with their functions, and what stands in
//! the way.

mod guards;
mod methods;

use super::cfn::Resolved;
use super::model::{Api, Auth, Model};
use super::settings::{Obstacle, WayOut};
use crate::gateway::Api as Gateway;
use crate::gateway::door::{Authorization, Deployment};
use crate::json::Span;
use std::collections::BTreeSet;

/// What of a template can be served.
#[derive(Debug, Clone, Default)]
pub struct Servable {
    /// Its APIs and function URLs.
    pub apis: Vec<ServableApi>,
    /// What cannot be emulated, and how to leave it out by name.
    pub obstacles: Vec<Obstacle>,
    /// What was to be left out, and does not stand in the template.
    pub unknown: Vec<WayOut>,
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

/// What is left out by name, and what is given in place of what a template does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Functions that are given by the key of a route that has no integration, or by `*` for all of
    /// those.
    pub functions: Vec<String>,
    /// Authorizers that are switched off; `AWS_IAM` are the signatures of AWS.
    pub no_auth: Vec<String>,
    /// Routes that are not served, by their keys.
    pub no_route: Vec<String>,
    /// APIs that are not served.
    pub no_api: Vec<String>,
}

/// By which name signatures of AWS are switched off.
const IAM: &str = "AWS_IAM";

/// By which name the policies of REST APIs are.
const POLICY: &str = "ResourcePolicy";

/// The function of all routes without an integration.
const EVERY_ROUTE: &str = "*";

impl Servable {
    /// What of a template can be served, without what is left out.
    pub fn of(model: &Model, without: &Choices) -> Self {
        let mut servable = Self { unknown: without.unknown(model), ..Self::default() };
        let apis = model.apis.iter().chain(&model.function_urls);
        for api in apis.filter(|api| api.origin.deployed != Some(false)) {
            if !without.no_api.contains(&api.origin.logical_id) {
                let served = servable.api(model, api, without);
                servable.apis.push(served);
            }
        }
        servable
    }

    fn api(&mut self, model: &Model, api: &Api, without: &Choices) -> ServableApi {
        self.obstacles.extend(api.settings.obstacles.iter().cloned());
        self.policy(model, api, without);
        let mut deployment = Deployment::new(self.gateway(model, api));
        deployment.responses = api.settings.responses.clone();
        deployment.api_keys.clone_from(&api.settings.api_keys);
        let routes = api.routes.iter().chain(&api.settings.preflights);
        for route in routes.filter(|route| route.origin.deployed != Some(false)) {
            let key = route.route.to_string();
            if without.no_route.contains(&key) {
                continue;
            }
            match methods::method(model, api, route, without) {
                Ok(method) => deployment.add(method),
                Err(why) => {
                    let message = format!("{}: {key} cannot be served: {why}", api.origin.logical_id);
                    let bare = route.settings.bare;
                    let way_out = if bare { WayOut::Function(key) } else { WayOut::NoRoute(key) };
                    self.stop(message, route.origin.span, way_out);
                }
            }
        }
        self.guards(model, api, &mut deployment);
        deployment.settle();
        let (name, base_paths) = (api.origin.logical_id.clone(), api.settings.base_paths.clone());
        ServableApi { name, deployment, base_paths }
    }

    /// A policy decides who may call an API at all.
    fn policy(&mut self, model: &Model, api: &Api, without: &Choices) {
        let name = &api.origin.logical_id;
        if has_policy(model, api) && !without.has_no_auth(POLICY) {
            let message =
                format!("{name}: its resource policy, which says who may call it, is not evaluated");
            self.stop(message, api.origin.span, WayOut::NoAuth(POLICY.to_owned()));
        }
    }

    /// The API without its routes.
    fn gateway(&mut self, model: &Model, api: &Api) -> Gateway {
        let mut gateway = Gateway::new(api.flavor);
        let name = &api.origin.logical_id;
        let span = api.stages.first().map_or(api.origin.span, Resolved::span);
        if let Some(stage) = api.settings.stage.as_deref().or(api.stages.first().map(Resolved::text)) {
            gateway.stage = model.plain(stage);
        }
        if gateway.stage.contains("${") {
            let message = format!("{name}: the name of its stage is {}, which is not known", gateway.stage);
            self.stop(message, span, WayOut::NoApi(name.clone()));
        }
        if let Some(origin) =
            api.settings.cors.iter().flat_map(|cors| &cors.allow_origins).find(|own| own.contains("${"))
        {
            let message = format!("{name}: its CORS configuration allows {origin}, which is not known");
            self.stop(message, api.origin.span, WayOut::NoApi(name.clone()));
        }
        let settings = &api.settings;
        gateway.cors.clone_from(&settings.cors);
        gateway.binary_media_types.clone_from(&settings.binary_media_types);
        gateway.stage_variables.clone_from(&settings.stage_variables);
        gateway.streaming = settings.streaming;
        if let Some(expression) = &settings.route_selection {
            gateway.route_selection.clone_from(expression);
        }
        gateway
    }

    /// Adds the authorizers that routes name.
    fn guards(&mut self, model: &Model, api: &Api, deployment: &mut Deployment) {
        let name_of = |authorization: &Authorization| match authorization {
            Authorization::Authorizer { name, .. } => Some(name.clone()),
            _ => None,
        };
        let names: BTreeSet<_> =
            deployment.methods.iter().filter_map(|method| name_of(&method.authorization)).collect();
        for name in names {
            let place = || {
                let asking = |route: &&super::ApiRoute| route.authorizer_name() == Some(name.as_str());
                api.routes.iter().find(asking).map_or(api.origin.span, |route| route.origin.span)
            };
            let found = api.authorizers.iter().find(|own| own.name == name);
            let guard = match found {
                Some(own) => {
                    guards::guard(model, api, own, &deployment.api).map_err(|why| (why, own.origin.span))
                }
                None => Err(("it does not stand in the template".to_owned(), place())),
            };
            match guard {
                Ok(guard) => deployment.guards.push(guard),
                Err((why, span)) => {
                    let api = &api.origin.logical_id;
                    let message = format!("{api}: the authorizer {name} cannot be emulated: {why}");
                    self.stop(message, span, WayOut::NoAuth(name));
                }
            }
        }
    }

    fn stop(&mut self, message: String, span: Span, way_out: WayOut) {
        self.obstacles.push(Obstacle { message, span, way_out });
    }
}

fn has_policy(model: &Model, api: &Api) -> bool {
    model.api_policies.iter().any(|policy| policy.api == api.origin.logical_id)
}

impl Choices {
    /// The function that is given for a route without an integration, by the name it is given by.
    fn function(&self, key: &str) -> Option<&str> {
        let named = |name: &str| self.functions.iter().find(|own| *own == name).map(String::as_str);
        named(key).or_else(|| named(EVERY_ROUTE))
    }

    fn has_no_auth(&self, name: &str) -> bool {
        self.no_auth.iter().any(|own| own == name)
    }

    /// What is named and does not stand in the template.
    fn unknown(&self, model: &Model) -> Vec<WayOut> {
        let (mut auths, mut keys, mut apis) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for api in model.apis.iter().chain(&model.function_urls) {
            apis.insert(api.origin.logical_id.as_str());
            auths.extend(has_policy(model, api).then_some(POLICY));
            auths.extend(api.authorizers.iter().map(|own| own.name.as_str()));
            for route in api.routes.iter().chain(&api.settings.preflights) {
                keys.insert(route.route.to_string());
                auths.extend(route.authorizer_name());
                auths.extend((route.auth == Auth::Iam).then_some(IAM));
            }
        }
        let no_auth = self.no_auth.iter().filter(|name| !auths.contains(name.as_str()));
        let no_route = self.no_route.iter().filter(|key| !keys.contains(*key));
        let no_api = self.no_api.iter().filter(|name| !apis.contains(name.as_str()));
        let no_auth = no_auth.cloned().map(WayOut::NoAuth);
        let no_route = no_route.cloned().map(WayOut::NoRoute);
        no_auth.chain(no_route).chain(no_api.cloned().map(WayOut::NoApi)).collect()
    }
}
