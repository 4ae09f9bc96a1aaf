//! Ctrl-C and termination while a function runs: nothing stays behind.

use super::apigw;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Waits for what must come soon; a loaded machine gets its time.
pub(super) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(20), "still waiting: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// State and parent of a process; `None` if it is gone.
fn state(process: u32) -> Option<(char, u32)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

/// Whether a process still does anything; one that nobody has buried yet does not.
pub(super) fn is_alive(process: u32) -> bool {
    state(process).is_some_and(|(state, _)| !"ZX".contains(state))
}

pub(super) fn children(process: u32) -> Vec<u32> {
    let list = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    list.unwrap_or_default().split_whitespace().map(|id| id.parse().unwrap()).collect()
}

/// Whether this process was started with that signal ignored, as shells start what runs in the
/// background: every program that it starts begins so, too.
pub(super) fn is_ignored(kind: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap().trim();
    u64::from_str_radix(mask, 16).unwrap() >> (kind.as_raw() - 1) & 1 == 1
}

pub(super) fn signal(process: u32, signal: Signal) {
    kill_process(Pid::from_raw(i32::try_from(process).unwrap()).unwrap(), signal).unwrap();
}

/// Waits for the end and says everything that was printed to standard output.
fn end(child: Child) -> (ExitStatus, Vec<u8>) {
    let output = child.wait_with_output().unwrap();
    (output.status, output.stdout)
}

#[test]
fn an_interrupted_invocation_leaves_no_process_behind() {
    for kind in [Signal::INT, Signal::TERM] {
        let run = apigw("invoke --bin [UNRULY] --env _HANDLER=spawn-child-and-hang --timeout 60");
        let mut command = run.process();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        stderr.read_line(&mut line).unwrap();
        let grandchild: u32 = line.trim().strip_prefix("grandchild ").unwrap().parse().unwrap();
        let (_, function) = state(grandchild).unwrap();
        assert_eq!(children(child.id()), [function]);
        signal(child.id(), kind);
        let (status, stdout) = end(child);
        assert_eq!((status.code(), stdout), (Some(130), Vec::new()), "{kind:?}");
        wait_until("the function is gone", || !is_alive(function));
        wait_until("the function's own child is gone", || !is_alive(grandchild));
    }
}

#[test]
fn an_interrupted_initialisation_leaves_no_process_behind() {
    let run = apigw("invoke --bin [UNRULY] --env _HANDLER=never-next");
    let child = run.process().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let own = std::fs::read_link(format!("/proc/{}/exe", child.id())).unwrap();
    let program =
        |process: u32| -> Option<PathBuf> { std::fs::read_link(format!("/proc/{process}/exe")).ok() };
    let mut function = 0;
    wait_until("the function is started", || {
        let started =
            children(child.id()).into_iter().find(|one| program(*one).is_some_and(|path| path != own));
        function = started.unwrap_or_default();
        started.is_some()
    });
    signal(child.id(), Signal::INT);
    assert_eq!(end(child).0.code(), Some(130));
    wait_until("the function is gone", || !is_alive(function));
}

#[test]
fn a_grandchild_does_not_outlive_an_invocation_that_ends_by_itself() {
    for (handler, exit) in [("spawn-child", 1), ("spawn-child-and-hang", 3)] {
        let line = format!("invoke --bin [UNRULY] --env _HANDLER={handler} --timeout 0.3");
        let ran = apigw(&line).exits(exit).run();
        let grandchild = ran.stderr().lines().next().unwrap().strip_prefix("grandchild ").unwrap().parse();
        let grandchild: u32 = grandchild.unwrap();
        wait_until("the grandchild is gone", || !is_alive(grandchild));
    }
}

#[test]
fn an_interrupted_measurement_tells_what_it_has_measured() {
    let run = apigw("invoke --bin [UNRULY] --env _HANDLER=echo -n 100000000 --concurrency 2 --format json");
    let child = run.process().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    wait_until("both processes are started", || children(child.id()).len() == 2);
    let functions = children(child.id());
    std::thread::sleep(Duration::from_millis(500));
    signal(child.id(), Signal::INT);
    let (status, stdout) = end(child);
    assert_eq!(status.code(), Some(130));
    let report = super::contract::check(&String::from_utf8(stdout).unwrap());
    let measured = &report["results"][0]["measurement"];
    assert!(measured["interrupted"] == true && measured["unstarted"] == 0, "{measured}");
    let answered: u64 =
        measured["answers"].as_array().unwrap().iter().map(|row| row["calls"].as_u64().unwrap()).sum();
    assert_eq!(measured["calls"], answered);
    for function in functions {
        wait_until("the function is gone", || !is_alive(function));
    }
}

#[test]
fn an_interrupted_request_ends_at_once() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let run = apigw(&format!("invoke --url http://{}", listener.local_addr().unwrap()));
    let child = run.process().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let _connection = listener.accept().unwrap();
    signal(child.id(), Signal::INT);
    assert_eq!(end(child).0.code(), Some(130));
}
