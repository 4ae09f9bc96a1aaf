//! The function on this machine that the flags name: a binary, or a handler in a file.

use super::super::exit::Fault;
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::target::Named;
use crate::transport::{self, FunctionProcess, FunctionSettings, HandlerProcess};
use clap::Args;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Which function on this machine is invoked, and what it is told.
#[derive(Debug, Default, Args)]
pub struct LocalFlags {
    /// A function's binary: it is started with Lambda's environment and a Runtime API of its own
    #[arg(long, value_name = "PATH", help_heading = "Target")]
    pub bin: Option<PathBuf>,
    /// A handler in a Python or Node file, as Lambda's setting has it: app.lambda_handler, src/index.handler
    #[arg(long, value_name = "HANDLER", help_heading = "Target")]
    pub handler: Option<String>,
    /// What runs the handler: python3.12, nodejs22, the path of an interpreter [default: what the file needs, on PATH]
    #[arg(long, value_name = "NAME|PATH", requires = "handler", conflicts_with_all = ["bin", "url"], help_heading = "Target")]
    pub runtime: Option<String>,
    /// Arguments of the binary, behind --
    #[arg(last = true, value_name = "ARGS", conflicts_with_all = ["handler", "function", "url"])]
    pub args: Vec<OsString>,
    /// A variable of the function's environment; may be repeated
    #[arg(long = "env", value_name = "NAME=VALUE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env: Vec<String>,
    /// A file with NAME=VALUE lines for the function's environment
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "function"], help_heading = "Function")]
    pub env_file: Option<String>,
}

/// What to start, and what it is told about itself.
pub(super) struct Local {
    pub(super) process: FunctionProcess,
    pub(super) settings: FunctionSettings,
}

impl Local {
    /// Finds what is named, with what the flags say of it; `None` if that was interrupted.
    pub(super) fn find(named: Named<'_>, args: &LocalFlags, io: &Io) -> Result<Option<Self>, Fault> {
        match named {
            Named::Handler(handler) => Self::handler(handler, args, io),
            Named::Bin(bin) => Ok(Some(Self::binary(bin, args))),
            Named::Function(_) | Named::Url(_) => Err(Named::missing()),
        }
    }

    fn binary(bin: &Path, args: &LocalFlags) -> Self {
        let process = FunctionProcess { args: args.args.clone(), ..FunctionProcess::new(bin) };
        let name = bin.file_stem().map(|name| name.to_string_lossy().into_owned());
        let mut settings =
            FunctionSettings { handler: "bootstrap".to_owned(), ..FunctionSettings::default() };
        settings.name = name.unwrap_or(settings.name);
        Self { process, settings }
    }

    fn handler(handler: &str, args: &LocalFlags, io: &Io) -> Result<Option<Self>, Fault> {
        let path = io.env.get("PATH").map(String::as_str);
        let found = interruptible(transport::find_handler(handler, args.runtime.as_deref(), path))?;
        let Some(found) = found else { return Ok(None) };
        let found = found.map_err(|error| Fault::usage(format!("--handler: {error}")))?;
        let HandlerProcess { process, handler, name, task_root, execution_env } = found;
        let (task_root, execution_env) = (Some(task_root), Some(execution_env));
        let settings = FunctionSettings { name, handler, task_root, execution_env, ..Default::default() };
        Ok(Some(Self { process, settings }))
    }
}
