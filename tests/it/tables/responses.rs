//! `*-responses.jsonl`: how a function ended, and what the caller receives.

use super::Case;
use super::compare::Expectation;
use super::spec::{ApiSpec, MomentSpec, RequestSpec, stamp};
use apigw::gateway::{Exchange, Flavor, Invocation, Outcome, respond};
use apigw::http::encoding;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResponseCase {
    #[serde(default)]
    api: ApiSpec,
    #[serde(default)]
    request: RequestSpec,
    #[serde(default)]
    moment: MomentSpec,
    #[serde(default)]
    ends: Ending,
    /// What a function sent that streams.
    #[serde(default)]
    stream: String,
    /// What the function returned, if it did.
    #[serde(default)]
    result: Value,
    expect: Value,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    /// Header names that are sent in this spelling.
    #[serde(default)]
    spelled: Vec<String>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum Ending {
    #[default]
    Returned,
    Garbage,
    #[serde(rename = "too much")]
    TooMuch,
    Failed,
    Timeout,
    /// It sent what stands in `stream`.
    Streamed,
}

impl Ending {
    pub(super) fn invocation<'i>(self, result: &'i Value, stream: &'i str) -> Invocation<'i> {
        match self {
            Self::Returned => Invocation::Returned(result),
            Self::Garbage => Invocation::ReturnedGarbage,
            Self::TooMuch => Invocation::ReturnedTooMuch,
            Self::Failed => Invocation::Failed(result),
            Self::Timeout => Invocation::GatewayTimeout,
            Self::Streamed => Invocation::Streamed(stream.as_bytes()),
        }
    }
}

impl Case for ResponseCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let (api, request, stamp) = (self.api.build(flavor), self.request.build(), stamp(None));
        let exchange = Exchange { moment: self.moment.build(), ..Exchange::new(&api, &request, &stamp) };
        let outcome = respond(&exchange, self.ends.invocation(&self.result, &self.stream));
        let (exact, absent) = (&self.exact, &self.absent);
        let expectation = Expectation { value: &self.expect, exact, absent };
        let mut differences = expectation.differences(&as_json(&outcome, flavor));
        let sent = |spelled: &str| {
            outcome
                .response
                .iter()
                .flat_map(|response| response.headers.iter())
                .any(|(name, _)| name == spelled)
        };
        let misspelled = self.spelled.iter().filter(|name| !sent(name));
        differences.extend(misspelled.map(|name| format!("no header is spelled {name}")));
        differences
    }
}

/// An outcome as the tables write it. Headers are lists by name; recordings of HTTP APIs tell the
/// names without their case (H-077). A message has no status; without a response there is none of
/// its members.
pub(super) fn as_json(outcome: &Outcome, flavor: Flavor) -> Value {
    let Some(response) = &outcome.response else { return json!({ "refused": outcome.refused }) };
    let headers = response.headers.grouped().into_iter().map(|(name, values)| match flavor {
        Flavor::Rest => (name.to_owned(), values.into()),
        _ => (name.to_ascii_lowercase(), values.into()),
    });
    json!({
        "status": (!response.is_message()).then_some(response.status),
        "refused": outcome.refused,
        "headers": Value::Object(headers.collect()),
        "body": response.body.as_text(),
        "bodyBase64": encoding::base64_encode(&response.body.0),
    })
}
