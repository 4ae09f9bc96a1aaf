//! The two forms of one instant.

use super::{Event, at};
use crate::gateway::{Evidence, Notice, NoticeKind, Stamp};
use time::PrimitiveDateTime;
use time::macros::format_description;

const PAIRS: [(&str, &str); 2] = [
    ("/requestContext/requestTime", "/requestContext/requestTimeEpoch"),
    ("/requestContext/time", "/requestContext/timeEpoch"),
];

/// Milliseconds since 1970 have thirteen digits from 2001 to 2286.
const MILLISECONDS: std::ops::Range<i64> = 1_000_000_000_000..10_000_000_000_000;

/// The text is the epoch in milliseconds, cut to seconds (R-097, H-022, W-005).
pub(super) fn time(event: &Event<'_>) -> Vec<Notice> {
    let facts: &[&str] = match event.flavor.name {
        "rest" | "authorizer-request" => &["R-097"],
        "websocket" | "authorizer-websocket" => &["W-005"],
        _ => &["H-022"],
    };
    PAIRS.iter().filter_map(|(text, epoch)| pair(event, text, epoch, facts)).collect()
}

fn pair(event: &Event<'_>, text_at: &str, epoch_at: &str, facts: &[&str]) -> Option<Notice> {
    let epoch = event.value.pointer(epoch_at)?.as_i64()?;
    let Some(seconds) = event.text(text_at).and_then(seconds) else {
        let kind = NoticeKind::EpochNotMilliseconds;
        let found = format!("the number {epoch}");
        return (!MILLISECONDS.contains(&epoch))
            .then(|| event.notice(kind, at(epoch_at), found, facts, Evidence::Inferred));
    };
    if epoch.div_euclid(1000) == seconds {
        return None;
    }
    let kind = match () {
        () if epoch == seconds => Some("seconds"),
        () if epoch.div_euclid(1_000_000) == seconds => Some("microseconds"),
        () => None,
    };
    if let Some(unit) = kind {
        let found = format!("the number {epoch}, which counts {unit}");
        let kind = NoticeKind::EpochNotMilliseconds;
        return Some(event.notice(kind, at(epoch_at), found, facts, Evidence::Recorded));
    }
    let same = Stamp::new(epoch, 0).common_log_time();
    let found = format!("{:?}, but the epoch is {same}", event.text(text_at).unwrap_or_default());
    Some(event.notice(NoticeKind::TimeMismatch, at(text_at), found, facts, Evidence::Recorded))
}

/// The seconds since 1970 of a time such as `17/Jun/2024:14:48:13 +0000`.
fn seconds(text: &str) -> Option<i64> {
    let format = format_description!("[day]/[month repr:short]/[year]:[hour]:[minute]:[second] +0000");
    Some(PrimitiveDateTime::parse(text, format).ok()?.assume_utc().unix_timestamp())
}
