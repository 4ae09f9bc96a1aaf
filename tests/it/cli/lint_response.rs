//! `apigw lint-response`: what people read, what programs read, and what shells see.

use super::{Ran, Run, apigw, snapshot};
use serde_json::Value;
use std::io::Write as _;
use std::process::Stdio;

const OBJECT_BODY: &str = r#"{"statusCode": 200, "body": {"a": 1}}"#;
const GOOD: &str = r#"{"statusCode": 200, "body": "ok"}"#;

/// A telling case: the snapshot's name, the flags, the exit code, and the result.
struct Case {
    name: &'static str,
    flags: &'static str,
    exit: i32,
    result: Vec<u8>,
}

fn case(name: &'static str, flags: &'static str, exit: i32, result: impl AsRef<[u8]>) -> Case {
    Case { name, flags, exit, result: result.as_ref().to_vec() }
}

/// Texts and what is wrong with them as texts.
fn texts() -> Vec<Case> {
    let (y, z) = ("y".repeat(3000), "z".repeat(3000));
    let long = format!(r#"{{"headers": {{"x": "{y}"}}, "body": {{"a": "{z}"}}, "status": 1}}"#);
    let tabs = "{\n\t\"statusCode\": 200,\n\t\"headers\": {\"日本語🎉\":\t[\"x\"]},\n\t\"ключ\":\t\"x\"\n}\n";
    let lines = "{\n  \"statusCode\": 200,\n  \"body\": {\n    \"message\": \"hi\"\n  }\n}\n";
    let controls = "{\"statusCode\": 200, \"\\u001b[31mred\": 1, \"body\": \"\"}";
    vec![
        case("long-line", "", 1, long),
        case("tabs-and-wide-characters", "", 1, tabs),
        case("many-lines", "", 1, lines),
        case("carriage-returns", "", 1, lines.replace('\n', "\r\n")),
        case("byte-order-mark", "", 1, format!("\u{feff}{OBJECT_BODY}")),
        case("duplicate-keys", "", 1, r#"{"statusCode": 200, "body": "x", "statusCode": "no", "body": {}}"#),
        case("trailing-data", "", 1, format!("{GOOD}\nEND RequestId: 1\n")),
        case("not-json", "", 1, "SUCCESS"),
        case("not-json-python", "--api http", 1, "{'statusCode': 200}"),
        case("not-json-comma", "", 1, "{\"statusCode\": 200,}"),
        case("not-json-cut-off", "", 1, "{\"statusCode\": 200, \"body\": \"x\n"),
        case("not-json-huge-word", "", 1, "x".repeat(20_000)),
        case("control-characters", "", 1, controls),
        case("control-characters-not-json", "", 1, "\u{1b}[31mred\u{7}"),
        case("empty", "", 1, ""),
        case("blank", "--api http", 1, " \n\n"),
        case("not-utf8", "", 1, b"{\"statusCode\": 200,\n \"body\": \"caf\xe9\"}"),
        case("utf16", "", 1, b"\xff\xfe{\0}\0"),
    ]
}

/// Results and what the front ends make of them.
fn results() -> Vec<Case> {
    let function_error = r#"{"errorMessage": "boom", "errorType": "Error", "stackTrace": []}"#;
    let base64 = r#"{"statusCode": 200, "body": "dGVzdA==", "isBase64Encoded": true}"#;
    let no_base64 = r#"{"statusCode": 200, "body": "dGVzdA", "isBase64Encoded": true}"#;
    let headers = r#"{"statusCode": 401, "headers": {"WWW-Authenticate": "Bearer", "X-N": 1, "X-L": ["a"]}}"#;
    vec![
        case("function-error", "", 1, function_error),
        case("function-error-http", "--api http", 1, function_error),
        case("null", "", 1, "null"),
        case("null-http", "--api http", 0, "null"),
        case("string", "", 1, "\"hello\""),
        case("string-http", "--api http", 0, "\"hello\""),
        case("list", "", 0, "[1, 2]"),
        case("list-http", "--api http", 0, "[1, 2]"),
        case("number", "", 0, "42"),
        case("number-http", "--api http", 0, "42"),
        case("base64-without-types", "", 0, base64),
        case("base64-other-type", "--accept image/webp --binary-media-type image/png", 0, base64),
        case("base64-undecodable", "--accept image/png --binary-media-type image/png", 1, no_base64),
        case("base64-undecodable-http", "--api http", 0, no_base64),
        case("headers", "", 0, headers),
        case("headers-http", "--api http", 0, headers),
    ]
}

impl Case {
    fn run(&self, flags: &str) -> Ran {
        let line = format!("lint-response {} {flags} out.json", self.flags);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        apigw(&line).file("out.json", &self.result).exits(self.exit).run()
    }
}

#[test]
fn findings_are_shown_in_their_text() {
    for case in texts().iter().chain(&results()) {
        let ran = case.run("");
        ran.snapshot(&format!("lint-response-{}", case.name));
        assert!(ran.transcript().len() < 5_000, "{} is too long to be read", case.name);
        let rude = |letter: char| letter.is_control() && letter != '\n';
        assert!(!ran.stdout().contains(rude), "{} lets control characters through", case.name);
    }
}

#[test]
fn a_result_over_lambda_s_limit_is_refused() {
    let big = format!(r#"{{"statusCode": 200, "body": "{}"}}"#, "x".repeat(6 * 1024 * 1024 + 100));
    case("", "", 1, &big).run("").snapshot("lint-response-too-large");
    case("", "--api http", 0, &big).run("").snapshot("lint-response-too-large-http");
}

#[test]
fn people_and_programs_are_told_the_same() {
    for case in texts().iter().chain(&results()) {
        let human = case.run("").stdout();
        let report = case.run("--format json").json();
        let diagnostics = report["results"][0]["diagnostics"].as_array().unwrap();
        let heads = human.lines().filter(|line| is_head(line));
        let told: Vec<_> = heads.map(|line| line.split(':').next().unwrap().to_owned()).collect();
        let expected: Vec<_> = diagnostics.iter().map(head).collect();
        assert_eq!(told, expected, "{}", case.name);
        let places =
            human.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).map(str::to_owned);
        assert!(places.eq(diagnostics.iter().map(place)), "{}: {human}{report:#}", case.name);
    }
}

fn is_head(line: &str) -> bool {
    ["error[", "warning[", "info["].iter().any(|start| line.starts_with(start))
}

/// `error[AGW101]`
fn head(diagnostic: &Value) -> String {
    format!("{}[{}]", diagnostic["severity"].as_str().unwrap(), diagnostic["code"].as_str().unwrap())
}

/// `out.json:1:20`
fn place(diagnostic: &Value) -> String {
    let start = &diagnostic["range"]["start"];
    format!("out.json:{}:{}", start["line"], start["column"])
}

#[test]
fn the_summary_counts_what_was_found() {
    for case in texts().iter().chain(&results()) {
        let report = case.run("--format json").json();
        let diagnostics = report["results"][0]["diagnostics"].as_array().unwrap();
        let count = |severity: &str| diagnostics.iter().filter(|one| one["severity"] == severity).count();
        for (severity, counted) in [("error", "errors"), ("warning", "warnings"), ("info", "infos")] {
            assert_eq!(report["summary"][counted], count(severity), "{} {counted}", case.name);
        }
        assert_eq!(case.exit == 1, count("error") > 0, "{}", case.name);
    }
}

#[test]
fn a_byte_range_cuts_the_value_out_of_the_text() {
    let result = "\u{feff}{\"statusCode\": 200, \"ключ\": 1,\r\n \"body\": {\"a\": \"日\"}}";
    let report = apigw("lint-response --format json out.json").file("out.json", result).exits(1).run().json();
    let cut = |diagnostic: &Value| {
        let byte = |end: &str| usize::try_from(diagnostic["range"][end]["byte"].as_u64().unwrap()).unwrap();
        result[byte("start")..byte("end")].to_owned()
    };
    let pieces: Vec<_> = report["results"][0]["diagnostics"].as_array().unwrap().iter().map(cut).collect();
    assert_eq!(pieces, ["", "\"ключ\"", "{\"a\": \"日\"}"]);
}

#[test]
fn a_good_result_is_passed_over_in_silence() {
    let ran = apigw("lint-response out.json").file("out.json", GOOD).run();
    assert_eq!(ran.stdout(), "");
    assert_eq!(ran.stderr(), "Checked 1 document: no errors, no warnings\n");
}

#[test]
fn standard_output_holds_the_findings_and_standard_error_the_rest() {
    let human = apigw("lint-response out.json").file("out.json", OBJECT_BODY).exits(1).run();
    assert!(human.stdout().starts_with("error[AGW101]"));
    assert_eq!(human.stderr(), "Checked 1 document: 1 error, no warnings\n");
    let json = apigw("lint-response out.json --format json").file("out.json", OBJECT_BODY).exits(1).run();
    assert_eq!(json.stderr(), "");
    json.snapshot("lint-response-json");
}

fn three_files(line: &str) -> Run {
    apigw(line).file("a.json", OBJECT_BODY).file("b.json", GOOD).file("c.json", r#"{"status": 200}"#)
}

#[test]
fn several_files_are_judged_in_order() {
    three_files("lint-response a.json b.json c.json").exits(1).run().snapshot("lint-response-several-files");
    let report = three_files("lint-response --format json c.json b.json a.json").exits(1).run().json();
    let files: Vec<_> = report["results"].as_array().unwrap().iter().map(|row| &row["file"]).collect();
    assert_eq!(files, ["c.json", "b.json", "a.json"]);
    assert_eq!(report["summary"]["checked"], 3);
}

/// Of many documents most are only glanced at: nothing about them may change for that.
#[test]
fn the_last_of_many_files_is_judged_like_the_first() {
    let line = format!("lint-response {}a.json", "b.json ".repeat(60));
    let many = three_files(&line).exits(1).run();
    let first = three_files("lint-response a.json").exits(1).run();
    assert_eq!(many.stdout(), first.stdout());
    assert_eq!(many.stderr(), "Checked 61 documents: 1 error, no warnings\n");
    let authorizer = format!("lint-response --api authorizer-token {}", "deny.json ".repeat(60));
    let deny = r#"{"principalId": "a", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": "*"}]}}"#;
    let told = apigw(&authorizer).file("deny.json", deny).run().stdout();
    assert_eq!(told.matches("deny.json: deny: the caller gets 403").count(), 60);
    let tables = format!("lint-response --api rest,http {}", "b.json ".repeat(60));
    assert_eq!(three_files(&tables).run().stdout().matches("FRONT END").count(), 60);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_judged() {
    let ran = three_files("lint-response missing.json a.json .").exits(2).run();
    ran.snapshot("lint-response-missing-file");
    let json = three_files("lint-response missing.json a.json --format json").exits(2).run();
    assert_eq!(json.json()["summary"]["errors"], 1);
    json.says(&["cannot read missing.json: no such file or directory"]);
}

#[test]
fn standard_input_is_a_dash_or_nothing() {
    for line in ["lint-response", "lint-response -", "lint-response --api rest -"] {
        let ran = apigw(line).stdin(OBJECT_BODY).exits(1).run();
        assert!(ran.stdout().contains("--> <stdin>:1:29"), "{}", ran.transcript());
    }
    let both = apigw("lint-response - a.json").file("a.json", GOOD).stdin(OBJECT_BODY).exits(1).run();
    both.says(&["Checked 2 documents: 1 error, no warnings"]);
    apigw("lint-response - -").stdin(GOOD).exits(2).run().says(&["standard input cannot be read twice"]);
}

#[test]
fn mistakes_are_usage_errors() {
    for (line, named) in [
        ("lint-response --api soap out.json", "--api"),
        ("lint-response --format xml out.json", "--format"),
        ("lint-response --binary-media-type png out.json", "--binary-media-type"),
        ("lint-response --nonsense", "--nonsense"),
    ] {
        let ran = apigw(line).file("out.json", GOOD).exits(2).run().says(&[named]);
        assert_eq!(ran.stdout(), "", "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_cannot_move_the_cursor() {
    let name = "a\u{1b}[31mb";
    let ran = apigw(&format!("lint-response '{name}'")).file(name, OBJECT_BODY).exits(1).run();
    assert!(ran.stdout().contains("--> a\\u{1b}[31mb:1:29"), "{}", ran.transcript());
    let missing = apigw(&format!("lint-response '{name}'")).exits(2).run();
    assert!(!missing.stderr().contains('\u{1b}'), "{}", missing.transcript());
}

#[test]
fn colours_are_there_when_asked_for() {
    let colours = |flags: &str, environment: &[(&str, &str)]| {
        let run = apigw(&format!("lint-response {flags} out.json")).file("out.json", OBJECT_BODY).exits(1);
        let ran = environment.iter().fold(run, |run, (name, value)| run.env(name, value)).run();
        let colours = (ran.stdout().contains('\u{1b}'), ran.stderr().contains('\u{1b}'));
        assert_eq!(colours.0, colours.1, "{}", ran.transcript());
        colours.0
    };
    assert!(!colours("", &[]), "no terminal, no colours");
    assert!(colours("", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colours("", &[("CLICOLOR_FORCE", "0")]));
    assert!(!colours("", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(colours("--color always", &[("NO_COLOR", "1")]));
    assert!(!colours("--color never", &[("CLICOLOR_FORCE", "1")]));
    let ran = apigw("lint-response --color always out.json").file("out.json", OBJECT_BODY).exits(1).run();
    snapshot("lint-response-colours", &ran.transcript().replace('\u{1b}', "␛"));
    let json = apigw("lint-response --format json --color always out.json").file("out.json", OBJECT_BODY);
    assert!(!json.exits(1).run().stdout().contains('\u{1b}'), "JSON has no colours");
}

/// Starts the command with standard output closed at the other end, and feeds it.
fn with_closed_output(line: &str, input: &str) -> (Option<i32>, String) {
    let run = apigw(line);
    let mut command = run.process();
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    for line in ["lint-response", "lint-response --format json", "event gen rest-post -d @-"] {
        let (exit, stderr) = with_closed_output(line, OBJECT_BODY);
        assert_eq!((exit, stderr.as_str()), (Some(0), ""), "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let run = apigw("event gen rest-get");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = run.process().stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("cannot write the output: no space left on device"), "{stderr}");
}
