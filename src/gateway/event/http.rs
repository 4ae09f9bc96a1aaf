//! Events of HTTP APIs in payload format 2.0 (H-001 to H-031).

use super::{Call, IamCaller, Routed, Unroutable, text_map};
use crate::gateway::api::{Domain, Identity, Located};
use crate::http::{Headers, MediaType, Request, encoding, query};
use serde_json::{Map, Value, json};

/// Headers that the gateway writes itself (H-017), so that no client's request can be read off
/// them.
const ADDED: [&str; 6] =
    ["content-length", "host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"];

/// Types whose bodies arrive as text; `text/*` besides (H-023).
const TEXT: [&str; 4] =
    ["application/json", "application/xml", "application/javascript", "application/graphql"];

/// The event of a call; what is empty is absent, never null (H-002).
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    let Routed { located, route, parameters } = call.route(&call.request.method)?;
    let route_key = route.to_string();
    let path = encoding::percent_decode(&raw_path(call, &located)); // H-004
    let raw_query = call.request.query.as_deref().unwrap_or_default();
    let (body, is_base64) = body(call.request);
    let mut event = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            event.insert(key.to_owned(), value);
        }
    };
    put("version", Some("2.0".into()));
    put("routeKey", Some(route_key.as_str().into()));
    put("rawPath", Some(path.as_str().into()));
    put("rawQueryString", Some(raw_query.into())); // H-010: as received
    put("cookies", cookies(&call.request.headers));
    put("headers", Some(headers(call)));
    put("queryStringParameters", query_map(raw_query));
    put("requestContext", Some(context(call, &route_key, &path)));
    put("body", body);
    // H-018: parameters are decoded
    let parameters: Vec<_> =
        parameters.iter().map(|(k, v)| (k.as_str(), encoding::percent_decode(v))).collect();
    put("pathParameters", some_map(parameters.iter().map(|(k, v)| (*k, v.as_str()))));
    put("isBase64Encoded", Some(is_base64.into()));
    put("stageVariables", some_map(call.api.stage_variables.iter().map(|(k, v)| (k.as_str(), v.as_str()))));
    Ok(Value::Object(event))
}

/// The path of the event, still encoded. A named stage stands in it (H-007); the mapping key of
/// a custom domain does not (H-008).
fn raw_path(call: &Call<'_>, located: &Located) -> String {
    match (&call.api.domain, call.api.stage.as_str()) {
        (Domain::ExecuteApi, _) => located.requested.clone(),
        (Domain::Custom { .. }, "$default") => located.below.clone(),
        (Domain::Custom { .. }, stage) => format!("/{stage}{}", located.below),
    }
}

fn some_map<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> Option<Value> {
    let mut pairs = pairs.peekable();
    pairs.peek().is_some().then(|| text_map(pairs))
}

/// H-016: the pieces of all Cookie headers; the header itself is taken out.
fn cookies(headers: &Headers) -> Option<Value> {
    let pieces = headers.all("cookie").flat_map(|line| line.split(';')).map(str::trim);
    let cookies: Vec<_> = pieces.filter(|piece| !piece.is_empty()).collect();
    (!cookies.is_empty()).then(|| cookies.into())
}

/// H-014: names in lower case; H-015: equal names joined by a comma without a space.
fn headers(call: &Call<'_>) -> Value {
    let request = call.request;
    let own = ["cookie", "connection", "transfer-encoding"];
    let kept =
        request.headers.iter().filter(|(name, _)| !own.iter().any(|own| own.eq_ignore_ascii_case(name)));
    let mut headers: Headers = kept.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    headers.set("content-length", request.body.len().to_string()); // H-017: "0" too
    headers.set("host", call.host());
    if !headers.contains("x-amzn-trace-id") {
        headers.append("x-amzn-trace-id", call.stamp.trace_root());
    }
    let mut hops: Vec<String> = headers.all("x-forwarded-for").map(str::to_owned).collect();
    hops.push(call.caller.source_ip.clone());
    headers.set("x-forwarded-for", hops.join(", "));
    headers.set("x-forwarded-port", "443");
    headers.set("x-forwarded-proto", "https");
    let mut joined: Vec<_> =
        headers.grouped().into_iter().map(|(name, values)| (name.to_owned(), values.join(","))).collect();
    joined.sort();
    text_map(joined.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// H-011, H-012: decoded values, repeated keys joined by a comma in the order of the request.
fn query_map(raw: &str) -> Option<Value> {
    let joined = joined_query(raw);
    some_map(joined.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The pairs of that map, in the order in which the names first occur.
pub(crate) fn joined_query(raw: &str) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::new();
    for (name, value) in query::decode(raw) {
        match joined.iter_mut().find(|(own, _)| *own == name) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(&value);
            }
            None => joined.push((name, value)),
        }
    }
    joined
}

/// H-025: nothing for no body; H-023, H-024: text or base64 by the content type alone.
fn body(request: &Request) -> (Option<Value>, bool) {
    if request.body.is_empty() {
        return (None, false);
    }
    if arrives_as_text(request.headers.get("content-type")) {
        return (Some(String::from_utf8_lossy(&request.body).into()), false);
    }
    (Some(encoding::base64_encode(&request.body).into()), true)
}

/// Whether a body of that content type arrives as text.
pub(crate) fn arrives_as_text(content_type: Option<&str>) -> bool {
    let Some(media_type) = content_type.map(MediaType::parse) else { return false };
    let is_text = media_type.essence().starts_with("text/") || TEXT.contains(&media_type.essence());
    is_text && media_type.charset().is_none_or(|charset| charset == "utf-8")
}

/// `requestContext` (H-019, H-020).
fn context(call: &Call<'_>, route_key: &str, path: &str) -> Value {
    let (api, stamp) = (call.api, call.stamp);
    let (domain_name, domain_prefix) = call.domain();
    let mut context = json!({ "accountId": api.account, "apiId": api.id });
    if let Some(authorizer) = authorizer(call) {
        context["authorizer"] = authorizer;
    }
    context["domainName"] = domain_name.into();
    context["domainPrefix"] = domain_prefix.into();
    context["http"] = json!({
        "method": call.request.method,
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": call.caller.source_ip,
        "userAgent": call.request.headers.get("user-agent").unwrap_or_default(), // H-020: ""
    });
    context["requestId"] = stamp.short_request_id().into();
    context["routeKey"] = route_key.into();
    context["stage"] = api.stage.as_str().into();
    context["time"] = stamp.common_log_time().into();
    context["timeEpoch"] = stamp.epoch_ms().into();
    context
}

fn authorizer(call: &Call<'_>) -> Option<Value> {
    match &call.caller.identity {
        Identity::Anonymous => None,
        Identity::Lambda { context, .. } => {
            // H-028: explicit null without a context; values keep their type
            let context = if context.is_empty() { Value::Null } else { Value::Object(context.clone()) };
            Some(json!({ "lambda": context }))
        }
        Identity::Claims(claims) => {
            let claims = claims.iter().filter_map(|(name, value)| Some((name.clone(), claim(value)?)));
            let claims: Map<_, _> = claims.collect();
            Some(json!({ "jwt": { "claims": claims, "scopes": null } })) // H-027
        }
        Identity::Iam { .. } => {
            let iam = IamCaller::of(&call.caller.identity, call.api, call.stamp)?;
            Some(json!({ "iam": {
                "accessKey": iam.access_key,
                "accountId": iam.account,
                "callerId": iam.caller,
                "cognitoIdentity": null, // H-029: explicit nulls
                "principalOrgId": null,
                "userArn": iam.arn,
                "userId": iam.caller,
            }}))
        }
    }
}

/// H-026: every claim is text, a list in brackets with spaces, null left out.
fn claim(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(_) => Some(value.clone()),
        Value::Array(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect();
            Some(format!("[{}]", items.join(" ")).into())
        }
        other => Some(other.to_string().into()),
    }
}

/// The request that an event describes. Which characters of the path were encoded is lost, and so
/// are the case of header names and the lines of repeated ones (H-004, H-014, H-015).
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let method = event.pointer("/requestContext/http/method")?.as_str()?;
    let path = event.get("rawPath")?.as_str()?;
    let mut request = Request::new(method, encoding::percent_encode_path(path));
    request.query =
        event.get("rawQueryString").and_then(Value::as_str).filter(|raw| !raw.is_empty()).map(str::to_owned);
    for (name, value) in event.get("headers").and_then(Value::as_object).into_iter().flatten() {
        if let (false, Some(value)) = (ADDED.contains(&name.as_str()), value.as_str()) {
            request.headers.append(name, value);
        }
    }
    let cookies = event.get("cookies").and_then(Value::as_array).into_iter().flatten();
    let cookies: Vec<_> = cookies.filter_map(Value::as_str).collect();
    if !cookies.is_empty() {
        request.headers.append("cookie", cookies.join("; "));
    }
    request.body = super::body_bytes(event)?;
    Some(request)
}
