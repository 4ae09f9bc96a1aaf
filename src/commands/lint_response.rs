//! `apigw lint-response`: would API Gateway answer 502 for this handler's output, why, and where?

use super::documents::{self, Judging, LintFlags};
use super::exit::{Exit, Fault};
use super::flags::AnswerFlags;
use super::front_ends::{self, FrontEnds};
use super::io::Io;
use super::{meaning, settings};
use crate::gateway::{Api, Exchange, Flavor, Front, Moment, Setting, Stamp, arn};
use crate::http::Request;
use crate::input::split::Kind;
use crate::lint::{Answered, Checked, Document, Expected, Quick, judge};
use clap::{Args, ValueEnum};
use std::io::Write as _;

/// Say whether API Gateway accepts a function's output, and what the caller gets
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 clean or warnings only, 1 errors (of several front ends: at one of them),
2 a file that cannot be read, or nothing to check. An authorizer that denies a call gave an answer like any other: 0.

Examples:
  apigw lint-response out.json
  node handler.js | apigw lint-response --api http -
  apigw lint-response --api all out.json
  apigw lint-response results.ndjson responses/ 'logs/**/*.log'
  apigw lint-response --api alb,alb-multi out.json
  apigw lint-response --api authorizer-token policy.json \\
    --method-arn arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users"
)]
pub struct LintResponse {
    /// Files with functions' results, directories and globs; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The front end that receives the result; several with commas, or all (but authorizers)
    #[arg(
        long,
        value_parser = front_ends::parser(),
        value_delimiter = ',',
        default_value = "rest",
        value_name = "NAME"
    )]
    pub api: Vec<FrontEnds>,
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
    /// The function URL streams (its invoke mode is RESPONSE_STREAM): a file holds what the function
    /// sends, with its prelude if it has one
    #[arg(long)]
    pub streaming: bool,
    /// The Accept header of the request that is answered
    #[arg(long, value_name = "TYPE")]
    pub accept: Option<String>,
    /// A binary media type of the REST API, such as image/png or */*; may be repeated
    #[arg(long = "binary-media-type", value_name = "TYPE", value_parser = super::values::media_type)]
    pub binary_media_types: Vec<String>,
    /// What every linter can be told.
    #[command(flatten)]
    pub lint: LintFlags,
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

/// Runs the command.
///
/// # Errors
/// Faults of the command line and of writing; a file that cannot be read is told, and the others
/// are judged.
pub fn run(args: &LintResponse, io: &mut Io) -> Result<Exit, Fault> {
    let files = documents::named(&args.files, "a result", "apigw lint-response --help", io)?;
    let fronts = front_ends::chosen(&args.api);
    if let [front] = fronts.as_slice() {
        check(args, *front)?; // Of several front ends, each takes what it knows.
    }
    let calls = fronts.into_iter().map(|front| call(args, front)).collect::<Result<Vec<_>, _>>()?;
    let run = Run { args, calls };
    run.say_which_call(io)?;
    documents::judge(&files, &run, &args.lint, false, io)
}

/// Refuses what means nothing for a front.
fn check(args: &LintResponse, front: Front) -> Result<(), Fault> {
    let authorizer = front.authorizer().is_some();
    let websocket = front == Front::Api(Flavor::Websocket);
    let binary = !args.binary_media_types.is_empty();
    meaning::refuse(
        front.name(),
        [
            ("--moment", args.moment.is_some(), websocket, "only WebSocket APIs have connections"),
            (
                "--method-arn",
                args.method_arn.is_some(),
                authorizer,
                "only authorizers are asked about a call",
            ),
            ("--accept", args.accept.is_some(), !authorizer, "no body is sent"),
            ("--binary-media-type", binary, !authorizer, "no body is sent"),
        ],
    )?;
    meaning::check_answer(front, &args.answer)?;
    let given = [
        ("--binary-media-type", binary, Setting::BinaryMediaTypes),
        ("--streaming", args.streaming, Setting::Streaming),
    ];
    settings::check_flags(front.flavor(), &given)
}

/// What a front is asked: the API, the request that is answered, and the moment.
struct Asked {
    front: Front,
    api: Api,
    request: Request,
    moment: Moment,
    quick: Quick,
}

/// The call that the options describe for a front.
fn call(args: &LintResponse, front: Front) -> Result<Asked, Fault> {
    let facts = front.flavor().facts();
    let mut api = Api::new(front.flavor());
    api.binary_media_types.clone_from(&args.binary_media_types);
    api.streaming = args.streaming && facts.knows(Setting::Streaming);
    api.route_response = args.answer.route_response;
    api.authorizer.simple_responses = args.answer.simple_responses;
    let mut request = Request::new("GET", api.prefix() + "/");
    if let (Some(arn), true) = (&args.method_arn, front.authorizer().is_some()) {
        (api, request) = arn::call_of(arn, &api).ok_or_else(|| {
            Fault::usage(format!("--method-arn: `{arn}` is no call of {}", facts.a_title()))
                .hint(format!("for example {}", arn::of_call(&api, &request)))
        })?;
    }
    if let Some(accept) = &args.accept {
        request.headers.append("Accept", accept);
    }
    Ok(Asked { front, api, request, moment: moment(args, front), quick: Quick::new() })
}

/// The moment that the result answers.
fn moment(args: &LintResponse, front: Front) -> Moment {
    match (front, args.moment) {
        (Front::Api(Flavor::Websocket), Some(MomentName::Connect)) => Moment::Connect,
        (Front::Api(Flavor::Websocket), Some(MomentName::Disconnect)) => Moment::Disconnect,
        (Front::Api(Flavor::Websocket), _) => Moment::Message,
        (Front::Authorizer(_), _) if front.flavor() == Flavor::Websocket => Moment::Connect,
        _ => Moment::Request,
    }
}

/// One run over several files.
struct Run<'r> {
    args: &'r LintResponse,
    calls: Vec<Asked>,
}

impl Run<'_> {
    /// The policy of an authorizer is judged for one call: says which, if nobody chose it.
    fn say_which_call(&self, io: &mut Io) -> Result<(), Fault> {
        let asked = self.calls.iter().find(|asked| asked.front.authorizer().is_some());
        if let (Some(asked), None, false) = (asked, &self.args.method_arn, self.args.lint.report.quiet) {
            let arn = arn::of_call(&asked.api, &asked.request);
            writeln!(io.err, "note: judged for the call {arn}; name another one with --method-arn")?;
        }
        Ok(())
    }
}

impl Judging for Run<'_> {
    const KIND: Kind = Kind::Result;

    fn command(&self) -> &'static str {
        "lint-response"
    }

    fn judge(&self, document: &Document<'_>) -> Checked {
        let answers = self.calls.iter().map(|asked| asked.judge(document)).collect();
        Checked::answers(document.index, answers)
    }

    /// Of several front ends a table is told.
    fn surely_clean(&self, document: &Document<'_>) -> bool {
        matches!(self.calls.as_slice(), [asked] if asked.surely_clean(document))
    }

    fn has_verdicts(&self) -> bool {
        self.calls.len() > 1 || self.calls.iter().any(|asked| asked.front.authorizer().is_some())
    }

    fn takes_anything(&self) -> bool {
        self.args.streaming
    }
}

impl Asked {
    fn judge(&self, document: &Document<'_>) -> Answered {
        let stamp = Stamp::default();
        let judged = judge(document, self.front, &self.exchange(&stamp), &Expected::default());
        let method_arn = judged.decision.map(|_| arn::of_call(&self.api, &self.request));
        Answered { front: self.front, judged, method_arn }
    }

    fn surely_clean(&self, document: &Document<'_>) -> bool {
        let (stamp, expected) = (Stamp::default(), Expected::default());
        self.quick.surely_clean(document.bytes, self.front, &self.exchange(&stamp), &expected)
    }

    fn exchange<'e>(&'e self, stamp: &'e Stamp) -> Exchange<'e> {
        Exchange { api: &self.api, request: &self.request, stamp, moment: self.moment }
    }
}
