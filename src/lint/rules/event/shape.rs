//! Rules about the shape of an event: what its schema says.

use super::place;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Rule};

pub(in crate::lint::rules) static EVENT_KEY_MISSING: Rule = Rule {
    code: "AGW201",
    name: "event-key-missing",
    severity: Severity::Error,
    title: "a key is missing that AWS always sends",
    why: "Code that reads the key works on AWS and fails with this event, or worse, the other way round: a default hides that the key was never there.",
    message: |notice| format!("{} has {}", place(notice), notice.found),
    help: "add the key; `apigw event gen` writes events with all of them",
    fixes: &[],
    bad: &[
        Example::event("authorizer-token", r#"{"type": "TOKEN", "authorizationToken": "Bearer foo"}"#),
        Example::event(
            "alb",
            r#"{"requestContext": {"elb": {}}, "httpMethod": "GET", "path": "/", "headers": {}, "queryStringParameters": {}, "body": "", "isBase64Encoded": false}"#,
        ),
    ],
    good: Example::event(
        "authorizer-token",
        r#"{"type": "TOKEN", "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/", "authorizationToken": "Bearer foo"}"#,
    ),
    facts: &[
        "R-001", "R-090", "R-110", "R-230", "R-232", "H-002", "H-019", "H-020", "H-040", "H-100", "H-101",
        "W-002", "W-003", "W-005", "W-028", "L-001", "V-002",
    ],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_VALUE_TYPE: Rule = Rule {
    code: "AGW202",
    name: "event-value-type",
    severity: Severity::Error,
    title: "a value has a JSON type that AWS never sends there",
    why: "Header and query values are text, flags are booleans, epochs are whole numbers. A handler in a typed language cannot read anything else, and one in JavaScript or Python reads it as something different.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the value in the type that AWS sends",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"headers": {"X-Count": 1}}"#),
        Example::part("rest", r#"{"queryStringParameters": "a=1&b=2"}"#),
        Example::part("http", r#"{"isBase64Encoded": "false"}"#),
    ],
    good: Example::part("rest", r#"{"headers": {"X-Count": "1"}, "multiValueHeaders": {"X-Count": ["1"]}}"#),
    facts: &["R-006", "R-082", "R-097", "H-014", "H-022", "L-001"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_EMPTY_VALUE: Rule = Rule {
    code: "AGW203",
    name: "event-empty-value",
    severity: Severity::Error,
    title: "an empty value stands where AWS sends null or no key",
    why: "A REST API sends null for a map or a body with nothing in it, and an HTTP API with payload format 2.0 leaves the key out. Code that was only ever called with {} crashes on its first real request.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write null in events of REST APIs and of payload format 1.0; leave the key out in 2.0",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"pathParameters": {}}"#),
        Example::part("rest", r#"{"body": ""}"#),
        Example::part("http", r#"{"cookies": []}"#),
    ],
    good: Example::part("rest", r#"{"stageVariables": null}"#),
    facts: &["R-004", "R-009", "R-110", "H-002", "H-025"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_NULL_VALUE: Rule = Rule {
    code: "AGW204",
    name: "event-null-value",
    severity: Severity::Error,
    title: "null stands where AWS sends an empty value or no key",
    why: "A load balancer sends {} and \"\", a REQUEST authorizer of a REST API gets {}, and payload format 2.0 leaves the key out. Only events in payload format 1.0 hold nulls.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "leave the key out, or write {} or \"\"",
    fixes: &[],
    bad: &[
        Example::part("http", r#"{"stageVariables": null}"#),
        Example::part("alb", r#"{"body": null}"#),
        Example::part("rest", r#"{"requestContext": {"authorizer": null}}"#),
        Example::part("authorizer-request", r#"{"stageVariables": null}"#),
    ],
    good: Example::part("alb", r#"{"body": ""}"#),
    facts: &["R-005", "R-092", "R-233", "H-002", "L-001", "L-005"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_KEY_UNKNOWN: Rule = Rule {
    code: "AGW205",
    name: "event-key-unknown",
    severity: Severity::Warning,
    title: "the event has a key that is not known of its flavour",
    why: "AWS adds keys inside requestContext from time to time, but at the top of an event they have stayed the same for years. A key that is not known was probably written by a person or by a tool.",
    message: |notice| format!("{} is not known as a key of such an event", place(notice)),
    help: "remove the key",
    fixes: &[],
    bad: &[Example::part("rest", r#"{"comment": "a sample"}"#)],
    good: Example::part("rest", r#"{"$schema": "https://apigw.dev/schemas/v1/event/rest.json"}"#),
    facts: &["R-001", "R-103", "H-002", "L-001"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static MIXED_FLAVOURS: Rule = Rule {
    code: "AGW206",
    name: "mixed-flavours",
    severity: Severity::Error,
    title: "the event is mixed from two flavours",
    why: "Libraries tell flavours apart by such keys. They take a mixed event for the other flavour, or refuse it, and the test says nothing about either.",
    message: |notice| format!("{} belongs to an event of {}", place(notice), notice.found),
    help: "choose one flavour; `apigw event check --why` says what speaks for which",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"version": "1.0"}"#),
        Example::part("http", r#"{"multiValueQueryStringParameters": null}"#),
        Example::part("alb", r#"{"multiValueHeaders": {}}"#),
    ],
    good: Example::part("http", r#"{"version": "2.0"}"#),
    facts: &[
        "R-001", "R-002", "R-232", "H-002", "H-040", "H-046", "H-100", "U-001", "W-001", "W-003", "L-001",
    ],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_ID_FORM: Rule = Rule {
    code: "AGW207",
    name: "event-id-form",
    severity: Severity::Warning,
    title: "an id does not have the form that AWS gives it",
    why: "Ids are meant to be opaque, but people parse, store and validate them: an account has twelve digits, a REST request id is a UUID, one of an HTTP API 15 characters and an equals sign.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "use an id of the right form, or let `apigw event gen` draw one",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"requestContext": {"accountId": "1234"}}"#),
        Example::part("http", r#"{"requestContext": {"requestId": "id"}}"#),
    ],
    good: Example::part("rest", r#"{"requestContext": {"accountId": "123456789012"}}"#),
    facts: &["R-093", "R-095", "R-096", "R-100", "R-235", "H-021", "U-002", "U-007", "W-008"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_TIME_FORM: Rule = Rule {
    code: "AGW208",
    name: "event-time-form",
    severity: Severity::Error,
    title: "a time is not written as AWS writes it",
    why: "API Gateway writes the instant in common log format, in UTC with an English month. Code that parses it fails on anything else.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write it like 17/Jun/2024:14:48:13 +0000",
    fixes: &[],
    bad: &[Example::part("rest", r#"{"requestContext": {"requestTime": "2024-06-17T14:48:13Z"}}"#)],
    good: Example::part(
        "rest",
        r#"{"requestContext": {"requestTime": "17/Jun/2024:14:48:13 +0000", "requestTimeEpoch": 1718635693453}}"#,
    ),
    facts: &["R-097", "H-022", "W-005", "V-002"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static EVENT_VALUE_NEVER_SENT: Rule = Rule {
    code: "AGW209",
    name: "event-value-never-sent",
    severity: Severity::Error,
    title: "a value stands there that AWS never sends",
    why: "Some members have one value or a few: the protocol is HTTP/1.1 even for clients on HTTP/2, and a function URL has one route and one stage.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write one of the values that AWS sends",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"requestContext": {"protocol": "HTTP/2"}}"#),
        Example::part("rest", r#"{"requestContext": {"authorizer": {"claims": null, "scopes": null}}}"#),
        Example::part("url", r#"{"requestContext": {"stage": "prod"}}"#),
    ],
    good: Example::part("rest", r#"{"requestContext": {"protocol": "HTTP/1.1"}}"#),
    facts: &["R-098", "R-124", "H-001", "H-020", "H-026", "H-028", "H-029", "H-040", "U-001", "W-005"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static UNKNOWN_EVENT: Rule = Rule {
    code: "AGW237",
    name: "unknown-event",
    severity: Severity::Error,
    title: "this is no event of API Gateway, a function URL, a load balancer or VPC Lattice",
    why: "Nothing in it says which front end could have sent it. Events of queues, buckets and schedules are not judged here.",
    message: |notice| format!("this is {}, but no event of a front end that is known here", notice.found),
    help: "name the flavour with --api to see what is missing",
    fixes: &[],
    bad: &[Example::event("", r#"{"Records": []}"#), Example::event("", r#"[1]"#)],
    good: Example::event(
        "",
        r#"{"type": "TOKEN", "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/", "authorizationToken": "Bearer foo"}"#,
    ),
    facts: &["R-001", "H-002", "L-001"],
    ..Rule::PLAIN
};
