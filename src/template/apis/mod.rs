//! The APIs of a template with their stages, routes and authorizers.

mod body;
mod function_urls;
mod guard_settings;
mod mock;
mod policies;
mod rest;
mod rest_settings;
mod sam_apis;
mod sam_cors;
mod sam_settings;
mod schemas;
pub(super) mod target;
pub(super) mod v2;
mod v2_settings;

use super::cfn::{Resolved, Resource, Stack, substitute};
use super::document::Document;
use super::given::Given;
use super::model::{Api, Model, Origin};
use super::{TemplateError, sam};
use crate::gateway::Flavor;
use crate::json::Span;
use crate::template::settings::ApiSettings;

const REST: &str = "AWS::ApiGateway::RestApi";
const V2: &str = "AWS::ApiGatewayV2::Api";
const KINDS: [&str; 5] = [REST, V2, sam::API, sam::HTTP_API, sam::WEBSOCKET_API];

/// Learns the ids of APIs that were given.
pub(super) fn learn_ids(stack: &mut Stack<'_>, given: &Given) -> Result<(), TemplateError> {
    if given.api_id.is_none() && given.api_ids.is_empty() {
        return Ok(());
    }
    let mut apis: Vec<String> = Vec::new();
    let written = stack.resources.iter().filter(|resource| KINDS.contains(&resource.kind));
    apis.extend(written.map(|resource| resource.id.to_owned()));
    for event in sam::api_events(stack).iter().flat_map(|(_, events)| events) {
        if !apis.iter().any(|api| api == event.api) {
            apis.push(event.api.to_owned());
        }
    }
    let mut ids = given.api_ids.clone();
    if let Some(id) = &given.api_id {
        if apis.len() > 1 {
            let message = format!("there are {} APIs here, and --api-id names none of them", apis.len());
            let error = TemplateError::new(stack.root.span, message);
            return Err(error.hint(format!("write --api-id API={id}, with API one of {}", apis.join(", "))));
        }
        ids.extend(apis.first().map(|api| (api.clone(), id.clone())));
    }
    for (api, id) in ids {
        for name in [api.clone(), format!("{api}.ApiId"), format!("{api}.RestApiId")] {
            stack.resolver.learn(name, Resolved::known(id.as_str(), stack.root.span));
        }
    }
    Ok(())
}

/// APIs while they are read, each found by how others name it.
struct Apis<'s, 't> {
    stack: &'s Stack<'t>,
    found: Vec<Api>,
}

impl<'t> Apis<'_, 't> {
    /// Adds an API.
    fn add(&mut self, id: &str, flavor: Flavor, origin: Origin) -> usize {
        let id = self.stack.resolver.resource(id, origin.span);
        self.found.push(self.api(id, flavor, origin));
        self.found.len() - 1
    }

    fn api(&self, id: Resolved, flavor: Flavor, origin: Origin) -> Api {
        let own = |name: &str| (name == "__ApiId__").then(|| id.clone());
        let text = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}";
        let arn = substitute(&self.stack.resolver, text, origin.span, &own);
        let (stages, routes, authorizers) = (Vec::new(), Vec::new(), Vec::new());
        Api {
            settings: ApiSettings::default(),
            flavor,
            id,
            arn,
            stages,
            routes,
            authorizers,
            private: None,
            origin,
        }
    }

    /// The API that a property of a resource names; one of another stack is added when it is
    /// first met.
    fn of(&mut self, resource: &Resource<'t>, property: &str, flavor: Flavor) -> Option<&mut Api> {
        let id = self.stack.text(resource, property)?;
        let at = match self.found.iter().position(|api| api.id.text() == id.text()) {
            Some(at) => at,
            None => {
                let origin = self.stack.origin(resource, id.span());
                self.found.push(self.api(id, flavor, origin));
                self.found.len() - 1
            }
        };
        self.found.get_mut(at)
    }
}

/// Adds the APIs.
pub(super) fn read<'t>(stack: &Stack<'t>, model: &mut Model) {
    let mut apis = Apis { stack, found: Vec::new() };
    let made = sam::implicit_apis(stack);
    for resource in stack.resources.iter().filter(|own| made.iter().all(|(id, ..)| *id != own.id)) {
        let origin = stack.origin(resource, resource.id_span);
        match resource.kind {
            REST => {
                let at = apis.add(resource.id, Flavor::Rest, origin);
                apis.found[at].private = policies::is_private(&stack.resolver, resource);
                body::read(&mut apis, at, resource.get("Body"), model);
                policies::of_api(&apis, at, resource.get("Policy"), model);
                rest_settings::rest_api(&mut apis, at, resource);
            }
            V2 => {
                let is_websocket = resource.properties().and_then(|node| node.text_of("ProtocolType"));
                let flavor = if is_websocket == Some("WEBSOCKET") { Flavor::Websocket } else { Flavor::Http };
                let at = apis.add(resource.id, flavor, origin);
                body::read(&mut apis, at, resource.get("Body"), model);
                v2::quick_create(&mut apis, at, resource);
                v2_settings::api(&mut apis, at, resource);
            }
            sam::API | sam::HTTP_API | sam::WEBSOCKET_API => sam_apis::read(&mut apis, resource, model),
            _ => {}
        }
    }
    sam_apis::implicit(&mut apis, model);
    rest::read(&mut apis, model);
    v2::read(&mut apis, model);
    function_urls::read(&apis, model);
    model.apis = apis.found;
}

/// Adds the API of an OpenAPI document.
pub(super) fn read_document(document: &Document, given: &Given, model: &mut Model) {
    let stack = Stack::of(document, given);
    let root = document.root();
    let span = Span::new(root.span.start, root.span.start);
    let origin = Origin {
        logical_id: "Api".to_owned(),
        generated_from: None,
        span,
        condition: None,
        deployed: Some(true),
    };
    let mut apis = Apis { stack: &stack, found: Vec::new() };
    let flavor = body::flavor(root);
    let id = match given.api_id.as_deref().or_else(|| given.api_ids.get("Api").map(String::as_str)) {
        Some(id) => Resolved::known(id, span),
        None => Resolved::unknown("Api", span),
    };
    let api = apis.api(id, flavor, origin);
    apis.found.push(api);
    body::read(&mut apis, 0, Some(root), model);
    model.apis = apis.found;
}

/// What the text of an OpenAPI document in a template says of an API: its routes, its authorizers, and
/// its settings after those that it has.
pub(super) fn read_body(document: &Document, api: &Api) -> Api {
    let given = Given::default();
    let stack = Stack::of(document, &given);
    let (routes, authorizers) = (Vec::new(), Vec::new());
    let mut apis = Apis { stack: &stack, found: vec![Api { routes, authorizers, ..api.clone() }] };
    body::read(&mut apis, 0, Some(document.root()), &mut Model::default());
    apis.found.pop().unwrap_or_else(|| api.clone())
}
