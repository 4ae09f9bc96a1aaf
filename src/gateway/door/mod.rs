//! The door of an API: what the gateway does with a request before a function hears of it.
//!
//! In its own order: the size of the body, preflights of CORS, stage and route; then the authorizer,
//! which has to be asked by whoever opens the door; then the API key and the request validator; last
//! the size of the event. What is refused on the way is answered here, also as gateway responses
//! that the API customises.

mod guard;
mod jwt;
mod method;
mod responses;
mod throttle;
mod validation;
mod websocket;

use super::api::{Api, Domain};
use super::authorizer::IdentitySource;
use super::errors::{self, GatewayError};
use super::event::Call;
use super::flavor::Flavor;
use super::respond::{Exchange, own_answer};
use super::route::{Matched, best_match};
use crate::http::{Response, query};
use serde_json::{Map, Value};
use std::time::Duration;

pub use guard::{Guard, GuardCache, GuardKind};
pub use jwt::{Jwks, JwtError, JwtRules, has_scope, scopes};
pub use method::{Authorization, Integration, Method};
pub use responses::{GatewayResponse, GatewayResponses, TemplateMistake};
pub use throttle::{Bucket, Throttle};
pub use validation::{Model, Parameter, ParameterPlace, RequestValidator};
pub use websocket::{
    Close, ConnectionCall, IDLE_TIME, LONGEST_CONNECTION, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, frames,
};

/// The largest body that API Gateway takes, in bytes.
pub const MAX_BODY_BYTES: usize = 10_485_760;

/// How many bytes the values of header fields may have together (R-275, H-096).
pub const MAX_HEADER_BYTES: usize = 10_240;

/// The largest event that Lambda takes of a gateway, in bytes: 6 MiB and 100 bytes.
pub const MAX_EVENT_BYTES: usize = 6_291_556;

/// An API as it is deployed, with what stands behind each of its routes.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// The API; its routes are those of `methods`, in their order.
    pub api: Api,
    /// The routes of the API: of a REST API the methods of its resources.
    pub methods: Vec<Method>,
    /// Its authorizers.
    pub guards: Vec<Guard>,
    /// The gateway responses that the API customises.
    pub responses: GatewayResponses,
    /// The API keys that usage plans know; empty: every key will do.
    pub api_keys: Vec<String>,
    /// Who signed requests are taken to come from: the ARN of an IAM user or an assumed role.
    pub iam_identity: String,
    /// The API as routes see it whose event or response is not of its own kind.
    variants: Vec<Api>,
}

/// An answer of the gateway's own, given at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What the caller gets.
    pub response: Response,
    /// Why, for the person at the terminal.
    pub reason: String,
}

/// Where a request leads.
#[derive(Debug, Clone)]
pub enum Entry<'d> {
    /// The gateway answers it: a preflight, or a refusal.
    Answered(Refusal),
    /// This route takes it.
    Route(&'d Method, Matched<'d>),
}

impl Deployment {
    /// An API without routes.
    pub fn new(api: Api) -> Self {
        Self {
            api,
            methods: Vec::new(),
            guards: Vec::new(),
            responses: GatewayResponses::default(),
            api_keys: Vec::new(),
            iam_identity: "arn:aws:iam::123456789012:user/local".to_owned(),
            variants: Vec::new(),
        }
    }

    /// Adds a route with what stands behind it.
    pub fn add(&mut self, method: Method) {
        self.api.routes.push(method.route.clone());
        self.methods.push(method);
    }

    /// Serves it under another name.
    pub fn map_to(&mut self, domain: Domain) {
        self.api.domain = domain;
        self.settle();
    }

    /// Derives from the API what its authorizers and some of its routes see in its place. To be
    /// called when the API, its routes and its authorizers are complete, and after each change.
    pub fn settle(&mut self) {
        self.guards.iter_mut().for_each(|guard| guard.settle(&self.api));
        self.variants.clear();
        for method in &self.methods {
            let seen = method.seen(&self.api);
            if std::iter::once(&self.api).chain(&self.variants).all(|own| own_of(own) != seen) {
                let (flavor, streaming, route_response) = seen;
                self.variants.push(Api { flavor, streaming, route_response, ..self.api.clone() });
            }
        }
    }

    /// Whether some of its answers are streamed.
    pub fn streams(&self) -> bool {
        std::iter::once(&self.api).chain(&self.variants).any(|api| api.streaming)
    }

    /// The API as a route sees it: with its payload format, and its way to respond.
    pub fn api_of(&self, method: &Method) -> &Api {
        let seen = method.seen(&self.api);
        self.variants.iter().find(|own| own_of(own) == seen).unwrap_or(&self.api)
    }

    /// Finds the route that takes a request, or answers in its place.
    pub fn enter(&self, exchange: &Exchange<'_>) -> Entry<'_> {
        let request = exchange.request;
        if request.body.len() > MAX_BODY_BYTES {
            let reason = format!("the body has {} bytes, more than {MAX_BODY_BYTES}", request.body.len());
            return Entry::Answered(self.refuse(exchange, self.too_large(), reason));
        }
        if let Some(response) = self.api.cors.as_ref().and_then(|cors| cors.preflight(request)) {
            let reason = "a preflight, answered by the CORS configuration".to_owned();
            return Entry::Answered(Refusal { response, reason });
        }
        let Some(located) = self.api.locate(&request.path) else {
            let reason = format!("the path {} does not start with {}", request.path, self.api.prefix());
            return Entry::Answered(self.refuse(exchange, self.no_stage(), reason));
        };
        let matched = best_match(&self.api.routes, &request.method, &located.below);
        let found = matched.and_then(|matched| {
            let method = self.methods.iter().find(|method| method.route == *matched.route)?;
            Some((method, matched))
        });
        match found {
            Some((method, matched)) => Entry::Route(method, matched),
            None => {
                let reason = format!("no route takes {} {}", request.method, located.below);
                Entry::Answered(self.refuse(exchange, self.api.flavor.facts().no_route, reason))
            }
        }
    }

    /// Whether a request carries a signature of AWS, in its header or its query. Only the form is
    /// looked at: nobody but AWS has the key.
    ///
    /// # Errors
    /// The answer to a request that does not.
    pub fn check_signature(&self, exchange: &Exchange<'_>) -> Result<(), Box<Refusal>> {
        let request = exchange.request;
        let header = request.headers.get("authorization").is_some_and(|value| {
            let parts = ["Credential=", "SignedHeaders=", "Signature="];
            value.starts_with("AWS4-") && parts.iter().all(|part| value.contains(part))
        });
        let query = query::decode(request.query.as_deref().unwrap_or_default());
        let has = |name: &str| query.iter().any(|(own, value)| own == name && !value.is_empty());
        if header || (has("X-Amz-Credential") && has("X-Amz-Signature")) {
            return Ok(());
        }
        let error = match self.api.flavor {
            Flavor::Rest | Flavor::Websocket => &errors::REST_NO_ROUTE,
            Flavor::Url => &errors::URL_FORBIDDEN,
            _ => &errors::HTTP_FORBIDDEN,
        };
        let reason = "the route asks for a signature of AWS, and the request has none".to_owned();
        Err(Box::new(self.refuse(exchange, error, reason)))
    }

    /// The answer where an authorizer is named that the API does not have.
    pub fn unguarded(&self, exchange: &Exchange<'_>, name: &str) -> Refusal {
        let error = match self.api.flavor {
            Flavor::Rest => &errors::REST_AUTHORIZER_CONFIGURATION,
            flavor => flavor.facts().refusal,
        };
        self.refuse(exchange, error, format!("there is no authorizer {name}"))
    }

    /// The answer where the integration of a route cannot work, or its function is none
    /// that the gateway may invoke (R-177, H-066).
    pub fn misconfigured(&self, exchange: &Exchange<'_>, reason: String) -> Refusal {
        let error = match self.api.flavor {
            Flavor::Rest => &errors::REST_CONFIGURATION,
            flavor => flavor.facts().refusal,
        };
        self.refuse(exchange, error, reason)
    }

    /// What rules for tokens say of a call at `now` (since 1970): the claims of its bearer (H-107,
    /// H-108). `scopes` are those of the route.
    ///
    /// # Errors
    /// The answer to a token that does not hold, or lacks every scope.
    pub fn check_token(
        &self,
        (exchange, call): (&Exchange<'_>, &Call<'_>),
        (source, rules): (&IdentitySource, &JwtRules),
        scopes: &[String],
        now: Duration,
    ) -> Result<Map<String, Value>, Box<Refusal>> {
        let [unauthorized, forbidden] = match self.api.flavor {
            Flavor::Rest => [&errors::REST_UNAUTHORIZED, &errors::REST_UNAUTHORIZED],
            _ => [&errors::HTTP_UNAUTHORIZED, &errors::HTTP_FORBIDDEN],
        };
        let claims = rules.check(source.value(call).as_deref(), now).map_err(|error| {
            let mut refusal = self.refuse(exchange, unauthorized, error.to_string());
            if self.api.flavor != Flavor::Rest && error != JwtError::Missing {
                let value =
                    format!("Bearer scope=\"\" error=\"invalid_token\" error_description=\"{error}\"");
                refusal.response.headers.append("www-authenticate", value);
            }
            Box::new(refusal)
        })?;
        if has_scope(&claims, scopes) {
            return Ok(claims);
        }
        let reason = format!("the token has none of the scopes {}", scopes.join(", "));
        Err(Box::new(self.refuse(exchange, forbidden, reason)))
    }

    /// Whether a token has the form that its authorizer asks for: else its function is not asked.
    ///
    /// # Errors
    /// The answer to a token that has not.
    pub fn check_form(
        &self,
        exchange: &Exchange<'_>,
        guard: &Guard,
        identity: &[String],
    ) -> Result<(), Box<Refusal>> {
        if guard.recognises(identity) {
            return Ok(());
        }
        let reason = format!("the token does not match the validation expression of {}", guard.name);
        Err(Box::new(self.refuse(exchange, &errors::REST_UNAUTHORIZED, reason)))
    }

    /// What is asked of a request behind its authorizer: the API key, then the validator (R-266,
    /// `authorizer_key` is the key that an authorizer gave, where the API takes those.
    ///
    /// # Errors
    /// The answer to a request that does not pass.
    pub fn check(
        &self,
        exchange: &Exchange<'_>,
        (method, matched): (&Method, &Matched<'_>),
        authorizer_key: Option<&str>,
    ) -> Result<(), Box<Refusal>> {
        if method.api_key_required {
            let key = authorizer_key.or_else(|| exchange.request.headers.get("x-api-key"));
            let known = |key: &str| self.api_keys.is_empty() || self.api_keys.iter().any(|own| own == key);
            let reason = match key.filter(|key| !key.is_empty()) {
                Some(key) if known(key) => None,
                Some(_) => Some("the API key is not known"),
                None => Some("the route asks for an API key, and the request has no x-api-key"),
            };
            if let Some(reason) = reason {
                return Err(Box::new(self.refuse(exchange, &errors::REST_API_KEY, reason.to_owned())));
            }
        }
        match method.validator.judge(exchange.request, matched) {
            None => Ok(()),
            Some(invalid) => {
                let mut refusal = self.refuse(exchange, invalid.error, invalid.reason);
                if let Some(message) = invalid.message {
                    refusal.response = self.responses.answer_saying(exchange, invalid.error, &message);
                }
                Err(Box::new(refusal))
            }
        }
    }

    /// The answer to an event that is too large for Lambda, if it is.
    pub fn weigh(&self, exchange: &Exchange<'_>, event_bytes: usize) -> Option<Refusal> {
        (event_bytes > MAX_EVENT_BYTES).then(|| {
            let reason = format!("the event has {event_bytes} bytes, and Lambda takes {MAX_EVENT_BYTES}");
            let error = match self.api.flavor {
                Flavor::Rest => &errors::REST_EVENT_TOO_LARGE,
                flavor => flavor.facts().too_large,
            };
            self.refuse(exchange, error, reason)
        })
    }

    /// The answer to a request more than the API's throttling lets pass.
    pub fn throttled(&self, exchange: &Exchange<'_>) -> Refusal {
        let reason = "more requests came than --throttle lets pass".to_owned();
        self.refuse(exchange, &errors::REST_THROTTLED, reason)
    }

    /// An answer that the gateway made itself of a function's end, as this API tells it.
    pub fn dress(&self, exchange: &Exchange<'_>, answer: Response) -> Response {
        let error = errors::of_function(&answer).filter(|_| self.api.flavor == Flavor::Rest);
        error.map_or(answer, |error| self.responses.answer(exchange, error))
    }

    /// An error of the gateway as this API tells it.
    pub fn refuse(&self, exchange: &Exchange<'_>, error: &'static GatewayError, reason: String) -> Refusal {
        Refusal { response: self.responses.answer(exchange, error), reason }
    }

    fn too_large(&self) -> &'static GatewayError {
        match self.api.flavor {
            Flavor::Rest => &errors::REST_BODY_TOO_LARGE,
            flavor => flavor.facts().too_large,
        }
    }

    /// A REST API has no such stage; an HTTP API answers as to any unknown path (H-090).
    fn no_stage(&self) -> &'static GatewayError {
        match self.api.flavor {
            Flavor::Rest => &errors::REST_FORBIDDEN,
            flavor => flavor.facts().no_route,
        }
    }
}

/// What of an API may be different for one of its routes.
fn own_of(api: &Api) -> (Flavor, bool, bool) {
    (api.flavor, api.streaming, api.route_response)
}

/// The gateway's answer without a word of the API's own.
fn plain(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    own_answer(exchange, error)
}

#[cfg(test)]
mod tests;
