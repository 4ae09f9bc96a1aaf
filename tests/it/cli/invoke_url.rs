//! `apigw invoke --url` against a server in this process that keeps what came over the wire.

use super::{Ran, Run, apigw, snapshot};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A server that answers by path, until the test ends.
pub(super) struct Server {
    pub(super) address: String,
    requests: Receiver<Vec<u8>>,
}

impl Server {
    fn start() -> Self {
        Self::answering(|request, _| answer(request))
    }

    /// A server that answers with what a function makes of each request and its number, from 0.
    pub(super) fn answering(answer: impl Fn(&str, usize) -> Option<Vec<u8>> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (sender, requests) = channel();
        std::thread::spawn(move || {
            for number in 0.. {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let request = receive(&mut stream);
                let answer = answer(&String::from_utf8_lossy(&request), number);
                if sender.send(request).is_err() {
                    return;
                }
                match answer {
                    Some(answer) => stream.write_all(&answer).unwrap_or_default(),
                    // Holds the connection open until the client has left.
                    None => stream.read_to_end(&mut Vec::new()).map(drop).unwrap_or_default(),
                }
            }
        });
        Self { address, requests }
    }

    /// `apigw invoke --url URL FLAGS`; `PATH` is put behind the server's address.
    pub(super) fn invoke(&self, path: &str, flags: &str) -> Run {
        apigw(&format!("invoke --url http://{}{path} {flags}", self.address))
    }

    /// The next request, as text, without what differs between versions and ports.
    pub(super) fn request(&self) -> String {
        let bytes = self.requests.recv_timeout(Duration::from_secs(20)).unwrap();
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace(&self.address, "[HOST]");
        text.replace(concat!("apigw/", env!("CARGO_PKG_VERSION")), "apigw/[VERSION]")
    }

    /// The transcript, without the port.
    pub(super) fn snapshot(&self, name: &str, ran: &Ran) {
        snapshot(name, &ran.transcript().replace(&self.address, "[HOST]"));
    }
}

fn receive(stream: &mut TcpStream) -> Vec<u8> {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
            if request.len() >= end + 4 + length.map_or(0, |length| length.parse().unwrap()) {
                return request;
            }
        }
        match stream.read(&mut buffer) {
            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
            _ => return request,
        }
    }
}

fn answer(request: &str) -> Option<Vec<u8>> {
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (head, body): (&str, &[u8]) = match path.split('?').next().unwrap_or_default() {
        "/redirect" => ("302 Found\r\nLocation: /elsewhere", b"see elsewhere"),
        "/error" => ("500 Internal Server Error\r\nContent-Type: text/plain", b"broken\n"),
        "/bytes" => ("200 OK\r\nContent-Type: application/octet-stream", &[0, 159, 146, 150, 255]),
        "/cookies" => ("200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2", b"ok"),
        "/broken" => return Some(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort".to_vec()),
        "/nonsense" => return Some(b"this is not HTTP\r\n\r\n".to_vec()),
        "/silence" => return None,
        _ => ("200 OK\r\nContent-Type: text/plain", b"hello\n"),
    };
    let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    Some([head.as_bytes(), body].concat())
}

#[test]
fn flags_make_a_request_as_curl_would() {
    let server = Server::start();
    assert_eq!(server.invoke("", "").run().stdout(), "hello\n");
    let plain = server.request();
    assert_eq!(plain, "GET / HTTP/1.1\naccept: */*\nuser-agent: apigw/[VERSION]\nhost: [HOST]\n\n");
    let flags = "--path '/users/4%2F2?a=1' --query 'b=c d' -H 'X-A: 1' -H 'x-a: 2' -H 'Accept: text/html' \
                 -H 'User-Agent: me' -b a=1 -b b=2 -d x=1 -d y=@z";
    server.invoke("/base/?k=v", flags).run();
    let full = server.request();
    server
        .invoke("/base", "-X PUT -H 'content-type: application/json' -d @in.json")
        .file("in.json", "{}")
        .run();
    let json = server.request();
    snapshot("invoke-url-requests", &format!("{plain}\n----\n{full}\n----\n{json}\n"));
}

#[test]
fn an_event_is_turned_back_into_its_request() {
    let server = Server::start();
    let mut all = String::new();
    for kind in ["rest-put", "http-put"] {
        let line = format!(
            "event gen {kind} --path '/users/4%202?a=1&a=2&b=%26' -H 'X-A: 1' -H 'Accept: text/html' \
             -b session=abc -H 'content-type: application/json' -d '{{\"n\": 1}}' -o event.json"
        );
        let event = apigw(&line).run().written("event.json");
        server.invoke("/dev", "--event event.json").file("event.json", &event).run();
        let from_file = server.request();
        server.invoke("/dev", "--event - --set /headers/x-b=2").stdin(event).run();
        assert_eq!(server.request().lines().next(), from_file.lines().next());
        all += &format!("{from_file}\n----\n");
    }
    server.invoke("/dev", "--event rest-post --path /users -d @-").stdin("text").run();
    all += &server.request();
    snapshot("invoke-url-events", &all);
}

#[test]
fn bytes_go_out_and_come_back_as_they_are() {
    let server = Server::start();
    let bytes = [0, 159, 146, 150, 255];
    let ran = server.invoke("/bytes", "--data-binary @in.bin").file("in.bin", bytes).run();
    assert_eq!(ran.bytes(), bytes);
    assert!(server.requests.recv().unwrap().ends_with(&bytes));
    let event = apigw("event gen http-post --data-binary @- -H 'content-type: image/png'").stdin(bytes).run();
    server.invoke("", "--event -").stdin(event.bytes()).run();
    assert!(server.requests.recv().unwrap().ends_with(&bytes));
}

#[test]
fn the_answer_is_shown_as_it_came() {
    let server = Server::start();
    for (name, path, flags) in [
        ("redirect", "/redirect", "-i"),
        ("error", "/error", "-i"),
        ("cookies", "/cookies", "-i"),
        ("head", "/cookies", "-i -X HEAD"),
        ("json", "/cookies", "--format json"),
        ("json-bytes", "/bytes", "--format json"),
    ] {
        let ran = server.invoke(path, flags).run();
        server.snapshot(&format!("invoke-url-{name}"), &ran);
        server.request();
    }
    let more = server.requests.recv_timeout(Duration::from_millis(1));
    assert!(more.is_err(), "the redirect was followed");
}

const SECRETS: &str = "-H 'Authorization: Bearer geheim' -H 'X-Api-Key: geheim' -b session=geheim -d geheim \
                       --query token=geheim --path /geheim";

#[test]
fn a_network_that_fails_is_told_without_secrets() {
    let server = Server::start();
    let refused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let line = format!("invoke --url http://ada:geheim@{refused}/?key=geheim {SECRETS}");
    let ran =
        apigw(&line).exits(4).run().says(&[&format!("nothing answers at http://{refused}: is it running?")]);
    assert!(!ran.stderr().contains("geheim") && ran.stdout().is_empty(), "{}", ran.transcript());
    for (path, flags, words) in [
        ("/silence?key=geheim", "--timeout 0.3", "no complete response from http://[HOST] within 0.30 s"),
        ("/broken?key=geheim", "", "the exchange with http://[HOST] broke off"),
        ("/nonsense?key=geheim", "", "the exchange with http://[HOST] broke off"),
    ] {
        let secrets = SECRETS.replace(" --path /geheim", "");
        let ran = server.invoke(path, &format!("{flags} {secrets}")).exits(4).run();
        let stderr = ran.stderr().replace(&server.address, "[HOST]");
        assert!(stderr.contains(words), "{}", ran.transcript());
        assert!(!stderr.contains("geheim") && ran.stdout().is_empty(), "{}", ran.transcript());
    }
}

#[test]
fn what_is_no_url_or_no_request_is_a_usage_error() {
    for (line, words) in [
        ("--url ftp://127.0.0.1/", "--url"),
        ("--url ''", "--url"),
        ("--url http://", "--url"),
        ("--url 'http://a b/'", "--url"),
        ("--url http://127.0.0.1:99999/", "--url"),
        ("--url http://127.0.0.1:1 -X 'G T'", "--method"),
        ("--url http://127.0.0.1:1 -H 'X A: geheim'", "-H"),
        ("--url http://127.0.0.1:1 --query =geheim", "--query"),
        ("--url http://127.0.0.1:1 -d @missing", "-d: cannot read missing"),
        ("--url http://127.0.0.1:1 --event no.json", "--event: cannot read no.json"),
        ("--url http://127.0.0.1:1 --event result.json", "result.json is no event"),
        ("--url http://127.0.0.1:1 --event result.json -d x", "--event names a file"),
    ] {
        let run = apigw(&format!("invoke {line}")).file("result.json", "{\"statusCode\": 200}");
        let ran = run.exits(2).run().says(&[words]);
        assert!(!ran.stderr().contains("geheim"), "{}", ran.transcript());
    }
}
