//! `apigw test`: what an interruption leaves behind: nothing that runs, and everything torn down.

use super::{Run, apigw};
use std::time::{Duration, Instant};

#[test]
fn an_interrupted_run_tears_down_and_leaves_no_process() {
    let bin = crate::transport::example("unruly");
    let suite = format!(
        "target: {{bin: '{}', timeout: 60s, env: {{_HANDLER: spawn-child-and-hang}}}}\n\
         setup: [touch up]\nteardown: [rm up, touch down]\ncases: [{{name: a, request: GET /}}]\n",
        bin.display()
    );
    interrupted(&apigw("test").file("a.apigw.yaml", suite));
}

#[test]
fn an_interrupted_run_of_a_template_does_so_too() {
    let bin = crate::transport::example("unruly");
    let suite = format!(
        "target: {{template: t.yaml, timeout: 60s, functions: {{F: '{}'}}, env: {{_HANDLER: spawn-child-and-hang}}}}\n\
         setup: [touch up]\nteardown: [rm up, sleep 0.3, touch down]\ncases: [{{name: a, request: GET /}}]\n",
        bin.display()
    );
    let template = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    \
                    Properties:\n      Events: {A: {Type: HttpApi, Properties: {Path: /, Method: get}}}\n";
    interrupted(&apigw("test").file("a.apigw.yaml", suite).file("t.yaml", template));
}

fn interrupted(run: &Run) {
    let mut child = run.process().stdout(std::process::Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !run.path("up").exists() || children(child.id()).is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never began");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(200));
    let started = children(child.id());
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert!(run.path("down").exists() && !run.path("up").exists());
    for process in started {
        assert!(!std::path::Path::new(&format!("/proc/{process}/exe")).exists(), "{process} still runs");
    }
}

/// The processes that a process started.
fn children(process: u32) -> Vec<u32> {
    let list =
        std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    list.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}
