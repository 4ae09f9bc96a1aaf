//! What is kept of a request, and how much of them.

use super::super::site::Served;
use crate::gateway::Flavor;
use crate::http::{Request, Response};
use crate::json::Lines;
use crate::lint::Judged;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// How many requests are kept.
const MOST_RECORDS: usize = 500;

/// How many bytes are kept of each body, event and result.
const MOST_OF_A_PART: usize = 1 << 20;

/// How many bytes are kept in all.
const MOST_BYTES: usize = 16 << 20;

/// A request that was answered.
#[derive(Debug)]
pub(super) struct Record {
    /// Its number, counted from 1.
    pub(super) id: u64,
    /// Which of the ports took it.
    pub(super) port: usize,
    /// When it was answered, since 1970.
    pub(super) at: Duration,
    pub(super) took: Duration,
    pub(super) request: Request,
    /// How long its body was; that of `request` may be cut off.
    pub(super) request_bytes: usize,
    pub(super) response: Response,
    pub(super) response_bytes: usize,
    pub(super) route: Option<String>,
    pub(super) function: Option<String>,
    pub(super) event: Option<Bytes>,
    pub(super) result: Option<Bytes>,
    pub(super) log: Bytes,
    /// How long the function took, and how long its process needed before.
    pub(super) invoked: Option<(Duration, Option<Duration>)>,
    pub(super) reason: Option<String>,
    /// The type of the function's failure, and the words for it.
    pub(super) failure: Option<(String, String)>,
    /// Whether a function of a WebSocket API got the event.
    is_websocket: bool,
    /// Whether the gateway did not take the result.
    pub(super) refused: bool,
    pub(super) diagnostics: Vec<Value>,
    bytes: usize,
}

impl Record {
    /// What is worth keeping of a request; it gets its number later.
    pub(super) fn new(
        port: usize,
        (request, served): (&Request, &Served),
        at: Duration,
        took: Duration,
    ) -> Self {
        let invoked = served.invoked.as_ref();
        let failure = invoked.and_then(|invoked| invoked.failure.as_ref());
        // What a failed function left is no result.
        let judged = served.judged.as_ref().filter(|_| failure.is_none());
        let mut record = Self {
            id: 0,
            port,
            at,
            took,
            request_bytes: request.body.len(),
            request: Request {
                method: request.method.clone(),
                path: request.path.clone(),
                query: request.query.clone(),
                headers: request.headers.clone(),
                body: start(&request.body).to_vec(),
            },
            response_bytes: served.response.body.0.len(),
            response: Response {
                status: served.response.status,
                headers: served.response.headers.clone(),
                body: crate::http::Body(start(&served.response.body.0).to_vec()),
            },
            route: served.route.clone(),
            function: served.function.clone(),
            event: served.event.as_ref().map(cut),
            result: invoked.map(|invoked| cut(&invoked.payload)),
            log: invoked.map(|invoked| invoked.log.clone()).unwrap_or_default(),
            invoked: invoked.map(|invoked| (invoked.timings.duration, invoked.timings.init)),
            reason: served.reason.clone(),
            failure: failure.map(|failure| (failure.error_type().to_owned(), failure.explain())),
            is_websocket: served.front.is_some_and(|front| front.flavor() == Flavor::Websocket),
            refused: judged.is_some_and(|judged| judged.outcome.refused),
            diagnostics: judged.map(diagnostics).unwrap_or_default(),
            bytes: 0,
        };
        record.bytes = record.weigh();
        record
    }

    /// Whether all of the request is there, so that it can be sent again.
    pub(super) fn is_whole(&self) -> bool {
        self.request.body.len() == self.request_bytes
    }

    /// Whether this is something else than a request: it happened on an open connection.
    pub(super) fn is_of_connection(&self) -> bool {
        ["MESSAGE", "DISCONNECT"].contains(&self.request.method.as_str()) || self.is_websocket
    }

    /// About how much memory it takes.
    fn weigh(&self) -> usize {
        let of = |part: &Option<Bytes>| part.as_ref().map_or(0, Bytes::len);
        let fields = self.request.headers.iter().chain(self.response.headers.iter());
        let fields: usize = fields.map(|(name, value)| name.len() + value.len() + 48).sum();
        let bodies = self.request.body.len() + self.response.body.0.len();
        let target = self.request.path.len() + self.request.query.as_ref().map_or(0, String::len);
        // Of a finding, about what its words take.
        let said = 1024 * self.diagnostics.len();
        1024 + fields + bodies + target + of(&self.event) + of(&self.result) + self.log.len() + said
    }
}

/// The beginning of a part that is too long.
fn start(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(MOST_OF_A_PART)]
}

/// The same; what is cut off is not held.
fn cut(bytes: &Bytes) -> Bytes {
    match bytes.len() {
        ..=MOST_OF_A_PART => bytes.clone(),
        _ => Bytes::copy_from_slice(start(bytes)),
    }
}

fn diagnostics(judged: &Judged) -> Vec<Value> {
    let lines = Lines::new(&judged.source.text);
    let row = |finding: &crate::lint::Finding| {
        let place = judged.source.place(&lines, finding.span.start);
        json!({
            "code": finding.rule.code,
            "name": finding.rule.name,
            "severity": finding.severity.name(),
            "message": finding.message,
            "help": finding.rule.help,
            "pointer": finding.pointer.as_ref().map(ToString::to_string),
            "line": place.line,
            "column": place.column,
        })
    };
    judged.findings.iter().map(row).collect()
}

/// The last requests, as many as are kept.
#[derive(Debug, Default)]
pub(super) struct Ring {
    records: VecDeque<Arc<Record>>,
    bytes: usize,
    last: u64,
}

impl Ring {
    /// Keeps one more, and drops as many old ones as that needs.
    pub(super) fn push(&mut self, mut record: Record) -> Arc<Record> {
        self.last += 1;
        record.id = self.last;
        self.bytes += record.bytes;
        let record = Arc::new(record);
        self.records.push_back(Arc::clone(&record));
        while self.records.len() > MOST_RECORDS || (self.bytes > MOST_BYTES && self.records.len() > 1) {
            self.bytes -= self.records.pop_front().map_or(0, |old| old.bytes);
        }
        record
    }

    /// The one of that number, if it is still there.
    pub(super) fn get(&self, id: u64) -> Option<Arc<Record>> {
        let first = self.records.front()?.id;
        self.records.get(usize::try_from(id.checked_sub(first)?).ok()?).map(Arc::clone)
    }

    /// All that are there, the oldest first.
    pub(super) fn all(&self) -> Vec<Arc<Record>> {
        self.records.iter().map(Arc::clone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(body: usize) -> Record {
        let mut request = Request::new("POST", "/a");
        request.body = vec![b'x'; body];
        let response =
            Response { status: 200, headers: [("a", "b")].into_iter().collect(), body: Default::default() };
        let served = Served {
            response,
            route: None,
            function: None,
            event: None,
            invoked: None,
            judged: None,
            front: None,
            reason: None,
        };
        Record::new(0, (&request, &served), Duration::ZERO, Duration::ZERO)
    }

    #[test]
    fn as_many_are_kept_as_may_be() {
        let mut ring = Ring::default();
        for _ in 0..MOST_RECORDS + 7 {
            ring.push(record(10));
        }
        assert_eq!(ring.all().len(), MOST_RECORDS);
        assert_eq!((ring.all()[0].id, ring.get(7).is_none(), ring.get(8).unwrap().id), (8, true, 8));
        assert!(ring.get(0).is_none() && ring.get(MOST_RECORDS as u64 + 8).is_none());
    }

    #[test]
    fn long_ones_are_cut_off_and_push_others_out() {
        let mut ring = Ring::default();
        for _ in 0..100 {
            ring.push(record(3 * MOST_OF_A_PART));
        }
        let all = ring.all();
        assert!(all.iter().all(|record| record.request.body.len() == MOST_OF_A_PART && !record.is_whole()));
        assert_eq!(all[0].request_bytes, 3 * MOST_OF_A_PART);
        let held: usize = all.iter().map(|record| record.bytes).sum();
        assert_eq!(held, ring.bytes);
        assert!((14..=15).contains(&all.len()) && held <= MOST_BYTES, "{} {held}", all.len());
        assert_eq!(all.last().unwrap().id, 100);
    }
}
