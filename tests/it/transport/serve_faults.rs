//! Clients that break rules, or do nothing at all: each request gets one answer, nothing that is
//! hidden in another one is heard, and everybody else is served.

use super::serve::{exchange, site};
use apigw::gateway::Flavor;
use apigw::transport::serve::{HttpServer, Port, Served, ServerLimits};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

type Paths = Arc<Mutex<Vec<String>>>;

/// A server in front of a function that says `{}`, and the paths of what it answered.
async fn open(flavor: Flavor, limits: ServerLimits) -> (SocketAddr, Paths) {
    let site = site(flavor, &["$default"], "say:{}");
    let port = Arc::new(Port::new(vec![Arc::new(site)]));
    let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), port, limits).await.unwrap();
    let (address, seen) = (server.address().unwrap(), Paths::default());
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        let heard = Arc::new(move |request: &apigw::http::Request, _: &Served, _| {
            log.lock().unwrap().push(request.path.clone());
        });
        server.serve(heard).await;
    });
    (address, seen)
}

/// Impatient, so that tests are not long.
fn limits() -> ServerLimits {
    let (head, body) = (Duration::from_millis(400), Duration::from_millis(600));
    ServerLimits { head, body, ..ServerLimits::default() }
}

/// The status codes of all answers to these bytes, until the server closes or says no more.
async fn statuses(address: SocketAddr, bytes: &[u8]) -> Vec<u16> {
    let answers = exchange(address, bytes).await;
    let heads = answers.split("HTTP/1.1 ").skip(1).chain(answers.split("HTTP/1.0 ").skip(1));
    heads.map(|head| head[..3].parse().unwrap()).collect()
}

/// Half a second at most for each of them: nobody waits.
async fn is_served(address: SocketAddr) {
    let started = Instant::now();
    let answer = exchange(address, b"GET /served HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

/// What it is; its bytes, where `|` stands for the end of a line and `[H]` for a hidden request; the
/// statuses; and the paths that are served.
const CASES: &[(&str, &str, &[u16], &[&str])] = &[
    ("plain", "GET /a HTTP/1.1|Host: x||", &[200], &["/a"]),
    (
        "both lengths",
        "POST /a HTTP/1.1|Host: x|Content-Length: 5|Transfer-Encoding: chunked||0||[H]",
        &[400],
        &[],
    ),
    (
        "the other way round",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked|Content-Length: 5||0||[H]",
        &[400],
        &[],
    ),
    ("two lengths", "POST /a HTTP/1.1|Host: x|Content-Length: 0|Content-Length: 28||[H]", &[400], &[]),
    (
        "the same length twice",
        "POST /a HTTP/1.1|Host: x|Content-Length: 1|Content-Length: 1||a[H]",
        &[400],
        &[],
    ),
    ("a list of lengths", "POST /a HTTP/1.1|Host: x|Content-Length: 1, 1||a[H]", &[400], &[]),
    ("a signed length", "POST /a HTTP/1.1|Host: x|Content-Length: +1||a[H]", &[400], &[]),
    ("a negative length", "POST /a HTTP/1.1|Host: x|Content-Length: -1||[H]", &[400], &[]),
    ("a hexadecimal length", "POST /a HTTP/1.1|Host: x|Content-Length: 0x1||a[H]", &[400], &[]),
    ("an endless length", "POST /a HTTP/1.1|Host: x|Content-Length: 99999999999999999999||[H]", &[400], &[]),
    ("a folded field", "POST /a HTTP/1.1|Host: x|A: b| c: d||[H]", &[400], &[]),
    ("a folded length", "POST /a HTTP/1.1|Host: x|Content-Length:| 1||a[H]", &[400], &[]),
    ("space before the colon", "POST /a HTTP/1.1|Host: x|Content-Length : 5||hello[H]", &[400], &[]),
    ("space before the name", "POST /a HTTP/1.1| Content-Length: 5|Host: x||hello[H]", &[400], &[]),
    ("a bare carriage return", "GET /a HTTP/1.1|Host: x|A: b\rC: d||[H]", &[400], &[]),
    ("an empty name", "GET /a HTTP/1.1|Host: x|: v||[H]", &[400], &[]),
    ("no colon", "GET /a HTTP/1.1|Host: x|nothing||[H]", &[400], &[]),
    ("NUL", "GET /a HTTP/1.1|Host: x|A: \0||[H]", &[400], &[]),
    ("an unknown coding", "POST /a HTTP/1.1|Host: x|Transfer-Encoding: xchunked||0||[H]", &[400], &[]),
    (
        "chunked is not last",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked, identity||0||[H]",
        &[400],
        &[],
    ),
    ("a coding in HTTP/1.0", "POST /a HTTP/1.0|Host: x|Transfer-Encoding: chunked||0||[H]", &[400], &[]),
    ("no such version", "GET /a HTTP/1.2|Host: x||[H]", &[400], &[]),
    ("no version", "GET /a|[H]", &[400], &[]),
    ("no method", " /a HTTP/1.1|Host: x||[H]", &[400], &[]),
    ("a space in the path", "GET /a b HTTP/1.1|Host: x||[H]", &[400], &[]),
    ("no host", "GET /a HTTP/1.1||[H]", &[400], &[]),
    ("two hosts", "GET /a HTTP/1.1|Host: x|Host: y||[H]", &[400], &[]),
    ("an asterisk", "OPTIONS * HTTP/1.1|Host: x||[H]", &[400], &[]),
    ("a tunnel", "CONNECT x:443 HTTP/1.1|Host: x:443||[H]", &[400], &[]),
    ("a chunk without size", "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||zz|a|0||[H]", &[400], &[]),
    (
        "a chunk that is longer",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||1|ab|0||[H]",
        &[400],
        &[],
    ),
    (
        "an endless chunk",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||fffffffffffffffff|a|0||[H]",
        &[400],
        &[],
    ),
    (
        "a chunk without end of line",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||1\na|0||[H]",
        &[400],
        &[],
    ),
    (
        "trailers",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||1;e=f|a|0|Host: y|Content-Length: 9||",
        &[200],
        &["/a"],
    ),
    ("a request as a body", "POST /a HTTP/1.1|Host: x|Content-Length: 33||[H]||", &[200], &["/a"]),
    (
        "a request in chunks",
        "POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||21|[H]|0||",
        &[200],
        &["/a"],
    ),
    ("a body of GET", "GET /a HTTP/1.1|Host: x|Content-Length: 33||[H]", &[200], &["/a"]),
    ("absolute", "GET http://y/a?b HTTP/1.1|Host: x||", &[200], &["/a"]),
    ("empty lines before", "||GET /a HTTP/1.1|Host: x||", &[200], &["/a"]),
    ("bare line feeds", "GET /a HTTP/1.1\nHost: x\n\n", &[200], &["/a"]),
    (
        "pipelined",
        "POST /a HTTP/1.1|Host: x|Content-Length: 1||aGET /b HTTP/1.1|Host: x||GET /c HTTP/1.1|Host: x||",
        &[200, 200, 200],
        &["/a", "/b", "/c"],
    ),
    (
        "pipelined, the second ambiguous",
        "GET /a HTTP/1.1|Host: x||POST /b HTTP/1.1|Host: x|Content-Length: 3|Transfer-Encoding: chunked||0||[H]",
        &[200, 200],
        &["/a", "/b"],
    ),
    ("pipelined behind the last", "GET /a HTTP/1.1|Host: x|Connection: close||[H]", &[200], &["/a"]),
    ("HTTP/1.0 ends", "GET /a HTTP/1.0||[H]", &[200], &["/a"]),
];

#[tokio::test]
async fn one_answer_for_one_request() {
    const HIDDEN: &str = "GET /hidden HTTP/1.1|Host: x||";
    let (address, seen) = open(Flavor::Http, limits()).await;
    let mut wrong = Vec::new();
    for (what, text, expected, paths) in CASES {
        let bytes = text.replace("[H]", HIDDEN).replace('|', "\r\n");
        let got = statuses(address, bytes.as_bytes()).await;
        let served = std::mem::take(&mut *seen.lock().unwrap());
        if got != *expected || served != *paths {
            wrong.push(format!("{what}: {got:?} {served:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    is_served(address).await;
}

#[tokio::test]
async fn heads_have_limits() {
    let (address, seen) = open(Flavor::Http, limits()).await;
    let head = |fields: &str| format!("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{fields}\r\n");
    let long = |length: usize| head(&format!("A: {}\r\n", "v".repeat(length)));
    let many = |count: usize| head(&"a: b\r\n".repeat(count));
    let target = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70_000));
    for (what, text, status) in [
        ("as long as may be", long(10_240 - "xclose".len()), 200),
        ("longer by one", long(10_241 - "xclose".len()), 431),
        ("without end", long(1_000_000), 431),
        ("many", many(90), 200),
        ("too many", many(1000), 431),
        ("a long target", target, 414),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.ok();
        let mut answer = vec![0; 12];
        let read = stream.read_exact(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let is_too_long = status == 414 && answer == "HTTP/1.1 431";
        assert!(is_too_long || answer == format!("HTTP/1.1 {status}"), "{what}: {answer} {read:?}");
    }
    // What the gateway itself refuses is told of.
    assert_eq!(*seen.lock().unwrap(), ["/a", "/a", "/a"]);
    is_served(address).await;
}

#[tokio::test]
async fn who_is_slow_is_left() {
    let (address, seen) = open(Flavor::Http, limits()).await;
    let drip = async |head: &str| {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let started = Instant::now();
        let (mut reader, mut writer) = stream.split();
        let write = async {
            while writer.write_all(b"a").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::select! {
            _ = reader.read_to_end(&mut answer) => {}
            () = write => {}
        }
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        String::from_utf8_lossy(&answer).into_owned()
    };
    let answer = drip("GET /a HTTP/1.1\r\nA: ").await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408 "), "{answer}");
    let answer = drip("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    let chunked = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n";
    let answer = drip(chunked).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(seen.lock().unwrap().is_empty());
    is_served(address).await;
}

#[tokio::test]
async fn who_does_nothing_gives_way() {
    let limits = ServerLimits { connections: 200, head: Duration::from_secs(60), ..limits() };
    let (address, _) = open(Flavor::Http, limits).await;
    is_served(address).await; // Its process is there.
    for bytes in ["", "GET /a HTTP/1.1\r\nHost: ", "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"] {
        let mut idle = Vec::new();
        for _ in 0..1000 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(bytes.as_bytes()).await.unwrap();
            idle.push(stream);
            if idle.len() % 250 == 0 {
                is_served(address).await;
            }
        }
        is_served(address).await;
        if bytes.is_empty() {
            // Who came first has left first.
            let read = idle[0].read(&mut [0; 8]).await;
            assert!(read.is_err() || read.is_ok_and(|read| read == 0));
        }
    }
}

#[tokio::test]
async fn requests_under_way_do_not_give_way() {
    let port = Arc::new(Port::new(vec![Arc::new(site(Flavor::Http, &["$default"], "slow"))]));
    let limits = ServerLimits { connections: 4, ..limits() };
    let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), port, limits).await.unwrap();
    let address = server.address().unwrap();
    tokio::spawn(async move { server.serve(Arc::new(|_, _, _| {})).await });
    let asked = (0..24)
        .map(|_| tokio::spawn(exchange(address, b"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")));
    for answer in asked.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn an_end_waits_for_requests_under_way() {
    let port = Arc::new(Port::new(vec![Arc::new(site(Flavor::Http, &["$default"], "slow"))]));
    let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), port, limits()).await.unwrap();
    let address = server.address().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let ended = tokio::spawn(server.serve_until(Arc::new(|_, _, _| {}), async move {
        stopped.await.ok();
    }));
    let kept_alive = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
    let asked: Vec<_> = (0..4).map(|_| tokio::spawn(exchange(address, kept_alive))).collect();
    let idle = TcpStream::connect(address).await.unwrap();
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(b"GET /a HT").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    for answer in asked {
        let answer = answer.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("connection: keep-alive, close\r\n"), "{answer}");
    }
    tokio::time::timeout(Duration::from_secs(3), ended).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "the port is closed");
    drop((idle, half));
}

#[tokio::test]
async fn paths_lead_to_no_file() {
    let mut paths = vec!["/../../../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd"];
    paths.extend(["//etc/passwd", "/a/..;/etc/passwd", "/%00", "/a%2f..%2f..%2f", "/\\..\\etc\\passwd"]);
    for flavor in [Flavor::Http, Flavor::Rest, Flavor::Url] {
        let port = Arc::new(Port::new(vec![Arc::new(site(flavor, &["GET /known"], "echo"))]));
        let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), port, limits()).await.unwrap();
        let address = server.address().unwrap();
        tokio::spawn(async move { server.serve(Arc::new(|_, _, _| {})).await });
        for path in &paths {
            let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            let answer = exchange(address, request.as_bytes()).await;
            let status: u16 = answer[9..12].parse().unwrap();
            assert!([400, 403, 404].contains(&status) && !answer.contains("root:"), "{path}: {answer}");
        }
    }
}
