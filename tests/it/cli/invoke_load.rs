//! `apigw invoke` asked again and again: events of a file, measurements, and exports.

use super::{Run, apigw};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A server that keeps connections open and answers by path, until the test ends.
struct Server {
    address: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// Its first answer is late by `first`, and all others by `each`.
    fn start(first: Duration, each: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let requests = Arc::clone(&counted);
                std::thread::spawn(move || serve(stream, &requests, first, each));
            }
        });
        Self { address, requests }
    }

    fn quick() -> Self {
        Self::start(Duration::ZERO, Duration::ZERO)
    }

    fn invoke(&self, flags: &str) -> Run {
        apigw(&format!("invoke --url http://{} {flags}", self.address))
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn serve(stream: TcpStream, requests: &AtomicUsize, first: Duration, each: Duration) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let (mut path, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or_default() == 0 {
                return;
            }
            let line = line.trim_end().to_ascii_lowercase();
            if path.is_empty() {
                line.split(' ').nth(1).unwrap().clone_into(&mut path);
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().unwrap();
            }
            if line.is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        let late = if requests.fetch_add(1, Ordering::SeqCst) == 0 { first } else { each };
        std::thread::sleep(late);
        let status = if path.contains("missing") { "404 Not Found" } else { "200 OK" };
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\nhello");
        if reader.get_ref().write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Events of GET requests, one a line.
fn events(paths: &[&str]) -> String {
    let event = |path: &&str| apigw(&format!("event gen rest-get --compact --path '{path}'")).run().stdout();
    paths.iter().map(event).collect()
}

fn greeting(flags: &str) -> Run {
    apigw(&format!("invoke --bin [GREETING] {flags}"))
}

fn unruly(handler: &str, flags: &str) -> Run {
    apigw(&format!("invoke --bin [UNRULY] --env _HANDLER={handler} {flags}"))
}

/// The measurement that a command prints.
fn measured(run: Run) -> Value {
    let report = run.run().json();
    assert_eq!(report["results"].as_array().unwrap().len(), 1);
    report["results"][0]["measurement"].clone()
}

#[test]
fn one_process_answers_the_events_of_a_file_in_order() {
    let lines = events(&["/hello?name=Ada", "/hello?name=Bob", "/bytes", "/hello?name=Cy"]);
    let ran = greeting("--events events.ndjson").file("events.ndjson", &lines).run();
    let bodies = ran.stdout();
    let bodies: Vec<_> = bodies.lines().collect();
    assert_eq!(bodies.len(), 4, "{}", ran.transcript());
    for (line, part) in [(0, "Hello, Ada!"), (1, "Hello, Bob!"), (2, "AJ+Slv8="), (3, "Hello, Cy!")] {
        assert!(bodies[line].contains(part), "{}", ran.transcript());
    }
    let summaries = ran.stderr();
    let summaries: Vec<_> =
        summaries.lines().filter(|line| line.starts_with("REST API answers 200 OK")).collect();
    let starts: Vec<_> = summaries.iter().map(|line| line.contains("init")).collect();
    assert_eq!(starts, [true, false, false, false], "{}", ran.transcript());
}

#[test]
fn the_report_has_a_row_for_each_event_with_its_line() {
    let lines = events(&["/hello?name=Ada", "/hello?name=Bob"]);
    // A byte order mark, line ends of Windows, and empty lines are no events.
    let lines = format!("\u{feff}\r\n{}\r\n  \r\n", lines.trim_end().replace('\n', "\r\n\r\n"));
    let report = greeting("--events - --format json").stdin(lines).run().json();
    let rows = report["results"].as_array().unwrap();
    let told: Vec<_> = rows.iter().map(|row| (&row["line"], &row["response"]["status"])).collect();
    assert_eq!(told, [(&json!(2), &json!(200)), (&json!(4), &json!(200))]);
    assert!(rows[1]["response"]["body"].as_str().unwrap().contains("Hello, Bob!"));
    assert!(rows[0]["timings"]["init_ms"].is_number() && rows[1]["timings"]["init_ms"].is_null());
}

#[test]
fn each_event_is_an_invocation_of_its_own() {
    let line = events(&["/hello"]);
    let ran = unruly("headers", "--events - --raw").stdin(line.repeat(3)).exits(1).run();
    let heads = ran.stdout().to_ascii_lowercase();
    let mut ids: Vec<_> =
        heads.lines().filter_map(|line| line.strip_prefix("lambda-runtime-aws-request-id: ")).collect();
    assert_eq!(ids.len(), 3, "{}", ran.transcript());
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3, "{}", ran.transcript());
}

#[test]
fn the_worst_answer_decides_and_the_rest_is_asked_all_the_same() {
    let lines = events(&["/fail", "/hello", "/panic", "/hello"]);
    let ran = greeting("--events -").stdin(lines).exits(3).run();
    assert_eq!(ran.stdout().matches("Hello, world!").count(), 2, "{}", ran.transcript());
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let line = format!("invoke --url http://{free} --events - --format json");
    let ran = apigw(&line).stdin(events(&["/a", "/b"])).exits(4).run();
    let report = ran.json();
    assert_eq!(report["results"][0]["network_error"]["kind"], "connect");
    assert_eq!((&report["results"][1]["line"], report["results"].as_array().unwrap().len()), (&json!(2), 2));
    ran.says(&["<stdin>:1: nothing answers", "<stdin>:2: nothing answers"]);
}

#[test]
fn a_line_that_is_no_event_is_told_at_its_place_before_anything_is_sent() {
    let server = Server::quick();
    let good = events(&["/hello"]);
    for (bad, place, words) in [
        ("{\"a\": }", "in.ndjson:2:7: ", "not JSON"),
        ("{", "in.ndjson:2:2: ", "not JSON"),
        ("{\"statusCode\": 200}", "in.ndjson:2 is no event", ""),
    ] {
        for flags in ["", " -n 3", " --export k6"] {
            let run = server.invoke(&format!("--events in.ndjson{flags}"));
            let ran = run.file("in.ndjson", format!("{good}{bad}\n{good}")).exits(2).run();
            assert_eq!(ran.stdout(), "");
            ran.says(&[place, words]);
        }
    }
    assert_eq!(server.requests(), 0);
    greeting("--events in.ndjson").file("in.ndjson", "\n \n").exits(2).run().says(&["there is no event"]);
    greeting("--events in.ndjson").file("in.ndjson", [0xff]).exits(2).run().says(&["not UTF-8"]);
    greeting("--events missing.ndjson").exits(2).run().says(&["--events: cannot read missing.ndjson"]);
}

#[test]
fn a_measurement_counts_answers_and_tells_cold_calls_apart() {
    let found = measured(greeting("--path /hello -n 20 --format json"));
    assert_eq!(
        (&found["calls"], &found["concurrency"], &found["asked_rate"]),
        (&json!(20), &json!(1), &json!(null))
    );
    assert_eq!(found["answers"], json!([{ "kind": "answered", "status": 200, "calls": 20 }]));
    let latencies = &found["latencies"];
    let calls = ["warm", "cold", "init"].map(|name| latencies[name]["calls"].as_u64().unwrap());
    assert_eq!(calls, [19, 1, 1]);
    let ms = |row: &str, name: &str| latencies[row][format!("{name}_ms")].as_f64().unwrap();
    for row in ["warm", "cold", "init"] {
        let figures = ["min", "p50", "p90", "p99", "max"].map(|name| ms(row, name));
        assert!(figures.is_sorted() && figures[0] > 0.0, "{latencies}");
        assert!((ms(row, "min")..=ms(row, "max")).contains(&ms(row, "mean")), "{latencies}");
    }
    assert!(ms("cold", "min") > ms("init", "min"), "{latencies}");
    assert!(found["elapsed_ms"].as_f64().unwrap() >= ms("cold", "max"), "{found}");
    let event = greeting("--path /hello --format json").run().json()["results"][0]["event"].to_string();
    assert_eq!(found["bytes"]["sent"], 20 * event.len());
    assert!(found["bytes"]["received"].as_u64().unwrap() > 20 * 50);
}

#[test]
fn people_get_a_table_and_one_call_is_as_ever() {
    let ran = greeting("--path /hello -n 5").run();
    let text = ran.stdout();
    for part in [
        "5 calls in ",
        "/s, 1 at a time",
        "CALLS  ANSWER\n    5  200 OK\n",
        "LATENCY",
        "warm",
        "cold",
        "init",
    ] {
        assert!(text.contains(part), "{part} in {}", ran.transcript());
    }
    assert!(!text.contains("Hello"), "{}", ran.transcript());
    assert!(
        greeting("--path /hello -n 1").run().says(&["REST API answers 200 OK"]).stdout().contains("Hello")
    );
}

#[test]
fn every_process_of_a_function_starts_once() {
    let found = measured(greeting("--path /hello -n 30 --concurrency 3 --format json"));
    let calls = |name: &str| found["latencies"][name]["calls"].clone();
    assert_eq!((calls("cold"), calls("warm"), found["concurrency"].clone()), (json!(3), json!(27), json!(3)));
    let crashed = measured(unruly("exit-in-handler", "-n 3 --format json").exits(3));
    assert_eq!(crashed["latencies"]["cold"]["calls"], 3, "after a crash the next call starts it anew");
    assert_eq!(
        crashed["answers"],
        json!([{ "kind": "function-failed", "error_type": "Runtime.ExitError", "calls": 3 }])
    );
}

#[test]
fn failures_are_counted_by_kind() {
    let kinds = |handler: &str, flags: &str, exit: i32| {
        let line = format!("-n 4 --format json {flags}");
        measured(unruly(handler, &line).exits(exit))["answers"].clone()
    };
    let boom = json!([{ "kind": "function-failed", "error_type": "Boom", "calls": 4 }]);
    assert_eq!(kinds("error", "", 3), boom);
    let refused = kinds("echo", "", 1);
    assert_eq!((&refused[0]["kind"], &refused[0]["status"]), (&json!("refused"), &json!(502)));
    assert!(refused[0]["rule"].as_str().unwrap().starts_with("AGW1"), "{refused}");
    // The same payload in another place, and one that differs each time.
    assert_eq!(kinds("echo", "--api http", 0)[0]["calls"], 4);
    assert_eq!(kinds("headers", "", 1)[0]["calls"], 4);
    let denied = kinds("unauthorized", "--event authorizer-token -H 'Authorization: a'", 0);
    assert_eq!((&denied[0]["kind"], &denied[0]["calls"]), (&json!("decided"), &json!(4)));
    let lines = events(&["/fail", "/hello", "/hello"]);
    let found = measured(greeting("--events - -n 7 --format json").stdin(lines).exits(3));
    let calls: Vec<_> = found["answers"].as_array().unwrap().iter().map(|row| &row["calls"]).collect();
    assert_eq!(calls, [4, 3], "the events take turns, and what is frequent stands first: {found}");
}

#[test]
fn an_endpoint_is_asked_on_several_connections() {
    let server = Server::quick();
    let lines = events(&["/hello", "/missing"]);
    let run = server.invoke("--events - -n 21 --concurrency 4 --format json");
    let found = measured(run.stdin(lines));
    let expected = json!([
        { "kind": "answered", "status": 200, "calls": 11 },
        { "kind": "answered", "status": 404, "calls": 10 },
    ]);
    assert_eq!((&found["answers"], server.requests()), (&expected, 21));
    assert_eq!(found["latencies"]["all"]["calls"], 21);
    assert_eq!(found["bytes"], json!({ "sent": 0, "received": 21 * 5 }));
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let found = measured(apigw(&format!("invoke --url http://{free} -d abc -n 3 --format json")).exits(4));
    let expected = json!([{ "kind": "network-failed", "failure": "connect", "calls": 3 }]);
    assert_eq!((&found["answers"], &found["bytes"]["sent"]), (&expected, &json!(9)));
}

#[test]
fn a_call_that_had_to_wait_is_as_long_as_its_caller_waited() {
    let stall = Duration::from_millis(800);
    let half = |flags: &str| {
        let server = Server::start(stall, Duration::ZERO);
        let found = measured(server.invoke(&format!("-n 21 {flags} --format json")));
        assert_eq!(found["calls"], 21);
        found["latencies"]["all"]["p50_ms"].as_f64().unwrap()
    };
    // 20 calls are due while the first one is under way.
    let due = half("--rate 100/s");
    assert!(due > 500.0, "the median is {due} ms");
    let one_by_one = half("");
    assert!(one_by_one < due, "the median is {one_by_one} ms");
}

#[test]
fn a_measurement_ends_in_time_and_tells_what_could_not_begin() {
    let server = Server::start(Duration::from_millis(300), Duration::from_millis(300));
    let ran = server.invoke("--rate 50/s --duration 0.4 --format json").run();
    let found = ran.json()["results"][0]["measurement"].clone();
    let (calls, unstarted) = (found["calls"].as_u64().unwrap(), found["unstarted"].as_u64().unwrap());
    assert_eq!((calls + unstarted, server.requests() as u64), (20, calls), "{found}");
    assert!((1..5).contains(&calls), "{found}");
    ran.says(&["calls were due and could not begin in time: --concurrency"]);
    let found = measured(Server::quick().invoke("--duration 200ms --concurrency 2 --format json"));
    assert!(found["calls"].as_u64().unwrap() > 1 && found["unstarted"] == 0, "{found}");
    let found = measured(Server::quick().invoke("--duration 1h -n 4 --format json"));
    assert_eq!(found["calls"], 4);
}

#[test]
fn what_cannot_be_measured_is_a_usage_error() {
    for (flags, words) in [
        ("--rate 50/s", "--rate says how fast, and nothing says how long"),
        ("--concurrency 2", "--concurrency says how fast"),
        ("-n 0", "--repeat"),
        ("-n -1", "-1"),
        ("--concurrency 0 -n 2", "--concurrency"),
        ("--rate 0/s -n 2", "--rate"),
        ("--rate 5/d -n 2", "`d` is no unit of time"),
        ("--duration 5d", "`d` is no unit of time"),
        ("--duration -1", "--duration"),
        ("-n 2 --raw", "--raw shows answers"),
        ("-n 2 -i", "--include shows answers"),
        ("-n 2 --report", "--report shows answers"),
        ("-n 2 --watch", "--watch has no meaning with many calls"),
        ("--events e.ndjson --path /a", "--events names a file"),
        ("--events e.ndjson --event rest-get", "cannot be used with"),
        ("--export k6", "--export writes the requests of --url"),
        ("--export k6 -n 2", "--export writes the requests of --url"),
    ] {
        greeting(flags).exits(2).run().says(&[words]);
    }
    let aws = "invoke --function f --region us-east-1 -n 2";
    apigw(&format!("{aws} --type Event")).exits(2).run().says(&["--type Event"]);
    apigw(&format!("{aws} --tail")).exits(2).run().says(&["--tail shows answers"]);
    apigw("invoke --bin ./missing -n 3 --concurrency 2").exits(2).run().says(&["missing"]);
    greeting("--route 'GET /users' --path /other -n 3").exits(1).run().says(&["no function was invoked"]);
}

const SECRETS: &str = "-H 'Authorization: Bearer geheim' -H 'X-Api-Key: geheim' -b session=geheim";

#[test]
fn requests_are_exported_and_nothing_is_sent() {
    let server = Server::quick();
    let export = |tool: &str, flags: &str| {
        let ran = server.invoke(&format!("--export {tool} {flags}")).file("in.bin", [0, 159, 146]).run();
        let scrubbed = |text: String| text.replace(&server.address, "[HOST]");
        (scrubbed(ran.stdout()), scrubbed(ran.stderr()))
    };
    let request = "--path '/a%2Fb?x=1' --query 'y=z z' -H 'X-A: 1' -H 'x-a: 2' --data-binary @in.bin";
    let (script, told) = export("k6", &format!("{request} {SECRETS} --rate 50/s --duration 10s"));
    super::snapshot("invoke-export-k6", &script);
    assert!(told.contains("note: the script takes credentials from k6's environment"), "{told}");
    let (lines, told) = export("vegeta", &format!("{request} {SECRETS}"));
    super::snapshot("invoke-export-vegeta", &lines);
    assert!(told.contains("note: credentials are written as <hidden>"), "{told}");
    assert!(!script.contains("geheim") && !lines.contains("geheim"), "{script}{lines}");
    for tool in ["k6", "vegeta"] {
        let (text, told) = export(tool, &format!("{SECRETS} --show-secrets"));
        assert_eq!((text.matches("geheim").count(), told.as_str()), (3, ""), "{text}");
    }
    assert_eq!(server.requests(), 0);
}

#[test]
fn the_name_and_password_of_a_url_are_exported_as_what_they_are() {
    let export = |tool: &str, flags: &str| {
        apigw(&format!("invoke --url 'http://ada:ge%20heim@127.0.0.1:1/dev' --export {tool} {flags}"))
            .run()
            .stdout()
    };
    for tool in ["k6", "vegeta"] {
        let hidden = export(tool, "");
        assert!(!hidden.contains("heim") && hidden.contains("http://127.0.0.1:1/dev"), "{hidden}");
        let shown = export(tool, "--show-secrets");
        // ada:ge heim
        assert!(shown.contains("Basic YWRhOmdlIGhlaW0="), "{shown}");
    }
}

#[test]
fn every_event_becomes_a_target() {
    let ran = apigw("invoke --url https://example.com/v1 --events - --export vegeta");
    let text = ran.stdin(events(&["/a?b=1", "/c"])).run().stdout();
    let urls: Vec<_> =
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["url"].clone()).collect();
    assert_eq!(urls, ["https://example.com/v1/a?b=1", "https://example.com/v1/c"]);
}
