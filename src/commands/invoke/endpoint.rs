//! A deployed endpoint: a request of the flags, or of an event, sent below its URL.

use super::super::call;
use super::super::exit::Fault;
use super::super::io::Io;
use super::super::request;
use super::Invoke;
use super::case::{Case, describe, read_event};
use super::curl_flags::{self, CurlFlags};
use super::measured::Measured;
use super::signing::{Signer, identify};
use super::verdict::{Verdict, milliseconds};
use crate::gateway::Moment;
use crate::gateway::event::{EventKind, path_below_stage, request_of};
use crate::http::{Headers, Request, encoding, query};
use crate::lint::causes::{self, Asked};
use crate::transport::{Received, SendError, SendErrorKind, Session, Step, USER_AGENT, target};
use clap::Args;
use reqwest::Url;
use serde_json::Value;
use std::io::Write as _;
use std::sync::Arc;

/// Which endpoint is called, and how.
#[derive(Debug, Default, Args)]
pub struct EndpointFlags {
    /// An endpoint: the request is sent below this URL
    #[arg(long, value_name = "URL", help_heading = "Target")]
    pub url: Option<String>,
    /// Print the curl command that sends the same request, and send nothing
    #[arg(long = "curl", id = "curl_command", help_heading = "Output")]
    pub curl_command: bool,
    /// What curl has too.
    #[command(flatten)]
    pub curl: CurlFlags,
}

/// An endpoint that requests can be sent to.
#[derive(Debug, Clone)]
pub(in crate::commands) struct EndpointTarget {
    place: Below,
    path_as_is: bool,
    session: Arc<Session>,
    signer: Option<Signer>,
}

/// The URL that requests stand below.
#[derive(Debug, Clone)]
pub(super) struct Below {
    /// Scheme, host, port and path of the URL.
    base: String,
    /// The query of the URL itself.
    query: Option<String>,
}

impl Below {
    pub(super) fn new(url: &str) -> Self {
        let (base, query) = match url.split_once('?') {
            Some((base, query)) => (base, Some(query::tidy(query.split('#').next().unwrap_or_default()))),
            None => (url.split('#').next().unwrap_or_default(), None),
        };
        Self { base: base.to_owned(), query }
    }

    /// Scheme and authority, and the request with its path and query below the URL.
    pub(super) fn complete(&self, mut request: Request) -> (String, Request) {
        request.query = [self.query.clone(), request.query]
            .into_iter()
            .flatten()
            .filter(|raw| !raw.is_empty())
            .reduce(|a, b| format!("{a}&{b}"));
        let (origin, path) = joined(&self.base, &request.path);
        request.path = path;
        (origin, request)
    }

    /// The URL on the wire of a request below this one.
    ///
    /// # Errors
    /// When the URL is none.
    pub(super) fn url_of(&self, request: &Request) -> Result<Url, Fault> {
        let (origin, request) = self.complete(request.clone());
        target(&origin, &request).map_err(failed)
    }
}

impl EndpointTarget {
    /// The endpoint at a URL, for requests like `first`; `None` if looking for credentials was
    /// interrupted.
    ///
    /// # Errors
    /// Faults of the flags, when the roots of this machine cannot be read, or nothing can be signed.
    pub(super) fn find(
        url: &str,
        args: &Invoke,
        first: &Request,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        let session = Arc::new(Session::new(curl_flags::session(args, io)?).map_err(failed)?);
        let (place, path_as_is) = (Below::new(url), args.endpoint.curl.path_as_is);
        let mut signer = None;
        if args.signing.sign {
            signer = Signer::find(&place.base, first, args, io)?;
            if signer.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(Self { place, path_as_is, session, signer }))
    }

    /// Sends a request below the URL.
    ///
    /// # Errors
    /// When there is no complete response.
    pub(super) async fn ask(&self, request: Request) -> Result<Verdict, Fault> {
        let headers = request.headers.clone();
        Ok(verdict(&self.send(request, |_| ()).await?, headers))
    }

    /// The same, with each step told, and with all that is known of the answer.
    ///
    /// # Errors
    /// When there is no complete response.
    pub(super) async fn send(&self, request: Request, tell: impl FnMut(Step<'_>)) -> Result<Received, Fault> {
        let (origin, mut request) = self.place.complete(request);
        curl_flags::check_path(self.path_as_is, &request.path)?;
        // The request is complete: what depends on all of it stands here.
        if let Some(signer) = &self.signer {
            request = signer.sign(request, &origin)?;
        }
        self.session.send(&request, &origin, tell).await.map_err(failed)
    }

    /// The cookies of the session, for a file.
    pub(super) fn cookies(&self) -> Option<String> {
        self.session.cookies()
    }
}

/// What came, as an answer that is not judged; `headers` are those of the request.
pub(super) fn verdict(received: &Received, headers: Headers) -> Verdict {
    let timings = vec![("duration_ms", milliseconds(received.total))];
    let (base, path) = joined(received.url.split(['?', '#']).next().unwrap_or_default(), "");
    let asked = Asked::of(&base, &Request { headers, ..Request::new("", path) });
    let answered = causes::answered(&received.response, &asked);
    let (response, measured) = (Some(received.response.clone()), Measured::default());
    Verdict { known: None, response, timings, measured, lambda: None, answered }
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
    let (mut request, removed) = described(args, io)?;
    let is_removed = |name: &str| removed.iter().any(|own| own.eq_ignore_ascii_case(name));
    let packed = args.endpoint.curl.compressed.then_some("gzip, deflate, br");
    if !request.headers.contains("accept") {
        request.headers.append("Accept", "*/*");
        if is_removed("accept") {
            writeln!(io.err, "note: Accept is never left out: it is sent as */*, which means the same")?;
        }
    }
    for (name, value) in [("User-Agent", Some(USER_AGENT)), ("Accept-Encoding", packed)] {
        if let Some(value) = value.filter(|_| !request.headers.contains(name) && !is_removed(name)) {
            request.headers.append(name, value);
        }
    }
    identify(&mut request, args, io)?;
    Ok(request)
}

/// The request, and the names of headers that are not to be added.
fn described(args: &Invoke, io: &mut Io) -> Result<(Request, Vec<String>), Fault> {
    match args.event.as_deref() {
        None => from_flags(args, io),
        Some(name) if EventKind::from_name(name).is_some() => {
            let described = describe(Some(name), args, io)?;
            if described.moment != Moment::Request {
                return Err(Fault::usage(format!("--url takes requests, and {name} is none")));
            }
            let below = described.api.locate(&described.request.path).map(|located| located.below);
            Ok((Request { path: below.unwrap_or_default(), ..described.request }, Vec::new()))
        }
        Some(name) => {
            if args.call.request.any() {
                return Err(Fault::usage(
                    "--event names a file: the flags of the request have no meaning then",
                ));
            }
            Ok((request_of_event(name, read_event(name, io)?, args)?, Vec::new()))
        }
    }
}

/// The request that an event tells of; `name` says where it stands.
pub(in crate::commands) fn request_of_event(
    name: &str,
    mut event: Value,
    args: &Invoke,
) -> Result<Request, Fault> {
    call::apply_settings(&mut event, &args.call.set)?;
    let is_request = Moment::of_event(&event) == Moment::Request;
    let request = request_of(&event).filter(|_| is_request).zip(path_below_stage(&event));
    let (request, path) = request
        .ok_or_else(|| Fault::usage(format!("{name} is no event of a front end that tells its request")))?;
    Ok(Request { path, ..request })
}

/// The request that an event was made for, or tells of, with its path below the stage.
pub(super) fn request_of_case(case: &Case, args: &Invoke, io: &mut Io) -> Result<Request, Fault> {
    if case.moment != Moment::Request || case.front.authorizer().is_some() {
        return Err(Fault::usage("an endpoint takes requests, and this event tells of none"));
    }
    let from_file = args.event.as_deref().is_some_and(|name| EventKind::from_name(name).is_none());
    let path = match &case.event {
        Ok(event) if from_file => path_below_stage(event),
        _ => case.api.locate(&case.request.path).map(|located| located.below),
    };
    let mut request = Request { path: path.unwrap_or_default(), ..case.request.clone() };
    identify(&mut request, args, io)?;
    Ok(request)
}

/// As curl would: a body makes it a POST, of a form unless the content type is named.
fn from_flags(args: &Invoke, io: &mut Io) -> Result<(Request, Vec<String>), Fault> {
    let flags = &args.call.request;
    let own = if flags.has_body() { "POST" } else { "GET" };
    let method = request::own_method(flags)?.unwrap_or(own);
    let (path, query) = flags.path.as_deref().map(request::split_path).unwrap_or_default();
    let mut request = Request::new(method, path);
    request.query = query;
    let removed = request::fill(&mut request, flags, true, io)?;
    Ok((request, removed))
}
