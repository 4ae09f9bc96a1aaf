//! Bodies against schemas, wherever they are written.

use super::*;
use crate::gateway::{Api, Exchange, Flavor, Stamp};
use crate::http::Request;
use crate::lint::{Document, Expected, judge};
use proptest::prelude::*;
use serde_json::json;

fn schema(statuses: Statuses, schema: &Value) -> BodySchema {
    let validator = Arc::new(jsonschema::validator_for(schema).unwrap());
    BodySchema { statuses, name: "s.json".to_owned(), validator }
}

/// The parts of a result that do not fit, as they are written, and where in the JSON they stand.
fn found(flavor: Flavor, result: &str, groups: &[Vec<BodySchema>]) -> Vec<(String, String)> {
    let api = Api::new(flavor);
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let document = Document::whole("t", result.as_bytes());
    let mut judged = judge(&document, flavor, &exchange, &Expected::default());
    check_body(&mut judged, groups, false);
    let own = judged.findings.iter().filter(|finding| finding.rule.code == BODY_AGAINST_SCHEMA.code);
    own.map(|finding| {
        assert!(!finding.refuses);
        let pointer = finding.pointer.as_ref().unwrap().to_string();
        (result[finding.span.start..finding.span.end].to_owned(), pointer)
    })
    .collect()
}

#[test]
fn statuses_have_names() {
    let cases = [
        ("200", Some(Statuses::Exactly(200))),
        ("2xx", Some(Statuses::Class(2))),
        ("5XX", Some(Statuses::Class(5))),
        ("Default", Some(Statuses::Default)),
        ("6xx", None),
        ("0xx", None),
        ("xx", None),
        ("99", None),
        ("1000", None),
        ("", None),
        ("2x", None),
    ];
    for (name, statuses) in cases {
        assert_eq!(Statuses::from_name(name), statuses, "{name}");
    }
}

#[test]
fn what_does_not_fit_is_placed_where_it_is_written() {
    let integers = json!({"items": {"type": "integer"}, "properties": {"a": {"type": "integer"}}});
    let cases = [
        (Flavor::Rest, r#"{"statusCode": 200, "body": "[1, \"\u00e9\", 2]"}"#, r#"\"\u00e9\""#, "/body"),
        (Flavor::Rest, r#"{"statusCode": 200, "body": "[\n\n[]]"}"#, "[]", "/body"),
        (Flavor::Http, r#"{"a": "x"}"#, "\"x\"", "/a"),
        (Flavor::Http, r#"["x"]"#, "\"x\"", "/0"),
        (Flavor::Http, r#""[null]""#, "null", ""),
        (Flavor::Url, r#"{"statusCode": 200, "body": "[1"}"#, "", "/body"),
    ];
    for (flavor, result, written, pointer) in cases {
        let found = found(flavor, result, &[vec![schema(Statuses::Default, &integers)]]);
        assert_eq!(found, [(written.to_owned(), pointer.to_owned())], "{result}");
    }
}

#[test]
fn of_a_group_the_closest_schema_counts_and_every_group_counts() {
    let (no, yes) = (json!(false), json!(true));
    let group = |rows: &[(Statuses, &Value)]| -> Vec<BodySchema> {
        rows.iter().map(|(statuses, value)| schema(*statuses, value)).collect()
    };
    let count =
        |groups: &[Vec<BodySchema>]| found(Flavor::Rest, r#"{"statusCode": 201, "body": "1"}"#, groups).len();
    let (exactly, class) = (Statuses::Exactly(201), Statuses::Class(2));
    assert_eq!(count(&[group(&[(exactly, &yes), (class, &no), (Statuses::Default, &no)])]), 0);
    assert_eq!(count(&[group(&[(class, &yes), (Statuses::Default, &no)])]), 0);
    assert_eq!(count(&[group(&[(Statuses::Class(4), &no), (Statuses::Default, &yes)])]), 0);
    assert_eq!(count(&[group(&[(exactly, &no)]), group(&[(Statuses::Default, &no)])]), 2);
    assert_eq!(count(&[group(&[(Statuses::Exactly(200), &no)])]), 0);
}

#[test]
fn words_are_never_endless() {
    let names: Vec<_> = (0..10_000).map(|n| format!("name{n}")).collect();
    let groups = [vec![schema(Statuses::Default, &json!({"enum": names}))]];
    let api = Api::new(Flavor::Rest);
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let result = format!(r#"{{"body": "\"{}\""}}"#, "x".repeat(100_000));
    let mut judged =
        judge(&Document::whole("t", result.as_bytes()), api.flavor, &exchange, &Expected::default());
    check_body(&mut judged, &groups, false);
    assert!(judged.findings[0].message.len() < 400);
}

proptest! {
    #[test]
    fn in_base64_the_letters_hold_the_bytes(bytes in proptest::collection::vec(any::<u8>(), 1..40), at in 0usize..40, length in 1usize..8) {
        let start = at % bytes.len();
        let end = (start + length).min(bytes.len());
        let letters = crate::http::encoding::base64_encode(&bytes);
        let span = in_base64(Span::new(start, end));
        prop_assert!(span.start < span.end && span.end <= letters.len());
        // Whatever else stands around them, these letters say what the bytes are.
        let mut other: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
        other[start..end].copy_from_slice(&bytes[start..end]);
        let others = crate::http::encoding::base64_encode(&other);
        let inner = span.start + usize::from(start % 3 > 0)..span.end - usize::from(end % 3 > 0);
        if inner.start < inner.end {
            prop_assert_eq!(&letters[inner.clone()], &others[inner]);
        }
    }

    #[test]
    fn no_result_panics(value in crate::testing::json()) {
        let result = json!({"statusCode": 200, "body": value.to_string()}).to_string();
        found(Flavor::Http, &result, &[vec![schema(Statuses::Default, &json!({"not": {}}))]]);
        found(Flavor::Http, &value.to_string(), &[vec![schema(Statuses::Default, &json!(false))]]);
    }
}
