//! Files, directories, globs and streams with many documents: `lint-response` and `event check`.

use super::{Ran, apigw};
use serde_json::Value;
use std::fmt::Write as _;

const GOOD: &str = r#"{"statusCode": 200, "body": "ok"}"#;
const BAD: &str = r#"{"statusCode": 200, "body": {"a": 1}}"#;
const METADATA: &str = "{\n    \"StatusCode\": 200,\n    \"ExecutedVersion\": \"$LATEST\"\n}\n";

/// Code, line and column of each finding, in the order of the report.
fn findings(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let results = report["results"].as_array().unwrap().iter();
    let diagnostics = results.flat_map(|result| {
        let place = |found: &Value| {
            let start = &found["range"]["start"];
            format!(
                "{}#{} {} {}:{}",
                result["file"].as_str().unwrap(),
                result["document"],
                found["code"].as_str().unwrap(),
                start["line"],
                start["column"]
            )
        };
        result["diagnostics"].as_array().unwrap().iter().map(place).collect::<Vec<_>>()
    });
    diagnostics.collect()
}

#[track_caller]
fn finds(content: impl AsRef<[u8]>, flags: &str, checked: usize, expected: &[&str]) {
    // Of a value that is no object it is only inferred what happens.
    let exit = i32::from(expected.iter().any(|found| !found.contains("AGW122")));
    let ran = apigw(&format!("lint-response f {flags} --format json")).file("f", content).exits(exit).run();
    assert_eq!(findings(&ran), expected, "{}", ran.transcript());
    assert_eq!(ran.json()["summary"]["checked"], checked, "{}", ran.transcript());
}

#[test]
fn lines_are_judged_each_and_a_broken_one_hides_no_other() {
    let lines = [GOOD, BAD, "", "{'statusCode': 200}", "  {\"status\": 1}  ", "nonsense", GOOD].join("\n");
    let expected = ["f#1 AGW101 2:29", "f#2 AGW901 4:2", "f#3 AGW105 5:4", "f#4 AGW901 6:1"];
    finds(&lines, "", 6, &expected);
    finds(lines.replace('\n', "\r\n"), "", 6, &expected);
    let bytes = [GOOD.as_bytes(), b"\n{\"body\": \"caf\xe9\"}\n\0\n{}\0\n", BAD.as_bytes()].concat();
    let expected = ["f#1 AGW903 2:14", "f#2 AGW901 3:1", "f#3 AGW906 4:3", "f#4 AGW101 5:29"];
    finds(bytes, "", 5, &expected);
    finds(format!("{GOOD}\n{BAD}"), "--input one", 1, &["f#0 AGW906 2:1"]);
    finds("1\n2", "--input lines", 2, &["f#0 AGW122 1:1", "f#1 AGW122 2:1"]);
}

#[test]
fn documents_behind_each_other_and_in_arrays_are_judged_each() {
    let pretty = "{\n  \"statusCode\": 200,\n  \"body\": {}\n}\n";
    finds(pretty.repeat(2), "", 2, &["f#0 AGW101 3:11", "f#1 AGW101 7:11"]);
    let array = format!("[{GOOD},\n {BAD}, {BAD}]");
    finds(&array, "", 3, &["f#1 AGW101 2:30", "f#2 AGW101 2:69"]);
    finds("[{\"id\": 1}]", "", 1, &["f#0 AGW122 1:1"]);
    finds("[{\"id\": 1}]", "--input array", 1, &["f#0 AGW105 1:3"]);
    finds("[]", "", 1, &["f#0 AGW122 1:1"]);
}

#[test]
fn an_array_that_is_not_one_is_told_at_its_place() {
    let cases = [
        (format!("[{BAD},\n{GOOD}"), "", "f:2:34: the text ends before the array of documents is closed"),
        (format!("[{BAD},\n]"), "", "f:2:1: a comma before the end of the array is not allowed"),
        (format!("\n{BAD}"), "--input array", "f:2:1: this is not an array of documents"),
    ];
    for (content, flags, words) in cases {
        apigw(&format!("lint-response {flags} f")).file("f", content).exits(2).run().says(&[words]);
    }
}

#[test]
fn results_are_found_in_a_log_and_events_too() {
    let log = format!(
        "START RequestId: 8f507cfc-2a1b-4c3d-9e8f-000000000001 Version: $LATEST\n\
         2026-11-20T10:00:00.123Z\t8f507cfc-2a1b-4c3d-9e8f-000000000001\tINFO\t{{\"methodArn\": \"a\"}}\n\
         2026-11-20T10:00:00.123Z\t8f507cfc-2a1b-4c3d-9e8f-000000000001\tINFO\treturns {BAD}\n\
         END RequestId: 8f507cfc-2a1b-4c3d-9e8f-000000000001\n"
    );
    finds(&log, "", 1, &["f#0 AGW101 3:104"]);
    let ran = apigw("event check f --format json").file("f", &log).exits(1).run();
    assert_eq!(ran.json()["summary"]["checked"], 1);
    assert!(findings(&ran).iter().all(|found| found.contains(" 2:")), "{}", ran.transcript());
    let record = format!("{{\"timestamp\":\"t\",\"level\":\"INFO\",\"message\":{BAD}}}\n");
    finds(record.repeat(2), "", 2, &["f#0 AGW101 1:71", "f#1 AGW101 2:71"]);
}

#[test]
fn what_aws_lambda_invoke_prints_is_not_judged() {
    finds(format!("{BAD}{METADATA}"), "", 1, &["f#0 AGW101 1:29"]);
    finds(format!("{METADATA}{BAD}"), "", 1, &["f#0 AGW101 5:29"]);
    let ran = apigw("lint-response f").file("f", METADATA).exits(2).run();
    ran.says(&["f holds what `aws lambda invoke` prints of an invocation, not the payload"]);
}

#[test]
fn checking_nothing_is_an_error_unless_it_may_be() {
    let log = "START RequestId: 1\nEND RequestId: 1\n";
    let cases = [
        ("*.txt", "no file matches *.txt"),
        ("f/", "no file in f/ ends with .json, .ndjson, .jsonl"),
        ("a.log", "there is no result in a.log"),
        ("a.log b.log a.log", "there is no result in a.log, nor in 2 other files"),
        ("--input array e.json", "there is no result in e.json"),
    ];
    for (words, said) in cases {
        let make = |line: &str| {
            let run = apigw(line).file("a.log", log).file("b.log", log).file("e.json", "[]");
            run.directory("f").file("f/none.txt", GOOD)
        };
        make(&format!("lint-response {words}")).exits(2).run().says(&["error: ", said]);
        let ran = make(&format!("lint-response --allow-empty {words}")).run();
        assert!(
            ran.stderr().ends_with("Checked no documents: no errors, no warnings\n"),
            "{}",
            ran.transcript()
        );
    }
    let ran = apigw("lint-response a.log b.json").file("a.log", log).file("b.json", GOOD).run();
    assert_eq!(
        ran.stderr(),
        "note: there is no result in a.log\nChecked 1 document: no errors, no warnings\n"
    );
    finds("", "", 1, &["f#0 AGW902 1:1"]);
}

#[test]
fn files_come_in_order_from_directories_and_globs_and_only_once() {
    let run = |words: &str| {
        let run = apigw(&format!("lint-response {words} --format json")).directory("d").directory("d/.git");
        let run = run.file("d/.git/x.json", BAD).file("d/.gitignore", "*.tmp.json").file("d/a.tmp.json", BAD);
        run.file("d/b.jsonl", BAD).file("d/a.json", BAD).file("d/c.txt", BAD).exits(1).run()
    };
    let files = |ran: &Ran| -> Vec<String> {
        findings(ran).iter().map(|found| found.split('#').next().unwrap().to_owned()).collect()
    };
    assert_eq!(files(&run("d")), ["d/a.json", "d/b.jsonl"]);
    assert_eq!(files(&run(".")), ["d/a.json", "d/b.jsonl"]);
    assert_eq!(files(&run("d/b.jsonl d d/a.tmp.json")), ["d/b.jsonl", "d/a.json", "d/a.tmp.json"]);
    assert_eq!(files(&run("'d/*' d")), ["d/a.json", "d/b.jsonl", "d/c.txt"]);
}

#[test]
fn standard_input_may_have_a_name_and_comes_once() {
    let ran = apigw("lint-response --stdin-filename src/out.json -").stdin(BAD).exits(1).run();
    assert!(ran.stdout().contains("--> src/out.json:1:29"), "{}", ran.transcript());
    apigw("lint-response - -").stdin(GOOD).exits(2).run().says(&["standard input cannot be read twice"]);
}

#[test]
fn what_a_function_streams_is_one_document() {
    let stream = "{\"statusCode\": 200}\n{\"a\": 1}\n{\"b\": 2}\n";
    let line = "lint-response --api url --streaming f --format json";
    let ran = apigw(line).file("f", stream).run();
    assert_eq!(ran.json()["summary"]["checked"], 1);
}

#[test]
fn many_documents_are_told_in_order() {
    let mut lines = String::new();
    let mut expected = String::new();
    for number in 0..6000 {
        let is_bad = number % 7 == 0;
        writeln!(lines, "{{\"statusCode\": 200, \"body\": {}}}", if is_bad { "{}" } else { "\"\"" }).unwrap();
        if is_bad {
            writeln!(expected, "--> f.ndjson:{}:29", number + 1).unwrap();
        }
    }
    let ran = apigw("lint-response f.ndjson").file("f.ndjson", &lines).exits(1).run();
    let places: String = ran
        .stdout()
        .lines()
        .filter(|line| line.contains("-->"))
        .map(|line| format!("{}\n", line.trim()))
        .collect();
    assert!(places == expected, "{places:.500}");
    assert_eq!(ran.stderr(), "Checked 6000 documents: 858 errors, no warnings\n");

    let names: Vec<_> = (0..500).map(|number| format!("{number}.json")).collect();
    let padding = " ".repeat(1000);
    let run = apigw(&format!("lint-response {}", names.join(" "))).exits(1);
    let run = names.iter().fold(run, |run, name| run.file(name, format!("{padding}{BAD}")));
    let ran = run.run();
    let places =
        ran.stdout().lines().filter(|line| line.contains("-->")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(places, names.iter().map(|name| format!(" --> {name}:1:1029")).collect::<Vec<_>>());
}

#[test]
fn hostile_documents_hide_no_other_one() {
    let deep = format!("{{\"body\": {}}}", "[".repeat(10_000));
    let long = format!("{{\"body\": \"{}\"}}", "x".repeat(3 << 20));
    let number = format!("{{\"statusCode\": {}}}", "9".repeat(1 << 20));
    let lines = [GOOD, &deep, &long, &number, "\0\0\0", BAD].join("\n");
    let ran = apigw("lint-response f --format json").file("f", lines).exits(1).run();
    let found = findings(&ran);
    let about =
        |document: usize| found.iter().filter(|found| found.starts_with(&format!("f#{document} "))).count();
    assert_eq!([0, 1, 2, 3, 4, 5].map(about), [0, 1, 0, 1, 1, 1], "{found:?}");
    assert_eq!(ran.json()["summary"]["checked"], 6);
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_name_is_read_and_those_in_directories_are_not() {
    let run = apigw("lint-response d/pipe d").directory("d").file("d/a.json", GOOD).exits(1);
    let pipe = run.path("d/pipe");
    let made =
        std::process::Command::new("mkfifo").arg(&pipe).arg(run.path("d/other.json")).status().unwrap();
    assert!(made.success());
    let writer = std::thread::spawn(move || std::fs::write(pipe, format!("{GOOD}\n{BAD}\n")).unwrap());
    let ran = run.run();
    writer.join().unwrap();
    assert!(ran.stdout().contains("--> d/pipe:2:29"), "{}", ran.transcript());
    assert_eq!(ran.stderr(), "Checked 3 documents: 1 error, no warnings\n");
}
