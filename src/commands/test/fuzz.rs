//! `--fuzz`: hostile requests beside those of a case, and the smallest of them that is too much for
//! the function.

use super::super::exit::{Exit, Fault};
use super::super::invoke::Question;
use super::super::io::Io;
use super::answering::Answering;
use super::plan::Dice;
use super::question;
use super::ready::Ready;
use crate::gateway::{Moment, Route};
use crate::http::Request;
use crate::import::curl::for_shell;
use crate::lint::fnv;
use crate::suite::hostile::{ALL, Hostile};
use crate::suite::{Ask, Case, CaseResult, Failure, Step, Verdict, Who};
use clap::Args;
use std::cell::RefCell;
use std::time::Instant;

/// Hostile requests.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Hostile requests")]
pub struct FuzzFlags {
    /// Also send N hostile variants of each request to the function, as events that AWS could send:
    /// without headers, oddly encoded, of other types. A function that fails, or whose result is
    /// refused, is a failure
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub fuzz: Option<u32>,
    /// The number that the choice of variants depends on
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    /// Send the variant with just these changes, as a failure of --fuzz names them
    #[arg(long, value_name = "CHANGE,…", value_delimiter = ',', value_parser = hostile)]
    pub hostile: Vec<&'static str>,
}

fn hostile(name: &str) -> Result<&'static str, String> {
    let names = || ALL.iter().map(|own| own.name);
    Hostile::find(name).map(|own| own.name).ok_or_else(|| match crate::lint::nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
    })
}

/// Changes that are made to one request.
type Round = Vec<&'static Hostile>;

/// The most troubles of a case that are told.
const MOST: usize = 5;

impl FuzzFlags {
    /// Whether hostile requests are sent.
    pub(super) fn any(&self) -> bool {
        self.fuzz.is_some() || !self.hostile.is_empty()
    }

    /// What is tried: each change alone, in an order that depends on the seed, then several at once.
    fn rounds(&self, case: &str) -> Vec<Round> {
        if !self.hostile.is_empty() {
            return vec![self.hostile.iter().filter_map(|name| Hostile::find(name)).collect()];
        }
        let wanted = usize::try_from(self.fuzz.unwrap_or_default()).unwrap_or_default();
        let mut dice = Dice(self.seed ^ fnv(case.bytes()));
        let mut alone: Vec<&Hostile> = ALL.iter().collect();
        dice.shuffle(&mut alone);
        let mut rounds: Vec<Round> = alone.into_iter().take(wanted).map(|own| vec![own]).collect();
        while rounds.len() < wanted {
            let many = 2 + dice.below(2);
            let mut round: Round = Vec::new();
            while round.len() < many {
                let own = &ALL[dice.below(ALL.len())];
                if !round.iter().any(|other| other.name == own.name) {
                    round.push(own);
                }
            }
            rounds.push(round);
        }
        rounds
    }
}

/// The hostile requests of a case.
pub(super) struct Siege<'s, 'io> {
    pub(super) ready: &'s Ready<'s>,
    pub(super) case: &'s Case,
    pub(super) step: &'s Step,
    pub(super) flags: &'s FuzzFlags,
    pub(super) io: &'s RefCell<&'io mut Io>,
}

/// What was too much for the function.
struct Trouble {
    exit: Exit,
    what: String,
}

impl Siege<'_, '_> {
    /// Sends them all; `None` where the case asks nothing that could be changed.
    ///
    /// # Errors
    /// A network that fails, and a function that cannot be started.
    pub(super) async fn lay(&self, target: &mut Answering) -> Result<Option<(CaseResult, Exit)>, Fault> {
        let Some((request, url)) = self.own_request()? else { return Ok(None) };
        let routes: Vec<_> =
            self.ready.invoke.call.api.routes.iter().filter_map(|text| Route::parse(text).ok()).collect();
        // What is too much for the function as it is, says nothing of changes.
        let Some(None) = self.ask(request.clone(), url.as_deref(), target).await? else { return Ok(None) };
        let begun = Instant::now();
        let (mut sent, mut worst) = (0, Exit::Clean);
        let mut told: Vec<(String, Failure)> = Vec::new();
        for round in self.flags.rounds(&self.case.name) {
            let Some(trouble) = self.send(&round, &request, url.as_deref(), &routes, target).await? else {
                continue;
            };
            sent += 1;
            let Some(trouble) = trouble else { continue };
            let (round, trouble) =
                self.smallest(round, trouble, &request, url.as_deref(), &routes, target).await?;
            worst = worst.max(trouble.exit);
            let names = round.iter().map(|own| own.name).collect::<Vec<_>>().join(",");
            if told.iter().any(|(own, _)| *own == names) {
                continue;
            }
            let about = round.iter().map(|own| own.about).collect::<Vec<_>>().join(", and ");
            let failure = Failure::found(self.case.span, format!("hostile request: {about}"), trouble.what);
            told.push((names, failure));
            if told.len() >= MOST {
                break;
            }
        }
        let notes = told.iter().map(|(names, _)| self.again(names)).collect();
        let verdict = match told.is_empty() {
            true => Verdict::Passed,
            false => Verdict::Failed(told.into_iter().map(|(_, failure)| failure).collect()),
        };
        let name = format!("{}: {}", self.case.name, crate::report::human::counted(sent, "hostile request"));
        let result = self.ready.result(&name, self.case.span, &self.case.title, verdict);
        Ok(Some((CaseResult { took: begun.elapsed(), notes, ..result }, worst)))
    }

    /// The request of the case, for functions.
    fn own_request(&self) -> Result<Option<(Request, Option<String>)>, Fault> {
        let is_event = matches!(self.step.ask, Ask::File(..) | Ask::Event(..));
        if is_event || self.ready.invoke.endpoint.url.is_some() {
            return Ok(None);
        }
        let mut io = self.io.borrow_mut();
        let asked = question::question(&self.step.ask, self.ready.loaded, &self.ready.invoke, *io)?;
        match asked {
            // Through the gateway of a template.
            Question::Request(_) => question::request(&self.step.ask, self.ready.loaded, *io).map(Some),
            Question::Event(case) if case.moment == Moment::Request && case.front.authorizer().is_none() => {
                question::request(&self.step.ask, self.ready.loaded, *io).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Sends a variant; nothing if there is nothing to send, and nothing inside of that if it is
    /// answered well.
    async fn send(
        &self,
        round: &[&'static Hostile],
        request: &Request,
        url: Option<&str>,
        routes: &[Route],
        target: &mut Answering,
    ) -> Result<Option<Option<Trouble>>, Fault> {
        let changed = round.iter().fold((request.clone(), false), |(request, any), hostile| {
            match hostile.apply(&request, routes) {
                Some(changed) => (changed, true),
                None => (request, any),
            }
        });
        match changed {
            (changed, true) => self.ask(changed, url, target).await,
            (_, false) => Ok(None),
        }
    }

    /// Sends a request; see [`Self::send`].
    async fn ask(
        &self,
        changed: Request,
        url: Option<&str>,
        target: &mut Answering,
    ) -> Result<Option<Option<Trouble>>, Fault> {
        let made = {
            let mut io = self.io.borrow_mut();
            match self.ready.loaded.suite.target.who {
                Who::Template(_) => question::completed(changed, &self.ready.invoke, *io)
                    .map(|request| Question::Request(Box::new(request))),
                _ => question::made(&self.step.ask, changed, url, &self.ready.invoke, *io),
            }
        };
        // What the model takes for no request of this front end is not sent.
        let Ok(question) = made else { return Ok(None) };
        if matches!(&question, Question::Event(case) if case.event.is_err()) {
            return Ok(None);
        }
        let reply = target.ask(question, (self.case, &self.step.ask), self.ready.loaded).await?;
        let answer = reply.answer();
        let secrets = reply.secrets(&self.ready.invoke, *self.io.borrow());
        let trouble = match (&answer.failure, answer.refused, answer.notices.first()) {
            (Some(failure), ..) => Some(Trouble {
                exit: Exit::FunctionFailed,
                what: format!("the function fails with {}: {}", failure.error_type, failure.message),
            }),
            (None, Some(true), notice) if answer.unroutable.is_none() => Some(Trouble {
                exit: Exit::Findings,
                what: format!(
                    "the gateway refuses the result: {}",
                    notice.map(ToString::to_string).unwrap_or_default()
                ),
            }),
            _ => None,
        };
        Ok(Some(trouble.map(|own| Trouble { what: secrets.text(&own.what), ..own })))
    }

    /// One change alone, where that is too much already.
    async fn smallest(
        &self,
        round: Round,
        trouble: Trouble,
        request: &Request,
        url: Option<&str>,
        routes: &[Route],
        target: &mut Answering,
    ) -> Result<(Round, Trouble), Fault> {
        if round.len() > 1 && self.flags.hostile.is_empty() {
            for own in &round {
                if let Some(Some(trouble)) = self.send(&[own], request, url, routes, target).await? {
                    return Ok((vec![own], trouble));
                }
            }
        }
        Ok((round, trouble))
    }

    /// The command that shows it again.
    fn again(&self, names: &str) -> String {
        let (file, filter) = (&self.ready.loaded.words, for_shell(&self.case.name));
        let found = match self.flags.fuzz {
            Some(many) => format!("  # found by --fuzz {many} --seed {}", self.flags.seed),
            None => String::new(),
        };
        format!("again: apigw test {file} --filter {filter} --hostile {names}{found}")
    }
}
