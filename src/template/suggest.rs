//! The fewest grants that let every route and authorizer of a template invoke its function.

use super::coverage::spelled::replaced;
use super::coverage::{Coverage, Covered, Row, Trial};
use super::model::{Api, Asking, Target};
use super::named::Named;
use super::stored::{self, BYTES_AROUND};
use crate::gateway::{Route, arn};
use crate::policy::Caller;
use crate::policy::arn::split;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How many bytes the policy of a function may have (P-096).
pub const MAX_POLICY_BYTES: usize = 20_480;

/// How far a grant may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Breadth {
    /// The routes of the function only.
    Route,
    /// Every route with that method in that stage.
    Method,
    /// Every route in that stage.
    Stage,
    /// Every route of the API.
    Api,
}

/// What to grant on one function, or on one alias or version of it.
#[derive(Debug, Clone)]
pub struct Suggestion<'m> {
    /// The function.
    pub function: Named,
    /// The function as the first integration names it.
    pub text: &'m str,
    /// Its name, if it is known.
    pub name: Option<&'m str>,
    /// The grants.
    pub grants: Vec<SuggestedGrant<'m>>,
}

/// One grant.
#[derive(Debug, Clone)]
pub struct SuggestedGrant<'m> {
    /// The API.
    pub api: &'m Api,
    /// An id for the statement: letters, digits and hyphens (P-083), each once in a policy.
    pub statement_id: String,
    /// The source ARN.
    pub source_arn: String,
    /// The rows that it covers, as places in [`Coverage::rows`].
    pub covers: Vec<usize>,
}

impl<'m> Coverage<'m> {
    /// The fewest grants that cover every row which is asked for one and deployed, and reach no
    /// further than the breadth.
    ///
    /// A method that takes any verb is written as `*` (P-046); where that would let in a route of
    /// another function, as `ANY`. Several stages are one `*` where that lets in no such route. The
    /// id of an authorizer that no reference names is `*`.
    pub fn suggest(&self, breadth: Breadth) -> Vec<Suggestion<'m>> {
        let mut trial = self.trial();
        let mut groups: Vec<(&Named, Vec<usize>)> = Vec::new();
        let mut known = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(named) = row.function.as_ref().filter(|_| row.covered != Covered::NotDeployed) else {
                continue;
            };
            let group = *known.entry(named).or_insert_with(|| {
                groups.push((named, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(at);
        }
        let suggestion = |(named, rows): (&Named, Vec<usize>)| {
            let text = rows.first().and_then(|row| self.function_text(*row)).unwrap_or_default();
            let grants = self.fewest(breadth, named, &rows, &mut trial);
            Suggestion { function: named.clone(), text, name: self.name(named), grants }
        };
        groups.into_iter().map(suggestion).collect()
    }

    fn function_text(&self, row: usize) -> Option<&'m str> {
        match self.rows[row].presented.asking {
            Asking::Route(route) => lambda(&route.target),
            Asking::Authorizer(authorizer) => lambda(&authorizer.target),
        }
    }

    fn fewest(
        &self,
        breadth: Breadth,
        named: &Named,
        rows: &[usize],
        trial: &mut Trial<'_, 'm>,
    ) -> Vec<SuggestedGrant<'m>> {
        let others: Vec<_> = self.others(named);
        let mut grants: Vec<SuggestedGrant<'m>> = Vec::new();
        let mut known = HashSet::new();
        for row in rows.iter().map(|row| &self.rows[*row]) {
            let api = row.presented.api;
            let choices: Vec<_> =
                choices(row, breadth).iter().map(|below| format!("{}/{below}", api.arn)).collect();
            // The first choice that lets in nobody else's route; the last one reaches least.
            let lets_in = |arn: &String, trial: &mut Trial<'_, 'm>| {
                let (surely, perhaps) = trial.matched(arn, &others);
                !surely.is_empty() || !perhaps.is_empty()
            };
            let last = choices.len().saturating_sub(1);
            let free = choices[..last].iter().position(|arn| arn.contains('*') && !lets_in(arn, trial));
            let Some(source_arn) = choices.into_iter().nth(free.unwrap_or(last)) else { continue };
            if known.insert(source_arn.clone()) {
                let (covers, _) = trial.matched(&source_arn, rows);
                grants.push(SuggestedGrant { api, statement_id: String::new(), source_arn, covers });
            }
        }
        let mut grants = without_needless(grants);
        name_statements(&mut grants);
        grants
    }

    /// The rows that ask other functions.
    fn others(&self, named: &Named) -> Vec<usize> {
        let is_other =
            |row: &Row<'_>| row.function.as_ref().is_some_and(|own| own.function != named.function);
        (0..self.rows.len()).filter(|at| is_other(&self.rows[*at])).collect()
    }
}

impl Suggestion<'_> {
    /// How many bytes the policy with these grants has as Lambda stores it (P-091, P-092), and
    /// whether that is estimated: with long values in place of what only the deployment knows.
    pub fn policy_bytes(&self) -> (usize, bool) {
        let is_open = self.grants.iter().any(|grant| grant.source_arn.contains("${"))
            || (self.name.is_none() && self.text.contains("${"));
        let bytes = self.grants.iter().map(|grant| self.statement(grant).to_string().len());
        (BYTES_AROUND + bytes.sum::<usize>() + self.grants.len().saturating_sub(1), is_open)
    }

    fn statement(&self, grant: &SuggestedGrant<'_>) -> Value {
        let stand_in = |text: &str, length| replaced(text, |name| stand_in(name, length));
        let source_arn = stand_in(&grant.source_arn, API_ID);
        let is_arn = self.text.starts_with("arn:") && !self.text.contains("${");
        let function = match split(&source_arn) {
            Some([_, partition, _, region, account, _]) if !is_arn => {
                let name =
                    self.name.map_or_else(|| format!("${{{}}}", self.function.function), str::to_owned);
                let qualifier = self.function.qualifier.as_deref().map(|own| format!(":{own}"));
                let name = stand_in(&(name + &qualifier.unwrap_or_default()), MAX_FUNCTION_NAME);
                format!("arn:{partition}:lambda:{region}:{account}:function:{name}")
            }
            _ => self.text.to_owned(),
        };
        let who = (Caller::API_GATEWAY, Caller::INVOKES);
        stored::statement(&grant.statement_id, who, &function, (Some(&source_arn), None))
    }
}

/// How long the name of a function may be.
const MAX_FUNCTION_NAME: usize = 64;

/// How long the ids of APIs are.
const API_ID: usize = 10;

/// Something as long as what a reference may stand for.
fn stand_in(name: &str, length: usize) -> String {
    match name {
        "AWS::Partition" => "aws".to_owned(),
        "AWS::Region" => "ap-southeast-2".to_owned(),
        "AWS::AccountId" => "0".repeat(12),
        name if name.ends_with(".execution_arn") => {
            format!("arn:aws:execute-api:ap-southeast-2:{}:{}", "0".repeat(12), "x".repeat(API_ID))
        }
        _ => "x".repeat(length),
    }
}

fn lambda(target: &Target) -> Option<&str> {
    match target {
        Target::Lambda { function, .. } => Some(function.text()),
        Target::Other => None,
    }
}

/// What may stand behind the ARN of the API in a grant for a row; the last choice reaches least.
fn choices(row: &Row<'_>, breadth: Breadth) -> Vec<String> {
    let api = row.presented.api;
    let route = match row.presented.asking {
        _ if breadth == Breadth::Api => return vec!["*".to_owned()],
        Asking::Route(route) => &route.route,
        Asking::Authorizer(authorizer) => {
            // Only an authorizer that is a resource has an id that can be referred to.
            let is_made_up = authorizer.id.text().ends_with(".AuthorizerId}");
            let id = if is_made_up { "*" } else { authorizer.id.text() };
            return vec![format!("authorizers/{id}")];
        }
    };
    let own = row.presented.stage.as_deref().filter(|_| !api.stages.is_empty()).unwrap_or("*");
    let stages: &[&str] = if api.stages.len() > 1 { &["*", own] } else { &[own] };
    let below = match (breadth, route) {
        (Breadth::Stage, _) => return vec![format!("{own}/*")],
        (Breadth::Method, Route::Path { method: Some(method), .. }) => vec![format!("{method}/*")],
        (_, Route::Path { method: None, .. }) => {
            let any = arn::presented(route);
            vec![any.replacen("ANY", "*", 1), any]
        }
        _ => vec![arn::presented(route)],
    };
    stages.iter().flat_map(|stage| below.iter().map(move |below| format!("{stage}/{below}"))).collect()
}

/// The grants without those whose rows others cover.
fn without_needless(mut grants: Vec<SuggestedGrant<'_>>) -> Vec<SuggestedGrant<'_>> {
    let mut times: HashMap<usize, usize> = HashMap::new();
    for row in grants.iter().flat_map(|grant| &grant.covers) {
        *times.entry(*row).or_default() += 1;
    }
    let mut order: Vec<_> = (0..grants.len()).collect();
    order.sort_by_key(|at| grants[*at].covers.len());
    let mut needless = HashSet::new();
    for at in order {
        if grants[at].covers.iter().all(|row| times.get(row).is_some_and(|times| *times > 1)) {
            grants[at].covers.iter().for_each(|row| *times.entry(*row).or_default() -= 1);
            needless.insert(at);
        }
    }
    let mut at = 0;
    grants.retain(|_| {
        at += 1;
        !needless.contains(&(at - 1))
    });
    grants
}

/// As long as a statement id may be (P-083).
const MAX_STATEMENT_ID: usize = 100;

/// Gives each grant an id of its own, made of what it is for.
fn name_statements(grants: &mut [SuggestedGrant<'_>]) {
    let mut taken = HashSet::new();
    for grant in grants {
        let below = grant.source_arn.strip_prefix(grant.api.arn.text()).unwrap_or_default();
        let words = below.replace('*', "any");
        let words: Vec<_> =
            words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut id = format!("apigw-{}", words.join("-"));
        id.truncate(MAX_STATEMENT_ID - "-9999".len());
        let mut number = 1;
        let own = id.clone();
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{own}-{number}");
        }
        grant.statement_id = id;
    }
}
