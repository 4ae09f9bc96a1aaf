//! What came of a call: the judged answer, printed for people or as JSON.

use super::super::exit::{Exit, Fault};
use super::super::io::Io;
use super::case::Case;
use super::measured::Measured;
use super::stack;
use crate::gateway::event::Unroutable;
use crate::gateway::respond::own_answer;
use crate::gateway::{Decision, Front, Invocation, Outcome};
use crate::http::Response;
use crate::json::Text;
use crate::lint::causes::Answered;
use crate::lint::{Document, Ended, Finding, Judged, Source, Summary};
use crate::lint::{judge_ended, judge_stream, judge_syntax};
use crate::report::{self, human, json};
use crate::transport::{Failure, Invoked, Timings};
use hyper::body::Bytes;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::io::Write as _;
use std::time::Duration;

/// What came of a call, ready to be printed.
pub(super) struct Verdict {
    /// The flavour, event and result; not known of an endpoint.
    pub(super) known: Option<Known>,
    /// What the caller gets; nothing if an authorizer lets the request pass, or if there is nobody
    /// to answer.
    pub(super) response: Option<Response>,
    /// How long it took, in milliseconds, by name.
    pub(super) timings: Vec<(&'static str, f64)>,
    /// What else was measured of a function on this machine.
    pub(super) measured: Measured,
    /// What Lambda's API said of the invocation, for JSON.
    pub(super) lambda: Option<Value>,
}

/// What is known of a call that this machine served.
pub(super) struct Known {
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
    Verdict { known: Some(known), response, timings: Vec::new(), measured: Measured::default(), lambda: None }
}

/// What the gateway makes of the function's answer, or of its failure.
pub(super) fn judge(case: Case, invoked: Invoked, request_id: &str) -> Verdict {
    let Invoked { payload, failure, timings, .. } = invoked;
    let failed = failure.as_ref().map(|failure| Failed {
        error_type: failure.error_type().to_owned(),
        message: failure.message(request_id),
        explanation: failure.explain(),
        answered: answered_beside(failure, &payload, request_id)
            || (case.exchange().api.streaming && failure.is_in_stream()),
        in_stream: failure.is_in_stream(),
    });
    let judged = judge_payload(&case, &payload, failure.as_ref(), failed.as_ref());
    let Judged { source, outcome, decision, findings } = judged;
    let response = outcome.response.clone();
    let (front, event, unroutable) = (case.front, case.event.ok(), None);
    let known = Known { front, decision, event, payload, outcome, source, findings, failed, unroutable };
    let (timings, measured) = (named(timings), Measured::default());
    Verdict { known: Some(known), response, timings, measured, lambda: None }
}

fn judge_payload(case: &Case, payload: &[u8], failure: Option<&Failure>, failed: Option<&Failed>) -> Judged {
    const NAME: &str = "<result>";
    let exchange = case.exchange();
    let judged = |source, outcome, findings| Judged {
        decision: case.front.decision(&outcome),
        source,
        outcome,
        findings,
    };
    if exchange.api.streaming && failure.is_none_or(Failure::is_in_stream) {
        return judge_stream(&Document::whole(NAME, payload), &exchange, &case.expected);
    }
    let source = Source::whole(NAME, String::from_utf8_lossy(payload));
    let too_much = payload.len() > exchange.api.flavor.facts().max_result_bytes;
    let failed = failed.is_some_and(|failed| !failed.answered);
    let without_findings = |invocation| {
        let outcome = case.front.answer(&exchange, invocation);
        judged(source.clone(), outcome, Vec::new())
    };
    if matches!(failure, Some(Failure::ResponseTooLarge | Failure::StreamTooLarge)) {
        return without_findings(Invocation::ReturnedTooMuch);
    }
    let text = match Text::parse(NAME, source.text.as_str()) {
        Ok(text) => text,
        Err(_) if failed => return without_findings(Invocation::Failed(&Value::from(source.text.as_str()))),
        Err(error) => {
            let outcome = case.front.answer(&exchange, Invocation::ReturnedGarbage);
            let findings = vec![judge_syntax(&error, &outcome)];
            return judged(source, outcome, findings);
        }
    };
    let value = text.value();
    let end = match () {
        () if failed => Invocation::Failed(&value),
        () if too_much => Invocation::ReturnedTooMuch,
        () => Invocation::Returned(&value),
    };
    let ended = Ended { text: &text, value: &value, end };
    let (outcome, findings) = judge_ended(case.front, &exchange, ended, &case.expected);
    judged(source, outcome, findings)
}

/// Whether the payload is the function's own answer, although it broke a rule: then the caller
/// gets that answer.
fn answered_beside(failure: &Failure, payload: &[u8], request_id: &str) -> bool {
    match failure {
        Failure::TwoAnswers | Failure::ExitedAfterAnswer(_) => true,
        Failure::WrongRequestId { .. } => payload != failure.payload(request_id),
        _ => false,
    }
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
    /// The exit code: a failed function weighs more than a refused result. What an authorizer
    /// decides is its business, also when it fails with `Unauthorized`.
    pub(super) fn exit(&self) -> Exit {
        let decided = |known: &Known| known.decision.is_some_and(|decision| decision != Decision::Error);
        match &self.known {
            Some(known) if known.unroutable.is_none() && decided(known) => Exit::Clean,
            Some(known) if known.failed.is_some() => Exit::FunctionFailed,
            Some(known) if known.outcome.refused => Exit::Findings,
            _ => Exit::Clean,
        }
    }

    /// The body on standard output, everything else on standard error.
    pub(super) fn print_human(&self, include: bool, raw: bool, io: &mut Io) -> Result<(), Fault> {
        let body = self.body(include, raw);
        if let (true, Some(response)) = (include, &self.response) {
            io.out.write_all(human::head(response, io.out_style()).as_bytes())?;
        }
        if io.terminal.stdout && std::str::from_utf8(&body).is_err() {
            writeln!(
                io.err,
                "note: the body is {} bytes that are no text; redirect the output to a file",
                body.len()
            )?;
        } else {
            io.out.write_all(&body)?;
            if io.terminal.stdout && body.last().is_some_and(|last| *last != b'\n') {
                writeln!(io.out)?;
            }
        }
        io.out.flush()?;
        self.print_words(io)
    }

    /// Whether what stands on standard output ends with its line.
    pub(super) fn ends_line(&self, include: bool, raw: bool) -> bool {
        self.body(include, raw).last() == Some(&b'\n')
    }

    /// What stands on standard output: the body that the caller gets, or an authorizer's decision.
    fn body(&self, include: bool, raw: bool) -> Cow<'_, [u8]> {
        match (&self.known, &self.response) {
            (Some(known), _) if raw => Cow::from(&*known.payload),
            (Some(Known { decision: Some(decision), outcome, .. }), _) if !include => {
                Cow::from((human::decision_in_words(*decision, outcome) + "\n").into_bytes())
            }
            (_, Some(response)) => Cow::from(&response.body.0),
            (_, None) => Cow::default(),
        }
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
                human::findings(&known.source, &known.findings, &known.outcome, known.front, style);
            io.err.write_all(findings.as_bytes())?;
        }
        let timings =
            self.timings.iter().map(|(name, ms)| format!("{} {ms} ms", name.trim_end_matches("_ms")));
        let answer = match &self.response {
            Some(response) if response.is_message() => "answers with a message".to_owned(),
            Some(response) => format!("answers {}", response.status_line()),
            None if known.decision.is_some() => "lets the request pass".to_owned(),
            None => "answers nothing".to_owned(),
        };
        let line = [answer].into_iter().chain(timings).collect::<Vec<_>>().join(", ");
        writeln!(io.err, "{} {line}", known.front.title())?;
        self.warn(io)
    }

    /// What a person should hear, however the rest is printed.
    fn warn(&self, io: &mut Io) -> Result<(), Fault> {
        for warning in &self.measured.warnings {
            writeln!(io.err, "warning: {warning}")?;
        }
        Ok(())
    }

    /// The JSON contract: event, result, response, diagnostics, timings.
    pub(super) fn print_json(&self, answered: Option<&Answered>, io: &mut Io) -> Result<(), Fault> {
        let mut summary = Summary::default();
        let mut members = match &self.known {
            Some(known) => {
                summary.add(&known.findings);
                known.members()
            }
            None => {
                let response = self.response.as_ref().map_or(Value::Null, json::response);
                let answered = answered.map(|own| ("answered_by".to_owned(), report::answered::member(own)));
                [("response".to_owned(), response)].into_iter().chain(answered).collect()
            }
        };
        let timings = self.timings.iter().map(|(name, ms)| ((*name).to_owned(), Value::from(*ms)));
        let measured = self.measured.numbers.iter();
        let timings =
            timings.chain(measured.map(|(name, number)| ((*name).to_owned(), Value::from(*number))));
        members.insert("timings".to_owned(), Value::Object(timings.collect()));
        let logs = self.measured.logs.iter().map(|lines| ("logs".to_owned(), Value::from(lines.clone())));
        members.extend(logs);
        members.extend(self.lambda.iter().map(|lambda| ("lambda".to_owned(), lambda.clone())));
        io.out.write_all(json::report(&[Value::Object(members)], &summary).as_bytes())?;
        self.warn(io)
    }
}

impl Failed {
    /// What happened, what to do, and the stack or Lambda's own words where the caller got those.
    fn tell(&self, payload: &Source, io: &mut Io) -> Result<(), Fault> {
        let broke_a_rule = self.answered && !self.in_stream;
        let what = if broke_a_rule { "the function broke a rule" } else { "the function failed" };
        let explanation: Vec<_> = self.explanation.lines().map(human::printable).collect();
        let error_type = human::printable(&self.error_type);
        writeln!(io.err, "error: {what}: {error_type}\n  {}", explanation.join("\n  "))?;
        let stack = if self.answered { Vec::new() } else { stack::lines(&payload.text) };
        for line in &stack {
            writeln!(io.err, "    {line}")?;
        }
        if !self.answered && stack.is_empty() {
            writeln!(io.err, "  Lambda reports {}", payload.text.trim_end())?;
        }
        Ok(())
    }
}

impl Known {
    fn members(&self) -> Map<String, Value> {
        let mut members = json::judged(self.front, &self.outcome, &self.findings, &self.source);
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
