//! The paths of an event, and the other values that stand in it twice.

use super::{Event, at};
use crate::gateway::{Evidence, Notice, NoticeKind};
use crate::http::encoding::percent_decode;

/// Where the stage stands in the path (R-020, R-031, H-007, H-042).
pub(super) fn stage(event: &Event<'_>) -> Vec<Notice> {
    let notice = match event.flavor.name {
        "rest" | "authorizer-request" => rest_stage(event),
        "http" | "authorizer-http" => named_stage(event, "/rawPath", &["H-007"], Evidence::Recorded),
        "http-v1" | "authorizer-http-v1" => named_stage(event, "/path", &["H-042"], Evidence::ReportedOnce),
        _ => None,
    };
    notice.into_iter().collect()
}

fn rest_stage(event: &Event<'_>) -> Option<Notice> {
    if event.is_test() {
        return None;
    }
    let place = "/requestContext/path";
    let (path, full) = (event.text("/path")?, event.text(place)?);
    let kind = NoticeKind::PathNotUnderStage;
    if !event.on_own_host() {
        event.text("/requestContext/domainName")?;
        let found = format!("{full:?}, but on a custom domain it is the same as `path`, {path:?}");
        return (path != full)
            .then(|| event.notice(kind, at(place), found, &["R-031", "R-032"], Evidence::ReportedOnce));
    }
    let stage = event.text("/requestContext/stage")?;
    let below = full.trim_start_matches('/').strip_prefix(stage);
    let below = below.filter(|below| below.is_empty() || below.starts_with('/'));
    // slashes between the stage and the resource are kept here only
    let fits = below.is_some_and(|below| below.trim_start_matches('/') == path.trim_start_matches('/'));
    let found = format!("{full:?}, not {:?}", format!("/{stage}{path}"));
    (!fits).then(|| event.notice(kind, at(place), found, &["R-020"], Evidence::Recorded))
}

/// A named stage is the first segment of the path on the API's own host.
fn named_stage(event: &Event<'_>, place: &str, facts: &[&str], evidence: Evidence) -> Option<Notice> {
    let (path, stage) = (event.text(place)?, event.text("/requestContext/stage")?);
    if !event.on_own_host() || stage == "$default" {
        return None;
    }
    let below = path.trim_start_matches('/').strip_prefix(stage);
    let fits = below.is_some_and(|below| below.is_empty() || below.starts_with('/'));
    let found = format!("{path:?}, which does not start with the stage, /{stage}");
    (!fits).then(|| event.notice(NoticeKind::PathNotUnderStage, at(place), found, facts, evidence))
}

/// A path starts with one slash (R-024: more of them are dropped before the resource).
pub(super) fn slashes(event: &Event<'_>) -> Vec<Notice> {
    let rest = event.is_any(&["rest", "authorizer-request"]);
    let mut notices = Vec::new();
    for place in ["/path", "/rawPath"] {
        let Some(path) = event.text(place) else { continue };
        let relative = !path.starts_with('/') && !event.is_test();
        // what the other flavours make of such slashes is not known
        let doubled = path.starts_with("//");
        if relative || doubled {
            let evidence = if rest && (relative || event.on_own_host()) {
                Evidence::Recorded
            } else {
                Evidence::Inferred
            };
            let found = if doubled { "two slashes at the start" } else { "no slash at the start" };
            notices.push(event.notice(
                NoticeKind::PathSlashes,
                at(place),
                found,
                &["R-020", "R-024"],
                evidence,
            ));
        }
    }
    notices
}

/// Values that stand in an event twice.
pub(super) fn copies(event: &Event<'_>) -> Vec<Notice> {
    let same = |one: &str, other: &str, facts: &[&str]| {
        let (left, right) = (event.text(one)?, event.text(other)?);
        differ(event, one, left, other, right, facts)
    };
    // H-041, U-003: one of the paths is decoded
    let decoded = |encoded: &str, decoded: &str, facts: &[&str]| {
        let (left, right) = (event.text(encoded)?, event.text(decoded)?);
        differ(event, decoded, right, encoded, &percent_decode(left), facts)
    };
    let notices: Vec<Option<Notice>> = match event.flavor.name {
        "rest" | "authorizer-request" => vec![
            same("/requestContext/resourcePath", "/resource", &["R-008"]),
            same("/requestContext/httpMethod", "/httpMethod", &["R-007"]),
        ],
        "http-v1" | "authorizer-http-v1" => vec![
            same("/requestContext/resourcePath", "/resource", &["H-043"]),
            same("/requestContext/httpMethod", "/httpMethod", &["H-043"]),
            same("/requestContext/extendedRequestId", "/requestContext/requestId", &["H-044"]),
            decoded("/path", "/requestContext/path", &["H-041"]),
        ],
        "http" | "authorizer-http" => vec![
            same("/requestContext/routeKey", "/routeKey", &["H-003"]),
            same("/requestContext/http/path", "/rawPath", &["H-004"]),
        ],
        "url" => vec![decoded("/rawPath", "/requestContext/http/path", &["U-003"])],
        "websocket" => {
            vec![same("/requestContext/extendedRequestId", "/requestContext/requestId", &["W-005"])]
        }
        _ => Vec::new(),
    };
    notices.into_iter().flatten().collect()
}

fn differ(
    event: &Event<'_>,
    place: &str,
    here: &str,
    other: &str,
    there: &str,
    facts: &[&str],
) -> Option<Notice> {
    let found = format!("{here:?}, but `{}` says {there:?}", other.trim_start_matches('/').replace('/', "."));
    (here != there)
        .then(|| event.notice(NoticeKind::CopiesDiffer, at(place), found, facts, Evidence::Recorded))
}
