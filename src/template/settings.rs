//! What a template says of an API beside routes and their targets: all that answering its requests
//! depends on.
//!
//! Each kind of template fills the same settings; what one of them does not say keeps its default.

use super::model::ApiRoute;
use crate::gateway::door::{GatewayResponses, Parameter};
use crate::gateway::{Cors, IdentitySource};
use crate::http::Response;
use crate::json::Span;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// The settings of an API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApiSettings {
    /// The binary media types of a REST API.
    pub binary_media_types: Vec<String>,
    /// The CORS configuration of an HTTP API or a function URL.
    pub cors: Option<Cors>,
    /// The gateway responses that a REST API customises.
    pub responses: GatewayResponses,
    /// The stage that is served, where it is not the first.
    pub stage: Option<String>,
    /// The variables of that stage.
    pub stage_variables: Vec<(String, String)>,
    /// The base paths of custom domains that lead to it, without slashes around them; empty: the root.
    pub base_paths: Vec<String>,
    /// The values of API keys, where the template gives them.
    pub api_keys: Vec<String>,
    /// How a WebSocket API finds the route of a message.
    pub route_selection: Option<String>,
    /// Whether a function URL streams.
    pub streaming: bool,
    /// The `OPTIONS` routes that SAM makes for a REST API with `Cors`. No policy is about them.
    pub preflights: Vec<ApiRoute>,
    /// What of the API cannot be emulated.
    pub obstacles: Vec<Obstacle>,
}

/// The settings of a route.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteSettings {
    /// The answer of a `MOCK` integration.
    pub mock: Option<Response>,
    /// The payload format of the event, where the integration says it.
    pub payload: Option<PayloadVersion>,
    /// Whether the response is streamed (`responseTransferMode`, `STREAM`).
    pub streaming: bool,
    /// How long the gateway waits for the function.
    pub timeout: Option<Duration>,
    /// The default authorizer, where the route names none of its own.
    pub default_authorizer: Option<String>,
    /// The scopes of which a token must have one.
    pub scopes: Vec<String>,
    /// Whether a call needs an API key.
    pub api_key_required: bool,
    /// The parameters that its validator asks for; empty where it does not look at them.
    pub required: Vec<Parameter>,
    /// The models that its validator holds bodies to, by content type: JSON Schema, with the models
    /// of its references written out. Empty where it does not look at bodies.
    pub models: Vec<(String, Value)>,
    /// Whether a WebSocket route sends back what its function returns.
    pub route_response: bool,
    /// Whether the document says nothing of who answers it, as OpenAPI without integrations does.
    pub bare: bool,
    /// Why AWS fails every call of it.
    pub failing: Option<String>,
    /// Why the route cannot be emulated.
    pub obstacle: Option<String>,
}

/// The settings of an authorizer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GuardSettings {
    /// Who decides.
    pub kind: GuardType,
    /// Where the identity stands; empty: where it usually does.
    pub identity_sources: Vec<IdentitySource>,
    /// How long an answer is kept, where the template says it.
    pub ttl: Option<Duration>,
    /// Whether simple responses are enabled.
    pub simple_responses: bool,
    /// The payload format of its event, for HTTP APIs.
    pub payload: Option<PayloadVersion>,
    /// The pattern that a token has to match before the function of a TOKEN authorizer is asked.
    pub validation: Option<String>,
    /// Why it cannot be emulated.
    pub obstacle: Option<String>,
}

/// Who decides for an authorizer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GuardType {
    /// A function that gets one header (REST).
    Token,
    /// A function that gets the request.
    Request,
    /// The signature of a token (HTTP API).
    Jwt {
        /// Who issues the tokens.
        issuer: String,
        /// Who they may be for; one of them is enough.
        audience: Vec<String>,
    },
    /// The user pools of a REST API, by their ARNs.
    Cognito(Vec<String>),
    /// It is not known.
    #[default]
    Unknown,
}

/// The payload format of an HTTP API's event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadVersion {
    /// `1.0`
    V1,
    /// `2.0`
    V2,
}

/// Something that a template describes and that cannot be emulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What, and why.
    pub message: String,
    /// Where it stands.
    pub span: Span,
    /// What leaves it out.
    pub way_out: WayOut,
}

/// How something that cannot be emulated is left out by name, or replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayOut {
    /// Its authorizer is switched off.
    NoAuth(String),
    /// The route, by its key, is not served.
    NoRoute(String),
    /// A function is given for the route, by its key.
    Function(String),
    /// The API is not served.
    NoApi(String),
}

/// The flag that leaves it out.
impl fmt::Display for WayOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuth(name) => write!(f, "--no-auth {name}"),
            Self::NoRoute(key) => write!(f, "--no-route '{key}'"),
            Self::Function(key) => write!(f, "--function '{key}=TARGET', or --no-route '{key}'"),
            Self::NoApi(name) => write!(f, "--no-api {name}"),
        }
    }
}
