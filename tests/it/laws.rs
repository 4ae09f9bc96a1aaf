//! Laws that hold for every call and every result, of every flavour.

use super::strategies::{call, caller, json, moment, result, routes, stamp};
use apigw::gateway::event::{kinds, request_of};
use apigw::gateway::{
    Api, Call, Caller, Exchange, Flavor, Front, Invocation, Moment, Stamp, best_match, respond,
};
use apigw::http::Request;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};

const REST_KEYS: [&str; 12] = [
    "resource",
    "path",
    "httpMethod",
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "multiValueQueryStringParameters",
    "pathParameters",
    "stageVariables",
    "requestContext",
    "body",
    "isBase64Encoded",
];

/// Where an event of an HTTP API may have null (H-027, H-028, H-029).
const HTTP_NULLS: [&str; 4] = [
    "/requestContext/authorizer/jwt/scopes",
    "/requestContext/authorizer/lambda",
    "/requestContext/authorizer/iam/cognitoIdentity",
    "/requestContext/authorizer/iam/principalOrgId",
];

fn published_schema(flavor: Flavor) -> jsonschema::Validator {
    let path = format!("{}/schemas/result/{flavor}.json", env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(path).unwrap();
    assert_eq!(schema, flavor.facts().result_schema, "the binary publishes the file");
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

#[test]
fn a_result_is_refused_exactly_when_its_schema_rejects_it() {
    for flavor in Flavor::ALL {
        let schema = published_schema(flavor);
        let (api, request) = (Api::new(flavor), Request::new("GET", "/"));
        let exchange =
            Exchange { api: &api, request: &request, stamp: &Stamp::default(), moment: Moment::Request };
        proptest!(|(result in prop_oneof![4 => result(), 1 => json()])| {
            let outcome = respond(&exchange, Invocation::Returned(&result));
            prop_assert_eq!(schema.is_valid(&result), !outcome.refused, "{}", result);
        });
    }
}

/// To a message on a connection there may be none.
#[test]
fn every_result_has_a_response() {
    for flavor in Flavor::ALL.into_iter().filter(|flavor| *flavor != Flavor::Websocket) {
        let entries = vec("(\\*|image|application)/(\\*|png|json)", 0..3);
        let accept = "[a-z*]{0,5}/[a-z*]{0,4}(, ?image/png)?";
        proptest!(|(result in result(), entries in entries, accept in accept, stamp in stamp())| {
            let mut api = Api::new(flavor);
            api.binary_media_types = entries;
            let mut request = Request::new("GET", "/");
            request.headers.append("Accept", accept);
            let exchange = Exchange::new(&api, &request, &stamp);
            let outcome = respond(&exchange, Invocation::Returned(&result));
            let response = outcome.response.as_ref().unwrap();
            prop_assert!((100..=999).contains(&response.status), "{}", response.status);
            let lengths: Vec<_> = response.headers.all("content-length").collect();
            prop_assert_eq!(lengths, [response.body.0.len().to_string()]);
            prop_assert_eq!(outcome.refused, outcome.notices.iter().any(|notice| notice.refuses));
            prop_assert_eq!(&respond(&exchange, Invocation::Returned(&result)), &outcome);
        });
    }
}

/// U-019: whatever a function streams, the caller gets it or a failure; a length only with the
/// latter.
#[test]
fn every_stream_has_a_response() {
    let api = Api { streaming: true, ..Api::new(Flavor::Url) };
    let prelude = prop_oneof![
        2 => result().prop_map(|result| result.to_string().into_bytes()),
        1 => vec(any::<u8>(), 0..20),
    ];
    proptest!(|(prelude in prelude, nuls in 0_usize..10, body in vec(any::<u8>(), 0..20), stamp in stamp())| {
        let bytes = [prelude, vec![0; nuls], body].concat();
        let request = Request::new("GET", "/");
        let exchange = Exchange { api: &api, request: &request, stamp: &stamp, moment: Moment::Request };
        let outcome = respond(&exchange, Invocation::Streamed(&bytes));
        let response = outcome.response.unwrap();
        prop_assert_eq!(outcome.refused, outcome.notices.iter().any(|notice| notice.refuses));
        prop_assert_eq!(response.headers.contains("content-length"), outcome.refused);
        prop_assert!(outcome.refused || bytes.ends_with(&response.body.0));
    });
}

#[test]
fn every_kind_is_recognised_and_tells_its_request() {
    for kind in kinds() {
        let api = kind.moment.seen_by(Api::new(kind.flavor));
        let path = api.prefix() + kind.moment.default_path(&api);
        let mut request = Request::new(kind.method.unwrap_or("GET"), path);
        request.headers.append("Authorization", "Bearer token");
        let (caller, stamp) = (Caller::default(), Stamp::default());
        let call = Call { api: &api, request: &request, caller: &caller, stamp: &stamp, moment: kind.moment };
        let event = kind.front.event(&call).unwrap();
        assert_eq!(Front::of_event(&event), Some(kind.front), "{}", kind.name);
        if kind.front.authorizer().is_some() {
            continue; // What a token event tells is too little.
        }
        let told = request_of(&event).unwrap();
        assert_eq!((told.method, told.path), (request.method, request.path), "{}", kind.name);
    }
}

#[test]
fn an_event_tells_its_request() {
    for flavor in Flavor::ALL {
        proptest!(|((api, request) in call(flavor), caller in caller(), stamp in stamp())| {
            let moment = moment(flavor);
            let event =
                |request: &Request| Call { moment, ..Call::new(&api, request, &caller, &stamp) }.event();
            let first = event(&request).unwrap();
            prop_assert_eq!(Flavor::of_event(&first), Some(flavor));
            let told = request_of(&first).unwrap();
            prop_assert_eq!(event(&told).unwrap().to_string(), first.to_string(), "{:?}", told);
        });
    }
}

#[test]
fn the_same_call_makes_the_same_event() {
    for flavor in Flavor::ALL {
        proptest!(|((api, request) in call(flavor), caller in caller(), stamp in stamp())| {
            let call = Call { moment: moment(flavor), ..Call::new(&api, &request, &caller, &stamp) };
            let event = || call.event();
            prop_assert_eq!(event().unwrap().to_string(), event().unwrap().to_string());
        });
    }
}

/// twelve keys; nothing is null, never empty; the single map
/// holds the last of each list.
#[test]
fn a_rest_event_has_twelve_keys_and_null_for_nothing() {
    proptest!(|((api, request) in call(Flavor::Rest), caller in caller(), stamp in stamp())| {
        let event = Call { api: &api, request: &request, caller: &caller, stamp: &stamp, moment: Moment::Request }.event().unwrap();
        let keys: Vec<_> = event.as_object().unwrap().keys().map(String::as_str).collect();
        prop_assert_eq!(keys, REST_KEYS);
        for key in ["queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables"] {
            prop_assert!(event[key].is_null() || event[key].as_object().is_some_and(|map| !map.is_empty()));
        }
        prop_assert!(event["body"].is_null() || event["body"].as_str().is_some_and(|body| !body.is_empty()));
        prop_assert_eq!(event["body"].is_null(), request.body.is_empty());
        for (single, multi) in [
            ("headers", "multiValueHeaders"),
            ("queryStringParameters", "multiValueQueryStringParameters"),
        ] {
            prop_assert_eq!(&last_values(&event[multi]), &event[single]);
        }
    });
}

fn last_values(multi: &Value) -> Value {
    let Some(lists) = multi.as_object() else { return Value::Null };
    let last = |values: &Value| values.as_array().and_then(|values| values.last()).cloned().unwrap();
    Value::Object(lists.iter().map(|(name, values)| (name.clone(), last(values))).collect::<Map<_, _>>())
}

/// H-002: what is empty is absent; nulls stand only where they were recorded.
#[test]
fn an_http_event_has_no_null_but_the_recorded_ones() {
    proptest!(|((api, request) in call(Flavor::Http), caller in caller(), stamp in stamp())| {
        let event = Call { api: &api, request: &request, caller: &caller, stamp: &stamp, moment: Moment::Request }.event().unwrap();
        for at in nulls(&event, String::new()) {
            // The context of a Lambda authorizer keeps its values (H-028).
            let of_the_authorizer = at.starts_with("/requestContext/authorizer/lambda/");
            prop_assert!(of_the_authorizer || HTTP_NULLS.contains(&at.as_str()), "{} is null", at);
        }
        for key in ["cookies", "queryStringParameters", "pathParameters", "stageVariables", "body"] {
            let value = event.get(key);
            let empty = [Value::from(""), Value::Array(vec![]), Value::Object(Map::new())];
            prop_assert!(value.is_none_or(|value| !empty.contains(value)), "{} is empty", key);
        }
    });
}

/// The JSON pointers of all nulls (keys are not escaped).
fn nulls(value: &Value, at: String) -> Vec<String> {
    match value {
        Value::Null => vec![at],
        Value::Object(members) => {
            members.iter().flat_map(|(key, value)| nulls(value, format!("{at}/{key}"))).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| nulls(item, format!("{at}/{index}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// R-033, H-091: which route takes a request does not depend on when it was created.
#[test]
fn the_order_of_routes_does_not_matter() {
    proptest!(|((routes, shuffled) in routes(), method in "GET|PUT|POST", path in "(/[abc]){0,4}/?")| {
        prop_assert_eq!(best_match(&routes, &method, &path), best_match(&shuffled, &method, &path));
    });
}
