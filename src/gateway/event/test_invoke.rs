//! Events of a test: the console's "Test" button, and `TestInvokeMethod`.

use super::{Call, IamCaller, Routed, rest};
use crate::gateway::api::{Api, Domain, Identity};
use crate::gateway::route::Route;
use serde_json::{Value, json};

/// The stage that a test presents (R-220, P-013).
pub const STAGE: &str = "test-invoke-stage";
const DOMAIN: &str = "testPrefix.testDomainName";

/// a stage and a name of their own; the stage is no part of the path.
pub(super) fn seen_by(api: Api) -> Api {
    let domain = Domain::Custom { name: DOMAIN.to_owned(), base_path: String::new() };
    Api { stage: STAGE.to_owned(), domain, ..api }
}

/// The event of a test. A path that fits no route is accepted.
pub(super) fn build(call: &Call<'_>) -> Value {
    let api = seen_by(call.api.clone());
    let call = Call { api: &api, ..*call };
    let routed = call.route(&call.request.method).unwrap_or_else(|_| misfit(&call));
    let mut event = rest::event(&call, routed);
    let identity = identity(&call);
    if let Some(context) = event["requestContext"].as_object_mut() {
        context.shift_remove("deploymentId");
        context.shift_remove("authorizer"); // it does not run
        context.insert("domainName".to_owned(), DOMAIN.into()); // whatever the Host header says
        context.insert("domainPrefix".to_owned(), DOMAIN.split('.').next().into());
        context.insert("identity".to_owned(), identity);
    }
    event
}

/// The first resource, with empty parameters.
fn misfit(call: &Call<'_>) -> Routed {
    let path = &call.request.path;
    let located = crate::gateway::Located { below: path.clone(), requested: path.clone() };
    let route = call.api.routes.first().cloned();
    let route = route.unwrap_or_else(|| Route::of(&call.request.method, path));
    Routed { located, route, parameters: Vec::new() }
}

/// placeholders, and whoever sits at the console.
fn identity(call: &Call<'_>) -> Value {
    let tester =
        format!("arn:{}:sts::{}:assumed-role/console/tester", call.api.partition(), call.api.account);
    let tester = match &call.caller.identity {
        known @ Identity::Iam { .. } => known.clone(),
        _ => Identity::Iam { arn: tester },
    };
    let iam = IamCaller::of(&tester, call.api, call.stamp);
    let iam = |field: fn(&IamCaller) -> &String| iam.as_ref().map(|iam| field(iam).clone());
    json!({
        "cognitoIdentityPoolId": null,
        "cognitoIdentityId": null,
        "apiKey": "test-invoke-api-key",
        "principalOrgId": null,
        "cognitoAuthenticationType": null,
        "userArn": iam(|iam| &iam.arn),
        "apiKeyId": "test-invoke-api-key-id",
        "userAgent": call.request.headers.get("user-agent").unwrap_or("Mozilla/5.0"),
        "accountId": iam(|iam| &iam.account),
        "caller": iam(|iam| &iam.caller),
        "sourceIp": "test-invoke-source-ip",
        "accessKey": iam(|iam| &iam.access_key),
        "cognitoAuthenticationProvider": null,
        "user": iam(|iam| &iam.caller),
    })
}
