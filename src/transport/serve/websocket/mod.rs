//! WebSocket APIs: the upgrade with its `$connect`, the connections, and the management API for them.

mod connection;
mod management;
mod moments;
mod registry;

use super::http::Watcher;
use super::port::Port;
use super::site::{Served, Site};
use crate::gateway::door::{IDLE_TIME, LONGEST_CONNECTION};
use crate::http::Request;
use connection::Connection;
use hyper::upgrade::OnUpgrade;
use registry::Line;
use std::sync::Arc;
use std::time::Duration;

pub(super) use registry::Connections;

/// What connections may take; by default as much as on AWS.
#[derive(Debug, Clone, Copy)]
pub struct WebsocketLimits {
    /// How long a connection may be idle.
    pub idle: Duration,
    /// How long it may stand.
    pub longest: Duration,
    /// How long a client may take to read a message.
    pub patience: Duration,
    /// How many messages of a connection are with functions at once; further ones are not read.
    pub under_way: usize,
}

impl Default for WebsocketLimits {
    fn default() -> Self {
        Self {
            idle: IDLE_TIME,
            longest: LONGEST_CONNECTION,
            patience: Duration::from_secs(30),
            under_way: 16,
        }
    }
}

/// A request for a WebSocket API.
pub(super) struct Visit<'v> {
    /// Where it came.
    pub(super) port: &'v Arc<Port>,
    /// The API that it leads to.
    pub(super) site: &'v Arc<Site>,
    /// The request.
    pub(super) request: &'v Request,
    /// From where.
    pub(super) source_ip: String,
    /// What becomes of its connection after a 101.
    pub(super) upgrade: OnUpgrade,
    /// Hears of the messages.
    pub(super) watcher: &'v Arc<Watcher>,
    /// What the connection may take.
    pub(super) limits: WebsocketLimits,
}

impl Visit<'_> {
    /// Answers it; a connection that is opened lives on in a task of its own.
    pub(super) async fn answer(self) -> Served {
        let Self { port, site, request, .. } = self;
        match site.deployment().connection_path(&request.path) {
            Some(id) => management::answer(site, port.connections(), request, &id),
            None => self.connect().await,
        }
    }

    async fn connect(self) -> Served {
        let Self { port, site, request, source_ip, upgrade, watcher, limits } = self;
        let stamp = site.stamp();
        let Some(place) = port.connections().place() else { return moments::crowded(site, request, &stamp) };
        let (mut served, caller) = moments::connect(site, request, source_ip, &stamp).await;
        if served.response.status != 101 {
            return served;
        }
        let key = request.headers.get("sec-websocket-key").unwrap_or_default();
        let accept = tokio_tungstenite::tungstenite::handshake::derive_accept_key(key.as_bytes());
        served.response.headers.append("Sec-WebSocket-Accept", accept);
        let client = (caller.source_ip.clone(), request.headers.get("user-agent").map(str::to_owned));
        let (line, messages) = Line::new(&stamp, site.api(), client);
        let connection = Arc::new(Connection {
            port: Arc::clone(port),
            site: Arc::clone(site),
            watcher: Arc::clone(watcher),
            path: request.path.clone(),
            host: request.headers.get("host").map(str::to_owned),
            line: Arc::new(line),
            caller,
            limits,
        });
        // Only now: what the function of `$connect` posts comes too early, and is gone (410).
        port.connections().open(Arc::clone(&connection.line));
        tokio::spawn(async move {
            connection.run(upgrade, messages).await;
            drop(place);
        });
        served
    }
}
