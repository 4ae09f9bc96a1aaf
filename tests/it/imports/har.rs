//! `apigw event from har`.

use super::{apigw, at};
use serde_json::{Value, json};

fn recording(urls: &[&str]) -> String {
    let entry = |url: &&str| json!({"request": {"method": "GET", "url": url, "headers": []}, "response": {"content": {"text": "x"}}});
    let entries: Vec<_> = urls.iter().map(entry).collect();
    serde_json::to_string_pretty(&json!({"log": {"version": "1.2", "entries": entries}})).unwrap()
}

fn paths(ndjson: &[u8]) -> Vec<String> {
    let lines = ndjson.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines
        .map(|line| {
            at(&serde_json::from_slice::<Value>(line).unwrap(), "/rawPath").as_str().unwrap().to_owned()
        })
        .collect()
}

const URLS: [&str; 4] = ["https://x.io/a", "data:text/plain,x", "https://y.io/b", "https://x.io/c"];

#[test]
fn every_entry_is_a_line() {
    let run = |flags: &str| {
        apigw(&format!("event from har in.har --to http {flags}")).file("in.har", recording(&URLS)).run()
    };
    let ran = run("");
    assert_eq!(paths(ran.bytes()), ["/a", "/b", "/c"]);
    ran.says(&["note: 1 entries are no requests of HTTP"]);
    assert_eq!(paths(run("--match '//x'").bytes()), ["/a", "/c"]);
    assert_eq!(at(&run("--entry 2").json(), "/rawPath"), "/b");
    assert_eq!(paths(&run("-o out.ndjson").written("out.ndjson")), ["/a", "/b", "/c"]);
    assert_eq!(paths(apigw("event from har - --to http").stdin(recording(&URLS)).run().bytes()).len(), 3);
    run("--match nothing").says(&["none of 4 entries matches"]);
    let ran = apigw("event from har in.har --to http --route 'GET /a'")
        .file("in.har", recording(&URLS))
        .exits(1)
        .run();
    assert_eq!(paths(ran.bytes()), ["/a"]);
    ran.says(&["entry 2: there is no event: no route takes GET /b"]);
}

#[test]
fn a_file_that_was_cut_off_leaves_nothing_half_written() {
    let whole = recording(&URLS);
    let cut = &whole[..whole.rfind("/c").unwrap()];
    let ran = apigw("event from har in.har --to http -o out.ndjson").file("in.har", cut).exits(2).run();
    assert_eq!(ran.left(), ["in.har"]);
    let ran = ran.says(&["in.har:44:30: the file ends in the middle, behind 3 whole entries", "help: "]);
    assert!(ran.bytes().is_empty());
    let ran = apigw("event from har in.har --to http").file("in.har", cut).exits(2).run();
    assert_eq!(paths(ran.bytes()), ["/a", "/b"], "whole lines only");
}

#[test]
fn mistakes_are_told() {
    let run = |flags: &str| {
        apigw(&format!("event from har {flags}")).file("in.har", recording(&URLS)).exits(2).run()
    };
    run("in.har --entry 4").says(&["in.har: there is no entry 4", "it has 4, counted from 0"]);
    run("in.har --entry 1").says(&["in.har: entry 1: its URL is not of http or https but of `data`"]);
    run("none.har").says(&["cannot read none.har: no such file"]);
    run("in.har --match '('").says(&["--match", "unclosed group"]);
    run("in.har -o no/such/file").says(&["-o: cannot write no/such/file: no such file"]);
}
