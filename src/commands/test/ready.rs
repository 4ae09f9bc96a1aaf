//! A suite whose target was found.

use super::super::exit::Fault;
use super::super::invoke::Invoke;
use super::super::io::Io;
use super::Test;
use super::answering::{self, Answering};
use super::load::Loaded;
use super::question;
use crate::json::Span;
use crate::suite::{Ask, Case, CaseResult, RequestAsk, Snapshots, Verdict, Who};
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// A suite that is ready to run.
pub(super) struct Ready<'s> {
    pub(super) loaded: &'s Loaded,
    pub(super) cases: &'s [usize],
    pub(super) invoke: Invoke,
    pub(super) target: RefCell<Option<Answering>>,
    pub(super) results: RefCell<Vec<CaseResult>>,
    pub(super) snapshots: RefCell<Snapshots>,
    pub(super) written: Cell<usize>,
    pub(super) teardown_due: Cell<bool>,
    pub(super) finished: Cell<bool>,
    pub(super) took: Cell<Duration>,
}

impl<'s> Ready<'s> {
    pub(super) fn find(
        loaded: &'s Loaded,
        cases: &'s [usize],
        args: &Test,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        let invoke = question::invocation(loaded, args.show_secrets);
        let at = loaded.place(loaded.suite.target.span.start);
        let target = match &loaded.suite.target.who {
            Who::Template(file) => {
                let found = answering::template(file, loaded, cases, io)?;
                found.map(|apis| Answering::Template(Box::new(apis)))
            }
            _ => {
                let first = question::question(&Ask::Request(RequestAsk::default()), loaded, &invoke, io);
                let first = first.map_err(|fault| fault.of(&at))?;
                let target = question::find(&invoke, &first, io).map_err(|fault| fault.of(&at))?;
                target.map(|target| Answering::One(Box::new(target)))
            }
        };
        Ok(target.map(|target| Self {
            loaded,
            cases,
            invoke,
            target: RefCell::new(Some(target)),
            results: RefCell::default(),
            snapshots: RefCell::new(loaded.snapshots.clone()),
            written: Cell::new(0),
            teardown_due: Cell::new(false),
            finished: Cell::new(false),
            took: Cell::new(Duration::ZERO),
        }))
    }

    /// A result of the suite that has nothing of an answer.
    pub(super) fn result(&self, name: &str, span: Span, asked: &str, verdict: Verdict) -> CaseResult {
        CaseResult {
            name: name.to_owned(),
            span,
            verdict,
            asked: asked.to_owned(),
            response: None,
            took: Duration::ZERO,
            tries: 1,
            logs: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn of_case(&self, case: &Case, verdict: Verdict) -> CaseResult {
        self.result(&case.name, case.span, &case.title, verdict)
    }
}
