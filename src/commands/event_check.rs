//! `apigw event check`: is this event one that AWS would send, and of which flavour is it?

use super::configured::{Configured, Settings};
use super::documents::{self, Judging, LintFlags};
use super::exit::{Exit, Fault};
use super::io::Io;
use super::plan::Plan;
use crate::input::split::Kind;
use crate::lint::{Checked, Document, EventFlavor, JudgedEvent, event, judge_event};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Say whether AWS would send such an event, and which front end would
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 clean or warnings only, 1 errors, 2 a file that cannot be read,
or nothing to check; --fail-on draws the line elsewhere.

Examples:
  apigw event check events/ more.ndjson
  apigw event check --why event.json
  sam local generate-event apigateway aws-proxy | apigw event check -")]
pub struct EventCheck {
    /// Files with events, directories and globs; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The flavour that the events should be of [default: what each looks like]
    #[arg(long, value_parser = flavor_parser(), value_name = "NAME")]
    pub api: Option<&'static EventFlavor>,
    /// Also say what speaks for the flavour of each event, and against the others
    #[arg(long)]
    pub why: bool,
    /// What every linter can be told.
    #[command(flatten)]
    pub lint: LintFlags,
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
    let configured = Configured::new(&args.lint.rules, None);
    let plan = Plan::new(configured, |settings, _| Ok(Asked(args.api.or_else(|| asked(settings)))));
    documents::judge(&files, plan, &args.lint, args.why, io)
}

/// The flavour that events should be of, if one is asked for.
struct Asked(Option<&'static EventFlavor>);

/// The one flavour that the configuration has for some files. The front end of all results says
/// nothing about events: those of its authorizers are others.
fn asked(settings: &Settings) -> Option<&'static EventFlavor> {
    match settings.own_setup.fronts.as_deref() {
        Some([front]) => EventFlavor::from_name(front.name()),
        _ => None,
    }
}

impl Judging for Asked {
    const KIND: Kind = Kind::Event;
    const COMMAND: &'static str = "event-check";

    fn judge(&self, document: &Document<'_>) -> Checked {
        let JudgedEvent { source, detection, findings } = judge_event(document, self.0);
        Checked::event(document.index, source, detection, findings)
    }
}
