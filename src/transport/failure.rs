//! The ways in which an invocation fails: in Lambda's words for the caller, and in plain ones for
//! the person at the terminal.

use super::exit::Exit;
use super::runtime_state::{AnswerFault, PAYLOAD_LIMIT, PostedError, STREAM_LIMIT};
use serde_json::{Value, json};
use std::time::Duration;

/// How an invocation failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The handler raised an error, and the runtime posted it.
    FunctionError {
        /// Its type, as the runtime gave it.
        error_type: String,
        /// Its message; empty if the runtime gave none.
        message: String,
    },
    /// The handler raised an error when the beginning of its stream was sent, and the runtime
    /// reported it behind that.
    StreamFailed {
        /// Its type, as the runtime gave it.
        error_type: String,
        /// Its message; empty if the runtime gave none.
        message: String,
    },
    /// Lambda reports that a function in AWS failed, or an emulator does.
    Reported {
        /// Its type as Lambda names it, or `Unhandled`.
        error_type: String,
        /// Its message; empty if there is none.
        message: String,
    },
    /// The runtime posted that it could not initialise.
    InitError {
        /// Its type, as the runtime gave it.
        error_type: String,
        /// Its message; empty if the runtime gave none.
        message: String,
    },
    /// The process did not ask for an event in time.
    InitTimeout {
        /// How long it had.
        limit: Duration,
        /// The function's own time limit, which Lambda names in the end.
        timeout: Duration,
    },
    /// The process ended before it asked for an event.
    ExitedBeforeNext(Exit),
    /// The process ended without an answer.
    Exited(Exit),
    /// The process answered well and then broke down.
    ExitedAfterAnswer(Exit),
    /// There was no answer in time.
    TimedOut {
        /// The function's time limit.
        limit: Duration,
    },
    /// The answer is larger than Lambda passes on.
    ResponseTooLarge,
    /// The answer is a stream, and larger than Lambda passes on.
    StreamTooLarge,
    /// The runtime answered for another invocation.
    WrongRequestId {
        /// The id of the invocation.
        expected: String,
        /// The id in the path of the answer.
        received: String,
    },
    /// The runtime answered a second time.
    TwoAnswers,
    /// The runtime named a response mode that does not exist.
    BadResponseMode(String),
    /// The answer broke off.
    TruncatedResponse,
}

impl Failure {
    pub(super) fn from_fault(fault: AnswerFault) -> Self {
        match fault {
            AnswerFault::TooLarge => Self::ResponseTooLarge,
            AnswerFault::StreamTooLarge => Self::StreamTooLarge,
            AnswerFault::Truncated => Self::TruncatedResponse,
            AnswerFault::BadMode(mode) => Self::BadResponseMode(mode),
        }
    }

    pub(super) fn function_error(posted: &PostedError) -> Self {
        let (error_type, message) = read_error(posted);
        Self::FunctionError { error_type, message }
    }

    pub(super) fn stream_failed(posted: &PostedError) -> Self {
        let (error_type, message) = read_error(posted);
        Self::StreamFailed { error_type, message }
    }

    pub(super) fn init_error(posted: &PostedError) -> Self {
        let (error_type, message) = read_error(posted);
        Self::InitError { error_type, message }
    }

    /// Whether the caller of a function that streams has the beginning of its answer.
    pub fn is_in_stream(&self) -> bool {
        matches!(self, Self::StreamFailed { .. })
    }

    /// What the payload of an answer with `X-Amz-Function-Error` tells; `handled` is the value of
    /// that field.
    pub fn reported(payload: &[u8], handled: &str) -> Self {
        let body: Value = serde_json::from_slice(payload).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        match text("errorType").unwrap_or_else(|| handled.to_owned()) {
            own if own == Self::ResponseTooLarge.error_type() => Self::ResponseTooLarge,
            error_type => Self::Reported { error_type, message: text("errorMessage").unwrap_or_default() },
        }
    }

    /// The `errorType` that the caller of the function reads.
    pub fn error_type(&self) -> &str {
        match self {
            Self::FunctionError { error_type, .. }
            | Self::StreamFailed { error_type, .. }
            | Self::InitError { error_type, .. }
            | Self::Reported { error_type, .. } => error_type,
            Self::InitTimeout { .. } | Self::TimedOut { .. } => "Sandbox.Timedout",
            Self::ExitedBeforeNext(_) | Self::Exited(_) | Self::ExitedAfterAnswer(_) => "Runtime.ExitError",
            Self::ResponseTooLarge | Self::StreamTooLarge => "Function.ResponseSizeTooLarge",
            Self::WrongRequestId { .. } => "Runtime.InvalidInvokeId",
            Self::TwoAnswers => "Runtime.InvokeResponseWasSent",
            Self::BadResponseMode(_) => "Runtime.InvalidResponseModeHeader",
            Self::TruncatedResponse => "Runtime.TruncatedResponse",
        }
    }

    /// The `errorMessage` that the caller of the function reads.
    pub fn message(&self, request_id: &str) -> String {
        let error = match self {
            Self::FunctionError { message, .. }
            | Self::StreamFailed { message, .. }
            | Self::InitError { message, .. }
            | Self::Reported { message, .. } => return message.clone(),
            Self::ResponseTooLarge => return too_large(PAYLOAD_LIMIT),
            Self::StreamTooLarge => return too_large(STREAM_LIMIT),
            Self::InitTimeout { timeout: limit, .. } | Self::TimedOut { limit } => {
                format!("Task timed out after {:.2} seconds", limit.as_secs_f64())
            }
            Self::ExitedBeforeNext(exit) | Self::Exited(exit) | Self::ExitedAfterAnswer(exit) => {
                exit.lambda_message()
            }
            Self::WrongRequestId { expected, received } => {
                format!("Invalid request ID: expected {expected}, received {received}")
            }
            Self::TwoAnswers => "The runtime answered the invocation twice".to_owned(),
            Self::BadResponseMode(mode) => format!("Invalid function response mode: {mode}"),
            Self::TruncatedResponse => "The response of the runtime was truncated".to_owned(),
        };
        format!("RequestId: {request_id} Error: {error}")
    }

    /// The payload that Lambda makes of the failure where the function left none.
    pub fn payload(&self, request_id: &str) -> Vec<u8> {
        let payload = json!({ "errorType": self.error_type(), "errorMessage": self.message(request_id) });
        payload.to_string().into_bytes()
    }

    /// What happened and what to do about it.
    pub fn explain(&self) -> String {
        match self {
            Self::FunctionError { error_type, message } => format!(
                "The handler failed with {}. Look for the cause in the function's own output above.",
                named(error_type, message)
            ),
            Self::StreamFailed { error_type, message } => format!(
                "The handler failed in the middle of its stream with {}. Look for the cause in the function's own \
                 output above.",
                named(error_type, message)
            ),
            Self::Reported { error_type, message } => reported_words(error_type, message),
            Self::InitError { error_type, message } => format!(
                "The function could not initialise: {}. Nothing was invoked; check the handler's name and \
                 what the function loads at start.",
                named(error_type, message)
            ),
            Self::InitTimeout { limit, .. } => format!(
                "The process did not ask for its first event within {}. Either it is not a Lambda function (it \
                 has to call the Runtime API at AWS_LAMBDA_RUNTIME_API), or --init-timeout is too short for it.",
                seconds(*limit)
            ),
            Self::ExitedBeforeNext(exit) => format!(
                "The process ended ({exit}) before it asked for its first event. Its output above should say \
                 why; a program that is not a Lambda function ends like this too."
            ),
            Self::Exited(exit) => exited_words(*exit),
            Self::ExitedAfterAnswer(exit) => format!(
                "The answer was delivered, but then the process ended ({exit}) instead of asking for the next \
                 event. On Lambda the next request would wait for a new start."
            ),
            Self::TimedOut { limit } => format!(
                "The function did not answer within {}, so it was stopped. Give it more time with --timeout, or \
                 find what it waits for: a connection that cannot be made locally is the usual cause.",
                seconds(*limit)
            ),
            Self::ResponseTooLarge => {
                too_large_words(PAYLOAD_LIMIT, "(6 MB), base64 and JSON escapes included")
            }
            Self::StreamTooLarge => too_large_words(STREAM_LIMIT, "(200 MB)"),
            Self::WrongRequestId { expected, received } => format!(
                "The runtime answered for invocation {received:?}, but {expected:?} was running, so the answer \
                 was refused. Use the id of the Lambda-Runtime-Aws-Request-Id header of this event."
            ),
            Self::TwoAnswers => {
                "The runtime answered the same invocation twice; only the first answer counts. \
                 Answer once, then ask for the next event."
                    .to_owned()
            }
            Self::BadResponseMode(mode) => format!(
                "The runtime sent Lambda-Runtime-Function-Response-Mode: {mode}. The only value is `streaming`; \
                 leave the header out for an ordinary answer."
            ),
            Self::TruncatedResponse => {
                "The answer broke off before its end. Send as many bytes as Content-Length \
                 says, or close a chunked body with an empty chunk."
                    .to_owned()
            }
        }
    }
}

fn too_large(limit: usize) -> String {
    format!("Response payload size exceeded maximum allowed payload size ({limit} bytes).")
}

fn too_large_words(limit: usize, in_words: &str) -> String {
    format!(
        "The answer is larger than Lambda's limit of {limit} bytes {in_words}. Hand out a link to the data \
         instead, or send it in parts."
    )
}

/// What happened to a function that cannot be watched.
fn reported_words(error_type: &str, message: &str) -> String {
    const LOADING: [&str; 5] = [
        "ImportModuleError",
        "HandlerNotFound",
        "MalformedHandlerName",
        "UserCodeSyntax",
        "InvalidEntrypoint",
    ];
    let what = named(error_type, message);
    // Lambda once wrote no type for it.
    if error_type == "Sandbox.Timedout" || message.contains("Task timed out after") {
        return format!(
            "{what}. Give the function more time in its configuration, or find what it waits for: a \
             connection out of a VPC is the usual cause."
        );
    }
    if error_type == "Runtime.OutOfMemory" || message.contains("signal: killed") {
        return format!("{what}. The usual cause is a lack of memory: give the function more.");
    }
    if LOADING.iter().any(|word| error_type.contains(word)) {
        return format!("{what}. Nothing was invoked: check the name of the handler, and what was packed.");
    }
    format!("The function failed with {what}. Its log tells more: --tail shows the end of it.")
}

fn exited_words(exit: Exit) -> String {
    let hint = match exit {
        Exit::Code(0) => "A handler must answer and return, not end the process.",
        Exit::Signal(9) => "Something killed it; on Lambda that is mostly a lack of memory.",
        _ => "Its output above should say why.",
    };
    format!("The process ended ({exit}) before it answered. {hint}")
}

fn seconds(limit: Duration) -> String {
    format!("{:.2} s", limit.as_secs_f64())
}

fn named(error_type: &str, message: &str) -> String {
    let message = message.trim_end();
    if message.is_empty() { error_type.to_owned() } else { format!("{error_type}: {message}") }
}

/// Type and message of a posted error: from its JSON, else the type from its header.
fn read_error(posted: &PostedError) -> (String, String) {
    let body: Value = serde_json::from_slice(&posted.body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let error_type = text("errorType").unwrap_or_else(|| normalised_type(&posted.error_type));
    (error_type, text("errorMessage").unwrap_or_default())
}

/// What Lambda makes of the type in the header: kept if there is a name of its families in it.
fn normalised_type(header: &str) -> String {
    let is_name = |rest: &str| {
        let mut letters = rest.chars();
        letters.next().is_some_and(|first| first.is_ascii_uppercase())
            && letters.next().is_some_and(|second| second.is_ascii_alphabetic())
    };
    let families = ["Runtime.", "Function."];
    let known = families.iter().any(|family| header.split(family).skip(1).any(is_name));
    match known {
        true => header.to_owned(),
        false if header.starts_with("Function.") => "Function.Unknown".to_owned(),
        false => "Runtime.Unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(failure: &Failure) -> String {
        String::from_utf8(failure.payload("id-1")).unwrap()
    }

    #[test]
    fn payloads_are_lambdas_own() {
        let cases = [
            (
                Failure::Exited(Exit::Code(3)),
                r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id-1 Error: Runtime exited with error: exit status 3"}"#,
            ),
            (
                Failure::ExitedBeforeNext(Exit::Code(0)),
                r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id-1 Error: Runtime exited without providing a reason"}"#,
            ),
            (
                Failure::TimedOut { limit: Duration::from_secs(3) },
                r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id-1 Error: Task timed out after 3.00 seconds"}"#,
            ),
            (
                Failure::ResponseTooLarge,
                r#"{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}"#,
            ),
        ];
        for (failure, expected) in cases {
            assert_eq!(payload(&failure), expected);
        }
    }

    #[test]
    fn posted_errors_are_read_as_far_as_they_go() {
        let cases: [(&str, &str, (&str, &str)); 6] = [
            ("", r#"{"errorType":"E","errorMessage":"boom"}"#, ("E", "boom")),
            ("Runtime.Bad", "not json", ("Runtime.Bad", "")),
            ("unhandled", "", ("Runtime.Unknown", "")),
            ("Function.x", "[]", ("Function.Unknown", "")),
            ("my Function.Oops!", "{}", ("my Function.Oops!", "")),
            ("Runtime.X", "null", ("Runtime.Unknown", "")),
        ];
        for (error_type, body, (expected_type, expected_message)) in cases {
            let posted = PostedError { error_type: error_type.to_owned(), body: body.into() };
            let read = read_error(&posted);
            assert_eq!((read.0.as_str(), read.1.as_str()), (expected_type, expected_message), "{error_type}");
        }
    }
}
