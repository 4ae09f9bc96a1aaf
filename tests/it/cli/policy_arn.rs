//! `apigw policy arn`: patterns drawn, compared with each other, and held against ARNs.

use super::apigw;
use serde_json::{Value, json};

const API: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";

fn arn(words: &str) -> String {
    format!("policy arn {}", words.replace("API", API))
}

#[test]
fn a_pattern_is_drawn_part_by_part() {
    apigw(&arn("API/*/GET/users/*")).run().snapshot("policy-arn");
    apigw(&arn("API/authorizers/x9y8z7")).run().snapshot("policy-arn-authorizer");
}

#[test]
fn an_arn_that_does_not_match_is_marked_where_it_fails() {
    let cases = [
        ("API/*/GET/users/* API/prod/POST/users/42", "method: `POST` is not `GET`"),
        ("API/*/GET API/prod/GET/", "method: the pattern ends, and the ARN goes on with `/`"),
        ("API/*/GET/users/ API/prod/GET/users", "path: the pattern goes on, and the ARN ends here"),
        ("'API/*/*/*' 'API/$default/$default'", "method: the pattern goes on, and the ARN ends here"),
        ("API/*/get/x API/prod/GET/x", "method: `GET` is in another case than `get`"),
        ("API/*/GET/{identifier} API/*/GET/{id}", "overlaps"),
        ("arn:aws-cn:execute-api:*:*:* API/prod/GET/x", "partition: `aws` is not `aws-cn`"),
        ("API/prod/$connect API/prod/$disconnect", "route key: `$disconnect` is not `$connect`"),
        ("API/*/GET/é/* API/prod/GET/e/x", "path: `e` is not `é`"),
    ];
    let mut all = String::new();
    for (words, why) in cases {
        if why == "overlaps" {
            continue;
        }
        let printed = apigw(&arn(words)).exits(1).run().stdout();
        assert!(printed.contains(why), "{words}\n{printed}");
        all += &printed;
    }
    super::snapshot("policy-arn-mismatches", &all);
    apigw(&arn("API/*/GET/{id} API/prod/GET/{id}")).run();
}

#[test]
fn patterns_are_compared_exactly() {
    let others =
        "API/prod/GET/* API/*/GET/users/? API/*/GET/users/* API/*/GET/* 'arn:aws:execute-api:*:*:other/*'";
    let ran = apigw(&arn(&format!("API/*/GET/users/* {others} --format json"))).exits(1).run().json();
    let told = |member: &str| -> Vec<Value> {
        ran["results"].as_array().unwrap().iter().map(|row| row[member].clone()).collect()
    };
    assert_eq!(told("relation"), ["overlaps", "contains", "equal", "contained", "misses"]);
    assert_eq!(told("matches"), [false, true, true, false, false]);
    assert_eq!(ran["results"][4]["examples"]["both"], Value::Null);
    apigw(&arn(&format!("API/*/GET/users/* {others}"))).exits(1).run().snapshot("policy-arn-relations");
}

#[test]
fn the_contract_names_part_and_segment() {
    let line = arn("API/*/GET/users/* API/prod/POST/users/42 --format json");
    let ran = apigw(&line).exits(1).run().json();
    let row = &ran["results"][0];
    assert_eq!((&row["matches"], &row["relation"]), (&json!(false), &json!("does-not-match")));
    let expected = json!({
        "part": "resource", "segment": "method", "because": "`POST` is not `GET`",
        "pattern": {"text": "GET", "start": 56, "end": 59}, "value": {"text": "POST", "start": 59, "end": 63},
    });
    assert_eq!(row["mismatch"], expected);
    let ran = apigw(&arn("API/*/GET/users/* API/prod/GET/users/42 --format json")).run().json();
    assert_eq!((&ran["results"][0]["matches"], &ran["results"][0]["mismatch"]), (&json!(true), &Value::Null));
    let alone = apigw(&arn("API/* --format json")).run().json();
    assert_eq!(alone["results"][0].get("matches"), None);
}

#[test]
fn one_text_or_six_parts() {
    let value = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
    let line = format!("policy arn 'arn:aws:someservice:*:111122223333:finance/*' {value}");
    apigw(&line).exits(1).run();
    apigw(&format!("{line} --string")).run();
    let ran = apigw("policy arn users/*").exits(1).run();
    assert!(ran.stdout().contains("matches nothing: an ARN has six parts"), "{}", ran.transcript());
    apigw("policy arn users/* users/42").exits(1).run();
    apigw("policy arn users/* users/42 --string").run();
    apigw("policy arn").exits(2).run().says(&["<PATTERN>"]);
}
