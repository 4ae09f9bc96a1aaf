//! The connections that are open on a port, by their ids: what `@connections` knows of them, and the
//! way to their clients.

use crate::gateway::{Api, Stamp};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How many connections may be open at once.
const MOST_CONNECTIONS: usize = 1024;

/// How many messages wait for a client that does not read; further ones are refused.
const MOST_WAITING: usize = 32;

/// The open connections of a port.
#[derive(Debug)]
pub(in crate::transport::serve) struct Connections {
    open: Mutex<HashMap<String, Arc<Line>>>,
    places: Arc<Semaphore>,
}

impl Default for Connections {
    fn default() -> Self {
        Self { open: Mutex::default(), places: Arc::new(Semaphore::new(MOST_CONNECTIONS)) }
    }
}

/// The way to a client.
#[derive(Debug)]
pub(super) struct Line {
    /// The id of the connection.
    pub(super) id: String,
    /// The id and the stage of its API.
    pub(super) api: (String, String),
    /// When it was opened, in milliseconds since 1970.
    pub(super) connected_ms: i64,
    /// The address of the client.
    pub(super) source_ip: String,
    /// What the client calls itself.
    pub(super) user_agent: Option<String>,
    /// Told when the management API closes the connection.
    pub(super) closing: Notify,
    last_active_ms: AtomicI64,
    messages: Sender<String>,
}

impl Line {
    /// A connection that is opened now, with the messages that it will get.
    pub(super) fn new(
        stamp: &Stamp,
        api: &Api,
        (source_ip, user_agent): (String, Option<String>),
    ) -> (Self, Receiver<String>) {
        let (messages, receiver) = mpsc::channel(MOST_WAITING);
        // As the event of `$connect` tells it.
        let connected_ms = stamp.epoch_ms() - 1;
        let line = Self {
            id: stamp.connection_id(),
            api: (api.id.clone(), api.stage.clone()),
            connected_ms,
            source_ip,
            user_agent,
            closing: Notify::new(),
            last_active_ms: AtomicI64::new(connected_ms),
            messages,
        };
        (line, receiver)
    }

    /// Whether it is a connection of that API, under whichever name.
    pub(super) fn is_of(&self, api: &Api) -> bool {
        self.api == (api.id.clone(), api.stage.clone())
    }

    /// Hands a message over to be sent; `false` if too many wait already.
    pub(super) fn send(&self, message: String) -> bool {
        self.messages.try_send(message).is_ok()
    }

    /// A message went over it, at that time in milliseconds since 1970.
    pub(super) fn is_active(&self, epoch_ms: i64) {
        self.last_active_ms.store(epoch_ms, Ordering::Relaxed);
    }

    /// When a message went over it last.
    pub(super) fn last_active_ms(&self) -> i64 {
        self.last_active_ms.load(Ordering::Relaxed)
    }
}

impl Connections {
    /// Room for one more connection, until it is dropped; `None` if there are too many.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// From now on messages reach it.
    pub(super) fn open(&self, line: Arc<Line>) {
        self.lock().insert(line.id.clone(), line);
    }

    /// The open connection of that id, if it is one of the API.
    pub(super) fn get(&self, id: &str, api: &Api) -> Option<Arc<Line>> {
        self.lock().get(id).filter(|line| line.is_of(api)).map(Arc::clone)
    }

    /// From now on it is gone.
    pub(super) fn remove(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Line>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
