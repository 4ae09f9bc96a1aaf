//! Header names and values that AWS never writes so.

use super::{Event, at};
use crate::gateway::event::{rest_canonical_name, rest_drops_header};
use crate::gateway::{Evidence, Notice, NoticeKind};

/// Flavours that write header names in lower case (H-014, H-100, L-004).
const LOWER: [&str; 5] = ["http", "url", "alb", "alb-multi", "authorizer-http"];

/// Whether the flavour's header names are all in lower case.
pub(in crate::lint) fn writes_lower_case(flavor: &str) -> bool {
    LOWER.contains(&flavor)
}

/// Names in the case in which the flavour writes them (R-061, H-014, L-004).
pub(super) fn case(event: &Event<'_>) -> Vec<Notice> {
    let notice = |name: &str, pointer, right: &str, facts: &[&str]| {
        let found = format!("`{name}`, which AWS writes `{right}`");
        event.notice(NoticeKind::HeaderNameCase, pointer, found, facts, Evidence::Recorded).on_key()
    };
    let lower = writes_lower_case(event.flavor.name);
    let rest = event.is_any(&["rest", "authorizer-request"]) && !event.is_test();
    let facts: &[&str] = if event.is_any(&["alb", "alb-multi"]) { &["L-004"] } else { &["H-014"] };
    let judged = event.headers().into_iter().filter_map(|(name, _, pointer)| {
        let small = name.to_ascii_lowercase();
        match rest.then(|| rest_canonical_name(name)) {
            _ if lower => (small != name).then(|| notice(name, pointer, &small, facts)),
            Some(right) => (right != name).then(|| notice(name, pointer, right, &["R-061"])),
            None => None,
        }
    });
    judged.collect()
}

/// Where cookies stand: taken out of the headers by HTTP APIs (H-016), in both places in the
/// events of function URLs (U-004).
pub(super) fn cookies(event: &Event<'_>) -> Vec<Notice> {
    let header = event.headers().into_iter().find(|(name, _, _)| name.eq_ignore_ascii_case("cookie"));
    match (event.flavor.name, header) {
        ("http" | "authorizer-http", Some((_, _, pointer))) => {
            let evidence = if event.flavor.name == "http" { Evidence::Recorded } else { Evidence::Inferred };
            let found = "moved to `cookies` by AWS";
            vec![event.notice(NoticeKind::CookieHeaderLeft, pointer, found, &["H-016"], evidence).on_key()]
        }
        ("url", header) => url_cookies(event, header.map(|(_, value, _)| value)).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn url_cookies(event: &Event<'_>, header: Option<&str>) -> Option<Notice> {
    let list = event.value.get("cookies").and_then(|cookies| cookies.as_array());
    let list: Vec<&str> = list.into_iter().flatten().filter_map(|cookie| cookie.as_str()).collect();
    let pieces = header.unwrap_or_default().split(';').map(str::trim);
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    let found = match header {
        None => "no `cookie` among the headers".to_owned(),
        Some(header) => format!("the `cookie` header says {header:?}"),
    };
    let place = if event.value.get("cookies").is_some() { "/cookies" } else { "/headers" };
    (list != pieces)
        .then(|| event.notice(NoticeKind::CookiesMismatch, at(place), found, &["U-004"], Evidence::Recorded))
}

/// Headers that never reach an event (R-075, R-077, R-079, H-017).
pub(super) fn never_sent(event: &Event<'_>) -> Vec<Notice> {
    let rest = event.flavor.name == "rest" && !event.is_test();
    let judged = event.headers().into_iter().filter_map(|(name, value, pointer)| {
        let small = name.to_ascii_lowercase();
        let (found, facts): (&str, &[&str]) = match small.as_str() {
            "authorization" if rest && is_signature(value) => {
                ("a signature, which AWS keeps to itself", &["R-079"])
            }
            "connection" if event.is_any(&["http", "url"]) => ("dropped by AWS", &["H-017"]),
            "connection" | "content-length" if rest => ("dropped by AWS", &["R-075"]),
            _ if rest && rest_drops_header(name) => ("dropped by AWS", &["R-077"]),
            _ => return None,
        };
        let kind = NoticeKind::HeaderNeverSent;
        Some(event.notice(kind, pointer, found, facts, Evidence::Recorded).on_key())
    });
    judged.collect()
}

fn is_signature(value: &str) -> bool {
    value.trim_start().starts_with("AWS4-")
}

/// Headers that AWS adds to every request (R-068, R-081, H-017, U-006, L-004).
pub(super) fn missing(event: &Event<'_>) -> Vec<Notice> {
    let (mut names, facts): (Vec<&str>, &[&str]) = match event.flavor.name {
        "rest" | "authorizer-request" => (Vec::new(), &["R-068"]),
        "http-v1" => (vec!["Content-Length"], &["H-047", "H-048"]),
        "http" => (vec!["content-length"], &["H-017"]),
        "url" => (Vec::new(), &["H-017", "U-006"]),
        "alb" | "alb-multi" => (Vec::new(), &["L-004"]),
        _ => return Vec::new(),
    };
    names.extend(["Host", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"]);
    // a private API showed no trace id, L-008: a health check nothing at all
    if event.header("x-amzn-vpce-id").is_none() {
        names.push("X-Amzn-Trace-Id");
    }
    let health_check =
        event.header("user-agent").is_some_and(|agent| agent.starts_with("ELB-HealthChecker/"));
    let map = if event.flavor.name == "alb-multi" { "/multiValueHeaders" } else { "/headers" };
    if event.is_test() || health_check || !event.value.pointer(map).is_some_and(|map| map.is_object()) {
        return Vec::new();
    }
    names.retain(|name| event.header(name).is_none());
    if names.is_empty() {
        return Vec::new();
    }
    let found = format!("no `{}`", names.join("`, `"));
    vec![event.notice(NoticeKind::GatewayHeaderMissing, at(map), found, facts, Evidence::Recorded).on_key()]
}

/// The form of the trace header.
pub(super) fn trace_id(event: &Event<'_>) -> Vec<Notice> {
    let trace = event.headers().into_iter().find(|(name, _, _)| name.eq_ignore_ascii_case("x-amzn-trace-id"));
    let wrong = trace.filter(|(_, value, _)| !has_root(value));
    let notice = wrong.map(|(_, value, pointer)| {
        let found = format!("{value:?}, without a Root=1-<8 hex>-<24 hex>");
        event.notice(NoticeKind::TraceIdForm, pointer, found, &["R-072", "R-073"], Evidence::Recorded)
    });
    notice.into_iter().collect()
}

fn has_root(trace: &str) -> bool {
    let hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    trace
        .split(';')
        .filter_map(|part| part.trim().strip_prefix("Root=1-"))
        .any(|id| id.split_once('-').is_some_and(|(seconds, unique)| hex(seconds, 8) && hex(unique, 24)))
}
