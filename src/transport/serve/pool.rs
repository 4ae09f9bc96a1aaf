//! A function with as many warm processes as calls come at once.

use crate::transport::{FunctionHost, Invocation, Invoked, StartError};
use hyper::body::Bytes;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::Sender;
use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

/// How long a call waits where the system lacks what another process takes.
const SHORTAGE: Duration = Duration::from_secs(10);

/// How long until it tries again, if none of its own processes is free before.
const RETRY: Duration = Duration::from_millis(50);

/// A function whose processes stay warm between calls.
pub struct FunctionPool {
    /// Never started itself: each process is another one of it.
    prototype: FunctionHost,
    idle: Mutex<Vec<(u64, FunctionHost)>>,
    permits: Semaphore,
    /// Told of each process that has time again.
    freed: Notify,
    /// Counts the changes of its code: processes of an earlier one get no further calls.
    generation: AtomicU64,
}

impl FunctionPool {
    /// A function of which at most `concurrency` processes run at once.
    pub fn new(concurrency: usize, function: FunctionHost) -> Self {
        Self {
            prototype: function,
            idle: Mutex::default(),
            permits: Semaphore::new(concurrency.max(1)),
            freed: Notify::new(),
            generation: AtomicU64::new(0),
        }
    }

    /// Tells it variables that were not known before; once, and before its first call.
    pub fn tell(&self, variables: Vec<(String, String)>) {
        self.prototype.tell(variables);
    }

    /// Invokes the function in a process that is idle, else in a new one; waits while as many run as
    /// may.
    ///
    /// # Errors
    /// When a process has to be started and cannot be.
    pub async fn invoke(&self, invocation: Invocation) -> Result<Invoked, StartError> {
        self.invoke_into(invocation, None).await
    }

    /// The same, with a place for the bytes of a streamed answer.
    ///
    /// # Errors
    /// When a process has to be started and cannot be.
    pub async fn invoke_into(
        &self,
        invocation: Invocation,
        sink: Option<Sender<Bytes>>,
    ) -> Result<Invoked, StartError> {
        // Never closed.
        let _permit = self.permits.acquire().await.ok();
        let entered = Instant::now();
        loop {
            let generation = self.generation.load(Ordering::Acquire);
            let mut host = self.take(generation);
            let invoked = host.invoke_into(invocation.clone(), sink.clone()).await;
            match &invoked {
                // Another process may end, or have time; nothing of the call has begun.
                Err(error) if error.is_shortage() && entered.elapsed() < SHORTAGE => {
                    timeout(RETRY, self.freed.notified()).await.ok();
                    continue;
                }
                _ if generation == self.generation.load(Ordering::Acquire) => {
                    self.idle().push((generation, host));
                    self.freed.notify_one();
                }
                _ => host.stop().await,
            }
            return invoked;
        }
    }

    /// The code has changed: calls under way end in their processes, later ones get new ones.
    pub async fn renew(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        let old: Vec<_> = self.idle().drain(..).collect();
        for (_, host) in old {
            host.stop().await;
        }
    }

    /// The process that was used last, for it is the warmest.
    fn take(&self, generation: u64) -> FunctionHost {
        let found = self.idle().pop().filter(|(own, _)| *own == generation);
        found.map_or_else(|| self.prototype.another(), |(_, host)| host)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(u64, FunctionHost)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for FunctionPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FunctionPool").field("idle", &self.idle().len()).finish_non_exhaustive()
    }
}
