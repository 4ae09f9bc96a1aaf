//! Rules about `headers` and `multiValueHeaders`.

use super::{Rule, subject};
use crate::gateway::Flavor;
use crate::lint::finding::Severity;
use crate::lint::mend;
use crate::lint::rule::{Example, Fix, in_languages};

const STRINGS: &[Fix] = &in_languages(
    "headers: { \"X-Count\": String(count) }",
    "\"headers\": {\"X-Count\": str(count)}",
    "Headers: map[string]string{\"X-Count\": strconv.Itoa(count)},",
    ".withHeaders(Map.of(\"X-Count\", String.valueOf(count)))",
    ".header(\"x-count\", count.to_string())",
);

const LISTS: &[Fix] = &in_languages(
    "multiValueHeaders: { \"Set-Cookie\": [cookie] }",
    "\"multiValueHeaders\": {\"Set-Cookie\": [cookie]}",
    "MultiValueHeaders: map[string][]string{\"Set-Cookie\": {cookie}},",
    ".withMultiValueHeaders(Map.of(\"Set-Cookie\", List.of(cookie)))",
    ".header(\"set-cookie\", cookie)",
);

pub(super) static HEADERS_NOT_OBJECT: Rule = Rule {
    code: "AGW107",
    name: "headers-not-object",
    severity: Severity::Error,
    title: "the headers are not an object",
    why: "Headers are an object of names and values. A list makes the result malformed; languages whose empty map is an empty list (PHP) send one without meaning to.",
    message: |notice| format!("`{}` is {}, not an object", subject(notice), notice.found),
    help: "return an object, or leave the key out when there are no headers",
    fixes: STRINGS,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": []}"#),
        Example::rest(r#"{"statusCode": 200, "multiValueHeaders": "none"}"#),
        Example::http(r#"{"statusCode": 200, "headers": [["X-A", "1"]]}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "headers": {"X-A": "1"}}"#),
    facts: &["R-140", "R-166", "H-069", "H-070"],
    ..Rule::PLAIN
};

pub(super) static HEADER_VALUE_NOT_TEXT: Rule = Rule {
    code: "AGW108",
    name: "header-value-not-text",
    severity: Severity::Error,
    title: "a header's value is not text",
    why: "A header has one text as its value. Several values of one name stand in multiValueHeaders (REST) or cookies (HTTP API). A load balancer takes no numbers and booleans either.",
    message: |notice| format!("the header `{}` is {}, not a string", header(notice), notice.found),
    help: "return a string, or a list of strings in multiValueHeaders (REST) or cookies (HTTP API)",
    fixes: LISTS,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": {"Set-Cookie": ["a=1", "b=2"]}}"#),
        Example::rest(r#"{"statusCode": 200, "multiValueHeaders": {"X-A": [["1"]]}}"#),
        Example::http(r#"{"statusCode": 200, "headers": {"Set-Cookie": ["a=1", "b=2"]}}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "headers": {"Content-Length": 2}, "body": "ok"}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}"#),
    facts: &["R-165", "R-168", "H-070", "H-073", "U-017", "L-023"],
    mend: Some(mend::scalar_as_text),
    ..Rule::PLAIN
};

pub(super) static HEADER_VALUE_COERCED: Rule = Rule {
    code: "AGW109",
    name: "header-value-coerced",
    severity: Severity::Warning,
    title: "a header's value is a number or a boolean",
    why: "A boolean is sent as text by a REST API. For numbers, and for HTTP APIs, nobody has recorded it; an ALB answers 502 to either.",
    message: |notice| {
        format!(
            "the header `{}` is {} and not a string; it is sent as text, if at all",
            header(notice),
            notice.found
        )
    },
    help: "return the value as a string",
    fixes: STRINGS,
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": {"Content-Length": 12}}"#),
        Example::rest(r#"{"statusCode": 200, "headers": {"X-Cached": true}}"#),
        Example::http(r#"{"statusCode": 200, "headers": {"X-Count": 3}}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "headers": {"X-Cached": "true"}}"#),
    facts: &["R-162", "R-163", "R-168", "H-070"],
    mend: Some(mend::scalar_as_text),
    ..Rule::PLAIN
};

pub(super) static HEADER_VALUE_NULL: Rule = Rule {
    code: "AGW110",
    name: "header-value-null",
    severity: Severity::Warning,
    title: "a header's value is null",
    why: "A REST API accepts it and sends no such header; a null Content-Type even suppresses the default of application/json. For HTTP APIs nobody has recorded it.",
    message: |notice| format!("the header `{}` is null: it is not sent", header(notice)),
    help: "leave the header out, unless you mean to suppress the default Content-Type of a REST API",
    fixes: &[],
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": {"X-Trace": null}}"#),
        Example::http(r#"{"statusCode": 200, "headers": {"X-Trace": null}}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "headers": {}}"#),
    facts: &["R-164", "R-167", "H-070"],
    ..Rule::PLAIN
};

pub(super) static MULTI_VALUE_NOT_LIST: Rule = Rule {
    code: "AGW111",
    name: "multi-value-not-list",
    severity: Severity::Error,
    title: "a value in multiValueHeaders is not a list",
    why: "Every value in multiValueHeaders must be a list, even of one. A plain string makes the result malformed.",
    message: |notice| {
        format!("`multiValueHeaders` has {} for `{}`, not a list", notice.found, subject(notice))
    },
    help: "put the value into a list, or move it to headers",
    fixes: LISTS,
    bad: &[Example::rest(r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": "a=1"}}"#)],
    good: Example::rest(r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1"]}}"#),
    facts: &["R-167"],
    mend: Some(mend::as_list),
    ..Rule::PLAIN
};

pub(super) static MULTI_VALUE_HEADERS_IGNORED: Rule = Rule {
    code: "AGW112",
    name: "multi-value-headers-ignored",
    severity: Severity::Warning,
    title: "multiValueHeaders is not read",
    why: "With payload format 2.0, and behind a function URL, the caller gets none of these headers; nor does it from a load balancer whose target group has single-value headers. It is how only one of several cookies survives a move from a REST API.",
    message: |_| "`multiValueHeaders` is ignored: none of these headers is sent".to_owned(),
    help: "move cookies to the list `cookies`, and join other values with commas in `headers`",
    fixes: &in_languages(
        "cookies: [\"a=1\", \"b=2\"]",
        "\"cookies\": [\"a=1\", \"b=2\"]",
        "Cookies: []string{\"a=1\", \"b=2\"},",
        ".withCookies(List.of(\"a=1\", \"b=2\"))",
        ".header(\"set-cookie\", \"a=1\").header(\"set-cookie\", \"b=2\")",
    ),
    bad: &[
        Example::http(r#"{"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}"#),
        Example::of(Flavor::Url, r#"{"statusCode": 200, "multiValueHeaders": {"X-A": ["1"]}}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "multiValueHeaders": {"X-A": ["1"]}}"#),
    ],
    good: Example::http(r#"{"statusCode": 200, "cookies": ["a=1", "b=2"]}"#),
    facts: &["H-071", "U-017", "L-024"],
    mend: Some(mend::multi_value_headers),
    ..Rule::PLAIN
};

pub(super) static HEADER_RENAMED: Rule = Rule {
    code: "AGW118",
    name: "header-renamed",
    severity: Severity::Warning,
    title: "the caller gets this header under another name",
    why: "Some header names are the gateway's own. What a handler sets there reaches the caller of a REST API as x-amzn-Remapped-…, so a browser does not see the challenge in WWW-Authenticate. A stream of a function URL has no length, so a Content-Length is renamed there.",
    message: |notice| format!("the caller gets the header `{}` as `{}`", subject(notice), notice.found),
    help: "use another name, or an HTTP API; Content-Length is always counted by the gateway",
    fixes: &[],
    bad: &[
        Example::rest(r#"{"statusCode": 401, "headers": {"WWW-Authenticate": "Bearer"}}"#),
        Example::rest(r#"{"statusCode": 200, "headers": {"Content-Length": "2"}, "body": "ok"}"#),
        Example::stream("{\"headers\": {\"content-length\": \"2\"}}\0\0\0\0\0\0\0\0ok"),
    ],
    good: Example::rest(r#"{"statusCode": 401, "headers": {"X-Authenticate": "Bearer"}}"#),
    facts: &["R-191", "R-191a", "R-192", "R-193", "U-022"],
    ..Rule::PLAIN
};

pub(super) static HEADER_DROPPED: Rule = Rule {
    code: "AGW119",
    name: "header-dropped",
    severity: Severity::Warning,
    title: "this header is not sent",
    why: "These headers belong to the connection and not to the response; the gateway leaves them out.",
    message: |notice| format!("the header `{}` is dropped: the caller does not get it", subject(notice)),
    help: "remove the header",
    fixes: &[],
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": {"Transfer-Encoding": "chunked"}}"#),
        Example::of(Flavor::Alb, r#"{"statusCode": 200, "headers": {"Connection": "close"}}"#),
    ],
    good: Example::rest(r#"{"statusCode": 200, "headers": {}}"#),
    facts: &["R-191", "L-027"],
    ..Rule::PLAIN
};

pub(super) static WRONG_HEADER_MAP: Rule = Rule {
    code: "AGW131",
    name: "wrong-header-map",
    severity: Severity::Warning,
    title: "the target group reads multiValueHeaders, not headers",
    why: "With multi-value headers enabled, a load balancer reads multiValueHeaders alone. Headers of the other map are lost; with that map alone, people got 502 and LambdaInvalidResponse in the access log.",
    message: |notice| match notice.pointer.last() {
        Some(name) => {
            format!("the header `{name}` stands in `headers` only, which is not read: it is not sent")
        }
        None => "the result has `headers`, where the target group reads `multiValueHeaders`".to_owned(),
    },
    help: "return multiValueHeaders, each value in a list, or disable multi-value headers on the target group",
    fixes: LISTS,
    bad: &[
        Example::of(Flavor::AlbMulti, r#"{"statusCode": 200, "headers": {"Content-Type": "text/html"}}"#),
        Example::of(
            Flavor::AlbMulti,
            r#"{"statusCode": 200, "headers": {"X-A": "1"}, "multiValueHeaders": {"X-B": ["2"]}}"#,
        ),
    ],
    good: Example::of(
        Flavor::AlbMulti,
        r#"{"statusCode": 200, "multiValueHeaders": {"Content-Type": ["text/html"]}}"#,
    ),
    facts: &["L-024"],
    mend: Some(mend::headers_as_lists),
    ..Rule::PLAIN
};

/// The header's name, also of an item in its list.
fn header(notice: &crate::gateway::Notice) -> &str {
    notice.pointer.tokens().get(1).map_or("?", String::as_str)
}
