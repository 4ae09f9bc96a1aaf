//! The flavours of front end, and the one table of what differs between them in numbers and text.

use super::errors::{self, GatewayError};
use super::event::{self, Call, Unroutable};
use super::notice::{Evidence, Notice};
use super::respond::{self, Exchange, Outcome};
use crate::http::Request;
use serde_json::Value;
use std::fmt;

/// A front end that turns requests into events and handler results into responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavor {
    /// REST API with a Lambda proxy integration.
    Rest,
    /// HTTP API with payload format 2.0.
    Http,
    /// WebSocket API with a Lambda proxy integration.
    Websocket,
}

/// What a flavour is, in one row: its names, its own answers, and its two directions.
pub struct Facts {
    /// The flavour that this row describes.
    pub flavor: Flavor,
    /// The name on the command line and in reports.
    pub name: &'static str,
    /// The name in sentences.
    pub title: &'static str,
    /// The stage when nobody names one.
    pub default_stage: &'static str,
    /// The content type when a result names none.
    pub default_content_type: &'static str,
    /// The answer to a result that is malformed, and to a function that failed.
    pub refusal: &'static GatewayError,
    /// The answer to a result over Lambda's payload limit.
    pub too_large: &'static GatewayError,
    /// The fact behind the refusal of a failed function, and how well it is known.
    pub failure_is_known: (&'static str, Evidence),
    /// The fact behind `too_large`, and how well it is known.
    pub too_large_is_known: (&'static str, Evidence),
    /// The answer when the integration's time limit passes before the function's.
    pub timeout: &'static GatewayError,
    /// The answer to a request that no route matches.
    pub no_route: &'static GatewayError,
    /// Which log tells people about a malformed result, and its line as they find it in CloudWatch.
    pub malformed_log: &'static str,
    /// The published shape of a result.
    pub result_schema: &'static str,
    pub(super) refusals: fn(&Value) -> Vec<Notice>,
    pub(super) build_event: fn(&Call<'_>) -> Result<Value, Unroutable>,
    pub(super) read_event: fn(&Value) -> Option<Request>,
    pub(super) accept: fn(&Exchange<'_>, &Value) -> Outcome,
    pub(super) own_answer: fn(&Exchange<'_>, &GatewayError) -> crate::http::Response,
}

static REST: Facts = Facts {
    flavor: Flavor::Rest,
    name: "rest",
    title: "REST API",
    default_stage: "prod",
    default_content_type: "application/json",
    refusal: &errors::REST_MALFORMED,
    too_large: &errors::REST_MALFORMED,
    failure_is_known: ("R-171", Evidence::Recorded),
    too_large_is_known: ("R-174", Evidence::Reported),
    timeout: &errors::REST_TIMEOUT,
    no_route: &errors::REST_NO_ROUTE,
    //
    malformed_log: "execution log: Execution failed due to configuration error: Malformed Lambda proxy response",
    result_schema: respond::shape::REST_SCHEMA,
    refusals: respond::shape::rest,
    build_event: event::rest::build,
    read_event: event::rest::read,
    accept: respond::rest::accept,
    own_answer: respond::rest::own_answer,
};

static HTTP: Facts = Facts {
    flavor: Flavor::Http,
    name: "http",
    title: "HTTP API",
    default_stage: "$default",
    default_content_type: "text/plain; charset=utf-8", // H-062
    refusal: &errors::HTTP_MALFORMED,
    too_large: &errors::HTTP_TOO_LARGE,
    failure_is_known: ("H-064", Evidence::Recorded),
    too_large_is_known: ("H-082", Evidence::Inferred),
    timeout: &errors::HTTP_TIMEOUT,
    no_route: &errors::HTTP_NO_ROUTE,
    // H-068: the reason stands only in the access log, and only if the format asks for it
    malformed_log: "access log ($context.integrationErrorMessage): the response does not match the expected format",
    result_schema: respond::shape::HTTP_SCHEMA,
    refusals: respond::shape::http,
    build_event: event::http::build,
    read_event: event::http::read,
    accept: respond::http::accept,
    own_answer: respond::http::own_answer,
};

static WEBSOCKET: Facts = Facts {
    flavor: Flavor::Websocket,
    name: "websocket",
    title: "WebSocket API",
    default_stage: "prod",
    default_content_type: "application/json",
    refusal: &errors::WEBSOCKET_MALFORMED,
    too_large: &errors::WEBSOCKET_MALFORMED,
    failure_is_known: ("W-023", Evidence::Reported),
    too_large_is_known: ("W-023", Evidence::Inferred),
    timeout: &errors::WEBSOCKET_MALFORMED,
    no_route: &errors::WEBSOCKET_NO_ROUTE,
    // W-024
    malformed_log: "execution log: Malformed Lambda proxy response",
    result_schema: respond::shape::WEBSOCKET_SCHEMA,
    refusals: respond::shape::websocket,
    build_event: event::websocket::build,
    read_event: event::websocket::read,
    accept: respond::websocket::accept,
    own_answer: respond::websocket::own_answer,
};

/// The table; a flavour's place in it is its discriminant.
static TABLE: [&Facts; Flavor::ALL.len()] = [&REST, &HTTP, &WEBSOCKET];

impl Flavor {
    /// Every flavour, in the order in which they are listed to people.
    pub const ALL: [Self; 3] = [Self::Rest, Self::Http, Self::Websocket];

    /// The flavour's row in the table.
    pub fn facts(self) -> &'static Facts {
        TABLE[self as usize]
    }

    /// The flavour of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavor| flavor.facts().name == name)
    }

    /// The flavour whose events look like this one; `None` if it is no event that we know.
    pub fn of_event(event: &Value) -> Option<Self> {
        let context = event.get("requestContext")?;
        // H-001; a REST event has no version, one with version 1.0 is an HTTP API's
        match event.get("version").and_then(Value::as_str) {
            Some("2.0") => context.get("http").map(|_| Self::Http),
            Some(_) => None,
            // W-001, W-005: no HTTP parts, but a connection
            None if context.get("connectionId").is_some() => Some(Self::Websocket),
            None => event.get("httpMethod").map(|_| Self::Rest),
        }
    }
}

impl fmt::Display for Flavor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.facts().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flavour_has_its_own_row() {
        for flavor in Flavor::ALL {
            assert_eq!(flavor.facts().flavor, flavor);
            assert_eq!(Flavor::from_name(flavor.facts().name), Some(flavor));
        }
    }
}
