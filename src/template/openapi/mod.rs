//! OpenAPI 3.0 and 3.1: the routes of the API, and a request for every operation.
//!
//! A value comes from what the document says about it: `example` and `examples` first, then
//! `const`, `default` and `enum`, else one of its type and format, the same each time. Parameters
//! that are deprecated are left out; all others are sent.

mod body;
mod parameters;
pub(super) mod reference;
mod responses;
mod schema;
mod servers;
#[cfg(test)]
mod tests;

use super::{Document, Member, Node, TemplateError};
use crate::gateway::Route;
use crate::http::Request;
use crate::json::Span;
use reference::References;
use serde_json::Value;

pub use responses::{DescribedResponse, ResponseSchema};
pub use servers::Base;

/// The members of a path item that are operations.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"];

/// A document of OpenAPI.
#[derive(Debug, Clone)]
pub struct Spec<'d> {
    root: &'d Node,
    /// The operations in the order of the document.
    pub operations: Vec<Operation<'d>>,
    /// The routes of the API, one for each operation.
    pub routes: Vec<Route>,
    /// `x-amazon-apigateway-binary-media-types`.
    pub binary_media_types: Vec<String>,
}

/// One operation: a method of a path.
#[derive(Debug, Clone)]
pub struct Operation<'d> {
    /// The `operationId`.
    pub id: Option<String>,
    /// The method in capital letters; `ANY` for API Gateway's any-method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Where the operation stands.
    pub span: Span,
    node: &'d Node,
    item: &'d Node,
}

/// The request of an operation, and where its server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The request; its path begins with the path of the server.
    pub request: Request,
    /// The server.
    pub base: Base,
}

impl Operation<'_> {
    /// The route key: `GET /users/{id}`.
    pub fn key(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The first status of success that it describes by its number.
    pub fn success(&self) -> Option<u16> {
        let responses = self.node.get("responses").map_or(&[][..], Node::members);
        let mut statuses = responses.iter().filter_map(|response| response.key.parse().ok());
        statuses.find(|status| (200..300).contains(status))
    }

    /// Whether a person means this operation by a name: its id, or its route key.
    pub fn is_called(&self, name: &str) -> bool {
        let same_key = || {
            let (method, path) = name.split_once(char::is_whitespace)?;
            Some(method.eq_ignore_ascii_case(&self.method) && path.trim() == self.path)
        };
        self.id.as_deref() == Some(name) || same_key().unwrap_or(false)
    }
}

impl<'d> Spec<'d> {
    /// Reads the paths of a document.
    ///
    /// # Errors
    /// [`TemplateError`] if it is no OpenAPI 3 or has a path that is none.
    pub fn of(document: &'d Document) -> Result<Self, TemplateError> {
        let root = document.root();
        check_version(root)?;
        let mut spec =
            Self { root, operations: Vec::new(), routes: Vec::new(), binary_media_types: Vec::new() };
        let paths = root.get("paths").map_or(&[][..], Node::members);
        for path in paths.iter().filter(|path| path.key.starts_with('/')) {
            let item = References::new(root).resolve(&path.value)?;
            for member in item.members() {
                if METHODS.contains(&member.key.as_str()) {
                    let operation = operation(&path.key, &member.key, &member.value, item);
                    let route = Route::parse(&operation.key()).map_err(|error| {
                        TemplateError::new(path.key_span, error.to_string())
                            .hint("API Gateway does not import such a path")
                    })?;
                    spec.routes.push(route);
                    spec.operations.push(operation);
                }
            }
        }
        if spec.operations.is_empty() {
            let span = root.get("paths").map_or(root.span, |paths| paths.span);
            return Err(TemplateError::new(span, "there is no operation under `paths`")
                .hint("write paths: {/users: {get: {…}}}"));
        }
        let types = root.get("x-amazon-apigateway-binary-media-types").map_or(&[][..], Node::items);
        spec.binary_media_types = types.iter().filter_map(Node::text).map(str::to_owned).collect();
        Ok(spec)
    }

    /// The request of an operation.
    ///
    /// # Errors
    /// [`TemplateError`] if a `$ref` leads nowhere or round in a circle.
    pub fn sample(&self, operation: &Operation<'_>) -> Result<Sample, TemplateError> {
        self.sample_with(operation, None)
    }

    /// The requests of an operation: one for each named example of its body, else one.
    ///
    /// # Errors
    /// [`TemplateError`] if a `$ref` leads nowhere or round in a circle.
    pub fn samples(&self, operation: &Operation<'d>) -> Result<Vec<(Option<String>, Sample)>, TemplateError> {
        let examples = body::examples(&References::new(self.root), operation.node)?;
        if examples.len() < 2 {
            return Ok(vec![(None, self.sample(operation)?)]);
        }
        let sample =
            |own: &'d Member| Ok((Some(own.key.clone()), self.sample_with(operation, Some(&own.value))?));
        examples.iter().map(sample).collect()
    }

    fn sample_with<'n>(
        &'n self,
        operation: &Operation<'n>,
        example: Option<&'n Node>,
    ) -> Result<Sample, TemplateError> {
        let references = References::new(self.root);
        let base = servers::base(self.root, operation.item, operation.node)?;
        let parameters = parameters::of(&references, operation.item, operation.node)?;
        let method = if operation.method == "ANY" { "GET" } else { operation.method.as_str() };
        let path = parameters::fill(&operation.path, &parameters, operation.span)?;
        let mut request = Request::new(method, format!("{}{path}", base.path));
        parameters::put(&parameters, &mut request);
        body::put(&references, operation.node, example, &mut request)?;
        Ok(Sample { request, base })
    }
}

/// A value for a schema that is a document of its own; `None` if none is ever complete.
///
/// # Errors
/// [`TemplateError`] if a `$ref` leads nowhere or round in a circle.
pub fn sample_of(schema: &Document) -> Result<Option<Value>, TemplateError> {
    schema::Sampler::new(References::new(schema.root())).sample(schema.root())
}

fn check_version(root: &Node) -> Result<(), TemplateError> {
    let hint = "give a document that begins with openapi: 3.0.x or 3.1.x";
    if let Some(swagger) = root.get("swagger") {
        let error = TemplateError::new(swagger.span, "this is Swagger 2, the format before OpenAPI 3");
        return Err(error.hint("convert it first, with `npx swagger2openapi` for example"));
    }
    let Some(version) = root.get("openapi") else {
        return Err(
            TemplateError::new(root.span, "this is no OpenAPI document: it has no `openapi`").hint(hint)
        );
    };
    let text = version.text().map_or_else(|| version.to_json().to_string(), str::to_owned);
    match text.strip_prefix('3') {
        Some(rest) if rest.is_empty() || rest.starts_with('.') => Ok(()),
        _ => Err(TemplateError::new(version.span, "only OpenAPI 3 is read").hint(hint)),
    }
}

fn operation<'d>(path: &str, method: &str, node: &'d Node, item: &'d Node) -> Operation<'d> {
    let method = if method.starts_with("x-") { "ANY".to_owned() } else { method.to_ascii_uppercase() };
    let id = node.text_of("operationId").map(str::to_owned);
    Operation { id, method, path: path.to_owned(), span: node.span, node, item }
}
