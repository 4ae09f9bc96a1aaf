//! Answers that a function streams, from its process to the client.

use super::example;
use apigw::gateway::door::{Deployment, Integration, Method};
use apigw::gateway::{Api, Flavor, Route};
use apigw::transport::serve::{FunctionPool, HttpServer, Port, Served, ServerLimits, Site};
use apigw::transport::{FunctionHost, FunctionProcess, FunctionSpec};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

type Seen = Arc<Mutex<Vec<Served>>>;

/// A function URL that streams, before `streamer`.
async fn open() -> (SocketAddr, Seen) {
    let url = Api { streaming: true, ..Api::new(Flavor::Url) };
    let route = Route::parse("$default").unwrap();
    before_streamer(url, Method::new(route, Integration::Function("f".to_owned()))).await
}

async fn before_streamer(api: Api, method: Method) -> (SocketAddr, Seen) {
    let mut deployment = Deployment::new(api);
    deployment.add(method);
    let spec = FunctionSpec {
        settle: Duration::ZERO,
        timeout: Duration::from_secs(20),
        ..FunctionSpec::new(FunctionProcess::new(example("streamer")))
    };
    let pool = FunctionPool::new(2, FunctionHost::new(spec));
    let functions = BTreeMap::from([("f".to_owned(), Arc::new(pool))]);
    let site = Site::new(deployment, functions, (Duration::from_secs(1_700_000_000), 7));
    let port = Arc::new(Port::new(vec![Arc::new(site)]));
    let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), port, ServerLimits::default()).await.unwrap();
    let (address, seen) = (server.address().unwrap(), Seen::default());
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        server.serve(Arc::new(move |_, served: &Served, _| log.lock().unwrap().push(served.clone()))).await;
    });
    (address, seen)
}

/// Asks, and reads until the first piece has come; the function waits for that file.
async fn first_piece(address: SocketAddr, file: &Path) -> (TcpStream, String) {
    ask(address, "/", file).await
}

async fn ask(address: SocketAddr, path: &str, file: &Path) -> (TcpStream, String) {
    let name = file.to_str().unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request =
        format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n", name.len());
    let request = format!("{request}Content-Type: text/plain\r\n\r\n{name}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let mut buffer = [0; 1024];
    while !answer.contains("first;") {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the connection ended: {answer}");
        answer.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
    (stream, answer)
}

#[tokio::test]
async fn the_client_has_each_piece_when_the_function_sends_it() {
    let (address, seen) = open().await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("go");
    let (mut stream, mut answer) = first_piece(address, &file).await;
    assert!(answer.starts_with("HTTP/1.1 418 "), "{answer}");
    assert!(answer.contains("x-kind: streamed\r\n") && !answer.contains("second"), "{answer}");
    assert!(seen.lock().unwrap().is_empty(), "it is told of when it is over");
    std::fs::write(&file, "go").unwrap();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("6\r\nsecond\r\n0\r\n\r\n"), "{answer}");
    let seen = seen.lock().unwrap();
    assert_eq!((seen.len(), seen[0].response.status), (1, 418));
    assert!(seen[0].response.body.0.ends_with(b"first;second"));
}

#[tokio::test]
async fn a_stream_whose_function_fails_breaks_off() {
    let (address, seen) = open().await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("go");
    let (mut stream, mut answer) = first_piece(address, &file).await;
    std::fs::write(&file, "fail").unwrap();
    stream.read_to_string(&mut answer).await.ok();
    for _ in 0..200 {
        if !seen.lock().unwrap().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let invoked = seen.lock().unwrap()[0].invoked.clone().unwrap();
    assert!(invoked.failure.is_some(), "{invoked:?}");
    assert!(!answer.ends_with("0\r\n\r\n"), "a whole answer: {answer}");
}

#[tokio::test]
async fn a_client_who_leaves_does_not_hold_the_function() {
    let (address, seen) = open().await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("go");
    let (stream, _) = first_piece(address, &file).await;
    drop(stream);
    std::fs::write(&file, "go").unwrap();
    for _ in 0..200 {
        if !seen.lock().unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the request has not ended");
}

#[tokio::test]
async fn a_rest_api_streams_where_its_integration_does() {
    let route = Route::parse("POST /a").unwrap();
    let method = Method { streaming: true, ..Method::new(route, Integration::Function("f".to_owned())) };
    let (address, _) = before_streamer(Api::new(Flavor::Rest), method).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("go");
    let (mut stream, mut answer) = ask(address, "/prod/a", &file).await;
    assert!(answer.starts_with("HTTP/1.1 418 ") && !answer.contains("second"), "{answer}");
    std::fs::write(&file, "go").unwrap();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("second\r\n0\r\n\r\n"), "{answer}");
}
