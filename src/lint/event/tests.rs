//! Schemas, detection and checks on events as AWS is known to send them.

use super::*;
use crate::lint::{Document, Severity};
use serde_json::json;

mod defects;
mod laws;

fn judged(event: &Value, flavor: Option<&str>) -> JudgedEvent {
    let asked = flavor.map(|name| EventFlavor::from_name(name).unwrap());
    judge_event(&Document::whole("event.json", event.to_string().as_bytes()), asked)
}

fn names(judged: &JudgedEvent) -> Vec<&'static str> {
    judged.findings.iter().map(|finding| finding.rule.name).collect()
}

/// The example of a flavour with some values put in.
fn with(flavor: &str, changes: &[(&str, Value)]) -> Value {
    let mut event = EventFlavor::from_name(flavor).unwrap().example();
    for (pointer, value) in changes {
        crate::json::set(&mut event, &Pointer::parse(pointer).unwrap(), value.clone()).unwrap();
    }
    event
}

#[test]
fn the_example_of_each_schema_is_found_out_and_silent() {
    for flavor in ALL {
        let judged = judged(&flavor.example(), None);
        let detection = judged.detection.clone().unwrap();
        assert_eq!(detection.flavor.name, flavor.name);
        assert!(!detection.because.is_empty() && detection.despite.is_empty());
        assert_eq!(detection.others.len(), ALL.len() - 1);
        assert_eq!(names(&judged), [""; 0], "{}: {:?}", flavor.name, judged.findings);
        // an editor's key is no complaint
        let event = with(flavor.name, &[("/$schema", json!("https://apigw.dev/schemas"))]);
        assert_eq!(names(&self::judged(&event, None)), [""; 0]);
    }
}

#[test]
fn only_one_flavour_has_all_marks() {
    for flavor in ALL {
        let detection = judged(&flavor.example(), None).detection.unwrap();
        let fits: Vec<_> = detection.others.iter().filter(|(_, why)| why.starts_with("another")).collect();
        // a function URL is told from an HTTP API by its host, and the reverse
        assert_eq!(fits, [] as [&_; 0], "{}", flavor.name);
    }
}

#[test]
fn the_nearest_flavour_is_taken_when_none_fits() {
    let nearest = |event: Value| judged(&event, None).detection.map(|found| found.flavor.name);
    assert_eq!(
        nearest(json!({"version": "2.0", "httpMethod": "GET", "requestContext": {"http": {}}, "type": "x"})),
        Some("http")
    );
    assert_eq!(nearest(json!({"httpMethod": "GET", "path": "/"})), Some("rest"));
    assert_eq!(nearest(json!({"Records": []})), None);
    assert_eq!(names(&judged(&json!({"Records": []}), None)), ["unknown-event"]);
    assert_eq!(names(&judged(&json!([1]), None)), ["unknown-event"]);
    assert_eq!(names(&judged(&json!([1]), Some("rest"))), ["event-value-type"]);
}

/// what the console's test function sends.
#[test]
fn a_test_call_of_the_console_is_accepted() {
    let mut event = with(
        "rest",
        &[
            ("/headers", Value::Null),
            ("/multiValueHeaders", Value::Null),
            ("/path", json!("/users/{id}")),
            ("/pathParameters", json!({"id": "{id}"})),
            ("/requestContext/path", json!("/users/{id}")),
            ("/requestContext/stage", json!("test-invoke-stage")),
            ("/requestContext/domainName", json!("testPrefix.testDomainName")),
            ("/requestContext/domainPrefix", json!("testPrefix")),
            ("/requestContext/identity/sourceIp", json!("test-invoke-source-ip")),
            ("/requestContext/identity/apiKey", json!("test-invoke-api-key")),
            ("/requestContext/identity/apiKeyId", json!("test-invoke-api-key-id")),
            ("/requestContext/identity/userArn", json!("arn:aws:iam::123456789012:user/me")),
        ],
    );
    event["requestContext"].as_object_mut().unwrap().shift_remove("deploymentId");
    assert_eq!(names(&judged(&event, None)), [""; 0]);
    // the same without headers on a real stage is not
    event["requestContext"]["stage"] = json!("prod");
    assert!(names(&judged(&event, None)).contains(&"event-null-value"));
}

/// Shapes that recordings and reports show, none of which is a complaint.
#[test]
fn what_rest_apis_are_known_to_send_is_silent() {
    let vpce = json!({"Host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "x-amzn-vpce-id": "vpce-1",
        "X-Forwarded-For": "203.0.113.10", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https"});
    let headers = vpce.as_object().unwrap();
    let lists: serde_json::Map<_, _> =
        headers.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    let cases: &[&[(&str, Value)]] = &[
        // a trailing slash, slashes behind the stage
        &[("/path", json!("/users/42/")), ("/requestContext/path", json!("/prod//users/42/"))],
        // a private API
        &[("/headers", vpce.clone()), ("/multiValueHeaders", Value::Object(lists))],
        // keys that only some captures have
        &[("/requestContext/operationName", json!("getUser")), ("/requestContext/new", json!(1))],
        //
        &[(
            "/requestContext/authorizer",
            json!({"principalId": "me", "n": "1", "x": null, "integrationLatency": 0}),
        )],
        &[("/requestContext/authorizer", json!({"claims": {"sub": "me", "auth_time": "1718722804"}}))],
        // a custom domain with a base path
        &[
            ("/path", json!("/v1/users/42")),
            ("/requestContext/path", json!("/v1/users/42")),
            ("/requestContext/domainName", json!("api.example.com")),
            ("/requestContext/domainPrefix", json!("api")),
            ("/headers/Host", json!("api.example.com")),
            ("/multiValueHeaders/Host", json!(["api.example.com"])),
        ],
        // parameters stay encoded
        &[
            ("/path", json!("/users/a%2Bb")),
            ("/requestContext/path", json!("/prod/users/a%2Bb")),
            ("/pathParameters/id", json!("a%2Bb")),
        ],
    ];
    cases.iter().for_each(|changes| silent(&with("rest", changes)));
}

#[test]
fn what_the_others_are_known_to_send_is_silent() {
    let cases: &[(&str, &[(&str, Value)])] = &[
        // H-007: a named stage
        (
            "http",
            &[
                ("/rawPath", json!("/dev/users/42")),
                ("/requestContext/http/path", json!("/dev/users/42")),
                ("/requestContext/stage", json!("dev")),
            ],
        ),
        // H-027 to H-029
        ("http", &[("/requestContext/authorizer", json!({"lambda": null}))]),
        (
            "http",
            &[("/requestContext/authorizer", json!({"jwt": {"claims": {"sub": "me"}, "scopes": null}}))],
        ),
        // H-051
        ("http-v1", &[("/requestContext/authorizer", json!({"claims": null, "scopes": null}))]),
        // U-001: null or absent, the documents say
        ("url", &[("/pathParameters", Value::Null), ("/stageVariables", Value::Null)]),
        // L-007: the flag of a bodyless request; L-008: a health check
        ("alb", &[("/body", json!("")), ("/isBase64Encoded", json!(true))]),
        (
            "alb",
            &[
                ("/headers", json!({"user-agent": "ELB-HealthChecker/2.0"})),
                ("/body", json!("")),
                ("/queryStringParameters", json!({})),
            ],
        ),
    ];
    cases.iter().for_each(|(flavor, changes)| silent(&with(flavor, changes)));
    // W-003, W-007: a message, also in the form of 2020
    silent(&json!({"requestContext": message_context(), "body": "{}", "isBase64Encoded": false}));
}

fn silent(event: &Value) {
    let judged = judged(event, None);
    assert_eq!(names(&judged), [""; 0], "{:?}\n{event:#}", judged.findings);
}

fn message_context() -> Value {
    let mut context = EventFlavor::from_name("websocket").unwrap().example()["requestContext"].clone();
    for (key, value) in
        [("eventType", "MESSAGE"), ("routeKey", "$default"), ("messageId", "Zd8gUcNloAMCJXg=")]
    {
        context[key] = json!(value);
    }
    context["identity"] = json!({"sourceIp": "203.0.113.10", "accountId": null, "userAgent": null});
    context
}

#[test]
fn what_is_not_well_known_is_no_error() {
    let cases = [
        with(
            "http-v1",
            &[
                ("/pathParameters", json!({})),
                ("/resource", json!("/users")),
                ("/requestContext/resourcePath", json!("/users")),
            ],
        ),
        with("lattice", &[("/headers/accept", json!("*/*"))]),
        with("http", &[("/routeKey", json!("$default")), ("/requestContext/routeKey", json!("$default"))]),
    ];
    for event in cases {
        let judged = judged(&event, None);
        assert!(!judged.findings.is_empty());
        assert!(
            judged.findings.iter().all(|finding| finding.severity < Severity::Error),
            "{:?}",
            judged.findings
        );
    }
}
