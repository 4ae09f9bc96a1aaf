//! `apigw event list`: the kinds of event.

use super::exit::{Exit, Fault};
use super::io::Io;
use crate::gateway::event::{EventKind, kinds};
use crate::lint::Summary;
use crate::report::json;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::Write as _;

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON document (schemas/report.json)
    Json,
}

/// List the kinds of event
#[derive(Debug, Args)]
pub struct EventList {
    /// How to print them
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Runs the command.
///
/// # Errors
/// Faults of writing.
pub fn run(args: &EventList, io: &mut Io) -> Result<Exit, Fault> {
    let kinds = kinds();
    if args.format == Format::Json {
        let row = |kind: &EventKind| {
            let flavor = kind.front.name();
            json!({ "name": kind.name, "flavor": flavor, "method": kind.method, "summary": kind.summary })
        };
        let rows: Vec<_> = kinds.iter().map(row).collect();
        io.out.write_all(json::report(&rows, &Summary::default()).as_bytes())?;
        return Ok(Exit::Clean);
    }
    let width = kinds.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
    for kind in kinds {
        writeln!(io.out, "{:width$}  {}", kind.name, kind.summary)?;
    }
    Ok(Exit::Clean)
}
