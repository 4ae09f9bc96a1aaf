//! Authorizers of SAM's APIs, and the routes of its WebSocket APIs, which have no events.

use super::{
    API, HTTP_API, Merged, WEBSOCKET_API, WEBSOCKET_STAGE, arn, generated, implicit_apis, partition,
    permission,
};
use crate::json::Span;
use crate::template::cfn::{Resolved, Resource, Stack};
use crate::template::model::{Grant, Model, Origin};

/// Adds the grants of authorizers, and of the routes of WebSocket APIs.
pub(super) fn read(stack: &Stack<'_>, model: &mut Model) {
    let implicit = implicit_apis(stack);
    for resource in stack.resources.iter().filter(|own| implicit.iter().all(|(id, ..)| *id != own.id)) {
        let origin = |id: String, span: Span| generated(stack, resource, id, span);
        let section = match resource.kind {
            API => "Api",
            HTTP_API => "HttpApi",
            WEBSOCKET_API => {
                websocket(stack, resource, model);
                continue;
            }
            _ => continue,
        };
        let properties = Merged::of(stack, Some(resource), section);
        lambda_authorizers(stack, &properties, resource.id, section == "HttpApi", &origin, model);
    }
    // The APIs that SAM makes for events get their authorizers from `Globals`.
    for (id, section, _) in implicit {
        let origin = |logical_id: String, span: Span| Origin {
            logical_id,
            generated_from: Some(id.to_owned()),
            span,
            condition: None,
            deployed: Some(true),
        };
        let properties = Merged::of(stack, None, section);
        lambda_authorizers(stack, &properties, id, section == "HttpApi", &origin, model);
    }
}

/// A grant for each Lambda authorizer: of REST APIs unless switched off, of HTTP APIs if asked for.
fn lambda_authorizers<'t>(
    stack: &Stack<'t>,
    properties: &Merged<'t>,
    api: &str,
    is_http: bool,
    origin: &dyn Fn(String, Span) -> Origin,
    model: &mut Model,
) {
    for (name, span, authorizer) in properties.get("Auth").get("Authorizers").members() {
        let asked = if is_http {
            authorizer.get("EnableFunctionDefaultPermissions").is_true()
        } else {
            !authorizer.get("DisableFunctionDefaultPermissions").is_true()
        };
        let function = authorizer.get("FunctionArn").node().and_then(|node| stack.resolver.text(node));
        let Some(function) = function.filter(|_| asked) else { continue };
        let partition = if is_http { "${AWS::Partition}" } else { partition(stack) };
        let origin = origin(format!("{api}{name}AuthorizerPermission"), span);
        model.grant(authorizer_grant(stack, api, partition, function, origin));
    }
}

/// P-112: all authorizers of the API.
fn authorizer_grant(
    stack: &Stack<'_>,
    api: &str,
    partition: &str,
    function: Resolved,
    origin: Origin,
) -> Grant {
    let own = |name: &str| (name == "__ApiId__").then(|| stack.resolver.resource(api, origin.span));
    let resource = "${__ApiId__}/authorizers/*";
    let source_arn = arn(stack, (partition, "execute-api"), resource, origin.span, &own);
    permission(origin, function, "apigateway.amazonaws.com", Some(source_arn))
}

/// A grant for each route, of one stage only (P-113), and one for the authorizer.
fn websocket<'t>(stack: &Stack<'t>, resource: &Resource<'t>, model: &mut Model) {
    let properties = Merged::of(stack, Some(resource), "WebSocketApi");
    let stage = properties.get("StageName").node().and_then(|node| stack.resolver.text(node));
    let stage = stage.unwrap_or_else(|| Resolved::known(WEBSOCKET_STAGE, resource.id_span));
    let api = format!("{}.ApiId", resource.id);
    for (key, span, route) in properties.get("Routes").members() {
        let Some(function) = route.get("FunctionArn").node().and_then(|node| stack.resolver.text(node))
        else {
            model.leave_out(span, format!("{}: the route {key} names no function", resource.id));
            continue;
        };
        let own = |name: &str| match name {
            "__ApiId__" => Some(stack.resolver.resource(&api, span)),
            "__Stage__" => Some(stage.clone()),
            _ => None,
        };
        let text = format!("${{__ApiId__}}/${{__Stage__}}/{key}");
        let source_arn = arn(stack, ("${AWS::Partition}", "execute-api"), &text, span, &own);
        let id = format!("{}{}Permission", resource.id, capitalized(key));
        let origin = generated(stack, resource, id, span);
        model.grant(permission(origin, function, "apigateway.amazonaws.com", Some(source_arn)));
    }
    let auth = properties.get("Auth");
    let by_policy = auth.get("AuthType").text() == Some("CUSTOM") && auth.get("InvokeRole").node().is_none();
    let function = auth.get("AuthArn").node().filter(|_| by_policy);
    if let Some(function) = function.and_then(|node| stack.resolver.text(node)) {
        let id = format!("{}AuthorizerPermission", resource.id);
        let origin = generated(stack, resource, id, function.span());
        model.grant(authorizer_grant(stack, resource.id, "${AWS::Partition}", function, origin));
    }
}

/// A route key in a logical id: `$connect` is `Connect`, `sendMessage` is `Sendmessage`.
fn capitalized(key: &str) -> String {
    let key = key.trim_start_matches('$').to_lowercase();
    let mut letters = key.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
