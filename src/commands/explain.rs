//! `apigw explain`: a rule in its own words.

use super::exit::{Exit, Fault};
use super::io::Io;
use crate::lint::rules;
use crate::report::human;
use clap::Args;
use std::io::Write as _;

/// Explain a rule: what it finds, what the caller sees, and what to do
#[derive(Debug, Args)]
pub struct Explain {
    /// A code such as AGW101, or a name such as body-not-string
    pub rule: String,
}

/// Runs the command.
///
/// # Errors
/// A usage fault if there is no such rule.
pub fn run(args: &Explain, io: &mut Io) -> Result<Exit, Fault> {
    let Some(rule) = rules::find(&args.rule) else {
        let codes: Vec<_> = rules::ALL.iter().map(|rule| format!("{} {}", rule.code, rule.name)).collect();
        let message = format!("there is no rule `{}`", args.rule);
        return Err(Fault::usage(message).hint(format!("the rules are:\n  {}", codes.join("\n  "))));
    };
    let text = human::rule(rule, io.out_style());
    io.out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}
