//! `apigw lint-response`: would API Gateway answer 502 for this handler's output, why, and where?

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::flags::AnswerFlags;
use super::io::Io;
use super::meaning;
use crate::gateway::{Api, Decision, Exchange, Flavor, Front, Moment, Outcome, Stamp, arn};
use crate::http::Request;
use crate::lint::{Judged, Summary, judge};
use crate::report::{human, json};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use serde_json::Value;
use std::io::Write as _;

/// Say whether API Gateway accepts a function's output, and what the caller gets
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 clean or warnings only, 1 errors, 2 a file that cannot be read. An
authorizer that denies a call gave an answer like any other: 0.

Examples:
  apigw lint-response out.json
  node handler.js | apigw lint-response --api http -
  apigw lint-response --api authorizer-token policy.json \\
    --method-arn arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users")]
pub struct LintResponse {
    /// Files with a function's result each; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The front end that receives the result
    #[arg(long, value_parser = front_parser(), default_value = "rest", value_name = "NAME")]
    pub api: Front,
    /// The moment of a WebSocket connection that the result answers [default: message]
    #[arg(long, value_enum, value_name = "MOMENT")]
    pub moment: Option<MomentName>,
    /// The ARN of the call that an authorizer is asked about, as its event names it [default: a GET
    /// of the root of the default API]
    #[arg(long, visible_alias = "route-arn", value_name = "ARN")]
    pub method_arn: Option<String>,
    /// Settings of the API.
    #[command(flatten)]
    pub answer: AnswerFlags,
    /// The Accept header of the request that is answered
    #[arg(long, value_name = "TYPE")]
    pub accept: Option<String>,
    /// A binary media type of the REST API, such as image/png or */*; may be repeated
    #[arg(long = "binary-media-type", value_name = "TYPE", value_parser = super::values::media_type)]
    pub binary_media_types: Vec<String>,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// The moments of a WebSocket connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MomentName {
    /// $connect
    Connect,
    /// Every other route but $disconnect
    Message,
    /// $disconnect
    Disconnect,
}

/// Reads the name of a front, and knows all names for completions and for suggestions.
pub(super) fn front_parser() -> impl TypedValueParser<Value = Front> {
    let names = PossibleValuesParser::new(Front::all().map(Front::name));
    names.try_map(|name| Front::from_name(&name).ok_or("no such front end"))
}

/// The API and the request that the options describe.
fn call(args: &LintResponse) -> Result<(Api, Request), Fault> {
    let authorizer = args.api.authorizer().is_some();
    let rows = [
        (
            "--moment",
            args.moment.is_some(),
            args.api == Front::Api(Flavor::Websocket),
            "only WebSocket APIs have connections",
        ),
        ("--method-arn", args.method_arn.is_some(), authorizer, "only authorizers are asked about a call"),
        ("--accept", args.accept.is_some(), !authorizer, "no body is sent"),
        ("--binary-media-type", !args.binary_media_types.is_empty(), !authorizer, "no body is sent"),
    ];
    meaning::refuse(args.api.name(), rows)?;
    meaning::check_answer(args.api, &args.answer)?;
    let mut api = Api::new(args.api.flavor());
    api.binary_media_types.clone_from(&args.binary_media_types);
    api.route_response = args.answer.route_response;
    api.authorizer.simple_responses = args.answer.simple_responses;
    let mut request = Request::new("GET", api.prefix() + "/");
    if let Some(arn) = &args.method_arn {
        (api, request) = arn::call_of(arn, &api).ok_or_else(|| {
            Fault::usage(format!("--method-arn: `{arn}` is no call of a {}", args.api.flavor().facts().title))
                .hint(format!("for example {}", arn::of_call(&api, &request)))
        })?;
    }
    if let Some(accept) = &args.accept {
        request.headers.append("Accept", accept);
    }
    Ok((api, request))
}

/// The moment that the result answers.
fn moment(args: &LintResponse) -> Moment {
    match (args.moment, args.api.flavor(), args.api.authorizer()) {
        (Some(MomentName::Connect), ..) | (None, Flavor::Websocket, Some(_)) => Moment::Connect,
        (Some(MomentName::Disconnect), ..) => Moment::Disconnect,
        (Some(MomentName::Message), ..) | (None, Flavor::Websocket, None) => Moment::Message,
        _ => Moment::Request,
    }
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line and of writing; a file that cannot be read is told, and the others
/// are judged.
pub fn run(args: &LintResponse, io: &mut Io) -> Result<Exit, Fault> {
    let mut files = args.files.clone();
    if files.is_empty() {
        if io.terminal.stdin {
            return Err(Fault::usage("there is nothing to judge: name a file, or pipe a result in")
                .hint("apigw lint-response --help"));
        }
        files.push("-".to_owned());
    }
    let (api, request) = call(args)?;
    let mut run = Run { args, api, request, results: Vec::new(), summary: Summary::default() };
    run.say_which_call(io)?;
    let mut unreadable = false;
    for file in &files {
        match io.read(file) {
            Ok(bytes) => run.judge(file, &bytes, io)?,
            Err(fault) => {
                unreadable = true;
                writeln!(io.err, "error: {fault}")?;
            }
        }
    }
    run.finish(io)?;
    Ok(match (unreadable, run.summary.errors) {
        (true, _) => Exit::Usage,
        (false, 0) => Exit::Clean,
        (false, _) => Exit::Findings,
    })
}

/// One run over several files.
struct Run<'r> {
    args: &'r LintResponse,
    api: Api,
    request: Request,
    results: Vec<Value>,
    summary: Summary,
}

impl Run<'_> {
    /// The policy of an authorizer is judged for one call: says which, if nobody chose it.
    fn say_which_call(&self, io: &mut Io) -> Result<(), Fault> {
        if self.args.api.authorizer().is_some() && self.args.method_arn.is_none() {
            let arn = arn::of_call(&self.api, &self.request);
            writeln!(io.err, "note: judged for the call {arn}; name another one with --method-arn")?;
        }
        Ok(())
    }

    fn judge(&mut self, file: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault> {
        let name = if file == "-" { "<stdin>" } else { file };
        let exchange = Exchange {
            api: &self.api,
            request: &self.request,
            stamp: &Stamp::default(),
            moment: moment(self.args),
        };
        let judged = judge(name, bytes, self.args.api, &exchange);
        self.summary.add(&judged.findings);
        match self.args.format {
            Format::Json => self.results.push(self.result(name, &judged)),
            Format::Human => {
                let Judged { source, findings, outcome, decision } = &judged;
                if self.summary.checked > 1 && !findings.is_empty() {
                    writeln!(io.out)?;
                }
                if let Some(decision) = decision {
                    writeln!(io.out, "{name}: {}", in_words(*decision, outcome))?;
                }
                let text = human::findings(source, findings, outcome, self.args.api, io.out_style());
                io.out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    }

    fn result(&self, name: &str, judged: &Judged) -> Value {
        let mut members =
            serde_json::Map::from_iter([("file".to_owned(), name.into()), ("document".to_owned(), 0.into())]);
        if judged.decision.is_some() {
            members.insert("method_arn".to_owned(), arn::of_call(&self.api, &self.request).into());
        }
        members.extend(json::judged(self.args.api, &judged.outcome, &judged.findings, &judged.source));
        Value::Object(members)
    }

    fn finish(&mut self, io: &mut Io) -> Result<(), Fault> {
        match self.args.format {
            Format::Json => {
                io.out.write_all(json::report(&self.results, &self.summary).as_bytes())?;
            }
            Format::Human => {
                io.out.flush()?;
                let style = io.err_style();
                io.err.write_all(human::summary(&self.summary, style).as_bytes())?;
            }
        }
        Ok(())
    }
}

/// `deny: the caller gets 403 {"Message":"…"}`.
pub(super) fn in_words(decision: Decision, outcome: &Outcome) -> String {
    match &outcome.response {
        None => format!("{}: the request passes", decision.name()),
        Some(response) => {
            format!("{}: the caller gets {}", decision.name(), human::answer_in_brief(response))
        }
    }
}
