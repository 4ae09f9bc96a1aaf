//! Requests as bytes, and answers as the tables tell of them.

use apigw::http::Request;
use serde_json::{Map, Value, json};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends a request, and reads its answer: status, header fields (names in small letters) and body.
pub(super) async fn send(address: SocketAddr, request: &Request, host: &str) -> Value {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&bytes(request, host)).await.unwrap();
    let (head, body) = receive(&mut stream).await;
    let mut lines = head.lines();
    let status: u16 = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers: Map<String, Value> = Map::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let values = headers.entry(name.to_ascii_lowercase()).or_insert_with(|| json!([]));
        values.as_array_mut().unwrap().push(value.trim().into());
    }
    let text = String::from_utf8_lossy(&body).into_owned();
    let json: Value = serde_json::from_slice(&body).unwrap_or_default();
    let body_base64 = apigw::http::encoding::base64_encode(&body);
    json!({ "status": status, "headers": headers, "body": text, "json": json, "bodyBase64": body_base64 })
}

/// A request on the wire; what every client adds is added where it is missing.
fn bytes(request: &Request, host: &str) -> Vec<u8> {
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let mut head = format!("{} {}{query} HTTP/1.1\r\n", request.method, request.path);
    if !request.headers.contains("host") {
        head += &format!("Host: {host}\r\n");
    }
    for (name, value) in request.headers.iter() {
        head += &format!("{name}: {value}\r\n");
    }
    if !request.body.is_empty() && !request.headers.contains("content-length") {
        head += &format!("Content-Length: {}\r\n", request.body.len());
    }
    [head.as_bytes(), b"\r\n", &request.body].concat()
}

/// Head and body of an answer, of which its length says where it ends.
async fn receive(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let (mut received, mut piece) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        let end = received.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8(received[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
            });
            let bodiless = [" 204", " 304"].iter().any(|status| head[8..].starts_with(status));
            let length: usize = if bodiless { 0 } else { length.expect("an answer says its length") };
            if received.len() >= end + 4 + length {
                return (head, received[end + 4..end + 4 + length].to_vec());
            }
        }
        let read = stream.read(&mut piece).await.unwrap();
        assert!(read > 0, "the answer breaks off: {}", String::from_utf8_lossy(&received));
        received.extend_from_slice(&piece[..read]);
    }
}
