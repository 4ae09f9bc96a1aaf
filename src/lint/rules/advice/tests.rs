//! Where advice must stay silent, and where its words depend on the case.

use crate::gateway::{Api, AuthorizerKind, Cors, Exchange, Flavor, Front, Moment, Stamp};
use crate::http::Request;
use crate::lint::{Document, Example, Expected, Finding, Severity, judge};
use serde_json::{Value, json};

/// What is found in a result by a front end: the request's method and headers decide, too.
fn findings(front: Front, request: &Request, api: &Api, text: &str, expected: bool) -> Vec<Finding> {
    let stamp = Stamp::default();
    let exchange = Exchange { api, request, stamp: &stamp, moment: Moment::Request };
    judge(&Document::whole("t", text.as_bytes()), front, &exchange, &Expected { cors: expected }).findings
}

fn codes(example: &Example) -> Vec<&'static str> {
    let api = Api {
        binary_media_types: example.binary_media_types.iter().map(|entry| (*entry).to_owned()).collect(),
        streaming: example.streaming,
        cors: example
            .cors_allow_origin
            .map(|origin| Cors { allow_origins: vec![origin.to_owned()], ..Cors::default() }),
        ..Api::new(example.front.flavor())
    };
    let mut request = Request::new(example.method, api.prefix() + "/");
    for (name, value) in
        example.request.iter().copied().chain(example.accept.map(|accept| ("Accept", accept)))
    {
        request.headers.append(name, value);
    }
    let found = findings(example.front, &request, &api, example.result, example.cors_expected);
    found.iter().map(|finding| finding.rule.code).collect()
}

const PAGE: &[(&str, &str)] = &[("Origin", "https://app.example.com")];

/// A result with these headers and no body.
fn with(headers: &Value) -> String {
    json!({ "statusCode": 200, "headers": headers }).to_string()
}

fn of_rest(headers: &Value) -> Example {
    Example::rest(String::leak(with(headers)))
}

#[test]
fn cors_is_judged_where_a_browser_judges_it() {
    let star = || of_rest(&json!({"Access-Control-Allow-Origin": "*"}));
    let of = |origin: &str| of_rest(&json!({"Access-Control-Allow-Origin": origin, "Vary": "Origin"}));
    let silent = [
        star(),
        star().asked(PAGE),
        star().cors_expected(),
        star().asked(&[("Origin", "https://app.example.com"), ("Cookie", "a=1"), ("Sec-Fetch-Site", "same-origin")]),
        // Allowed to nobody, on purpose.
        of(""),
        of("null").asked(&[("Origin", "null")]),
        of("https://app.example.com").asked(PAGE),
        of_rest(&json!({"Access-Control-Allow-Credentials": "true"})),
        of_rest(&json!({"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "false"})),
        // Nobody asks from elsewhere.
        of_rest(&json!({})),
        of_rest(&json!({})).asked(&[("Origin", "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com")]),
        of_rest(&json!({})).asked(&[("Origin", "https://api.example.com"), ("Host", "API.example.com")]),
        // Nothing is kept that could be given to another page.
        of_rest(&json!({"Access-Control-Allow-Origin": "https://app.example.com", "Cache-Control": "private, no-store"}))
            .asked(PAGE),
        of_rest(&json!({"Access-Control-Allow-Origin": "https://app.example.com"})).asked_with("POST", PAGE),
        // The API's configuration says it all.
        Example::http(r#"{"statusCode": 200}"#).asked(PAGE).configured("*"),
        Example::http(r#"{"statusCode": 200}"#).configured("https://a.example").cors_expected(),
        Example::of(Flavor::Url, r#"{"statusCode": 200}"#).asked(PAGE).configured("https://app.example.com"),
        Example::http(r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}"#)
            .asked(PAGE)
            .configured("*"),
    ];
    for example in silent {
        assert_eq!(codes(&example), [""; 0], "{} {:?}", example.result, example.request);
    }
    assert_eq!(codes(&of("https://App.example.com").asked(PAGE)), ["AGW502"], "said once");
    assert_eq!(codes(&of("").asked(PAGE)), ["AGW504"]);
    assert_eq!(codes(&of_rest(&json!({})).asked(PAGE).cors_expected()), ["AGW503"]);
    // What is refused is answered by the gateway, and has other worries.
    assert_eq!(codes(&Example::rest(r#"{"body": {}}"#).asked(PAGE).cors_expected()), ["AGW101"]);
    // Authorizers and connections have no pages.
    let upgrade = Example::websocket(Moment::Message, r#"{"statusCode": 200}"#).asked(PAGE).cors_expected();
    assert_eq!(codes(&upgrade), [""; 0]);
}

#[test]
fn what_is_not_known_of_an_api_is_no_error() {
    let severity = |flavor| {
        let api = Api::new(flavor);
        let found = findings(flavor.into(), &Request::new("GET", "/"), &api, r#"{"statusCode": 404}"#, true);
        found.iter().map(|finding| (finding.rule.code, finding.severity)).collect::<Vec<_>>()
    };
    assert_eq!(severity(Flavor::Rest), [("AGW503", Severity::Error)]);
    for flavor in [Flavor::Http, Flavor::Url, Flavor::Alb] {
        assert_eq!(severity(flavor), [("AGW503", Severity::Warning)], "it may be configured");
    }
}

#[test]
fn preflights_are_judged_as_browsers_do() {
    let asks = |method: &'static str, headers: &'static str| -> &'static [(&'static str, &'static str)] {
        vec![
            ("Origin", "https://app.example.com"),
            ("Access-Control-Request-Method", method),
            ("Access-Control-Request-Headers", headers),
        ]
        .leak()
    };
    let allows = |methods: &str, headers: &str| {
        of_rest(&json!({
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": headers,
        }))
    };
    let silent = [
        allows("", "").asked_with("OPTIONS", asks("GET", "")),
        allows("put,PUT", "X-Trace, content-type").asked_with("OPTIONS", asks("PUT", "content-type,x-trace")),
        allows("*", "*").asked_with("OPTIONS", asks("DELETE", "x-trace")),
        allows("*", "*,Authorization").asked_with("OPTIONS", asks("DELETE", "authorization")),
        // No preflight at all.
        allows("", "").asked_with("PUT", asks("PUT", "x-trace")),
        allows("", "").asked_with("OPTIONS", PAGE),
    ];
    for example in silent {
        assert_eq!(codes(&example), [""; 0], "{} {:?}", example.result, example.request);
    }
    let found = [
        (allows("put", "").asked_with("OPTIONS", asks("PUT", "")), 1),
        (allows("PUT", "").asked_with("OPTIONS", asks("DELETE", "x-a,x-b")), 3),
    ];
    for (example, count) in found {
        assert_eq!(codes(&example), vec!["AGW507"; count], "{}", example.result);
    }
}

#[test]
fn bodies_that_are_meant_so_are_passed_over() {
    let typed = |flavor, content_type: &str, body: &str| {
        let result = json!({"statusCode": 200, "headers": {"Content-Type": content_type}, "body": body});
        Example::of(flavor, String::leak(result.to_string()))
    };
    let plain = |flavor, body: &str| {
        Example::of(flavor, String::leak(json!({"statusCode": 200, "body": body}).to_string()))
    };
    let silent = [
        // A word as JSON, a text under a REST API's default type, a plain text.
        plain(Flavor::Rest, "\"Hello from Lambda!\""),
        plain(Flavor::Rest, "ok"),
        plain(Flavor::Http, "\"Hello from Lambda!\""),
        plain(Flavor::Http, "{curly} words"),
        plain(Flavor::Http, "42"),
        plain(Flavor::Url, "{\"a\": 1}"),
        plain(Flavor::Alb, "<!doctype html>"),
        plain(Flavor::Rest, "<htmlish>"),
        typed(Flavor::Rest, "application/json", "\"{not json}\""),
        typed(Flavor::Rest, "application/json", "\u{feff}{\"a\": 1}"),
        typed(Flavor::Rest, "application/json", ")]}',\n{\"a\": 1}"),
        typed(Flavor::Rest, "application/json", ""),
        typed(Flavor::Http, "application/x-ndjson", "{\"a\": 1}\n{\"a\": 2}"),
        typed(Flavor::Http, "text/plain", "{\"a\": 1}"),
        typed(Flavor::Http, "text/plain", "<!doctype html>"),
        typed(Flavor::Http, "text/plain", "\"{\\\"a\\\": 1}\""),
        typed(Flavor::Http, "image/svg+xml", "<svg/>"),
        typed(Flavor::Http, "image/png", "not an image at all"),
        typed(Flavor::Http, "image/png", "iVBORw0K"),
        typed(Flavor::Http, "text/plain", "iVBORw0KGgoAAAANSUhEUgAAAAE="),
        typed(Flavor::Http, "application/pdf", "%PDF-1.4 in letters only"),
        Example::http(r#"{"statusCode": 204, "headers": {"Content-Type": "application/json"}, "body": ""}"#),
        Example::http(
            r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "bm90IGpzb24=", "isBase64Encoded": false}"#,
        ),
    ];
    for (index, example) in silent.iter().enumerate() {
        let base64_named_json = index + 1 == silent.len();
        let expected: &[&str] = if base64_named_json { &["AGW532"] } else { &[] };
        assert_eq!(codes(example), expected, "{}", example.result);
    }
    let encoded = |kind: &str, flag: bool| {
        let headers = json!({"Content-Type": kind, "Content-Encoding": "br"});
        let result =
            json!({"statusCode": 200, "headers": headers, "body": "CwGAYWJjAw==", "isBase64Encoded": flag});
        Example::http(String::leak(result.to_string()))
    };
    assert_eq!(codes(&encoded("application/json", true)), [""; 0], "what is compressed is not read");
    // A REST API that does not decode says so once.
    let undecoded = Example::rest(
        r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "e30=", "isBase64Encoded": true}"#,
    );
    assert_eq!(codes(&undecoded), ["AGW117"]);
}

#[test]
fn lengths_are_compared_where_the_front_end_counts() {
    let length = |flavor, method, status: u16, length: &str| {
        let result = json!({"statusCode": status, "headers": {"content-length": length}});
        Example { method, ..Example::of(flavor, String::leak(result.to_string())) }
    };
    assert_eq!(codes(&length(Flavor::Http, "GET", 200, "0")), [""; 0]);
    assert_eq!(codes(&length(Flavor::Http, "HEAD", 200, "42")), [""; 0]);
    assert_eq!(codes(&length(Flavor::Alb, "GET", 304, "42")), [""; 0]);
    assert_eq!(codes(&length(Flavor::Rest, "GET", 200, "42")), ["AGW118"], "it is renamed");
    assert_eq!(codes(&length(Flavor::Http, "GET", 200, "many")), ["AGW521"]);
}

#[test]
fn data_without_a_status_is_data() {
    let silent = [
        r#"{"status": 404}"#,
        r#"{"status": "active", "body": "of work"}"#,
        r#"{"status": 0, "body": {"an": "object"}}"#,
        r#"{"status": 200, "body": "of a mail", "subject": "Hello"}"#,
        r#"{"error": null, "data": 1}"#,
        r#"{"error": ""}"#,
        r#"{"error": {"code": 1}}"#,
        r#"{"jsonrpc": "2.0", "id": 1, "error": "x"}"#,
        r#"{"errors": []}"#,
        r#"{"errorMessage": "x", "jobId": 7}"#,
        r#"[{"error": "x"}]"#,
    ];
    for result in silent {
        assert_eq!(codes(&Example::http(result)), ["AGW124"], "{result}");
    }
    assert_eq!(
        codes(&Example::of(Flavor::HttpV1, r#"{"error": "x"}"#))[..1],
        ["AGW129"],
        "nothing is inferred"
    );
}

#[test]
fn the_limit_has_some_room_before_it() {
    let of = |flavor: Flavor, bytes: usize| {
        let frame = r#"{"statusCode": 200, "body": ""}"#.len();
        let text = format!(r#"{{"statusCode": 200, "body": "{}"}}"#, "x".repeat(bytes - frame));
        let found = findings(flavor.into(), &Request::new("GET", "/"), &Api::new(flavor), &text, false);
        found.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(Flavor::Alb, 838_000), [""; 0]);
    let near = "the result has 900,000 bytes, 85 % of the 1,048,576 that an Application Load Balancer takes";
    assert_eq!(of(Flavor::Alb, 900_000), [near]);
    assert_eq!(of(Flavor::Rest, 900_000), [""; 0]);
}

#[test]
fn policies_for_real_calls_are_left_alone() {
    let found = |kind: AuthorizerKind, resource: &str| {
        let statement = json!({"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": resource});
        let allow = json!({"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"});
        let result =
            json!({"principalId": "u", "policyDocument": {"Statement": [allow, statement]}}).to_string();
        codes(&Example::authorizer(kind, String::leak(result)))
    };
    const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";
    for resource in ["*", "arn:*", "arn:aws:execute-api:*", "arn:aws:*:*:*:*", "arn:aws:exec*:::x"] {
        assert_eq!(found(AuthorizerKind::Token, resource), [""; 0], "{resource}");
    }
    for below in [
        "*",
        "prod/*",
        "*/any/x",
        "prod/*/users",
        "prod/GET",
        "prod/GET/",
        "prod/GET/users/",
        "prod/PATCH/a//b",
    ] {
        assert_eq!(found(AuthorizerKind::Token, &format!("{ARN}/{below}")), [""; 0], "{below}");
    }
    assert_eq!(found(AuthorizerKind::Websocket, &format!("{ARN}/prod/$connect")), [""; 0]);
    assert_eq!(found(AuthorizerKind::Http, &format!("{ARN}/$default/get/users")), ["AGW581"]);
    for resource in ["GET/users", "execute-api:/*", "execute-api:/prod/GET/users"] {
        assert_eq!(found(AuthorizerKind::Token, resource), ["AGW581"], "{resource}");
    }
    // A slash at the end is worth a word where it decides.
    let slash = r#"{"principalId": "u", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET"}]}}"#;
    assert_eq!(codes(&Example::authorizer(AuthorizerKind::Token, slash)), ["AGW409", "AGW581"]);
}

#[test]
fn a_request_without_accept_is_no_recorded_case() {
    let told = |accept: Option<&str>, types: &[&str]| {
        let binary_media_types = types.iter().map(|entry| (*entry).to_owned()).collect();
        let api = Api { binary_media_types, ..Api::new(Flavor::Rest) };
        let mut request = Request::new("GET", "/prod/");
        request.headers = accept.map(|accept| ("Accept", accept)).into_iter().collect();
        let text = r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#;
        let found = findings(Flavor::Rest.into(), &request, &api, text, false);
        found.iter().map(|finding| (finding.rule.code, finding.evidence.name())).collect::<Vec<_>>()
    };
    assert_eq!(told(None, &["image/png"]), [("AGW116", "inferred")]);
    assert_eq!(told(Some("*/*"), &["image/png"]), [("AGW116", "recorded")]);
    assert_eq!(told(None, &["*/*"]), []);
    assert_eq!(told(None, &[]), [("AGW117", "recorded")]);
}

#[test]
fn a_failure_in_other_words_is_told_which_word_is_needed() {
    let message = |kind: AuthorizerKind, words: &str| {
        let text = json!({"errorMessage": words, "errorType": "Error"}).to_string();
        let api = Api::new(kind.facts().flavor);
        let request = Request::new("GET", api.prefix() + "/");
        let found = findings(kind.into(), &request, &api, &text, false);
        found.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    let hint = "; the message must be `Unauthorized`, and nothing else, to answer 401";
    assert_eq!(message(AuthorizerKind::Token, "Unauthorized"), [""; 0]);
    for words in ["unauthorized", "Unauthorized.", "[401] Unauthorized"] {
        let expected = format!("the authorizer failed: Error: {words}{hint}");
        assert_eq!(message(AuthorizerKind::Token, words), [expected]);
    }
    assert_eq!(message(AuthorizerKind::Token, "boom"), ["the authorizer failed: Error: boom"]);
    assert_eq!(message(AuthorizerKind::Http, "unauthorized"), ["the authorizer failed: Error: unauthorized"]);
}
