//! `apigw lint-response`: would API Gateway answer 502 for this handler's output, why, and where?

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::front_ends::{self, FrontEnds};
use super::io::Io;
use super::settings;
use crate::gateway::{Api, Exchange, Flavor, Moment, Setting, Stamp};
use crate::http::Request;
use crate::lint::{Judged, Shared, Summary, judge, shared};
use crate::report::{human, json, verdicts};
use clap::Args;
use serde_json::{Map, Value};
use std::io::Write as _;

/// Say whether API Gateway accepts a handler's output, and what the caller gets
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 0 clean or warnings only, 1 errors (of several front ends: at one of them),
2 a file that cannot be read.

Examples:
  apigw lint-response out.json
  node handler.js | apigw lint-response --api http -
  apigw lint-response --api all out.json
  apigw lint-response --api alb,alb-multi out.json"
)]
pub struct LintResponse {
    /// Files with a handler's result each; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The front end that receives the result; several with commas, or all
    #[arg(
        long,
        value_parser = front_ends::parser(),
        value_delimiter = ',',
        default_value = "rest",
        value_name = "NAME"
    )]
    pub api: Vec<FrontEnds>,
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
    let flavors = front_ends::chosen(&args.api);
    if let [flavor] = flavors.as_slice() {
        // Of several front ends, each takes what it knows.
        let given = [
            ("--binary-media-type", !args.binary_media_types.is_empty(), Setting::BinaryMediaTypes),
            ("--streaming", args.streaming, Setting::Streaming),
        ];
        settings::check_flags(*flavor, &given)?;
    }
    let mut run =
        Run { args, flavors, request: request(args), results: Vec::new(), summary: Summary::default() };
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

/// The API that the options describe.
fn api(args: &LintResponse, flavor: Flavor) -> Api {
    let mut api = Api::new(flavor);
    api.binary_media_types.clone_from(&args.binary_media_types);
    api.streaming = args.streaming && flavor.facts().knows(Setting::Streaming);
    api
}

/// The request that is answered.
fn request(args: &LintResponse) -> Request {
    let mut request = Request::new("GET", "/");
    if let Some(accept) = &args.accept {
        request.headers.append("Accept", accept);
    }
    request
}

/// One run over several files.
struct Run<'r> {
    args: &'r LintResponse,
    flavors: Vec<Flavor>,
    request: Request,
    results: Vec<Value>,
    summary: Summary,
}

impl Run<'_> {
    /// Judges a file for each front end. Findings that several share are counted once.
    fn judge(&mut self, file: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault> {
        let name = if file == "-" { "<stdin>" } else { file };
        let judged: Vec<_> =
            self.flavors.iter().map(|flavor| (*flavor, self.judge_for(*flavor, name, bytes))).collect();
        let shared = shared(&judged);
        let distinct: Vec<_> = shared.iter().map(|shared| shared.finding.clone()).collect();
        self.summary.add(&distinct);
        match (self.args.format, judged.as_slice()) {
            (Format::Json, judged) => {
                let results = judged.iter().map(|(flavor, judged)| result(*flavor, name, judged));
                self.results.extend(results);
            }
            (Format::Human, [(_, only)]) if only.findings.is_empty() => {}
            (Format::Human, judged) => {
                if self.summary.checked > 1 {
                    writeln!(io.out)?;
                }
                io.out.write_all(text(judged, &shared, io.out_style()).as_bytes())?;
            }
        }
        Ok(())
    }

    fn judge_for(&self, flavor: Flavor, name: &str, bytes: &[u8]) -> Judged {
        let api = api(self.args, flavor);
        let exchange =
            Exchange { api: &api, request: &self.request, stamp: &Stamp::default(), moment: Moment::Request };
        judge(name, bytes, &exchange)
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

/// For one front end its findings; for several a table first, and each finding once.
fn text(judged: &[(Flavor, Judged)], shared: &[Shared], style: human::Style) -> String {
    if let [(flavor, Judged { source, findings, outcome })] = judged {
        return human::findings(source, findings, outcome, *flavor, style);
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

fn result(flavor: Flavor, name: &str, judged: &Judged) -> Value {
    let mut members = Map::from_iter([("file".to_owned(), name.into()), ("document".to_owned(), 0.into())]);
    members.extend(json::judged(flavor, &judged.outcome, &judged.findings, &judged.source));
    Value::Object(members)
}
