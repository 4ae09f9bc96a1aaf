//! `apigw lint-response`: would API Gateway answer 502 for this handler's output, why, and where?

use super::documents::{self, Judging};
use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::flags::AnswerFlags;
use super::front_ends::{self, FrontEnds};
use super::io::Io;
use super::{meaning, settings};
use crate::gateway::{Api, Decision, Exchange, Flavor, Front, Moment, Outcome, Setting, Stamp, arn};
use crate::http::Request;
use crate::lint::{Judged, Quick, Shared, Summary, judge, shared};
use crate::report::{human, json, verdicts};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};
use std::io::Write as _;

/// Say whether API Gateway accepts a function's output, and what the caller gets
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 clean or warnings only, 1 errors (of several front ends: at one of them),
2 a file that cannot be read. An authorizer that denies a call gave an answer like any other: 0.

Examples:
  apigw lint-response out.json
  node handler.js | apigw lint-response --api http -
  apigw lint-response --api all out.json
  apigw lint-response --api alb,alb-multi out.json
  apigw lint-response --api authorizer-token policy.json \\
    --method-arn arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users"
)]
pub struct LintResponse {
    /// Files with a function's result each; - or nothing for standard input
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
    let (results, summary, quick) = (Vec::new(), Summary::default(), Quick::new());
    let mut run = Run { args, calls, results, summary, quick };
    run.say_which_call(io)?;
    documents::judge(&files, &mut run, args.format, io)
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
    Ok(Asked { front, api, request, moment: moment(args, front) })
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
    results: Vec<Value>,
    summary: Summary,
    quick: Quick,
}

impl Run<'_> {
    /// The policy of an authorizer is judged for one call: says which, if nobody chose it.
    fn say_which_call(&self, io: &mut Io) -> Result<(), Fault> {
        let asked = self.calls.iter().find(|asked| asked.front.authorizer().is_some());
        if let (Some(asked), None) = (asked, &self.args.method_arn) {
            let arn = arn::of_call(&asked.api, &asked.request);
            writeln!(io.err, "note: judged for the call {arn}; name another one with --method-arn")?;
        }
        Ok(())
    }
}

impl Judging for Run<'_> {
    /// Judges a file for each front end. Findings that several share are counted once.
    fn judge(&mut self, name: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault> {
        if let (Format::Human, [asked]) = (self.args.format, self.calls.as_slice())
            && self.quick.surely_clean(bytes, asked.front, &asked.exchange(&Stamp::default()))
        {
            self.summary.add(&[]); // Where nothing is printed, nobody needs the response.
            return Ok(());
        }
        let judged: Vec<_> = self.calls.iter().map(|asked| (asked.front, asked.judge(name, bytes))).collect();
        let shared = shared(&judged);
        let distinct: Vec<_> = shared.iter().map(|shared| shared.finding.clone()).collect();
        self.summary.add(&distinct);
        match (self.args.format, judged.as_slice()) {
            (Format::Json, judged) => {
                let results = self.calls.iter().zip(judged);
                self.results.extend(results.map(|(asked, (_, judged))| asked.result(name, judged)));
            }
            (Format::Human, [(_, Judged { findings, decision: None, .. })]) if findings.is_empty() => {}
            (Format::Human, judged) => {
                if self.summary.checked > 1 {
                    writeln!(io.out)?;
                }
                io.out.write_all(text(judged, &shared, io.out_style()).as_bytes())?;
            }
        }
        Ok(())
    }

    fn counted(&self) -> (&[Value], &Summary) {
        (&self.results, &self.summary)
    }
}

/// For one front end its findings; for several a table first, and each finding once.
fn text(judged: &[(Front, Judged)], shared: &[Shared], style: human::Style) -> String {
    if let [(front, Judged { source, findings, outcome, decision })] = judged {
        let decided = decision.map(|decision| format!("{}: {}\n", source.name, in_words(decision, outcome)));
        return decided.unwrap_or_default() + &human::findings(source, findings, outcome, *front, style);
    }
    let table = verdicts::table(judged, style);
    // A stream's source is its prelude; the longest one has every place that is pointed at.
    let source = judged.iter().map(|(_, judged)| &judged.source).max_by_key(|source| source.text.len());
    match source {
        Some(source) if !shared.is_empty() => {
            format!("{table}\n{}", verdicts::findings(source, shared, style))
        }
        _ => table,
    }
}

impl Asked {
    fn judge(&self, name: &str, bytes: &[u8]) -> Judged {
        judge(name, bytes, self.front, &self.exchange(&Stamp::default()))
    }

    fn exchange<'e>(&'e self, stamp: &'e Stamp) -> Exchange<'e> {
        Exchange { api: &self.api, request: &self.request, stamp, moment: self.moment }
    }

    fn result(&self, name: &str, judged: &Judged) -> Value {
        let mut members =
            Map::from_iter([("file".to_owned(), name.into()), ("document".to_owned(), 0.into())]);
        if judged.decision.is_some() {
            members.insert("method_arn".to_owned(), arn::of_call(&self.api, &self.request).into());
        }
        members.extend(json::judged(self.front, &judged.outcome, &judged.findings, &judged.source));
        Value::Object(members)
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
