//! `--baseline` and `--write-baseline`: findings that are known, and what is new.

use super::{Ran, apigw};
use serde_json::Value;

const OLD: &str = r#"{"statusCode": 200, "body": {"a": 1}, "message": "done"}"#;

/// Writes the baseline of some files and gives it back.
fn written(files: &[(&str, &str)]) -> String {
    let names: Vec<_> = files.iter().map(|(name, _)| *name).collect();
    let run = apigw(&format!("lint-response --write-baseline known.json {}", names.join(" ")));
    let ran = files.iter().fold(run, |run, (name, content)| run.file(name, content)).run();
    assert_eq!(ran.stdout(), "", "what is known from now on is not told");
    String::from_utf8(ran.written("known.json")).unwrap()
}

fn with(baseline: &str, line: &str, content: &str, exit: i32) -> Ran {
    apigw(line).file("known.json", baseline).file("out.json", content).exits(exit).run()
}

#[test]
fn what_is_written_is_known_and_what_is_new_is_told() {
    let baseline = written(&[("out.json", OLD)]);
    let line = "lint-response --baseline known.json out.json";
    let silent = with(&baseline, line, OLD, 0);
    assert_eq!(silent.stdout(), "");
    assert_eq!(silent.stderr(), "Checked 1 document: no errors, no warnings (2 known)\n");
    let moved = OLD.replace(", ", ",\n\n   ");
    assert_eq!(with(&baseline, line, &moved, 0).stdout(), "");
    let new = OLD.replace("200", "\"200\"").replace("\"done\"", "\"done\", \"more\": 1");
    with(&baseline, line, &new, 1).snapshot("baseline-new");
    let changed = OLD.replace("{\"a\": 1}", "{\"a\": 2}");
    with(&baseline, line, &changed, 1).says(&["1 finding of known.json not found again"]);
    let report = with(&baseline, &format!("{line} --format json"), OLD, 0).json();
    assert_eq!(report["summary"]["known"], 2);
    assert_eq!(report["results"][0]["diagnostics"], Value::Array(Vec::new()));
    assert_eq!(report["results"][0]["refused"], true, "known, and refused all the same");
}

#[test]
fn the_file_is_sorted_and_the_same_whatever_the_order() {
    let one = written(&[("b.json", OLD), ("a.json", OLD)]);
    assert_eq!(one, written(&[("a.json", OLD), ("b.json", OLD)]));
    insta::with_settings!({ snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("baseline-file", one);
    });
    let schema: Value = serde_json::from_str(&apigw("schema baseline").run().stdout()).unwrap();
    assert!(jsonschema::is_valid(&schema, &serde_json::from_str(&one).unwrap()));
}

#[test]
fn paths_count_from_the_baseline() {
    let run = apigw("lint-response --write-baseline sub/known.json sub/x/out.json");
    let ran = run.file("sub/x/out.json", OLD).run();
    let baseline = String::from_utf8(ran.written("sub/known.json")).unwrap();
    assert!(baseline.contains("\"file\": \"x/out.json\""), "{baseline}");
    let run = apigw("lint-response --baseline ./sub/../sub/known.json sub/x/out.json");
    run.file("sub/x/out.json", OLD).file("sub/known.json", &baseline).run();
}

#[test]
fn a_known_finding_is_known_as_often_as_it_was_there() {
    let baseline = written(&[("out.json", OLD)]);
    let line = "lint-response --baseline known.json out.json out.json";
    with(&baseline, line, OLD, 1).says(&["2 known"]);
}

#[test]
fn only_files_that_were_checked_can_be_stale() {
    let baseline = written(&[("out.json", OLD), ("other.json", OLD)]);
    let line = "lint-response --baseline known.json out.json";
    let ran = with(&baseline, line, OLD, 0);
    assert!(!ran.stderr().contains("not found again"), "{}", ran.transcript());
    let mended = with(&baseline, line, r#"{"statusCode": 200, "body": "a"}"#, 0);
    mended.says(&["note: 2 findings of known.json not found again; write it anew with --write-baseline"]);
}

#[test]
fn what_cannot_be_read_is_never_hidden() {
    let baseline = written(&[("out.json", OLD)]);
    with(&baseline, "lint-response --baseline known.json out.json missing.json", OLD, 2)
        .says(&["missing.json"]);
    let run = apigw("lint-response --write-baseline known.json missing.json");
    let ran = run.file("known.json", &baseline).exits(2).run().says(&["known.json is not written"]);
    assert_eq!(ran.written("known.json"), baseline.as_bytes(), "the old one stays");
    let cut_off = "{\"statusCode\": 200";
    let run = apigw("lint-response --write-baseline known.json out.json").file("out.json", cut_off);
    let ran = run.exits(1).run();
    assert!(ran.stdout().contains("AGW901"), "{}", ran.transcript());
    let baseline = String::from_utf8(ran.written("known.json")).unwrap();
    with(&baseline, "lint-response --baseline known.json out.json", cut_off, 1);
}

#[test]
fn a_broken_baseline_is_a_mistake_with_a_place() {
    let line = "lint-response --baseline known.json out.json";
    let cases = [
        ("{\n  \"schema_version\": 1,", "known.json:2:"),
        ("{\"schema_version\": 7, \"findings\": []}", "known.json:1:20: this is no baseline"),
        ("{\"schema_version\": 1, \"findings\": [\n{\"file\": 1}]}", "known.json:2:1: this is no finding"),
    ];
    for (baseline, said) in cases {
        let ran = with(baseline, line, OLD, 2).says(&[said]);
        assert_eq!(ran.stdout(), "");
    }
    apigw(line).file("out.json", OLD).exits(2).run().says(&["cannot read known.json"]);
    let both = "lint-response --baseline known.json --write-baseline known.json out.json";
    with("", both, OLD, 2).says(&["cannot be used with"]);
}

#[test]
fn the_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
    let run = apigw("lint-response --write-baseline known.json out.json").file("out.json", OLD);
    let ran = run.file("known.json", "old").run();
    assert_eq!(ran.left(), ["known.json", "out.json"]);
    let run = apigw("lint-response --write-baseline none/known.json out.json").file("out.json", OLD);
    run.exits(2).run().says(&["cannot write none/known.json: no such file or directory"]);
}

#[test]
fn events_have_baselines_too() {
    let event = r#"{"type": "TOKEN", "authorizationToken": "a", "methodArn": 1}"#;
    let run = apigw("event check --write-baseline known.json out.json").file("out.json", event);
    let baseline = String::from_utf8(run.run().written("known.json")).unwrap();
    with(&baseline, "event check --baseline known.json out.json", event, 0);
    with(&baseline, "event check --baseline known.json out.json", &event.replace('1', "2"), 1);
}
