//! Rules about `cookies`, the list of HTTP APIs.

use super::Rule;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Fix, in_languages};

const LIST: &[Fix] = &in_languages(
    "cookies: [\"a=1; Secure\"]",
    "\"cookies\": [\"a=1; Secure\"]",
    "Cookies: []string{\"a=1; Secure\"},",
    ".withCookies(List.of(\"a=1; Secure\"))",
    ".header(\"set-cookie\", \"a=1; Secure\")",
);

pub(super) static COOKIES_NOT_LIST: Rule = Rule {
    code: "AGW120",
    name: "cookies-not-list",
    severity: Severity::Warning,
    title: "cookies is not a list",
    why: "Each entry of the list becomes one Set-Cookie header. Anything else is probably ignored without a word.",
    message: |notice| format!("`cookies` is {}, not a list: no cookie is set", notice.found),
    help: "return a list of strings, one for each cookie",
    fixes: LIST,
    bad: &[Example::http(r#"{"statusCode": 200, "cookies": "a=1"}"#)],
    good: Example::http(r#"{"statusCode": 200, "cookies": ["a=1"]}"#),
    facts: &["H-072"],
    ..Rule::PLAIN
};

pub(super) static COOKIE_NOT_TEXT: Rule = Rule {
    code: "AGW121",
    name: "cookie-not-text",
    severity: Severity::Warning,
    title: "a cookie is not a string",
    why: "Each entry is the text of one Set-Cookie header. What becomes of other values is not recorded.",
    message: |notice| format!("a cookie is {}, not a string", notice.found),
    help: "return a list of strings, one for each cookie",
    fixes: LIST,
    bad: &[Example::http(r#"{"statusCode": 200, "cookies": [{"name": "a"}]}"#)],
    good: Example::http(r#"{"statusCode": 200, "cookies": ["a=1"]}"#),
    facts: &["H-072"],
    ..Rule::PLAIN
};
