//! What came of a call: the judged answer, printed for people or as JSON.

use super::exit::{Exit, Fault};
use super::invocation::Case;
use super::io::Io;
use crate::gateway::event::Unroutable;
use crate::gateway::respond::own_answer;
use crate::gateway::{Api, Exchange, Invocation, Outcome, respond};
use crate::http::Response;
use crate::json::Text;
use crate::lint::{Finding, Source, Summary, judge_outcome, judge_syntax};
use crate::report::{human, json};
use crate::transport::{Failure, Invoked, Timings};
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::time::Duration;

/// What came of a call, ready to be printed.
pub(super) struct Verdict {
    /// The flavour, event and result; not known of an endpoint.
    pub(super) known: Option<Known>,
    /// What the caller gets.
    pub(super) response: Response,
    /// How long it took, in milliseconds, by name.
    pub(super) timings: Vec<(&'static str, f64)>,
}

/// What is known of a call that this machine served.
pub(super) struct Known {
    api: Api,
    event: Option<Value>,
    payload: Vec<u8>,
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
    /// It broke a rule of the Runtime API, but its answer stands.
    answered: bool,
}

/// The gateway answers a request that no route takes itself.
pub(super) fn unrouted(case: &Case, unroutable: &Unroutable) -> Verdict {
    let response = own_answer(&case.exchange(), unroutable.answer);
    let outcome = Outcome { response: Some(response.clone()), refused: true, notices: Vec::new() };
    let known = Known {
        api: case.api.clone(),
        event: None,
        payload: Vec::new(),
        outcome,
        source: Source { name: "<result>".to_owned(), text: String::new() },
        findings: Vec::new(),
        failed: None,
        unroutable: Some(unroutable.reason.clone()),
    };
    Verdict { known: Some(known), response, timings: Vec::new() }
}

/// What the gateway makes of the function's answer, or of its failure.
pub(super) fn judge(case: Case, invoked: Invoked, request_id: &str) -> Verdict {
    let Invoked { payload, failure, timings, .. } = invoked;
    let text = String::from_utf8_lossy(&payload).into_owned();
    let source = Source { name: "<result>".to_owned(), text };
    let failed = failure.as_ref().map(|failure| Failed {
        error_type: failure.error_type().to_owned(),
        message: failure.message(request_id),
        explanation: failure.explain(),
        answered: answered_beside(failure, &source, request_id),
    });
    let (outcome, findings) = judge_payload(&case.exchange(), &source, failure.as_ref(), failed.as_ref());
    let response = outcome
        .response
        .clone()
        .unwrap_or_else(|| own_answer(&case.exchange(), case.api.flavor.facts().refusal));
    let event = case.event.ok();
    let known = Known { api: case.api, event, payload, outcome, source, findings, failed, unroutable: None };
    Verdict { known: Some(known), response, timings: milliseconds(timings) }
}

fn judge_payload(
    exchange: &Exchange<'_>,
    source: &Source,
    failure: Option<&Failure>,
    failed: Option<&Failed>,
) -> (Outcome, Vec<Finding>) {
    if failure == Some(&Failure::ResponseTooLarge) {
        return (respond(exchange, Invocation::ReturnedTooMuch), Vec::new());
    }
    let failed = failed.is_some_and(|failed| !failed.answered);
    let text = match Text::parse(source.name.clone(), source.text.clone()) {
        Ok(text) => text,
        Err(_) if failed => {
            let error = Value::from(source.text.as_str());
            return (respond(exchange, Invocation::Failed(&error)), Vec::new());
        }
        Err(error) => return (respond(exchange, Invocation::ReturnedGarbage), vec![judge_syntax(&error)]),
    };
    let value = text.value();
    let outcome =
        respond(exchange, if failed { Invocation::Failed(&value) } else { Invocation::Returned(&value) });
    let findings = judge_outcome(&outcome, &text);
    (outcome, findings)
}

/// Whether the payload is the function's own answer, although it broke a rule: then the caller
/// gets that answer.
fn answered_beside(failure: &Failure, source: &Source, request_id: &str) -> bool {
    match failure {
        Failure::TwoAnswers | Failure::ExitedAfterAnswer(_) => true,
        Failure::WrongRequestId { .. } => source.text.as_bytes() != failure.payload(request_id),
        _ => false,
    }
}

fn milliseconds(timings: Timings) -> Vec<(&'static str, f64)> {
    let ms = |duration: Duration| (duration.as_secs_f64() * 1e5).round() / 100.0;
    let init = timings.init.map(|init| ("init_ms", ms(init)));
    init.into_iter().chain([("duration_ms", ms(timings.duration))]).collect()
}

impl Verdict {
    /// The exit code: a failed function weighs more than a refused result.
    pub(super) fn exit(&self) -> Exit {
        match &self.known {
            Some(known) if known.failed.is_some() => Exit::FunctionFailed,
            Some(known) if known.outcome.refused => Exit::Findings,
            _ => Exit::Clean,
        }
    }

    /// The body on standard output, everything else on standard error.
    pub(super) fn print_human(&self, include: bool, raw: bool, io: &mut Io) -> Result<(), Fault> {
        let body = match &self.known {
            Some(known) if raw => &known.payload,
            _ => &self.response.body.0,
        };
        if include {
            io.out.write_all(human::head(&self.response, io.out_style()).as_bytes())?;
        }
        if io.terminal.stdout && std::str::from_utf8(body).is_err() {
            writeln!(
                io.err,
                "note: the body is {} bytes that are no text; redirect the output to a file",
                body.len()
            )?;
        } else {
            io.out.write_all(body)?;
            if io.terminal.stdout && body.last().is_some_and(|last| *last != b'\n') {
                writeln!(io.out)?;
            }
        }
        io.out.flush()?;
        self.print_words(io)
    }

    fn print_words(&self, io: &mut Io) -> Result<(), Fault> {
        let style = io.err_style();
        let Some(known) = &self.known else { return Ok(()) };
        if let Some(reason) = &known.unroutable {
            writeln!(io.err, "error: no function was invoked: {reason}")?;
        }
        if let Some(failed) = &known.failed {
            failed.tell(&known.source, io)?;
        }
        if known.failed.as_ref().is_none_or(|failed| failed.answered) {
            let findings =
                human::findings(&known.source, &known.findings, &known.outcome, known.api.flavor, style);
            io.err.write_all(findings.as_bytes())?;
        }
        let timings =
            self.timings.iter().map(|(name, ms)| format!("{} {ms} ms", name.trim_end_matches("_ms")));
        let line = [self.response.status_line()].into_iter().chain(timings).collect::<Vec<_>>().join(", ");
        writeln!(io.err, "{} answers {line}", known.api.flavor.facts().title)?;
        Ok(())
    }

    /// The JSON contract: event, result, response, diagnostics, timings.
    pub(super) fn print_json(&self, io: &mut Io) -> Result<(), Fault> {
        let mut summary = Summary::default();
        let mut members = match &self.known {
            Some(known) => {
                summary.add(&known.findings);
                known.members()
            }
            None => Map::from_iter([("response".to_owned(), json::response(&self.response))]),
        };
        let timings = self.timings.iter().map(|(name, ms)| ((*name).to_owned(), Value::from(*ms)));
        members.insert("timings".to_owned(), Value::Object(timings.collect()));
        io.out.write_all(json::report(&[Value::Object(members)], &summary).as_bytes())?;
        Ok(())
    }
}

impl Failed {
    /// What happened, what to do, and Lambda's own words where the caller got those.
    fn tell(&self, payload: &Source, io: &mut Io) -> Result<(), Fault> {
        let what = if self.answered { "the function broke a rule" } else { "the function failed" };
        writeln!(io.err, "error: {what}: {}\n  {}", self.error_type, self.explanation)?;
        if !self.answered {
            writeln!(io.err, "  Lambda reports {}", payload.text.trim_end())?;
        }
        Ok(())
    }
}

impl Known {
    fn members(&self) -> Map<String, Value> {
        let mut members = json::judged(self.api.flavor, &self.outcome, &self.findings, &self.source);
        members.insert("event".to_owned(), self.event.clone().unwrap_or_default());
        match serde_json::from_slice::<Value>(&self.payload) {
            Ok(result) => members.insert("result".to_owned(), result),
            Err(_) => members.insert("payload".to_owned(), self.source.text.as_str().into()),
        };
        if let Some(Failed { error_type, message, explanation, .. }) = &self.failed {
            let failure =
                json!({ "error_type": error_type, "error_message": message, "explanation": explanation });
            members.insert("function_error".to_owned(), failure);
        }
        if let Some(reason) = &self.unroutable {
            members.insert("unroutable".to_owned(), reason.as_str().into());
        }
        members
    }
}
