//! The flavours of event: names, schemas, the marks by which one is known, and which flavour an
//! event is of.

use jsonschema::ErrorIterator;
use serde_json::Value;

/// Validators as `jsonschema` generates them from the published files.
mod generated {
    #![allow(missing_docs, unreachable_pub, unused_qualifications, clippy::all)]

    macro_rules! validators {
        ($($name:ident $path:literal)*) => {
            $(#[jsonschema::validator(path = $path)]
            pub struct $name;)*
        };
    }

    validators! {
        Rest "schemas/event/rest.json"
        Http "schemas/event/http.json"
        HttpV1 "schemas/event/http-v1.json"
        Websocket "schemas/event/websocket.json"
        Url "schemas/event/url.json"
        Alb "schemas/event/alb.json"
        AlbMulti "schemas/event/alb-multi.json"
        Lattice "schemas/event/lattice.json"
        AuthorizerToken "schemas/event/authorizer-token.json"
        AuthorizerRequest "schemas/event/authorizer-request.json"
        AuthorizerHttp "schemas/event/authorizer-http.json"
        AuthorizerHttpV1 "schemas/event/authorizer-http-v1.json"
        AuthorizerWebsocket "schemas/event/authorizer-websocket.json"
    }
}

/// A flavour of event, with the name that `--api` and reports use.
pub struct EventFlavor {
    /// The name, such as `rest` or `authorizer-token`.
    pub name: &'static str,
    /// What it is in a sentence: `a REST API's event`.
    pub title: &'static str,
    /// The published schema.
    pub schema: &'static str,
    /// Its refusals.
    pub(super) errors: for<'e> fn(&'e Value) -> ErrorIterator<'e>,
    /// What every event of this flavour has, and together no other.
    marks: &'static [&'static Mark],
}

impl std::fmt::Debug for EventFlavor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for EventFlavor {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Something by which a flavour is known.
struct Mark {
    /// When it is there: `it has requestContext.elb`.
    has: &'static str,
    /// When it is not.
    lacks: &'static str,
    holds: fn(&Value) -> bool,
}

/// Which flavour an event is of, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// The flavour.
    pub flavor: &'static EventFlavor,
    /// Whether it was asked for and not found out.
    pub asked: bool,
    /// What speaks for it.
    pub because: Vec<&'static str>,
    /// What speaks against it, and still it is the nearest.
    pub despite: Vec<&'static str>,
    /// The others, each with the first thing that speaks against it.
    pub others: Vec<(&'static EventFlavor, &'static str)>,
}

macro_rules! mark {
    ($name:ident, $has:literal, $lacks:literal, $holds:expr) => {
        static $name: Mark = Mark { has: $has, lacks: $lacks, holds: $holds };
    };
}

fn has(event: &Value, pointer: &str) -> bool {
    event.pointer(pointer).is_some()
}

fn is(event: &Value, pointer: &str, text: &str) -> bool {
    event.pointer(pointer).and_then(Value::as_str) == Some(text)
}

fn is_url(event: &Value) -> bool {
    let name = event.pointer("/requestContext/domainName").and_then(Value::as_str);
    name.is_some_and(|name| name.contains(".lambda-url."))
}

mark!(HTTP_METHOD, "it has `httpMethod`", "it has no `httpMethod`", |e| has(e, "/httpMethod"));
mark!(RESOURCE, "it has `resource`", "it has no `resource`", |e| has(e, "/resource"));
// R-002, H-040: the version tells REST from payload format 1.0
mark!(NO_VERSION, "it has no `version`", "it has a `version`", |e| !has(e, "/version"));
mark!(V1, "its `version` is 1.0", "its `version` is not 1.0", |e| is(e, "/version", "1.0"));
mark!(V2, "its `version` is 2.0", "its `version` is not 2.0", |e| is(e, "/version", "2.0"));
mark!(CONTEXT_HTTP, "it has `requestContext.http`", "it has no `requestContext.http`", |e| has(
    e,
    "/requestContext/http"
));
mark!(URL_HOST, "its host is a function URL", "its host is no function URL", is_url); // U-007
mark!(NO_URL_HOST, "its host is no function URL", "its host is a function URL", |e| !is_url(e));
mark!(NO_TYPE, "it has no `type`", "it has a `type`", |e| !has(e, "/type"));
mark!(TOKEN, "its `type` is TOKEN", "its `type` is not TOKEN", |e| is(e, "/type", "TOKEN"));
mark!(REQUEST, "its `type` is REQUEST", "its `type` is not REQUEST", |e| is(e, "/type", "REQUEST"));
mark!(
    CONNECTION,
    "it has `requestContext.connectionId`",
    "it has no `requestContext.connectionId`",
    |e| has(e, "/requestContext/connectionId") || has(e, "/requestContext/eventType")
);
mark!(
    NO_CONNECTION,
    "it has no `requestContext.connectionId`",
    "it has `requestContext.connectionId`",
    |e| !has(e, "/requestContext/connectionId") && !has(e, "/requestContext/eventType")
);
mark!(ELB, "it has `requestContext.elb`", "it has no `requestContext.elb`", |e| has(
    e,
    "/requestContext/elb"
));
mark!(NO_ELB, "it has no `requestContext.elb`", "it has `requestContext.elb`", |e| !has(
    e,
    "/requestContext/elb"
));
mark!(SINGLE, "it has no `multiValueHeaders`", "it has `multiValueHeaders`", |e| !has(
    e,
    "/multiValueHeaders"
));
mark!(MULTI, "it has `multiValueHeaders`", "it has no `multiValueHeaders`", |e| has(e, "/multiValueHeaders"));
mark!(LATTICE, "it has `requestContext.serviceArn`", "it has no `requestContext.serviceArn`", |e| has(
    e,
    "/requestContext/serviceArn"
) || has(
    e,
    "/requestContext/serviceNetworkArn"
));

macro_rules! flavours {
    ($($name:literal $title:literal $validator:ident [$($mark:ident)*])*) => {
        /// Every flavour of event, in the order in which they are listed.
        pub static ALL: &[EventFlavor] = &[$(EventFlavor {
            name: $name,
            title: $title,
            schema: include_str!(concat!("../../../schemas/event/", $name, ".json")),
            errors: |event| generated::$validator::iter_errors(event),
            marks: &[$(&$mark),*],
        }),*];
    };
}

flavours! {
    "rest" "a REST API's event" Rest [HTTP_METHOD RESOURCE NO_VERSION NO_TYPE NO_ELB]
    "http" "an HTTP API's event, payload format 2.0" Http [V2 CONTEXT_HTTP NO_URL_HOST NO_TYPE]
    "http-v1" "an HTTP API's event, payload format 1.0" HttpV1 [V1 HTTP_METHOD NO_TYPE NO_ELB]
    "websocket" "a WebSocket API's event" Websocket [CONNECTION NO_TYPE]
    "url" "a function URL's event" Url [V2 CONTEXT_HTTP URL_HOST NO_TYPE]
    "alb" "a load balancer's event" Alb [ELB SINGLE]
    "alb-multi" "a load balancer's event, multi-value headers" AlbMulti [ELB MULTI]
    "lattice" "a VPC Lattice event, version 2" Lattice [LATTICE]
    "authorizer-token" "a TOKEN authorizer's event" AuthorizerToken [TOKEN]
    "authorizer-request" "a REQUEST authorizer's event" AuthorizerRequest
        [REQUEST HTTP_METHOD NO_VERSION NO_CONNECTION]
    "authorizer-http" "an HTTP API authorizer's event, payload format 2.0" AuthorizerHttp [REQUEST V2]
    "authorizer-http-v1" "an HTTP API authorizer's event, payload format 1.0" AuthorizerHttpV1 [REQUEST V1]
    "authorizer-websocket" "a WebSocket API authorizer's event" AuthorizerWebsocket [REQUEST CONNECTION]
}

impl EventFlavor {
    /// The flavour of that name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|flavor| flavor.name == name)
    }

    /// The event that the schema gives as its example.
    pub fn example(&self) -> Value {
        let schema: Value = serde_json::from_str(self.schema).unwrap_or_default();
        schema.pointer("/examples/0").cloned().unwrap_or_default()
    }

    /// Whether its name is one of these.
    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        names.contains(&self.name)
    }
}

/// The flavour that was asked for, or the one whose marks an event has; where none fits, the one
/// that most speaks for, if anything more than an absence does.
pub(super) fn detect(event: &Value, asked: Option<&'static EventFlavor>) -> Option<Detection> {
    let flavor = match asked {
        Some(flavor) => flavor,
        None if event.is_object() => ALL
            .iter()
            .find(|flavor| flavor.marks.iter().all(|mark| (mark.holds)(event)))
            .or_else(|| nearest(event))?,
        None => return None,
    };
    let (because, despite): (Vec<&Mark>, Vec<&Mark>) =
        flavor.marks.iter().partition(|mark| (mark.holds)(event));
    let against = |other: &'static EventFlavor| {
        let mark = other.marks.iter().find(|mark| !(mark.holds)(event));
        (other, mark.map_or("another fits as well", |mark| mark.lacks))
    };
    Some(Detection {
        flavor,
        asked: asked.is_some(),
        because: because.iter().map(|mark| mark.has).collect(),
        despite: despite.iter().map(|mark| mark.lacks).collect(),
        others: ALL.iter().filter(|other| *other != flavor).map(against).collect(),
    })
}

/// The flavour with the greatest share of its marks; absences do not count.
fn nearest(event: &Value) -> Option<&'static EventFlavor> {
    let share = |flavor: &EventFlavor| {
        let present = |mark: &&&Mark| !(mark.holds)(&Value::Null);
        let of = flavor.marks.iter().filter(present).count().max(1);
        let held = flavor.marks.iter().filter(present).filter(|mark| (mark.holds)(event)).count();
        held * 60 / of
    };
    let best = ALL.iter().map(share).max().filter(|share| *share > 0)?;
    ALL.iter().find(|flavor| share(flavor) == best)
}
