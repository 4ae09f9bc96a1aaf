//! The kinds of event that people name: a flavour and a method, or a moment.

use super::{Moment, aliases};
use crate::gateway::{AuthorizerKind, Flavor, Front, Setting};

/// A kind of event, such as `rest-get`, `websocket-connect` or `authorizer-token`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// The name on the command line.
    pub name: String,
    /// Who receives what the function makes of the event.
    pub front: Front,
    /// The flavour of the API that is called.
    pub flavor: Flavor,
    /// The method of the request; `None` for `any`, whose route takes every method, and for what
    /// happens on a connection.
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
const MOMENTS: &[(&str, Flavor, Option<&str>, Moment, &str)] = &[
    (
        "rest-test-invoke",
        Flavor::Rest,
        Some("GET"),
        Moment::TestInvoke,
        "REST API: a test in the console, or by TestInvokeMethod",
    ),
    (
        "alb-health-check",
        Flavor::Alb,
        Some("GET"),
        Moment::HealthCheck,
        "Application Load Balancer: a health check of its target",
    ),
    (
        "websocket-connect",
        Flavor::Websocket,
        None,
        Moment::Connect,
        "WebSocket API: a client opens a connection ($connect)",
    ),
    (
        "websocket-message",
        Flavor::Websocket,
        None,
        Moment::Message,
        "WebSocket API: a client sends a message",
    ),
    (
        "websocket-disconnect",
        Flavor::Websocket,
        None,
        Moment::Disconnect,
        "WebSocket API: a connection was closed ($disconnect)",
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
        front: (*flavor).into(),
        flavor: *flavor,
        method: *method,
        moment: *moment,
        summary: (*summary).to_owned(),
    });
    requests.chain(moments).chain(AuthorizerKind::ALL.map(of_authorizer)).collect()
}

impl EventKind {
    /// The kind of that name, or of a name that another tool has for it.
    pub fn from_name(name: &str) -> Option<Self> {
        let find = |name: &str| all().into_iter().find(|kind| kind.name == name);
        find(name).or_else(|| find(aliases::kind_of(name)?))
    }
}

fn request(flavor: Flavor, what: &str, method: Option<&'static str>) -> EventKind {
    let name = format!("{flavor}-{}", method.map_or_else(|| "any".to_owned(), str::to_ascii_lowercase));
    let summary = match method {
        Some("OPTIONS") => format!("{what}: an OPTIONS request"),
        Some(method) => format!("{what}: a {method} request"),
        None => format!("{what}: a request that an ANY route takes"),
    };
    EventKind { name, front: flavor.into(), flavor, method, moment: Moment::Request, summary }
}

fn of_authorizer(kind: AuthorizerKind) -> EventKind {
    let facts = kind.facts();
    let (method, moment) = match facts.flavor {
        Flavor::Websocket => (None, Moment::Connect),
        _ => (Some("GET"), Moment::Request),
    };
    EventKind {
        name: facts.name.to_owned(),
        front: kind.into(),
        flavor: facts.flavor,
        method,
        moment,
        summary: format!("Lambda authorizer: {}", facts.title),
    }
}
