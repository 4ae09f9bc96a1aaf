//! A Lambda function behind API Gateway, built with AWS's own crates. It greets `?name=`, and
//! has a path for every way in which a function disappoints.

#![allow(clippy::panic)]

use lambda_http::{Body, Error, Request, RequestExt as _, Response, run, service_fn};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(answer)).await
}

async fn answer(request: Request) -> Result<Response<Body>, Error> {
    let path = request.raw_http_path();
    match path.rsplit('/').next().unwrap_or_default() {
        "fail" => Err("the greeting could not be written".into()),
        "panic" => panic!("the greeting went wrong"),
        "slow" => {
            tokio::time::sleep(Duration::from_secs(10)).await;
            text("at last")
        }
        "big" => text("x".repeat(7 * 1024 * 1024)),
        "bytes" => respond("application/octet-stream", Body::Binary(vec![0, 159, 146, 150, 255])),
        _ => greet(&request),
    }
}

fn greet(request: &Request) -> Result<Response<Body>, Error> {
    let query = request.query_string_parameters();
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let greeting = serde_json::json!({
        "message": format!("Hello, {}!", query.first("name").unwrap_or("world")),
        "method": request.method().as_str(),
        "path": request.raw_http_path(),
        "with": header("with"),
    });
    respond("application/json", greeting.to_string().into())
}

fn text(body: impl Into<String>) -> Result<Response<Body>, Error> {
    respond("text/plain", body.into().into())
}

fn respond(content_type: &str, body: Body) -> Result<Response<Body>, Error> {
    Ok(Response::builder().header("content-type", content_type).body(body)?)
}
