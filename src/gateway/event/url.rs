//! Events of Lambda function URLs: payload format 2.0 with differences (U-001 to U-008).

use super::{Call, Unroutable, v2};
use crate::gateway::api::Identity;
use crate::http::{Request, encoding};
use serde_json::Value;

/// Headers that only function URLs add (U-006), and what they hold.
const TLS: [(&str, &str); 2] =
    [("x-amzn-tls-cipher-suite", "TLS_AES_128_GCM_SHA256"), ("x-amzn-tls-version", "TLSv1.3")];

/// The event of a call. Every path leads to the function.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    let path = if call.request.path.is_empty() { "/" } else { &call.request.path };
    let signed = matches!(call.caller.identity, Identity::Iam { .. });
    let own = v2::Own {
        route_key: "$default", // U-001
        raw_path: path.to_owned(),
        path: encoding::percent_decode(path), // U-003
        headers: headers(call),
        path_parameters: None,
        stage_variables: None,
        account: if signed { &call.api.account } else { "anonymous" }, // U-002
        authorizer: v2::iam(call),
        // U-007: the URL has no other name, whatever the Host header says
        domain: (call.api.host(), call.api.id.clone()),
        request_id: call.stamp.uuid("request"),
    };
    Ok(v2::event(call, own))
}

/// U-004: the Cookie header stays; U-006: a length only with a body, and what was negotiated.
fn headers(call: &Call<'_>) -> Value {
    let mut headers = v2::headers(call);
    let cookies: Vec<_> = headers.all("cookie").map(str::to_owned).collect();
    if !cookies.is_empty() {
        headers.set("cookie", cookies.join("; "));
    }
    if !call.request.body.is_empty() {
        headers.set("content-length", call.request.body.len().to_string());
    }
    for (name, value) in TLS {
        if !headers.contains(name) {
            headers.append(name, value);
        }
    }
    v2::joined(&headers)
}

/// The request that an event describes.
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let mut request = v2::read(event, event.get("rawPath")?.as_str()?.to_owned())?;
    for (name, _) in TLS {
        request.headers.remove(name);
    }
    Some(request)
}
