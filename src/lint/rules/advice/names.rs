//! Header names that get into each other's way, or into the connection's.

use super::{Answer, Example, Remark, Rule, Severity, Stated, fixes};
use crate::gateway::{Evidence, Flavor};
use crate::json::Part;

pub(in crate::lint::rules) static NAMES_DIFFER_IN_CASE: Rule = Rule {
    code: "AGW512",
    name: "header-names-differ-in-case",
    severity: Severity::Warning,
    title: "two names in one map are the same header",
    why: "Header names are the same in every case. Which of the two values the caller gets, or whether both, is not recorded for any front end. It is an old way to send several cookies (Set-Cookie, set-Cookie), and what happens when a handler and a framework both set a Content-Type.",
    check: Some(names_differ_in_case),
    help: "write each name once; several cookies stand in multiValueHeaders (REST API, load balancer) or in cookies (payload format 2.0, function URL)",
    fixes: &fixes(
        "cookies: [a, b]  // REST: multiValueHeaders: { \"Set-Cookie\": [a, b] }",
        "\"cookies\": [a, b]  # REST: \"multiValueHeaders\": {\"Set-Cookie\": [a, b]}",
        ".header(\"set-cookie\", a).header(\"set-cookie\", b)",
    ),
    bad: &[
        Example::rest(r#"{"statusCode": 200, "headers": {"Set-Cookie": "a=1", "set-cookie": "b=2"}}"#),
        Example::http(
            r#"{"statusCode": 200, "headers": {"content-type": "text/html", "Content-Type": "text/plain"}}"#,
        ),
    ],
    good: Example::rest(
        r#"{"statusCode": 200, "headers": {"X-A": "1"}, "multiValueHeaders": {"x-a": ["2"], "Set-Cookie": ["a=1", "b=2"]}}"#,
    ),
    facts: &["R-185", "H-077"],
    ..Rule::PLAIN
};

fn names_differ_in_case(answer: &Answer<'_>) -> Vec<Remark> {
    if answer.response().is_none() {
        return Vec::new();
    }
    let stated: Vec<_> = answer.stated().into_iter().filter(|stated| !stated.value.is_null()).collect();
    let map = |stated: &Stated<'_>| stated.at.tokens().first().cloned();
    let mut remarks: Vec<Remark> = Vec::new();
    for (index, one) in stated.iter().enumerate() {
        let twin = stated[..index].iter().find(|other| {
            other.name != one.name && other.name.eq_ignore_ascii_case(one.name) && map(other) == map(one)
        });
        if let Some(twin) = twin {
            let message = format!(
                "`{}` and `{}` are the same header: what the caller gets is not recorded",
                twin.name, one.name
            );
            let at = crate::json::Pointer::root().child(map(one).unwrap_or_default()).child(one.name);
            let remark = Remark::new(at, message, format!("like `{}`", twin.name), Evidence::Inferred);
            if remarks.iter().all(|own| own.pointer != remark.pointer) {
                remarks.push(remark.on(Part::Key));
            }
        }
    }
    remarks
}

pub(in crate::lint::rules) static HEADER_OF_THE_CONNECTION: Rule = Rule {
    code: "AGW522",
    name: "header-of-the-connection",
    severity: Severity::Warning,
    title: "this header belongs to the connection and not to the response",
    why: "Transfer-Encoding, Connection and their like tell how two neighbours talk, and a function is nobody's neighbour: the front end has its own connection to the caller. What an HTTP API or a function URL does with them is not recorded; REST APIs and load balancers drop them.",
    check: Some(header_of_the_connection),
    help: "remove the header",
    bad: &[
        Example::http(r#"{"statusCode": 200, "headers": {"Transfer-Encoding": "chunked"}, "body": "ok"}"#),
        Example::of(Flavor::Url, r#"{"statusCode": 200, "headers": {"connection": "close"}}"#),
    ],
    good: Example::http(r#"{"statusCode": 200, "headers": {"Content-Encoding": "identity"}, "body": "ok"}"#),
    facts: &["H-083"],
    ..Rule::PLAIN
};

fn header_of_the_connection(answer: &Answer<'_>) -> Vec<Remark> {
    const NAMES: [&str; 6] = ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];
    let silent = matches!(answer.front.flavor(), Flavor::Http | Flavor::HttpV1 | Flavor::Url);
    if answer.response().is_none() || !silent {
        return Vec::new();
    }
    let own = |stated: &Stated<'_>| NAMES.iter().any(|name| name.eq_ignore_ascii_case(stated.name));
    let remark = |stated: Stated<'_>| {
        let message =
            format!("the header `{}` is the connection's: what becomes of it is not recorded", stated.name);
        Remark::new(stated.at, message, "not the function's to set", Evidence::Inferred).on(Part::Key)
    };
    answer.stated().into_iter().filter(own).map(remark).collect()
}
