//! `rest-headers.jsonl`: what becomes of one header of a request or of a result.

use super::Case;
use super::spec::stamp;
use apigw::gateway::{Api, Call, Caller, Exchange, Flavor, Invocation, Moment, respond};
use apigw::http::Request;
use serde::Deserialize;
use serde_json::json;

const VALUE: &str = "value of the test";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeaderCase {
    direction: Direction,
    header: String,
    expect: Fate,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Request,
    Response,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Fate {
    Kept,
    Renamed,
    Dropped,
}

impl Case for HeaderCase {
    fn differences(&self, flavor: Flavor) -> Vec<String> {
        let arrives = match self.direction {
            Direction::Request => into_event(&self.header, flavor),
            Direction::Response => into_response(&self.header, flavor),
        };
        let fate = match arrives.as_slice() {
            [] => Fate::Dropped,
            [name] if *name == self.header => Fate::Kept,
            [name] if *name == format!("x-amzn-Remapped-{}", self.header) => Fate::Renamed,
            names => return vec![format!("expected {:?}, arrives as {names:?}", self.expect)],
        };
        if fate == self.expect {
            Vec::new()
        } else {
            vec![format!("expected {:?}, is {fate:?}", self.expect)]
        }
    }
}

/// The names under which the header's value arrives in an event.
fn into_event(header: &str, flavor: Flavor) -> Vec<String> {
    let mut request = Request::new("GET", "/prod/x");
    request.headers.append(header, VALUE);
    let (api, caller) = (Api::new(flavor), Caller::default());
    let event =
        Call { api: &api, request: &request, caller: &caller, stamp: &stamp(None), moment: Moment::Request }
            .event()
            .unwrap();
    let headers = event["headers"].as_object().into_iter().flatten();
    headers.filter(|(_, value)| value.as_str() == Some(VALUE)).map(|(name, _)| name.clone()).collect()
}

/// The names under which the header's value is sent to the caller.
fn into_response(header: &str, flavor: Flavor) -> Vec<String> {
    let (api, request) = (Api::new(flavor), Request::new("GET", "/prod/x"));
    let exchange = Exchange { api: &api, request: &request, stamp: &stamp(None), moment: Moment::Request };
    let outcome = respond(&exchange, Invocation::Returned(&json!({ "headers": { header: VALUE } })));
    let headers = outcome.response.iter().flat_map(|response| response.headers.iter());
    headers.filter(|(_, value)| *value == VALUE).map(|(name, _)| name.to_owned()).collect()
}
