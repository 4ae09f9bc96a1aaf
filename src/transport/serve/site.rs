//! One request through the model: the door of the API, its authorizer, the event, the function, and
//! what the gateway makes of its result.

use super::pool::FunctionPool;
use super::streaming::{Source, Taker};
use crate::gateway::door::{Bucket, Deployment, Entry, GuardCache, Integration, Method, Refusal, Throttle};
use crate::gateway::{Api, Call, Caller, Exchange, Front, Invocation as Ended, Matched, Outcome, Stamp};
use crate::http::{Request, Response};
use crate::lint::{Expected, Judged};
use crate::transport::{Invocation, Invoked, StartError};
use hyper::body::Bytes;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinError;
use tokio::time::timeout;

/// An API on this machine with its functions.
#[derive(Debug)]
pub struct Site {
    deployment: Deployment,
    functions: BTreeMap<String, Arc<FunctionPool>>,
    pub(super) answers: Mutex<GuardCache>,
    /// Throttling, where it is asked for.
    bucket: Option<Mutex<Bucket>>,
    /// The time of day at which the site was opened, since 1970.
    epoch: Duration,
    opened: Instant,
    seed: AtomicU64,
}

/// What came of a request.
#[derive(Debug, Clone)]
pub struct Served {
    /// What the caller gets.
    pub response: Response,
    /// The route that took it.
    pub route: Option<String>,
    /// The function that was invoked last.
    pub function: Option<String>,
    /// The event that it got, as JSON.
    pub event: Option<Bytes>,
    /// What it answered.
    pub invoked: Option<Invoked>,
    /// What is to be said about its result, if there is something.
    pub judged: Option<Judged>,
    /// Who received the result of a function.
    pub front: Option<Front>,
    /// Why the gateway answered in place of a function.
    pub reason: Option<String>,
}

/// What came of an invocation.
pub(super) struct Came {
    pub(super) outcome: Outcome,
    pub(super) judged: Option<Judged>,
    pub(super) invoked: Option<Invoked>,
    /// Why no function answered.
    pub(super) reason: Option<String>,
}

impl Came {
    /// No function was asked.
    pub(super) fn alone(outcome: Outcome) -> Self {
        Self { outcome, judged: None, invoked: None, reason: None }
    }

    /// None could be asked, or none answered in time.
    fn without(outcome: Outcome, reason: String) -> Self {
        Self { reason: Some(reason), ..Self::alone(outcome) }
    }
}

/// A request on its way, or another moment of a connection.
pub(super) struct Way<'w> {
    pub(super) exchange: Exchange<'w>,
    pub(super) method: &'w Method,
    pub(super) matched: Matched<'w>,
    pub(super) caller: Caller,
    pub(super) taker: Option<Taker>,
}

impl Site {
    /// Opens an API. `epoch` is the time of day, since 1970; ids are drawn from `seed`.
    pub fn new(
        mut deployment: Deployment,
        functions: BTreeMap<String, Arc<FunctionPool>>,
        (epoch, seed): (Duration, u64),
    ) -> Self {
        deployment.settle();
        let (answers, opened) = (Mutex::default(), Instant::now());
        Self { deployment, functions, answers, bucket: None, epoch, opened, seed: AtomicU64::new(seed) }
    }

    /// Lets no more requests pass than that.
    #[must_use]
    pub fn throttled(self, throttle: Throttle) -> Self {
        Self { bucket: Some(Mutex::new(Bucket::new(throttle))), ..self }
    }

    /// The API.
    pub fn api(&self) -> &Api {
        &self.deployment.api
    }

    /// The API with all that stands before and behind its routes.
    pub(super) fn deployment(&self) -> &Deployment {
        &self.deployment
    }

    /// Its routes, with what stands behind them.
    pub fn methods(&self) -> &[Method] {
        &self.deployment.methods
    }

    /// Answers a request as the gateway would. Never fails: what goes wrong is an answer.
    pub async fn answer(&self, request: &Request, source_ip: String) -> Served {
        self.answer_into(request, source_ip, None).await
    }

    /// Whether answers may be streamed.
    pub fn streams(&self) -> bool {
        self.deployment.streams()
    }

    /// The same, with somebody who takes an answer that is streamed while it is; what is returned
    /// then has the beginning of its body only.
    pub async fn answer_into(&self, request: &Request, source_ip: String, taker: Option<Taker>) -> Served {
        let stamp = self.stamp();
        let exchange = Exchange::new(&self.deployment.api, request, &stamp);
        if let Some(served) = self.throttle(&exchange) {
            return served;
        }
        let (method, matched) = match self.deployment.enter(&exchange) {
            Entry::Answered(refusal) => return Served::refused(refusal),
            Entry::Route(method, matched) => (method, matched),
        };
        let exchange = Exchange { api: self.deployment.api_of(method), ..exchange };
        let caller = Caller { source_ip, ..Caller::default() };
        let mut way = Way { exchange, method, matched, caller, taker };
        let served = self.along(&mut way).await;
        Served { route: Some(method.route.to_string()), ..served }
    }

    /// The answer to one request too many, if it is.
    pub(super) fn throttle(&self, exchange: &Exchange<'_>) -> Option<Served> {
        let bucket = self.bucket.as_ref()?;
        let passes = bucket.lock().unwrap_or_else(PoisonError::into_inner).take(self.now());
        (!passes).then(|| Served::refused(self.deployment.throttled(exchange)))
    }

    /// Through the authorizer and the other guards of its route to what stands behind it.
    pub(super) async fn along(&self, way: &mut Way<'_>) -> Served {
        if let Some(served) = self.authorize(way).await {
            return served;
        }
        if let Err(refusal) = self.deployment.check(&way.exchange, (way.method, &way.matched), None) {
            return Served::refused(*refusal);
        }
        if way.method.api_key_required {
            way.caller.api_key = way.exchange.request.headers.get("x-api-key").map(str::to_owned);
        }
        match &way.method.integration {
            Integration::Mock(response) => Served::plain(response.clone()),
            Integration::Failing(reason) => {
                Served::refused(self.deployment.misconfigured(&way.exchange, reason.clone()))
            }
            Integration::Function(name) => self.integrate(way, name).await,
        }
    }

    /// Past every guard: invokes the function, and makes of its result what the gateway does.
    pub(super) async fn integrate(&self, way: &mut Way<'_>, function: &str) -> Served {
        if !self.functions.contains_key(function) {
            let reason = format!("there is no function {function}");
            return Served::refused(self.deployment.misconfigured(&way.exchange, reason));
        }
        let Exchange { api, request, stamp, moment } = way.exchange;
        let call = Call { api, request, caller: &way.caller, stamp, moment };
        let event = match call.event() {
            Ok(event) => written(&event, request),
            Err(unroutable) => {
                return Served::refused(self.deployment.refuse(
                    &way.exchange,
                    unroutable.answer,
                    unroutable.reason,
                ));
            }
        };
        if let Some(refusal) = self.deployment.weigh(&way.exchange, event.len()) {
            return Served::refused(refusal);
        }
        let front = Front::Api(api.flavor);
        let taker = way.taker.take().filter(|_| api.streaming);
        let came = match taker {
            Some(taker) => self.stream(function, event.clone(), (front, &way.exchange), taker).await,
            None => {
                self.invoke(function, event.clone(), (front, &way.exchange), way.method.wait(api.flavor))
                    .await
            }
        };
        let Came { outcome, invoked, judged, reason } = came;
        let mut response = outcome.response.unwrap_or_else(no_answer);
        if outcome.refused {
            response = self.deployment.dress(&way.exchange, response);
        }
        let (function, front) = (Some(function.to_owned()), Some(front));
        Served { function, front, event: Some(event), invoked, judged, reason, ..Served::plain(response) }
    }

    /// Invokes a function, which goes on to its own time limit also when the gateway or the caller
    /// no longer waits for it.
    pub(super) async fn invoke(
        &self,
        name: &str,
        event: Bytes,
        (front, exchange): (Front, &Exchange<'_>),
        wait: Duration,
    ) -> Came {
        let Some(pool) = self.functions.get(name).map(Arc::clone) else {
            return no_function(name, (front, exchange));
        };
        let invocation = self.invocation(name, event, exchange);
        let request_id = invocation.request_id.clone();
        let running = tokio::spawn(async move { pool.invoke(invocation).await });
        match timeout(wait, running).await {
            Err(_) => {
                let reason = format!("the function has not answered within {} s", wait.as_secs_f64());
                Came::without(front.answer(exchange, Ended::GatewayTimeout), reason)
            }
            Ok(ended) => came(ended, (front, exchange), &request_id),
        }
    }

    /// Invokes a function whose answer goes to the caller as it comes.
    async fn stream(
        &self,
        name: &str,
        event: Bytes,
        (front, exchange): (Front, &Exchange<'_>),
        taker: Taker,
    ) -> Came {
        let Some(pool) = self.functions.get(name).map(Arc::clone) else {
            return no_function(name, (front, exchange));
        };
        let invocation = self.invocation(name, event, exchange);
        let request_id = invocation.request_id.clone();
        let (sink, mut source) = Source::new();
        let running = tokio::spawn(async move { pool.invoke_into(invocation, Some(sink)).await });
        let mut sender = None;
        if source.head().await {
            let outcome = front.answer(exchange, Ended::Streamed(&source.head));
            if let Some(head) = outcome.response.filter(|_| !outcome.refused) {
                sender = Some(source.pass(taker, head).await);
            } else {
                while source.chunks.recv().await.is_some() {}
            }
        }
        let came = came(running.await, (front, exchange), &request_id);
        let failed = came.invoked.as_ref().is_none_or(|invoked| invoked.failure.is_some());
        if let (Some(sender), true) = (sender, failed) {
            sender.abort(io::Error::other("the function failed"));
        }
        came
    }

    fn invocation(&self, name: &str, event: Bytes, exchange: &Exchange<'_>) -> Invocation {
        let Api { region, account, .. } = exchange.api;
        Invocation {
            request_id: exchange.stamp.uuid("invocation"),
            event,
            invoked_function_arn: format!("arn:aws:lambda:{region}:{account}:function:{name}"),
            trace_id: exchange.stamp.trace_root(),
            now: self.now(),
            ..Invocation::default()
        }
    }

    /// A stamp of its own for each request.
    pub(super) fn stamp(&self) -> Stamp {
        let seed = self.seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        Stamp::new(i64::try_from(self.now().as_millis()).unwrap_or(i64::MAX), seed)
    }

    /// The time of day, since 1970.
    pub fn now(&self) -> Duration {
        self.epoch + self.opened.elapsed()
    }
}

/// What came of an invocation, in words where there is something to say: those cost time.
fn came(
    ended: Result<Result<Invoked, StartError>, JoinError>,
    (front, exchange): (Front, &Exchange<'_>),
    request_id: &str,
) -> Came {
    match ended {
        Ok(Ok(invoked)) => {
            let outcome = invoked.outcome(front, exchange, request_id);
            let judged = (outcome.refused || !outcome.notices.is_empty() || invoked.failure.is_some())
                .then(|| invoked.judged(front, exchange, &Expected::default(), request_id));
            Came { outcome, judged, invoked: Some(invoked), reason: None }
        }
        Ok(Err(error)) => unasked(error.to_string(), (front, exchange)),
        Err(_) => unasked("the invocation was given up".to_owned(), (front, exchange)),
    }
}

/// A function that could not be asked has failed.
fn unasked(why: String, (front, exchange): (Front, &Exchange<'_>)) -> Came {
    Came::without(front.answer(exchange, Ended::Failed(&why.as_str().into())), why)
}

/// An event as JSON. Most of a large one is the body of its request.
fn written(event: &Value, request: &Request) -> Bytes {
    let mut bytes = Vec::with_capacity(request.body.len() + 2048);
    // Never fails: keys are texts, and a vector has room.
    serde_json::to_writer(&mut bytes, event).ok();
    bytes.into()
}

fn no_function(name: &str, asked: (Front, &Exchange<'_>)) -> Came {
    unasked(format!("there is no function {name}"), asked)
}

/// No front end of requests answers nothing.
fn no_answer() -> Response {
    Response { status: 204, headers: crate::http::Headers::new(), body: crate::http::Body::default() }
}

impl Served {
    pub(super) fn plain(response: Response) -> Self {
        Self {
            response,
            route: None,
            function: None,
            event: None,
            invoked: None,
            judged: None,
            front: None,
            reason: None,
        }
    }

    pub(super) fn refused(refusal: Refusal) -> Self {
        Self { reason: Some(refusal.reason), ..Self::plain(refusal.response) }
    }
}
