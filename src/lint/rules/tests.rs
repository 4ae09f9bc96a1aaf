//! The catalogue keeps its promises: codes are unique, examples do what they are there for.

use super::*;
use crate::gateway::{Api, Exchange, Stamp};
use crate::http::Request;
use crate::lint::{Document, EventFlavor, Example, Expected, Finding, Judged, Subject, judge, judge_event};
use serde_json::Value;

fn run(example: &Example) -> Judged {
    let mut api = Api::new(example.front.flavor());
    api.binary_media_types = example.binary_media_types.iter().map(|entry| (*entry).to_owned()).collect();
    api.streaming = example.streaming;
    let mut request = Request::new("GET", api.prefix() + "/");
    if let Some(protocols) = example.subprotocols {
        request.headers.append("Sec-WebSocket-Protocol", protocols);
    }
    if let Some(accept) = example.accept {
        request.headers.append("Accept", accept);
    }
    let exchange =
        Exchange { api: &api, request: &request, stamp: &Stamp::default(), moment: example.moment };
    let document = Document::whole("example.json", example.result.as_bytes());
    judge(&document, example.front, &exchange, &Expected::default())
}

/// An example about events; its part is put into the example of the flavour's schema.
fn run_event(example: &Example) -> Option<Vec<Finding>> {
    let (name, text) = match example.is {
        Subject::Result => return None,
        Subject::Event(name) => (name, example.result.to_owned()),
        Subject::PartOfEvent(name) => {
            let mut event = EventFlavor::from_name(name).unwrap().example();
            put(&mut event, &serde_json::from_str(example.result).unwrap());
            (name, event.to_string())
        }
    };
    Some(judge_event(&Document::whole("event.json", text.as_bytes()), EventFlavor::from_name(name)).findings)
}

/// Puts the members of a part into an event, one level after the other.
fn put(event: &mut Value, part: &Value) {
    match (event, part) {
        (Value::Object(members), Value::Object(parts)) if !parts.is_empty() => {
            for (key, part) in parts {
                put(members.entry(key.clone()).or_insert(Value::Null), part);
            }
        }
        (event, part) => *event = part.clone(),
    }
}

fn codes(example: &Example) -> Vec<&'static str> {
    let findings = run_event(example).unwrap_or_else(|| run(example).findings);
    findings.iter().map(|finding| finding.rule.code).collect()
}

#[test]
fn a_bad_example_is_found_and_a_good_one_is_silent() {
    for rule in ALL {
        for bad in rule.bad {
            assert!(codes(bad).contains(&rule.code), "{} is silent about {}", rule.name, bad.result);
        }
        assert_eq!(codes(&rule.good), [""; 0], "{}: {}", rule.name, rule.good.result);
        assert!(rule.good.is != Subject::Result || !run(&rule.good).outcome.refused);
    }
}

#[test]
fn every_rule_has_a_bad_example_or_a_test_of_its_own() {
    let without: Vec<_> = ALL.iter().filter(|rule| rule.bad.is_empty()).map(|rule| rule.name).collect();
    assert_eq!(without, ["response-too-large", "not-utf8"]);
    let large = format!(r#"{{"body": "{}"}}"#, "x".repeat(crate::gateway::respond::MAX_RESULT_BYTES));
    let api = Api::new(crate::gateway::Flavor::Rest);
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let found = |bytes: &[u8]| {
        judge(&Document::whole("t", bytes), api.flavor, &exchange, &Expected::default()).findings[0].rule.name
    };
    assert_eq!(found(large.as_bytes()), "response-too-large");
    assert_eq!(found(b"{\"body\": \"\xff\"}"), "not-utf8");
    assert_eq!(found(b"\xff\xfe{\0"), "not-utf8");
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
