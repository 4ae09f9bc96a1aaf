//! The flavours of front end, and the one table of what differs between them in numbers and text.

mod rows;

use super::errors::GatewayError;
use super::event::{Call, Unroutable};
use super::host::{HostName, Service};
use super::notice::{Evidence, Notice};
use super::respond::{Exchange, Outcome};
use super::setting::Setting;
use crate::http::Request;
use serde_json::Value;
use std::fmt;

/// A front end that turns requests into events and handler results into responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavor {
    /// REST API with a Lambda proxy integration.
    Rest,
    /// HTTP API with payload format 2.0.
    Http,
    /// HTTP API with payload format 1.0.
    HttpV1,
    /// Lambda function URL.
    Url,
    /// Application Load Balancer, whose target group has single-value headers.
    Alb,
    /// Application Load Balancer, whose target group has multi-value headers.
    AlbMulti,
    /// VPC Lattice service, event structure version 2.
    Lattice,
    /// WebSocket API with a Lambda proxy integration.
    Websocket,
}

/// What a flavour is, in one row: its names, its own answers, and its two directions.
pub struct Facts {
    /// The flavour that this row describes.
    pub flavor: Flavor,
    /// The name on the command line and in reports.
    pub name: &'static str,
    /// The name in sentences.
    pub title: &'static str,
    /// How the numbers of the facts about it begin.
    pub fact_prefix: &'static str,
    /// Who answers in its place when something fails, as the subject of a sentence.
    pub actor: &'static str,
    /// The service under whose names it answers.
    pub service: Service,
    /// Its id when nobody names one.
    pub default_id: &'static str,
    /// What can be set of it, and known of its callers.
    pub knows: &'static [Setting],
    /// The stage when nobody names one.
    pub default_stage: &'static str,
    /// The content type when a result names none; empty if there is none then.
    pub default_content_type: &'static str,
    /// The answer to a result that is malformed, and to a function that failed.
    pub refusal: &'static GatewayError,
    /// The largest result that it takes, in bytes.
    pub max_result_bytes: usize,
    /// The answer to a result that is larger.
    pub too_large: &'static GatewayError,
    /// The fact behind the refusal of a failed function, and how well it is known.
    pub failure_is_known: (&'static str, Evidence),
    /// The fact behind `too_large`, and how well it is known.
    pub too_large_is_known: (&'static str, Evidence),
    /// The fact behind the refusal of bytes that are no JSON, and how well it is known.
    pub garbage_is_known: (&'static str, Evidence),
    /// The answer when the integration's time limit passes before the function's.
    pub timeout: &'static GatewayError,
    /// The answer to a request that no route matches.
    pub no_route: &'static GatewayError,
    /// Which log tells people about a malformed result, and its line as they find it in CloudWatch.
    pub malformed_log: &'static str,
    /// The published shape of a result.
    pub result_schema: &'static str,
    pub(super) refusals: fn(&Value) -> Vec<Notice>,
    pub(super) build_event: fn(&Call<'_>) -> Result<Value, Unroutable>,
    pub(super) read_event: fn(&Value) -> Option<Request>,
    pub(super) accept: fn(&Exchange<'_>, &Value) -> Outcome,
    pub(super) own_answer: fn(&Exchange<'_>, &GatewayError) -> crate::http::Response,
}

impl Facts {
    /// Whether that can be set of it, or known of its callers.
    pub fn knows(&self, setting: Setting) -> bool {
        self.knows.contains(&setting)
    }

    /// The title behind its article: `an HTTP API`.
    pub fn a_title(&self) -> String {
        let vowel = self.title.starts_with(['A', 'E', 'I', 'O', 'U']) || self.title.starts_with("HTTP");
        format!("{} {}", if vowel { "an" } else { "a" }, self.title)
    }
}

/// The table; a flavour's place in it is its discriminant.
static TABLE: [&Facts; Flavor::ALL.len()] = [
    &rows::REST,
    &rows::HTTP,
    &rows::HTTP_V1,
    &rows::URL,
    &rows::ALB,
    &rows::ALB_MULTI,
    &rows::LATTICE,
    &rows::WEBSOCKET,
];

impl Flavor {
    /// Every flavour, in the order in which they are listed to people.
    pub const ALL: [Self; 8] = [
        Self::Rest,
        Self::Http,
        Self::HttpV1,
        Self::Url,
        Self::Alb,
        Self::AlbMulti,
        Self::Lattice,
        Self::Websocket,
    ];

    /// The flavour's row in the table.
    pub fn facts(self) -> &'static Facts {
        TABLE[self as usize]
    }

    /// The flavour of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavor| flavor.facts().name == name)
    }

    /// The flavour whose events look like this one; `None` if it is no event that we know.
    pub fn of_event(event: &Value) -> Option<Self> {
        let context = event.get("requestContext")?;
        if context.get("elb").is_some() {
            // L-001: one kind of map, or the other
            return Some(if event.get("multiValueHeaders").is_some() { Self::AlbMulti } else { Self::Alb });
        }
        if context.get("serviceNetworkArn").is_some() {
            return Some(Self::Lattice); // V-002
        }
        // H-001; a REST event has no version, one with version 1.0 is an HTTP API's
        match event.get("version").and_then(Value::as_str) {
            Some("2.0") => context.get("http").map(|_| {
                let domain = context.get("domainName").and_then(Value::as_str).unwrap_or_default();
                let of_url = HostName::parse(domain).is_some_and(|host| host.service == Service::LambdaUrl);
                if of_url { Self::Url } else { Self::Http } // U-007
            }),
            Some("1.0") => event.get("httpMethod").map(|_| Self::HttpV1), // H-040
            Some(_) => None,
            // W-001, W-005: no HTTP parts, but a connection
            None if context.get("connectionId").is_some() => Some(Self::Websocket),
            None => event.get("httpMethod").map(|_| Self::Rest),
        }
    }
}

impl fmt::Display for Flavor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.facts().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_flavour_has_its_own_row() {
        for flavor in Flavor::ALL {
            assert_eq!(flavor.facts().flavor, flavor);
            assert_eq!(Flavor::from_name(flavor.facts().name), Some(flavor));
        }
    }

    #[test]
    fn events_are_told_apart_by_what_they_alone_have() {
        let of = |event: Value| Flavor::of_event(&event).map(|flavor| flavor.facts().name);
        let context = |domain: &str| json!({ "http": {}, "domainName": domain });
        let cases = [
            (json!({ "version": "2.0", "requestContext": context("a.lambda-url.eu-west-1.on.aws") }), "url"),
            (json!({ "version": "2.0", "requestContext": context("api.example.com") }), "http"),
            (json!({ "version": "1.0", "httpMethod": "GET", "requestContext": {} }), "http-v1"),
            (json!({ "httpMethod": "GET", "requestContext": {} }), "rest"),
            (json!({ "httpMethod": "GET", "headers": {}, "requestContext": { "elb": {} } }), "alb"),
            (json!({ "multiValueHeaders": {}, "requestContext": { "elb": {} } }), "alb-multi"),
            (json!({ "version": "2.0", "requestContext": { "serviceNetworkArn": "" } }), "lattice"),
        ];
        for (event, name) in cases {
            assert_eq!(of(event.clone()), Some(name), "{event}");
        }
        for other in [json!({}), json!({ "version": "3.0", "requestContext": {} }), json!(1)] {
            assert_eq!(of(other), None);
        }
    }

    #[test]
    fn titles_have_their_article() {
        let titles = [Flavor::Rest, Flavor::HttpV1, Flavor::Url, Flavor::Alb].map(|f| f.facts().a_title());
        let expected =
            ["a REST API", "an HTTP API (payload 1.0)", "a function URL", "an Application Load Balancer"];
        assert_eq!(titles, expected);
    }
}
