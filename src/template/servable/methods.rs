//! Routes of a template as methods of a deployment.

use super::{Choices, IAM};
use crate::gateway::Flavor;
use crate::gateway::door::{Authorization, Integration, Method, Model as BodyModel, RequestValidator};
use crate::template::model::{Api, ApiRoute, Auth, Model, Target};
use crate::template::settings::{PayloadVersion, RouteSettings};

/// A route with what stands behind it.
///
/// # Errors
/// Why it cannot be emulated.
pub(super) fn method(
    model: &Model,
    api: &Api,
    route: &ApiRoute,
    choices: &Choices,
) -> Result<Method, String> {
    let settings = &route.settings;
    let given = choices.function(&route.route.to_string()).filter(|_| settings.bare);
    if let (Some(obstacle), None) = (&settings.obstacle, given) {
        return Err(obstacle.clone());
    }
    let integration = match (given, &route.target, &settings.mock) {
        (Some(given), ..) => Integration::Function(given.to_owned()),
        (_, _, Some(answer)) => Integration::Mock(answer.clone()),
        (_, Target::Lambda { .. }, None) if settings.failing.is_some() => {
            Integration::Failing(settings.failing.clone().unwrap_or_default())
        }
        (_, Target::Lambda { function, .. }, None) => {
            Integration::Function(function_name(model, api, function.text())?)
        }
        (_, Target::Other, None) => return Err("no function of it is known".to_owned()),
    };
    let is_http = api.flavor == Flavor::Http;
    let flavor = (is_http && settings.payload == Some(PayloadVersion::V1)).then_some(Flavor::HttpV1);
    Ok(Method {
        authorization: authorization(route, &|name| choices.has_no_auth(name))?,
        api_key_required: settings.api_key_required,
        validator: validator(settings)?,
        flavor,
        timeout: settings.timeout,
        streaming: settings.streaming,
        route_response: settings.route_response,
        ..Method::new(route.route.clone(), integration)
    })
}

fn authorization(route: &ApiRoute, is_off: &dyn Fn(&str) -> bool) -> Result<Authorization, String> {
    let scopes = || route.settings.scopes.clone();
    Ok(match (route.auth, route.authorizer_name()) {
        (Auth::Iam, _) if is_off(IAM) => Authorization::None,
        (Auth::Iam, _) => Authorization::Iam,
        (_, Some(IAM)) if !is_off(IAM) => Authorization::Iam,
        (_, Some(name)) if is_off(name) => Authorization::None,
        (_, Some(name)) => Authorization::Authorizer { name: name.to_owned(), scopes: scopes() },
        (Auth::Open, None) => Authorization::None,
        (Auth::Authorizer | Auth::Unknown, None) => {
            return Err("what is asked of its callers is not known".to_owned());
        }
    })
}

fn validator(settings: &RouteSettings) -> Result<RequestValidator, String> {
    let mut validator = RequestValidator { required: settings.required.clone(), models: Vec::new() };
    for (content_type, schema) in &settings.models {
        let model = BodyModel::new(content_type, schema)
            .map_err(|error| format!("its model of {content_type} is no JSON Schema: {error}"))?;
        validator.models.push(model);
    }
    Ok(validator)
}

/// The function that a text names, by its logical id; stage variables stand for their values.
///
/// # Errors
/// When a variable is named that the stage does not have.
pub(super) fn function_name(model: &Model, api: &Api, text: &str) -> Result<String, String> {
    const VARIABLE: &str = "${stageVariables.";
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once(VARIABLE) {
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        let mut variables = api.settings.stage_variables.iter();
        let value = variables.find(|(own, _)| own == name).map(|(_, value)| value);
        let value = value
            .ok_or_else(|| format!("its function is named by the stage variable {name}, which is not set"))?;
        plain = plain + before + value;
        rest = behind;
    }
    Ok(model.named(&(plain + rest)).function)
}
