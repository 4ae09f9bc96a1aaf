//! The functions behind routes: what the flags tell them, and their processes.

use super::super::exit::Fault;
use super::super::invoke::{Local, LocalFlags, Named, seconds, variables};
use super::super::io::Io;
use crate::gateway::{Api, Stamp};
use crate::transport::serve::FunctionPool;
use crate::transport::{FunctionHost, FunctionSpec, Logs};
use clap::Args;
use std::path::Path;
use std::time::Duration;

/// What the functions are told.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Functions")]
pub struct FunctionFlags {
    /// A variable of the functions' environment; may be repeated
    #[arg(long = "env", value_name = "NAME=VALUE")]
    pub env: Vec<String>,
    /// A file with NAME=VALUE lines for the functions' environment
    #[arg(long, value_name = "FILE")]
    pub env_file: Option<String>,
    /// A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}
    #[arg(long, value_name = "FILE")]
    pub env_vars: Option<String>,
    /// The functions' memory size in MB [default: 128]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(128..=10_240))]
    pub memory: Option<u32>,
    /// Seconds until a function has run out of time [default: 3]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub timeout: Option<Duration>,
    /// How many processes of a function may run at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000), default_value_t = 10)]
    pub concurrency: u16,
}

/// The function that a route names, with what it is called; `None` if looking for it was
/// interrupted.
///
/// # Errors
/// When there is none, and faults of the flags.
pub(super) fn find(
    target: &str,
    flags: &FunctionFlags,
    api: &Api,
    io: &mut Io,
) -> Result<Option<(String, FunctionPool)>, Fault> {
    let path = Path::new(target);
    let named = match path.is_file() && path.extension().is_none() {
        true => Named::Bin(path),
        false if target.starts_with("./") || path.is_absolute() => Named::Bin(path),
        false => Named::Handler(target),
    };
    let local = LocalFlags {
        env: flags.env.clone(),
        env_file: flags.env_file.clone(),
        env_vars: flags.env_vars.clone(),
        memory: flags.memory,
        ..LocalFlags::default()
    };
    let Some(found) = Local::find(named, &local, io)? else { return Ok(None) };
    let mut spec = FunctionSpec::new(found.process);
    spec.settings = found.settings;
    spec.settings.region.clone_from(&api.region);
    spec.settings.path = io.env.get("PATH").cloned();
    spec.settings.log_stream = log_stream(io);
    spec.timeout = flags.timeout.unwrap_or(spec.timeout);
    // The caller has the answer as soon as it is there.
    spec.settle = Duration::ZERO;
    spec.logs = Logs::Kept;
    variables::set(&mut spec.settings, &local, io)?;
    let name = spec.settings.name.clone();
    let pool = FunctionPool::new(usize::from(flags.concurrency), FunctionHost::new(spec));
    Ok(Some((name, pool)))
}

fn log_stream(io: &Io) -> String {
    let stamp = Stamp::new(io.now_ms, io.entropy);
    format!("{}/[$LATEST]{}", stamp.day(), stamp.hex("log-stream", 32))
}
