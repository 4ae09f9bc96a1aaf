//! `apigw invoke --function` asked again and again, of a server that plays Lambda.

use super::invoke_function::{HELLO, Lambda};
use serde_json::json;

#[test]
fn many_calls_are_measured_as_those_of_a_binary() {
    let oops = r#"{"errorType":"Oops","errorMessage":"no"}"#;
    let lambda = Lambda::with(&[
        (200, &[], HELLO),
        (200, &[("X-Amz-Function-Error", "Unhandled")], oops),
        (200, &[], HELLO),
    ]);
    let ran = lambda.invoke("users -n 4 --concurrency 2 --format json").exits(3).run();
    let measured = &ran.json()["results"][0]["measurement"];
    let expected = json!([
        { "kind": "answered", "status": 201, "calls": 3 },
        { "kind": "function-failed", "error_type": "Oops", "calls": 1 },
    ]);
    assert_eq!((&measured["answers"], lambda.calls()), (&expected, 4));
    assert_eq!(measured["latencies"]["all"]["calls"], 4);
    let event = lambda.asked.lock().unwrap()[0].body.len();
    assert_eq!(measured["bytes"], json!({ "sent": 4 * event, "received": 3 * HELLO.len() + oops.len() }));
}

#[test]
fn the_events_of_a_file_are_sent_one_after_another() {
    let log: &[(&str, &str)] = &[("X-Amz-Log-Result", "YSBsaW5lIG9mIHRoZSBsb2c=")];
    let lambda = Lambda::with(&[(200, log, HELLO)]);
    let run = lambda.invoke("users --events - --tail --api rest");
    let ran = run.stdin("{\"a\": 1}\n{\"a\": 2}\n").run();
    assert_eq!(ran.stdout(), "hello\nhello\n");
    assert_eq!(ran.stderr().matches("a line of the log\n").count(), 2, "{}", ran.transcript());
    let asked = lambda.asked.lock().unwrap();
    let events: Vec<_> = asked.iter().map(|asked| String::from_utf8_lossy(&asked.body)).collect();
    assert_eq!(events, [r#"{"a":1}"#, r#"{"a":2}"#]);
}
