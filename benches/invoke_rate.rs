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
mod rate;

use apigw::transport::{FunctionHost, FunctionProcess, FunctionSpec, Invocation};
use cpu::cpu_seconds;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::{Request, Response};
use rate::bare::{accept, on_a_thread, serve_bare};
use rate::client::Client;
use rate::median;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

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
            run(&mut client, 200);
            let limit = Duration::from_secs_f64(seconds.parse().unwrap());
            let (begun, mut count) = (Instant::now(), 0);
            while begun.elapsed() < limit {
                run(&mut client, 10);
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
        let bare = serve_bare(free(), example(name), handler, 1);
        for (bytes, rounds) in [(1_000, 1500), (1_000_000, 100)] {
            let mut clients = [host, bare].map(|address| Client::connect(address, INVOCATIONS, bytes));
            clients.iter_mut().for_each(|client| run(client, rounds / 10));
            let mut runs = [Vec::new(), Vec::new()];
            for _ in 0..REPETITIONS {
                for (client, runs) in clients.iter_mut().zip(&mut runs) {
                    let (begun, busy) = (Instant::now(), cpu_seconds());
                    run(client, rounds);
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

fn run(client: &mut Client, rounds: u32) {
    (0..rounds).for_each(|_| client.exchange());
}

fn example(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(2).unwrap().join("examples").join(name)
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
