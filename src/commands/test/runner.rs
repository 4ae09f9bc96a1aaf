//! The run: suites beside each other, the cases of each in order.

use super::super::body_schemas::Schemas;
use super::super::configured::absolute;
use super::super::exit::{Exit, Fault};
use super::super::interrupt::interruptible;
use super::super::io::Io;
use super::Test;
use super::answering::Answering;
use super::fuzz::Siege;
use super::load::Loaded;
use super::plan::Plan;
use super::ready::Ready;
use super::reports::Reports;
use super::together::together;
use super::{hidden, hooks, kept, question};
use crate::http::Secrets;
use crate::http::secret;
use crate::report::suite::SuiteRun;
use crate::suite::{Around, Case, CaseResult, Failure, Step, Totals, Variables, Verdict};
use indicatif::ProgressBar;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::time::Instant;

/// Finds the targets of what is planned; `None` if that was interrupted.
///
/// # Errors
/// The first target that cannot be found.
pub(super) fn ready<'s>(
    suites: &'s [Loaded],
    plan: &'s Plan,
    args: &Test,
    io: &mut Io,
) -> Result<Option<Vec<Ready<'s>>>, Fault> {
    let found = plan.suites.iter().map(|own| Ready::find(&suites[own.suite], &own.cases, args, io));
    found.collect()
}

/// Runs what is planned, and tells of it.
///
/// # Errors
/// Snapshots and reports that cannot be written.
pub(super) fn run(
    ready: Vec<Ready<'_>>,
    plan: &Plan,
    args: &Test,
    reports: &mut Reports,
    io: &mut Io,
) -> Result<Exit, Fault> {
    let bar = super::reports::progress(plan.cases(), args, io);
    let runner = Runner {
        args,
        ready,
        bar,
        next: Cell::new(0),
        told: Cell::new(0),
        bailed: Cell::new(false),
        exit: Cell::new(Exit::Clean),
        fault: RefCell::new(None),
        schemas: RefCell::new(Schemas::default()),
        reports: RefCell::new(reports),
        io: RefCell::new(io),
    };
    let jobs = usize::from(args.jobs.unwrap_or(2)).min(runner.ready.len());
    let done = interruptible(together((0..jobs).map(|_| runner.work()).collect()))?;
    if done.is_none() {
        runner.raise(Exit::Interrupted);
        // Once more interrupted, the rest of the teardown is given up.
        let due: Vec<_> = runner.ready.iter().filter(|ready| ready.teardown_due.get()).collect();
        for ready in due {
            interruptible(runner.teardown(ready))?;
        }
    }
    runner.tell(true)?;
    runner.bar.finish_and_clear();
    let (exit, fault) = (runner.exit.get(), runner.fault.take());
    match fault {
        Some(fault) => Err(fault),
        None => Ok(exit),
    }
}

struct Runner<'r> {
    args: &'r Test,
    ready: Vec<Ready<'r>>,
    bar: ProgressBar,
    next: Cell<usize>,
    /// How many suites were told of.
    told: Cell<usize>,
    bailed: Cell<bool>,
    exit: Cell<Exit>,
    /// What ends the run: nothing can be written any more.
    fault: RefCell<Option<Fault>>,
    schemas: RefCell<Schemas>,
    reports: RefCell<&'r mut Reports>,
    io: RefCell<&'r mut Io>,
}

impl Runner<'_> {
    fn raise(&self, exit: Exit) {
        self.exit.set(self.exit.get().max(exit));
    }

    /// Takes suites until none is left.
    fn work(&self) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(async {
            while let Some(ready) = self.ready.get(self.next.replace(self.next.get() + 1)) {
                let begun = Instant::now();
                self.suite(ready).await;
                ready.took.set(begun.elapsed());
                ready.finished.set(true);
                let done = self.keep(ready).and_then(|()| self.tell(false));
                if let Err(fault) = done {
                    self.bailed.set(true);
                    self.fault.borrow_mut().get_or_insert(fault);
                }
            }
        })
    }

    async fn suite(&self, ready: &Ready<'_>) {
        let Some(mut target) = ready.target.take() else { return };
        let suite = &ready.loaded.suite;
        ready.teardown_due.set(true);
        let shell = hooks::shell(ready.loaded, &self.io.borrow().env);
        let broken = hooks::run("setup", &suite.setup, false, &shell).await;
        let mut why = None;
        for broken in broken {
            let verdict = Verdict::Broken("setup", broken.message);
            self.add(ready, ready.result("setup", broken.span, "", verdict), Exit::Findings);
            why = Some("the setup failed");
        }
        let mut variables = suite.variables.clone();
        for at in ready.cases {
            let case = &suite.cases[*at];
            let skip = case.skip.clone();
            let not_run = why.or(self.bailed.get().then_some("a case before it failed (--bail)"));
            let skip = skip.or(not_run.map(|why| format!("not run: {why}")));
            if let Some(reason) = skip {
                self.add(ready, ready.of_case(case, Verdict::Skipped(reason)), Exit::Clean);
                continue;
            }
            let (result, exit) = self.case(ready, case, &mut target, &mut variables).await;
            if let Verdict::Broken("start", _) = result.verdict {
                why = Some("the function cannot be started");
            }
            self.add(ready, result, exit);
            if exit == Exit::Clean && self.args.fuzz.any() {
                self.besiege(ready, case, &mut target, &variables).await;
            }
        }
        target.close().await;
        self.teardown(ready).await;
    }

    async fn teardown(&self, ready: &Ready<'_>) {
        let shell = hooks::shell(ready.loaded, &self.io.borrow().env);
        let broken = hooks::run("teardown", &ready.loaded.suite.teardown, true, &shell).await;
        ready.teardown_due.set(false);
        for broken in broken {
            let verdict = Verdict::Broken("teardown", broken.message);
            self.add(ready, ready.result("teardown", broken.span, "", verdict), Exit::Findings);
        }
    }

    fn add(&self, ready: &Ready<'_>, result: CaseResult, exit: Exit) {
        self.raise(exit);
        if exit != Exit::Clean && self.args.bail {
            self.bailed.set(true);
        }
        ready.results.borrow_mut().push(result);
        self.bar.inc(1);
    }

    /// Sends the hostile variants of a case that is as expected.
    async fn besiege(&self, ready: &Ready<'_>, case: &Case, target: &mut Answering, variables: &Variables) {
        let Ok(step) = case.step(variables) else { return };
        let siege = Siege { ready, case, step: &step, flags: &self.args.fuzz, io: &self.io };
        match siege.lay(target).await {
            Ok(None) => {}
            Ok(Some((result, exit))) => self.add(ready, result, exit),
            Err(fault) => {
                let kind = if fault.network.is_some() { "network" } else { "start" };
                let verdict = Verdict::Broken(kind, fault.message);
                self.add(ready, ready.of_case(case, verdict), fault.exit);
            }
        }
    }

    /// Runs a case, again if it fails and the target is deployed.
    async fn case(
        &self,
        ready: &Ready<'_>,
        case: &Case,
        target: &mut Answering,
        variables: &mut Variables,
    ) -> (CaseResult, Exit) {
        let step = match case.step(variables) {
            Ok(step) => step,
            Err(mistake) => {
                let verdict = Verdict::Failed(vec![Failure::of(mistake)]);
                return (ready.of_case(case, verdict), Exit::Findings);
            }
        };
        let retries = if ready.loaded.suite.target.who.is_local() { 0 } else { self.args.retries };
        let mut tries = 1;
        loop {
            let (mut result, exit) = self.step(ready, case, &step, target, variables).await;
            if exit == Exit::Clean || tries > u32::from(retries) {
                result.tries = tries;
                return (result, exit);
            }
            tries += 1;
        }
    }

    async fn step(
        &self,
        ready: &Ready<'_>,
        case: &Case,
        step: &Step,
        target: &mut Answering,
        variables: &mut Variables,
    ) -> (CaseResult, Exit) {
        let broken = |kind, fault: Fault| {
            let hint = fault.hint.map(|hint| format!("\n  help: {hint}")).unwrap_or_default();
            let verdict = Verdict::Broken(kind, fault.message + &hint);
            (ready.of_case(case, verdict), fault.exit.max(Exit::Findings))
        };
        let asked = {
            let mut io = self.io.borrow_mut();
            question::question(&step.ask, ready.loaded, &ready.invoke, *io)
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(fault) => return broken("request", fault),
        };
        let sent = hidden::secrets_of(&asked, step);
        let reply = match target.ask(asked, (case, &step.ask), ready.loaded).await {
            Ok(reply) => reply,
            Err(fault) if fault.network.is_some() => return broken("network", fault),
            Err(fault) => return broken("start", fault),
        };
        let secrets = reply.secrets(&ready.invoke, *self.io.borrow());
        let secrets = if self.args.show_secrets { secrets } else { secrets.and(sent) };
        let answer = reply.answer();
        let (mut failures, taken) = self.check(ready, case, step, &answer, &secrets);
        for capture in &step.captures {
            match capture.take(&answer) {
                Ok(value) => variables.set(capture.name.as_str(), value),
                Err(why) => failures.push(Failure::captures_nothing(capture, why)),
            }
        }
        if failures.is_empty()
            && let Some(taken) = taken
            && ready.snapshots.borrow_mut().put(&case.name, taken)
        {
            ready.written.set(ready.written.get() + 1);
        }
        let exit = match (failures.is_empty(), &answer.failure) {
            (true, _) => Exit::Clean,
            (false, Some(_)) if !step.expectations.takes_trouble() => Exit::FunctionFailed,
            (false, _) => Exit::Findings,
        };
        failures.iter_mut().for_each(|failure| hidden::failure(failure, &secrets));
        let verdict_of_case = if exit == Exit::Clean { Verdict::Passed } else { Verdict::Failed(failures) };
        let result = CaseResult {
            response: reply.response().map(|response| hidden::response(response, &secrets)),
            took: answer.took,
            logs: answer.logs.iter().flatten().map(|line| secrets.text(line)).collect(),
            ..ready.of_case(case, verdict_of_case)
        };
        (result, exit)
    }

    /// What is not as expected, and the snapshot that was taken where one is to be written.
    fn check(
        &self,
        ready: &Ready<'_>,
        case: &Case,
        step: &Step,
        answer: &crate::suite::Answer,
        secrets: &Secrets,
    ) -> (Vec<Failure>, Option<Value>) {
        let mut taken = None;
        let directory = ready.loaded.directory.as_path();
        let mut schema = |name: &str| {
            let mut schemas = self.schemas.borrow_mut();
            let directory = absolute(&directory.join(".")).map_err(|fault| fault.message)?;
            schemas.ready(name, &directory, &directory).map_err(|fault| fault.message)
        };
        let mut snapshot = |mut value: Value| {
            secrets.everywhere(&mut value);
            if self.args.update {
                taken = Some(value.clone());
                return (value, taken.clone());
            }
            (value, ready.snapshots.borrow().get(&case.name).cloned())
        };
        let mut around = Around {
            case: case.span,
            schema: &mut schema,
            snapshot: &mut snapshot,
            redact: &ready.loaded.suite.redact,
        };
        let failures = step.expectations.check(answer, &mut around);
        (failures, taken)
    }

    /// Writes the snapshots of a suite that is over, if that is asked for.
    fn keep(&self, ready: &Ready<'_>) -> Result<(), Fault> {
        if !self.args.update {
            return Ok(());
        }
        let mut snapshots = ready.snapshots.borrow_mut();
        let cases = &ready.loaded.suite.cases;
        let dropped = snapshots.keep(&cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>());
        if ready.written.get() > 0 || dropped {
            kept::write(&ready.loaded.kept, &snapshots)?;
        }
        Ok(())
    }

    /// Tells of the suites that are over, in order; at the end of those too that were broken off.
    fn tell(&self, at_the_end: bool) -> Result<(), Fault> {
        let mut io = self.io.borrow_mut();
        let mut reports = self.reports.borrow_mut();
        while let Some(ready) = self.ready.get(self.told.get()) {
            let results = ready.results.borrow();
            if !ready.finished.get() && !at_the_end {
                break;
            }
            self.told.set(self.told.get() + 1);
            if results.is_empty() {
                continue;
            }
            let mut totals = Totals { snapshots: ready.written.get(), ..Totals::default() };
            results.iter().for_each(|result| totals.add(&result.verdict));
            let (key, value) = ready.loaded.suite.target.who.named();
            let run = SuiteRun {
                name: &ready.loaded.name,
                document: &ready.loaded.suite.document,
                target: format!("{key} {}", secret::hidden_url(value)),
                results: &results,
                totals,
                took: ready.took.get(),
            };
            self.bar.suspend(|| reports.suite(&run, *io))?;
        }
        Ok(())
    }
}
