//! Events of HTTP APIs in payload format 1.0 (H-040 to H-052).

use super::{Call, IamCaller, Routed, Unroutable, forwarding, maps, v2};
use crate::gateway::api::Identity;
use crate::http::{Headers, Request, encoding, query};
use serde_json::{Map, Value, json};

/// The event of a call; keys in the order of the documentation's sample.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    let Routed { located, route, parameters } = call.route(&call.request.method)?;
    // H-043: the route's template; what `$default` gives is not known
    let resource = route.template().unwrap_or("$default");
    let headers = maps::of_headers(&headers(call));
    let query = maps::grouped(query::decode(call.request.query.as_deref().unwrap_or_default()));
    let (body, is_base64) = v2::body(call.request); // H-052
    Ok(json!({
        "version": "1.0", // H-040
        "resource": resource,
        "path": located.requested, // H-041: encoded; H-042: with the stage
        "httpMethod": call.request.method,
        "headers": maps::last_values(&headers), // H-045
        "multiValueHeaders": maps::all_values(&headers),
        // H-049: null for nothing
        "queryStringParameters": maps::or_null(maps::last_values(&query)),
        "multiValueQueryStringParameters": maps::or_null(maps::all_values(&query)),
        "requestContext": context(call, resource, &route.to_string(), &located.requested),
        "pathParameters": maps::or_null(maps::decoded(&parameters)), // H-041
        "stageVariables": maps::or_null(maps::text_pairs(&call.api.stage_variables)),
        "body": body,
        "isBase64Encoded": is_base64,
    }))
}

/// H-046: cookies stay; H-047: the client's spelling, and the gateway's own; H-048: a length, "0"
/// too.
fn headers(call: &Call<'_>) -> Headers {
    let dropped = ["connection", "transfer-encoding"];
    let kept = call
        .request
        .headers
        .iter()
        .filter(|(name, _)| !dropped.iter().any(|own| own.eq_ignore_ascii_case(name)));
    let mut headers: Headers = kept.collect();
    headers.set("Content-Length", call.request.body.len().to_string());
    forwarding::add(call, &mut headers, &forwarding::TITLE);
    headers
}

/// `requestContext`, keys in the order of the documentation's sample.
fn context(call: &Call<'_>, resource: &str, route_key: &str, path: &str) -> Value {
    let (api, stamp) = (call.api, call.stamp);
    let (domain_name, domain_prefix) = call.domain();
    let mut context = json!({ "accountId": api.account, "apiId": api.id });
    if let Some(authorizer) = authorizer(call) {
        context["authorizer"] = authorizer;
    }
    let rest = json!({
        "domainName": domain_name,
        "domainPrefix": domain_prefix,
        "extendedRequestId": stamp.short_request_id(), // H-044: twice the same
        "httpMethod": call.request.method,
        "identity": identity(call),
        "path": encoding::percent_decode(path), // H-041
        "protocol": "HTTP/1.1",
        "requestId": stamp.short_request_id(),
        "requestTime": stamp.common_log_time(),
        "requestTimeEpoch": stamp.epoch_ms(),
        "resourceId": route_key, // H-043
        "resourcePath": resource,
        "stage": api.stage,
    });
    for (key, value) in rest.as_object().into_iter().flatten() {
        context[key.as_str()] = value.clone();
    }
    context
}

/// H-050: twelve members, null unless known, and no API keys.
fn identity(call: &Call<'_>) -> Value {
    let iam = IamCaller::of(&call.caller.identity, call.api, call.stamp);
    let iam = |field: fn(&IamCaller) -> &String| iam.as_ref().map(|iam| field(iam).clone());
    json!({
        "accessKey": iam(|iam| &iam.access_key),
        "accountId": iam(|iam| &iam.account),
        "caller": iam(|iam| &iam.caller),
        "cognitoAuthenticationProvider": null,
        "cognitoAuthenticationType": null,
        "cognitoIdentityId": null,
        "cognitoIdentityPoolId": null,
        "principalOrgId": null,
        "sourceIp": call.caller.source_ip,
        "user": iam(|iam| &iam.caller),
        "userAgent": call.request.headers.get("user-agent").unwrap_or_default(), // H-050: ""
        "userArn": iam(|iam| &iam.arn),
    })
}

/// H-051: nothing without an authorizer, where the sources disagree. With one, the members of
/// format 2.0 one level up; nobody has recorded it.
fn authorizer(call: &Call<'_>) -> Option<Value> {
    match &call.caller.identity {
        Identity::Anonymous | Identity::Iam { .. } => None,
        Identity::Claims(claims) => Some(v2::jwt(claims, call.caller.scopes.as_deref())),
        Identity::Lambda { principal, context } => {
            let mut members = Map::from_iter([("principalId".to_owned(), Value::from(principal.as_str()))]);
            members.extend(context.clone());
            Some(Value::Object(members))
        }
    }
}

/// The request that an event describes. The order of headers and the spelling of the query are
/// lost.
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let method = event.get("httpMethod")?.as_str()?;
    let mut request = Request::new(method, event.get("path")?.as_str()?);
    let query = maps::pairs(event, "multiValueQueryStringParameters", "queryStringParameters");
    if !query.is_empty() {
        request.query = Some(query::encode(query.iter().map(|(k, v)| (k.as_str(), v.as_str()))));
    }
    let own = |name: &str| forwarding::wrote(name) || name.eq_ignore_ascii_case("content-length");
    let headers = maps::pairs(event, "multiValueHeaders", "headers");
    request.headers = headers.into_iter().filter(|(name, _)| !own(name)).collect();
    request.body = super::body_bytes(event)?;
    Some(request)
}
