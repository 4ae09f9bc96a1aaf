//! A command line as words, whichever shell it was written for.

use super::{shell, windows};
use crate::import::ImportError;
use crate::json::Span;

/// One word after the shell has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// What the program gets; bytes, for `$'\xff'` can be written.
    pub(super) bytes: Vec<u8>,
    /// Where it stands in the line.
    pub(super) span: Span,
}

impl Word {
    /// The word as text; what is no UTF-8 is replaced.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// What a shell makes of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The commands of the pipe, each as its words.
    pub(super) commands: Vec<Vec<Word>>,
    /// Names of variables that only the shell itself could fill in.
    pub(super) variables: Vec<String>,
}

/// The shells whose quoting is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// sh, bash, zsh.
    Shell,
    /// cmd.exe: `^` escapes, `"` quotes.
    Cmd,
    /// PowerShell: a backtick escapes.
    PowerShell,
}

/// Takes a line apart as the shell that it was written for does.
pub(super) fn split(source: &str) -> Result<Line, ImportError> {
    let (start, prompted) = skip_prompt(source);
    let dialect = prompted.unwrap_or_else(|| detect(&source[start..]));
    match dialect {
        Dialect::Shell => shell::split(source, start),
        Dialect::Cmd => windows::split_cmd(source, start),
        Dialect::PowerShell => windows::split_powershell(source, start),
    }
}

/// Where the command begins behind a copied prompt, and the shell that the prompt gives away.
fn skip_prompt(source: &str) -> (usize, Option<Dialect>) {
    let text = source.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let start = source.len() - text.len();
    let first_line = text.lines().next().unwrap_or_default();
    let head = first_line.split("curl").next().unwrap_or_default();
    if let Some(end) = head.find('>').filter(|_| head.contains(":\\")) {
        let is_power_shell = head.starts_with("PS ");
        let dialect = if is_power_shell { Dialect::PowerShell } else { Dialect::Cmd };
        return (start + end + 1, Some(dialect));
    }
    let sign = ["$ ", "% ", "> ", "# "].iter().find(|sign| text.starts_with(**sign));
    (start + sign.map_or(0, |sign| sign.len()), None)
}

/// The shell that a line was written for, by the escapes outside of its quotes.
fn detect(source: &str) -> Dialect {
    let mut quote = None;
    let mut chars = source.chars().peekable();
    while let Some(letter) = chars.next() {
        let next = chars.peek().copied();
        match (quote, letter) {
            (None, '^') if matches!(next, Some('"' | '\r' | '\n')) => return Dialect::Cmd,
            (None, '`') if matches!(next, Some('"' | '\r' | '\n')) => return Dialect::PowerShell,
            (None | Some('"'), '\\') => drop(chars.next()),
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    Dialect::Shell
}
