//! A function built with AWS's own crates: what its users really have.

use super::{example, invocation, text};
use apigw::transport::{Exit, Failure, FunctionHost, FunctionProcess, FunctionSpec};
use serde_json::{Value, json};
use std::time::Duration;

fn greeting() -> FunctionSpec {
    let mut spec = FunctionSpec::new(FunctionProcess::new(example("greeting")));
    spec.timeout = Duration::from_secs(20);
    spec
}

/// A REST API's event, as far as the crates insist on it.
fn event(path: &str) -> String {
    json!({
        "resource": "/{proxy+}", "path": path, "httpMethod": "GET",
        "headers": {"with": "a smile"}, "multiValueHeaders": {"with": ["a smile"]},
        "queryStringParameters": {"name": "Ada"}, "multiValueQueryStringParameters": {"name": ["Ada"]},
        "pathParameters": null, "stageVariables": null, "body": null, "isBase64Encoded": false,
        "requestContext": {
            "accountId": "123456789012", "apiId": "abc", "stage": "prod", "requestId": "r",
            "resourceId": "x", "resourcePath": "/{proxy+}", "httpMethod": "GET", "path": path,
            "protocol": "HTTP/1.1", "identity": {"sourceIp": "127.0.0.1"}
        }
    })
    .to_string()
}

#[tokio::test]
async fn a_real_function_answers_again_and_again() {
    let mut host = FunctionHost::start(greeting()).await.unwrap();
    for _ in 0..3 {
        let invoked = host.invoke(invocation(event("/hello"))).await.unwrap();
        assert_eq!(invoked.failure, None);
        let result: Value = serde_json::from_slice(&invoked.payload).unwrap();
        assert_eq!(result["statusCode"], 200);
        let body: Value = serde_json::from_str(result["body"].as_str().unwrap()).unwrap();
        let expected = json!({
            "message": "Hello, Ada!", "method": "GET", "path": "/hello", "with": "a smile"
        });
        assert_eq!(body, expected);
    }
    let bytes = host.invoke(invocation(event("/bytes"))).await.unwrap();
    let result: Value = serde_json::from_slice(&bytes.payload).unwrap();
    assert_eq!((&result["isBase64Encoded"], &result["body"]), (&json!(true), &json!("AJ+Slv8=")));
    host.stop().await;
}

#[tokio::test]
async fn its_errors_leave_it_warm() {
    let mut host = FunctionHost::start(greeting()).await.unwrap();
    for (path, message) in [
        ("/fail", "the greeting could not be written"),
        ("/panic", "Lambda panicked: the greeting went wrong"),
    ] {
        let invoked = host.invoke(invocation(event(path))).await.unwrap();
        let Some(Failure::FunctionError { message: told, .. }) = &invoked.failure else {
            panic!("{path}: {:?} {}", invoked.failure, text(&invoked));
        };
        assert_eq!(told, message);
        let posted: Value = serde_json::from_slice(&invoked.payload).unwrap();
        assert_eq!(posted["errorMessage"], message);
    }
    let big = host.invoke(invocation(event("/big"))).await.unwrap();
    assert_eq!(big.failure, Some(Failure::ResponseTooLarge));
    let after = host.invoke(invocation(event("/hello"))).await.unwrap();
    assert_eq!((after.failure, after.timings.init), (None, None), "the same process all the time");
    host.stop().await;
}

#[tokio::test]
async fn it_is_stopped_when_it_is_too_slow() {
    let mut spec = greeting();
    spec.timeout = Duration::from_millis(500);
    let mut host = FunctionHost::start(spec).await.unwrap();
    let slow = host.invoke(invocation(event("/slow"))).await.unwrap();
    assert_eq!(slow.failure, Some(Failure::TimedOut { limit: Duration::from_millis(500) }));
    host.stop().await;
}

/// A function with the runtime crate alone.
fn plain(handler: &str) -> FunctionSpec {
    let mut spec = FunctionSpec::new(FunctionProcess::new(example("plain")));
    spec.settings.handler = handler.to_owned();
    spec.timeout = Duration::from_secs(20);
    spec
}

#[tokio::test]
async fn a_thousand_events_on_one_process() {
    let mut host = FunctionHost::start(plain("echo")).await.unwrap();
    for n in 0..1_000 {
        let mut invocation = invocation(json!({ "n": n }).to_string());
        invocation.request_id = format!("request-{n}");
        let invoked = host.invoke(invocation).await.unwrap();
        assert_eq!((text(&invoked), invoked.failure), (format!(r#"{{"n":{n}}}"#), None));
        assert_eq!(invoked.timings.init.is_some(), n == 0, "only the first one is cold");
    }
    host.stop().await;
}

#[tokio::test]
async fn sixteen_functions_at_once_keep_their_answers_apart() {
    let mut functions = tokio::task::JoinSet::new();
    for function in 0..16 {
        functions.spawn(async move {
            let mut host = FunctionHost::start(plain("echo")).await.unwrap();
            for n in 0..20 {
                let event = json!({ "function": function, "n": n }).to_string();
                let invoked = host.invoke(invocation(event.clone())).await.unwrap();
                assert_eq!((text(&invoked), invoked.failure), (event, None));
            }
            host.stop().await;
        });
    }
    assert_eq!(functions.join_all().await.len(), 16);
}

#[tokio::test]
async fn a_process_that_ends_is_started_anew_for_the_next_event() {
    for (handler, exit) in [("abort", Exit::Signal(6)), ("exit-0", Exit::Code(0))] {
        let mut host = FunctionHost::start(plain(handler)).await.unwrap();
        for _ in 0..2 {
            let invoked = host.invoke(invocation("1")).await.unwrap();
            assert_eq!(invoked.failure, Some(Failure::Exited(exit)));
            assert!(invoked.timings.init.is_some(), "{handler}");
        }
    }
}
