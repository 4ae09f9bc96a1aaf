//! What resources of CloudFormation say of REST APIs beside routes and targets: methods, gateway
//! responses, stages, API keys and custom domains.

use super::{Apis, mock, schemas};
use crate::gateway::Flavor;
use crate::gateway::door::Parameter;
use crate::json::Span;
use crate::template::cfn::{Resource, Stack};
use crate::template::gateway_responses::customised;
use crate::template::integrations::failing;
use crate::template::model::Api;
use crate::template::models;
use crate::template::node::Node;
use crate::template::settings::{Obstacle, RouteSettings, WayOut};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// Notes what of an API cannot be emulated.
pub(super) fn stop(api: &mut Api, span: Span, why: &str) {
    let name = api.origin.logical_id.clone();
    let message = format!("{name}: {why}");
    api.settings.obstacles.push(Obstacle { message, span, way_out: WayOut::NoApi(name) });
}

/// The settings of a method.
pub(super) fn method<'t>(stack: &Stack<'t>, resource: &Resource<'t>) -> RouteSettings {
    let resolver = &stack.resolver;
    let mut settings = RouteSettings {
        scopes: resource.get("AuthorizationScopes").map_or_else(Vec::new, |node| resolver.words(node)),
        api_key_required: resource.get("ApiKeyRequired").and_then(|node| resolver.flag(node)) == Some(true),
        ..RouteSettings::default()
    };
    let checked = validated(stack, resource, &mut settings);
    let integration = resource.get("Integration").and_then(|node| resolver.follow(node));
    let connected = match integration {
        Some(node) => integrated(stack, node, &mut settings),
        None => Err("it has no integration".to_owned()),
    };
    settings.obstacle = connected.err().or(checked.err());
    settings
}

/// What the integration of a method says.
fn integrated<'t>(stack: &Stack<'t>, node: &'t Node, settings: &mut RouteSettings) -> Result<(), String> {
    let resolver = &stack.resolver;
    let text = |name: &str| node.get(name).and_then(|node| resolver.plain(node));
    settings.timeout =
        node.get("TimeoutInMillis").and_then(|node| resolver.number(node)).map(Duration::from_millis);
    let streams = |uri: String| uri.ends_with("/response-streaming-invocations");
    settings.streaming =
        text("ResponseTransferMode").as_deref() == Some("STREAM") || text("Uri").is_some_and(streams);
    match text("Type").as_deref() {
        Some("AWS_PROXY") => {
            let mapped = node.get("RequestParameters").map_or_else(Vec::new, |node| resolver.pairs(node));
            settings.failing = failing(text("IntegrationHttpMethod").as_deref(), &mapped);
            Ok(())
        }
        Some("MOCK") => {
            settings.mock = Some(mock::answer(resolver, node)?);
            Ok(())
        }
        Some(other) => {
            Err(format!("its integration is of type {other}, and only AWS_PROXY and MOCK are emulated"))
        }
        None => Err("the type of its integration is not known".to_owned()),
    }
}

/// What the validator of a method asks for.
fn validated<'t>(
    stack: &Stack<'t>,
    resource: &Resource<'t>,
    settings: &mut RouteSettings,
) -> Result<(), String> {
    let resolver = &stack.resolver;
    let Some(node) = resource.get("RequestValidatorId").and_then(|node| resolver.follow(node)) else {
        return Ok(());
    };
    let validator = stack.target(node).and_then(|id| stack.resource(id));
    let validator = validator.ok_or("its request validator does not stand in the template")?;
    let looks = |name: &str| validator.get(name).and_then(|node| resolver.flag(node)) == Some(true);
    if looks("ValidateRequestParameters") {
        let parameters = resource.get("RequestParameters").map_or_else(Vec::new, |node| resolver.pairs(node));
        let required = parameters.iter().filter(|(_, required)| required == "true");
        settings.required = required.filter_map(|(name, _)| Parameter::parse(name)).collect();
    }
    if looks("ValidateRequestBody") {
        let models = resource.get("RequestModels").and_then(|node| resolver.follow(node));
        for member in models.map_or(&[][..], Node::members) {
            let schema = model(stack, &member.value)?;
            settings.models.push((member.key.clone(), schema));
        }
    }
    Ok(())
}

/// The schema of the model that a value names.
fn model<'t>(stack: &Stack<'t>, node: &'t Node) -> Result<Value, String> {
    let name = stack.resolver.plain(node).unwrap_or_default();
    let of_kind = |own: &&Resource<'_>| own.kind == "AWS::ApiGateway::Model";
    let named = |own: &&Resource<'t>| stack.text(own, "Name").is_some_and(|own| own.text() == name);
    let by_id = stack.target(node).and_then(|id| stack.resource(id)).filter(of_kind);
    let found = by_id.or_else(|| stack.of_kind("AWS::ApiGateway::Model").find(named));
    match (found, name.as_str()) {
        (Some(own), _) => schemas::written_out(&schema(stack, own)?, &all(stack)),
        (None, name) => {
            models::built_in(name).ok_or_else(|| format!("its model {name} does not stand in the template"))
        }
    }
}

/// The schema of a model: a value, or a text that is one.
fn schema<'t>(stack: &Stack<'t>, resource: &Resource<'t>) -> Result<Value, String> {
    match resource.get("Schema").map(|node| stack.resolver.json(node)) {
        Some(Value::String(text)) => serde_json::from_str(&text)
            .map_err(|error| format!("the schema of its model {} is no JSON: {error}", resource.id)),
        Some(value) => Ok(value),
        None => Ok(json!({})),
    }
}

/// Every model of the template by its id and its name.
fn all(stack: &Stack<'_>) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for resource in stack.of_kind("AWS::ApiGateway::Model") {
        let Ok(schema) = schema(stack, resource) else { continue };
        all.insert(resource.id.to_owned(), schema.clone());
        if let Some(name) = stack.text(resource, "Name") {
            all.insert(name.text().to_owned(), schema);
        }
    }
    all
}

/// What a resource says of the whole of an API.
pub(super) fn api<'t>(apis: &mut Apis<'_, 't>, resource: &Resource<'t>) {
    let stack = apis.stack;
    let resolver = &stack.resolver;
    match resource.kind {
        "AWS::ApiGateway::GatewayResponse" => gateway_response(apis, resource),
        "AWS::ApiGateway::Stage" | "AWS::ApiGateway::Deployment" => {
            let described = resource.get("StageDescription").and_then(|node| node.get("Variables"));
            let node = resource.get("Variables").or(described);
            let stage = stack.text(resource, "StageName");
            let Some(stage) = stage else { return };
            let variables = node.map(|node| resolver.pairs(node));
            let Some(api) = apis.of(resource, "RestApiId", Flavor::Rest) else { return };
            // A stage of its own comes before one that a deployment makes on its way.
            let is_own = resource.kind.ends_with("Stage") && api.settings.stage.is_none();
            if is_own {
                api.settings.stage = Some(stage.text().to_owned());
            }
            let is_first = api.settings.stage.is_none()
                && api.stages.first().is_some_and(|first| first.text() == stage.text());
            if is_own || is_first {
                api.settings.stage_variables = variables.unwrap_or_default();
            }
        }
        "AWS::ApiGateway::BasePathMapping" => {
            let base_path = stack.text(resource, "BasePath").map(|path| path.text().to_owned());
            map(apis, resource, ("RestApiId", Flavor::Rest), base_path);
        }
        _ => {}
    }
}

/// Notes a base path of a custom domain.
pub(super) fn map<'t>(
    apis: &mut Apis<'_, 't>,
    resource: &Resource<'t>,
    (property, flavor): (&str, Flavor),
    base_path: Option<String>,
) {
    let stack = apis.stack;
    let named = stack.text(resource, "DomainName");
    let by_id =
        resource.get("DomainName").and_then(|node| stack.target(node)).and_then(|id| stack.resource(id));
    let domain = by_id.or_else(|| {
        let same = |own: &&Resource<'t>| stack.text(own, "DomainName").map(|own| own.text().to_owned());
        let kinds = ["AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName"];
        let named = named.as_ref()?.text();
        let mut domains = stack.resources.iter().filter(|own| kinds.contains(&own.kind));
        domains.find(|own| same(own).as_deref() == Some(named))
    });
    let mutual = domain.and_then(|own| own.get("MutualTlsAuthentication")).map(|node| node.span);
    let Some(api) = apis.of(resource, property, flavor) else { return };
    domain_of(api, base_path.into_iter().collect(), mutual);
}

/// Notes the base paths of a custom domain, and whether it asks clients for certificates.
pub(super) fn domain_of(api: &mut Api, base_paths: Vec<String>, mutual_tls: Option<Span>) {
    let paths = if base_paths.is_empty() { vec![String::new()] } else { base_paths };
    for path in paths {
        let path = path.trim_matches('/');
        // `(none)` is how API Gateway itself calls the root.
        let path = if path == "(none)" { "" } else { path };
        if !api.settings.base_paths.iter().any(|own| own == path) {
            api.settings.base_paths.push(path.to_owned());
        }
    }
    if let Some(span) = mutual_tls {
        stop(api, span, "its custom domain asks for certificates of clients (mutual TLS)");
    }
}

fn gateway_response<'t>(apis: &mut Apis<'_, 't>, resource: &Resource<'t>) {
    let resolver = &apis.stack.resolver;
    let text = |name: &str| resource.get(name).and_then(|node| resolver.plain(node));
    let pairs = |name: &str| resource.get(name).map_or_else(Vec::new, |node| resolver.pairs(node));
    let (kind, status) = (text("ResponseType"), text("StatusCode"));
    let (parameters, templates) = (pairs("ResponseParameters"), pairs("ResponseTemplates"));
    let Some(api) = apis.of(resource, "RestApiId", Flavor::Rest) else { return };
    customise(api, resource.id_span, (kind.as_deref(), status.as_deref()), &parameters, &templates);
}

/// Customises a gateway response of an API.
pub(super) fn customise(
    api: &mut Api,
    span: Span,
    (kind, status): (Option<&str>, Option<&str>),
    parameters: &[(String, String)],
    templates: &[(String, String)],
) {
    match customised(kind.unwrap_or("of a type that is not known"), status, parameters, templates) {
        Ok(response) => api.settings.responses.put(response),
        Err(why) => stop(api, span, &why),
    }
}

/// The API keys that usage plans let into APIs. One whose value is made at the deployment makes every
/// key do.
pub(super) fn keys(apis: &mut Apis<'_, '_>) {
    let stack = apis.stack;
    for plan in stack.of_kind("AWS::ApiGateway::UsagePlan") {
        let mut values = Vec::new();
        for link in stack.of_kind("AWS::ApiGateway::UsagePlanKey") {
            let target = |name: &str| link.get(name).and_then(|node| stack.target(node));
            if target("UsagePlanId") == Some(plan.id) {
                let key = target("KeyId").and_then(|id| stack.resource(id));
                let value = key.and_then(|key| stack.text(key, "Value"));
                values.push(value.filter(|value| !value.is_open()).map(|value| value.text().to_owned()));
            }
        }
        let Some(values) = values.into_iter().collect::<Option<Vec<String>>>() else { continue };
        let stages = plan.get("ApiStages").and_then(|node| stack.resolver.follow(node));
        for stage in stages.map_or(&[][..], Node::items) {
            let id = stage.get("ApiId").and_then(|node| stack.resolver.plain(node));
            if let Some(api) = apis.found.iter_mut().find(|api| id.as_deref() == Some(api.id.text())) {
                api.settings.api_keys.extend(values.iter().cloned());
            }
        }
    }
}

/// What an API says of itself.
pub(super) fn rest_api<'t>(apis: &mut Apis<'_, 't>, at: usize, resource: &Resource<'t>) {
    let resolver = &apis.stack.resolver;
    let types = resource.get("BinaryMediaTypes").map_or_else(Vec::new, |node| resolver.words(node));
    let key_source =
        resource.get("ApiKeySourceType").and_then(|node| Some((resolver.plain(node)?, node.span)));
    let elsewhere = resource.get("BodyS3Location").map(|node| node.span);
    let api = &mut apis.found[at];
    api.settings.binary_media_types.extend(types);
    if let Some((_, span)) = key_source.filter(|(source, _)| source == "AUTHORIZER") {
        stop(api, span, "its API keys come from an authorizer");
    }
    if let Some(span) = elsewhere {
        stop(api, span, "its definition stands in S3: its routes are not known");
    }
}
