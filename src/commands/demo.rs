//! `apigw demo`: the whole line from request to response, with this program as the function.

use super::exit::{Exit, Fault};
use super::interrupt::interruptible;
use super::invoke::Case;
use super::io::Io;
use crate::gateway::{Api, Call, Caller, Flavor, Invocation, Moment, Route, Stamp};
use crate::http::{Request, Response};
use crate::json::Text;
use crate::lint::{Ended, Expected, Source, judge_ended};
use crate::report::human;
use crate::transport::{self, FunctionProcess, FunctionSettings, FunctionSpec};
use clap::Args;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

/// Show the main job on this machine: a request, its event, a function's result, the response
#[derive(Debug, Args)]
pub struct Demo {}

/// Serve the demo's events (started by `apigw demo`)
#[derive(Debug, Args)]
pub struct DemoFunction {}

/// The two acts: the handler that the function plays, and what it does.
const ACTS: [(&str, &str); 2] = [
    ("demo.text_body", "1. A handler that returns its body as text"),
    ("demo.object_body", "2. The same handler returns an object as its body"),
];

/// Runs the command.
///
/// # Errors
/// When this program cannot be started a second time.
pub fn run(_: &Demo, io: &mut Io) -> Result<Exit, Fault> {
    let program = io.program.clone().ok_or_else(|| Fault::usage("the path of this program is not known"))?;
    for (handler, title) in ACTS {
        let case = case();
        let payload =
            match interruptible(transport::invoke_once(spec(&program, handler), invocation(&case, io)))? {
                None => return Ok(Exit::Interrupted),
                Some(invoked) => invoked.map_err(|error| Fault::usage(error.to_string()))?.payload,
            };
        show(title, &case, &String::from_utf8_lossy(&payload), io)?;
    }
    Ok(Exit::Clean)
}

/// Plays the function: a child of `apigw demo`.
///
/// # Errors
/// When there is no Runtime API in the environment.
pub fn serve(_: &DemoFunction, io: &mut Io) -> Result<Exit, Fault> {
    let Some(runtime_api) = io.env.get("AWS_LAMBDA_RUNTIME_API") else {
        return Err(
            Fault::usage("AWS_LAMBDA_RUNTIME_API is not set").hint("`apigw demo` starts this command itself")
        );
    };
    let as_text = io.env.get("_HANDLER").map(String::as_str) == Some(ACTS[0].0);
    let served = interruptible(transport::serve_demo_function(runtime_api, |event| handle(event, as_text)))?;
    match served {
        None => Ok(Exit::Interrupted),
        Some(served) => {
            served.map(|()| Exit::Clean).map_err(|error| Fault::new(Exit::NetworkFailed, error.to_string()))
        }
    }
}

/// The demo's handler: greets whom the query names.
fn handle(event: &[u8], as_text: bool) -> Vec<u8> {
    let event: Value = serde_json::from_slice(event).unwrap_or_default();
    let name = event.pointer("/queryStringParameters/name").and_then(Value::as_str).unwrap_or("World");
    let message = json!({ "message": format!("Hello, {name}!") });
    let body = if as_text { Value::from(message.to_string()) } else { message };
    json!({ "statusCode": 200, "body": body }).to_string().into_bytes()
}

fn case() -> Case {
    let mut api = Api::new(Flavor::Rest);
    api.routes = vec![Route::of("GET", "/hello")];
    let mut request = Request::new("GET", "/prod/hello");
    request.query = Some("name=Ada".to_owned());
    request.headers.append("Accept", "application/json");
    let stamp = Stamp::default().for_request(&request);
    let moment = Moment::Request;
    let event =
        Call { api: &api, request: &request, caller: &Caller::default(), stamp: &stamp, moment }.event();
    Case { front: Flavor::Rest.into(), api, request, stamp, moment, event, expected: Expected::default() }
}

fn spec(program: &Path, handler: &str) -> FunctionSpec {
    let process = FunctionProcess { args: vec!["demo-function".into()], ..FunctionProcess::new(program) };
    let settings = FunctionSettings {
        name: "demo".to_owned(),
        handler: handler.to_owned(),
        ..FunctionSettings::default()
    };
    FunctionSpec { settings, ..FunctionSpec::new(process) }
}

fn invocation(case: &Case, io: &Io) -> transport::Invocation {
    transport::Invocation {
        request_id: case.stamp.uuid("invocation"),
        event: case.event.as_ref().map(ToString::to_string).unwrap_or_default().into(),
        now: Duration::from_millis(u64::try_from(io.now_ms).unwrap_or_default()),
        ..transport::Invocation::default()
    }
}

fn show(title: &str, case: &Case, payload: &str, io: &mut Io) -> Result<(), Fault> {
    let style = io.out_style();
    let source = Source::whole("<result>", payload);
    let text = Text::parse("<result>", payload).map_err(|error| Fault::usage(error.kind.to_string()))?;
    let exchange = case.exchange();
    let value = text.value();
    let ended = Ended { text: &text, value: &value, end: Invocation::Returned(&value) };
    let (outcome, findings) = judge_ended(case.front, &exchange, ended, &case.expected);
    io.out.write_all(human::heading(title, style).as_bytes())?;
    let event = case.event.as_ref().map(in_brief).unwrap_or_default();
    let steps = [
        ("request", format!("{} {}", case.request.method, case.request.target())),
        ("event", event),
        ("result", payload.to_owned()),
        ("response", answer(outcome.response.as_ref())),
    ];
    for (name, text) in steps {
        writeln!(io.out, "  {name:<9} {}", text.replace('\n', "\n            "))?;
    }
    writeln!(io.out)?;
    let words = human::findings(&source, &findings, &outcome, case.api.flavor, style);
    io.out.write_all(words.as_bytes())?;
    io.out.flush()?;
    Ok(())
}

/// The members of the event that tell most.
fn in_brief(event: &Value) -> String {
    let lines: [&[&str]; 3] = [
        &["/resource", "/path", "/httpMethod"],
        &["/queryStringParameters", "/pathParameters", "/body", "/isBase64Encoded"],
        &["/requestContext/stage", "/requestContext/requestId"],
    ];
    let member = |pointer: &&str| {
        let value = event.pointer(pointer).unwrap_or(&Value::Null);
        format!("{} {value}", pointer.trim_start_matches('/').replace('/', "."))
    };
    let line = |pointers: &&[&str]| pointers.iter().map(member).collect::<Vec<_>>().join(", ");
    lines.iter().map(line).collect::<Vec<_>>().join("\n") + ", …"
}

fn answer(response: Option<&Response>) -> String {
    let Some(response) = response else { return String::new() };
    let headers = ["Content-Type", "x-amzn-ErrorType"];
    let mut text = response.status_line();
    for name in headers {
        if let Some(value) = response.headers.get(name) {
            let _ = write!(text, "\n{name}: {value}");
        }
    }
    let _ = write!(text, "\n{}", response.body.as_text().unwrap_or_default());
    text
}
