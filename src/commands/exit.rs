//! How a command ends.

use super::io::plain;
use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit code of a command that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings that are errors, a refused response, a request that no route takes.
    Findings = 1,
    /// The command line was wrong, or an input could not be read.
    Usage = 2,
    /// The function failed: an error, a crash, its time limit.
    FunctionFailed = 3,
    /// The network failed.
    NetworkFailed = 4,
    /// Interrupted by Ctrl-C or a termination signal.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not do its work: the exit code, what was wrong, and what to do.
#[derive(Debug)]
pub struct Fault {
    /// The exit code.
    pub exit: Exit,
    /// What was wrong, and where.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What kind of failure of the network it is, in a word; `None` for other faults.
    pub network: Option<&'static str>,
    /// Nobody reads our output any more: not worth a word.
    pub silent: bool,
}

impl Fault {
    /// A fault with an exit code.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: None, network: None, silent: false }
    }

    /// A wrong command line, or an input that cannot be read.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A network that failed, with the kind of its failure.
    pub fn network(kind: &'static str, message: impl Into<String>) -> Self {
        Self { network: Some(kind), ..Self::new(Exit::NetworkFailed, message) }
    }

    /// The same with the name of the flag that it is about.
    #[must_use]
    pub fn of(mut self, flag: &str) -> Self {
        self.message = format!("{flag}: {}", self.message);
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Errors of writing to our own streams: a closed pipe is a reader who has seen enough.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { silent: true, ..Self::new(Exit::Clean, "") };
        }
        Self::usage(format!("cannot write the output: {}", plain(&error)))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
