//! Invocations a second of a warm function, from an HTTP client to the function and back: through
//! `FunctionHost` and through a bare program which does the same exchanges with hyper and nothing
//! else, and copies bodies as they come.
//!
//! - `cargo bench --bench invoke_rate` compares the two, with events and answers of 1 KB and 1 MB
//!   (the examples must be built: `cargo build --profile bench --examples`).
//! - `… -- serve PORT PROGRAM` and `… -- client HOST:PORT PATH BYTES SECONDS` are the halves of it,
//!   for `benches/invoke_rate_beside`.

#![allow(clippy::exit, clippy::print_stdout, clippy::unwrap_used)]

mod cpu;

use apigw::transport::{
    FunctionHost, FunctionProcess, FunctionSettings, FunctionSpec, Invocation, lambda_environment,
};
use cpu::cpu_seconds;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::future::Future;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc, oneshot};

const REPETITIONS: usize = 9;
const INVOCATIONS: &str = "/2015-03-31/functions/function/invocations";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["serve", port, program] => {
            serve_host(format!("127.0.0.1:{port}").parse().unwrap(), PathBuf::from(program), "");
            std::thread::park();
        }
        ["client", address, path, bytes, seconds] => {
            let mut client = Client::connect(address.parse().unwrap(), path, bytes.parse().unwrap());
            client.run(200);
            let limit = Duration::from_secs_f64(seconds.parse().unwrap());
            let (begun, mut count) = (Instant::now(), 0);
            while begun.elapsed() < limit {
                client.run(10);
                count += 10;
            }
            println!("{:.0}", f64::from(count) / begun.elapsed().as_secs_f64());
        }
        _ => compare(),
    }
}

fn compare() {
    let free = || "127.0.0.1:0".parse().unwrap();
    for (name, handler) in [("unruly", "echo"), ("echo", "")] {
        let host = serve_host(free(), example(name), handler);
        let bare = serve_bare(free(), example(name), handler);
        for (bytes, rounds) in [(1_000, 1500), (1_000_000, 100)] {
            let mut clients = [host, bare].map(|address| Client::connect(address, INVOCATIONS, bytes));
            clients.iter_mut().for_each(|client| client.run(rounds / 10));
            let mut runs = [Vec::new(), Vec::new()];
            for _ in 0..REPETITIONS {
                for (client, runs) in clients.iter_mut().zip(&mut runs) {
                    let (begun, busy) = (Instant::now(), cpu_seconds());
                    client.run(rounds);
                    let (took, worked) = (begun.elapsed().as_secs_f64(), cpu_seconds() - busy);
                    runs.push((f64::from(rounds) / took, worked * 1e6 / f64::from(rounds)));
                }
            }
            let ratios = runs[0].iter().zip(&runs[1]).map(|(host, bare)| host.0 / bare.0).collect();
            let [host, bare] = runs.map(|runs| {
                let (rates, costs) = runs.into_iter().unzip();
                (median(rates), median(costs))
            });
            println!(
                "{name}, {bytes} bytes: host {:.0} a second, bare {:.0}, ratio {:.2} ({:.2} of pairs); \
                 CPU time {:.0} µs and {:.0} µs",
                host.0,
                bare.0,
                host.0 / bare.0,
                median(ratios),
                host.1,
                bare.1
            );
        }
    }
}

fn example(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(2).unwrap().join("examples").join(name)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// One connection that is kept, and one request at a time.
struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Client {
    fn connect(address: SocketAddr, path: &str, bytes: usize) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let event = format!(r#"{{"statusCode":200,"body":"{}"}}"#, "x".repeat(bytes - 30));
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            event.len()
        );
        Self { stream, request: (head + &event).into_bytes(), answer: vec![0; bytes + 65_536] }
    }

    fn run(&mut self, rounds: u32) {
        for _ in 0..rounds {
            self.stream.write_all(&self.request).unwrap();
            let mut filled = 0;
            let end = loop {
                let read = self.stream.read(&mut self.answer[filled..]).unwrap();
                assert_ne!(read, 0, "the connection was closed");
                filled += read;
                if let Some(end) = end_of_head(&self.answer[..filled]) {
                    break end;
                }
            };
            let head = String::from_utf8_lossy(&self.answer[..end]).to_ascii_lowercase();
            assert!(head.starts_with("http/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: Option<usize> = length.map(|length| length.trim().parse().unwrap());
            let is_whole = |answer: &[u8]| match length {
                Some(length) => answer.len() >= end + length,
                None => answer.ends_with(b"\r\n0\r\n\r\n"),
            };
            while !is_whole(&self.answer[..filled]) {
                filled += self.stream.read(&mut self.answer[filled..]).unwrap();
            }
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|end| end == b"\r\n\r\n").map(|place| place + 4)
}

/// Runs a server on a thread of its own; where it listens.
fn on_a_thread<F: Future<Output = ()>>(
    address: SocketAddr,
    serve: impl FnOnce(TcpListener) -> F + Send + 'static,
) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind(address).await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            serve(listener).await;
        });
    });
    receiver.recv().unwrap()
}

async fn accept<F, S>(listener: TcpListener, service: F)
where
    F: Fn(Request<Incoming>) -> S + Clone + 'static,
    S: Future<Output = Result<Response<Full<Bytes>>, Infallible>> + 'static,
{
    let connections = tokio::task::LocalSet::new();
    let accepting = async {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let service = service_fn(service.clone());
            let connection =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::task::spawn_local(connection);
        }
    };
    connections.run_until(accepting).await;
}

/// Ours: `FunctionHost` behind an HTTP server that hands bodies on.
fn serve_host(address: SocketAddr, program: PathBuf, handler: &'static str) -> SocketAddr {
    on_a_thread(address, move |listener| async move {
        let mut spec = FunctionSpec::new(FunctionProcess::new(program));
        spec.settings.handler = handler.to_owned();
        // An invocation ends with its answer, as in the bare program.
        spec.settle = Duration::ZERO;
        let host = Arc::new(Mutex::new(FunctionHost::new(spec)));
        accept(listener, move |request| invoke(Arc::clone(&host), request)).await;
    })
}

async fn invoke(
    host: Arc<Mutex<FunctionHost>>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut body = request.into_body();
    let mut event = Vec::with_capacity(usize::try_from(body.size_hint().lower()).unwrap());
    while let Some(frame) = body.frame().await {
        event.extend_from_slice(frame.unwrap().data_ref().unwrap());
    }
    let invocation = Invocation {
        request_id: "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned(),
        event: event.into(),
        invoked_function_arn: "arn:aws:lambda:us-east-1:123456789012:function:function".to_owned(),
        now: Duration::from_secs(1_700_000_000),
        ..Invocation::default()
    };
    let invoked = host.lock().await.invoke(invocation).await.unwrap();
    assert_eq!(invoked.failure, None);
    Ok(Response::new(Full::new(invoked.payload)))
}

/// An event on its way, and where its answer is waited for.
struct Job {
    event: Vec<u8>,
    answer: oneshot::Sender<Vec<u8>>,
}

/// What the Runtime API of the bare program knows.
struct Bare {
    jobs: Mutex<mpsc::UnboundedReceiver<Job>>,
    waiting: Mutex<Option<oneshot::Sender<Vec<u8>>>>,
}

/// The same without looking at anything.
fn serve_bare(address: SocketAddr, program: PathBuf, handler: &str) -> SocketAddr {
    let settings = FunctionSettings { handler: handler.to_owned(), ..FunctionSettings::default() };
    on_a_thread(address, move |listener| async move {
        let (jobs, receiver) = mpsc::unbounded_channel();
        let bare = Arc::new(Bare { jobs: Mutex::new(receiver), waiting: Mutex::new(None) });
        let runtime_api = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let _function = start(&program, &settings, &runtime_api.local_addr().unwrap().to_string());
        tokio::join!(
            accept(listener, move |request| pass_on(jobs.clone(), request)),
            accept(runtime_api, move |request| runtime_call(Arc::clone(&bare), request)),
        );
    })
}

fn start(program: &Path, settings: &FunctionSettings, runtime_api: &str) -> tokio::process::Child {
    let environment = lambda_environment(settings, program, runtime_api).unwrap();
    let mut command = tokio::process::Command::new(program);
    command.env_clear().envs(environment).kill_on_drop(true).spawn().unwrap()
}

async fn pass_on(
    jobs: mpsc::UnboundedSender<Job>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let event = request.into_body().collect().await.unwrap().to_bytes().to_vec();
    let (answer, answered) = oneshot::channel();
    jobs.send(Job { event, answer }).ok().unwrap();
    Ok(Response::new(Full::from(answered.await.unwrap())))
}

async fn runtime_call(
    bare: Arc<Bare>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut response = if request.method() == Method::GET {
        let job = bare.jobs.lock().await.recv().await.unwrap();
        *bare.waiting.lock().await = Some(job.answer);
        let mut response = Response::new(Full::from(job.event.clone()));
        for (name, value) in [
            ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
            ("lambda-runtime-deadline-ms", "1700000003000"),
            (
                "lambda-runtime-invoked-function-arn",
                "arn:aws:lambda:us-east-1:123456789012:function:function",
            ),
        ] {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        response
    } else {
        let answer = request.into_body().collect().await.unwrap().to_bytes().to_vec();
        bare.waiting.lock().await.take().unwrap().send(answer).unwrap();
        let mut response = Response::new(Full::from("{\"status\":\"OK\"}\n"));
        *response.status_mut() = StatusCode::ACCEPTED;
        response
    };
    response.headers_mut().insert("content-type", "application/json".parse().unwrap());
    Ok(response)
}
