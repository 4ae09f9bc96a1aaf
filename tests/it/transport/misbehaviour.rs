//! Every rule of the Runtime API broken by a real process, and what its caller gets.

use super::{REQUEST_ID, once, text, unruly};
use apigw::transport::{Exit, Failure, Invoked};
use std::time::Duration;

fn error_payload(error_type: &str, message: &str) -> String {
    format!(r#"{{"errorType":"{error_type}","errorMessage":"RequestId: {REQUEST_ID} Error: {message}"}}"#)
}

/// Runs the function once and compares what came of it.
async fn check(handler: &str, payload: &str, failure: Option<Failure>) -> Invoked {
    let mut spec = unruly(handler);
    spec.timeout = Duration::from_millis(if handler.contains("hang") { 1_000 } else { 20_000 });
    let invoked = once(spec).await;
    assert_eq!(text(&invoked), payload, "payload of {handler}");
    assert_eq!(invoked.failure, failure, "failure of {handler}");
    assert!(invoked.timings.init.is_some(), "{handler} was started");
    if let Some(failure) = &invoked.failure {
        assert!(failure.explain().ends_with('.'), "{handler} is explained");
    }
    invoked
}

#[tokio::test]
async fn failures_of_the_initialisation() {
    let exited = |message| error_payload("Runtime.ExitError", message);
    let three = exited("Runtime exited with error: exit status 3");
    check("exit-early", &three, Some(Failure::ExitedBeforeNext(Exit::Code(3)))).await;
    let silent = exited("Runtime exited without providing a reason");
    check("exit-zero", &silent, Some(Failure::ExitedBeforeNext(Exit::Code(0)))).await;
    let posted = r#"{"errorMessage":"no such table","errorType":"Function.NoTable"}"#;
    let failure =
        Failure::InitError { error_type: "Function.NoTable".to_owned(), message: "no such table".to_owned() };
    let invoked = check("init-error", posted, Some(failure)).await;
    assert_eq!(invoked.content_type.as_deref(), Some("application/json"));
}

#[tokio::test]
async fn an_initialisation_has_a_time_limit() {
    let mut spec = unruly("never-next");
    spec.init_limit = Duration::from_millis(300);
    let invoked = once(spec).await;
    let limits = (Duration::from_millis(300), Duration::from_secs(3));
    assert_eq!(invoked.failure, Some(Failure::InitTimeout { limit: limits.0, timeout: limits.1 }));
    assert_eq!(text(&invoked), error_payload("Sandbox.Timedout", "Task timed out after 3.00 seconds"));
    assert!(invoked.timings.init >= Some(limits.0));
}

#[tokio::test]
async fn an_error_of_the_initialisation_that_never_ends_has_the_same_limit() {
    let mut spec = unruly("init-error-endless");
    spec.init_limit = Duration::from_millis(300);
    let invoked = once(spec).await;
    let limits = (Duration::from_millis(300), Duration::from_secs(3));
    assert_eq!(invoked.failure, Some(Failure::InitTimeout { limit: limits.0, timeout: limits.1 }));
}

#[tokio::test]
async fn processes_that_end_or_hang() {
    for (handler, exit, words) in [
        ("exit-in-handler", Exit::Code(4), "Runtime exited with error: exit status 4"),
        ("exit-zero-in-handler", Exit::Code(0), "Runtime exited without providing a reason"),
        ("abort", Exit::Signal(6), "Runtime exited with error: signal: aborted"),
    ] {
        let payload = error_payload("Runtime.ExitError", words);
        check(handler, &payload, Some(Failure::Exited(exit))).await;
    }
    let payload = error_payload("Sandbox.Timedout", "Task timed out after 1.00 seconds");
    let failure = Failure::TimedOut { limit: Duration::from_secs(1) };
    let hung = check("hang", &payload, Some(failure)).await;
    assert!(hung.timings.duration >= Duration::from_secs(1));
}

#[tokio::test]
async fn answers_for_a_wrong_id() {
    let failure = Failure::WrongRequestId { expected: REQUEST_ID.to_owned(), received: "nobody".to_owned() };
    let message = format!("Invalid request ID: expected {REQUEST_ID}, received nobody");
    let payload = error_payload("Runtime.InvalidInvokeId", &message);
    for handler in ["wrong-id", "wrong-id-exit", "wrong-id-hang"] {
        check(handler, &payload, Some(failure.clone())).await;
    }
    check("wrong-id-then-right", r#""right""#, Some(failure)).await;
}

#[tokio::test]
async fn an_answer_stands_whatever_follows() {
    check("two-answers", r#""first""#, Some(Failure::TwoAnswers)).await;
    check("one-shot", r#""done""#, None).await;
    check("crash-after-answer", r#""done""#, Some(Failure::ExitedAfterAnswer(Exit::Code(6)))).await;
    check("post-and-leave", r#""gone""#, None).await;
    let mut spec = unruly("dawdle");
    spec.settle = Duration::from_secs(2);
    let dawdling = once(spec).await;
    assert_eq!((text(&dawdling).as_str(), dawdling.failure), (r#""done""#, None));
    assert!(dawdling.timings.duration < Duration::from_secs(2), "waiting for `next` does not count");
}

#[tokio::test]
async fn bodies_are_passed_on_as_they_are() {
    check("echo", r#"{"n":1}"#, None).await;
    check("not-json", "this is not json", None).await;
    check("empty", "", None).await;
    check("chunked", r#""one, two""#, None).await;
    check("nearly-big", &"x".repeat(5_900 * 1024), None).await;
    check("limit", &"x".repeat(6_291_556), None).await;
    let streamed = check("streaming", r#""one, two""#, None).await;
    assert!(streamed.streamed);
    let media_type = "application/vnd.awslambda.http-integration-response";
    assert_eq!(streamed.content_type.as_deref(), Some(media_type));
}

#[tokio::test]
async fn bodies_that_cannot_be_passed_on() {
    let too_large = r#"{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}"#;
    check("big", too_large, Some(Failure::ResponseTooLarge)).await;
    let truncated = error_payload("Runtime.TruncatedResponse", "The response of the runtime was truncated");
    check("truncated", &truncated, Some(Failure::TruncatedResponse)).await;
    check("bad-chunk", &truncated, Some(Failure::TruncatedResponse)).await;
    let mode =
        error_payload("Runtime.InvalidResponseModeHeader", "Invalid function response mode: Streaming");
    check("bad-mode", &mode, Some(Failure::BadResponseMode("Streaming".to_owned()))).await;
}

#[tokio::test]
async fn posted_errors_are_passed_on_as_they_are() {
    let error = |error_type: &str, message: &str| {
        Some(Failure::FunctionError { error_type: error_type.to_owned(), message: message.to_owned() })
    };
    check("error", r#"{"errorMessage":"boom","errorType":"Boom"}"#, error("Boom", "boom")).await;
    let (error_type, message) = ("Function.Half".to_owned(), "broke".to_owned());
    check("streaming-error", r#""one, two""#, Some(Failure::StreamFailed { error_type, message })).await;
}

#[tokio::test]
async fn calls_out_of_turn() {
    check("next-twice", r#""same""#, None).await;
    check("late-init-error", r#""ok""#, None).await;
    let answers = "404 404 page not found; 405 GET; 405 POST; 200 pong";
    check("strays", answers, None).await;
}
