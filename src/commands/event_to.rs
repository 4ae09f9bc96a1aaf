//! `apigw event to …`: the request that an event describes.

use super::event_gen;
use super::exit::{Exit, Fault};
use super::invoke::read_event;
use super::io::Io;
use crate::gateway::event::{deployed, header, path_below_stage, request_of};
use crate::gateway::{Domain, Flavor, Moment};
use crate::http::Request;
use crate::import::{curl, raw};
use crate::report::human::printable;
use clap::{Args, ValueEnum};
use serde_json::Value;

/// What a request can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A curl command line for sh
    Curl,
    /// A raw HTTP/1.1 request
    Http,
    /// The URL alone
    Url,
}

/// The request that an event describes: as a curl command, as raw HTTP, or its URL
#[derive(Debug, Args)]
#[command(
    after_help = "What the gateway added (forwarding headers, trace ids) is left out, what it dropped is lost; tokens,
keys and cookies of the event stand in the output, for they are part of the request.

Examples:
  apigw event to curl event.json
  apigw event gen http-post -d hello | apigw event to http -"
)]
pub struct EventTo {
    /// What to write
    #[arg(value_enum, value_name = "curl|http|url", hide_possible_values = true)]
    pub form: Form,
    /// The file with the event, or - for standard input
    #[arg(value_name = "EVENT|-")]
    pub event: String,
    /// Write to a file instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// Faults of reading the event and of writing.
pub fn run(args: &EventTo, io: &mut Io) -> Result<Exit, Fault> {
    let event = read_event(&args.event, io)?;
    let request = request(&event).ok_or_else(|| not_a_request(&args.event))?;
    let (scheme, host) = origin(&event);
    let bytes = match args.form {
        Form::Curl => curl::write(&format!("{scheme}://{host}"), &request).into_bytes(),
        Form::Http => raw::write(&host, &request),
        Form::Url => format!("{scheme}://{host}{}\n", request.target()).into_bytes(),
    };
    event_gen::write(&bytes, args.output.as_deref(), io)?;
    Ok(Exit::Clean)
}

/// The fault of a file that holds no event of a request.
pub(super) fn not_a_request(name: &str) -> Fault {
    let name = if name == "-" { "<stdin>" } else { name };
    let flavors: Vec<_> = Flavor::ALL.iter().map(|flavor| flavor.facts().name).collect();
    Fault::usage(format!("{}: this is no event that tells of a request", printable(name)))
        .hint(format!("give one of these flavours: {}", flavors.join(", ")))
}

/// The request as the client sent it.
fn request(event: &Value) -> Option<Request> {
    if matches!(Moment::of_event(event), Moment::Message | Moment::Disconnect) {
        return None; // Nothing that HTTP knows.
    }
    let mut request = request_of(event)?;
    let deployed = deployed(event)?;
    // H-008: on a custom domain the event's path begins with the stage, the client's does not
    let is_custom = matches!(deployed.api.domain, Domain::Custom { .. });
    if is_custom && deployed.api.flavor == Flavor::Http && deployed.api.stage != "$default" {
        request.path = path_below_stage(event)?;
    }
    if request.path.is_empty() {
        "/".clone_into(&mut request.path);
    }
    Some(request)
}

/// Scheme and host that the client called.
pub(super) fn origin(event: &Value) -> (&'static str, String) {
    let header = |name: &str| header(event, name).map(str::to_owned);
    let scheme = match header("x-forwarded-proto").as_deref() {
        Some("http") => "http",
        _ => "https",
    };
    let domain = event.pointer("/requestContext/domainName").and_then(Value::as_str).map(str::to_owned);
    let is_host = |host: &String| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b))
    };
    let host = header("host").filter(is_host).or_else(|| domain.filter(is_host));
    let host = host.or_else(|| deployed(event).map(|deployed| deployed.api.host()));
    (scheme, host.unwrap_or_else(|| "localhost".to_owned()))
}
