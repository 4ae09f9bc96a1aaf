//! What is mended, and the laws of mending.

use super::*;
use crate::gateway::{Api, Exchange, Flavor, Stamp};
use crate::http::Request;
use crate::lint::rules::ALL;
use crate::lint::{Answered, Expected, Subject, judge};
use proptest::prelude::*;
use serde_json::Value;

fn checked(flavor: Flavor, document: &Document<'_>) -> Checked {
    let api = Api::new(flavor);
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let judged = judge(document, flavor, &exchange, &Expected::default());
    Checked::answers(0, vec![Answered { front: flavor.into(), judged, method_arn: None }])
}

fn fixed(flavor: Flavor, text: &str) -> Option<String> {
    let fixed = fix(&Document::whole("t.json", text.as_bytes()), &|document| checked(flavor, document));
    fixed.map(|fixed| fixed.text)
}

#[test]
fn what_is_mechanical_is_mended_and_the_rest_stays_as_it_is_written() {
    use Flavor::*;
    let cases = [
        (
            Rest,
            "{\n  \"statusCode\": 200,\n  \"body\": { \"a\" : [1.50,\n   \"x y\"] }\n}\n",
            "{\n  \"statusCode\": 200,\n  \"body\": \"{\\\"a\\\":[1.50,\\\"x y\\\"]}\"\n}\n",
        ),
        (Http, r#"{"statusCode":200,"body":42}"#, r#"{"statusCode":200,"body":"42"}"#),
        (Rest, r#"{"headers": {"X-A": 1, "X-B": true}}"#, r#"{"headers": {"X-A": "1", "X-B": "true"}}"#),
        (
            Alb,
            r#"{"statusCode": "200", "headers": {"X-A": 1.0}}"#,
            r#"{"statusCode": 200, "headers": {"X-A": "1.0"}}"#,
        ),
        (Rest, r#"{"multiValueHeaders": {"A": "1"}}"#, r#"{"multiValueHeaders": {"A": ["1"]}}"#),
        (Rest, r#"{"status": 404, "body": "no"}"#, r#"{"statusCode": 404, "body": "no"}"#),
        (Http, r#"{"status": 404, "body": {}}"#, r#"{"statusCode": 404, "body": "{}"}"#),
        (HttpV1, r#"{"status": 404, "body": "no"}"#, r#"{"statusCode": 404, "body": "no"}"#),
        (
            Rest,
            r#"{"statusCode": 200, "cookies": ["a=1", "b=2"]}"#,
            r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}"#,
        ),
        (
            Rest,
            r#"{"cookies": ["a=1"], "multiValueHeaders": {"X-A": ["1"]}, "statusCode": 200}"#,
            r#"{"multiValueHeaders": {"X-A": ["1"], "Set-Cookie": ["a=1"]}, "statusCode": 200}"#,
        ),
        (
            Http,
            r#"{"statusCode": 200, "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]}}"#,
            r#"{"statusCode": 200, "cookies": ["a=1", "b=2"]}"#,
        ),
        (
            Url,
            r#"{"statusCode": 200, "multiValueHeaders": {"X-A": ["1"], "Set-Cookie": ["a=1"]}}"#,
            r#"{"statusCode": 200, "headers": {"X-A": "1"}, "cookies": ["a=1"]}"#,
        ),
        (
            AlbMulti,
            r#"{"statusCode": 200, "headers": {"X-A": "1"}}"#,
            r#"{"statusCode": 200, "multiValueHeaders": {"X-A": ["1"]}}"#,
        ),
        (Alb, r#"{"statusCode": 200, "headers": {}, "body": null}"#, r#"{"statusCode": 200, "headers": {}}"#),
        (
            Alb,
            r#"{"statusCode": 200, "headers": {}, "isBase64Encoded": "true", "body": "_-8"}"#,
            r#"{"statusCode": 200, "headers": {}, "isBase64Encoded": true, "body": "/+8="}"#,
        ),
    ];
    for (flavor, before, after) in cases {
        assert_eq!(fixed(flavor, before).as_deref(), Some(after), "{flavor:?} {before}");
        assert_eq!(fixed(flavor, after), None, "a second run of {before}");
    }
}

#[test]
fn what_nobody_can_know_is_left_alone() {
    use Flavor::*;
    let cases = [
        (Rest, r#"{"statusCode": 200, "status": "OK"}"#),
        (Rest, r#"{"statusCode": 200, "status": 404}"#),
        (Http, r#"{"status": 404}"#),
        (Http, r#"{"status": "open", "body": "x"}"#),
        (Rest, r#"{"statusCode": 200, "headers": {"Set-Cookie": ["a=1", "b=2"]}}"#),
        (Http, r#"{"statusCode": 200, "cookies": [], "multiValueHeaders": {"Set-Cookie": ["a=1"]}}"#),
        (Rest, r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": []}, "cookies": ["a=1"]}"#),
        (Rest, r#"{"statusCode": "OK"}"#),
        (Rest, "null"),
        (Rest, "{'statusCode': 200}"),
        (Rest, ""),
    ];
    for (flavor, text) in cases {
        assert_eq!(fixed(flavor, text), None, "{flavor:?} {text}");
    }
}

#[test]
fn an_edit_makes_its_rule_silent() {
    let mut mended = 0;
    for rule in ALL.iter().filter(|rule| rule.mend.is_some()) {
        let own: Vec<_> = rule.bad.iter().filter(|bad| bad.is == Subject::Result && !bad.streaming).collect();
        for bad in &own {
            let flavor = bad.front.flavor();
            let Some(text) = fixed(flavor, bad.result) else { continue };
            let left = checked(flavor, &Document::whole("t", text.as_bytes()));
            assert!(left.distinct().all(|finding| finding.rule.code != rule.code), "{}: {text}", rule.name);
            mended += 1;
        }
    }
    assert!(mended >= 12, "{mended} examples are mended");
}

/// Results with every key that people write, right and wrong.
fn result() -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(vec![
        "statusCode",
        "status",
        "StatusCode",
        "headers",
        "Headers",
        "multiValueHeaders",
        "cookies",
        "cookie",
        "body",
        "isBase64Encoded",
        "is_base64_encoded",
        "statusDescription",
    ]);
    let scalar = prop_oneof![
        (90u64..700).prop_map(Value::from),
        prop::sample::select(vec!["200", "true", "a=1", "x", "_-8", "dGVzdA"]).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(Value::from(1.5)),
    ];
    let list = prop::collection::vec(scalar.clone(), 0..3).prop_map(Value::from);
    let name = prop::sample::select(vec!["Set-Cookie", "set-cookie", "X-A", "Content-Type"]);
    let map =
        prop::collection::vec((name, prop_oneof![scalar.clone(), list.clone()]), 0..3).prop_map(|members| {
            Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        });
    let value = prop_oneof![scalar, list, map, crate::testing::json()];
    prop::collection::vec((keys, value), 0..6).prop_map(|members| {
        Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    })
}

proptest! {
    #[test]
    fn a_fixed_result_is_better_and_a_second_run_finds_nothing_to_do(
        result in result(),
        pretty in any::<bool>(),
        flavor in prop::sample::select(Flavor::ALL.to_vec()),
    ) {
        let text = if pretty { format!("{result:#}\n") } else { result.to_string() };
        if let Some(mended) = fixed(flavor, &text) {
            let weigh = |text: &str| weight(&checked(flavor, &Document::whole("t", text.as_bytes())));
            prop_assert!(weigh(&mended) < weigh(&text), "{} became {}", text, mended);
            prop_assert_eq!(fixed(flavor, &mended), None, "{} became {}", text, mended);
        }
    }
}
