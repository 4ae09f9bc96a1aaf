//! What is told of findings: flags, and the configuration file that is nearest to each file.

use super::{Run, apigw};
use serde_json::Value;

/// An error (AGW105), a warning of weak evidence (AGW108) and one of strong evidence (AGW118).
const MIXED: &str = r#"{"statusCode": 200, "headers": {"WWW-Authenticate": "x", "A": ["b"]}, "message": 1}"#;
const GOOD: &str = r#"{"statusCode": 200, "body": "ok"}"#;

fn codes(report: &Value) -> Vec<String> {
    let rows = report["results"].as_array().unwrap().iter();
    let diagnostics = rows.flat_map(|row| row["diagnostics"].as_array().unwrap());
    diagnostics
        .map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["severity"].as_str().unwrap()))
        .collect()
}

fn judged(flags: &str, config: &str, exit: i32) -> Vec<String> {
    let run = apigw(&format!("lint-response --format json {flags} out.json").replace("  ", " "));
    let run = if config.is_empty() { run } else { run.file("apigw.toml", config) };
    codes(&run.file("out.json", MIXED).exits(exit).run().json())
}

#[test]
fn flags_choose_rules_and_severities() {
    let (e105, w108, w118) = ("AGW105 error", "AGW108 warning", "AGW118 warning");
    let cases: &[(&str, i32, &[&str])] = &[
        ("", 1, &[w118, w108, e105]),
        ("--select AGW118", 0, &[w118]),
        ("--select AGW105,AGW118", 1, &[w118, e105]),
        ("--select AGW5 --extend-select unknown-key", 1, &[e105]),
        ("--ignore AGW105", 0, &[w118, w108]),
        ("--ignore AGW1", 0, &[]),
        ("--ignore all --select header-renamed", 0, &[w118]),
        ("--severity AGW105=warning", 0, &[w118, w108, "AGW105 warning"]),
        ("--severity unknown-key=off", 0, &[w118, w108]),
        ("--severity AGW108=error,AGW105=info", 1, &[w118, "AGW108 error", "AGW105 info"]),
        ("--fail-on none", 0, &[w118, w108, e105]),
        ("--select AGW118 --fail-on warning", 1, &[w118]),
        ("--select AGW118 --severity AGW118=info --fail-on warning", 0, &["AGW118 info"]),
        ("--select AGW118 --severity AGW118=info --fail-on info", 1, &["AGW118 info"]),
        ("--ignore AGW1 --fail-on info", 0, &[]),
    ];
    for (flags, exit, told) in cases {
        assert_eq!(judged(flags, "", *exit), *told, "{flags}");
    }
}

#[test]
fn what_is_told_less_of_is_refused_all_the_same() {
    let ran = apigw("lint-response --severity AGW101=warning out.json")
        .file("out.json", r#"{"statusCode": 200, "body": {}}"#)
        .run();
    ran.snapshot("lint-response-severity");
    let all = apigw("lint-response --api rest,http --ignore AGW1 out.json").file("out.json", MIXED).run();
    all.snapshot("lint-response-ignored-for-several");
}

#[test]
fn text_that_is_no_json_is_told_unless_its_rule_is_named() {
    for (flags, exit) in [
        ("--select AGW5", 1),
        ("--ignore AGW9", 1),
        ("--ignore all", 1),
        ("--severity AGW=off", 1),
        ("--ignore AGW901", 0),
        ("--ignore not-json", 0),
    ] {
        let line = format!("lint-response {flags} out.json");
        apigw(&line).file("out.json", "{oops").exits(exit).run();
    }
}

#[test]
fn a_rule_that_is_none_is_a_mistake() {
    for (flags, said) in [
        ("--select header-renamd", "did you mean `header-renamed`?"),
        ("--ignore E501", "there is no rule `E501`"),
        ("--severity AGW1=fatal", "the levels are error, warning, info, off"),
        ("--severity AGW1", "RULE=LEVEL is needed"),
        ("--fail-on off", "[possible values: error, warning, info, none]"),
        ("--config a.toml --isolated", "cannot be used with"),
    ] {
        let line = format!("lint-response {flags} out.json");
        apigw(&line).file("out.json", GOOD).exits(2).run().says(&[said]);
    }
}

#[test]
fn the_file_says_the_same_as_flags_and_flags_are_stronger() {
    let config = "[lint]\nselect = ['AGW1']\nignore = ['AGW105']\nfail-on = 'warning'\n\
                  [lint.severity]\nAGW108 = 'info'\n[lint.per-file-ignores]\n'old/*' = 'AGW118'\n";
    let (w118, i108) = ("AGW118 warning", "AGW108 info");
    let cases: &[(&str, i32, &[&str])] = &[
        ("", 1, &[w118, i108]),
        ("--fail-on error", 0, &[w118, i108]),
        ("--extend-select AGW105", 1, &[w118, i108, "AGW105 error"]),
        ("--select AGW105", 1, &["AGW105 error"]),
        ("--ignore AGW118", 0, &[i108]),
        ("--severity AGW108=error", 1, &[w118, "AGW108 error"]),
        ("--isolated", 1, &[w118, "AGW108 warning", "AGW105 error"]),
    ];
    for (flags, exit, told) in cases {
        assert_eq!(judged(flags, config, *exit), *told, "{flags}");
    }
    let old = apigw("lint-response --format json --fail-on none old/out.json out.json");
    let old = old.file("apigw.toml", config).file("old/out.json", MIXED).file("out.json", MIXED).run();
    assert_eq!(codes(&old.json()), [i108, w118, i108]);
}

fn tree(line: &str) -> Run {
    apigw(line)
        .file("apigw.toml", "lint.ignore = 'AGW105'\n")
        .file("a/out.json", MIXED)
        .file("b/.apigw.toml", "lint.ignore = ['AGW108', 'AGW118']\n")
        .file("b/c/out.json", MIXED)
        .file("d/.git/HEAD", "")
        .file("d/e/out.json", MIXED)
        .file("f/apigw.toml", "lint.select = 'AGW108'\n")
        .file("f/.apigw.toml", "broken")
        .file("f/.git", "gitdir: elsewhere")
        .file("f/out.json", MIXED)
}

#[test]
fn the_nearest_file_counts_up_to_the_root_of_the_repository() {
    let told = |line: &str, exit| codes(&tree(line).exits(exit).run().json());
    let (e105, w108, w118) = ("AGW105 error", "AGW108 warning", "AGW118 warning");
    let line = "lint-response --format json";
    assert_eq!(told(&format!("{line} a/out.json"), 0), [w118, w108]);
    assert_eq!(told(&format!("{line} b/c/out.json"), 1), [e105]);
    assert_eq!(told(&format!("{line} d/e/out.json"), 1), [w118, w108, e105]);
    assert_eq!(told(&format!("{line} f/out.json"), 0), [w108]);
    assert_eq!(told(&format!("{line} ./b/../a/out.json"), 0), [w118, w108]);
    let all = format!("{line} a/out.json b/c/out.json d/e/out.json f/out.json");
    assert_eq!(told(&all, 1), [w118, w108, e105, w118, w108, e105, w108]);
    assert_eq!(told(&format!("{line} --config f/apigw.toml a/out.json b/c/out.json"), 0), [w108, w108]);
    assert_eq!(told(&format!("{line} --isolated a/out.json"), 1), [w118, w108, e105]);
    let stdin = tree(line).stdin(MIXED).run().json();
    assert_eq!(codes(&stdin), [w118, w108]);
}

#[test]
fn a_broken_configuration_ends_the_run_before_anything_is_judged() {
    let run = |line: &str, config: &[u8]| {
        let run =
            apigw(line).file("out.json", MIXED).file("sub/out.json", MIXED).file("sub/apigw.toml", config);
        let ran = run.exits(2).run();
        assert_eq!(ran.stdout(), "", "{}", ran.transcript());
        ran
    };
    let line = "lint-response out.json sub/out.json";
    run(line, b"[lint]\nselct = ['AGW1']\n").snapshot("config-unknown-key");
    run(line, b"[lint]\nselect = ['AGW1\n").says(&["sub/apigw.toml:2:", "this is not TOML"]);
    run(line, b"[[lint.files]]\nglob = 'a'\napi = 'soap'\n")
        .says(&["sub/apigw.toml:3:7: `soap` is no front end"]);
    run(line, b"lint.ignore = '\xff'").says(&["cannot read the configuration sub/apigw.toml"]);
    run("lint-response --config none.toml out.json", b"").says(&["cannot read the configuration none.toml"]);
    run("event check out.json sub/out.json", b"x = 1")
        .says(&["sub/apigw.toml:1:1: the key `x` is not known here"]);
}

#[test]
fn the_front_end_comes_from_the_nearest_pattern() {
    let config = "[lint]\napi = 'url'\n[[lint.files]]\nglob = 'http/**'\napi = 'http'\n\
                  [[lint.files]]\nglob = 'all/*'\napi = ['rest', 'alb']\n\
                  [[lint.files]]\nglob = 'ws/connect.*'\napi = 'websocket'\nmoment = 'connect'\n\
                  [[lint.files]]\nglob = 'auth/'\napi = 'authorizer-http'\nsimple-responses = true\n";
    let flavors = |flags: &str| {
        let run = apigw(&format!(
            "lint-response --format json {flags} a.json http/x/a.json all/a.json ws/connect.json auth/a.json"
        ));
        let run = run.file("apigw.toml", config).file("a.json", GOOD).file("http/x/a.json", GOOD);
        let run = run.file("all/a.json", GOOD).file("ws/connect.json", r#"{"statusCode": 200}"#);
        let ran = run.file("auth/a.json", r#"{"isAuthorized": true}"#).run();
        let report = ran.json();
        let rows = report["results"].as_array().unwrap().iter();
        rows.map(|row| row["flavor"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(flavors(""), ["url", "http", "rest", "alb", "websocket", "authorizer-http"]);
    assert_eq!(flavors("--api http --fail-on none"), ["http"; 5]);
}

#[test]
fn the_api_of_the_configuration_changes_the_answer() {
    let config = "[lint]\nbinary-media-types = 'image/*'\naccept = 'image/png'\n\
                  [[lint.files]]\nglob = 'text/*'\nbinary-media-types = []\n";
    let image = r#"{"statusCode": 200, "body": "/w==", "isBase64Encoded": true}"#;
    let run = |flags: &str| {
        let run = apigw(&format!("lint-response --format json {flags} a.json text/a.json"));
        let report =
            run.file("apigw.toml", config).file("a.json", image).file("text/a.json", image).run().json();
        let rows = report["results"].as_array().unwrap().iter();
        rows.map(|row| row["response"]["is_base64"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(run(""), [true, false]);
    assert_eq!(run("--isolated"), [false, false]);
    assert_eq!(run("--accept text/html"), [false, false]);
    assert_eq!(run("--binary-media-type image/png"), [true, true]);
}

#[test]
fn events_are_of_the_flavour_of_their_pattern() {
    let token = r#"{"type": "TOKEN", "authorizationToken": "a", "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users"}"#;
    let config = "[lint]\napi = 'http'\n[[lint.files]]\nglob = 'alb/*'\napi = 'alb'\n";
    let flavors = |flags: &str, exit| {
        let run = apigw(&format!("event check --format json {flags} a.json alb/a.json").replace("  ", " "));
        let run = run.file("apigw.toml", config).file("a.json", token).file("alb/a.json", token);
        let report = run.exits(exit).run().json();
        let rows = report["results"].as_array().unwrap().iter();
        rows.map(|row| row["flavor"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(flavors("", 1), ["authorizer-token", "alb"]);
    assert_eq!(flavors("--isolated", 0), ["authorizer-token", "authorizer-token"]);
    assert_eq!(flavors("--api authorizer-token", 0), ["authorizer-token", "authorizer-token"]);
}

#[test]
fn the_call_of_an_authorizer_is_told_once() {
    let config = "[[lint.files]]\nglob = 'a.json'\napi = 'authorizer-http'\n\
                  [[lint.files]]\nglob = 'b.json'\napi = 'authorizer-http'\nsimple-responses = true\n";
    let run = apigw("lint-response a.json b.json --fail-on none").file("apigw.toml", config);
    let ran =
        run.file("a.json", r#"{"isAuthorized": true}"#).file("b.json", r#"{"isAuthorized": true}"#).run();
    assert_eq!(ran.stderr().matches("judged for the call").count(), 1, "{}", ran.transcript());
}

#[test]
fn the_schema_is_published() {
    let schema = apigw("schema config").run().stdout();
    assert!(schema.contains("per-file-ignores"));
    let listed = apigw("schema list").run().stdout();
    assert!(listed.contains("\nconfig ") && listed.contains("\nbaseline "), "{listed}");
}
