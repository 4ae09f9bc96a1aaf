//! `apigw rules`: the catalogue.

use super::exit::{Exit, Fault};
use super::io::Io;
use crate::lint::{Rule, Summary, rules};
use crate::report::{catalogue, json};
use clap::{Args, ValueEnum};
use std::io::Write as _;

/// How to print rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CatalogueFormat {
    /// For people
    Human,
    /// One JSON document (schemas/report.json)
    Json,
    /// Markdown, as in the README and in docs/rules
    Markdown,
}

/// List the rules
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  apigw rules
  apigw rules --select AGW4
  apigw rules --format json")]
pub struct Rules {
    /// Only rules whose code begins so (AGW1), or of that name; several with commas
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// How to print them
    #[arg(long, value_enum, default_value = "human")]
    pub format: CatalogueFormat,
}

/// Runs the command.
///
/// # Errors
/// A usage fault if a word of `--select` selects nothing; faults of writing.
pub fn run(args: &Rules, io: &mut Io) -> Result<Exit, Fault> {
    let selects = |word: &String, rule: &Rule| {
        let begins = rule.code.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
        (begins && word.len() > 3) || rule.name.eq_ignore_ascii_case(word)
    };
    if let Some(word) = args.select.iter().find(|word| !rules::ALL.iter().any(|rule| selects(word, rule))) {
        let fault =
            Fault::usage(format!("--select: no rule is called {word:?} or has a code that begins so"));
        return Err(fault.hint("the codes: apigw rules"));
    }
    let selected =
        |rule: &&&Rule| args.select.is_empty() || args.select.iter().any(|word| selects(word, rule));
    let chosen: Vec<&Rule> = rules::ALL.iter().filter(selected).copied().collect();
    let text = match args.format {
        CatalogueFormat::Human => catalogue::table(&chosen, io.out_style()),
        CatalogueFormat::Markdown => catalogue::markdown_table(&chosen, "docs/rules/"),
        CatalogueFormat::Json => {
            let rows: Vec<_> = chosen.into_iter().map(catalogue::rule_row).collect();
            json::report(&rows, &Summary::default())
        }
    };
    io.out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}
