//! HTTP/1.1 on a port of this machine: requests with limits in, responses out.

use super::crowd::{Busy, Crowd, Guest, most_connections};
use super::form;
use super::port::Port;
use super::site::Served;
use super::spelling::Recorder;
use super::streaming::Streamed;
use super::websocket::{Visit, WebsocketLimits};
use crate::gateway::Flavor;
use crate::gateway::door::{MAX_BODY_BYTES, MAX_HEADER_BYTES, Refusal};
use crate::http::{Body, Headers, Request, Response};
use crate::transport::InvokeRoom;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// What strangers may ask of the server.
#[derive(Debug, Clone, Copy)]
pub struct ServerLimits {
    /// How many connections are open at once; beyond, those that wait for a request are closed.
    pub connections: usize,
    /// How long a client may take for the head of a request.
    pub head: Duration,
    /// How long it may take for the body.
    pub body: Duration,
    /// How many bytes the head may have: API Gateway takes 10,240 of headers.
    pub head_bytes: usize,
    /// What WebSocket connections may take.
    pub websocket: WebsocketLimits,
}

impl Default for ServerLimits {
    fn default() -> Self {
        let (head, body) = (Duration::from_secs(10), Duration::from_secs(30));
        Self {
            connections: most_connections(),
            head,
            body,
            head_bytes: 32 * 1024,
            websocket: WebsocketLimits::default(),
        }
    }
}

/// How long the rest of a head may take on a connection that is to be closed.
const HALF_HEAD: Duration = Duration::from_millis(250);

/// Hears of every request that was answered, with the time that it took.
pub type Watcher = dyn Fn(&Request, &Served, Duration) + Send + Sync;

/// A port on which APIs answer.
#[derive(Debug)]
pub struct HttpServer {
    listener: TcpListener,
    port: Arc<Port>,
    functions: Option<Arc<InvokeRoom>>,
    limits: ServerLimits,
}

impl HttpServer {
    /// Opens the port.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn bind(address: SocketAddr, port: Arc<Port>, limits: ServerLimits) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await?, port, functions: None, limits })
    }

    /// Answers calls of Lambda's Invoke API, too.
    #[must_use]
    pub fn with_functions(self, functions: Arc<InvokeRoom>) -> Self {
        Self { functions: Some(functions), ..self }
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the future is dropped; connections that are open then go on until they end.
    pub async fn serve(&self, watcher: Arc<Watcher>) {
        self.accept(&Crowd::new(self.limits.connections), &watcher).await;
    }

    /// Serves until `stop` is over; then the port is closed, and the requests under way are answered.
    pub async fn serve_until(self, watcher: Arc<Watcher>, stop: impl Future<Output = ()>) {
        let crowd = Crowd::new(self.limits.connections);
        tokio::select! {
            () = self.accept(&crowd, &watcher) => {}
            () = stop => {}
        }
        drop(self);
        crowd.leave().await;
    }

    /// Lets clients in, for ever.
    async fn accept(&self, crowd: &Arc<Crowd>, watcher: &Arc<Watcher>) {
        loop {
            match self.listener.accept().await {
                Ok(client) => {
                    let guest = crowd.admit().await;
                    let (port, watcher) = (Arc::clone(&self.port), Arc::clone(watcher));
                    let (functions, limits) = (self.functions.clone(), self.limits);
                    tokio::spawn(async move {
                        connection(client, &guest, (&port, functions.as_deref()), (limits, &watcher)).await;
                    });
                }
                // Out of file descriptors, most likely: it passes when a connection closes.
                Err(_) => {
                    crowd.press();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }
}

async fn connection(
    (stream, peer): (TcpStream, SocketAddr),
    guest: &Arc<Guest>,
    (port, functions): (&Arc<Port>, Option<&InvokeRoom>),
    (limits, watcher): (ServerLimits, &Arc<Watcher>),
) {
    // A response of two packets would wait for the client's delayed acknowledgement.
    stream.set_nodelay(true).ok();
    let stream = Recorder::new(stream, limits.head_bytes);
    let spelling = stream.spelling();
    let service = service_fn(|incoming: hyper::Request<Incoming>| {
        let (spelling, fields, busy) = (spelling.clone(), spelling.take(), guest.is_busy());
        async move {
            let room = functions.filter(|_| InvokeRoom::takes(incoming.uri().path()));
            let reply = match (form::refusal(&incoming, fields.as_ref()), room) {
                (Some(status), _) => bare(status),
                (None, Some(room)) => room
                    .handle(incoming)
                    .await
                    .map(|body| body.map_err(|never| match never {}).boxed_unsync()),
                (None, None) => {
                    answer((incoming, fields), peer.ip().to_string(), (port, limits, watcher)).await
                }
            };
            spelling.resume();
            let streams = reply.body().size_hint().exact().is_none();
            Ok::<_, Infallible>(if streams { while_sent(reply, busy) } else { reply })
        }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes.max(8192))
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(served);
    // A connection that breaks is the client's business.
    let at_once = tokio::select! {
        _ = served.as_mut() => return,
        at_once = guest.has_to_leave() => at_once,
    };
    served.as_mut().graceful_shutdown();
    // Half a head is no request yet.
    if at_once && spelling.is_begun() {
        return;
    }
    while timeout(HALF_HEAD, served.as_mut()).await.is_err() {
        if spelling.is_begun() {
            return;
        }
    }
}

/// The place of the connection is taken until the body is sent.
fn while_sent(reply: Reply, busy: Busy) -> Reply {
    let taken = move |frame| {
        let _ = &busy;
        frame
    };
    reply.map(|body| body.map_frame(taken).boxed_unsync())
}

type Reply = hyper::Response<UnsyncBoxBody<Bytes, io::Error>>;

async fn answer(
    mut incoming: (hyper::Request<Incoming>, Option<Headers>),
    source_ip: String,
    (port, limits, watcher): (&Arc<Port>, ServerLimits, &Arc<Watcher>),
) -> Reply {
    let started = Instant::now();
    let upgrade = hyper::upgrade::on(&mut incoming.0);
    let request = match timeout(limits.body, received(incoming)).await {
        Ok(Some(request)) => request,
        Ok(None) => return bare(400),
        Err(_) => return bare(408),
    };
    let Some(site) = port.site(&request.path) else { return bare(404) };
    if let Some(reason) = too_much(&request, site.api().flavor) {
        let response = Response { status: 431, headers: Headers::new(), body: Body::default() };
        let served = Served::refused(Refusal { response, reason });
        watcher(&request, &served, started.elapsed());
        return reply(served.response);
    }
    if site.api().flavor == Flavor::Websocket {
        let (site, own, limits) = (&site, &request, limits.websocket);
        let visit = Visit { port, site, request: own, source_ip, upgrade, watcher, limits };
        let served = visit.answer().await;
        watcher(&request, &served, started.elapsed());
        return reply(served.response);
    }
    if !site.streams() {
        let served = site.answer(&request, source_ip).await;
        watcher(&request, &served, started.elapsed());
        return reply(served.response);
    }
    let (taker, streamed) = oneshot::channel();
    let watcher = Arc::clone(watcher);
    let answering = tokio::spawn(async move {
        let served = site.answer_into(&request, source_ip, Some(taker)).await;
        watcher(&request, &served, started.elapsed());
        served.response
    });
    match streamed.await {
        Ok(streamed) => stream_reply(streamed),
        Err(_) => answering.await.map_or_else(|_| bare(500), reply),
    }
}

/// Why the header fields of a request are too many for API Gateway, if they are. What it answers then
/// is not on record; 431 is what the status means.
fn too_much(request: &Request, flavor: Flavor) -> Option<String> {
    let bytes: usize = request.headers.iter().map(|(_, value)| value.len()).sum();
    let reason =
        || format!("the values of the header fields have {bytes} bytes, more than {MAX_HEADER_BYTES}");
    (bytes > MAX_HEADER_BYTES && flavor != Flavor::Url).then(reason)
}

/// The head at once, the body as it comes.
fn stream_reply(Streamed { head, body }: Streamed) -> Reply {
    reply(head).map(|_| body.boxed_unsync())
}

fn full(bytes: Bytes) -> UnsyncBoxBody<Bytes, io::Error> {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// The request with its body, of which one byte more than the gateway takes is kept: enough to see
/// that it is too large. `None` if it breaks off.
async fn received((incoming, fields): (hyper::Request<Incoming>, Option<Headers>)) -> Option<Request> {
    let (head, mut body) = incoming.into_parts();
    let mut request = Request::new(head.method.as_str(), head.uri.path());
    request.query = head.uri.query().map(str::to_owned);
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let unspelt = || head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    request.headers = fields.unwrap_or_else(unspelt);
    let expected = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    request.body = Vec::with_capacity(expected.min(MAX_BODY_BYTES));
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.ok()?.into_data() {
            let room = (MAX_BODY_BYTES + 1).saturating_sub(request.body.len());
            request.body.extend_from_slice(&data[..data.len().min(room)]);
        }
    }
    Some(request)
}

fn reply(response: Response) -> Reply {
    let status = hyper::StatusCode::from_u16(response.status).unwrap_or(hyper::StatusCode::BAD_GATEWAY);
    let mut reply = hyper::Response::new(full(Bytes::from(response.body.0)));
    *reply.status_mut() = status;
    for (name, value) in response.headers.iter() {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            reply.headers_mut().append(name, value);
        }
    }
    reply
}

fn bare(status: u16) -> Reply {
    let mut reply = hyper::Response::new(full(Bytes::new()));
    *reply.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    // What follows may be a part of what was refused.
    reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    reply
}
