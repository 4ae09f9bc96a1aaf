//! Events of HTTP APIs in payload format 2.0 (H-001 to H-031).

use super::{Call, Routed, Unroutable, maps, v2};
use crate::gateway::api::{Domain, Identity, Located};
use crate::http::{Request, encoding};
use serde_json::{Value, json};

/// The event of a call.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    let Routed { located, route, parameters } = call.route(&call.request.method)?;
    let path = encoding::percent_decode(&raw_path(call, &located)); // H-004
    let mut headers = v2::headers(call);
    headers.remove("cookie"); // H-016
    headers.set("content-length", call.request.body.len().to_string()); // H-017: "0" too
    let own = v2::Own {
        route_key: &route.to_string(),
        raw_path: path.clone(),
        path,
        headers: v2::joined(&headers),
        path_parameters: maps::some(maps::decoded(&parameters)), // H-018
        stage_variables: maps::some(maps::text_pairs(&call.api.stage_variables)),
        account: &call.api.account,
        authorizer: authorizer(call),
        domain: call.domain(),
        request_id: call.stamp.short_request_id(),
    };
    Ok(v2::event(call, own))
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

fn authorizer(call: &Call<'_>) -> Option<Value> {
    match &call.caller.identity {
        Identity::Anonymous => None,
        Identity::Lambda { context, .. } => {
            // H-028: explicit null without a context; values keep their type
            let context = if context.is_empty() { Value::Null } else { Value::Object(context.clone()) };
            Some(json!({ "lambda": context }))
        }
        Identity::Claims(claims) => Some(json!({ "jwt": v2::jwt(claims, call.caller.scopes.as_deref()) })),
        Identity::Iam { .. } => v2::iam(call),
    }
}

/// The request that an event describes. Which characters of the path were encoded is lost (H-004).
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let path = event.get("rawPath")?.as_str()?;
    v2::read(event, encoding::percent_encode_path(path))
}
