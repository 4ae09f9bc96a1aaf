//! A function that can be invoked: its process, the Runtime API that it talks to, and Lambda's
//! rules about when an invocation begins, ends and fails.

use super::alarm::Alarm;
use super::environment::{FunctionSettings, lambda_environment};
use super::exit::Exit;
use super::failure::Failure;
use super::invocation::{Invocation, Invoked};
use super::process::{FunctionProcess, Logs, RunningProcess};
use super::runtime_api::RuntimeApi;
use super::runtime_state::{Answer, AnswerKind, Event, Exchange, Phase, PostedError, RuntimeState};
use super::start_error::StartError;
use hyper::body::Bytes;
use serde::de::IgnoredAny;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

/// How long what a process sent just before its end may take to arrive.
const DRAIN: Duration = Duration::from_millis(250);

/// A function: what to start, what to tell it, and how long to wait for it.
#[derive(Debug)]
pub struct FunctionSpec {
    /// The program.
    pub process: FunctionProcess,
    /// What it is told about itself.
    pub settings: FunctionSettings,
    /// How long an invocation may take; Lambda's default is 3 s.
    pub timeout: Duration,
    /// How long the process may take to ask for its first event; on Lambda 10 s.
    pub init_limit: Duration,
    /// How long the process may take after an answer to ask for the next event, before it is
    /// left to itself. Zero: an invocation ends with its answer, the next one waits for the
    /// process instead, and what the process did wrong in between is not told.
    pub settle: Duration,
    /// Where its output goes.
    pub logs: Logs,
}

impl FunctionSpec {
    /// A function with Lambda's defaults.
    pub fn new(process: FunctionProcess) -> Self {
        Self {
            process,
            settings: FunctionSettings::default(),
            timeout: Duration::from_secs(3),
            init_limit: Duration::from_secs(10),
            settle: Duration::from_secs(1),
            logs: Logs::Stderr,
        }
    }
}

/// Starts a function, invokes it once and ends it.
///
/// # Errors
/// When it could not be started; that it failed is no error.
pub async fn invoke_once(spec: FunctionSpec, invocation: Invocation) -> Result<Invoked, StartError> {
    let mut host = FunctionHost::start(spec).await?;
    let invoked = host.invoke(invocation).await;
    host.stop().await;
    invoked
}

/// A function that stays warm between invocations, as long as it behaves; after a crash or a
/// timeout the next invocation starts it anew.
///
/// Dropping it, or the future of an invocation, kills the process and its descendants.
#[derive(Debug)]
pub struct FunctionHost {
    spec: Arc<FunctionSpec>,
    running: Option<Running>,
}

impl FunctionHost {
    /// A function whose process starts with the first invocation.
    pub fn new(spec: FunctionSpec) -> Self {
        Self { spec: Arc::new(spec), running: None }
    }

    /// The same function in a process of its own, which starts with its first invocation.
    #[must_use]
    pub fn another(&self) -> Self {
        Self { spec: Arc::clone(&self.spec), running: None }
    }

    /// Tells it variables that were not known before; once, and before its first process starts.
    pub fn tell(&self, variables: Vec<(String, String)>) {
        self.spec.settings.later.set(variables).ok();
    }

    /// Starts the process, without waiting for its initialisation.
    ///
    /// # Errors
    /// When it could not be started.
    pub async fn start(spec: FunctionSpec) -> Result<Self, StartError> {
        let running = Running::start(&spec).await?;
        Ok(Self { spec: Arc::new(spec), running: Some(running) })
    }

    /// Invokes the function and waits until the invocation is over: there is an answer or a
    /// failure, and the process is ready for the next event, gone, or late.
    ///
    /// # Errors
    /// When the process had to be started anew, and could not.
    pub async fn invoke(&mut self, invocation: Invocation) -> Result<Invoked, StartError> {
        self.invoke_into(invocation, None).await
    }

    /// The same, with a place for the bytes of a streamed answer, into which they go as they arrive;
    /// of those, [`Invoked::payload`] has the beginning only.
    ///
    /// # Errors
    /// When the process had to be started anew, and could not.
    pub async fn invoke_into(
        &mut self,
        invocation: Invocation,
        sink: Option<mpsc::Sender<Bytes>>,
    ) -> Result<Invoked, StartError> {
        let entered = Instant::now();
        let mut running = self.take_usable().await?;
        let (ready, init) = running.initialise(&self.spec).await;
        let mut invoked = match ready {
            Err(failed) => {
                Invoked { log: running.process.take_log(), ..failed.into_invoked(&invocation.request_id) }
            }
            Ok(()) => {
                let event = self.event(invocation, entered.elapsed());
                running.api.stream_to(sink);
                let (invoked, alive) = running.exchange(event, &self.spec).await;
                running.api.stream_to(None);
                if alive {
                    self.running = Some(running);
                } else {
                    running.process.stop().await;
                }
                invoked
            }
        };
        invoked.timings.init = init;
        Ok(invoked)
    }

    /// The number of its process, if that still runs.
    pub fn process_id(&self) -> Option<u32> {
        self.running.as_ref()?.process.id()
    }

    /// Ends the process and everything that it started; the next invocation starts it anew.
    pub async fn rest(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.stop().await;
        }
    }

    /// Ends the process and everything that it started.
    pub async fn stop(mut self) {
        self.rest().await;
    }

    /// The process from before if it can take an event, else a new one. It is no longer in
    /// `self`: an invocation that is given up half-way takes its process down.
    async fn take_usable(&mut self) -> Result<Running, StartError> {
        if let Some(mut running) = self.running.take() {
            if running.is_usable(self.spec.timeout).await {
                return Ok(running);
            }
            running.process.stop().await;
        }
        Running::start(&self.spec).await
    }

    fn event(&self, invocation: Invocation, waited: Duration) -> Event {
        let deadline = invocation.now + waited + self.spec.timeout;
        Event {
            request_id: invocation.request_id,
            deadline_ms: u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX),
            invoked_function_arn: invocation.invoked_function_arn,
            trace_id: invocation.trace_id,
            client_context: invocation.client_context,
            cognito_identity: invocation.cognito_identity,
            body: invocation.event,
        }
    }
}

/// A process with the Runtime API that is its own.
#[derive(Debug)]
struct Running {
    // Dropped in this order: the process is killed before its connections are cut.
    process: RunningProcess,
    api: RuntimeApi,
    alarm: Alarm,
    started: Instant,
    initialised: bool,
}

/// A failed initialisation, with the payload if the function posted one.
struct InitFailed {
    failure: Failure,
    posted: Option<PostedError>,
}

impl InitFailed {
    fn into_invoked(self, request_id: &str) -> Invoked {
        let mut invoked = unanswered(self.failure, request_id);
        if let Some(posted) = self.posted {
            let is_json = serde_json::from_slice::<IgnoredAny>(&posted.body).is_ok();
            let content_type = if is_json { "application/json" } else { "application/octet-stream" };
            invoked.content_type = Some(content_type.to_owned());
            invoked.payload = posted.body;
        }
        invoked
    }
}

impl Running {
    async fn start(spec: &FunctionSpec) -> Result<Self, StartError> {
        let api = RuntimeApi::bind().await.map_err(StartError::Port)?;
        let environment = lambda_environment(&spec.settings, &spec.process.program, &api.address())?;
        let started = Instant::now();
        let process = spec.process.spawn(&environment, &spec.logs)?;
        Ok(Self { process, api, alarm: Alarm::new(), started, initialised: false })
    }

    /// Whether an event can be delivered, if need be after waiting for the process to come back
    /// from the invocation before.
    async fn is_usable(&mut self, patience: Duration) -> bool {
        if !self.initialised {
            return true;
        }
        tokio::select! {
            biased;
            // First: a process that asked for an event and then died takes none.
            _ = self.process.exited() => false,
            () = self.api.wait_for(is_ready) => {
                drop(self.process.take_log()); // Of no invocation.
                true
            }
            () = self.alarm.after(patience) => false,
        }
    }

    /// Waits for the process to ask for its first event; how long that took from its start, if
    /// it was not ready before.
    async fn initialise(&mut self, spec: &FunctionSpec) -> (Result<(), InitFailed>, Option<Duration>) {
        if self.initialised {
            return (Ok(()), None);
        }
        let left = spec.init_limit.saturating_sub(self.started.elapsed());
        let ended = tokio::select! {
            biased;
            () = self.api.wait_for(has_initialised) => None,
            exit = self.process.exited() => Some(Failure::ExitedBeforeNext(exit)),
            () = sleep(left) => Some(Failure::InitTimeout { limit: spec.init_limit, timeout: spec.timeout }),
        };
        let took = self.started.elapsed();
        (self.judge_init(ended, spec.settle).await, Some(took))
    }

    async fn judge_init(&mut self, ended: Option<Failure>, settle: Duration) -> Result<(), InitFailed> {
        if matches!(ended, Some(Failure::ExitedBeforeNext(_))) {
            self.api.drain(DRAIN).await;
        }
        let (posted, phase) = self.api.with_state(|state| (state.init_error().cloned(), state.phase()));
        if let Some(posted) = posted {
            // It ends by itself now, and may still have something to say.
            timeout(settle, self.process.exited()).await.ok();
            return Err(InitFailed { failure: Failure::init_error(&posted), posted: Some(posted) });
        }
        match ended {
            // Asked for an event and ended at once: that is the invocation's failure.
            Some(failure) if matches!(phase, Phase::Started | Phase::InitError) => {
                Err(InitFailed { failure, posted: None })
            }
            _ => {
                self.initialised = true;
                Ok(())
            }
        }
    }

    /// Delivers an event and waits for what comes of it; and whether the process may get another.
    async fn exchange(&mut self, event: Event, spec: &FunctionSpec) -> (Invoked, bool) {
        let request_id = event.request_id.clone();
        let delivered = Instant::now();
        self.api.offer(event);
        let mut exit = tokio::select! {
            biased;
            () = self.api.wait_for(is_over) => None,
            exit = self.process.exited() => Some(exit),
            () = self.alarm.after(spec.timeout) => None,
        };
        let duration = delivered.elapsed();
        if exit.is_none()
            && !spec.settle.is_zero()
            && self.api.with_state(|state| state.exchange().answer.is_some())
        {
            exit = self.settle(spec.settle).await;
        }
        if exit.is_some() {
            self.api.drain(DRAIN).await;
        }
        let (exchange, phase) = self.api.with_state(|state| (state.take_exchange(), state.phase()));
        let alive = exit.is_none() && matches!(phase, Phase::Ready | Phase::Answered);
        let mut invoked = judge(exchange, exit, spec.timeout, &request_id);
        (invoked.timings.duration, invoked.log) = (duration, self.process.take_log());
        (invoked, alive)
    }

    /// Gives the process time to ask for its next event after an answer; how it ended, if it did.
    async fn settle(&mut self, patience: Duration) -> Option<Exit> {
        tokio::select! {
            biased;
            () = self.api.wait_for(is_ready) => None,
            exit = self.process.exited() => Some(exit),
            () = self.alarm.after(patience) => None,
        }
    }
}

fn is_ready(state: &mut RuntimeState) -> Option<()> {
    (state.phase() == Phase::Ready).then_some(())
}

fn has_initialised(state: &mut RuntimeState) -> Option<()> {
    (state.phase() == Phase::Ready || state.init_error().is_some()).then_some(())
}

fn is_over(state: &mut RuntimeState) -> Option<()> {
    state.exchange().is_over().then_some(())
}

/// What an invocation came to. An answer stays the payload, whatever else the runtime did.
fn judge(exchange: Exchange, exit: Option<Exit>, limit: Duration, request_id: &str) -> Invoked {
    let misstep = exchange.wrong_id.map(|received| {
        let expected = request_id.to_owned();
        Failure::WrongRequestId { expected, received }
    });
    match exchange.answer {
        Some(Ok(answer)) => {
            let error = answer.error.as_ref().map(match answer.kind {
                AnswerKind::Response => Failure::stream_failed,
                AnswerKind::Error => Failure::function_error,
            });
            let twice = exchange.answered_twice.then_some(Failure::TwoAnswers);
            let broke_down = exit.filter(|exit| !exit.is_success()).map(Failure::ExitedAfterAnswer);
            answered(answer, error.or(misstep).or(twice).or(broke_down))
        }
        Some(Err(fault)) => unanswered(Failure::from_fault(fault), request_id),
        None => {
            let silent = exit.map_or(Failure::TimedOut { limit }, Failure::Exited);
            unanswered(misstep.unwrap_or(silent), request_id)
        }
    }
}

fn answered(answer: Answer, failure: Option<Failure>) -> Invoked {
    let Answer { body: payload, content_type, streamed, .. } = answer;
    Invoked { payload, content_type, streamed, failure, ..Invoked::default() }
}

fn unanswered(failure: Failure, request_id: &str) -> Invoked {
    let payload = failure.payload(request_id).into();
    Invoked { payload, failure: Some(failure), ..Invoked::default() }
}
