//! The quick look and the full judge never disagree, and the quick look is not blind.

use super::*;
use crate::gateway::{Api, AuthorizerKind, Cors, Flavor, Moment, Stamp};
use crate::http::Request;
use crate::lint::quick::body::Body;
use crate::lint::{Document, judge};
use proptest::prelude::*;
use proptest::strategy::Union;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Past the first documents.
fn ready() -> Quick {
    Quick { documents: WORTHWHILE.into(), ..Quick::new() }
}

fn with_call<T>(front: impl Into<Front>, look: impl FnOnce(Front, &Exchange<'_>) -> T) -> T {
    let front = front.into();
    let (api, request) = (Api::new(front.flavor()), Request::new("GET", "/"));
    look(front, &Exchange::new(&api, &request, &Stamp::default()))
}

fn is_quick(front: impl Into<Front>, bytes: &[u8]) -> bool {
    with_call(front, |front, exchange| ready().surely_clean(bytes, front, exchange, &Expected::default()))
}

const JSON: &str =
    r#"{"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "{\"id\": 1}"}"#;

/// Results as people return them: wherever the judge finds nothing, a glance is enough.
#[test]
fn usual_results_are_clean_at_a_glance() {
    let cases = [
        JSON,
        r#"{"statusCode":200}"#,
        r#" {"statusCode" : 204 , "body" : "" } "#,
        r#"{"statusCode":200,"body":"{\"message\":\"hello world\"}"}"#,
        r#"{"statusCode":404,"headers":{"content-type":"text/plain;charset=UTF-8"},"body":"no such thing"}"#,
        r#"{"statusCode":200,"headers":{"Content-Type":"text/html"},"body":"<!doctype html>\n<p class=\"a\">é \u00e9 \ud83d\ude00"}"#,
        // As aws-lambda-go writes it.
        r#"{"statusCode":200,"headers":{"Content-Type":"application/json"},"multiValueHeaders":null,"body":"[{\"a\":null}]\n","isBase64Encoded":false}"#,
        r#"{"statusCode":200,"headers":{"content-type":"application/json"},"body":"[]","cookies":[]}"#,
        r#"{"isBase64Encoded":false,"statusCode":500,"headers":{"Content-Type":"application/json; charset=utf-8","Access-Control-Allow-Origin":"*","Access-Control-Allow-Headers":"Content-Type","Cache-Control":"no-store, max-age=0","X-Request-Id":"7f","x-powered-by":"Express","ETag":"\"33a\""},"body":"{\n  \"items\": [\"a\\n\\\"b\\\"\", {\"c\": [true, -1.5, 0, {}]}]\n}"}"#,
        r#"{"statusCode":302,"headers":{"Location":"/orders/1"},"body":""}"#,
        r#"{"statusCode":200,"multiValueHeaders":{"Content-Type":["application/json"]},"body":"{}"}"#,
        r#"{"statusCode":200,"statusDescription":"200 OK","headers":{"Content-Type":"text/plain"},"isBase64Encoded":false,"body":"hello from Lambda"}"#,
    ];
    for result in cases {
        let clean = Flavor::ALL.map(|flavor| {
            let judged = with_call(flavor, |front, exchange| {
                judge(&Document::whole("", result.as_bytes()), front, exchange, &Expected::default())
            });
            let (quick, clean) = (is_quick(flavor, result.as_bytes()), judged.findings.is_empty());
            // A message on a connection has no headers: there a glance tells less.
            assert!(quick == clean || (flavor == Flavor::Websocket && clean), "{flavor} {result}");
            quick
        });
        assert!(clean.contains(&true), "{result}");
    }
    assert!(Flavor::ALL.into_iter().filter(|flavor| is_quick(*flavor, JSON.as_bytes())).count() > 5);
}

fn usual(headers: &str, body: &str) -> String {
    format!(r#"{{"statusCode":200,"headers":{{{headers}}},"body":"{body}"}}"#)
}

#[test]
fn a_body_that_is_unusual_is_left_to_the_judge() {
    let typed = |body: &str| usual(r#""content-type":"application/json""#, body);
    assert!(is_quick(Flavor::Rest, typed(r#"{\"a\":1}"#).as_bytes()));
    let deep = "[".repeat(70) + &"]".repeat(70);
    let bodies = r#"
        1
        \"{}\"
        {\"a\":1
        {\"a\":1}}
        {\"a\":1} x
        {\"a\":01}
        {\"a\":1e999}
        {\"a\":}
        {\"a\":1,}
        {\"a\"}
        {\"a\":1}\\
        {'a':1}
        [1,]
        [1}
        [nul]
        [+1]
        [1.]
        [.5]
        [\"\n\"]
        [\"\u0009\"]
        [\"\u0022\"]
        [\"\\x\"]
        [\"\\ud800\"]
        [\"\ud800\"]
        [\"a\\\"]
        {\"statusCode\":200}
        {\"status\u0043ode\":200}
        {\"errorMessage\":\"boom\"}
        [object Object]"#;
    for body in bodies.lines().map(str::trim_start).chain([deep.as_str()]) {
        assert!(!is_quick(Flavor::Rest, typed(body).as_bytes()), "{body}");
    }
}

#[test]
fn a_header_that_is_unusual_is_left_to_the_judge() {
    let headers = r#"
        "set-cookie":"a=b"
        "content-length":"2"
        "Via":"x"
        "x-amzn-trace-id":"a"
        "x-a":"a\nb"
        "x-a":"é"
        "x-a":""
        "x-a":" b"
        "x-a":1
        "x-a":null
        "x-a":"1","X-A":"2"
        "x a":"1"
        "access-control-allow-origin":"https://example.com"
        "access-control-allow-methods":"GET"
        "access-control-allow-credentials":"true"
        "content-type":"text/html"
        "content-type":"image/png"
        "content-type":"application/json; charset=latin1"
        "Content-Type":"application/json","content-type":"application/json""#;
    for headers in headers.lines().skip(1).map(str::trim_start) {
        assert!(!is_quick(Flavor::Rest, usual(headers, r#"{\"a\":1}"#).as_bytes()), "{headers}");
    }
}

#[test]
fn a_result_that_is_unusual_is_left_to_the_judge() {
    let results = r#"
        null
        []
        {}
        {"status":200}
        {"statusCode":"200"}
        {"statusCode":200.0}
        {"statusCode":2000}
        {"statusCode":302}
        {"statusCode":304,"headers":{"location":"/"}}
        {"statusCode":100}
        {"statusCode":200,"statusCode":200}
        {"statusCode":200,}
        {"statusCode":200} {}
        {"statusCode":200
        {"statusCode":204,"body":"{\"a\":1}"}
        {"statusCode":200,"isBase64Encoded":true}
        {"statusCode":200,"body":null}
        {"statusCode":200,"body":{}}
        {"statusCode":200,"cookies":["a=b"]}"#;
    let marked = format!("\u{feff}{JSON}");
    for result in results.lines().map(str::trim_start).chain([marked.as_str()]) {
        assert!(!is_quick(Flavor::Rest, result.as_bytes()), "{result}");
        assert!(!is_quick(Flavor::Http, result.as_bytes()), "{result}");
    }
    let mut not_utf8 = JSON.as_bytes().to_vec();
    not_utf8[JSON.find("id").unwrap()] = 0xff;
    assert!(!is_quick(Flavor::Rest, &not_utf8));
}

#[test]
fn results_near_the_limit_are_left_to_the_judge() {
    let sized =
        |size: usize| JSON.replace("\\\"id\\\": 1", &format!("\\\"id\\\": \\\"{}\\\"", "a".repeat(size)));
    let limit = Flavor::Alb.facts().max_result_bytes;
    assert!(is_quick(Flavor::Alb, sized(limit / 3).as_bytes()));
    assert!(!is_quick(Flavor::Alb, sized(limit / 2).as_bytes()));
    assert!(is_quick(Flavor::Rest, sized(limit / 2).as_bytes()));
}

#[test]
fn the_first_documents_and_the_answers_of_authorizers_are_judged() {
    let (api, request, stamp) = (Api::new(Flavor::Rest), Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let (quick, expected) = (Quick::new(), Expected::default());
    let looked = || quick.surely_clean(JSON.as_bytes(), Front::Api(Flavor::Rest), &exchange, &expected);
    assert!((0..WORTHWHILE).all(|_| !looked()));
    assert!(looked());
    for kind in AuthorizerKind::ALL {
        assert!(!is_quick(kind, JSON.as_bytes()));
    }
}

/// Headers that most results have, and a few odd ones.
fn headers() -> impl Strategy<Value = Vec<(String, Value)>> {
    let types = "application/json|application/json; charset=utf-8|text/html|text/plain|image/png";
    let usual = prop::sample::select(NAMES.iter().map(|name| (name.text, name.sample)).collect::<Vec<_>>())
        .prop_map(|(name, value)| (name.to_owned(), Value::from(value.replace('\\', ""))));
    let odd = (
        "[A-Za-z-]{1,12}|Set-Cookie|Server|Via|x-amz-a|Connection|Vary",
        prop_oneof![
            3 => "[ -~]{0,10}".prop_map(Value::from),
            1 => crate::testing::json(),
        ],
    );
    let others = prop::collection::vec(prop_oneof![12 => usual, 1 => odd], 0..4);
    (prop::option::weighted(0.9, types), others).prop_map(|(content_type, mut others)| {
        others.extend(content_type.map(|value| ("Content-Type".to_owned(), value.into())));
        others
    })
}

/// Texts that are usual results, or nearly so.
fn nearly_usual() -> impl Strategy<Value = Vec<u8>> {
    let words = "[a-z]{1,5} [ -!#-\\[\\]-~é\u{1f600}]{0,20}";
    let bodies = prop_oneof![
        6 => crate::testing::json().prop_map(|value| json!([value]).to_string()),
        2 => crate::testing::json().prop_map(|value| serde_json::to_string_pretty(&json!({ "a": value })).unwrap()),
        1 => crate::testing::json().prop_map(|value| value.to_string()),
        2 => words,
        1 => "<[ -~\n]{0,20}",
        1 => Just(String::new()),
    ];
    let status = prop_oneof![8 => 200_u16..300, 3 => 400_u16..600, 1 => 300_u16..310, 1 => 0_u16..1000]
        .prop_map(Value::from);
    let single = headers().prop_map(|headers| Value::Object(headers.into_iter().collect()));
    let lists = headers()
        .prop_map(|headers| headers.into_iter().map(|(name, value)| (name, json!([value]))).collect());
    let empty = prop::sample::select(vec![json!(null), json!({}), json!([]), json!(false)]);
    let description = prop_oneof![Just("200 OK"), Just("404 Not Found"), Just("OK")];
    let rare = Union::new_weighted(vec![
        (4, ("isBase64Encoded", prop_oneof![8 => Just(json!(false)), 1 => Just(json!(true))]).boxed()),
        (
            2,
            ("multiValueHeaders", prop_oneof![2 => lists.prop_map(Value::Object), 1 => empty.clone()])
                .boxed(),
        ),
        (1, ("cookies", empty.clone()).boxed()),
        (1, ("headers", empty).boxed()),
        (1, ("statusDescription", description.prop_map(Value::from)).boxed()),
        (1, ("[a-zA-Z]{1,8}", crate::testing::json()).boxed()),
    ]);
    (
        status,
        prop::option::weighted(0.8, single),
        prop::option::weighted(0.8, bodies),
        prop::collection::vec(rare, 0..2),
    )
        .prop_map(|(status, headers, body, rare)| {
            let mut members = vec![("statusCode".to_owned(), status)];
            members.extend(headers.map(|headers| ("headers".to_owned(), headers)));
            members.extend(body.map(|body| ("body".to_owned(), body.into())));
            members.extend(rare);
            let member = |(key, value): &(String, Value)| format!("{}:{value}", Value::from(key.as_str()));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(",")).into_bytes()
        })
}

/// The same with a few bytes changed, lost or doubled.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let bytes = prop_oneof![4 => prop::sample::select(b"\"\\{}[],:0 \ntu\t".to_vec()), 1 => any::<u8>()];
    let damage = (any::<prop::sample::Index>(), 0_u8..3, bytes);
    (nearly_usual(), prop::collection::vec(damage, 0..3)).prop_map(|(mut text, damages)| {
        for (index, kind, byte) in damages {
            let at = index.index(text.len());
            match kind {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                _ if text.len() > 1 => drop(text.remove(at)),
                _ => {}
            }
        }
        text
    })
}

/// Calls that differ in what the judge looks at.
fn calls() -> Vec<(Api, Request, Moment, Expected)> {
    let request = Request::new("GET", "/");
    let mut asked = request.clone();
    asked.headers.append("Origin", "https://example.com");
    asked.headers.append("Accept", "image/png");
    let mut calls = Vec::new();
    for flavor in Flavor::ALL {
        calls.push((Api::new(flavor), request.clone(), Moment::Request, Expected::default()));
        let cors = Some(Cors { allow_origins: vec!["*".to_owned()], ..Cors::default() });
        let binary_media_types = vec!["*/*".to_owned()];
        calls.push((
            Api { cors, binary_media_types, route_response: true, ..Api::new(flavor) },
            asked.clone(),
            Moment::Request,
            Expected { cors: true },
        ));
    }
    for moment in [Moment::Connect, Moment::Message, Moment::Disconnect] {
        calls.push((Api::new(Flavor::Websocket), request.clone(), moment, Expected::default()));
    }
    calls.push((
        Api { streaming: true, ..Api::new(Flavor::Url) },
        request,
        Moment::Request,
        Expected::default(),
    ));
    calls
}

#[test]
fn the_judge_finds_nothing_in_what_is_clean_at_a_glance() {
    let stamp = Stamp::default();
    let calls = calls();
    let mut quicks: Vec<_> = calls.iter().map(|_| ready()).collect();
    let (mut clean, mut all) = (0, 0);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let tally = std::cell::RefCell::new((&mut quicks, &mut clean, &mut all));
    runner
        .run(&prop_oneof![1 => damaged(), 1 => nearly_usual()], |text| {
            let (quicks, clean, all) = &mut *tally.borrow_mut();
            for ((api, request, moment, expected), quick) in calls.iter().zip(quicks.iter_mut()) {
                let (front, exchange) =
                    (Front::Api(api.flavor), Exchange { api, request, stamp: &stamp, moment: *moment });
                **all += 1;
                if quick.surely_clean(&text, front, &exchange, expected) {
                    **clean += 1;
                    let judged = judge(&Document::whole("", &text), front, &exchange, expected);
                    prop_assert_eq!(
                        judged.findings.len(),
                        0,
                        "{} {:?}",
                        front,
                        String::from_utf8_lossy(&text)
                    );
                    prop_assert!(!judged.outcome.refused && judged.decision.is_none());
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(clean * 20 > all, "{clean} of {all} are clean at a glance: the law is about too little");
}

proptest! {
    /// What passes for a body of JSON is one, and hardly any other is missed.
    #[test]
    fn json_in_a_string_is_json(value in crate::testing::json(), pretty: bool, at: prop::sample::Index, byte in prop::option::of(any::<u8>())) {
        let value = json!([value]);
        let mut text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() }.into_bytes();
        if let Some(byte) = byte {
            let at = at.index(text.len());
            text[at] = byte & 0x7f;
        }
        let Ok(text) = String::from_utf8(text) else { return Ok(()) };
        let outer = Value::from(text.as_str()).to_string();
        let mut cursor = Cursor { bytes: outer.as_bytes(), at: 0 };
        let found = cursor.body();
        let parsed = serde_json::from_str::<Value>(&text);
        if found == Some(Body::Json) {
            prop_assert!(parsed.is_ok_and(|parsed| parsed.is_array() || parsed.is_object()), "{}", text);
            prop_assert_eq!(cursor.at, outer.len());
        } else if byte.is_none() {
            let unusual = text.contains("e") || text.contains("\\") || text.chars().filter(char::is_ascii_digit).count() > 16;
            prop_assert!(unusual, "{}", text);
        }
    }
}
