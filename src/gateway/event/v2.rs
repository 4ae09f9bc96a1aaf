//! Payload format 2.0: what the events of HTTP APIs and of function URLs have in common.

use super::{Call, IamCaller, forwarding, maps};
use crate::http::{Headers, MediaType, Request, encoding, query};
use serde_json::{Map, Value, json};

/// Types whose bodies arrive as text; `text/*` besides (H-023, U-008).
const TEXT: [&str; 4] =
    ["application/json", "application/xml", "application/javascript", "application/graphql"];

/// What one flavour's event says in its own way.
pub(super) struct Own<'o> {
    pub(super) route_key: &'o str,
    pub(super) raw_path: String,
    /// The decoded path of `requestContext.http`.
    pub(super) path: String,
    pub(super) headers: Value,
    pub(super) path_parameters: Option<Value>,
    pub(super) stage_variables: Option<Value>,
    pub(super) account: &'o str,
    pub(super) authorizer: Option<Value>,
    /// The name that is called, and its first label.
    pub(super) domain: (String, String),
    pub(super) request_id: String,
}

/// The event; what is empty is absent, never null (H-002).
pub(super) fn event(call: &Call<'_>, own: Own<'_>) -> Value {
    let raw_query = call.request.query.as_deref().unwrap_or_default();
    let (body, is_base64) = body(call.request);
    let context = context(call, &own);
    let members = [
        ("version", Some("2.0".into())),
        ("routeKey", Some(own.route_key.into())),
        ("rawPath", Some(own.raw_path.into())),
        ("rawQueryString", Some(raw_query.into())), // H-010, U-005: as received
        ("cookies", cookies(&call.request.headers)),
        ("headers", Some(own.headers)),
        ("queryStringParameters", query_map(raw_query)),
        ("requestContext", Some(context)),
        ("body", body),
        ("pathParameters", own.path_parameters),
        ("isBase64Encoded", Some(is_base64.into())),
        ("stageVariables", own.stage_variables),
    ];
    let members = members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(members.collect())
}

/// `requestContext` (H-019, H-020).
fn context(call: &Call<'_>, own: &Own<'_>) -> Value {
    let mut context = json!({ "accountId": own.account, "apiId": call.api.id });
    if let Some(authorizer) = &own.authorizer {
        context["authorizer"] = authorizer.clone();
    }
    let (domain_name, domain_prefix) = &own.domain;
    context["domainName"] = domain_name.as_str().into();
    context["domainPrefix"] = domain_prefix.as_str().into();
    context["http"] = json!({
        "method": call.request.method,
        "path": own.path,
        "protocol": "HTTP/1.1",
        "sourceIp": call.caller.source_ip,
        "userAgent": call.request.headers.get("user-agent").unwrap_or_default(), // H-020: ""
    });
    context["requestId"] = own.request_id.as_str().into();
    context["routeKey"] = own.route_key.into();
    context["stage"] = call.api.stage.as_str().into();
    context["time"] = call.stamp.common_log_time().into();
    context["timeEpoch"] = call.stamp.epoch_ms().into();
    context
}

/// H-014: names in lower case; with the front end's own headers, but without the client's length.
pub(super) fn headers(call: &Call<'_>) -> Headers {
    let dropped = ["connection", "transfer-encoding", "content-length"];
    let kept = call.request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let mut headers: Headers = kept.filter(|(name, _)| !dropped.contains(&name.as_str())).collect();
    forwarding::add(call, &mut headers, &forwarding::LOWER);
    headers
}

/// H-015: equal names joined by a comma without a space.
pub(super) fn joined(headers: &Headers) -> Value {
    let mut joined: Vec<_> =
        headers.grouped().into_iter().map(|(name, values)| (name.to_owned(), values.join(","))).collect();
    joined.sort();
    maps::text_pairs(&joined)
}

/// H-016, U-004: the pieces of all Cookie headers.
fn cookies(headers: &Headers) -> Option<Value> {
    let pieces = headers.all("cookie").flat_map(|line| line.split(';')).map(str::trim);
    let cookies: Vec<_> = pieces.filter(|piece| !piece.is_empty()).collect();
    (!cookies.is_empty()).then(|| cookies.into())
}

/// H-011, H-012, U-005: decoded values, repeated keys joined by a comma in the order of the request.
fn query_map(raw: &str) -> Option<Value> {
    maps::some(maps::text_pairs(&joined_query(raw)))
}

/// The pairs of that map, in the order in which the names first occur.
pub(crate) fn joined_query(raw: &str) -> Vec<(String, String)> {
    let lists = maps::grouped(query::decode(raw));
    lists.into_iter().map(|(name, values)| (name, values.join(","))).collect()
}

/// H-025: nothing for no body; H-023, H-024: text or base64 by the content type alone.
pub(super) fn body(request: &Request) -> (Option<Value>, bool) {
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

/// `authorizer` of a caller whom IAM knows (H-029, U-002).
pub(super) fn iam(call: &Call<'_>) -> Option<Value> {
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

/// `authorizer` of a caller with a token: all its scopes, or null where the route asks for none (H-027).
pub(super) fn jwt(claims: &Map<String, Value>, scopes: Option<&[String]>) -> Value {
    json!({ "claims": text_claims(claims), "scopes": scopes })
}

/// H-026: every claim is text, a list in brackets with spaces, null left out.
fn text_claims(claims: &Map<String, Value>) -> Value {
    let claims = claims.iter().filter_map(|(name, value)| Some((name.clone(), claim(value)?)));
    Value::Object(claims.collect())
}

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

/// The request that an event describes, at that encoded path. The case of header names is lost,
/// and so are the lines of repeated ones (H-014, H-015).
pub(super) fn read(event: &Value, path: String) -> Option<Request> {
    let method = event.pointer("/requestContext/http/method")?.as_str()?;
    let mut request = Request::new(method, path);
    request.query =
        event.get("rawQueryString").and_then(Value::as_str).filter(|raw| !raw.is_empty()).map(str::to_owned);
    for (name, value) in event.get("headers").and_then(Value::as_object).into_iter().flatten() {
        if let (false, Some(value)) = (forwarding::wrote(name) || name == "content-length", value.as_str()) {
            request.headers.append(name, value);
        }
    }
    let cookies = event.get("cookies").and_then(Value::as_array).into_iter().flatten();
    let cookies: Vec<_> = cookies.filter_map(Value::as_str).collect();
    if !cookies.is_empty() && !request.headers.contains("cookie") {
        request.headers.append("cookie", cookies.join("; "));
    }
    request.body = super::body_bytes(event)?;
    Some(request)
}
