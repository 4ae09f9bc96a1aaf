//! `apigw event from har`: the events of a recording, one line each.

use super::event_from::{Becomes, cannot};
use super::event_gen;
use super::exit::{Exit, Fault};
use super::given::{self, Given};
use super::io::Io;
use super::staged::Staged;
use crate::import::har::{self, BadEntry, HarError, HarRequest};
use crate::report::human::printable;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use regex::Regex;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::ops::ControlFlow;

/// The events of a HAR recording, one line each
#[derive(Debug, Args)]
#[command(
    after_help = "Without --entry each request becomes one line of JSON (NDJSON), in the order of the file, which is
read as a stream: its size does not matter. Entries that are no requests of HTTP (data:, blob:) are
passed over. Entries that no route takes are told on standard error, and the exit code is then 1.

Examples:
  apigw event from har recording.har --match '/api/' --to http > events.ndjson
  apigw event from har recording.har --entry 0"
)]
pub struct FromHar {
    /// The file, or - for standard input
    #[arg(value_name = "FILE|-")]
    pub file: String,
    /// Only this entry, counted from 0, as jq counts them
    #[arg(long, value_name = "N", conflicts_with = "pattern")]
    pub entry: Option<usize>,
    /// Only entries whose URL this regular expression finds something in
    #[arg(long = "match", value_name = "REGEX", value_parser = pattern)]
    pub pattern: Option<Regex>,
    /// What they become.
    #[command(flatten)]
    pub becomes: Becomes,
}

fn pattern(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| {
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

/// Runs the command.
///
/// # Errors
/// Faults of the flags, of the file with its place, and of writing.
pub fn run(args: &FromHar, io: &mut Io) -> Result<Exit, Fault> {
    let name = if args.file == "-" { "<stdin>" } else { args.file.as_str() };
    let (input, length) = open(&args.file, io)?;
    let bar = progress(length, args, io);
    let input = BufReader::with_capacity(1 << 16, bar.wrap_read(input));
    let mut walk = Walk { args, io, staged: None, exit: Exit::Clean, written: 0, foreign: 0, fault: None };
    if let Some(path) = args.becomes.shape.output.as_deref().filter(|path| *path != "-") {
        walk.staged = Some(Staged::create(path).map_err(|error| cannot("write", path, &error).of("-o"))?);
    }
    let wants = |index: usize, url: &str| match (args.entry, &args.pattern) {
        (Some(entry), _) => index == entry,
        (None, Some(pattern)) => pattern.is_match(url),
        (None, None) => true,
    };
    let result = har::read(input, &wants, &mut |entry| walk.take(entry));
    bar.finish_and_clear();
    walk.end(name, result)
}

/// The bytes of the file, and how many there are where that is known.
fn open(path: &str, io: &mut Io) -> Result<(Box<dyn Read>, Option<u64>), Fault> {
    if path == "-" {
        return Ok((std::mem::replace(&mut io.stdin, Box::new(std::io::empty())), None));
    }
    let opened = File::open(path).and_then(|file| {
        let metadata = file.metadata()?;
        match metadata.is_dir() {
            true => Err(std::io::ErrorKind::IsADirectory.into()),
            false => Ok((file, metadata.is_file().then_some(metadata.len()))),
        }
    });
    let (file, length) = opened.map_err(|error| cannot("read", path, &error))?;
    Ok((Box::new(file), length))
}

/// A bar on standard error, where that is a terminal and the events go elsewhere.
fn progress(length: Option<u64>, args: &FromHar, io: &Io) -> ProgressBar {
    let goes_elsewhere = !io.terminal.stdout || args.becomes.shape.output.is_some();
    if !io.terminal.stderr || !goes_elsewhere {
        return ProgressBar::hidden();
    }
    let template = match length {
        Some(_) => "{bar:30} {bytes} of {total_bytes}, {eta} left",
        None => "{spinner} {bytes}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::no_length(),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
    bar.with_style(style)
}

/// The way through the entries.
struct Walk<'a> {
    args: &'a FromHar,
    io: &'a mut Io,
    staged: Option<Staged>,
    exit: Exit,
    written: usize,
    foreign: usize,
    fault: Option<Fault>,
}

impl Walk<'_> {
    fn take(&mut self, entry: Result<HarRequest, BadEntry>) -> ControlFlow<()> {
        let result = match entry {
            Ok(entry) => self.event(entry),
            Err(bad) if bad.is_foreign && self.args.entry.is_none() => {
                self.foreign += 1;
                Ok(())
            }
            Err(bad) => {
                let fault = Fault::usage(format!("entry {}: {}", bad.index, bad.message));
                Err(fault.hint("choose others with --entry or --match"))
            }
        };
        match result {
            Ok(()) if self.args.entry.is_none() => ControlFlow::Continue(()),
            Ok(()) => ControlFlow::Break(()),
            Err(fault) => {
                self.fault = Some(fault);
                ControlFlow::Break(())
            }
        }
    }

    fn event(&mut self, entry: HarRequest) -> Result<(), Fault> {
        let Becomes { to, around, shape } = &self.args.becomes;
        let given = Given::on_the_wire(entry.request, Some(&entry.url));
        let described = given::describe(to, given, around, self.io)?;
        let event = match described.event()? {
            Ok(event) => event,
            Err(unroutable) if self.args.entry.is_some() => return Err(event_gen::no_event(&unroutable)),
            Err(unroutable) => {
                writeln!(self.io.err, "entry {}: there is no event: {}", entry.index, unroutable.reason)?;
                self.exit = Exit::Findings;
                return Ok(());
            }
        };
        let one_line = self.args.entry.is_none() || shape.compact;
        let text = if one_line { format!("{event}\n") } else { crate::report::json::pretty(&event) };
        match &mut self.staged {
            Some(staged) => {
                let path = shape.output.as_deref().unwrap_or_default();
                staged.write_all(text.as_bytes()).map_err(|error| cannot("write", path, &error).of("-o"))?;
            }
            None => self.io.out.write_all(text.as_bytes())?,
        }
        self.written += 1;
        Ok(())
    }

    /// Keeps the file of `-o` if all went well.
    fn end(self, name: &str, result: Result<usize, HarError>) -> Result<Exit, Fault> {
        if let Some(fault) = self.fault {
            let is_about_entry = fault.message.starts_with("entry ");
            let name = printable(name);
            return Err(if is_about_entry { fault.of(&name) } else { fault });
        }
        let seen = result.map_err(|error| {
            let place = error.place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
            Fault::usage(format!("{}{place}: {}", printable(name), error.message)).hint(error.hint)
        })?;
        if let Some(entry) = self.args.entry.filter(|_| self.written == 0) {
            let message = format!("{}: there is no entry {entry}", printable(name));
            return Err(Fault::usage(message).hint(format!("it has {seen}, counted from 0")));
        }
        if let Some(staged) = self.staged {
            let path = self.args.becomes.shape.output.as_deref().unwrap_or_default();
            staged.keep().map_err(|error| cannot("write", path, &error).of("-o"))?;
        }
        if self.foreign > 0 {
            let count = self.foreign;
            writeln!(self.io.err, "note: {count} entries are no requests of HTTP and were passed over")?;
        }
        if self.written == 0 && self.args.pattern.is_some() {
            writeln!(self.io.err, "note: none of {seen} entries matches")?;
        }
        Ok(self.exit)
    }
}
