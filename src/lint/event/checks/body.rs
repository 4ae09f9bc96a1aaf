//! The body and the flag that says how it is written.

use super::{Event, at};
use crate::gateway::event::arrives_as_text;
use crate::gateway::{Evidence, Notice, NoticeKind};
use crate::http::encoding::base64_decode;

/// The flag and the body fit, and both fit the content type (R-130, R-131, H-023 to H-025, U-008).
pub(super) fn base64(event: &Event<'_>) -> Vec<Notice> {
    let Some(flag) = event.value.get("isBase64Encoded").and_then(|flag| flag.as_bool()) else {
        return Vec::new();
    };
    let body = event.text("/body").unwrap_or_default();
    let notice = match (flag, body) {
        (true, "") => without_body(event),
        (true, body) if base64_decode(body).is_none() => {
            let found = "not base64 with padding";
            let facts = ["R-130", "H-023", "L-006"];
            let kind = NoticeKind::Base64BodyUndecodable;
            Some(event.notice(kind, at("/body"), found, &facts, Evidence::Recorded))
        }
        (false, "") => None,
        (flag, _) => unlikely(event, flag),
    };
    notice.into_iter().collect()
}

/// L-007: a load balancer does that; for the others an early capture is all there is (H-025).
fn without_body(event: &Event<'_>) -> Option<Notice> {
    if event.is_any(&["alb", "alb-multi", "lattice"]) {
        return None;
    }
    let kind = NoticeKind::Base64WithoutBody;
    let found = "true without a body";
    Some(event.notice(kind, at("/isBase64Encoded"), found, &["R-130", "H-025"], Evidence::ReportedOnce))
}

/// What the content type says about the form of the body.
fn unlikely(event: &Event<'_>, flag: bool) -> Option<Notice> {
    let content_type = event.header("content-type");
    let shown =
        content_type.map_or_else(|| "no content type".to_owned(), |shown| format!("content type {shown:?}"));
    let notice = |found: String, facts: &[&str]| {
        event.notice(NoticeKind::Base64FlagUnlikely, at("/isBase64Encoded"), found, facts, Evidence::Reported)
    };
    match event.flavor.name {
        "rest" if flag && content_type.is_none() => {
            let found = format!("true with {shown}: only the binary media type */* makes it so");
            Some(notice(found, &["R-130", "R-131"]))
        }
        "http" | "http-v1" | "url" if arrives_as_text(content_type) == flag => {
            let form = if flag { "text" } else { "base64" };
            Some(notice(format!("{flag} with {shown}: AWS sends {form}"), &["H-023", "H-024", "U-008"]))
        }
        _ => None,
    }
}
