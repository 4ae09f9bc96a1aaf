//! The connections of a port: no more than may be, and whoever waits for nothing but a next request
//! gives its place to somebody who has one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The most connections of a port, where the system lets a process open so many files.
const MOST: usize = 1024;

/// How long one who was asked to leave may take until another one is asked.
const PRESSING: Duration = Duration::from_millis(20);

/// How long everybody may wait for a request.
const TURN: Duration = Duration::from_millis(250);

/// The connections that are open.
#[derive(Debug)]
pub(super) struct Crowd {
    places: Arc<Semaphore>,
    size: u32,
    guests: Mutex<BTreeMap<u64, Arc<Seat>>>,
    /// Counts connections.
    count: AtomicU64,
    opened: Instant,
}

/// What others see of a connection.
#[derive(Debug, Default)]
struct Seat {
    /// Since when it waits for a request, in microseconds since the port was opened, or one of the
    /// words below.
    waits: AtomicU64,
    leave: Notify,
}

/// It has a request.
const BUSY: u64 = 0;

/// It was asked to leave.
const LEAVING: u64 = u64::MAX;

/// A connection that has its place until this is dropped.
#[derive(Debug)]
pub(super) struct Guest {
    crowd: Arc<Crowd>,
    id: u64,
    seat: Arc<Seat>,
    _place: OwnedSemaphorePermit,
}

/// A request that is being answered, until this is dropped.
#[derive(Debug)]
pub(super) struct Busy(Arc<Guest>);

impl Crowd {
    /// Room for so many connections.
    pub(super) fn new(size: usize) -> Arc<Self> {
        let size = u32::try_from(size.clamp(1, Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        let places = Arc::new(Semaphore::new(size as usize));
        Arc::new(Self {
            places,
            size,
            guests: Mutex::default(),
            count: AtomicU64::new(0),
            opened: Instant::now(),
        })
    }

    /// A place for a connection. If all are taken, those that have waited longest for a request have
    /// to leave, one after the other, until one is free.
    pub(super) async fn admit(self: &Arc<Self>) -> Arc<Guest> {
        let place = loop {
            let places = Arc::clone(&self.places);
            match places.try_acquire_owned() {
                Ok(place) => break place,
                Err(_) => self.press(),
            }
            // Never closed.
            if let Ok(Ok(place)) = timeout(PRESSING, Arc::clone(&self.places).acquire_owned()).await {
                break place;
            }
        };
        let (id, seat) = (self.count.fetch_add(1, Ordering::Relaxed), Arc::new(Seat::default()));
        seat.waits.store(self.now(), Ordering::Relaxed);
        self.guests().insert(id, Arc::clone(&seat));
        Arc::new(Guest { crowd: Arc::clone(self), id, seat, _place: place })
    }

    /// Asks the one that has waited longest to leave, if somebody has waited long enough.
    pub(super) fn press(&self) {
        let long_ago = self.now().saturating_sub(u64::try_from(TURN.as_micros()).unwrap_or(u64::MAX));
        let guests = self.guests();
        let waiting = guests.values().map(|seat| (seat.waits.load(Ordering::Relaxed), seat));
        let waiting = waiting.filter(|(since, _)| (BUSY + 1..long_ago).contains(since));
        if let Some((_, seat)) = waiting.min_by_key(|(since, _)| *since) {
            seat.waits.store(LEAVING, Ordering::Relaxed);
            seat.leave.notify_one();
        }
    }

    /// Asks everybody to leave, and waits until they have.
    pub(super) async fn leave(&self) {
        self.guests().values().for_each(|seat| seat.leave.notify_one());
        // Never closed.
        self.places.acquire_many(self.size).await.ok();
    }

    /// The microseconds since the port was opened; never 0.
    fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_micros()).unwrap_or(LEAVING).clamp(1, LEAVING - 1)
    }

    fn guests(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Seat>>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    /// Has a request from now on.
    pub(super) fn is_busy(self: &Arc<Self>) -> Busy {
        self.seat.waits.store(BUSY, Ordering::Relaxed);
        Busy(Arc::clone(self))
    }

    /// Waits until it has to leave, as soon as no request is under way; whether somebody waits for
    /// its place.
    pub(super) async fn has_to_leave(&self) -> bool {
        self.seat.leave.notified().await;
        self.seat.waits.load(Ordering::Relaxed) == LEAVING
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.crowd.guests().remove(&self.id);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.seat.waits.store(self.0.crowd.now(), Ordering::Relaxed);
    }
}

/// How many connections a port may have: half of the files that this process may open, for every
/// function needs some, too.
pub(super) fn most_connections() -> usize {
    #[cfg(unix)]
    if let Some(files) = rustix::process::getrlimit(rustix::process::Resource::Nofile).current {
        return usize::try_from(files / 2).unwrap_or(MOST).clamp(1, MOST);
    }
    MOST
}
