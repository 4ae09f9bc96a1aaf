//! What SAM's APIs and their events say beside routes and targets.

use super::{Apis, guard_settings, rest_settings, sam_cors, schemas, v2_settings};
use crate::gateway::Flavor;
use crate::gateway::door::Parameter;
use crate::template::cfn::{Resolver, Stack, call};
use crate::template::model::{ApiRoute, Auth};
use crate::template::node::Node;
use crate::template::sam::{ApiEvent, Merged};
use crate::template::settings::{PayloadVersion, RouteSettings};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// Notes that the definition of an API stands where nothing here can read it.
pub(super) fn elsewhere(apis: &mut Apis<'_, '_>, at: usize, properties: &Merged<'_>) {
    let included = properties.get("DefinitionBody").node().filter(|node| call(node).is_some());
    if let Some(node) = properties.get("DefinitionUri").node().or(included) {
        let why = "its definition stands in another file: its routes are not known";
        rest_settings::stop(&mut apis.found[at], node.span, why);
    }
}

/// The settings of an API whose routes and authorizers are there.
pub(super) fn api<'t>(apis: &mut Apis<'_, 't>, at: usize, properties: &Merged<'t>) {
    let resolver = &apis.stack.resolver;
    let node = |name: &str| properties.get(name).node();
    let is_rest = apis.found[at].flavor == Flavor::Rest;
    let variables = if is_rest { "Variables" } else { "StageVariables" };
    let api = &mut apis.found[at];
    api.settings.stage_variables = merged_pairs(resolver, &properties.get(variables));
    let types = node("BinaryMediaTypes").map_or_else(Vec::new, |node| resolver.words(node));
    // In paths of its own SAM writes the slash as `~1`.
    api.settings.binary_media_types.extend(types.iter().map(|kind| kind.replace("~1", "/")));
    if let Some(cors) = node("CorsConfiguration").filter(|_| !is_rest) {
        api.settings.cors = v2_settings::cors(resolver, cors);
    }
    if let Some(domain) = node("Domain").and_then(|node| resolver.follow(node)) {
        let paths = domain.get("BasePath").map_or_else(Vec::new, |node| resolver.words(node));
        let mutual = domain.get("MutualTlsAuthentication").map(|node| node.span);
        rest_settings::domain_of(api, paths, mutual);
    }
    if let Some(source) = node("ApiKeySourceType").filter(|node| node.text() == Some("AUTHORIZER")) {
        rest_settings::stop(api, source.span, "its API keys come from an authorizer");
    }
    for (name, span, response) in properties.get("GatewayResponses").members() {
        let pairs = |own: &Merged<'t>| own.node().map_or_else(Vec::new, |node| resolver.pairs(node));
        let status = response.get("StatusCode").node().and_then(|node| resolver.plain(node));
        let parameters = response.get("ResponseParameters");
        if let Some((place, ..)) = parameters.members().iter().find(|(place, ..)| *place != "Headers") {
            rest_settings::stop(api, span, &format!("the gateway response {name} maps {place}"));
        }
        let (headers, templates) =
            (pairs(&parameters.get("Headers")), pairs(&response.get("ResponseTemplates")));
        rest_settings::customise(api, span, (Some(name), status.as_deref()), &headers, &templates);
    }
    for route in &mut api.routes {
        defaults(resolver, route, &properties.get("Auth"));
    }
    if is_rest {
        sam_cors::preflights(apis, at, properties);
    }
}

/// What `Auth` of an API asks of its routes: of those in a definition, and of all.
fn defaults<'t>(resolver: &Resolver<'t>, route: &mut ApiRoute, auth: &Merged<'t>) {
    let default = auth.get("DefaultAuthorizer").node();
    let in_definition = route.origin.generated_from.is_none();
    if in_definition && route.auth == Auth::Open && route.authorizer.is_none() {
        match default.map(Node::text) {
            Some(Some("NONE")) | None => {}
            Some(Some(name)) => {
                route.settings.default_authorizer = Some(name.to_owned());
                route.settings.scopes = scopes(resolver, auth, name);
            }
            Some(None) => route.auth = Auth::Unknown,
        }
    }
    if in_definition {
        let key = auth.get("ApiKeyRequired").node().and_then(|node| resolver.flag(node));
        route.settings.api_key_required |= key == Some(true);
    }
}

/// The scopes that an authorizer asks for where a route says nothing.
fn scopes<'t>(resolver: &Resolver<'t>, auth: &Merged<'t>, authorizer: &str) -> Vec<String> {
    let own = auth.get("Authorizers").get(authorizer).get("AuthorizationScopes");
    own.node().map_or_else(Vec::new, |node| resolver.words(node))
}

/// The settings of the route that an event makes.
pub(super) fn event<'t>(stack: &Stack<'t>, event: &ApiEvent<'t>, api: &Merged<'t>) -> RouteSettings {
    let resolver = &stack.resolver;
    let properties = event.event.value.get("Properties");
    let get = |name: &str| properties.and_then(|node| node.get(name)).and_then(|node| resolver.follow(node));
    let own = |name: &str| get("Auth").and_then(|auth| auth.get(name));
    let auth = api.get("Auth");
    let named = own("Authorizer").or_else(|| auth.get("DefaultAuthorizer").node()).and_then(Node::text);
    let scopes = match own("AuthorizationScopes") {
        Some(node) => resolver.words(node),
        None => named.map_or_else(Vec::new, |name| scopes(resolver, &auth, name)),
    };
    let key = own("ApiKeyRequired").or_else(|| auth.get("ApiKeyRequired").node());
    let timeout = get("TimeoutInMillis").and_then(|node| resolver.number(node));
    let version = get("PayloadFormatVersion").and_then(|node| resolver.plain(node));
    let streams = get("ResponseTransferMode").and_then(|node| resolver.plain(node));
    let mut settings = RouteSettings {
        // SAM's own default.
        payload: version.map_or(Some(PayloadVersion::V2), |version| guard_settings::payload(&version)),
        timeout: timeout.map(Duration::from_millis),
        streaming: streams.as_deref() == Some("STREAM"),
        api_key_required: key.and_then(|node| resolver.flag(node)) == Some(true),
        scopes,
        ..RouteSettings::default()
    };
    if let Some(request) = get("RequestModel") {
        settings.obstacle = model(resolver, request, api, &mut settings.models).err();
        let looks = request.get("ValidateParameters").and_then(|node| resolver.flag(node)) == Some(true);
        let parameters = get("RequestParameters").filter(|_| looks);
        settings.required = parameters.map_or_else(Vec::new, |node| required(resolver, node));
    }
    settings
}

/// The parameters that a list of SAM requires: names, or names with their settings.
fn required<'t>(resolver: &Resolver<'t>, list: &'t Node) -> Vec<Parameter> {
    let settings = list.items().iter().flat_map(Node::members);
    let is_required = |own: &'t Node| own.get("Required").and_then(|node| resolver.flag(node)) == Some(true);
    let required = settings.filter(|member| is_required(&member.value));
    required.filter_map(|member| Parameter::parse(&member.key)).collect()
}

/// The model of an event's `RequestModel`, if its validator looks at bodies.
fn model<'t>(
    resolver: &Resolver<'t>,
    request: &'t Node,
    api: &Merged<'t>,
    models: &mut Vec<(String, Value)>,
) -> Result<(), String> {
    if request.get("ValidateBody").and_then(|node| resolver.flag(node)) != Some(true) {
        return Ok(());
    }
    let name = request.get("Model").and_then(|node| resolver.plain(node)).unwrap_or_default();
    let own = api.get("Models").members();
    // SAM writes the names of models in lower case.
    let json = |own: &Merged<'t>| own.node().map_or(Value::Null, |node| resolver.json(node));
    let all: BTreeMap<_, _> =
        own.iter().map(|(name, _, own)| (name.to_ascii_lowercase(), json(own))).collect();
    let schema = all.get(&name.to_ascii_lowercase()).cloned();
    let schema = schema.ok_or_else(|| format!("its API has no model {name}"))?;
    models.push(("application/json".to_owned(), schemas::written_out(schema, &all)));
    Ok(())
}

/// The settings of a route of `AWS::Serverless::WebSocketApi`.
pub(super) fn websocket_route<'t>(stack: &Stack<'t>, route: &Merged<'t>) -> RouteSettings {
    let resolver = &stack.resolver;
    let node = |name: &str| route.get(name).node();
    let timeout = node("IntegrationTimeout").and_then(|node| resolver.number(node));
    RouteSettings {
        timeout: timeout.map(Duration::from_millis),
        route_response: node("RouteResponseSelectionExpression").is_some(),
        api_key_required: node("ApiKeyRequired").and_then(|node| resolver.flag(node)) == Some(true),
        ..RouteSettings::default()
    }
}

/// The settings of a WebSocket API.
pub(super) fn websocket<'t>(apis: &mut Apis<'_, 't>, at: usize, properties: &Merged<'t>) {
    let resolver = &apis.stack.resolver;
    let selection = properties.get("RouteSelectionExpression").node().and_then(|node| resolver.plain(node));
    let settings = &mut apis.found[at].settings;
    settings.route_selection = selection;
    settings.stage_variables = merged_pairs(resolver, &properties.get("StageVariables"));
}

fn merged_pairs<'t>(resolver: &Resolver<'t>, map: &Merged<'t>) -> Vec<(String, String)> {
    let members = map.members().into_iter();
    let pairs = members.filter_map(|(name, _, own)| Some((name.to_owned(), resolver.plain(own.node()?)?)));
    pairs.collect()
}
