//! What many calls came to: how often each answer, and how long they took.

use super::human::{Style, counted, printable};
use crate::http::reason_phrase;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// What came of many calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// How many calls were answered, or failed.
    pub calls: u64,
    /// From the first call to the last answer.
    pub elapsed: Duration,
    /// How many calls were due in a second, if they were due at fixed times.
    pub asked_rate: Option<f64>,
    /// How many calls were under way at a time, at most.
    pub concurrency: usize,
    /// How many calls were due, and could not begin before the end.
    pub unstarted: u64,
    /// Whether it was ended before its time.
    pub interrupted: bool,
    /// What the calls came to, each kind with its number.
    pub answers: Vec<(Answer, u64)>,
    /// How long they took.
    pub latencies: Vec<Latencies>,
    /// How many bytes of events, or of bodies of requests, were sent.
    pub sent_bytes: u64,
    /// How many bytes of results, or of bodies of responses, came back.
    pub received_bytes: u64,
}

impl Measurement {
    /// Calls in a second.
    pub fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.calls as f64 / seconds } else { 0.0 }
    }
}

/// What a call came to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The caller got this status, the function's own.
    Status(u16),
    /// The caller got a message of a WebSocket API.
    Message,
    /// There is nothing to get.
    Nothing,
    /// An authorizer decided.
    Decided(&'static str),
    /// The gateway refused the result by a rule, if one is known, and answered with this status.
    Refused(Option<&'static str>, Option<u16>),
    /// The function failed with an error of this type.
    FunctionFailed(String),
    /// The network failed in this way.
    NetworkFailed(&'static str),
}

/// How long some calls took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latencies {
    /// Which calls: `all`, `cold`, `warm`, or the `init` of the cold ones.
    pub name: &'static str,
    /// How many.
    pub calls: u64,
    /// The shortest.
    pub min: Duration,
    /// The mean.
    pub mean: Duration,
    /// Half of them took no longer.
    pub p50: Duration,
    /// Nine of ten took no longer.
    pub p90: Duration,
    /// 99 of 100 took no longer.
    pub p99: Duration,
    /// The longest.
    pub max: Duration,
}

impl Latencies {
    fn figures(&self) -> [(&'static str, Duration); 6] {
        let Self { min, mean, p50, p90, p99, max, .. } = *self;
        [("min", min), ("mean", mean), ("p50", p50), ("p90", p90), ("p99", p99), ("max", max)]
    }
}

/// For people: the sum, what the calls came to, and how long they took.
pub fn table(measured: &Measurement, style: Style) -> String {
    style.with(|| {
        let mut text = head(measured);
        let mut table = vec![["CALLS".to_owned(), "ANSWER".to_owned()].to_vec()];
        table.extend(measured.answers.iter().map(|(answer, calls)| vec![calls.to_string(), words(answer)]));
        text += &aligned(&table, &[false, true]);
        let mut table = vec![latency_head()];
        table.extend(measured.latencies.iter().map(|row| {
            let figures = row.figures().map(|(_, figure)| milliseconds(figure));
            [row.name.to_owned(), row.calls.to_string()].into_iter().chain(figures).collect()
        }));
        text + &aligned(&table, &[true])
    })
}

fn head(measured: &Measurement) -> String {
    let calls = counted(usize::try_from(measured.calls).unwrap_or(usize::MAX), "call");
    let asked = measured.asked_rate.map(|rate| format!(" of {rate}/s asked")).unwrap_or_default();
    let (seconds, rate) = (measured.elapsed.as_secs_f64(), measured.rate());
    let Measurement { concurrency, sent_bytes, received_bytes, .. } = measured;
    let ended = if measured.interrupted { "interrupted: " } else { "" };
    format!(
        "{ended}{calls} in {seconds:.2} s, {rate:.1}/s{asked}, {concurrency} at a time\n\
         {} out, {} in\n",
        bytes(*sent_bytes),
        bytes(*received_bytes)
    )
}

fn latency_head() -> Vec<String> {
    ["LATENCY", "CALLS", "MIN MS", "MEAN", "P50", "P90", "P99", "MAX"].map(str::to_owned).to_vec()
}

/// What a call came to, in words.
fn words(answer: &Answer) -> String {
    let status = |status: u16| match reason_phrase(status) {
        Some(reason) => format!("{status} {reason}"),
        None => status.to_string(),
    };
    match answer {
        Answer::Status(own) => status(*own),
        Answer::Message => "a message".to_owned(),
        Answer::Nothing => "nothing".to_owned(),
        Answer::Decided(decision) => format!("the authorizer decides: {decision}"),
        Answer::Refused(rule, own) => {
            let rule = rule.map(|rule| format!(" by {rule}")).unwrap_or_default();
            let own = own.map(|own| format!(", {}", status(own))).unwrap_or_default();
            format!("refused{rule}{own}")
        }
        Answer::FunctionFailed(kind) => format!("the function failed: {}", printable(kind)),
        Answer::NetworkFailed(kind) => format!("the network failed: {kind}"),
    }
}

/// Rows below an empty line, their columns two apart; `left` says which begin at the left.
fn aligned(rows: &[Vec<String>], left: &[bool]) -> String {
    use colored::Colorize as _;
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut text = "\n".to_owned();
    for (index, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            match left.get(column).is_some_and(|left| *left) {
                true => format!("{cell:<width$}"),
                false => format!("{cell:>width$}"),
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let line = line.trim_end();
        text += &if index == 0 { format!("{}\n", line.bold()) } else { format!("{line}\n") };
    }
    text
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.2}", duration.as_secs_f64() * 1e3)
}

/// A number of bytes with three figures at least.
fn bytes(number: u64) -> String {
    match number {
        0..10_000 => format!("{number} bytes"),
        10_000..10_000_000 => format!("{:.1} kB", number as f64 / 1e3),
        _ => format!("{:.1} MB", number as f64 / 1e6),
    }
}

/// For programs: the row of a report.
pub fn row(measured: &Measurement) -> Value {
    let latencies = measured.latencies.iter().map(|row| {
        let calls = ("calls".to_owned(), row.calls.into());
        let figures = row.figures().map(|(name, figure)| (format!("{name}_ms"), exact(figure)));
        (row.name.to_owned(), Value::Object([calls].into_iter().chain(figures).collect()))
    });
    let answers = measured.answers.iter().map(|(answer, calls)| {
        let mut members = members(answer);
        members.insert("calls".to_owned(), (*calls).into());
        Value::Object(members)
    });
    json!({ "measurement": {
        "calls": measured.calls,
        "elapsed_ms": exact(measured.elapsed),
        "rate": (measured.rate() * 100.0).round() / 100.0,
        "asked_rate": measured.asked_rate,
        "concurrency": measured.concurrency,
        "unstarted": measured.unstarted,
        "interrupted": measured.interrupted,
        "answers": answers.collect::<Vec<_>>(),
        "latencies": Value::Object(latencies.collect()),
        "bytes": { "sent": measured.sent_bytes, "received": measured.received_bytes },
    }})
}

/// Milliseconds, to the microsecond.
fn exact(duration: Duration) -> Value {
    ((duration.as_secs_f64() * 1e6).round() / 1e3).into()
}

fn members(answer: &Answer) -> Map<String, Value> {
    let value = match answer {
        Answer::Status(status) => json!({ "kind": "answered", "status": status }),
        Answer::Message => json!({ "kind": "message" }),
        Answer::Nothing => json!({ "kind": "nothing" }),
        Answer::Decided(decision) => json!({ "kind": "decided", "decision": decision }),
        Answer::Refused(rule, status) => json!({ "kind": "refused", "rule": rule, "status": status }),
        Answer::FunctionFailed(kind) => json!({ "kind": "function-failed", "error_type": kind }),
        Answer::NetworkFailed(kind) => json!({ "kind": "network-failed", "failure": kind }),
    };
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> Measurement {
        let ms = Duration::from_millis;
        let (min, mean, p50, p90, p99, max) = (ms(1), ms(2), ms(2), ms(3), ms(40), ms(1200));
        let warm = Latencies { name: "warm", calls: 1998, min, mean, p50, p90, p99, max };
        Measurement {
            calls: 2000,
            elapsed: ms(4000),
            asked_rate: Some(500.0),
            concurrency: 4,
            unstarted: 0,
            interrupted: false,
            answers: vec![
                (Answer::Status(200), 1900),
                (Answer::Status(299), 1),
                (Answer::Refused(Some("AGW101"), Some(502)), 97),
                (Answer::FunctionFailed("Odd\u{1b}Error".to_owned()), 1),
                (Answer::NetworkFailed("timeout"), 1),
            ],
            latencies: vec![warm.clone(), Latencies { name: "cold", calls: 2, ..warm }],
            sent_bytes: 9_999,
            received_bytes: 12_345_678,
        }
    }

    #[test]
    fn people_get_a_table() {
        let expected = "\
2000 calls in 4.00 s, 500.0/s of 500/s asked, 4 at a time
9999 bytes out, 12.3 MB in

CALLS  ANSWER
 1900  200 OK
    1  299
   97  refused by AGW101, 502 Bad Gateway
    1  the function failed: Odd\\u{1b}Error
    1  the network failed: timeout

LATENCY  CALLS  MIN MS  MEAN   P50   P90    P99      MAX
warm      1998    1.00  2.00  2.00  3.00  40.00  1200.00
cold         2    1.00  2.00  2.00  3.00  40.00  1200.00
";
        assert_eq!(table(&measured(), Style::PLAIN), expected);
    }

    #[test]
    fn nothing_measured_is_no_division_by_nothing() {
        let none = Measurement {
            calls: 0,
            elapsed: Duration::ZERO,
            answers: Vec::new(),
            latencies: Vec::new(),
            interrupted: true,
            ..measured()
        };
        assert_eq!(none.rate(), 0.0);
        assert!(table(&none, Style::PLAIN).starts_with("interrupted: no calls in 0.00 s, 0.0/s"));
        assert_eq!(row(&none)["measurement"]["answers"], json!([]));
    }
}
