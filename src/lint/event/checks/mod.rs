//! What must agree in an event, beyond what a schema can say: one file a subject.

mod arn;
mod body;
mod headers;
mod host;
mod maps;
mod paths;
mod routes;
mod time;

pub(in crate::lint) use headers::writes_lower_case;

use super::flavours::EventFlavor;
use crate::gateway::{Evidence, Notice, NoticeKind};
use crate::json::Pointer;
use serde_json::{Map, Value};

/// An event under examination.
struct Event<'e> {
    value: &'e Value,
    flavor: &'e EventFlavor,
}

/// Every check; each looks only at what the flavour has.
const CHECKS: &[fn(&Event<'_>) -> Vec<Notice>] = &[
    maps::maps,
    time::time,
    paths::stage,
    paths::slashes,
    paths::copies,
    routes::template,
    routes::parameters,
    routes::method,
    routes::route_key,
    routes::query,
    headers::case,
    headers::cookies,
    headers::never_sent,
    headers::missing,
    headers::trace_id,
    host::host,
    host::source_ip,
    host::client_cert,
    body::base64,
    arn::arn,
];

/// What does not agree in an event.
pub(super) fn notices(value: &Value, flavor: &EventFlavor) -> Vec<Notice> {
    let event = Event { value, flavor };
    CHECKS.iter().flat_map(|check| check(&event)).collect()
}

impl<'e> Event<'e> {
    fn text(&self, pointer: &str) -> Option<&'e str> {
        self.value.pointer(pointer)?.as_str()
    }

    fn map(&self, key: &str) -> Option<&'e Map<String, Value>> {
        self.value.get(key)?.as_object()
    }

    /// The headers with text values, from the map that the flavour has: name, value, and where.
    fn headers(&self) -> Vec<(&'e str, &'e str, Pointer)> {
        let single = self.map("headers").into_iter().flatten();
        let mut all: Vec<_> = single
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?, at("/headers").child(name))))
            .collect();
        if self.value.get("headers").is_none() {
            let multi = self.map("multiValueHeaders").into_iter().flatten();
            all.extend(multi.filter_map(|(name, values)| {
                let last = values.as_array()?.last()?.as_str()?;
                Some((name.as_str(), last, at("/multiValueHeaders").child(name)))
            }));
        }
        all
    }

    fn header(&self, name: &str) -> Option<&'e str> {
        self.headers().into_iter().find(|(own, _, _)| own.eq_ignore_ascii_case(name)).map(|found| found.1)
    }

    fn is_any(&self, names: &[&str]) -> bool {
        self.flavor.is_any(names)
    }

    /// The method, wherever the flavour has it.
    fn method(&self) -> Option<(&'e str, &'static str)> {
        let places = ["/httpMethod", "/requestContext/http/method", "/method"];
        places.into_iter().find_map(|place| Some((self.text(place)?, place)))
    }

    /// Whether this is a call of the console's test function.
    fn is_test(&self) -> bool {
        self.text("/requestContext/stage") == Some(crate::gateway::TEST_STAGE)
    }

    /// Whether it came in under the API's own host name, where the stage stands in the path.
    fn on_own_host(&self) -> bool {
        self.text("/requestContext/domainName").is_some_and(|name| name.contains(".execute-api."))
    }

    fn notice(
        &self,
        kind: NoticeKind,
        pointer: Pointer,
        found: impl Into<String>,
        facts: &[&str],
        evidence: Evidence,
    ) -> Notice {
        let value = self.value.pointer(&pointer.to_string()).unwrap_or(&Value::Null);
        Notice::new(kind, pointer, value).because(facts, evidence).found(found)
    }
}

/// A pointer in this module's own words.
fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).unwrap_or_default()
}
