//! The moments of a connection, each with its route and its function: `$connect`, messages and
//! `$disconnect`.

use super::registry::Line;
use crate::gateway::door::{Close, Integration, Method};
use crate::gateway::{Caller, Exchange, Matched, Moment, Stamp, errors};
use crate::http::{Body, Headers, Request, Response};
use crate::transport::serve::site::{Served, Site, Way};

/// Asks whoever decides about an upgrade: a response of 101 lets it in. Whoever calls is known then.
pub(super) async fn connect(
    site: &Site,
    request: &Request,
    source_ip: String,
    stamp: &Stamp,
) -> (Served, Caller) {
    let deployment = site.deployment();
    let exchange = Exchange { moment: Moment::Connect, ..Exchange::new(&deployment.api, request, stamp) };
    let caller = Caller { source_ip, ..Caller::default() };
    if let Some(served) = site.throttle(&exchange) {
        return (served, caller);
    }
    let method = match deployment.greet(&exchange) {
        Ok(Some(method)) => method,
        Ok(None) => return (Served::plain(switching()), caller),
        Err(refusal) => return (Served::refused(*refusal), caller),
    };
    let mut way = Way { exchange, method, matched: matched(method), caller, taker: None };
    let mut served = site.along(&mut way).await;
    if matches!(method.integration, Integration::Mock(_)) && (200..300).contains(&served.response.status) {
        served.response = switching();
    }
    (Served { route: Some(method.route.to_string()), ..served }, way.caller)
}

/// There is no room for one more connection.
pub(super) fn crowded(site: &Site, request: &Request, stamp: &Stamp) -> Served {
    let deployment = site.deployment();
    let exchange = Exchange { moment: Moment::Connect, ..Exchange::new(&deployment.api, request, stamp) };
    let reason = "too many connections are open".to_owned();
    Served::refused(deployment.refuse(&exchange, &errors::WEBSOCKET_TOO_MANY, reason))
}

/// A message, which is the body of the request: its answer is a message too, or there is none.
pub(super) async fn message(site: &Site, request: &Request, (line, caller): (&Line, &Caller)) -> Served {
    let (deployment, stamp) = (site.deployment(), stamp(site, line));
    let exchange = Exchange { moment: Moment::Message, ..Exchange::new(&deployment.api, request, &stamp) };
    if let Some(served) = site.throttle(&exchange) {
        return served;
    }
    let text = std::str::from_utf8(&request.body).unwrap_or_default();
    let Some(method) = deployment.route_of_message(text) else {
        let reason = "no route has the key of this message, and there is no $default".to_owned(); // W-011
        return Served::refused(deployment.refuse(&exchange, &errors::WEBSOCKET_NO_ROUTE, reason));
    };
    past((site, method), (Moment::Message, request), (line, caller)).await
}

/// The end of a connection, whose close frame is the body of the request; what is answered is lost
/// (W-025). `None` without a route for it.
pub(super) async fn disconnect(
    site: &Site,
    request: &Request,
    close: &Close,
    (line, caller): (&Line, &Caller),
) -> Option<Served> {
    let method = site.deployment().route_of("$disconnect")?;
    let served = past((site, method), (Moment::Disconnect, request), (line, caller)).await;
    let response = Response { status: close.code, headers: Headers::new(), body: Body::default() };
    Some(Served { response, ..served })
}

/// What stands behind a route; nothing but `$connect` is guarded.
async fn past(
    (site, method): (&Site, &Method),
    (moment, request): (Moment, &Request),
    (line, caller): (&Line, &Caller),
) -> Served {
    let (deployment, stamp) = (site.deployment(), stamp(site, line));
    let api = deployment.api_of(method);
    let exchange = Exchange { moment, ..Exchange::new(api, request, &stamp) };
    let served = match &method.integration {
        Integration::Function(name) => {
            let (matched, caller) = (matched(method), caller.clone());
            let mut way = Way { exchange, method, matched, caller, taker: None };
            site.integrate(&mut way, name).await
        }
        Integration::Failing(why) => Served::refused(deployment.misconfigured(&exchange, why.clone())),
        Integration::Mock(response) => match response.body.as_text().filter(|_| api.route_response) {
            Some(text) if !text.is_empty() => Served::plain(Response::message(text)),
            _ => Served::plain(Response { status: 204, headers: Headers::new(), body: Body::default() }),
        },
    };
    Served { route: Some(method.route.to_string()), ..served }
}

fn stamp(site: &Site, line: &Line) -> Stamp {
    site.stamp().on_connection(line.id.as_str()).connected_at(line.connected_ms)
}

fn matched(method: &Method) -> Matched<'_> {
    Matched { route: &method.route, parameters: Vec::new() }
}

/// The upgrade is accepted.
fn switching() -> Response {
    let headers = Headers::from_iter([("Upgrade", "websocket"), ("Connection", "upgrade")]);
    Response { status: 101, headers, body: Body::default() }
}
