//! A deployed endpoint: a request of the flags, or of an event, sent below its URL.

use super::super::call;
use super::super::exit::Fault;
use super::super::io::Io;
use super::Invoke;
use super::case::{Case, describe, read_event};
use super::measured::Measured;
use super::signing::{Signer, identify};
use super::verdict::{Verdict, milliseconds};
use crate::gateway::Moment;
use crate::gateway::event::{EventKind, path_below_stage, request_of};
use crate::http::{Request, encoding, query};
use crate::lint::causes::{self, Asked};
use crate::transport::{SendError, SendErrorKind, SendOptions, Sender, target};
use clap::Args;
use reqwest::Url;
use serde_json::Value;

/// Which endpoint is called, and how.
#[derive(Debug, Default, Args)]
pub struct EndpointFlags {
    /// An endpoint: the request is sent below this URL
    #[arg(long, value_name = "URL", help_heading = "Target")]
    pub url: Option<String>,
}

/// An endpoint that requests can be sent to.
#[derive(Debug, Clone)]
pub(super) struct EndpointTarget {
    /// Scheme, host, port and path of the URL.
    base: String,
    /// The query of the URL itself.
    query: Option<String>,
    sender: Sender,
    signer: Option<Signer>,
}

impl EndpointTarget {
    /// The endpoint at a URL, for requests like `first`; `None` if looking for credentials was
    /// interrupted.
    ///
    /// # Errors
    /// When the roots of this machine cannot be read, or nothing can be signed.
    pub(super) fn find(
        url: &str,
        args: &Invoke,
        first: &Request,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        let mut target = Self::new(url, args)?;
        if args.signing.sign {
            target.signer = Signer::find(&target.base, first, args, io)?;
            return Ok(target.signer.is_some().then_some(target));
        }
        Ok(Some(target))
    }

    /// The endpoint at a URL, for requests that are not signed.
    ///
    /// # Errors
    /// When the roots of this machine cannot be read.
    pub(super) fn new(url: &str, args: &Invoke) -> Result<Self, Fault> {
        let (base, query) = match url.split_once('?') {
            Some((base, query)) => (base, Some(query::tidy(query.split('#').next().unwrap_or_default()))),
            None => (url.split('#').next().unwrap_or_default(), None),
        };
        let mut options = SendOptions::default();
        options.timeout = args.timeout.unwrap_or(options.timeout);
        let sender = Sender::new(&options).map_err(failed)?;
        Ok(Self { base: base.to_owned(), query, sender, signer: None })
    }

    /// Sends a request below the URL.
    ///
    /// # Errors
    /// When there is no complete response.
    pub(super) async fn ask(&self, request: Request) -> Result<Verdict, Fault> {
        let (mut request, base) = self.placed(request);
        if let Some(signer) = &self.signer {
            request = signer.sign(request, &base)?;
        }
        let (response, duration) = self.sender.send(&request, &base).await.map_err(failed)?;
        let timings = vec![("duration_ms", milliseconds(duration))];
        let answered = causes::answered(&response, &Asked::of(&base, &request));
        let measured = Measured::default();
        Ok(Verdict { known: None, response: Some(response), timings, measured, lambda: None, answered })
    }

    /// The URL on the wire of a request below this one.
    ///
    /// # Errors
    /// When the URL is none.
    pub(super) fn url_of(&self, request: &Request) -> Result<Url, Fault> {
        let (request, base) = self.placed(request.clone());
        target(&base, &request).map_err(failed)
    }

    /// The request with the URL's own path and query, and the server that it goes to.
    fn placed(&self, mut request: Request) -> (Request, String) {
        request.query = [self.query.clone(), request.query]
            .into_iter()
            .flatten()
            .filter(|raw| !raw.is_empty())
            .reduce(|a, b| format!("{a}&{b}"));
        let (base, path) = joined(&self.base, &request.path);
        request.path = path;
        (request, base)
    }
}

fn failed(error: SendError) -> Fault {
    match error.kind {
        SendErrorKind::InvalidUrl => Fault::usage(format!("cannot send to --url: {}", error.message)),
        kind => Fault::network(kind.name(), error.message),
    }
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
pub(super) fn request(args: &Invoke, io: &mut Io) -> Result<Request, Fault> {
    let mut request = described(args, io)?;
    identify(&mut request, args, io)?;
    Ok(request)
}

fn described(args: &Invoke, io: &mut Io) -> Result<Request, Fault> {
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
            request_of_event(name, read_event(name, io)?, args)
        }
    }
}

/// The request that an event tells of; `name` says where it stands.
pub(super) fn request_of_event(name: &str, mut event: Value, args: &Invoke) -> Result<Request, Fault> {
    call::apply_settings(&mut event, &args.call.set)?;
    let is_request = Moment::of_event(&event) == Moment::Request;
    let request = request_of(&event).filter(|_| is_request).zip(path_below_stage(&event));
    let (request, path) = request
        .ok_or_else(|| Fault::usage(format!("{name} is no event of a front end that tells its request")))?;
    Ok(Request { path, ..request })
}

/// The request that an event was made for, or tells of, with its path below the stage.
pub(super) fn request_of_case(case: &Case, args: &Invoke) -> Result<Request, Fault> {
    if case.moment != Moment::Request || case.front.authorizer().is_some() {
        return Err(Fault::usage("an endpoint takes requests, and this event tells of none"));
    }
    let from_file = args.event.as_deref().is_some_and(|name| EventKind::from_name(name).is_none());
    let path = match &case.event {
        Ok(event) if from_file => path_below_stage(event),
        _ => case.api.locate(&case.request.path).map(|located| located.below),
    };
    Ok(Request { path: path.unwrap_or_default(), ..case.request.clone() })
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
