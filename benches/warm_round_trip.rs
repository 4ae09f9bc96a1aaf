//! What `FunctionHost` adds to a warm round trip: the same process answers the same events, once
//! through the host and once through a bare loop that hands out events without looking.
//!
//! `cargo bench --bench warm_round_trip` (the examples must be built: `cargo build --examples`
//! with the same profile).

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use apigw::transport::{
    FunctionHost, FunctionProcess, FunctionSettings, FunctionSpec, Invocation, lambda_environment,
};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};

const ROUNDS: u32 = 2000;
const REPETITIONS: usize = 9;
const EVENT: &str = r#"{"resource":"/hello","path":"/hello","httpMethod":"GET","headers":{},"multiValueHeaders":{},"queryStringParameters":null,"multiValueQueryStringParameters":null,"pathParameters":null,"stageVariables":null,"body":null,"isBase64Encoded":false,"requestContext":{"accountId":"123456789012","apiId":"abc","stage":"prod","requestId":"r","resourceId":"x","resourcePath":"/hello","httpMethod":"GET","path":"/hello","protocol":"HTTP/1.1","identity":{"sourceIp":"127.0.0.1"}}}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for (name, handler) in [("unruly", "echo"), ("greeting", "")] {
        let program = example(name);
        let settings = FunctionSettings { handler: handler.to_owned(), ..FunctionSettings::default() };
        let (mut hosted, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..REPETITIONS {
            hosted.push(through_the_host(&program, &settings).await);
            bare.push(through_a_bare_loop(&program, &settings).await);
        }
        let (hosted, bare) = (median(hosted), median(bare));
        println!("{name}: host {hosted:.1} µs, bare loop {bare:.1} µs, added {:.1} µs", hosted - bare);
    }
}

fn example(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(2).unwrap().join("examples").join(name)
}

fn mean(elapsed: Duration) -> f64 {
    elapsed.as_secs_f64() * 1e6 / f64::from(ROUNDS)
}

/// Of the means: on which cores the two processes come to run decides one by a factor of three.
fn median(mut means: Vec<f64>) -> f64 {
    means.sort_by(f64::total_cmp);
    means[means.len() / 2]
}

async fn through_the_host(program: &Path, settings: &FunctionSettings) -> f64 {
    let mut spec = FunctionSpec::new(FunctionProcess::new(program));
    spec.settings = settings.clone();
    let mut host = FunctionHost::start(spec).await.unwrap();
    let invocation = |n: u32| Invocation {
        request_id: format!("request-{n}"),
        event: EVENT.into(),
        now: Duration::from_secs(1_700_000_000),
        ..Invocation::default()
    };
    host.invoke(invocation(ROUNDS)).await.unwrap();
    let started = Instant::now();
    for n in 0..ROUNDS {
        let invoked = host.invoke(invocation(n)).await.unwrap();
        assert_eq!(invoked.failure, None);
    }
    let elapsed = started.elapsed();
    host.stop().await;
    mean(elapsed)
}

/// One event at a time is on its way here too, or the function would work while we do.
async fn through_a_bare_loop(program: &Path, settings: &FunctionSettings) -> f64 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let events = Arc::new(Semaphore::new(0));
    let (answers, mut answered) = mpsc::unbounded_channel();
    tokio::spawn(serve(listener, Arc::clone(&events), answers));
    let environment = lambda_environment(settings, program, &address).unwrap();
    let mut child = tokio::process::Command::new(program)
        .env_clear()
        .envs(environment)
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut started = Instant::now();
    for n in 0..=ROUNDS {
        if n == 1 {
            started = Instant::now();
        }
        events.add_permits(1);
        answered.recv().await.unwrap();
    }
    let elapsed = started.elapsed();
    child.kill().await.unwrap();
    mean(elapsed)
}

async fn serve(listener: TcpListener, events: Arc<Semaphore>, answers: mpsc::UnboundedSender<Bytes>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (events, answers) = (Arc::clone(&events), answers.clone());
        let service = service_fn(move |request| answer(Arc::clone(&events), answers.clone(), request));
        let connection =
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connection);
    }
}

async fn answer(
    events: Arc<Semaphore>,
    answers: mpsc::UnboundedSender<Bytes>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut response = if request.method() == Method::GET {
        events.acquire().await.unwrap().forget();
        let mut response = Response::new(Full::new(Bytes::from_static(EVENT.as_bytes())));
        let headers = response.headers_mut();
        headers.insert("lambda-runtime-aws-request-id", "request".parse().unwrap());
        headers.insert("lambda-runtime-deadline-ms", "1700000003000".parse().unwrap());
        response
    } else {
        let body = request.into_body().collect().await.unwrap().to_bytes();
        let mut response = Response::new(Full::new(Bytes::from_static(b"{\"status\":\"OK\"}\n")));
        *response.status_mut() = hyper::StatusCode::ACCEPTED;
        answers.send(body).unwrap();
        response
    };
    response.headers_mut().insert("content-type", "application/json".parse().unwrap());
    Ok(response)
}
