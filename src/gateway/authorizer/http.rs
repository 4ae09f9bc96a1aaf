//! Events of the authorizers of HTTP APIs: payload format 2.0 (H-100) and 1.0 (H-101).

use super::Authorized;
use crate::gateway::event::{Unroutable, http_v1};
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

/// H-101: the same for the event of format 1.0, without its maps of many values; as in the
/// documentation's sample empty maps are `{}`.
pub(super) fn v1(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    const LEFT_OUT: [&str; 5] =
        ["version", "multiValueHeaders", "multiValueQueryStringParameters", "body", "isBase64Encoded"];
    let Authorized { call, arn, identity } = *authorized;
    let mut event = Map::from_iter([
        ("version".to_owned(), "1.0".into()),
        ("type".to_owned(), "REQUEST".into()),
        ("methodArn".to_owned(), arn.into()),
    ]);
    if !identity.is_empty() {
        let joined = identity.join(",");
        event.insert("identitySource".to_owned(), joined.as_str().into());
        event.insert("authorizationToken".to_owned(), joined.into());
    }
    if let Value::Object(integration) = http_v1::build(call)? {
        let kept = integration.into_iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str()));
        event.extend(kept.map(|(key, value)| (key, if value.is_null() { json!({}) } else { value })));
    }
    Ok(Value::Object(event))
}
