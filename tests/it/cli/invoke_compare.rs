//! `apigw invoke --compare-…`: the same call to two targets, and what differs between the answers.

use super::{Ran, Run, apigw, snapshot};
use crate::transport::aws::serve;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// Line, header fields and body of a request.
type Asked = (String, Vec<(String, String)>, String);

/// An endpoint that always answers the same, and keeps the requests.
struct Endpoint {
    base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Endpoint {
    fn with(status: u16, headers: &'static [(&'static str, &'static str)], body: impl Into<String>) -> Self {
        let (asked, body) = (Arc::<Mutex<Vec<_>>>::default(), body.into());
        let record = asked.clone();
        let base = serve(move |head, sent| {
            let fields = crate::transport::aws::fields(&head);
            let sent = String::from_utf8(sent.to_vec()).unwrap();
            record.lock().unwrap().push((format!("{} {}", head.method, head.uri), fields, sent));
            // The server would tell the time itself, which may or may not differ.
            let response = Response::builder().status(status).header("date", "Wed, 01 Jan 2025 12:00:00 GMT");
            let response =
                headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
            response.body(Full::new(Bytes::from(body.clone()))).unwrap()
        });
        Self { base, asked }
    }

    fn lines(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(line, ..)| line.clone()).collect()
    }
}

/// A transcript without the ports of the endpoints.
fn told(ran: &Ran, endpoints: &[&Endpoint]) -> String {
    let named = endpoints.iter().zip(["A", "B"]);
    named.fold(ran.transcript(), |text, (own, name)| text.replace(&own.base, &format!("http://[{name}]")))
}

fn both(left: &Endpoint, right: &Endpoint, flags: &str) -> Run {
    apigw(&format!("invoke --url {} --compare-url {}/dev {flags}", left.base, right.base))
}

const JSON: &[(&str, &str)] =
    &[("content-type", "application/json"), ("x-amzn-requestid", "r-1"), ("etag", "1")];
const OTHER: &[(&str, &str)] =
    &[("Content-Type", "application/json"), ("x-amzn-RequestId", "r-2"), ("ETag", "2"), ("x-cache", "Miss")];

#[test]
fn equal_answers_are_clean_whatever_differs_from_call_to_call() {
    let left =
        Endpoint::with(200, &[("content-type", "application/json"), ("via", "1")], r#"{"a": 1, "b": [2]}"#);
    let right =
        Endpoint::with(200, &[("Content-Type", "application/json"), ("via", "2")], r#"{"b":[2],"a":1}"#);
    let ran = both(&left, &right, "--path '/users?a=1' --query b=2 -d hi").run();
    assert_eq!(ran.stdout(), "");
    let ran =
        ran.says(&["the answers are equal; 2 volatile headers folded (", "via", "--all-headers shows them"]);
    assert!(ran.stderr().contains("--url http://127.0.0.1"), "{}", ran.stderr());
    assert_eq!(left.lines(), ["POST /users?a=1&b=2"]);
    assert_eq!(right.lines(), ["POST /dev/users?a=1&b=2"]);
    let shown = both(&left, &right, "--all-headers").run();
    assert!(shown.stdout().contains("- header via"), "{}", shown.stdout());
    assert!(shown.stdout().contains("  2  (volatile)"), "{}", shown.stdout());
    assert!(!shown.stderr().contains("folded"), "{}", shown.stderr());
}

#[test]
fn differences_are_told_place_by_place() {
    let body = |id: u8, at: u8| format!(r#"{{"items": [{{"id": {id}, "at": {at}}}], "name": "Ada"}}"#);
    let (left, right) = (Endpoint::with(200, JSON, body(1, 1)), Endpoint::with(404, OTHER, body(2, 9)));
    let mut all = String::new();
    for flags in ["", "--ignore-body /items/*/at --color always", "--compare --ignore-body /items"] {
        all += &told(&both(&left, &right, flags).exits(1).run(), &[&left, &right]);
    }
    let text = |line: &str| {
        (1..20).map(|n| format!("{}\n", if n == 10 { line } else { "same" })).collect::<String>()
    };
    let (one, two) = (Endpoint::with(200, &[], text("one")), Endpoint::with(200, &[], text("two\u{1b}")));
    all += &told(&both(&one, &two, "").exits(1).run(), &[&one, &two]);
    let ran = both(&left, &two, "--ignore-body /items/*/at").exits(1).run();
    assert!(ran.stdout().contains("@@ body -1,1 +1,19 @@"), "{}", ran.stdout());
    snapshot("invoke-compare-differences", &all);
    both(&left, &right, "--ignore-body items").exits(2).run().says(&["a JSON pointer begins with /"]);
}

#[test]
fn json_holds_both_answers_and_what_differs() {
    let (left, right) =
        (Endpoint::with(200, JSON, "{\"a\": 1}"), Endpoint::with(201, OTHER, "{\"a\": 2, \"b\": null}"));
    let ran = both(&left, &right, "--format json").exits(1).run();
    assert_eq!(ran.stderr(), "");
    let comparison = &ran.json()["results"][0]["comparison"];
    assert_eq!(comparison["equal"], false);
    assert_eq!(comparison["status"], json!({"left": 200, "right": 201}));
    let expected = json!([{"pointer": "/a", "left": 1, "right": 2}, {"pointer": "/b", "right": null}]);
    assert_eq!(comparison["body"], expected);
    let headers = comparison["headers"].as_array().unwrap();
    let of = |name: &str| headers.iter().find(|field| field["name"] == name).unwrap().clone();
    assert_eq!(of("etag"), json!({"name": "etag", "left": ["1"], "right": ["2"], "volatile": false}));
    assert_eq!(of("x-amzn-requestid")["volatile"], true);
    assert_eq!(of("content-length")["volatile"], true);
    assert_eq!(comparison["left"]["target"], format!("--url {}", left.base));
    assert_eq!(comparison["right"]["target"], format!("--compare-url {}/dev", right.base));
    assert_eq!(
        (&comparison["left"]["response"]["status"], &comparison["right"]["response"]["body"]),
        (&json!(200), &json!("{\"a\": 2, \"b\": null}"))
    );
    assert!(comparison["right"]["timings"]["duration_ms"].is_number());
}

#[test]
fn a_function_is_compared_with_an_endpoint_and_with_another_build() {
    let greeting = r#"{"message":"Hello, Bob!","method":"POST","path":"/users/42","with":null}"#;
    let endpoint = Endpoint::with(200, &[("content-type", "application/json")], greeting);
    let flags = format!(
        "--path '/users/42?name=Bob' --route 'POST /users/{{id}}' -d '{{}}' -H 'X-A: 1' --compare-url {}/dev/",
        endpoint.base
    );
    for api in ["rest", "http"] {
        let ran = apigw(&format!("invoke --bin [GREETING] --api {api} {flags}")).run();
        assert_eq!(ran.stdout(), "", "{}", ran.transcript());
        ran.says(&[
            "--bin [GREETING]: ",
            "answers 200 OK, init ",
            "--compare-url http",
            "the answers are equal",
        ]);
    }
    for (line, fields, body) in endpoint.asked.lock().unwrap().iter() {
        assert_eq!(line, "POST /dev/users/42?name=Bob");
        assert!(
            fields.iter().any(|(name, value)| (name.as_str(), value.as_str()) == ("x-a", "1")),
            "{fields:?}"
        );
        assert_eq!(body, "{}");
    }
    // The other way round, and of an event of a file.
    let event = apigw("event gen rest-post --stage dev --path '/users/42?name=Bob' -d '{}'").run().stdout();
    let line = format!("invoke --url {}/dev --compare-bin [GREETING] --event event.json", endpoint.base);
    let ran = apigw(&line).file("event.json", event).run();
    assert_eq!(ran.stdout(), "", "{}", ran.transcript());
    assert_eq!(endpoint.lines().last().unwrap(), "POST /dev/users/42?name=Bob");
    let builds = apigw("invoke --bin [GREETING] --compare-bin [GREETING] --path /hello --format json").run();
    let comparison = builds.json()["results"][0]["comparison"].clone();
    assert_eq!(comparison["equal"], true);
    assert_eq!(comparison["left"]["event"]["path"], "/hello");
    assert_eq!(comparison["right"]["result"]["statusCode"], 200);
}

#[test]
fn handlers_and_functions_in_aws_are_second_targets_too() {
    let handler = "def h(event, context):\n    return {'statusCode': 200, 'body': event['path']}\n";
    let run = apigw("invoke --handler old.h --compare-handler new.h --path /x --format json");
    let comparison =
        run.file("old.py", handler).file("new.py", handler.replace("event['path']", "'/y'")).exits(1).run();
    let comparison = &comparison.json()["results"][0]["comparison"];
    assert_eq!(comparison["body"], json!([{"pointer": "", "left": "/x", "right": "/y"}]));
    let lambda =
        Endpoint::with(200, &[("x-amz-executed-version", "3")], r#"{"statusCode": 200, "body": "/x"}"#);
    let line = format!(
        "invoke --handler old.h --compare-function users -v --endpoint-url {} --path /x",
        lambda.base
    );
    let ran = apigw(&line).file("old.py", handler).run();
    ran.says(&[
        "asking http://127.0.0.1",
        "--compare-function users: REST API answers 200 OK",
        "the answers are equal",
    ]);
    assert_eq!(lambda.lines(), ["POST /2015-03-31/functions/users/invocations"]);
}

#[test]
fn a_target_that_fails_is_named() {
    let endpoint = Endpoint::with(200, &[("content-type", "application/json")], "hello");
    let line = format!("invoke --bin [GREETING] --path /hello/fail --compare-url {}", endpoint.base);
    let ran = apigw(&line).exits(3).run();
    let said = ran.says(&[
        "error: the function failed",
        "--bin [GREETING]: REST API answers 502",
        "the answers differ",
    ]);
    assert!(said.stdout().contains("  502 Bad Gateway\n+ status "), "{}", said.stdout());
    let line = format!("invoke --url {} --compare-url http://127.0.0.1:1", endpoint.base);
    let ran = apigw(&line).exits(4).run();
    assert_eq!(ran.stdout(), "");
    ran.says(&[
        ": answers 200 OK",
        "error: --compare-url http://127.0.0.1:1: nothing answers at http://127.0.0.1:1",
    ]);
    let both = apigw("invoke --url http://127.0.0.1:1 --compare-url http://127.0.0.1:2").exits(4).run();
    both.says(&[
        "error: --url http://127.0.0.1:1: nothing",
        "error: --compare-url http://127.0.0.1:2: nothing",
    ]);
    // An endpoint takes no events of other kinds.
    for event in ["websocket-connect", "authorizer-token -H 'Authorization: a'", "alb-health-check"] {
        let line = format!("invoke --bin [GREETING] --compare-url {} --event {event}", endpoint.base);
        apigw(&line).exits(2).run().says(&["an endpoint takes requests"]);
    }
}

#[test]
fn flags_that_say_nothing_of_a_comparison_are_refused() {
    for (flags, words) in [
        ("--compare", "required arguments were not provided"),
        ("--all-headers", "required arguments were not provided"),
        ("--compare-bin b --compare-url c", "cannot be used with"),
        ("--compare-bin b --raw", "cannot be used with"),
        ("--compare-bin b -i", "cannot be used with"),
        ("--compare-function b --type Event", "cannot be used with"),
        ("--compare-url http://127.0.0.1:1 --tail", "cannot be used with"),
        ("--compare-url http://127.0.0.1:1 --watch", "cannot be used with"),
        ("--compare-url http://127.0.0.1:1 --profile p", "has a meaning only with --function"),
    ] {
        apigw(&format!("invoke --bin a {flags}")).exits(2).run().says(&[words]);
    }
}

#[test]
fn both_are_asked_at_the_same_time() {
    let line =
        "invoke --bin [GREETING] --compare-bin [GREETING] --path /hello/slow --timeout 1 --format json";
    let started = std::time::Instant::now();
    let ran = apigw(line).exits(3).run();
    let took = started.elapsed().as_secs_f64();
    let sides = &ran.json()["results"][0]["comparison"];
    let waited: f64 =
        ["left", "right"].iter().map(|side| sides[side]["timings"]["duration_ms"].as_f64().unwrap()).sum();
    assert!(waited >= 2_000.0, "{waited}");
    assert_eq!(sides["left"]["function_error"]["error_type"], Value::from("Sandbox.Timedout"));
    assert!(took < waited / 1_000.0 + 5.0, "{took}");
}
