//! Gateway responses that a REST API customises: status, header fields and body of the gateway's
//! own errors.

use super::plain;
use crate::gateway::errors::GatewayError;
use crate::gateway::respond::Exchange;
use crate::gateway::response_type::ResponseType;
use crate::http::{Body, MediaType, Response};
use serde_json::Value;

/// The gateway responses of an API; those that it does not customise are AWS's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatewayResponses(Vec<GatewayResponse>);

/// What an API answers with in place of an error of the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayResponse {
    /// Which errors.
    pub kind: ResponseType,
    /// The status, if it is another one.
    pub status: Option<u16>,
    /// Header fields: a name and what is put there (see [`GatewayResponse::header`]).
    pub headers: Vec<(String, String)>,
    /// Templates of the body by content type.
    pub templates: Vec<(String, String)>,
}

/// A template or parameter that this model cannot follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: only texts with $context variables are followed, and this has {found}")]
pub struct TemplateMistake {
    what: String,
    found: String,
}

/// Variables that a template may name, the longest of equal beginnings first.
const VARIABLES: [&str; 8] = [
    "$context.error.messageString",
    "$context.error.message",
    "$context.error.responseType",
    "$context.requestId",
    "$context.stage",
    "$context.httpMethod",
    "$context.path",
    "$context.apiId",
];

/// Where parameters of a gateway response begin that set a header.
const HEADER: &str = "gatewayresponse.header.";

impl GatewayResponse {
    /// A type as it is, to be customised.
    pub fn new(kind: ResponseType) -> Self {
        Self { kind, status: None, headers: Vec::new(), templates: Vec::new() }
    }

    /// Sets a header by a response parameter: `gatewayresponse.header.NAME` to a text in single
    /// quotes, to `method.request.header.NAME`, or to `context.requestId`. In templates of SAM the
    /// name stands alone.
    ///
    /// # Errors
    /// A value of another form.
    pub fn header(&mut self, parameter: &str, value: &str) -> Result<(), TemplateMistake> {
        let name = parameter.strip_prefix(HEADER).unwrap_or(parameter);
        let is_text = value.len() >= 2 && value.starts_with('\'') && value.ends_with('\'');
        if !is_text && !value.starts_with("method.request.header.") && value != "context.requestId" {
            return Err(TemplateMistake { what: format!("the header {name}"), found: value.to_owned() });
        }
        self.headers.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Sets the body of a content type.
    ///
    /// # Errors
    /// A template that computes something, or names variables that are not known here.
    pub fn template(&mut self, content_type: &str, template: &str) -> Result<(), TemplateMistake> {
        if let Some(found) = unknown(template) {
            return Err(TemplateMistake { what: format!("the template of {content_type}"), found });
        }
        self.templates.push((content_type.to_owned(), template.to_owned()));
        Ok(())
    }
}

/// The first thing in a template that is not plain text or a known variable.
fn unknown(template: &str) -> Option<String> {
    let directive = |word: &str| template.contains(word).then(|| word.to_owned());
    let computed = ["#set", "#if", "#foreach", "#define", "#macro"].into_iter().find_map(directive);
    computed.or_else(|| {
        let mut rest = template;
        while let Some(at) = rest.find('$') {
            rest = &rest[at..];
            let known = VARIABLES.iter().find(|name| rest.starts_with(**name));
            let end = |c: char| !(c.is_ascii_alphanumeric() || ".$_(){}'".contains(c));
            match known {
                Some(name) => rest = &rest[name.len()..],
                None => return Some(rest[..rest.find(end).unwrap_or(rest.len())].to_owned()),
            }
        }
        None
    })
}

impl GatewayResponses {
    /// Customises a type; the last word on it counts.
    pub fn put(&mut self, response: GatewayResponse) {
        self.0.retain(|own| own.kind != response.kind);
        self.0.push(response);
    }

    /// What the API says of an error of the gateway.
    pub(super) fn answer(&self, exchange: &Exchange<'_>, error: &GatewayError) -> Response {
        self.dress(exchange, error, plain(exchange, error), &error.message())
    }

    /// The same, of an error whose message tells of the request.
    pub(super) fn answer_saying(
        &self,
        exchange: &Exchange<'_>,
        error: &GatewayError,
        message: &str,
    ) -> Response {
        let mut response = plain(exchange, error);
        let body = format!("{{\"message\":{}}}", Value::from(message));
        put_body(&mut response, body.into_bytes());
        self.dress(exchange, error, response, message)
    }

    /// The customised form of a type, else that of its class.
    fn of(&self, kind: ResponseType) -> Option<&GatewayResponse> {
        let own = |kind: ResponseType| self.0.iter().find(|own| own.kind == kind);
        own(kind).or_else(|| own(kind.fallback()?))
    }

    fn dress(
        &self,
        exchange: &Exchange<'_>,
        error: &GatewayError,
        mut response: Response,
        message: &str,
    ) -> Response {
        let Some((kind, own)) = error.kind.and_then(|kind| Some((kind, self.of(kind)?))) else {
            return response;
        };
        response.status = own.status.unwrap_or(response.status);
        if let Some((content_type, template)) = own.template_for(exchange) {
            let body = fill(template, kind, exchange, message);
            response.headers.set("Content-Type", content_type);
            put_body(&mut response, body.into_bytes());
        }
        for (name, value) in &own.headers {
            if let Some(value) = parameter(value, exchange) {
                response.headers.set(name, value);
            }
        }
        response
    }
}

impl GatewayResponse {
    /// The template for what the caller accepts, else that of JSON, else the first.
    fn template_for(&self, exchange: &Exchange<'_>) -> Option<(&str, &str)> {
        let accepted = exchange.request.headers.get("accept").map(MediaType::parse);
        let of = |wanted: &str| self.templates.iter().find(|(own, _)| own.eq_ignore_ascii_case(wanted));
        let template = accepted.and_then(|accepted| of(accepted.essence()));
        let template = template.or_else(|| of("application/json")).or_else(|| self.templates.first());
        template.map(|(content_type, template)| (content_type.as_str(), template.as_str()))
    }
}

fn put_body(response: &mut Response, body: Vec<u8>) {
    if response.headers.contains("content-length") {
        response.headers.set("Content-Length", body.len().to_string());
    }
    response.body = Body(body);
}

/// The value of a header parameter; nothing if the request has no such header.
fn parameter(value: &str, exchange: &Exchange<'_>) -> Option<String> {
    if let Some(name) = value.strip_prefix("method.request.header.") {
        return exchange.request.headers.get(name).map(str::to_owned);
    }
    match value {
        "context.requestId" => Some(exchange.stamp.uuid("request")),
        text => Some(text.trim_matches('\'').to_owned()),
    }
}

/// A template with its variables replaced; `messageString` has its quotes.
fn fill(template: &str, kind: ResponseType, exchange: &Exchange<'_>, message: &str) -> String {
    let mut filled = String::with_capacity(template.len() + message.len());
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(name) = VARIABLES.iter().find(|name| rest.starts_with(**name)) else { break };
        match *name {
            "$context.error.messageString" => filled.push_str(&Value::from(message).to_string()),
            "$context.error.message" => filled.push_str(message),
            "$context.error.responseType" => filled.push_str(kind.name()),
            "$context.requestId" => filled.push_str(&exchange.stamp.uuid("request")),
            "$context.stage" => filled.push_str(&exchange.api.stage),
            "$context.httpMethod" => filled.push_str(&exchange.request.method),
            "$context.path" => filled.push_str(&exchange.request.path),
            _ => filled.push_str(&exchange.api.id),
        }
        rest = &rest[name.len()..];
    }
    filled + rest
}
