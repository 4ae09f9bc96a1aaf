//! `apigw event list`: the kinds of event.

use super::exit::{Exit, Fault};
use super::io::Io;
use crate::gateway::event::aliases::{self, Alias};
use crate::gateway::event::{EventKind, kinds};
use crate::lint::Summary;
use crate::report::json;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::Write as _;

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON document (schemas/report.json)
    Json,
}

/// List the kinds of event
#[derive(Debug, Args)]
pub struct EventList {
    /// List the names that SAM, the Lambda console, cargo-lambda, Serverless and Powertools use;
    /// each is understood wherever a kind is
    #[arg(long)]
    pub aliases: bool,
    /// How to print them
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Runs the command.
///
/// # Errors
/// Faults of writing.
pub fn run(args: &EventList, io: &mut Io) -> Result<Exit, Fault> {
    if args.aliases {
        return list_aliases(args.format, io);
    }
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

/// The aliases of kinds that there are, by owner.
fn list_aliases(format: Format, io: &mut Io) -> Result<Exit, Fault> {
    let known = |alias: &&Alias| EventKind::from_name(alias.kind).is_some();
    let known: Vec<_> = aliases::ALL.iter().filter(known).collect();
    if format == Format::Json {
        let row = |alias: &&Alias| json!({ "alias": alias.name, "kind": alias.kind, "owner": alias.owner.name(), "spellings": alias.spellings() });
        let rows: Vec<_> = known.iter().map(row).collect();
        io.out.write_all(json::report(&rows, &Summary::default()).as_bytes())?;
        return Ok(Exit::Clean);
    }
    let width =
        |column: fn(&Alias) -> usize| known.iter().map(|alias| column(alias)).max().unwrap_or_default();
    let (names, owners) = (width(|alias| alias.name.len()), width(|alias| alias.owner.name().len()));
    for Alias { name, kind, owner } in known {
        writeln!(io.out, "{:owners$}  {name:names$}  {kind}", owner.name())?;
    }
    Ok(Exit::Clean)
}
