//! A time limit that is set for every invocation and hardly ever reached.
//!
//! To set a timer wakes the system's poll, which costs more than the rest of an exchange on our
//! side; so one that goes off too early is left as it is, and set again when it does.

use std::pin::Pin;
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// One timer for many waits, one at a time.
#[derive(Debug)]
pub(super) struct Alarm(Pin<Box<Sleep>>);

impl Alarm {
    pub(super) fn new() -> Self {
        Self(Box::pin(sleep(Duration::ZERO)))
    }

    /// Waits that long.
    pub(super) async fn after(&mut self, limit: Duration) {
        // What no clock reaches is as good as a year.
        const YEAR: Duration = Duration::from_secs(365 * 86_400);
        let due = Instant::now() + limit.min(YEAR);
        while Instant::now() < due {
            if self.0.is_elapsed() || self.0.deadline() > due {
                self.0.as_mut().reset(due);
            }
            self.0.as_mut().await;
        }
    }
}
