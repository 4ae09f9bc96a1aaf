//! Why AWS was not asked, or did not answer: in words, without anything secret.

use super::access::Access;
use super::advice::advice;
use super::service::Service;
use crate::http::Response;
use crate::http::secret::{HIDDEN, hidden_url};
use crate::transport::client::{SendError, SendErrorKind};
use serde_json::Value;

/// A call of one of AWS's APIs.
#[derive(Debug)]
pub(super) struct Call<'a> {
    /// Whose API it is.
    pub(super) service: Service,
    /// The action that the caller's policy must allow, such as `lambda:GetPolicy`.
    pub(super) action: &'static str,
    /// What it is about, in words.
    pub(super) about: &'a str,
    /// The path, escaped.
    pub(super) path: String,
    /// The query, unescaped.
    pub(super) query: Vec<(&'static str, String)>,
}

/// Why a question to AWS has no answer. Nothing secret is part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AwsError {
    /// What kind of failure it is.
    pub kind: AwsErrorKind,
    /// What was wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsErrorKind {
    /// There are no credentials, or those that are configured cannot be had.
    NoCredentials,
    /// No region is set.
    NoRegion,
    /// The credentials are no longer valid.
    Expired,
    /// AWS does not know the credentials, or the signature is wrong.
    NotAccepted,
    /// The caller may not do it.
    Denied,
    /// There is no such thing.
    NotFound,
    /// AWS asks to come back later, and did so again and again.
    Throttled,
    /// AWS failed.
    Failed,
    /// AWS refused it for another reason.
    Refused,
    /// An endpoint that is no URL.
    Endpoint,
    /// There is no connection.
    Network,
    /// The answer takes too long.
    TimedOut,
}

/// The errors of AWS by the words in their types, and what kinds they are.
const TYPES: [(&str, AwsErrorKind); 17] = [
    // What Lambda itself may not do with keys and networks, not the caller.
    ("KMS", AwsErrorKind::Refused),
    ("EC2AccessDenied", AwsErrorKind::Refused),
    // A status of 404, but of the call and not of what it is about.
    ("UnknownOperation", AwsErrorKind::Refused),
    ("ExpiredToken", AwsErrorKind::Expired),
    ("RequestExpired", AwsErrorKind::NotAccepted),
    ("UnrecognizedClient", AwsErrorKind::NotAccepted),
    ("InvalidClientTokenId", AwsErrorKind::NotAccepted),
    ("InvalidSignature", AwsErrorKind::NotAccepted),
    ("SignatureDoesNotMatch", AwsErrorKind::NotAccepted),
    ("IncompleteSignature", AwsErrorKind::NotAccepted),
    ("MissingAuthenticationToken", AwsErrorKind::Refused),
    ("AccessDenied", AwsErrorKind::Denied),
    ("Unauthorized", AwsErrorKind::Denied),
    ("Throttl", AwsErrorKind::Throttled),
    ("TooManyRequests", AwsErrorKind::Throttled),
    ("NotFound", AwsErrorKind::NotFound),
    ("Service", AwsErrorKind::Failed),
];

/// How much of what AWS says is repeated.
const LONGEST_TOLD: usize = 400;

impl AwsError {
    fn new(kind: AwsErrorKind, message: impl Into<String>, hint: &str) -> Self {
        Self { kind, message: message.into(), hint: (!hint.is_empty()).then(|| hint.to_owned()) }
    }

    pub(super) fn no_credentials(message: &str, hint: &str) -> Self {
        Self::new(AwsErrorKind::NoCredentials, message, hint)
    }

    pub(super) fn no_region() -> Self {
        let hint = "name it with --region, or set AWS_REGION, or `region` in the profile";
        Self::new(AwsErrorKind::NoRegion, "no AWS region is set", hint)
    }

    pub(super) fn network(error: &SendError) -> Self {
        let (kind, what) = match error.kind {
            SendErrorKind::Timeout => (AwsErrorKind::TimedOut, "AWS did not answer"),
            _ => (AwsErrorKind::Network, "AWS was not reached"),
        };
        Self::new(kind, format!("{what}: {}", error.message), "")
    }

    /// A URL at which nothing can be asked.
    pub(super) fn endpoint(base: &str, error: &SendError) -> Self {
        // It is none that can be read: all that may be a user and a password goes.
        let base = match (base.find("://"), base.rfind('@')) {
            (Some(scheme), Some(at)) if scheme < at => {
                format!("{}{HIDDEN}{}", &base[..scheme + 3], hidden_url(&base[at..]))
            }
            _ => hidden_url(base),
        };
        let hint = "endpoints come from --endpoint-url, AWS_ENDPOINT_URL… and the profile's endpoint_url";
        Self::new(AwsErrorKind::Endpoint, format!("the endpoint {base}: {}", error.message), hint)
    }

    /// An event stream that cannot be read to its end.
    pub(super) fn broken_stream(about: &str, why: &str) -> Self {
        let hint = "the function may have run; is the endpoint one that knows response streaming?";
        Self::new(AwsErrorKind::Failed, format!("the event stream of {about} is broken: {why}"), hint)
    }

    pub(super) fn unsigned() -> Self {
        let hint = "look for line ends and other control characters in the credentials";
        Self::new(AwsErrorKind::NotAccepted, "the request to AWS cannot be signed", hint)
    }

    pub(super) fn query_not_utf8(piece: &str) -> Self {
        let name = piece.split('=').next().unwrap_or_default();
        let message = format!("the request cannot be signed: the query parameter {name} is no UTF-8");
        Self::new(AwsErrorKind::Endpoint, message, "escape its value as UTF-8, or as base64")
    }

    pub(super) fn password_in_url() -> Self {
        let message = "the request cannot be signed: the URL has a user name or a password";
        Self::new(AwsErrorKind::Endpoint, message, "leave them out: the signature says who sends it")
    }

    pub(super) fn unreadable(call: &Call<'_>, status: u16) -> Self {
        let message =
            format!("the answer to {} for {} (status {status}) is no JSON", call.action, call.about);
        Self::new(AwsErrorKind::Failed, message, "is the endpoint one of AWS, or of an emulator of it?")
    }

    /// What an answer with an error status means.
    pub(super) fn of_response(call: &Call<'_>, response: &Response, access: &Access) -> Self {
        let body: Value = serde_json::from_slice(&response.body.0).unwrap_or_default();
        let raw = response.body.as_text().unwrap_or_default();
        let text = |names: &[&str]| {
            let json = names.iter().find_map(|name| body.get(name).and_then(Value::as_str));
            json.or_else(|| names.iter().find_map(|name| element(raw, name))).unwrap_or_default()
        };
        let header = response.headers.get("x-amzn-errortype").unwrap_or_default();
        let kind_of_error = if header.is_empty() { text(&["__type", "code", "Code"]) } else { header };
        let kind_of_error = kind_of_error.split(':').next().unwrap_or_default();
        let name = kind_of_error.rsplit('#').next().unwrap_or_default();
        let told = access.keys.hidden_in(&told(text(&["message", "Message"])));
        let kind = kind_of(response.status, name, &told);
        let said = match (name, told.as_str()) {
            ("", "") => format!("status {}", response.status),
            (name, "") => name.to_owned(),
            ("", told) => told.to_owned(),
            (name, told) => format!("{name}: {told}"),
        };
        let (action, about, region) = (call.action, call.about, &access.region);
        let (message, hint) = match kind {
            AwsErrorKind::Denied => (
                format!("the credentials may not do {action} on {about} ({said})"),
                format!("let the user or the role do {action}"),
            ),
            AwsErrorKind::Expired => (
                format!("the AWS credentials have expired ({said})"),
                "get new ones: `aws sso login`, or what else gives you them".to_owned(),
            ),
            AwsErrorKind::NotAccepted => (
                format!("AWS does not accept the credentials ({said})"),
                "check the access key, the region and this machine's clock".to_owned(),
            ),
            AwsErrorKind::NotFound => (
                format!("there is no {about} in {region} ({said})"),
                "check its name, the region and the account: --region, --profile".to_owned(),
            ),
            AwsErrorKind::Throttled => (
                format!("AWS has too many requests at the moment ({said})"),
                "try again in a minute".to_owned(),
            ),
            _ => (format!("{action} for {about} failed ({said})"), String::new()),
        };
        Self::new(kind, message, advice(response.status, name, text(&["Reason"])).unwrap_or(&hint))
    }

    /// Whether it is about this call alone: another one may have an answer.
    pub(super) fn is_about_the_call(&self) -> bool {
        use AwsErrorKind::{Denied, Failed, NotFound, Refused};
        matches!(self.kind, Denied | Failed | NotFound | Refused)
    }

    /// Whether the same request may have an answer a moment later.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self.kind, AwsErrorKind::Throttled | AwsErrorKind::Failed)
    }
}

/// What stands in the first element of that name: services that are asked in other ways, and
/// emulators of AWS, tell errors in XML.
fn element<'t>(xml: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}

/// What AWS says, up to where it repeats the request: that holds the token of the session.
fn told(message: &str) -> String {
    let before = message.split("The Canonical String").next().unwrap_or_default();
    let line = before.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    line.chars().take(LONGEST_TOLD).collect()
}

fn kind_of(status: u16, name: &str, told: &str) -> AwsErrorKind {
    let named = TYPES.iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| *kind);
    match (named, status) {
        (Some(kind), _) => kind,
        (None, 404) => AwsErrorKind::NotFound,
        (None, 429) => AwsErrorKind::Throttled,
        (None, 500..) => AwsErrorKind::Failed,
        (None, 401 | 403) if told.contains("expired") => AwsErrorKind::Expired,
        (None, 401 | 403) if told.contains("not authorized") => AwsErrorKind::Denied,
        (None, 401 | 403) => AwsErrorKind::NotAccepted,
        (None, _) => AwsErrorKind::Refused,
    }
}

impl From<SendError> for AwsError {
    fn from(error: SendError) -> Self {
        match error.kind {
            SendErrorKind::InvalidUrl => Self::new(AwsErrorKind::Endpoint, error.message, ""),
            _ => Self::network(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::access::Keys;
    use super::*;
    use crate::http::{Body, Headers};

    const TOKEN: &str = "FwoGZXIvYXdzEXAMPLETOKEN";

    fn error(status: u16, header: &str, body: &str) -> AwsError {
        let keys = Keys::new("AKIDEXAMPLE", "wJalrXUtnFEMI", Some(TOKEN.to_owned()));
        let access = Access::new(keys, "eu-west-1", None);
        let call = Call {
            service: Service::Lambda,
            action: "lambda:GetPolicy",
            about: "function users",
            path: "/".to_owned(),
            query: Vec::new(),
        };
        let headers = Headers::from_iter(
            (!header.is_empty()).then(|| ("x-amzn-ErrorType".to_owned(), header.to_owned())),
        );
        AwsError::of_response(&call, &Response { status, headers, body: Body(body.into()) }, &access)
    }

    #[test]
    fn errors_are_sorted_by_type_then_by_status() {
        use AwsErrorKind::*;
        let cases = [
            (404, "ResourceNotFoundException:http://internal.amazon.com/", r#"{"Message":"gone"}"#, NotFound),
            (403, "AccessDeniedException", r#"{"Message":"User: x is not authorized"}"#, Denied),
            (403, "", r#"{"message":"User: x is not authorized to perform"}"#, Denied),
            (403, "", r#"{"__type":"com.amazon#ExpiredTokenException","message":"m"}"#, Expired),
            (403, "", r#"{"message":"The security token included in the request is expired"}"#, Expired),
            (403, "UnrecognizedClientException", "{}", NotAccepted),
            (403, "", "<html>", NotAccepted),
            (404, "UnknownOperationException", "{}", Refused),
            (403, "", "<E><Code>AccessDenied</Code><Message>no</Message></E>", Denied),
            (429, "", "{}", Throttled),
            (400, "ThrottlingException", "{}", Throttled),
            (400, "InvalidParameterValueException", r#"{"message":"bad name"}"#, Refused),
            (503, "", "", Failed),
            (500, "ServiceException", "", Failed),
        ];
        for (status, header, body, kind) in cases {
            let error = error(status, header, body);
            assert_eq!(error.kind, kind, "{status} {header} {body}");
            assert_eq!(error.may_pass(), matches!(kind, Throttled | Failed));
        }
        let denied = error(403, "AccessDeniedException", "{}");
        assert!(denied.hint.unwrap().contains("lambda:GetPolicy"));
        let missing = error(404, "", "{}");
        assert_eq!(missing.message, "there is no function users in eu-west-1 (status 404)");
    }

    #[test]
    fn nothing_secret_is_repeated() {
        let canonical = format!(
            "The request signature we calculated does not match the signature you provided. The Canonical \
             String for this request should have been 'GET\\nx-amz-security-token:{TOKEN}'"
        );
        let bodies = [
            format!(r#"{{"message":"{canonical}"}}"#),
            format!(r#"{{"message":"the token {TOKEN} and the key wJalrXUtnFEMI of AKIDEXAMPLE"}}"#),
        ];
        for body in bodies {
            let error = error(403, "InvalidSignatureException", &body);
            let shown = format!("{error} {error:?}");
            for secret in [TOKEN, "wJalrXUtnFEMI", "AKIDEXAMPLE"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}
