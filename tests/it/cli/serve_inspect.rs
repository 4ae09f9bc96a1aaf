//! The inspector of `apigw serve`: where it is, and that it sees what is served.

use super::apigw;
use super::server::Server;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

const HANDLER: &str = r#"
def handler(event, context):
    print("got", event["rawPath"])
    return {"statusCode": 201, "body": "made"}
"#;

/// Asks the inspector whose link a server printed.
fn ask(link: &str, path: &str) -> Value {
    let (place, token) = link.strip_prefix("http://").unwrap().split_once("/#token=").unwrap();
    let mut stream = TcpStream::connect(place).unwrap();
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: {place}\r\nX-Apigw-Token: {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    serde_json::from_str(body).unwrap()
}

/// The link in what a server said.
fn link(said: &str) -> String {
    said.split("inspector: ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[test]
fn the_inspector_knows_what_was_served() {
    let mut server = Server::start(HANDLER, "--route '$default=app.handler' --inspect 0");
    let link = link(&server.hears("inspector: "));
    assert_eq!(server.ask("GET", "/told").0, 201);
    // The function's own output appears as it did.
    server.hears("got /told\n");
    assert_eq!(server.ask("GET", "/again").0, 201);
    let list = ask(&link, "/records");
    assert_eq!(list["apis"][0]["url"], format!("http://{}", server.address));
    assert_eq!(
        (&list["records"][1]["target"], &list["records"][1]["status"]),
        (&json!("/again"), &json!(201))
    );
    // Each request has the log of its own invocation.
    assert_eq!(ask(&link, "/records/1")["log"], "got /told\n");
    assert_eq!(ask(&link, "/records/2")["log"], "got /again\n");
    server.end();
    assert!(TcpStream::connect(link.split('/').nth(2).unwrap()).is_err(), "it ends with the server");
}

#[test]
fn its_token_is_another_each_time() {
    let mut links = (0..2).map(|_| {
        let mut server = Server::start(HANDLER, "--route '$default=app.handler' --inspect 0");
        let link = link(&server.hears("inspector: "));
        server.end();
        link.split_once("token=").unwrap().1.to_owned()
    });
    let (one, two) = (links.next().unwrap(), links.next().unwrap());
    assert_ne!(one, two);
    assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
}

#[test]
fn another_port_will_do_unless_one_was_named() {
    // If that fails for long, somebody else keeps it.
    let bind =
        |_| TcpListener::bind("127.0.0.1:4040").inspect_err(|_| sleep(Duration::from_millis(100))).ok();
    let _usual = (0..100).find_map(bind);
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
