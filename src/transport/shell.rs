//! Command lines that the shell reads, each in a process group of its own, with what they print.

use super::log_pipe::LogPipe;
use super::process::{FunctionProcess, Logs};
use super::start_error::StartError;
use std::path::PathBuf;

/// Where command lines run, and with which environment.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The directory.
    pub directory: PathBuf,
    /// Every variable.
    pub environment: Vec<(String, String)>,
}

/// What came of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellRun {
    /// Whether it ended with 0.
    pub succeeded: bool,
    /// How it ended, in words.
    pub ended: String,
    /// What it printed on both its streams, at most the end of it.
    pub output: String,
}

/// How much of the output is kept, in bytes.
const KEPT: usize = 64 * 1024;

impl Shell {
    /// Runs a line until it ends. Dropping the future kills it and all that it started.
    ///
    /// # Errors
    /// When there is no shell, or the directory is not there.
    pub async fn run(&self, line: &str) -> Result<ShellRun, StartError> {
        let (program, flag) = if cfg!(windows) { ("cmd.exe", "/C") } else { ("/bin/sh", "-c") };
        let process = FunctionProcess {
            args: vec![flag.into(), line.into()],
            working_directory: Some(self.directory.clone()),
            ..FunctionProcess::new(program)
        };
        let (pipe, logs) = match LogPipe::open() {
            Ok(Some((pipe, logs))) => (Some(pipe), logs),
            _ => (None, Logs::Stderr),
        };
        let mut running = process.spawn(&self.environment, &logs)?;
        drop(logs);
        let mut printed = Vec::new();
        let exit = match &pipe {
            None => running.exited().await,
            Some(pipe) => {
                let keep = |bytes: &[u8]| {
                    printed.extend_from_slice(bytes);
                    let more = printed.len().saturating_sub(KEPT);
                    printed.drain(..more);
                };
                pipe.read_beside(running.exited(), keep).await
            }
        };
        Ok(ShellRun {
            succeeded: exit == super::exit::Exit::Code(0),
            ended: exit.to_string(),
            output: String::from_utf8_lossy(&printed).into_owned(),
        })
    }
}
