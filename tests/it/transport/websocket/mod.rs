//! A WebSocket API on a port of this machine, met by a plain client.

mod limits;
mod management;
mod moments;
mod recorded;

use super::{example, unruly};
use apigw::gateway::door::{
    Authorization, Deployment, Guard, Integration, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, Method, Throttle,
};
use apigw::gateway::{Api, AuthorizerKind, AuthorizerSettings, Flavor, IdentitySource, Route};
use apigw::http::Request;
use apigw::transport::serve::{FunctionPool, HttpServer, Port, Served, ServerLimits, Site, WebsocketLimits};
use apigw::transport::{FunctionHost, FunctionProcess, FunctionSpec};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async, client_async_with_config};

type Client = WebSocketStream<TcpStream>;

const OK: &str = r#"say:{"statusCode":200}"#;
const SIGNED: &str = "Authorization: AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/execute-api/aws4_request, \
                      SignedHeaders=host, Signature=0123\r\n";

/// An API whose routes are answered by `unruly`, each with a handler of its own.
fn deployment(routes: &[(&str, &str)]) -> Deployment {
    let mut deployment = Deployment::new(Api::new(Flavor::Websocket));
    for (key, handler) in routes {
        deployment.add(Method::new(Route::key(key), Integration::Function((*handler).to_owned())));
    }
    deployment
}

fn site(deployment: Deployment, more: &[&str]) -> Arc<Site> {
    Arc::new(bare_site(deployment, more))
}

fn bare_site(deployment: Deployment, more: &[&str]) -> Site {
    let integrations = deployment.methods.iter().filter_map(|method| match &method.integration {
        Integration::Function(name) => Some(name.clone()),
        Integration::Mock(_) | Integration::Failing(_) => None,
    });
    let names = integrations.chain(more.iter().map(|name| (*name).to_owned()));
    let pool = |name: String| {
        let mut spec = match name.as_str() {
            "slow" => FunctionSpec::new(FunctionProcess::new(example("slow"))),
            _ => unruly(&name),
        };
        spec.settle = Duration::ZERO;
        (name, Arc::new(FunctionPool::new(4, FunctionHost::new(spec))))
    };
    let functions: BTreeMap<_, _> = names.map(pool).collect();
    Site::new(deployment, functions, (Duration::from_secs(1_700_000_000), 7))
}

/// A server, and what it served: the requests with what came of them.
struct Server {
    address: SocketAddr,
    port: Arc<Port>,
    seen: Arc<Mutex<Vec<(Request, Served)>>>,
}

impl Server {
    async fn open(routes: &[(&str, &str)]) -> Self {
        Self::of(site(deployment(routes), &[]), WebsocketLimits::default()).await
    }

    async fn of(site: Arc<Site>, websocket: WebsocketLimits) -> Self {
        let port = Arc::new(Port::new(vec![site]));
        let limits = ServerLimits { websocket, ..ServerLimits::default() };
        let server = HttpServer::bind(([127, 0, 0, 1], 0).into(), Arc::clone(&port), limits).await.unwrap();
        let (address, seen) = (server.address().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let log = Arc::clone(&seen);
        let watcher = move |request: &Request, served: &Served, _: Duration| {
            log.lock().unwrap().push((request.clone(), served.clone()));
        };
        tokio::spawn(async move { server.serve(Arc::new(watcher)).await });
        Self { address, port, seen }
    }

    async fn connect(&self, path: &str, headers: &[(&str, &str)]) -> Result<(Client, String), Error> {
        let mut request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().append(name, HeaderValue::from_str(value).unwrap());
        }
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (client, response) = client_async(request, stream).await?;
        let protocol = response.headers().get("sec-websocket-protocol");
        Ok((client, protocol.map(|own| own.to_str().unwrap().to_owned()).unwrap_or_default()))
    }

    async fn client(&self) -> Client {
        self.connect("/prod", &[]).await.unwrap().0
    }

    /// Status and body of the answer to a refused upgrade.
    async fn refused(&self, path: &str) -> (u16, String) {
        match self.connect(path, &[]).await {
            Err(Error::Http(response)) => {
                let body = response.body().clone().unwrap_or_default();
                (response.status().as_u16(), String::from_utf8(body).unwrap())
            }
            other => panic!("{other:?}"),
        }
    }

    /// Sends a request as it is written, but for what all have: head and body of the answer.
    async fn raw(&self, first: &str, lines: &str, body: &str) -> (String, String) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let length = body.len();
        let request = format!(
            "{first} HTTP/1.1\r\nHost: {}\r\n{lines}Content-Length: {length}\r\n\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream.shutdown().await.ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (head.to_ascii_lowercase(), body.to_owned())
    }

    /// A signed call of the management API.
    async fn manage(&self, method: &str, id: &str, body: &str) -> (String, String) {
        self.raw(&format!("{method} /prod/@connections/{id}"), SIGNED, body).await
    }

    /// The events of functions of that route, once there are so many.
    async fn events(&self, route: &str, count: usize) -> Vec<Value> {
        for _ in 0..500 {
            let seen = self.seen.lock().unwrap().clone();
            let of_route = seen.into_iter().filter(|(_, served)| served.route.as_deref() == Some(route));
            let events: Vec<_> = of_route
                .filter_map(|(_, served)| served.event)
                .map(|event| serde_json::from_slice(&event).unwrap())
                .collect();
            if events.len() >= count {
                return events;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{route}: {:?}", self.seen.lock().unwrap());
    }

    async fn connection_id(&self) -> String {
        let events = self.events("$connect", 1).await;
        events[0]["requestContext"]["connectionId"].as_str().unwrap().to_owned()
    }
}

fn text(message: impl Into<String>) -> Message {
    Message::text(message.into())
}

/// The next message, as text; close frames as their code and reason.
async fn next(client: &mut Client) -> String {
    loop {
        match timeout(Duration::from_secs(10), client.next()).await.unwrap() {
            Some(Ok(Message::Text(text))) => return text.to_string(),
            Some(Ok(Message::Close(frame))) => {
                let frame = frame.map(|frame| format!("{} {}", u16::from(frame.code), frame.reason));
                return frame.unwrap_or_default().trim_end().to_owned();
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// What is sent in pieces, each a frame.
async fn send_frames(client: &mut Client, sizes: &[usize]) {
    for (index, size) in sizes.iter().enumerate() {
        let opcode = OpCode::Data(if index == 0 { Data::Text } else { Data::Continue });
        let frame = Frame::message(vec![b'x'; *size], opcode, index + 1 == sizes.len());
        // The server may have closed it half-way.
        client.send(Message::Frame(frame)).await.ok();
    }
}
