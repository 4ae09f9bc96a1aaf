//! Request → event, and back: one file a flavour, and the kinds that people name.

pub(super) mod alb;
pub mod aliases;
mod deployed;
mod forwarding;
pub(super) mod http;
pub(super) mod http_v1;
mod kinds;
pub(super) mod lattice;
pub mod losses;
pub(super) mod maps;
pub(super) mod rest;
mod test_invoke;
pub(super) mod url;
mod v2;
pub(super) mod websocket;

use super::api::{Api, Caller, Identity, Located};
use super::errors::GatewayError;
use super::flavor::Flavor;
use super::route::{Matched, Route, best_match};
use super::stamp::Stamp;
use crate::http::Request;
use serde_json::Value;

pub use deployed::{Deployed, deployed, header};
pub use kinds::{EventKind, all as kinds};
pub(crate) use rest::{canonical as rest_canonical_name, drops as rest_drops_header};
pub use test_invoke::STAGE as TEST_STAGE;
pub(crate) use v2::{arrives_as_text, joined_query};

/// One call: the API as deployed, the request on the wire, who makes it, and when.
#[derive(Debug, Clone, Copy)]
pub struct Call<'c> {
    /// The API that is called.
    pub api: &'c Api,
    /// The request as the client sends it.
    pub request: &'c Request,
    /// Who calls, after the authorizer.
    pub caller: &'c Caller,
    /// When, and with which ids.
    pub stamp: &'c Stamp,
    /// Which moment of a connection, or of the request, the event tells of.
    pub moment: Moment,
}

/// What an event tells of: mostly a request, but also the moments of a connection, and requests
/// that no client made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moment {
    /// A client's request.
    #[default]
    Request,
    /// A test of a REST API's method in the console, or by `TestInvokeMethod`.
    TestInvoke,
    /// A load balancer looks whether its target is well (L-008).
    HealthCheck,
    /// A client opens a WebSocket connection; the request is the upgrade.
    Connect,
    /// A client sends a message on a WebSocket connection; the request's body is the message.
    Message,
    /// A WebSocket connection was closed; the request's body is the payload of the close frame:
    /// two bytes of code and a reason, or nothing.
    Disconnect,
}

impl Moment {
    /// The moment of a connection that an event tells of; of other events, a request.
    pub fn of_event(event: &Value) -> Self {
        match event.pointer("/requestContext/eventType").and_then(Value::as_str) {
            Some("CONNECT") => Self::Connect,
            Some("MESSAGE") => Self::Message,
            Some("DISCONNECT") => Self::Disconnect,
            _ => Self::Request,
        }
    }

    /// The API as events of this moment show it.
    pub fn seen_by(self, api: Api) -> Api {
        if self == Self::TestInvoke { test_invoke::seen_by(api) } else { api }
    }

    /// Whether there is a URL that someone calls.
    pub fn has_url(self) -> bool {
        self != Self::TestInvoke
    }

    /// The path that is called when nobody names one: a test calls the resource's own template
    ///
    pub fn default_path(self, api: &Api) -> &str {
        match self {
            Self::TestInvoke => api.routes.first().and_then(Route::template).unwrap_or("/"),
            _ => "/",
        }
    }
}

/// A request that reaches no function: the gateway answers it itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unroutable {
    /// What the gateway answers.
    pub answer: &'static GatewayError,
    /// Why, for the person at the terminal.
    pub reason: String,
}

/// A request that found its route.
struct Routed {
    located: Located,
    route: Route,
    /// Names and raw values of the path parameters.
    parameters: Vec<(String, String)>,
}

impl<'c> Call<'c> {
    /// A client's request.
    pub fn new(api: &'c Api, request: &'c Request, caller: &'c Caller, stamp: &'c Stamp) -> Self {
        Self { api, request, caller, stamp, moment: Moment::Request }
    }
    /// The event that the function receives.
    ///
    /// # Errors
    /// [`Unroutable`] if no stage and route of the API takes the request.
    pub fn event(&self) -> Result<Value, Unroutable> {
        (self.api.flavor.facts().build_event)(self)
    }

    /// Finds the stage and the route that take the request, by the method that the gateway goes by.
    fn route(&self, method: &str) -> Result<Routed, Unroutable> {
        let answer = self.api.flavor.facts().no_route;
        let located = self.api.locate(&self.request.path).ok_or_else(|| Unroutable {
            answer,
            reason: format!("the path {} does not start with {}", self.request.path, self.api.prefix()),
        })?;
        if self.api.routes.is_empty() {
            let template = super::route::own_template(&located.below);
            let route = Route::of(method, template);
            return Ok(Routed { located, route, parameters: Vec::new() });
        }
        match best_match(&self.api.routes, method, &located.below) {
            Some(Matched { route, parameters }) => Ok(Routed { located, route: route.clone(), parameters }),
            None => Err(Unroutable { answer, reason: format!("no route takes {method} {}", located.below) }),
        }
    }

    /// The key of the route that takes the request.
    pub(super) fn route_key(&self) -> Option<String> {
        self.route(&self.request.method).ok().map(|routed| routed.route.to_string())
    }

    /// The host that the client calls: its own `Host` header, else the API's name.
    fn host(&self) -> String {
        self.request.headers.get("host").map_or_else(|| self.api.host(), str::to_owned)
    }

    /// The host without a port, and its first label.
    fn domain(&self) -> (String, String) {
        let host = self.host();
        let port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let name = host.rsplit_once(':').filter(|(_, end)| port(end)).map_or(host.as_str(), |(name, _)| name);
        let name = name.to_owned();
        let prefix = name.split('.').next().unwrap_or_default().to_owned();
        (name, prefix)
    }
}

/// Turns an event back into the request that it describes, as far as the event tells: what the
/// gateway added is left out, and what it dropped is lost.
///
/// # Errors
/// `None` if the event is of no flavour that we know, or lacks what every event of it has.
pub fn request_of(event: &Value) -> Option<Request> {
    let flavor = Flavor::of_event(event)?;
    (flavor.facts().read_event)(event)
}

/// The path of an event below its stage, for sending its request to another place.
pub fn path_below_stage(event: &Value) -> Option<String> {
    let request = request_of(event)?;
    let stage = event.pointer("/requestContext/stage").and_then(Value::as_str).unwrap_or("$default");
    let below = request.path.strip_prefix(&format!("/{stage}"));
    Some(match below {
        Some("") => "/".to_owned(),
        Some(below) if below.starts_with('/') => below.to_owned(),
        _ => request.path,
    })
}

/// What IAM tells of a caller.
struct IamCaller {
    account: String,
    access_key: String,
    /// `<unique id>` of a user, `<unique id>:<session>` of an assumed role.
    caller: String,
    arn: String,
}

impl IamCaller {
    fn of(identity: &Identity, api: &Api, stamp: &Stamp) -> Option<Self> {
        let Identity::Iam { arn } = identity else { return None };
        let account = arn.split(':').nth(4).filter(|account| !account.is_empty());
        let session = arn.split_once(":assumed-role/").and_then(|(_, rest)| rest.split_once('/'));
        let caller = match session {
            Some((_, session)) => format!("AROA{}:{session}", stamp.upper("caller", 17)),
            None => format!("AIDA{}", stamp.upper("caller", 17)),
        };
        Some(Self {
            account: account.unwrap_or(&api.account).to_owned(),
            access_key: format!("ASIA{}", stamp.upper("access-key", 16)),
            caller,
            arn: arn.clone(),
        })
    }
}

/// The bytes of an event's body; `None` if it says base64 and is not.
fn body_bytes(event: &Value) -> Option<Vec<u8>> {
    let body = event.get("body").and_then(Value::as_str).unwrap_or_default();
    match event.get("isBase64Encoded").and_then(Value::as_bool) {
        Some(true) => crate::http::encoding::base64_decode(body),
        _ => Some(body.as_bytes().to_vec()),
    }
}
