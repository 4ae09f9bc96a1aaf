//! Functions that break down in every way, and people who interrupt at every moment: the program
//! ends in time with the exit code that it promises, and leaves no process and no file behind.

use super::invoke_signals::{children, is_alive, is_ignored, signal, wait_until};
use super::{Run, apigw};
use rustix::process::Signal;
use std::fs::File;
use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// A run whose processes can be told from all others by a variable of the function's environment.
struct Marked {
    run: Run,
    mark: String,
    temporary: TempDir,
}

/// The same under way.
struct Started {
    marked: Marked,
    child: Child,
}

/// The rule-breaking function with a handler.
fn unruly(handler: &str, flags: &str) -> Marked {
    marked(&format!("--bin [UNRULY] --env _HANDLER={handler} {flags}"))
}

fn marked(flags: &str) -> Marked {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let mark = format!("{}-{}-", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed));
    let temporary = tempfile::tempdir().unwrap();
    let run = apigw(&format!("invoke --env APIGW_TEST_MARK={mark} {flags}"));
    let run = run.env("TMPDIR", temporary.path().to_str().unwrap());
    Marked { run, mark, temporary }
}

impl Marked {
    /// Starts it; its streams go to files, because whoever survives it could hold a pipe open.
    fn start(self) -> Started {
        let stdin = Stdio::null();
        self.start_with(stdin, Stdio::null())
    }

    fn start_with(self, stdin: Stdio, stdout: Stdio) -> Started {
        let errors = File::create(self.run.path("stderr")).unwrap();
        let child = self.run.process().stdin(stdin).stdout(stdout).stderr(errors).spawn().unwrap();
        Started { marked: self, child }
    }

    /// What runs with the mark: the function, and what it started.
    fn processes(&self) -> Vec<u32> {
        let wanted = format!("APIGW_TEST_MARK={}", self.mark);
        let entries = std::fs::read_dir("/proc").unwrap().flatten();
        let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let is_ours = |process: &u32| {
            let environment = std::fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|variable| variable == wanted.as_bytes())
        };
        numbers.filter(is_ours).filter(|process| is_alive(*process)).collect()
    }

    fn stderr(&self) -> String {
        std::fs::read_to_string(self.run.path("stderr")).unwrap()
    }
}

impl Started {
    fn signal(&self, kind: Signal) {
        signal(self.child.id(), kind);
    }

    /// Waits until the function has printed this.
    fn wait_for(&self, words: &str) {
        wait_until(words, || self.marked.stderr().contains(words));
    }

    /// The function's process, once it is there.
    fn function(&self) -> u32 {
        let mut function = None;
        wait_until("the function is started", || {
            function =
                self.marked.processes().into_iter().find(|one| children(self.child.id()).contains(one));
            function.is_some()
        });
        function.unwrap()
    }

    /// Waits for the end, and until nothing is left; what was said on standard error.
    fn ends(mut self) -> (ExitStatus, String) {
        let mut status = None;
        wait_until("the program ends", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        wait_until("all its processes are gone", || self.marked.processes().is_empty());
        let left: Vec<_> = std::fs::read_dir(self.marked.temporary.path()).unwrap().flatten().collect();
        assert!(left.is_empty(), "{left:?}");
        let stderr = self.marked.stderr();
        assert!(!stderr.contains("panicked"), "{stderr}");
        (status.unwrap(), stderr)
    }

    fn ends_with(self, exit: i32, words: &str) {
        let (status, stderr) = self.ends();
        assert_eq!(status.code(), Some(exit), "{stderr}");
        assert!(stderr.contains(words), "no `{words}` in {stderr}");
    }

    /// The most memory that the program has taken so far, in MB.
    fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn whatever_a_function_does_to_its_connection() {
    let cases = [
        ("garbage", "--timeout 20", 0, "answers 200"),
        ("garbage-and-exit", "--timeout 20", 3, "exit status 8"),
        ("silent", "--timeout 20", 0, "answers 200"),
        ("half-head", "--timeout 20", 0, "answers 200"),
        ("endless-head", "--timeout 20", 0, "answers 200"),
        ("half-and-exit", "--timeout 20", 3, "Runtime.TruncatedResponse"),
        ("endless", "--timeout 1", 3, "Sandbox.Timedout"),
        ("big-and-exit", "--timeout 20", 3, "Function.ResponseSizeTooLarge"),
        ("two-answers", "--timeout 20", 3, "only the first answer counts"),
        ("answer-and-tell", "--timeout 20", 0, "answered"),
    ];
    let start = |(handler, flags, exit, words)| {
        (unruly(handler, &format!("--api http {flags}")).start(), exit, words)
    };
    for (started, exit, words) in cases.map(start) {
        started.ends_with(exit, words);
    }
}

#[test]
fn a_function_that_is_killed_from_outside() {
    for (handler, kind, words) in [
        ("never-next", Signal::KILL, "before it asked for its first event"),
        ("never-next", Signal::TERM, "signal: terminated"),
        ("spawn-child-and-hang", Signal::KILL, "signal: killed"),
        ("spawn-child-and-hang", Signal::QUIT, "signal: quit"),
    ] {
        if is_ignored(kind) {
            continue;
        }
        let started = unruly(handler, "--timeout 60").start();
        if handler != "never-next" {
            started.wait_for("grandchild ");
        }
        signal(started.function(), kind);
        started.ends_with(3, words);
    }
}

#[test]
fn a_function_that_is_stopped_runs_out_of_time() {
    let started = unruly("spawn-child-and-hang", "--timeout 1").start();
    started.wait_for("grandchild ");
    signal(started.function(), Signal::STOP);
    started.ends_with(3, "Sandbox.Timedout");
}

#[test]
fn processes_that_leave_their_group_are_found() {
    let cases = [("spawn-apart", "--timeout 20", 0), ("spawn-apart-and-hang", "--timeout 0.5", 3)];
    for (handler, flags, exit) in cases {
        unruly(handler, &format!("--api http {flags}")).start().ends_with(exit, "grandchild ");
    }
    let started = unruly("spawn-apart-and-hang", "--timeout 60").start();
    started.wait_for("grandchild ");
    started.signal(Signal::INT);
    started.ends_with(130, "");
}

/// A shell may have become this program, and left it processes that are not of the function.
#[test]
fn children_from_before_are_left_alone() {
    let marked = unruly("spawn-child", "--api http --timeout 20");
    let own = marked.run.process();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", r#"sleep 60 & echo "$!"; exec "$0" "$@" > out"#]).arg(own.get_program());
    shell.args(own.get_args()).current_dir(own.get_current_dir().unwrap()).stderr(Stdio::null());
    let output = shell.stdout(File::create(marked.run.path("number")).unwrap()).status().unwrap();
    let sleeper = std::fs::read_to_string(marked.run.path("number")).unwrap().trim().parse().unwrap();
    assert!(output.success() && is_alive(sleeper));
    signal(sleeper, Signal::KILL);
}

#[test]
fn interrupts_at_every_moment() {
    // Where the program stands, as far as it can be seen: the function was started, it has printed.
    let moments = [
        ("never-next", ""),
        ("hang", ""),
        ("endless", ""),
        ("spawn-child-and-hang", "grandchild "),
        ("answer-and-tell", "answered"),
    ];
    for signals in [&[Signal::INT][..], &[Signal::TERM], &[Signal::INT, Signal::INT]] {
        for (handler, words) in moments {
            let started = unruly(handler, "--api http --timeout 60").start();
            started.function();
            started.wait_for(words);
            if words.is_empty() {
                std::thread::sleep(Duration::from_millis(50));
            }
            for kind in signals {
                started.signal(*kind);
            }
            started.ends_with(130, words);
        }
    }
}

#[test]
fn an_interrupt_before_anything_was_started() {
    for kind in [Signal::INT, Signal::TERM].into_iter().filter(|kind| !is_ignored(*kind)) {
        let mut started = unruly("echo", "--event -").start_with(Stdio::piped(), Stdio::null());
        let mut stdin = started.child.stdin.take();
        // It reads once a first byte is gone.
        std::io::Write::write_all(stdin.as_mut().unwrap(), b"{").unwrap();
        wait_until("the program reads", || {
            let call = std::fs::read_to_string(format!("/proc/{}/wchan", started.child.id()));
            call.is_ok_and(|call| call.contains("pipe"))
        });
        started.signal(kind);
        let (status, stderr) = started.ends();
        assert_eq!((status.signal(), stderr.as_str()), (Some(kind.as_raw()), ""));
    }
}

#[test]
fn an_interrupt_while_nobody_takes_the_output() {
    // A function that leaves a daemon behind, too.
    const SOURCE: &str = "
import subprocess
def handler(event, context):
    subprocess.Popen(['sleep', '60'], start_new_session=True)
    return {'statusCode': 200, 'body': 'x' * 5000000}
";
    for kind in [Signal::INT, Signal::TERM] {
        let mut marked = marked("--handler app.handler --timeout 20");
        marked.run = marked.run.file("app.py", SOURCE);
        let mut started = marked.start_with(Stdio::null(), Stdio::piped());
        let mut first = [0];
        let mut stdout = started.child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        started.signal(kind);
        started.ends_with(130, "");
    }
}

#[test]
fn handlers_in_files_leave_nothing_either() {
    for (name, code) in [
        (
            "app.py",
            "import time\ndef handler(event, context):\n    print('runs', flush=True)\n    time.sleep(60)\n",
        ),
        (
            "app.js",
            "exports.handler = async () => { console.log('runs'); await new Promise((d) => setTimeout(d, 60000)); };",
        ),
    ] {
        let mut marked = marked("--handler app.handler --timeout 60");
        marked.run = marked.run.file(name, code);
        let started = marked.start();
        started.wait_for("runs");
        started.signal(Signal::INT);
        started.ends_with(130, "");
    }
}

#[test]
fn floods_do_not_fill_the_memory() {
    let endless = unruly("endless", "--timeout 60").start();
    let mut marked = unruly("flood", "--timeout 60");
    marked.run = marked.run.file("stderr", "");
    let mut command = marked.run.process();
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut flood = Started { marked, child };
    let stderr = flood.child.stderr.take().unwrap();
    let logs = std::io::copy(&mut stderr.take(1 << 30), &mut std::io::sink()).unwrap();
    assert_eq!(logs, 1 << 30);
    for started in [flood, endless] {
        let peak = started.peak_memory();
        started.signal(Signal::INT);
        started.ends_with(130, "");
        assert!(peak < 80, "{peak} MB");
    }
}

#[test]
fn outputs_that_take_nothing() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    for handler in ["bytes-5000000", "bytes-100"] {
        let marked = marked(&format!("--bin [PLAIN] --env _HANDLER={handler} --timeout 20"));
        let started = marked.start_with(Stdio::null(), full());
        started.ends_with(2, "cannot write the output: no space left on device");
    }
    // A reader that has seen enough is no fault.
    let started = marked("--bin [PLAIN] --env _HANDLER=bytes-5000000 --timeout 20");
    let mut started = started.start_with(Stdio::null(), Stdio::piped());
    let mut first = [0];
    started.child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let (status, stderr) = started.ends();
    assert_eq!((status.code(), stderr.as_str()), (Some(0), ""));
}
