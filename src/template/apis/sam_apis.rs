//! SAM's APIs: routes from events, from `DefinitionBody` and from `Routes`.

use super::{Apis, body, guard_settings, policies, sam_settings, v2};
use crate::gateway::{Flavor, Route};
use crate::json::Span;
use crate::template::cfn::{Resolved, Resource};
use crate::template::model::{ApiRoute, Auth, Authorizer, Model, Origin, Target};
use crate::template::node::Node;
use crate::template::sam::{self, ApiEvent, IMPLICIT_STAGE, Merged, SamFunction, WEBSOCKET_STAGE};
use crate::template::settings::GuardSettings;

/// Adds an API of SAM.
pub(super) fn read<'t>(apis: &mut Apis<'_, 't>, resource: &Resource<'t>, model: &mut Model) {
    let stack = apis.stack;
    let (flavor, section, default_stage) = match resource.kind {
        sam::API => (Flavor::Rest, "Api", None),
        sam::HTTP_API => (Flavor::Http, "HttpApi", Some("$default")),
        _ => (Flavor::Websocket, "WebSocketApi", Some(WEBSOCKET_STAGE)),
    };
    let at = apis.add(resource.id, flavor, stack.origin(resource, resource.id_span));
    let properties = Merged::of(stack, Some(resource), section);
    let stage = stack.text(resource, "StageName");
    let stage = stage.or_else(|| Some(Resolved::known(default_stage?, resource.id_span)));
    if let Some(stage) = &stage {
        name_stage(apis, resource.id, stage.text(), model);
    }
    apis.found[at].stages.extend(stage);
    if flavor == Flavor::Websocket {
        return websocket(apis, at, resource, &properties);
    }
    let definition = properties.get("DefinitionBody").node();
    body::read(apis, at, definition, model);
    let elsewhere = definition.is_some() || properties.get("DefinitionUri").node().is_some();
    sam_settings::elsewhere(apis, at, &properties);
    if let Some(uri) = properties.get("DefinitionUri").node() {
        model.leave_out(uri.span, format!("{}: its definition stands in another file", resource.id));
    }
    // Events add no routes to a definition of a REST API that is written out.
    if !elsewhere || flavor == Flavor::Http || properties.get("MergeDefinitions").is_true() {
        events(apis, at, resource.id, &properties);
    }
    authorizers(apis, at, &properties);
    sam_settings::api(apis, at, &properties);
    if flavor == Flavor::Rest {
        policies::of_sam(apis, at, resource.id, &properties, model);
    }
}

/// Notes which stage the resource is that SAM makes for an API.
fn name_stage(apis: &Apis<'_, '_>, api: &str, stage: &str, model: &mut Model) {
    let made = apis.stack.resolver.resource(&format!("{api}.Stage"), apis.stack.root.span);
    if let Some(id) = made.text().strip_prefix("${").and_then(|id| id.strip_suffix('}')) {
        model.stage_names.insert(id.to_owned(), stage.to_owned());
    }
}

/// The APIs that SAM makes for events that name none.
pub(super) fn implicit(apis: &mut Apis<'_, '_>, model: &mut Model) {
    let stack = apis.stack;
    for (id, section, span) in sam::implicit_apis(stack) {
        let (flavor, stage) =
            if section == "Api" { (Flavor::Rest, IMPLICIT_STAGE) } else { (Flavor::Http, "$default") };
        let (logical_id, generated_from) = (id.to_owned(), Some(id.to_owned()));
        let origin = Origin { logical_id, generated_from, span, condition: None, deployed: Some(true) };
        let at = apis.add(id, flavor, origin);
        apis.found[at].stages.push(Resolved::known(stage, span));
        name_stage(apis, id, stage, model);
        let properties = Merged::of(stack, None, section);
        events(apis, at, id, &properties);
        authorizers(apis, at, &properties);
        sam_settings::api(apis, at, &properties);
        if flavor == Flavor::Rest {
            policies::of_sam(apis, at, id, &properties, model);
        }
    }
}

/// The routes that events add to an API; one that has a target already stays.
fn events<'t>(apis: &mut Apis<'_, 't>, at: usize, id: &str, properties: &Merged<'t>) {
    let stack = apis.stack;
    for (function, events) in sam::api_events(stack) {
        for event in events.iter().filter(|event| event.api == id) {
            let route = event_route(event);
            let known = apis.found[at].routes.iter().position(|known| known.route == route);
            let route = of_event(apis, route, event, &function, properties);
            match known.map(|known| &mut apis.found[at].routes[known]) {
                None => apis.found[at].routes.push(route),
                Some(known) if known.target == Target::Other => *known = route,
                Some(_) => {}
            }
        }
    }
}

fn event_route(event: &ApiEvent<'_>) -> Route {
    // What is deployed for an HTTP API's path `/$default` is the route `$default`, too.
    if event.is_default() || (event.is_any() && event.path == "/$default") {
        return Route::Default;
    }
    Route::of(if event.is_any() { "ANY" } else { &event.method }, event.path)
}

fn of_event<'t>(
    apis: &Apis<'_, 't>,
    route: Route,
    event: &ApiEvent<'t>,
    function: &SamFunction<'_, 't>,
    properties: &Merged<'t>,
) -> ApiRoute {
    let stack = apis.stack;
    let own = event.event.value.get("Properties").and_then(|node| node.get("Auth"));
    let own = own.and_then(|auth| auth.get("Authorizer"));
    let named = own.or_else(|| properties.get("Auth").get("DefaultAuthorizer").node());
    let authorizer = named.and_then(Node::text).filter(|name| *name != "NONE");
    let auth = match (named, authorizer) {
        (Some(_), Some("AWS_IAM")) => Auth::Iam,
        (Some(_), Some(_)) => Auth::Authorizer,
        (Some(named), None) if named.text().is_none() => Auth::Unknown,
        _ => Auth::Open,
    };
    let origin = stack.origin(function.resource, event.event.key_span);
    ApiRoute {
        settings: sam_settings::event(stack, event, properties),
        route,
        target: Target::Lambda { function: function.arn(stack), by_role: false },
        authorizer: authorizer.map(str::to_owned),
        auth,
        origin: Origin { generated_from: Some(function.resource.id.to_owned()), ..origin },
    }
}

/// The authorizers under `Auth`.
fn authorizers<'t>(apis: &mut Apis<'_, 't>, at: usize, properties: &Merged<'t>) {
    for (name, span, authorizer) in properties.get("Auth").get("Authorizers").members() {
        let get = |name: &str| authorizer.get(name).node();
        let id = format!("{}.{name}.AuthorizerId", apis.found[at].origin.logical_id);
        let resolver = &apis.stack.resolver;
        let settings = match apis.found[at].flavor {
            Flavor::Rest => guard_settings::of_sam_rest(resolver, &authorizer),
            _ => guard_settings::of_sam_http(resolver, &authorizer),
        };
        let function = (get("FunctionArn"), get("FunctionInvokeRole"));
        add_authorizer(apis, at, (name, &id, span), function, settings);
    }
}

fn add_authorizer<'t>(
    apis: &mut Apis<'_, 't>,
    at: usize,
    (name, id, span): (&str, &str, Span),
    (function, role): (Option<&'t Node>, Option<&'t Node>),
    settings: GuardSettings,
) {
    let stack = apis.stack;
    let function = function.and_then(|node| stack.resolver.text(node));
    let role = role.and_then(|node| stack.resolver.text(node)).filter(|role| role.text() != "NONE");
    let target = match function {
        Some(function) => Target::Lambda { function, by_role: role.is_some() },
        None => Target::Other,
    };
    let api = &mut apis.found[at];
    let origin = Origin { span, ..api.origin.clone() };
    api.authorizers.push(Authorizer {
        settings,
        name: name.to_owned(),
        id: Resolved::unknown(id, span),
        target,
        origin,
    });
}

/// A WebSocket API says its routes itself; its authorizer stands before `$connect`.
fn websocket<'t>(apis: &mut Apis<'_, 't>, at: usize, resource: &Resource<'t>, properties: &Merged<'t>) {
    let stack = apis.stack;
    let auth = properties.get("Auth");
    let authorizer =
        (auth.get("AuthType").text() == Some("CUSTOM")).then(|| format!("{}ConnectAuthorizer", resource.id));
    for (key, span, route) in properties.get("Routes").members() {
        let function = route.get("FunctionArn").node().and_then(|node| stack.resolver.text(node));
        let is_guarded = key == "$connect";
        let route = ApiRoute {
            settings: sam_settings::websocket_route(stack, &route),
            route: v2::route_key(key),
            target: function.map_or(Target::Other, |function| Target::Lambda { function, by_role: false }),
            authorizer: authorizer.clone().filter(|_| is_guarded),
            auth: Auth::of_type(auth.get("AuthType").text().filter(|_| is_guarded)),
            origin: stack.origin(resource, span),
        };
        apis.found[at].routes.push(route);
    }
    if let Some(name) = authorizer {
        let get = |name: &str| auth.get(name).node();
        let span = get("AuthArn").map_or(resource.id_span, |node| node.span);
        let settings = guard_settings::of_sam_websocket(&stack.resolver, &auth);
        add_authorizer(apis, at, (&name, &name, span), (get("AuthArn"), get("InvokeRole")), settings);
    }
    sam_settings::websocket(apis, at, properties);
}
