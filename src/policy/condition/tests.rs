//! Operators, missing keys and several values (P-060 to P-076).

use super::*;
use crate::policy::request::{Context, Values};
use serde_json::json;

fn holds(condition: impl Into<Value>, context: &Context) -> bool {
    let condition = condition.into();
    let read = read_conditions(&condition, &Pointer::root(), &mut Vec::new());
    read.iter().all(|condition| Test::new(condition, true).holds(context))
}

const SOURCE: &str = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users";

fn context() -> Context {
    Context::new()
        .with("aws:SourceArn", SOURCE)
        .with("aws:username", "Ada")
        .with("aws:SourceIp", "203.0.113.7")
        .with("aws:VpcSourceIp", "2001:db8::7")
        .with("aws:SecureTransport", "true")
        .with("x:count", "10")
        .with("aws:CurrentTime", "2025-01-31T12:00:00Z")
        .with("x:hash", "AAEC")
        .with_values("aws:TagKeys", Values::Many(vec!["a".to_owned(), "b".to_owned()]))
        .with_values("x:one", Values::Many(vec!["a".to_owned()]))
        .with_values("x:empty", Values::Many(Vec::new()))
}

#[test]
fn operators_compare_as_they_say() {
    let cases = [
        ("StringEquals", "aws:UserName", json!("Ada"), true),
        ("StringEquals", "aws:username", json!(["Bob", "Ada"]), true),
        ("StringEquals", "aws:username", json!("A*"), false),
        ("StringEquals", "aws:username", json!("ada"), false),
        ("StringEqualsIgnoreCase", "aws:username", json!("aDA"), true),
        ("StringNotEqualsIgnoreCase", "aws:username", json!("aDA"), false),
        ("StringEqualsIgnoreCase", "aws:username", json!("${aws:username}"), true),
        ("StringNotEquals", "aws:username", json!(["Bob", "Ada"]), false),
        ("StringNotEquals", "aws:username", json!(["Bob", "Eve"]), true),
        ("StringLike", "aws:username", json!("A?a"), true),
        ("StringLike", "aws:username", json!("${aws:username}"), true),
        ("StringLike", "aws:username", json!("${x:none, 'A*'}"), false),
        ("StringNotLike", "aws:username", json!("A*"), false),
        ("StringLike", "aws:SourceArn", json!("arn:*/GET/*"), true),
        ("ArnLike", "aws:SourceArn", json!("arn:*/GET/*"), false),
        ("ArnLike", "aws:SourceArn", json!("arn:aws:execute-api:*:*:*/GET/*"), true),
        ("ArnEquals", "aws:SourceArn", json!("arn:aws:execute-api:*:*:*/GET/*"), true),
        ("ArnNotLike", "aws:SourceArn", json!("arn:aws:execute-api:*:*:*/GET/*"), false),
        ("ArnNotEquals", "aws:SourceArn", json!("arn:aws:execute-api:*:*:*/POST/*"), true),
        ("ArnNotLike", "aws:SourceArn", json!("not an ARN"), false),
        ("ArnLike", "aws:username", json!("*"), false),
        ("NumericEquals", "x:count", json!(10), true),
        ("NumericNotEquals", "x:count", json!("10.0"), false),
        ("NumericLessThan", "x:count", json!("11"), true),
        ("NumericLessThanEquals", "x:count", json!("9"), false),
        ("NumericGreaterThan", "x:count", json!("10"), false),
        ("NumericGreaterThanEquals", "x:count", json!("10"), true),
        ("NumericEquals", "aws:username", json!("10"), false),
        ("DateEquals", "aws:CurrentTime", json!("2025-01-31T13:00:00+01:00"), true),
        ("DateLessThan", "aws:CurrentTime", json!("2025-02"), true),
        ("DateGreaterThan", "aws:CurrentTime", json!("1738324799"), true),
        ("DateGreaterThanEquals", "aws:CurrentTime", json!("2026"), false),
        ("DateNotEquals", "aws:CurrentTime", json!("2025-01-31"), true),
        ("Bool", "aws:SecureTransport", json!(true), true),
        ("Bool", "aws:SecureTransport", json!("False"), false),
        ("Bool", "aws:username", json!("true"), false),
        ("BinaryEquals", "x:hash", json!("AAEC"), true),
        ("BinaryEquals", "x:hash", json!("AAED"), false),
        ("IpAddress", "aws:SourceIp", json!(["10.0.0.0/8", "203.0.113.0/24"]), true),
        ("IpAddress", "aws:SourceIp", json!("203.0.113.7"), true),
        ("NotIpAddress", "aws:SourceIp", json!("203.0.113.8"), true),
        ("IpAddress", "aws:SourceIp", json!("0.0.0.0/0"), true),
        ("IpAddress", "aws:SourceIp", json!("::/0"), false),
        ("IpAddress", "aws:VpcSourceIp", json!("2001:db8::/32"), true),
        ("NotIpAddress", "aws:VpcSourceIp", json!("2001:db8::/32"), false),
        ("Null", "aws:username", json!("true"), false),
        ("Null", "aws:username", json!(false), true),
        ("Null", "x:none", json!("true"), true),
        ("Unheard", "aws:username", json!("Ada"), false),
        ("Unheard:StringLike", "aws:username", json!("Ada"), false),
    ];
    for (operator, key, value, expected) in cases {
        let condition = json!({ operator: { key: value } });
        assert_eq!(holds(condition.clone(), &context()), expected, "{condition}");
    }
}

#[test]
fn missing_and_several_values_count_by_operator() {
    let cases = [
        ("StringEquals", "x:none", false),
        ("StringNotEquals", "x:none", true),
        ("StringEqualsIfExists", "x:none", true),
        ("stringequalsifexists", "x:none", true),
        ("StringEquals", "x:empty", false),
        ("StringEquals", "aws:TagKeys", false),
        ("StringEquals", "x:one", true),
        ("StringNotEquals", "aws:TagKeys", false),
        ("ForAllValues:StringEquals", "aws:TagKeys", false),
        ("ForAllValues:StringEquals", "x:one", true),
        ("ForAllValues:StringEquals", "x:none", true),
        ("ForAllValues:StringEquals", "x:empty", true),
        ("ForAllValues:StringNotEquals", "aws:TagKeys", false),
        ("ForAnyValue:StringEquals", "aws:TagKeys", true),
        ("ForAnyValue:StringNotEquals", "aws:TagKeys", true),
        ("ForAnyValue:StringNotEquals", "x:one", false),
        ("ForAnyValue:StringEquals", "x:none", false),
        ("ForAnyValue:StringEquals", "x:empty", false),
        ("ForAnyValue:StringNotEquals", "x:none", false),
        ("ForAnyValue:StringEqualsIfExists", "x:none", true),
        ("NullIfExists", "x:none", false),
    ];
    for (operator, key, expected) in cases {
        let condition = json!({ operator: { key: "a" } });
        assert_eq!(holds(condition, &context()), expected, "{operator} {key}");
    }
}

#[test]
fn every_operator_and_key_must_hold() {
    let both = json!({"StringEquals": {"aws:username": "Ada", "x:count": "10"}, "Bool": {"aws:SecureTransport": "true"}});
    assert!(holds(both, &context()));
    let one = json!({"StringEquals": {"aws:username": "Ada", "x:count": "11"}});
    assert!(!holds(one, &context()));
    assert!(holds(json!({}), &context()));
}

/// An operator is the opposite of its negation wherever the key has one value and the policy's
/// values can be read.
#[test]
fn negation_is_the_opposite_for_a_key_that_is_there() {
    use proptest::prelude::*;
    proptest!(|(value in "[Aad?*]{0,4}", own in "[Aad]{0,3}")| {
        let context = Context::new().with("aws:username", own);
        for (operator, negated) in [("StringEquals", "StringNotEquals"), ("StringLike", "StringNotLike")] {
            let positive = holds(json!({ operator: { "aws:username": value } }), &context);
            prop_assert_ne!(positive, holds(json!({ negated: { "aws:username": value } }), &context));
        }
    });
}
