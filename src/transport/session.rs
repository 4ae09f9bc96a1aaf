//! Requests as curl sends them: redirects that are followed, cookies that are kept, tries that are
//! repeated. Each step is told to whoever asks.

use super::client::{SendError, SendErrorKind, SendOptions, explain, header_map, target};
use super::connection::{Connection, Way};
use super::retry::Retry;
use crate::http::cookies::{Jar, Place};
use crate::http::{Body, Headers, Request, Response, encoding};
use reqwest::{Client, Method, Url};
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is done about an answer before it counts.
#[derive(Debug, Clone, Default)]
pub struct SessionOptions {
    /// How long it may take.
    pub send: SendOptions,
    /// The way to the server.
    pub connection: Connection,
    /// How many redirects are followed; none without it, and `u64::MAX` for all.
    pub redirects: Option<u64>,
    /// Whether other hosts get credentials too when they are redirected to.
    pub trusted: bool,
    /// Whether the method was named, so that no redirect changes it.
    pub keeps_method: bool,
    /// When it is tried again.
    pub retry: Retry,
    /// The cookies to begin with; without them none are kept.
    pub jar: Option<Jar>,
    /// Seconds since 1970 when the session begins.
    pub now: i64,
}

/// A step on the way to an answer.
#[derive(Debug)]
pub enum Step<'s> {
    /// A request goes out.
    Sends(&'s Url, &'s str, &'s Headers),
    /// A response has come.
    Receives(&'s Received),
    /// The response leads elsewhere.
    Redirects(&'s str),
    /// It is tried again after a while.
    Retries {
        /// Why.
        why: &'s str,
        /// After how long.
        after: Duration,
        /// How many tries are left after this one.
        left: u32,
    },
}

/// A response with what is known of how it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// The response.
    pub response: Response,
    /// The version of HTTP, such as `HTTP/1.1`.
    pub version: &'static str,
    /// The version of TLS.
    pub tls: Option<&'static str>,
    /// Where it came from.
    pub remote: Option<SocketAddr>,
    /// The method that it answers.
    pub method: String,
    /// The URL that it answers, without credentials.
    pub url: String,
    /// Where it leads, if it is a redirect.
    pub leads_to: Option<String>,
    /// How long it took until its head came.
    pub head_after: Duration,
    /// How long it took in all, redirects included.
    pub total: Duration,
    /// How many redirects led there.
    pub redirects: u64,
    /// How long those took.
    pub redirects_took: Duration,
    /// How often it was tried again.
    pub retries: u32,
}

/// A client with a memory: of cookies and of connections.
#[derive(Debug)]
pub struct Session {
    options: SessionOptions,
    client: Client,
    jar: Option<Mutex<Jar>>,
    elsewhere: Mutex<Vec<(Way, Client)>>,
    began: Instant,
}

impl Session {
    /// Reads the roots of this machine, which takes milliseconds.
    ///
    /// # Errors
    /// When they cannot be read, or the options make no client.
    pub fn new(mut options: SessionOptions) -> Result<Self, SendError> {
        let client = options.connection.client(&options.send, None);
        let client = client.map_err(|error| explain(&error.without_url(), "any server", &options.send))?;
        let jar = options.jar.take().map(Mutex::new);
        Ok(Self { options, client, jar, elsewhere: Mutex::default(), began: Instant::now() })
    }

    /// Sends a request to the server at `base`, as [`send`](super::send) does, until there is an
    /// answer that counts.
    ///
    /// # Errors
    /// When there is no complete response; one with an error status is no error.
    pub async fn send(
        &self,
        request: &Request,
        base: &str,
        mut tell: impl FnMut(Step<'_>),
    ) -> Result<Received, SendError> {
        let mut retries = 0;
        loop {
            let result = self.follow(request, base, &mut tell).await;
            let Some((why, after)) = self.options.retry.after(&result, retries, self.now()) else {
                return result.map(|received| Received { retries, ..received });
            };
            retries += 1;
            tell(Step::Retries { why: &why, after, left: self.options.retry.times - retries });
            tokio::time::sleep(after).await;
        }
    }

    /// The cookies of the session in Netscape's format.
    pub fn cookies(&self) -> Option<String> {
        let jar = self.jar.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(jar.write(self.now()))
    }

    fn now(&self) -> i64 {
        self.options.now + i64::try_from(self.began.elapsed().as_secs()).unwrap_or_default()
    }

    /// One try, with its redirects.
    async fn follow(
        &self,
        request: &Request,
        base: &str,
        tell: &mut impl FnMut(Step<'_>),
    ) -> Result<Received, SendError> {
        let mut url = target(base, request)?;
        let mut request = request.clone();
        move_credentials(&mut url, &mut request.headers);
        let (mut redirects, mut took, started) = (0, Duration::ZERO, Instant::now());
        loop {
            let headers = self.with_cookies(&request.headers, &url);
            tell(Step::Sends(&url, &request.method, &headers));
            let mut received = self.exchange(&request, &headers, &url, started).await?;
            (received.redirects, received.redirects_took) = (redirects, took);
            self.keep_cookies(&received.response, &url);
            let next = redirect_of(&received.response, &url);
            received.leads_to = next.as_ref().map(Url::to_string);
            tell(Step::Receives(&received));
            let (Some(next), Some(most)) = (next, self.options.redirects) else { return Ok(received) };
            let place = url.origin().ascii_serialization();
            if redirects >= most {
                let message = format!("{place} redirects more than {most} times");
                return Err(SendError::new(SendErrorKind::Redirects, message));
            }
            if !matches!(next.scheme(), "http" | "https") {
                let message = format!("{place} redirects to a URL that is neither http nor https");
                return Err(SendError::new(SendErrorKind::Other, message));
            }
            self.turn(&mut request, received.response.status, &url, &next);
            url = next;
            move_credentials(&mut url, &mut request.headers);
            tell(Step::Redirects(url.as_str()));
            (redirects, took) = (redirects + 1, started.elapsed());
        }
    }

    /// Makes a request that which follows a redirect: browsers turn a POST into a GET, and other
    /// hosts get no credentials.
    fn turn(&self, request: &mut Request, status: u16, from: &Url, to: &Url) {
        let is_get = status == 303 && request.method != "HEAD"
            || matches!(status, 301 | 302) && request.method == "POST";
        let loses_body = is_get || self.options.keeps_method && matches!(status, 301..=303);
        if loses_body && (is_get || !request.body.is_empty()) {
            if !self.options.keeps_method {
                "GET".clone_into(&mut request.method);
            }
            request.body.clear();
            request.headers.remove("content-type");
        }
        if from.origin() != to.origin() {
            request.headers.remove("host");
            if !self.options.trusted {
                for name in ["authorization", "cookie", "x-api-key", "x-amz-security-token"] {
                    request.headers.remove(name);
                }
            }
        }
    }

    /// Sends one request.
    async fn exchange(
        &self,
        request: &Request,
        headers: &Headers,
        url: &Url,
        started: Instant,
    ) -> Result<Received, SendError> {
        let place = url.origin().ascii_serialization();
        let send = &self.options.send;
        let explain = |error: reqwest::Error| explain(&error.without_url(), &place, send);
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| {
            SendError::new(SendErrorKind::InvalidUrl, format!("{:?} is no method", request.method))
        })?;
        let mut map = header_map(headers)?;
        let (client, wire) = self.way_to(url, &mut map).await?;
        let left = send.timeout.saturating_sub(started.elapsed()).max(Duration::from_millis(1));
        let mut outgoing = client.request(method, wire).headers(map).timeout(left);
        if !request.body.is_empty() {
            outgoing = outgoing.body(request.body.clone());
        }
        let incoming = outgoing.send().await.map_err(explain)?;
        let head_after = started.elapsed();
        let headers = incoming.headers().iter().map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        let (status, headers) = (incoming.status().as_u16(), headers.collect::<Headers>());
        let version = version_name(incoming.version());
        let tls = incoming.extensions().get::<reqwest::tls::TlsInfo>().and_then(|info| info.version());
        let remote = incoming.remote_addr();
        let body = Body(incoming.bytes().await.map_err(explain)?.into());
        Ok(Received {
            response: Response { status, headers, body },
            version,
            tls: tls.map(tls_name),
            remote,
            method: request.method.clone(),
            url: url.to_string(),
            leads_to: None,
            head_after,
            total: started.elapsed(),
            redirects: 0,
            redirects_took: Duration::ZERO,
            retries: 0,
        })
    }

    /// The client for a URL, and the URL that it is given: a detour to another port stands in it,
    /// and the header says whom the request is for.
    async fn way_to(
        &self,
        url: &Url,
        headers: &mut reqwest::header::HeaderMap,
    ) -> Result<(Client, Url), SendError> {
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Ok((self.client.clone(), url.clone()));
        };
        let Some(way) = self.options.connection.way(host, port).await? else {
            return Ok((self.client.clone(), url.clone()));
        };
        let is_name = url.domain().is_some();
        let mut wire = url.clone();
        if way.port != port && !headers.contains_key("host") {
            let own = url.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
            headers.extend(
                reqwest::header::HeaderValue::from_str(&own).ok().map(|v| (reqwest::header::HOST, v)),
            );
        }
        let moved = wire.set_port(Some(way.port)).is_ok();
        if !is_name || !moved {
            let message = format!("{host} is an address: a connection to it leads nowhere else");
            return Err(SendError::new(SendErrorKind::InvalidUrl, message));
        }
        let mut elsewhere = self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = elsewhere.iter().find(|(known, _)| *known == way) {
            return Ok((client.clone(), wire));
        }
        let client = self.options.connection.client(&self.options.send, Some(&way));
        let client = client.map_err(|error| explain(&error.without_url(), host, &self.options.send))?;
        elsewhere.push((way, client.clone()));
        Ok((client, wire))
    }

    /// The headers with the cookies for a URL behind those that were given.
    fn with_cookies(&self, headers: &Headers, url: &Url) -> Headers {
        let mut headers = headers.clone();
        let jar = self.jar.as_ref().map(|jar| jar.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(kept) = jar.and_then(|jar| jar.header(self.place(url))) {
            let given = headers.get("cookie").map(|given| format!("{kept}; {given}"));
            headers.set("Cookie", given.unwrap_or(kept));
        }
        headers
    }

    fn keep_cookies(&self, response: &Response, url: &Url) {
        let Some(jar) = &self.jar else { return };
        let mut jar = jar.lock().unwrap_or_else(PoisonError::into_inner);
        response.headers.all("set-cookie").for_each(|header| jar.keep(header, self.place(url)));
    }

    fn place<'u>(&self, url: &'u Url) -> Place<'u> {
        let host = url.host_str().unwrap_or_default();
        Place { host, path: url.path(), https: url.scheme() == "https", now: self.now() }
    }
}

/// Credentials of a URL become a header, unless there is one.
fn move_credentials(url: &mut Url, headers: &mut Headers) {
    let (user, password) = (url.username(), url.password().unwrap_or_default());
    if !user.is_empty() || !password.is_empty() {
        let pair = format!("{}:{}", encoding::percent_decode(user), encoding::percent_decode(password));
        if !headers.contains("authorization") {
            headers.append("Authorization", format!("Basic {}", encoding::base64_encode(pair.as_bytes())));
        }
        // Fails only for URLs without a host.
        url.set_username("").and_then(|()| url.set_password(None)).unwrap_or_default();
    }
}

/// Where a response leads.
fn redirect_of(response: &Response, url: &Url) -> Option<Url> {
    let location = response.headers.get("location")?;
    matches!(response.status, 301 | 302 | 303 | 307 | 308).then(|| url.join(location).ok())?
}

fn version_name(version: reqwest::Version) -> &'static str {
    match version {
        reqwest::Version::HTTP_2 => "HTTP/2",
        reqwest::Version::HTTP_10 => "HTTP/1.0",
        _ => "HTTP/1.1",
    }
}

fn tls_name(version: reqwest::tls::Version) -> &'static str {
    if version == reqwest::tls::Version::TLS_1_3 { "TLSv1.3" } else { "TLSv1.2" }
}
