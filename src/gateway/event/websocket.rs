//! Events of WebSocket APIs (W-001 to W-008): connect, message, disconnect.

use super::{Call, IamCaller, Moment, Unroutable, maps};
use crate::gateway::api::Identity;
use crate::gateway::errors;
use crate::gateway::selection::select_route;
use crate::http::{Headers, Request, encoding, query};
use serde_json::{Map, Value};

/// The largest message, in bytes (W-027).
pub(in crate::gateway) const MAX_MESSAGE_BYTES: usize = 128 * 1024;

/// The reason of a close frame without a code (W-006).
pub(in crate::gateway) const NO_STATUS: &str = "Client-side close frame status not set";

/// Headers of the upgrade that never reach the function of `$connect`; its authorizer gets them
/// (W-002, W-028).
pub(in crate::gateway) const HANDSHAKE_ONLY: [&str; 3] = ["Connection", "content-length", "Upgrade"];

/// Headers that the gateway or the handshake adds, so that no client's request can be read off
/// them.
const ADDED: [&str; 10] = [
    "Host",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Version",
    "X-Amzn-Trace-Id",
    "X-Forwarded-For",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
    "Connection",
    "Upgrade",
    "Content-Length",
];

/// The event of a moment on a connection.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    match call.moment {
        Moment::Connect => Ok(connect(call)),
        Moment::Disconnect => Ok(disconnect(call)),
        Moment::Message => message(call),
        _ => Err(Unroutable {
            answer: &errors::WEBSOCKET_NO_ROUTE,
            reason: "a WebSocket API has no events of plain requests".to_owned(), // W-026
        }),
    }
}

/// W-002: the upgrade with its headers; the query only when there is one.
fn connect(call: &Call<'_>) -> Value {
    let mut headers = upgrade_headers(call);
    for name in HANDSHAKE_ONLY {
        headers.remove(name);
    }
    let mut event = Map::new();
    put_headers(&headers, &mut event);
    let query = query_lists(call);
    if !query.is_empty() {
        put_query(&query, &mut event);
    }
    put_stage_variables(call, &mut event);
    event.insert("requestContext".to_owned(), context(call, "$connect", "CONNECT"));
    event.insert("isBase64Encoded".to_owned(), false.into());
    Value::Object(event)
}

/// W-003: nothing but the message.
fn message(call: &Call<'_>) -> Result<Value, Unroutable> {
    let unroutable = |answer, reason: &str| Unroutable { answer, reason: reason.to_owned() };
    if call.request.body.len() > MAX_MESSAGE_BYTES {
        return Err(unroutable(&errors::WEBSOCKET_TOO_LARGE, "the message has more than 128 KB"));
    }
    let text = std::str::from_utf8(&call.request.body).map_err(|_| {
        unroutable(&errors::WEBSOCKET_BINARY, "the message is no text, and WebSocket APIs take nothing else")
    })?;
    let route = select_route(&call.api.routes, &call.api.route_selection, text).ok_or_else(|| {
        let reason = "no route has the key of this message, and there is no $default";
        unroutable(&errors::WEBSOCKET_NO_ROUTE, reason) // W-011
    })?;
    let mut event = Map::new();
    put_stage_variables(call, &mut event);
    event.insert("requestContext".to_owned(), context(call, &route.to_string(), "MESSAGE"));
    event.insert("body".to_owned(), text.into());
    event.insert("isBase64Encoded".to_owned(), false.into());
    Ok(Value::Object(event))
}

/// W-004: of the headers little is left.
fn disconnect(call: &Call<'_>) -> Value {
    let mut headers = Headers::new();
    headers.append("Host", call.host());
    for name in ["x-api-key", "X-Forwarded-For", "x-restapi"] {
        headers.append(name, "");
    }
    let mut event = Map::new();
    put_headers(&headers, &mut event);
    put_stage_variables(call, &mut event);
    event.insert("requestContext".to_owned(), context(call, "$disconnect", "DISCONNECT"));
    event.insert("isBase64Encoded".to_owned(), false.into());
    Value::Object(event)
}

/// W-029: one report says that events have the stage's variables; without any there is no key.
fn put_stage_variables(call: &Call<'_>, event: &mut Map<String, Value>) {
    if let Some(variables) = maps::some(maps::text_pairs(&call.api.stage_variables)) {
        event.insert("stageVariables".to_owned(), variables);
    }
}

/// The headers of the upgrade: the client's, what each handshake has, and the gateway's (W-002).
pub(in crate::gateway) fn upgrade_headers(call: &Call<'_>) -> Headers {
    let mut headers = call.request.headers.clone();
    let mut default = |name: &str, value: String| {
        if !headers.contains(name) {
            headers.append(name, value);
        }
    };
    let key = call.stamp.hex("websocket-key", 16);
    default("Sec-WebSocket-Key", encoding::base64_encode(key.as_bytes()));
    default("Sec-WebSocket-Version", "13".to_owned());
    default("Connection", "upgrade".to_owned());
    default("content-length", "0".to_owned());
    default("Upgrade", "websocket".to_owned());
    default("X-Amzn-Trace-Id", call.stamp.trace_root());
    if let Some(key) = &call.caller.api_key {
        default("x-api-key", key.clone());
    }
    headers.set("Host", call.host());
    let mut hops: Vec<String> = headers.all("X-Forwarded-For").map(str::to_owned).collect();
    hops.push(call.caller.source_ip.clone());
    headers.set("X-Forwarded-For", hops.join(", "));
    headers.set("X-Forwarded-Port", "443");
    headers.set("X-Forwarded-Proto", "https");
    headers
}

/// Both maps of headers.
pub(in crate::gateway) fn put_headers(headers: &Headers, event: &mut Map<String, Value>) {
    let lists = maps::of_headers(headers);
    event.insert("headers".to_owned(), maps::last_values(&lists));
    event.insert("multiValueHeaders".to_owned(), maps::all_values(&lists));
}

/// The decoded query, by name.
pub(in crate::gateway) fn query_lists(call: &Call<'_>) -> maps::Lists {
    maps::grouped(query::decode(call.request.query.as_deref().unwrap_or_default()))
}

/// Both maps of the query.
pub(in crate::gateway) fn put_query(query: &maps::Lists, event: &mut Map<String, Value>) {
    event.insert("queryStringParameters".to_owned(), maps::last_values(query));
    event.insert("multiValueQueryStringParameters".to_owned(), maps::all_values(query));
}

/// `requestContext` (W-005, W-006), keys in the order in which AWS prints them.
pub(in crate::gateway) fn context(call: &Call<'_>, route_key: &str, event_type: &str) -> Value {
    let (api, stamp) = (call.api, call.stamp);
    let id = stamp.extended_request_id(); // W-005: both request ids are the same
    let mut context = Map::new();
    let mut put = |key: &str, value: Value| context.insert(key.to_owned(), value);
    put("routeKey", route_key.into());
    if let Some(authorizer) = authorizer(&call.caller.identity) {
        put("authorizer", authorizer);
    }
    if call.moment == Moment::Message {
        put("messageId", (stamp.url_safe("message", 15) + "=").into());
    }
    let close = (call.moment == Moment::Disconnect).then(|| close(&call.request.body));
    if let Some((code, _)) = &close {
        put("disconnectStatusCode", (*code).into());
    }
    put("eventType", event_type.into());
    put("extendedRequestId", id.as_str().into());
    put("requestTime", stamp.common_log_time().into());
    put("messageDirection", "IN".into());
    if let Some((_, reason)) = close {
        put("disconnectReason", reason.into());
    }
    put("stage", api.stage.as_str().into());
    // The connection is opened a moment before the first event of it, and stands for a minute unless
    // it is known when it was opened.
    let age = if call.moment == Moment::Connect { 1 } else { 60_000 };
    put("connectedAt", stamp.connected_ms().unwrap_or(stamp.epoch_ms() - age).into());
    put("requestTimeEpoch", stamp.epoch_ms().into());
    put("identity", identity(call));
    put("requestId", id.into());
    put("domainName", call.domain().0.into());
    put("connectionId", stamp.connection_id().into());
    put("apiId", api.id.as_str().into());
    Value::Object(context)
}

/// Code and reason of a close frame's payload; a frame without gets 1005 and words (W-006).
fn close(payload: &[u8]) -> (u16, String) {
    match payload {
        [high, low, reason @ ..] => {
            (u16::from_be_bytes([*high, *low]), String::from_utf8_lossy(reason).into_owned())
        }
        _ => (1005, NO_STATUS.to_owned()),
    }
}

/// W-007: only what is known.
fn identity(call: &Call<'_>) -> Value {
    let mut identity = Map::new();
    let mut put = |key: &str, value: &str| identity.insert(key.to_owned(), value.into());
    if let Some(iam) = IamCaller::of(&call.caller.identity, call.api, call.stamp) {
        put("accountId", &iam.account);
        put("caller", &iam.caller);
        put("accessKey", &iam.access_key);
        put("userArn", &iam.arn);
        put("user", &iam.caller);
    }
    if let Some(key) = &call.caller.api_key {
        put("apiKey", key);
        put("apiKeyId", &call.stamp.lower(key, 10));
    }
    if let Some(agent) = call.request.headers.get("user-agent") {
        put("userAgent", agent);
    }
    put("sourceIp", &call.caller.source_ip);
    Value::Object(identity)
}

/// W-028: what the authorizer of `$connect` said, as text, in every event of the connection.
fn authorizer(identity: &Identity) -> Option<Value> {
    let Identity::Lambda { principal, context } = identity else { return None };
    let mut members = Map::from_iter([("principalId".to_owned(), Value::from(principal.as_str()))]);
    members.extend(context.iter().map(|(key, value)| (key.clone(), super::rest::as_text(value))));
    members.insert("integrationLatency".to_owned(), 0.into());
    Some(Value::Object(members))
}

/// The request that an event describes: an upgrade, a message or a close frame.
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let context = event.get("requestContext")?;
    let stage = context.get("stage").and_then(Value::as_str).unwrap_or("prod");
    let mut request = Request::new("GET", format!("/{stage}/"));
    match context.get("eventType")?.as_str()? {
        "MESSAGE" => request.body = super::body_bytes(event)?,
        "DISCONNECT" => {
            let code = context.get("disconnectStatusCode").and_then(Value::as_u64).unwrap_or(1005);
            let reason = context.get("disconnectReason").and_then(Value::as_str).unwrap_or_default();
            if let (Ok(code), true) = (u16::try_from(code), code != 1005) {
                request.body = [&code.to_be_bytes()[..], reason.as_bytes()].concat();
            }
        }
        _ => {
            let pairs = maps::pairs(event, "multiValueQueryStringParameters", "queryStringParameters");
            if !pairs.is_empty() {
                let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                request.query = Some(query::encode(pairs));
            }
            let headers = maps::pairs(event, "multiValueHeaders", "headers");
            let is_own = |name: &str| ADDED.iter().any(|added| added.eq_ignore_ascii_case(name));
            request.headers = headers.into_iter().filter(|(name, _)| !is_own(name)).collect();
        }
    }
    Some(request)
}
