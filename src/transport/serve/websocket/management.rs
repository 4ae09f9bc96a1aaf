//! The management API, `@connections`: programs send to clients, ask about them and close their
//! connections.

use super::registry::{Connections, Line};
use crate::gateway::door::ConnectionCall;
use crate::gateway::{Exchange, errors};
use crate::http::Request;
use crate::transport::page;
use crate::transport::serve::site::{Served, Site};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Answers a call for the connection of that id.
pub(super) fn answer(site: &Site, connections: &Connections, request: &Request, id: &str) -> Served {
    let (deployment, stamp) = (site.deployment(), site.stamp());
    let exchange = Exchange::new(&deployment.api, request, &stamp);
    let refuse = |error, reason: &str| Served::refused(deployment.connection_error(&exchange, error, reason));
    if let Some(reason) = page::refusal(|name| request.headers.get(name).map(str::as_bytes)) {
        return refuse(&errors::HTTP_FORBIDDEN, reason);
    }
    let call = match deployment.connection_call(&exchange, id) {
        Ok(call) => call,
        Err(refusal) => return Served::refused(*refusal),
    };
    let Some(line) = connections.get(id, &deployment.api) else {
        return refuse(&errors::CONNECTION_GONE, "no open connection has this id");
    };
    let told = match call {
        ConnectionCall::Get => Some(told_of(&line)),
        ConnectionCall::Delete => {
            connections.remove(id);
            line.closing.notify_one();
            None
        }
        // Clients get text only: what is no UTF-8 is replaced.
        ConnectionCall::Send if !line.send(String::from_utf8_lossy(&request.body).into_owned()) => {
            return refuse(&errors::CONNECTION_BUSY, "the client does not read its messages: too many wait");
        }
        ConnectionCall::Send => {
            line.is_active(stamp.epoch_ms());
            None
        }
    };
    Served::plain(call.done(&exchange, told.as_ref()))
}

fn told_of(line: &Line) -> Value {
    let time = |epoch_ms: i64| {
        let instant = OffsetDateTime::from_unix_timestamp_nanos(i128::from(epoch_ms) * 1_000_000).ok()?;
        instant.format(&Rfc3339).ok()
    };
    json!({
        "connectedAt": time(line.connected_ms),
        "identity": { "sourceIp": line.source_ip, "userAgent": line.user_agent },
        "lastActiveAt": time(line.last_active_ms()),
    })
}
