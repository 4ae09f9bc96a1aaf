//! A Lambda function built with AWS's runtime crate alone: it answers, or comes to its end, as its
//! handler setting (`_HANDLER`) names.

#![allow(clippy::disallowed_methods, clippy::exit, clippy::panic)]

use lambda_runtime::streaming::{Body, Response, channel};
use lambda_runtime::{Error, FunctionResponse, LambdaEvent, run, service_fn};
use serde_json::{Value, json};
use std::env;
use std::process::{abort, exit};
use std::time::Duration;
use tokio::time::sleep;

type Answer = FunctionResponse<Value, Body>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let handler = env::var("_HANDLER").unwrap_or_default();
    match handler.as_str() {
        "init-error" => return Err("no such table".into()),
        "init-panic" => panic!("no such table"),
        "init-abort" => abort(),
        "init-exit" => exit(0),
        _ => {}
    }
    let handler = &handler;
    run(service_fn(async |event: LambdaEvent<Value>| answer(handler, event.payload).await)).await
}

async fn answer(handler: &str, event: Value) -> Result<Answer, Error> {
    let value = match handler.split_once('-').unwrap_or((handler, "")) {
        ("error", _) => return Err("boom".into()),
        ("panic", _) => panic!("boom"),
        ("abort", _) => abort(),
        ("exit", code) => exit(code.parse()?),
        ("slow", _) => {
            sleep(Duration::from_secs(60)).await;
            Value::Null
        }
        ("bytes", many) => result_of(many.parse()?),
        ("stream", many) => return Ok(stream(many.parse()?)),
        ("half", _) => return Ok(half_a_stream()),
        _ => event,
    };
    Ok(FunctionResponse::BufferedResponse(value))
}

/// A proxy result that has this many bytes as JSON.
fn result_of(bytes: usize) -> Value {
    let around = json!({"statusCode": 200, "body": ""}).to_string().len();
    json!({"statusCode": 200, "body": "x".repeat(bytes - around)})
}

/// A stream of so many parts of 1,000 bytes.
fn stream(parts: usize) -> Answer {
    let (mut sender, body) = channel();
    tokio::spawn(async move {
        for _ in 0..parts {
            if sender.send_data("x".repeat(1_000).into()).await.is_err() {
                break;
            }
        }
    });
    FunctionResponse::StreamingResponse(Response::from(body))
}

/// A stream that breaks off.
fn half_a_stream() -> Answer {
    let (mut sender, body) = channel();
    tokio::spawn(async move {
        sender.send_data("one".into()).await.ok();
        sleep(Duration::from_millis(100)).await;
        sender.abort();
    });
    FunctionResponse::StreamingResponse(Response::from(body))
}
