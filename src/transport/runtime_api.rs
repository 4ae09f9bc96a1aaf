//! The Runtime API (version 2018-06-01) as HTTP on a loopback port, one port for one process.
//!
//! This is a thin layer: what may happen is decided by [`RuntimeState`]; here requests become
//! calls of it and its verdicts become responses.

use super::loopback::accept;
use super::runtime_answer::{Sink, drain, escaped, take, take_init_error};
use super::runtime_state::{Answer, AnswerFault, AnswerKind, Event, Refusal, RuntimeState};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

const VERSION: &str = "/2018-06-01";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// How large a head may be, such as one with the cause of an error for X-Ray, which has up to 1 MiB.
const HEAD_LIMIT: usize = 2 << 20;

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
    /// Where a streamed answer goes as it arrives.
    sink: Mutex<Option<Sink>>,
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
            sink: Mutex::default(),
            offered: watch::Sender::new(()),
            asked: AtomicU64::new(0),
            changed: Notify::new(),
            connections: watch::Sender::new(0),
        });
        let open = Arc::clone(&shared);
        let server =
            tokio::spawn(accept(listener, move |stream| serve(stream, Open::new(Arc::clone(&open)))));
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

    /// Lets the next streamed answer go there as it arrives; `None`: it is kept.
    pub(super) fn stream_to(&self, sink: Option<Sink>) {
        *self.shared.sink.lock().unwrap_or_else(PoisonError::into_inner) = sink;
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
    let shared = &open.0;
    let service = service_fn(|request| handle(shared, request));
    // A process may post its answer and end before it is acknowledged: its closed connection
    // must not interrupt the answer that is being read.
    let connection = hyper::server::conn::http1::Builder::new()
        .half_close(true)
        .title_case_headers(true)
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the client's business; what it meant is in the state.
    connection.await.ok();
}

type Reply = Response<Full<Bytes>>;

async fn handle(shared: &Shared, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let path = request.uri().path().to_owned();
    let Some((method, call)) = route(&path) else {
        drain(request.into_body()).await;
        return Ok(reply(StatusCode::NOT_FOUND, TEXT, "404 page not found\n".into()));
    };
    if request.method() != method {
        drain(request.into_body()).await;
        let mut reply = Response::new(Full::default());
        *reply.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        reply.headers_mut().insert(ALLOW, HeaderValue::from_static(method));
        return Ok(reply);
    }
    let reply = match call {
        Call::Ping => Ok(reply(StatusCode::OK, TEXT, "pong".into())),
        Call::Next => next(shared).await,
        Call::Answer(kind, id) => answer(shared, kind, id, request).await,
        Call::InitError => init_error(shared, request).await,
        Call::Subscription(api) => {
            drain(request.into_body()).await;
            Ok(error(
                StatusCode::ACCEPTED,
                &format!("{api}.NotSupported"),
                &format!("{api} API is not supported"),
            ))
        }
    };
    Ok(reply.unwrap_or_else(|refusal| refused(&refusal)))
}

enum Call<'p> {
    Ping,
    Next,
    Answer(AnswerKind, &'p str),
    InitError,
    /// Of an extension to what the function logs: refused in a way that it can live with.
    Subscription(&'static str),
}

/// What is called, and the one method that it takes.
fn route(path: &str) -> Option<(&'static str, Call<'_>)> {
    match path {
        "/2022-07-01/telemetry" => return Some(("PUT", Call::Subscription("Telemetry"))),
        "/2020-08-15/logs" => return Some(("PUT", Call::Subscription("Logs"))),
        _ => {}
    }
    match path.strip_prefix(VERSION)? {
        "/ping" => Some(("GET", Call::Ping)),
        "/runtime/init/error" => Some(("POST", Call::InitError)),
        "/runtime/invocation/next" => Some(("GET", Call::Next)),
        path => match path.strip_prefix("/runtime/invocation/")?.split_once('/')? {
            (id, "response") => Some(("POST", Call::Answer(AnswerKind::Response, id))),
            (id, "error") => Some(("POST", Call::Answer(AnswerKind::Error, id))),
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
        ("lambda-runtime-client-context", event.client_context.as_deref().unwrap_or_default()),
        ("lambda-runtime-cognito-identity", event.cognito_identity.as_deref().unwrap_or_default()),
    ] {
        if !value.is_empty() {
            headers.insert(HeaderName::from_static(name), header_value(value));
        }
    }
    reply
}

/// Text as the value of a header. Line ends, such as those of indented JSON, are blanks there.
fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).or_else(|_| HeaderValue::from_bytes(text.as_bytes())).unwrap_or_else(|_| {
        let line = text.replace(|c: char| c.is_ascii_control(), " ");
        HeaderValue::from_bytes(line.as_bytes()).unwrap_or(HeaderValue::from_static(""))
    })
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
    let sink = shared.sink.lock().unwrap_or_else(PoisonError::into_inner).take();
    let taken = take(kind, &head.headers, body, sink).await;
    begun.finish(taken)?;
    Ok(accepted())
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
    let error = take_init_error(&head.headers, body).await;
    shared.step(|state| state.finish_init_error(error));
    Ok(accepted())
}

fn accepted() -> Reply {
    reply(StatusCode::ACCEPTED, JSON, "{\"status\":\"OK\"}\n".into())
}

fn refused(refusal: &Refusal) -> Reply {
    let (status, error_type, message) = refusal.answer();
    error(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), error_type, &message)
}

fn error(status: StatusCode, error_type: &str, message: &str) -> Reply {
    let body = serde_json::json!({ "errorMessage": message, "errorType": error_type });
    reply(status, JSON, (escaped(&body.to_string()) + "\n").into())
}

fn reply(status: StatusCode, content_type: &'static str, body: Bytes) -> Reply {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    reply
}
