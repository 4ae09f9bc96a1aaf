//! `apigw completions`: scripts for shells.

use super::exit::{Exit, Fault};
use super::io::Io;
use clap::{Args, Command};
use clap_complete::Shell;
use std::io::Write as _;

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Runs the command; `cli` is the whole command line.
///
/// # Errors
/// Faults of writing.
pub fn run(args: &Completions, mut cli: Command, io: &mut Io) -> Result<Exit, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli, "apigw", &mut script);
    io.out.write_all(&script)?;
    Ok(Exit::Clean)
}
