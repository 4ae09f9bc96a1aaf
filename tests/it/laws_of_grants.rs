//! Laws of the rules about grants: what they point at, what they mend, and what they leave alone.

use apigw::json::{Span, apply};
use apigw::lint::{Document, Finding, Severity, judge_policy};
use apigw::policy::{ArnPattern, Pattern};
use apigw::template::Given;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const REGION: &str = "eu-west-1";

/// A function's policy with that source ARN.
fn policy(operator: &str, arn: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": format!("arn:aws:lambda:{REGION}:123456789012:function:users"),
        "Condition": {operator: {"AWS:SourceArn": arn}},
    }]})
}

/// The same in everything that can hold it.
fn carriers(operator: &str, arn: &str) -> [String; 3] {
    let policy = policy(operator, arn);
    let properties = json!({"FunctionName": {"Ref": "F"}, "Principal": "apigateway.amazonaws.com",
        "Action": "lambda:InvokeFunction", "SourceArn": {"Fn::Sub": arn}});
    [
        policy.to_string(),
        json!({"Policy": policy.to_string()}).to_string(),
        json!({"Resources": {"G": {"Type": "AWS::Lambda::Permission", "Properties": properties}}})
            .to_string(),
    ]
}

fn judged(text: &str) -> Vec<Finding> {
    judge_policy(&Document::whole("t.json", text.as_bytes()), &Given::default()).findings
}

fn inside(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.start..span.end).is_some()
}

/// Source ARNs that are nearly right: each part as it should be, or wrong in a way that is known.
fn nearly() -> impl Strategy<Value = String> {
    let mostly =
        |right: &'static str, wrong: Vec<&'static str>| prop_oneof![3 => Just(right), 1 => select(wrong)];
    let head = (
        mostly("aws", vec!["aws-cn", "${AWS::Partition}", "awss"]),
        mostly("execute-api", vec!["apigateway", "execute_api", "lambda", "*"]),
        mostly(REGION, vec!["us-east-1", "cn-north-1", "*", "", "eu-?est-1"]),
        mostly("123456789012", vec!["12345", "*", "", "${AWS::AccountId}"]),
    );
    let resource = (
        mostly("a1b2c3d4e5", vec!["Api", "a1b2c3d4e5*", "*", "${Api}", "<api-id>", "a1b2*"]),
        select(vec![
            "/*",
            "/prod",
            "/$default",
            "/prod*",
            "/*$connect",
            "/*send",
            "/GET",
            "/authorizers",
            "*",
            "",
        ]),
        select(vec![
            "/GET",
            "/get",
            "/ANY",
            "/*",
            "/P*",
            "/GETitems",
            "/POST /items",
            "/POST items",
            "/$default",
            "/$connect",
            "/sendMessage",
            "/items",
            "/GET{proxy+}",
            "",
        ]),
        select(vec![
            "",
            "/",
            "/items",
            "/items/",
            "/items//",
            "/items/{id}",
            "/*",
            "/*/",
            "/$default",
            "/items?page=1",
            "/items#top",
            "/https://example.com/items",
            "/v?/items",
            "/{proxy+}",
        ]),
    );
    (head, resource).prop_map(|((partition, service, region, account), (id, stage, third, path))| {
        format!("arn:{partition}:{service}:{region}:{account}:{id}{stage}{third}{path}")
    })
}

/// What API Gateway can present to the function: every route of a small world (P-005, P-010, P-018,
/// P-022).
fn world() -> Vec<String> {
    let mut world = Vec::new();
    for id in ["a1b2c3d4e5", "a1b2c3d4e6", "a1b2c3d4e5x"] {
        let api = format!("arn:aws:execute-api:{REGION}:123456789012:{id}");
        world.push(format!("{api}/authorizers/x9y8z7"));
        for stage in ["prod", "production", "$default", "GET"] {
            for key in ["$default", "$connect", "sendMessage", "send", "resend"] {
                world.push(format!("{api}/{stage}/{key}"));
            }
            for method in ["GET", "POST", "ANY"] {
                for path in ["", "items", "items/{id}", "{proxy+}", "v1/items", "itemsx"] {
                    world.push(format!("{api}/{stage}/{method}/{path}"));
                }
            }
        }
    }
    world
}

/// What stands in one text and not in the other, between what both begin and end with.
fn change<'t>(old: &'t str, new: &'t str) -> (&'t str, &'t str) {
    let same = |one: &str, other: &str, back: bool| {
        let (one, other) = (one.as_bytes(), other.as_bytes());
        let most = one.len().min(other.len());
        let at = |text: &[u8], index: usize| if back { text[text.len() - 1 - index] } else { text[index] };
        (0..most).take_while(|index| at(one, *index) == at(other, *index)).count()
    };
    let before = same(old, new, false);
    let behind = same(&old[before..], &new[before..], true);
    (&old[before..old.len() - behind], &new[before..new.len() - behind])
}

/// Whether a text is matched once some place of it that reads `new` reads `old`.
fn matches_unmended(pattern: &ArnPattern, arn: &str, (old, new): (&str, &str)) -> bool {
    (0..=arn.len())
        .filter(|at| arn[*at..].starts_with(new))
        .any(|at| pattern.matches(&format!("{}{old}{}", &arn[..at], &arn[at + new.len()..])))
}

proptest! {
    #[test]
    fn every_text_can_be_a_source_arn(
        arn in prop_oneof![nearly(), "\\PC{0,30}", "arn:aws:execute-api:[a-z*:/${}?#éA-Z0-9 ]{0,30}"],
        operator in select(vec!["ArnLike", "StringLike", "StringEquals", "ArnNotLike", "Nonsense"]),
    ) {
        for text in carriers(operator, &arn) {
            for finding in judged(&text) {
                prop_assert!(inside(&text, finding.span), "{} {:?} in {text}", finding.rule.code, finding.span);
                prop_assert!(finding.edits.iter().all(|edit| inside(&text, edit.span)), "{text}");
            }
        }
    }

    /// A fix makes its rule silent, and what it makes of the text can be read again.
    #[test]
    fn what_is_mended_is_not_found_again(
        arn in nearly(),
        operator in select(vec!["ArnLike", "ArnEquals", "StringLike", "StringEquals"]),
    ) {
        for text in carriers(operator, &arn) {
            let before = judged(&text);
            for finding in before.iter().filter(|finding| !finding.edits.is_empty()) {
                let (mended, made) = apply(&text, std::slice::from_ref(&finding.edits));
                prop_assert_eq!(made, 1);
                prop_assert!(serde_json::from_str::<Value>(&mended).is_ok(), "{mended}");
                let own = |all: &[Finding]| all.iter().filter(|own| own.rule.code == finding.rule.code).count();
                let after = judged(&mended);
                prop_assert!(own(&after) < own(&before), "{} in {text}\n{mended}", finding.rule.code);
            }
        }
    }

    /// Whatever API Gateway can present and the mended pattern matches, the old one matched, too, or
    /// would have, had API Gateway presented the mistake in place of its correction.
    #[test]
    fn a_fix_never_widens_the_grant(arn in nearly()) {
        let text = policy("ArnLike", &arn).to_string();
        let old = ArnPattern::of_condition(&arn);
        for finding in judged(&text) {
            let (mended, _) = apply(&text, std::slice::from_ref(&finding.edits));
            let mended: Value = serde_json::from_str(&mended).unwrap();
            let source = &mended["Statement"][0]["Condition"]["ArnLike"]["AWS:SourceArn"];
            let new = source.as_str().unwrap();
            let change = change(&arn, new);
            let pattern = ArnPattern::of_condition(new);
            let wildcards = |text: &str| text.matches(['*', '?']).count();
            prop_assert!(wildcards(change.1) <= wildcards(change.0), "{}: {arn} {new}", finding.rule.code);
            for presented in world().iter().filter(|presented| pattern.matches(presented)) {
                let is_meant = old.matches(presented) || matches_unmended(&old, presented, change);
                prop_assert!(is_meant, "{}: {arn} became {new}, and lets {presented} in", finding.rule.code);
            }
        }
    }

    /// `ArnLike` in place of `StringLike` lets nothing in that did not come in before.
    #[test]
    fn comparing_part_by_part_lets_less_in(arn in nearly()) {
        let text = policy("StringLike", &arn).to_string();
        let judged = judged(&text);
        let mends = judged.iter().any(|finding| finding.rule.code == "AGW307" && !finding.edits.is_empty());
        let (wide, narrow) = (Pattern::new(&arn), ArnPattern::of_condition(&arn));
        for presented in world().iter().filter(|presented| mends && narrow.matches(presented)) {
            prop_assert!(wide.matches(presented));
        }
    }

    /// What API Gateway presents for a route is right as a source ARN.
    #[test]
    fn what_is_presented_is_never_an_error(
        stage in prop_oneof!["[a-zA-Z0-9_-]{1,12}", Just("$default".to_owned()), Just("*".to_owned())],
        route in prop_oneof![
            "(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|\\*)/((/?[a-zA-Z0-9._-]{1,8}|/?\\{[a-z]{1,5}\\+?\\})(/[a-zA-Z0-9._-]{1,8}){0,3})?",
            "[a-zA-Z0-9_.-]{1,16}",
            "\\$(default|connect|disconnect)",
        ],
    ) {
        let route = route.replace("//", "/");
        let arn = format!("arn:aws:execute-api:{REGION}:123456789012:a1b2c3d4e5/{stage}/{route}");
        for text in carriers("ArnLike", &arn) {
            let found = judged(&text);
            let errors: Vec<_> = found.iter().filter(|own| own.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{arn}: {}", errors[0].message);
        }
    }
}

/// Where the stage is named, an error that is mended was one: the grant let nothing in.
#[test]
fn what_is_mended_as_an_error_let_nothing_in() {
    let world = world();
    proptest!(|(arn in nearly().prop_filter("a star reaches over slashes", |arn| arn.contains("/prod/")))| {
        let old = ArnPattern::of_condition(&arn);
        // A wildcard in region or account is refused by AddPermission only.
        let found = judged(&policy("ArnLike", &arn).to_string());
        let is_error = |own: &&Finding| own.severity == Severity::Error && own.rule.code != "AGW301";
        for finding in found.iter().filter(is_error) {
            let let_in = world.iter().find(|presented| old.matches(presented));
            prop_assert!(let_in.is_none(), "{} in {arn}, and {let_in:?} is let in", finding.rule.code);
        }
    });
}
