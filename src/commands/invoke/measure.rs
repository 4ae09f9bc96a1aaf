//! Many calls, as fast as they are answered or at fixed times, and what they come to.

use super::super::event_list::Format;
use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::Invoke;
use super::case::Case;
use super::load::Pace;
use super::recorder::{Called, Recorder};
use super::target::{Named, Question, Target};
use super::verdict::{judge, unrouted};
use crate::lint::Summary;
use crate::report::json;
use crate::report::measurement::{self, Answer, Measurement};
use hyper::body::Bytes;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::{JoinSet, yield_now};

/// A timer wakes us up to this much late; from there on we look at the clock.
const TIMER_STEP: Duration = Duration::from_millis(2);

/// How many bytes of results are kept with their verdicts.
const KEPT_BYTES: usize = 1 << 24;

/// Asks again and again, and prints what was measured, also if that is interrupted.
///
/// # Errors
/// Faults of the command line, and a function that cannot be started.
pub(super) fn run(questions: Vec<Question>, pace: Pace, args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    let Some(first) = questions.first() else { return Ok(Exit::Clean) };
    if let Question::Event(case) = first
        && let Err(unroutable) = &case.event
    {
        return unrouted(case, unroutable).print(args, io);
    }
    let Some(target) = Target::find(Named::of(args)?, args, first, io)? else { return Ok(Exit::Interrupted) };
    let sees_starts = matches!(target, Target::Function(_));
    let questions = questions.into_iter().map(|question| Prepared::new(question, sees_starts)).collect();
    let course = Arc::new(Course::new(questions, pace, progress(pace, io)));
    let done = interruptible(course_of(target, Arc::clone(&course)))?;
    course.bar.finish_and_clear();
    let interrupted = done.is_none();
    done.transpose()?;
    let (measured, worst) = course.measured(sees_starts, interrupted);
    match args.format {
        Format::Json => {
            let row = measurement::row(&measured);
            io.out.write_all(json::report(&[row], &Summary::default()).as_bytes())?;
        }
        Format::Human => io.out.write_all(measurement::table(&measured, io.out_style()).as_bytes())?,
    }
    io.out.flush()?;
    if measured.unstarted > 0 {
        let note = "calls were due and could not begin in time: --concurrency has more of them under way";
        writeln!(io.err, "warning: {} {note}", measured.unstarted)?;
    }
    Ok(if interrupted { Exit::Interrupted } else { worst })
}

/// All the calls; ends with the last of them, or with the first fault.
async fn course_of(target: Target, course: Arc<Course>) -> Result<(), Fault> {
    let at_a_time = course.pace.calls.unwrap_or(u64::MAX).min(course.pace.at_a_time().into());
    let mut workers = JoinSet::new();
    course.started.get_or_init(Instant::now);
    for _ in 1..at_a_time {
        workers.spawn(work(target.another(), Arc::clone(&course)));
    }
    workers.spawn(work(target, course));
    while let Some(worked) = workers.join_next().await {
        worked.unwrap_or_else(|_| Err(Fault::usage("the measurement broke off")))?;
    }
    Ok(())
}

/// Takes calls until none is left.
async fn work(mut target: Target, course: Arc<Course>) -> Result<(), Fault> {
    while let Some((number, due)) = course.next() {
        if let Some(due) = due {
            wait_until(due).await;
        }
        let begun = Instant::now();
        let called = course.call(&mut target, number, begun).await?;
        let late = due.map_or(Duration::ZERO, |due| begun.saturating_duration_since(due));
        course.recorder().record(called, late);
        course.bar.inc(1);
    }
    target.close().await;
    Ok(())
}

/// Timers are too coarse for calls that take a tenth of a millisecond.
async fn wait_until(due: Instant) {
    if let Some(early) = due.checked_sub(TIMER_STEP) {
        tokio::time::sleep_until(early.into()).await;
    }
    while Instant::now() < due {
        yield_now().await;
    }
}

/// A question, made ready to be asked many times.
enum Prepared {
    /// For a function on this machine: the bytes of the event, and the call without it.
    Event(Bytes, Box<Case>),
    /// For others: the bytes that go out, and the question.
    Whole(usize, Question),
}

impl Prepared {
    fn new(question: Question, is_local: bool) -> Self {
        match question {
            Question::Event(mut case) if is_local => {
                let event = std::mem::replace(&mut case.event, Ok(Value::Null));
                Self::Event(event.map(|event| event.to_string()).unwrap_or_default().into(), case)
            }
            Question::Event(case) => {
                let size = case.event.as_ref().map(|event| event.to_string().len()).unwrap_or_default();
                Self::Whole(size, Question::Event(case))
            }
            Question::Request(request) => Self::Whole(request.body.len(), Question::Request(request)),
        }
    }
}

/// The way through all calls.
struct Course {
    questions: Vec<Prepared>,
    pace: Pace,
    bar: ProgressBar,
    started: OnceLock<Instant>,
    taken: AtomicU64,
    recorder: Mutex<Recorder>,
    known: Mutex<Known>,
}

/// Verdicts about results that come again and again.
#[derive(Default)]
struct Known {
    verdicts: Vec<HashMap<Bytes, (Answer, Exit)>>,
    bytes: usize,
}

impl Course {
    fn new(questions: Vec<Prepared>, pace: Pace, bar: ProgressBar) -> Self {
        let verdicts = questions.iter().map(|_| HashMap::new()).collect();
        Self {
            questions,
            pace,
            bar,
            started: OnceLock::new(),
            taken: AtomicU64::new(0),
            recorder: Mutex::new(Recorder::new()),
            known: Mutex::new(Known { verdicts, bytes: 0 }),
        }
    }

    fn recorder(&self) -> MutexGuard<'_, Recorder> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the next call, counted from 0, and when it is due if that is fixed.
    fn next(&self) -> Option<(u64, Option<Instant>)> {
        let started = *self.started.get_or_init(Instant::now);
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let offset = self.pace.rate.map(|rate| Duration::from_secs_f64(number as f64 / rate));
        let is_over = |duration: Duration| {
            started.elapsed() >= duration || offset.is_some_and(|offset| offset >= duration)
        };
        if self.pace.calls.is_some_and(|calls| number >= calls) || self.pace.duration.is_some_and(is_over) {
            return None;
        }
        Some((number, offset.map(|offset| started + offset)))
    }

    /// Makes a call. A network that fails is what it came to.
    async fn call(&self, target: &mut Target, number: u64, begun: Instant) -> Result<Called, Fault> {
        let index = usize::try_from(number % self.questions.len().max(1) as u64).unwrap_or_default();
        let (sent, question) = match (self.questions.get(index), target) {
            (Some(Prepared::Event(event, case)), Target::Function(function)) => {
                let (invoked, id) = function.time(case, event.clone(), number + 1).await?;
                let (init, received) = (invoked.timings.init, invoked.payload.len());
                let took = init.unwrap_or_default() + invoked.timings.duration;
                let (answer, exit) = self.judged(index, case, invoked, &id);
                return Ok(Called { answer, exit, init, took, sent: event.len(), received });
            }
            (Some(Prepared::Whole(sent, question)), target) => (*sent, target.ask(question.clone()).await),
            _ => return Err(Fault::usage("there is nothing to ask")),
        };
        let took = begun.elapsed();
        let called =
            Called { answer: Answer::Nothing, exit: Exit::Clean, init: None, took, sent, received: 0 };
        match question {
            Ok(verdict) => {
                let (answer, exit, received) = (verdict.answer(), verdict.exit(), verdict.received_bytes());
                Ok(Called { answer, exit, received, ..called })
            }
            Err(Fault { network: Some(kind), exit, .. }) => {
                Ok(Called { answer: Answer::NetworkFailed(kind), exit, ..called })
            }
            Err(fault) => Err(fault),
        }
    }

    /// What a result comes to; one that came before is not judged again.
    fn judged(
        &self,
        question: usize,
        case: &Case,
        invoked: crate::transport::Invoked,
        id: &str,
    ) -> (Answer, Exit) {
        let is_answer = invoked.failure.is_none();
        if is_answer
            && let Some(known) = self.known().verdicts.get(question).and_then(|map| map.get(&invoked.payload))
        {
            return known.clone();
        }
        let payload = is_answer.then(|| invoked.payload.clone());
        let verdict = judge(case.clone(), invoked, id);
        let judged = (verdict.answer(), verdict.exit());
        let mut known = self.known();
        if let Some(payload) = payload.filter(|payload| known.bytes + payload.len() <= KEPT_BYTES) {
            known.bytes += payload.len() + size_of::<(Bytes, Answer, Exit)>();
            if let Some(map) = known.verdicts.get_mut(question) {
                map.insert(payload, judged.clone());
            }
        }
        judged
    }

    /// The sum, and the worst exit code of all calls.
    fn measured(&self, sees_starts: bool, interrupted: bool) -> (Measurement, Exit) {
        let recorder = self.recorder();
        let started = *self.started.get_or_init(Instant::now);
        let last = recorder.last.unwrap_or(started).saturating_duration_since(started);
        let Pace { calls, duration, rate, .. } = self.pace;
        // The last call of a fixed rate has its share of the time, too.
        let share = rate.map(|rate| Duration::from_secs_f64(recorder.calls as f64 / rate));
        let elapsed = last.max(share.filter(|_| !interrupted).unwrap_or_default());
        let due = rate.zip(duration).map(|(rate, duration)| (rate * duration.as_secs_f64()).ceil() as u64);
        let due = due.map(|due| calls.map_or(due, |calls| due.min(calls))).filter(|_| !interrupted);
        let measured = Measurement {
            calls: recorder.calls,
            elapsed,
            asked_rate: rate,
            concurrency: self.pace.at_a_time().into(),
            unstarted: due.unwrap_or_default().saturating_sub(recorder.calls),
            interrupted,
            answers: recorder.frequent(),
            latencies: recorder.latencies(sees_starts),
            sent_bytes: recorder.sent,
            received_bytes: recorder.received,
        };
        (measured, recorder.worst)
    }
}

/// A bar on standard error, where that is a terminal.
fn progress(pace: Pace, io: &Io) -> ProgressBar {
    if !io.terminal.stderr {
        return ProgressBar::hidden();
    }
    let (template, bar) = match (pace.calls, pace.duration) {
        (Some(calls), None) => ("{bar:30} {pos} of {len} calls, {eta} left", ProgressBar::new(calls)),
        _ => ("{spinner} {pos} calls, {per_sec}, {elapsed}", ProgressBar::no_length()),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
    bar.with_style(style)
}
