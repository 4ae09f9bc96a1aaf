//! A line for each request: for people, or as JSON.

use super::LogFormat;
use crate::http::Request;
use crate::report::human::printable;
use crate::transport::serve::Served;
use serde_json::json;
use std::time::Duration;

/// Tells of a request that was answered; `took` is how long that took, `_started` the time of day
/// at which the server began.
pub(super) fn line(
    format: LogFormat,
    request: &Request,
    served: &Served,
    (_started, took): (Duration, Duration),
) -> String {
    let status = served.response.status;
    let milliseconds = (took.as_secs_f64() * 1e5).round() / 100.0;
    match format {
        LogFormat::Jsonl => json!({
            "method": request.method,
            "path": request.path,
            "route": served.route,
            "function": served.function,
            "status": status,
            "duration_ms": milliseconds,
            "reason": served.reason,
        })
        .to_string(),
        LogFormat::Human => {
            let told = [&served.route, &served.function, &served.reason];
            let told: Vec<_> = told.into_iter().flatten().map(|text| printable(text).to_string()).collect();
            let target = format!("{} {}", request.method, request.target());
            format!("{status} {} {milliseconds} ms  {}", printable(&target), told.join(", "))
        }
    }
}
