//! Rules about how an event tells of the request: route, path, query, body.

use super::place;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Rule};

pub(in crate::lint::rules) static PATH_PARAMETERS_MISMATCH: Rule = Rule {
    code: "AGW218",
    name: "path-parameters-mismatch",
    severity: Severity::Error,
    title: "the path parameters do not fit the route",
    why: "Each parameter of the template is there with its own name, and holds what the path has in its place: still percent-encoded in events of REST APIs, decoded by HTTP APIs.",
    message: |notice| format!("{} has {}", place(notice), notice.found),
    help: "name the parameters as the route does; `apigw event gen --route` fills them",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"pathParameters": {"proxy": "/users/42"}}"#),
        Example::part("rest", r#"{"pathParameters": {"id": "43"}}"#),
        Example::part("http", r#"{"routeKey": "$default", "requestContext": {"routeKey": "$default"}}"#),
    ],
    good: Example::part("rest", r#"{"pathParameters": {"id": "42"}}"#),
    facts: &["R-008", "R-021", "R-026", "R-036", "H-003", "H-018"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static PATH_IS_TEMPLATE: Rule = Rule {
    code: "AGW219",
    name: "path-is-template",
    severity: Severity::Error,
    title: "a path template stands where the path of a request belongs",
    why: "The template stands in resource or routeKey. What the client asked for has values in the place of the parameters, in the path as well as in the ARN that an authorizer gets.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the path as a client requests it",
    fixes: &[],
    bad: &[
        Example::part(
            "authorizer-token",
            r#"{"methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/{proxy+}"}"#,
        ),
        Example::part(
            "rest",
            r#"{"path": "/users/{id}", "pathParameters": {"id": "{id}"}, "requestContext": {"path": "/prod/users/{id}"}}"#,
        ),
    ],
    good: Example::part(
        "authorizer-token",
        r#"{"methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/users/42"}"#,
    ),
    facts: &["R-008", "R-020", "R-222", "R-235", "H-097"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static METHOD_CASE: Rule = Rule {
    code: "AGW220",
    name: "method-case",
    severity: Severity::Warning,
    title: "the method is not in upper case",
    why: "Methods are case-sensitive, and clients send them in upper case. Code that compares with \"GET\" takes another branch.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the method in upper case",
    fixes: &[],
    bad: &[Example::part("rest", r#"{"httpMethod": "post", "requestContext": {"httpMethod": "post"}}"#)],
    good: Example::part("rest", r#"{"httpMethod": "POST"}"#),
    facts: &["R-007", "H-020"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static ROUTE_KEY_MISMATCH: Rule = Rule {
    code: "AGW221",
    name: "route-key-mismatch",
    severity: Severity::Error,
    title: "the route key does not take the method",
    why: "A route key is a method or ANY, one space, and a template, or it is $default.",
    message: |notice| format!("{}: {}", place(notice), notice.found),
    help: "name the route that takes the request",
    fixes: &[],
    bad: &[
        Example::part(
            "http",
            r#"{"routeKey": "GET /users/{id}", "requestContext": {"routeKey": "GET /users/{id}"}}"#,
        ),
        Example::part(
            "http",
            r#"{"routeKey": "/users/{id}", "requestContext": {"routeKey": "/users/{id}"}}"#,
        ),
    ],
    good: Example::part(
        "http",
        r#"{"routeKey": "ANY /users/{id}", "requestContext": {"routeKey": "ANY /users/{id}"}}"#,
    ),
    facts: &["H-003"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static QUERY_MISMATCH: Rule = Rule {
    code: "AGW222",
    name: "query-mismatch",
    severity: Severity::Error,
    title: "the raw query and the map of its values disagree",
    why: "The map is the raw query, decoded, with the values of equal names joined by a comma.",
    message: |notice| format!("{}: {}", place(notice), notice.found),
    help: "change one of them; the raw query has no question mark",
    fixes: &[],
    bad: &[
        Example::part("http", r#"{"rawQueryString": "a=1"}"#),
        Example::part("http", r#"{"rawQueryString": "?a=1&a=2"}"#),
    ],
    good: Example::part("http", r#"{"rawQueryString": "a=%31&a=2"}"#),
    facts: &["H-010", "H-011", "H-012", "U-005"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static BASE64_BODY_UNDECODABLE: Rule = Rule {
    code: "AGW223",
    name: "base64-body-undecodable",
    severity: Severity::Error,
    title: "the body is not base64, although the flag says so",
    why: "A handler that trusts isBase64Encoded fails or reads rubbish.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "encode the body with padding, or set isBase64Encoded to false",
    fixes: &[],
    bad: &[Example::part("rest", r#"{"body": "{}", "isBase64Encoded": true}"#)],
    good: Example::part("rest", r#"{"body": "e30=", "isBase64Encoded": true}"#),
    facts: &["R-130", "H-023", "L-006"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static BASE64_WITHOUT_BODY: Rule = Rule {
    code: "AGW224",
    name: "base64-without-body",
    severity: Severity::Warning,
    title: "the event says base64 and has no body",
    why: "Without a body there is nothing to encode. Load balancers and the first months of HTTP APIs did this, nothing else is known to.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "set isBase64Encoded to false",
    fixes: &[],
    bad: &[Example::part("rest", r#"{"body": null, "isBase64Encoded": true}"#)],
    good: Example::part("rest", r#"{"body": null, "isBase64Encoded": false}"#),
    facts: &["R-130", "H-025", "L-007"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static BASE64_FLAG_UNLIKELY: Rule = Rule {
    code: "AGW225",
    name: "base64-flag-unlikely",
    severity: Severity::Warning,
    title: "the form of the body does not fit its content type",
    why: "An HTTP API and a function URL send JSON and text as text and all else as base64, forms and bodies without a content type included. A REST API looks at its binary media types.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the body in the form that the content type asks for",
    fixes: &[],
    bad: &[
        Example::part("http", r#"{"body": "e30=", "isBase64Encoded": true}"#),
        Example::part("http", r#"{"headers": {"content-type": "application/x-www-form-urlencoded"}}"#),
    ],
    good: Example::part(
        "http",
        r#"{"body": "AQID", "isBase64Encoded": true, "headers": {"content-type": "image/png"}}"#,
    ),
    facts: &["R-130", "R-131", "H-023", "H-024", "U-008"],
    ..Rule::PLAIN
};
