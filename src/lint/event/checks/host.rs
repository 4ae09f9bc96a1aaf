//! The host that was called, and the address that called it.

use super::{Event, at};
use crate::gateway::{Evidence, Notice, NoticeKind};
use std::net::IpAddr;

const DOMAIN: &str = "/requestContext/domainName";
const PREFIX: &str = "/requestContext/domainPrefix";

/// Host header, domain name, its prefix and the API id agree (R-094, H-019, U-007).
pub(super) fn host(event: &Event<'_>) -> Vec<Notice> {
    if event.is_test() {
        return Vec::new();
    }
    let Some(domain) = event.text(DOMAIN) else { return Vec::new() };
    let facts: &[&str] = match event.flavor.name {
        "rest" | "authorizer-request" => &["R-094"],
        "url" => &["U-007"],
        _ => &["H-019"],
    };
    let notice =
        |place, found| event.notice(NoticeKind::HostMismatch, place, found, facts, Evidence::Recorded);
    let first = domain.split('.').next().unwrap_or_default();
    let mut notices = Vec::new();
    if let Some(prefix) = event.text(PREFIX).filter(|prefix| *prefix != first) {
        notices.push(notice(at(PREFIX), format!("{prefix:?}, but the domain name is {domain:?}")));
    }
    let own = event.on_own_host() || domain.contains(".lambda-url.");
    if let Some(id) = event.text("/requestContext/apiId").filter(|id| own && !of_api(first, id)) {
        notices.push(notice(at("/requestContext/apiId"), format!("{id:?}, but the host is {domain:?}")));
    }
    let host = event.headers().into_iter().find(|(name, _, _)| name.eq_ignore_ascii_case("host"));
    // in a VPC the host may be the endpoint's
    let in_vpc = event.header("x-amzn-vpce-id").is_some();
    if let Some((_, host, place)) = host.filter(|(_, host, _)| !in_vpc && !same_host(host, domain)) {
        notices.push(notice(place, format!("{host:?}, but `requestContext.domainName` is {domain:?}")));
    }
    notices
}

/// `a1b2c3` and `a1b2c3-vpce-0123` are hosts of the API `a1b2c3`.
fn of_api(label: &str, id: &str) -> bool {
    label.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn same_host(header: &str, domain: &str) -> bool {
    header.split(':').next().is_some_and(|host| host.eq_ignore_ascii_case(domain))
}

/// The source address is one, and stands in X-Forwarded-For (R-071, H-020).
pub(super) fn source_ip(event: &Event<'_>) -> Vec<Notice> {
    let places = ["/requestContext/identity/sourceIp", "/requestContext/http/sourceIp"];
    let found = places.into_iter().find_map(|place| Some((event.text(place)?, place)));
    let Some((address, place)) = found.filter(|_| !event.is_test()) else { return Vec::new() };
    let rest = event.is_any(&["rest", "authorizer-request"]);
    let facts: &[&str] = if rest { &["R-071"] } else { &["H-017", "H-020"] };
    if address.parse::<IpAddr>().is_err() {
        let found = format!("{address:?}, not an address");
        return vec![event.notice(NoticeKind::SourceIpForm, at(place), found, facts, Evidence::Recorded)];
    }
    let hops = event.header("x-forwarded-for").filter(|hops| !hops.is_empty());
    let Some(hops) = hops else { return Vec::new() }; // W-004: empty after a disconnect
    let fits = hops.split(',').any(|hop| hop.trim() == address);
    let evidence = if rest { Evidence::Recorded } else { Evidence::Inferred };
    let found = format!("{address:?}, but X-Forwarded-For says {hops:?}");
    let notice = || event.notice(NoticeKind::SourceIpMismatch, at(place), found, facts, evidence);
    (!fits).then(notice).into_iter().collect()
}

/// Mutual TLS needs a custom domain, so a certificate on the API's own host is odd (H-030).
pub(super) fn client_cert(event: &Event<'_>) -> Vec<Notice> {
    let places = ["/requestContext/authentication/clientCert", "/requestContext/identity/clientCert"];
    let given =
        places.into_iter().find(|place| event.value.pointer(place).is_some_and(|cert| cert.is_object()));
    let Some(place) = given.filter(|_| event.on_own_host()) else { return Vec::new() };
    let found = "mutual TLS needs a custom domain";
    vec![
        event
            .notice(NoticeKind::ClientCertUnlikely, at(place), found, &["H-030", "R-112"], Evidence::Inferred)
            .on_key(),
    ]
}
