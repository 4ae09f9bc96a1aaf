//! CORS headers that no browser can use, and those that never reach one.

use super::{Answer, Example, Fix, Remark, Rule, Severity, Stated, fixes};
use crate::gateway::{Cors, Evidence, Flavor};
use crate::http::origin_mistake;
use crate::json::Part;

/// The header that names the origin that may read an answer.
pub(super) const ALLOW_ORIGIN: &str = "access-control-allow-origin";
/// The header that lets scripts send cookies and read the answer.
pub(super) const ALLOW_CREDENTIALS: &str = "access-control-allow-credentials";

/// How to answer with the origin of the request.
pub(super) const ECHO: &[Fix] = &fixes(
    "headers: { \"Access-Control-Allow-Origin\": allowed.includes(origin) ? origin : allowed[0], Vary: \"Origin\" }",
    "\"headers\": {\"Access-Control-Allow-Origin\": origin if origin in ALLOWED else ALLOWED[0], \"Vary\": \"Origin\"}",
    ".header(\"access-control-allow-origin\", origin).header(\"vary\", \"Origin\")",
);

pub(in crate::lint::rules) static ANY_ORIGIN_WITH_CREDENTIALS: Rule = Rule {
    code: "AGW501",
    name: "cors-any-origin-with-credentials",
    severity: Severity::Warning,
    title: "every origin is allowed, and credentials as well",
    why: "When a script sends cookies or credentials, a browser takes an Access-Control-Allow-Origin that names the origin, and never *. So with * beside Access-Control-Allow-Credentials: true the very requests that the second header is for fail, and the script sees only a CORS error.",
    check: Some(any_origin_with_credentials),
    help: "answer with the request's own origin if it may read the answer, or drop Access-Control-Allow-Credentials",
    fixes: ECHO,
    bad: &[
        Example::rest(
            r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}}"#,
        ),
        Example::of(
            Flavor::AlbMulti,
            r#"{"statusCode": 200, "multiValueHeaders": {"access-control-allow-origin": ["*"], "access-control-allow-credentials": ["true"]}}"#,
        ),
    ],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Allow-Credentials": "true"}}"#,
    ),
    facts: &["R-195"],
    ..Rule::PLAIN
};

fn any_origin_with_credentials(answer: &Answer<'_>) -> Vec<Remark> {
    let Some(response) = answer.response() else { return Vec::new() };
    let says = |name, value: &str| response.headers.get(name).is_some_and(|own| own.trim() == value);
    if !says(ALLOW_ORIGIN, "*") || !says(ALLOW_CREDENTIALS, "true") {
        return Vec::new();
    }
    let at = answer.place(ALLOW_CREDENTIALS, None).or_else(|| answer.place(ALLOW_ORIGIN, None));
    let message = "credentials are allowed for every origin: browsers take no `*` when they send cookies";
    let remark = |at| Remark::new(at, message, "not with `*`", Evidence::Documented);
    at.map(remark).into_iter().collect()
}

pub(in crate::lint::rules) static ORIGIN_NOT_AN_ORIGIN: Rule = Rule {
    code: "AGW502",
    name: "cors-origin-not-an-origin",
    severity: Severity::Error,
    title: "the allowed origin is no origin",
    why: "A browser compares Access-Control-Allow-Origin letter by letter with the origin of the page: a scheme, a host, and a port if it is not the usual one. It may be *, but holds no list, no path, no slash at its end and no wildcard in a name, and stands in one header only. With any other value no script of any page reads the answer.",
    check: Some(origin_not_an_origin),
    help: "answer with one origin such as https://app.example.com: the request's own, if it is one of yours",
    fixes: ECHO,
    bad: &[
        Example::rest(
            r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://a.example, https://b.example"}}"#,
        ),
        Example::http(
            r#"{"statusCode": 200, "headers": {"access-control-allow-origin": "https://a.example/"}}"#,
        ),
        Example::of(
            Flavor::Alb,
            r#"{"statusCode": 200, "headers": {"access-control-allow-origin": "app.example.com"}}"#,
        ),
        Example::rest(
            r#"{"statusCode": 200, "multiValueHeaders": {"Access-Control-Allow-Origin": ["https://a.example", "https://b.example"]}}"#,
        ),
        Example::of(
            Flavor::Url,
            r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://a.example"}}"#,
        )
        .asked(&[("Origin", "https://a.example")])
        .configured("https://a.example"),
    ],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://a.example"}}"#,
    ),
    facts: &["R-188", "R-195", "U-024"],
    ..Rule::PLAIN
};

fn origin_not_an_origin(answer: &Answer<'_>) -> Vec<Remark> {
    let Some(response) = answer.response() else { return Vec::new() };
    let values: Vec<_> = response.headers.all(ALLOW_ORIGIN).collect();
    if values.len() > 1 {
        let at = answer.stated().into_iter().rfind(is_allow_origin);
        let message = format!(
            "the caller gets {} `Access-Control-Allow-Origin` headers: browsers take one",
            values.len()
        );
        // U-024: that the URL's own is added to the function's is known from its documentation.
        let remark =
            |stated: Stated<'_>| Remark::new(stated.at, message, "one too many", Evidence::Documented);
        return at.map(remark).into_iter().collect();
    }
    let remark = |value: &str| {
        let mistake = origin_mistake(value.trim()).filter(|_| !["", "*"].contains(&value.trim()))?;
        let at = answer.place(ALLOW_ORIGIN, Some(value))?;
        let message = format!("no page has this origin: {mistake}");
        Some(Remark::new(at, message, mistake.trim_start_matches("it "), Evidence::Documented))
    };
    values.into_iter().filter_map(remark).collect()
}

fn is_allow_origin(stated: &Stated<'_>) -> bool {
    stated.name.eq_ignore_ascii_case(ALLOW_ORIGIN)
}

pub(in crate::lint::rules) static HEADERS_REPLACED: Rule = Rule {
    code: "AGW506",
    name: "cors-headers-replaced",
    severity: Severity::Warning,
    title: "the API's CORS configuration discards this header",
    why: "Where an HTTP API has a CORS configuration, it decides alone: what the function says in Access-Control headers is discarded, and the configured headers are sent only to requests that name an Origin.",
    check: Some(headers_replaced),
    help: "say it in the API's CORS configuration, or remove the configuration and leave CORS to the function",
    bad: &[Example::http(
        r#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://b.example"}}"#,
    )
    .asked(&[("Origin", "https://a.example")])
    .configured("https://a.example")],
    good: Example::http(r#"{"statusCode": 200}"#)
        .asked(&[("Origin", "https://a.example")])
        .configured("https://a.example"),
    facts: &["H-093"],
    ..Rule::PLAIN
};

fn headers_replaced(answer: &Answer<'_>) -> Vec<Remark> {
    let (Some(response), Some(_)) = (answer.response(), &answer.exchange.api.cors) else { return Vec::new() };
    let sent = |stated: &Stated<'_>| {
        response.headers.all(stated.name).any(|value| Some(value) == stated.value.as_str())
    };
    let lost = |stated: &Stated<'_>| Cors::decides(stated.name) && stated.value.is_string() && !sent(stated);
    let remark = |stated: Stated<'_>| {
        let message =
            format!("the header `{}` is discarded: the API's CORS configuration decides", stated.name);
        Remark::new(stated.at, message, "discarded", Evidence::Documented).on(Part::Key)
    };
    answer.stated().into_iter().filter(lost).map(remark).collect()
}
