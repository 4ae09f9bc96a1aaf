//! The inspector: what happened to the last requests, on a page of this machine.
//!
//! [`Inspector`] keeps them, [`InspectorServer`] shows them. The page may also send: a request again,
//! or an edited one; both take the way that every other takes.

mod case;
mod page;
mod record;
mod send;
mod server;
mod view;

pub use server::InspectorServer;

use super::port::Port;
use super::site::Served;
use crate::http::Request;
use hyper::body::Bytes;
use record::{Record, Ring};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::broadcast;

/// How many summaries wait for a page that is slow; behind that it has to ask for all of them.
const BACKLOG: usize = 256;

/// Keeps what became of the last requests.
pub struct Inspector {
    token: String,
    /// The time of day at which it was opened, since 1970.
    epoch: Duration,
    opened: Instant,
    ports: Mutex<Vec<(Arc<Port>, String)>>,
    ring: Mutex<Ring>,
    /// Tells pages of each record, by its summary.
    news: broadcast::Sender<Bytes>,
}

impl Inspector {
    /// An inspector whose page is for those who know the token. `epoch` is the time of day, since 1970.
    pub fn new(token: impl Into<String>, epoch: Duration) -> Arc<Self> {
        Arc::new(Self {
            token: token.into(),
            epoch,
            opened: Instant::now(),
            ports: Mutex::default(),
            ring: Mutex::default(),
            news: broadcast::Sender::new(BACKLOG),
        })
    }

    /// Looks at a port as well. `url` is where it is: `http://127.0.0.1:3000`.
    pub fn watch(self: &Arc<Self>, port: Arc<Port>, url: impl Into<String>) -> Watched {
        let mut ports = lock(&self.ports);
        ports.push((port, url.into()));
        Watched { inspector: Arc::clone(self), port: ports.len() - 1 }
    }

    fn record(&self, port: usize, about: (&Request, &Served), took: Duration) -> Arc<Record> {
        let at = self.epoch + self.opened.elapsed();
        let record = lock(&self.ring).push(Record::new(port, about, at, took));
        if self.news.receiver_count() > 0 {
            self.news.send(view::summary(&record).to_string().into()).ok();
        }
        record
    }

    fn port(&self, index: usize) -> Option<(Arc<Port>, String)> {
        lock(&self.ports).get(index).cloned()
    }
}

/// A port that an inspector looks at.
#[derive(Debug, Clone)]
pub struct Watched {
    inspector: Arc<Inspector>,
    port: usize,
}

impl Watched {
    /// Keeps a request that was answered there after `took`.
    pub fn record(&self, request: &Request, served: &Served, took: Duration) {
        self.inspector.record(self.port, (request, served), took);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Inspector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inspector").field("records", &lock(&self.ring).all().len()).finish_non_exhaustive()
    }
}
