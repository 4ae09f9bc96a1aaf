//! The door of a WebSocket API: which upgrades are let in, the routes of its moments, how its
//! connections end, and the management API for them, `@connections`.

use super::{Deployment, Method, Refusal};
use crate::gateway::errors::{self, GatewayError};
use crate::gateway::event::websocket as event;
use crate::gateway::respond::Exchange;
use crate::gateway::route::Route;
use crate::gateway::selection::select_route;
use crate::http::encoding::{base64_decode, percent_decode};
use crate::http::{Body, Headers, Request, Response};
use serde_json::Value;
use std::time::Duration;

/// The largest message either way, in bytes (W-027).
pub const MAX_MESSAGE_BYTES: usize = event::MAX_MESSAGE_BYTES;

/// The largest frame, in bytes (W-027).
pub const MAX_FRAME_BYTES: usize = 32 * 1024;

/// How long a connection may be idle (W-027).
pub const IDLE_TIME: Duration = Duration::from_secs(10 * 60);

/// How long a connection may stand (W-027).
pub const LONGEST_CONNECTION: Duration = Duration::from_secs(2 * 60 * 60);

/// How a connection ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// The code (RFC 6455, 7.4); 1005 and 1006 never stand in a frame.
    pub code: u16,
    /// The reason in words; may be empty.
    pub reason: String,
}

impl Close {
    /// The management API closed it: reported from logs of `$disconnect`.
    pub fn deleted() -> Self {
        Self::of(1000, "Connection Closed Normally")
    }

    /// It was idle for too long, or stood for too long; the code is inferred.
    pub fn going_away() -> Self {
        Self::of(1001, "Going away")
    }

    /// The client broke the protocol.
    pub fn protocol() -> Self {
        Self::of(1002, "")
    }

    /// A binary message (W-027).
    pub fn binary() -> Self {
        Self::of(1003, "")
    }

    /// The client closed it without a code; the words are recorded (W-006).
    pub fn no_status() -> Self {
        Self::of(1005, event::NO_STATUS)
    }

    /// It broke off without a close frame; the words are inferred.
    pub fn abnormal() -> Self {
        Self::of(1006, "Connection Closed Abnormally")
    }

    /// A text message that is not UTF-8 (RFC 6455, 8.1).
    pub fn no_text() -> Self {
        Self::of(1007, "")
    }

    /// A message or a frame over the limits (W-027).
    pub fn too_large() -> Self {
        Self::of(1009, "")
    }

    fn of(code: u16, reason: &str) -> Self {
        Self { code, reason: reason.to_owned() }
    }

    /// The payload of its frame, as the event of `$disconnect` is made of it.
    pub fn payload(&self) -> Vec<u8> {
        match self.code {
            1005 => Vec::new(),
            code => [&code.to_be_bytes()[..], self.reason.as_bytes()].concat(),
        }
    }
}

/// A call of the management API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionCall {
    /// `POST`: sends the body to the client.
    Send,
    /// `GET`: tells of the connection.
    Get,
    /// `DELETE`: closes it.
    Delete,
}

/// Where the management API begins below the stage.
const CONNECTIONS: &str = "@connections";

impl Deployment {
    /// The route of `$connect` for an upgrade that keeps the rules; `None` if the API has none, and
    /// everyone is let in.
    ///
    /// # Errors
    /// The answer to what leads elsewhere or is no upgrade (W-026). That paths below the stage are
    /// forbidden is inferred.
    pub fn greet(&self, exchange: &Exchange<'_>) -> Result<Option<&Method>, Box<Refusal>> {
        let request = exchange.request;
        if self.api.locate(&request.path).is_none_or(|located| located.below != "/") {
            let reason = format!("the API is at {}/, not at {}", self.api.prefix(), request.path);
            return Err(Box::new(self.refuse(exchange, &errors::WEBSOCKET_FORBIDDEN, reason)));
        }
        if let Some((error, reason)) = mistake(request) {
            let mut refusal = self.refuse(exchange, error, reason.to_owned());
            if error.status == 426 {
                refusal.response.headers.append("Upgrade", "websocket");
                refusal.response.headers.append("Sec-WebSocket-Version", "13");
            }
            return Err(Box::new(refusal));
        }
        Ok(self.route_of("$connect"))
    }

    /// The route with that key.
    pub fn route_of(&self, key: &str) -> Option<&Method> {
        let route = Route::key(key);
        self.methods.iter().find(|method| method.route == route)
    }

    /// The route that takes a message (W-010); `None` if none does.
    pub fn route_of_message(&self, message: &str) -> Option<&Method> {
        if self.methods.is_empty() {
            return None;
        }
        let route = select_route(&self.api.routes, &self.api.route_selection, message)?;
        self.methods.iter().find(|method| method.route == route)
    }

    /// The id in a path of the management API, as it stands there; `None` if it is another path.
    pub fn connection_path(&self, path: &str) -> Option<String> {
        let below = self.api.locate(path)?.below;
        let (first, id) = below.trim_start_matches('/').split_once('/')?;
        (percent_decode(first) == CONNECTIONS).then(|| percent_decode(id))
    }

    /// What a call of the management API asks for.
    ///
    /// # Errors
    /// The answer to a call without a signature of AWS, of another method, for something that is no
    /// id, or with too large a message (W-026, W-027).
    pub fn connection_call(&self, exchange: &Exchange<'_>, id: &str) -> Result<ConnectionCall, Box<Refusal>> {
        let refuse =
            |error: &'static GatewayError, reason: String| Box::new(refused(exchange, error, reason));
        if let Err(refusal) = self.check_signature(exchange) {
            let reason = "calls of @connections are signed with AWS Signature Version 4".to_owned();
            return Err(refuse(&errors::REST_NO_ROUTE, format!("{reason}; {}", refusal.reason)));
        }
        let call = match exchange.request.method.as_str() {
            "POST" => ConnectionCall::Send,
            "GET" => ConnectionCall::Get,
            "DELETE" => ConnectionCall::Delete,
            other => {
                let reason = format!("@connections knows POST, GET and DELETE, not {other}");
                return Err(refuse(&errors::REST_NO_ROUTE, reason));
            }
        };
        if !is_connection_id(id) {
            let reason = format!("{id:?} is no id of a connection");
            let mut refusal = refuse(&errors::CONNECTION_ID, reason);
            let message = Value::from(format!("{}{id}", errors::CONNECTION_ID.message()));
            refusal.response.body = Body(format!("{{\"message\":{message}}}").into_bytes());
            return Err(refusal);
        }
        let bytes = exchange.request.body.len();
        if call == ConnectionCall::Send && bytes > MAX_MESSAGE_BYTES {
            let reason = format!("the message has {bytes} bytes, more than {MAX_MESSAGE_BYTES}");
            return Err(refuse(&errors::CONNECTION_TOO_LARGE, reason));
        }
        Ok(call)
    }

    /// The answer of the management API where it cannot do what it is asked for.
    pub fn connection_error(
        &self,
        exchange: &Exchange<'_>,
        error: &'static GatewayError,
        reason: impl Into<String>,
    ) -> Refusal {
        refused(exchange, error, reason.into())
    }
}

impl ConnectionCall {
    /// The answer to a call that was done; `told` is what `GET` tells.
    pub fn done(self, exchange: &Exchange<'_>, told: Option<&Value>) -> Response {
        // 204: as the model of the service has it; one test against AWS saw 200 (W-026).
        let status = if self == Self::Delete { 204 } else { 200 };
        let body = told.map(Value::to_string).unwrap_or_default();
        management(exchange, status, body)
    }
}

/// A text as the frames in which a client gets it: none is larger than the limit (W-027).
pub fn frames(text: &str) -> Vec<&[u8]> {
    match text.len() {
        0..=MAX_FRAME_BYTES => vec![text.as_bytes()],
        _ => text.as_bytes().chunks(MAX_FRAME_BYTES).collect(),
    }
}

/// Why a request is no good upgrade (RFC 6455, 4.2.1).
fn mistake(request: &Request) -> Option<(&'static GatewayError, &'static str)> {
    let names = |header: &str, token: &str| {
        let mut tokens = request.headers.all(header).flat_map(|value| value.split(','));
        tokens.any(|own| own.trim().eq_ignore_ascii_case(token))
    };
    let key = |key: &str| base64_decode(key).is_some_and(|bytes| bytes.len() == 16);
    match () {
        () if request.method != "GET"
            || !names("upgrade", "websocket")
            || !names("connection", "upgrade") =>
        {
            Some((&errors::WEBSOCKET_NO_UPGRADE, "the request is no upgrade to WebSocket"))
        }
        () if request.headers.get("sec-websocket-version") != Some("13") => {
            Some((&errors::WEBSOCKET_NO_UPGRADE, "the only version of WebSocket is 13"))
        }
        () if !request.headers.get("sec-websocket-key").is_some_and(key) => {
            Some((&errors::WEBSOCKET_HANDSHAKE, "Sec-WebSocket-Key is not 16 bytes in base64"))
        }
        () => None,
    }
}

/// Whether a text has the form of an id (W-008): URL-safe base64, padded.
fn is_connection_id(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    text.len().is_multiple_of(4) && text.strip_suffix('=').is_some_and(|id| id.bytes().all(is_letter))
}

fn refused(exchange: &Exchange<'_>, error: &'static GatewayError, reason: String) -> Refusal {
    let mut response = management(exchange, error.status, error.body.to_owned());
    if let Some(error_type) = error.error_type {
        response.headers.append("x-amzn-ErrorType", error_type);
    }
    Refusal { response, reason }
}

fn management(exchange: &Exchange<'_>, status: u16, body: String) -> Response {
    let mut headers = Headers::from_iter([("Content-Type", "application/json")]);
    headers.append("x-amzn-RequestId", exchange.stamp.uuid("request"));
    Response { status, headers, body: Body(body.into_bytes()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::door::Integration;
    use crate::gateway::{Api, Domain, Flavor, Moment, Stamp};

    fn deployment(keys: &[&str]) -> Deployment {
        let mut deployment = Deployment::new(Api::new(Flavor::Websocket));
        for key in keys {
            deployment.add(Method::new(Route::key(key), Integration::Function((*key).to_owned())));
        }
        deployment
    }

    fn upgrade(path: &str) -> Request {
        let mut request = Request::new("GET", path);
        request.headers = Headers::from_iter([
            ("Connection", "keep-alive, Upgrade"),
            ("Upgrade", "WebSocket"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ]);
        request
    }

    fn greeted(deployment: &Deployment, request: &Request) -> Result<Option<String>, u16> {
        let stamp = Stamp::default();
        let exchange =
            Exchange { moment: Moment::Connect, ..Exchange::new(&deployment.api, request, &stamp) };
        let greeted = deployment.greet(&exchange).map(|method| method.map(|own| own.route.to_string()));
        greeted.map_err(|refusal| refusal.response.status)
    }

    #[test]
    fn only_good_upgrades_at_the_stage_are_let_in() {
        let guarded = deployment(&["$connect", "join"]);
        let connect = Ok(Some("$connect".to_owned()));
        assert_eq!(greeted(&guarded, &upgrade("/prod")), connect);
        assert_eq!(greeted(&guarded, &upgrade("/prod/")), connect);
        assert_eq!(greeted(&deployment(&["join"]), &upgrade("/prod")), Ok(None));
        assert_eq!(greeted(&guarded, &upgrade("/dev")), Err(403));
        assert_eq!(greeted(&guarded, &upgrade("/prod/rooms")), Err(403));
        let without = |name: &str, value: Option<&str>| {
            let mut request = upgrade("/prod");
            request.headers.remove(name);
            if let Some(value) = value {
                request.headers.append(name, value);
            }
            greeted(&guarded, &request)
        };
        assert_eq!(without("Upgrade", None), Err(426)); // W-026
        assert_eq!(without("Connection", Some("close")), Err(426));
        assert_eq!(without("Sec-WebSocket-Version", Some("8")), Err(426));
        assert_eq!(without("Sec-WebSocket-Key", None), Err(400));
        assert_eq!(without("Sec-WebSocket-Key", Some("c2hvcnQ=")), Err(400));
        let posted = Request { method: "POST".to_owned(), ..upgrade("/prod") };
        assert_eq!(greeted(&guarded, &posted), Err(426));
    }

    #[test]
    fn messages_find_their_routes() {
        let key = |keys: &[&str], message: &str| {
            deployment(keys).route_of_message(message).map(|method| method.route.to_string())
        };
        let join = r#"{"action":"join"}"#;
        assert_eq!(key(&["join", "$default"], join).as_deref(), Some("join"));
        assert_eq!(key(&["$default"], join).as_deref(), Some("$default"));
        assert_eq!(key(&["$connect"], join), None);
        assert_eq!(key(&[], join), None);
    }

    #[test]
    fn the_management_api_is_below_the_stage() {
        let mut own = deployment(&[]);
        let id = |own: &Deployment, path: &str| own.connection_path(path);
        for path in ["/prod/@connections/L0SM9cOFvHcCIhw=", "/prod/%40connections/L0SM9cOFvHcCIhw%3D"] {
            assert_eq!(id(&own, path).as_deref(), Some("L0SM9cOFvHcCIhw="), "{path}");
        }
        for path in ["/@connections/a=", "/dev/@connections/a=", "/prod/connections/a=", "/prod/@connections"]
        {
            assert_eq!(id(&own, path), None, "{path}");
        }
        own.api.domain = Domain::Custom { name: "chat.example.com".to_owned(), base_path: String::new() };
        assert_eq!(id(&own, "/@connections/a%3D").as_deref(), Some("a="));
    }

    #[test]
    fn calls_of_the_management_api_are_checked_in_order() {
        let own = deployment(&[]);
        let stamp = Stamp::default();
        let asked = |method: &str, id: &str, signed: bool, bytes: usize| {
            let mut request = Request::new(method, "/prod/@connections/x");
            if signed {
                let value = "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0";
                request.headers.append("Authorization", value);
            }
            request.body = vec![b'x'; bytes];
            let exchange = Exchange::new(&own.api, &request, &stamp);
            own.connection_call(&exchange, id).map_err(|refusal| {
                let error = refusal.response.headers.get("x-amzn-errortype").unwrap_or_default().to_owned();
                (refusal.response.status, error)
            })
        };
        let refused = |status, name: &str| Err((status, name.to_owned()));
        let id = "L0SM9cOFvHcCIhw=";
        assert_eq!(asked("POST", id, false, 1), refused(403, "MissingAuthenticationTokenException"));
        assert_eq!(asked("PUT", id, true, 1), refused(403, "MissingAuthenticationTokenException"));
        assert_eq!(asked("POST", "a/b", true, 1), refused(400, "BadRequestException"));
        assert_eq!(asked("POST", id, true, MAX_MESSAGE_BYTES + 1), refused(413, "PayloadTooLargeException"));
        assert_eq!(asked("POST", id, true, MAX_MESSAGE_BYTES), Ok(ConnectionCall::Send));
        assert_eq!(asked("DELETE", id, true, 0), Ok(ConnectionCall::Delete));
    }

    #[test]
    fn a_large_text_goes_out_in_frames() {
        assert_eq!(frames("").len(), 1);
        assert_eq!(frames(&"x".repeat(MAX_FRAME_BYTES)).len(), 1);
        let text = "é".repeat(MAX_FRAME_BYTES);
        assert_eq!((frames(&text).len(), frames(&text).concat()), (2, text.into_bytes()));
    }
}
