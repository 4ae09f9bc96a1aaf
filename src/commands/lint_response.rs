//! `apigw lint-response`: would API Gateway answer 502 for this handler's output, why, and where?

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use crate::gateway::{Api, Exchange, Flavor, Moment, Stamp};
use crate::http::Request;
use crate::lint::{Judged, Summary, judge};
use crate::report::{human, json};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::Value;
use std::io::Write as _;

/// Say whether API Gateway accepts a handler's output, and what the caller gets
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 clean or warnings only, 1 errors, 2 a file that cannot be read.

Examples:
  apigw lint-response out.json
  node handler.js | apigw lint-response --api http -")]
pub struct LintResponse {
    /// Files with a handler's result each; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The front end that receives the result
    #[arg(long, value_parser = flavor_parser(), default_value = "rest", value_name = "NAME")]
    pub api: Flavor,
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

/// Reads the name of a flavour, and knows all names for completions and for suggestions.
pub(super) fn flavor_parser() -> impl TypedValueParser<Value = Flavor> {
    let names = PossibleValuesParser::new(Flavor::ALL.map(|flavor| flavor.facts().name));
    names.try_map(|name| Flavor::from_name(&name).ok_or("no such front end"))
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
    let mut run = Run {
        args,
        api: api(args),
        request: request(args),
        results: Vec::new(),
        summary: Summary::default(),
    };
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
fn api(args: &LintResponse) -> Api {
    let mut api = Api::new(args.api);
    api.binary_media_types.clone_from(&args.binary_media_types);
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
    api: Api,
    request: Request,
    results: Vec<Value>,
    summary: Summary,
}

impl Run<'_> {
    fn judge(&mut self, file: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault> {
        let name = if file == "-" { "<stdin>" } else { file };
        let exchange = Exchange {
            api: &self.api,
            request: &self.request,
            stamp: &Stamp::default(),
            moment: Moment::Request,
        };
        let judged = judge(name, bytes, &exchange);
        self.summary.add(&judged.findings);
        match self.args.format {
            Format::Json => self.results.push(self.result(name, &judged)),
            Format::Human if judged.findings.is_empty() => {}
            Format::Human => {
                if self.summary.checked > 1 {
                    writeln!(io.out)?;
                }
                let Judged { source, findings, outcome } = &judged;
                let text = human::findings(source, findings, outcome, self.args.api, io.out_style());
                io.out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    }

    fn result(&self, name: &str, judged: &Judged) -> Value {
        let mut members =
            serde_json::Map::from_iter([("file".to_owned(), name.into()), ("document".to_owned(), 0.into())]);
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
