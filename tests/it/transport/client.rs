//! The HTTP client against a server that keeps what really came over the wire.

use apigw::http::{Headers, Request, Response};
use apigw::transport::{SendError, SendErrorKind, SendOptions, send};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The first byte of a client that wants to speak TLS.
const TLS_HANDSHAKE: &[u8] = &[22];

/// A server that answers every request with the bytes of it; some paths have a will of their own.
async fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(answer(stream));
        }
    });
    format!("http://{address}")
}

async fn answer(mut stream: TcpStream) {
    let request = receive(&mut stream).await;
    if request.starts_with(TLS_HANDSHAKE) {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.ok();
        return;
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    let head: &[u8] = match text.split(' ').nth(1).unwrap() {
        "/redirect" => b"302 Found\r\nLocation: /elsewhere\r\n",
        "/odd" => b"418 Teapot\r\nSet-Cookie: a=1\r\nX-Name: \xe9\r\nSet-Cookie: b=2\r\n",
        "/slow" => return tokio::time::sleep(Duration::from_secs(60)).await,
        "/broken" => b"200 OK\r\nContent-Encoding: identity\r\nContent-Range: x\r\nX: y\r\n",
        _ => b"200 OK\r\n",
    };
    let missing = usize::from(text.contains("/broken")) * 10;
    let length = format!("Connection: close\r\nContent-Length: {}\r\n\r\n", request.len() + missing);
    let response = [b"HTTP/1.1 ", head, length.as_bytes(), &request].concat();
    stream.write_all(&response).await.ok();
}

async fn receive(stream: &mut TcpStream) -> Vec<u8> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return request;
            }
        }
        let end = stream.read_buf(&mut request).await.unwrap() == 0;
        if end || request.starts_with(TLS_HANDSHAKE) {
            return request;
        }
    }
}

async fn try_send(request: &Request, base: &str) -> Result<Response, SendError> {
    let options = SendOptions { timeout: Duration::from_secs(20), ..SendOptions::default() };
    send(request, base, &options).await.map(|(response, _)| response)
}

/// The request as the server saw it.
async fn echoed(request: &Request, base: &str) -> String {
    try_send(request, base).await.unwrap().body.as_text().unwrap().to_owned()
}

#[tokio::test]
async fn targets_arrive_as_they_were_written() {
    let base = server().await;
    for (path, query, line) in [
        ("/", None, "GET / HTTP/1.1"),
        ("/a%2Fb/%20%c3%A9/*", None, "GET /a%2Fb/%20%c3%A9/* HTTP/1.1"),
        ("//a///b//", Some(""), "GET //a///b//? HTTP/1.1"),
        ("/a;b=c/@:!$&'()*+,~|[x]^", None, "GET /a;b=c/@:!$&'()*+,~|[x]^ HTTP/1.1"),
        ("/q", Some("a=1+2&a=%2B&&flag&b=/?@:[]|^"), "GET /q?a=1+2&a=%2B&&flag&b=/?@:[]|^ HTTP/1.1"),
        ("/é b#c?d\\e\t", Some("x=é#y"), "GET /%C3%A9%20b%23c%3Fd%5Ce%09?x=%C3%A9%23y HTTP/1.1"),
        // What a URL cannot keep.
        ("/a/../b/./c/%2e%2E/d", None, "GET /b/d HTTP/1.1"),
        ("/q", Some("name=O'Neill"), "GET /q?name=O%27Neill HTTP/1.1"),
    ] {
        let mut request = Request::new("GET", path);
        request.query = query.map(str::to_owned);
        let seen = echoed(&request, &base).await;
        assert_eq!(seen.lines().next(), Some(line), "{path}");
    }
    let below = echoed(&Request::new("GET", "/users"), &format!("{base}/prod/")).await;
    assert!(below.starts_with("GET /prod/users HTTP/1.1"), "{below}");
}

#[tokio::test]
async fn headers_and_bodies_arrive_as_they_were_given() {
    let base = server().await;
    let mut request = Request::new("PATCH", "/");
    request.headers = Headers::from_iter([
        ("X-Twice", "1"),
        ("Host", "api.example.com"),
        ("x-twice", "2"),
        ("X-Name", "é"),
        ("Content-Length", "999"),
        ("User-Agent", "mine"),
    ]);
    request.body = b"a body".to_vec();
    let seen = echoed(&request, &base).await;
    assert!(seen.starts_with("PATCH / HTTP/1.1\r\n") && seen.ends_with("\r\n\r\na body"), "{seen}");
    let fields: Vec<&str> = seen.split("\r\n").skip(1).take_while(|line| !line.is_empty()).collect();
    let expected = [
        "x-twice: 1",
        "x-twice: 2",
        "host: api.example.com",
        "x-name: é",
        "user-agent: mine",
        "accept: */*",
        "content-length: 6",
    ];
    assert_eq!(fields, expected);
    let plain = echoed(&Request::new("GET", "/"), &base).await;
    assert!(plain.contains(&format!("host: {}", base.replace("http://", ""))), "{plain}");
    assert!(plain.contains("user-agent: apigw/"), "{plain}");
}

#[tokio::test]
async fn responses_are_handed_out_as_they_came() {
    let base = server().await;
    let response = try_send(&Request::new("GET", "/odd"), &base).await.unwrap();
    assert_eq!(response.status, 418);
    assert_eq!(response.headers.all("set-cookie").collect::<Vec<_>>(), ["a=1", "b=2"]);
    assert_eq!(response.headers.get("x-name"), Some("\u{fffd}"));
    assert!(!response.body.0.is_empty());
}

#[tokio::test]
async fn redirects_are_followed_only_when_asked() {
    let base = server().await;
    let request = Request::new("GET", "/redirect");
    let stayed = try_send(&request, &base).await.unwrap();
    assert_eq!((stayed.status, stayed.headers.get("location")), (302, Some("/elsewhere")));
    let options = SendOptions { follow_redirects: true, ..SendOptions::default() };
    let (followed, _) = send(&request, &base, &options).await.unwrap();
    assert_eq!(followed.status, 200);
    assert!(followed.body.as_text().unwrap().starts_with("GET /elsewhere "));
}

#[tokio::test]
async fn failures_are_sorted_and_keep_secrets() {
    let base = server().await;
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let cases = [
        (format!("http://{closed}"), "/", SendErrorKind::Connect),
        (base.replace("http:", "https:"), "/", SendErrorKind::Tls),
        // No resolver needs the network to refuse so long a label.
        (format!("http://{}.invalid", "a".repeat(64)), "/", SendErrorKind::Dns),
        ("no url".to_owned(), "/", SendErrorKind::InvalidUrl),
        ("ftp://127.0.0.1".to_owned(), "/", SendErrorKind::InvalidUrl),
        (format!("{base}/?a=1"), "/", SendErrorKind::InvalidUrl),
        (base.clone(), "/broken", SendErrorKind::Other),
    ];
    for (base, path, kind) in cases {
        let mut request = Request::new("GET", path);
        request.query = Some("key=sesame".to_owned());
        request.headers.append("Authorization", "Bearer sesame");
        if path == "/broken" {
            request.query = None;
        }
        let error = try_send(&request, &base).await.unwrap_err();
        assert_eq!(error.kind, kind, "{base}{path}: {error}");
        assert!(!error.to_string().contains("sesame"), "{error}");
    }
    let mut request = Request::new("GET", "/");
    request.headers.append("X-Secret", "sesame\n");
    let error = try_send(&request, &base).await.unwrap_err();
    assert!(error.message.contains("X-Secret") && !error.message.contains("sesame"), "{error}");
}

#[tokio::test]
async fn waiting_ends_when_the_time_is_up() {
    let base = server().await;
    let options = SendOptions { timeout: Duration::from_millis(300), ..SendOptions::default() };
    let begun = Instant::now();
    let error = send(&Request::new("GET", "/slow"), &base, &options).await.unwrap_err();
    assert_eq!(error.kind, SendErrorKind::Timeout);
    assert!(error.message.contains(&base) && error.message.contains("0.30 s"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(10));
}
