//! An event turned back into the deployment and the caller behind it.

use super::request_of;
use crate::gateway::api::{Api, Caller, Domain, Identity};
use crate::gateway::flavor::Flavor;
use crate::gateway::host::HostName;
use crate::gateway::route::Route;
use crate::http::Target;
use serde_json::{Map, Value};

/// What an event tells beside its request.
#[derive(Debug, Clone, PartialEq)]
pub struct Deployed {
    /// The API; what the event does not tell is as in [`Api::new`].
    pub api: Api,
    /// Who called.
    pub caller: Caller,
    /// When, in milliseconds since 1970.
    pub epoch_ms: Option<i64>,
}

/// Reads the API, the caller and the time off an event.
///
/// # Errors
/// `None` if the event is of no flavour that we know.
pub fn deployed(event: &Value) -> Option<Deployed> {
    let flavor = Flavor::of_event(event)?;
    let mut api = Api::new(flavor);
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
    let put = |own: &mut String, pointer: &str| {
        if let Some(text) = text(pointer).filter(|text| !text.is_empty()) {
            text.clone_into(own);
        }
    };
    put(&mut api.id, "/requestContext/apiId");
    put(&mut api.account, "/requestContext/accountId");
    put(&mut api.stage, "/requestContext/stage");
    if let Some(target) = text("/requestContext/domainName").and_then(|host| Target::parse(host).ok()) {
        match HostName::parse(&target.host) {
            Some(name) => api.region = name.region,
            None => api.domain = Domain::Custom { name: target.host, base_path: base_path(event) },
        }
    }
    let arns = ["/requestContext/elb/targetGroupArn", "/requestContext/serviceArn"];
    if let Some(arn) = arns.iter().find_map(|pointer| text(pointer)) {
        read_arn(arn, &mut api);
    }
    let variables = event.get("stageVariables").and_then(Value::as_object).into_iter().flatten();
    api.stage_variables =
        variables.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
    api.routes = route(event).into_iter().collect();
    let times = ["/requestContext/timeEpoch", "/requestContext/requestTimeEpoch"];
    let epoch_ms = times.iter().find_map(|pointer| {
        let time = event.pointer(pointer)?;
        // VPC Lattice writes microseconds, as text
        time.as_i64().or_else(|| Some(time.as_str()?.parse::<i64>().ok()? / 1000))
    });
    api.https = header(event, "x-forwarded-proto").is_none_or(|scheme| scheme != "http");
    Some(Deployed { api, caller: caller(event), epoch_ms })
}

/// Region, account and name of `arn:aws:…:<region>:<account>:targetgroup/<name>/…`.
fn read_arn(arn: &str, api: &mut Api) {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    if let [_, _, _, region, account, resource] = parts.as_slice() {
        (*region).clone_into(&mut api.region);
        (*account).clone_into(&mut api.account);
        if let Some(name) = resource.strip_prefix("targetgroup/").and_then(|rest| rest.split('/').next()) {
            name.clone_into(&mut api.id);
        }
    }
}

/// The route that took the request.
fn route(event: &Value) -> Option<Route> {
    if let Some(key) = event.get("routeKey").and_then(Value::as_str) {
        return Route::parse(key).ok();
    }
    let resource = event.get("resource")?.as_str()?;
    Route::parse(&format!("{} {resource}", event.get("httpMethod")?.as_str()?)).ok()
}

/// What stands in the path of a REST event on a custom domain before its resource.
fn base_path(event: &Value) -> String {
    let resource = event.get("resource").and_then(Value::as_str).unwrap_or_default();
    let request = request_of(event);
    let segments = |path: &str| path.split('/').filter(|part| !part.is_empty()).count();
    let (Some(request), false) = (request, resource.is_empty() || resource.contains("+}")) else {
        return String::new();
    };
    let before = segments(&request.path).saturating_sub(segments(resource));
    let base: Vec<_> = request.path.split('/').filter(|part| !part.is_empty()).take(before).collect();
    base.join("/")
}

/// The first value of a header of an event.
pub fn header<'e>(event: &'e Value, name: &str) -> Option<&'e str> {
    let maps = ["headers", "multiValueHeaders"].iter().filter_map(|key| event.get(key)?.as_object());
    let mut all = maps.flatten().filter(|(own, _)| own.eq_ignore_ascii_case(name));
    all.find_map(|(_, value)| value.as_str().or_else(|| value.get(0)?.as_str()))
}

fn caller(event: &Value) -> Caller {
    let mut caller = Caller::default();
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
    let address = text("/requestContext/identity/sourceIp").or_else(|| text("/requestContext/http/sourceIp"));
    // A load balancer tells the address in a header only
    let hops = header(event, "x-forwarded-for").unwrap_or_default();
    let last = hops.rsplit(',').next().unwrap_or_default().trim();
    if let Some(address) = address.or_else(|| Some(last).filter(|last| !last.is_empty())) {
        address.clone_into(&mut caller.source_ip);
    }
    caller.api_key = text("/requestContext/identity/apiKey").map(str::to_owned);
    caller.identity = identity(event);
    let scopes = event.pointer("/requestContext/authorizer/jwt/scopes").and_then(Value::as_array);
    caller.scopes = scopes.map(|list| list.iter().filter_map(|own| Some(own.as_str()?.to_owned())).collect());
    caller
}

fn identity(event: &Value) -> Identity {
    let map = |pointer: &str| event.pointer(pointer).and_then(Value::as_object).cloned();
    let arns = [
        "/requestContext/identity/userArn",
        "/requestContext/authorizer/iam/userArn",
        "/requestContext/identity/principal",
    ];
    if let Some(arn) = arns.iter().find_map(|pointer| event.pointer(pointer)?.as_str()) {
        return Identity::Iam { arn: arn.to_owned() };
    }
    let claims = ["/requestContext/authorizer/claims", "/requestContext/authorizer/jwt/claims"];
    if let Some(claims) = claims.iter().find_map(|pointer| map(pointer)) {
        return Identity::Claims(claims);
    }
    let Some(mut members) = map("/requestContext/authorizer").filter(|members| !members.is_empty()) else {
        return Identity::Anonymous;
    };
    if let Some(context) = members.get("lambda") {
        let context = context.as_object().cloned().unwrap_or_else(Map::new);
        return Identity::Lambda { principal: "user".to_owned(), context };
    }
    members.shift_remove("integrationLatency");
    match members.shift_remove("principalId") {
        Some(principal) => {
            let principal = principal.as_str().unwrap_or("user").to_owned();
            Identity::Lambda { principal, context: members }
        }
        None => Identity::Anonymous,
    }
}
