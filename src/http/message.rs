//! Requests as they stand on the wire and responses as a caller receives them.

use super::encoding::base64_encode;
use super::headers::Headers;

/// A request as a client puts it on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The verb, as sent: `GET`.
    pub method: String,
    /// The path of the request target, still percent-encoded, with stage or base path.
    pub path: String,
    /// The query as sent, without `?`; `None` when the target has none.
    pub query: Option<String>,
    /// The header fields that the client sent, `Host` included if it is known.
    pub headers: Headers,
    /// The bytes of the body; empty when there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without query, headers and body.
    pub fn new(method: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            query: None,
            headers: Headers::new(),
            body: Vec::new(),
        }
    }

    /// Path and query, as in a request line.
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

/// The bytes of a response body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body(pub Vec<u8>);

impl Body {
    /// The body as text, if it is UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The body for a JSON report: text as it is, other bytes in base64, and which it was.
    pub fn to_report(&self) -> (String, bool) {
        match self.as_text() {
            Some(text) => (text.to_owned(), false),
            None => (base64_encode(&self.0), true),
        }
    }
}

/// A response as the caller receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code. A WebSocket message has none and says 0; a close frame has its own codes,
    /// 1000 and above.
    pub status: u16,
    /// The header fields in the order in which they are sent.
    pub headers: Headers,
    /// The body.
    pub body: Body,
}

impl Response {
    /// A message on a WebSocket connection: neither status nor headers.
    pub fn message(text: impl Into<String>) -> Self {
        Self { status: 0, headers: Headers::new(), body: Body(text.into().into_bytes()) }
    }

    /// Whether this is a message on a WebSocket connection.
    pub fn is_message(&self) -> bool {
        self.status == 0
    }

    /// Status and reason phrase, as in a status line: `404 Not Found`.
    pub fn status_line(&self) -> String {
        match reason_phrase(self.status) {
            Some(reason) => format!("{} {reason}", self.status),
            None => self.status.to_string(),
        }
    }
}

/// The reason phrase that RFC 9110 gives a status.
pub fn reason_phrase(status: u16) -> Option<&'static str> {
    ::http::StatusCode::from_u16(status).ok()?.canonical_reason()
}
