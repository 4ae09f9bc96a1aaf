//! OpenAPI and Swagger bodies: routes by `x-amazon-apigateway-integration`, and authorizers.

use super::{Apis, policies, target};
use crate::gateway::{Flavor, Route};
use crate::template::cfn::{Resolved, call};
use crate::template::model::{ApiRoute, Auth, Authorizer, Model, Origin, Target};
use crate::template::node::{Member, Node};
use crate::template::settings::{GuardSettings, RouteSettings};

const INTEGRATION: &str = "x-amazon-apigateway-integration";
const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"];

/// The kind of API that a document describes: only HTTP APIs have versions of payloads.
pub(super) fn flavor(root: &Node) -> Flavor {
    let items = root.get("paths").map_or(&[][..], Node::members).iter();
    let mut operations = items.flat_map(|path| path.value.members());
    let is_http = operations.any(|operation| {
        operation.value.get(INTEGRATION).is_some_and(|node| node.get("payloadFormatVersion").is_some())
    });
    if is_http { Flavor::Http } else { Flavor::Rest }
}

/// Reads the body of an API.
pub(super) fn read<'t>(apis: &mut Apis<'_, 't>, at: usize, body: Option<&'t Node>, model: &mut Model) {
    let stack = apis.stack;
    let Some(body) = body.and_then(|body| stack.resolver.follow(body)) else { return };
    if let Some((name, _)) = call(body) {
        let message = format!(
            "{}: its definition comes from {name}: its routes are not known",
            apis.found[at].origin.logical_id
        );
        return model.leave_out(body.span, message);
    }
    policies::of_api(apis, at, body.get("x-amazon-apigateway-policy"), model);
    let reading = Body { apis: &*apis, root: body, at };
    let authorizers = reading.authorizers();
    let mut routes = Vec::new();
    for path in body.get("paths").map_or(&[][..], Node::members) {
        let Some(item) = stack.resolver.follow(&path.value) else { continue };
        for member in item.members() {
            if METHODS.contains(&member.key.to_ascii_lowercase().as_str()) {
                routes.extend(reading.route(&path.key, &member.key, &member.value));
            }
        }
    }
    apis.found[at].authorizers.extend(authorizers);
    apis.found[at].routes.extend(routes);
}

struct Body<'a, 's, 't> {
    apis: &'a Apis<'s, 't>,
    root: &'t Node,
    at: usize,
}

impl<'t> Body<'_, '_, 't> {
    fn origin(&self, node: &Node) -> Origin {
        Origin { span: node.span, ..self.apis.found[self.at].origin.clone() }
    }

    fn route(&self, path: &str, method: &str, operation: &'t Node) -> Option<ApiRoute> {
        let stack = self.apis.stack;
        let operation = stack.resolver.follow(operation)?;
        let is_http = self.apis.found[self.at].flavor != Flavor::Rest;
        let is_any = method.starts_with("x-");
        let route = match path {
            "$default" | "/$default" if is_http && is_any => Route::Default,
            _ => Route::of(if is_any { "ANY" } else { method }, path),
        };
        let integration = operation.get(INTEGRATION).and_then(|node| stack.resolver.follow(node));
        let integration = integration.map(|node| self.referred(node));
        let target = integration
            .map_or(Target::Other, |node| target::of(stack, node.get("uri"), node.get("credentials")));
        let security = operation.get("security").or_else(|| self.root.get("security"));
        let authorizer = security.and_then(|node| node.items().first()?.members().first());
        Some(ApiRoute {
            settings: RouteSettings::default(),
            route,
            target,
            authorizer: authorizer.map(|member| member.key.clone()),
            auth: self.auth(operation, authorizer.map(|member| member.key.as_str())),
            origin: self.origin(operation),
        })
    }

    /// A `$ref` inside of the body.
    fn referred(&self, node: &'t Node) -> &'t Node {
        let found =
            node.text_of("$ref").and_then(|reference| reference.strip_prefix("#/")).and_then(|path| {
                path.split('/').try_fold(self.root, |node, name| node.get(&name.replace("~1", "/")))
            });
        found.unwrap_or(node)
    }

    /// What is asked of the callers of an operation with that security scheme.
    fn auth(&self, operation: &'t Node, scheme: Option<&str>) -> Auth {
        if let Some(kind) = operation.get("x-amazon-apigateway-auth") {
            return Auth::of_type(kind.text_of("type").map(str::to_ascii_uppercase).as_deref());
        }
        let Some(name) = scheme else { return Auth::Open };
        match self.schemes().iter().find(|scheme| scheme.key == name) {
            Some(scheme) if scheme.value.get(AUTHORIZER).is_some() => Auth::Authorizer,
            Some(scheme) => match scheme.value.text_of("x-amazon-apigateway-authtype") {
                Some(kind) if kind.eq_ignore_ascii_case("awsSigv4") => Auth::Iam,
                Some(_) => Auth::Unknown,
                // An API key alone, or what API Gateway does not read.
                None => Auth::Open,
            },
            None => Auth::Unknown,
        }
    }

    fn schemes(&self) -> &'t [Member] {
        let schemes = self.root.get("components").and_then(|node| node.get("securitySchemes"));
        let schemes = schemes.or_else(|| self.root.get("securityDefinitions"));
        schemes.and_then(|node| self.apis.stack.resolver.follow(node)).map_or(&[], Node::members)
    }

    fn authorizers(&self) -> Vec<Authorizer> {
        let stack = self.apis.stack;
        let mut authorizers = Vec::new();
        for scheme in self.schemes() {
            let Some(settings) = scheme.value.get(AUTHORIZER) else { continue };
            let role = settings.get("authorizerCredentials");
            let id = format!("{}.{}.AuthorizerId", self.apis.found[self.at].origin.logical_id, scheme.key);
            authorizers.push(Authorizer {
                settings: GuardSettings::default(),
                name: scheme.key.clone(),
                id: Resolved::unknown(&id, scheme.key_span),
                target: target::of(stack, settings.get("authorizerUri"), role),
                origin: self.origin(&scheme.value),
            });
        }
        authorizers
    }
}
