//! `apigw invoke --watch`: the function is started and asked anew when its code changes.

use super::{Run, apigw};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

fn answering(word: &str) -> String {
    format!("def handler(event, context): return {{'statusCode': 200, 'body': '{word}'}}")
}

/// A command that watches. What it answers comes line by line.
struct Watching {
    _run: Run,
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: Receiver<String>,
    said: Vec<String>,
    directory: PathBuf,
}

impl Watching {
    fn start(run: Run) -> Self {
        let mut child = run.process().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, stderr) = channel();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let directory = run.path("");
        Self { _run: run, child, stdout, stderr, said: Vec::new(), directory }
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        assert!(line.ends_with('\n'), "{line:?}, and on standard error {:?}", self.said);
        line.trim_end().to_owned()
    }

    /// Waits for a line on standard error.
    fn wait_for(&mut self, part: &str) {
        loop {
            let line = self.stderr.recv_timeout(Duration::from_secs(30));
            let line = line.unwrap_or_else(|_| panic!("no {part} in {:?}", self.said));
            self.said.push(line.clone());
            if line.contains(part) {
                return;
            }
        }
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.directory.join(name), content).unwrap();
    }

    fn end(mut self) -> String {
        kill_process(Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(130));
        rest
    }
}

#[test]
fn a_handler_is_asked_anew_when_its_code_changes() {
    let run = apigw("invoke --handler app.handler --watch").file("app.py", answering("one"));
    let mut watching = Watching::start(run.file(".gitignore", "*.log\n").directory("node_modules"));
    assert_eq!(watching.answer(), "one");
    watching.wait_for("REST API answers 200");
    // Neither is code.
    watching.write("some.log", "x");
    watching.write("node_modules/x.py", "x");
    std::thread::sleep(Duration::from_millis(300));
    watching.write("app.py", &answering("two"));
    watching.wait_for("--- app.py changed");
    assert_eq!(watching.answer(), "two");
    watching.wait_for("REST API answers 200");
    watching.write("app.py", "def handler(");
    watching.wait_for("Runtime.UserCodeSyntaxError");
    assert!(watching.answer().contains("Internal server error"));
    watching.write("app.py", &answering("three"));
    watching.wait_for("--- app.py changed");
    assert_eq!(watching.answer(), "three");
    assert_eq!(watching.end(), "");
}

#[test]
fn a_binary_is_started_anew_even_where_git_ignores_it() {
    let script = |word: &str| format!("#!/bin/sh\nexec python3 \"$LAMBDA_TASK_ROOT/{word}.py\"\n");
    let run = apigw("invoke --bin target/bootstrap --watch --raw").file("target/bootstrap", script("a"));
    let program = run.path("target/bootstrap");
    let write = |word: &str| {
        use std::os::unix::fs::PermissionsExt;
        let other = program.with_extension("new");
        std::fs::write(&other, script(word)).unwrap();
        std::fs::set_permissions(&other, PermissionsExt::from_mode(0o755)).unwrap();
        std::fs::rename(&other, &program).unwrap();
    };
    write("a");
    let mut watching = Watching::start(run.file(".gitignore", "target/\n"));
    // The scripts do not exist, so that Python fails and names them.
    watching.wait_for("a.py");
    watching.wait_for("REST API answers 502");
    std::fs::remove_file(&program).unwrap();
    std::thread::sleep(Duration::from_millis(400));
    write("b");
    watching.wait_for("changed");
    watching.wait_for("b.py");
    watching.wait_for("REST API answers 502");
    watching.end();
}

#[test]
fn a_command_line_builds_again() {
    let line =
        "invoke --cmd \"sh -c 'cat version >&2; cat version > built.txt; exec [UNRULY]'\" --raw --watch";
    let run = apigw(&format!("{line} --env _HANDLER=environment")).file("version", "built 1\n");
    let mut watching = Watching::start(run.file(".gitignore", "built.txt\n"));
    watching.wait_for("built 1");
    watching.answer();
    watching.write("version", "built 2\n");
    watching.wait_for("--- version changed");
    watching.wait_for("built 2");
    watching.answer();
    assert_eq!(watching.end(), "");
}

/// It writes beside its code each time: once is told, and then nothing more happens.
#[test]
fn a_function_that_writes_beside_its_code_does_not_run_for_ever() {
    const SOURCE: &str = "import time
def handler(event, context):
    with open('counted.txt', 'a') as file: file.write('x')
    return {'statusCode': 200, 'body': 'counted'}";
    let run = apigw("invoke --handler app.handler --watch").file("app.py", SOURCE);
    let mut watching = Watching::start(run);
    watching.answer();
    watching.wait_for("--- counted.txt changed");
    watching.answer();
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(std::fs::read(watching.directory.join("counted.txt")).unwrap(), b"xx");
    assert_eq!(watching.end(), "");
}

#[test]
fn what_cannot_be_watched_is_told_at_once() {
    apigw("invoke --bin missing --watch").exits(2).run().says(&["there is no program `missing`"]);
    apigw("invoke --bin a --watch --keep").exits(2).run().says(&["cannot be used with"]);
    apigw("invoke --url http://127.0.0.1:1 --watch").exits(2).run().says(&["cannot be used with"]);
}
