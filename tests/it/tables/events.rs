//! `*-events.jsonl`: a call and the event that comes of it.

use super::Case;
use super::compare::Expectation;
use super::spec::{ApiSpec, CallerSpec, MomentSpec, RequestSpec, stamp};
use apigw::gateway::{Call, Flavor};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct EventCase {
    #[serde(default)]
    api: ApiSpec,
    #[serde(default)]
    caller: CallerSpec,
    epoch_ms: Option<i64>,
    request: RequestSpec,
    expect: Value,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    /// Pairs of pointers to equal values.
    #[serde(default)]
    equal: Vec<[String; 2]>,
    #[serde(default)]
    moment: MomentSpec,
}

impl Case for EventCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let (api, caller) = (self.api.build(flavor), self.caller.build());
        let (request, stamp, moment) = (self.request.build(), stamp(self.epoch_ms), self.moment.build());
        let call = Call { api: &api, request: &request, caller: &caller, stamp: &stamp, moment };
        match call.event() {
            Ok(event) => self.compare(&event, flavor),
            Err(unroutable) => vec![unroutable.reason],
        }
    }
}

impl EventCase {
    fn compare(&self, event: &Value, flavor: Flavor) -> Vec<String> {
        let (exact, absent) = (&self.exact, &self.absent);
        let mut differences = Expectation { value: &self.expect, exact, absent }.differences(event);
        let unequal = self.equal.iter().filter(|[left, right]| event.pointer(left) != event.pointer(right));
        differences.extend(unequal.map(|[left, right]| format!("{left} is not {right}")));
        if Flavor::of_event(event) != Some(flavor) {
            differences.push(format!("taken for an event of {:?}", Flavor::of_event(event)));
        }
        differences
    }
}
