//! The events of a file, one a line, asked one after another: the same process answers all of them.

use super::super::event_from::place;
use super::super::event_list::Format;
use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::Invoke;
use super::case;
use super::endpoint;
use super::lambda::tell_log;
use super::target::{Named, Question, Target};
use super::verdict::Verdict;
use crate::json::{Span, Text};
use crate::lint::Summary;
use crate::report::human::printable;
use crate::report::json;
use serde_json::{Map, Value, json};
use std::io::Write as _;

/// The lines of a file that hold events.
#[derive(Debug)]
pub(super) struct Events {
    name: String,
    source: String,
    /// The number of each line, counted from 1, and its bytes.
    lines: Vec<(usize, Span)>,
}

impl Events {
    /// Reads a file, or standard input.
    ///
    /// # Errors
    /// When it cannot be read, is no text, or holds nothing.
    pub(super) fn read(name: &str, io: &mut Io) -> Result<Self, Fault> {
        let bytes = io.read(name).map_err(|fault| fault.of("--events"))?;
        let name = if name == "-" { "<stdin>" } else { name };
        let source = String::from_utf8(bytes)
            .map_err(|_| Fault::usage(format!("{}: the events are not JSON: not UTF-8", printable(name))))?;
        let mut lines = Vec::new();
        let mut start = 0;
        for (index, line) in source.split_inclusive('\n').enumerate() {
            let text = if index == 0 { line.trim_start_matches('\u{feff}') } else { line };
            let begins = start + line.len() - text.len();
            start += line.len();
            if !text.trim().is_empty() {
                lines.push((index + 1, Span::new(begins, begins + text.trim_end().len())));
            }
        }
        if lines.is_empty() {
            let fault = Fault::usage(format!("{}: there is no event in it", printable(name)));
            return Err(fault.of("--events").hint("one event a line, such as `apigw event from har` writes"));
        }
        Ok(Self { name: name.to_owned(), source, lines })
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Where an event stands: `file:line`.
    fn place(&self, at: usize) -> String {
        let line = self.lines.get(at).map_or(0, |(line, _)| *line);
        format!("{}:{line}", printable(&self.name))
    }

    /// The question of an event, counted from 0.
    ///
    /// # Errors
    /// What is wrong with the line, at its place.
    pub(super) fn question(&self, at: usize, args: &Invoke, io: &Io) -> Result<Question, Fault> {
        let span = self.lines.get(at).map_or(Span::new(0, 0), |(_, span)| *span);
        let line = self.source.get(span.start..span.end).unwrap_or_default();
        let event = Text::parse(self.name.as_str(), line).map(|text| text.value()).map_err(|error| {
            let at = Span::new(span.start + error.span.start, span.start + error.span.end);
            place(&self.name, &self.source, at, &format!("the event is not JSON: {}", error.kind))
                .hint("each line is an event: `jq -c .` puts one on a line")
        })?;
        let name = self.place(at);
        Ok(match args.endpoint.url {
            Some(_) => Question::Request(Box::new(endpoint::request_of_event(&name, event, args)?)),
            None => Question::Event(Box::new(case::of_event(&name, event, args, io)?)),
        })
    }
}

/// Asks with each event, and prints each answer when it is there. A network that fails is told, and
/// the next event is asked.
///
/// # Errors
/// Before anything is asked: a line that is no event. Later: a function that cannot be started.
pub(super) fn run(events: &Events, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    for at in (1..events.len()).rev() {
        events.question(at, args, io)?;
    }
    let first = events.question(0, args, io)?;
    let Some(mut target) = Target::find(Named::of(args)?, args, &first, io)? else {
        return Ok(Exit::Interrupted);
    };
    let mut answers = Answers { args, summary: Summary::default(), rows: 0, worst: Exit::Clean };
    answers.begin(io)?;
    let asked = interruptible(async {
        for at in 0..events.len() {
            let asked = target.ask(events.question(at, args, io)?).await;
            answers.tell(events, at, asked, io)?;
        }
        target.close().await;
        Ok::<_, Fault>(())
    })?;
    // What was printed so far stays a whole report.
    answers.end(io)?;
    match asked {
        Some(done) => done.map(|()| answers.worst),
        None => Ok(Exit::Interrupted),
    }
}

/// The answers, as they are printed one after another.
struct Answers<'a> {
    args: &'a Invoke,
    summary: Summary,
    rows: usize,
    worst: Exit,
}

impl Answers<'_> {
    fn begin(&self, io: &mut Io) -> Result<(), Fault> {
        if self.args.format == Format::Json {
            io.out.write_all(json::report_head().as_bytes())?;
        }
        Ok(())
    }

    fn tell(
        &mut self,
        events: &Events,
        at: usize,
        asked: Result<Verdict, Fault>,
        io: &mut Io,
    ) -> Result<(), Fault> {
        let line = events.lines.get(at).map_or(0, |(line, _)| *line);
        let exit = match (asked, self.args.format) {
            (Ok(verdict), Format::Json) => {
                let members = verdict.members(&verdict.secrets(self.args, io), &mut self.summary);
                self.row(members, line, io)?;
                verdict.warn(io)?;
                verdict.exit()
            }
            (Ok(verdict), Format::Human) => {
                let secrets = verdict.secrets(self.args, io);
                let log = verdict.lambda.as_ref().and_then(|lambda| lambda["log"].as_str());
                log.map_or(Ok(()), |log| tell_log(&secrets.text(log), io))?;
                verdict.print_human((self.args.shows_head(), self.args.raw), true, &secrets, io)?;
                verdict.exit()
            }
            (Err(Fault { network: Some(kind), message, exit, .. }), format) => {
                writeln!(io.err, "error: {}: {message}", events.place(at))?;
                if format == Format::Json {
                    let failure = json!({ "kind": kind, "message": message });
                    self.row(Map::from_iter([("network_error".to_owned(), failure)]), line, io)?;
                }
                exit
            }
            (Err(fault), _) => return Err(fault.of(&events.place(at))),
        };
        self.worst = self.worst.max(exit);
        Ok(())
    }

    fn row(&mut self, mut members: Map<String, Value>, line: usize, io: &mut Io) -> Result<(), Fault> {
        members.insert("line".to_owned(), line.into());
        let comma = if self.rows > 0 { "," } else { "" };
        write!(io.out, "{comma}{}", json::report_row(&Value::Object(members)))?;
        io.out.flush()?;
        self.rows += 1;
        Ok(())
    }

    fn end(&self, io: &mut Io) -> Result<(), Fault> {
        if self.args.format == Format::Json {
            io.out.write_all(json::report_tail(&self.summary, self.rows > 0).as_bytes())?;
        }
        Ok(())
    }
}
