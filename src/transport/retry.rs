//! When a request is tried again, and after how long: curl's rules.

use super::client::{SendError, SendErrorKind};
use super::session::Received;
use crate::http::date;
use std::time::Duration;

/// The longest that is waited between two tries, unless the server or the person says more.
const LONGEST: Duration = Duration::from_secs(600);

/// When it is tried again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Retry {
    /// How often at most.
    pub times: u32,
    /// How long is waited each time, instead of one second and twice as long each time.
    pub delay: Option<Duration>,
    /// Whether a refused connection is worth another try.
    pub refused: bool,
    /// Whether every failure is.
    pub all: bool,
    /// Whether an error status is a failure.
    pub fails: bool,
}

impl Retry {
    /// Why and after how long to try again what ended so, when it was tried again `done` times.
    pub(super) fn after(
        &self,
        result: &Result<Received, SendError>,
        done: u32,
        now: i64,
    ) -> Option<(String, Duration)> {
        if done >= self.times {
            return None;
        }
        let why = self.reason(result)?;
        let own = self.delay.unwrap_or(Duration::from_secs(1 << done.min(20)).min(LONGEST));
        let asked = result.as_ref().ok().and_then(|received| {
            let text = received.response.headers.get("retry-after")?.trim();
            let seconds = text.parse::<u64>().ok();
            seconds.or_else(|| u64::try_from(date(text)? - now).ok()).filter(|seconds| *seconds > 0)
        });
        Some((why, asked.map_or(own, Duration::from_secs)))
    }

    fn reason(&self, result: &Result<Received, SendError>) -> Option<String> {
        match result {
            Ok(received) => {
                let status = received.response.status;
                let transient = matches!(status, 408 | 429 | 500 | 502 | 503 | 504);
                let is_worth = transient || self.all && self.fails && status >= 400;
                is_worth.then(|| received.response.status_line())
            }
            Err(error) => {
                let is_worth = match error.kind {
                    SendErrorKind::Timeout => true,
                    SendErrorKind::Connect => self.refused || self.all,
                    SendErrorKind::InvalidUrl => false,
                    _ => self.all,
                };
                is_worth.then(|| error.message.clone())
            }
        }
    }
}
