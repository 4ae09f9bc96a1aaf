//! `*-authorizers.jsonl`: the call that an authorizer is asked about, its event or its result, and
//! what the gateway does. In a result, `<arn>` is the ARN of the call.

use super::Case;
use super::compare::Expectation;
use super::responses::{Ending, as_json};
use super::spec::{ApiSpec, RequestSpec, stamp};
use apigw::gateway::event::Call;
use apigw::gateway::{
    Api, Caller, Decision, Exchange, Flavor, Front, Identity, Moment, Stamp, arn, authorizer,
};
use apigw::http::Request;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AuthorizerCase {
    /// The name of the kind.
    kind: String,
    #[serde(default)]
    api: ApiSpec,
    /// The request; a GET of the root unless it says otherwise.
    request: Option<RequestSpec>,
    /// The event, or its absence: `{"answer": 401}`.
    event: Option<Value>,
    ends: Option<Ending>,
    #[serde(default)]
    result: Value,
    /// What the gateway does with the result; `authorizer` is what later events tell of it.
    expect: Option<Value>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
}

impl Case for AuthorizerCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let front = Front::from_name(&self.kind).unwrap();
        assert_eq!(front.flavor(), flavor);
        let api = self.api.build(flavor);
        let root = || Request::new("GET", api.prefix() + "/");
        let request = self.request.as_ref().map_or_else(root, RequestSpec::build);
        let (event, expect) = (&self.event, &self.expect);
        assert!(event.is_some() != expect.is_some(), "a case has an event, or an expectation");
        let actual = match expect {
            None => told(front, &api, &request),
            Some(_) => self.decided(front, &api, &request),
        };
        let value = event.as_ref().or(expect.as_ref()).unwrap();
        Expectation { value, exact: &self.exact, absent: &self.absent }.differences(&actual)
    }
}

fn told(front: Front, api: &Api, request: &Request) -> Value {
    let (caller, stamp) = (Caller::default(), stamp(None));
    let call = Call { moment: moment(front), ..Call::new(api, request, &caller, &stamp) };
    front.event(&call).unwrap_or_else(|unroutable| json!({ "answer": unroutable.answer.status }))
}

fn moment(front: Front) -> Moment {
    if front.flavor() == Flavor::Websocket { Moment::Connect } else { Moment::Request }
}

impl AuthorizerCase {
    fn decided(&self, front: Front, api: &Api, request: &Request) -> Value {
        let text = self.result.to_string().replace("<arn>", &arn::of_call(api, request));
        let result: Value = serde_json::from_str(&text).unwrap();
        let stamp = stamp(None);
        let exchange = Exchange { moment: moment(front), ..Exchange::new(api, request, &stamp) };
        let outcome = front.answer(&exchange, self.ends.unwrap_or_default().invocation(&result, ""));
        let decision = front.decision(&outcome).unwrap();
        let mut told = as_json(&outcome, front.flavor());
        told["decision"] = decision.name().into();
        if decision == Decision::Allow {
            let identity = authorizer::identity(&result);
            told["authorizer"] = seen_by_the_function(identity, front, api, request, &stamp);
        }
        told
    }
}

/// `requestContext.authorizer` of the event behind the authorizer.
fn seen_by_the_function(
    identity: Identity,
    front: Front,
    api: &Api,
    request: &Request,
    stamp: &Stamp,
) -> Value {
    let caller = Caller { identity, ..Caller::default() };
    let call = Call { moment: moment(front), ..Call::new(api, request, &caller, stamp) };
    call.event().unwrap()["requestContext"]["authorizer"].clone()
}
