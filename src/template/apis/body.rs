//! OpenAPI and Swagger bodies: routes by `x-amazon-apigateway-integration`, and what the document
//! says about answering them.

mod requests;
mod security;
mod whole;

use super::{Apis, policies, target};
use crate::gateway::{Flavor, Route};
use crate::template::cfn::{Resolved, Stack, call};
use crate::template::integrations::{IntegrationSays, NO_INTEGRATION, failing};
use crate::template::mock::{Mock, MockResponse};
use crate::template::model::{ApiRoute, Model, Origin, Target};
use crate::template::node::{Kind, Node};
use crate::template::settings::{Obstacle, RouteSettings, WayOut};
use requests::Validators;

const INTEGRATION: &str = "x-amazon-apigateway-integration";
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"];

/// The kind of API that a document describes: only HTTP APIs have versions of payloads, a
/// configuration of CORS, JWT authorizers, and exports with a version.
pub(super) fn flavor(root: &Node) -> Flavor {
    let own = ["x-amazon-apigateway-cors", "x-amazon-apigateway-importexport-version"];
    let mut operations =
        root.get("paths").map_or(&[][..], Node::members).iter().flat_map(|path| path.value.members());
    let is_http = own.iter().any(|key| root.get(key).is_some())
        || security::has_jwt(root)
        || operations.any(|operation| {
            operation.value.get(INTEGRATION).is_some_and(|node| node.get("payloadFormatVersion").is_some())
        });
    if is_http { Flavor::Http } else { Flavor::Rest }
}

/// Reads the body of an API.
pub(super) fn read<'t>(apis: &mut Apis<'_, 't>, at: usize, body: Option<&'t Node>, model: &mut Model) {
    let stack = apis.stack;
    let Some(body) = body.and_then(|body| stack.resolver.follow(body)) else { return };
    if let Some((name, _)) = call(body) {
        let api = &mut apis.found[at];
        let why = format!("its definition comes from {name}: its routes are not known");
        let name = &api.origin.logical_id;
        let (message, way_out) = (format!("{name}: {why}"), WayOut::NoApi(name.clone()));
        api.settings.obstacles.push(Obstacle { message: message.clone(), span: body.span, way_out });
        return model.leave_out(body.span, message);
    }
    policies::of_api(apis, at, body.get("x-amazon-apigateway-policy"), model);
    let api = &apis.found[at];
    let reading = Body { stack, root: body, flavor: api.flavor, origin: api.origin.clone() };
    let authorizers = reading.authorizers();
    let mut settings = api.settings.clone();
    reading.whole(&mut settings);
    let (mut routes, validators) = (Vec::new(), reading.validators());
    for path in body.get("paths").map_or(&[][..], Node::members) {
        let Some(item) = stack.resolver.follow(&path.value) else { continue };
        for member in item.members() {
            if METHODS.contains(&member.key.to_ascii_lowercase().as_str()) {
                routes.extend(reading.route((&path.key, &member.key), item, &member.value, &validators));
            }
        }
    }
    apis.found[at].settings = settings;
    apis.found[at].authorizers.extend(authorizers);
    apis.found[at].routes.extend(routes);
}

struct Body<'s, 't> {
    stack: &'s Stack<'t>,
    root: &'t Node,
    flavor: Flavor,
    /// Where the API comes from.
    origin: Origin,
}

impl<'t> Body<'_, 't> {
    fn origin(&self, node: &Node) -> Origin {
        Origin { span: node.span, ..self.origin.clone() }
    }

    fn route(
        &self,
        (path, method): (&str, &str),
        item: &'t Node,
        operation: &'t Node,
        validators: &Validators<'t>,
    ) -> Option<ApiRoute> {
        let operation = self.stack.resolver.follow(operation)?;
        let is_any = method.starts_with("x-");
        let route = match path {
            "$default" | "/$default" if self.flavor != Flavor::Rest && is_any => Route::Default,
            _ => Route::of(if is_any { "ANY" } else { method }, path),
        };
        let integration = self.get(operation, INTEGRATION).map(|node| self.referred(node));
        let target = integration
            .map_or(Target::Other, |node| target::of(self.stack, node.get("uri"), node.get("credentials")));
        let asked = self.asked(operation);
        let mut settings = RouteSettings {
            scopes: asked.scopes,
            api_key_required: asked.api_key,
            ..RouteSettings::default()
        };
        match integration {
            Some(node) => {
                self.integration(node).fill(&target, &mut settings);
                if self.flavor == Flavor::Rest {
                    let method = self.text(node, "httpMethod");
                    let mapped = self.pairs(node, "requestParameters");
                    settings.failing = failing(method.as_ref().map(Resolved::text), &mapped);
                }
            }
            None => {
                settings.bare = true;
                settings.obstacle = Some(NO_INTEGRATION.to_owned());
            }
        }
        if self.flavor == Flavor::Rest {
            self.requests(item, operation, validators, &mut settings);
        }
        if asked.api_key && self.has_authorizer_keys() {
            settings.obstacle.get_or_insert_with(|| {
                "its API key comes from its authorizer (api-key-source AUTHORIZER), which is not emulated"
                    .to_owned()
            });
        }
        let (authorizer, auth) = (asked.authorizer, asked.auth);
        Some(ApiRoute { settings, route, target, authorizer, auth, origin: self.origin(operation) })
    }

    fn integration(&self, node: &'t Node) -> IntegrationSays {
        let text = |name: &str| self.text(node, name);
        let has = |name: &str| self.get(node, name).is_some_and(|node| !node.members().is_empty());
        let is_mapping =
            self.flavor == Flavor::Http && (has("requestParameters") || has("responseParameters"));
        IntegrationSays {
            kind: text("type"),
            subtype: text("integrationSubtype"),
            connection: text("connectionType"),
            uri: text("uri"),
            is_mapping,
            payload: text("payloadFormatVersion"),
            timeout: text("timeoutInMillis"),
            transfer: text("responseTransferMode"),
            mock: self.mock(node),
        }
    }

    fn mock(&self, node: &'t Node) -> Mock {
        let responses = self.get(node, "responses").map_or(&[][..], Node::members).iter();
        let responses = responses.filter_map(|member| {
            let response = self.stack.resolver.follow(&member.value)?;
            Some(MockResponse {
                pattern: (member.key != "default").then(|| member.key.clone()),
                status: self.text(response, "statusCode")?.text().to_owned(),
                parameters: self.pairs(response, "responseParameters"),
                templates: self.pairs(response, "responseTemplates"),
            })
        });
        Mock { templates: self.pairs(node, "requestTemplates"), responses: responses.collect() }
    }

    /// A `$ref` inside of the body.
    fn referred(&self, node: &'t Node) -> &'t Node {
        self.references().resolve(node).unwrap_or(node)
    }

    /// A member of a map, without conditions.
    fn get(&self, node: &'t Node, name: &str) -> Option<&'t Node> {
        self.stack.resolver.follow(node.get(name)?)
    }

    /// The text of a member, which may be a number or a boolean.
    fn text(&self, node: &'t Node, name: &str) -> Option<Resolved> {
        self.stack.resolver.text(node.get(name)?)
    }

    fn is_true(&self, node: &'t Node, name: &str) -> bool {
        self.text(node, name).is_some_and(|text| text.text() == "true")
    }

    /// The texts of a member that is a list, or one text.
    fn texts(&self, node: &'t Node, name: &str) -> Vec<Resolved> {
        let Some(node) = self.get(node, name) else { return Vec::new() };
        match &node.kind {
            Kind::List(items) => items.iter().filter_map(|item| self.stack.resolver.text(item)).collect(),
            _ => self.stack.resolver.text(node).into_iter().collect(),
        }
    }

    /// The members of a map of texts.
    fn pairs(&self, node: &'t Node, name: &str) -> Vec<(String, String)> {
        let members = self.get(node, name).map_or(&[][..], Node::members).iter();
        let pair = |(key, node)| Some((key, self.stack.resolver.text(node)?.text().to_owned()));
        members.filter_map(|member| pair((member.key.clone(), &member.value))).collect()
    }
}
