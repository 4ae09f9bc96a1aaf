//! The routes of an API with what stands behind them.

use super::RequestValidator;
use crate::gateway::api::Api;
use crate::gateway::flavor::Flavor;
use crate::gateway::route::Route;
use crate::http::Response;
use std::time::Duration;

/// A route, and what stands behind it.
#[derive(Debug, Clone)]
pub struct Method {
    /// The route.
    pub route: Route,
    /// Who answers it.
    pub integration: Integration,
    /// What is asked of its callers.
    pub authorization: Authorization,
    /// Whether a call needs an API key.
    pub api_key_required: bool,
    /// What is asked of its requests.
    pub validator: RequestValidator,
    /// The front end whose event its function gets, where that is not the API's own: an HTTP API may
    /// have routes of both payload formats.
    pub flavor: Option<Flavor>,
    /// How long the gateway waits for its function, where its integration says so.
    pub timeout: Option<Duration>,
    /// Whether its response is streamed.
    pub streaming: bool,
    /// Whether a WebSocket route sends back what its function returns (W-022).
    pub route_response: bool,
}

/// Who answers a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integration {
    /// A function, by its name, with the event of the API's flavour.
    Function(String),
    /// The gateway itself: status, header fields and body of a `MOCK` integration.
    Mock(Response),
    /// Nobody: AWS fails every call of a REST API that is set up like that. Why, in words.
    Failing(String),
}

/// What is asked of the callers of a route.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Authorization {
    /// Nothing.
    #[default]
    None,
    /// A signature of AWS.
    Iam,
    /// The authorizer of that name.
    Authorizer {
        /// The authorizer.
        name: String,
        /// The scopes of which a token must have one; empty: none is asked for.
        scopes: Vec<String>,
    },
}

impl Method {
    /// A route that everybody may call.
    pub fn new(route: Route, integration: Integration) -> Self {
        Self {
            route,
            integration,
            authorization: Authorization::None,
            api_key_required: false,
            validator: RequestValidator::default(),
            flavor: None,
            timeout: None,
            streaming: false,
            route_response: false,
        }
    }

    /// How long a gateway of that kind waits for the function: REST and WebSocket APIs 29 s, HTTP APIs
    /// 30 s (H-096), function URLs as long as the function may take.
    pub fn wait(&self, flavor: Flavor) -> Duration {
        let usual = match flavor {
            Flavor::Http | Flavor::HttpV1 => 30,
            Flavor::Url => 900,
            _ => 29,
        };
        self.timeout.unwrap_or(Duration::from_secs(usual))
    }

    /// What of the API may be different for the route: flavour, streaming and route response.
    pub(super) fn seen(&self, api: &Api) -> (Flavor, bool, bool) {
        let flavor = self.flavor.unwrap_or(api.flavor);
        (flavor, api.streaming || self.streaming, api.route_response || self.route_response)
    }
}
