//! Sending a request over the network, as a browser or curl would: TLS with the roots of this
//! machine, proxies as the environment names them.

use crate::http::{Body, Headers, Request, Response};
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Url};
use std::error::Error;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The `User-Agent` of this program.
pub const USER_AGENT: &str = concat!("apigw/", env!("CARGO_PKG_VERSION"));

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendOptions {
    /// How long everything may take, until the last byte of the response.
    pub timeout: Duration,
    /// How long it may take to reach the server.
    pub connect_timeout: Duration,
    /// Whether redirects are followed, up to ten of them.
    pub follow_redirects: bool,
}

impl Default for SendOptions {
    /// 30 s in all, 10 s to connect, no redirects.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            follow_redirects: false,
        }
    }
}

/// Why a request got no response. No header value is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SendError {
    /// What kind of failure it is.
    pub kind: SendErrorKind,
    /// What to tell a person; names the target.
    pub message: String,
}

/// The kinds of failure on the way to a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendErrorKind {
    /// The name of the host has no address.
    Dns,
    /// Nothing answers there.
    Connect,
    /// The server's certificate is not trusted, or it does not speak TLS as we do.
    Tls,
    /// It took too long.
    Timeout,
    /// One redirect led to another, too often.
    Redirects,
    /// The URL, or another part of the request, cannot be sent.
    InvalidUrl,
    /// Anything else, such as a response that breaks off.
    Other,
}

impl SendErrorKind {
    /// The kind in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Redirects => "redirects",
            Self::InvalidUrl => "url",
            Self::Other => "broken",
        }
    }
}

impl SendError {
    pub(super) fn new(kind: SendErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

/// Sends `request` to the server at `base` (scheme, host and port; a path in it goes before the
/// request's own), and returns its response with the time until the last byte.
///
/// The path and the query go out as they stand: escapes such as `%2F`, repeated slashes, `*`, and
/// the order and form of the query are kept. Three things are changed on the way, because a URL
/// has no other form: the segments `.` and `..` (also written `%2e`) are resolved, a `'` in the
/// query becomes `%27`, and characters that a request line cannot hold are escaped.
///
/// Header fields are sent in order, repeated ones included, with lower-case names. The request's
/// own `Host` is sent if it has one. `Content-Length` and `Transfer-Encoding` are left out: they
/// follow from the body.
///
/// # Errors
/// When there is no complete response; a response with an error status is no error.
pub async fn send(
    request: &Request,
    base: &str,
    options: &SendOptions,
) -> Result<(Response, Duration), SendError> {
    target(base, request)?;
    Sender::new(options)?.send(request, base).await
}

/// A client for many requests, which keeps its connections and the roots that it trusts.
#[derive(Debug, Clone)]
pub struct Sender {
    client: Client,
    options: SendOptions,
}

impl Sender {
    /// Reads the roots of this machine, which takes milliseconds.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn new(options: &SendOptions) -> Result<Self, SendError> {
        let client = client(options).map_err(|error| explain(&error.without_url(), "any server", options))?;
        Ok(Self { client, options: *options })
    }

    /// What [`send`] does.
    ///
    /// # Errors
    /// Those of [`send`].
    pub async fn send(&self, request: &Request, base: &str) -> Result<(Response, Duration), SendError> {
        let url = target(base, request)?;
        let place = url.origin().ascii_serialization();
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| {
            SendError::new(SendErrorKind::InvalidUrl, format!("{:?} is no method", request.method))
        })?;
        let headers = header_map(&request.headers)?;
        let mut outgoing = self.client.request(method, url).headers(headers);
        if !request.body.is_empty() {
            outgoing = outgoing.body(request.body.clone());
        }
        let started = Instant::now();
        let explain = |error: reqwest::Error| explain(&error.without_url(), &place, &self.options);
        let response = receive(outgoing).await.map_err(explain)?;
        Ok((response, started.elapsed()))
    }
}

async fn receive(outgoing: reqwest::RequestBuilder) -> reqwest::Result<Response> {
    let response = outgoing.send().await?;
    let status = response.status().as_u16();
    let headers = response.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    let headers = headers.collect::<Headers>();
    let body = Body(response.bytes().await?.into());
    Ok(Response { status, headers, body })
}

fn client(options: &SendOptions) -> reqwest::Result<Client> {
    builder()
        .timeout(options.timeout)
        .connect_timeout(options.connect_timeout)
        .redirect(if options.follow_redirects { Policy::limited(10) } else { Policy::none() })
        .build()
}

/// A client of this program, with TLS.
pub(super) fn builder() -> reqwest::ClientBuilder {
    plain().http1_only().user_agent(USER_AGENT)
}

/// A client that adds nothing of its own. What is not asked for is off: bodies are as they came.
pub(super) fn plain() -> reqwest::ClientBuilder {
    // Fails when a provider is installed already, which is as good.
    rustls::crypto::ring::default_provider().install_default().ok();
    Client::builder().no_gzip().no_deflate().no_brotli()
}

/// The URL of a request below `base` as [`send`] has it on the wire, put together as text: joining
/// URLs would read `//a` as a host.
///
/// # Errors
/// When `base` is no URL of a server.
pub fn target(base: &str, request: &Request) -> Result<Url, SendError> {
    let invalid = |why: &str| {
        SendError::new(
            SendErrorKind::InvalidUrl,
            format!("{why}: write it as https://host, with a port if need be"),
        )
    };
    let parsed = Url::parse(base).map_err(|error| invalid(&format!("the URL cannot be read ({error})")))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(invalid("the URL is neither http nor https"));
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(invalid("the URL has a query or a fragment of its own"));
    }
    let slash = if request.path.starts_with('/') { "" } else { "/" };
    let mut url =
        format!("{}{slash}{}", base.trim_end_matches('/'), escape(&request.path, &['?', '#', '\\']));
    if let Some(query) = &request.query {
        let _ = write!(url, "?{}", escape(query, &['#']));
    }
    Url::parse(&url).map_err(|error| invalid(&format!("the URL cannot be read ({error})")))
}

/// Escapes what a URL parser would take for a separator, or drop as tabs and line ends are.
fn escape(text: &str, separators: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_control() || c == ' ' || separators.contains(&c) {
            let _ = write!(escaped, "%{:02X}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

pub(super) fn header_map(headers: &Headers) -> Result<HeaderMap, SendError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers.iter() {
        let invalid = |what| {
            let message = format!("the header {name:?} cannot be sent: {what}");
            SendError::new(SendErrorKind::InvalidUrl, message)
        };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid("it is no header name"))?;
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| invalid("its value holds a line end or another control character"))?;
        if name != CONTENT_LENGTH && name != TRANSFER_ENCODING {
            map.append(name, value);
        }
    }
    Ok(map)
}

/// Sorts what went wrong and puts it into words.
pub(super) fn explain(error: &reqwest::Error, place: &str, options: &SendOptions) -> SendError {
    let cause = innermost(error);
    let (kind, message) = if error.is_timeout() {
        (SendErrorKind::Timeout, timeout_message(error.is_connect(), place, options))
    } else if error.is_dns() {
        (SendErrorKind::Dns, format!("the host of {place} has no address: check its name ({cause})"))
    } else if is_tls(error) {
        (SendErrorKind::Tls, format!("no TLS connection to {place}: {cause}"))
    } else if error.is_connect() {
        (SendErrorKind::Connect, format!("nothing answers at {place}: is it running? ({cause})"))
    } else if error.is_redirect() {
        (SendErrorKind::Other, format!("{place} redirects more than ten times"))
    } else if error.is_builder() {
        (SendErrorKind::InvalidUrl, format!("the request to {place} cannot be sent: {cause}"))
    } else {
        (SendErrorKind::Other, format!("the exchange with {place} broke off: {cause}"))
    };
    SendError::new(kind, message)
}

fn timeout_message(connecting: bool, place: &str, options: &SendOptions) -> String {
    let (what, limit) = match connecting {
        true => ("no connection", options.connect_timeout.min(options.timeout)),
        false => ("no complete response", options.timeout),
    };
    format!("{what} from {place} within {:.2} s", limit.as_secs_f64())
}

/// An error and its causes, outermost first. An I/O error names the cause of the error that it
/// carries as its own, and would hide that error itself.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| match error.downcast_ref::<std::io::Error>() {
        Some(io) => io.get_ref().map(|carried| carried as &(dyn Error + 'static)),
        None => (**error).source(),
    })
}

/// The last cause: those above it only say that sending failed.
fn innermost(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

fn is_tls(error: &reqwest::Error) -> bool {
    chain(error).any(|cause| cause.is::<rustls::Error>())
}
