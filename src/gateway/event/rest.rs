//! Events of REST APIs with a Lambda proxy integration.

use super::maps::{self, Lists};
use super::{Call, IamCaller, Moment, Routed, Unroutable, test_invoke};
use crate::gateway::api::{Domain, Endpoint, Identity};
use crate::http::{Headers, MediaType, Request, encoding, matches_any, query};
use serde_json::{Map, Value, json};

/// Request headers that never reach the event.
const DROPPED: [&str; 12] = [
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Expect",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "WWW-Authenticate",
];

/// Client headers that arrive in this spelling, whatever the client wrote.
const CANONICAL: [&str; 7] = [
    "Authorization",
    "Host",
    "User-Agent",
    "X-Amzn-Trace-Id",
    "X-Forwarded-For",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
];

/// Headers that the gateway writes itself, so that no client's request can be read off them.
const ADDED: [&str; 20] = [
    "Host",
    "X-Amzn-Trace-Id",
    "X-Forwarded-For",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
    "CloudFront-Forwarded-Proto",
    "CloudFront-Is-Desktop-Viewer",
    "CloudFront-Is-Mobile-Viewer",
    "CloudFront-Is-SmartTV-Viewer",
    "CloudFront-Is-Tablet-Viewer",
    "CloudFront-Viewer-ASN",
    "CloudFront-Viewer-Country",
    "X-Amz-Cf-Id",
    "x-amzn-vpc-id",
    "x-amzn-vpce-id",
    "x-amzn-vpce-config",
    "x-amzn-cipher-suite",
    "x-amzn-tls-version",
    "x-amzn-tls-cipher-suite",
    "Content-Length",
];

/// The event of a call; keys in the order in which AWS prints them.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    if call.moment == Moment::TestInvoke {
        return Ok(test_invoke::build(call));
    }
    Ok(event(call, call.route(method(call))?))
}

/// The event of a call that found its route.
pub(super) fn event(call: &Call<'_>, Routed { located, route, parameters }: Routed) -> Value {
    let resource = route.template().unwrap_or("/").to_owned();
    // R-020 on the default name; on a custom one
    let path = if call.api.domain == Domain::ExecuteApi { &located.below } else { &located.requested };
    let headers = headers(call);
    let query = query_pairs(call.request.query.as_deref().unwrap_or_default());
    let body = &call.request.body;
    let binary = !body.is_empty() && is_binary(call);
    json!({
        "resource": resource,
        "path": path,
        "httpMethod": method(call),
        "headers": maps::or_null(maps::last_values(&headers)),
        "multiValueHeaders": maps::or_null(maps::all_values(&headers)),
        "queryStringParameters": maps::or_null(maps::last_values(&query)),
        "multiValueQueryStringParameters": maps::or_null(maps::all_values(&query)),
        // parameters stay percent-encoded
        "pathParameters": maps::or_null(maps::text_pairs(&parameters)),
        "stageVariables": maps::or_null(maps::text_pairs(&call.api.stage_variables)),
        "requestContext": context(call, &resource, &located.requested),
        "body": body_value(body, binary),
        "isBase64Encoded": binary,
    })
}

/// The client's method, unless it asks for another one.
fn method<'c>(call: &Call<'c>) -> &'c str {
    call.request.headers.get("x-http-method-override").unwrap_or(&call.request.method)
}

/// The client's headers as they arrive, and the gateway's own; sorted without case.
fn headers(call: &Call<'_>) -> Lists {
    let kept = call.request.headers.iter().filter(|(name, value)| reaches_event(call, name, value));
    let mut headers: Headers = kept.map(|(name, value)| (canonical(name), value)).collect();
    if call.moment != Moment::TestInvoke {
        add_own_headers(call, &mut headers);
    }
    maps::of_headers(&headers)
}

fn reaches_event(call: &Call<'_>, name: &str, value: &str) -> bool {
    if name.eq_ignore_ascii_case("authorization") {
        //
        let signed = value.trim_start().starts_with("AWS4-HMAC-SHA256")
            || value.trim_start().starts_with("AWS4-ECDSA");
        return !signed && !matches!(call.caller.identity, Identity::Iam { .. });
    }
    !drops(name)
}

/// Whether headers of that name never arrive.
pub(crate) fn drops(name: &str) -> bool {
    DROPPED.iter().any(|dropped| dropped.eq_ignore_ascii_case(name))
}

/// The spelling in which a header of that name arrives.
pub(crate) fn canonical(name: &str) -> &str {
    CANONICAL.into_iter().find(|canonical| canonical.eq_ignore_ascii_case(name)).unwrap_or(name)
}

/// What the gateway adds: R-068 everywhere, R-069 behind CloudFront, R-081 in a VPC.
fn add_own_headers(call: &Call<'_>, headers: &mut Headers) {
    headers.set("Host", call.host());
    if let Some(key) = &call.caller.api_key
        && !headers.contains("x-api-key")
    {
        headers.append("x-api-key", key);
    }
    let mut hops: Vec<String> = headers.all("X-Forwarded-For").map(str::to_owned).collect();
    hops.push(call.caller.source_ip.clone());
    match call.api.endpoint {
        Endpoint::Regional => add_trace(call, headers),
        Endpoint::Private => add_vpc_headers(call, headers), // and no trace id
        Endpoint::Edge => {
            add_trace(call, headers);
            hops.push("198.51.100.71".to_owned()); // the CloudFront node
            add_cloudfront_headers(call, headers);
        }
    }
    headers.set("X-Forwarded-For", hops.join(", "));
    headers.set("X-Forwarded-Port", "443");
    headers.set("X-Forwarded-Proto", "https");
}

/// a root; R-073: the client's stays.
fn add_trace(call: &Call<'_>, headers: &mut Headers) {
    if !headers.contains("X-Amzn-Trace-Id") {
        headers.append("X-Amzn-Trace-Id", call.stamp.trace_root());
    }
}

fn add_vpc_headers(call: &Call<'_>, headers: &mut Headers) {
    headers.set("x-amzn-cipher-suite", "ECDHE-RSA-AES128-GCM-SHA256");
    headers.set("x-amzn-tls-version", "TLSv1.2");
    headers.set("x-amzn-vpc-id", format!("vpc-{}", call.stamp.hex("vpc", 17)));
    headers.set("x-amzn-vpce-config", "1");
    headers.set("x-amzn-vpce-id", format!("vpce-{}", call.stamp.hex("vpce", 17)));
}

fn add_cloudfront_headers(call: &Call<'_>, headers: &mut Headers) {
    headers.set("CloudFront-Forwarded-Proto", "https");
    for (device, is) in [("Desktop", "true"), ("Mobile", "false"), ("SmartTV", "false"), ("Tablet", "false")]
    {
        headers.set(format!("CloudFront-Is-{device}-Viewer"), is);
    }
    headers.set("CloudFront-Viewer-ASN", "64500");
    headers.set("CloudFront-Viewer-Country", "US");
    let via = format!("2.0 {}.cloudfront.net (CloudFront)", call.stamp.hex("via", 32));
    let via = headers.get("Via").map_or_else(|| via.clone(), |before| format!("{before}, {via}"));
    headers.set("Via", via);
    headers.set("X-Amz-Cf-Id", call.stamp.url_safe("cf", 54) + "==");
}

/// The decoded pairs, grouped by name and sorted. A semicolon splits.
fn query_pairs(raw: &str) -> Lists {
    let mut lists = maps::grouped(query::decode(&raw.replace(';', "&")));
    lists.sort();
    lists
}

/// Whether the request's content type is one of the API's binary media types. Parameters do not
/// count (R-133: not recorded).
fn is_binary(call: &Call<'_>) -> bool {
    let content_type = call.request.headers.get("content-type").map(MediaType::parse);
    matches_any(&call.api.binary_media_types, content_type.as_ref().map(MediaType::essence))
}

/// nothing is null; R-130: base64 when binary; R-132: else text, bad bytes replaced.
fn body_value(body: &[u8], binary: bool) -> Value {
    match (body.is_empty(), binary) {
        (true, _) => Value::Null,
        (false, true) => encoding::base64_encode(body).into(),
        (false, false) => String::from_utf8_lossy(body).into(),
    }
}

/// `requestContext`, keys in AWS's order.
fn context(call: &Call<'_>, resource: &str, requested: &str) -> Value {
    let (api, stamp) = (call.api, call.stamp);
    let (domain_name, domain_prefix) = call.domain();
    let mut context = Map::new();
    context.insert("resourceId".to_owned(), resource_id(call, resource).into());
    if let Some(authorizer) = authorizer(call) {
        context.insert("authorizer".to_owned(), authorizer); // absent, not null
    }
    let rest = json!({
        "resourcePath": resource,
        "httpMethod": method(call),
        "extendedRequestId": stamp.extended_request_id(),
        "requestTime": stamp.common_log_time(),
        "path": requested,
        "accountId": api.account,
        "protocol": "HTTP/1.1",
        "stage": api.stage,
        "domainPrefix": domain_prefix,
        "requestTimeEpoch": stamp.epoch_ms(),
        "requestId": stamp.uuid("request"),
        "identity": identity(call),
        "domainName": domain_name,
        "deploymentId": call.api.stamp().lower("deployment", 6),
        "apiId": api.id,
    });
    if let Value::Object(rest) = rest {
        context.extend(rest);
    }
    Value::Object(context)
}

/// Ten characters for the root, six for other resources.
fn resource_id(call: &Call<'_>, resource: &str) -> String {
    call.api.stamp().lower(resource, if resource == "/" { 10 } else { 6 })
}

/// `identity`: ten members are always there, null unless known.
fn identity(call: &Call<'_>) -> Value {
    let iam = IamCaller::of(&call.caller.identity, call.api, call.stamp);
    let iam = |field: fn(&IamCaller) -> &String| iam.as_ref().map(|iam| field(iam).clone());
    let mut identity = json!({
        "cognitoIdentityPoolId": null,
        "accountId": iam(|iam| &iam.account),
        "cognitoIdentityId": null,
        "caller": iam(|iam| &iam.caller),
        "sourceIp": call.caller.source_ip,
        "principalOrgId": null,
        "accessKey": iam(|iam| &iam.access_key),
        "cognitoAuthenticationType": null,
        "cognitoAuthenticationProvider": null,
        "userArn": iam(|iam| &iam.arn),
        "userAgent": call.request.headers.get("user-agent"), // null if there is none
        "user": iam(|iam| &iam.caller),
    });
    if call.api.endpoint == Endpoint::Private {
        identity["vpcId"] = format!("vpc-{}", call.stamp.hex("vpc", 17)).into();
        identity["vpceId"] = format!("vpce-{}", call.stamp.hex("vpce", 17)).into();
    }
    if let Some(key) = &call.caller.api_key {
        identity["apiKey"] = key.as_str().into(); // absent without a key
        identity["apiKeyId"] = call.api.stamp().lower(key, 10).into();
    }
    identity
}

fn authorizer(call: &Call<'_>) -> Option<Value> {
    match &call.caller.identity {
        Identity::Anonymous | Identity::Iam { .. } => None,
        Identity::Lambda { principal, context } => {
            // R-120; R-121: numbers and booleans arrive as text, null stays
            let mut members = Map::from_iter([("principalId".to_owned(), Value::from(principal.as_str()))]);
            members.extend(context.iter().map(|(key, value)| (key.clone(), as_text(value))));
            members.insert("integrationLatency".to_owned(), 0.into());
            Some(Value::Object(members))
        }
        Identity::Claims(claims) => {
            let claims = claims.iter().map(|(name, value)| (name.clone(), claim(call, name, value)));
            Some(json!({ "claims": claims.collect::<Map<_, _>>() }))
        }
    }
}

/// every claim is text; `exp` and `iat` are dates, other times are not.
fn claim(call: &Call<'_>, name: &str, value: &Value) -> Value {
    let text = as_text(value);
    if let ("exp" | "iat", Some(Ok(seconds))) = (name, text.as_str().map(str::parse)) {
        return call.stamp.java_date(seconds).into();
    }
    text
}

pub(super) fn as_text(value: &Value) -> Value {
    match value {
        Value::Null | Value::String(_) => value.clone(),
        other => other.to_string().into(),
    }
}

/// The request that an event describes. The order of headers and the spelling of the query are
/// lost.
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let method = event.get("httpMethod")?.as_str()?;
    let path = event.pointer("/requestContext/path").or_else(|| event.get("path"))?.as_str()?;
    let mut request = Request::new(method, path);
    let query = maps::pairs(event, "multiValueQueryStringParameters", "queryStringParameters");
    if !query.is_empty() {
        request.query = Some(query::encode(query.iter().map(|(k, v)| (k.as_str(), v.as_str()))));
    }
    let headers = maps::pairs(event, "multiValueHeaders", "headers");
    request.headers = headers.into_iter().filter(|(name, value)| !is_own_header(name, value)).collect();
    request.body = super::body_bytes(event)?;
    Some(request)
}

fn is_own_header(name: &str, value: &str) -> bool {
    let is_cloudfront_via = name.eq_ignore_ascii_case("via") && value.contains("cloudfront.net");
    is_cloudfront_via || ADDED.iter().any(|added| added.eq_ignore_ascii_case(name))
}
