//! Events of the authorizers of REST APIs.

use super::Authorized;
use crate::gateway::event::{Call, Unroutable};
use serde_json::{Map, Value, json};

/// three members and nothing else; R-231: the header's whole value.
pub(super) fn token(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    authorized.call.event()?;
    let token = authorized.identity.first();
    Ok(json!({ "type": "TOKEN", "methodArn": authorized.arn, "authorizationToken": token }))
}

/// the proxy event without body; R-233: with empty maps; R-234: with the length.
pub(super) fn request(authorized: &Authorized<'_>) -> Result<Value, Unroutable> {
    let Authorized { call, arn, .. } = *authorized;
    let mut event =
        Map::from_iter([("type".to_owned(), "REQUEST".into()), ("methodArn".to_owned(), arn.into())]);
    let Value::Object(proxy) = call.event()? else { return Ok(Value::Object(event)) };
    let length = content_length(call);
    for (key, value) in proxy {
        let value = match (key.as_str(), value) {
            ("body" | "isBase64Encoded", _) => continue,
            ("headers", headers) => with_member(headers, length.clone().map(Value::from)),
            ("multiValueHeaders", headers) => {
                with_member(headers, length.clone().map(|value| json!([value])))
            }
            (_, Value::Null) => json!({}),
            (_, value) => value,
        };
        event.insert(key, value);
    }
    Ok(Value::Object(event))
}

/// The client's own header; every client sends one with a body.
fn content_length(call: &Call<'_>) -> Option<String> {
    let body = &call.request.body;
    let sent = call.request.headers.get("content-length").map(str::to_owned);
    sent.or_else(|| (!body.is_empty()).then(|| body.len().to_string()))
}

/// Puts the length in its place in the order of names.
fn with_member(headers: Value, length: Option<Value>) -> Value {
    let (Value::Object(members), Some(length)) = (&headers, length) else { return headers };
    let mut fields: Vec<_> = members.clone().into_iter().collect();
    fields.push(("Content-Length".to_owned(), length));
    fields.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    Value::Object(fields.into_iter().collect())
}
