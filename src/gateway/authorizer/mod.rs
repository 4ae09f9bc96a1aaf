//! Lambda authorizers: the call that is authorized → event, and result → what the gateway does.
//!
//! An authorizer belongs to an API of a flavour; what differs between the kinds stands in one
//! table here. Events are in one file a flavour, decisions in `decide` over the shapes that
//! `schemas/result/authorizer-*.json` accept.

mod decide;
mod http;
mod policy;
mod rest;
mod source;
mod websocket;

use super::arn;
use super::errors::{self, GatewayError};
use super::event::{Call, Unroutable};
use super::flavor::Flavor;
use super::notice::{Evidence, Notice};
use super::respond::shape;
use serde_json::Value;
use std::fmt;

pub use decide::{Decision, decide, identity};
pub use source::IdentitySource;

/// The kinds of Lambda authorizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthorizerKind {
    /// REST API, identified by one header.
    Token,
    /// REST API, identified by the request.
    Request,
    /// HTTP API, payload format 2.0.
    Http,
    /// HTTP API, payload format 1.0.
    HttpV1,
    /// WebSocket API, for `$connect`.
    Websocket,
}

/// What a kind of authorizer is, in one row.
pub struct AuthorizerFacts {
    /// The kind that this row describes.
    pub kind: AuthorizerKind,
    /// The name on the command line and in reports.
    pub name: &'static str,
    /// The name in sentences.
    pub title: &'static str,
    /// The flavour of the API that it guards.
    pub flavor: Flavor,
    /// The published shape of a result.
    pub result_schema: &'static str,
    /// The answer when it denies the call, by no word of its policy and by an explicit one.
    pub denied: [&'static GatewayError; 2],
    /// The answer when the identity is missing.
    pub unauthorized: &'static GatewayError,
    /// The answer when it failed, or its result cannot be used.
    pub error: &'static GatewayError,
    /// What people find in the logs then.
    pub malformed_log: Option<&'static str>,
    /// Whether a failure with the message `Unauthorized` is the answer 401.
    pub fails_with_unauthorized: bool,
    /// The member of the event that holds the ARN of the call.
    pub arn_key: &'static str,
    /// Where the identity stands unless the API says otherwise.
    pub usual_source: Option<&'static str>,
    /// The fact behind `error` after a failure, and how well it is known.
    pub failure_is_known: (&'static str, Evidence),
    /// The fact behind a denial without a word, and how well it is known.
    pub denial_is_known: (&'static str, Evidence),
    /// The fact behind the cache that keeps a policy for other calls, where there is one.
    pub cache_is_known: Option<(&'static str, Evidence)>,
    refusals: fn(&Value) -> Vec<Notice>,
    build_event: fn(&Authorized<'_>) -> Result<Value, Unroutable>,
}

/// A call that is authorized: its ARN, and what its identity sources hold, in their order.
struct Authorized<'a> {
    call: &'a Call<'a>,
    arn: &'a str,
    identity: &'a [String],
}

static TOKEN: AuthorizerFacts = AuthorizerFacts {
    kind: AuthorizerKind::Token,
    name: "authorizer-token",
    title: "REST API with a TOKEN authorizer",
    flavor: Flavor::Rest,
    result_schema: shape::AUTHORIZER_REST_SCHEMA,
    denied: [&errors::REST_DENIED, &errors::REST_DENIED_EXPLICITLY],
    unauthorized: &errors::REST_UNAUTHORIZED,
    error: &errors::REST_AUTHORIZER_CONFIGURATION,
    malformed_log: Some("x-amzn-ErrorType: AuthorizerConfigurationException"),
    fails_with_unauthorized: true,
    arn_key: "methodArn",
    usual_source: Some("method.request.header.Authorization"),
    failure_is_known: ("R-244", Evidence::Reported),
    denial_is_known: ("R-246", Evidence::Documented),
    cache_is_known: Some(("R-251", Evidence::Documented)),
    refusals: shape::authorizer_rest,
    build_event: rest::token,
};

static REQUEST: AuthorizerFacts = AuthorizerFacts {
    kind: AuthorizerKind::Request,
    name: "authorizer-request",
    title: "REST API with a REQUEST authorizer",
    usual_source: None,
    build_event: rest::request,
    ..TOKEN
};

static HTTP: AuthorizerFacts = AuthorizerFacts {
    kind: AuthorizerKind::Http,
    name: "authorizer-http",
    title: "HTTP API with an authorizer in payload format 2.0",
    flavor: Flavor::Http,
    result_schema: shape::AUTHORIZER_HTTP_SCHEMA,
    denied: [&errors::HTTP_FORBIDDEN; 2],
    unauthorized: &errors::HTTP_UNAUTHORIZED,
    error: &errors::HTTP_MALFORMED,
    malformed_log: None,
    fails_with_unauthorized: false, // H-105: unknown
    arn_key: "routeArn",
    usual_source: Some("$request.header.Authorization"),
    failure_is_known: ("H-105", Evidence::Documented),
    denial_is_known: ("H-103", Evidence::Inferred),
    cache_is_known: Some(("H-106", Evidence::Documented)),
    refusals: shape::authorizer_http,
    build_event: http::v2,
};

static HTTP_V1: AuthorizerFacts = AuthorizerFacts {
    kind: AuthorizerKind::HttpV1,
    name: "authorizer-http-v1",
    title: "HTTP API with an authorizer in payload format 1.0",
    result_schema: shape::AUTHORIZER_HTTP_V1_SCHEMA,
    arn_key: "methodArn",
    refusals: shape::authorizer_http_v1,
    build_event: http::v1,
    ..HTTP
};

static WEBSOCKET: AuthorizerFacts = AuthorizerFacts {
    kind: AuthorizerKind::Websocket,
    name: "authorizer-websocket",
    title: "WebSocket API with an authorizer",
    flavor: Flavor::Websocket,
    result_schema: shape::AUTHORIZER_WEBSOCKET_SCHEMA,
    denied: [&errors::WEBSOCKET_FORBIDDEN; 2],
    unauthorized: &errors::WEBSOCKET_UNAUTHORIZED,
    error: &errors::WEBSOCKET_AUTHORIZER_CONFIGURATION,
    malformed_log: None,
    fails_with_unauthorized: true, // W-020: 401 or 403
    arn_key: "methodArn",
    usual_source: None,
    failure_is_known: ("W-020", Evidence::Inferred),
    denial_is_known: ("W-020", Evidence::Documented),
    cache_is_known: None, // W-028: only $connect is authorized
    refusals: shape::authorizer_websocket,
    build_event: websocket::event,
};

/// The table; a kind's place in it is its discriminant.
static TABLE: [&AuthorizerFacts; AuthorizerKind::ALL.len()] = [&TOKEN, &REQUEST, &HTTP, &HTTP_V1, &WEBSOCKET];

impl AuthorizerKind {
    /// Every kind, in the order in which they are listed to people.
    pub const ALL: [Self; 5] = [Self::Token, Self::Request, Self::Http, Self::HttpV1, Self::Websocket];

    /// The kind's row in the table.
    pub fn facts(self) -> &'static AuthorizerFacts {
        TABLE[self as usize]
    }

    /// The event that the authorizer receives for a call.
    ///
    /// # Errors
    /// [`Unroutable`] if no route takes the request, or if the gateway answers it without asking
    /// the authorizer: an identity source is missing, or the ARN is too long.
    pub fn event(self, call: &Call<'_>) -> Result<Value, Unroutable> {
        /// R-250, in bytes.
        const LONGEST_ARN: usize = 1600;
        let facts = self.facts();
        let sources = self.sources(call);
        if let Some(missing) = sources.iter().find(|source| source.value(call).is_none()) {
            let reason = format!("the request has no {missing}, an identity source of the authorizer");
            return Err(Unroutable { answer: facts.unauthorized, reason }); // H-104
        }
        let arn = arn::of_call(call.api, call.request);
        if facts.flavor == Flavor::Rest && arn.len() > LONGEST_ARN {
            let reason = format!("the ARN of the call has {} bytes, more than {LONGEST_ARN}", arn.len());
            return Err(Unroutable { answer: &errors::REST_URI_TOO_LONG, reason });
        }
        let identity: Vec<_> = sources.iter().filter_map(|source| source.value(call)).collect();
        (facts.build_event)(&Authorized { call, arn: &arn, identity: &identity })
    }

    /// What the identity sources hold in a call, in their order: the key under which its answer may
    /// be kept (R-251, H-106). `None` if one of them is missing.
    pub fn identity(self, call: &Call<'_>) -> Option<Vec<String>> {
        self.sources(call).iter().map(|source| source.value(call)).collect()
    }

    /// The identity sources of the API; a TOKEN authorizer always has one.
    fn sources(self, call: &Call<'_>) -> Vec<IdentitySource> {
        let own = &call.api.authorizer.identity_sources;
        let usual = self.facts().usual_source.filter(|_| own.is_empty() && self == Self::Token);
        usual.map_or_else(|| own.clone(), |usual| IdentitySource::parse(usual).into_iter().collect())
    }

    /// The kind whose events look like this one.
    pub fn of_event(event: &Value) -> Option<Self> {
        let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
        match (text("/type")?, text("/version")) {
            ("TOKEN", None) => Some(Self::Token),
            ("REQUEST", Some("2.0")) => Some(Self::Http),
            ("REQUEST", Some(_)) => Some(Self::HttpV1),
            ("REQUEST", None) if text("/requestContext/connectionId").is_some() => Some(Self::Websocket),
            ("REQUEST", None) => Some(Self::Request),
            _ => None,
        }
    }
}

impl fmt::Display for AuthorizerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.facts().name)
    }
}

#[cfg(test)]
mod tests;
