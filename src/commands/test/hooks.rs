//! Setup and teardown: command lines for the shell.

use super::load::Loaded;
use crate::json::Span;
use crate::transport::Shell;

/// A command line that did not do its work.
pub(super) struct Broken {
    /// Its place in the suite.
    pub(super) span: Span,
    /// What happened, and the end of what it printed.
    pub(super) message: String,
}

/// The shell of a suite.
pub(super) fn shell(loaded: &Loaded, env: &std::collections::BTreeMap<String, String>) -> Shell {
    let directory = std::path::absolute(loaded.directory.join(".")).unwrap_or_default();
    Shell { directory, environment: env.iter().map(|(name, value)| (name.clone(), value.clone())).collect() }
}

/// Runs lines until one fails; of a teardown, all of them.
pub(super) async fn run(what: &str, lines: &[(String, Span)], all: bool, shell: &Shell) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (line, span) in lines {
        let message = match shell.run(line).await {
            Ok(ran) if ran.succeeded => continue,
            Ok(ran) => format!("{what} failed: {}{}", ran.ended, last_lines(&ran.output)),
            Err(error) => format!("{what} failed: {error}"),
        };
        broken.push(Broken { span: *span, message });
        if !all {
            break;
        }
    }
    broken
}

/// The end of what a command printed, below its message.
fn last_lines(output: &str) -> String {
    const MOST: usize = 10;
    let lines: Vec<_> = output.lines().collect();
    let from = lines.len().saturating_sub(MOST);
    lines[from..].iter().map(|line| format!("\n    {}", crate::report::human::printable(line))).collect()
}
