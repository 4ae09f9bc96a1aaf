//! What lint-response and its kin must never do: speak up about results that are as they should be,
//! contradict a refusal, or point beside the text.

use super::strategies::{json, result};
use apigw::gateway::{Api, Evidence, Exchange, Flavor, Front, Moment, Stamp};
use apigw::http::{Request, encoding};
use apigw::lint::{Document, Expected, Finding, Judged, Severity, judge};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A page of another origin asks for something.
const ORIGIN: &str = "https://app.example.com";

fn judged(front: Front, text: &str, request: &Request, cors: bool) -> Judged {
    let mut api = Api::new(front.flavor());
    api.binary_media_types = vec!["*/*".to_owned()];
    api.route_response = true;
    let request = Request { path: api.prefix() + "/", ..request.clone() };
    let stamp = Stamp::default();
    let moment = if front.flavor() == Flavor::Websocket { Moment::Message } else { Moment::Request };
    let exchange = Exchange { api: &api, request: &request, stamp: &stamp, moment };
    judge(&Document::whole("t", text.as_bytes()), front, &exchange, &Expected { cors })
}

/// A body with the headers that tell its type, and whether it is in base64.
fn body() -> impl Strategy<Value = (Map<String, Value>, String, bool)> {
    let typed = |content_type: &str| Map::from_iter([("Content-Type".to_owned(), content_type.into())]);
    let words = "[a-zA-Z0-9 .,:é☕=-]{0,40}";
    prop_oneof![
        json().prop_map(move |value| (typed("application/json"), value.to_string(), false)),
        words.prop_map(move |text| (typed("text/plain; charset=utf-8"), text, false)),
        words.prop_map(|text| (Map::new(), text, false)),
        words.prop_map(move |text| (typed("text/html"), format!("<!doctype html><p>{text}"), false)),
        vec(any::<u8>(), 0..40).prop_map(move |bytes| {
            let image = [b"\x89PNG\r\n\x1a\n".as_slice(), &bytes].concat();
            (typed("image/png"), encoding::base64_encode(&image), true)
        }),
    ]
}

fn cookie() -> impl Strategy<Value = String> {
    let date = "Expires=Wed, 21 Oct 2026 07:28:00 GMT";
    (
        "[a-z]{1,6}=[a-zA-Z0-9%=,-]{0,12}",
        prop::sample::subsequence(vec![date, "Path=/", "Secure", "SameSite=Lax"], 0..4),
    )
        .prop_map(|(pair, attributes)| [vec![pair.as_str()], attributes].concat().join("; "))
}

/// A result as it should be for a front end, for a page that reads it.
fn well_formed(flavor: Flavor) -> impl Strategy<Value = Value> {
    let status = prop::sample::select(vec![200, 201, 301, 400, 404, 422, 500, 503]);
    let others = prop::collection::btree_map("x-[a-z]{1,8}", "[a-zA-Z0-9 ,;=/]{0,12}", 0..3);
    (status, others, body(), vec(cookie(), 0..3)).prop_map(
        move |(status, others, (mut headers, body, encoded), cookies)| {
            headers.extend(others.into_iter().map(|(name, value)| (name, value.into())));
            headers.insert("Access-Control-Allow-Origin".to_owned(), ORIGIN.into());
            headers.insert("Vary".to_owned(), "Origin".into());
            let mut result = Map::from_iter([("statusCode".to_owned(), json!(status))]);
            match flavor {
                Flavor::AlbMulti => {
                    let lists = headers.into_iter().map(|(name, value)| (name, json!([value])));
                    let mut lists: Map<_, _> = lists.collect();
                    lists.insert("Set-Cookie".to_owned(), json!(cookies));
                    result.insert("multiValueHeaders".to_owned(), Value::Object(lists));
                }
                Flavor::Rest | Flavor::HttpV1 => {
                    result.insert("headers".to_owned(), Value::Object(headers));
                    result.insert("multiValueHeaders".to_owned(), json!({ "Set-Cookie": cookies }));
                }
                Flavor::Http | Flavor::Url => {
                    result.insert("headers".to_owned(), Value::Object(headers));
                    result.insert("cookies".to_owned(), json!(cookies));
                }
                _ => {
                    headers.extend(
                        cookies.into_iter().take(1).map(|cookie| ("Set-Cookie".to_owned(), cookie.into())),
                    );
                    result.insert("headers".to_owned(), Value::Object(headers));
                }
            }
            result.insert("body".to_owned(), body.into());
            if encoded {
                result.insert("isBase64Encoded".to_owned(), true.into());
            }
            Value::Object(result)
        },
    )
}

#[test]
fn a_result_as_it_should_be_is_passed_over_in_silence() {
    for flavor in Flavor::ALL {
        let asks = [vec![], vec![("Origin", ORIGIN)]];
        proptest!(ProptestConfig::with_cases(64), |(result in well_formed(flavor), headers in prop::sample::select(asks.to_vec()), cors: bool)| {
            let mut request = Request::new("GET", "/");
            request.headers = headers.into_iter().collect();
            let found = judged(flavor.into(), &result.to_string(), &request, cors).findings;
            let codes: Vec<_> = found.iter().map(|finding| finding.rule.code).collect();
            // A JSON text that was itself put into a text is written twice, on purpose or not.
            let twice = result["body"].as_str().is_some_and(|body| body.starts_with('"'));
            prop_assert!(codes.is_empty() || (twice && codes == ["AGW531"]), "{}: {:?} in {}", flavor, codes, result);
        });
    }
}

#[test]
fn advice_keeps_to_its_place() {
    let request = || {
        let origin = prop::sample::select(vec!["https://app.example.com", "null", "nonsense", ""]);
        (origin, "(GET|HEAD|OPTIONS|POST)", any::<bool>(), "[a-zA-Z*, ]{0,12}").prop_map(
            |(origin, method, cookie, asked)| {
                let mut request = Request::new(method, "/");
                request.headers.append("Origin", origin);
                request.headers.append("Access-Control-Request-Method", asked.clone());
                request.headers.append("Access-Control-Request-Headers", asked);
                if cookie {
                    request.headers.append("Cookie", "a=1");
                }
                request
            },
        )
    };
    for front in Front::all() {
        proptest!(ProptestConfig::with_cases(64), |(result in prop_oneof![4 => result(), 1 => json()], request in request(), cors: bool)| {
            let text = result.to_string();
            let judged = judged(front, &text, &request, cors);
            let advice = |finding: &&Finding| finding.rule.check.is_some();
            prop_assert!(!judged.outcome.refused || !judged.findings.iter().any(|finding| advice(&finding)));
            for finding in judged.findings.iter().filter(advice) {
                prop_assert!(finding.span.end <= text.len() && text.is_char_boundary(finding.span.start));
                let pointer = finding.pointer.as_ref().unwrap().to_string();
                prop_assert!(result.pointer(&pointer).is_some(), "{} at {} of {}", finding.rule.code, pointer, text);
                prop_assert!(finding.severity < Severity::Error || finding.evidence > Evidence::ReportedOnce);
                prop_assert!(!finding.refuses && !finding.facts.is_empty());
            }
        });
    }
}
