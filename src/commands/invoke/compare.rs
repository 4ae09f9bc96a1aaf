//! Two targets that are asked the same, and what differs between their answers.

use super::super::event_list::Format;
use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::Invoke;
use super::case::case;
use super::endpoint;
use super::target::{Named, Question, Target};
use super::verdict::Verdict;
use crate::http::{Response, secret};
use crate::json::Pointer;
use crate::lint::{ResponseDiff, Summary, diff_responses};
use crate::report::human::{counted, printable};
use crate::report::{comparison, json};
use crate::transport::Orphans;
use clap::Args;
use serde_json::{Map, Value};
use std::io::Write as _;
use std::path::PathBuf;

/// Who else is asked, and what of the answers does not count.
#[derive(Debug, Default, Args)]
#[command(
    next_help_heading = "Comparison",
    group = clap::ArgGroup::new("second")
        .args(["compare_bin", "compare_handler", "compare_function", "compare_url"])
        .conflicts_with_all(["raw", "include", "kind", "tail", "keep", "watch"])
)]
pub struct CompareFlags {
    /// Ask a second target the same, and show what differs; implied by the flags that name it
    #[arg(long, requires = "second")]
    pub compare: bool,
    /// The second target: a function's binary
    #[arg(long, value_name = "PATH")]
    pub compare_bin: Option<PathBuf>,
    /// The second target: a handler in a Python or Node file
    #[arg(long, value_name = "HANDLER")]
    pub compare_handler: Option<String>,
    /// The second target: a function in AWS
    #[arg(long, value_name = "NAME")]
    pub compare_function: Option<String>,
    /// The second target: an endpoint
    #[arg(long, value_name = "URL")]
    pub compare_url: Option<String>,
    /// A part of JSON bodies that may differ, such as /requestId or /items/*/updatedAt; may be repeated
    #[arg(long, value_name = "POINTER", value_parser = pointer, requires = "second")]
    pub ignore_body: Vec<Pointer>,
    /// Also show headers that differ from call to call; they never count
    #[arg(long, requires = "second")]
    pub all_headers: bool,
}

impl CompareFlags {
    /// The second target.
    pub(super) fn second(&self) -> Option<Named<'_>> {
        let bin = self.compare_bin.as_deref().map(Named::Bin);
        let handler = self.compare_handler.as_deref().map(Named::Handler);
        let function = self.compare_function.as_deref().map(Named::Function);
        bin.or(handler).or(function).or_else(|| self.compare_url.as_deref().map(Named::Url))
    }

    /// Whether it is a function in AWS.
    pub(super) fn names_function(&self) -> bool {
        self.compare_function.is_some()
    }
}

fn pointer(text: &str) -> Result<Pointer, String> {
    Pointer::parse(text).ok_or_else(|| "a JSON pointer begins with /, as in /items/0/id".to_owned())
}

/// Asks both at the same time, and says what differs.
pub(super) fn run(names: [Named<'_>; 2], args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    let [question, other] = questions(names, args, io)?;
    let Some(mut left) = Target::find(names[0], args, &question, io)? else { return Ok(Exit::Interrupted) };
    let Some(mut right) = Target::find(names[1], args, &other, io)? else { return Ok(Exit::Interrupted) };
    let orphans = Orphans::adopt();
    let asked = interruptible(async {
        let answers = tokio::join!(left.ask(question), right.ask(other));
        tokio::join!(left.close(), right.close());
        answers
    });
    orphans.end();
    let labels = [names[0].label("--"), names[1].label("--compare-")];
    match asked? {
        None => Ok(Exit::Interrupted),
        Some((Ok(left), Ok(right))) => Compared::of([left, right], labels, args).print(args, io),
        Some((left, right)) => {
            let mut faults = Vec::new();
            for (answer, label) in [left, right].into_iter().zip(&labels) {
                match answer {
                    Ok(verdict) => tell(&verdict, label, args, io)?,
                    Err(fault) => faults.push(fault.of(label)),
                }
            }
            Err(joined(faults))
        }
    }
}

/// The same call for both: an event for functions, its request for endpoints.
fn questions(names: [Named<'_>; 2], args: &Invoke, io: &mut Io) -> Result<[Question; 2], Fault> {
    if names.iter().all(|named| matches!(named, Named::Url(_))) {
        let question = Question::of(names[0], args, io)?;
        return Ok([question.clone(), question]);
    }
    let case = case(args, io)?;
    let mut question = |named| -> Result<Question, Fault> {
        Ok(match named {
            Named::Url(_) => Question::Request(Box::new(endpoint::request_of_case(&case, args, io)?)),
            _ => Question::Event(Box::new(case.clone())),
        })
    };
    Ok([question(names[0])?, question(names[1])?])
}

/// Several faults as one.
fn joined(faults: Vec<Fault>) -> Fault {
    let together = |mut first: Fault, next: Fault| {
        first.message = format!("{}\nerror: {}", first.message, next.message);
        first.hint = first.hint.or(next.hint);
        first.exit = first.exit.max(next.exit);
        first
    };
    faults.into_iter().reduce(together).unwrap_or_else(Named::missing)
}

impl Named<'_> {
    /// The flag and its value, without anything secret.
    fn label(self, prefix: &str) -> String {
        let (flag, value) = match self {
            Self::Bin(path) => ("bin", path.to_string_lossy().into_owned()),
            Self::Command(line) => ("cmd", line.to_owned()),
            Self::Handler(handler) => ("handler", handler.to_owned()),
            Self::Function(name) => ("function", name.to_owned()),
            Self::Url(url) => ("url", secret::hidden_url(url)),
        };
        format!("{prefix}{flag} {}", printable(&value))
    }
}

/// What a target said, on standard error.
fn tell(verdict: &Verdict, label: &str, args: &Invoke, io: &mut Io) -> Result<(), Fault> {
    writeln!(io.err, "{label}: {}", verdict.in_brief())?;
    verdict.print_trouble(&verdict.secrets(args, io), io)?;
    verdict.warn(io)
}

/// Two answers and what differs between them.
struct Compared {
    sides: [Verdict; 2],
    labels: [String; 2],
    diff: ResponseDiff,
}

impl Compared {
    fn of(sides: [Verdict; 2], labels: [String; 2], args: &Invoke) -> Self {
        let none = Response::message("");
        let [left, right] = sides.each_ref().map(|side| side.response.as_ref().unwrap_or(&none));
        let mut diff = diff_responses(left, right, &args.compare.ignore_body);
        for field in diff.headers.iter_mut().filter(|_| !args.show_secrets) {
            for value in field.left.iter_mut().chain(&mut field.right) {
                *value = secret::hidden_field(&field.name, value);
            }
        }
        Self { sides, labels, diff }
    }

    fn print(&self, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
        match args.format {
            Format::Json => self.print_json(args, io)?,
            Format::Human => {
                let [left, right] = self.labels.each_ref().map(String::as_str);
                let drawn = comparison::comparison(
                    &self.diff,
                    [left, right],
                    args.compare.all_headers,
                    io.out_style(),
                );
                io.out.write_all(drawn.as_bytes())?;
                io.out.flush()?;
                for (side, label) in self.sides.iter().zip(&self.labels) {
                    tell(side, label, args, io)?;
                }
                writeln!(io.err, "{}", self.summary(args))?;
            }
        }
        Ok(match self.diff.is_equal() {
            _ if self.sides.iter().any(|side| side.exit() == Exit::FunctionFailed) => Exit::FunctionFailed,
            true => Exit::Clean,
            false => Exit::Findings,
        })
    }

    /// Whether the answers are equal, and what was folded.
    fn summary(&self, args: &Invoke) -> String {
        let equal = if self.diff.is_equal() { "the answers are equal" } else { "the answers differ" };
        let folded: Vec<_> = self.diff.headers.iter().filter(|field| field.volatile).collect();
        if folded.is_empty() || args.compare.all_headers {
            return equal.to_owned();
        }
        let names: Vec<_> = folded.iter().map(|field| printable(&field.name)).collect();
        let number = counted(folded.len(), "volatile header");
        format!("{equal}; {number} folded ({}): --all-headers shows them", names.join(", "))
    }

    fn print_json(&self, args: &Invoke, io: &mut Io) -> Result<(), Fault> {
        let mut summary = Summary::default();
        let mut members = comparison::members(&self.diff);
        for ((name, side), label) in ["left", "right"].iter().zip(&self.sides).zip(&self.labels) {
            let mut own = Map::from_iter([("target".to_owned(), label.as_str().into())]);
            own.extend(side.members(&side.secrets(args, io), &mut summary));
            members.insert((*name).to_owned(), Value::Object(own));
        }
        let result = Map::from_iter([("comparison".to_owned(), Value::Object(members))]);
        io.out.write_all(json::report(&[Value::Object(result)], &summary).as_bytes())?;
        Ok(())
    }
}
