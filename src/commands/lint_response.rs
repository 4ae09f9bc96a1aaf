//! `apigw lint-response`: would API Gateway answer 502 for this handler's output, why, and where?

use super::configured::{Configured, Settings};
use super::documents::{self, Judging, LintFlags, Wish};
use super::exit::{Exit, Fault};
use super::flags::AnswerFlags;
use super::front_ends::{self, FrontEnds};
use super::io::Io;
use super::mending::MendFlags;
use super::plan::Plan;
use super::{meaning, request, settings};
use crate::config::Setup;
use crate::gateway::{Api, Exchange, Flavor, Front, Moment, Setting, Stamp, arn};
use crate::http::Request;
use crate::input::split::Kind;
use crate::lint::{Answered, BodySchema, Checked, Document, Expected, Quick, check_body, judge};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;

/// Say whether API Gateway accepts a function's output, and what the caller gets
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 clean or warnings only, 1 errors (of several front ends: at one of them),
2 a file that cannot be read, or nothing to check; --fail-on draws the line elsewhere. An authorizer
that denies a call gave an answer like any other: 0.

Examples:
  apigw lint-response out.json
  node handler.js | apigw lint-response --api http -
  apigw lint-response --api all out.json
  apigw lint-response results.ndjson responses/ 'logs/**/*.log'
  apigw lint-response --api alb,alb-multi out.json
  apigw lint-response --origin https://app.example.com --cors-expected out.json
  apigw lint-response --api authorizer-token policy.json \\
    --method-arn arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users"
)]
pub struct LintResponse {
    /// Files with functions' results, directories and globs; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The front end that receives the result; several with commas, or all (but authorizers)
    /// [default: rest, unless the configuration says otherwise]
    #[arg(
        long,
        value_parser = front_ends::parser(),
        value_delimiter = ',',
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
    /// The origin of the page that asks: the answer must let it read
    #[arg(long, value_name = "ORIGIN", value_parser = super::values::origin)]
    pub origin: Option<String>,
    /// The method of the request that is answered [default: GET]
    #[arg(long, value_name = "METHOD")]
    pub request_method: Option<String>,
    /// A header of the request that is answered; may be repeated
    #[arg(long = "request-header", value_name = "NAME: VALUE")]
    pub request_headers: Vec<String>,
    /// The Accept header of the request that is answered
    #[arg(long, value_name = "TYPE")]
    pub accept: Option<String>,
    /// A binary media type of the REST API, such as image/png or */*; may be repeated
    #[arg(long = "binary-media-type", value_name = "TYPE", value_parser = super::values::media_type)]
    pub binary_media_types: Vec<String>,
    /// A JSON Schema for the JSON in the bodies of the results, or of those with a status (200=FILE,
    /// 4xx=FILE); may be repeated. What it refers to is read from files beside it or below
    #[arg(long, value_name = "[STATUS=]FILE")]
    pub body_schema: Vec<String>,
    /// What to mend.
    #[command(flatten)]
    pub mend: MendFlags,
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
    let configured = Configured::new(&args.lint.rules, Some(&args.body_schema));
    let mut told = BTreeSet::new();
    let plan = Plan::new(configured, |settings, io| {
        let run = Run::new(args, settings)?;
        run.say_which_call(args, &mut told, io)?;
        Ok(run)
    });
    let wish = Wish { mend: args.mend, ..Wish::default() };
    documents::judge(&files, plan, &args.lint, wish, io)
}

/// Refuses what means nothing for a front.
fn check(args: &LintResponse, front: Front) -> Result<(), Fault> {
    const NO_REQUEST: &str = "its request is told by its ARN";
    const NO_METHOD: &str = "a connection has no method, and an authorizer's call has it in its ARN";
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
            ("--origin", args.origin.is_some(), !authorizer && !websocket, meaning::NO_PAGE),
            ("--request-method", args.request_method.is_some(), !authorizer && !websocket, NO_METHOD),
            ("--request-header", !args.request_headers.is_empty(), !authorizer, NO_REQUEST),
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

/// What the flags say, and for the rest what the configuration says.
fn setup(args: &LintResponse, configured: &Setup) -> Setup {
    let moment = args.moment.map(|moment| match moment {
        MomentName::Connect => Moment::Connect,
        MomentName::Message => Moment::Message,
        MomentName::Disconnect => Moment::Disconnect,
    });
    let fronts = front_ends::chosen(&args.api);
    let flags = Setup {
        fronts: (!fronts.is_empty()).then_some(fronts),
        moment,
        method_arn: args.method_arn.clone(),
        accept: args.accept.clone(),
        origin: args.origin.clone(),
        cors_expected: args.answer.cors_expected.then_some(true),
        cors_allow_origins: (!args.answer.cors_allow_origins.is_empty())
            .then(|| args.answer.cors_allow_origins.clone()),
        binary_media_types: (!args.binary_media_types.is_empty()).then(|| args.binary_media_types.clone()),
        streaming: args.streaming.then_some(true),
        route_response: args.answer.route_response.then_some(true),
        simple_responses: args.answer.simple_responses.then_some(true),
    };
    flags.over(configured)
}

/// What a front is asked: the API, the request that is answered, the moment, and what is expected.
struct Asked {
    front: Front,
    api: Api,
    request: Request,
    moment: Moment,
    expected: Expected,
    quick: Quick,
}

impl Asked {
    /// The call that a setup describes for a front; what the front does not know does not count.
    fn new(args: &LintResponse, setup: &Setup, front: Front) -> Result<Self, Fault> {
        let facts = front.flavor().facts();
        let mut api = Api::new(front.flavor());
        AnswerFlags {
            route_response: setup.route_response == Some(true),
            simple_responses: setup.simple_responses == Some(true),
            cors_allow_origins: setup.cors_allow_origins.clone().unwrap_or_default(),
            cors_expected: false,
        }
        .set(&mut api);
        if facts.knows(Setting::BinaryMediaTypes) {
            api.binary_media_types = setup.binary_media_types.clone().unwrap_or_default();
        }
        api.streaming = setup.streaming == Some(true) && facts.knows(Setting::Streaming);
        let method = args.request_method.as_deref().filter(|_| front.authorizer().is_none());
        let method = request::method("--request-method", method.unwrap_or("GET"))?;
        let mut request = Request::new(method, api.prefix() + "/");
        request.headers = request::fields("--request-header", &args.request_headers)?;
        if let (Some(arn), true) = (&setup.method_arn, front.authorizer().is_some()) {
            (api, request) = arn::call_of(arn, &api).ok_or_else(|| {
                Fault::usage(format!("--method-arn: `{arn}` is no call of {}", facts.a_title()))
                    .hint(format!("for example {}", arn::of_call(&api, &request)))
            })?;
        }
        for (name, value) in [("Accept", &setup.accept), ("Origin", &setup.origin)] {
            if let Some(value) = value {
                request.headers.set(name, value);
            }
        }
        let expected = Expected { cors: setup.cors_expected == Some(true) };
        Ok(Self { front, api, request, moment: moment(setup, front), expected, quick: Quick::new() })
    }

    fn judge(&self, document: &Document<'_>, bodies: &[Vec<BodySchema>]) -> Answered {
        let stamp = Stamp::default();
        let mut judged = judge(document, self.front, &self.exchange(&stamp), &self.expected);
        check_body(&mut judged, bodies, self.api.streaming);
        let method_arn = judged.decision.map(|_| arn::of_call(&self.api, &self.request));
        Answered { front: self.front, judged, method_arn }
    }

    fn surely_clean(&self, document: &Document<'_>) -> bool {
        let stamp = Stamp::default();
        self.quick.surely_clean(document.bytes, self.front, &self.exchange(&stamp), &self.expected)
    }

    fn exchange<'e>(&'e self, stamp: &'e Stamp) -> Exchange<'e> {
        Exchange { api: &self.api, request: &self.request, stamp, moment: self.moment }
    }
}

/// The moment that the result answers.
fn moment(setup: &Setup, front: Front) -> Moment {
    match front {
        Front::Api(Flavor::Websocket) => setup.moment.unwrap_or(Moment::Message),
        Front::Authorizer(_) if front.flavor() == Flavor::Websocket => Moment::Connect,
        _ => Moment::Request,
    }
}

/// What judges the files of some settings.
struct Run {
    calls: Vec<Asked>,
    settings: Arc<Settings>,
}

impl Run {
    fn new(args: &LintResponse, settings: &Arc<Settings>) -> Result<Self, Fault> {
        let setup = setup(args, &settings.setup);
        let fronts = setup.fronts.clone().unwrap_or_else(|| vec![Front::Api(Flavor::Rest)]);
        match fronts.as_slice() {
            [front] => check(args, *front)?,
            _ if args.mend.any() => {
                let message = "a result is mended for one front end: what one wants, another refuses";
                return Err(Fault::usage(message).hint("name it with --api"));
            }
            _ => {} // Of several front ends, each takes what it knows.
        }
        let calls =
            fronts.into_iter().map(|front| Asked::new(args, &setup, front)).collect::<Result<_, _>>()?;
        Ok(Self { calls, settings: Arc::clone(settings) })
    }

    /// The policy of an authorizer is judged for one call: says which, once, if nobody chose it.
    fn say_which_call(
        &self,
        args: &LintResponse,
        told: &mut BTreeSet<String>,
        io: &mut Io,
    ) -> Result<(), Fault> {
        let chosen = args.method_arn.is_some() || self.settings.setup.method_arn.is_some();
        let asked = self.calls.iter().find(|asked| asked.front.authorizer().is_some());
        if let Some(asked) = asked.filter(|_| !chosen && !args.lint.report.quiet) {
            let arn = arn::of_call(&asked.api, &asked.request);
            if told.insert(arn.clone()) {
                writeln!(io.err, "note: judged for the call {arn}; name another one with --method-arn")?;
            }
        }
        Ok(())
    }
}

impl Judging for Run {
    const KIND: Kind = Kind::Result;
    const COMMAND: &'static str = "lint-response";

    fn judge(&self, document: &Document<'_>) -> Checked {
        let answers = self.calls.iter().map(|asked| asked.judge(document, &self.settings.bodies));
        Checked::answers(document.index, answers.collect())
    }

    /// Of several front ends a table is told, and a glance does not see into bodies.
    fn surely_clean(&self, document: &Document<'_>) -> bool {
        self.settings.bodies.is_empty()
            && matches!(self.calls.as_slice(), [asked] if asked.surely_clean(document))
    }

    fn has_verdicts(&self) -> bool {
        self.calls.len() > 1 || self.calls.iter().any(|asked| asked.front.authorizer().is_some())
    }

    fn takes_anything(&self) -> bool {
        self.calls.iter().any(|asked| asked.api.streaming)
    }
}
