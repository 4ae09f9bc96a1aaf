//! The kinds of event that people name: a flavour and a method.

use super::{Moment, aliases};
use crate::gateway::{AuthorizerKind, Flavor, Front};

/// A kind of event, such as `rest-get`, `websocket-connect` or `authorizer-token`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// The name on the command line.
    pub name: String,
    /// Who receives what the function makes of the event.
    pub front: Front,
    /// The flavour of the API that is called.
    pub flavor: Flavor,
    /// The method of the request; `None` for `any`, whose route takes every method.
    pub method: Option<&'static str>,
    /// What the event tells of.
    pub moment: Moment,
    /// One line about it.
    pub summary: String,
}

const METHODS: [Option<&str>; 8] = [
    Some("GET"),
    Some("POST"),
    Some("PUT"),
    Some("PATCH"),
    Some("DELETE"),
    Some("HEAD"),
    Some("OPTIONS"),
    None,
];

/// The row of a family: the flavour, and what its events are in words.
const FAMILIES: [(Flavor, &str); 2] =
    [(Flavor::Rest, "REST API, Lambda proxy integration"), (Flavor::Http, "HTTP API, payload format 2.0")];

/// Every kind, in the order in which they are listed.
pub fn all() -> Vec<EventKind> {
    let kinds = FAMILIES
        .iter()
        .flat_map(|(flavor, what)| METHODS.iter().map(move |method| kind(*flavor, what, *method)));
    kinds.chain(MOMENTS.iter().map(of_connection)).chain(AuthorizerKind::ALL.map(of_authorizer)).collect()
}

/// The moments of a WebSocket connection, and what happens then.
const MOMENTS: [(Moment, &str, &str); 3] = [
    (Moment::Connect, "connect", "a client opens a connection ($connect)"),
    (Moment::Message, "message", "a client sends a message"),
    (Moment::Disconnect, "disconnect", "a connection was closed ($disconnect)"),
];

fn of_connection((moment, word, what): &(Moment, &str, &str)) -> EventKind {
    let flavor = Flavor::Websocket;
    let (name, summary) = (format!("{flavor}-{word}"), format!("WebSocket API: {what}"));
    EventKind { name, front: flavor.into(), flavor, method: None, moment: *moment, summary }
}

fn of_authorizer(kind: AuthorizerKind) -> EventKind {
    let facts = kind.facts();
    let (method, moment) = match facts.flavor {
        Flavor::Websocket => (None, Moment::Connect),
        _ => (Some("GET"), Moment::Request),
    };
    let summary = format!("Lambda authorizer: {}", facts.title);
    EventKind {
        name: facts.name.to_owned(),
        front: kind.into(),
        flavor: facts.flavor,
        method,
        moment,
        summary,
    }
}

impl EventKind {
    /// The kind of that name, or of a name that another tool has for it.
    pub fn from_name(name: &str) -> Option<Self> {
        let find = |name: &str| all().into_iter().find(|kind| kind.name == name);
        find(name).or_else(|| find(aliases::kind_of(name)?))
    }
}

fn kind(flavor: Flavor, what: &str, method: Option<&'static str>) -> EventKind {
    let name = format!("{flavor}-{}", method.map_or_else(|| "any".to_owned(), str::to_ascii_lowercase));
    let summary = match method {
        Some(method) => format!("{what}: a {method} request"),
        None => format!("{what}: a request that an ANY route takes"),
    };
    EventKind { name, front: flavor.into(), flavor, method, moment: Moment::Request, summary }
}
