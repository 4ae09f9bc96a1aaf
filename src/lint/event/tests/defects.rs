//! The ten defects of the most used generator (users/peers.md, section 2), in events of our own
//! that show one each.

use super::{judged, names, with};
use serde_json::{Value, json};

/// What is found in the example of a flavour after these changes, besides what other tests show.
fn found(flavor: &str, changes: &[(&str, Value)]) -> Vec<&'static str> {
    names(&judged(&with(flavor, changes), None))
}

fn finds(flavor: &str, changes: &[(&str, Value)], expected: &[&str]) {
    let found = found(flavor, changes);
    for name in expected {
        assert!(found.contains(name), "{name} is not among {found:?}");
    }
}

#[test]
fn first_a_path_with_two_slashes() {
    let path = ("/path", json!("//foo/1"));
    finds("rest", &[path, ("/requestContext/path", json!("/prod//foo/1"))], &["path-slashes"]);
    finds(
        "http",
        &[("/rawPath", json!("//users/42")), ("/requestContext/http/path", json!("//users/42"))],
        &["path-slashes"],
    );
}

#[test]
fn second_a_parameter_of_another_name() {
    finds("rest", &[("/pathParameters", json!({"proxy": "//foo/1"}))], &["path-parameters-mismatch"]);
}

#[test]
fn third_a_query_in_one_text() {
    let changes = [
        ("/queryStringParameters", json!("a=1&b=2")),
        ("/multiValueQueryStringParameters", json!({"foo": ["bar"]})),
    ];
    finds("rest", &changes, &["event-value-type"]);
    let changes = [("/multiValueQueryStringParameters", json!({"foo": ["bar"]}))];
    finds("rest", &changes, &["key-in-one-map"]);
}

#[test]
fn fourth_a_method_in_lower_case() {
    let changes = [("/httpMethod", json!("get")), ("/requestContext/httpMethod", json!("get"))];
    finds("rest", &changes, &["method-case"]);
}

#[test]
fn fifth_base64_whatever_the_body_is() {
    let mut event =
        with("rest", &[("/body", json!("eyJ0ZXN0IjoiYm9keSJ9")), ("/isBase64Encoded", json!(true))]);
    for map in ["headers", "multiValueHeaders"] {
        event[map].as_object_mut().unwrap().shift_remove("Content-Type");
    }
    assert_eq!(names(&judged(&event, None)), ["base64-flag-unlikely"]);
}

#[test]
fn sixth_two_hosts() {
    let changes = [
        ("/headers/Host", json!("1234567890.execute-api.us-east-1.amazonaws.com")),
        ("/multiValueHeaders/Host", json!(["0123456789.execute-api.us-east-1.amazonaws.com"])),
    ];
    finds("rest", &changes, &["maps-disagree", "host-mismatch"]);
}

#[test]
fn seventh_members_of_the_context_are_missing() {
    let mut event = with("rest", &[]);
    let context = event["requestContext"].as_object_mut().unwrap();
    for key in ["domainName", "domainPrefix", "extendedRequestId"] {
        context.shift_remove(key);
    }
    context["identity"].as_object_mut().unwrap().shift_remove("accountId");
    assert_eq!(names(&judged(&event, None)), ["event-key-missing"; 4]);
}

#[test]
fn eighth_a_sample_of_payload_format_2_0_that_never_was() {
    let changes = [
        ("/requestContext/time", json!("12/Mar/2020:19:03:58 +0000")),
        ("/requestContext/timeEpoch", json!(1_583_348_638_390_i64)),
    ];
    finds("http", &changes, &["time-mismatch"]);
    finds("http", &[("/requestContext/http/sourceIp", json!("192.168.0.1/32"))], &["source-ip-form"]);
    let changes = [("/routeKey", json!("$default")), ("/requestContext/routeKey", json!("$default"))];
    finds("http", &changes, &["path-parameters-mismatch"]);
    finds("http", &[("/headers/Header1", json!("value1"))], &["header-name-case"]);
    let changes = [
        (
            "/requestContext/authorizer",
            json!({"jwt": {"claims": {"claim1": "value1"}, "scopes": ["scope1"]}}),
        ),
        ("/requestContext/authentication", json!({"clientCert": {"subjectDN": "www.example.com"}})),
    ];
    finds("http", &changes, &["client-cert-unlikely"]);
}

#[test]
fn ninth_a_template_for_a_path() {
    let mut event = with(
        "authorizer-request",
        &[
            ("/path", json!("/users/{id}")),
            ("/pathParameters", json!({})),
            (
                "/methodArn",
                json!("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/{id}"),
            ),
        ],
    );
    event.as_object_mut().unwrap().shift_remove("multiValueHeaders");
    let found = names(&judged(&event, None));
    for name in ["path-is-template", "path-parameters-mismatch", "event-key-missing", "method-arn-mismatch"] {
        assert!(found.contains(&name), "{name} is not among {found:?}");
    }
    assert_eq!(found.iter().filter(|name| **name == "path-is-template").count(), 2);
}

#[test]
fn tenth_a_template_in_the_arn() {
    let arn = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/{proxy+}";
    assert_eq!(found("authorizer-token", &[("/methodArn", json!(arn))]), ["path-is-template"]);
}
