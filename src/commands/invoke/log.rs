//! The function's own log: passed through as it is, drawn for people where it is JSON, and kept
//! for reports in JSON.

use super::super::event_list::Format;
use super::super::io::Io;
use super::Invoke;
use crate::report::human::Style;
use crate::report::log_line;
use crate::transport::{LogPipe, Logs};
use clap::{Args, ValueEnum};
use std::io::Write as _;

/// How much of a log a report keeps, in bytes: its end.
const KEPT: usize = 256 * 1024;

/// The longest line that is drawn; more of it is passed through.
const LONGEST_LINE: usize = 64 * 1024;

/// How a function writes its log.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Function")]
pub struct LogFlags {
    /// How the function is to write its log, as Lambda's setting says; JSON is shown in plain lines
    #[arg(long, value_enum, ignore_case = true, value_name = "FORMAT", conflicts_with_all = ["url", "function"])]
    pub log_format: Option<LogFormat>,
    /// The least level that the function is to log, as Lambda's setting says [default: info for JSON]
    #[arg(long, value_enum, ignore_case = true, value_name = "LEVEL", conflicts_with_all = ["url", "function"])]
    pub log_level: Option<LogLevel>,
    /// The log is kept and not shown.
    #[arg(skip)]
    pub captured: bool,
}

/// A form of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// As the function likes it.
    Text,
    /// An object in each line.
    Json,
}

/// A level of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "their names say it")]
pub enum LogLevel {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

impl LogFlags {
    /// The values of Lambda's settings for the format and the level.
    pub(super) fn settings(&self) -> (Option<String>, Option<String>) {
        let level = self.log_level.or((self.log_format == Some(LogFormat::Json)).then_some(LogLevel::Info));
        let format = self.log_format.map(|format| match format {
            LogFormat::Text => "Text".to_owned(),
            LogFormat::Json => "JSON".to_owned(),
        });
        (format, level.map(|level| format!("{level:?}").to_ascii_uppercase()))
    }
}

/// What becomes of a function's log.
#[derive(Debug, Default)]
pub(super) struct FunctionLog {
    pipe: Option<LogPipe>,
    /// How lines in JSON are drawn; `None`: not at all.
    drawn: Option<Style>,
    is_kept: bool,
    is_silent: bool,
}

impl FunctionLog {
    /// What the flags ask for, and where the function is to write.
    pub(super) fn of(args: &Invoke, io: &Io) -> (Self, Logs) {
        // Of many processes at once nobody waits for the log: it is passed through.
        let is_shown = !args.load.measures();
        let is_report = args.format == Format::Json;
        let is_silent = args.log.captured;
        let is_kept = (is_report || is_silent || args.local.keep.is_some()) && is_shown;
        let is_json = args.log.log_format == Some(LogFormat::Json) && is_shown;
        let drawn = (is_json && !is_report).then(|| io.err_style());
        // Without a pipe the log is passed through.
        match (is_kept || is_json).then(LogPipe::open) {
            Some(Ok(Some((pipe, logs)))) => (Self { pipe: Some(pipe), drawn, is_kept, is_silent }, logs),
            _ => (Self::default(), Logs::Stderr),
        }
    }

    /// Waits for `work`, while the log goes its way; and the lines that are kept.
    pub(super) async fn beside<T>(&self, work: impl Future<Output = T>) -> (T, Option<Vec<String>>) {
        let Some(pipe) = &self.pipe else { return (work.await, None) };
        let (mut end, mut line) = (End::default(), Vec::new());
        let done = pipe
            .read_beside(work, |bytes| {
                if self.is_kept {
                    end.add(bytes);
                }
                match self.drawn {
                    _ if self.is_silent => {}
                    Some(style) => draw(&mut line, bytes, style),
                    None => write(bytes),
                }
            })
            .await;
        write(&line);
        (done, self.is_kept.then(|| end.lines()))
    }
}

/// Draws the lines that are complete.
fn draw(begun: &mut Vec<u8>, bytes: &[u8], style: Style) {
    for part in bytes.split_inclusive(|byte| *byte == b'\n') {
        begun.extend_from_slice(part);
        if part.ends_with(b"\n") {
            match log_line::drawn(begun, style) {
                Some(drawn) => write(drawn.as_bytes()),
                None => write(begun),
            }
            begun.clear();
        } else if begun.len() > LONGEST_LINE {
            write(begun);
            begun.clear();
        }
    }
}

/// A closed standard error must not keep a function from running.
fn write(bytes: &[u8]) {
    std::io::stderr().write_all(bytes).ok();
}

/// The end of a log.
#[derive(Debug, Default)]
struct End {
    bytes: Vec<u8>,
    is_cut: bool,
}

impl End {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() > 2 * KEPT {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let more = self.bytes.len().saturating_sub(KEPT);
        self.bytes.drain(..more);
        self.is_cut |= more > 0;
    }

    /// Its lines; one whose beginning is lost is left out.
    fn lines(mut self) -> Vec<String> {
        self.cut();
        let text = String::from_utf8_lossy(&self.bytes);
        text.lines().skip(usize::from(self.is_cut)).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_log_the_end_is_kept() {
        let mut end = End::default();
        for number in 0..200_000 {
            end.add(format!("line {number}\n").as_bytes());
            assert!(end.bytes.len() <= 2 * KEPT + 16);
        }
        let lines = end.lines();
        assert_eq!(lines.last().map(String::as_str), Some("line 199999"));
        assert_eq!(
            lines.first().map(String::as_str),
            Some(format!("line {}", 200_000 - lines.len()).as_str())
        );
        assert!(lines.len() > 18_000, "{}", lines.len());
    }
}
