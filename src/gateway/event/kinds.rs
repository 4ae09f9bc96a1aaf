//! The kinds of event that people name: a flavour and a method, or a moment.

use super::Moment;
use crate::gateway::{Flavor, Setting};

/// A kind of event, such as `rest-get`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// The name on the command line.
    pub name: String,
    /// The flavour of the event.
    pub flavor: Flavor,
    /// The method of the request; `None` for `any`, whose route takes every method.
    pub method: Option<&'static str>,
    /// What the event tells of.
    pub moment: Moment,
    /// One line about it.
    pub summary: String,
}

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A line for each flavour with a kind for each method: what its events are in words.
const FAMILIES: &[(Flavor, &str)] = &[
    (Flavor::Rest, "REST API, Lambda proxy integration"),
    (Flavor::Http, "HTTP API, payload format 2.0"),
    (Flavor::HttpV1, "HTTP API, payload format 1.0"),
    (Flavor::Url, "Lambda function URL"),
    (Flavor::Alb, "Application Load Balancer"),
    (Flavor::AlbMulti, "Application Load Balancer, multi-value headers"),
    (Flavor::Lattice, "VPC Lattice service, event version 2"),
];

/// A line for each kind that is no client's request: its name, its flavour, the method, the moment,
/// and what it is in words.
const MOMENTS: &[(&str, Flavor, &str, Moment, &str)] = &[
    (
        "rest-test-invoke",
        Flavor::Rest,
        "GET",
        Moment::TestInvoke,
        "REST API: a test in the console, or by TestInvokeMethod",
    ),
    (
        "alb-health-check",
        Flavor::Alb,
        "GET",
        Moment::HealthCheck,
        "Application Load Balancer: a health check of its target",
    ),
];

/// Every kind, in the order in which they are listed.
pub fn all() -> Vec<EventKind> {
    let requests = FAMILIES.iter().flat_map(|(flavor, what)| {
        let any = flavor.facts().knows(Setting::Routes).then_some(None);
        METHODS.iter().copied().map(Some).chain(any).map(move |method| request(*flavor, what, method))
    });
    let moments = MOMENTS.iter().map(|(name, flavor, method, moment, summary)| EventKind {
        name: (*name).to_owned(),
        flavor: *flavor,
        method: Some(method),
        moment: *moment,
        summary: (*summary).to_owned(),
    });
    requests.chain(moments).collect()
}

impl EventKind {
    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        all().into_iter().find(|kind| kind.name == name)
    }
}

fn request(flavor: Flavor, what: &str, method: Option<&'static str>) -> EventKind {
    let name = format!("{flavor}-{}", method.map_or_else(|| "any".to_owned(), str::to_ascii_lowercase));
    let summary = match method {
        Some("OPTIONS") => format!("{what}: an OPTIONS request"),
        Some(method) => format!("{what}: a {method} request"),
        None => format!("{what}: a request that an ANY route takes"),
    };
    EventKind { name, flavor, method, moment: Moment::Request, summary }
}
