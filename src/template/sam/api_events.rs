//! `Api` and `HttpApi` events: a route of an API each, and the grant that goes with it.

use super::{
    HTTP_API, IMPLICIT_HTTP, IMPLICIT_REST, IMPLICIT_STAGE, SamFunction, arn, functions, generated, names,
    partition, permission,
};
use crate::json::Span;
use crate::template::cfn::{Resolved, Stack, call};
use crate::template::model::Grant;
use crate::template::node::{Member, Node};

const DEFAULT: &str = "$default";
const ANY_METHOD: &str = "x-amazon-apigateway-any-method";

/// What an event says about its route.
#[derive(Debug, Clone)]
pub(in crate::template) struct ApiEvent<'t> {
    /// The logical id of its API.
    pub(in crate::template) api: &'t str,
    /// The API as the ARN names it: a text that is no reference stays one (P-114).
    api_in_arn: Resolved,
    /// The method as it is written, in lower case.
    pub(in crate::template) method: String,
    /// The path as it is written.
    pub(in crate::template) path: &'t str,
    /// The event.
    pub(in crate::template) event: &'t Member,
    is_http: bool,
}

impl<'t> ApiEvent<'t> {
    /// Reads an event; `Ok(None)` for one without properties, which SAM passes over.
    pub(in crate::template) fn of(
        stack: &Stack<'t>,
        event: &'t Member,
        is_http: bool,
    ) -> Result<Option<Self>, String> {
        let properties = event.value.get("Properties").filter(|node| !node.members().is_empty());
        if properties.is_none() && !is_http {
            return Ok(None);
        }
        let get = |name: &str| properties.and_then(|node| node.get(name));
        let (name, implicit) = if is_http { ("ApiId", IMPLICIT_HTTP) } else { ("RestApiId", IMPLICIT_REST) };
        let (api, api_in_arn) = match get(name) {
            None => (implicit, stack.resolver.resource(implicit, event.key_span)),
            Some(node) => {
                (api_of(stack, node, name, is_http)?, stack.resolver.text(node).ok_or_else(String::new)?)
            }
        };
        let written = |name: &str| match get(name) {
            None => Ok(None),
            Some(node) => node.text().map(Some).ok_or_else(|| format!("its {name} is not a plain text")),
        };
        let (path, method) = match (written("Path")?, written("Method")?) {
            (Some(path), Some(method)) => (path, method),
            (None, None) if is_http => (DEFAULT, ANY_METHOD),
            _ => return Err("it needs Path and Method".to_owned()),
        };
        Ok(Some(Self { api, api_in_arn, method: method.to_ascii_lowercase(), path, event, is_http }))
    }

    /// Whether it is the catch-all route of an HTTP API.
    pub(in crate::template) fn is_default(&self) -> bool {
        self.is_http && self.path == DEFAULT && self.is_any()
    }

    /// Whether it takes every method.
    pub(in crate::template) fn is_any(&self) -> bool {
        self.method == "any" || (self.is_http && self.method == ANY_METHOD)
    }

    /// The path without the slash at its end, which API Gateway drops (P-011).
    fn trimmed(&self) -> &'t str {
        match self.path.strip_suffix('/') {
            Some(path) if !path.is_empty() => path,
            _ => self.path,
        }
    }

    /// The part of the ARN behind the stage (P-110, P-111).
    pub(in crate::template) fn resource(&self) -> String {
        let method = if self.is_any() { "*".to_owned() } else { self.method.to_ascii_uppercase() };
        let path = self.trimmed();
        if !self.is_http {
            return format!("/{method}{}", starred(path, |_| true));
        }
        let path = if path == DEFAULT { String::new() } else { starred(path, |name| name == "proxy") };
        if self.method == "any" && path == "/$default" { path } else { format!("/{method}{path}") }
    }
}

/// The API that an event names.
fn api_of<'t>(stack: &Stack<'t>, node: &'t Node, name: &str, is_http: bool) -> Result<&'t str, String> {
    let id = match call(node) {
        Some(("Ref", id)) => id.text(),
        _ => node.text(),
    };
    let implicit = if is_http { IMPLICIT_HTTP } else { IMPLICIT_REST };
    let id = id.filter(|id| match stack.resource(id) {
        Some(api) => is_http || api.kind != HTTP_API,
        None => *id == implicit,
    });
    id.ok_or_else(|| format!("{name} must be a reference to an API of this template"))
}

/// The path with `*` for its parameters; `{name+}` only for names that `greedy` takes.
fn starred(path: &str, greedy: impl Fn(&str) -> bool) -> String {
    let mut starred = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        starred.push_str(&rest[..start]);
        rest = &rest[start..];
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        let name = rest[1..].split(|letter| !is_name(letter)).next().unwrap_or_default();
        let behind = &rest[1 + name.len()..];
        let behind = match behind.strip_prefix("+}") {
            Some(behind) if greedy(name) => Some(behind),
            Some(_) => None,
            None => behind.strip_prefix('}'),
        };
        match behind.filter(|_| !name.is_empty()) {
            Some(behind) => {
                starred.push('*');
                rest = behind;
            }
            None => {
                starred.push('{');
                rest = &rest[1..];
            }
        }
    }
    starred + rest
}

/// The events that are routes, of all functions, in the order of the template.
pub(in crate::template) fn api_events<'s, 't>(
    stack: &'s Stack<'t>,
) -> Vec<(SamFunction<'s, 't>, Vec<ApiEvent<'t>>)> {
    let of_function = |function: SamFunction<'s, 't>| {
        let events = function.resource.get("Events").map_or(&[][..], Node::members).iter();
        let events = events.filter_map(|event| {
            let is_http = match event.value.text_of("Type")? {
                "Api" => false,
                "HttpApi" => true,
                _ => return None,
            };
            ApiEvent::of(stack, event, is_http).ok().flatten()
        });
        let events = events.collect();
        (function, events)
    };
    functions(stack).map(of_function).collect()
}

/// The APIs that SAM makes for events: REST and HTTP. A resource of such a name that the template
/// has itself is replaced.
pub(in crate::template) fn implicit_apis(stack: &Stack<'_>) -> Vec<(&'static str, &'static str, Span)> {
    let events = api_events(stack);
    let made = [(IMPLICIT_REST, "Api"), (IMPLICIT_HTTP, "HttpApi")].into_iter();
    let made = made.filter_map(|(id, section)| {
        let mut events = events.iter().flat_map(|(_, events)| events);
        events.find(|event| event.api == id).map(|event| (id, section, event.event.key_span))
    });
    made.collect()
}

/// The grant of an event; none where that of `$default` covers the route.
pub(super) fn grant<'t>(
    stack: &Stack<'t>,
    function: &SamFunction<'_, 't>,
    event: &'t Member,
    is_http: bool,
) -> Result<Option<Grant>, String> {
    let Some(route) = ApiEvent::of(stack, event, is_http)? else { return Ok(None) };
    if is_http && route.trimmed() != DEFAULT && owns_default(stack, function, route.api) {
        return Ok(None);
    }
    let prefix = format!("{}{}Permission", function.resource.id, event.key);
    let (id, partition) = if is_http {
        (prefix, "${AWS::Partition}")
    } else {
        (names::with_suffix(&prefix, &suffix(stack, route.api)), partition(stack))
    };
    let resource = format!("${{__ApiId__}}/*{}", route.resource());
    let own = |name: &str| (name == "__ApiId__").then(|| route.api_in_arn.clone());
    let source_arn = arn(stack, (partition, "execute-api"), &resource, event.key_span, &own);
    let origin = generated(stack, function.resource, id, event.key_span);
    let function = function.reference(stack);
    Ok(Some(permission(origin, function, "apigateway.amazonaws.com", Some(source_arn))))
}

/// The end of the logical id: the stage of the API where that is a plain text.
fn suffix(stack: &Stack<'_>, api: &str) -> String {
    if api == IMPLICIT_REST {
        return IMPLICIT_STAGE.to_owned();
    }
    let stage = stack.resource(api).and_then(|api| api.get("StageName")).and_then(Node::text);
    stage.unwrap_or("Stage").to_owned()
}

/// Whether the function answers `$default` of that API, by an event or in its definition. The
/// translator does not see it behind an alias.
fn owns_default<'t>(stack: &Stack<'t>, function: &SamFunction<'_, 't>, api: &str) -> bool {
    if function.alias.is_some() {
        return false;
    }
    let events = function.resource.get("Events").map_or(&[][..], Node::members).iter();
    let mut http = events.filter(|event| event.value.text_of("Type") == Some("HttpApi"));
    http.any(|event| {
        let event = ApiEvent::of(stack, event, true).ok().flatten();
        event.is_some_and(|event| event.api == api && event.is_default())
    }) || defines_default(stack, function.resource.id, api)
}

/// Whether the `DefinitionBody` of an API sends `$default` to the function.
fn defines_default(stack: &Stack<'_>, function: &str, api: &str) -> bool {
    let uri = || {
        let paths = stack.resource(api)?.get("DefinitionBody")?.get("paths")?;
        let integration = paths.get(DEFAULT)?.get(ANY_METHOD)?.get("x-amazon-apigateway-integration")?;
        integration.get("uri")?.text_of("Fn::Sub")
    };
    let Some(arn) = uri().and_then(|uri| uri.find(".Arn").map(|end| &uri[..end])) else { return false };
    let name = arn.rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next();
    name == Some(function)
}
