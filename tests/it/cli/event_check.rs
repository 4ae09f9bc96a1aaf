//! `apigw event check`: flavours, findings, files and exit codes.

use super::apigw;
use serde_json::{Value, json};

/// The example of a published schema, as a text.
fn example(flavor: &str) -> Value {
    apigw(&format!("schema event/{flavor}")).run().json()["examples"][0].clone()
}

fn pretty(event: &Value) -> String {
    format!("{event:#}\n")
}

#[test]
fn a_clean_event_prints_nothing_but_the_summary() {
    let ran = apigw("event check a.json -")
        .file("a.json", pretty(&example("rest")))
        .stdin(pretty(&example("authorizer-token")))
        .run();
    assert_eq!(
        (ran.stdout(), ran.stderr()),
        (String::new(), "Checked 2 documents: no errors, no warnings\n".into())
    );
}

#[test]
fn findings_stand_at_their_place() {
    let mut event = example("rest");
    event["queryStringParameters"] = json!({"a": "1"});
    event["requestContext"]["requestTimeEpoch"] = json!(1_735_732_800);
    event["version"] = json!("1.0");
    let event = format!("{}\n", event.to_string().replace(",\"", ",\n\""));
    apigw("event check --api rest event.json")
        .file("event.json", event)
        .exits(1)
        .run()
        .snapshot("event-check");
}

#[test]
fn why_tells_what_speaks_for_the_flavour() {
    let ran = apigw("event check --why url.json").file("url.json", pretty(&example("url"))).run();
    ran.snapshot("event-check-why");
}

#[test]
fn the_flavour_is_in_the_report() {
    let ran = apigw("event check --format json a.json b.json c.json")
        .file("a.json", pretty(&example("alb-multi")))
        .file("b.json", "{\"Records\": []}")
        .file("c.json", "{")
        .exits(1)
        .run();
    let report = ran.json();
    let flavors: Vec<_> = (0..3).map(|row| report["results"][row]["flavor"].clone()).collect();
    assert_eq!(flavors, [json!("alb-multi"), Value::Null, Value::Null]);
    let code = |row: usize| report["results"][row]["diagnostics"][0]["code"].clone();
    assert_eq!((code(1), code(2)), (json!("AGW237"), json!("AGW901")));
    assert_eq!(report["summary"]["errors"], 2);
}

#[test]
fn a_flavour_that_was_asked_for_is_judged_as_asked() {
    let ran = apigw("event check --api http --format json -").stdin(pretty(&example("rest"))).exits(1).run();
    let report = ran.json();
    assert_eq!(report["results"][0]["flavor"], "http");
    assert_eq!(report["results"][0]["detection"]["asked"], true);
    let names = report["results"][0]["diagnostics"].as_array().unwrap().iter();
    assert!(names.clone().any(|found| found["name"] == "mixed-flavours"));
    apigw("event check --api nonsense -").exits(2).run().says(&["nonsense", "authorizer-token"]);
}

#[test]
fn warnings_alone_are_no_failure() {
    let mut event = example("rest");
    event["comment"] = json!("a sample");
    let ran = apigw("event check -").stdin(pretty(&event)).run();
    assert!(ran.stdout().starts_with("warning[AGW205]"), "{}", ran.transcript());
}

#[test]
fn a_missing_file_is_no_invalid_one() {
    let ran = apigw("event check none.json a.json").file("a.json", pretty(&example("rest"))).exits(2).run();
    ran.says(&["cannot read none.json", "Checked 1 document"]);
    apigw("event check a.json").file("a.json", "").exits(1).run();
}

#[test]
fn what_is_generated_passes() {
    let kinds = apigw("event list --format json").run().json();
    for kind in kinds["results"].as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        let event = apigw(&format!("event gen {name}")).run();
        let ran = apigw("event check --format json -").stdin(event.bytes()).run();
        assert_eq!(ran.json()["results"][0]["diagnostics"], json!([]), "{name}: {}", ran.transcript());
    }
}

#[test]
fn what_is_imported_passes_for_every_flavour() {
    let line = "curl 'https://api.example.com/users?a=1&a=2' -b 'a=1' -H 'X-A: 1' --json '{}'";
    for to in ["rest", "http", "http-v1", "url", "alb", "alb-multi", "sam:alb/request"] {
        let event = apigw(&format!("event from curl - --to {to}")).stdin(line).run();
        let ran = apigw("event check --format json -").stdin(event.bytes()).run();
        assert_eq!(ran.json()["results"][0]["diagnostics"], json!([]), "{to}: {}", ran.transcript());
    }
}
