//! Servers of one thread, and the bare one: an event is what the client sent, an answer what the function sent.

use apigw::transport::{FunctionSettings, lambda_environment};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Runs a server on a thread of its own; where it listens.
pub(crate) fn on_a_thread<F: Future<Output = ()>>(
    address: SocketAddr,
    serve: impl FnOnce(TcpListener) -> F + Send + 'static,
) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            let listener = TcpListener::bind(address).await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            serve(listener).await;
        });
    });
    receiver.recv().unwrap()
}

pub(crate) async fn accept<F, S>(listener: TcpListener, service: F)
where
    F: Fn(Request<Incoming>) -> S + Clone + 'static,
    S: Future<Output = Result<Response<Full<Bytes>>, Infallible>> + 'static,
{
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let service = service_fn(service.clone());
        let connection =
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::task::spawn_local(connection);
    }
}

/// An event on its way, and where its answer is waited for.
struct Job {
    event: Vec<u8>,
    answer: oneshot::Sender<Vec<u8>>,
}

/// What the Runtime API of one process knows.
struct Bare {
    jobs: Arc<Mutex<mpsc::UnboundedReceiver<Job>>>,
    waiting: Mutex<Option<oneshot::Sender<Vec<u8>>>>,
}

/// An HTTP server that hands bodies to a function, of which so many processes run, and its answers back,
/// as they come, and looks at nothing.
pub(crate) fn serve_bare(
    address: SocketAddr,
    program: PathBuf,
    handler: &str,
    processes: usize,
) -> SocketAddr {
    let settings = FunctionSettings { handler: handler.to_owned(), ..FunctionSettings::default() };
    on_a_thread(address, move |listener| async move {
        let (jobs, receiver) = mpsc::unbounded_channel();
        let receiver = Arc::new(Mutex::new(receiver));
        let mut functions = Vec::new();
        for _ in 0..processes {
            let bare = Arc::new(Bare { jobs: Arc::clone(&receiver), waiting: Mutex::new(None) });
            let runtime_api = TcpListener::bind("127.0.0.1:0").await.unwrap();
            functions.push(start(&program, &settings, &runtime_api.local_addr().unwrap().to_string()));
            tokio::task::spawn_local(accept(runtime_api, move |request| {
                runtime_call(Arc::clone(&bare), request)
            }));
        }
        accept(listener, move |request| pass_on(jobs.clone(), request)).await;
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
