//! A deployed endpoint: a request of the flags, or of an event, sent below its URL.

use super::call;
use super::exit::{Exit, Fault};
use super::invocation::interruptible;
use super::invoke::{Invoke, describe, read_event};
use super::io::Io;
use super::verdict::{Verdict, milliseconds};
use crate::gateway::Moment;
use crate::gateway::event::{EventKind, path_below_stage, request_of};
use crate::http::{Request, encoding, query};
use crate::transport::{self, SendErrorKind, SendOptions};

/// Sends the request; `None` if that was interrupted.
pub(super) fn run(url: &str, args: &Invoke, io: &mut Io) -> Result<Option<Verdict>, Fault> {
    let (base, base_query) = match url.split_once('?') {
        Some((base, query)) => (base, Some(query::tidy(query.split('#').next().unwrap_or_default()))),
        None => (url.split('#').next().unwrap_or_default(), None),
    };
    let mut request = request(args, io)?;
    request.query = [base_query, request.query]
        .into_iter()
        .flatten()
        .filter(|raw| !raw.is_empty())
        .reduce(|a, b| format!("{a}&{b}"));
    let (base, path) = joined(base, &request.path);
    request.path = path;
    let mut options = SendOptions::default();
    options.timeout = args.timeout.unwrap_or(options.timeout);
    let sent = interruptible(transport::send(&request, &base, &options))?;
    let Some(sent) = sent else { return Ok(None) };
    let (response, duration) = sent.map_err(|error| match error.kind {
        SendErrorKind::InvalidUrl => Fault::usage(format!("cannot send to --url: {}", error.message)),
        _ => Fault::new(Exit::NetworkFailed, error.message),
    })?;
    let timings = vec![("duration_ms", milliseconds(duration))];
    Ok(Some(Verdict { known: None, response: Some(response), timings, lambda: None }))
}

/// Scheme and authority, and the path of the URL with the request's own path behind it. A URL
/// without a path of the request's stays as it is.
fn joined(base: &str, path: &str) -> (String, String) {
    let base = if base.contains("://") { base.to_owned() } else { format!("https://{base}") };
    let authority_end = base.find("://").and_then(|at| base[at + 3..].find('/').map(|slash| at + 3 + slash));
    let (origin, own) = authority_end.map_or((base.as_str(), ""), |end| base.split_at(end));
    let path = match (encoding::tidy_path(own), path) {
        (own, "") if own.is_empty() => "/".to_owned(),
        (own, "") => own,
        (own, path) => format!("{}{path}", own.trim_end_matches('/')),
    };
    (origin.to_owned(), path)
}

/// The request with its path below the URL; an empty path is the URL itself.
fn request(args: &Invoke, io: &mut Io) -> Result<Request, Fault> {
    match args.event.as_deref() {
        None => from_flags(args, io),
        Some(name) if EventKind::from_name(name).is_some() => {
            let described = describe(Some(name), args, io)?;
            if described.moment != Moment::Request {
                return Err(Fault::usage(format!("--url takes requests, and {name} is none")));
            }
            let below = described.api.locate(&described.request.path).map(|located| located.below);
            Ok(Request { path: below.unwrap_or_default(), ..described.request })
        }
        Some(name) => {
            if args.call.request.any() {
                return Err(Fault::usage(
                    "--event names a file: the flags of the request have no meaning then",
                ));
            }
            let mut event = read_event(name, io)?;
            call::apply_settings(&mut event, &args.call.set)?;
            let is_request = Moment::of_event(&event) == Moment::Request;
            let request = request_of(&event).filter(|_| is_request).zip(path_below_stage(&event));
            let (request, path) = request.ok_or_else(|| {
                Fault::usage(format!("{name} is no event of a front end that tells its request"))
            })?;
            Ok(Request { path, ..request })
        }
    }
}

/// As curl would: a body makes it a POST, of a form unless the content type is named.
fn from_flags(args: &Invoke, io: &mut Io) -> Result<Request, Fault> {
    let flags = &args.call.request;
    let own = if flags.data.is_empty() { "GET" } else { "POST" };
    let method = call::method("--method", flags.method.as_deref().unwrap_or(own))?;
    let (path, raw) = flags.path.as_deref().map(call::split_path).unwrap_or_default();
    let mut request = Request::new(method, path);
    request.query = call::joined_query(raw, &flags.query)?;
    request.headers = call::headers(flags)?;
    request.body = call::body(&flags.data, io)?;
    if !flags.data.is_empty() && !request.headers.contains("content-type") {
        request.headers.append("Content-Type", "application/x-www-form-urlencoded");
    }
    if !request.headers.contains("accept") {
        request.headers.append("Accept", "*/*");
    }
    Ok(request)
}
