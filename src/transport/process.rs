//! A function process and everything that it starts: begun with exactly the environment that it
//! is to see, and gone with all its descendants on every way out.

use super::exit::Exit;
use super::log_tap::LogTap;
use super::start_error::StartError;
use hyper::body::Bytes;
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// Where a function's own output goes.
#[derive(Debug, Default)]
pub enum Logs {
    /// To the standard error stream of this process.
    #[default]
    Stderr,
    /// Into this file (or the writing end of a pipe).
    File(File),
    /// To the standard error stream, and kept beside that for each invocation, where the system has
    /// pipes that can be read without waiting.
    Kept,
    /// Kept for each invocation, and shown to nobody.
    Captured,
}

impl Logs {
    /// A duplicate of the descriptor for a child. Nothing of ours waits for its end, so that a
    /// process which outlives the function and keeps it open can never hang us.
    fn duplicate(&self) -> Stdio {
        let duplicate = match self {
            Self::File(file) => file.try_clone().map(Stdio::from),
            Self::Stderr | Self::Kept | Self::Captured => duplicate_stderr(),
        };
        // A closed stderr must not keep a function from running.
        duplicate.unwrap_or_else(|_| Stdio::null())
    }
}

#[cfg(unix)]
fn duplicate_stderr() -> std::io::Result<Stdio> {
    use std::os::fd::AsFd as _;
    std::io::stderr().as_fd().try_clone_to_owned().map(Stdio::from)
}

#[cfg(windows)]
fn duplicate_stderr() -> std::io::Result<Stdio> {
    use std::os::windows::io::AsHandle as _;
    std::io::stderr().as_handle().try_clone_to_owned().map(Stdio::from)
}

#[cfg(not(any(unix, windows)))]
fn duplicate_stderr() -> std::io::Result<Stdio> {
    Ok(Stdio::inherit())
}

/// What to start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FunctionProcess {
    /// The program: a path, or a bare name, which is looked for in the working directory first
    /// and then in the `PATH` of its environment.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Where it starts; `None`: where we are.
    pub working_directory: Option<PathBuf>,
}

impl FunctionProcess {
    /// A program without arguments.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), ..Self::default() }
    }

    /// Starts it with this environment and no other variable, in a process group of its own.
    pub(super) fn spawn(
        &self,
        environment: &[(String, String)],
        logs: &Logs,
    ) -> Result<RunningProcess, StartError> {
        let program = locate(&self.program);
        let opened = match logs {
            Logs::Kept => LogTap::open(true),
            Logs::Captured => LogTap::open(false),
            Logs::Stderr | Logs::File(_) => None,
        };
        let (tap, kept) = opened.unzip();
        let logs = kept.as_ref().unwrap_or(logs);
        let mut command = Command::new(&program);
        command
            .args(&self.args)
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(logs.duplicate())
            .stderr(logs.duplicate())
            .kill_on_drop(true);
        if let Some(directory) = &self.working_directory {
            command.current_dir(directory);
        }
        #[cfg(unix)]
        command.process_group(0);
        let child = command.spawn().map_err(|error| StartError::from_spawn(&self.program, error))?;
        Ok(RunningProcess::new(child, tap))
    }
}

/// The program as the system is to be asked for it: absolute if it is a file from here, because
/// the child may start in another directory.
fn locate(program: &Path) -> PathBuf {
    let is_path = program.components().count() > 1 || program.is_file();
    if !is_path {
        return program.to_owned();
    }
    std::path::absolute(program).unwrap_or_else(|_| program.to_owned())
}

/// A process that runs, or has just ended; dropping it kills its whole group.
///
/// A descendant that leaves the group on purpose (`setsid`) stays alive; see [`super::Orphans`].
#[derive(Debug)]
pub(super) struct RunningProcess {
    child: Child,
    tap: Option<LogTap>,
    #[cfg(unix)]
    group: Option<rustix::process::Pid>,
}

impl RunningProcess {
    fn new(child: Child, tap: Option<LogTap>) -> Self {
        #[cfg(unix)]
        let group = child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw);
        Self {
            child,
            tap,
            #[cfg(unix)]
            group,
        }
    }

    /// Waits until the process ends, and takes what it started down with it.
    pub(super) async fn exited(&mut self) -> Exit {
        let status = self.child.wait().await;
        self.kill();
        status.map_or(Exit::Code(-1), Exit::from)
    }

    /// Its number; `None` once it has ended.
    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// What it wrote since this was asked last, if it is kept.
    pub(super) fn take_log(&self) -> Bytes {
        self.tap.as_ref().map(LogTap::take).unwrap_or_default().into()
    }

    /// Kills the process and everything in its group; once, for later the number of the group
    /// may belong to somebody else.
    pub(super) fn kill(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group.take() {
            // Fails only if nobody is left.
            rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
        }
        self.child.start_kill().ok();
    }

    /// Kills it and waits until it is gone.
    pub(super) async fn stop(mut self) {
        self.kill();
        self.child.wait().await.ok();
    }
}

impl Drop for RunningProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
