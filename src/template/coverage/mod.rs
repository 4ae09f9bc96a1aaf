//! Which grants let which routes and authorizers of a template invoke their functions.
//!
//! What only the deployment knows stays open: a reference equals itself, the id of an API is never
//! that of another one, and where all depends on a value, the answer is *perhaps*.

mod beyond;
mod documents;
mod fit;
mod nearest;
mod offer;
pub(super) mod spelled;

pub use beyond::{Beyond, Wider};
pub use nearest::{Miss, MissReason};

use super::model::{Asking, Grant, Model, Origin, Presented, Target};
use super::named::Named;
use crate::gateway::{Flavor, Route, TEST_STAGE};
use documents::{Judge, Said};
use fit::Fit;
use offer::Offer;
use spelled::{References, Spelled};
use std::collections::{HashMap, HashSet};

/// What the grants of a template cover.
#[derive(Debug, Clone)]
pub struct Coverage<'m> {
    /// Every route of every stage, and every authorizer.
    pub rows: Vec<Row<'m>>,
    /// Every grant, in the order of [`Model::grants`].
    pub grants: Vec<Use<'m>>,
    model: &'m Model,
    references: References<'m>,
    /// What each row asks; `None` where no grant is asked.
    asked: Vec<Option<Asked>>,
    offers: Vec<Offer>,
}

/// A route in one stage or an authorizer, and what lets it invoke its function.
#[derive(Debug, Clone)]
pub struct Row<'m> {
    /// What is presented.
    pub presented: Presented<'m>,
    /// The function that it asks; `None` if it asks none.
    pub function: Option<Named>,
    /// Whether that function stands in this template: else its grants may stand elsewhere.
    pub is_here: bool,
    /// Whether it may invoke it.
    pub covered: Covered,
    /// The grants that let it, or perhaps do, as places in [`Model::grants`].
    pub by: Vec<usize>,
    /// The whole policies that let it, or perhaps do, as places in [`Model::policies`].
    pub by_policies: Vec<usize>,
    /// Whether they let it invoke the function from the console's test as well (P-013, P-014):
    /// `None` where there is no such test, or nothing covers the row.
    pub tests_in_console: Option<bool>,
}

/// Whether a row may invoke its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Covered {
    /// No grant is asked: a role invokes the function (P-029), or there is none.
    NotAsked,
    /// It is not deployed.
    NotDeployed,
    /// Nothing lets it.
    No,
    /// It depends on what only the deployment knows.
    Perhaps,
    /// It may.
    Yes,
}

impl Covered {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::NotDeployed => "not-deployed",
            Self::No => "no",
            Self::Perhaps => "perhaps",
            Self::Yes => "yes",
        }
    }
}

/// A grant and what it is good for.
#[derive(Debug, Clone)]
pub struct Use<'m> {
    /// The grant.
    pub grant: &'m Grant,
    /// The function that it is about.
    pub function: Named,
    /// The rows that it covers, or perhaps does, as places in [`Coverage::rows`].
    pub covers: Vec<usize>,
    /// Whether it is meant for API Gateway: by its principal, or by its source ARN where everybody
    /// may.
    pub is_for_api_gateway: bool,
    /// The whole policy that it is a statement of, as a place in [`Model::policies`].
    pub of_policy: Option<usize>,
}

/// What a row presents.
#[derive(Debug, Clone)]
struct Asked {
    named: Named,
    arn: Spelled,
    /// The account of the API (P-025).
    account: Spelled,
    /// What the console's test presents instead (P-013).
    test: Option<Spelled>,
}

/// Tries source ARNs on the rows of a template.
pub(super) struct Trial<'c, 'm> {
    coverage: &'c Coverage<'m>,
    references: References<'m>,
}

impl<'m> Coverage<'m> {
    /// The name of a function, if it is known.
    pub(super) fn name(&self, named: &Named) -> Option<&'m str> {
        let mut functions = self.model.functions.iter();
        let own = functions.find(|own| own.origin.logical_id == named.function)?;
        own.name.as_ref().filter(|name| !name.is_open()).map(|name| name.text())
    }

    /// Other source ARNs than those of the grants can be tried.
    pub(super) fn trial(&self) -> Trial<'_, 'm> {
        Trial { coverage: self, references: self.references.clone() }
    }
}

impl Trial<'_, '_> {
    /// Which of some rows a source ARN matches for sure, and which perhaps.
    pub(super) fn matched(&mut self, source_arn: &str, rows: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let wanted = fit::Wanted::new(self.references.spell(source_arn));
        let fits = |row: &usize| {
            let asked = self.coverage.asked.get(*row)?.as_ref()?;
            Some((*row, self.references.arn_like(&wanted, &asked.arn)))
        };
        let fits: Vec<_> = rows.iter().filter_map(fits).collect();
        let of = |wanted| fits.iter().filter(|(_, fit)| *fit == wanted).map(|(row, _)| *row).collect();
        (of(Fit::Yes), of(Fit::Perhaps))
    }
}

impl Model {
    /// Finds out which grants cover which routes and authorizers.
    pub fn coverage(&self) -> Coverage<'_> {
        let mut references = References::of(self);
        let here: HashSet<_> =
            self.functions.iter().map(|function| function.origin.logical_id.as_str()).collect();
        let (mut rows, mut asked) = (Vec::new(), Vec::new());
        for presented in self.apis.iter().flat_map(|api| api.presented()) {
            let own = Asked::of(self, &presented, &mut references);
            rows.push(Row::new(presented, own.as_ref(), &here));
            asked.push(own);
        }
        let offers: Vec<_> =
            self.grants.iter().map(|grant| Offer::of(self, grant, &mut references)).collect();
        let judges: Vec<_> =
            self.policies.iter().map(|policy| Judge::of(self, policy, &mut references)).collect();
        let grants =
            self.grants.iter().zip(&offers).map(|(grant, offer)| Use::new(self, grant, offer)).collect();
        let mut coverage = Coverage { rows, grants, model: self, references, asked, offers };
        coverage.decide(&judges);
        coverage
    }
}

impl Asked {
    fn of(model: &Model, presented: &Presented<'_>, references: &mut References<'_>) -> Option<Self> {
        let Target::Lambda { function, by_role: false } = presented.asking.target() else { return None };
        let arn = references.spell(presented.source_arn.as_deref()?);
        let parts = crate::policy::arn::split(&arn.text);
        let account = parts.map(|[.., account, _]| account).unwrap_or_default();
        let account = references.respell(account);
        let test = test_arn(presented).map(|test| references.spell(&test));
        Some(Self { named: model.named(function.text()), arn, account, test })
    }
}

/// The ARN that the console's test of a route of a REST API presents. Of a method that takes any
/// verb it presents the verb that was chosen (P-045).
fn test_arn(presented: &Presented<'_>) -> Option<String> {
    let Asking::Route(route) = presented.asking else { return None };
    if presented.api.flavor != Flavor::Rest {
        return None;
    }
    let chosen = match &route.route {
        Route::Path { method: None, template } => Route::of("GET", template),
        route => route.clone(),
    };
    let below = crate::gateway::arn::presented(&chosen);
    Some(format!("{}/{TEST_STAGE}/{below}", presented.api.arn))
}

impl<'m> Row<'m> {
    fn new(presented: Presented<'m>, asked: Option<&Asked>, here: &HashSet<&str>) -> Self {
        let function = asked.map(|asked| asked.named.clone());
        let is_out = |origin: &Origin| origin.deployed == Some(false);
        let covered = match &function {
            None => Covered::NotAsked,
            Some(_) if is_out(presented.asking.origin()) || is_out(&presented.api.origin) => {
                Covered::NotDeployed
            }
            Some(_) => Covered::No,
        };
        let is_here = function.as_ref().is_some_and(|named| here.contains(named.function.as_str()));
        let (by, by_policies) = (Vec::new(), Vec::new());
        Self { presented, function, is_here, covered, by, by_policies, tests_in_console: None }
    }

    /// Whether it stands under that condition.
    fn is_under(&self, condition: &str) -> bool {
        let origins = [self.presented.asking.origin(), &self.presented.api.origin];
        origins.iter().any(|origin| origin.condition.as_deref() == Some(condition))
    }
}

impl<'m> Use<'m> {
    fn new(model: &Model, grant: &'m Grant, offer: &Offer) -> Self {
        let id = grant.origin.logical_id.as_str();
        let of_policy = model.policies.iter().position(|policy| policy.origin.logical_id == id);
        let (function, is_for_api_gateway) = (offer.named.clone(), offer.is_for_api_gateway);
        Self { grant, function, covers: Vec::new(), is_for_api_gateway, of_policy }
    }
}

impl Coverage<'_> {
    /// The logical ids of what covers a row, or perhaps does; each once.
    pub fn ids(&self, row: &Row<'_>) -> Vec<&str> {
        let grants = row.by.iter().map(|at| self.grants[*at].grant.origin.logical_id.as_str());
        let policies = row.by_policies.iter().filter_map(|at| self.model.policies.get(*at));
        let mut ids: Vec<_> =
            grants.chain(policies.map(|policy| policy.origin.logical_id.as_str())).collect();
        let mut known = HashSet::new();
        ids.retain(|id| known.insert(*id));
        ids
    }

    fn decide(&mut self, judges: &[Judge]) {
        let mut by_function: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, offer) in self.offers.iter().enumerate().filter(|(_, offer)| offer.may_be_used()) {
            by_function.entry(offer.named.function.clone()).or_default().push(at);
        }
        for row in 0..self.rows.len() {
            if self.rows[row].covered != Covered::No {
                continue;
            }
            let Some(asked) = &self.asked[row] else { continue };
            let candidates = by_function.get(&asked.named.function).map_or(&[][..], Vec::as_slice);
            let fits: Vec<_> = candidates
                .iter()
                .map(|at| (*at, self.offers[*at].covers(asked, &self.rows[row], &self.references)))
                .filter(|(_, fit)| *fit > Fit::No)
                .collect();
            for (at, _) in &fits {
                self.grants[*at].covers.push(row);
            }
            let says =
                |judge: &Judge, allowed| judge.decide(asked, &self.rows[row], allowed, &self.references);
            let about = judges.iter().enumerate().filter(|(_, judge)| judge.is_about(asked));
            let said = about.map(|(at, judge)| {
                let own = fits.iter().filter(|(grant, _)| self.grants[*grant].of_policy == Some(at));
                (at, says(judge, own.map(|(_, fit)| *fit).max().unwrap_or(Fit::No)))
            });
            let verdict = Verdict::of(&fits, &self.grants, &said.collect::<Vec<_>>());
            let tests = asked.test.as_ref().filter(|_| verdict.fit > Fit::No).map(|test| {
                let alone = |at: &&usize| self.grants[**at].of_policy.is_none();
                let mut grants = candidates.iter().filter(alone).map(|at| &self.offers[*at]);
                let is_about = |offer: &Offer| offer.is_about(asked, &self.rows[row], &self.references);
                let tested = |offer: &Offer| offer.source(test, &self.references) == Fit::Yes;
                grants.any(|offer| is_about(offer) >= verdict.fit && tested(offer))
                    || verdict.by_policies.iter().any(|at| judges[*at].admits(asked, test))
            });
            let row = &mut self.rows[row];
            row.covered = match verdict.fit {
                Fit::No => Covered::No,
                Fit::Perhaps => Covered::Perhaps,
                Fit::Yes => Covered::Yes,
            };
            (row.by, row.by_policies, row.tests_in_console) = (verdict.by, verdict.by_policies, tests);
        }
    }
}

/// What all grants and policies of a function come to for one row.
struct Verdict {
    fit: Fit,
    by: Vec<usize>,
    by_policies: Vec<usize>,
}

impl Verdict {
    /// Of what each grant and each whole policy says.
    fn of(fits: &[(usize, Fit)], grants: &[Use<'_>], said: &[(usize, Said)]) -> Self {
        let nothing = Self { fit: Fit::No, by: Vec::new(), by_policies: Vec::new() };
        if said.iter().any(|(_, said)| *said == Said::Denied) {
            return nothing;
        }
        // Statements of a whole policy count as that policy decides.
        let alone = fits.iter().filter(|(at, _)| grants[*at].of_policy.is_none()).map(|(_, fit)| *fit);
        let fit = alone.chain(said.iter().map(|(_, said)| said.fit())).max().unwrap_or(Fit::No);
        if fit == Fit::No {
            return nothing;
        }
        let by_policies: Vec<_> =
            said.iter().filter(|(_, own)| own.fit() == fit).map(|(at, _)| *at).collect();
        let counts = |(at, own): &&(usize, Fit)| match grants[*at].of_policy {
            Some(policy) => by_policies.contains(&policy),
            None => *own == fit,
        };
        Self { fit, by: fits.iter().filter(counts).map(|(at, _)| *at).collect(), by_policies }
    }
}
