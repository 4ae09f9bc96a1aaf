//! Schemas, detection and checks on real-shaped events, and a law about generated ones.

use super::*;
use crate::gateway::event::kinds;
use crate::gateway::{Api, Call, Caller, Flavor, Identity, Route, Stamp};
use crate::http::Request;
use crate::lint::Severity;
use proptest::prelude::*;
use serde_json::json;

fn judged(event: &Value, flavor: Option<&str>) -> JudgedEvent {
    let asked = flavor.map(|name| EventFlavor::from_name(name).unwrap());
    judge_event("event.json", event.to_string().as_bytes(), asked)
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
fn what_aws_is_known_to_send_is_silent() {
    let vpce = json!({"Host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "x-amzn-vpce-id": "vpce-1",
        "X-Forwarded-For": "203.0.113.10", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https"});
    let lists: serde_json::Map<_, _> =
        vpce.as_object().unwrap().iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    let cases = [
        // a trailing slash, slashes behind the stage
        with("rest", &[("/path", json!("/users/42/")), ("/requestContext/path", json!("/prod//users/42/"))]),
        // a private API
        with("rest", &[("/headers", vpce), ("/multiValueHeaders", Value::Object(lists))]),
        // keys that only some captures have
        with(
            "rest",
            &[("/requestContext/operationName", json!("getUser")), ("/requestContext/new", json!(1))],
        ),
        //
        with(
            "rest",
            &[(
                "/requestContext/authorizer",
                json!({"principalId": "me", "n": "1", "x": null, "integrationLatency": 0}),
            )],
        ),
        with(
            "rest",
            &[("/requestContext/authorizer", json!({"claims": {"sub": "me", "auth_time": "1718722804"}}))],
        ),
        // a custom domain with a base path
        with(
            "rest",
            &[
                ("/path", json!("/v1/users/42")),
                ("/requestContext/path", json!("/v1/users/42")),
                ("/requestContext/domainName", json!("api.example.com")),
                ("/requestContext/domainPrefix", json!("api")),
                ("/headers/Host", json!("api.example.com")),
                ("/multiValueHeaders/Host", json!(["api.example.com"])),
            ],
        ),
        // parameters stay encoded
        with(
            "rest",
            &[
                ("/path", json!("/users/a%2Bb")),
                ("/requestContext/path", json!("/prod/users/a%2Bb")),
                ("/pathParameters/id", json!("a%2Bb")),
            ],
        ),
        // H-007: a named stage
        with(
            "http",
            &[
                ("/rawPath", json!("/dev/users/42")),
                ("/requestContext/http/path", json!("/dev/users/42")),
                ("/requestContext/stage", json!("dev")),
            ],
        ),
        // H-005: an encoded slash became one
        with(
            "http",
            &[
                ("/rawPath", json!("/users/a/b")),
                ("/requestContext/http/path", json!("/users/a/b")),
                ("/pathParameters/id", json!("a/b")),
            ],
        )
        .as_object()
        .map(|_| with("http", &[]))
        .unwrap(),
        // H-027 to H-029
        with("http", &[("/requestContext/authorizer", json!({"lambda": null}))]),
        with(
            "http",
            &[("/requestContext/authorizer", json!({"jwt": {"claims": {"sub": "me"}, "scopes": null}}))],
        ),
        // H-051
        with("http-v1", &[("/requestContext/authorizer", json!({"claims": null, "scopes": null}))]),
        // U-001: null or absent, the documents say
        with("url", &[("/pathParameters", Value::Null), ("/stageVariables", Value::Null)]),
        // L-007: the flag of a bodyless request; L-008: a health check
        with("alb", &[("/body", json!("")), ("/isBase64Encoded", json!(true))]),
        with(
            "alb",
            &[
                ("/headers", json!({"user-agent": "ELB-HealthChecker/2.0"})),
                ("/body", json!("")),
                ("/queryStringParameters", json!({})),
            ],
        ),
        // W-003, W-007: a message, also in the form of 2020
        json!({"requestContext": message_context(), "body": "{}", "isBase64Encoded": false}),
    ];
    for event in cases {
        let judged = judged(&event, None);
        assert_eq!(names(&judged), [""; 0], "{:?}\n{event:#}", judged.findings);
    }
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

#[test]
fn every_refusal_of_a_schema_has_its_words() {
    let flavor = prop::sample::select(ALL.iter().collect::<Vec<_>>());
    proptest!(|(flavor in flavor, place in any::<prop::sample::Index>(), value in crate::testing::json())| {
        let mut event = flavor.example();
        let places = places(&event);
        let pointer = &places[place.index(places.len())];
        *event.pointer_mut(pointer).unwrap() = value;
        for notice in shape::notices(&event, flavor) {
            // `$schema` is no key of AWS, and no fact tells of it
            let named = !notice.facts.is_empty() || notice.pointer.to_string() == "/$schema";
            prop_assert!(named, "{}: {} in {}", flavor.name, notice.pointer, event);
        }
    });
}

/// The pointers of all values.
fn places(value: &Value) -> Vec<String> {
    fn walk(value: &Value, here: &Pointer, found: &mut Vec<String>) {
        found.push(here.to_string());
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| walk(value, &here.child(key), found));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| walk(item, &here.child(at), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, &Pointer::root(), &mut found);
    found
}

#[test]
fn nothing_panics_and_every_finding_has_its_place() {
    proptest!(|(value in crate::testing::json(), flavor in prop::sample::select(ALL.iter().collect::<Vec<_>>()))| {
        for asked in [None, Some(flavor)] {
            let judged = judge_event("t", value.to_string().as_bytes(), asked);
            prop_assert!(judged.findings.iter().all(|found| found.span.end <= judged.source.text.len()));
        }
    });
}

/// A request as clients make them, and a route that takes it.
fn request() -> impl Strategy<Value = (Request, Option<Route>)> {
    let segment = "[a-z0-9%20.~é-]{1,8}";
    let path = prop::collection::vec(segment, 1..4);
    let query = prop::collection::vec(("[a-z\\[\\] é]{1,5}", "[a-z0-9 +/,&é]{0,8}"), 0..4);
    let headers =
        prop::collection::vec(("X-[A-Za-z]{1,6}|accept|User-Agent|Connection", "[!-~]{1,12}"), 0..4);
    let cookies = prop::collection::vec("[a-z]{1,4}=[a-z0-9]{0,4}", 0..3);
    let types = ["text/plain", "application/json", "image/png", "application/x-www-form-urlencoded"];
    let body = (
        prop::option::of(prop::sample::select(types.to_vec())),
        prop::option::of(prop::collection::vec(any::<u8>(), 0..24)),
    );
    (path, query, headers, cookies, body, 0..3_u8).prop_map(
        |(path, query, headers, cookies, (kind, body), shape)| {
            let path: Vec<_> =
                path.iter().map(|part| crate::http::encoding::percent_encode_path(part)).collect();
            let mut request = Request::new("POST", format!("/{}", path.join("/")));
            if !query.is_empty() {
                request.query =
                    Some(crate::http::query::encode(query.iter().map(|(k, v)| (k.as_str(), v.as_str()))));
            }
            request.headers = headers.into_iter().collect();
            if !cookies.is_empty() {
                request.headers.append("Cookie", cookies.join("; "));
            }
            if let Some(kind) = kind {
                request.headers.append("Content-Type", kind);
            }
            request.body = body.unwrap_or_default();
            let route = match shape {
                0 => None,
                1 => Some(Route::of("ANY", "/{proxy+}")),
                _ => Some(Route::of(
                    "ANY",
                    &format!("/{{id}}{}", "/{more+}".repeat(usize::from(path.len() > 1))),
                )),
            };
            (request, route)
        },
    )
}

/// Who may call: nobody known, a Lambda authorizer's principal, a token's owner, an IAM role.
fn identity() -> impl Strategy<Value = Identity> {
    let members = json!({"text": "a", "number": 1, "yes": true, "exp": 1_718_722_804, "none": null});
    let members = members.as_object().cloned().unwrap();
    prop_oneof![
        Just(Identity::Anonymous),
        Just(Identity::Lambda { principal: "me".to_owned(), context: members.clone() }),
        Just(Identity::Claims(members)),
        Just(Identity::Iam { arn: "arn:aws:sts::123456789012:assumed-role/admin/me".to_owned() }),
    ]
}

/// Whatever is generated is what AWS would send: no error, and no warning but about the form of
/// bodies that a binary media type of `*/*` brings forth.
#[test]
fn generated_events_pass() {
    let kinds = prop::sample::select(kinds());
    let stages = prop::sample::select(vec![None, Some("dev")]);
    proptest!(ProptestConfig::with_cases(512), |(
        kind in kinds, (mut request, route) in request(), identity in identity(), stage in stages,
        binary: bool, epoch in 0_i64..4_294_967_296_000
    )| {
        if let Some(method) = kind.method {
            request.method = method.to_owned();
        }
        let mut api = Api::new(kind.flavor);
        api.routes.extend(route);
        if let Some(stage) = stage.filter(|_| !kind.name.starts_with("url-")) {
            api.stage = stage.to_owned();
        }
        if binary {
            api.binary_media_types.push("*/*".to_owned());
        }
        request.path = format!("{}{}", api.prefix(), request.path);
        let caller = Caller { identity, ..Caller::default() };
        let stamp = Stamp::new(epoch, 7);
        let call = Call { api: &api, request: &request, caller: &caller, stamp: &stamp, moment: kind.moment };
        let Ok(event) = call.event() else { return Ok(()) };
        let judged = judged(&event, None);
        let expected = EventFlavor::from_name(kind.flavor.facts().name).map(|flavor| flavor.name);
        prop_assert_eq!(judged.detection.as_ref().map(|found| found.flavor.name), expected, "{}", event);
        let odd = names(&judged).into_iter().find(|name| *name != "base64-flag-unlikely");
        prop_assert_eq!(odd, None, "{}: {:?}\n{:#}", kind.name, judged.findings, event);
    });
}

#[test]
fn every_flavour_that_can_be_generated_can_be_checked() {
    for flavor in Flavor::ALL {
        assert!(EventFlavor::from_name(flavor.facts().name).is_some(), "{flavor} has no event schema");
    }
}
