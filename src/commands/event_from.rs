//! `apigw event from …`: events from requests that people have at hand.

use super::event_gen::{self, Shape};
use super::exit::{Exit, Fault};
use super::flags::AroundFlags;
use super::given::{self, Given, Wanted};
use super::io::{Io, plain};
use crate::import::{ImportError, curl, raw};
use crate::json::{Lines, Mistake, Span};
use crate::report::human::printable;
use clap::{Args, Subcommand};
use std::io::{Read as _, Write as _};

/// Where the request comes from.
#[derive(Debug, Subcommand)]
pub enum EventFrom {
    #[allow(missing_docs)]
    Curl(FromCurl),
    #[allow(missing_docs)]
    Har(super::from_har::FromHar),
    #[allow(missing_docs)]
    Http(FromHttp),
    #[allow(missing_docs)]
    Openapi(super::from_openapi::FromOpenapi),
}

/// What the request becomes.
#[derive(Debug, Args)]
pub struct Becomes {
    /// The kind of event (see `apigw event list`), or a flavour, which keeps the request's own method.
    /// A host that this front end cannot have gives way to its default name
    #[arg(
        long,
        value_name = "KIND|FLAVOUR",
        value_parser = given::wanted_parser(),
        default_value = "rest",
        hide_possible_values = true
    )]
    pub to: Wanted,
    /// Everything around the request.
    #[command(flatten)]
    pub around: AroundFlags,
    /// How and where to write it.
    #[command(flatten)]
    pub shape: Shape,
}

/// The event for a curl command line, as browsers copy it and people write it
#[derive(Debug, Args)]
#[command(
    after_help = "The event is the one that running the line would make: curl's own Accept, User-Agent and
Content-Type are there unless the line gives others. Options that do not change the request are
read and left out.

Examples:
  apigw event from curl 'curl -H \"Accept: text/html\" https://example.com/users?a=1' --to http
  pbpaste | apigw event from curl - --route 'POST /users/{id}'
  apigw event from curl --to url -- curl -d a=1 https://example.com/"
)]
pub struct FromCurl {
    /// The command line as one argument, or - for standard input; several words behind --
    #[arg(required = true, value_name = "LINE|-")]
    pub line: Vec<String>,
    /// What it becomes.
    #[command(flatten)]
    pub becomes: Becomes,
}

/// The event for a raw HTTP/1.1 request
#[derive(Debug, Args)]
#[command(
    after_help = "Lines end with CRLF or LF. The body is what Transfer-Encoding or Content-Length say; without
either, everything behind the empty line. Without a host the path counts from below the stage.

Example:
  printf 'GET /users HTTP/1.1\\r\\nHost: example.com\\r\\n\\r\\n' | apigw event from http -"
)]
pub struct FromHttp {
    /// The file, or - for standard input
    #[arg(value_name = "FILE|-")]
    pub file: String,
    /// What it becomes.
    #[command(flatten)]
    pub becomes: Becomes,
}

/// Runs the command.
///
/// # Errors
/// Faults of the flags, of the input with its place, and of writing.
pub fn run(args: &EventFrom, io: &mut Io) -> Result<Exit, Fault> {
    match args {
        EventFrom::Curl(args) => from_curl(args, io),
        EventFrom::Har(args) => super::from_har::run(args, io),
        EventFrom::Http(args) => from_http(args, io),
        EventFrom::Openapi(args) => super::from_openapi::run(args, io),
    }
}

fn from_curl(args: &FromCurl, io: &mut Io) -> Result<Exit, Fault> {
    let (name, line) = match args.line.as_slice() {
        [dash] if dash == "-" => ("<stdin>", text_of("-", io)?),
        [line] => ("<line>", line.clone()),
        words => {
            let words: Vec<_> = words.iter().map(|word| curl::for_shell(word)).collect();
            ("<line>", words.join(" "))
        }
    };
    let line = line.trim_end().to_owned();
    let mut load = |path: &str| match path {
        "-" => {
            let mut bytes = Vec::new();
            io.stdin.read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        path => std::fs::read(path),
    };
    let read = curl::parse(&line, &mut load).map_err(|error| located(name, line.as_bytes(), &error))?;
    let given = Given::on_the_wire(read.request, Some(&read.url));
    let described = given::describe(&args.becomes.to, given, &args.becomes.around, io)?;
    let exit = event_gen::print(&described, &args.becomes.shape, io)?;
    for note in &read.notes {
        writeln!(io.err, "note: {}", printable(note))?;
    }
    Ok(exit)
}

fn from_http(args: &FromHttp, io: &mut Io) -> Result<Exit, Fault> {
    let bytes = io.read(&args.file)?;
    let name = if args.file == "-" { "<stdin>" } else { &args.file };
    let read = raw::parse(&bytes).map_err(|error| located(name, &bytes, &error))?;
    let given = Given::on_the_wire(read.request, read.url.as_deref());
    let described = given::describe(&args.becomes.to, given, &args.becomes.around, io)?;
    event_gen::print(&described, &args.becomes.shape, io)
}

/// The text of a file or of standard input.
pub(super) fn text_of(path: &str, io: &mut Io) -> Result<String, Fault> {
    let name = if path == "-" { "<stdin>" } else { path };
    String::from_utf8(io.read(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        place(name, &String::from_utf8_lossy(&error.into_bytes()), Span::new(at, at), "this is not UTF-8")
    })
}

/// An error with its file, line and column.
fn located(name: &str, bytes: &[u8], error: &ImportError) -> Fault {
    // Lines are counted in bytes that need not be text: what is no UTF-8 keeps its length.
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect(),
    };
    let fault = place(name, &text, error.span, &error.message);
    match &error.hint {
        Some(hint) => fault.hint(hint.as_str()),
        None => fault,
    }
}

/// A fault at a place in a text: `file:line:column: message`.
pub(super) fn place(name: &str, text: &str, span: Span, message: &str) -> Fault {
    let place = Lines::new(text).place(text, span.start);
    Fault::usage(format!("{}:{}:{}: {message}", printable(name), place.line, place.column))
}

/// A fault for a mistake in a text.
pub(super) fn mistaken(name: &str, text: &str, mistake: Mistake) -> Fault {
    let fault = place(name, text, mistake.span, &mistake.message);
    match mistake.hint {
        Some(hint) => fault.hint(hint),
        None => fault,
    }
}

/// What the operating system says about a file.
pub(super) fn cannot(verb: &str, path: &str, error: &std::io::Error) -> Fault {
    Fault::usage(format!("cannot {verb} {}: {}", printable(path), plain(error)))
}
