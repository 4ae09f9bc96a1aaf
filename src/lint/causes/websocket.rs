//! WebSocket APIs: refused upgrades, messages that tell of errors, closed connections.

use super::Sign::{Shown, Status, Words};
use super::{Cause, Told, Who};
use crate::gateway::{Evidence, Flavor, errors};

const LINT_MESSAGE: &str = "apigw lint-response --api websocket --moment message out.json";

/// A cause behind a WebSocket API.
const SOCKET: Cause = Cause { from: Some(Flavor::Websocket), ..Cause::PLAIN };

pub(super) static ALL: &[&Cause] = &[
    &MESSAGE_FAILED,
    &MESSAGE_NO_ROUTE,
    &CONNECT_FAILED,
    &CONNECT_REFUSED,
    &NOT_AN_UPGRADE,
    &GONE,
    &BINARY,
    &TOO_LARGE,
    &NO_CLOSE_STATUS,
];

static MESSAGE_FAILED: Cause = Cause {
    name: "websocket-message-failed",
    title: "the function behind a message's route failed, or returned what cannot be used",
    signs: &[Shown(
        "{\"message\": \"Internal server error\", \"connectionId\": …, \"requestId\": …}",
        |told| told.has_key("connectionId") && says(told, &errors::WEBSOCKET_MALFORMED.message()),
    )],
    means: "The connection stays open, and the client is told in a message. The handler threw, or returned null, unknown keys or no object: even a route without a response wants a result such as {\"statusCode\": 200}.",
    next: &[
        "read the function's log",
        "return {\"statusCode\": 200} from every handler, also of $connect and $disconnect",
    ],
    commands: &[LINT_MESSAGE, "apigw invoke --bin ./bootstrap --event websocket-message"],
    rules: &["AGW105", "AGW123", "AGW125"],
    facts: &["W-023", "W-024"],
    evidence: Evidence::Reported,
    ..SOCKET
};

static MESSAGE_NO_ROUTE: Cause = Cause {
    name: "websocket-no-route",
    title: "no route has the key of this message, and there is no $default",
    signs: &[Shown("{\"message\": \"Forbidden\", \"connectionId\": …, \"requestId\": …}", |told| {
        told.has_key("connectionId") && says(told, &errors::WEBSOCKET_NO_ROUTE.message())
    })],
    means: "In spite of its word it is about the route, not about rights: the route selection expression (usually $request.body.action) gave a key that no route has, or the message is no JSON. The connection stays open.",
    next: &[
        "send the key that the expression reads, or add a $default route",
        "deploy the API: a new route counts only then",
    ],
    commands: &["apigw event gen websocket-message -d '{\"action\": \"join\"}'"],
    facts: &["W-010", "W-011"],
    evidence: Evidence::ReportedOnce,
    ..SOCKET
};

static CONNECT_FAILED: Cause = Cause {
    name: "websocket-connect-failed",
    title: "the function behind $connect failed, so the upgrade is refused",
    signs: &[Words("Unexpected server response: 502")],
    means: "The upgrade waits for the result of $connect. When that function throws, the client gets 502 and no connection.",
    next: &["read the log of the function behind $connect"],
    commands: &["apigw invoke --bin ./bootstrap --event websocket-connect"],
    rules: &["AGW125", "AGW105"],
    facts: &["W-020"],
    evidence: Evidence::ReportedOnce,
    ..SOCKET
};

static CONNECT_REFUSED: Cause = Cause {
    name: "websocket-connect-refused",
    title: "the upgrade is refused by the authorizer, or by the function behind $connect",
    who: Who::Authorizer,
    signs: &[
        Words("Unexpected server response: 401"),
        Words("Unexpected server response: 403"),
        Words("Unexpected server response: 400"),
    ],
    means: "401 and 403 come from the authorizer of $connect, or for want of the identity that it wants; any status but 2xx that the function returns is the answer, too. Browsers cannot set headers on an upgrade, so identity goes into the query or a cookie.",
    next: &[
        "see in the logs of authorizer and function which of them was called",
        "put the stage into the URL: wss://API.execute-api.REGION.amazonaws.com/STAGE",
    ],
    commands: &[
        "apigw lint-response --api authorizer-websocket out.json",
        "apigw lint-response --api websocket --moment connect out.json",
    ],
    rules: &["AGW151"],
    facts: &["W-020", "W-028"],
    ..SOCKET
};

static NOT_AN_UPGRADE: Cause = Cause {
    name: "websocket-not-an-upgrade",
    title: "a plain HTTP request came to a WebSocket API",
    signs: &[Status(426), Words("Upgrade Required")],
    means: "The endpoint takes upgrades to WebSocket only (and calls of the management API below @connections).",
    next: &["connect with wss:// and a WebSocket client"],
    facts: &["W-026"],
    evidence: Evidence::ReportedOnce,
    ..SOCKET
};

static GONE: Cause = Cause {
    name: "websocket-gone",
    title: "the connection that a message was posted to does not exist any more",
    signs: &[Words("GoneException"), Status(410)],
    means: "The client is away, or the id is of another API or stage. $disconnect is best effort, so stored ids outlive their connections; a connection ends after 10 idle minutes, and after 2 hours.",
    next: &[
        "delete the id from your store and go on with the others",
        "percent-encode the id in the path: it ends with =",
    ],
    facts: &["W-008", "W-025", "W-026", "W-027"],
    evidence: Evidence::ReportedOnce,
    ..SOCKET
};

static BINARY: Cause = Cause {
    name: "websocket-binary",
    title: "the connection was closed because the client sent a binary frame",
    signs: &[Status(errors::WEBSOCKET_BINARY.status)],
    means: "WebSocket APIs take text frames only.",
    next: &["send text, for example base64 in JSON"],
    facts: &["W-027"],
    ..SOCKET
};

static TOO_LARGE: Cause = Cause {
    name: "websocket-too-large",
    title: "the connection was closed because a message was too large",
    signs: &[Status(errors::WEBSOCKET_TOO_LARGE.status)],
    means: "A message may have 128 KB, in frames of 32 KB.",
    next: &["split the message, or upload it to S3 and send the key"],
    facts: &["W-027"],
    ..SOCKET
};

static NO_CLOSE_STATUS: Cause = Cause {
    name: "websocket-no-close-status",
    title: "the client closed the connection without saying why",
    who: Who::Gateway,
    signs: &[Status(1005), Words("Client-side close frame status not set")],
    means: "The $disconnect event has the code 1005 when the client's close frame has none. It is the usual end, not an error.",
    next: &["nothing, unless clients should say why they leave: socket.close(1000, reason)"],
    commands: &["apigw event gen websocket-disconnect"],
    facts: &["W-006"],
    evidence: Evidence::Recorded,
    ..SOCKET
};

/// Whether the body is a JSON object with that message.
fn says(told: &Told, message: &str) -> bool {
    told.json().is_some_and(|value| value.get("message").is_some_and(|own| own == message))
}
