//! The catalogue keeps its promises: codes are unique, examples do what they are there for.

use super::*;
use crate::gateway::{Api, Exchange, Stamp, strength};
use crate::http::Request;
use crate::lint::{Document, Example, Expected, judge};

fn codes(example: &Example) -> Vec<&'static str> {
    example.shown().findings.iter().map(|finding| finding.rule.code).collect()
}

#[test]
fn a_bad_example_is_found_and_a_good_one_is_silent() {
    for rule in ALL {
        for bad in rule.bad {
            assert!(codes(bad).contains(&rule.code), "{} is silent about {}", rule.name, bad.result);
        }
        assert_eq!(codes(&rule.good), [""; 0], "{}: {}", rule.name, rule.good.result);
        assert!(rule.good.shown().outcome.is_none_or(|outcome| !outcome.refused), "{}", rule.name);
    }
}

#[test]
fn every_rule_has_a_bad_example_or_a_test_of_its_own() {
    let without: Vec<_> = ALL.iter().filter(|rule| rule.bad.is_empty()).map(|rule| rule.name).collect();
    let elsewhere = [
        "response-too-large",
        "api-policy-too-long",
        "policy-echoes-wildcard",
        "body-against-schema",
        "response-near-limit",
        "not-utf8",
    ];
    assert_eq!(without, elsewhere);
    let large = format!(r#"{{"body": "{}"}}"#, "x".repeat(crate::gateway::respond::MAX_RESULT_BYTES));
    let api = Api::new(crate::gateway::Flavor::Rest);
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let found = |bytes: &[u8]| {
        judge(&Document::whole("t", bytes), api.flavor, &exchange, &Expected::default()).findings[0].rule.name
    };
    assert_eq!(found(large.as_bytes()), "response-too-large");
    // Far beyond the limit nothing is read, so that what cannot pass costs no memory either.
    let hostile = "[1".to_owned() + &",1".repeat(crate::gateway::respond::MAX_RESULT_BYTES);
    assert_eq!(found(hostile.as_bytes()), "response-too-large");
    assert_eq!(found(b"{\"body\": \"\xff\"}"), "not-utf8");
    assert_eq!(found(b"\xff\xfe{\0"), "not-utf8");
}

#[test]
fn no_finding_claims_more_than_its_facts_hold() {
    for rule in ALL {
        for finding in rule.bad.iter().flat_map(|bad| bad.shown().findings) {
            let best = finding.facts.iter().filter_map(|fact| strength(fact)).max();
            let holds = best.is_none_or(|best| finding.evidence <= best);
            assert!(holds, "{}: {:?} is more than {:?}", rule.code, finding.evidence, finding.facts);
        }
        for fact in rule.facts {
            assert!(strength(fact).is_some(), "{}: there is no fact {fact}", rule.code);
        }
    }
}

#[test]
fn codes_are_unique_and_in_order() {
    let codes: Vec<_> = ALL.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
    for rule in ALL {
        assert!(
            rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        );
        assert_eq!(find(rule.code).map(|found| found.name), Some(rule.name));
        assert_eq!(find(rule.name).map(|found| found.code), Some(rule.code));
    }
}

#[test]
fn rules_say_what_they_are_about() {
    for rule in ALL {
        for text in [rule.title, rule.why, rule.help] {
            assert!(text.len() > 10, "{}", rule.name);
        }
        for text in [rule.title, rule.help] {
            assert!(
                !text.ends_with('.')
                    && text.starts_with(|c: char| !c.is_uppercase() || text.starts_with("HTTP")),
                "{text}"
            );
        }
    }
}
