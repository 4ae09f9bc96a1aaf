//! An API as it is deployed, and who calls it.

use super::authorizer::IdentitySource;
use super::cors::Cors;
use super::flavor::Flavor;
use super::route::Route;
use super::stamp::Stamp;
use crate::http::Request;
use serde_json::{Map, Value};

/// An API with one stage, as far as events and responses depend on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// Which front end it is.
    pub flavor: Flavor,
    /// The API id, ten lower-case letters and digits on AWS; the id of a function URL; the name of
    /// a load balancer's target group, or of a VPC Lattice service.
    pub id: String,
    /// The account that owns the API, twelve digits.
    pub account: String,
    /// The region, such as `eu-central-1`.
    pub region: String,
    /// The stage that is called.
    pub stage: String,
    /// The variables of the stage, in the order in which they were given.
    pub stage_variables: Vec<(String, String)>,
    /// The routes; without any, each path is its own resource and takes every method.
    pub routes: Vec<Route>,
    /// The `binaryMediaTypes` of a REST API.
    pub binary_media_types: Vec<String>,
    /// How a REST API is reached.
    pub endpoint: Endpoint,
    /// Under which name it is called.
    pub domain: Domain,
    /// Whether a function URL's invoke mode is `RESPONSE_STREAM` (U-018).
    pub streaming: bool,
    /// How an HTTP API or a function URL is configured for CORS, if it is.
    pub cors: Option<Cors>,
    /// Whether clients come over TLS; only a load balancer listens without it.
    pub https: bool,
    /// The Lambda authorizer of the routes, as far as it has settings.
    pub authorizer: AuthorizerSettings,
    /// How a WebSocket API finds the route of a message (W-010).
    pub route_selection: String,
    /// Whether the routes of a WebSocket API have a `$default` route response (W-022).
    pub route_response: bool,
}

/// The settings of a Lambda authorizer that its event and its answer depend on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthorizerSettings {
    /// Where the identity stands in a request: without it the gateway answers 401 itself.
    pub identity_sources: Vec<IdentitySource>,
    /// Whether the authorizer of an HTTP API is known to have simple responses enabled (H-102).
    pub simple_responses: bool,
}

/// The endpoint type of a REST API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Behind CloudFront.
    Edge,
    /// In one region, reached directly.
    Regional,
    /// Inside a VPC, reached through a VPC endpoint.
    Private,
}

/// The name under which an API is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// The default name; the stage is the first segment of the path.
    ExecuteApi,
    /// A custom domain name, with the API mapped at the root or below a base path.
    Custom {
        /// The domain name, such as `api.example.com`.
        name: String,
        /// The base path without slashes around it; empty at the root.
        base_path: String,
    },
}

/// A request path, seen from the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The path below the stage or the base path, with its leading slash: what routes match.
    pub below: String,
    /// The path as requested.
    pub requested: String,
}

/// Who makes a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Caller {
    /// The address of the client.
    pub source_ip: String,
    /// The API key that the client sends, where the API asks for one.
    pub api_key: Option<String>,
    /// What the authorizer of the route found out.
    pub identity: Identity,
    /// The scopes of its token, where the route asks for scopes (H-027).
    pub scopes: Option<Vec<String>>,
}

/// What an authorizer knows of a caller.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Identity {
    /// The route has no authorizer.
    #[default]
    Anonymous,
    /// A Lambda authorizer said who it is, and gave a context.
    Lambda {
        /// The `principalId` of its answer.
        principal: String,
        /// The `context` of its answer.
        context: Map<String, Value>,
    },
    /// A Cognito user pool (REST) or a JWT authorizer (HTTP API) read these claims in a token.
    Claims(Map<String, Value>),
    /// The request was signed by this IAM user or assumed role.
    Iam {
        /// The caller's ARN.
        arn: String,
    },
}

impl Api {
    /// An API with the default names of this tool and nothing configured.
    pub fn new(flavor: Flavor) -> Self {
        Self {
            flavor,
            id: flavor.facts().default_id.to_owned(),
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            stage: flavor.facts().default_stage.to_owned(),
            stage_variables: Vec::new(),
            routes: Vec::new(),
            binary_media_types: Vec::new(),
            endpoint: Endpoint::Regional,
            domain: Domain::ExecuteApi,
            authorizer: AuthorizerSettings::default(),
            route_selection: "$request.body.action".to_owned(), // W-010
            route_response: false,
            streaming: false,
            cors: None,
            https: true,
        }
    }

    /// The host name of the API.
    pub fn host(&self) -> String {
        match &self.domain {
            Domain::Custom { name, .. } => name.clone(),
            Domain::ExecuteApi => self.flavor.facts().service.host(self),
        }
    }

    /// The partition of its ARNs.
    pub(super) fn partition(&self) -> &'static str {
        match self.region.split('-').next() {
            Some("cn") => "aws-cn",
            _ => "aws",
        }
    }

    /// The stamp of ids that do not change from request to request.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp::default().for_request(&Request::new(&self.id, &self.stage))
    }

    /// What stands before the routes' paths in a request: `/prod`, `/base`, or nothing.
    pub fn prefix(&self) -> String {
        match &self.domain {
            Domain::Custom { base_path, .. } if base_path.is_empty() => String::new(),
            Domain::Custom { base_path, .. } => format!("/{base_path}"),
            Domain::ExecuteApi if self.stage == "$default" => String::new(), // H-007
            Domain::ExecuteApi => format!("/{}", self.stage),
        }
    }

    /// Finds the part of a request path that the routes match; `None` if the path leads to
    /// another stage or base path. Slashes between the stage and the resource collapse.
    pub fn locate(&self, path: &str) -> Option<Located> {
        let requested = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        let prefix = self.prefix();
        let path = requested.trim_start_matches('/');
        let rest = match prefix.strip_prefix('/') {
            None => path,
            Some(prefix) => match path.strip_prefix(prefix)? {
                "" => "",
                rest if rest.starts_with('/') => rest.trim_start_matches('/'),
                _ => return None,
            },
        };
        Some(Located { below: format!("/{rest}"), requested })
    }
}

impl Default for Caller {
    /// An anonymous client at an address that is reserved for documentation.
    fn default() -> Self {
        Self {
            source_ip: "203.0.113.10".to_owned(),
            api_key: None,
            identity: Identity::Anonymous,
            scopes: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_is_the_first_segment_of_the_default_name() {
        let mut api = Api::new(Flavor::Rest);
        let below = |api: &Api, path: &str| api.locate(path).map(|located| located.below);
        assert_eq!(below(&api, "/prod/users/").as_deref(), Some("/users/"));
        assert_eq!(below(&api, "/prod//users").as_deref(), Some("/users"));
        assert_eq!(below(&api, "/prod").as_deref(), Some("/"));
        assert_eq!(below(&api, "/production"), None);
        assert_eq!(below(&api, "/users"), None);
        api.domain = Domain::Custom { name: "api.example.com".to_owned(), base_path: "v1".to_owned() };
        assert_eq!(below(&api, "/v1/users").as_deref(), Some("/users"));
        assert_eq!(below(&Api::new(Flavor::Http), "").as_deref(), Some("/")); // H-009
    }
}
