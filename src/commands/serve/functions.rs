//! The functions behind routes: what the flags tell them, and their processes.

use super::super::exit::Fault;
use super::super::invoke::{LocalFlags, seconds, variables};
use super::super::io::Io;
use super::code::Code;
use crate::gateway::Stamp;
use crate::report::human::printable;
use crate::transport::serve::FunctionPool;
use crate::transport::{
    self, FunctionHost, FunctionProcess, FunctionSettings, FunctionSpec, HandlerError, HandlerProcess, Logs,
};
use clap::Args;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

/// What the functions are told.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Functions")]
pub struct FunctionFlags {
    /// What stands for a function of the template: a binary, or a handler such as src/app.handler; may be repeated
    #[arg(long = "function", value_name = "NAME=TARGET", value_parser = super::super::templates::pair)]
    pub functions: Vec<(String, String)>,
    /// A command line that builds the functions: run by the shell at the start and before each reload
    #[arg(long, value_name = "LINE")]
    pub build: Option<String>,
    /// A variable of the functions' environment; may be repeated
    #[arg(long = "env", value_name = "NAME=VALUE")]
    pub env: Vec<String>,
    /// A file with NAME=VALUE lines for the functions' environment
    #[arg(long, value_name = "FILE")]
    pub env_file: Option<String>,
    /// A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}
    #[arg(long, value_name = "FILE")]
    pub env_vars: Option<String>,
    /// Pass this machine's variables, too, below Lambda's own; credentials of AWS are among them
    #[arg(long)]
    pub inherit_env: bool,
    /// The functions' memory size in MB [default: the template's, else 128]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(128..=10_240))]
    pub memory: Option<u32>,
    /// Seconds until a function has run out of time [default: the template's, else 3]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub timeout: Option<Duration>,
    /// How many processes of a function may run at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000), default_value_t = 10)]
    pub concurrency: u16,
    /// Where the targets of --function count from, if not from here.
    #[arg(skip)]
    pub directory: PathBuf,
    /// Keep what the functions write, and show it to nobody.
    #[arg(skip)]
    pub captured: bool,
}

/// What is known of a function beside its code.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// Its name; without one, that of its code.
    pub(super) name: Option<String>,
    /// What the template calls it.
    pub(super) logical_id: Option<String>,
    /// The region that it believes to run in.
    pub(super) region: String,
    /// The memory size in MB that the template gives it.
    pub(super) memory: Option<u32>,
    /// The time limit that the template gives it.
    pub(super) timeout: Option<Duration>,
    /// The variables that the template gives it.
    pub(super) environment: Vec<(String, String)>,
}

/// A function that can be served.
#[derive(Debug)]
pub(super) struct Ready {
    /// Its name.
    pub(super) name: String,
    /// Its processes.
    pub(super) pool: FunctionPool,
    /// What is watched for changes.
    pub(super) code: transport::Code,
}

/// Makes a function ready to be invoked; its processes start with the first calls.
///
/// # Errors
/// When its code is not there or nothing runs it, and faults of the flags.
pub(super) async fn ready(
    code: &Code,
    told: Told,
    flags: &FunctionFlags,
    io: &mut Io,
) -> Result<Ready, Fault> {
    let (process, own) = started(code, io).await?;
    let settings = FunctionSettings {
        name: told.name.unwrap_or(own.name),
        region: told.region,
        memory_mb: flags.memory.or(told.memory).unwrap_or(own.memory_mb),
        path: io.env.get("PATH").cloned(),
        log_stream: log_stream(io),
        extra: told.environment,
        ..own
    };
    let watched = watched(&process, &settings);
    let mut spec = FunctionSpec::new(process);
    spec.settings = settings;
    spec.timeout = flags.timeout.or(told.timeout).unwrap_or(spec.timeout);
    // The caller has the answer as soon as it is there.
    spec.settle = Duration::ZERO;
    spec.logs = if flags.captured { Logs::Captured } else { Logs::Kept };
    let local = LocalFlags {
        env: flags.env.clone(),
        env_file: flags.env_file.clone(),
        env_vars: flags.env_vars.clone(),
        inherit_env: flags.inherit_env,
        memory: flags.memory,
        ..LocalFlags::default()
    };
    variables::set(&mut spec.settings, told.logical_id.as_deref(), &local, io)?;
    let name = spec.settings.name.clone();
    let pool = FunctionPool::new(usize::from(flags.concurrency), FunctionHost::new(spec));
    Ok(Ready { name, pool, code: watched })
}

/// What to start, and what it is told of itself.
async fn started(code: &Code, io: &mut Io) -> Result<(FunctionProcess, FunctionSettings), Fault> {
    match code {
        Code::Program(program) => {
            let stem = program.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let name = stem.unwrap_or_else(|| FunctionSettings::default().name);
            let settings = FunctionSettings { name, handler: "bootstrap".to_owned(), ..Default::default() };
            if !program.is_file() {
                return Err(Fault::usage(format!("there is no program {}", program.display())));
            }
            Ok((FunctionProcess::new(program), settings))
        }
        Code::Handler { handler, directory, runtime } => {
            let path = io.env.get("PATH").cloned();
            let find = |runtime: Option<String>| {
                let path = path.as_deref();
                async move { transport::find_handler(handler, directory, runtime.as_deref(), path).await }
            };
            let found = match find(runtime.clone()).await {
                Err(error @ HandlerError::NoInterpreter { .. }) if runtime.is_some() => {
                    let found = find(None).await.map_err(|_| Fault::usage(error.to_string()))?;
                    let (wanted, got) = (runtime.as_deref().unwrap_or_default(), &found.execution_env);
                    let got = got.trim_start_matches("AWS_Lambda_");
                    writeln!(
                        io.err,
                        "warning: {handler} runs with {got}, for {wanted} is not on this machine"
                    )?;
                    Ok(found)
                }
                found => found,
            };
            let found = found.map_err(|error| Fault::usage(printable(&error.to_string())))?;
            let HandlerProcess { process, handler, name, task_root, execution_env } = found;
            let (task_root, execution_env) = (Some(task_root), Some(execution_env));
            Ok((process, FunctionSettings { name, handler, task_root, execution_env, ..Default::default() }))
        }
    }
}

/// A handler's directory, or the program alone: what lies beside it is not its code.
fn watched(process: &FunctionProcess, settings: &FunctionSettings) -> transport::Code {
    match &settings.task_root {
        Some(directory) => transport::Code { directory: directory.clone(), program: None },
        None => {
            let program = std::path::absolute(&process.program).unwrap_or_else(|_| process.program.clone());
            transport::Code { directory: PathBuf::new(), program: Some(program) }
        }
    }
}

fn log_stream(io: &Io) -> String {
    let stamp = Stamp::new(io.now_ms, io.entropy);
    format!("{}/[$LATEST]{}", stamp.day(), stamp.hex("log-stream", 32))
}
