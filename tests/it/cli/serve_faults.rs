//! `apigw serve` in trouble: functions that crash, floods, no files left to open, templates saved
//! half-written, and signals while requests are under way. It lives, and leaves nothing behind.

use super::apigw;
use super::invoke_signals::{children, is_alive, is_ignored, signal, wait_until};
use super::server::Server;
use crate::transport::example;
use rustix::process::Signal;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

/// Answers after as many seconds as the query says, and with as much as it gets.
const HANDLER: &str = r#"
import os, sys, time
def handler(event, context):
    query = event.get("queryStringParameters") or {}
    if "crash" in query:
        os._exit(1)
    if "child" in query and os.fork() == 0:
        os.setsid()
        time.sleep(60)
    print("began", file=sys.stderr, flush=True)
    time.sleep(float(query.get("sleep", 0)))
    return {"statusCode": 200, "body": str(len(event.get("body") or ""))}
"#;

/// A request on a connection of its own: the whole answer, which is empty if there is none.
fn ask(address: &str, target: &str, body: &[u8]) -> String {
    let send = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let length = body.len();
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    String::from_utf8_lossy(&send().unwrap_or_default()).into_owned()
}

fn asking(server: &Server, target: &str) -> JoinHandle<String> {
    let (address, target) = (server.address.clone(), target.to_owned());
    spawn(move || ask(&address, &target, b""))
}

fn is_ok(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200 OK\r\n")
}

/// Everything below a process that still runs.
fn descendants(process: u32) -> Vec<u32> {
    let below = children(process).into_iter();
    below.flat_map(|child| [vec![child], descendants(child)].concat()).filter(|one| is_alive(*one)).collect()
}

/// Signals, and waits: the exit code, how long it took, and what was said. Nothing is left.
fn ends(mut server: Server, kinds: &[Signal]) -> (Option<i32>, Duration, String) {
    let below = descendants(server.child.id());
    let started = Instant::now();
    for kind in kinds {
        signal(server.child.id(), *kind);
        sleep(Duration::from_millis(100));
    }
    let mut code = None;
    wait_until("the server ends", || {
        code = server.child.try_wait().unwrap();
        code.is_some()
    });
    let took = started.elapsed();
    wait_until("all its processes are gone", || !below.iter().any(|one| is_alive(*one)));
    (code.unwrap().code(), took, server.rest())
}

#[test]
fn requests_under_way_are_answered_before_it_ends() {
    for kind in [Signal::INT, Signal::TERM].into_iter().filter(|kind| !is_ignored(*kind)) {
        let mut server = Server::start(HANDLER, "--route '$default=app.handler' --timeout 30");
        let asked: Vec<_> = (0..3).map(|_| asking(&server, "/a?sleep=1.5&child")).collect();
        for _ in 0..3 {
            server.hears("began");
        }
        let (code, took, _) = ends(server, &[kind]);
        for answer in asked {
            let answer = answer.join().unwrap();
            assert!(is_ok(&answer), "{answer}");
        }
        assert_eq!(code, Some(130));
        assert!(took < Duration::from_secs(4), "{took:?}");
    }
}

#[test]
fn an_end_does_not_wait_for_ever() {
    let mut server = Server::start(HANDLER, "--route '$default=app.handler' --timeout 60");
    let asked = asking(&server, "/a?sleep=50&child");
    server.hears("began");
    let (code, took, said) = ends(server, &[Signal::INT]);
    assert!(said.contains("requests are still under way; once more ends at once\n"), "{said}");
    assert_eq!((code, asked.join().unwrap().as_str()), (Some(130), ""));
    assert!((Duration::from_secs(4)..Duration::from_secs(8)).contains(&took), "{took:?}");

    let mut server = Server::start(HANDLER, "--route '$default=app.handler' --timeout 60");
    let asked = asking(&server, "/a?sleep=50&child");
    server.hears("began");
    let (code, took, _) = ends(server, &[Signal::INT, Signal::INT]);
    assert_eq!((code, asked.join().unwrap().as_str()), (Some(130), ""));
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn a_connection_without_request_does_not_hold_the_end() {
    let server = Server::start(HANDLER, "--route '$default=app.handler'");
    assert!(is_ok(&ask(&server.address, "/a", b"")));
    let idle = TcpStream::connect(&server.address).unwrap();
    let mut half = TcpStream::connect(&server.address).unwrap();
    half.write_all(b"POST /a HTTP/1.1\r\nHo").unwrap();
    sleep(Duration::from_millis(100));
    let (code, took, said) = ends(server, &[Signal::TERM]);
    assert!(code == Some(130) && took < Duration::from_secs(2), "{code:?} {took:?} {said}");
    drop((idle, half));
}

#[test]
fn a_function_that_always_crashes_harms_nobody_else() {
    let line = "--api rest --stage s --concurrency 3 --route 'ANY /crash=crash.handler' --route 'ANY /fine=app.handler'";
    let run = apigw(&format!("serve --port 0 --no-inspect {line}")).file("app.py", HANDLER);
    let server =
        Server::of(run.file("crash.py", "import os\ndef handler(event, context):\n    os._exit(1)\n"));
    for _ in 0..5 {
        let asked: Vec<_> = (0..8).map(|_| asking(&server, "/s/crash")).collect();
        assert!(is_ok(&ask(&server.address, "/s/fine", b"")));
        for answer in asked {
            let answer = answer.join().unwrap();
            assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}"); // R-151
        }
        assert!(descendants(server.child.id()).len() <= 6, "{:?}", descendants(server.child.id()));
    }
    let answer = ask(&server.address, "/s/fine?crash", b"");
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    assert!(is_ok(&ask(&server.address, "/s/fine", b"")));
    assert_eq!(ends(server, &[Signal::INT]).0, Some(130));
}

#[test]
fn a_template_that_is_cut_off_anywhere_harms_nobody() {
    let template = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Users:\n    Type: AWS::Serverless::Function\n    \
                    Properties:\n      Handler: app.handler\n      Runtime: python3\n      Events:\n        \
                    One: {Type: HttpApi, Properties: {Path: /a, Method: any}}\n";
    let run = apigw("serve template.yaml --port 0 --no-inspect");
    let mut server = Server::of(run.file("template.yaml", template).file("app.py", HANDLER));
    assert!(is_ok(&ask(&server.address, "/a", b"")));
    for length in (0..template.len()).step_by(10) {
        server.write("template.yaml", &template[..length]);
        server.hears("template.yaml is ");
        // What is left may be a whole template of less; all else is not loaded.
        let answer = ask(&server.address, "/a", b"");
        assert!(is_ok(&answer) || answer.starts_with("HTTP/1.1 404 "), "{length}: {answer}");
    }
    server.write("template.yaml", template);
    server.hears("template.yaml is loaded anew");
    assert!(is_ok(&ask(&server.address, "/a", b"")));
    assert_eq!(ends(server, &[Signal::INT]).0, Some(130));
}

/// Starts a server by way of a shell that lets it open few files.
fn with_files(files: u32, line: &str) -> Server {
    let run = apigw(&format!("serve --port 0 --no-inspect {line}")).file("app.py", HANDLER);
    Server::by(run, |own| through_shell(&format!("ulimit -n {files}; exec \"$0\" \"$@\""), &own))
}

/// A command as a line of the shell starts it.
fn through_shell(line: &str, own: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).arg(own.get_program()).args(own.get_args());
    shell.current_dir(own.get_current_dir().unwrap());
    shell
}

#[test]
fn without_files_to_open_it_serves_whom_it_can() {
    let server = with_files(40, "--route '$default=app.handler' --timeout 20");
    assert!(is_ok(&ask(&server.address, "/a", b"")));
    let idle: Vec<_> = (0..100).filter_map(|_| TcpStream::connect(&server.address).ok()).collect();
    let asked: Vec<_> = (0..100).map(|_| asking(&server, "/a?sleep=0.02")).collect();
    let answers: Vec<_> = asked.into_iter().map(|answer| answer.join().unwrap()).collect();
    let served = answers.iter().filter(|answer| is_ok(answer)).count();
    assert!(served >= 90, "{served} of 100 {:?}", answers.iter().find(|answer| !is_ok(answer)));
    drop(idle);
    for _ in 0..10 {
        assert!(is_ok(&ask(&server.address, "/a", b"")));
    }
    assert_eq!(ends(server, &[Signal::INT]).0, Some(130));
}

/// The most memory that a process has taken so far, in MB.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

#[test]
fn memory_stays_bounded_whatever_was_sent() {
    let line =
        format!("--route '$default={}' --concurrency 4 --env _HANDLER=say:1", example("unruly").display());
    // Nobody reads the log of so many requests; the inspector keeps some of them.
    let run = apigw(&format!("serve --port 0 --inspect 0 {line}"));
    let server = Server::by(run, |own| through_shell("exec \"$0\" \"$@\" > /dev/null", &own));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let address = server.address.clone();
            spawn(move || {
                let body = vec![b'a'; 1 << 20];
                for _ in 0..60 {
                    let answer = ask(&address, "/a", &body);
                    assert!(is_ok(&answer), "{answer}");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let peak = peak(server.child.id());
    assert!(peak < 80, "{peak} MB");
    assert_eq!(ends(server, &[Signal::INT]).0, Some(130));
}

#[test]
fn no_file_is_served_on_any_port() {
    let mut server = Server::of(
        apigw("serve --port 0 --inspect 0 --route 'GET /known=app.handler'")
            .file("app.py", HANDLER)
            .file("secret.txt", "root:secret"),
    );
    let first = server.address.clone();
    let said = server.hears("inspector: ");
    let inspector = said.split("http://").nth(1).unwrap().split("/#").next().unwrap();
    assert!(Path::new("/etc/passwd").exists());
    for address in [first.as_str(), inspector] {
        for path in
            ["/app.py", "/secret.txt", "/../../../../etc/passwd", "/%2e%2e/secret.txt", "//etc/passwd"]
        {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            let status = &answer[9..12];
            assert!(["403", "404"].contains(&status) && !answer.contains("root:"), "{path}: {answer}");
        }
    }
    assert_eq!(ends(server, &[Signal::INT]).0, Some(130));
}
