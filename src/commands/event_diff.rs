//! `apigw event diff`: what differs between two events.

use super::event_from::place;
use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use crate::json::Text;
use crate::lint::{EventDifference, Summary, diff_events};
use crate::report::{human, json};
use clap::Args;
use serde_json::Value;
use std::io::Write as _;

/// Say what differs between two events
#[derive(Debug, Args)]
#[command(
    after_help = "Ids, times and traces differ from call to call and are only counted, unless --all is given.
Bodies are compared as JSON if both are.

Exit code: 0 no difference, 1 differences, 2 an event that cannot be read.

Examples:
  apigw event diff recorded.json generated.json
  apigw event gen rest-get | apigw event diff --all recorded.json -"
)]
pub struct EventDiff {
    /// The first event; - for standard input
    #[arg(value_name = "A")]
    pub left: String,
    /// The second event; - for standard input
    #[arg(value_name = "B")]
    pub right: String,
    /// Also what differs from call to call
    #[arg(long)]
    pub all: bool,
    /// How to print the differences
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Runs the command.
///
/// # Errors
/// A usage fault if an event cannot be read; faults of writing.
pub fn run(args: &EventDiff, io: &mut Io) -> Result<Exit, Fault> {
    if (args.left.as_str(), args.right.as_str()) == ("-", "-") {
        return Err(Fault::usage("only one of the two events can come from standard input"));
    }
    let (left, right) = (read(&args.left, io)?, read(&args.right, io)?);
    let found = diff_events(&left, &right);
    let (told, folded): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|difference| args.all || difference.volatile.is_none());
    match args.format {
        Format::Json => io.out.write_all(report(args, &told, folded.len()).as_bytes())?,
        Format::Human => {
            let style = io.out_style();
            io.out.write_all(human::differences(&told, style).as_bytes())?;
            io.out.flush()?;
            summarize(&told, &folded, io)?;
        }
    }
    Ok(if told.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn read(path: &str, io: &mut Io) -> Result<Value, Fault> {
    let bytes = io.read(path)?;
    let name = if path == "-" { "<stdin>" } else { path };
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| Fault::usage(format!("{name} is not UTF-8: byte {}", error.valid_up_to())))?;
    let text = text.trim_start_matches('\u{feff}');
    let parsed = Text::parse(name, text)
        .map_err(|error| place(name, text, error.span, &format!("this is not JSON: {}", error.kind)))?;
    let value = parsed.value();
    if value.is_object() {
        Ok(value)
    } else {
        Err(Fault::usage(format!("{name} is no event: not an object")))
    }
}

fn summarize(told: &[EventDifference], folded: &[EventDifference], io: &mut Io) -> Result<(), Fault> {
    let differences = human::counted(told.len(), "difference");
    let mut kinds: Vec<_> = folded.iter().filter_map(|difference| difference.volatile).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match folded.len() {
        0 => writeln!(io.err, "{differences}")?,
        more => {
            let kinds = kinds.join(", ");
            writeln!(io.err, "{differences}, and {more} from call to call ({kinds}); --all shows them")?;
        }
    }
    Ok(())
}

fn report(args: &EventDiff, told: &[EventDifference], folded: usize) -> String {
    let name = |path: &str| if path == "-" { "<stdin>".to_owned() } else { path.to_owned() };
    let rows: Vec<_> = told.iter().map(json::difference).collect();
    let result = serde_json::json!({
        "left": name(&args.left),
        "right": name(&args.right),
        "equal": told.is_empty(),
        "differences": rows,
        "folded": folded,
    });
    json::report(&[result], &Summary { checked: 2, ..Summary::default() })
}
