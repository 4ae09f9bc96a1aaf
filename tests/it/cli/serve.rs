//! `apigw serve`, asked over sockets.

use super::apigw;
use super::server::Server;
use crate::transport::example;
use serde_json::{Value, json};
use std::net::TcpListener;

const HANDLER: &str = r#"
def handler(event, context):
    if event["rawPath"].endswith("/bad"):
        return {"statusCode": "two hundred", "body": "x"}
    if event["rawPath"].endswith("/fail"):
        raise ValueError("no")
    return {"statusCode": 201, "headers": {"x-a": "1"}, "body": event["routeKey"]}
"#;

#[test]
fn routes_lead_to_binaries_and_handlers() {
    let greeting = example("greeting");
    let mut server = Server::start(
        HANDLER,
        &format!("--route 'GET /hello={}' --route 'ANY /py/{{proxy+}}=app.handler'", greeting.display()),
    );
    let (status, body) = server.ask("GET", "/hello?name=Eve&token=geheim");
    assert_eq!(
        (status, serde_json::from_str::<Value>(&body).unwrap()["message"].clone()),
        (200, json!("Hello, Eve!"))
    );
    let line = server.log();
    assert!(line.contains("GET /hello?name=Eve&token=<hidden> → 200 "), "{line}");
    assert!(line.ends_with("  GET /hello, greeting"), "{line}");
    assert_eq!(server.ask("PUT", "/py/a"), (201, "ANY /py/{proxy+}".to_owned()));
    assert!(server.log().ends_with("  ANY /py/{proxy+}, app"));
    assert_eq!(server.ask("GET", "/nope"), (404, r#"{"message":"Not Found"}"#.to_owned()));
    assert!(server.log().ends_with("  no route takes GET /nope"));
    let said = server.end();
    assert!(said.contains("  GET /hello → greeting\n  ANY /py/{proxy+} → app\n"), "{said}");
}

#[test]
fn what_is_refused_is_told_with_its_rule() {
    let mut server = Server::start(HANDLER, "--route '$default=app.handler'");
    assert_eq!(server.ask("GET", "/bad").0, 500); // H-063
    assert!(server.log().contains("GET /bad → 500 "));
    let findings: Vec<_> = (0..4).map(|_| server.log()).collect();
    assert!(findings.join("\n").contains("AGW10"), "{findings:?}");
    server.end();

    let mut server = Server::start(HANDLER, "--route '$default=app.handler' --format jsonl");
    assert_eq!(server.ask("GET", "/bad").0, 500);
    let line: Value = serde_json::from_str(&server.log()).unwrap();
    assert_eq!((&line["status"], &line["route"]), (&json!(500), &json!("$default")));
    assert!(line["diagnostics"][0]["code"].as_str().unwrap().starts_with("AGW1"), "{line}");
    assert_eq!(server.ask("GET", "/fail").0, 500);
    let line: Value = serde_json::from_str(&server.log()).unwrap();
    assert_eq!(line["function_error"], "ValueError");
    server.end();
}

#[test]
fn a_rest_api_has_its_stage_in_the_path() {
    let mut server = Server::start(HANDLER, "--api rest --stage dev --route 'GET /a=app.handler'");
    assert_eq!(server.ask("GET", "/a"), (403, r#"{"message":"Forbidden"}"#.to_owned())); // R-276
    assert!(server.log().ends_with("does not start with /dev"));
    assert_eq!(server.ask("GET", "/dev/b").1, r#"{"message":"Missing Authentication Token"}"#); // R-264
    server.end();
}

#[test]
fn mistakes_are_told_before_anything_is_served() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let port = format!("--port {port} --route '$default=app.handler'");
    for (line, words) in [
        ("", "--route"),
        ("--route 'GET /a'", "names no target"),
        ("--route 'GET a=app.handler'", "is not a route"),
        ("--route '$default=nowhere.handler'", "nowhere"),
        ("--api alb --route '$default=app.handler'", "serve knows rest, http, http-v1, url and websocket"),
        ("--route '$default=app.handler' --memory 1", "--memory"),
        (port.as_str(), "is taken"),
    ] {
        let ran = apigw(&format!("serve {line}")).file("app.py", HANDLER).exits(2).run();
        ran.says(&[words]);
    }
}

#[test]
fn requests_are_throttled_where_that_is_asked_for() {
    let server = Server::start(HANDLER, "--route '$default=app.handler' --throttle 0.001:2");
    let statuses: Vec<_> = (0..3).map(|_| server.ask("GET", "/a").0).collect();
    assert_eq!(statuses, [201, 201, 429]);
    assert_eq!(server.ask("GET", "/a").1, r#"{"message":"Too Many Requests"}"#); // R-267
    server.end();
}

#[test]
fn why_no_function_answered_is_told() {
    // Only its start tells that it is no program.
    let run =
        apigw("serve --port 0 --no-watch --route '$default=./bootstrap'").file("bootstrap", "no program");
    let mut server = Server::of(run);
    assert_eq!(server.ask("GET", "/a").0, 500);
    let line = server.log();
    assert!(line.contains(" → 500 ") && line.contains("`./bootstrap` may not be executed"), "{line}");
    server.end();
}
