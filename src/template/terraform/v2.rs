//! `aws_apigatewayv2_*`: routes with their integrations, authorizers, stages and base paths.

use super::Plan;
use super::apis::{api_of, authorizer, authorizer_of, lambda, stage};
use super::resource::Resource;
use super::rest::base_path;
use crate::gateway::Flavor;
use crate::template::apis::v2::route_key;
use crate::template::cfn::Resolved;
use crate::template::guards::GuardSays;
use crate::template::integrations::IntegrationSays;
use crate::template::mock::{Mock, MockResponse};
use crate::template::model::{Api, ApiRoute, Auth, Target};
use crate::template::settings::RouteSettings;

/// Adds what a resource says to the API that it belongs to.
pub(super) fn read(plan: &Plan<'_>, resource: &Resource<'_>, apis: &mut [Api]) {
    if !resource.kind.starts_with("aws_apigatewayv2_") {
        return;
    }
    let Some(api) = api_of(apis, resource, "api_id") else { return };
    match resource.kind {
        "aws_apigatewayv2_stage" => {
            if let Some(name) = resource.text("name") {
                stage(resource, name, "stage_variables", api);
            }
        }
        "aws_apigatewayv2_authorizer" => {
            api.authorizers.push(authorizer(resource, "authorizer_credentials_arn", &guard(resource)));
        }
        "aws_apigatewayv2_route" => api.routes.extend(route(plan, resource, api.flavor)),
        "aws_apigatewayv2_api_mapping" => {
            api.settings.base_paths.push(base_path(resource, "api_mapping_key"))
        }
        _ => {}
    }
}

fn guard(resource: &Resource<'_>) -> GuardSays {
    let text = |name: &str| resource.text(name);
    let jwt = resource.block("jwt_configuration");
    GuardSays {
        kind: text("authorizer_type"),
        sources: resource.texts("identity_sources"),
        ttl: text("authorizer_result_ttl_in_seconds"),
        simple_responses: resource.is_true("enable_simple_responses"),
        payload: text("authorizer_payload_format_version"),
        issuer: jwt.and_then(|jwt| jwt.text("issuer")),
        audience: jwt.map_or_else(Vec::new, |jwt| jwt.texts("audience")),
        ..GuardSays::default()
    }
}

fn route(plan: &Plan<'_>, resource: &Resource<'_>, flavor: Flavor) -> Option<ApiRoute> {
    let key = resource.text("route_key")?;
    // A target is `integrations/ID`; in a plan only the reference to the id is known.
    let id = resource.text("target");
    let id = id.as_ref().map(|id| id.text().trim_start_matches("integrations/"));
    let integration =
        id.and_then(|id| plan.of_kind("aws_apigatewayv2_integration").find(|own| own.own("id").text() == id));
    let target = integration.map_or(Target::Other, |own| lambda(own, "integration_uri", "credentials_arn"));
    let scopes = resource.texts("authorization_scopes");
    let mut settings = RouteSettings {
        scopes: scopes.iter().map(|scope| scope.text().to_owned()).collect(),
        api_key_required: resource.is_true("api_key_required"),
        route_response: resource.text("route_response_selection_expression").is_some(),
        ..RouteSettings::default()
    };
    match integration {
        Some(own) => says(plan, own, flavor).fill(&target, &mut settings),
        None => settings.obstacle = Some("it has no integration".to_owned()),
    }
    let asked = resource.text("authorization_type");
    let auth = match asked.as_ref().map(Resolved::text) {
        Some("JWT") => Auth::Authorizer,
        kind => Auth::of_type(kind),
    };
    let is_open = asked.as_ref().is_some_and(|asked| asked.text() == "NONE");
    Some(ApiRoute {
        settings,
        route: route_key(key.text()),
        target,
        authorizer: authorizer_of(plan, resource).filter(|_| !is_open),
        auth,
        origin: resource.origin(),
    })
}

fn says(plan: &Plan<'_>, integration: &Resource<'_>, flavor: Flavor) -> IntegrationSays {
    let text = |name: &str| integration.text(name);
    let is_mapping = !integration.pairs("request_parameters").is_empty()
        || !integration.blocks("response_parameters").is_empty();
    IntegrationSays {
        kind: text("integration_type"),
        subtype: text("integration_subtype"),
        connection: text("connection_type"),
        uri: text("integration_uri"),
        is_mapping: is_mapping && flavor == Flavor::Http,
        payload: text("payload_format_version").filter(|_| flavor == Flavor::Http),
        timeout: text("timeout_milliseconds"),
        transfer: None,
        mock: mock(plan, integration),
    }
}

/// The answers of a `MOCK` integration of a WebSocket API; without responses it accepts everything.
fn mock(plan: &Plan<'_>, integration: &Resource<'_>) -> Mock {
    let id = integration.own("id");
    let here = |own: &&Resource<'_>| own.text("integration_id").is_some_and(|own| own.text() == id.text());
    let responses = plan.of_kind("aws_apigatewayv2_integration_response").filter(here);
    let mut responses: Vec<_> = responses
        .map(|own| {
            let key = own.text("integration_response_key");
            let key = key.as_ref().map_or("$default", Resolved::text).trim_matches('/');
            MockResponse {
                pattern: (key != "$default").then(|| key.to_owned()),
                status: "200".to_owned(),
                parameters: Vec::new(),
                templates: own.plain_pairs("response_templates"),
            }
        })
        .collect();
    if responses.is_empty() {
        responses.push(MockResponse { status: "200".to_owned(), ..MockResponse::default() });
    }
    Mock { templates: integration.plain_pairs("request_templates"), responses }
}
