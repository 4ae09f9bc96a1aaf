//! Rules about values of an event that must agree.

use super::place;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Rule};

pub(in crate::lint::rules) static AUTHORIZER_VALUE_TYPED: Rule = Rule {
    code: "AGW210",
    name: "authorizer-value-typed",
    severity: Severity::Error,
    title: "a value of an authorizer is not text",
    why: "A REST API hands the context of a Lambda authorizer on as text: 1 arrives as \"1\" and true as \"true\". Claims are text in all APIs. Only a Lambda authorizer of an HTTP API with payload format 2.0 keeps types.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the value as text, and parse it in the handler",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"requestContext": {"authorizer": {"principalId": "me", "clientId": 1}}}"#),
        Example::part(
            "http",
            r#"{"requestContext": {"authorizer": {"jwt": {"claims": {"exp": 1718722804}, "scopes": null}}}}"#,
        ),
    ],
    good: Example::part(
        "rest",
        r#"{"requestContext": {"authorizer": {"principalId": "me", "clientId": "1", "integrationLatency": 12}}}"#,
    ),
    facts: &["R-121", "R-122", "R-123", "H-026"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static MAPS_DISAGREE: Rule = Rule {
    code: "AGW211",
    name: "maps-disagree",
    severity: Severity::Error,
    title: "the map of single values and the map of all values disagree",
    why: "The single map holds the last value of each list. A handler that reads one of the maps and a test that fills the other one do not meet.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the last value of the list into the single map, or null in both",
    fixes: &[],
    bad: &[
        Example::part(
            "rest",
            r#"{"queryStringParameters": {"a": "1"}, "multiValueQueryStringParameters": {"a": ["1", "2"]}}"#,
        ),
        Example::part("rest", r#"{"queryStringParameters": null}"#),
    ],
    good: Example::part(
        "rest",
        r#"{"queryStringParameters": {"a": "2"}, "multiValueQueryStringParameters": {"a": ["1", "2"]}}"#,
    ),
    facts: &["R-042", "R-045", "R-064", "H-045", "W-002"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static KEY_IN_ONE_MAP: Rule = Rule {
    code: "AGW212",
    name: "key-in-one-map",
    severity: Severity::Error,
    title: "a key stands in one of two maps only",
    why: "The maps of single and of all values have the same keys, always.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "add the key to the other map, too",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"headers": {"X-A": "1"}}"#),
        Example::part("rest", r#"{"multiValueQueryStringParameters": {"foo": ["bar"]}}"#),
    ],
    good: Example::part("rest", r#"{"headers": {"X-A": "1"}, "multiValueHeaders": {"X-A": ["1"]}}"#),
    facts: &["R-045", "R-064", "H-045", "W-002"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static TIME_MISMATCH: Rule = Rule {
    code: "AGW213",
    name: "time-mismatch",
    severity: Severity::Error,
    title: "the time and the epoch are two instants",
    why: "Both are the moment of one request: the text is the epoch cut to seconds. (The well-known sample in the documentation has this mistake.)",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "change one of them; `apigw event gen --now` writes both",
    fixes: &[],
    bad: &[Example::part(
        "http",
        r#"{"requestContext": {"time": "12/Mar/2020:19:03:58 +0000", "timeEpoch": 1583348638390}}"#,
    )],
    good: Example::part(
        "http",
        r#"{"requestContext": {"time": "12/Mar/2020:19:03:58 +0000", "timeEpoch": 1584039838390}}"#,
    ),
    facts: &["R-097", "H-022", "W-005"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EPOCH_NOT_MILLISECONDS: Rule = Rule {
    code: "AGW214",
    name: "epoch-not-milliseconds",
    severity: Severity::Error,
    title: "the epoch does not count milliseconds",
    why: "A handler that divides by 1000 gets a date in 1970.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write milliseconds since 1970: thirteen digits",
    fixes: &[],
    bad: &[Example::part(
        "rest",
        r#"{"requestContext": {"requestTime": "17/Jun/2024:14:48:13 +0000", "requestTimeEpoch": 1718635693}}"#,
    )],
    good: Example::part(
        "rest",
        r#"{"requestContext": {"requestTime": "17/Jun/2024:14:48:13 +0000", "requestTimeEpoch": 1718635693453}}"#,
    ),
    facts: &["R-097", "H-022", "W-005"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static PATH_NOT_UNDER_STAGE: Rule = Rule {
    code: "AGW215",
    name: "path-not-under-stage",
    severity: Severity::Error,
    title: "the path and the stage do not fit",
    why: "On the host name of the API the stage is the first segment of what the client calls. A REST event has it in requestContext.path and not in path, an HTTP API has it in both. On a custom domain there is none.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "put the stage before the path in requestContext.path (REST APIs), or in rawPath (HTTP APIs with a named stage)",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"requestContext": {"path": "/users/42"}}"#),
        Example::part("http", r#"{"requestContext": {"stage": "dev"}}"#),
    ],
    good: Example::part("rest", r#"{"requestContext": {"path": "/prod/users/42"}}"#),
    facts: &["R-020", "R-024", "R-031", "R-032", "H-007", "H-042"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static PATH_SLASHES: Rule = Rule {
    code: "AGW216",
    name: "path-slashes",
    severity: Severity::Error,
    title: "a path does not start with exactly one slash",
    why: "A REST API drops further slashes between the stage and the resource. Routers treat //users as an empty segment, so that the sample matches no route.",
    message: |notice| format!("{} has {}", place(notice), notice.found),
    help: "start the path with one slash",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"path": "//users/42", "requestContext": {"path": "/prod//users/42"}}"#),
        Example::part(
            "http",
            r#"{"rawPath": "//users/42", "requestContext": {"http": {"path": "//users/42"}}}"#,
        ),
    ],
    good: Example::part("rest", r#"{"path": "/users/42", "requestContext": {"path": "/prod//users/42"}}"#),
    facts: &["R-020", "R-024"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static COPIES_DIFFER: Rule = Rule {
    code: "AGW217",
    name: "copies-differ",
    severity: Severity::Error,
    title: "two copies of the same value differ",
    why: "Method, resource, route key and path stand in an event twice. Libraries read one or the other.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "make both the same",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"requestContext": {"httpMethod": "GET"}}"#),
        Example::part("rest", r#"{"requestContext": {"resourcePath": "/users"}}"#),
        Example::part("http", r#"{"requestContext": {"routeKey": "$default"}}"#),
    ],
    good: Example::part("rest", r#"{"requestContext": {"httpMethod": "POST"}}"#),
    facts: &["R-007", "R-008", "H-003", "H-004", "H-041", "H-043", "H-044", "U-003", "W-005"],
    ..Rule::PLAIN
};
