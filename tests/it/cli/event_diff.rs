//! `apigw event diff`: what is told, what is folded, and the exit codes.

use super::apigw;

/// Two events of one request at two moments.
fn events() -> (Vec<u8>, Vec<u8>) {
    let event = |flags: &str| {
        let line =
            format!("event gen rest-post --path /users/42 -H 'Content-Type: application/json' {flags}");
        apigw(&line).run().bytes().to_vec()
    };
    (event(r#"-d '{"name": "Ada"}'"#), event(r#"--seed 7 --now 2030-01-31T12:00:00Z -d '{"name":"Ada"}'"#))
}

#[test]
fn what_differs_from_call_to_call_is_folded() {
    let (left, right) = events();
    let ran = apigw("event diff a.json -").file("a.json", left).stdin(right).run();
    assert_eq!(ran.stdout(), "");
    ran.says(&["no differences, and 6 from call to call (request id, time, trace); --all shows them"]);
}

#[test]
fn all_of_it_is_shown_when_asked() {
    let (left, right) = events();
    apigw("event diff --all a.json -")
        .file("a.json", left)
        .stdin(right)
        .exits(1)
        .run()
        .snapshot("event-diff-all");
}

#[test]
fn differences_are_told_by_pointer() {
    let (left, _) = events();
    let right =
        String::from_utf8(left.clone()).unwrap().replace("Ada", "Bob").replace("/users/42", "/users/43");
    let ran = apigw("event diff a.json b.json").file("a.json", &left).file("b.json", &right).exits(1).run();
    ran.snapshot("event-diff");
    let ran = apigw("event diff --format json a.json b.json").file("a.json", left).file("b.json", right);
    let report = ran.exits(1).run().json();
    assert_eq!(report["results"][0]["equal"], false);
    let differences = report["results"][0]["differences"].as_array().unwrap();
    assert!(differences.iter().any(|found| found["pointer"] == "/body/name" && found["right"] == "Bob"));
}

#[test]
fn unreadable_events_are_usage_errors() {
    apigw("event diff - -").exits(2).run().says(&["only one of the two"]);
    apigw("event diff none.json -").stdin("{}").exits(2).run().says(&["cannot read none.json"]);
    apigw("event diff a.json -")
        .file("a.json", "{\n 'a'}")
        .stdin("{}")
        .exits(2)
        .run()
        .says(&["a.json:2:2: this is not JSON"]);
    apigw("event diff a.json -")
        .file("a.json", "[]")
        .stdin("{}")
        .exits(2)
        .run()
        .says(&["a.json is no event"]);
}
