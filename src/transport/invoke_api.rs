//! Lambda's Invoke API as HTTP on a loopback port, in front of functions that others hold: each
//! call is checked here, handed over, and its outcome becomes the answer.
//!
//! Pages in a browser must not invoke.

use super::aws::{FunctionName, InvocationType};
use super::invocation::{Invocation, Invoked};
use super::loopback::accept;
use super::page;
use crate::http::encoding::{base64_decode, base64_encode, percent_decode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::de::IgnoredAny;
use serde_json::json;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// How many calls may wait for a function.
const QUEUE: usize = 1024;

/// How much of the end of a log is sent, in bytes.
const LOG_TAIL: usize = 4096;

/// What is served.
pub struct Served {
    /// The names of the functions.
    pub functions: Vec<String>,
    /// Their region.
    pub region: String,
    /// The account that they are in.
    pub account: String,
    /// Makes the id of each request.
    pub ids: Box<dyn FnMut() -> String + Send>,
}

/// A call that somebody made.
#[derive(Debug)]
pub struct ServedCall {
    /// The name of the function, one of those that are served.
    pub function: String,
    /// The ARN as it was invoked, with the qualifier if there was one.
    pub invoked_function_arn: String,
    /// The id of the request.
    pub request_id: String,
    /// The trace that the caller is in; `None`: one of our own.
    pub trace_id: Option<String>,
    /// The client context, as JSON.
    pub client_context: Option<String>,
    /// The event, which is JSON.
    pub event: Vec<u8>,
    /// Takes the outcome, or in words why there is none; nobody may wait for it.
    pub reply: oneshot::Sender<Result<ServedAnswer, String>>,
}

/// What a call came to.
#[derive(Debug)]
pub struct ServedAnswer {
    /// What became of the invocation.
    pub invoked: Invoked,
    /// The function's log of it, if it is known.
    pub log: Option<String>,
}

/// A running Invoke API; dropping it closes the port and every connection.
#[derive(Debug)]
pub struct InvokeApi {
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl InvokeApi {
    /// Opens a port of the loopback interface (0: a free one) and serves it from now on. The calls
    /// come out of the receiver.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn bind(port: u16, served: Served) -> io::Result<(Self, mpsc::Receiver<ServedCall>)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let (room, receiver) = InvokeRoom::new(served);
        let room = Arc::new(room);
        let server = tokio::spawn(accept(listener, move |stream| serve(stream, Arc::clone(&room))));
        Ok((Self { address, server }, receiver))
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The path under which a function is invoked.
    pub fn path_of(function: &str) -> String {
        format!("{PREFIX}{function}{SUFFIX}")
    }
}

impl Drop for InvokeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

const PREFIX: &str = "/2015-03-31/functions/";
const SUFFIX: &str = "/invocations";

/// Answers calls of the Invoke API, on a port of its own or on that of an API.
pub struct InvokeRoom {
    functions: Mutex<Vec<String>>,
    region: String,
    account: String,
    ids: Mutex<Box<dyn FnMut() -> String + Send>>,
    calls: mpsc::Sender<ServedCall>,
}

impl InvokeRoom {
    /// Calls of these functions, which come out of the receiver.
    pub fn new(served: Served) -> (Self, mpsc::Receiver<ServedCall>) {
        let (calls, receiver) = mpsc::channel(QUEUE);
        let Served { functions, region, account, ids } = served;
        let functions = Mutex::new(functions);
        (Self { functions, region, account, ids: Mutex::new(ids), calls }, receiver)
    }

    /// Serves other functions from now on.
    pub fn replace(&self, functions: Vec<String>) {
        *self.functions.lock().unwrap_or_else(PoisonError::into_inner) = functions;
    }

    /// Whether a path is one of the Invoke API.
    pub fn takes(path: &str) -> bool {
        path.starts_with(PREFIX) && path.ends_with(SUFFIX)
    }

    /// Answers a call.
    pub(super) async fn handle(&self, request: Request<Incoming>) -> Reply {
        let request_id = self.ids.lock().unwrap_or_else(PoisonError::into_inner)();
        let (head, body) = request.into_parts();
        let mut reply = match invoke(self, &head, body, &request_id).await {
            Ok(reply) => reply,
            Err(refusal) => refusal.reply(),
        };
        insert(&mut reply, "x-amzn-requestid", &request_id);
        reply
    }
}

impl std::fmt::Debug for InvokeRoom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvokeRoom").field("functions", &self.functions).finish_non_exhaustive()
    }
}

impl ServedCall {
    /// The invocation that is asked for at `now` (since 1970), and who waits for it.
    pub fn into_invocation(
        self,
        now: Duration,
    ) -> (Invocation, oneshot::Sender<Result<ServedAnswer, String>>) {
        let Self { event, request_id, invoked_function_arn, trace_id, client_context, reply, .. } = self;
        let trace_id = trace_id.unwrap_or_else(|| {
            let mut unique = request_id.replace('-', "");
            unique.truncate(24);
            format!("Root=1-{:08x}-{unique};Sampled=0", now.as_secs())
        });
        let event = event.into();
        let invocation = Invocation {
            request_id,
            event,
            invoked_function_arn,
            trace_id,
            client_context,
            now,
            ..Invocation::default()
        };
        (invocation, reply)
    }
}

async fn serve(stream: TcpStream, room: Arc<InvokeRoom>) {
    let service = service_fn(|request| async { Ok::<_, Infallible>(room.handle(request).await) });
    let server = hyper::server::conn::http1::Builder::new();
    // A connection that breaks is the client's business.
    server.serve_connection(TokioIo::new(stream), service).await.ok();
}

pub(super) type Reply = Response<Full<Bytes>>;

async fn invoke(room: &InvokeRoom, head: &Parts, body: Incoming, request_id: &str) -> Result<Reply, Refusal> {
    let header = |name: &str| head.headers.get(name).map(HeaderValue::as_bytes);
    if let Some(reason) = page::refusal(header) {
        return Err(Refusal::new(403, "AccessDeniedException", reason));
    }
    let function = room.function(head)?;
    let kind = invocation_type(&head.headers)?;
    if kind == InvocationType::DryRun {
        return Ok(empty(StatusCode::NO_CONTENT));
    }
    let client_context = text(&head.headers, "x-amz-client-context").map(client_context).transpose()?;
    let event = event(body, kind).await?;
    let (reply, outcome) = oneshot::channel();
    let call = ServedCall {
        invoked_function_arn: room.arn(&function),
        function: function.name().to_owned(),
        request_id: request_id.to_owned(),
        trace_id: text(&head.headers, "x-amzn-trace-id").map(str::to_owned),
        client_context,
        event,
        reply,
    };
    room.calls.try_send(call).map_err(|error| match error {
        TrySendError::Full(_) => Refusal::new(429, "TooManyRequestsException", "Rate Exceeded."),
        TrySendError::Closed(_) => Refusal::new(503, "ServiceException", "this server is about to end"),
    })?;
    if kind == InvocationType::Event {
        return Ok(empty(StatusCode::ACCEPTED));
    }
    match outcome.await {
        Ok(Ok(ServedAnswer { invoked, log })) => {
            let is_wanted = text(&head.headers, "x-amz-log-type") == Some("Tail");
            Ok(answered(invoked, log.filter(|_| is_wanted)))
        }
        Ok(Err(words)) => Err(Refusal::new(502, "InvalidRuntimeException", words)),
        Err(_) => Err(Refusal::new(500, "ServiceException", "this server is about to end")),
    }
}

impl InvokeRoom {
    /// The function that a call names.
    fn function(&self, head: &Parts) -> Result<FunctionName, Refusal> {
        let path = head.uri.path();
        let Some(name) = path.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)) else {
            let message = format!("this address answers POST {PREFIX}NAME{SUFFIX}");
            return Err(Refusal::new(404, "UnknownOperationException", message));
        };
        if head.method != Method::POST {
            let message = format!("{path} is invoked with POST");
            return Err(Refusal::new(405, "MethodNotAllowedException", message));
        }
        let mut function = FunctionName::parse(&percent_decode(name))
            .map_err(|error| Refusal::new(400, "InvalidParameterValueException", error.to_string()))?;
        let query = crate::http::query::decode(head.uri.query().unwrap_or_default());
        let qualifier = query.into_iter().find(|(name, _)| name == "Qualifier");
        function.qualifier = qualifier.map(|(_, value)| value).or(function.qualifier);
        let functions = self.functions.lock().unwrap_or_else(PoisonError::into_inner);
        match functions.iter().any(|own| own == function.name()) {
            true => Ok(function),
            false => {
                let qualifier = function.qualifier.clone().or_else(|| Some("$LATEST".to_owned()));
                let arn = self.arn(&FunctionName { qualifier, ..function });
                let message = format!("Function not found: {arn}");
                Err(Refusal::new(404, "ResourceNotFoundException", message))
            }
        }
    }

    fn arn(&self, function: &FunctionName) -> String {
        let Self { region, account, .. } = self;
        let qualifier = function.qualifier.as_ref().map(|own| format!(":{own}")).unwrap_or_default();
        format!("arn:aws:lambda:{region}:{account}:function:{}{qualifier}", function.name())
    }
}

fn invocation_type(headers: &HeaderMap) -> Result<InvocationType, Refusal> {
    let Some(name) = text(headers, "x-amz-invocation-type") else { return Ok(InvocationType::default()) };
    InvocationType::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let message = format!("X-Amz-Invocation-Type: {} is none of its values", name.escape_debug());
        Refusal::new(400, "InvalidParameterValueException", message)
    })
}

/// The client context, which comes in base64 and goes on as it is in there.
fn client_context(encoded: &str) -> Result<String, Refusal> {
    let text = base64_decode(encoded).and_then(|bytes| String::from_utf8(bytes).ok());
    text.filter(|text| serde_json::from_str::<IgnoredAny>(text).is_ok()).ok_or_else(|| {
        let message = "Client context must be a valid Base64-encoded JSON object.";
        Refusal::new(400, "InvalidRequestContentException", message)
    })
}

/// The event of a call; without one, an empty object.
async fn event(body: Incoming, kind: InvocationType) -> Result<Vec<u8>, Refusal> {
    let limit = kind.max_event_bytes();
    let body =
        Limited::new(body, limit).collect().await.map_err(|error| match error.is::<LengthLimitError>() {
            true => {
                let message = format!("Request must be smaller than {limit} bytes for the Invoke operation");
                Refusal::new(413, "RequestTooLargeException", message)
            }
            false => Refusal::new(400, "InvalidRequestContentException", "the body broke off before its end"),
        })?;
    let bytes = body.to_bytes();
    if bytes.is_empty() {
        return Ok(b"{}".to_vec());
    }
    match serde_json::from_slice::<IgnoredAny>(&bytes) {
        Ok(_) => Ok(bytes.into()),
        Err(error) => {
            let message = format!("Could not parse request body into json: {error}");
            Err(Refusal::new(400, "InvalidRequestContentException", message))
        }
    }
}

/// What the function returned, or how it failed: that, too, is an answer.
fn answered(invoked: Invoked, log: Option<String>) -> Reply {
    let mut reply = Response::new(Full::new(invoked.payload));
    insert(&mut reply, CONTENT_TYPE.as_str(), "application/json");
    insert(&mut reply, "x-amz-executed-version", "$LATEST");
    if invoked.failure.is_some() {
        insert(&mut reply, "x-amz-function-error", "Unhandled");
    }
    if let Some(log) = log {
        let end = &log.as_bytes()[log.len().saturating_sub(LOG_TAIL)..];
        insert(&mut reply, "x-amz-log-result", &base64_encode(end));
    }
    reply
}

fn empty(status: StatusCode) -> Reply {
    let mut reply = Response::new(Full::default());
    *reply.status_mut() = status;
    reply
}

/// A call that comes to no invocation.
struct Refusal {
    status: u16,
    error_type: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: u16, error_type: &'static str, message: impl Into<String>) -> Self {
        Self { status, error_type, message: message.into() }
    }

    fn reply(self) -> Reply {
        // Some of Lambda's errors have a capital letter there, and its clients know which.
        let member = match self.error_type {
            "ResourceNotFoundException" | "ServiceException" | "InvalidRuntimeException" => "Message",
            _ => "message",
        };
        let whose = if self.status < 500 { "User" } else { "Service" };
        let body = json!({ "Type": whose, member: self.message }).to_string();
        let mut reply = Response::new(Full::new(body.into()));
        *reply.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        insert(&mut reply, CONTENT_TYPE.as_str(), "application/json");
        insert(&mut reply, "x-amzn-errortype", self.error_type);
        if self.status == 405 {
            insert(&mut reply, ALLOW.as_str(), "POST");
        }
        reply
    }
}

fn insert(reply: &mut Reply, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
