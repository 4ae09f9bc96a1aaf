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
    #[serde(default)]
    moment: MomentSpec,
    request: RequestSpec,
    expect: Value,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
}

impl Case for EventCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let (api, caller) = (self.api.build(flavor), self.caller.build());
        let (request, stamp) = (self.request.build(), stamp(self.epoch_ms));
        let call = Call { moment: self.moment.build(), ..Call::new(&api, &request, &caller, &stamp) };
        match call.event() {
            Ok(event) => {
                let (exact, absent) = (&self.exact, &self.absent);
                Expectation { value: &self.expect, exact, absent }.differences(&event)
            }
            Err(unroutable) => vec![unroutable.reason],
        }
    }
}
