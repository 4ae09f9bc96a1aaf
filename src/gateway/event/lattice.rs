//! Events of VPC Lattice services, event structure version 2 (V-002).
//!
//! Little of this is documented and nothing recorded: where the facts are silent, an event has
//! what a load balancer's has. Of the headers that front ends write, fixtures show two.

use super::{Call, IamCaller, Unroutable, alb, forwarding, maps};
use crate::http::{Headers, Request};
use serde_json::{Value, json};

/// The event of a call. Every path leads to the function.
pub(in crate::gateway) fn build(call: &Call<'_>) -> Result<Value, Unroutable> {
    let request = call.request;
    let (body, is_base64) = alb::body(request);
    let headers = request.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("connection"));
    let mut headers: Headers = headers.collect();
    forwarding::add_origin(call, &mut headers, &forwarding::LOWER);
    Ok(json!({
        "version": "2.0",
        "path": if request.path.is_empty() { "/" } else { &request.path },
        "method": request.method,
        "headers": maps::all_values(&maps::of_headers(&headers)),
        "queryStringParameters": maps::all_values(&alb::query_lists(request)),
        "body": body,
        "isBase64Encoded": is_base64,
        "requestContext": context(call),
    }))
}

fn context(call: &Call<'_>) -> Value {
    let (api, stamp) = (call.api, call.api.stamp());
    let prefix = format!("arn:{}:vpc-lattice:{}:{}", api.partition(), api.region, api.account);
    json!({
        "serviceNetworkArn": format!("{prefix}:servicenetwork/sn-{}", stamp.hex("service-network", 17)),
        "serviceArn": format!("{prefix}:service/svc-{}", stamp.hex("service", 17)),
        "targetGroupArn": format!("{prefix}:targetgroup/tg-{}", stamp.hex("target-group", 17)),
        "identity": identity(call),
        "region": api.region,
        "timeEpoch": format!("{}", call.stamp.epoch_ms().saturating_mul(1000)), // microseconds
    })
}

fn identity(call: &Call<'_>) -> Value {
    let (api, vpc) = (call.api, call.api.stamp().hex("vpc", 17));
    let source = format!("arn:{}:ec2:{}:{}:vpc/vpc-{vpc}", api.partition(), api.region, api.account);
    let mut identity = json!({ "sourceVpcArn": source });
    if let Some(iam) = IamCaller::of(&call.caller.identity, api, call.stamp) {
        identity["type"] = "AWS_IAM".into();
        if let Some((_, session)) = iam.caller.split_once(':') {
            identity["sessionName"] = session.into();
        }
        identity["principal"] = iam.arn.into();
    }
    identity
}

/// The request that an event describes; the order of headers is lost.
pub(in crate::gateway) fn read(event: &Value) -> Option<Request> {
    let mut request = Request::new(event.get("method")?.as_str()?, event.get("path")?.as_str()?);
    request.query = alb::raw_query(&maps::pairs(event, "queryStringParameters", "queryStringParameters"));
    let own = |name: &str| ["host", "x-forwarded-for"].iter().any(|own| own.eq_ignore_ascii_case(name));
    let headers = maps::pairs(event, "headers", "headers");
    request.headers = headers.into_iter().filter(|(name, _)| !own(name)).collect();
    request.body = super::body_bytes(event)?;
    Some(request)
}
