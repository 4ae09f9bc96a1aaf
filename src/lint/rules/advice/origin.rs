//! Whether a page of another origin may read the answer.

use super::cors::{ALLOW_CREDENTIALS, ALLOW_ORIGIN, ECHO};
use super::{Answer, Example, Remark, Rule, Severity, Stated};
use crate::gateway::{Evidence, Flavor};
use crate::http::{Response, origin_mistake};
use crate::json::Part;

/// The origin that asks, if it is another one than the API's own. Browsers name the origin of the
/// same site as well, when they do not just read.
pub(super) fn asking<'a>(answer: &Answer<'a>) -> Option<&'a str> {
    let exchange = answer.exchange;
    let headers = &exchange.request.headers;
    let origin = headers.get("origin")?;
    let host = headers.get("host").map_or_else(|| exchange.api.host(), str::to_owned);
    let same = origin.split_once("://").is_some_and(|(_, own)| own.eq_ignore_ascii_case(&host));
    (!same && headers.get("sec-fetch-site") != Some("same-origin")).then_some(origin)
}

pub(in crate::lint::rules) static HEADER_MISSING: Rule = Rule {
    code: "AGW503",
    name: "cors-header-missing",
    severity: Severity::Error,
    title: "a page of another origin cannot read the answer",
    why: "A REST API adds no CORS headers to what a function answers, and other front ends do so only if they are configured to. Each answer needs its own, errors too: without them a browser shows a script nothing but a CORS error, whatever status and body say.",
    check: Some(header_missing),
    help: "put the CORS headers on every answer in one place, or configure CORS on an HTTP API or a function URL; for what a REST API itself answers, put them on its gateway responses",
    fixes: ECHO,
    bad: &[
        Example::rest(r#"{"statusCode": 404, "body": "{}"}"#).cors_expected(),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "body": "ok"}"#)
            .asked(&[("Origin", "https://app.example.com")]),
        Example::http(r#"{"statusCode": 200, "headers": {"Vary": "Origin"}}"#)
            .asked(&[("Origin", "https://app.example.com")]),
        Example::http(r#"{"statusCode": 200}"#)
            .asked(&[("Origin", "https://app.example.com")])
            .configured("https://other.example.com"),
    ],
    good: Example::rest(
        r#"{"statusCode": 404, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "{}"}"#,
    )
    .cors_expected(),
    facts: &["R-195", "R-263", "H-093", "U-024", "L-020"],
    ..Rule::PLAIN
};

fn header_missing(answer: &Answer<'_>) -> Vec<Remark> {
    let Some(response) = answer.response() else { return Vec::new() };
    let asking = asking(answer);
    let configured = answer.exchange.api.cors.is_some();
    // H-093: a configuration answers only requests that name an origin.
    let expected = asking.is_some() || (answer.expected.cors && !configured);
    if !expected || response.headers.contains(ALLOW_ORIGIN) {
        return Vec::new();
    }
    let who =
        asking.map_or_else(|| "pages of other origins".to_owned(), |origin| format!("pages of {origin}"));
    let message = format!(
        "the answer {} has no `Access-Control-Allow-Origin`: {who} cannot read it",
        response.status_line()
    );
    // R-195: a REST API adds none. Whether another front end was told to is not seen in a result.
    let unknown = answer.front.flavor() != Flavor::Rest && !configured;
    let evidence = if unknown { Evidence::Inferred } else { Evidence::Documented };
    let (at, part) = answer.place_of_headers();
    vec![Remark::new(at, message, "no CORS headers", evidence).on(part)]
}

pub(in crate::lint::rules) static ORIGIN_NOT_ALLOWED: Rule = Rule {
    code: "AGW504",
    name: "cors-origin-not-allowed",
    severity: Severity::Error,
    title: "the answer is for another origin than the one that asks",
    why: "A browser hands the answer to a script only if Access-Control-Allow-Origin is * or the origin of the page, letter by letter. If the request carries cookies, * is not enough, and Access-Control-Allow-Credentials: true is needed.",
    check: Some(origin_not_allowed),
    help: "compare the request's Origin with the origins that you allow, and answer with that one",
    fixes: ECHO,
    bad: &[
        Example::rest(
            r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com"}}"#,
        )
        .asked(&[("Origin", "http://localhost:3000")]),
        Example::rest(r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}"#)
            .asked(&[("Origin", "https://app.example.com"), ("Cookie", "session=1")]),
        Example::rest(
            r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com", "Vary": "Origin"}}"#,
        )
        .asked(&[("Origin", "https://app.example.com"), ("Cookie", "session=1")]),
    ],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com", "Vary": "Origin"}}"#,
    )
    .asked(&[("Origin", "https://app.example.com")]),
    facts: &["R-195", "H-094"],
    ..Rule::PLAIN
};

fn origin_not_allowed(answer: &Answer<'_>) -> Vec<Remark> {
    let (Some(response), Some(origin)) = (answer.response(), asking(answer)) else { return Vec::new() };
    let Some(allowed) = response.headers.get(ALLOW_ORIGIN).map(str::trim) else { return Vec::new() };
    if !["", "*"].contains(&allowed) && origin_mistake(allowed).is_some() {
        return Vec::new(); // It is for nobody, and another rule says so.
    }
    let credentials = response.headers.get(ALLOW_CREDENTIALS).is_some_and(|value| value.trim() == "true");
    let cookies = answer.exchange.request.headers.contains("cookie");
    let message = match allowed {
        "*" if cookies && !credentials => format!("{origin} sends cookies, so `*` does not allow it"),
        "*" => return Vec::new(),
        allowed if allowed != origin => format!("the answer may not be read by {origin}"),
        _ if cookies && !credentials => {
            format!("{origin} sends cookies, and there is no `Access-Control-Allow-Credentials: true`")
        }
        _ => return Vec::new(),
    };
    let stated = answer.place(ALLOW_ORIGIN, None).map(|at| (at, Part::Value));
    let (at, part) = stated.unwrap_or_else(|| answer.place_of_headers());
    vec![Remark::new(at, message, format!("not {origin}"), Evidence::Documented).on(part)]
}

pub(in crate::lint::rules) static VARY_MISSING: Rule = Rule {
    code: "AGW505",
    name: "cors-vary-missing",
    severity: Severity::Info,
    title: "caches are not told that the answer depends on the origin",
    why: "If the function answers with the origin of each request, a browser or CloudFront may keep the answer to one origin and give it to another, where it fails. Vary: Origin keeps them apart. A function that always answers with the same origin does not need it.",
    check: Some(vary_missing),
    help: "add Vary: Origin wherever Access-Control-Allow-Origin is taken from the request",
    fixes: ECHO,
    bad: &[Example::rest(
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com"}}"#,
    )
    .asked(&[("Origin", "https://app.example.com")])],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com", "Vary": "Accept, Origin"}}"#,
    )
    .asked(&[("Origin", "https://app.example.com")]),
    facts: &["R-195"],
    ..Rule::PLAIN
};

fn vary_missing(answer: &Answer<'_>) -> Vec<Remark> {
    let (Some(response), Some(origin)) = (answer.response(), asking(answer)) else { return Vec::new() };
    let read = ["GET", "HEAD"].contains(&answer.exchange.request.method.as_str());
    let kept = !lists(response, "cache-control", "no-store");
    let told = lists(response, "vary", "origin") || lists(response, "vary", "*");
    let echo = |stated: &Stated<'_>| {
        stated.name.eq_ignore_ascii_case(ALLOW_ORIGIN) && stated.value.as_str() == Some(origin)
    };
    let Some(stated) = answer.stated().into_iter().find(echo).filter(|_| read && kept && !told) else {
        return Vec::new();
    };
    let message = "if this is the origin of the request, caches must be told with `Vary: Origin`";
    vec![Remark::new(stated.at, message, "no `Vary: Origin`", Evidence::Documented)]
}

/// Whether a header lists that word, in any case.
pub(super) fn lists(response: &Response, name: &str, word: &str) -> bool {
    let mut words = response.headers.all(name).flat_map(|value| value.split(','));
    words.any(|own| own.trim().eq_ignore_ascii_case(word))
}
