//! A connection, from the answer to its upgrade to `$disconnect`.
//!
//! One task reads and writes. It reads no further message while as many as may be are with
//! functions, and what others send waits in a queue with an end: neither a client that floods nor one
//! that does not read can fill memory.

use super::registry::Line;
use super::{WebsocketLimits, moments};
use crate::gateway::door::{Close, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, frames};
use crate::gateway::{Caller, Flavor};
use crate::http::Request;
use crate::transport::serve::http::Watcher;
use crate::transport::serve::port::Port;
use crate::transport::serve::site::Site;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::body::Bytes;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

/// How long a client may take after the answer to its upgrade.
const UPGRADE: Duration = Duration::from_secs(10);

/// How long what a client still sends is read behind our close frame, which gets lost otherwise.
const LINGER: Duration = Duration::from_secs(2);

/// A connection that was let in.
pub(super) struct Connection {
    /// Where it came, and what is served there now.
    pub(super) port: Arc<Port>,
    /// The API that let it in.
    pub(super) site: Arc<Site>,
    /// Hears of its messages and of its end.
    pub(super) watcher: Arc<Watcher>,
    /// The path of the upgrade.
    pub(super) path: String,
    /// The host of the upgrade.
    pub(super) host: Option<String>,
    /// The way to it.
    pub(super) line: Arc<Line>,
    /// Who is at the other end.
    pub(super) caller: Caller,
    /// What it may take.
    pub(super) limits: WebsocketLimits,
}

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// The messages that are with functions; each comes to an answer, or to none.
type UnderWay = JoinSet<Option<String>>;

/// What happens next on a connection.
enum Step {
    /// Nothing that the client notices.
    Nothing,
    /// It gets a message.
    Send(String),
    /// It sent a message.
    Message(Utf8Bytes),
    /// It sent something else.
    Alive,
    /// It closes the connection.
    Closed(Close),
    /// It is gone.
    Gone,
    /// The connection is closed from here.
    End(Close),
}

impl Connection {
    /// Lives until the connection is closed, and every message has come to its end.
    pub(super) async fn run(self: Arc<Self>, upgrade: OnUpgrade, messages: Receiver<String>) {
        let mut under_way = UnderWay::new();
        let close = match timeout(UPGRADE, upgrade).await {
            Ok(Ok(upgraded)) => self.talk(upgraded, messages, &mut under_way).await,
            _ => Close::abnormal(),
        };
        self.port.connections().remove(&self.line.id);
        // Messages that are with functions are not waited for, but the connection keeps its place.
        let rest = async { while under_way.join_next().await.is_some() {} };
        tokio::join!(self.disconnected(&close), rest);
    }

    async fn talk(
        self: &Arc<Self>,
        upgraded: Upgraded,
        mut messages: Receiver<String>,
        under_way: &mut UnderWay,
    ) -> Close {
        let io = TokioIo::new(upgraded);
        let mut socket = WebSocketStream::from_raw_socket(io, Role::Server, Some(config())).await;
        let ends = Instant::now() + self.limits.longest;
        let mut idles = Instant::now() + self.limits.idle;
        loop {
            let has_room = under_way.len() < self.limits.under_way;
            let step = tokio::select! {
                received = socket.next(), if has_room => step(received),
                Some(message) = messages.recv() => Step::Send(message),
                Some(answered) = under_way.join_next() => {
                    answered.ok().flatten().map_or(Step::Nothing, Step::Send)
                }
                () = self.line.closing.notified() => Step::End(Close::deleted()),
                () = sleep_until(ends.min(idles)) => Step::End(Close::going_away()),
            };
            match step {
                Step::Nothing => continue,
                Step::Alive => {}
                Step::Send(message) => {
                    if !self.send(&mut socket, &message).await {
                        return Close::abnormal();
                    }
                }
                Step::Message(text) => {
                    self.touch();
                    let own = Arc::clone(self);
                    under_way.spawn(async move { own.message(&text).await });
                }
                Step::Closed(close) => {
                    timeout(LINGER, socket.flush()).await.ok();
                    return close;
                }
                Step::Gone => return Close::abnormal(),
                Step::End(close) => {
                    // What was posted before comes before.
                    while let Ok(message) = messages.try_recv() {
                        if close != Close::deleted() || !self.send(&mut socket, &message).await {
                            break;
                        }
                    }
                    return self.end(socket, close).await;
                }
            }
            idles = Instant::now() + self.limits.idle;
        }
    }

    /// Sends a text, in frames as large as they may be; `false` if the client does not take it.
    async fn send(&self, socket: &mut Socket, text: &str) -> bool {
        self.touch();
        let pieces = frames(text);
        let last = pieces.len() - 1;
        let sending = async {
            for (index, piece) in pieces.into_iter().enumerate() {
                let opcode = OpCode::Data(if index == 0 { Data::Text } else { Data::Continue });
                let frame = Frame::message(Bytes::copy_from_slice(piece), opcode, index == last);
                socket.feed(Message::Frame(frame)).await?;
            }
            socket.flush().await
        };
        matches!(timeout(self.limits.patience, sending).await, Ok(Ok(())))
    }

    /// Closes the connection from here.
    async fn end(&self, mut socket: Socket, close: Close) -> Close {
        let frame = CloseFrame { code: close.code.into(), reason: close.reason.as_str().into() };
        let closing = async {
            socket.close(Some(frame)).await.ok();
            let mut io = socket.into_inner();
            io.shutdown().await.ok();
            tokio::io::copy(&mut io, &mut tokio::io::sink()).await.ok();
        };
        // The event of `$disconnect` does not wait for a client that goes on sending.
        timeout(LINGER, closing).await.ok();
        close
    }

    /// A message through its route: what is sent back, if anything is.
    async fn message(&self, text: &str) -> Option<String> {
        let (started, site) = (Instant::now(), self.site());
        let request = self.request("MESSAGE", text.as_bytes().to_vec());
        let served = moments::message(&site, &request, (&self.line, &self.caller)).await;
        (self.watcher)(&request, &served, started.elapsed());
        served.response.is_message().then(|| served.response.body.as_text().unwrap_or_default().to_owned())
    }

    async fn disconnected(&self, close: &Close) {
        let (started, site) = (Instant::now(), self.site());
        let request = self.request("DISCONNECT", close.payload());
        let told = moments::disconnect(&site, &request, close, (&self.line, &self.caller)).await;
        if let Some(served) = told {
            (self.watcher)(&request, &served, started.elapsed());
        }
    }

    /// What stands for a request in these moments: events tell what the client calls the API and
    /// itself.
    fn request(&self, method: &str, body: Vec<u8>) -> Request {
        let mut request = Request::new(method, self.path.as_str());
        for (name, value) in [("Host", &self.host), ("User-Agent", &self.line.user_agent)] {
            if let Some(value) = value {
                request.headers.append(name, value.as_str());
            }
        }
        request.body = body;
        request
    }

    /// The API as it is served now: it may have been replaced since the upgrade.
    fn site(&self) -> Arc<Site> {
        let now = self.port.site(&self.path);
        let now = now.filter(|site| site.api().flavor == Flavor::Websocket && self.line.is_of(site.api()));
        now.unwrap_or_else(|| Arc::clone(&self.site))
    }

    fn touch(&self) {
        self.line.is_active(i64::try_from(self.site.now().as_millis()).unwrap_or(i64::MAX));
    }
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(8 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(2 * MAX_MESSAGE_BYTES)
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_FRAME_BYTES))
}

/// What comes of what a client sent.
fn step(received: Option<Result<Message, Error>>) -> Step {
    match received {
        Some(Ok(Message::Text(text))) => Step::Message(text),
        Some(Ok(Message::Binary(_))) => Step::End(Close::binary()),
        Some(Ok(Message::Close(None))) => Step::Closed(Close::no_status()),
        Some(Ok(Message::Close(Some(CloseFrame { code, reason })))) => {
            Step::Closed(Close { code: code.into(), reason: reason.to_string() })
        }
        Some(Ok(_)) => Step::Alive,
        Some(Err(Error::Capacity(CapacityError::MessageTooLong { .. }))) => Step::End(Close::too_large()), // W-027
        Some(Err(Error::Utf8(_))) => Step::End(Close::no_text()),
        Some(Err(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake))) => Step::Gone,
        Some(Err(Error::Protocol(_))) => Step::End(Close::protocol()),
        Some(Err(_)) | None => Step::Gone,
    }
}
