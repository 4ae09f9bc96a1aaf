//! How a process ended, in Lambda's words.

use std::fmt;
use std::process::ExitStatus;

/// How a function process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It returned this status.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
}

impl Exit {
    /// Whether the process said that all went well.
    pub fn is_success(self) -> bool {
        self == Self::Code(0)
    }

    /// The sentence of Lambda's `Runtime.ExitError`.
    pub fn lambda_message(self) -> String {
        match self {
            Self::Code(0) => "Runtime exited without providing a reason".to_owned(),
            _ => format!("Runtime exited with error: {self}"),
        }
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Self::Signal(signal);
        }
        // A process without a code was ended by something that this platform does not name.
        Self::Code(status.code().unwrap_or(-1))
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit status {code}"),
            Self::Signal(signal) => match signal_name(*signal) {
                Some(name) => write!(f, "signal: {name}"),
                None => write!(f, "signal: signal {signal}"),
            },
        }
    }
}

/// The names that Go, in which Lambda's own supervisor is written, gives the signals that end a
/// process; only numbers on which Linux and macOS agree, and SIGBUS.
fn signal_name(signal: i32) -> Option<&'static str> {
    const SIGBUS: i32 = if cfg!(target_os = "linux") { 7 } else { 10 };
    Some(match signal {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        5 => "trace/breakpoint trap",
        6 => "aborted",
        SIGBUS => "bus error",
        8 => "floating point exception",
        9 => "killed",
        11 => "segmentation fault",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_in_lambdas_words() {
        let cases = [
            (Exit::Code(0), "Runtime exited without providing a reason"),
            (Exit::Code(3), "Runtime exited with error: exit status 3"),
            (Exit::Code(127), "Runtime exited with error: exit status 127"),
            (Exit::Signal(9), "Runtime exited with error: signal: killed"),
            (Exit::Signal(11), "Runtime exited with error: signal: segmentation fault"),
            (Exit::Signal(6), "Runtime exited with error: signal: aborted"),
            (Exit::Signal(15), "Runtime exited with error: signal: terminated"),
            (Exit::Signal(60), "Runtime exited with error: signal: signal 60"),
        ];
        for (exit, words) in cases {
            assert_eq!(exit.lambda_message(), words);
        }
    }

    #[cfg(unix)]
    #[test]
    fn wait_statuses_are_read() {
        use std::os::unix::process::ExitStatusExt as _;
        assert_eq!(Exit::from(ExitStatus::from_raw(3 << 8)), Exit::Code(3));
        assert_eq!(Exit::from(ExitStatus::from_raw(11)), Exit::Signal(11));
    }
}
