//! Every error that is known, as it comes over the network, and who answered it.

use super::*;
use crate::gateway::GatewayError;
use crate::gateway::errors::*;
use crate::http::{Body, Headers};

/// The header fields by which a front end is known.
type Marks<'a> = &'a [(&'a str, &'a str)];

const REST: Marks<'_> = &[("x-amzn-RequestId", "1-2"), ("x-amz-apigw-id", "abc=")];
const HTTP: Marks<'_> = &[("apigw-requestid", "abc=")];
const PLAIN: Marks<'_> = &[("x-amzn-RequestId", "1-2")];
const API: &str = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
const URL: &str = "a1b2c3d4e5f6g7h8i9j0.lambda-url.eu-west-1.on.aws";

fn asked(host: &str) -> Asked {
    Asked { host: HostName::parse(host), path: "/users/42".to_owned() }
}

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Response { status, headers: Headers::from_iter(headers), body: Body(body.into()) }
}

/// A gateway's answer of the dictionary behind these headers, to its end.
fn of(error: &GatewayError, headers: &[(&str, &str)]) -> Response {
    let named = error.error_type.map(|own| ("x-amzn-ErrorType", own));
    let headers: Vec<_> = headers.iter().copied().chain(named).collect();
    let end = if error.is_beginning() { "x\"}" } else { "" };
    response(error.status, &headers, &format!("{}{end}", error.body))
}

type Case = (
    &'static str,
    &'static GatewayError,
    &'static [(&'static str, &'static str)],
    &'static str,
    Who,
    &'static str,
);

/// The fact, the answer, the marks of its front end, the host, who answered, the likeliest cause.
const KNOWN: &[Case] = &[
    ("R-264", &REST_NO_ROUTE, REST, API, Who::Gateway, "rest-no-route"),
    ("R-264", &REST_NO_ROUTE, REST, "api.example.com", Who::Gateway, "rest-no-route"),
    ("R-266", &REST_API_KEY, REST, API, Who::Gateway, "rest-api-key"),
    ("R-276", &REST_FORBIDDEN, REST, API, Who::Gateway, "rest-no-stage"),
    ("R-285", &REST_ANONYMOUS, REST, API, Who::Gateway, "rest-resource-policy"),
    ("R-267", &REST_THROTTLED, REST, API, Who::Gateway, "rest-throttled"),
    ("R-267", &REST_QUOTA, REST, API, Who::Gateway, "rest-quota"),
    ("R-268", &REST_BODY_TOO_LARGE, &[], API, Who::Gateway, "rest-body-too-large"),
    ("R-269", &REST_EVENT_TOO_LARGE, REST, API, Who::Gateway, "rest-event-too-large"),
    ("R-271", &REST_INVALID_BODY, REST, API, Who::Gateway, "rest-invalid-body"),
    ("R-271", &REST_MISSING_PARAMETERS, REST, API, Who::Gateway, "rest-missing-parameters"),
    ("R-250", &REST_URI_TOO_LONG, REST, API, Who::Gateway, "rest-uri-too-long"),
    ("R-151", &REST_MALFORMED, REST, API, Who::Gateway, "rest-malformed-result"),
    ("R-177", &REST_CONFIGURATION, REST, API, Who::Gateway, "rest-no-permission"),
    ("R-187", &REST_TIMEOUT, REST, API, Who::Gateway, "rest-integration-timeout"),
    ("R-243", &REST_UNAUTHORIZED, REST, API, Who::Authorizer, "rest-unauthorized"),
    ("R-244", &REST_AUTHORIZER_CONFIGURATION, REST, API, Who::Authorizer, "rest-authorizer-failed"),
    ("R-246", &REST_DENIED, REST, API, Who::Authorizer, "rest-authorizer-denies"),
    ("R-245", &REST_DENIED_EXPLICITLY, REST, API, Who::Authorizer, "rest-authorizer-denies-explicitly"),
    ("H-063", &HTTP_MALFORMED, HTTP, API, Who::Gateway, "http-function-failed"),
    ("H-065", &HTTP_TIMEOUT, HTTP, API, Who::Gateway, "http-integration-timeout"),
    ("H-091", &HTTP_NO_ROUTE, HTTP, API, Who::Gateway, "http-no-route"),
    ("H-108", &HTTP_UNAUTHORIZED, HTTP, API, Who::Authorizer, "http-unauthorized"),
    ("H-102", &HTTP_FORBIDDEN, HTTP, API, Who::Authorizer, "http-forbidden"),
    ("H-082", &HTTP_TOO_LARGE, HTTP, API, Who::Gateway, "http-too-large"),
    ("U-015", &URL_FAILED, PLAIN, URL, Who::Lambda, "url-function-failed"),
    ("U-016", &URL_FORBIDDEN, PLAIN, URL, Who::Lambda, "url-forbidden"),
    ("U-016", &URL_FORBIDDEN_BEFORE, PLAIN, URL, Who::Lambda, "url-forbidden"),
    ("U-016", &URL_UNKNOWN, PLAIN, URL, Who::Lambda, "url-unknown"),
    ("L-026", &ALB_BAD_GATEWAY, &[("server", "awselb/2.0")], "", Who::LoadBalancer, "alb-invalid-response"),
];

#[test]
fn every_answer_of_the_dictionary_has_its_sender() {
    for (fact, error, headers, host, who, name) in KNOWN {
        let answered = answered(&of(error, headers), &asked(host)).unwrap();
        let first = answered.causes[0];
        assert_eq!((answered.who, first.name), (Some(*who), *name), "{}", error.body);
        assert!(first.facts.contains(fact), "{name} does not rest on {fact}");
        assert!(!answered.hints.is_empty());
    }
}

/// Messages of others, who wrote them, and the cause.
const MESSAGES: [(&str, Who, &str); 10] = [
    (
        "The request signature we calculated does not match the signature you provided. Check …",
        Who::Iam,
        "signature-mismatch",
    ),
    ("Credential should be scoped to a valid region, not 'us-east-1'. ", Who::Iam, "signature-scope"),
    ("Credential should be scoped to correct service: 'execute-api'. ", Who::Iam, "signature-scope"),
    ("Signature expired: 20250101T000000Z is now earlier than 20250101T010000Z", Who::Iam, "signature-time"),
    ("Signature not yet current: 20250101T010000Z is still later than …", Who::Iam, "signature-time"),
    ("The security token included in the request is expired", Who::Iam, "credentials-expired"),
    ("The security token included in the request is invalid.", Who::Iam, "credentials-unknown"),
    (
        "Authorization header requires 'Credential' parameter. Authorization …",
        Who::Iam,
        "signature-malformed",
    ),
    (
        "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
        Who::Iam,
        "signature-malformed",
    ),
    (
        "User: arn:aws:iam::123456789012:user/ada is not authorized to perform: execute-api:Invoke on resource: arn:…",
        Who::Gateway,
        "rest-resource-policy",
    ),
];

#[test]
fn words_of_others_have_their_sender() {
    let typed = ("x-amzn-ErrorType", "AccessDeniedException");
    for (message, who, name) in MESSAGES {
        for (host, marks) in [(API, REST), ("api.example.com", PLAIN)] {
            for headers in [marks, &[marks, &[typed]].concat()] {
                let body = format!("{{\"message\":\"{message}\"}}");
                let found = answered(&response(403, headers, &body), &asked(host)).unwrap();
                let names: Vec<_> = found.causes.iter().map(|cause| cause.name).collect();
                assert_eq!((found.who, names.as_slice()), (Some(who), [name].as_slice()), "{body}");
            }
        }
    }
}

#[test]
fn what_stands_in_front_of_a_gateway_is_known_by_its_pages() {
    const PAGE: &str = "<H1>403 ERROR</H1>\n<H2>The request could not be satisfied.</H2>";
    let cases = [
        (403, format!("{PAGE}\nRequest blocked."), Who::CloudFront, "cloudfront-blocked"),
        (403, format!("{PAGE}\nBad request."), Who::CloudFront, "cloudfront-refused"),
        (504, PAGE.to_owned(), Who::CloudFront, "cloudfront-origin"),
        (407, "<html>".to_owned(), Who::Proxy, "proxy-answered"),
    ];
    for (status, body, who, name) in cases {
        let found = answered(&response(status, &[], &body), &asked(API)).unwrap();
        assert_eq!((found.who, found.causes[0].name), (Some(who), name), "{body}");
    }
}

#[test]
fn what_nobody_knows_is_told_by_its_marks() {
    let error = [("x-amzn-ErrorType", "ForbiddenException"), ("x-amz-apigw-id", "a=")];
    let traced = [REST, &[("x-amzn-trace-id", "Root=1")]].concat();
    let cases: [(Marks<'_>, &str, Option<Who>, &str); 8] = [
        (&error, API, Some(Who::Gateway), "ForbiddenException"),
        (&traced, API, Some(Who::Function), "passed through"),
        (REST, API, None, "a REST API"),
        (HTTP, API, Some(Who::Function), "an HTTP API passed it on"),
        (PLAIN, URL, Some(Who::Function), "the function returned this"),
        (&[("server", "awselb/2.0")], "", Some(Who::LoadBalancer), "a load balancer"),
        (&[("server", "CloudFront")], "", Some(Who::CloudFront), "CloudFront"),
        (&[("server", "nginx")], "", None, "no header"),
    ];
    for (headers, host, who, means) in cases {
        let found = answered(&response(418, headers, "{\"error\":\"teapot\"}"), &asked(host)).unwrap();
        assert_eq!(found.who, who, "{headers:?}");
        assert!(found.means.contains(means), "{}", found.means);
    }
}

#[test]
fn successes_are_explained_only_where_they_show_an_error() {
    for (status, body) in [
        (200, "hello"),
        (200, "{\"log\":\"Task timed out after 3.00 seconds\"}"),
        (302, ""),
        (200, "{\"message\":\"Forbidden\"}"),
    ] {
        assert!(answered(&response(status, HTTP, body), &asked(API)).is_none(), "{body}");
    }
    let served = answered(&response(200, PLAIN, "{\"statusCode\":200,\"body\":\"x\"}"), &asked(URL)).unwrap();
    assert_eq!((served.who, served.causes[0].name), (Some(Who::Function), "envelope-served"));
}

#[test]
fn a_status_alone_blames_nobody() {
    let found = answered(&response(401, HTTP, "{\"error\":\"log in\"}"), &asked(API)).unwrap();
    assert_eq!((found.who, found.causes.len()), (Some(Who::Function), 0));
    let found = answered(&response(404, PLAIN, "Not Found"), &asked("api.example.com")).unwrap();
    assert_eq!((found.who, found.causes.len()), (None, 0));
}

#[test]
fn the_host_tells_what_headers_do_not() {
    // The same words from a function URL and from a REST API.
    let forbidden = response(403, &[], "{\"Message\":null}");
    assert!(answered(&forbidden, &asked(API)).unwrap().causes.is_empty());
    let by_host = answered(&of(&URL_UNKNOWN, PLAIN), &asked(URL)).unwrap();
    assert_eq!((by_host.from, by_host.causes[0].name), (Some(Flavor::Url), "url-unknown"));
}

#[test]
fn hints_name_what_this_request_says() {
    let first = |response: Response, asked: &Asked| answered(&response, asked).unwrap().hints[0].clone();
    let at = |path: &str| Asked { path: path.to_owned(), ..asked(API) };
    for (path, words) in [
        ("/users/42", "the stage users and the resource /42"),
        ("/users", "the stage users and nothing below it"),
        ("/", "the URL names no stage"),
        ("", "the URL names no stage"),
    ] {
        let hint = first(of(&REST_NO_ROUTE, REST), &at(path));
        assert!(hint.contains(words), "{path}: {hint}");
    }
    let scoped = |words: &str| {
        response(403, REST, &format!("{{\"message\":\"Credential should be scoped to {words}. \"}}"))
    };
    let hint = first(scoped("correct service: 'execute-api'"), &at("/"));
    assert_eq!(hint, "sign for the service execute-api: --service execute-api");
    let hint = first(scoped("a valid region, not 'us-east-1'"), &at("/"));
    assert_eq!(hint, "sign for the region of the host name: --region eu-west-1, not us-east-1");
    let hint = first(scoped("a valid region, not 'us-east-1'"), &Asked::default());
    assert_eq!(hint, "sign for the region of the API: --region, which is not us-east-1");
    let hint = first(scoped("x 'a b\u{1b}'"), &at("/"));
    assert!(hint.starts_with("sign for the region and the service"), "{hint}");
}
