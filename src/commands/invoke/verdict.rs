//! What came of a call: the judged answer, printed for people or as JSON.

use super::super::exit::{Exit, Fault};
use super::super::io::Io;
use super::Invoke;
use super::case::Case;
use super::measured::Measured;
use super::secrets::Secrets;
use super::stack;
use crate::gateway::event::Unroutable;
use crate::gateway::respond::own_answer;
use crate::gateway::{Decision, Front, Invocation, Outcome};
use crate::http::Response;
use crate::json::Text;
use crate::lint::causes::Answered;
use crate::lint::{Document, Ended, Finding, Judged, Source, Summary};
use crate::lint::{judge_ended, judge_stream, judge_syntax};
use crate::report::measurement::Answer;
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
    /// Who answered a request to an endpoint, where the response shows an error.
    pub(super) answered: Option<Answered>,
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
    let Invoked { payload, failure, timings, .. } = invoked;
    let failed = failure.as_ref().map(|failure| Failed {
        answered: answered_beside(failure, &payload, request_id)
            || (case.exchange().api.streaming && failure.is_in_stream()),
        ..Failed::of(failure, request_id)
    });
    let judged = judge_payload(&case, &payload, failure.as_ref(), failed.as_ref());
    let Judged { source, outcome, decision, findings } = judged;
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
    pub(super) fn exit(&self) -> Exit {
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

    /// What may not be shown.
    pub(super) fn secrets(&self, args: &Invoke, io: &Io) -> Secrets {
        let event = self.known.as_ref().and_then(|known| known.event.as_ref());
        let result = self.known.as_ref().and_then(|known| serde_json::from_slice(&known.payload).ok());
        Secrets::of(event.into_iter().chain(&result), self.response.as_ref(), args, &io.env)
    }

    /// The body on standard output, on lines of its own if it is one of several; everything else on
    /// standard error.
    pub(super) fn print_human(
        &self,
        (include, raw): (bool, bool),
        several: bool,
        secrets: &Secrets,
        io: &mut Io,
    ) -> Result<(), Fault> {
        let body = self.body(include, raw);
        if let (true, Some(response)) = (include, &self.response) {
            let head = human::head(&secrets.response(response), io.out_style());
            io.out.write_all(head.as_bytes())?;
        }
        if io.terminal.stdout && std::str::from_utf8(&body).is_err() {
            writeln!(
                io.err,
                "note: the body is {} bytes that are no text; redirect the output to a file",
                body.len()
            )?;
        } else {
            io.out.write_all(&body)?;
            if (several || io.terminal.stdout) && body.last().is_some_and(|last| *last != b'\n') {
                writeln!(io.out)?;
            }
        }
        io.out.flush()?;
        self.print_trouble(secrets, io)?;
        if self.known.is_some() {
            writeln!(io.err, "{}", self.in_brief())?;
        }
        self.warn(io)
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

    /// Why there is no good answer, and the findings.
    pub(super) fn print_trouble(&self, secrets: &Secrets, io: &mut Io) -> Result<(), Fault> {
        let style = io.err_style();
        if let Some(answered) = &self.answered {
            io.err.write_all(report::answered::answered(answered, style).as_bytes())?;
        }
        let Some(known) = &self.known else { return Ok(()) };
        if let Some(reason) = &known.unroutable {
            writeln!(io.err, "error: no function was invoked: {}", secrets.text(reason))?;
        }
        if let Some(failed) = &known.failed {
            failed.tell(&known.source, secrets, io)?;
        }
        if known.failed.as_ref().is_none_or(|failed| failed.answered) {
            let source = Source { text: secrets.starred(&known.source.text), ..known.source.clone() };
            let findings = human::findings(&source, &known.findings, &known.outcome, known.front, style);
            io.err.write_all(secrets.starred(&findings).as_bytes())?;
        }
        Ok(())
    }

    /// Who answers what, and how long it took.
    pub(super) fn in_brief(&self) -> String {
        let timings =
            self.timings.iter().map(|(name, ms)| format!("{} {ms} ms", name.trim_end_matches("_ms")));
        let decides = self.known.as_ref().is_some_and(|known| known.decision.is_some());
        let answer = match &self.response {
            Some(response) if response.is_message() => "answers with a message".to_owned(),
            Some(response) => format!("answers {}", response.status_line()),
            None if decides => "lets the request pass".to_owned(),
            None => "answers nothing".to_owned(),
        };
        let line = [answer].into_iter().chain(timings).collect::<Vec<_>>().join(", ");
        self.known.as_ref().map_or(line.clone(), |known| format!("{} {line}", known.front.title()))
    }

    /// What a person should hear, however the rest is printed.
    pub(super) fn warn(&self, io: &mut Io) -> Result<(), Fault> {
        for warning in &self.measured.warnings {
            writeln!(io.err, "warning: {warning}")?;
        }
        Ok(())
    }

    /// The JSON contract: event, result, response, diagnostics, timings.
    pub(super) fn print_json(&self, secrets: &Secrets, io: &mut Io) -> Result<(), Fault> {
        let mut summary = Summary::default();
        let members = self.members(secrets, &mut summary);
        io.out.write_all(json::report(&[Value::Object(members)], &summary).as_bytes())?;
        self.warn(io)
    }

    /// The members of its row, with its findings counted.
    pub(super) fn members(&self, secrets: &Secrets, summary: &mut Summary) -> Map<String, Value> {
        let mut members = Map::new();
        if let Some(known) = &self.known {
            summary.add(&known.findings);
            members = known.members(secrets);
        }
        let response = self.response.as_ref().map(|response| json::response(&secrets.response(response)));
        members.insert("response".to_owned(), response.unwrap_or_default());
        let answered = self.answered.as_ref();
        members.extend(answered.map(|own| ("answered_by".to_owned(), report::answered::member(own))));
        let timings = self.timings.iter().map(|(name, ms)| ((*name).to_owned(), Value::from(*ms)));
        let measured = self.measured.numbers.iter();
        let timings =
            timings.chain(measured.map(|(name, number)| ((*name).to_owned(), Value::from(*number))));
        members.insert("timings".to_owned(), Value::Object(timings.collect()));
        let hidden = |line: &String| secrets.text(line);
        let logs = self.measured.logs.iter().map(|lines| lines.iter().map(hidden).collect());
        members.extend(logs.map(|lines| ("logs".to_owned(), lines)));
        members.extend(self.lambda.iter().map(|lambda| {
            let mut lambda = lambda.clone();
            secrets.everywhere(&mut lambda);
            ("lambda".to_owned(), lambda)
        }));
        members
    }
}

impl Failed {
    /// What happened, what to do, and the stack or Lambda's own words where the caller got those.
    fn tell(&self, payload: &Source, secrets: &Secrets, io: &mut Io) -> Result<(), Fault> {
        let broke_a_rule = self.answered && !self.in_stream;
        let what = if broke_a_rule { "the function broke a rule" } else { "the function failed" };
        let report = self.report.as_deref().unwrap_or(&payload.text);
        let explanation = secrets.text(&self.explanation);
        let explanation: Vec<_> = explanation.lines().map(human::printable).collect();
        let error_type = human::printable(&secrets.text(&self.error_type));
        writeln!(io.err, "error: {what}: {error_type}\n  {}", explanation.join("\n  "))?;
        let stack = if self.answered { Vec::new() } else { stack::lines(report) };
        for line in &stack {
            writeln!(io.err, "    {}", secrets.text(line))?;
        }
        if !self.answered && stack.is_empty() && !report.trim().is_empty() {
            writeln!(io.err, "  Lambda reports {}", secrets.text(report.trim_end()))?;
        }
        Ok(())
    }
}

impl Known {
    fn members(&self, secrets: &Secrets) -> Map<String, Value> {
        let mut members = json::judged(self.front, &self.outcome, &self.findings, &self.source);
        if let Some(diagnostics) = members.get_mut("diagnostics") {
            secrets.everywhere(diagnostics);
        }
        members
            .insert("event".to_owned(), self.event.as_ref().map(|own| secrets.part(own)).unwrap_or_default());
        match serde_json::from_slice::<Value>(&self.payload) {
            Ok(result) => {
                let mut result = secrets.part(&result);
                // What a runtime says of a failure is no answer.
                if self.failed.as_ref().is_some_and(|failed| !failed.answered) {
                    secrets.everywhere(&mut result);
                }
                members.insert("result".to_owned(), result)
            }
            Err(_) => members.insert("payload".to_owned(), secrets.text(&self.source.text).into()),
        };
        if let Some(Failed { error_type, message, explanation, .. }) = &self.failed {
            let mut failure =
                json!({ "error_type": error_type, "error_message": message, "explanation": explanation });
            secrets.everywhere(&mut failure);
            members.insert("function_error".to_owned(), failure);
        }
        if let Some(reason) = &self.unroutable {
            members.insert("unroutable".to_owned(), secrets.text(reason).into());
        }
        members
    }
}
