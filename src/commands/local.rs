//! The function on this machine that the flags name: a binary, or a handler in a file.

use super::exit::Fault;
use super::invocation::interruptible;
use super::invoke::Invoke;
use super::io::Io;
use crate::transport::{self, FunctionProcess, FunctionSettings, HandlerProcess};
use std::path::Path;

/// What to start, and what it is told about itself.
pub(super) struct Local {
    pub(super) process: FunctionProcess,
    pub(super) settings: FunctionSettings,
}

impl Local {
    /// Finds what the flags name; `None` if that was interrupted.
    pub(super) fn find(args: &Invoke, io: &Io) -> Result<Option<Self>, Fault> {
        match (&args.handler, &args.bin) {
            (Some(handler), _) => Self::handler(handler, args, io),
            (None, Some(bin)) => Ok(Some(Self::binary(bin, args))),
            (None, None) => Err(Fault::usage("invoke needs a target: --bin, --handler or --url")),
        }
    }

    fn binary(bin: &Path, args: &Invoke) -> Self {
        let process = FunctionProcess { args: args.args.clone(), ..FunctionProcess::new(bin) };
        let name = bin.file_stem().map(|name| name.to_string_lossy().into_owned());
        let mut settings =
            FunctionSettings { handler: "bootstrap".to_owned(), ..FunctionSettings::default() };
        settings.name = name.unwrap_or(settings.name);
        Self { process, settings }
    }

    fn handler(handler: &str, args: &Invoke, io: &Io) -> Result<Option<Self>, Fault> {
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
