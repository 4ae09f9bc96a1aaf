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
