//! `apigw invoke`: an event to a function or a request to an endpoint, and what the caller gets.

use super::call::{self, Described};
use super::event_from::place;
use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::flags::{AnswerFlags, CallFlags};
use super::invocation::{self, Case};
use super::invoke_function::{self, FunctionFlags};
use super::io::Io;
use super::verdict::Verdict;
use super::{endpoint, front_ends, meaning, settings};
use crate::gateway::event::{EventKind, request_of};
use crate::gateway::{Api, Flavor, Front, Moment, arn};
use crate::http::Request;
use crate::json::Text;
use clap::Args;
use serde_json::Value;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// Send an event to a function, or a request to an endpoint, and show what the caller gets
#[derive(Debug, Args)]
#[command(
    override_usage = "apigw invoke [OPTIONS] <--bin PATH|--handler HANDLER|--function NAME|--url URL> [-- ARGS...]",
    group = clap::ArgGroup::new("target").required(true).args(["bin", "handler", "function", "url"]),
    after_help = "Exit code: 0 answered (also when an authorizer denies), 1 the gateway refuses the result, 2 usage,
3 the function failed, 4 the network failed, 130 interrupted.

Examples:
  apigw invoke --bin target/debug/bootstrap --path '/users/42?a=1' --route 'GET /users/{id}' -i
  apigw invoke --bin ./bootstrap --event http-post -H 'content-type: application/json' -d '{\"name\": \"Ada\"}'
  apigw invoke --bin ./authorizer --event authorizer-token -H 'Authorization: Bearer abc' --path /users
  apigw invoke --handler app.lambda_handler --event rest-get --path /users/42
  apigw invoke --function users:live --event http-get --path /users/42 --tail
  apigw invoke --url https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev --event event.json"
)]
pub struct Invoke {
    /// A function's binary: it is started with Lambda's environment and a Runtime API of its own
    #[arg(long, value_name = "PATH", help_heading = "Target")]
    pub bin: Option<PathBuf>,
    /// A handler in a Python or Node file, as Lambda's setting has it: app.lambda_handler, src/index.handler
    #[arg(long, value_name = "HANDLER", help_heading = "Target")]
    pub handler: Option<String>,
    /// What runs the handler: python3.12, nodejs22, the path of an interpreter [default: what the file needs, on PATH]
    #[arg(long, value_name = "NAME|PATH", requires = "handler", conflicts_with_all = ["bin", "url"], help_heading = "Target")]
    pub runtime: Option<String>,
    /// An endpoint: the request is sent below this URL
    #[arg(long, value_name = "URL", help_heading = "Target")]
    pub url: Option<String>,
    /// Arguments of the binary, behind --
    #[arg(last = true, value_name = "ARGS", conflicts_with_all = ["handler", "function", "url"])]
    pub args: Vec<OsString>,
    /// A kind of event, a file with an event, or - for standard input
    #[arg(long, value_name = "KIND|FILE|-", help_heading = "Event")]
    pub event: Option<String>,
    /// The front end between caller and function [default: that of the event, else rest]
    #[arg(long, value_parser = front_ends::front_parser(), value_name = "NAME", help_heading = "Event")]
    pub api: Option<Front>,
    /// The rest of the call.
    #[command(flatten)]
    pub call: CallFlags,
    /// Settings of the API.
    #[command(flatten)]
    pub answer: AnswerFlags,
    /// Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, help_heading = "Function")]
    pub timeout: Option<Duration>,
    /// A variable of the function's environment; may be repeated
    #[arg(long = "env", value_name = "NAME=VALUE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env: Vec<String>,
    /// A file with NAME=VALUE lines for the function's environment
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env_file: Option<String>,
    /// A function in AWS, and the way to it.
    #[command(flatten)]
    pub function: FunctionFlags,
    /// Show status and headers before the body
    #[arg(short = 'i', long, help_heading = "Output")]
    pub include: bool,
    /// Print what the function returned instead of what the caller gets
    #[arg(long, conflicts_with_all = ["include", "url"], help_heading = "Output")]
    pub raw: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "human", help_heading = "Output")]
    pub format: Format,
}

/// A time limit in seconds, fractions allowed.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if !(0.001..=86_400.0).contains(&seconds) {
        return Err("from 0.001 to 86400 seconds".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line, of starting the function, and of the network.
pub fn run(args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    args.function.check()?;
    if let Some(name) = &args.function.function {
        return invoke_function::run(name, args, io);
    }
    let verdict = match &args.url {
        Some(url) => endpoint::run(url, args, io)?,
        None => invocation::run(args, case(args, io)?, io)?,
    };
    match verdict {
        Some(verdict) => verdict.print(args, io),
        None => Ok(Exit::Interrupted),
    }
}

/// The call that the flags describe, with its event.
pub(super) fn case(args: &Invoke, io: &mut Io) -> Result<Case, Fault> {
    match args.event.as_deref() {
        Some(name) if EventKind::from_name(name).is_none() => from_file(name, args, io),
        name => {
            let described = describe(name, args, io)?;
            meaning::check_answer(described.front, &args.answer)?;
            let event = described.event()?;
            let Described { front, mut api, request, stamp, moment, .. } = described;
            args.answer.set(&mut api);
            let expected = args.answer.expected();
            Ok(Case { front, api, request, stamp, moment, event, expected })
        }
    }
}

/// The call that an event of a file tells of.
fn from_file(name: &str, args: &Invoke, io: &mut Io) -> Result<Case, Fault> {
    if args.call.request.any() {
        return Err(Fault::usage("--event names a file: the flags of the request have no meaning then")
            .hint("name a kind such as rest-get, or change the event with --set"));
    }
    let mut event = read_event(name, io)?;
    call::apply_settings(&mut event, &args.call.set)?;
    let front = args.api.or_else(|| Front::of_event(&event)).ok_or_else(|| {
        Fault::usage(format!("{name} is no event of a front end that we know"))
            .hint("name the front end with --api")
    })?;
    settings::check(front.flavor(), &args.call.api, &args.call.caller)?;
    meaning::check_answer(front, &args.answer)?;
    let mut api = Api::new(front.flavor());
    api.streaming = args.call.api.streaming;
    api.binary_media_types.clone_from(&args.call.api.binary_media_types);
    args.answer.set(&mut api);
    let mut request = request_of(&event).unwrap_or_else(|| Request::new("GET", api.prefix() + "/"));
    if let Some(kind) = front.authorizer() {
        let arn = event.get(kind.facts().arn_key).and_then(Value::as_str).unwrap_or_default();
        let call = arn::call_of(arn, &api).ok_or_else(|| {
            Fault::usage(format!("{name}: `{arn}` is no ARN of a call, so the policy cannot be judged"))
        })?;
        (api, request) = call;
    }
    let mut stamp = call::stamp(&args.call.stamp, io)?.for_request(&request);
    if let Some(id) = event.pointer("/requestContext/connectionId").and_then(Value::as_str) {
        stamp = stamp.on_connection(id);
    }
    let moment = Moment::of_event(&event);
    let expected = args.answer.expected();
    Ok(Case { front, api, request, stamp, moment, event: Ok(event), expected })
}

/// The call of a kind, or of the kind that the flags amount to.
pub(super) fn describe(name: Option<&str>, args: &Invoke, io: &mut Io) -> Result<Described, Fault> {
    let kind = match name.and_then(EventKind::from_name) {
        Some(kind) if args.api.is_some_and(|api| api != kind.front) => {
            return Err(Fault::usage(format!(
                "--event {} is no event of --api {}",
                kind.name,
                args.api.unwrap_or(kind.front)
            )));
        }
        Some(kind) => kind,
        None => {
            let name = usual_kind(args.api.unwrap_or(Front::Api(Flavor::Rest)), args);
            EventKind::from_name(&name).ok_or_else(|| Fault::usage(format!("there is no kind {name}")))?
        }
    };
    call::describe(&kind, None, &args.call, io)
}

/// What a front is called with when nobody says more.
fn usual_kind(front: Front, args: &Invoke) -> String {
    match front {
        Front::Authorizer(kind) => kind.to_string(),
        Front::Api(Flavor::Websocket) => format!("{front}-message"),
        Front::Api(_) if args.call.request.data.is_empty() => format!("{front}-get"),
        Front::Api(_) => format!("{front}-post"),
    }
}

const KINDS: &str = "`apigw event list` names the kinds of event";

pub(super) fn read_event(name: &str, io: &mut Io) -> Result<Value, Fault> {
    let bytes = io.read(name).map_err(|fault| fault.of("--event").hint(KINDS))?;
    let source = String::from_utf8(bytes)
        .map_err(|_| Fault::usage(format!("{name}: the event is not JSON: it is not UTF-8")))?;
    Text::parse(name, source.as_str())
        .map(|text| text.value())
        .map_err(|error| place(name, &source, error.span, &format!("the event is not JSON: {}", error.kind)))
}

impl Verdict {
    /// Prints it as the flags ask for.
    pub(super) fn print(&self, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
        match args.format {
            Format::Json => self.print_json(io)?,
            Format::Human => self.print_human(args.include, args.raw, io)?,
        }
        Ok(self.exit())
    }
}
