//! Rules about the headers of an event, and about who calls whom.

use super::place;
use crate::lint::finding::Severity;
use crate::lint::rule::{Example, Rule};

pub(in crate::lint::rules) static HEADER_NAME_CASE: Rule = Rule {
    code: "AGW226",
    name: "header-name-case",
    severity: Severity::Error,
    title: "a header name is in a case that AWS never writes",
    why: "HTTP APIs with payload format 2.0, function URLs and load balancers write all names in lower case. REST APIs keep the case of the client, but for Authorization, Host, User-Agent and what they add themselves.",
    message: |notice| format!("a header is {}", notice.found),
    help: "write the name as AWS does, and look headers up without case",
    fixes: &[],
    bad: &[
        Example::part("http", r#"{"headers": {"Header1": "value1"}}"#),
        Example::part(
            "rest",
            r#"{"headers": {"authorization": "x"}, "multiValueHeaders": {"authorization": ["x"]}}"#,
        ),
    ],
    good: Example::part("http", r#"{"headers": {"header1": "value1"}}"#),
    facts: &["R-061", "R-062", "H-014", "H-100", "L-004"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static COOKIE_HEADER_LEFT: Rule = Rule {
    code: "AGW227",
    name: "cookie-header-left",
    severity: Severity::Error,
    title: "the cookie header stands in an event of payload format 2.0",
    why: "An HTTP API moves cookies into the list `cookies` and takes the header out. Code that reads the header finds nothing on AWS.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "move the cookies into `cookies`, one each",
    fixes: &[],
    bad: &[Example::part("http", r#"{"headers": {"cookie": "a=1"}}"#)],
    good: Example::part("http", r#"{"cookies": ["a=1"]}"#),
    facts: &["H-016"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static COOKIES_MISMATCH: Rule = Rule {
    code: "AGW228",
    name: "cookies-mismatch",
    severity: Severity::Error,
    title: "`cookies` and the cookie header disagree",
    why: "A function URL leaves the cookie header where it is, and lists its pieces in `cookies` as well.",
    message: |notice| format!("{}: {}", place(notice), notice.found),
    help: "write the cookies in both places",
    fixes: &[],
    bad: &[Example::part("url", r#"{"cookies": ["a=1"]}"#)],
    good: Example::part("url", r#"{"cookies": ["a=1", "b=2"], "headers": {"cookie": "a=1; b=2"}}"#),
    facts: &["U-004"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static HEADER_NEVER_SENT: Rule = Rule {
    code: "AGW229",
    name: "header-never-sent",
    severity: Severity::Error,
    title: "a header stands in the event that never reaches a function",
    why: "REST APIs drop Content-Length, Connection and some more, and keep signatures to themselves.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "remove the header",
    fixes: &[],
    bad: &[Example::part(
        "rest",
        r#"{"headers": {"Content-Length": "15"}, "multiValueHeaders": {"Content-Length": ["15"]}}"#,
    )],
    good: Example::part(
        "rest",
        r#"{"headers": {"Accept": "*/*"}, "multiValueHeaders": {"Accept": ["*/*"]}}"#,
    ),
    facts: &["R-075", "R-077", "R-079", "H-017"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static GATEWAY_HEADER_MISSING: Rule = Rule {
    code: "AGW230",
    name: "gateway-header-missing",
    severity: Severity::Info,
    title: "headers are missing that AWS adds to every request",
    why: "Whatever the client sends, AWS adds the host, the forwarding headers and mostly a trace id.",
    message: |notice| format!("{} has {}", place(notice), notice.found),
    help: "add them, or let `apigw event gen` write the event",
    fixes: &[],
    bad: &[Example::event(
        "rest",
        r#"{"resource": "/", "path": "/", "httpMethod": "GET", "headers": {"Accept": "*/*"}, "multiValueHeaders": {"Accept": ["*/*"]}}"#,
    )],
    good: Example::part(
        "rest",
        r#"{"headers": {"Accept": "*/*"}, "multiValueHeaders": {"Accept": ["*/*"]}}"#,
    ),
    facts: &["R-068", "R-081", "H-017", "H-047", "H-048", "U-006", "L-004"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static TRACE_ID_FORM: Rule = Rule {
    code: "AGW231",
    name: "trace-id-form",
    severity: Severity::Warning,
    title: "the trace header has no root of the right form",
    why: "AWS writes Root=1-, the seconds since 1970 in eight hexadecimal digits, and 24 more. Tracers refuse anything else.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write Root=1-67752a40-4f2e1b0c9d8e7f6a5b4c3d2e or the like",
    fixes: &[],
    bad: &[Example::part(
        "rest",
        r#"{"headers": {"X-Amzn-Trace-Id": "trace"}, "multiValueHeaders": {"X-Amzn-Trace-Id": ["trace"]}}"#,
    )],
    good: Example::part(
        "rest",
        r#"{"headers": {"X-Amzn-Trace-Id": "Root=1-67752a40-4f2e1b0c9d8e7f6a5b4c3d2e"}, "multiValueHeaders": {"X-Amzn-Trace-Id": ["Root=1-67752a40-4f2e1b0c9d8e7f6a5b4c3d2e"]}}"#,
    ),
    facts: &["R-072", "R-073"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static SOURCE_IP_FORM: Rule = Rule {
    code: "AGW232",
    name: "source-ip-form",
    severity: Severity::Error,
    title: "the source address is not an address",
    why: "It is one IPv4 or IPv6 address, without a port and without a network mask. Only test calls of the console say test-invoke-source-ip.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write one address, such as 203.0.113.10",
    fixes: &[],
    bad: &[Example::part("http", r#"{"requestContext": {"http": {"sourceIp": "192.168.0.1/32"}}}"#)],
    good: Example::part("http", r#"{"requestContext": {"http": {"sourceIp": "203.0.113.10"}}}"#),
    facts: &["R-071", "H-020"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static SOURCE_IP_MISMATCH: Rule = Rule {
    code: "AGW233",
    name: "source-ip-mismatch",
    severity: Severity::Error,
    title: "the source address is not among the forwarding addresses",
    why: "The last client address in X-Forwarded-For is the one that AWS saw. Code that limits by address reads one of the two.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write the same address in both",
    fixes: &[],
    bad: &[Example::part("rest", r#"{"requestContext": {"identity": {"sourceIp": "198.51.100.7"}}}"#)],
    good: Example::part("rest", r#"{"requestContext": {"identity": {"sourceIp": "203.0.113.10"}}}"#),
    facts: &["R-071", "H-017"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static HOST_MISMATCH: Rule = Rule {
    code: "AGW234",
    name: "host-mismatch",
    severity: Severity::Error,
    title: "host, domain name and API id disagree",
    why: "The domain name is the host of the call, its prefix is the first label, and on the API's own host that is the API id. Code that builds links from one of them leads elsewhere.",
    message: |notice| format!("{} is {}", place(notice), notice.found),
    help: "write one name in all places",
    fixes: &[],
    bad: &[
        Example::part("rest", r#"{"requestContext": {"domainPrefix": "other"}}"#),
        Example::part(
            "rest",
            r#"{"headers": {"Host": "example.com"}, "multiValueHeaders": {"Host": ["example.com"]}}"#,
        ),
    ],
    good: Example::part("rest", r#"{"requestContext": {"domainPrefix": "a1b2c3d4e5"}}"#),
    facts: &["R-094", "H-019", "U-007"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static METHOD_ARN_MISMATCH: Rule = Rule {
    code: "AGW235",
    name: "method-arn-mismatch",
    severity: Severity::Error,
    title: "the ARN names another call than the event",
    why: "The policy that the authorizer returns is compared with this ARN, and with nothing else.",
    message: |notice| format!("{}: {}", place(notice), notice.found),
    help: "build the ARN from account, API, stage, method and path of the request",
    fixes: &[],
    bad: &[Example::part(
        "authorizer-request",
        r#"{"methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/dev/POST/users/42"}"#,
    )],
    good: Example::part(
        "authorizer-request",
        r#"{"methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/users/42"}"#,
    ),
    facts: &["R-235", "R-236", "H-097", "H-100"],
    ..Rule::PLAIN
};

pub(in crate::lint::rules) static CLIENT_CERT_UNLIKELY: Rule = Rule {
    code: "AGW236",
    name: "client-cert-unlikely",
    severity: Severity::Warning,
    title: "a client certificate came in on the API's own host",
    why: "The certificate is there with mutual TLS only, and that is configured on a custom domain.",
    message: |notice| format!("{} is odd: {}", place(notice), notice.found),
    help: "remove it, or use the custom domain as the host",
    fixes: &[],
    bad: &[Example::part(
        "http",
        r#"{"requestContext": {"authentication": {"clientCert": {"subjectDN": "CN=me"}}}}"#,
    )],
    good: Example::part(
        "http",
        r#"{"requestContext": {"domainName": "api.example.com", "domainPrefix": "api", "authentication": {"clientCert": {"subjectDN": "CN=me"}}}, "headers": {"host": "api.example.com"}}"#,
    ),
    facts: &["H-030", "R-112"],
    ..Rule::PLAIN
};
