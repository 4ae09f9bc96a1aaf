//! The Runtime API (version 2018-06-01) as HTTP on a loopback port, one port for one process.
//!
//! This is a thin layer: what may happen is decided by [`RuntimeState`]; here requests become
//! calls of it and its verdicts become responses.

use super::runtime_state::{
    Answer, AnswerFault, AnswerKind, Event, PAYLOAD_LIMIT, PostedError, Refusal, RuntimeState,
};
use crate::http::encoding::base64_decode;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};

const VERSION: &str = "/2018-06-01";
const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";
const RESPONSE_MODE: &str = "lambda-runtime-function-response-mode";
const JSON: &str = "application/json";

/// A running Runtime API; dropping it closes the port and every connection.
#[derive(Debug)]
pub struct RuntimeApi {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<RuntimeState>,
    /// Wakes a runtime that waits in `next`.
    offered: watch::Sender<()>,
    /// How many times `next` was called.
    asked: AtomicU64,
    /// Wakes the host.
    changed: Notify,
    connections: watch::Sender<usize>,
}

impl RuntimeApi {
    /// Opens a free port of the loopback interface and serves it from now on.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn bind() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            state: Mutex::new(RuntimeState::new()),
            offered: watch::Sender::new(()),
            asked: AtomicU64::new(0),
            changed: Notify::new(),
            connections: watch::Sender::new(0),
        });
        let server = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, server })
    }

    /// `host:port`, as `AWS_LAMBDA_RUNTIME_API` wants it.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Hands an event to the process, at once or when it asks.
    pub fn offer(&self, event: Event) {
        self.shared.state().offer(event);
        self.shared.offered.send_replace(());
    }

    /// Waits until `look` finds what it looks for; for one waiter at a time.
    pub async fn wait_for<T>(&self, mut look: impl FnMut(&mut RuntimeState) -> Option<T>) -> T {
        loop {
            if let Some(found) = look(&mut self.shared.state()) {
                return found;
            }
            self.shared.changed.notified().await;
        }
    }

    /// Reads or changes the state at once.
    pub fn with_state<T>(&self, act: impl FnOnce(&mut RuntimeState) -> T) -> T {
        act(&mut self.shared.state())
    }

    /// Lets everything arrive that a process sent before it ended: waits until its connections
    /// are closed, for `limit` at most.
    pub async fn drain(&self, limit: Duration) {
        // A connection may still wait to be accepted: give the reactor one turn before counting.
        tokio::time::sleep(Duration::from_millis(2)).await;
        let mut connections = self.shared.connections.subscribe();
        let closed = connections.wait_for(|count| *count == 0);
        tokio::time::timeout(limit, closed).await.ok();
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, RuntimeState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One step of the runtime, after which the host looks again.
    fn step<T>(&self, act: impl FnOnce(&mut RuntimeState) -> T) -> T {
        let done = act(&mut self.state());
        self.changed.notify_one();
        done
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let open = Open::new(Arc::clone(&shared));
                connections.spawn(serve(stream, open));
            }
            // Out of file descriptors, most likely: it passes when a connection closes.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Counts a connection for as long as it is open.
struct Open(Arc<Shared>);

impl Open {
    fn new(shared: Arc<Shared>) -> Self {
        shared.connections.send_modify(|count| *count += 1);
        Self(shared)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.send_modify(|count| *count -= 1);
    }
}

async fn serve(stream: TcpStream, open: Open) {
    // Without it a response of two packets waits for the client's delayed acknowledgement.
    stream.set_nodelay(true).ok();
    let shared = &open.0;
    let service = service_fn(|request| handle(shared, request));
    // A process may post its answer and end before it is acknowledged: its closed connection
    // must not interrupt the answer that is being read.
    let connection = hyper::server::conn::http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the client's business; what it meant is in the state.
    connection.await.ok();
}

type Reply = Response<Full<Bytes>>;

async fn handle(shared: &Shared, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let path = request.uri().path().to_owned();
    let Some((method, call)) = route(&path) else {
        drain(request.into_body()).await;
        return Ok(text(StatusCode::NOT_FOUND, "404 page not found\n"));
    };
    if request.method() != method {
        let mut reply = text(StatusCode::METHOD_NOT_ALLOWED, "");
        if let Ok(allowed) = HeaderValue::from_str(method.as_str()) {
            reply.headers_mut().insert(ALLOW, allowed);
        }
        return Ok(reply);
    }
    let reply = match call {
        Call::Ping => Ok(text(StatusCode::OK, "pong")),
        Call::Next => next(shared).await,
        Call::Answer(kind, id) => answer(shared, kind, id, request).await,
        Call::InitError => init_error(shared, request).await,
    };
    Ok(reply.unwrap_or_else(|refusal| refused(&refusal)))
}

enum Call<'p> {
    Ping,
    Next,
    Answer(AnswerKind, &'p str),
    InitError,
}

fn route(path: &str) -> Option<(Method, Call<'_>)> {
    let call = match path.strip_prefix(VERSION).unwrap_or(path) {
        "/ping" => return Some((Method::GET, Call::Ping)),
        _ => path.strip_prefix(VERSION)?.strip_prefix("/runtime/")?,
    };
    match call {
        "init/error" => Some((Method::POST, Call::InitError)),
        "invocation/next" => Some((Method::GET, Call::Next)),
        _ => match call.strip_prefix("invocation/")?.split_once('/')? {
            (id, "response") => Some((Method::POST, Call::Answer(AnswerKind::Response, id))),
            (id, "error") => Some((Method::POST, Call::Answer(AnswerKind::Error, id))),
            _ => None,
        },
    }
}

/// Waits for an event. Only the latest call may have it: an earlier one that still waits is on a
/// connection which its client has left, and would lose the event.
async fn next(shared: &Shared) -> Result<Reply, Refusal> {
    let call = shared.asked.fetch_add(1, Ordering::Relaxed) + 1;
    let mut offered = shared.offered.subscribe();
    while call == shared.asked.load(Ordering::Relaxed) {
        if let Some(event) = shared.step(RuntimeState::next_event)? {
            return Ok(event_reply(&event));
        }
        if offered.changed().await.is_err() {
            break;
        }
    }
    std::future::pending().await
}

fn event_reply(event: &Event) -> Reply {
    let mut reply = Response::new(Full::new(event.body.clone()));
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    let deadline = event.deadline_ms.to_string();
    for (name, value) in [
        ("lambda-runtime-aws-request-id", event.request_id.as_str()),
        ("lambda-runtime-deadline-ms", deadline.as_str()),
        ("lambda-runtime-invoked-function-arn", event.invoked_function_arn.as_str()),
        ("lambda-runtime-trace-id", event.trace_id.as_str()),
    ] {
        match HeaderValue::from_str(value) {
            Ok(value) if !value.is_empty() => headers.insert(HeaderName::from_static(name), value),
            _ => continue,
        };
    }
    reply
}

async fn answer(
    shared: &Shared,
    kind: AnswerKind,
    id: &str,
    request: Request<Incoming>,
) -> Result<Reply, Refusal> {
    let (head, body) = request.into_parts();
    if let Err(refusal) = shared.step(|state| state.begin_answer(kind, id)) {
        drain(body).await;
        return Err(refusal);
    }
    let begun = Begun { shared, finished: false };
    let taken = take_answer(kind, &head.headers, body).await;
    begun.finish(taken)?;
    Ok(accepted())
}

async fn take_answer(kind: AnswerKind, headers: &HeaderMap, body: Incoming) -> Result<Answer, AnswerFault> {
    let mode = header(headers, RESPONSE_MODE);
    let streamed = kind == AnswerKind::Response && mode.as_deref() == Some("streaming");
    if let (AnswerKind::Response, false, Some(mode)) = (kind, streamed, mode)
        && !mode.is_empty()
    {
        drain(body).await;
        return Err(AnswerFault::BadMode(mode));
    }
    let (body, trailers) = collect(body).await?;
    let content_type = header(headers, CONTENT_TYPE.as_str());
    let error = match kind {
        AnswerKind::Response => stream_error(&trailers),
        AnswerKind::Error => {
            let error_type = header(headers, ERROR_TYPE).unwrap_or_default();
            Some(PostedError { error_type, body: body.clone() })
        }
    };
    Ok(Answer { kind, body, content_type, streamed, error })
}

/// The error that a streaming runtime reports in trailers, when it fails after the first byte.
fn stream_error(trailers: &HeaderMap) -> Option<PostedError> {
    let error_type = header(trailers, ERROR_TYPE).filter(|error_type| !error_type.is_empty())?;
    let body = header(trailers, ERROR_BODY).and_then(|body| base64_decode(&body)).unwrap_or_default();
    Some(PostedError { error_type, body: body.into() })
}

/// An answer whose body is under way: if the connection dies, so does this future, and what was
/// begun has to end as broken off.
struct Begun<'s> {
    shared: &'s Shared,
    finished: bool,
}

impl Begun<'_> {
    fn finish(mut self, answer: Result<Answer, AnswerFault>) -> Result<(), Refusal> {
        self.finished = true;
        self.shared.step(|state| state.finish_answer(answer))
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.shared.step(|state| state.finish_answer(Err(AnswerFault::Truncated))).ok();
        }
    }
}

async fn init_error(shared: &Shared, request: Request<Incoming>) -> Result<Reply, Refusal> {
    let (head, body) = request.into_parts();
    if let Err(refusal) = shared.step(RuntimeState::begin_init_error) {
        drain(body).await;
        return Err(refusal);
    }
    // Whatever arrived of the body, the initialisation has failed.
    let (body, _) = collect(body).await.unwrap_or_default();
    let error_type = header(&head.headers, ERROR_TYPE).unwrap_or_default();
    shared.step(|state| state.finish_init_error(PostedError { error_type, body }));
    Ok(accepted())
}

/// The body, at most [`PAYLOAD_LIMIT`] bytes of it, and the trailers. A longer one is read to
/// its end, or the client would never come to read the refusal, but not kept.
async fn collect(mut body: Incoming) -> Result<(Bytes, HeaderMap), AnswerFault> {
    let expected = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut fits = expected <= PAYLOAD_LIMIT;
    let mut bytes = Vec::with_capacity(if fits { expected } else { 0 });
    let mut trailers = HeaderMap::new();
    while let Some(frame) = body.frame().await {
        match frame.map_err(|_| AnswerFault::Truncated)?.into_data() {
            Ok(data) if fits && bytes.len() + data.len() <= PAYLOAD_LIMIT => bytes.extend_from_slice(&data),
            Ok(_) => {
                fits = false;
                bytes = Vec::new();
            }
            Err(frame) => trailers.extend(frame.into_trailers().unwrap_or_default()),
        }
    }
    if fits { Ok((bytes.into(), trailers)) } else { Err(AnswerFault::TooLarge) }
}

async fn drain(mut body: Incoming) {
    while let Some(Ok(_)) = body.frame().await {}
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn accepted() -> Reply {
    json(StatusCode::ACCEPTED, "{\"status\":\"OK\"}\n".into())
}

fn refused(refusal: &Refusal) -> Reply {
    let (status, error_type, message) = refusal.answer();
    let body = serde_json::json!({ "errorMessage": message, "errorType": error_type });
    json(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), format!("{body}\n").into())
}

fn json(status: StatusCode, body: Bytes) -> Reply {
    reply(status, JSON, body)
}

fn text(status: StatusCode, body: &'static str) -> Reply {
    reply(status, "text/plain; charset=utf-8", body.into())
}

fn reply(status: StatusCode, content_type: &'static str, body: Bytes) -> Reply {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    reply
}
