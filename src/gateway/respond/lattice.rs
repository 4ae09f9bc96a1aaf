//! Responses of VPC Lattice services: said to be like a load balancer's, and no more than that is
//! known (V-003).

use super::{Exchange, Outcome, alb};
use crate::gateway::errors::GatewayError;
use crate::gateway::notice::{Evidence, Notice};
use crate::http::{Body, Headers, Response};
use serde_json::Value;

const UNKNOWN: (&str, Evidence) = ("V-003", Evidence::Inferred);

/// The outcome for a result whose shape is accepted.
pub(in crate::gateway) fn accept(exchange: &Exchange<'_>, result: &Value) -> Outcome {
    let outcome = alb::answer(exchange, result, false);
    let inferred = |notice: Notice| notice.because(&[UNKNOWN.0], UNKNOWN.1);
    Outcome { notices: outcome.notices.into_iter().map(inferred).collect(), ..outcome }
}

/// The front end's own answer, of which only the failure is certain.
pub(in crate::gateway) fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    let headers = Headers::from_iter([
        ("Date", exchange.stamp.http_date()),
        ("Content-Length", error.body.len().to_string()),
    ]);
    Response { status: error.status, headers, body: Body(error.body.as_bytes().to_vec()) }
}
