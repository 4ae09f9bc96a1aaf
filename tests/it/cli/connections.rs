//! WebSocket APIs on the command line: the three events of a connection, and their answers.

use super::apigw;
use serde_json::{Value, json};

fn event(line: &str) -> Value {
    apigw(&format!("event gen {line}")).run().json()
}

#[test]
fn a_connection_has_three_events() {
    let connect = event("websocket-connect --url wss://abc.execute-api.eu-west-1.amazonaws.com/dev?t=1");
    assert_eq!(connect["queryStringParameters"], json!({"t": "1"}));
    assert_eq!(connect["requestContext"]["stage"], "dev");
    let message = event(r#"websocket-message -d '{"type": "join"}' --route-selection $request.body.type"#);
    assert_eq!(message["requestContext"]["routeKey"], "join");
    let line = "websocket-disconnect --disconnect-code 1001 --disconnect-reason bye --connection-id a=";
    let context = &event(line)["requestContext"];
    assert_eq!(context["disconnectStatusCode"], 1001);
    assert_eq!((&context["disconnectReason"], &context["connectionId"]), (&json!("bye"), &json!("a=")));
}

#[test]
fn a_message_without_a_route_is_answered_with_a_message() {
    let ran = apigw(r#"event gen websocket-message -d '{"action": "x"}' --route join"#).exits(1).run();
    ran.says(&["no route has the key", r#"with the message {"message": "Forbidden", "connectionId":""#]);
}

#[test]
fn flags_without_a_meaning_are_refused() {
    let cases = [
        ("event gen rest-get --connection-id x", "--connection-id means nothing for rest-get"),
        ("event gen websocket-connect -d x", "--data means nothing for websocket-connect"),
        ("event gen websocket-message --path /x", "--path means nothing for websocket-message"),
        ("event gen websocket-message -X POST", "--method means nothing for websocket-message"),
        ("event gen websocket-disconnect --query a=1", "--query means nothing for websocket-disconnect"),
        ("event gen http-get --route-selection x", "--route-selection means nothing for http-get"),
        ("lint-response --route-response -", "--route-response means nothing for rest"),
        ("lint-response --moment connect -", "--moment means nothing for rest"),
        ("invoke --url http://127.0.0.1:1 --event websocket-message", "--url takes requests"),
    ];
    for (line, words) in cases {
        apigw(line).exits(2).run().says(&[words]);
    }
}

#[test]
fn results_are_judged_for_their_moment() {
    let judge = |moment: &str, result: &str| {
        let line = format!("lint-response --api websocket {moment} --format json out.json");
        apigw(&line).file("out.json", result).run().json()["results"][0].clone()
    };
    let connect = judge("--moment connect", r#"{"statusCode": 200}"#);
    assert_eq!(connect["response"]["status"], 101);
    let refused = judge("--moment connect", r#"{"statusCode": 403}"#);
    assert_eq!((&refused["refused"], &refused["response"]["status"]), (&json!(false), &json!(403)));
    let silent = judge("", r#"{"statusCode": 200, "body": "x"}"#);
    assert_eq!((&silent["response"], &silent["diagnostics"][0]["code"]), (&Value::Null, &json!("AGW152")));
    let sent = judge("--route-response", r#"{"statusCode": 200, "body": "x"}"#);
    assert_eq!((&sent["response"]["status"], &sent["response"]["body"]), (&Value::Null, &json!("x")));
    assert_eq!(judge("--moment disconnect", "null")["refused"], false);
}

#[test]
fn a_function_answers_an_event() {
    let line = r#"invoke --bin [UNRULY] --event websocket-message -d '{"action": "join"}' --format json"#;
    let ran = apigw(line).exits(1).run().json();
    let result = &ran["results"][0];
    // It returns the event: unknown keys make that malformed (W-024).
    let id = result["event"]["requestContext"]["connectionId"].as_str().unwrap();
    let body = result["response"]["body"].as_str().unwrap();
    assert!(body.starts_with(r#"{"message": "Internal server error""#) && body.contains(id), "{body}");
}
