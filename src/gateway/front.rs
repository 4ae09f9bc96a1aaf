//! Everything that takes a function's result: the flavours of API, and the kinds of authorizer.

use super::api::Api;
use super::authorizer::{AuthorizerKind, Decision, decide};
use super::errors::GatewayError;
use super::event::{Call, Unroutable};
use super::flavor::Flavor;
use super::respond::{Exchange, Invocation, Outcome, is_function_error, respond, returned};
use crate::http::Response;
use serde_json::Value;
use std::fmt;

/// Who receives what a function returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Front {
    /// The integration of an API: the result becomes the response.
    Api(Flavor),
    /// A Lambda authorizer of an API: the result lets a request pass, or not.
    Authorizer(AuthorizerKind),
}

impl From<Flavor> for Front {
    fn from(flavor: Flavor) -> Self {
        Self::Api(flavor)
    }
}

impl From<AuthorizerKind> for Front {
    fn from(kind: AuthorizerKind) -> Self {
        Self::Authorizer(kind)
    }
}

impl Front {
    /// Every front, flavours first.
    pub fn all() -> impl Iterator<Item = Self> {
        let authorizers = AuthorizerKind::ALL.into_iter().map(Self::Authorizer);
        Flavor::ALL.into_iter().map(Self::Api).chain(authorizers)
    }

    /// The front of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|front| front.name() == name)
    }

    /// The name on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Api(flavor) => flavor.facts().name,
            Self::Authorizer(kind) => kind.facts().name,
        }
    }

    /// The name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Api(flavor) => flavor.facts().title,
            Self::Authorizer(kind) => kind.facts().title,
        }
    }

    /// The flavour of the API that is called.
    pub fn flavor(self) -> Flavor {
        match self {
            Self::Api(flavor) => flavor,
            Self::Authorizer(kind) => kind.facts().flavor,
        }
    }

    /// The kind of authorizer, if it is one.
    pub fn authorizer(self) -> Option<AuthorizerKind> {
        match self {
            Self::Api(_) => None,
            Self::Authorizer(kind) => Some(kind),
        }
    }

    /// The answer to a result that cannot be used.
    pub fn refusal(self) -> &'static GatewayError {
        match self {
            Self::Api(flavor) => flavor.facts().refusal,
            Self::Authorizer(kind) => kind.facts().error,
        }
    }

    /// What people find in the logs then.
    pub fn malformed_log(self) -> Option<&'static str> {
        match self {
            Self::Api(flavor) => Some(flavor.facts().malformed_log),
            Self::Authorizer(kind) => kind.facts().malformed_log,
        }
    }

    /// The line that stands in the logs when the caller got that refusal; `None` if it is one that no
    /// log is known to tell of.
    pub fn log_of(self, response: &Response) -> Option<&'static str> {
        let malformed = response.status == self.refusal().status || response.is_message();
        self.malformed_log().filter(|_| malformed)
    }

    /// The event that the function receives.
    ///
    /// # Errors
    /// [`Unroutable`] if the gateway answers the request without the function.
    pub fn event(self, call: &Call<'_>) -> Result<Value, Unroutable> {
        match self {
            Self::Api(_) => call.event(),
            Self::Authorizer(kind) => kind.event(call),
        }
    }

    /// What comes of the call when the function ended so.
    pub fn answer(self, exchange: &Exchange<'_>, invocation: Invocation<'_>) -> Outcome {
        match self {
            Self::Api(_) => respond(exchange, invocation),
            Self::Authorizer(kind) => decide(kind, exchange, invocation),
        }
    }

    /// What an outcome amounts to, for an authorizer.
    pub fn decision(self, outcome: &Outcome) -> Option<Decision> {
        self.authorizer().map(|_| Decision::of(outcome))
    }

    /// How the function ended that returned this value, written in so many bytes.
    pub fn returned<'i>(self, api: &Api, value: &'i Value, bytes: usize) -> Invocation<'i> {
        match self {
            Self::Api(_) => returned(api, value, bytes),
            Self::Authorizer(_) if bytes > api.flavor.facts().max_result_bytes => Invocation::ReturnedTooMuch,
            Self::Authorizer(_) if self.is_failure(value) => Invocation::Failed(value),
            Self::Authorizer(_) => Invocation::Returned(value),
        }
    }

    /// Whether a payload is Lambda's word for a failure. An authorizer's result has no error
    /// message of its own, so there the type may be missing.
    pub fn is_failure(self, payload: &Value) -> bool {
        let message = payload.get("errorMessage").is_some_and(Value::is_string);
        is_function_error(payload)
            || (message && self.authorizer().is_some() && payload.get("policyDocument").is_none())
    }

    /// The front whose events look like this one; `None` if it is no event that we know.
    pub fn of_event(event: &Value) -> Option<Self> {
        AuthorizerKind::of_event(event)
            .map(Self::Authorizer)
            .or_else(|| Flavor::of_event(event).map(Self::Api))
    }
}

impl fmt::Display for Front {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fronts_have_names_of_their_own() {
        let mut names: Vec<_> = Front::all().map(Front::name).collect();
        assert!(Front::all().all(|front| Front::from_name(front.name()) == Some(front)));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Front::all().count());
    }
}
