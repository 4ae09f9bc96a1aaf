//! Requests a second from HTTP client to function and back: through `apigw serve`, through a bare program
//! that makes the same hops with hyper and knows nothing of gateways, and through other servers.
//!
//! - `cargo bench --bench serve_rate` compares the two (the function must be built:
//!   `cargo build --profile bench --example mirror`).
//! - `… -- compare ROUNDS SECONDS NAME=PID=HOST:PORT/PATH…` compares servers that run: in turns, with bodies of
//!   1 KB and 1 MB, at 1 and at 16 connections.
//! - `… -- bare PORT PROGRAM PROCESSES` is the bare program.
//! - `… -- first TIMES APIGW ARGS…` tells the milliseconds from the start of the command to its first answer.

#![allow(clippy::exit, clippy::print_stdout, clippy::unwrap_used)]

mod rate;

use hdrhistogram::Histogram;
use rate::bare::serve_bare;
use rate::client::Client;
use rate::median;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// As many as `apigw serve` runs of a function.
const PROCESSES: usize = 10;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["bare", port, program, processes] => {
            let address = format!("127.0.0.1:{port}").parse().unwrap();
            serve_bare(address, PathBuf::from(program), "", processes.parse().unwrap());
            std::thread::park();
        }
        ["compare", rounds, seconds, ref servers @ ..] => {
            let seconds = Duration::from_secs_f64(seconds.parse().unwrap());
            compare(
                servers.iter().map(|text| Server::parse(text)).collect(),
                rounds.parse().unwrap(),
                seconds,
            );
        }
        ["first", times, apigw, ref args @ ..] => first(times.parse().unwrap(), apigw, args),
        _ => both(),
    }
}

/// `apigw serve` and the bare program.
fn both() {
    let own = std::env::current_exe().unwrap();
    let mirror = own.ancestors().nth(2).unwrap().join("examples/mirror");
    let mirror = mirror.to_str().unwrap();
    let ports = [free_port(), free_port()].map(|port| port.to_string());
    let route = format!("$default={mirror}");
    let serve =
        ["serve", "--no-inspect", "--no-watch", "--format", "jsonl", "--route", &route, "--port", &ports[0]];
    let serve = Running::start(env!("CARGO_BIN_EXE_apigw"), &serve);
    let bare = Running::start(own.to_str().unwrap(), &["bare", &ports[1], mirror, &PROCESSES.to_string()]);
    let servers =
        [("apigw serve", &serve, &ports[0]), ("bare", &bare, &ports[1])].map(|(name, running, port)| {
            Server::parse(&format!("{name}={}=127.0.0.1:{port}/mirror", running.0.id()))
        });
    compare(servers.into(), 5, Duration::from_secs(1));
}

/// A program that is told to end when it is no longer needed, as a person would tell it.
struct Running(Child);

impl Running {
    fn start(program: &str, args: &[&str]) -> Self {
        let (out, err) = (Stdio::null(), Stdio::null());
        Self(Command::new(program).args(args).stdout(out).stderr(err).spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Then its functions end, too.
        Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        self.0.wait().unwrap();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A server with what was measured of it.
struct Server {
    name: String,
    process: String,
    address: SocketAddr,
    path: String,
    runs: Vec<Run>,
}

/// So many requests for a while.
struct Run {
    rate: f64,
    /// CPU time of the server for each, in microseconds; its functions apart.
    cost: f64,
    latencies: Histogram<u64>,
}

impl Server {
    fn parse(text: &str) -> Self {
        let [name, process, place]: [&str; 3] = text.splitn(3, '=').collect::<Vec<_>>().try_into().unwrap();
        let (address, path) = place.split_once('/').unwrap();
        Self {
            name: name.to_owned(),
            process: process.to_owned(),
            address: address.parse().unwrap(),
            path: format!("/{path}"),
            runs: Vec::new(),
        }
    }

    fn run(&mut self, bytes: usize, connections: usize, limit: Duration) {
        let (begun, busy) = (Instant::now(), self.busy());
        let clients = (0..connections).map(|_| Client::connect(self.address, &self.path, bytes));
        let threads: Vec<_> =
            clients.map(|client| std::thread::spawn(move || load(client, begun + limit))).collect();
        let mut latencies = histogram();
        threads.into_iter().for_each(|thread| latencies.add(thread.join().unwrap()).unwrap());
        let (took, count) = (begun.elapsed().as_secs_f64(), latencies.len() as f64);
        let cost = (self.busy() - busy) / count;
        self.runs.push(Run { rate: count / took, cost, latencies });
    }

    /// CPU time of the server, in microseconds.
    fn busy(&self) -> f64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process)).unwrap();
        let nanoseconds = |text: String| text.split(' ').next().unwrap().parse::<f64>().unwrap();
        let tasks =
            tasks.filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("schedstat")).ok());
        tasks.map(nanoseconds).sum::<f64>() / 1e3
    }

    /// The most memory that the server ever had, in MB.
    fn peak(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process)).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }
}

fn histogram() -> Histogram<u64> {
    Histogram::new(3).unwrap()
}

/// One request after the other; how long each took, in microseconds.
fn load(mut client: Client, end: Instant) -> Histogram<u64> {
    let mut latencies = histogram();
    while Instant::now() < end {
        let sent = Instant::now();
        client.exchange();
        latencies.record(u64::try_from(sent.elapsed().as_micros()).unwrap()).unwrap();
    }
    latencies
}

/// One table of all servers, the first of which the others are compared with.
fn compare(mut servers: Vec<Server>, rounds: usize, seconds: Duration) {
    for server in &servers {
        while TcpStream::connect(server.address).is_err() {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    println!(
        "| body | connections | server | a second | the first to it | CPU µs | p50 µs | p99 µs | p99/p50 | peak MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for bytes in [1_000, 1_000_000] {
        for connections in [1, 16] {
            servers.iter_mut().for_each(|server| {
                server.run(bytes, connections, seconds / 4);
                server.runs.clear();
            });
            for _ in 0..rounds {
                servers.iter_mut().for_each(|server| server.run(bytes, connections, seconds));
            }
            let [first, ..] = servers.as_slice() else { return };
            servers.iter().for_each(|server| tell(server, first, bytes, connections));
        }
    }
}

fn tell(server: &Server, first: &Server, bytes: usize, connections: usize) {
    let of_runs = |value: fn(&Run) -> f64| median(server.runs.iter().map(value).collect());
    let ratios = first.runs.iter().zip(&server.runs).map(|(first, own)| first.rate / own.rate).collect();
    let mut latencies = histogram();
    server.runs.iter().for_each(|run| latencies.add(&run.latencies).unwrap());
    let (p50, p99) = (latencies.value_at_quantile(0.5), latencies.value_at_quantile(0.99));
    println!(
        "| {bytes} | {connections} | {} | {:.0} | {:.2} | {:.0} | {p50} | {p99} | {:.1} | {:.1} |",
        server.name,
        of_runs(|run| run.rate),
        median(ratios),
        of_runs(|run| run.cost),
        p99 as f64 / p50 as f64,
        server.peak(),
    );
}

/// From the start of `apigw serve` with these arguments until a request is answered.
fn first(times: usize, apigw: &str, args: &[&str]) {
    let took = (0..times).map(|_| {
        let port = free_port();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let text = port.to_string();
        let begun = Instant::now();
        let _running = Running::start(apigw, &[args, &["--port", &text]].concat());
        while TcpStream::connect(address).is_err() {
            std::thread::sleep(Duration::from_micros(100));
        }
        Client::connect(address, "/mirror", 1_000).exchange();
        begun.elapsed().as_secs_f64() * 1e3
    });
    println!("{:.1}", median(took.collect()));
}
