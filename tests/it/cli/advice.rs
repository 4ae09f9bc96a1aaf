//! Advice on the command line: what a page of another origin meets, and other results that are taken
//! and still not what was meant.

use super::{Run, apigw};
use serde_json::{Value, json};

const APP: &str = "https://app.example.com";

fn judged(line: &str, result: &Value) -> Run {
    apigw(&format!("lint-response {line} out.json")).file("out.json", result.to_string())
}

fn codes(report: &Value) -> Vec<&str> {
    let diagnostics = report["results"][0]["diagnostics"].as_array().unwrap();
    diagnostics.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn a_page_of_another_origin_must_be_let_in() {
    let not_found = json!({"statusCode": 404, "body": "{}"});
    judged(&format!("--origin {APP}"), &not_found).exits(1).run().snapshot("lint-response-cors-missing");
    let other = json!({"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://example.com"}});
    let line = format!("--api alb --origin {APP}");
    judged(&line, &other).exits(1).run().snapshot("lint-response-cors-other-origin");
    judged("--cors-expected", &not_found).exits(1).run();
    judged("--cors-expected --api http", &not_found).run(); // The API may be configured.
    judged("--cors-expected --api http --cors-allow-origin *", &json!({"statusCode": 200})).run();
    let line = format!("--api http --origin {APP} --cors-allow-origin https://example.com");
    judged(&line, &json!({"statusCode": 200})).exits(1).run();
}

#[test]
fn a_preflight_is_a_request_like_others() {
    let asks = "--request-method OPTIONS --request-header 'Access-Control-Request-Method: PUT' \
                --request-header 'Access-Control-Request-Headers: authorization,x-trace'";
    let allows = json!({
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET,POST",
        "Access-Control-Allow-Headers": "*"
    });
    let result = json!({"statusCode": 204, "headers": allows});
    let line = format!("--origin {APP} {asks}");
    judged(&line, &result).exits(1).run().snapshot("lint-response-preflight");
}

#[test]
fn an_answer_that_is_taken_may_still_be_a_mistake() {
    let cookies = json!({"statusCode": 200, "headers": {"set-cookie": "a=1; Path=/, b=2; Path=/"}});
    judged("--api rest,http,alb", &cookies).run().snapshot("lint-response-cookies-joined");
    let image = json!({
        "statusCode": 200,
        "headers": {"Content-Type": "image/png"},
        "body": "iVBORw0KGgoAAAANSUhEUgAAAAE="
    });
    judged("", &image).exits(1).run().snapshot("lint-response-base64-flag-missing");
    let twice = json!({"statusCode": 200, "body": json!({"a": 1}).to_string()});
    judged("--api http", &twice).run().snapshot("lint-response-json-as-text");
    judged("--api url", &json!({"error": "no such user"})).run().snapshot("lint-response-error-as-success");
    let large = json!({"statusCode": 200, "body": "x".repeat(900_000)});
    judged("--api alb", &large).run().snapshot("lint-response-near-limit");
}

#[test]
fn base64_of_another_kind_is_told_from_none() {
    for (body, words) in [
        ("dGVz\r\ndA==", "base64 with line breaks or blanks"),
        ("-_8=", "base64 of the URL-safe alphabet"),
        ("dGVzdA", "base64 without its padding"),
        ("data:text/plain;base64,dGVzdA==", "a data URL"),
        ("{}", "no base64"),
    ] {
        let result = json!({"statusCode": 200, "body": body, "isBase64Encoded": true});
        for api in ["http", "alb", "rest --binary-media-type */*"] {
            let run = judged(&format!("--api {api}"), &result);
            let ran = if api == "http" || api == "alb" { run } else { run.exits(1) }.run();
            assert!(ran.stdout().contains(words), "{}", ran.transcript());
        }
    }
}

#[test]
fn invoke_gives_the_same_advice() {
    for (kind, api) in [("rest-get", "rest"), ("http-get", "http"), ("alb-get", "alb")] {
        for more in ["", "--cors-expected", "-H 'Origin: https://app.example.com'"] {
            let line = format!("invoke --bin [GREETING] --path /hello --event {kind} {more}");
            let raw = apigw(&format!("{line} --raw")).run().stdout();
            let invoked = apigw(&format!("{line} --format json")).run().json();
            let flags = more.replace("-H 'Origin: ", "--origin '");
            let line = format!("lint-response --api {api} {flags} --format json out.json");
            let error = api == "rest" && !more.is_empty();
            let linted = apigw(&line).file("out.json", raw).exits(i32::from(error)).run().json();
            assert_eq!(codes(&invoked), codes(&linted), "{line}");
            assert_eq!(codes(&linted), vec!["AGW503"; usize::from(!more.is_empty())], "{line}");
        }
    }
}

#[test]
fn words_about_pages_are_for_front_ends_that_pages_ask() {
    let mistakes = [
        ("--origin app.example.com", "no page has this origin: it has no scheme"),
        ("--cors-allow-origin https://*.example.com --api http", "it has a wildcard in it"),
        ("--cors-allow-origin * --api rest", "only HTTP APIs and function URLs are configured for CORS"),
        ("--cors-expected --api authorizer-token", "no page reads the answer"),
        ("--cors-expected --api websocket", "no page reads the answer"),
        ("--origin https://a.example --api websocket", "no page reads the answer"),
        ("--request-method POST --api websocket", "a connection has no method"),
        ("--request-method 'a b'", "--request-method: `a b` is not a method"),
        ("--request-header 'X Y: 1'", "--request-header: `X` is not a header"),
        ("--request-header 'X: 1' --api authorizer-http", "its request is told by its ARN"),
    ];
    for (line, words) in mistakes {
        judged(line, &json!({"statusCode": 200})).exits(2).run().says(&[words]);
    }
    // Of several front ends, each takes what it knows.
    let fine = json!({"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}});
    judged("--api rest,http,websocket --cors-allow-origin * --cors-expected", &fine).run();
}
