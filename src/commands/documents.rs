//! What every command over files does: which files, one after another, and the sum of it.

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use crate::lint::Summary;
use crate::report::{human, json};
use serde_json::Value;
use std::io::Write as _;

/// A run that judges documents.
pub(super) trait Judging {
    /// Judges one document and prints what was found, or keeps it for the report.
    fn judge(&mut self, name: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault>;
    /// What was kept, and what was counted.
    fn counted(&self) -> (&[Value], &Summary);
}

/// The files to judge: those named, else standard input unless a person sits there.
pub(super) fn named(files: &[String], what: &str, help: &str, io: &Io) -> Result<Vec<String>, Fault> {
    if !files.is_empty() {
        return Ok(files.to_vec());
    }
    if io.terminal.stdin {
        let message = format!("there is nothing to judge: name a file, or pipe {what} in");
        return Err(Fault::usage(message).hint(help));
    }
    Ok(vec!["-".to_owned()])
}

/// Judges the files in order. One that cannot be read is told, and the others are judged.
pub(super) fn judge(
    files: &[String],
    run: &mut impl Judging,
    format: Format,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let mut unreadable = false;
    for file in files {
        match io.read(file) {
            Ok(bytes) => run.judge(if file == "-" { "<stdin>" } else { file }, &bytes, io)?,
            Err(fault) => {
                unreadable = true;
                writeln!(io.err, "error: {fault}")?;
            }
        }
    }
    let (results, summary) = run.counted();
    match format {
        Format::Json => io.out.write_all(json::report(results, summary).as_bytes())?,
        Format::Human => {
            io.out.flush()?;
            let style = io.err_style();
            io.err.write_all(human::summary(summary, style).as_bytes())?;
        }
    }
    Ok(match (unreadable, summary.errors) {
        (true, _) => Exit::Usage,
        (false, 0) => Exit::Clean,
        (false, _) => Exit::Findings,
    })
}
