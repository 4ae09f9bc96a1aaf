//! A function in AWS, or in an emulator of it: an event sent through Lambda's API.

use super::super::event_list::Format;
use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::super::live;
use super::Invoke;
use super::case::{Case, case};
use super::secrets::{self, Secrets};
use super::verdict::{Verdict, judge, judge_broken, milliseconds, unrouted};
use crate::http::encoding::base64_encode;
use crate::lint::Summary;
use crate::report::human::printable;
use crate::report::json;
use crate::transport::aws::{
    Access, Aws, AwsError, AwsErrorKind, AwsSettings, FunctionName, InvocationType, InvokeAnswer, InvokeCall,
};
use crate::transport::{Failure, Invoked, Timings};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::time::Duration;

/// How long Lambda itself lets a function run.
const LONGEST_RUN: Duration = Duration::from_secs(900);

/// How much of a client context Lambda takes, in bytes of base64.
const LARGEST_CONTEXT: usize = 3_583;

/// Which function is invoked, and how AWS is reached.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Function in AWS")]
pub struct FunctionFlags {
    /// A function in AWS: NAME, NAME:QUALIFIER or an ARN
    #[arg(long, value_name = "NAME", help_heading = "Target")]
    pub function: Option<String>,
    /// What Lambda is to do with the event [default: RequestResponse]
    #[arg(long = "type", value_name = "TYPE", value_enum, ignore_case = true)]
    pub kind: Option<InvocationType>,
    /// Ask for the answer as a stream, as a function URL that streams does (InvokeWithResponseStream)
    #[arg(long)]
    pub stream: bool,
    /// Show the end of the function's log
    #[arg(long)]
    pub tail: bool,
    /// The client context that the function finds in its context object
    #[arg(long, value_name = "JSON")]
    pub client_context: Option<String>,
    /// The profile of ~/.aws/config whose credentials and region are taken
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Where Lambda's API is answered instead, such as an emulator (also AWS_ENDPOINT_URL_LAMBDA)
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Say who was asked, and which version of the function answered; on this machine as --report; with
    /// --url, the heads of requests and responses
    #[arg(short = 'v', long, help_heading = "Output")]
    pub verbose: bool,
}

impl FunctionFlags {
    /// Refuses flags that say nothing of other targets; `--verbose` says something of each, and
    /// `--profile` where a request is signed. `compared`: a function in AWS is the second target.
    ///
    /// # Errors
    /// A usage fault that names the flag.
    pub(super) fn check(&self, signs: bool, compared: bool) -> Result<(), Fault> {
        let flags = [
            ("--type", self.kind.is_some()),
            ("--stream", self.stream),
            ("--tail", self.tail),
            ("--client-context", self.client_context.is_some()),
            ("--profile", self.profile.is_some() && !signs),
            ("--endpoint-url", self.endpoint_url.is_some()),
        ];
        match flags.into_iter().find(|(_, is_given)| *is_given) {
            Some((flag, _)) if self.function.is_none() && !compared => {
                let or_sign = if flag == "--profile" { ", or with --sign" } else { "" };
                Err(Fault::usage(format!("{flag} has a meaning only with --function{or_sign}")))
            }
            _ => Ok(()),
        }
    }
}

impl ValueEnum for InvocationType {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(match self {
            Self::RequestResponse => "Invoke the function, and wait for its answer",
            Self::DryRun => "Check that it may be invoked, and invoke nothing",
            Self::Event => "Put the event into the function's queue, and do not wait",
        }))
    }
}

/// A function in AWS, and the way to it.
#[derive(Debug, Clone)]
pub(in crate::commands) struct LambdaTarget {
    function: FunctionName,
    aws: Aws,
    kind: InvocationType,
    tail: bool,
    stream: bool,
    client_context: Option<String>,
}

impl LambdaTarget {
    /// The function of that name; `None` if looking for credentials was interrupted.
    ///
    /// # Errors
    /// Faults of the command line, and credentials or a region that cannot be found.
    pub(super) fn find(name: &str, args: &Invoke, io: &mut Io) -> Result<Option<Self>, Fault> {
        let flags = &args.function;
        let function = live::function_of(name, args.call.api.region.as_deref())?;
        let client_context = flags.client_context.as_deref().map(client_context).transpose()?;
        let (kind, tail) = (flags.kind.unwrap_or_default(), flags.tail);
        if tail && kind != InvocationType::RequestResponse {
            let message = format!("--tail: with --type {} Lambda sends no log", kind.name());
            return Err(Fault::usage(message).hint("`aws logs tail` follows the log of a function"));
        }
        if flags.stream && kind != InvocationType::RequestResponse {
            return Err(Fault::usage(format!("--stream: with --type {} there is no stream", kind.name())));
        }
        let aws = reach(&function, args, io)?;
        Ok(aws.map(|aws| Self { function, aws, kind, tail, stream: flags.stream, client_context }))
    }

    /// Invokes the function, and judges what it answers.
    ///
    /// # Errors
    /// When Lambda does not answer, or refuses the call.
    pub(super) async fn ask(&self, case: Case) -> Result<Verdict, Fault> {
        let answer = self.send(&case).await?;
        Ok(returned(case, answer, &self.function))
    }

    async fn send(&self, case: &Case) -> Result<InvokeAnswer, Fault> {
        let event = case.event.as_ref().map(Value::to_string).unwrap_or_default().into_bytes();
        let kind = self.kind;
        if event.len() > kind.max_event_bytes() {
            let (size, limit) = (event.len(), kind.max_event_bytes());
            let message =
                format!("the event has {size} bytes, and with --type {} Lambda takes {limit}", kind.name());
            return Err(Fault::usage(message).hint("put large data into S3, and its key into the event"));
        }
        let client_context = self.client_context.clone();
        let call = InvokeCall { function: &self.function, kind, tail: self.tail, client_context, event };
        let answer = match self.stream {
            true => self.aws.invoke_stream(call).await,
            false => self.aws.invoke(call).await,
        };
        answer.map_err(failed)
    }
}

/// Invokes the function, and says what came of it.
pub(super) fn run(name: &str, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    let case = case(args, io)?;
    if let Err(unroutable) = &case.event {
        return unrouted(&case, unroutable).print(args, io);
    }
    let Some(target) = LambdaTarget::find(name, args, io)? else { return Ok(Exit::Interrupted) };
    let Some(answer) = interruptible(target.send(&case))? else { return Ok(Exit::Interrupted) };
    let answer = answer?;
    tell(&answer, &secrets::of(&case.event, None, args, &io.env), args, io)?;
    match target.kind {
        InvocationType::RequestResponse => returned(case, answer, &target.function).print(args, io),
        kind => accepted(&target.function, kind, &answer, args.format, io),
    }
}

/// The way to Lambda; `None` if looking for it was interrupted.
fn reach(function: &FunctionName, args: &Invoke, io: &mut Io) -> Result<Option<Aws>, Fault> {
    let settings = AwsSettings {
        profile: args.function.profile.clone(),
        region: args.call.api.region.clone().or_else(|| function.region.clone()),
        endpoint_url: args.function.endpoint_url.clone(),
    };
    let Some(found) = interruptible(Access::find_or_local(&settings, &io.env))? else { return Ok(None) };
    let (access, made_up) = found.map_err(live::fault)?;
    let now = io.now();
    let aws = Aws::within(access, now, args.timeout.unwrap_or(LONGEST_RUN)).map_err(live::fault)?;
    let asking = format!("asking {} for {function} in {}", aws.lambda_origin(), aws.region());
    let keys = made_up.map(|error| format!("with made-up credentials, as that is on this machine: {error}"));
    say(args, &[Some(asking), keys], io)?;
    Ok(Some(aws))
}

/// Says on standard error what is told with `-v` only.
fn say(args: &Invoke, lines: &[Option<String>; 2], io: &mut Io) -> Result<(), Fault> {
    for line in lines.iter().flatten().filter(|_| args.function.verbose) {
        writeln!(io.err, "* {}", printable(line))?;
    }
    Ok(())
}

/// What came with the answer: who answered, and the end of the log.
fn tell(answer: &InvokeAnswer, secrets: &Secrets, args: &Invoke, io: &mut Io) -> Result<(), Fault> {
    let version = answer.executed_version.as_ref().map(|version| format!("version {version} answered"));
    let request = answer.request_id.as_ref().map(|id| format!("request {id}"));
    say(args, &[version, request], io)?;
    match &answer.log {
        Some(log) => tell_log(&secrets.text(log), io)?,
        None if args.function.tail => writeln!(io.err, "note: the answer came without a log")?,
        None => {}
    }
    Ok(())
}

/// The end of the function's log, line by line.
pub(super) fn tell_log(log: &str, io: &mut Io) -> Result<(), Fault> {
    for line in log.lines() {
        let words: Vec<_> = line.split('\t').map(printable).collect();
        writeln!(io.err, "{}", words.join("\t"))?;
    }
    Ok(())
}

fn failed(error: AwsError) -> Fault {
    match error.kind {
        AwsErrorKind::TimedOut => {
            live::fault(error).hint("wait longer with --timeout; the function may still run")
        }
        _ => live::fault(error),
    }
}

/// The client context in base64. A fault shows nothing of it.
fn client_context(text: &str) -> Result<String, Fault> {
    serde_json::from_str::<Value>(text).ok().filter(Value::is_object).ok_or_else(|| {
        Fault::usage("--client-context: this is no JSON object").hint("such as '{\"custom\": {}}'")
    })?;
    let encoded = base64_encode(text.as_bytes());
    match encoded.len() {
        ..=LARGEST_CONTEXT => Ok(encoded),
        size => Err(Fault::usage(format!(
            "--client-context: in base64 it has {size} bytes, and Lambda takes {LARGEST_CONTEXT}"
        ))),
    }
}

/// What the front end makes of what the function returned.
fn returned(case: Case, answer: InvokeAnswer, function: &FunctionName) -> Verdict {
    let mut lambda = known(function, &answer);
    if let Some(log) = answer.log {
        lambda.insert("log".to_owned(), log.into());
    }
    let handled = answer.function_error.unwrap_or_default();
    let failure = match &answer.error_details {
        _ if handled.is_empty() => None,
        Some(details) => Some(Failure::reported(details.as_bytes(), &handled)),
        None => Some(Failure::reported(&answer.payload, &handled)),
    };
    let invoked = Invoked {
        payload: answer.payload.into(),
        content_type: None,
        streamed: case.api.streaming,
        failure,
        timings: Timings { init: None, duration: answer.duration },
        ..Invoked::default()
    };
    let request_id = answer.request_id.unwrap_or_default();
    let verdict = match answer.error_details {
        Some(details) => judge_broken(case, invoked, &details, &request_id),
        None => judge(case, invoked, &request_id),
    };
    Verdict { lambda: Some(Value::Object(lambda)), ..verdict }
}

/// The function, the version that answered and the id of the request, where they are known.
fn known(function: &FunctionName, answer: &InvokeAnswer) -> Map<String, Value> {
    let members = [
        ("function", Some(function.to_string())),
        ("executed_version", answer.executed_version.clone()),
        ("request_id", answer.request_id.clone()),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
}

/// What Lambda says to an event that nobody waits for, or to a question.
fn accepted(
    function: &FunctionName,
    kind: InvocationType,
    answer: &InvokeAnswer,
    format: Format,
    io: &mut Io,
) -> Result<Exit, Fault> {
    if format == Format::Json {
        let mut members = known(function, answer);
        members.insert("invocation_type".to_owned(), kind.name().into());
        members.insert("status".to_owned(), answer.status.into());
        members.insert("timings".to_owned(), json!({ "duration_ms": milliseconds(answer.duration) }));
        io.out.write_all(json::report(&[Value::Object(members)], &Summary::default()).as_bytes())?;
        return Ok(Exit::Clean);
    }
    let status = answer.status;
    let what = match kind {
        // Emulators that know one type only.
        _ if status == 200 => {
            format!("the endpoint knows no --type {}, and may have invoked {function}", kind.name())
        }
        InvocationType::DryRun => format!("the credentials may invoke {function}; nothing was invoked"),
        _ => format!("the event is in the queue of {function}; what becomes of it stands in its log"),
    };
    writeln!(io.err, "Lambda answers {status}: {what}")?;
    Ok(Exit::Clean)
}
