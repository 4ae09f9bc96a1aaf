//! One request through the model: the door of the API, its authorizer, the event, the function, and
//! what the gateway makes of its result.

use super::pool::FunctionPool;
use super::streaming::{Source, Taker};
use crate::gateway::authorizer::{AuthorizerKind, identity};
use crate::gateway::door::{
    Authorization, Bucket, Deployment, Entry, Guard, GuardCache, GuardKind, Integration, Method, Refusal,
    Throttle,
};
use crate::gateway::{
    Api, Call, Caller, Decision, Exchange, Front, Identity, Invocation as Ended, Matched, Moment, Outcome,
    Stamp,
};
use crate::http::{Request, Response};
use crate::lint::{Expected, Judged};
use crate::transport::{Invocation, Invoked, StartError};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinError;
use tokio::time::timeout;

/// How long an HTTP API waits for an authorizer (H-096); nothing else is known of others.
const AUTHORIZER_WAIT: Duration = Duration::from_secs(10);

/// An API on this machine with its functions.
#[derive(Debug)]
pub struct Site {
    deployment: Deployment,
    functions: BTreeMap<String, Arc<FunctionPool>>,
    answers: Mutex<GuardCache>,
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
    /// The event that it got.
    pub event: Option<Value>,
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
struct Came {
    outcome: Outcome,
    judged: Option<Judged>,
    invoked: Option<Invoked>,
}

impl Came {
    /// No function was invoked, or none answered in time.
    fn alone(outcome: Outcome) -> Self {
        Self { outcome, judged: None, invoked: None }
    }
}

/// A request on its way.
struct Way<'w> {
    exchange: Exchange<'w>,
    method: &'w Method,
    matched: Matched<'w>,
    caller: Caller,
    taker: Option<Taker>,
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
        if let Some(bucket) = &self.bucket
            && !bucket.lock().unwrap_or_else(PoisonError::into_inner).take(self.now())
        {
            return Served::refused(self.deployment.throttled(&exchange));
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

    async fn along(&self, way: &mut Way<'_>) -> Served {
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
            Integration::Function(name) => self.integrate(way, name).await,
        }
    }

    async fn integrate(&self, way: &mut Way<'_>, function: &str) -> Served {
        let Exchange { api, request, stamp, .. } = way.exchange;
        let call = Call { api, request, caller: &way.caller, stamp, moment: Moment::Request };
        let event = match call.event() {
            Ok(event) => event,
            Err(unroutable) => {
                return Served::refused(self.deployment.refuse(
                    &way.exchange,
                    unroutable.answer,
                    unroutable.reason,
                ));
            }
        };
        let bytes = event.to_string().into_bytes();
        if let Some(refusal) = self.deployment.weigh(&way.exchange, bytes.len()) {
            return Served::refused(refusal);
        }
        let front = Front::Api(api.flavor);
        let taker = way.taker.take().filter(|_| api.streaming);
        let came = match taker {
            Some(taker) => self.stream(function, bytes, (front, &way.exchange), taker).await,
            None => self.invoke(function, bytes, (front, &way.exchange), way.method.wait(api.flavor)).await,
        };
        let response = came.outcome.response.clone().unwrap_or_else(no_answer);
        let (function, front) = (Some(function.to_owned()), Some(front));
        let Came { invoked, judged, .. } = came;
        Served { function, front, event: Some(event), invoked, judged, ..Served::plain(response) }
    }

    /// Lets the authorizer of the route decide; what it answered in the caller's way, or nothing if
    /// the request passes.
    async fn authorize(&self, way: &mut Way<'_>) -> Option<Served> {
        let (name, scopes) = match &way.method.authorization {
            Authorization::None => return None,
            Authorization::Iam => {
                let checked = self.deployment.check_signature(&way.exchange);
                way.caller.identity = Identity::Iam { arn: self.deployment.iam_identity.clone() };
                return checked.err().map(|refusal| Served::refused(*refusal));
            }
            Authorization::Authorizer { name, scopes } => (name, scopes),
        };
        let Some(guard) = self.deployment.guards.iter().find(|guard| guard.name == *name) else {
            // Nobody passes a door whose keeper is missing.
            return Some(Served::refused(self.deployment.unguarded(&way.exchange, name)));
        };
        let passed = match &guard.kind {
            GuardKind::Lambda { kind, function, api } => self.ask(guard, (*kind, function, api), way).await,
            GuardKind::Jwt { source, rules } => {
                let Exchange { api, request, stamp, moment } = way.exchange;
                let call = Call { api, request, caller: &way.caller, stamp, moment };
                let token = (source, rules.as_ref());
                let checked = self.deployment.check_token((&way.exchange, &call), token, scopes, self.now());
                checked.map(Identity::Claims).map_err(|refusal| Box::new(Served::refused(*refusal)))
            }
        };
        match passed {
            Ok(identity) => {
                way.caller.identity = identity;
                None
            }
            Err(served) => Some(*served),
        }
    }

    /// Asks a Lambda authorizer, or remembers what it said: who the caller is, or the refusal.
    async fn ask(
        &self,
        guard: &Guard,
        (kind, function, api): (AuthorizerKind, &str, &Api),
        way: &Way<'_>,
    ) -> Result<Identity, Box<Served>> {
        let exchange = Exchange { api, ..way.exchange };
        let Exchange { request, stamp, moment, .. } = exchange;
        let call = Call { api, request, caller: &way.caller, stamp, moment };
        let event = kind.event(&call).map_err(|unroutable| {
            let refusal = self.deployment.refuse(&way.exchange, unroutable.answer, unroutable.reason);
            Box::new(Served::refused(refusal))
        })?;
        let values = kind.identity(&call).unwrap_or_default();
        if let Err(refusal) = self.deployment.check_form(&way.exchange, guard, &values) {
            return Err(Box::new(Served::refused(*refusal)));
        }
        let front = Front::Authorizer(kind);
        let (came, result) = match self.kept(guard, &values) {
            Some(result) => (Came::alone(front.answer(&exchange, Ended::Returned(&result))), result),
            None => {
                let bytes = event.to_string().into_bytes();
                let came = self.invoke(function, bytes, (front, &exchange), AUTHORIZER_WAIT).await;
                let payload = came.invoked.as_ref().map(|invoked| &*invoked.payload).unwrap_or_default();
                let result = serde_json::from_slice(payload).unwrap_or_default();
                self.keep(guard, &values, &came.outcome, &result);
                (came, result)
            }
        };
        match came.outcome.response {
            None => Ok(identity(&result)),
            Some(response) => Err(Box::new(Served {
                function: Some(function.to_owned()),
                front: Some(front),
                event: Some(event),
                invoked: came.invoked,
                judged: came.judged,
                reason: Some(format!("the authorizer {} does not let the call pass", guard.name)),
                ..Served::plain(response)
            })),
        }
    }

    /// Keeps what an authorizer decided, also that it denies; failures are not kept.
    fn keep(&self, guard: &Guard, values: &[String], outcome: &Outcome, result: &Value) {
        if matches!(Decision::of(outcome), Decision::Allow | Decision::Deny) {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.put(guard, values, self.now(), result);
        }
    }

    fn kept(&self, guard: &Guard, identity: &[String]) -> Option<Value> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(guard, identity, self.now()).cloned()
    }

    /// Invokes a function, which goes on to its own time limit also when the gateway or the caller
    /// no longer waits for it.
    async fn invoke(
        &self,
        name: &str,
        event: Vec<u8>,
        (front, exchange): (Front, &Exchange<'_>),
        wait: Duration,
    ) -> Came {
        let Some(pool) = self.functions.get(name).map(Arc::clone) else {
            return Came::alone(front.answer(exchange, Ended::Failed(&no_function(name))));
        };
        let invocation = self.invocation(name, event, exchange);
        let request_id = invocation.request_id.clone();
        let running = tokio::spawn(async move { pool.invoke(invocation).await });
        match timeout(wait, running).await {
            Err(_) => Came::alone(front.answer(exchange, Ended::GatewayTimeout)),
            Ok(ended) => came(ended, (front, exchange), &request_id),
        }
    }

    /// Invokes a function whose answer goes to the caller as it comes.
    async fn stream(
        &self,
        name: &str,
        event: Vec<u8>,
        (front, exchange): (Front, &Exchange<'_>),
        taker: Taker,
    ) -> Came {
        let Some(pool) = self.functions.get(name).map(Arc::clone) else {
            return Came::alone(front.answer(exchange, Ended::Failed(&no_function(name))));
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

    fn invocation(&self, name: &str, event: Vec<u8>, exchange: &Exchange<'_>) -> Invocation {
        let Api { region, account, .. } = exchange.api;
        Invocation {
            request_id: exchange.stamp.uuid("invocation"),
            event: event.into(),
            invoked_function_arn: format!("arn:aws:lambda:{region}:{account}:function:{name}"),
            trace_id: exchange.stamp.trace_root(),
            now: self.now(),
            ..Invocation::default()
        }
    }

    /// A stamp of its own for each request.
    fn stamp(&self) -> Stamp {
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
    let failed = |why: &Value| Came::alone(front.answer(exchange, Ended::Failed(why)));
    match ended {
        Ok(Ok(invoked)) => {
            let outcome = invoked.outcome(front, exchange, request_id);
            let judged = (outcome.refused || !outcome.notices.is_empty() || invoked.failure.is_some())
                .then(|| invoked.judged(front, exchange, &Expected::default(), request_id));
            Came { outcome, judged, invoked: Some(invoked) }
        }
        Ok(Err(error)) => failed(&error.to_string().into()),
        Err(_) => failed(&Value::Null),
    }
}

fn no_function(name: &str) -> Value {
    format!("there is no function {name}").into()
}

/// No front end of requests answers nothing.
fn no_answer() -> Response {
    Response { status: 204, headers: crate::http::Headers::new(), body: crate::http::Body::default() }
}

impl Served {
    fn plain(response: Response) -> Self {
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

    fn refused(refusal: Refusal) -> Self {
        Self { reason: Some(refusal.reason), ..Self::plain(refusal.response) }
    }
}
