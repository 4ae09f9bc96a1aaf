//! `apigw event check`: is this event one that AWS would send, and of which flavour is it?

use super::documents::{self, Judging};
use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use crate::lint::{EventFlavor, JudgedEvent, Severity, Summary, event, judge_event};
use crate::report::{human, json};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Map, Value};
use std::io::Write as _;

/// Say whether AWS would send such an event, and which front end would
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 clean or warnings only, 1 errors, 2 a file that cannot be read.

Examples:
  apigw event check events/*.json
  apigw event check --why event.json
  sam local generate-event apigateway aws-proxy | apigw event check -")]
pub struct EventCheck {
    /// Files with an event each; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The flavour that the events should be of [default: what each looks like]
    #[arg(long, value_parser = flavor_parser(), value_name = "NAME")]
    pub api: Option<&'static EventFlavor>,
    /// Also say what speaks for the flavour of each event, and against the others
    #[arg(long)]
    pub why: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Reads the name of a flavour of event, and knows all names for completions and suggestions.
fn flavor_parser() -> impl TypedValueParser<Value = &'static EventFlavor> {
    let names = PossibleValuesParser::new(event::ALL.iter().map(|flavor| flavor.name));
    names.try_map(|name| EventFlavor::from_name(&name).ok_or("no such flavour"))
}

/// Runs the command.
///
/// # Errors
/// Faults of the command line and of writing; a file that cannot be read is told, and the others
/// are judged.
pub fn run(args: &EventCheck, io: &mut Io) -> Result<Exit, Fault> {
    let files = documents::named(&args.files, "an event", "apigw event check --help", io)?;
    let mut run = Run { args, results: Vec::new(), summary: Summary::default(), printed: false };
    documents::judge(&files, &mut run, args.format, io)
}

/// One run over several files.
struct Run<'r> {
    args: &'r EventCheck,
    results: Vec<Value>,
    summary: Summary,
    printed: bool,
}

impl Judging for Run<'_> {
    fn judge(&mut self, name: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault> {
        let JudgedEvent { source, detection, findings } = judge_event(name, bytes, self.args.api);
        self.summary.add(&findings);
        if self.args.format == Format::Json {
            let mut members =
                Map::from_iter([("file".to_owned(), name.into()), ("document".to_owned(), 0.into())]);
            members.extend(json::judged_event(detection.as_ref(), &findings, &source));
            self.results.push(Value::Object(members));
            return Ok(());
        }
        let style = io.out_style();
        let unreadable =
            detection.is_none() && findings.iter().any(|found| found.severity == Severity::Error);
        if self.args.why && !unreadable {
            io.out.write_all(human::detection(name, detection.as_ref(), style).as_bytes())?;
        }
        if !findings.is_empty() {
            if self.printed || self.args.why {
                writeln!(io.out)?;
            }
            self.printed = true;
            let text = human::event_findings(&source, &findings, detection.as_ref(), style);
            io.out.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    fn counted(&self) -> (&[Value], &Summary) {
        (&self.results, &self.summary)
    }
}
