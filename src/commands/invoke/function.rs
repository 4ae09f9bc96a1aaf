//! A function on this machine: what it is told, and how it is invoked.

use super::super::exit::Fault;
use super::super::io::Io;
use super::Invoke;
use super::case::Case;
use super::local::{self, Local};
use super::log::FunctionLog;
use super::measured::{Gauge, Measured};
use super::target::Named;
use super::variables;
use super::verdict::{Verdict, judge, milliseconds};
use crate::gateway::Stamp;
use crate::transport::{
    self, Code, FunctionHost, FunctionSettings, FunctionSpec, Invoked, PlatformReport, Served, ServedAnswer,
    ServedCall, StartError, start_line,
};
use hyper::body::Bytes;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// A function on this machine. Its process begins with the first question and stays for the next.
#[derive(Debug)]
pub(in crate::commands) struct FunctionTarget {
    host: FunctionHost,
    name: String,
    version: String,
    region: String,
    account: String,
    function_arn: String,
    gauge: Gauge,
    log: FunctionLog,
    code: Code,
    /// How long a program that is being written is waited for.
    patience: Duration,
    /// Whether Lambda's own lines are written around the function's log.
    reports: bool,
    /// The time of day when the target was found.
    now: Duration,
    found: Instant,
    asked: u64,
}

impl FunctionTarget {
    /// The function of that name, told of a first call; `None` if that was interrupted.
    ///
    /// # Errors
    /// Faults of the command line, and of the files that it names.
    pub(super) fn find(
        named: Named<'_>,
        args: &Invoke,
        first: &Case,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        let Some(local) = Local::find(named, &args.local, io)? else { return Ok(None) };
        let mut spec = spec(local, args, first, io)?;
        let code = local::code(&spec.process, &spec.settings);
        let log;
        (log, spec.logs) = FunctionLog::of(args, io);
        let FunctionSettings { name, version, region, memory_mb, .. } = spec.settings.clone();
        let function_arn = format!("arn:aws:lambda:{region}:{}:function:{name}", first.api.account);
        let now = io.now();
        Ok(Some(Self {
            name,
            version,
            region,
            account: first.api.account.clone(),
            function_arn,
            gauge: Gauge { memory_mb, builds: args.local.cmd.is_some() },
            reports: args.local.report || args.function.verbose,
            now,
            found: Instant::now(),
            asked: 0,
            log,
            code,
            patience: Duration::ZERO,
            host: FunctionHost::new(spec),
        }))
    }

    /// Invokes the function, and judges what it answers.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(super) async fn ask(&mut self, case: Case) -> Result<Verdict, Fault> {
        let event = case.event.as_ref().ok().and_then(|event| serde_json::to_vec(event).ok());
        self.asked += 1;
        let invocation = self.invocation(&case, event.unwrap_or_default().into(), self.asked);
        let request_id = invocation.request_id.clone();
        let (invoked, measured, _) =
            self.invoke(invocation).await.map_err(|error| self.start_fault(&error))?;
        Ok(Verdict { measured, ..judge(case, invoked, &request_id) })
    }

    /// The same function in a process of its own, whose log is passed through.
    pub(super) fn another(&self) -> Self {
        Self {
            host: self.host.another(),
            name: self.name.clone(),
            version: self.version.clone(),
            region: self.region.clone(),
            account: self.account.clone(),
            function_arn: self.function_arn.clone(),
            log: FunctionLog::default(),
            code: self.code.clone(),
            ..*self
        }
    }

    /// Invokes the function with the bytes of the case's event, as its `number`th invocation
    /// counted from 1, and looks at nothing but the time that it takes; also says under which
    /// request id.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(super) async fn time(
        &mut self,
        case: &Case,
        event: Bytes,
        number: u64,
    ) -> Result<(Invoked, String), Fault> {
        let invocation = self.invocation(case, event, number);
        let request_id = invocation.request_id.clone();
        let invoked = self.host.invoke(invocation).await;
        Ok((invoked.map_err(|error| self.start_fault(&error))?, request_id))
    }

    /// The code that it is started from.
    pub(super) fn code(&self) -> Code {
        self.code.clone()
    }

    /// Ends the process; the next question starts another, which may be waited for while it is
    /// being written.
    pub(super) async fn rest(&mut self, patience: Duration) {
        self.host.rest().await;
        self.patience = patience;
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What an Invoke API in front of it serves. The stamp makes the ids of requests.
    pub(super) fn served(&self, stamp: Stamp) -> Served {
        let mut count = 0_u64;
        Served {
            functions: vec![self.name.clone()],
            region: self.region.clone(),
            account: self.account.clone(),
            ids: Box::new(move || {
                count += 1;
                stamp.uuid(&format!("served-{count}"))
            }),
        }
    }

    /// Invokes the function for somebody else; what came of it, in a line.
    pub(super) async fn serve(&mut self, call: ServedCall) -> String {
        let (invocation, reply) = call.into_invocation(self.time_of_day());
        let start = start_line(&invocation.request_id, &self.version);
        let (outcome, line) = match self.invoke(invocation).await {
            Ok((invoked, measured, report)) => {
                let took = milliseconds(invoked.timings.duration);
                let what = match &invoked.failure {
                    None => "answered".to_owned(),
                    Some(failure) => format!("failed with {}", failure.error_type()),
                };
                let warnings = measured.warnings.iter().map(|warning| format!("; {warning}"));
                let line = format!("{} {what} in {took} ms{}", self.name, warnings.collect::<String>());
                let lines = measured.logs.map(|logs| {
                    let all = std::iter::once(start).chain(logs).chain([report.to_string()]);
                    all.map(|line| line + "\n").collect()
                });
                (Ok(ServedAnswer { invoked, log: lines }), line)
            }
            Err(error) => {
                let message = self.start_fault(&error).message;
                (Err(message.clone()), message)
            }
        };
        // A caller who has left misses the answer.
        reply.send(outcome).ok();
        line
    }

    /// The time of day.
    fn time_of_day(&self) -> Duration {
        self.now + self.found.elapsed()
    }

    /// The case as the function's `number`th invocation, counted from 1.
    fn invocation(&self, case: &Case, event: Bytes, number: u64) -> transport::Invocation {
        transport::Invocation {
            request_id: request_id(case, number),
            event,
            invoked_function_arn: self.function_arn.clone(),
            trace_id: trace_id(case),
            now: self.time_of_day(),
            ..transport::Invocation::default()
        }
    }

    async fn invoke(
        &mut self,
        invocation: transport::Invocation,
    ) -> Result<(Invoked, Measured, PlatformReport), StartError> {
        let request_id = invocation.request_id.clone();
        self.say(|target| start_line(&request_id, &target.version));
        let (invoked, logs) =
            self.log.beside(invoke_patiently(&mut self.host, invocation, self.patience)).await;
        let invoked = invoked?;
        let report = self.gauge.read(&self.host, &request_id, invoked.timings);
        self.say(|_| report.to_string());
        Ok((invoked, Measured { logs, ..Measured::of(&report) }, report))
    }

    /// Writes a line of Lambda's own where the function's log goes.
    fn say(&self, line: impl FnOnce(&Self) -> String) {
        if self.reports {
            // As with the function's own lines, a closed stream is no reason to fail.
            writeln!(std::io::stderr(), "{}", line(self)).ok();
        }
    }

    fn start_fault(&self, error: &StartError) -> Fault {
        local::start_fault(error, self.gauge.builds)
    }

    /// Ends the process.
    pub(super) async fn close(self) {
        self.host.stop().await;
    }
}

/// The id of an invocation: of the case, and another one each time that it is asked again.
fn request_id(case: &Case, number: u64) -> String {
    match number {
        1 => case.stamp.uuid("invocation"),
        n => case.stamp.uuid(&format!("invocation-{n}")),
    }
}

/// Invokes the function, and tries again for a while if its program is not quite there.
async fn invoke_patiently(
    host: &mut FunctionHost,
    invocation: transport::Invocation,
    patience: Duration,
) -> Result<Invoked, StartError> {
    const PAUSE: Duration = Duration::from_millis(50);
    let begun = Instant::now();
    loop {
        match host.invoke(invocation.clone()).await {
            Err(error) if error.may_pass() && begun.elapsed() < patience => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
}

fn spec(local: Local, args: &Invoke, case: &Case, io: &mut Io) -> Result<FunctionSpec, Fault> {
    let Local { process, settings: own } = local;
    let mut spec = FunctionSpec::new(process);
    spec.timeout = args.timeout.unwrap_or(spec.timeout);
    spec.init_limit = args.local.init_limit(spec.init_limit);
    if args.load.measures() {
        // A call that is measured ends with its answer.
        spec.settle = Duration::ZERO;
    }
    spec.settings = settings(own, case, io);
    (spec.settings.log_format, spec.settings.log_level) = args.log.settings();
    variables::set(&mut spec.settings, None, &args.local, io)?;
    Ok(spec)
}

/// What a function is told of the call, beside what it is told of itself.
fn settings(own: FunctionSettings, case: &Case, io: &Io) -> FunctionSettings {
    let (day, unique) = (case.stamp.day(), case.stamp.hex("log-stream", 32));
    FunctionSettings {
        region: case.api.region.clone(),
        log_stream: format!("{day}/[$LATEST]{unique}"),
        trace_id: Some(trace_id(case)),
        path: io.env.get("PATH").cloned(),
        ..own
    }
}

fn trace_id(case: &Case) -> String {
    let (root, parent) = (case.stamp.trace_root(), case.stamp.hex("parent", 16));
    format!("{root};Parent={parent};Sampled=0")
}
