//! The flags that describe a call: request, API, caller and stamp; shared by `event gen` and
//! `invoke`.

use super::body_flags::BodyFlags;
use super::values;
use crate::gateway::{Api, Cors, Setting};
use crate::lint::Expected;
use clap::{Args, ValueEnum};

/// The request, in curl's words.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Request")]
pub struct RequestFlags {
    /// Path and query below the stage, such as '/users/42?a=1&a=2'
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,
    /// The method, instead of the kind's own
    #[arg(short = 'X', long = "method", visible_alias = "request", value_name = "METHOD")]
    pub method: Option<String>,
    /// A header, or @FILE with one on each line; may be repeated, also for the same name. 'Name;' is
    /// empty, and 'Name:' takes away what would be sent otherwise
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    pub headers: Vec<String>,
    /// What makes the body.
    #[command(flatten)]
    pub body: BodyFlags,
    /// Put the data into the query, and send no body
    #[arg(short = 'G', long)]
    pub get: bool,
    /// Ask for the head alone: the method HEAD
    #[arg(short = 'I', long)]
    pub head: bool,
    /// A query parameter, encoded for you; may be repeated
    #[arg(long = "query", value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub query: Vec<String>,
    /// A piece of the query, as --data-urlencode takes it, or raw behind a +
    #[arg(long = "url-query", value_name = "DATA", allow_hyphen_values = true)]
    pub url_query: Vec<String>,
    /// A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too
    #[arg(short = 'b', long = "cookie", value_name = "NAME=VALUE|FILE")]
    pub cookies: Vec<String>,
    /// User and password, for basic authentication
    #[arg(short = 'u', long, value_name = "USER:PASSWORD")]
    pub user: Option<String>,
    /// The User-Agent
    #[arg(short = 'A', long, value_name = "NAME")]
    pub user_agent: Option<String>,
    /// The Referer
    #[arg(short = 'e', long, value_name = "URL")]
    pub referer: Option<String>,
}

impl RequestFlags {
    /// Whether any of them was given.
    pub fn any(&self) -> bool {
        let lists = [&self.headers, &self.query, &self.url_query, &self.cookies];
        let texts = [&self.path, &self.method, &self.user, &self.user_agent, &self.referer];
        let has_lists = lists.iter().any(|list| !list.is_empty());
        has_lists || texts.iter().any(|text| text.is_some()) || !self.body.is_empty() || self.get || self.head
    }

    /// Whether there is a body, be it empty.
    pub(super) fn has_body(&self) -> bool {
        !self.body.is_empty() && !self.get
    }

    /// Whether there is something for the query beside that of a path.
    pub(super) fn has_query(&self) -> bool {
        !self.query.is_empty() || !self.url_query.is_empty() || self.get
    }
}

/// The API as it is deployed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "API")]
pub struct ApiFlags {
    /// A route of the API, such as 'GET /users/{id}', or a route key of a WebSocket API; may be
    /// repeated. Without any, the path itself is the resource
    #[arg(long = "route", value_name = "METHOD PATH")]
    pub routes: Vec<String>,
    /// The stage [default: from the URL, else $default for HTTP APIs and prod for others]
    #[arg(long, value_parser = values::stage)]
    pub stage: Option<String>,
    /// A stage variable; may be repeated
    #[arg(long = "stage-variable", value_name = "NAME=VALUE")]
    pub stage_variables: Vec<String>,
    /// A binary media type of a REST API, such as image/png or */*; may be repeated
    #[arg(long = "binary-media-type", value_name = "TYPE", value_parser = values::media_type)]
    pub binary_media_types: Vec<String>,
    /// The endpoint type of a REST API
    #[arg(long, value_name = "TYPE")]
    pub endpoint_type: Option<EndpointType>,
    /// A custom domain name, with the base path that the API is mapped to
    #[arg(long, value_name = "NAME[/BASE]", value_parser = values::domain)]
    pub custom_domain: Option<String>,
    /// The account that owns the API [default: 123456789012]
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// The region [default: from the URL, else us-east-1]
    #[arg(long, value_parser = values::label)]
    pub region: Option<String>,
    /// The id of the API or function URL, or the name of the load balancer's target group
    /// [default: from the URL, else a fixed one]
    #[arg(long, value_name = "ID", value_parser = values::label)]
    pub api_id: Option<String>,
    /// The function URL streams: its invoke mode is RESPONSE_STREAM
    #[arg(long)]
    pub streaming: bool,
}

/// The endpoint types of REST APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EndpointType {
    /// Behind CloudFront
    Edge,
    /// In one region, reached directly
    Regional,
    /// Inside a VPC
    Private,
}

/// Who calls.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Caller")]
pub struct CallerFlags {
    /// The client's address [default: 203.0.113.10]
    #[arg(long, value_name = "ADDRESS", value_parser = values::address)]
    pub source_ip: Option<String>,
    /// The principal that a Lambda authorizer named
    #[arg(long, value_name = "ID", conflicts_with_all = ["claims", "iam"])]
    pub principal: Option<String>,
    /// An entry of a Lambda authorizer's context; the value is read as JSON if it is JSON
    #[arg(long = "context", value_name = "NAME=VALUE", conflicts_with_all = ["claims", "iam"])]
    pub context: Vec<String>,
    /// A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated
    #[arg(long = "claim", id = "claims", value_name = "NAME=VALUE", conflicts_with = "iam")]
    pub claims: Vec<String>,
    /// The IAM user or assumed role that signed the request
    #[arg(long, value_name = "ARN")]
    pub iam: Option<String>,
    /// The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file
    #[arg(long, value_name = "KEY|@FILE")]
    pub api_key: Option<String>,
}

/// The connection of a WebSocket API.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "WebSocket connection")]
pub struct ConnectionFlags {
    /// The id of the connection [default: one that depends on the request]
    #[arg(long, value_name = "ID")]
    pub connection_id: Option<String>,
    /// How the API finds the route of a message [default: $request.body.action]
    #[arg(long, value_name = "EXPRESSION")]
    pub route_selection: Option<String>,
    /// The code with which the connection was closed [default: none, which AWS tells as 1005]
    #[arg(long, value_name = "CODE", value_parser = clap::value_parser!(u16).range(1000..5000))]
    pub disconnect_code: Option<u16>,
    /// The reason with which the connection was closed
    #[arg(long, value_name = "TEXT", requires = "disconnect_code")]
    pub disconnect_reason: Option<String>,
}

/// The Lambda authorizer that is asked.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Authorizer")]
pub struct AuthorizerFlags {
    /// Where the identity stands, such as $request.header.Authorization; may be repeated. Without
    /// it in the request the gateway answers 401 [default: the Authorization header, and none for
    /// REQUEST and WebSocket authorizers]
    #[arg(long = "identity-source", value_name = "SOURCE")]
    pub identity_sources: Vec<String>,
}

/// Settings of the API that the answer depends on, and not the event.
#[derive(Debug, Clone, Default, Args)]
pub struct AnswerFlags {
    /// The WebSocket route has a $default route response, so that a body is sent to the client
    #[arg(long)]
    pub route_response: bool,
    /// The authorizer of the HTTP API has simple responses enabled
    #[arg(long)]
    pub simple_responses: bool,
    /// An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be
    /// repeated
    #[arg(long = "cors-allow-origin", value_name = "ORIGIN", value_parser = values::allowed_origin)]
    pub cors_allow_origins: Vec<String>,
    /// Pages of other origins read the answers: every one needs CORS headers, errors too
    #[arg(long)]
    pub cors_expected: bool,
}

impl AnswerFlags {
    /// Makes the settings those of an API; what it does not know is left out.
    pub(super) fn set(&self, api: &mut Api) {
        api.route_response = self.route_response;
        api.authorizer.simple_responses = self.simple_responses;
        if !self.cors_allow_origins.is_empty() && api.flavor.facts().knows(Setting::Cors) {
            api.cors = Some(Cors { allow_origins: self.cors_allow_origins.clone(), ..Cors::default() });
        }
    }

    /// What the owner of the API expects.
    pub(super) fn expected(&self) -> Expected {
        Expected { cors: self.cors_expected }
    }
}

/// When the call happens, and with which ids.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Time and ids")]
pub struct StampFlags {
    /// The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]
    #[arg(long, value_name = "RFC3339", conflicts_with = "fresh")]
    pub now: Option<String>,
    /// A number that all ids depend on; the same number gives the same ids
    #[arg(long, value_name = "N", conflicts_with = "fresh", value_parser = values::seed)]
    pub seed: Option<u64>,
    /// The real clock, and ids that differ from run to run
    #[arg(long)]
    pub fresh: bool,
}

/// The last word on the event.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Event")]
pub struct SetFlags {
    /// Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is
    /// JSON, else as text
    #[arg(long = "set", value_name = "POINTER=VALUE")]
    pub set: Vec<String>,
}

/// Every flag that describes a call.
#[derive(Debug, Clone, Default, Args)]
pub struct CallFlags {
    /// The request.
    #[command(flatten)]
    pub request: RequestFlags,
    /// The API.
    #[command(flatten)]
    pub api: ApiFlags,
    /// The caller.
    #[command(flatten)]
    pub caller: CallerFlags,
    /// The connection.
    #[command(flatten)]
    pub connection: ConnectionFlags,
    /// The authorizer.
    #[command(flatten)]
    pub authorizer: AuthorizerFlags,
    /// The stamp.
    #[command(flatten)]
    pub stamp: StampFlags,
    /// The last word.
    #[command(flatten)]
    pub set: SetFlags,
}

/// Every flag that describes a call but its request, which comes from elsewhere.
#[derive(Debug, Clone, Default, Args)]
pub struct AroundFlags {
    /// The API.
    #[command(flatten)]
    pub api: ApiFlags,
    /// The caller.
    #[command(flatten)]
    pub caller: CallerFlags,
    /// The stamp.
    #[command(flatten)]
    pub stamp: StampFlags,
    /// The last word.
    #[command(flatten)]
    pub set: SetFlags,
}
