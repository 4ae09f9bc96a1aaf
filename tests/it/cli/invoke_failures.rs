//! Every way in which a function or its runtime breaks down, told by `apigw invoke`.

use super::{Ran, apigw, snapshot};
use serde_json::{Value, json};

fn unruly(handler: &str, flags: &str, exit: i32) -> Ran {
    apigw(&format!("invoke --bin [UNRULY] --env _HANDLER={handler} {flags}")).exits(exit).run()
}

/// Handler, AWS's error type, and its message behind `RequestId: … Error: `.
const FAILURES: &[(&str, &str, &str)] = &[
    ("exit-early", "Runtime.ExitError", "Runtime exited with error: exit status 3"),
    ("exit-zero", "Runtime.ExitError", "Runtime exited without providing a reason"),
    ("exit-in-handler", "Runtime.ExitError", "Runtime exited with error: exit status 4"),
    ("exit-zero-in-handler", "Runtime.ExitError", "Runtime exited without providing a reason"),
    ("abort", "Runtime.ExitError", "Runtime exited with error: signal: aborted"),
    ("hang", "Sandbox.Timedout", "Task timed out after 0.40 seconds"),
    ("wrong-id", "Runtime.InvalidInvokeId", "Invalid request ID: expected [ID], received nobody"),
    ("wrong-id-exit", "Runtime.InvalidInvokeId", "Invalid request ID: expected [ID], received nobody"),
    ("wrong-id-hang", "Runtime.InvalidInvokeId", "Invalid request ID: expected [ID], received nobody"),
    ("truncated", "Runtime.TruncatedResponse", "The response of the runtime was truncated"),
    ("bad-chunk", "Runtime.TruncatedResponse", "The response of the runtime was truncated"),
    ("bad-mode", "Runtime.InvalidResponseModeHeader", "Invalid function response mode: Streaming"),
];

#[test]
fn failures_are_told_in_words_and_in_the_shape_that_aws_gives_them() {
    let mut all = String::new();
    for (handler, error_type, message) in FAILURES {
        let timeout = if handler.contains("hang") { "0.4" } else { "20" };
        let human = unruly(handler, &format!("--timeout {timeout}"), 3);
        assert_eq!(human.stdout(), r#"{"message": "Internal server error"}"#, "{handler}");
        all += &human.transcript();
        let report = unruly(handler, &format!("--timeout {timeout} --format json"), 3).json();
        let id = invocation_id(&human.stderr());
        let message = format!("RequestId: {id} Error: {}", message.replace("[ID]", &id));
        let result = &report["results"][0];
        let shape = json!({ "errorType": error_type, "errorMessage": message });
        assert_eq!(result["result"], shape, "{handler}");
        assert_eq!(result["function_error"]["error_type"], *error_type, "{handler}");
        assert_eq!(result["function_error"]["error_message"], message, "{handler}");
        assert_eq!((&result["refused"], &result["response"]["status"]), (&json!(true), &json!(502)));
    }
    snapshot("invoke-failures", &all);
}

fn invocation_id(stderr: &str) -> String {
    stderr.split("RequestId: ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn errors_that_the_function_reports_are_passed_on() {
    let mut all = String::new();
    for (handler, error_type, result) in [
        (
            "init-error",
            "Function.NoTable",
            json!({ "errorMessage": "no such table", "errorType": "Function.NoTable" }),
        ),
        ("error", "Boom", json!({ "errorMessage": "boom", "errorType": "Boom" })),
        ("streaming-error", "Function.Half", json!("one, two")),
        (
            "big",
            "Function.ResponseSizeTooLarge",
            json!({
                "errorType": "Function.ResponseSizeTooLarge",
                "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
            }),
        ),
    ] {
        all += &unruly(handler, "", 3).transcript();
        let report = unruly(handler, "--format json", 3).json();
        assert_eq!(report["results"][0]["function_error"]["error_type"], error_type, "{handler}");
        assert_eq!(report["results"][0]["result"], result, "{handler}");
    }
    snapshot("invoke-reported-errors", &all);
}

/// U-023: the caller of a function URL that streams has what was sent before.
#[test]
fn a_stream_that_fails_half_way_is_shown_as_far_as_it_came() {
    let flags = "--api url --streaming -i";
    unruly("streaming-error", flags, 3).snapshot("invoke-stream-broken");
    let report = unruly("streaming-error", "--api url --streaming --format json", 3).json();
    let result = &report["results"][0];
    assert_eq!(result["function_error"]["error_message"], "broke");
    assert_eq!(
        (&result["response"]["status"], &result["response"]["body"]),
        (&json!(200), &json!("\"one, two\""))
    );
}

#[test]
fn an_initialisation_that_never_ends_is_stopped_after_lambda_s_ten_seconds() {
    unruly("never-next", "", 3).says(&[
        "Sandbox.Timedout",
        "did not ask for its first event within 10.00 s",
        "Task timed out after 3.00 seconds",
        "REST API answers 502 Bad Gateway",
    ]);
}

/// A good answer counts, whatever the runtime does beside it; its own faults are told, too.
#[test]
fn an_answer_counts_whatever_the_runtime_does_beside_it() {
    let mut all = String::new();
    for (handler, exit) in [
        ("two-answers", 3),
        ("crash-after-answer", 3),
        ("wrong-id-then-right", 3),
        ("one-shot", 1),
        ("post-and-leave", 1),
        ("dawdle", 1),
        ("next-twice", 1),
        ("late-init-error", 1),
        ("chunked", 1),
        ("streaming", 1),
    ] {
        let ran = unruly(handler, "", exit).says(&["error[AGW122]", "REST API answers 502 Bad Gateway"]);
        all += &ran.transcript();
        let http = unruly(handler, "--api http", if exit == 3 { 3 } else { 0 });
        assert_ne!(http.stdout(), "", "{handler}");
        let json = unruly(handler, "--api http --format json", if exit == 3 { 3 } else { 0 }).json();
        let result = &json["results"][0];
        assert_eq!((&result["refused"], &result["response"]["status"]), (&json!(false), &json!(200)));
        assert_eq!(result.get("function_error").is_some(), exit == 3, "{handler}");
    }
    snapshot("invoke-answers-beside-faults", &all);
}

#[test]
fn what_is_no_json_is_refused_and_shown() {
    for api in ["rest", "http"] {
        let ran = unruly("not-json", &format!("--api {api}"), 1).says(&["error[AGW901]", "this is not json"]);
        ran.snapshot(&format!("invoke-not-json-{api}"));
        unruly("empty", &format!("--api {api}"), 1).says(&["error[AGW902]", "empty"]);
    }
    let report = unruly("not-json", "--format json", 1).json();
    assert_eq!(report["results"][0]["payload"], "this is not json");
    assert_eq!(report["summary"]["errors"], 1);
    let raw = unruly("not-json", "--raw", 1);
    assert_eq!(raw.stdout(), "this is not json");
}

#[test]
fn six_megabytes_are_the_limit_and_do_not_flood_the_terminal() {
    for handler in ["limit", "nearly-big"] {
        let ran = unruly(handler, "", 1).says(&["error[AGW901]"]);
        assert!(ran.transcript().len() < 5_000, "{handler}");
    }
}

#[test]
fn the_real_function_fails_in_its_own_words() {
    let ran = |line: &str| apigw(&format!("invoke --bin [GREETING] {line}")).exits(3).run();
    ran("--path /fail").says(&["the greeting could not be written", "REST API answers 502"]);
    ran("--path /panic").says(&["the greeting went wrong", "panicked at", "REST API answers 502"]);
    ran("--path /slow --timeout 0.3").says(&["Sandbox.Timedout", "within 0.30 s", "--timeout"]);
    ran("--path /big").says(&["Function.ResponseSizeTooLarge", "6 MB", "REST API answers 502"]);
    ran("--path /big --api http").says(&["Function.ResponseSizeTooLarge", "HTTP API answers 413"]);
    ran("--path /fail --api http").says(&["HTTP API answers 500"]);
}

#[test]
fn what_the_function_prints_is_its_log() {
    let ran = unruly("spawn-child", "--format json", 1);
    assert!(ran.stderr().starts_with("grandchild "), "{}", ran.transcript());
    let report: Value = ran.json();
    assert_eq!(report["results"][0]["result"], "spawned");
}

#[test]
fn calls_that_are_not_of_the_runtime_api_are_answered_and_survived() {
    unruly("strays", "--raw", 1).snapshot("invoke-strays");
}
