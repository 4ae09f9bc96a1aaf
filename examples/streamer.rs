//! A function that streams: a prelude and a first piece, then, once a file is there whose name is the body
//! of its event, a second one. Where that file says `fail`, it aborts instead.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use lambda_runtime::streaming::{Body, Response, channel};
use lambda_runtime::{Error, LambdaEvent, MetadataPrelude, run, service_fn};
use serde_json::Value;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(answer)).await
}

async fn answer(event: LambdaEvent<Value>) -> Result<Response<Body>, Error> {
    let awaited = event.payload["body"].as_str().unwrap_or_default().to_owned();
    let (mut sender, body) = channel();
    tokio::spawn(async move {
        sender.send_data("first;".into()).await.ok();
        let said = loop {
            match std::fs::read_to_string(&awaited) {
                Ok(said) => break said,
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        };
        match said.as_str() {
            "fail" => std::process::abort(),
            _ => sender.send_data("second".into()).await.unwrap_or_default(),
        }
    });
    let headers =
        HeaderMap::from_iter([(HeaderName::from_static("x-kind"), HeaderValue::from_static("streamed"))]);
    let metadata_prelude =
        MetadataPrelude { status_code: StatusCode::IM_A_TEAPOT, headers, ..MetadataPrelude::default() };
    Ok(Response { metadata_prelude, stream: body })
}
