//! What a runtime posts: bodies, their trailers and headers, read into answers and errors.

use super::runtime_state::{Answer, AnswerFault, AnswerKind, PAYLOAD_LIMIT, PostedError, STREAM_LIMIT};
use crate::http::encoding::base64_decode;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderMap};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";
const RESPONSE_MODE: &str = "lambda-runtime-function-response-mode";

/// A body of this type has the error and a cause for X-Ray; the caller gets the error alone.
const WITH_CAUSE: &str = "application/vnd.aws.lambda.error.cause+json";

/// Where the bytes of a stream go as they arrive.
pub(super) type Sink = mpsc::Sender<Bytes>;

/// How much of a stream is kept that goes somewhere else, in bytes.
const KEPT_OF_A_STREAM: usize = 1 << 20;

/// Reads the answer with this head to its end. A stream goes into the sink, as fast as that takes it,
/// and of it only the beginning is kept.
///
/// # Errors
/// What is wrong with it, as the runtime is told.
pub(super) async fn take(
    kind: AnswerKind,
    headers: &HeaderMap,
    body: Incoming,
    sink: Option<Sink>,
) -> Result<Answer, AnswerFault> {
    let content_type = header(headers, CONTENT_TYPE.as_str());
    if kind == AnswerKind::Error {
        let (body, _) = collect(body, PAYLOAD_LIMIT).await?;
        let (body, content_type) = match content_type.as_deref() {
            Some(WITH_CAUSE) => without_cause(&body),
            _ => (body, content_type),
        };
        let error = PostedError { error_type: error_type(headers), body: body.clone() };
        return Ok(Answer { kind, body, content_type, streamed: false, error: Some(error) });
    }
    let streamed = match header(headers, RESPONSE_MODE).unwrap_or_default() {
        mode if mode.is_empty() => false,
        mode if mode == "streaming" => true,
        mode => {
            drain(body).await;
            return Err(AnswerFault::BadMode(mode));
        }
    };
    let (body, trailers) = match (streamed, sink) {
        (true, Some(sink)) => pass_on(body, &sink).await?,
        (true, None) => collect(body, STREAM_LIMIT).await?,
        (false, _) => collect(body, PAYLOAD_LIMIT).await?,
    };
    Ok(Answer { kind, body, content_type, streamed, error: stream_error(&trailers) })
}

/// Reads the error that a runtime posts instead of asking for its first event, as far as it arrives.
pub(super) async fn take_init_error(headers: &HeaderMap, body: Incoming) -> PostedError {
    let (body, _) = collect(body, PAYLOAD_LIMIT).await.unwrap_or_default();
    PostedError { error_type: error_type(headers), body }
}

/// Reads what nobody wants to know: a client that is still sending would not read the answer.
pub(super) async fn drain(mut body: Incoming) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// The body, at most `limit` bytes of it, and the trailers. A longer one is read to its end, but
/// not kept.
async fn collect(mut body: Incoming, limit: usize) -> Result<(Bytes, HeaderMap), AnswerFault> {
    let expected = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut fits = expected <= limit;
    let mut bytes = Vec::with_capacity(if fits { expected } else { 0 });
    let mut trailers = HeaderMap::new();
    while let Some(frame) = body.frame().await {
        match frame.map_err(|_| AnswerFault::Truncated)?.into_data() {
            // All in one piece.
            Ok(data) if fits && data.len() == expected => return Ok((data, trailers)),
            Ok(data) if fits && bytes.len() + data.len() <= limit => bytes.extend_from_slice(&data),
            Ok(_) => {
                fits = false;
                bytes = Vec::new();
            }
            Err(frame) => trailers.extend(frame.into_trailers().unwrap_or_default()),
        }
    }
    match fits {
        true => Ok((bytes.into(), trailers)),
        false if limit == STREAM_LIMIT => Err(AnswerFault::StreamTooLarge),
        false => Err(AnswerFault::TooLarge),
    }
}

/// Hands the body on as it arrives, and keeps its beginning. That nobody takes it any more does not
/// concern the runtime.
async fn pass_on(mut body: Incoming, sink: &Sink) -> Result<(Bytes, HeaderMap), AnswerFault> {
    let (mut kept, mut passed, mut trailers) = (Vec::new(), 0, HeaderMap::new());
    while let Some(frame) = body.frame().await {
        match frame.map_err(|_| AnswerFault::Truncated)?.into_data() {
            Ok(data) => {
                passed += data.len();
                let room = KEPT_OF_A_STREAM.saturating_sub(kept.len()).min(data.len());
                kept.extend_from_slice(&data[..room]);
                if passed <= STREAM_LIMIT {
                    sink.send(data).await.ok();
                }
            }
            Err(frame) => trailers.extend(frame.into_trailers().unwrap_or_default()),
        }
    }
    if passed > STREAM_LIMIT { Err(AnswerFault::StreamTooLarge) } else { Ok((kept.into(), trailers)) }
}

/// The error that a streaming runtime reports in trailers, when it fails after the first byte.
fn stream_error(trailers: &HeaderMap) -> Option<PostedError> {
    let error_type = Some(error_type(trailers)).filter(|error_type| !error_type.is_empty())?;
    let body = header(trailers, ERROR_BODY).and_then(|body| base64_decode(&body)).unwrap_or_default();
    Some(PostedError { error_type, body: body.into() })
}

/// What the caller gets of an error that came with its cause, and of which type that is.
fn without_cause(body: &[u8]) -> (Bytes, Option<String>) {
    #[derive(Deserialize, Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Error {
        #[serde(default)]
        error_message: String,
        #[serde(default)]
        error_type: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        stack_trace: Vec<String>,
    }
    let error = serde_json::from_slice::<Error>(body).and_then(|error| serde_json::to_string(&error));
    match error {
        Ok(error) => (escaped(&error).into(), Some("application/json".to_owned())),
        Err(_) => {
            (Bytes::from_static(b"\"Invalid error body\""), Some("application/octet-stream".to_owned()))
        }
    }
}

/// JSON as Lambda writes it: fit to stand in HTML.
pub(super) fn escaped(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn error_type(headers: &HeaderMap) -> String {
    header(headers, ERROR_TYPE).unwrap_or_default()
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
