//! `apigw event gen`: every flag, both flavours, and every way to get it wrong.

use super::{Ran, apigw};
use serde_json::{Value, json};

/// The event of `apigw event gen LINE`.
fn event(line: &str) -> Value {
    apigw(&format!("event gen {line}")).run().json()
}

/// The member at a pointer; missing ones are told apart from null.
fn at<'e>(event: &'e Value, pointer: &str) -> &'e Value {
    event.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {event:#}"))
}

fn refused(line: &str) -> Ran {
    apigw(&format!("event gen {line}")).exits(2).run()
}

#[test]
fn a_rest_call_at_the_edge() {
    apigw(
        "event gen rest-get --path '/users/42?a=1&a=2&b=%20x' --route 'GET /users/{id}' --stage dev \
         --stage-variable table=users -H 'User-Agent: curl/8.0' -H 'X-A: 1' -H 'x-a: 2' \
         --endpoint-type edge -b session=abc --api-key 0123456789abcdefghij --claim sub=42 --claim scope=read",
    )
    .run()
    .snapshot("event-gen-rest-edge");
}

#[test]
fn a_private_rest_call_under_iam() {
    apigw(
        "event gen rest-put --path /users/42 --route 'ANY /{proxy+}' --endpoint-type private \
         --iam arn:aws:sts::123456789012:assumed-role/caller/session -H 'content-type: text/plain' -d hello",
    )
    .run()
    .snapshot("event-gen-rest-private-iam");
}

#[test]
fn an_http_call_with_a_token() {
    apigw(
        "event gen http-post --path '/users?a=1&a=2' --route 'POST /users' --claim sub=42 --claim 'scope=a b' \
         -H 'Content-Type: application/json' -H 'X-A: 1' -H 'x-a: 2' -b a=1 -b b=2 -d '{}' --stage v1 \
         --stage-variable table=users",
    )
    .run()
    .snapshot("event-gen-http-jwt");
}

#[test]
fn an_http_call_under_a_lambda_authorizer_on_a_domain_of_its_own() {
    apigw(
        "event gen http-get --path /users --custom-domain api.example.com/v1 --principal ada \
         --context plan=pro --context limits='{\"n\": 3}'",
    )
    .run()
    .snapshot("event-gen-http-lambda-authorizer");
}

#[test]
fn an_http_call_under_iam() {
    apigw(
        "event gen http-delete --path /users/42 --route '$default' --iam arn:aws:iam::123456789012:user/ada",
    )
    .run()
    .snapshot("event-gen-http-iam");
}

#[test]
fn every_kind_has_its_method() {
    let report = apigw("event list --format json").run().json();
    let rows = report["results"].as_array().unwrap();
    for row in rows {
        let (name, flavor) = (row["name"].as_str().unwrap(), row["flavor"].as_str().unwrap());
        let pointer = if flavor == "rest" { "/httpMethod" } else { "/requestContext/http/method" };
        if ["rest", "http"].contains(&flavor) {
            let method = row["method"].as_str().unwrap_or("GET");
            assert_eq!(at(&event(name), pointer), method, "{name}");
            assert_eq!(at(&event(&format!("{name} -X PATCH")), pointer), "PATCH", "{name} with -X");
        }
    }
    let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    for flavor in ["rest", "http"] {
        for method in ["get", "post", "put", "patch", "delete", "head", "options", "any"] {
            assert!(names.contains(&format!("{flavor}-{method}").as_str()), "{flavor}-{method}");
        }
    }
}

#[test]
fn the_kinds_are_listed_for_people_and_for_programs() {
    let list = apigw("event list").run();
    assert_eq!(list.stderr(), "");
    list.snapshot("event-list");
    let report = apigw("event list --format json").run().json();
    let names = report["results"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap());
    assert!(list.stdout().lines().map(|line| line.split(' ').next().unwrap()).eq(names));
}

#[test]
fn a_kind_without_a_method_is_served_by_an_any_route() {
    assert_eq!(at(&event("http-any --path /x -X PUT"), "/routeKey"), "ANY /x");
    assert_eq!(at(&event("rest-any --path /x"), "/httpMethod"), "GET");
}

#[test]
fn the_url_is_the_one_that_a_client_calls() {
    let url = "https://A1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/dev/users/4%202?a=1#top";
    let rest = event(&format!("rest-get --url {url}"));
    for (pointer, expected) in [
        ("/path", "/users/4%202"),
        ("/requestContext/path", "/dev/users/4%202"),
        ("/requestContext/stage", "dev"),
        ("/requestContext/apiId", "a1b2c3d4e5"),
        ("/requestContext/domainName", "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"),
        ("/queryStringParameters/a", "1"),
    ] {
        assert_eq!(at(&rest, pointer), expected, "{pointer}");
    }
    let http = event("http-get --url https://abc.execute-api.eu-west-1.amazonaws.com/users");
    assert_eq!(at(&http, "/rawPath"), "/users");
    assert_eq!(at(&http, "/requestContext/stage"), "$default");
    let plain = event("rest-get --url api.example.com/users");
    assert_eq!(at(&plain, "/requestContext/domainName"), "api.example.com");
    assert_eq!(at(&plain, "/requestContext/domainPrefix"), "api");
    assert_eq!(at(&plain, "/requestContext/stage"), "prod");
}

#[test]
fn a_port_is_no_part_of_the_domain_name() {
    for (url, name) in [("http://localhost:3000/x", "localhost"), ("https://[::1]:80/x", "[::1]")] {
        let event = event(&format!("rest-get --url {url}"));
        assert_eq!(at(&event, "/requestContext/domainName"), name, "{url}");
    }
}

#[test]
fn the_stage_comes_from_the_flag_then_the_url_then_the_flavour() {
    let stage = |line: &str| at(&event(line), "/requestContext/stage").clone();
    assert_eq!(stage("rest-get"), "prod");
    assert_eq!(stage("http-get"), "$default");
    assert_eq!(stage("rest-get --stage dev"), "dev");
    assert_eq!(stage("http-get --stage dev"), "dev");
    let url = "--url https://abc.execute-api.eu-west-1.amazonaws.com/dev/users";
    assert_eq!(stage(&format!("rest-get {url}")), "dev");
    assert_eq!(stage(&format!("rest-get {url} --stage dev")), "dev");
    assert_eq!(stage(&format!("http-get {url}")), "$default");
    assert_eq!(at(&event(&format!("http-get {url} --stage dev")), "/rawPath"), "/dev/users");
    refused(&format!("rest-get {url} --stage prod")).says(&["--stage", "prod", "dev"]);
}

#[test]
fn a_custom_domain_and_its_base_path() {
    let rest = event("rest-get --path /users --custom-domain api.example.com/v1 --stage dev");
    assert_eq!(at(&rest, "/headers/Host"), "api.example.com");
    assert_eq!(at(&rest, "/requestContext/domainName"), "api.example.com");
    assert_eq!(at(&rest, "/requestContext/path"), "/v1/users");
    assert_eq!(at(&rest, "/requestContext/stage"), "dev");
    let http = event("http-get --path /users --custom-domain https://api.example.com/");
    assert_eq!(at(&http, "/headers/host"), "api.example.com");
    assert_eq!(at(&http, "/rawPath"), "/users");
}

#[test]
fn account_region_and_api_id_are_the_same_all_over_the_event() {
    let line = "--account 210987654321 --region eu-north-1 --api-id xyz987 --iam \
                arn:aws:iam::210987654321:user/ada";
    let rest = event(&format!("rest-get {line}"));
    let host = "xyz987.execute-api.eu-north-1.amazonaws.com";
    assert_eq!(at(&rest, "/requestContext/accountId"), "210987654321");
    assert_eq!(at(&rest, "/requestContext/identity/accountId"), "210987654321");
    for (pointer, expected) in [
        ("/requestContext/apiId", "xyz987"),
        ("/requestContext/domainPrefix", "xyz987"),
        ("/requestContext/domainName", host),
        ("/headers/Host", host),
        ("/multiValueHeaders/Host/0", host),
    ] {
        assert_eq!(at(&rest, pointer), expected, "{pointer}");
    }
    let http = event(&format!("http-get {line}"));
    assert_eq!(at(&http, "/headers/host"), host);
    assert_eq!(at(&http, "/requestContext/domainName"), host);
    assert_eq!(at(&http, "/requestContext/apiId"), "xyz987");
    assert_eq!(at(&http, "/requestContext/accountId"), "210987654321");
}

#[test]
fn time_is_one_instant_in_every_form() {
    let now = "--now 2024-02-29T23:59:59.5+01:00";
    let rest = event(&format!("rest-get {now}"));
    assert_eq!(at(&rest, "/requestContext/requestTime"), "29/Feb/2024:22:59:59 +0000");
    assert_eq!(at(&rest, "/requestContext/requestTimeEpoch"), 1_709_247_599_500_i64);
    let trace = at(&rest, "/headers/X-Amzn-Trace-Id").as_str().unwrap();
    assert!(trace.starts_with("Root=1-65e10c6f-"), "{trace}");
    let http = event(&format!("http-get {now}"));
    assert_eq!(at(&http, "/requestContext/time"), "29/Feb/2024:22:59:59 +0000");
    assert_eq!(at(&http, "/requestContext/timeEpoch"), 1_709_247_599_500_i64);
}

#[test]
fn the_same_words_give_the_same_event_until_fresh_is_asked_for() {
    for kind in ["rest-get", "http-get"] {
        assert_eq!(event(kind), event(kind));
        let id = |flags: &str| at(&event(&format!("{kind} {flags}")), "/requestContext/requestId").clone();
        assert_eq!(id("--seed 7"), id("--seed 7"));
        assert_ne!(id("--seed 7"), id("--seed 8"));
        assert_ne!(id("--path /a"), id("--path /b"));
        assert_eq!(id("--now 2025-01-31T12:00:00Z"), id(""), "the time is no part of the ids");
        assert_ne!(id("--fresh"), id("--fresh"));
    }
    let fresh = event("rest-get --fresh");
    let epoch = at(&fresh, "/requestContext/requestTimeEpoch").as_i64().unwrap();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis();
    assert!(now.abs_diff(u128::try_from(epoch).unwrap()) < 120_000, "{epoch} is not now");
}

#[test]
fn headers_are_kept_with_their_duplicates() {
    let flags = "-H 'X-A: 1' -H 'x-a:2' -H 'X-Empty;' -H 'X-Url: http://a:1/'";
    let rest = event(&format!("rest-get {flags}"));
    assert_eq!(at(&rest, "/multiValueHeaders/X-A"), &json!(["1", "2"]));
    assert_eq!(at(&rest, "/headers/X-A"), "2");
    assert_eq!(at(&rest, "/headers/X-Empty"), "");
    assert_eq!(at(&rest, "/headers/X-Url"), "http://a:1/");
    let http = event(&format!("http-get {flags}"));
    assert_eq!(at(&http, "/headers/x-a"), "1,2");
    assert_eq!(at(&http, "/headers/x-empty"), "");
}

#[test]
fn query_parameters_are_encoded_and_added_to_the_path_s_own() {
    let flags = "--path '/?a=1' --query a=2 --query 'b=x y&z' --query c=";
    let rest = event(&format!("rest-get {flags}"));
    let expected = json!({ "a": ["1", "2"], "b": ["x y&z"], "c": [""] });
    assert_eq!(at(&rest, "/multiValueQueryStringParameters"), &expected);
    assert_eq!(at(&rest, "/queryStringParameters/a"), "2");
    let http = event(&format!("http-get {flags}"));
    assert_eq!(at(&http, "/rawQueryString"), "a=1&a=2&b=x+y%26z&c=");
    assert_eq!(at(&http, "/queryStringParameters/a"), "1,2");
    assert_eq!(at(&http, "/queryStringParameters/b"), "x y&z");
}

#[test]
fn cookies_are_joined_in_one_header_or_listed() {
    let flags = "-b a=1 --cookie 'b=2; c=3'";
    assert_eq!(at(&event(&format!("rest-get {flags}")), "/headers/Cookie"), "a=1; b=2; c=3");
    let http = event(&format!("http-get {flags}"));
    assert_eq!(at(&http, "/cookies"), &json!(["a=1", "b=2", "c=3"]));
    assert_eq!(http.pointer("/headers/cookie"), None);
}

#[test]
fn bodies_are_text_files_or_standard_input() {
    let body = |line: &str| {
        let run = apigw(&format!("event gen rest-post -H 'content-type: text/plain' {line}"));
        let event = run.file("in.txt", "from a file\r\n").stdin("from stdin").run().json();
        assert_eq!(at(&event, "/isBase64Encoded"), false);
        at(&event, "/body").clone()
    };
    assert_eq!(body("-d hello"), "hello");
    assert_eq!(body("-d ''"), json!(null));
    assert_eq!(body("-d -x"), "-x");
    assert_eq!(body("-d @in.txt"), "from a file");
    assert_eq!(body("--data-binary @in.txt"), "from a file\r\n");
    assert_eq!(body("--data-raw @in.txt"), "@in.txt");
    assert_eq!(body("-d a=1 --data-urlencode 'b=ü &' --data-binary c=3"), "a=1&b=%C3%BC+%26&c=3");
    assert_eq!(body("--data-urlencode f@in.txt"), "f=from+a+file%0D%0A");
    assert_eq!(body("--json '{\"a\":' --json 1}"), "{\"a\":1}");
    assert_eq!(body("-d @-"), "from stdin");
    assert_eq!(body("-d a=1 -d b=2 --data @-"), "a=1&b=2&from stdin");
    assert_eq!(body(""), json!(null));
}

#[test]
fn bytes_that_are_no_text_stay_what_they_are() {
    let bytes = [0x89, b'P', b'N', b'G', 0, 0xFF, 0xFE];
    let line = "-H 'Content-Type: image/png' --data-binary @-";
    let rest = apigw(&format!("event gen rest-post --binary-media-type image/png {line}")).stdin(bytes).run();
    let http = apigw(&format!("event gen http-post {line}")).stdin(bytes).run();
    for ran in [rest, http] {
        assert_eq!(ran.stderr(), "");
        let event = ran.json();
        assert_eq!(at(&event, "/isBase64Encoded"), true);
        assert_eq!(at(&event, "/body"), "iVBORwD//g==");
    }
}

#[test]
fn text_that_arrives_in_base64_is_told() {
    let ran = apigw("event gen http-post -d '{}'").run().says(&["note: the body is text", "base64"]);
    assert_eq!(at(&ran.json(), "/isBase64Encoded"), true);
}

#[test]
fn routes_are_matched_as_api_gateway_matches_them() {
    let routes = "--route 'ANY /{proxy+}' --route 'GET /users/{id}' --route 'GET /users/me'";
    let resource = |path: &str| {
        let event = event(&format!("rest-get {routes} --path {path}"));
        (at(&event, "/resource").clone(), at(&event, "/pathParameters").clone())
    };
    assert_eq!(resource("/users/me"), (json!("/users/me"), Value::Null));
    assert_eq!(resource("/users/42"), (json!("/users/{id}"), json!({ "id": "42" })));
    assert_eq!(resource("/a/b"), (json!("/{proxy+}"), json!({ "proxy": "a/b" })));
    let http = event(&format!("http-get {routes} --path /users/42"));
    assert_eq!(at(&http, "/routeKey"), "GET /users/{id}");
    assert_eq!(at(&event("http-get --route '$default' --path /x"), "/routeKey"), "$default");
}

#[test]
fn a_request_that_no_route_takes_has_no_event_but_an_answer() {
    let rest = apigw("event gen rest-get --route 'POST /users' --path /users").exits(1).run();
    assert_eq!(rest.bytes(), b"");
    rest.says(&["no route takes GET /users", "403", "Missing Authentication Token"]);
    let http = apigw("event gen http-get --route 'GET /users' --path /nothing").exits(1).run();
    assert_eq!(http.bytes(), b"");
    http.says(&["no route takes GET /nothing", "404", "Not Found"]);
}

#[test]
fn who_calls() {
    let rest = event("rest-get --source-ip 2001:db8::1 --principal ada --context plan=pro --context n=3");
    assert_eq!(at(&rest, "/requestContext/identity/sourceIp"), "2001:db8::1");
    assert_eq!(at(&rest, "/headers/X-Forwarded-For"), "2001:db8::1");
    let authorizer = at(&rest, "/requestContext/authorizer");
    assert_eq!(at(authorizer, "/principalId"), "ada");
    assert_eq!(at(authorizer, "/plan"), "pro");
    assert_eq!(at(authorizer, "/n"), "3", "numbers reach a REST event as text");
    let key = event("rest-get --api-key 0123456789abcdefghij");
    assert_eq!(at(&key, "/requestContext/identity/apiKey"), "0123456789abcdefghij");
    let cognito = event("rest-get --claim sub=42");
    assert_eq!(at(&cognito, "/requestContext/authorizer/claims/sub"), "42");
}

#[test]
fn endpoint_types_differ_in_their_headers() {
    let headers = |kind: &str| at(&event(&format!("rest-get --endpoint-type {kind}")), "/headers").clone();
    assert!(headers("edge").get("CloudFront-Viewer-Country").is_some());
    assert!(headers("private").get("x-amzn-vpce-id").is_some());
    assert!(headers("regional").get("X-Forwarded-For").is_some());
    assert_eq!(headers("regional"), at(&event("rest-get"), "/headers").clone());
}

#[test]
fn set_has_the_last_word() {
    let line = "rest-get --set /httpMethod=FOO --set /headers/x-a=1 --set '/body={\"a\": [1]}' \
                --set /requestContext/authorizer/plan=pro --set /headers/X~1Y=a=b --set /stageVariables/k=v";
    let event = event(line);
    assert_eq!(at(&event, "/httpMethod"), "FOO");
    assert_eq!(at(&event, "/headers/x-a"), 1);
    assert_eq!(at(&event, "/body"), &json!({ "a": [1] }));
    assert_eq!(at(&event, "/requestContext/authorizer/plan"), "pro");
    assert_eq!(at(&event, "/headers/X~1Y"), "a=b");
    assert_eq!(at(&event, "/stageVariables"), &json!({ "k": "v" }));
}

#[test]
fn compact_is_the_same_event_on_one_line() {
    let compact = apigw("event gen rest-get --compact").run();
    assert_eq!(compact.stdout().lines().count(), 1);
    assert!(compact.stdout().ends_with("}\n"));
    assert_eq!(compact.json(), event("rest-get"));
}

#[test]
fn an_event_can_be_written_to_a_file() {
    let written = apigw("event gen rest-get -o out.json").run();
    assert_eq!((written.stdout(), written.stderr()), (String::new(), String::new()));
    assert_eq!(written.written("out.json"), apigw("event gen rest-get --output -").run().bytes());
    refused("rest-get -o no/such/directory").says(&["-o", "no/such/directory", "no such file or directory"]);
}
