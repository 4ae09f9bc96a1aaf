//! What came of a call: the judged answer.

mod answer;
mod print;

use super::super::exit::Exit;
use super::case::Case;
use super::measured::Measured;
use crate::gateway::event::Unroutable;
use crate::gateway::respond::own_answer;
use crate::gateway::{Decision, Front, Outcome};
use crate::http::Response;
use crate::lint::causes::Answered;
use crate::lint::{Finding, Judged, Source};
use crate::report::measurement::Answer;
use crate::transport::{Failure, Invoked, Timings};
use hyper::body::Bytes;
use serde_json::Value;
use std::time::Duration;

/// What came of a call, ready to be printed.
pub(in crate::commands) struct Verdict {
    /// The flavour, event and result; not known of an endpoint.
    pub(super) known: Option<Known>,
    /// What the caller gets; nothing if an authorizer lets the request pass, or if there is nobody
    /// to answer.
    pub(in crate::commands) response: Option<Response>,
    /// How long it took, in milliseconds, by name.
    pub(super) timings: Vec<(&'static str, f64)>,
    /// What else was measured of a function on this machine.
    pub(super) measured: Measured,
    /// What Lambda's API said of the invocation, for JSON.
    pub(super) lambda: Option<Value>,
    /// Who answered a request to an endpoint, where the response shows an error.
    pub(super) answered: Option<Answered>,
}

/// What is known of a call that this machine served.
pub(in crate::commands) struct Known {
    front: Front,
    decision: Option<Decision>,
    event: Option<Value>,
    payload: Bytes,
    outcome: Outcome,
    source: Source,
    findings: Vec<Finding>,
    failed: Option<Failed>,
    /// Why no function was invoked.
    unroutable: Option<String>,
}

/// How the function failed.
struct Failed {
    error_type: String,
    message: String,
    explanation: String,
    /// Its answer stands: it broke a rule of the Runtime API, or failed when its stream had begun.
    answered: bool,
    in_stream: bool,
    /// What Lambda reports, where the payload is the beginning of an answer.
    report: Option<String>,
}

impl Failed {
    fn of(failure: &Failure, request_id: &str) -> Self {
        Self {
            error_type: failure.error_type().to_owned(),
            message: failure.message(request_id),
            explanation: failure.explain(),
            answered: false,
            in_stream: failure.is_in_stream(),
            report: None,
        }
    }
}

/// The gateway answers a request that no route takes itself.
pub(super) fn unrouted(case: &Case, unroutable: &Unroutable) -> Verdict {
    let response = Some(own_answer(&case.exchange(), unroutable.answer));
    let outcome = Outcome { response: response.clone(), refused: true, notices: Vec::new() };
    let known = Known {
        front: case.front,
        decision: case.front.decision(&outcome),
        event: None,
        payload: Bytes::new(),
        outcome,
        source: Source::whole("<result>", ""),
        findings: Vec::new(),
        failed: None,
        unroutable: Some(unroutable.reason.clone()),
    };
    Verdict {
        known: Some(known),
        response,
        timings: Vec::new(),
        measured: Measured::default(),
        lambda: None,
        answered: None,
    }
}

/// What the gateway makes of the function's answer, or of its failure.
pub(super) fn judge(case: Case, invoked: Invoked, request_id: &str) -> Verdict {
    let exchange = case.exchange();
    let failed = invoked.failure.as_ref().map(|failure| Failed {
        answered: invoked.answer_stands(case.front, &exchange, request_id),
        ..Failed::of(failure, request_id)
    });
    let judged = invoked.judged(case.front, &exchange, &case.expected, request_id);
    let Judged { source, outcome, decision, findings } = judged;
    let Invoked { payload, timings, .. } = invoked;
    let response = outcome.response.clone();
    let (front, event, unroutable) = (case.front, case.event.ok(), None);
    let known = Known { front, decision, event, payload, outcome, source, findings, failed, unroutable };
    let (timings, measured) = (named(timings), Measured::default());
    Verdict { known: Some(known), response, timings, measured, lambda: None, answered: None }
}

/// The same for a stream that broke off: its caller got what had come before, if anything had.
pub(super) fn judge_broken(case: Case, invoked: Invoked, details: &str, request_id: &str) -> Verdict {
    let (failure, report) = (invoked.failure.clone(), details.to_owned());
    if invoked.payload.is_empty() {
        return judge(case, Invoked { payload: report.into_bytes().into(), ..invoked }, request_id);
    }
    let mut verdict = judge(case, Invoked { failure: None, ..invoked }, request_id);
    if let Some(known) = &mut verdict.known {
        known.failed = failure.map(|own| Failed { report: Some(report), ..Failed::of(&own, request_id) });
    }
    verdict
}

fn named(timings: Timings) -> Vec<(&'static str, f64)> {
    let init = timings.init.map(|init| ("init_ms", milliseconds(init)));
    init.into_iter().chain([("duration_ms", milliseconds(timings.duration))]).collect()
}

/// Milliseconds, to the hundredth.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e5).round() / 100.0
}

impl Verdict {
    /// How many bytes came back: of the function's result, or of the body of an endpoint's response.
    pub(super) fn received_bytes(&self) -> usize {
        match (&self.known, &self.response) {
            (Some(known), _) => known.payload.len(),
            (None, Some(response)) => response.body.0.len(),
            (None, None) => 0,
        }
    }

    /// The exit code: a failed function weighs more than a refused result. What an authorizer
    /// decides is its business, also when it fails with `Unauthorized`.
    pub(in crate::commands) fn exit(&self) -> Exit {
        let decided = |known: &Known| known.decision.is_some_and(|decision| decision != Decision::Error);
        match &self.known {
            Some(known) if known.unroutable.is_none() && decided(known) => Exit::Clean,
            Some(known) if known.failed.is_some() => Exit::FunctionFailed,
            Some(known) if known.outcome.refused => Exit::Findings,
            _ => Exit::Clean,
        }
    }

    /// What it counts as, among many.
    pub(super) fn answer(&self) -> Answer {
        let status = self.response.as_ref().map(|response| response.status);
        match (self.exit(), &self.known) {
            (Exit::FunctionFailed, Some(Known { failed: Some(failed), .. })) => {
                Answer::FunctionFailed(failed.error_type.clone())
            }
            (Exit::Findings, Some(known)) => {
                let refusal = known.findings.iter().find(|finding| finding.refuses);
                Answer::Refused(refusal.map(|finding| finding.rule.code), status)
            }
            (_, Some(Known { decision: Some(decision), .. })) => Answer::Decided(decision.name()),
            _ => match &self.response {
                Some(response) if response.is_message() => Answer::Message,
                Some(response) => Answer::Status(response.status),
                None => Answer::Nothing,
            },
        }
    }
}
