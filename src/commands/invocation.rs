//! A function on this machine: its event in, its result judged.

use super::exit::{Exit, Fault};
use super::invoke::Invoke;
use super::io::Io;
use crate::gateway::event::Unroutable;
use crate::gateway::respond::own_answer;
use crate::gateway::{Api, Exchange, Invocation, Moment, Outcome, Stamp, respond};
use crate::http::{Request, Response};
use crate::json::Text;
use crate::lint::{Finding, Judged, Source, Summary, judge_outcome, judge_stream, judge_syntax};
use crate::report::{human, json};
use crate::transport::{self, Failure, FunctionProcess, FunctionSettings, FunctionSpec, Invoked, Timings};
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

/// A call with its event, or with the reason why there is none.
pub(super) struct Case {
    pub(super) api: Api,
    pub(super) request: Request,
    pub(super) stamp: Stamp,
    pub(super) moment: Moment,
    pub(super) event: Result<Value, Unroutable>,
}

impl Case {
    /// The call that waits for its response.
    pub(super) fn exchange(&self) -> Exchange<'_> {
        Exchange { api: &self.api, request: &self.request, stamp: &self.stamp, moment: self.moment }
    }
}

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
    /// Type, message and explanation of the function's failure.
    failure: Option<[String; 3]>,
    /// Why no function was invoked.
    unroutable: Option<String>,
}

/// Invokes the binary; `None` if that was interrupted.
pub(super) fn run(bin: &Path, args: &Invoke, case: Case, io: &mut Io) -> Result<Option<Verdict>, Fault> {
    let event = match &case.event {
        Ok(event) => event.to_string().into_bytes(),
        Err(unroutable) => return Ok(Some(unrouted(&case, unroutable))),
    };
    let spec = spec(bin, args, &case, io)?;
    let invocation = invocation(&case, &spec, event, io);
    let request_id = invocation.request_id.clone();
    let invoked = interruptible(transport::invoke_once(spec, invocation))?;
    let Some(invoked) = invoked else { return Ok(None) };
    let invoked = invoked.map_err(|error| Fault::usage(error.to_string()))?;
    Ok(Some(judge(case, invoked, &request_id)))
}

/// Runs a future on a runtime of this thread until it ends, or until Ctrl-C or a termination
/// signal: then it is dropped, and its processes with it.
pub(super) fn interruptible<T>(work: impl Future<Output = T>) -> Result<Option<T>, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Fault::usage(format!("cannot start: {}", super::io::plain(&error))))?;
    Ok(runtime.block_on(async {
        tokio::select! {
            done = work => Some(done),
            () = interrupted() => None,
        }
    }))
}

async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn spec(bin: &Path, args: &Invoke, case: &Case, io: &mut Io) -> Result<FunctionSpec, Fault> {
    let mut spec =
        FunctionSpec::new(FunctionProcess { args: args.args.clone(), ..FunctionProcess::new(bin) });
    spec.timeout = args.timeout.unwrap_or(spec.timeout);
    spec.settings = settings(bin, case, io);
    for (name, value) in variables(args, io)? {
        // Lambda's own variables have settings; naming one sets it.
        match name.as_str() {
            "_HANDLER" => spec.settings.handler = value,
            "AWS_LAMBDA_FUNCTION_NAME" => spec.settings.name = value,
            "AWS_REGION" | "AWS_DEFAULT_REGION" => spec.settings.region = value,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => {
                let memory =
                    value.parse().map_err(|_| Fault::usage(format!("--env {name}: not a number of MB")))?;
                spec.settings.memory_mb = memory;
            }
            _ => spec.settings.extra.push((name, value)),
        }
    }
    Ok(spec)
}

fn settings(bin: &Path, case: &Case, io: &Io) -> FunctionSettings {
    let name =
        bin.file_stem().map_or_else(|| "function".to_owned(), |name| name.to_string_lossy().into_owned());
    let (day, unique) = (case.stamp.day(), case.stamp.hex("log-stream", 32));
    FunctionSettings {
        name,
        handler: "bootstrap".to_owned(),
        region: case.api.region.clone(),
        log_stream: format!("{day}/[$LATEST]{unique}"),
        trace_id: Some(trace_id(case)),
        path: io.env.get("PATH").cloned(),
        ..FunctionSettings::default()
    }
}

/// The variables of `--env-file` and, behind them, of `--env`.
fn variables(args: &Invoke, io: &mut Io) -> Result<Vec<(String, String)>, Fault> {
    let mut variables = Vec::new();
    if let Some(file) = &args.env_file {
        let bytes = io.read(file)?;
        for (index, variable) in dotenvy::from_read_iter(bytes.as_slice()).enumerate() {
            // The parser's own message would show the line, which may be a secret.
            let variable = variable
                .map_err(|_| Fault::usage(format!("{file}: entry {} is not NAME=VALUE", index + 1)))?;
            variables.push(variable);
        }
    }
    for text in &args.env {
        variables.push(super::call::pair("--env", text)?);
    }
    Ok(variables)
}

fn invocation(case: &Case, spec: &FunctionSpec, event: Vec<u8>, io: &Io) -> transport::Invocation {
    let FunctionSettings { name, region, .. } = &spec.settings;
    transport::Invocation {
        request_id: case.stamp.uuid("invocation"),
        event,
        invoked_function_arn: format!("arn:aws:lambda:{region}:{}:function:{name}", case.api.account),
        trace_id: trace_id(case),
        now: Duration::from_millis(u64::try_from(io.now_ms).unwrap_or_default()),
    }
}

fn trace_id(case: &Case) -> String {
    let (root, parent) = (case.stamp.trace_root(), case.stamp.hex("parent", 16));
    format!("{root};Parent={parent};Sampled=0")
}

/// The gateway answers a request that no route takes itself.
fn unrouted(case: &Case, unroutable: &Unroutable) -> Verdict {
    let response = own_answer(&case.exchange(), unroutable.answer);
    let outcome = Outcome { response: Some(response.clone()), refused: true, notices: Vec::new() };
    let known = Known {
        api: case.api.clone(),
        event: None,
        payload: Vec::new(),
        outcome,
        source: Source { name: "<result>".to_owned(), text: String::new() },
        findings: Vec::new(),
        failure: None,
        unroutable: Some(unroutable.reason.clone()),
    };
    Verdict { known: Some(known), response, timings: Vec::new() }
}

/// What the gateway makes of the function's answer, or of its failure.
pub(super) fn judge(case: Case, invoked: Invoked, request_id: &str) -> Verdict {
    let Invoked { payload, failure, timings, .. } = invoked;
    let Judged { source, outcome, findings } =
        judge_payload(&case.exchange(), &payload, failure.as_ref(), request_id);
    let failure = failure
        .map(|failure| [failure.error_type().to_owned(), failure.message(request_id), failure.explain()]);
    let response = outcome
        .response
        .clone()
        .unwrap_or_else(|| own_answer(&case.exchange(), case.api.flavor.facts().refusal));
    let event = case.event.ok();
    let known = Known { api: case.api, event, payload, outcome, source, findings, failure, unroutable: None };
    Verdict { known: Some(known), response, timings: milliseconds(timings) }
}

fn judge_payload(
    exchange: &Exchange<'_>,
    payload: &[u8],
    failure: Option<&Failure>,
    request_id: &str,
) -> Judged {
    const NAME: &str = "<result>";
    if exchange.api.streaming && failure.is_none() {
        return judge_stream(NAME, payload, exchange);
    }
    let source = Source { name: NAME.to_owned(), text: String::from_utf8_lossy(payload).into_owned() };
    let text = match Text::parse(source.name.clone(), source.text.clone()) {
        Ok(text) => text,
        Err(error) => {
            let failed = Value::from(source.text.as_str());
            let invocation =
                if failure.is_some() { Invocation::Failed(&failed) } else { Invocation::ReturnedGarbage };
            let outcome = respond(exchange, invocation);
            let findings = if failure.is_some() { Vec::new() } else { vec![judge_syntax(&error, &outcome)] };
            return Judged { source, outcome, findings };
        }
    };
    let value = text.value();
    let invocation = match failure {
        Some(Failure::ResponseTooLarge) => Invocation::ReturnedTooMuch,
        None if payload.len() > exchange.api.flavor.facts().max_result_bytes => Invocation::ReturnedTooMuch,
        // A runtime may break a rule beside a good answer: then the caller gets the answer.
        Some(failure) if !answered_beside(failure, &source, request_id) => Invocation::Failed(&value),
        _ => Invocation::Returned(&value),
    };
    let outcome = respond(exchange, invocation);
    let findings = judge_outcome(&outcome, &text);
    Judged { source, outcome, findings }
}

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
            Some(known) if known.failure.is_some() => Exit::FunctionFailed,
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
        if let Some([kind, _, explanation]) = &known.failure {
            writeln!(io.err, "error: the function failed: {kind}\n  {explanation}")?;
            if known.outcome.refused {
                writeln!(io.err, "  Lambda reports {}", known.source.text.trim_end())?;
            }
        } else {
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

impl Known {
    fn members(&self) -> Map<String, Value> {
        let mut members = json::judged(self.api.flavor, &self.outcome, &self.findings, &self.source);
        members.insert("event".to_owned(), self.event.clone().unwrap_or_default());
        match serde_json::from_slice::<Value>(&self.payload) {
            Ok(result) => members.insert("result".to_owned(), result),
            Err(_) => members.insert("payload".to_owned(), self.source.text.as_str().into()),
        };
        if let Some([kind, message, explanation]) = &self.failure {
            let failure = json!({ "error_type": kind, "error_message": message, "explanation": explanation });
            members.insert("function_error".to_owned(), failure);
        }
        if let Some(reason) = &self.unroutable {
            members.insert("unroutable".to_owned(), reason.as_str().into());
        }
        members
    }
}
