//! `*-routes.jsonl`: which route takes a request, or what the gateway answers without one.

use super::Case;
use super::compare::Expectation;
use super::spec::{ApiSpec, RequestSpec, stamp};
use apigw::gateway::{Api, Call, Caller, Flavor, Moment, best_match};
use apigw::http::Request;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RouteCase {
    #[serde(default)]
    api: ApiSpec,
    request: RequestSpec,
    expect: Value,
}

impl Case for RouteCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let (api, request) = (self.api.build(flavor), self.request.build());
        let taken = taken(&api, &request);
        Expectation { value: &self.expect, exact: &[String::new()], absent: &[] }.differences(&taken)
    }
}

/// The route and its parameters, or the gateway's own answer.
fn taken(api: &Api, request: &Request) -> Value {
    let call =
        Call { api, request, caller: &Caller::default(), stamp: &stamp(None), moment: Moment::Request };
    if let Err(unroutable) = call.event() {
        let answer = unroutable.answer;
        let mut taken = json!({ "status": answer.status, "body": answer.body });
        if let Some(error_type) = answer.error_type {
            taken["errorType"] = error_type.into();
        }
        return taken;
    }
    let located = api.locate(&request.path).unwrap();
    let matched = best_match(&api.routes, &request.method, &located.below).unwrap();
    let mut taken = json!({ "route": matched.route.to_string() });
    if !matched.parameters.is_empty() {
        let parameters = matched.parameters.into_iter().map(|(name, value)| (name, Value::from(value)));
        taken["parameters"] = Value::Object(parameters.collect::<Map<_, _>>());
    }
    taken
}
