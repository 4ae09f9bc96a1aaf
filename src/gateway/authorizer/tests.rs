//! Events and decisions of authorizers, and the laws that hold for any result.

use super::*;
use crate::gateway::respond::{Exchange, Invocation, Outcome};
use crate::gateway::{Api, Caller, Endpoint, Moment, NoticeKind, Stamp};
use crate::http::Request;
use proptest::prelude::*;
use serde_json::{Map, json};

fn event(kind: AuthorizerKind, api: &Api, request: &Request) -> Result<Value, Unroutable> {
    let moment = if kind.facts().flavor == Flavor::Websocket { Moment::Connect } else { Moment::Request };
    let (caller, stamp) = (Caller::default(), Stamp::default());
    kind.event(&Call { api, request, caller: &caller, stamp: &stamp, moment })
}

fn outcome(kind: AuthorizerKind, invocation: Invocation<'_>) -> Outcome {
    let api = Api::new(kind.facts().flavor);
    let request = Request::new("GET", api.prefix() + "/users/42");
    let stamp = Stamp::default();
    decide(
        kind,
        &Exchange { api: &api, request: &request, stamp: &stamp, moment: Moment::Connect },
        invocation,
    )
}

fn policy(effect: &str, resource: &str) -> Value {
    json!({"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}]}})
}

fn answer(kind: AuthorizerKind, invocation: Invocation<'_>) -> (Decision, u16, String) {
    let outcome = outcome(kind, invocation);
    let decision = Decision::of(&outcome);
    let response =
        outcome.response.map(|response| (response.status, response.body.as_text().unwrap().to_owned()));
    let (status, body) = response.unwrap_or_default();
    (decision, status, body)
}

#[test]
fn every_kind_has_its_own_row() {
    for kind in AuthorizerKind::ALL {
        assert_eq!(kind.facts().kind, kind);
        assert!(kind.facts().usual_source.is_none_or(|source| IdentitySource::parse(source).is_some()));
    }
}

#[test]
fn events_are_told_apart() {
    for kind in AuthorizerKind::ALL {
        let api = Api::new(kind.facts().flavor);
        let mut request = Request::new("GET", api.prefix() + "/");
        request.headers.append("Authorization", "Bearer foo");
        let event = event(kind, &api, &request).unwrap();
        assert_eq!(AuthorizerKind::of_event(&event), Some(kind));
        assert!(event[kind.facts().arn_key].as_str().unwrap().starts_with("arn:aws:execute-api:"));
    }
}

#[test]
fn a_token_event_has_three_members() {
    let mut request = Request::new("POST", "/prod/lambda-token");
    request.headers.append("authorization", "Bearer foo");
    let event = event(AuthorizerKind::Token, &Api::new(Flavor::Rest), &request).unwrap();
    let arn = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/lambda-token";
    let expected = json!({"type": "TOKEN", "methodArn": arn, "authorizationToken": "Bearer foo"});
    assert_eq!(event, expected);
}

#[test]
fn a_request_event_is_the_proxy_event_with_empty_maps_and_the_length() {
    let api = Api { endpoint: Endpoint::Edge, ..Api::new(Flavor::Rest) };
    let mut request = Request::new("POST", "/prod/x");
    request.headers.append("Connection", "keep-alive");
    request.headers.append("Content-Length", "0");
    let event = event(AuthorizerKind::Request, &api, &request).unwrap();
    for key in
        ["queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables"]
    {
        assert_eq!(event[key], json!({}), "{key}");
    }
    assert_eq!(event["headers"]["Content-Length"], "0");
    assert_eq!(event["multiValueHeaders"]["Content-Length"], json!(["0"]));
    assert!(event["headers"].get("Connection").is_none());
    let names: Vec<_> =
        event["headers"].as_object().unwrap().keys().map(|name| name.to_lowercase()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for key in ["/body", "/isBase64Encoded", "/requestContext/authorizer"] {
        assert_eq!(event.pointer(key), None, "{key}");
    }
}

#[test]
fn a_missing_identity_is_answered_without_the_authorizer() {
    let source = |text| IdentitySource::parse(text).unwrap();
    let mut api = Api::new(Flavor::Http);
    api.authorizer.identity_sources =
        vec![source("$request.header.Authorization"), source("$request.querystring.a")];
    let mut request = Request::new("GET", "/");
    request.headers.append("Authorization", "Bearer foo");
    assert_eq!(event(AuthorizerKind::Http, &api, &request).unwrap_err().answer.status, 401);
    request.query = Some("a=1".to_owned());
    let v2 = event(AuthorizerKind::Http, &api, &request).unwrap();
    assert_eq!(v2["identitySource"], json!(["Bearer foo", "1"]));
    let v1 = event(AuthorizerKind::HttpV1, &api, &request).unwrap();
    assert_eq!(v1["authorizationToken"], "Bearer foo,1");
    let nothing = Request::new("GET", "/prod/");
    assert_eq!(
        event(AuthorizerKind::Token, &Api::new(Flavor::Rest), &nothing).unwrap_err().answer.status,
        401
    );
    let long = Request::new("GET", format!("/prod/{}", "x".repeat(1600)));
    assert_eq!(
        event(AuthorizerKind::Request, &Api::new(Flavor::Rest), &long).unwrap_err().answer.status,
        414
    );
}

#[test]
fn decisions_are_answered_as_documented() {
    use AuthorizerKind::{Http, Token, Websocket};
    let returned = |kind, value: Value| answer(kind, Invocation::Returned(&value));
    let failed = |kind, value: Value| answer(kind, Invocation::Failed(&value));
    let said = |decision, status, body: &str| (decision, status, body.to_owned());
    let denied = "User is not authorized to access this resource";
    assert_eq!(returned(Token, policy("Allow", "*")), said(Decision::Allow, 0, ""));
    let body = format!(r#"{{"Message":"{denied} with an explicit deny"}}"#);
    assert_eq!(returned(Token, policy("Deny", "*")), said(Decision::Deny, 403, &body));
    let body = format!(r#"{{"Message":"{denied}"}}"#);
    assert_eq!(returned(Token, policy("Allow", "arn:aws:execute-api:x")), said(Decision::Deny, 403, &body));
    let unauthorized = json!({"errorMessage": "Unauthorized", "errorType": "Error"});
    let body = r#"{"message":"Unauthorized"}"#;
    assert_eq!(failed(Token, unauthorized.clone()), said(Decision::Unauthorized, 401, body));
    assert_eq!(failed(Websocket, unauthorized.clone()).0, Decision::Unauthorized);
    let body = r#"{"message":"Internal Server Error"}"#;
    assert_eq!(failed(Http, unauthorized), said(Decision::Error, 500, body));
    let others = [json!({"errorMessage": "[401] Unauthorized", "errorType": "Error"}), json!("no")];
    for other in others {
        assert_eq!(failed(Token, other), said(Decision::Error, 500, r#"{"message":null}"#));
    }
    for bad in [json!(null), json!({"statusCode": 401}), json!({"principalId": "user"})] {
        assert_eq!(returned(Token, bad), said(Decision::Error, 500, r#"{"message":null}"#));
    }
    assert_eq!(returned(Http, json!({"isAuthorized": true})).0, Decision::Allow);
    let body = r#"{"message":"Forbidden"}"#;
    assert_eq!(returned(Http, json!({"isAuthorized": false})), said(Decision::Deny, 403, body));
    assert_eq!(returned(Websocket, policy("Deny", "*")).1, 403);
}

#[test]
fn what_the_caller_is_comes_from_the_result() {
    let mut result = policy("Allow", "*");
    result["context"] = json!({"n": 1});
    let expected = crate::gateway::Identity::Lambda {
        principal: "user".to_owned(),
        context: Map::from_iter([("n".to_owned(), json!(1))]),
    };
    assert_eq!(identity(&result), expected);
}

/// Results that look like an authorizer's: the known keys with likely, odd and arbitrary values.
fn result() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![Just(json!("*")), Just(json!(["*"])), crate::testing::json()];
    let effect =
        prop_oneof![3 => Just(json!("Allow")), 2 => Just(json!("Deny")), 1 => crate::testing::json()];
    let member = |name: &'static str, value: BoxedStrategy<Value>| {
        prop::option::weighted(0.9, value.prop_map(move |value| (name.to_owned(), value)))
    };
    let object = |members: Vec<Option<(String, Value)>>| {
        Value::Object(members.into_iter().flatten().collect::<Map<_, _>>())
    };
    let statement = (
        member("Effect", effect.boxed()),
        member("Action", text().boxed()),
        member("Resource", text().boxed()),
        prop::option::weighted(0.2, ("NotResource|NotAction|Condition", crate::testing::json())),
    )
        .prop_map(move |(a, b, c, d)| object(vec![a, b, c, d]))
        .boxed();
    let statements = prop_oneof![
        4 => prop::collection::vec(statement.clone(), 0..3).prop_map(Value::Array),
        1 => statement,
        1 => crate::testing::json(),
    ];
    let policy = (member("Statement", statements.boxed()), member("Version", crate::testing::json().boxed()))
        .prop_map(move |(a, b)| object(vec![a, b]));
    let policy = prop_oneof![6 => policy, 1 => crate::testing::json()];
    let principal = prop_oneof![4 => Just(json!("user")), 1 => crate::testing::json()];
    let known = (
        member("principalId", principal.boxed()),
        member("policyDocument", policy.boxed()),
        prop::option::weighted(0.3, ("context|usageIdentifierKey|isAuthorized", crate::testing::json())),
    )
        .prop_map(move |(a, b, c)| object(vec![a, b, c]));
    prop_oneof![8 => known, 1 => crate::testing::json()]
}

#[test]
fn the_schemas_are_what_is_refused() {
    let schemas = AuthorizerKind::ALL.map(|kind| {
        let schema = serde_json::from_str(kind.facts().result_schema).unwrap();
        (kind, jsonschema::validator_for(&schema).unwrap())
    });
    proptest!(|(result in result())| {
        for (kind, schema) in &schemas {
            let outcome = outcome(*kind, Invocation::Returned(&result));
            prop_assert_eq!(outcome.refused, !schema.is_valid(&result), "{} of {}", kind, result);
            prop_assert_eq!(Decision::of(&outcome) == Decision::Error, outcome.refused);
            for notice in &outcome.notices {
                prop_assert!(!notice.facts.is_empty(), "{} of {}", notice.pointer, result);
                prop_assert_eq!(notice.refuses, outcome.refused);
            }
        }
    });
}

#[test]
fn any_failure_is_answered() {
    proptest!(|(error in crate::testing::json())| {
        for kind in AuthorizerKind::ALL {
            prop_assert!(outcome(kind, Invocation::Failed(&error)).response.is_some());
        }
    });
    for kind in AuthorizerKind::ALL {
        for end in [Invocation::ReturnedGarbage, Invocation::ReturnedTooMuch, Invocation::GatewayTimeout] {
            assert_eq!(Decision::of(&outcome(kind, end)), Decision::Error);
        }
    }
}

#[test]
fn only_lists_and_objects_spoil_a_context() {
    let with = |kind, context: Value| {
        let mut result = policy("Allow", "*");
        result["context"] = context;
        outcome(kind, Invocation::Returned(&result))
            .notices
            .iter()
            .map(|notice| notice.kind)
            .collect::<Vec<_>>()
    };
    let flat = json!({"s": "x", "n": 1, "b": true, "z": null});
    assert_eq!(with(AuthorizerKind::Token, flat), []);
    let deep = json!({"bad": {"a": 1}});
    assert_eq!(with(AuthorizerKind::Request, deep.clone()), [NoticeKind::ContextNotFlat]);
    assert_eq!(with(AuthorizerKind::Http, deep), []);
}

#[test]
fn conditions_count_where_the_call_decides_them() {
    let with = |condition: Value| {
        let mut result = policy("Allow", "*");
        result["policyDocument"]["Statement"][0]["Condition"] = condition;
        let outcome = outcome(AuthorizerKind::Token, Invocation::Returned(&result));
        let assumed = outcome.notices.iter().any(|notice| notice.kind == NoticeKind::PolicyConditionAssumed);
        (Decision::of(&outcome), assumed)
    };
    assert_eq!(with(json!({"Bool": {"aws:SecureTransport": "true"}})), (Decision::Allow, false));
    assert_eq!(with(json!({"Bool": {"AWS:securetransport": false}})), (Decision::Deny, false));
    let address = json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}});
    assert_eq!(with(address), (Decision::Allow, true));
    let both =
        json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:SecureTransport": "false"}});
    assert_eq!(with(both), (Decision::Deny, true));
}
