//! `apigw event convert`.

use super::{apigw, at};

fn event(line: &str) -> Vec<u8> {
    apigw(&format!("event gen {line}")).run().bytes().to_vec()
}

#[test]
fn what_both_front_ends_know_is_carried_over() {
    let rest = event(
        "rest-get --path '/users/42?a=1&b=2' --route 'GET /users/{id}' --stage dev --api-id abcdefghij --account 210987654321 \
         --now 2025-01-31T12:00:00Z --source-ip 192.0.2.7 --claim sub=42 -H 'X-A: 1' -b s=1",
    );
    let ran = apigw("event convert - --to http").stdin(rest).run();
    let http = ran.json();
    let expected = [
        ("/routeKey", "GET /users/{id}"),
        ("/rawPath", "/dev/users/42"),
        ("/rawQueryString", "a=1&b=2"),
        ("/pathParameters/id", "42"),
        ("/requestContext/apiId", "abcdefghij"),
        ("/requestContext/accountId", "210987654321"),
        ("/requestContext/stage", "dev"),
        ("/requestContext/time", "31/Jan/2025:12:00:00 +0000"),
        ("/requestContext/http/sourceIp", "192.0.2.7"),
        ("/requestContext/authorizer/jwt/claims/sub", "42"),
        ("/headers/x-a", "1"),
        ("/cookies/0", "s=1"),
    ];
    for (pointer, value) in expected {
        assert_eq!(at(&http, pointer), value, "{pointer}");
    }
    let back = apigw("event convert - --to rest").stdin(ran.bytes()).run().json();
    assert_eq!(at(&back, "/resource"), "/users/{id}");
    assert_eq!(at(&back, "/requestContext/stage"), "dev");
    ran.says(&[
        "note: an event of flavour rest does not tell:",
        "the order of the headers",
        "cannot carry:",
        "the case of header names",
    ]);
}

#[test]
fn losses_are_named() {
    let http =
        event("http-post --path '/a%2Fb?b=2&a=%31&b=3' --principal ada --context admin=true -d x -H 'x: 1'");
    let ran = apigw("event convert - --to rest").stdin(http).run();
    assert_eq!(at(&ran.json(), "/requestContext/stage"), "prod");
    ran.says(&[
        "which characters of the path were percent-encoded",
        "the stage $default",
        "how the query was written",
    ]);
    let rest = event("rest-get --stage-variable a=1 --api-key 0123456789abcdefghij --principal ada");
    let ran = apigw("event convert - --to http").stdin(rest).run();
    ran.says(&["the API key", "the principal that the authorizer named"]);
    apigw("event convert - --to http").stdin("[]").exits(2).run().says(&["this is no event"]);
    apigw("event convert - --to nothing").stdin("{}").exits(2).run().says(&["--to"]);
}

const FLAVORS: [&str; 7] = ["rest", "http", "http-v1", "url", "alb", "alb-multi", "lattice"];

#[test]
fn every_flavour_becomes_every_other() {
    for from in FLAVORS {
        let source = event(&format!(
            "{from}-put --path '/a/b?x=1&y=2' -H 'X-A: 1' -H 'content-type: text/plain' -d hello"
        ));
        for to in FLAVORS {
            let converted = apigw(&format!("event convert - --to {to}")).stdin(source.clone()).run();
            let url = apigw("event to url -").stdin(converted.bytes()).run().stdout();
            let path = url.trim_end().split_once("://").unwrap().1.split_once('/').unwrap().1;
            let path = path.strip_prefix("prod/").unwrap_or(path);
            assert_eq!(path, "a/b?x=1&y=2", "{from} to {to}: {url}");
            let http = apigw("event to http -").stdin(converted.bytes()).run().stdout();
            assert!(http.starts_with("PUT /") && http.ends_with("\r\n\r\nhello"), "{from} to {to}: {http}");
            assert!(http.to_ascii_lowercase().contains("\r\nx-a: 1\r\n"), "{from} to {to}: {http}");
        }
    }
}

#[test]
fn every_flavour_comes_of_any_request() {
    for host in [
        "x.io",
        "localhost:3000",
        "abcdefghij.execute-api.eu-west-1.amazonaws.com",
        "abc.lambda-url.eu-west-1.on.aws",
    ] {
        for to in FLAVORS {
            let ran =
                apigw(&format!("event from curl --to {to} 'curl https://{host}/dev/a?x=1 -H \"X-A: 1\"'"))
                    .run();
            let url = apigw("event to url -").stdin(ran.bytes()).run().stdout();
            assert!(url.trim_end().ends_with("/dev/a?x=1"), "{host} to {to}: {url}");
        }
    }
}
