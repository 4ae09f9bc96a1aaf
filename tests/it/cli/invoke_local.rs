//! What `apigw invoke` offers around a function on this machine: command lines that build it, its
//! environment, and Lambda's report.

use super::{Run, apigw};
use serde_json::Value;

/// The function that tells its environment.
fn environment(line: &str) -> Run {
    apigw(&format!("invoke --bin [UNRULY] --env _HANDLER=environment --raw {line}")).exits(1)
}

/// A function that breaks rules, started by a shell.
fn command(line: &str) -> Run {
    let words = "invoke --cmd \"sh -c 'echo building >&2; sleep 0.3; [UNRULY]; exit 9'\"";
    apigw(&format!("{words} --raw {line}")).exits(1)
}

#[test]
fn a_command_line_builds_and_starts_the_function_in_one() {
    let ran =
        command("--env _HANDLER=environment").env("HOME", "/home/ada").env("CARGO_HOME", "/cargo").run();
    let seen = ran.json();
    let directory = seen["LAMBDA_TASK_ROOT"].as_str().unwrap();
    assert_eq!(seen["AWS_LAMBDA_FUNCTION_NAME"], *directory.rsplit('/').next().unwrap());
    assert_eq!(seen["HOME"], "/home/ada", "builds have their caches there");
    assert_eq!(seen["CARGO_HOME"], "/cargo");
    ran.says(&["building", "init "]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_command_started_goes_with_it() {
    let ran = command("--env _HANDLER=spawn-child-and-hang --timeout 0.3").exits(3).run();
    let stderr = ran.stderr();
    let grandchild = stderr.lines().find_map(|line| line.strip_prefix("grandchild ")).unwrap().to_owned();
    let is_alive = || {
        let stat = std::fs::read_to_string(format!("/proc/{grandchild}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
    };
    let started = std::time::Instant::now();
    while is_alive() {
        assert!(started.elapsed().as_secs() < 20, "{grandchild} lives on");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn the_time_limit_of_the_initialisation_can_be_set() {
    let hangs = "--env _HANDLER=never-next --init-timeout 0.2";
    for run in [command(hangs), apigw(&format!("invoke --bin [UNRULY] {hangs}"))] {
        run.exits(3).run().says(&["within 0.20 s", "--init-timeout"]);
    }
}

#[test]
fn command_lines_that_start_nothing_are_told_in_words() {
    for (line, says) in [
        ("--cmd \"go 'run\"", "--cmd: a quotation mark is opened and never closed"),
        ("--cmd ''", "--cmd: the line is empty"),
        ("--cmd 'go build && ./bootstrap'", "--cmd: no shell reads the line, so `&&` would be an argument"),
        ("--cmd 'A=1 ./bootstrap'", "variables are given with --env NAME=VALUE"),
        (
            "--cmd 'no-such-program run .'",
            "--cmd: there is no program `no-such-program`, neither in this directory nor on PATH",
        ),
        ("--cmd ./bootstrap", "--cmd: there is no program `./bootstrap`"),
        ("--cmd ./plain", "--cmd: `./plain` may not be executed"),
        ("--cmd x --bin y", "cannot be used with"),
        ("--cmd x -- y", "cannot be used with"),
        ("--cmd x --runtime python3", "cannot be used with"),
        ("--bin x --memory 64", "64 is not in 128..=10240"),
        ("--bin x --function-name 'a b'", "letters, digits, hyphens and underscores"),
        ("--bin x --init-timeout 0", "from 0.001 to 86400 seconds"),
        ("--bin x --memory 256 --env AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128", "--memory says the size"),
        ("--bin x --function-name a --env AWS_LAMBDA_FUNCTION_NAME=b", "--function-name says the name"),
        ("--bin x --env _MINE=1", "`_MINE` is no name that Lambda takes"),
    ] {
        apigw(&format!("invoke {line}")).file("plain", "").exits(2).run().says(&[says]);
    }
}

#[test]
fn the_function_sees_lambda_s_environment_and_this_machine_s_only_when_asked() {
    let host = |line: &str| {
        let run = environment(line).env("HOME", "/home/ada").env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
        run.env("AWS_REGION", "eu-west-1")
            .env("AWS_EXECUTION_ENV", "CloudShell")
            .env("TABLE", "theirs")
            .run()
            .json()
    };
    let own = host("--env TABLE=mine");
    for name in ["HOME", "AWS_ACCESS_KEY_ID", "AWS_EXECUTION_ENV", "COLUMNS", "AWS_SAM_LOCAL"] {
        assert_eq!(own[name], Value::Null, "{name}");
    }
    assert_eq!(own["TABLE"], "mine");
    let inherited = host("--inherit-env");
    for (name, value) in [
        ("HOME", "/home/ada"),
        ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
        ("TABLE", "theirs"),
        ("AWS_REGION", "us-east-1"),
        ("TZ", ":UTC"),
    ] {
        assert_eq!(inherited[name], value, "{name}");
    }
    assert_eq!(inherited["AWS_EXECUTION_ENV"], Value::Null, "it tells of the shell, not of the function");
    assert_eq!(host("--inherit-env --env TABLE=mine")["TABLE"], "mine");
}

#[test]
fn memory_and_name_are_told_to_the_function() {
    let seen = environment("--memory 512 --function-name users").run().json();
    assert_eq!(seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], "512");
    assert_eq!(seen["AWS_LAMBDA_FUNCTION_NAME"], "users");
    assert_eq!(seen["AWS_LAMBDA_LOG_GROUP_NAME"], "/aws/lambda/users");
}

const SAM: &str = r#"{
    "Parameters": { "TABLE": "all", "STAGE": "dev" },
    "Users": { "TABLE": "users", "LIMIT": 10, "VERBOSE": true, "EMPTY": null },
    "Orders": { "TABLE": "orders" }
}"#;

#[test]
fn variables_come_from_sam_s_file() {
    let seen = |line: &str| {
        environment(&format!("--env-vars env.json {line}"))
            .file("env.json", SAM)
            .file(".env", "TABLE=file\nX=1\n")
            .run()
            .json()
    };
    let users = seen("--function-name Users --env-file .env");
    for (name, value) in [
        ("TABLE", "users"),
        ("STAGE", "dev"),
        ("LIMIT", "10"),
        ("VERBOSE", "true"),
        ("EMPTY", ""),
        ("X", "1"),
    ] {
        assert_eq!(users[name], value, "{name}");
    }
    assert_eq!(seen("")["TABLE"], "all", "what is for every function");
    assert_eq!(seen("--env AWS_LAMBDA_FUNCTION_NAME=Orders")["TABLE"], "orders");
    assert_eq!(seen("--function-name Users --env TABLE=flag")["TABLE"], "flag");
}

#[test]
fn files_of_variables_that_fit_nothing_are_told_in_words() {
    for (content, says) in [
        ("[]", "--env-vars: env.json is no JSON object"),
        ("{\"A\": ", "--env-vars: env.json is no JSON object: EOF while parsing a value at line 1"),
        (
            r#"{"Users": {}, "Orders": {}}"#,
            "it names Users, Orders; say which one this is with --function-name Users",
        ),
        (r#"{"unruly": "x"}"#, "unruly is no object of variables"),
        (r#"{"unruly": {"A": {"B": 1}}}"#, "unruly.A is no text, number or truth value"),
        (r#"{"unruly": {"A-B": "1"}}"#, "`A-B` is no name that Lambda takes"),
    ] {
        environment("--env-vars env.json").file("env.json", content).exits(2).run().says(&[says]);
    }
    environment("--env-vars env.json").exits(2).run().says(&["--env-vars: cannot read env.json"]);
}

#[test]
fn more_variables_than_lambda_takes_are_warned_of() {
    let of = |size: usize| environment(&format!("--env LARGE={}", "x".repeat(size))).run();
    of(4200).says(&["warning: the function's own variables have 4212 bytes, and Lambda takes 4096 (4 KB)"]);
    assert!(!of(4000).stderr().contains("warning"));
}

#[test]
fn lambda_s_report_is_written_around_the_log() {
    for flag in ["--report", "-v"] {
        let ran = apigw(&format!("invoke --bin [GREETING] --path /hello {flag}")).run();
        let stderr = ran.stderr();
        let lines: Vec<_> = stderr.lines().collect();
        let id =
            lines[0].strip_prefix("START RequestId: ").unwrap().strip_suffix(" Version: $LATEST").unwrap();
        assert_eq!(id.len(), 36, "{stderr}");
        assert!(lines.contains(&format!("END RequestId: {id}").as_str()), "{stderr}");
        let report = lines.iter().find(|line| line.starts_with("REPORT ")).unwrap();
        let members: Vec<_> = report.split('\t').map(|member| member.split(": ").next().unwrap()).collect();
        let memory: &[&str] = if cfg!(target_os = "linux") { &["Max Memory Used"] } else { &[] };
        let expected = [
            &["REPORT RequestId", "Duration", "Billed Duration", "Memory Size"],
            memory,
            &["Init Duration", ""],
        ];
        assert_eq!(members, expected.concat(), "{report}");
        assert_eq!(ran.json()["path"], "/hello");
    }
    apigw("invoke --url http://127.0.0.1:1 --report").exits(2).run().says(&["cannot be used with"]);
}

#[test]
fn json_tells_what_lambda_would_bill() {
    let report = apigw("invoke --bin [GREETING] --path /hello --format json").run().json();
    let timings = &report["results"][0]["timings"];
    let whole = timings["init_ms"].as_f64().unwrap() + timings["duration_ms"].as_f64().unwrap();
    let billed = timings["billed_ms"].as_u64().unwrap();
    assert!((whole - 0.02..=whole + 1.02).contains(&(billed as f64)), "{timings}");
    if cfg!(target_os = "linux") {
        assert!((1..128).contains(&timings["max_memory_mb"].as_u64().unwrap()), "{timings}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn more_memory_than_the_function_has_is_warned_of() {
    const HUNGRY: &str =
        "kept = bytearray(200 * 1024 * 1024)\ndef handler(event, context): return {'statusCode': 200}";
    let run =
        |line: &str| apigw(&format!("invoke --handler app.handler {line}")).file("app.py", HUNGRY).run();
    let warned = run("");
    warned.says(&["warning: the function used 2", "has 128 MB: Lambda would have killed it", "--memory"]);
    assert!(!run("--memory 512").stderr().contains("warning"));
    run("--format json").says(&["Lambda would have killed it"]);
}
