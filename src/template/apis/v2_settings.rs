//! What resources of CloudFormation say of HTTP and WebSocket APIs beside routes and targets.

use super::{Apis, guard_settings, rest_settings};
use crate::gateway::{Cors, Flavor};
use crate::http::{Body, Headers, Response};
use crate::template::cfn::{Resolver, Resource, Stack};
use crate::template::node::Node;
use crate::template::settings::{PayloadVersion, RouteSettings};
use std::time::Duration;

/// A CORS configuration; its names are those of HTTP APIs or of function URLs, which are the same.
pub(super) fn cors<'t>(resolver: &Resolver<'t>, node: &'t Node) -> Option<Cors> {
    let node = resolver.follow(node)?;
    // SAM: true lets every origin read.
    match resolver.flag(node) {
        Some(true) => return Some(Cors { allow_origins: vec!["*".to_owned()], ..Cors::default() }),
        Some(false) => return None,
        None => {}
    }
    let words = |name: &str| node.get(name).map_or_else(Vec::new, |node| resolver.words(node));
    Some(Cors {
        allow_origins: words("AllowOrigins"),
        allow_credentials: node.get("AllowCredentials").and_then(|node| resolver.flag(node)) == Some(true),
        expose_headers: words("ExposeHeaders"),
        allow_methods: words("AllowMethods"),
        allow_headers: words("AllowHeaders"),
        max_age: node.get("MaxAge").and_then(|node| resolver.number(node)),
    })
}

/// What an API says of itself.
pub(super) fn api<'t>(apis: &mut Apis<'_, 't>, at: usize, resource: &Resource<'t>) {
    let resolver = &apis.stack.resolver;
    let own = resource.get("CorsConfiguration").and_then(|node| cors(resolver, node));
    let selection = apis.stack.text(resource, "RouteSelectionExpression");
    let elsewhere = resource.get("BodyS3Location").map(|node| node.span);
    let api = &mut apis.found[at];
    api.settings.cors = own.or_else(|| api.settings.cors.take());
    if api.flavor == Flavor::Websocket {
        api.settings.route_selection = selection.map(|text| text.text().to_owned());
    }
    if let Some(span) = elsewhere {
        rest_settings::stop(api, span, "its definition stands in S3: its routes are not known");
    }
}

/// What an integration says of the routes that lead to it.
pub(super) fn integration<'t>(stack: &Stack<'t>, resource: &Resource<'t>) -> RouteSettings {
    let resolver = &stack.resolver;
    let text = |name: &str| resource.get(name).and_then(|node| resolver.plain(node));
    let timeout = resource.get("TimeoutInMillis").and_then(|node| resolver.number(node));
    let mut settings = RouteSettings {
        timeout: timeout.map(Duration::from_millis),
        // What the control plane takes for granted where nothing is said.
        payload: text("PayloadFormatVersion")
            .map_or(Some(PayloadVersion::V1), |text| guard_settings::payload(&text)),
        ..RouteSettings::default()
    };
    let is_mapped = ["RequestParameters", "ResponseParameters", "RequestTemplates"]
        .into_iter()
        .find(|name| resource.get(name).is_some_and(|node| !node.members().is_empty()));
    settings.obstacle = match (text("IntegrationType").as_deref(), text("IntegrationSubtype"), is_mapped) {
        (Some("AWS_PROXY"), Some(subtype), _) => {
            Some(format!("its integration is the AWS service {subtype}"))
        }
        (Some("AWS_PROXY"), None, Some(name)) => Some(format!("its integration maps parameters ({name})")),
        (Some("AWS_PROXY"), None, None) => None,
        (Some("MOCK"), ..) => {
            let (headers, body) = (Headers::new(), Body::default());
            settings.mock = Some(Response { status: 200, headers, body });
            None
        }
        (Some(other), ..) => {
            Some(format!("its integration is of type {other}, and only AWS_PROXY to a function is emulated"))
        }
        (None, ..) => Some("the type of its integration is not known".to_owned()),
    };
    settings
}

/// What a route says, over what its integration does.
pub(super) fn route<'t>(
    stack: &Stack<'t>,
    resource: &Resource<'t>,
    integration: Option<&RouteSettings>,
) -> RouteSettings {
    let resolver = &stack.resolver;
    let mut settings = integration.cloned().unwrap_or_else(|| RouteSettings {
        obstacle: Some("its integration does not stand in the template".to_owned()),
        ..RouteSettings::default()
    });
    settings.scopes = resource.get("AuthorizationScopes").map_or_else(Vec::new, |node| resolver.words(node));
    settings.api_key_required =
        resource.get("ApiKeyRequired").and_then(|node| resolver.flag(node)) == Some(true);
    let is_answered = |response: &Resource<'t>| {
        response.get("RouteId").and_then(|node| stack.target(node)) == Some(resource.id)
    };
    settings.route_response = resource.get("RouteResponseSelectionExpression").is_some()
        || stack.of_kind("AWS::ApiGatewayV2::RouteResponse").any(is_answered);
    if settings.route_response && settings.mock.is_some() {
        settings.obstacle = Some("it sends back what a MOCK integration computes".to_owned());
    }
    settings
}

/// What a resource says of the whole of an API.
pub(super) fn whole<'t>(apis: &mut Apis<'_, 't>, resource: &Resource<'t>) {
    let stack = apis.stack;
    match resource.kind {
        "AWS::ApiGatewayV2::Stage" => {
            let variables = resource.get("StageVariables").map(|node| stack.resolver.pairs(node));
            let (Some(variables), Some(stage)) = (variables, stack.text(resource, "StageName")) else {
                return;
            };
            let Some(api) = apis.of(resource, "ApiId", Flavor::Http) else { return };
            if api.stages.first().is_some_and(|first| first.text() == stage.text()) {
                api.settings.stage_variables = variables;
            }
        }
        "AWS::ApiGatewayV2::ApiMapping" => {
            let key = stack.text(resource, "ApiMappingKey").map(|key| key.text().to_owned());
            rest_settings::map(apis, resource, ("ApiId", Flavor::Http), key);
        }
        _ => {}
    }
}
