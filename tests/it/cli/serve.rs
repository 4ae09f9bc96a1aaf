//! `apigw serve`, asked over sockets.

use super::apigw;
use crate::transport::example;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Stdio};

const HANDLER: &str = r#"
def handler(event, context):
    print("got", event["rawPath"])
    if event["rawPath"].endswith("/bad"):
        return {"statusCode": "two hundred", "body": "x"}
    if event["rawPath"].endswith("/fail"):
        raise ValueError("no")
    return {"statusCode": 201, "headers": {"x-a": "1"}, "body": event["routeKey"]}
"#;

/// A server, until it is dropped.
struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
    address: String,
}

impl Server {
    fn start(line: &str) -> Self {
        // The usual port of the inspector is one for all tests.
        let inspect = if line.contains("inspect") { "" } else { "--no-inspect" };
        let run = apigw(&format!("serve --port 0 {inspect} {line}")).file("app.py", HANDLER);
        let mut child = run.process().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stderr.read_line(&mut first).unwrap();
        let url = first.split(' ').next().unwrap().strip_prefix("http://");
        let address = url.unwrap_or_else(|| panic!("{first}")).split('/').next().unwrap().to_owned();
        // The handlers' files have to stay until they are loaded.
        std::mem::forget(run);
        Self { child, stdout, stderr, address }
    }

    /// The status and the body of the answer to a request without body.
    fn ask(&self, method: &str, target: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// The next line of its log.
    fn log(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ends it as Ctrl-C does: what it said last.
    fn end(mut self) -> String {
        kill_process(Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(130));
        let mut rest = String::new();
        self.stderr.read_to_string(&mut rest).unwrap();
        rest
    }
}

#[test]
fn routes_lead_to_binaries_and_handlers() {
    let greeting = example("greeting");
    let mut server = Server::start(&format!(
        "--route 'GET /hello={}' --route 'ANY /py/{{proxy+}}=app.handler'",
        greeting.display()
    ));
    let (status, body) = server.ask("GET", "/hello?name=Eve&token=geheim");
    assert_eq!(
        (status, serde_json::from_str::<Value>(&body).unwrap()["message"].clone()),
        (200, json!("Hello, Eve!"))
    );
    let line = server.log();
    assert!(line.contains("GET /hello?name=Eve&token=<hidden> → 200 "), "{line}");
    assert!(line.ends_with("  GET /hello, greeting"), "{line}");
    assert_eq!(server.ask("PUT", "/py/a"), (201, "ANY /py/{proxy+}".to_owned()));
    assert!(server.log().ends_with("  ANY /py/{proxy+}, app"));
    assert_eq!(server.ask("GET", "/nope"), (404, r#"{"message":"Not Found"}"#.to_owned()));
    assert!(server.log().ends_with("  no route takes GET /nope"));
    let said = server.end();
    assert!(said.contains("  GET /hello → greeting\n  ANY /py/{proxy+} → app\n"), "{said}");
}

#[test]
fn what_is_refused_is_told_with_its_rule() {
    let mut server = Server::start("--route '$default=app.handler'");
    assert_eq!(server.ask("GET", "/bad").0, 500); // H-063
    assert!(server.log().contains("GET /bad → 500 "));
    let findings: Vec<_> = (0..4).map(|_| server.log()).collect();
    assert!(findings.join("\n").contains("AGW10"), "{findings:?}");
    server.end();

    let mut server = Server::start("--route '$default=app.handler' --format jsonl");
    assert_eq!(server.ask("GET", "/bad").0, 500);
    let line: Value = serde_json::from_str(&server.log()).unwrap();
    assert_eq!((&line["status"], &line["route"]), (&json!(500), &json!("$default")));
    assert!(line["diagnostics"][0]["code"].as_str().unwrap().starts_with("AGW1"), "{line}");
    assert_eq!(server.ask("GET", "/fail").0, 500);
    let line: Value = serde_json::from_str(&server.log()).unwrap();
    assert_eq!(line["function_error"], "ValueError");
    server.end();
}

#[test]
fn a_rest_api_has_its_stage_in_the_path() {
    let mut server = Server::start("--api rest --stage dev --route 'GET /a=app.handler'");
    assert_eq!(server.ask("GET", "/a"), (403, r#"{"message":"Forbidden"}"#.to_owned())); // R-276
    assert!(server.log().ends_with("does not start with /dev"));
    assert_eq!(server.ask("GET", "/dev/b").1, r#"{"message":"Missing Authentication Token"}"#); // R-264
    server.end();
}

#[test]
fn mistakes_are_told_before_anything_is_served() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let port = format!("--port {port} --route '$default=app.handler'");
    for (line, words) in [
        ("", "--route"),
        ("--route 'GET /a'", "names no target"),
        ("--route 'GET a=app.handler'", "is not a route"),
        ("--route '$default=nowhere.handler'", "nowhere"),
        ("--api alb --route '$default=app.handler'", "serve knows rest, http, http-v1 and url"),
        ("--route '$default=app.handler' --memory 1", "--memory"),
        (port.as_str(), "is taken"),
    ] {
        let ran = apigw(&format!("serve {line}")).file("app.py", HANDLER).exits(2).run();
        ran.says(&[words]);
    }
}

/// Asks the inspector whose link a server printed for its records.
fn records(link: &str) -> (u16, Value) {
    let (place, token) = link.strip_prefix("http://").unwrap().split_once("/#token=").unwrap();
    let mut stream = TcpStream::connect(place).unwrap();
    let head = format!(
        "GET /records HTTP/1.1\r\nHost: {place}\r\nX-Apigw-Token: {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

impl Server {
    /// The line of its standard error that holds these words.
    fn says(&mut self, words: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.stderr.read_line(&mut line).unwrap() > 0, "{words} is missing");
            if line.contains(words) {
                return line.trim().to_owned();
            }
        }
    }
}

#[test]
fn the_inspector_knows_what_was_served() {
    let mut server = Server::start("--route '$default=app.handler' --inspect 0");
    let line = server.says("inspector: ");
    let link = line.strip_prefix("inspector: ").unwrap().to_owned();
    assert_eq!(server.ask("GET", "/told").0, 201);
    // The function's own output appears as it did.
    server.says("got /told");
    let (status, list) = records(&link);
    assert_eq!(
        (status, &list["records"][0]["target"], &list["records"][0]["status"]),
        (200, &json!("/told"), &json!(201))
    );
    assert_eq!(list["apis"][0]["url"], format!("http://{}", server.address));
    server.end();
    assert!(TcpStream::connect(link.split('/').nth(2).unwrap()).is_err(), "it ends with the server");
}

#[test]
fn another_port_will_do_unless_one_was_named() {
    // If that fails, somebody else has it.
    let _usual = TcpListener::bind("127.0.0.1:4040");
    let run = apigw("serve --port 0 --route '$default=app.handler'").file("app.py", HANDLER);
    let mut child = run.process().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("inspector")).unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.ends_with("  (4040 is taken)"), "{line}");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let line = format!("serve --port 0 --route '$default=app.handler' --inspect {port}");
    let ran = apigw(&line).file("app.py", HANDLER).exits(2).run();
    ran.says(&["is taken", "--inspect 0 takes a free port"]);
    let line = "serve --route '$default=app.handler' --inspect 1 --no-inspect";
    apigw(line).file("app.py", HANDLER).exits(2).run().says(&["cannot be used with"]);
}
