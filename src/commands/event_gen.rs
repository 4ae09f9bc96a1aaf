//! `apigw event gen`: the event that API Gateway sends for a request.

use super::call::{self, Described};
use super::exit::{Exit, Fault};
use super::flags::CallFlags;
use super::io::Io;
use super::names::Names;
use crate::gateway::Exchange;
use crate::gateway::event::aliases::{self, Alias};
use crate::gateway::event::{EventKind, Unroutable, kinds};
use crate::gateway::respond::own_answer;
use crate::report::{human, json};
use clap::Args;
use clap::builder::PossibleValue;
use serde_json::Value;
use std::io::Write as _;

/// Generate the event that API Gateway sends for a request
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  apigw event gen rest-get --path '/users/42?a=1&a=2' --route 'GET /users/{id}'
  apigw event gen http-post -H 'content-type: application/json' -d '{\"name\": \"Ada\"}'
  apigw event gen websocket-message -d '{\"action\": \"join\"}' --connection-id abc=
  apigw event gen authorizer-token -H 'Authorization: Bearer abc' --path /users/42
  apigw event gen rest-get --url https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev/users")]
pub struct EventGen {
    /// The kind of event, such as rest-get, websocket-message or authorizer-token (see `apigw event list`)
    #[arg(value_parser = kind_parser(), hide_possible_values = true)]
    pub kind: EventKind,
    /// The URL as a client calls it
    #[arg(long, value_name = "URL", help_heading = "Request")]
    pub url: Option<String>,
    /// The rest of the call.
    #[command(flatten)]
    pub call: CallFlags,
    /// How and where to write it.
    #[command(flatten)]
    pub shape: Shape,
}

/// Reads the name of a kind, and knows all names for completions and for suggestions.
fn kind_parser() -> Names<EventKind> {
    Names { all: || kind_values().collect(), read: EventKind::from_name }
}

/// The names of kinds, with those that other tools have for them as hidden aliases.
pub(super) fn kind_values() -> impl Iterator<Item = PossibleValue> {
    let spellings = |kind: &EventKind| {
        let own = aliases::ALL.iter().filter(|alias| alias.kind == kind.name);
        own.flat_map(Alias::spellings).collect::<Vec<_>>()
    };
    kinds().into_iter().map(move |kind| PossibleValue::new(kind.name.clone()).aliases(spellings(&kind)))
}

/// Runs the command.
///
/// # Errors
/// Faults of the flags, of reading a body, and of writing.
pub fn run(args: &EventGen, io: &mut Io) -> Result<Exit, Fault> {
    let described = call::describe(&args.kind, args.url.as_deref(), &args.call, io)?;
    print(&described, &args.shape, io)
}

/// How and where to write events.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct Shape {
    /// One line instead of many
    #[arg(long)]
    pub compact: bool,
    /// Write to a file instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<String>,
}

/// Writes the event of a call, and what is odd about it.
pub(super) fn print(described: &Described, shape: &Shape, io: &mut Io) -> Result<Exit, Fault> {
    let event = described.event()?.map_err(|unroutable| not_sent(described, &unroutable))?;
    let text = if shape.compact { format!("{event}\n") } else { json::pretty(&event) };
    write(text.as_bytes(), shape.output.as_deref(), io)?;
    let text_in_base64 =
        event["isBase64Encoded"] == Value::Bool(true) && std::str::from_utf8(&described.request.body).is_ok();
    if text_in_base64 {
        let content_type = described.request.headers.get("content-type").map_or("none", |value| value);
        writeln!(
            io.err,
            "note: the body is text, but with this content type ({content_type}) the function gets it in base64"
        )?;
    }
    Ok(Exit::Clean)
}

/// The fault of a request that reaches no function.
pub(super) fn no_event(unroutable: &Unroutable) -> Fault {
    let answer = unroutable.answer;
    let hint = format!("API Gateway answers {} {} and invokes no function", answer.status, answer.body);
    Fault::new(Exit::Findings, format!("there is no event: {}", unroutable.reason)).hint(hint)
}

/// The same, with the answer as the client gets it: on a connection that is a message.
fn not_sent(described: &Described, unroutable: &Unroutable) -> Fault {
    let Described { api, request, stamp, moment, .. } = described;
    let answer = own_answer(&Exchange { api, request, stamp, moment: *moment }, unroutable.answer);
    let hint = format!("API Gateway answers {} and invokes no function", human::answer_in_brief(&answer));
    no_event(unroutable).hint(hint)
}

/// Writes to the file of `-o`, else to standard output.
pub(super) fn write(bytes: &[u8], output: Option<&str>, io: &mut Io) -> Result<(), Fault> {
    match output {
        None | Some("-") => Ok(io.out.write_all(bytes)?),
        Some(path) => io.write_file(path, bytes).map_err(|fault| fault.of("-o")),
    }
}
