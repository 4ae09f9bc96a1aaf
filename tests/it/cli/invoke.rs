//! `apigw invoke --bin`: a function built with AWS's own crates, and what its callers get.

use super::{Run, apigw};
use serde_json::{Value, json};

const OCTETS: &[u8] = &[0, 159, 146, 150, 255];

fn greeting(line: &str) -> Run {
    apigw(&format!("invoke --bin [GREETING] {line}"))
}

/// What the function saw of its request.
fn greeted(line: &str) -> Value {
    greeting(line).run().json()
}

#[test]
fn the_body_goes_to_standard_output_and_the_rest_to_standard_error() {
    greeting("--path '/hello?name=Bob'").run().snapshot("invoke-rest");
    greeting("--path '/hello?name=Bob' --api http").run().snapshot("invoke-http");
}

#[test]
fn status_and_headers_stand_before_the_body_when_asked_for() {
    greeting("--path /hello -i").run().snapshot("invoke-rest-include");
    greeting("--path /hello --include --event http-get").run().snapshot("invoke-http-include");
}

#[test]
fn raw_is_what_the_function_returned() {
    let raw = greeting("--path /hello --raw").run();
    assert_eq!(raw.json()["statusCode"], 200);
    assert!(raw.json()["body"].is_string());
    for conflict in ["--raw -i", "--raw --url http://127.0.0.1:1"] {
        greeting(conflict).exits(2).run().says(&["cannot be used with"]);
    }
}

#[test]
fn json_tells_the_whole_line() {
    let ran = greeting("--path '/hello?name=Bob' --format json").run();
    assert_eq!(ran.stderr(), "");
    ran.snapshot("invoke-json");
    let http = greeting("--path /hello --event http-put --format json").run().json();
    let result = &http["results"][0];
    assert_eq!(result["event"]["version"], "2.0");
    assert_eq!(result["result"]["statusCode"], 200);
    assert_eq!(result["response"]["status"], 200);
    assert_eq!(http["summary"], json!({ "checked": 1, "errors": 0, "warnings": 0, "infos": 0 }));
}

#[test]
fn the_request_reaches_the_function() {
    for kind in ["rest-put", "http-put"] {
        let line = format!("--event {kind} --path '/a%20b?x=1' --query name=Ada --header 'With: care'");
        let seen = greeted(&line);
        assert_eq!(seen["message"], "Hello, Ada!", "{kind}");
        assert_eq!((&seen["method"], &seen["with"]), (&json!("PUT"), &json!("care")), "{kind}");
    }
    assert_eq!(greeted("--event rest-get -X DELETE")["method"], "DELETE");
    assert_eq!(greeted("-d x=1")["method"], "POST", "a body makes it a POST");
    assert_eq!(greeted("--api http -d x=1")["method"], "POST");
    assert_eq!(greeted("--api http")["path"], "/");
}

#[test]
fn bytes_survive_the_way_through_the_gateway() {
    let flags = "--path /bytes -H 'Accept: application/octet-stream' --binary-media-type '*/*'";
    assert_eq!(greeting(flags).run().bytes(), OCTETS);
    assert_eq!(greeting("--path /bytes --api http").run().bytes(), OCTETS);
    let text = greeting("--path /bytes").run();
    assert_eq!(text.stdout(), "AJ+Slv8=", "a REST API without binary media types sends the base64");
    text.says(&["info[AGW117]", "--binary-media-type"]);
    let json = greeting("--path /bytes --api http --format json").run().json();
    let response = &json["results"][0]["response"];
    assert_eq!((&response["body"], &response["is_base64"]), (&json!("AJ+Slv8="), &json!(true)));
}

#[test]
fn a_body_of_bytes_reaches_the_function() {
    let echo = |line: &str| {
        let run = apigw(&format!("invoke --bin [UNRULY] --env _HANDLER=echo --raw {line}"));
        let ran = run.file("in.bin", OCTETS).stdin(OCTETS).exits(if line.contains("http") { 0 } else { 1 });
        ran.run().json()
    };
    for line in [
        "--data-binary @in.bin --event http-post",
        "--data-binary @- --event http-post",
        "--data-binary @- --binary-media-type '*/*'",
    ] {
        let event = echo(line);
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("AJ+Slv8="), &json!(true)), "{line}");
    }
}

#[test]
fn an_event_comes_from_a_file_or_from_standard_input() {
    for kind in ["rest-get", "http-get"] {
        let event = apigw(&format!("event gen {kind} --path '/hi?name=Bo'")).run();
        let file = greeting("--event event.json").file("event.json", event.bytes()).run();
        assert_eq!(file.json()["message"], "Hello, Bo!");
        let title = if kind == "rest-get" { "REST API answers 200" } else { "HTTP API answers 200" };
        file.says(&[title]);
        let stdin = greeting("--event -").stdin(event.bytes()).run().json();
        assert_eq!(stdin["path"], "/hi");
        let set = greeting(
            "--event - --set /queryStringParameters/name=Cy --set /rawQueryString=name=Cy \
                            --set /multiValueQueryStringParameters/name/0=Cy",
        );
        assert_eq!(set.stdin(event.bytes()).run().json()["message"], "Hello, Cy!", "{kind}");
    }
}

#[test]
fn an_event_of_no_kind_needs_the_name_of_the_front_end() {
    let run = |flags: &str| {
        apigw(&format!("invoke --bin [UNRULY] --env _HANDLER=echo --event event.json {flags}"))
            .file("event.json", r#"{"statusCode": 201, "body": "made"}"#)
    };
    run("").exits(2).run().says(&["event.json", "--api"]);
    assert_eq!(run("--api rest").run().says(&["REST API answers 201 Created"]).stdout(), "made");
    assert_eq!(run("--api http").run().says(&["HTTP API answers 201 Created"]).stdout(), "made");
}

#[test]
fn events_that_cannot_be_read_are_told_with_their_place() {
    let run = |content: &[u8]| greeting("--event event.json").file("event.json", content).exits(2).run();
    run(b"{\"a\": 1,\n \"b\": }").says(&["event.json:2:7: the event is not JSON"]);
    run(b"\xff").says(&["event.json: the event is not JSON: it is not UTF-8"]);
    run(b"").says(&["event.json:1:1", "empty"]);
    let missing = greeting("--event rest-gett").exits(2).run();
    missing.says(&["--event: cannot read rest-gett", "apigw event list"]);
    let mixed = greeting("--event event.json --path /x").file("event.json", "{}").exits(2).run();
    mixed.says(&["--event names a file", "--set"]);
    greeting("--event http-get --api rest").exits(2).run().says(&["http-get", "--api rest"]);
}

#[test]
fn a_request_that_no_route_takes_invokes_nothing() {
    greeting("--route 'GET /x' --path /y").exits(1).run().snapshot("invoke-unroutable");
    let http = greeting("--api http --route 'GET /x' --path /y --format json").exits(1).run().json();
    let result = &http["results"][0];
    assert_eq!(result["unroutable"], "no route takes GET /y");
    assert_eq!((&result["event"], &result["response"]["status"]), (&Value::Null, &json!(404)));
}

#[test]
fn the_function_has_the_environment_that_was_asked_for() {
    let line = "invoke --bin [UNRULY] --raw --env-file variables --env TABLE=second --env _HANDLER=environment \
                --env EMPTY= --env AWS_LAMBDA_FUNCTION_NAME=users --env AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512 \
                --region eu-west-1";
    let file = "# comment\nTABLE=first\nexport QUOTED=\"a b\"\n\nSINGLE='c d'\n";
    let seen = apigw(line).env("HOME", "/home/geheim").file("variables", file).exits(1).run().json();
    for (name, value) in [
        ("TABLE", "second"),
        ("QUOTED", "a b"),
        ("SINGLE", "c d"),
        ("EMPTY", ""),
        ("AWS_LAMBDA_FUNCTION_NAME", "users"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
        ("AWS_REGION", "eu-west-1"),
        ("_HANDLER", "environment"),
    ] {
        assert_eq!(seen[name], value, "{name}");
    }
    assert_eq!(seen.get("HOME"), None, "the function does not get our own environment");
}

#[test]
fn the_function_is_told_which_invocation_it_is() {
    let line = "invoke --bin [UNRULY] --env _HANDLER=headers --raw --timeout 9";
    let head = apigw(line).exits(1).run().stdout().to_ascii_lowercase();
    for name in ["aws-request-id: ", "deadline-ms: ", "trace-id: root=1-67752e40-"] {
        assert!(head.contains(&format!("lambda-runtime-{name}")), "{head}");
    }
    assert!(head.contains(":function:unruly\r\n"), "{head}");
}

#[test]
fn arguments_behind_two_dashes_are_the_function_s() {
    let line = "invoke --bin [UNRULY] --timeout 0.2 -- --help sleep";
    apigw(line).exits(1).run().says(&["AGW105"]);
    for flag in ["--env A=b", "--env-file x", "--raw", "-- x"] {
        let ran = apigw(&format!("invoke --url http://127.0.0.1:1 {flag}")).exits(2).run();
        ran.says(&["--url", "cannot be used with"]);
    }
}

#[test]
fn programs_that_cannot_be_started_are_usage_errors() {
    let run = |line: &str| apigw(&format!("invoke {line}")).file("plain", "x").exits(2).run();
    run("--bin ./missing").says(&["there is no program `./missing`", "build the function first"]);
    run("--bin .").says(&["`.` is a directory", "bootstrap"]);
    run("").says(&["--bin <PATH>", "--url <URL>"]);
    run("--bin a --url b").says(&["cannot be used with"]);
    if cfg!(unix) {
        run("--bin ./plain").says(&["`./plain` may not be executed", "chmod +x"]);
    }
}

#[test]
fn flags_that_make_no_sense_are_usage_errors() {
    for (line, named) in [
        ("--timeout 0", "--timeout"),
        ("--timeout -1", "--timeout"),
        ("--timeout NaN", "--timeout"),
        ("--timeout x", "--timeout"),
        ("--env geheim-ohne-namen", "--env"),
        ("--env =geheim", "--env"),
        ("--env 'A B=geheim'", "--env"),
        ("--env A:geheim", "--env"),
        ("--env AWS_LAMBDA_RUNTIME_API=geheim", "AWS_LAMBDA_RUNTIME_API"),
        ("--env AWS_LAMBDA_FUNCTION_MEMORY_SIZE=geheim", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
        ("--env-file missing", "--env-file: cannot read missing"),
        ("--env-file variables", "variables: entry 2"),
        ("--api soap", "--api"),
        ("--format xml", "--format"),
        ("-H 'Authorization Bearer geheim'", "-H"),
    ] {
        let run = greeting(line).file("variables", "A=1\nB = geheim geheim\n").exits(2);
        let ran = run.run().says(&[named]);
        assert!(
            !ran.stderr().contains("=geheim") && !ran.stderr().contains(" geheim"),
            "{}",
            ran.transcript()
        );
    }
}

#[test]
fn a_failing_function_shows_no_secret_of_its_call() {
    let secrets = "-H 'Authorization: Bearer geheim' -b session=geheim --api-key geheim --env TOKEN=geheim";
    for handler in ["exit-early", "exit-in-handler", "hang", "error", "not-json", "wrong-id"] {
        let line = format!("invoke --bin [UNRULY] --env _HANDLER={handler} --timeout 0.3 {secrets}");
        let ran = apigw(&line).exits(if handler == "not-json" { 1 } else { 3 }).run();
        assert!(!ran.stderr().contains("geheim"), "{}", ran.transcript());
    }
    let started = apigw(&format!("invoke --bin ./missing {secrets}")).exits(2).run();
    assert!(!started.stderr().contains("geheim"));
}
