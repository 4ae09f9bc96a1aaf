//! A function that speaks the Runtime API over a bare socket, and breaks its rules in the way
//! that its handler setting (`_HANDLER`) names.

#![allow(clippy::disallowed_methods, clippy::exit, clippy::print_stderr)]

use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Command, exit};
use std::thread::sleep;
use std::time::Duration;

fn main() -> io::Result<()> {
    match env::args().nth(1).as_deref() {
        Some("sleep") => return rest(),
        #[cfg(unix)]
        Some("sleep-apart") => {
            // Out of the process group of the function, as daemons do it.
            rustix::process::setsid()?;
            return rest();
        }
        _ => {}
    }
    let handler = env::var("_HANDLER").unwrap_or_default();
    (handler == "log").then(|| eprintln!("begins"));
    match handler.as_str() {
        "exit-early" => exit(3),
        "exit-zero" => exit(0),
        "never-next" => rest(),
        "init-error" => init_error(),
        "init-error-endless" => endless(&mut Runtime::connect()?, "init/error"),
        _ => serve(&handler),
    }
}

/// Longer than anybody waits.
fn rest() -> io::Result<()> {
    sleep(Duration::from_secs(60));
    Ok(())
}

fn init_error() -> io::Result<()> {
    let mut runtime = Runtime::connect()?;
    let body = r#"{"errorMessage":"no such table","errorType":"Function.NoTable"}"#;
    runtime.post(
        "init/error",
        "Lambda-Runtime-Function-Error-Type: Function.NoTable\r\n",
        body.as_bytes(),
    )?;
    exit(1)
}

fn serve(handler: &str) -> io::Result<()> {
    let mut runtime = Runtime::connect()?;
    loop {
        let (id, event) = runtime.next()?;
        answer(&mut runtime, handler, &id, &event)?;
    }
}

/// No answer, or one for nobody.
fn answer(runtime: &mut Runtime, handler: &str, id: &str, event: &[u8]) -> io::Result<()> {
    match handler {
        "exit-in-handler" => exit(4),
        "exit-zero-in-handler" => exit(0),
        "abort" => std::process::abort(),
        "hang" => rest()?,
        "wrong-id" => runtime.expect(400, "InvalidRequestID", &response("nobody"), "", b"1")?,
        "wrong-id-exit" => {
            runtime.post(&response("nobody"), "", b"1")?;
            exit(5)
        }
        "wrong-id-hang" => {
            runtime.post(&response("nobody"), "", b"1")?;
            rest()?;
        }
        "wrong-id-then-right" => {
            runtime.expect(400, "InvalidRequestID", &response("nobody"), "", b"1")?;
            runtime.accepted(id, b"\"right\"")?;
        }
        _ => return answer_and_err(runtime, handler, id, event),
    }
    Ok(())
}

/// Good answers, and what may follow them.
fn answer_and_err(runtime: &mut Runtime, handler: &str, id: &str, event: &[u8]) -> io::Result<()> {
    match handler {
        "two-answers" => {
            runtime.accepted(id, b"\"first\"")?;
            runtime.expect(403, "InvalidStateTransition", &response(id), "", b"\"second\"")?;
        }
        "one-shot" => {
            runtime.accepted(id, b"\"done\"")?;
            exit(0)
        }
        "crash-after-answer" => {
            runtime.accepted(id, b"\"done\"")?;
            exit(6)
        }
        "post-and-leave" => {
            // Gone before the acknowledgement: the answer counts all the same.
            runtime.send("POST", &response(id), "Content-Length: 6\r\n", b"\"gone\"")?;
            exit(0)
        }
        "dawdle" => {
            runtime.accepted(id, b"\"done\"")?;
            rest()?;
        }
        _ => return answer_oddly(runtime, handler, id, event),
    }
    Ok(())
}

/// Bodies of every kind.
fn answer_oddly(runtime: &mut Runtime, handler: &str, id: &str, event: &[u8]) -> io::Result<()> {
    match handler {
        "not-json" => runtime.accepted(id, b"this is not json")?,
        "empty" => runtime.accepted(id, b"")?,
        "big" => {
            let body = vec![b'x'; 6_100 * 1024 + 100_000];
            runtime.expect(413, "RequestEntityTooLarge", &response(id), "", &body)?;
        }
        "big-once" if event == b"big" => {
            runtime.expect(413, "RequestEntityTooLarge", &response(id), "", &vec![b'x'; 7_000_000])?;
        }
        "nearly-big" => runtime.accepted(id, &vec![b'x'; 5_900 * 1024])?,
        "limit" => runtime.accepted(id, &vec![b'x'; 6_291_556])?,
        "chunked" => chunked(runtime, id, "", "0\r\n\r\n")?,
        "streaming" => chunked(
            runtime,
            id,
            "Lambda-Runtime-Function-Response-Mode: streaming\r\n\
             Content-Type: application/vnd.awslambda.http-integration-response\r\n",
            "0\r\n\r\n",
        )?,
        "streaming-error" => chunked(
            runtime,
            id,
            "Lambda-Runtime-Function-Response-Mode: streaming\r\n\
             Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n",
            "0\r\nLambda-Runtime-Function-Error-Type: Function.Half\r\n\
             Lambda-Runtime-Function-Error-Body: eyJlcnJvck1lc3NhZ2UiOiJicm9rZSJ9\r\n\r\n",
        )?,
        "truncated" => truncated(runtime, id)?,
        "bad-chunk" => bad_chunk(runtime, id)?,
        "bad-mode" => {
            let mode = "Lambda-Runtime-Function-Response-Mode: Streaming\r\n";
            runtime.expect(400, "InvalidFunctionResponseMode", &response(id), mode, b"1")?;
        }
        _ => return do_other_things(runtime, handler, id, event),
    }
    Ok(())
}

/// Calls that a function seldom makes.
fn do_other_things(runtime: &mut Runtime, handler: &str, id: &str, event: &[u8]) -> io::Result<()> {
    match handler {
        "error" => {
            let body = br#"{"errorMessage":"boom","errorType":"Boom"}"#;
            let kind = "Lambda-Runtime-Function-Error-Type: Function.Boom\r\n";
            runtime.post(&format!("invocation/{id}/error"), kind, body)?;
        }
        "unauthorized" => {
            let body = br#"{"errorMessage":"Unauthorized","errorType":"Error"}"#;
            runtime.post(&format!("invocation/{id}/error"), "", body)?;
        }
        "spawn-child" | "spawn-apart" => {
            spawn_child(handler)?;
            runtime.accepted(id, b"\"spawned\"")?;
        }
        "spawn-child-and-hang" | "spawn-apart-and-hang" => {
            spawn_child(handler)?;
            rest()?;
        }
        "next-twice" => {
            let again = runtime.next()?;
            let same = again.0 == id && again.1 == event;
            runtime.accepted(id, if same { b"\"same\"" } else { b"\"other\"" })?;
        }
        "late-init-error" => {
            runtime.expect(403, "InvalidStateTransition", "init/error", "", b"{}")?;
            runtime.accepted(id, b"\"ok\"")?;
        }
        "headers" => runtime.accepted(id, runtime.head.clone().as_bytes())?,
        "strays" => runtime.strays(id)?,
        "environment" => runtime.accepted(id, environment().as_bytes())?,
        _ => return misuse_the_connection(runtime, handler, id, event),
    }
    Ok(())
}

/// Bytes that are no calls, calls that never end, and far too much of everything.
fn misuse_the_connection(runtime: &mut Runtime, handler: &str, id: &str, event: &[u8]) -> io::Result<()> {
    let another = || Runtime::connect().map(|runtime| runtime.stream.into_inner());
    match handler {
        "garbage" => {
            another()?.write_all(b"\x16\x03\x01 this is not HTTP\r\n\r\n")?;
            runtime.accepted(id, event)?;
        }
        "garbage-and-exit" => {
            runtime.stream.get_ref().write_all(b"\x00\r\n\r\n\xff")?;
            exit(8)
        }
        "silent" => {
            // The connection stays open, without a word, until this process ends.
            std::mem::forget(another()?);
            runtime.accepted(id, event)?;
        }
        "half-and-exit" => {
            runtime.send("POST", &response(id), "Content-Length: 1000\r\n", b"only this")?;
            exit(0)
        }
        "half-head" => {
            another()?.write_all(b"POST /2018-06-01/runtime/invocation/")?;
            runtime.accepted(id, event)?;
        }
        "endless" => endless(runtime, &response(id))?,
        "endless-head" => {
            let mut stream = another()?;
            stream.write_all(b"GET / HTTP/1.1\r\nX: ")?;
            while stream.write_all(&[b'x'; 65_536]).is_ok() {}
            runtime.accepted(id, event)?;
        }
        "big-and-exit" => {
            // As Go's client does it.
            runtime.post(&response(id), "", &vec![b'x'; 6_291_557])?;
            exit(1)
        }
        "log" => {
            eprintln!("said {}", String::from_utf8_lossy(event));
            runtime.accepted(id, event)?;
            eprintln!("late");
        }
        "answer-and-tell" => {
            runtime.accepted(id, event)?;
            eprintln!("answered");
            rest()?;
        }
        "flood" => {
            for _ in 0..16_384 {
                io::stderr().write_all(&[b'x'; 65_536])?;
            }
            rest()?;
        }
        "slow" => {
            sleep(Duration::from_millis(200));
            runtime.accepted(id, event)?;
        }
        // A handler that always says the same.
        _ => runtime.accepted(id, handler.strip_prefix("say:").map_or(event, str::as_bytes))?,
    }
    Ok(())
}

/// A body without an end, as long as somebody takes it.
fn endless(runtime: &mut Runtime, path: &str) -> io::Result<()> {
    runtime.send("POST", path, "Transfer-Encoding: chunked\r\n", b"")?;
    let chunk = [b"10000\r\n".as_slice(), &[b'x'; 65_536], b"\r\n"].concat();
    loop {
        runtime.stream.get_ref().write_all(&chunk)?;
    }
}

/// Starts a process that would outlive this one by far.
fn spawn_child(handler: &str) -> io::Result<()> {
    let how = if handler.contains("apart") { "sleep-apart" } else { "sleep" };
    let child = Command::new(env::current_exe()?).arg(how).spawn()?;
    eprintln!("grandchild {}", child.id());
    Ok(())
}

fn response(id: &str) -> String {
    format!("invocation/{id}/response")
}

fn chunked(runtime: &mut Runtime, id: &str, headers: &str, end: &str) -> io::Result<()> {
    let head = format!("{headers}Transfer-Encoding: chunked\r\n");
    let body = format!("4\r\n\"one\r\n6\r\n, two\"\r\n{end}");
    runtime.send("POST", &response(id), &head, body.as_bytes())?;
    runtime.receive().map(|_| ())
}

fn truncated(runtime: &mut Runtime, id: &str) -> io::Result<()> {
    runtime.send("POST", &response(id), "Content-Length: 1000\r\n", b"only this")?;
    runtime.stream.get_ref().shutdown(Shutdown::Write)?;
    let mut rest = Vec::new();
    runtime.stream.read_to_end(&mut rest).ok();
    *runtime = Runtime::connect()?;
    Ok(())
}

fn bad_chunk(runtime: &mut Runtime, id: &str) -> io::Result<()> {
    runtime.send("POST", &response(id), "Transfer-Encoding: chunked\r\n", b"4\r\nfour\r\nnonsense\r\n")?;
    let (status, body) = runtime.receive()?;
    assert_eq!((status, body.contains("TruncatedHTTPRequest")), (400, true), "{body}");
    *runtime = Runtime::connect()?;
    Ok(())
}

/// The own environment as a JSON object.
fn environment() -> String {
    let quote = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let variables: Vec<String> =
        env::vars().map(|(name, value)| format!("{}:{}", quote(&name), quote(&value))).collect();
    format!("{{{}}}", variables.join(","))
}

/// One connection to the Runtime API.
struct Runtime {
    stream: BufReader<TcpStream>,
    /// The head of the last response.
    head: String,
}

impl Runtime {
    fn connect() -> io::Result<Self> {
        let address = env::var("AWS_LAMBDA_RUNTIME_API").map_err(io::Error::other)?;
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), head: String::new() })
    }

    /// Id and body of the next event; ends the process, as real runtimes do, when refused.
    fn next(&mut self) -> io::Result<(String, Vec<u8>)> {
        self.send("GET", "invocation/next", "", b"")?;
        let (status, body) = self.receive_bytes()?;
        if status != 200 {
            exit(7);
        }
        let id = self.header("lambda-runtime-aws-request-id").unwrap_or_default();
        Ok((id, body))
    }

    fn post(&mut self, path: &str, headers: &str, body: &[u8]) -> io::Result<(u16, String)> {
        let headers = format!("{headers}Content-Length: {}\r\n", body.len());
        self.send("POST", path, &headers, body)?;
        self.receive()
    }

    fn accepted(&mut self, id: &str, body: &[u8]) -> io::Result<()> {
        let answer = self.post(&response(id), "", body)?;
        assert_eq!(answer, (202, "{\"status\":\"OK\"}\n".to_owned()));
        Ok(())
    }

    fn expect(&mut self, status: u16, kind: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<()> {
        let answer = self.post(path, headers, body)?;
        let kind = format!("\"errorType\":\"{kind}\"}}\n");
        assert!(answer.0 == status && answer.1.ends_with(&kind), "{answer:?} is not {status} {kind}");
        Ok(())
    }

    /// Calls that are not part of the Runtime API, and their answers as the result.
    fn strays(&mut self, id: &str) -> io::Result<()> {
        let mut answers = Vec::new();
        for (method, path) in [("GET", "nowhere"), ("DELETE", "invocation/next"), ("GET", "init/error")] {
            self.send(method, path, "", b"")?;
            let (status, body) = self.receive()?;
            let allow = self.header("allow").unwrap_or_default();
            answers.push(format!("{status} {allow}{}", body.trim_end()));
        }
        write!(self.stream.get_ref(), "GET /2018-06-01/ping HTTP/1.1\r\nHost: x\r\n\r\n")?;
        let (status, body) = self.receive()?;
        answers.push(format!("{status} {body}"));
        self.accepted(id, answers.join("; ").as_bytes())
    }

    fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<()> {
        let head = format!("{method} /2018-06-01/runtime/{path} HTTP/1.1\r\nHost: runtime\r\n{headers}\r\n");
        self.stream.get_ref().write_all(&[head.as_bytes(), body].concat())
    }

    fn receive(&mut self) -> io::Result<(u16, String)> {
        let (status, body) = self.receive_bytes()?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }

    fn receive_bytes(&mut self) -> io::Result<(u16, Vec<u8>)> {
        self.head.clear();
        while !self.head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut self.head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let status = self.head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let length = self.header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        self.stream.read_exact(&mut body)?;
        Ok((status.unwrap_or(0), body))
    }

    fn header(&self, name: &str) -> Option<String> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        fields
            .filter(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
            .next()
    }
}
