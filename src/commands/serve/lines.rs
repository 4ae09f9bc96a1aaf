//! What is told of each request: a line for people, with the findings where a result was refused,
//! or an object of JSON.

use super::LogFormat;
use super::invoked::Answered;
use crate::http::Request;
use crate::http::secret::hidden_url;
use crate::lint::Judged;
use crate::report::human::{self, Style, printable};
use crate::transport::serve::Served;
use serde::Serialize;
use serde_json::json;
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Tells of a request that was answered at `now` (since 1970) after `took`.
pub(super) fn told(
    format: LogFormat,
    (request, served): (&Request, &Served),
    (now, took): (Duration, Duration),
    style: Style,
) -> String {
    let milliseconds = rounded(took);
    match format {
        LogFormat::Jsonl => object(request, served, (now, milliseconds)),
        LogFormat::Human => line(request, served, now, milliseconds) + &findings(served, style),
    }
}

/// Tells of a function that was invoked by Lambda's API at `now` (since 1970).
pub(super) fn invoked(format: LogFormat, answered: &Answered, now: Duration) -> String {
    let Answered { function, error, took } = answered;
    let milliseconds = rounded(*took);
    match format {
        LogFormat::Jsonl => {
            let object = json!({
                "time": time(now),
                "function": function,
                "duration_ms": milliseconds,
                "function_error": error,
            });
            object.to_string() + "\n"
        }
        LogFormat::Human => {
            let what =
                error.as_ref().map_or_else(|| "answered".to_owned(), |error| format!("failed: {error}"));
            format!("{} {} {} in {milliseconds} ms\n", clock(now), printable(function), printable(&what))
        }
    }
}

fn rounded(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e5).round() / 100.0
}

/// The time of day in UTC.
fn clock(now: Duration) -> String {
    let seconds = now.as_secs() % 86_400;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn time(now: Duration) -> Option<String> {
    let nanos = i128::try_from(now.as_nanos()).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp_nanos(nanos).ok().and_then(|time| time.format(&Rfc3339).ok())
}

fn line(request: &Request, served: &Served, now: Duration, milliseconds: f64) -> String {
    let clock = clock(now);
    let target = format!("{} {}", request.method, hidden_url(&request.target()));
    let via = [&served.route, &served.function, &served.reason];
    let via: Vec<_> = via.into_iter().flatten().map(|text| printable(text)).collect();
    let status = match served.response.is_message() {
        true => "a message".to_owned(),
        false => served.response.status.to_string(),
    };
    format!("{clock} {} → {status} {milliseconds} ms  {}\n", printable(&target), via.join(", "))
}

/// Why a result was refused, and what else there is to say of it.
fn findings(served: &Served, style: Style) -> String {
    let failed = served.invoked.as_ref().and_then(|invoked| invoked.failure.as_ref());
    let failed = failed.map(|failure| format!("  {}\n", printable(&failure.explain())));
    let judged = served.judged.as_ref().filter(|_| failed.is_none()).zip(served.front);
    let said = judged.map(|(judged, front)| {
        let Judged { source, findings, outcome, .. } = judged;
        human::findings(source, findings, outcome, front, style)
    });
    failed.into_iter().chain(said).collect()
}

/// A request that was answered, in JSON.
#[derive(Serialize)]
struct Line<'l> {
    time: Option<String>,
    method: &'l str,
    path: String,
    route: Option<&'l str>,
    function: Option<&'l str>,
    /// A message has none.
    status: Option<u16>,
    duration_ms: f64,
    reason: Option<&'l str>,
    function_error: Option<&'l str>,
    diagnostics: Vec<Diagnostic<'l>>,
}

/// What is to be said of a result.
#[derive(Serialize)]
struct Diagnostic<'l> {
    code: &'l str,
    message: &'l str,
}

fn object(request: &Request, served: &Served, (now, duration_ms): (Duration, f64)) -> String {
    let failure = served.invoked.as_ref().and_then(|invoked| invoked.failure.as_ref());
    let findings = served.judged.iter().flat_map(|judged| &judged.findings);
    let line = Line {
        time: time(now),
        method: &request.method,
        path: hidden_url(&request.target()),
        route: served.route.as_deref(),
        function: served.function.as_deref(),
        status: (!served.response.is_message()).then_some(served.response.status),
        duration_ms,
        reason: served.reason.as_deref(),
        function_error: failure.map(|failure| failure.error_type()),
        diagnostics: findings
            .map(|finding| Diagnostic { code: finding.rule.code, message: &finding.message })
            .collect(),
    };
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}
