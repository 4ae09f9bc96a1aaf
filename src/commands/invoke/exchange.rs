//! `invoke --url` on the command line: the exchange as it goes on, and the files that it leaves
//! behind.

use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::{Io, plain};
use super::super::replacement::Replacement;
use super::Invoke;
use super::curl_flags;
use super::endpoint::{Below, EndpointTarget, request, verdict};
use super::secrets::{self, Secrets};
use crate::http::secret::{hidden_field, hidden_url};
use crate::http::{Headers, Request, Response, reason_phrase};
use crate::report::human;
use crate::report::write_out::{Transfer, write_out};
use crate::transport::{HttpVersion, Received, Step};
use serde_json::Value;
use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

/// Sends the request of the flags to a URL, and does with the answer what they say.
///
/// # Errors
/// Faults of the command line and of the network; a status of 400 and more with `-f`.
pub(super) fn run(url: &str, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    let flags = &args.endpoint.curl;
    let format = curl_flags::format(flags, io)?;
    let request = request(args, io)?;
    let file = file(url, args, &request)?;
    let Some(target) = EndpointTarget::find(url, args, &request, io)? else {
        return Ok(Exit::Interrupted);
    };
    let mut seen = Seen::default();
    let sent = {
        let secrets = secrets::of([], None, args, &io.env);
        let body = request.body.len();
        let mut teller = Teller { args, secrets, err: &mut io.err, seen: &mut seen, body };
        interruptible(target.send(request.clone(), |step| teller.tell(&step)))?
    };
    let Some(sent) = sent else { return Ok(Exit::Interrupted) };
    if let Some(name) = &flags.dump_header {
        put("--dump-header", name, &seen.heads, io)?;
    }
    let is_shown = match &sent {
        Ok(received) => show(args, (&request, received), &seen, file.as_deref(), io)?,
        Err(_) => false,
    };
    if let Some(format) = format {
        let transfer = transfer(&request, &sent, file.filter(|_| is_shown), flags.fails());
        let written = write_out(&format, &transfer);
        io.out.write_all(written.out.as_bytes())?;
        io.err.write_all(written.err.as_bytes())?;
        for name in written.unknown {
            writeln!(io.err, "note: --write-out: %{{{}}} is not known here", human::printable(&name))?;
        }
    }
    if let (Some(name), Some(cookies)) = (&flags.cookie_jar, target.cookies()) {
        put("--cookie-jar", name, cookies.as_bytes(), io)?;
    }
    let received = sent?;
    if flags.fails() && received.response.status >= 400 {
        let message = format!("the server answers {}", received.response.status_line());
        return Err(Fault::new(Exit::Findings, message));
    }
    Ok(Exit::Clean)
}

/// What was seen on the way.
#[derive(Default)]
struct Seen {
    /// The heads of all responses, as they came.
    heads: Vec<u8>,
    /// The responses that led elsewhere.
    before: Vec<Received>,
    last: Option<Received>,
}

/// Tells each step on standard error, if that is asked for.
struct Teller<'t> {
    args: &'t Invoke,
    secrets: Secrets,
    err: &'t mut Box<dyn Write>,
    seen: &'t mut Seen,
    body: usize,
}

impl Teller<'_> {
    fn tell(&mut self, step: &Step<'_>) {
        let text = match step {
            Step::Sends(url, method, headers) => self.request(url.as_str(), method, headers),
            Step::Receives(received) => {
                self.seen.heads.extend(head(received).into_bytes());
                self.seen.last = Some((*received).clone());
                self.response(received)
            }
            Step::Redirects(to) => {
                self.seen.before.extend(self.seen.last.take());
                format!("* follows the redirect to {}\n", self.url(to))
            }
            Step::Retries { why, after, left } => {
                (self.seen.last, self.seen.before) = (None, Vec::new());
                let seconds = after.as_secs_f64();
                if !self.args.silent {
                    let note = format!("note: {why}: trying again in {seconds} s, {left} more left\n");
                    self.err.write_all(note.as_bytes()).unwrap_or_default();
                }
                return;
            }
        };
        if self.args.function.verbose {
            // Nobody reads standard error any more: not worth a word.
            self.err.write_all(self.secrets.text(&text).as_bytes()).unwrap_or_default();
        }
    }

    fn request(&self, url: &str, method: &str, headers: &Headers) -> String {
        let version = match self.args.endpoint.curl.version() {
            HttpVersion::One => " HTTP/1.1",
            HttpVersion::Two => "",
            HttpVersion::TwoAtOnce => " HTTP/2",
        };
        let url = self.url(url);
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let (host, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let mut text = format!("> {method} {target}{version}\n");
        if !headers.contains("host") {
            text += &format!("> host: {host}\n");
        }
        text += &self.fields('>', headers);
        if self.body > 0 && !matches!(method, "GET" | "HEAD") {
            text += &format!("> content-length: {}\n", self.body);
        }
        text + ">\n"
    }

    fn response(&self, received: &Received) -> String {
        let mut text = String::new();
        if let Some(remote) = received.remote {
            let tls = received.tls.map(|tls| format!(", {tls}")).unwrap_or_default();
            text += &format!("* answered by {remote}{tls}\n");
        }
        let status = received.response.status_line();
        text += &format!("< {} {status}\n", received.version);
        text + &self.fields('<', &received.response.headers) + "<\n"
    }

    fn fields(&self, mark: char, headers: &Headers) -> String {
        let line = |(name, value): (&str, &str)| {
            let value = if self.args.show_secrets { value.to_owned() } else { hidden_field(name, value) };
            format!("{mark} {}: {}\n", name.to_ascii_lowercase(), human::printable(&value))
        };
        headers.iter().map(line).collect()
    }

    /// A URL without its secrets.
    fn url(&self, url: &str) -> String {
        if self.args.show_secrets { url.to_owned() } else { hidden_url(url) }
    }
}

/// The head of a response as it came.
fn head(received: &Received) -> String {
    let Response { status, headers, .. } = &received.response;
    let reason = match received.version {
        "HTTP/2" => "",
        _ => reason_phrase(*status).unwrap_or_default(),
    };
    let fields = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    format!("{} {status} {reason}\r\n{}\r\n", received.version, fields.collect::<String>())
}

/// Prints the answer, or writes it to a file; with `-f` not that of an error.
fn show(
    args: &Invoke,
    (request, received): (&Request, &Received),
    seen: &Seen,
    file: Option<&str>,
    io: &mut Io,
) -> Result<bool, Fault> {
    let flags = &args.endpoint.curl;
    let verdict = verdict(received, request.headers.clone());
    let secrets = verdict.secrets(args, io);
    if flags.fail && received.response.status >= 400 && args.format != super::Format::Json {
        verdict.print_trouble(&secrets, io)?;
        return Ok(false);
    }
    let print = |io: &mut Io| {
        if args.format == super::Format::Json {
            return verdict.print_json(&secrets, io);
        }
        for received in seen.before.iter().chain([received]).filter(|_| args.shows_head()) {
            let head = human::head(&secrets.response(&received.response), io.out_style());
            io.out.write_all(head.replacen("HTTP/1.1", received.version, 1).as_bytes())?;
        }
        verdict.print_human((false, args.raw), false, &secrets, io)
    };
    match file {
        Some(name) => into_file(name, io, print)?,
        None => print(io)?,
    }
    Ok(true)
}

/// The file that the answer goes to; none for standard output.
fn file(url: &str, args: &Invoke, request: &Request) -> Result<Option<String>, Fault> {
    let named = args.output.clone().filter(|name| name != "-");
    match args.endpoint.curl.remote_name {
        true => Ok(Some(curl_flags::remote_name(&Below::new(url).complete(request.clone()).1.path)?)),
        false => Ok(named),
    }
}

/// Runs something that prints, and puts what it prints into a file.
///
/// # Errors
/// Faults of it and of the file; after one of its own there is no file.
pub(super) fn into_file<T>(
    name: &str,
    io: &mut Io,
    print: impl FnOnce(&mut Io) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let caught = Rc::new(RefCell::new(Vec::new()));
    let out = std::mem::replace(&mut io.out, Box::new(Caught(Rc::clone(&caught))));
    let terminal = std::mem::take(&mut io.terminal.stdout);
    let printed = print(io);
    io.out = out;
    io.terminal.stdout = terminal;
    let printed = printed?;
    put("-o", name, &caught.borrow(), io)?;
    Ok(printed)
}

/// Standard output, caught.
struct Caught(Rc<RefCell<Vec<u8>>>);

impl Write for Caught {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Writes a whole file in one step; `-` is standard output.
fn put(flag: &str, name: &str, bytes: &[u8], io: &mut Io) -> Result<(), Fault> {
    if name == "-" {
        return Ok(io.out.write_all(bytes)?);
    }
    let written = Replacement::of(name).and_then(|mut file| {
        file.write_all(bytes)?;
        file.commit()
    });
    let name = human::printable(name);
    written.map_err(|error| Fault::usage(format!("{flag}: cannot write {name}: {}", plain(&error))))
}

/// What `--write-out` can say.
fn transfer(
    request: &Request,
    sent: &Result<Received, Fault>,
    file: Option<String>,
    fails: bool,
) -> Transfer {
    let mut variables: Vec<(&'static str, Value)> = vec![
        ("method", request.method.as_str().into()),
        ("filename_effective", file.into()),
        ("referer", request.headers.get("referer").into()),
        ("size_upload", request.body.len().into()),
    ];
    let Ok(received) = sent else {
        variables.extend([("http_code", 0.into()), ("response_code", 0.into()), ("num_redirects", 0.into())]);
        let message = sent.as_ref().err().map(|fault| fault.message.clone());
        variables.extend([("errormsg", message.into()), ("exitcode", (Exit::NetworkFailed as u8).into())]);
        return Transfer { variables, headers: Headers::new(), failed: true };
    };
    let Response { status, headers, body } = &received.response;
    let failed = fails && *status >= 400;
    let url = received.url.as_str();
    let seconds = received.total.as_secs_f64();
    variables[0].1 = received.method.as_str().into();
    #[allow(clippy::cast_precision_loss, reason = "a rate, in bytes a second")]
    let speed = (body.0.len() as f64 / seconds.max(1e-6)).round();
    variables.extend([
        ("http_code", (*status).into()),
        ("response_code", (*status).into()),
        ("http_version", received.version.trim_start_matches("HTTP/").trim_end_matches(".0").into()),
        ("scheme", url.split(':').next().into()),
        ("url", url.into()),
        ("url_effective", url.into()),
        ("urlnum", 0.into()),
        ("redirect_url", received.leads_to.clone().into()),
        ("num_redirects", received.redirects.into()),
        ("num_retries", received.retries.into()),
        ("num_headers", headers.len().into()),
        ("content_type", headers.get("content-type").into()),
        ("size_download", body.0.len().into()),
        ("size_header", head(received).len().into()),
        ("speed_download", speed.into()),
        ("remote_ip", received.remote.map(|remote| remote.ip().to_string()).into()),
        ("remote_port", received.remote.map(|remote| remote.port()).into()),
        ("time_starttransfer", received.head_after.as_secs_f64().into()),
        ("time_redirect", received.redirects_took.as_secs_f64().into()),
        ("time_total", seconds.into()),
        ("exitcode", u8::from(failed).into()),
        ("errormsg", failed.then(|| received.response.status_line()).into()),
    ]);
    Transfer { variables, headers: headers.clone(), failed }
}
