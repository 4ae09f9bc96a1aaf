//! `aws_api_gateway_*`: methods with their integrations, authorizers, stages, gateway responses, API
//! keys and base paths.

use super::Plan;
use super::apis::{api_of, authorizer, authorizer_of, lambda, obstacle, stage};
use super::requests;
use super::resource::Resource;
use crate::gateway::Route;
use crate::template::cfn::Resolved;
use crate::template::gateway_responses::customised;
use crate::template::guards::GuardSays;
use crate::template::integrations::IntegrationSays;
use crate::template::mock::{Mock, MockResponse};
use crate::template::model::{Api, ApiRoute, Auth, Model, Target};
use crate::template::settings::RouteSettings;

/// How deep resources may nest; API Gateway allows less.
const MAX_DEPTH: usize = 64;

/// Adds what a resource says to the API that it belongs to.
pub(super) fn read(plan: &Plan<'_>, resource: &Resource<'_>, apis: &mut [Api], model: &mut Model) {
    if resource.kind == "aws_api_gateway_method" {
        match method(plan, resource) {
            Some(route) => {
                if let Some(api) = api_of(apis, resource, "rest_api_id") {
                    api.routes.push(route);
                }
            }
            None => {
                let message = format!("{}: its path or its method is not known", resource.address);
                model.leave_out(resource.span(), message);
            }
        }
        return;
    }
    let attribute =
        if resource.kind == "aws_api_gateway_base_path_mapping" { "api_id" } else { "rest_api_id" };
    match resource.kind {
        "aws_api_gateway_usage_plan" => return usage_plan(plan, resource, apis),
        "aws_api_gateway_stage"
        | "aws_api_gateway_deployment"
        | "aws_api_gateway_authorizer"
        | "aws_api_gateway_gateway_response"
        | "aws_api_gateway_base_path_mapping" => {}
        _ => return,
    }
    let Some(api) = api_of(apis, resource, attribute) else { return };
    match resource.kind {
        "aws_api_gateway_stage" | "aws_api_gateway_deployment" => {
            if let Some(name) = resource.text("stage_name") {
                stage(resource, name, "variables", api);
            }
        }
        "aws_api_gateway_authorizer" => {
            api.authorizers.push(authorizer(resource, "authorizer_credentials", &guard(resource)));
        }
        "aws_api_gateway_gateway_response" => gateway_response(resource, api),
        _ => api.settings.base_paths.push(base_path(resource, "base_path")),
    }
}

/// The base path of a mapping, without slashes; empty: the root.
pub(super) fn base_path(resource: &Resource<'_>, attribute: &str) -> String {
    resource.text(attribute).map_or_else(String::new, |path| path.text().trim_matches('/').to_owned())
}

fn guard(resource: &Resource<'_>) -> GuardSays {
    let text = |name: &str| resource.text(name);
    GuardSays {
        kind: text("type").or_else(|| Some(Resolved::known("TOKEN", resource.span()))),
        sources: text("identity_source").into_iter().collect(),
        ttl: text("authorizer_result_ttl_in_seconds"),
        validation: text("identity_validation_expression"),
        pools: resource.texts("provider_arns"),
        ..GuardSays::default()
    }
}

fn gateway_response(resource: &Resource<'_>, api: &mut Api) {
    let kind = resource.text("response_type");
    let kind = kind.as_ref().map_or("", Resolved::text);
    let status = resource.text("status_code");
    let (parameters, templates) =
        (resource.plain_pairs("response_parameters"), resource.plain_pairs("response_templates"));
    match customised(kind, status.as_ref().map(Resolved::text), &parameters, &templates) {
        Ok(response) => api.settings.responses.put(response),
        Err(why) => api.settings.obstacles.push(obstacle(resource, why, &api.origin.logical_id)),
    }
}

/// The values of the API keys of a usage plan, for each API whose stages it has.
fn usage_plan(plan: &Plan<'_>, resource: &Resource<'_>, apis: &mut [Api]) {
    let id = resource.own("id");
    let here = |link: &&Resource<'_>| link.text("usage_plan_id").is_some_and(|own| own.text() == id.text());
    let links = plan.of_kind("aws_api_gateway_usage_plan_key").filter(here);
    let keys: Vec<_> = links
        .filter_map(|link| {
            let id = link.text("key_id")?;
            let mut keys = plan.of_kind("aws_api_gateway_api_key");
            let value = keys.find(|key| key.own("id").text() == id.text())?.get("value")?;
            value.text().map(str::to_owned)
        })
        .collect();
    for block in resource.blocks("api_stages") {
        if let Some(api) = api_of(apis, &block, "api_id") {
            api.settings.api_keys.extend(keys.iter().cloned());
        }
    }
}

fn method(plan: &Plan<'_>, resource: &Resource<'_>) -> Option<ApiRoute> {
    let at = resource.text("resource_id")?;
    let path = path(plan, at.text())?;
    let method = resource.text("http_method")?;
    // What stands at the same place: the integration, and its responses.
    let here = |own: &&Resource<'_>| {
        let verb = own.text("http_method").is_none_or(|own| own.is_open() || own.text() == method.text());
        verb && own.text("resource_id").is_some_and(|own| own.text() == at.text())
    };
    let integration = plan.of_kind("aws_api_gateway_integration").find(here);
    let target = integration.map_or(Target::Other, |own| lambda(own, "uri", "credentials"));
    let scopes = resource.texts("authorization_scopes");
    let mut settings = RouteSettings {
        scopes: scopes.iter().map(|scope| scope.text().to_owned()).collect(),
        api_key_required: resource.is_true("api_key_required"),
        ..RouteSettings::default()
    };
    match integration {
        Some(own) => {
            let responses = plan.of_kind("aws_api_gateway_integration_response").filter(here);
            says(own, responses.map(response).collect()).fill(&target, &mut settings);
        }
        None => settings.obstacle = Some("it has no integration".to_owned()),
    }
    if let Err(why) = requests::read(plan, resource, &mut settings) {
        settings.obstacle.get_or_insert(why);
    }
    if settings.api_key_required && has_authorizer_keys(plan, resource) {
        let why = "its API key comes from its authorizer (api_key_source AUTHORIZER), which is not emulated";
        settings.obstacle.get_or_insert_with(|| why.to_owned());
    }
    let asked = resource.text("authorization");
    let is_open = asked.as_ref().is_some_and(|asked| asked.text() == "NONE");
    Some(ApiRoute {
        settings,
        route: Route::of(method.text(), &path),
        target,
        authorizer: authorizer_of(plan, resource).filter(|_| !is_open),
        auth: Auth::of_type(asked.as_ref().map(Resolved::text)),
        origin: resource.origin(),
    })
}

fn has_authorizer_keys(plan: &Plan<'_>, method: &Resource<'_>) -> bool {
    let id = method.text("rest_api_id");
    let here = |api: &&Resource<'_>| id.as_ref().is_some_and(|id| id.text() == api.own("id").text());
    let api = plan.of_kind("aws_api_gateway_rest_api").find(here);
    api.and_then(|api| api.text("api_key_source")).is_some_and(|source| source.text() == "AUTHORIZER")
}

fn says(integration: &Resource<'_>, responses: Vec<MockResponse>) -> IntegrationSays {
    let text = |name: &str| integration.text(name);
    IntegrationSays {
        kind: text("type"),
        connection: text("connection_type"),
        uri: text("uri"),
        timeout: text("timeout_milliseconds"),
        transfer: text("response_transfer_mode"),
        mock: Mock { templates: integration.plain_pairs("request_templates"), responses },
        ..IntegrationSays::default()
    }
}

fn response(resource: &Resource<'_>) -> MockResponse {
    let text = |name: &str| resource.text(name).map(|text| text.text().to_owned());
    MockResponse {
        pattern: text("selection_pattern"),
        status: text("status_code").unwrap_or_default(),
        parameters: resource.plain_pairs("response_parameters"),
        templates: resource.plain_pairs("response_templates"),
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
