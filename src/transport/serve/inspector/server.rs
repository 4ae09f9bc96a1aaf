//! The inspector's port: its page, its records, and what it sends.
//!
//! Only this machine gets here, by a name that nobody else can give (`Host`), and no page of another
//! origin; records and everything that acts need the token besides.

use super::send::Edited;
use super::view::{View, summary};
use super::{Inspector, lock, page};
use crate::transport::loopback::accept;
use crate::transport::page::is_loopback;
use http_body_util::channel::{Channel, Sender};
use http_body_util::{BodyExt as _, Either, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ring::hmac;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long an edited request may be: its body, as base64 in a text of JSON.
const MOST_BYTES: usize = 16 << 20;

/// How long a client may take for the head of a request, and for its body.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many connections are open at once; each page needs two or three.
const MOST_CONNECTIONS: usize = 128;

/// How often a page hears that this is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The page of an inspector; dropping it closes the port and every connection.
#[derive(Debug)]
pub struct InspectorServer {
    address: SocketAddr,
    token: String,
    server: JoinHandle<()>,
}

impl InspectorServer {
    /// Opens a port of the loopback interface (0: a free one), and serves it from now on.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn bind(port: u16, inspector: Arc<Inspector>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let (address, token) = (listener.local_addr()?, inspector.token.clone());
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        let server = tokio::spawn(accept(listener, move |stream| {
            let (inspector, place) = (Arc::clone(&inspector), Arc::clone(&places).try_acquire_owned());
            async move {
                if place.is_ok() {
                    serve(stream, &inspector).await;
                }
            }
        }));
        Ok(Self { address, token, server })
    }

    /// Where the page is, with the token that it needs: `http://127.0.0.1:4040/#token=…`.
    pub fn url(&self) -> String {
        format!("http://{}/#token={}", self.address, self.token)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for InspectorServer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(stream: TcpStream, inspector: &Arc<Inspector>) {
    let service = service_fn(|request| async move {
        let mut reply = answer(inspector, request).await.unwrap_or_else(Refusal::reply);
        reply.headers_mut().extend(page::HEADERS.map(|(name, value)| (Some(name), value)));
        Ok::<_, Infallible>(reply)
    });
    let mut server = hyper::server::conn::http1::Builder::new();
    let server = server.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    // A connection that breaks is the client's business.
    server.serve_connection(TokioIo::new(stream), service).await.ok();
}

type Reply = Response<Either<Full<Bytes>, Channel<Bytes>>>;

async fn answer(inspector: &Arc<Inspector>, request: Request<Incoming>) -> Result<Reply, Refusal> {
    let (head, body) = request.into_parts();
    own_pages_only(&head.headers)?;
    let (path, is_get) = (head.uri.path(), head.method == Method::GET);
    if let (Some(file), true) = (page::file(path), is_get) {
        return Ok(reply(file.media_type, file.content));
    }
    token(&head.headers, &inspector.token)?;
    let parts: Vec<_> = path.split('/').skip(1).collect();
    let shown = head.uri.query() == Some("secrets=show");
    match (&head.method, parts.as_slice()) {
        (&Method::GET, ["records"]) => Ok(object(&list(inspector))),
        (&Method::GET, ["events"]) => Ok(events(inspector)),
        (&Method::GET, ["records", id, rest @ ..]) => part(inspector, id, rest, shown),
        (&Method::POST, ["records", id, "replay"]) => {
            let record = inspector.find(id)?;
            if !record.is_whole() {
                return Err(Refusal(
                    409,
                    "its body was too long to be kept: it cannot be sent again".to_owned(),
                ));
            }
            sent(inspector, record.port, &record.request).await
        }
        (&Method::POST, ["send"]) => {
            let edited = edited(body).await?;
            let (port, request) = inspector.read(edited).map_err(|words| Refusal(400, words))?;
            sent(inspector, port, &request).await
        }
        _ => Err(Refusal(404, "there is nothing here".to_owned())),
    }
}

/// Whether a request comes from a page of this inspector or from no page.
fn own_pages_only(headers: &HeaderMap) -> Result<(), Refusal> {
    let refused = |words: &str| Err(Refusal(403, words.to_owned()));
    let host = text(headers, HOST.as_str()).unwrap_or_default();
    if !is_loopback(host) {
        return refused("the Host header has to name this machine: localhost or 127.0.0.1");
    }
    let is_own = |origin: &HeaderValue| origin.as_bytes() == format!("http://{host}").as_bytes();
    if !headers.get_all(ORIGIN).iter().all(is_own) {
        return refused("pages of other origins may not ask here");
    }
    let sites = headers.get_all("sec-fetch-site");
    match sites.iter().all(|site| ["same-origin", "none"].contains(&site.to_str().unwrap_or_default())) {
        true => Ok(()),
        false => refused("pages of other origins may not ask here"),
    }
}

/// Compares tokens in a time that does not depend on where they differ.
fn token(headers: &HeaderMap, own: &str) -> Result<(), Refusal> {
    let given = text(headers, "x-apigw-token").unwrap_or_default();
    let key = hmac::Key::new(hmac::HMAC_SHA256, own.as_bytes());
    let expected = hmac::sign(&key, own.as_bytes());
    hmac::verify(&key, given.as_bytes(), expected.as_ref())
        .map_err(|_| Refusal(403, "this needs the token of the link that apigw serve printed".to_owned()))
}

/// All records in brief, the oldest first, and the APIs.
fn list(inspector: &Inspector) -> Value {
    let records = lock(&inspector.ring).all();
    let records: Vec<_> = records.iter().map(|record| summary(record)).collect();
    let ports = lock(&inspector.ports);
    let api = |url: &String, site: &super::super::Site| {
        let api = site.api();
        json!({ "url": format!("{url}{}", api.prefix()), "title": api.flavor.facts().title })
    };
    let apis = ports
        .iter()
        .flat_map(|(port, url)| port.sites().iter().map(|site| api(url, site)).collect::<Vec<_>>());
    json!({ "apis": apis.collect::<Vec<_>>(), "records": records })
}

/// A record, or what can be made of it.
fn part(inspector: &Inspector, id: &str, rest: &[&str], shown: bool) -> Result<Reply, Refusal> {
    let record = inspector.find(id)?;
    let url = inspector.port(record.port).map(|(_, url)| url).unwrap_or_default();
    let view = View::new(&record, shown);
    match rest {
        [] => Ok(object(&view.detail(&url))),
        ["curl"] => Ok(reply("text/plain; charset=utf-8", view.curl(&url))),
        ["case"] => Ok(reply("application/yaml; charset=utf-8", view.suite(&url))),
        ["event"] => match view.event() {
            Some(event) => Ok(reply("application/json", event + "\n")),
            None => Err(Refusal(404, "no event was made of this request".to_owned())),
        },
        _ => Err(Refusal(404, "there is nothing here".to_owned())),
    }
}

impl Inspector {
    fn find(&self, id: &str) -> Result<Arc<super::record::Record>, Refusal> {
        let found = id.parse().ok().and_then(|id| lock(&self.ring).get(id));
        found.ok_or_else(|| Refusal(404, "this request is no longer kept".to_owned()))
    }
}

async fn sent(inspector: &Inspector, port: usize, request: &crate::http::Request) -> Result<Reply, Refusal> {
    let record = inspector.send(port, request).await.map_err(|words| Refusal(409, words))?;
    Ok(object(&summary(&record)))
}

async fn edited(body: Incoming) -> Result<Edited, Refusal> {
    let body = timeout(PATIENCE, Limited::new(body, MOST_BYTES).collect()).await;
    let body = body.map_err(|_| Refusal(408, "the request came too slowly".to_owned()))?;
    let body = body.map_err(|error| Refusal(413, error.to_string()))?;
    serde_json::from_slice(&body.to_bytes()).map_err(|error| Refusal(400, error.to_string()))
}

/// Server-sent events: each record in brief as it comes.
fn events(inspector: &Inspector) -> Reply {
    let (mut sender, body) = Channel::new(4);
    let mut news = inspector.news.subscribe();
    tokio::spawn(async move {
        let mut said = tell(&mut sender, ": here\n\n".into()).await;
        while said {
            said = match timeout(HEARTBEAT, news.recv()).await {
                Ok(Ok(summary)) => {
                    let message = [b"data: ", &summary[..], b"\n\n"].concat();
                    tell(&mut sender, message.into()).await
                }
                // The page is slow: it asks for all of them.
                Ok(Err(RecvError::Lagged(_))) => tell(&mut sender, "event: again\ndata:\n\n".into()).await,
                Ok(Err(RecvError::Closed)) => false,
                Err(_) => tell(&mut sender, ": here\n\n".into()).await,
            };
        }
    });
    let mut reply = Response::new(Either::Right(body));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    reply
}

/// Whether somebody still listens; a page that takes nothing for long is not waited for.
async fn tell(sender: &mut Sender<Bytes>, message: Bytes) -> bool {
    matches!(timeout(HEARTBEAT, sender.send_data(message)).await, Ok(Ok(())))
}

/// A request that is not answered, and why.
struct Refusal(u16, String);

impl Refusal {
    fn reply(self) -> Reply {
        let mut reply = object(&json!({ "message": self.1 }));
        *reply.status_mut() = StatusCode::from_u16(self.0).unwrap_or(StatusCode::BAD_REQUEST);
        reply
    }
}

fn object(value: &Value) -> Reply {
    reply("application/json", value.to_string())
}

fn reply(media_type: &'static str, content: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Either::Left(Full::new(content.into())));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    reply
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
