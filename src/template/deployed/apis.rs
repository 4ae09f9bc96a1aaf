//! APIs as API Gateway describes them, with the ids that they really have.

use super::super::apis::{target, v2::route_key};
use super::super::model::{Api, ApiRoute, Auth, Authorizer, Model, Target};
use super::{ApiAnswers, ApiVersion, NOWHERE, origin};
use crate::gateway::{Flavor, Route};
use crate::template::cfn::Resolved;
use crate::template::settings::{ApiSettings, GuardSettings, RouteSettings};
use serde_json::Value;

/// How a stage variable begins in the URI of an integration.
const VARIABLE: &str = "${stageVariables.";

/// A stage and its variables.
struct Stage<'a> {
    name: &'a str,
    variables: &'a Value,
}

/// What is read of an API.
struct Reader<'a> {
    answers: &'a ApiAnswers,
    id: &'a str,
    arn: &'a str,
    flavor: Flavor,
}

/// Adds an API. If functions depend on the variables of stages, it is added once for each stage,
/// with the functions of that stage (P-030). Returns the names of stages that are not looked at.
pub(super) fn read(
    answers: &ApiAnswers,
    id: &str,
    arn: &str,
    only: Option<&str>,
    model: &mut Model,
) -> Vec<String> {
    let flavor = match (answers.version, answers.api["protocolType"].as_str()) {
        (ApiVersion::Rest, _) => Flavor::Rest,
        (ApiVersion::V2, Some("WEBSOCKET")) => Flavor::Websocket,
        (ApiVersion::V2, _) => Flavor::Http,
    };
    let reader = Reader { answers, id, arn, flavor };
    let all = reader.stages();
    let (stages, others): (Vec<_>, Vec<_>) =
        all.iter().partition(|stage| only.is_none_or(|only| only == stage.name));
    let others: Vec<_> = others.into_iter().map(|stage| stage.name.to_owned()).collect();
    if stages.is_empty() {
        let names: Vec<_> = all.iter().map(|stage| stage.name).collect();
        let message = match (only, names.as_slice()) {
            (_, []) => format!("the API {id} has no stage: nobody can call it"),
            (Some(only), names) => format!("the API {id} has no stage {only}, only {}", names.join(", ")),
            (None, _) => return others,
        };
        model.leave_out(NOWHERE, message);
        return others;
    }
    if !reader.depends_on_variables() {
        let api = reader.api(&stages, &mut Vec::new());
        model.apis.push(api);
        return others;
    }
    let start = model.apis.len();
    for stage in &stages {
        let mut unset = Vec::new();
        let mut api = reader.api(&[stage], &mut unset);
        // Authorizers have no stage (P-016): one that is the same in each is asked for once.
        let known = &model.apis[start..];
        api.authorizers.retain(|own| known.iter().all(|api| !api.authorizers.contains(own)));
        model.apis.push(api);
        for (what, variable) in unset {
            let stage = stage.name;
            let message = format!("{what} of the API {id}: the stage {stage} has no variable {variable}");
            model.leave_out(NOWHERE, message);
        }
    }
    others
}

/// What could not be named, and the variable that is missing.
type Unset = Vec<(String, String)>;

impl<'a> Reader<'a> {
    fn stages(&self) -> Vec<Stage<'a>> {
        let variables = match self.answers.version {
            ApiVersion::Rest => "variables",
            ApiVersion::V2 => "stageVariables",
        };
        let stage =
            |value: &'a Value| Some(Stage { name: text(value, "stageName")?, variables: &value[variables] });
        self.answers.stages.iter().filter_map(stage).collect()
    }

    fn depends_on_variables(&self) -> bool {
        let ApiAnswers { routes, integrations, authorizers, .. } = self.answers;
        let mut found = false;
        for value in routes.iter().chain(integrations).chain(authorizers) {
            super::texts(value, &mut |text| found |= text.contains(VARIABLE));
        }
        found
    }

    fn api(&self, stages: &[&Stage<'_>], unset: &mut Unset) -> Api {
        let known = |text: &str| Resolved::known(text, NOWHERE);
        let first = stages.first();
        let authorizers = self.authorizers(first.copied(), unset);
        Api {
            settings: ApiSettings::default(),
            flavor: self.flavor,
            id: known(self.id),
            arn: known(self.arn),
            stages: stages.iter().map(|stage| known(stage.name)).collect(),
            routes: match self.answers.version {
                ApiVersion::Rest => self.methods(first.copied(), unset),
                ApiVersion::V2 => self.routes(first.copied(), unset),
            },
            authorizers,
            private: None,
            origin: origin(self.id, NOWHERE),
        }
    }

    fn authorizers(&self, stage: Option<&Stage<'_>>, unset: &mut Unset) -> Vec<Authorizer> {
        let (id, role) = match self.answers.version {
            ApiVersion::Rest => ("id", "authorizerCredentials"),
            ApiVersion::V2 => ("authorizerId", "authorizerCredentialsArn"),
        };
        let one = |value: &Value| {
            let id = text(value, id)?;
            let name = text(value, "name").unwrap_or(id);
            let uri = text(value, "authorizerUri");
            Some(Authorizer {
                settings: GuardSettings::default(),
                name: name.to_owned(),
                id: Resolved::known(id, NOWHERE),
                target: lambda(uri, text(value, role), stage, &format!("the authorizer {name}"), unset),
                origin: origin(&format!("{}/authorizers/{id}", self.id), NOWHERE),
            })
        };
        self.answers.authorizers.iter().filter_map(one).collect()
    }

    /// The name of the authorizer that a method or a route has.
    fn authorizer_of(&self, value: &Value) -> Option<String> {
        let id = text(value, "authorizerId")?;
        let key = if self.answers.version == ApiVersion::Rest { "id" } else { "authorizerId" };
        let own = self.answers.authorizers.iter().find(|own| text(own, key) == Some(id));
        Some(own.and_then(|own| text(own, "name")).unwrap_or(id).to_owned())
    }

    /// The methods of a REST API.
    fn methods(&self, stage: Option<&Stage<'_>>, unset: &mut Unset) -> Vec<ApiRoute> {
        let mut routes = Vec::new();
        for resource in &self.answers.routes {
            let Some(path) = text(resource, "path") else { continue };
            for (method, value) in resource["resourceMethods"].as_object().into_iter().flatten() {
                let integration = &value["methodIntegration"];
                let role = text(integration, "credentials");
                let what = format!("{method} {path}");
                routes.push(ApiRoute {
                    settings: RouteSettings::default(),
                    route: Route::of(method, path),
                    target: lambda(text(integration, "uri"), role, stage, &what, unset),
                    authorizer: self.authorizer_of(value),
                    auth: Auth::of_type(text(value, "authorizationType")),
                    origin: origin(&format!("{}/{what}", self.id), NOWHERE),
                });
            }
        }
        routes
    }

    /// The routes of an HTTP or a WebSocket API.
    fn routes(&self, stage: Option<&Stage<'_>>, unset: &mut Unset) -> Vec<ApiRoute> {
        let mut routes = Vec::new();
        for value in &self.answers.routes {
            let Some(key) = text(value, "routeKey") else { continue };
            let id = text(value, "target").and_then(|target| target.strip_prefix("integrations/"));
            let mut integrations = self.answers.integrations.iter();
            let integration = integrations.find(|own| id.is_some() && text(own, "integrationId") == id);
            let get = |name| integration.and_then(|own| text(own, name));
            routes.push(ApiRoute {
                settings: RouteSettings::default(),
                route: route_key(key),
                target: lambda(get("integrationUri"), get("credentialsArn"), stage, key, unset),
                authorizer: self.authorizer_of(value),
                auth: Auth::Unknown,
                origin: origin(&format!("{}/{key}", self.id), NOWHERE),
            });
        }
        routes
    }
}

/// A member that is a text, and not an empty one.
fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The function in a URI, with the variables of the stage in place; `role` is the role that invokes
/// it, if one does (P-029).
fn lambda(
    uri: Option<&str>,
    role: Option<&str>,
    stage: Option<&Stage<'_>>,
    what: &str,
    unset: &mut Unset,
) -> Target {
    let function_of = |uri: &str| target::function_of(&Resolved::known(uri, NOWHERE));
    let Some(uri) = uri.filter(|uri| function_of(uri).is_some()) else { return Target::Other };
    let uri = match substituted(uri, stage) {
        Ok(uri) => uri,
        Err(variable) => {
            unset.push((what.to_owned(), variable));
            return Target::Other;
        }
    };
    function_of(&uri).map_or(Target::Other, |function| Target::Lambda { function, by_role: role.is_some() })
}

/// A text with the variables of a stage in it.
///
/// # Errors
/// The name of a variable that the stage does not have.
fn substituted(text: &str, stage: Option<&Stage<'_>>) -> Result<String, String> {
    let (mut done, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(VARIABLE) {
        let Some((name, behind)) = after.split_once('}') else { break };
        let value = stage.and_then(|stage| stage.variables.get(name)?.as_str());
        done += before;
        done += value.ok_or_else(|| name.to_owned())?;
        rest = behind;
    }
    Ok(done + rest)
}
