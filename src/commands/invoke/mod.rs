//! `apigw invoke`: an event to a function or a request to an endpoint, and what the caller gets.

mod case;
mod compare;
mod curl_command;
mod curl_flags;
mod endpoint;
mod events;
mod exchange;
mod export;
mod function;
mod keep;
mod lambda;
mod load;
mod local;
mod log;
mod measure;
mod measured;
mod recorder;
mod secrets;
mod signing;
mod stack;
mod target;
pub(super) mod variables;
mod verdict;
mod watch;

pub(super) use case::{Case, of_event, read_event};
pub use compare::CompareFlags;
pub use curl_flags::CurlFlags;
pub use endpoint::EndpointFlags;
pub(super) use endpoint::request_of_event;
pub use lambda::FunctionFlags;
pub use load::LoadFlags;
pub use local::LocalFlags;
pub use log::LogFlags;
pub(super) use secrets::of as secrets_of;
pub use signing::SigningFlags;
pub(super) use signing::identify;

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::flags::{AnswerFlags, CallFlags};
use super::front_ends;
use super::interrupt::interruptible;
use super::io::Io;
use crate::gateway::Front;
use crate::transport::Orphans;
use clap::Args;
use std::time::Duration;
pub(super) use target::{Named, Question, Target};
pub(super) use verdict::Verdict;

/// Send an event to a function, or a request to an endpoint, and show what the caller gets
#[derive(Debug, Default, Args)]
#[command(
    override_usage = "apigw invoke [OPTIONS] <--bin PATH|--handler HANDLER|--cmd LINE> [-- ARGS...]
       apigw invoke [OPTIONS] <--function NAME|--url URL>",
    group = clap::ArgGroup::new("target").required(true).args(["bin", "handler", "cmd", "function", "url"]),
    after_help = "Exit code: 0 answered (also when an authorizer denies), 1 the gateway refuses the result, or
an endpoint answers 400 or more and -f is given, 2 usage, 3 the function failed, 4 the network failed,
130 interrupted. Of a comparison: 0 equal, 1 the answers differ.

Examples:
  apigw invoke --bin target/debug/bootstrap --path '/users/42?a=1' --route 'GET /users/{id}' -i
  apigw invoke --bin ./bootstrap --event http-post -H 'content-type: application/json' -d '{\"name\": \"Ada\"}'
  apigw invoke --bin ./authorizer --event authorizer-token -H 'Authorization: Bearer abc' --path /users
  apigw invoke --handler app.lambda_handler --event rest-get --path /users/42
  apigw invoke --cmd 'go run .' --path /users/42
  apigw invoke --function users:live --event http-get --path /users/42 --tail
  apigw invoke --bin ./bootstrap --events events.ndjson
  apigw invoke --bin ./bootstrap --path /users/42 --rate 50/s --duration 10s --concurrency 4
  apigw invoke --bin ./bootstrap --event http-get --path /users/42 --compare-url https://api.example.com/dev
  apigw invoke --url https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev --event event.json
  apigw invoke --url https://api.example.com --path /users --json '{\"name\": \"Ada\"}' -f --retry 2 -w '%{http_code}\\n'
  apigw invoke --url https://api.example.com --path /users -H 'Authorization: Bearer abc' --curl
  apigw invoke --url https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev --path /users --sign"
)]
pub struct Invoke {
    /// A function on this machine.
    #[command(flatten)]
    pub local: LocalFlags,
    /// The function's log.
    #[command(flatten)]
    pub log: LogFlags,
    /// An endpoint.
    #[command(flatten)]
    pub endpoint: EndpointFlags,
    /// A kind of event, a file with an event, or - for standard input
    #[arg(long, value_name = "KIND|FILE|-", help_heading = "Event")]
    pub event: Option<String>,
    /// The front end between caller and function [default: that of the event, else rest]
    #[arg(long, value_parser = front_ends::front_parser(), value_name = "NAME", help_heading = "Event")]
    pub api: Option<Front>,
    /// The rest of the call.
    #[command(flatten)]
    pub call: CallFlags,
    /// Who sends a request to the endpoint.
    #[command(flatten)]
    pub signing: SigningFlags,
    /// Settings of the API.
    #[command(flatten)]
    pub answer: AnswerFlags,
    /// Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]
    #[arg(short = 'm', long, visible_alias = "max-time", value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, help_heading = "Function")]
    pub timeout: Option<Duration>,
    /// A function in AWS, and the way to it.
    #[command(flatten)]
    pub function: FunctionFlags,
    /// How often, and how fast.
    #[command(flatten)]
    pub load: LoadFlags,
    /// A second target.
    #[command(flatten)]
    pub compare: CompareFlags,
    /// Show status and headers before the body
    #[arg(short = 'i', long, help_heading = "Output")]
    pub include: bool,
    /// Print what the function returned instead of what the caller gets
    #[arg(long, conflicts_with_all = ["include", "url"], help_heading = "Output")]
    pub raw: bool,
    /// Show credentials, tokens, keys and cookies in headers and events, which are hidden otherwise
    #[arg(long, help_heading = "Output")]
    pub show_secrets: bool,
    /// Write to a file instead of standard output, whole or not at all
    #[arg(short = 'o', long, value_name = "FILE", conflicts_with_all = ["keep", "watch"], help_heading = "Output")]
    pub output: Option<String>,
    /// Say nothing of further tries
    #[arg(short = 's', long, help_heading = "Output")]
    pub silent: bool,
    /// Show errors, as is always done
    #[arg(short = 'S', long, hide = true)]
    pub show_error: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "human", help_heading = "Output")]
    pub format: Format,
}

/// A time limit in seconds, fractions allowed.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
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
    args.function.check(args.signing.sign, args.compare.names_function())?;
    if args.endpoint.url.is_none() && args.compare.compare_url.is_none() {
        args.endpoint.curl.check()?;
        args.signing.check()?;
    }
    let alone = args.endpoint.url.as_deref().filter(|_| !args.load.any() && args.compare.second().is_none());
    match (alone, &args.output) {
        _ if args.endpoint.curl_command => curl_command::run(args, io),
        (Some(url), _) => exchange::run(url, args, io),
        (None, Some(name)) if name != "-" => exchange::into_file(name, io, |io| call(args, io)),
        (None, _) => call(args, io),
    }
}

/// Calls a function, several targets, or one many times.
fn call(args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    if args.load.any() {
        return orphans_ended(|| load::run(args, io));
    }
    let named = Named::of(args)?;
    if let Some(second) = args.compare.second() {
        return compare::run([named, second], args, io);
    }
    if let Some(name) = &args.function.function {
        return lambda::run(name, args, io);
    }
    let question = Question::of(named, args, io)?;
    let Some(mut target) = Target::find(named, args, &question, io)? else { return Ok(Exit::Interrupted) };
    if args.local.keep.is_some() || args.local.watch {
        return orphans_ended(|| stay(args, question, target, io));
    }
    // Before anything is printed: a reader may stall, and a signal ends the program then and there.
    let asked = orphans_ended(|| {
        interruptible(async {
            let verdict = target.ask(question).await;
            target.close().await;
            verdict
        })
    })?;
    match asked {
        Some(verdict) => verdict?.print(args, io),
        None => Ok(Exit::Interrupted),
    }
}

/// Does what may start functions, and ends what left them.
fn orphans_ended<T>(work: impl FnOnce() -> T) -> T {
    let orphans = Orphans::adopt();
    let done = work();
    orphans.end();
    done
}

/// Refuses flags of an endpoint where none is named.
fn only_with_url<const N: usize>(flags: [(&str, bool); N]) -> Result<(), Fault> {
    match flags.into_iter().find(|(_, is_given)| *is_given) {
        Some((flag, _)) => Err(Fault::usage(format!("{flag} has a meaning only with --url"))),
        None => Ok(()),
    }
}

/// Asks a target for as long as the flags say.
fn stay(args: &Invoke, question: Question, target: Target, io: &mut Io) -> Result<Exit, Fault> {
    match args.local.keep {
        Some(port) => keep::run(port, args, question, target, io),
        None => watch::run(args, &question, target, io),
    }
}

impl Invoke {
    /// Whether status and headers are shown.
    fn shows_head(&self) -> bool {
        self.include || self.endpoint.url.is_some() && self.call.request.head
    }
}

impl Verdict {
    /// Prints it as the flags ask for.
    pub(super) fn print(&self, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
        let secrets = self.secrets(args, io);
        match args.format {
            Format::Json => self.print_json(&secrets, io)?,
            Format::Human => self.print_human((args.shows_head(), args.raw), false, &secrets, io)?,
        }
        Ok(self.exit())
    }
}
