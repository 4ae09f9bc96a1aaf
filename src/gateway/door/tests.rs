//! The door, case by case: what was recorded of routing, validation and gateway responses.

use super::*;
use crate::gateway::{Cors, Matched, ResponseType, Route, Stamp};
use crate::http::{Request, Response};
use serde_json::json;

/// `/nested/{test}` of the recorded validator cases (R-271 to R-273): POST and GET.
fn nested(required: &[&str], looks: bool) -> Deployment {
    let mut deployment = Deployment::new(Api { stage: "local".to_owned(), ..Api::new(Flavor::Rest) });
    let schema = json!({
        "type": "object",
        "required": ["a", "b"],
        "properties": { "a": { "type": "number" }, "b": { "type": "number" } },
    });
    let mut validator = RequestValidator::default();
    if looks {
        validator.required = required.iter().filter_map(|text| Parameter::parse(text)).collect();
        validator.models = vec![Model::new("application/json", &schema).unwrap()];
    }
    for verb in ["GET", "POST"] {
        deployment.add(Method { validator: validator.clone(), ..method(verb, "/nested/{test}") });
    }
    deployment
}

fn method(verb: &str, template: &str) -> Method {
    Method::new(Route::of(verb, template), Integration::Function("function".to_owned()))
}

/// The answer of the door, or `None` if it lets the request through.
fn answer(deployment: &Deployment, request: &Request) -> Option<Response> {
    let stamp = Stamp::default();
    let exchange = Exchange::new(&deployment.api, request, &stamp);
    let passed: (&Method, Matched<'_>) = match deployment.enter(&exchange) {
        Entry::Answered(refusal) => return Some(refusal.response),
        Entry::Route(method, matched) => (method, matched),
    };
    let checked = deployment.check(&exchange, (passed.0, &passed.1), None);
    checked.err().map(|refusal| refusal.response)
}

fn request(verb: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let mut request = Request::new(verb, path);
    request.query = query.map(str::to_owned);
    for (name, value) in headers {
        request.headers.append(*name, *value);
    }
    request.body = body.as_bytes().to_vec();
    request
}

const ALL: [&str; 3] =
    ["method.request.path.test", "method.request.querystring.qs1", "method.request.header.x-header-param"];

#[test]
fn requests_are_validated_as_recorded() {
    let with_issuer = [
        "method.request.querystring.qs1",
        "method.request.header.x-header-param",
        "method.request.path.issuer",
    ];
    let header = ("x-header-param", "test");
    let bad = r#"{"test":"test"}"#;
    let invalid = Some("Invalid request body");
    for (required, looks, verb, query, headers, body, message) in [
        (&ALL, true, "GET", "?qs1=test", &[header][..], "", invalid), // R-272
        (&ALL, true, "GET", "?qs1=test", &[("Content-Type", "application/json"), header], "", invalid),
        (
            &with_issuer,
            true,
            "POST",
            "",
            &[],
            bad,
            Some("Missing required request parameters: [x-header-param, issuer, qs1]"),
        ),
        (
            &ALL,
            true,
            "GET",
            "?qs1=test",
            &[],
            "",
            Some("Missing required request parameters: [x-header-param]"),
        ),
        (&ALL, true, "GET", "", &[header], "", Some("Missing required request parameters: [qs1]")),
        (&ALL, true, "POST", "?qs1=test", &[header], bad, invalid),
        (&ALL, true, "POST", "?qs1=test", &[header], r#"{"a":1,"b":2}"#, None),
        (&ALL, true, "POST", "?qs1=test", &[header, ("Content-Type", "text/plain")], bad, None),
        (&ALL, true, "POST", "?qs1=", &[header], bad, Some("Missing required request parameters: [qs1]")),
        (&ALL, false, "POST", "", &[], bad, None),
    ] {
        let deployment = nested(required, looks);
        let request = request(verb, &format!("/local/nested/value{query}"), headers, body);
        let answer = answer(&deployment, &request);
        let expected = message.map(|message| (400, json!({ "message": message }).to_string()));
        let got = answer.map(|response| (response.status, response.body.as_text().unwrap().to_owned()));
        assert_eq!(got, expected, "{verb} {query} {headers:?} {body}");
    }
}

#[test]
fn what_leads_nowhere_is_answered_as_recorded() {
    let rest = nested(&[], false);
    let mut http = Deployment::new(Api::new(Flavor::Http));
    http.add(method("GET", "/foo"));
    for (deployment, verb, path, status, body) in [
        (&rest, "GET", "/local/nope", 403, r#"{"message":"Missing Authentication Token"}"#), // R-264
        (&rest, "PUT", "/local/nested/a", 403, r#"{"message":"Missing Authentication Token"}"#),
        (&rest, "GET", "/other/nested/a", 403, r#"{"message":"Forbidden"}"#), // R-276
        (&http, "GET", "/not-configured", 404, r#"{"message":"Not Found"}"#), // H-091
        (&http, "PUT", "/foo", 404, r#"{"message":"Not Found"}"#),
    ] {
        let response = answer(deployment, &request(verb, path, &[], "")).unwrap();
        assert_eq!((response.status, response.body.as_text().unwrap()), (status, body), "{verb} {path}");
    }
}

#[test]
fn the_most_specific_resource_takes_a_request() {
    // R-033, R-034: as recorded, the order of the resources does not count.
    let resources =
        ["GET /part1", "GET /{param+}", "GET /part1/hardcoded-value", "POST /test", "ANY /test/any"];
    let mut deployment = Deployment::new(Api::new(Flavor::Rest));
    for text in resources {
        deployment.add(Method { route: Route::parse(text).unwrap(), ..method("GET", "/") });
    }
    let prefix = deployment.api.prefix();
    for (verb, path, expected) in [
        ("GET", "/part1", "GET /part1"),
        ("GET", "/part1/hardcoded-value", "GET /part1/hardcoded-value"),
        ("GET", "/part1/random-value", "GET /{param+}"),
        ("GET", "/test", "GET /{param+}"),
        ("GET", "/test/any", "ANY /test/any"),
    ] {
        let (request, stamp) = (request(verb, &format!("{prefix}{path}"), &[], ""), Stamp::default());
        match deployment.enter(&Exchange::new(&deployment.api, &request, &stamp)) {
            Entry::Route(method, _) => assert_eq!(method.route.to_string(), expected, "{verb} {path}"),
            Entry::Answered(refusal) => panic!("{verb} {path}: {}", refusal.reason),
        }
    }
}

#[test]
fn an_api_key_is_asked_for() {
    let mut deployment = Deployment::new(Api::new(Flavor::Rest));
    deployment.add(Method { api_key_required: true, ..method("GET", "/") });
    let path = deployment.api.prefix() + "/";
    let with = |key: &str| request("GET", &path, &[("X-API-Key", key)], "");
    let forbidden = |deployment: &Deployment, request: &Request| {
        answer(deployment, request)
            .map(|response| (response.status, response.body.as_text().unwrap().to_owned()))
    };
    let refused = Some((403, r#"{"message":"Forbidden"}"#.to_owned())); // R-266
    assert_eq!(forbidden(&deployment, &request("GET", &path, &[], "")), refused);
    assert_eq!(forbidden(&deployment, &with("")), refused);
    assert_eq!(forbidden(&deployment, &with("any")), None);
    deployment.api_keys = vec!["known".to_owned()];
    assert_eq!(forbidden(&deployment, &with("any")), refused);
    assert_eq!(forbidden(&deployment, &with("known")), None);
}

#[test]
fn preflights_are_answered_from_the_configuration() {
    let cors = Cors {
        allow_origins: vec!["https://www.example.com".to_owned()],
        allow_methods: vec!["GET".to_owned(), "PUT".to_owned()],
        allow_headers: vec!["x-a".to_owned()],
        max_age: Some(60),
        ..Cors::default()
    };
    let deployment = Deployment::new(Api { cors: Some(cors), ..Api::new(Flavor::Http) });
    let origin = |origin| [("Origin", origin), ("Access-Control-Request-Method", "GET")];
    let response =
        answer(&deployment, &request("OPTIONS", "/any", &origin("https://www.example.com"), "")).unwrap();
    let headers: Vec<_> = response.headers.iter().collect();
    assert_eq!(response.status, 204);
    assert_eq!(
        headers,
        [
            ("access-control-allow-origin", "https://www.example.com"), // H-093
            ("access-control-allow-methods", "GET,PUT"),
            ("access-control-allow-headers", "x-a"),
            ("access-control-max-age", "60"),
        ]
    );
    let other =
        answer(&deployment, &request("OPTIONS", "/any", &origin("https://other.example"), "")).unwrap();
    assert_eq!((other.status, other.headers.len()), (204, 0));
    // Without the method that is asked for it is no preflight.
    let plain =
        answer(&deployment, &request("OPTIONS", "/any", &[("Origin", "https://www.example.com")], ""));
    assert_eq!(plain.unwrap().status, 404);
}

#[test]
fn gateway_responses_are_customised_by_type_and_by_class() {
    let mut deployment = Deployment::new(Api::new(Flavor::Rest));
    let mut own = GatewayResponse::new(ResponseType::Default4xx);
    own.status = Some(418);
    own.header("gatewayresponse.header.Access-Control-Allow-Origin", "'*'").unwrap();
    own.header("X-Asked", "method.request.header.x-a").unwrap();
    let template = r#"{"error":$context.error.messageString,"type":"$context.error.responseType"}"#;
    own.template("application/json", template).unwrap();
    deployment.responses.put(own);
    let refused = request("GET", "/dev/nope", &[("X-A", "1")], "");
    let stage = Api { stage: "dev".to_owned(), ..deployment.api.clone() };
    deployment.api = stage;
    let response = answer(&deployment, &refused).unwrap();
    assert_eq!(response.status, 418); // R-262
    let body = r#"{"error":"Missing Authentication Token","type":"MISSING_AUTHENTICATION_TOKEN"}"#;
    assert_eq!(response.body.as_text().unwrap(), body);
    assert_eq!(response.headers.get("content-length"), Some(body.len().to_string().as_str()));
    assert_eq!(response.headers.get("access-control-allow-origin"), Some("*"));
    assert_eq!(response.headers.get("x-asked"), Some("1"));
    assert_eq!(response.headers.get("x-amzn-errortype"), Some("MissingAuthenticationTokenException"));
    // The type itself has the last word.
    deployment.responses.put(GatewayResponse::new(ResponseType::MissingAuthenticationToken));
    assert_eq!(answer(&deployment, &refused).unwrap().status, 403);
}

#[test]
fn templates_that_compute_are_refused() {
    let mut own = GatewayResponse::new(ResponseType::Default4xx);
    for (template, found) in [
        ("#set($a = 1)", "#set"),
        (r#"{"a": "$util.escapeJavaScript($x)"}"#, "$util.escapeJavaScript($x)"),
        ("$input.path('$.a')", "$input.path('$.a')"),
    ] {
        let error = own.template("application/json", template).unwrap_err();
        assert!(error.to_string().ends_with(found), "{error}");
    }
    assert!(own.header("gatewayresponse.header.A", "integration.response.header.A").is_err());
}

#[test]
fn a_route_of_the_other_payload_format_sees_an_api_of_its_own() {
    let mut deployment = Deployment::new(Api::new(Flavor::Http));
    deployment.add(method("GET", "/new"));
    deployment.add(Method { flavor: Some(Flavor::HttpV1), ..method("GET", "/old") });
    deployment.add(Method { flavor: Some(Flavor::Http), streaming: true, ..method("GET", "/flow") });
    let own = (&deployment.api, crate::gateway::AuthorizerSettings::default());
    let kind = crate::gateway::AuthorizerKind::Http;
    deployment.guards.push(Guard::lambda("guard", kind, "g", own));
    deployment.api.stage = "later".to_owned();
    deployment.settle();
    let seen = deployment.methods.iter().map(|method| deployment.api_of(method));
    let seen: Vec<_> = seen.map(|api| (api.flavor, api.streaming, api.stage.as_str())).collect();
    let expected =
        [(Flavor::Http, false, "later"), (Flavor::HttpV1, false, "later"), (Flavor::Http, true, "later")];
    assert_eq!(seen, expected);
    let GuardKind::Lambda { api, .. } = &deployment.guards[0].kind else { panic!("a function decides") };
    assert_eq!((api.stage.as_str(), api.routes.len()), ("later", 3));
}

#[test]
fn a_token_of_another_form_is_refused_before_its_function_is_asked() {
    let deployment = nested(&[], false);
    let own = (&deployment.api, crate::gateway::AuthorizerSettings::default());
    let guard = Guard::lambda("guard", crate::gateway::AuthorizerKind::Token, "g", own);
    let guard = Guard { validation: Some(regex::Regex::new("^Bearer [a-z]+$").unwrap()), ..guard };
    let (asked, stamp) = (request("GET", "/local/nested/1", &[], ""), Stamp::default());
    let exchange = Exchange::new(&deployment.api, &asked, &stamp);
    let status = |token: &str| {
        let checked = deployment.check_form(&exchange, &guard, &[token.to_owned()]);
        checked.err().map(|refusal| refusal.response.status)
    };
    assert_eq!((status("Bearer abc"), status("Basic abc")), (None, Some(401))); // R-240
}
