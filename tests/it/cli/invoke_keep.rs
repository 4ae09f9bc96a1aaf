//! `apigw invoke --keep`: the warm function behind Lambda's Invoke API.

use super::{Ran, apigw};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Stdio};

/// A command that stays, with what it says.
struct Kept {
    child: Child,
    stderr: BufReader<ChildStderr>,
    /// `127.0.0.1:PORT`
    address: String,
    /// What it said before it stayed.
    before: String,
}

impl Kept {
    fn start(line: &str) -> Self {
        let run = apigw(&format!("invoke {line}"));
        let mut child = run.process().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut before = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(stderr.read_line(&mut line).unwrap(), 0, "it ended:\n{before}");
            before += &line;
            if let Some((_, url)) = line.split_once("--endpoint-url http://") {
                break url.trim_end().to_owned();
            }
        };
        Self { child, stderr, address, before }
    }

    /// Sends these bytes and reads the whole answer.
    fn send(&self, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_ascii_lowercase(), body.to_owned())
    }

    /// A call of a function, with more header lines.
    fn invoke(&self, function: &str, headers: &str, body: &str) -> (String, String) {
        self.send(&format!(
            "POST /2015-03-31/functions/{function}/invocations HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Length: {}\r\n{headers}\r\n{body}",
            self.address,
            body.len()
        ))
    }

    /// Ends it as Ctrl-C does: its exit code, standard output, and the rest of standard error.
    fn end(mut self) -> (Option<i32>, String, String) {
        kill_process(Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
        let (mut out, mut err) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.stderr.read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), out, err)
    }
}

#[test]
fn others_invoke_the_warm_function() {
    let kept = Kept::start("--bin [UNRULY] --env _HANDLER=echo --keep --api http");
    assert!(kept.before.contains("HTTP API answers 200 OK"), "{}", kept.before);
    assert!(
        kept.before.contains("unruly stays, and is invoked by POST http://127.0.0.1:"),
        "{}",
        kept.before
    );
    let (head, body) = kept.invoke("unruly", "", r#"{"n":2}"#);
    assert!(head.starts_with("http/1.1 200 ok"), "{head}");
    for line in ["x-amz-executed-version: $latest", "content-type: application/json", "x-amzn-requestid: "] {
        assert!(head.contains(line), "no {line} in {head}");
    }
    assert!(!head.contains("x-amz-function-error"), "{head}");
    assert_eq!(body, r#"{"n":2}"#);
    // curl names a content type of its own.
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    assert_eq!(kept.invoke("unruly", form, "[1]").1, "[1]");
    assert_eq!(kept.invoke("unruly", "", "").1, "{}", "no event is an empty one");
    let arn = "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Aunruly%3Alive";
    for name in ["unruly:live", "unruly?", "123456789012:function:unruly", arn] {
        assert_eq!(kept.invoke(name.trim_end_matches('?'), "", "1").1, "1", "{name}");
    }
    let (code, out, err) = kept.end();
    assert_eq!(code, Some(130));
    assert!(out.starts_with(r#"{"version":"2.0""#), "the first answer: {out}");
    assert_eq!(err.lines().filter(|line| line.starts_with("unruly answered in ")).count(), 7, "{err}");
}

#[test]
fn events_are_queued_and_dry_runs_invoke_nothing() {
    let kept = Kept::start("--bin [UNRULY] --env _HANDLER=echo --keep");
    let dry = kept.invoke("unruly", "X-Amz-Invocation-Type: DryRun\r\n", "{}");
    assert!(dry.0.starts_with("http/1.1 204 no content"), "{}", dry.0);
    let queued = kept.invoke("unruly", "X-Amz-Invocation-Type: Event\r\n", "{}");
    assert!(queued.0.starts_with("http/1.1 202 accepted"), "{}", queued.0);
    assert_eq!((dry.1.as_str(), queued.1.as_str()), ("", ""));
    assert!(!queued.0.contains("x-amz-executed-version"), "{}", queued.0);
    kept.invoke("unruly", "", "{}");
    let (_, _, err) = kept.end();
    assert_eq!(err.lines().filter(|line| line.starts_with("unruly answered in ")).count(), 2, "{err}");
}

#[test]
fn a_function_that_fails_is_an_answer_and_is_started_anew() {
    let kept = Kept::start("--bin [UNRULY] --env _HANDLER=exit-in-handler --keep");
    for _ in 0..2 {
        let (head, body) = kept.invoke("unruly", "", "{}");
        assert!(head.starts_with("http/1.1 200 ok"), "{head}");
        assert!(head.contains("x-amz-function-error: unhandled"), "{head}");
        assert!(
            body.starts_with(r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: "#),
            "{body}"
        );
    }
    let (_, _, err) = kept.end();
    assert!(err.contains("unruly failed with Runtime.ExitError in "), "{err}");
}

#[test]
fn what_comes_to_no_invocation_is_refused_as_lambda_does() {
    let kept = Kept::start("--bin [UNRULY] --env _HANDLER=echo --keep");
    let not_found = "Function not found: arn:aws:lambda:us-east-1:123456789012:function:other:$LATEST";
    for ((head, body), status, error_type, message) in [
        (kept.invoke("other", "", "{}"), "404 not found", "ResourceNotFoundException", not_found),
        (kept.invoke("a%20b", "", "{}"), "400 bad request", "InvalidParameterValueException", "names no function"),
        (kept.invoke("unruly", "", "{"), "400 bad request", "InvalidRequestContentException", "Could not parse request body into json: "),
        (kept.invoke("unruly", "X-Amz-Invocation-Type: Later\r\n", ""), "400 bad request", "InvalidParameterValueException", "Later"),
        (kept.send(&format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", kept.address)), "404 not found", "UnknownOperationException", "POST /2015-03-31/functions/NAME/invocations"),
        (kept.send("GET /2015-03-31/functions/unruly/invocations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), "405 method not allowed", "MethodNotAllowedException", "POST"),
    ] {
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{head}");
        assert!(head.contains(&format!("x-amzn-errortype: {}", error_type.to_ascii_lowercase())), "{head}");
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let told = body.get("Message").or(body.get("message")).unwrap().as_str().unwrap();
        assert!(told.contains(message), "{told}");
        assert_eq!(body["Type"], "User");
    }
    let (head, _) = kept.invoke("unruly", "X-Amz-Client-Context: {}\r\n", "{}");
    assert!(head.starts_with("http/1.1 400"), "{head}");
    let large = format!("\"{}\"", "x".repeat(1_048_576));
    let (head, _) = kept.invoke("unruly", "X-Amz-Invocation-Type: Event\r\n", &large);
    assert!(head.starts_with("http/1.1 413"), "{head}");
    assert_eq!(kept.invoke("unruly", "", &large).1.len(), large.len(), "6 MB where somebody waits");
    assert!(!kept.end().2.contains("failed"));
}

#[test]
fn the_client_context_and_the_trace_reach_the_function() {
    let kept = Kept::start("--bin [UNRULY] --env _HANDLER=headers --keep");
    let headers = "X-Amz-Client-Context: eyJhIjoxfQ==\r\nX-Amzn-Trace-Id: Root=1-0-0\r\n";
    let (_, head) = kept.invoke("unruly:live", headers, "{}");
    let head = head.to_ascii_lowercase();
    for part in [
        "client-context: {\\\"a\\\":1}",
        "trace-id: root=1-0-0",
        "function-arn: arn:aws:lambda:us-east-1:123456789012:function:unruly:live",
    ] {
        assert!(head.contains(part) || head.contains(&part.replace('\\', "")), "no {part} in {head}");
    }
}

#[test]
fn pages_in_a_browser_may_not_invoke() {
    let kept = Kept::start("--bin [UNRULY] --env _HANDLER=echo --keep");
    for headers in ["Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"]
    {
        let (head, _) = kept.invoke("unruly", headers, "{}");
        assert!(head.starts_with("http/1.1 403 forbidden"), "{headers}: {head}");
    }
    let rebound = |host: &str| {
        kept.send(&format!(
            "POST /2015-03-31/functions/unruly/invocations HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Length: 2\r\n\r\n{{}}"
        ))
    };
    assert!(rebound("evil.example:80").0.starts_with("http/1.1 403 forbidden"));
    assert_eq!(rebound("localhost:80").1, "{}");
    let (_, _, err) = kept.end();
    assert_eq!(err.lines().filter(|line| line.starts_with("unruly answered in ")).count(), 1, "{err}");
}

#[test]
fn another_apigw_invokes_it() {
    let kept = Kept::start("--bin [GREETING] --path /hello --keep --function-name users");
    let other = |line: &str| -> Ran {
        let line = format!("invoke --function users:live --endpoint-url http://{} {line}", kept.address);
        apigw(&line).run()
    };
    let answer = other("--path '/hello?name=Ada' -v");
    assert_eq!(answer.json()["message"], "Hello, Ada!");
    answer.says(&["version $LATEST answered"]);
    other("--path /hello --tail").says(&["START RequestId: ", "\tMemory Size: 128 MB\t"]);
    other("--type DryRun").says(&["Lambda answers 204"]);
    other("--type Event").says(&["Lambda answers 202"]);
}

#[test]
fn a_taken_port_is_told_before_anything_starts() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = apigw(&format!("invoke --bin [GREETING] --keep={port}")).exits(2).run();
    assert_eq!(ran.stdout(), "");
    ran.says(&[&format!("--keep: port {port} is taken"), "a free one"]);
    apigw("invoke --bin a --keep=70000").exits(2).run().says(&["70000"]);
    apigw("invoke --url http://127.0.0.1:1 --keep").exits(2).run().says(&["cannot be used with"]);
}
