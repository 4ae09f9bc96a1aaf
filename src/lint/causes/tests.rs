//! Every cause is found by each of its signs, and nothing else is.

use super::*;
use crate::gateway::respond::own_answer;
use crate::gateway::{Api, Exchange, Stamp, strength};
use crate::http::Request;
use crate::lint::rules;
use proptest::prelude::*;

fn names(text: &str) -> Vec<&'static str> {
    find(&Told::read(text.as_bytes())).iter().map(|cause| cause.name).collect()
}

#[test]
fn every_cause_says_what_it_is_about() {
    let mut names: Vec<_> = all().map(|cause| cause.name).collect();
    for cause in all() {
        let is_kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(cause.name.bytes().all(is_kebab), "{}", cause.name);
        assert!(!cause.title.ends_with('.') && cause.means.ends_with('.'), "{}", cause.name);
        assert!(!cause.signs.is_empty() && !cause.next.is_empty(), "{}", cause.name);
        for code in cause.rules {
            assert!(rules::find(code).is_some(), "{} names {code}", cause.name);
        }
        // What the Runtime API does has no numbers, nor what stands in front of gateways.
        let others = [Who::Lambda, Who::Iam, Who::CloudFront, Who::Proxy];
        assert!(!cause.facts.is_empty() || others.contains(&cause.who), "{}", cause.name);
        let best = cause.facts.iter().map(|fact| strength(fact).unwrap()).max();
        assert!(best.is_none_or(|best| cause.evidence <= best), "{}: {best:?}", cause.name);
        assert_eq!(named(cause.name).map(|own| own.name), Some(cause.name));
        assert!(rules::find(cause.name).is_none(), "{} is a rule, too", cause.name);
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_sign_leads_to_its_cause() {
    for cause in all() {
        for sign in cause.signs {
            let texts = match sign {
                Sign::Answer(error) => vec![
                    error.message(),
                    error.body.to_owned(),
                    format!(
                        "HTTP/1.1 {}\nx-a: b\n{}\n\n{}",
                        error.status,
                        error.error_type.map_or(String::new(), |own| format!("x-amzn-errortype: {own}\n")),
                        error.body
                    )
                    .replace("\n\n\n", "\n\n"),
                ],
                Sign::Status(status) => vec![status.to_string(), format!("HTTP/1.1 {status}\n\n")],
                Sign::Words(words) => vec![(*words).to_owned(), format!("2024-01-01 INFO {words} (x)")],
                Sign::Shown(..) => continue,
            };
            for text in texts.iter().filter(|text| !text.is_empty()) {
                assert!(names(text).contains(&cause.name), "{} is not found in {text}", cause.name);
            }
        }
    }
}

/// What users paste, and the causes, the likeliest first.
const PASTED: &[(&str, &[&str])] = &[
    ("Missing Authentication Token", &["rest-no-route"]),
    ("{\"message\":\"Missing Authentication Token\"}", &["rest-no-route"]),
    ("{\"message\": \"Missing Authentication Token\"}", &["rest-no-route"]),
    ("MissingAuthenticationTokenException", &["rest-no-route"]),
    ("Malformed Lambda proxy response", &["rest-malformed-result"]),
    (
        "Execution failed due to configuration error: Malformed Lambda proxy response",
        &["rest-malformed-result"],
    ),
    ("{\"message\":null}", &["rest-authorizer-failed"]),
    ("{\"Message\":null}", &["url-unknown"]),
    (
        "Execution failed due to configuration error: Invalid permissions on Lambda function",
        &["rest-no-permission"],
    ),
    ("LambdaInvalidResponse", &["alb-invalid-response"]),
    ("{\"message\":\"Not Found\"}", &["http-no-route"]),
    ("{\"message\":\"Service Unavailable\"}", &["http-integration-timeout"]),
    ("Endpoint request timed out", &["rest-integration-timeout"]),
    ("504 Gateway Timeout", &["rest-integration-timeout"]),
    ("2024-04-08T16:56:22.123Z 1-2 Task timed out after 3.00 seconds", &["lambda-timed-out"]),
    ("AuthorizerConfigurationException", &["rest-authorizer-failed"]),
    (
        "{\"message\": \"Internal server error\", \"connectionId\":\"a=\", \"requestId\":\"b=\"}",
        &["websocket-message-failed"],
    ),
    ("{\"message\": \"Forbidden\", \"connectionId\":\"a=\", \"requestId\":\"b=\"}", &["websocket-no-route"]),
    ("{\"message\":\"Missing required request parameters: [q]\"}", &["rest-missing-parameters"]),
    ("HTTP content length exceeded 10485760 bytes.", &["rest-body-too-large"]),
    ("closed with code 1009", &["websocket-too-large"]),
    (
        "Access to fetch at 'https://a' from origin 'https://b' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        &["cors-headers-missing"],
    ),
    (
        "RequestId: 1-2 Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
        &["lambda-out-of-memory", "lambda-exited"],
    ),
    ("Error: Cannot find module 'x'\nRuntime.ImportModuleError", &["lambda-cannot-load"]),
];

#[test]
fn what_users_paste_is_known() {
    for (text, expected) in PASTED {
        assert_eq!(names(text), *expected, "{text}");
    }
}

#[test]
fn words_that_many_answers_share_name_all_of_them() {
    let server = names("Internal server error");
    assert_eq!(server[..3], ["rest-malformed-result", "rest-function-failed", "rest-result-too-large"]);
    assert!(server.contains(&"rest-no-permission"));
    let server = names("Internal Server Error");
    assert_eq!(server[0], "http-function-failed", "capitals are an HTTP API's: {server:?}");
    let forbidden = names("Forbidden");
    for name in ["rest-api-key", "http-forbidden", "rest-waf", "rest-no-stage", "url-forbidden"] {
        assert!(forbidden.contains(&name), "{name} is not in {forbidden:?}");
    }
    assert_eq!(names("403")[..2], ["rest-no-route", "rest-api-key"]);
    assert_eq!(names("Method completed with status: 502")[0], "rest-malformed-result");
    assert_eq!(names("{'message': 'Forbidden'}")[0], "rest-api-key");
    assert_eq!(names("401")[..2], ["rest-unauthorized", "http-unauthorized"]);
}

/// A response with those headers, as curl prints it.
fn response(status: u16, headers: &[&str], body: &str) -> String {
    format!("HTTP/2 {status} \r\n{}\r\n\r\n{body}", headers.join("\r\n"))
}

#[test]
fn headers_tell_apart_what_words_do_not() {
    let (rest, http) = ("x-amz-apigw-id: abc=", "apigw-requestid: abc=");
    let internal = "{\"message\": \"Internal server error\"}";
    let cases = [
        (response(403, &[http], "{\"message\":\"Forbidden\"}"), vec!["http-forbidden"]),
        (
            response(403, &[rest, "x-amzn-errortype: ForbiddenException"], "{\"message\":\"Forbidden\"}"),
            vec!["rest-api-key"],
        ),
        (
            response(502, &[rest, "x-amzn-errortype: InternalServerErrorException"], internal),
            vec!["rest-malformed-result", "rest-function-failed", "rest-result-too-large"],
        ),
        (response(502, &[rest, "x-amzn-trace-id: Root=1"], internal), vec!["rest-own-answer"]),
        (
            response(500, &[http], "{\"message\":\"Internal Server Error\"}"),
            vec![
                "http-function-failed",
                "http-malformed-result",
                "http-no-permission",
                "http-authorizer-failed",
            ],
        ),
        (response(502, &[], "Internal Server Error"), vec!["url-function-failed"]),
        (
            response(500, &[rest, "x-amzn-errortype: AuthorizerConfigurationException"], "{}"),
            vec!["rest-authorizer-failed"],
        ),
        (response(200, &[], "{\"statusCode\":404,\"body\":\"no\"}"), vec!["envelope-served"]),
        (response(200, &[http], "{\"errorType\":\"Error\",\"errorMessage\":\"x\"}"), vec!["error-served"]),
        (response(200, &[http], "{\"hello\":\"world\"}"), vec![]),
        (response(418, &[http], "teapot"), vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(&text), expected, "{text}");
    }
    let page = names(&response(502, &["server: awselb/2.0"], crate::gateway::errors::ALB_BAD_GATEWAY.body));
    assert_eq!(page[..2], ["alb-invalid-response", "alb-function-failed"]);
}

/// What the model answers itself is known by its response alone, for every front end that has a
/// dictionary.
#[test]
fn the_models_own_answers_are_recognised() {
    let (request, stamp) = (Request::new("GET", "/"), Stamp::default());
    for flavor in [Flavor::Rest, Flavor::Http, Flavor::HttpV1, Flavor::Url, Flavor::Alb, Flavor::AlbMulti] {
        let (api, facts) = (Api::new(flavor), flavor.facts());
        let exchange = Exchange::new(&api, &request, &stamp);
        for error in [facts.refusal, facts.timeout, facts.no_route] {
            let found = find(&Told::of(&own_answer(&exchange, error)));
            let same = |cause: &&Cause| cause.from.is_some_and(|from| from.facts().actor == facts.actor);
            assert!(!found.is_empty() && found.iter().all(same), "{flavor}: {}", error.body);
        }
    }
}

#[test]
fn what_is_not_known_stays_unknown() {
    for text in ["", " ", "hello", "the quick brown fox", "{}", "[1, 2]", "200", "HTTP/1.1 200 OK\n\nfine"] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn misspelt_names_lead_to_what_was_meant() {
    assert_eq!(near("body-not-sting")[0], "body-not-string");
    assert_eq!(near("Mising Authentication Tokn")[0], "Missing Authentication Token");
    assert_eq!(near("zzzz qqqq"), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
        find(&Told::read(&bytes));
        find(&Told::read(text.as_bytes()));
        near(&text);
    }

    #[test]
    fn no_response_panics(status in 0u32..100_000, head in "[a-zA-Z:<>* \r\n-]{0,60}", body in ".{0,60}") {
        let told = Told::read(format!("HTTP/1.1 {status}\n{head}\n\n{body}").as_bytes());
        prop_assert!(find(&told).len() <= all().count());
    }
}
