//! What a model tells of answering requests, one line for each route, authorizer and API: only what
//! differs from the default.

use apigw::gateway::IdentitySource;
use apigw::gateway::door::{Model as BodyModel, Parameter, ParameterPlace};
use apigw::template::{Api, ApiRoute, Auth, Authorizer, Document, GuardType, Obstacle, Target, WayOut};

fn parameter(own: &Parameter) -> String {
    let place = match own.place {
        ParameterPlace::Header => "header",
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
    };
    format!("{place} {}", own.name)
}

fn target(target: &Target) -> String {
    match target {
        Target::Lambda { function, by_role: false } => function.text().to_owned(),
        Target::Lambda { function, by_role: true } => format!("{function} by role"),
        Target::Other => "nobody".to_owned(),
    }
}

/// `GET /a -> ${F.Arn}: iam, scopes [a, b], …`.
pub(super) fn route(route: &ApiRoute) -> String {
    let own = &route.settings;
    let mut words = Vec::new();
    match (&route.authorizer, route.auth) {
        (Some(name), _) => words.push(format!("by {name}")),
        (None, Auth::Iam) => words.push("iam".to_owned()),
        (None, Auth::Open) => {}
        (None, auth) => words.push(format!("{auth:?}")),
    }
    let mut say = |is_said: bool, word: String| words.extend(is_said.then_some(word));
    say(!own.scopes.is_empty(), format!("scopes {}", own.scopes.join(" ")));
    say(own.api_key_required, "api key".to_owned());
    say(own.streaming, "streaming".to_owned());
    say(own.route_response, "route response".to_owned());
    say(
        own.payload.is_some(),
        own.payload.map_or_else(String::new, |version| format!("payload {version:?}")),
    );
    say(own.timeout.is_some(), format!("timeout {:?}", own.timeout.unwrap_or_default()));
    let required: Vec<_> = own.required.iter().map(parameter).collect();
    say(!required.is_empty(), format!("required {}", required.join(", ")));
    for (content_type, schema) in &own.models {
        BodyModel::new(content_type, schema).unwrap();
        say(true, format!("{content_type} {schema}"));
    }
    if let Some(answer) = &own.mock {
        let headers: Vec<_> = answer.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let body = answer.body.as_text().unwrap();
        say(true, format!("mock {} [{}] {body}", answer.status, headers.join(", ")));
    }
    say(own.bare, "bare".to_owned());
    if let Some(why) = &own.obstacle {
        say(true, format!("OBSTACLE {why}"));
    }
    format!("{} -> {}: {}", route.route, target(&route.target), words.join("; "))
}

/// `name -> function: kind, …`.
pub(super) fn authorizer(authorizer: &Authorizer) -> String {
    let own = &authorizer.settings;
    let mut words = vec![match &own.kind {
        GuardType::Token => "token".to_owned(),
        GuardType::Request => "request".to_owned(),
        GuardType::Jwt { issuer, audience } => format!("jwt of {issuer} for {}", audience.join(" ")),
        GuardType::Cognito(pools) => format!("cognito {}", pools.join(" ")),
        GuardType::Unknown => "unknown".to_owned(),
    }];
    words.extend(own.identity_sources.iter().map(|source| match source {
        IdentitySource::Header(name) => format!("header {name}"),
        IdentitySource::Query(name) => format!("query {name}"),
        IdentitySource::StageVariable(name) => format!("variable {name}"),
        IdentitySource::Context(name) => format!("context {name}"),
    }));
    words.extend(own.ttl.map(|ttl| format!("ttl {ttl:?}")));
    words.extend(own.simple_responses.then(|| "simple".to_owned()));
    words.extend(own.payload.map(|version| format!("payload {version:?}")));
    words.extend(own.validation.iter().map(|pattern| format!("pattern {pattern}")));
    words.extend(own.obstacle.iter().map(|why| format!("OBSTACLE {why}")));
    format!("{} -> {}: {}", authorizer.name, target(&authorizer.target), words.join("; "))
}

/// All routes, then all authorizers.
pub(super) fn all(api: &Api) -> Vec<String> {
    api.routes.iter().map(route).chain(api.authorizers.iter().map(authorizer)).collect()
}

/// `line:column: message (without NAME)`.
pub(super) fn obstacle(source: &str, obstacle: &Obstacle) -> String {
    let place = Document::parse("template", source).unwrap().place(obstacle.span.start);
    let (WayOut::NoApi(name) | WayOut::NoAuth(name) | WayOut::NoRoute(name) | WayOut::Function(name)) =
        &obstacle.way_out;
    format!("{}:{}: {} (without {name})", place.line, place.column, obstacle.message)
}
