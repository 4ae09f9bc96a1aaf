//! What a function process may do next by the rules of the Runtime API: a plain state machine.
//!
//! It knows no sockets and no clock. The HTTP layer asks it for permission before it takes a
//! body, and the host reads from it how an invocation ended. One machine serves one process for
//! as many invocations as that process answers.

use hyper::body::Bytes;
use std::sync::Arc;

/// The largest event or answer that Lambda passes on, in bytes: 6 MiB and a little.
pub const PAYLOAD_LIMIT: usize = 6_291_556;

/// The largest answer that Lambda passes on as a stream, in bytes: 200 MB.
pub const STREAM_LIMIT: usize = 200 << 20;

/// Where a function process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Started, and has not asked for an event yet.
    Started,
    /// Has said that it could not initialise.
    InitError,
    /// Has asked for an event and waits.
    Ready,
    /// Works on an event.
    Running,
    /// Is sending its result.
    Answering,
    /// Is sending an error.
    AnsweringError,
    /// Has answered, and has not asked for the next event yet.
    Answered,
}

impl Phase {
    /// The name that the Runtime API gives this state in its refusals.
    fn name(self) -> &'static str {
        match self {
            Self::Started => "Started",
            Self::InitError => "InitError",
            Self::Ready => "Ready",
            Self::Running => "Running",
            Self::Answering => "InvocationResponse",
            Self::AnsweringError => "InvocationErrorResponse",
            Self::Answered => "RuntimeResponseSentState",
        }
    }
}

/// An event with what the runtime is told about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// The id of the invocation.
    pub request_id: String,
    /// When the function will be stopped, in milliseconds since 1970.
    pub deadline_ms: u64,
    /// The ARN that was invoked; empty: not told.
    pub invoked_function_arn: String,
    /// The X-Ray trace header; empty: not told.
    pub trace_id: String,
    /// The client context, as JSON.
    pub client_context: Option<String>,
    /// The Cognito identity of the caller, as JSON.
    pub cognito_identity: Option<String>,
    /// The event itself.
    pub body: Bytes,
}

/// Which of the two ways of answering a runtime chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// `…/response`.
    Response,
    /// `…/error`.
    Error,
}

/// An answer that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Result or error.
    pub kind: AnswerKind,
    /// The bytes as posted.
    pub body: Bytes,
    /// The `Content-Type` that the runtime gave.
    pub content_type: Option<String>,
    /// Whether the runtime declared the answer as a stream.
    pub streamed: bool,
    /// The error, if it is one; also the one that a stream reported behind its last byte.
    pub error: Option<PostedError>,
}

/// Why an answer that was begun could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// It is larger than [`PAYLOAD_LIMIT`].
    TooLarge,
    /// It is a stream, and larger than [`STREAM_LIMIT`].
    StreamTooLarge,
    /// It broke off.
    Truncated,
    /// `Lambda-Runtime-Function-Response-Mode` holds this, which is no mode.
    BadMode(String),
}

/// An error that a runtime posted about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostedError {
    /// The type from the `Lambda-Runtime-Function-Error-Type` header, as sent.
    pub error_type: String,
    /// The bytes as posted.
    pub body: Bytes,
}

/// Why the Runtime API refuses a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The id in the path is not that of the current invocation.
    InvalidRequestId,
    /// The call does not fit the state.
    InvalidTransition {
        /// The state the process is in.
        from: Phase,
        /// The state that the call would have led to.
        to: Phase,
    },
    /// The body was not taken.
    Fault(AnswerFault),
}

impl Refusal {
    /// Status, `errorType` and `errorMessage` of the answer to the runtime.
    pub fn answer(&self) -> (u16, &'static str, String) {
        match self {
            Self::InvalidRequestId => (400, "InvalidRequestID", "Invalid request ID".to_owned()),
            Self::InvalidTransition { from, to } => {
                (403, "InvalidStateTransition", transition_message(*from, *to))
            }
            Self::Fault(AnswerFault::TooLarge) => too_large(PAYLOAD_LIMIT),
            Self::Fault(AnswerFault::StreamTooLarge) => too_large(STREAM_LIMIT),
            Self::Fault(AnswerFault::Truncated) => {
                (400, "TruncatedHTTPRequest", "HTTP request detected as truncated".to_owned())
            }
            Self::Fault(AnswerFault::BadMode(_)) => {
                (400, "InvalidFunctionResponseMode", "Invalid function response mode".to_owned())
            }
        }
    }
}

fn too_large(limit: usize) -> (u16, &'static str, String) {
    (413, "RequestEntityTooLarge", format!("Exceeded maximum allowed payload size ({limit} bytes)."))
}

fn transition_message(from: Phase, to: Phase) -> String {
    let (from, to) = (from.name(), to.name());
    format!("State transition from {from} to {to} failed for runtime. Error: State transition is not allowed")
}

/// How an invocation went, as far as the Runtime API saw it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// The answer, or why it could not be taken; `None`: there was none.
    pub answer: Option<Result<Answer, AnswerFault>>,
    /// The first id that the runtime answered with and that was not the invocation's.
    pub wrong_id: Option<String>,
    /// Whether the runtime answered a second time.
    pub answered_twice: bool,
    /// Whether the runtime asked for an event while it still owed an answer.
    pub asked_again: bool,
}

impl Exchange {
    /// Whether nothing better can come: there is an answer, or the runtime answered for a wrong
    /// id and has moved on.
    pub fn is_over(&self) -> bool {
        self.answer.is_some() || (self.wrong_id.is_some() && self.asked_again)
    }
}

/// The state machine; see the module's head.
#[derive(Debug)]
pub struct RuntimeState {
    phase: Phase,
    offered: Option<Arc<Event>>,
    current: Option<Arc<Event>>,
    exchange: Exchange,
    init_error: Option<PostedError>,
}

impl Default for RuntimeState {
    fn default() -> Self {
        Self::new()
    }
}

impl RuntimeState {
    /// A process that was just started.
    pub fn new() -> Self {
        Self {
            phase: Phase::Started,
            offered: None,
            current: None,
            exchange: Exchange::default(),
            init_error: None,
        }
    }

    /// Where the process stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The error that ended the initialisation, once its body has arrived.
    pub fn init_error(&self) -> Option<&PostedError> {
        self.init_error.as_ref()
    }

    /// What the current invocation has come to so far.
    pub fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// Puts an event where the next `next` finds it, and forgets the invocation before.
    pub fn offer(&mut self, event: Event) {
        self.exchange = Exchange::default();
        self.offered = Some(Arc::new(event));
    }

    /// Ends the invocation for the host: hands out what it came to.
    pub fn take_exchange(&mut self) -> Exchange {
        std::mem::take(&mut self.exchange)
    }

    /// A call of `next`: the event, or `None` if the runtime has to wait for one (then ask again).
    ///
    /// # Errors
    /// Refused when the process cannot become ready from here.
    pub fn next_event(&mut self) -> Result<Option<Arc<Event>>, Refusal> {
        match self.phase {
            Phase::Started | Phase::Ready | Phase::Answered => {
                self.phase = Phase::Ready;
                self.current = None;
                Ok(self.deliver())
            }
            Phase::Running => {
                self.exchange.asked_again = true;
                Ok(self.current.clone())
            }
            Phase::InitError | Phase::Answering | Phase::AnsweringError => Err(self.refuse(Phase::Ready)),
        }
    }

    fn deliver(&mut self) -> Option<Arc<Event>> {
        let event = self.offered.take()?;
        self.phase = Phase::Running;
        self.current = Some(Arc::clone(&event));
        Some(event)
    }

    /// The head of an answer: whether its body may follow. The id is judged before the state.
    ///
    /// # Errors
    /// Refused when the id is not that of the current invocation, or that one has an answer.
    pub fn begin_answer(&mut self, kind: AnswerKind, request_id: &str) -> Result<(), Refusal> {
        let Some(current) = &self.current else { return Err(Refusal::InvalidRequestId) };
        if current.request_id != request_id {
            self.exchange.wrong_id.get_or_insert_with(|| request_id.to_owned());
            return Err(Refusal::InvalidRequestId);
        }
        let target = match kind {
            AnswerKind::Response => Phase::Answering,
            AnswerKind::Error => Phase::AnsweringError,
        };
        if self.phase != Phase::Running {
            self.exchange.answered_twice = true;
            return Err(self.refuse(target));
        }
        self.phase = target;
        Ok(())
    }

    /// The body of the answer that was begun.
    ///
    /// After a body that broke off or had a bad mode the process stays where it is: nothing but
    /// its end can follow. After one that was too large it goes on.
    ///
    /// # Errors
    /// The fault, as the refusal that the runtime is told.
    pub fn finish_answer(&mut self, answer: Result<Answer, AnswerFault>) -> Result<(), Refusal> {
        let refusal = answer.as_ref().err().cloned();
        self.exchange.answer = Some(answer);
        if matches!(refusal, None | Some(AnswerFault::TooLarge | AnswerFault::StreamTooLarge)) {
            self.phase = Phase::Answered;
        }
        refusal.map_or(Ok(()), |fault| Err(Refusal::Fault(fault)))
    }

    /// The head of an `init/error`.
    ///
    /// # Errors
    /// Refused once `next` was called.
    pub fn begin_init_error(&mut self) -> Result<(), Refusal> {
        if self.phase != Phase::Started {
            return Err(self.refuse(Phase::InitError));
        }
        self.phase = Phase::InitError;
        Ok(())
    }

    /// The body of the `init/error` that was begun.
    pub fn finish_init_error(&mut self, error: PostedError) {
        self.init_error = Some(error);
    }

    fn refuse(&self, to: Phase) -> Refusal {
        Refusal::InvalidTransition { from: self.phase, to }
    }
}

#[cfg(test)]
mod tests;
