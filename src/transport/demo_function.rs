//! A Lambda function in the smallest form: it asks the Runtime API for events and answers them.

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::HOST;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::io;
use tokio::net::TcpStream;

/// Serves events from the Runtime API at `runtime_api` (`host:port`, the value of
/// `AWS_LAMBDA_RUNTIME_API`) with `handler`, until the Runtime API goes away.
///
/// # Errors
/// When the Runtime API cannot be reached at all, or answers in a way that it never does.
pub async fn serve(runtime_api: &str, handler: impl Fn(&[u8]) -> Vec<u8>) -> io::Result<()> {
    let stream = TcpStream::connect(runtime_api).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    let served = answer_events(&mut sender, runtime_api, handler).await;
    connection.abort();
    served
}

async fn answer_events(
    sender: &mut SendRequest<Full<Bytes>>,
    host: &str,
    handler: impl Fn(&[u8]) -> Vec<u8>,
) -> io::Result<()> {
    loop {
        let next = request(Method::GET, host, "next", Bytes::new())?;
        // A connection that closes while nothing is to do is how Lambda ends a function.
        let Ok(response) = sender.send_request(next).await else { return Ok(()) };
        let Some((request_id, event)) = read_event(response).await? else { return Ok(()) };
        let answer = Bytes::from(handler(&event));
        let posted = request(Method::POST, host, &format!("{request_id}/response"), answer)?;
        let Ok(response) = sender.send_request(posted).await else { return Ok(()) };
        if response.status() != StatusCode::ACCEPTED {
            return Err(io::Error::other(format!("the answer was refused with {}", response.status())));
        }
        // The connection is free again once the body has been read.
        response.into_body().collect().await.map_err(io::Error::other)?;
    }
}

fn request(method: Method, host: &str, path: &str, body: Bytes) -> io::Result<Request<Full<Bytes>>> {
    Request::builder()
        .method(method)
        .uri(format!("/2018-06-01/runtime/invocation/{path}"))
        .header(HOST, host)
        .body(Full::new(body))
        .map_err(io::Error::other)
}

/// Id and body of an event; `None` if the connection broke before its end.
async fn read_event(response: Response<Incoming>) -> io::Result<Option<(String, Bytes)>> {
    let status = response.status();
    let id = response.headers().get("lambda-runtime-aws-request-id");
    let Some(id) = id.and_then(|id| id.to_str().ok()).map(str::to_owned) else {
        return Err(io::Error::other(format!("no event came, but {status} without a request id")));
    };
    Ok(response.into_body().collect().await.ok().map(|body| (id, body.to_bytes())))
}
