//! Events of the authorizers of HTTP APIs: payload format 2.0 (H-100) and 1.0 (H-101).

use super::Authorized;
use crate::gateway::event::{Call, Unroutable};
use crate::http::encoding;
use serde_json::{Map, Value, json};

/// H-100: the integration's event without body, and what the authorizer is about before it.
pub(super) fn v2(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    let Authorized { call, arn, identity } = *authorized;
    let mut event = Map::from_iter([
        ("version".to_owned(), "2.0".into()),
        ("type".to_owned(), "REQUEST".into()),
        ("routeArn".to_owned(), arn.into()),
    ]);
    if !identity.is_empty() {
        event.insert("identitySource".to_owned(), identity.into());
    }
    if let Value::Object(integration) = call.event()? {
        let kept = |key: &str| !["version", "body", "isBase64Encoded"].contains(&key);
        event.extend(integration.into_iter().filter(|(key, _)| kept(key)));
    }
    Ok(Value::Object(event))
}

/// H-101, after the documentation's sample: no map of many values, and empty maps are `{}`.
pub(super) fn v1(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    let Authorized { call, arn, identity } = *authorized;
    let v2 = call.event()?;
    let identity = identity.join(",");
    let path = call.request.path.as_str();
    let map = |key: &str| v2.get(key).cloned().unwrap_or_else(|| json!({}));
    let mut event = json!({
        "version": "1.0",
        "type": "REQUEST",
        "methodArn": arn,
        "identitySource": identity,
        "authorizationToken": identity,
        "resource": resource(&v2),
        "path": if path.is_empty() { "/" } else { path }, // H-041: encoded
        "httpMethod": call.request.method,
        "headers": capitalized(&v2),
        "queryStringParameters": last_values(call),
        "pathParameters": map("pathParameters"),
        "stageVariables": map("stageVariables"),
        "requestContext": context(call, &v2),
    });
    if identity.is_empty()
        && let Some(members) = event.as_object_mut()
    {
        members.retain(|key, _| key != "identitySource" && key != "authorizationToken");
    }
    Ok(event)
}

/// H-043: the route's path template; for `$default` there is no better name.
fn resource(v2: &Value) -> &str {
    let key = v2.get("routeKey").and_then(Value::as_str).unwrap_or_default();
    key.split_once(' ').map_or(key, |(_, template)| template)
}

/// H-047: the gateway's own headers with capitals; the Cookie header is back (H-046).
fn capitalized(v2: &Value) -> Value {
    let mut headers = Map::new();
    for (name, value) in v2.get("headers").and_then(Value::as_object).into_iter().flatten() {
        headers.insert(crate::gateway::respond::capitalized(name), value.clone());
    }
    if let Some(cookies) = v2.get("cookies").and_then(Value::as_array) {
        let cookies: Vec<_> = cookies.iter().filter_map(Value::as_str).collect();
        headers.insert("Cookie".to_owned(), cookies.join("; ").into());
    }
    Value::Object(headers)
}

/// H-045: of equal keys the last one counts.
fn last_values(call: &Call<'_>) -> Value {
    let pairs = crate::http::query::decode(call.request.query.as_deref().unwrap_or_default());
    Value::Object(pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect())
}

/// `requestContext` in format 1.0 (H-041 to H-044, H-050).
fn context(call: &Call<'_>, v2: &Value) -> Value {
    let (api, id) = (call.api, call.stamp.short_request_id());
    let at = |pointer: &str| v2.pointer(pointer).cloned().unwrap_or_default();
    json!({
        "accountId": api.account,
        "apiId": api.id,
        "domainName": at("/requestContext/domainName"),
        "domainPrefix": at("/requestContext/domainPrefix"),
        "extendedRequestId": id,
        "httpMethod": call.request.method,
        "identity": {
            "accessKey": null,
            "accountId": null,
            "caller": null,
            "cognitoAuthenticationProvider": null,
            "cognitoAuthenticationType": null,
            "cognitoIdentityId": null,
            "cognitoIdentityPoolId": null,
            "principalOrgId": null,
            "sourceIp": call.caller.source_ip,
            "user": null,
            "userAgent": at("/requestContext/http/userAgent"),
            "userArn": null,
        },
        "path": encoding::percent_decode(&call.request.path),
        "protocol": "HTTP/1.1",
        "requestId": id,
        "requestTime": call.stamp.common_log_time(),
        "requestTimeEpoch": call.stamp.epoch_ms(),
        "resourceId": v2.get("routeKey"),
        "resourcePath": resource(v2),
        "stage": api.stage,
    })
}
