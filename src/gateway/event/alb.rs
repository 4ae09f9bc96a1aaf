//! Events of Application Load Balancers (L-001 to L-008), with single-value or multi-value headers.

use super::maps::{self, Lists};
use super::{Call, Moment, Unroutable, forwarding};
use crate::gateway::Api;
use crate::http::{Headers, MediaType, Request, encoding};
use serde_json::{Value, json};

/// Types whose bodies arrive as text; `text/*` besides (L-006).
const TEXT: [&str; 3] = ["application/json", "application/javascript", "application/xml"];

/// The event for a target group with single-value headers. Every path leads to the function.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    Ok(event(call, ["queryStringParameters", "headers"], maps::last_values)) // L-003
}

/// The event for a target group with multi-value headers.
pub(in crate::gateway) fn build_multi(call: &Call<'_>) -> Result<Value, Unroutable> {
    Ok(event(call, ["multiValueQueryStringParameters", "multiValueHeaders"], maps::all_values))
}

/// L-001: one kind of map, never both; L-005: body and query are always there.
fn event(call: &Call<'_>, [query_key, headers_key]: [&str; 2], map: fn(&Lists) -> Value) -> Value {
    let request = call.request;
    let (body, is_base64) = body(request);
    json!({
        "requestContext": { "elb": { "targetGroupArn": target_group(call.api) } },
        "httpMethod": request.method,
        "path": if request.path.is_empty() { "/" } else { &request.path }, // L-002: not decoded
        query_key: map(&query_lists(request)),
        headers_key: map(&maps::of_headers(&headers(call))),
        "body": body,
        "isBase64Encoded": is_base64,
    })
}

fn target_group(api: &Api) -> String {
    let (partition, region, account, name) = (api.partition(), &api.region, &api.account, &api.id);
    let unique = api.stamp().hex("target-group", 16);
    format!("arn:{partition}:elasticloadbalancing:{region}:{account}:targetgroup/{name}/{unique}")
}

/// L-002: keys and values exactly as sent.
pub(super) fn query_lists(request: &Request) -> Lists {
    let raw = request.query.as_deref().unwrap_or_default();
    let pieces = raw.split('&').filter(|piece| !piece.is_empty());
    maps::grouped(pieces.map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        (name.to_owned(), value.to_owned())
    }))
}

/// L-004: names in lower case, cookies untouched; L-008: a health check has one header only.
fn headers(call: &Call<'_>) -> Headers {
    if call.moment == Moment::HealthCheck {
        return Headers::from_iter([("user-agent", "ELB-HealthChecker/2.0")]);
    }
    let request = call.request;
    let dropped = ["connection", "transfer-encoding", "content-length"];
    let kept = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let mut headers: Headers = kept.filter(|(name, _)| !dropped.contains(&name.as_str())).collect();
    if !request.body.is_empty() {
        headers.append("content-length", request.body.len().to_string());
    }
    forwarding::add(call, &mut headers, &forwarding::LOWER);
    headers
}

/// L-005, L-006. Whether an empty body is called base64 differs among recordings (L-007): here it
/// is not, as in health checks and with curl.
pub(super) fn body(request: &Request) -> (String, bool) {
    if request.body.is_empty() {
        return (String::new(), false);
    }
    let content_type = request.headers.all("content-type").last().map(MediaType::parse);
    let is_text = content_type.is_some_and(|media_type| {
        media_type.essence().starts_with("text/") || TEXT.contains(&media_type.essence())
    });
    if is_text && !request.headers.contains("content-encoding") {
        return (String::from_utf8_lossy(&request.body).into_owned(), false);
    }
    (encoding::base64_encode(&request.body), true)
}

/// The request that an event with single-value headers describes; all but the last of equal
/// names are lost (L-003).
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    read_maps(event, ["queryStringParameters", "headers"])
}

/// The request that an event with multi-value headers describes.
pub(in crate::gateway) fn read_multi(event: &Value) -> Option<Request> {
    read_maps(event, ["multiValueQueryStringParameters", "multiValueHeaders"])
}

fn read_maps(event: &Value, [query_key, headers_key]: [&str; 2]) -> Option<Request> {
    let mut request = Request::new(event.get("httpMethod")?.as_str()?, event.get("path")?.as_str()?);
    request.query = raw_query(&maps::pairs(event, query_key, query_key));
    request.headers = client_headers(maps::pairs(event, headers_key, headers_key));
    request.body = super::body_bytes(event)?;
    Some(request)
}

/// A query of pairs that were never decoded.
pub(super) fn raw_query(pairs: &[(String, String)]) -> Option<String> {
    let pieces: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!pieces.is_empty()).then(|| pieces.join("&"))
}

/// The headers without those that the front end wrote.
pub(super) fn client_headers(pairs: Vec<(String, String)>) -> Headers {
    let own = |name: &str| forwarding::wrote(name) || name.eq_ignore_ascii_case("content-length");
    pairs.into_iter().filter(|(name, _)| !own(name)).collect()
}
