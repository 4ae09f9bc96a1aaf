//! Handler result → response, or the reason for its refusal: one file a flavour over a shared
//! reading of results.

pub(super) mod alb;
mod headers;
pub(super) mod http;
pub(super) mod http_v1;
pub(super) mod lattice;
mod reading;
pub(super) mod rest;
pub(super) mod shape;
mod stream;
pub(super) mod url;
pub(super) mod websocket;

pub use stream::split as split_stream;

use super::api::Api;
use super::errors::GatewayError;
use super::event::Moment;
use super::notice::{Notice, NoticeKind, describe};
use super::stamp::Stamp;
use crate::http::{Request, Response};
use crate::json::Pointer;
use serde_json::Value;

/// The largest result that Lambda hands over, in bytes: 6 MiB and 100 bytes.
pub const MAX_RESULT_BYTES: usize = 6_291_556;

/// A call that waits for its response: what of the request decides how a result is answered.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'e> {
    /// The API that was called.
    pub api: &'e Api,
    /// The request (its `Accept` and trace headers count).
    pub request: &'e Request,
    /// When, and with which ids.
    pub stamp: &'e Stamp,
    /// Which moment of a connection, or of the request, the result belongs to.
    pub moment: Moment,
}

impl<'e> Exchange<'e> {
    /// A client's request that waits for its response.
    pub fn new(api: &'e Api, request: &'e Request, stamp: &'e Stamp) -> Self {
        Self { api, request, stamp, moment: Moment::Request }
    }
}

/// How the function ended.
#[derive(Debug, Clone, Copy)]
pub enum Invocation<'i> {
    /// It returned this value.
    Returned(&'i Value),
    /// It returned bytes that are not JSON.
    ReturnedGarbage,
    /// It sent these bytes to a front end that streams: with or without a prelude, and of any kind.
    Streamed(&'i [u8]),
    /// It returned more than the front end takes.
    ReturnedTooMuch,
    /// It failed: an error, a crash, or its time limit; with what Lambda says about it.
    Failed(&'i Value),
    /// It ran longer than the integration's time limit.
    GatewayTimeout,
}

/// What the caller gets, and everything that was noticed on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The response that the caller receives; `None` if the gateway answers nothing yet, because
    /// an authorizer lets the request pass, or nothing at all, as to most messages on a WebSocket
    /// connection.
    pub response: Option<Response>,
    /// Whether the gateway answers with an error of its own, because it cannot use the result. (An
    /// authorizer that denies a request gave a result like any other.)
    pub refused: bool,
    /// What the gateway noticed, in the order of the result's parts.
    pub notices: Vec<Notice>,
}

/// What API Gateway answers when the function ended so. Never fails: a result that is refused is
/// an outcome like any other.
pub fn respond(exchange: &Exchange<'_>, invocation: Invocation<'_>) -> Outcome {
    let outcome = answer(exchange, invocation);
    if exchange.moment == Moment::Disconnect { websocket::after_the_close(outcome) } else { outcome }
}

fn answer(exchange: &Exchange<'_>, invocation: Invocation<'_>) -> Outcome {
    let facts = exchange.api.flavor.facts();
    match invocation {
        Invocation::Returned(result) => {
            let mut notices = (facts.refusals)(result);
            let accepted = (facts.accept)(exchange, result);
            if notices.is_empty() {
                return accepted;
            }
            let others = beside(&notices, accepted.notices);
            notices.extend(others);
            Outcome { response: Some(own_answer(exchange, facts.refusal)), refused: true, notices }
        }
        Invocation::ReturnedGarbage => {
            let (fact, evidence) = facts.garbage_is_known;
            let notice = whole(NoticeKind::NotJson, &Value::Null).because(&[fact], evidence);
            refuse(exchange, facts.refusal, vec![notice.found("no JSON")])
        }
        Invocation::Streamed(bytes) => stream::accept(exchange, bytes),
        Invocation::ReturnedTooMuch => {
            let (fact, evidence) = facts.too_large_is_known;
            let notice = whole(NoticeKind::ResponseTooLarge, &Value::Null).because(&[fact], evidence);
            refuse(exchange, facts.too_large, vec![notice.found(more_than(facts.max_result_bytes))])
        }
        Invocation::Failed(error) => {
            let (fact, evidence) = facts.failure_is_known;
            let notice = whole(NoticeKind::FunctionError, error).because(&[fact], evidence);
            refuse(exchange, facts.refusal, vec![notice.found(error_summary(error))])
        }
        Invocation::GatewayTimeout => refuse(exchange, facts.timeout, Vec::new()),
    }
}

/// How a function ended that returned this value, written in so many bytes.
pub fn returned<'i>(api: &Api, value: &'i Value, bytes: usize) -> Invocation<'i> {
    match () {
        () if bytes > api.flavor.facts().max_result_bytes => Invocation::ReturnedTooMuch,
        () if is_function_error(value) => Invocation::Failed(value),
        () => Invocation::Returned(value),
    }
}

/// Whether a value has the form in which Lambda reports a function that failed: an error message
/// and an error type, and no status code.
pub fn is_function_error(value: &Value) -> bool {
    let text = |key: &str| value.get(key).is_some_and(Value::is_string);
    text("errorMessage") && text("errorType") && value.get("statusCode").is_none()
}

/// The answer that the gateway makes itself.
pub fn own_answer(exchange: &Exchange<'_>, error: &GatewayError) -> Response {
    (exchange.api.flavor.facts().own_answer)(exchange, error)
}

fn refuse(exchange: &Exchange<'_>, error: &GatewayError, notices: Vec<Notice>) -> Outcome {
    let notices = notices.into_iter().map(Notice::refusing).collect();
    Outcome { response: Some(own_answer(exchange, error)), refused: true, notices }
}

/// What else was noticed in a result that is refused: all of it wants mending, but only the
/// refusals decide the answer.
fn beside(refusals: &[Notice], noticed: Vec<Notice>) -> Vec<Notice> {
    let elsewhere = |notice: &Notice| !refusals.iter().any(|refusal| refusal.pointer == notice.pointer);
    // These tell what becomes of a result that is accepted.
    let of_its_own =
        [NoticeKind::ResultInferred, NoticeKind::UpgradeRefused, NoticeKind::SubprotocolNotChosen];
    let others = noticed.into_iter().filter(|notice| elsewhere(notice) && !of_its_own.contains(&notice.kind));
    others.map(|notice| Notice { refuses: false, ..notice }).collect()
}

pub(super) fn whole(kind: NoticeKind, value: &Value) -> Notice {
    Notice::new(kind, Pointer::root(), value)
}

/// `more than 6,291,556 bytes`.
fn more_than(bytes: usize) -> String {
    format!("more than {} bytes", grouped(bytes))
}

/// `6,291,556`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let grouped = digits.char_indices().map(|(index, digit)| {
        let comma = index > 0 && (digits.len() - index).is_multiple_of(3);
        if comma { format!(",{digit}") } else { digit.to_string() }
    });
    grouped.collect()
}

/// `Error: boom`, out of Lambda's error object.
pub(super) fn error_summary(error: &Value) -> String {
    let text = |key: &str| error.get(key).and_then(Value::as_str);
    match (text("errorType"), text("errorMessage")) {
        (Some(kind), Some(message)) => format!("{kind}: {message}"),
        (None, Some(message)) => message.to_owned(),
        _ => describe(error),
    }
}
