//! One invocation of a function: what it is told, and what becomes of it.

use super::failure::Failure;
use hyper::body::Bytes;
use std::time::Duration;

/// One invocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invocation {
    /// Its id, a UUID on Lambda.
    pub request_id: String,
    /// The event.
    pub event: Bytes,
    /// The ARN that is invoked, with its qualifier if there is one.
    pub invoked_function_arn: String,
    /// The X-Ray trace header; empty: none.
    pub trace_id: String,
    /// The client context, as JSON.
    pub client_context: Option<String>,
    /// The Cognito identity of the caller, as JSON: `cognitoIdentityId` and `cognitoIdentityPoolId`.
    pub cognito_identity: Option<String>,
    /// The time of day now, since 1970: deadlines are told as times of day.
    pub now: Duration,
}

/// What became of an invocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invoked {
    /// What Lambda hands to the caller: the result, the posted error, or its own report of the failure.
    pub payload: Bytes,
    /// The `Content-Type` that the runtime gave its answer.
    pub content_type: Option<String>,
    /// Whether the runtime sent its answer as a stream.
    pub streamed: bool,
    /// What went wrong. The payload may be the result all the same, if a rule was broken beside it.
    pub failure: Option<Failure>,
    /// How long it took.
    pub timings: Timings,
    /// What the process wrote meanwhile, the first time from its start, if
    /// [`Logs::Kept`](super::Logs::Kept).
    pub log: Bytes,
}

/// How long an invocation took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timings {
    /// From the start of the process until it asked for an event, or failed to; `None` for a
    /// process that had been there before.
    pub init: Option<Duration>,
    /// From the delivery of the event until the answer, or the end without one.
    pub duration: Duration,
}
