//! Lambda: an invocation of a function, by AWS or by an emulator of it.

use super::error::{AwsError, AwsErrorKind, Call};
use super::function_name::FunctionName;
use super::service::Service;
use super::{Aws, segment};
use crate::http::encoding::base64_decode;
use crate::http::{Request, Response};
use std::time::Duration;

/// What Lambda is to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InvocationType {
    /// Invoke the function, and wait for its answer.
    #[default]
    RequestResponse,
    /// Check that it may be invoked, and invoke nothing.
    DryRun,
    /// Put the event into the function's queue, and do not wait.
    Event,
}

impl InvocationType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::RequestResponse, Self::DryRun, Self::Event];

    /// Its name in Lambda's API.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestResponse => "RequestResponse",
            Self::DryRun => "DryRun",
            Self::Event => "Event",
        }
    }

    /// The largest event in bytes (runtime limits of Lambda: 6 MiB and 100 bytes, and 1 MB in the
    /// queue).
    pub fn max_event_bytes(self) -> usize {
        match self {
            Self::RequestResponse | Self::DryRun => crate::transport::PAYLOAD_LIMIT,
            Self::Event => 1_048_576,
        }
    }
}

/// What Lambda is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvokeCall<'a> {
    /// The function.
    pub function: &'a FunctionName,
    /// What to do with the event.
    pub kind: InvocationType,
    /// Whether to send the end of the log with the answer.
    pub tail: bool,
    /// The client context, in base64.
    pub client_context: Option<String>,
    /// The event, in JSON.
    pub event: Vec<u8>,
}

/// What Lambda answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvokeAnswer {
    /// 200; 202 for events in the queue; 204 when nothing was to be invoked.
    pub status: u16,
    /// What the function returned, or how it failed.
    pub payload: Vec<u8>,
    /// `Unhandled` or `Handled` if the function failed; of a stream, the code of the error.
    pub function_error: Option<String>,
    /// What Lambda tells of the error, where the payload is what a stream held before it.
    pub error_details: Option<String>,
    /// The last 4 KB of the log.
    pub log: Option<String>,
    /// The version that answered, which an alias may choose.
    pub executed_version: Option<String>,
    /// The id of the request, which stands in the log.
    pub request_id: Option<String>,
    /// From the request until the last byte of the answer.
    pub duration: Duration,
}

impl Aws {
    /// Invokes a function. A function that fails is no error: it is an answer.
    ///
    /// What AWS throttles is tried again, as it did not run; what fails in another way is not, as
    /// the function may have run.
    ///
    /// # Errors
    /// When there is no such function, it may not be invoked, or Lambda does not answer.
    pub async fn invoke(&self, call: InvokeCall<'_>) -> Result<InvokeAnswer, AwsError> {
        let about = about(call.function);
        let (response, duration) = self.ask_lambda(call, &about, ("2015-03-31", "invocations")).await?;
        Ok(self.read(response, duration))
    }

    /// Sends a call of an operation, named by the version of the API and the end of its path.
    pub(super) async fn ask_lambda(
        &self,
        call: InvokeCall<'_>,
        about: &str,
        (version, operation): (&str, &str),
    ) -> Result<(Response, Duration), AwsError> {
        let function = segment(&call.function.unqualified);
        let asked = Call {
            service: Service::Lambda,
            action: "lambda:InvokeFunction",
            about,
            path: format!("/{version}/functions/{function}/{operation}"),
            query: call.function.qualifier.iter().map(|own| ("Qualifier", own.clone())).collect(),
        };
        let mut request = Request::new("POST", &asked.path);
        request.headers.append("Content-Type", "application/json");
        request.headers.append("X-Amz-Invocation-Type", call.kind.name());
        if call.tail {
            request.headers.append("X-Amz-Log-Type", "Tail");
        }
        if let Some(context) = call.client_context {
            request.headers.append("X-Amz-Client-Context", context);
        }
        request.body = call.event;
        let throttled = |error: &AwsError| error.kind == AwsErrorKind::Throttled;
        self.send(&asked, &request, throttled).await
    }

    pub(super) fn read(&self, response: Response, duration: Duration) -> InvokeAnswer {
        let field = |name: &str| {
            let value = response.headers.get(name).filter(|value| !value.is_empty());
            value.map(|value| self.access.keys.hidden_in(value))
        };
        let log = response.headers.get("x-amz-log-result").and_then(base64_decode);
        InvokeAnswer {
            status: response.status,
            function_error: field("x-amz-function-error"),
            error_details: None,
            log: log.map(|log| self.access.keys.hidden_in(&String::from_utf8_lossy(&log))),
            executed_version: field("x-amz-executed-version"),
            request_id: field("x-amzn-requestid"),
            payload: response.body.0,
            duration,
        }
    }

    /// Where Lambda is asked: scheme, host and port.
    pub fn lambda_origin(&self) -> String {
        let url = reqwest::Url::parse(&self.access.endpoint(Service::Lambda));
        url.map(|url| url.origin().ascii_serialization()).unwrap_or_default()
    }
}

/// The function of a call, in words.
pub(super) fn about(function: &FunctionName) -> String {
    format!("function {function}")
}
