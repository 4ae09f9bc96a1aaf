//! What judging costs beside reading the same text into `serde_json::Value`, in CPU time of one
//! thread: 100,000 results of about 400 bytes, one in a hundred with a mistake; and single results
//! of 6 MB.
//!
//! `cargo bench --bench lint_lines`; `-- quick` (or another name of a row) does that alone, for a
//! profiler.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod cpu;

use apigw::gateway::{Api, Exchange, Flavor, Front, Stamp};
use apigw::http::Request;
use apigw::lint::{Document, Expected, Judged, Quick, judge};
use apigw::report::human::{Style, findings};
use cpu::cpu_seconds;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::hint::black_box;

const LINES: u64 = 100_000;
const REPETITIONS: usize = 7;
const FRONT: Front = Front::Api(Flavor::Rest);

fn main() {
    // `cargo bench` adds a flag of its own.
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let (api, request, stamp) = (Api::new(Flavor::Rest), Request::new("GET", "/"), Stamp::default());
    let exchange = Exchange::new(&api, &request, &stamp);
    let ways = |text: &str| Ways { text: text.to_owned(), exchange };
    let lines = ways(&lines());
    println!("{LINES} results, {:.1} MB", megabytes(&lines.text));
    let value = || lines.each(is_value);
    let ignored = || lines.each(|line| serde_json::from_slice::<IgnoredAny>(line).is_ok());
    let full = || lines.each(|line| lines.is_clean(line));
    let rows: [(&str, &dyn Fn() -> usize); 4] =
        [("value", &value), ("ignored", &ignored), ("quick", &|| lines.with_quick()), ("full", &full)];
    compare(&rows, only.as_deref());
    for (name, text) in [("a body of one line", long_body()), ("an object as the body", object_as_body())] {
        let whole = ways(&text);
        println!("6 MB, {name}: {:.1} MB", megabytes(&text));
        let value = || usize::from(is_value(text.as_bytes()));
        let judged = || usize::from(whole.is_clean(text.as_bytes()));
        let report = || whole.report();
        let rows: [(&str, &dyn Fn() -> usize); 3] =
            [("large-value", &value), ("large-full", &judged), ("large-report", &report)];
        compare(&rows, only.as_deref());
    }
}

/// The ways to look at a text.
struct Ways<'e> {
    text: String,
    exchange: Exchange<'e>,
}

impl Ways<'_> {
    /// How many lines pass.
    fn each(&self, passes: impl Fn(&[u8]) -> bool) -> usize {
        self.text.lines().filter(|line| passes(line.as_bytes())).count()
    }

    fn with_quick(&self) -> usize {
        let (quick, expected) = (Quick::new(), Expected::default());
        let passes = |line: &&str| {
            quick.surely_clean(line.as_bytes(), FRONT, &self.exchange, &expected)
                || self.is_clean(line.as_bytes())
        };
        self.text.lines().filter(passes).count()
    }

    fn is_clean(&self, bytes: &[u8]) -> bool {
        black_box(self.judged(bytes)).findings.is_empty()
    }

    fn judged(&self, bytes: &[u8]) -> Judged {
        judge(&Document::whole("lines", bytes), FRONT, &self.exchange, &Expected::default())
    }

    /// Judged, and told as on a terminal.
    fn report(&self) -> usize {
        let judged = self.judged(self.text.as_bytes());
        let told = findings(&judged.source, &judged.findings, &judged.outcome, FRONT, Style::PLAIN);
        usize::from(black_box(told).is_empty())
    }
}

fn is_value(bytes: &[u8]) -> bool {
    black_box(serde_json::from_slice::<Value>(bytes)).is_ok()
}

/// Runs the ways in turn, and prints the smallest time of each and its ratio to the first; or runs
/// one of them, without a clock.
fn compare(ways: &[(&str, &dyn Fn() -> usize)], only: Option<&str>) {
    if let Some(only) = only {
        let chosen = ways.iter().filter(|(name, _)| *name == only);
        return chosen.for_each(|(name, way)| println!("  {name}: {} pass", way()));
    }
    let mut best = vec![f64::INFINITY; ways.len()];
    let mut counts = vec![0; ways.len()];
    for _ in 0..REPETITIONS {
        for (index, (_, way)) in ways.iter().enumerate() {
            let started = cpu_seconds();
            counts[index] = way();
            best[index] = best[index].min(cpu_seconds() - started);
        }
    }
    for (index, (name, _)) in ways.iter().enumerate() {
        let (milliseconds, ratio) = (best[index] * 1e3, best[index] / best[0]);
        println!("  {name:<13} {milliseconds:8.2} ms  {ratio:5.2}  ({} pass)", counts[index]);
    }
}

fn megabytes(text: &str) -> f64 {
    text.len() as f64 / 1e6
}

/// Numbers without order, the same in each run.
fn scattered(number: u64) -> u64 {
    let mixed =
        (number ^ (number >> 31)).wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 29)
}

/// One result a line.
fn lines() -> String {
    let mut text = String::new();
    for number in 0..LINES {
        let chance = scattered(number);
        let result = if number % 100 == 99 { bad(chance) } else { good(number, chance) };
        writeln!(text, "{result}").unwrap();
    }
    text
}

/// Results as handlers return them.
fn good(number: u64, chance: u64) -> Value {
    let id = format!("{chance:016x}-{number:08}");
    let order = json!({
        "id": id, "customer": {"name": "Zoë Müller", "email": "zoe@example.com"}, "total": 1234.5,
        "items": [{"sku": "A-1001", "quantity": 2}, {"sku": "B-2002", "quantity": 1}], "paid": true,
        "note": "leave it at the \"back\" door\nthank you",
    });
    let error = json!({"code": "not_found", "message": format!("there is no order {id}"), "requestId": id});
    let headers =
        json!({"Content-Type": "application/json", "Access-Control-Allow-Origin": "*", "X-Request-Id": id});
    match chance % 50 {
        0..30 => json!({"statusCode": 200, "headers": headers, "body": order.to_string()}),
        30..36 => json!({
            "statusCode": 200, "multiValueHeaders": null, "isBase64Encoded": false, "body": order.to_string(),
            "headers": {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"},
        }),
        36..40 => json!({"statusCode": 200, "body": order.to_string()}),
        40..44 => json!({"statusCode": 404, "headers": headers, "body": error.to_string()}),
        44 => json!({"statusCode": 500, "headers": headers, "body": error.to_string()}),
        45 => json!({"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "*"}}),
        46 => json!({
            "statusCode": 200, "headers": {"Content-Type": "text/html; charset=utf-8"},
            "body": format!("<!doctype html>\n<title>Order</title>\n{}", "<p class=\"line\">one more</p>\n".repeat(9)),
        }),
        47 => json!({
            "statusCode": 200, "headers": {"Content-Type": "text/plain"},
            "body": format!("order {id}: {}", "one more word ".repeat(18)),
        }),
        48 => json!({"statusCode": 302, "headers": {"Location": format!("https://example.com/orders/{id}")}}),
        _ => json!({
            "statusCode": 200, "body": order.to_string(),
            "headers": {"Content-Type": "application/json", "Set-Cookie": "session=abc; HttpOnly; Secure; Path=/"},
        }),
    }
}

/// The mistakes that people make most.
fn bad(chance: u64) -> Value {
    let body = json!({"id": format!("{chance:016x}"), "items": ["a".repeat(120), "b".repeat(120)]});
    match chance % 4 {
        0 => json!({"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": body}),
        1 => {
            json!({"status": 200, "headers": {"Content-Type": "application/json"}, "body": body.to_string()})
        }
        2 => json!({"statusCode": "ok", "body": body.to_string()}),
        _ => json!({"statusCode": 200, "headers": {"X-Items": [1, 2]}, "body": body.to_string()}),
    }
}

/// A list of that many bytes, about.
fn list(bytes: usize) -> Value {
    let item = |number: u64| json!({"id": number, "name": "a name of some length", "tags": ["one", "two \"three\""]});
    (0..bytes as u64 / 100).map(item).collect()
}

/// Nothing is wrong but the size of the line.
fn long_body() -> String {
    json!({"statusCode": 200, "body": list(6_600_000).to_string()}).to_string()
}

/// The commonest mistake, over many lines, one of them of a megabyte.
fn object_as_body() -> String {
    let blob = "lorem ipsum \u{e9} ".repeat(70_000);
    let result = json!({"statusCode": 200, "body": {"items": list(3_350_000), "blob": blob}});
    serde_json::to_string_pretty(&result).unwrap()
}
