//! Is this policy, or what a template grants, what its author meant? Rules look at grants, at whole
//! policies and at templates; each check stands in the file of its rule.

mod authorizer;
mod cases;
mod grant_text;
mod grants;
mod source_arn;
mod spotted;
mod stated;
mod target;

pub use cases::{PolicyCase, PolicyCheck, TemplateCase, holds_without_key};
pub use grant_text::{GrantForm, GrantText};
pub use grants::GrantCase;
pub use source_arn::SourceArn;
pub use spotted::{Mending, Spotted};
pub use stated::Stated;
pub use target::{of_no_call, template as path_template};

use super::finding::{Document, Finding, Source};
use super::rules::{self, input};
use crate::json::{Lines, Mistake, Span, Text};
use crate::policy::{Carried, CarrierKind, policies};
use crate::template::{self, Breadth, Covered, Given, Grant, Model, Template, TemplateKind};
use std::collections::HashSet;

/// A judged policy or template.
#[derive(Debug, Clone)]
pub struct JudgedPolicy {
    /// The text that the findings point into.
    pub source: Source,
    /// What it holds.
    pub held: Held,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

/// What a text holds.
#[derive(Debug, Clone)]
pub enum Held {
    /// Policies: what holds each, and a JSON pointer to it.
    Policies(Vec<(CarrierKind, String)>),
    /// A template, with what of it was not understood: where, and the words.
    Template(TemplateKind, Vec<(Span, String)>),
    /// No policy and no template.
    Nothing,
    /// It cannot be read: why, and where.
    Unreadable(String),
}

impl Held {
    /// Whether it is a policy or a template, and all of it was understood.
    pub fn is_understood(&self) -> bool {
        match self {
            Self::Policies(_) => true,
            Self::Template(_, left_out) => left_out.is_empty(),
            Self::Nothing | Self::Unreadable(_) => false,
        }
    }
}

/// Judges the bytes of a text that holds policies or is a template; `given` is what is known of the
/// deployment.
pub fn judge_policy(document: &Document<'_>, given: &Given) -> JudgedPolicy {
    judge(document, |source| read(source, given))
}

/// Judges the policy of a function as AWS has it, and what invokes that function: `model` makes both
/// one of the text of the policy.
pub fn judge_deployed(
    document: &Document<'_>,
    given: &Given,
    model: impl FnOnce(&str) -> Result<Model, Mistake>,
) -> JudgedPolicy {
    judge(document, |source| {
        let text = Text::parse(&*source.name, &*source.text)
            .map_err(|error| Mistake::new(error.span, error.kind.to_string()))?;
        let carried = policies(&text)?;
        let model = model(&source.text)?;
        // A function without a policy is shown as one without statements.
        let stated = carried.iter().filter(|own| !own.document.statements.is_empty());
        let mut findings: Vec<_> = stated.flat_map(|own| of_policy(own, Some(&model), given)).collect();
        extend(&mut findings, of_routes(&model, given));
        Ok((held(&model), findings))
    })
}

fn judge(
    document: &Document<'_>,
    read: impl FnOnce(&Source) -> Result<(Held, Vec<Finding>), Mistake>,
) -> JudgedPolicy {
    let (source, mut findings) = input::decode(document);
    if let Some(found) = findings.iter().find(|found| found.rule.code == input::NOT_UTF8.code) {
        let held = Held::Unreadable(found.message.clone());
        return JudgedPolicy { source, held, findings: Vec::new() };
    }
    let held = match read(&source) {
        Ok((held, found)) => {
            findings.extend(found);
            findings.sort_by_key(|finding| finding.span.start);
            held
        }
        Err(mistake) => {
            findings.clear();
            Held::Unreadable(in_words(&source, &mistake))
        }
    };
    JudgedPolicy { source, held, findings }
}

/// A policy in JSON, else a template.
fn read(source: &Source, given: &Given) -> Result<(Held, Vec<Finding>), Mistake> {
    if let Ok(text) = Text::parse(&*source.name, &*source.text) {
        if authorizer::is_result(&text) {
            return Ok(of_result(&text, given));
        }
        let carried = policies(&text)?;
        if !carried.is_empty() {
            let findings = carried.iter().flat_map(|own| of_policy(own, None, given)).collect();
            let held = carried.iter().map(|carried| (carried.kind, carried.at.to_string()));
            return Ok((Held::Policies(held.collect()), findings));
        }
    }
    let document = template::Document::parse(&*source.name, &*source.text)?;
    if !Template::is_one(&document) {
        return Ok((Held::Nothing, Vec::new()));
    }
    let template = Template::of(document)?;
    let model = template.read(given)?;
    Ok((held(&model), of_model(&model, given)))
}

fn held(model: &Model) -> Held {
    let left_out = model.left_out.iter().map(|own| (own.span, own.message.clone()));
    Held::Template(model.kind, left_out.collect())
}

/// The result of an authorizer, whether it has a policy or not.
fn of_result(text: &Text, given: &Given) -> (Held, Vec<Finding>) {
    // What is wrong with a policy that cannot be read is found below.
    let carried = policies(text).unwrap_or_default();
    let mut findings = authorizer::findings(text, &carried);
    findings.extend(carried.iter().flat_map(|own| of_policy(own, None, given)));
    let at = carried.first().map(|carried| carried.at.to_string()).unwrap_or_default();
    (Held::Policies(vec![(CarrierKind::AuthorizerResult, at)]), findings)
}

/// What every rule finds in a policy; `model` is what is deployed beside it, where that is known.
pub fn of_policy(carried: &Carried<'_>, model: Option<&Model>, given: &Given) -> Vec<Finding> {
    let case = PolicyCase { carried, api: None };
    let grants: Vec<_> =
        GrantCase::of_policy(carried).into_iter().map(|own| own.within(model, given)).collect();
    run(|check| match check {
        PolicyCheck::Grant(check) => grants.iter().flat_map(check).collect(),
        PolicyCheck::Grants(check) => check(&grants),
        PolicyCheck::Policy(check) => check(&case),
        PolicyCheck::Template(_) | PolicyCheck::Each(_) => Vec::new(),
    })
}

/// What every rule finds in a template.
pub fn of_model(model: &Model, given: &Given) -> Vec<Finding> {
    // The statements of a whole policy are looked at in that policy, where each part has its place.
    let whole =
        |grant: &&Grant| model.policies.iter().any(|own| own.origin.logical_id == grant.origin.logical_id);
    let of_functions = model.policies.iter().map(|own| PolicyCase { carried: &own.policy, api: None });
    let of_apis = model.api_policies.iter();
    let of_apis = of_apis.map(|own| PolicyCase { carried: &own.policy, api: model.api(&own.api) });
    let policies: Vec<_> = of_functions.chain(of_apis).collect();
    let grants = model.grants.iter().filter(|grant| !whole(grant)).map(GrantCase::of_grant);
    let grants = grants.chain(policies.iter().flat_map(|case| GrantCase::of_policy(case.carried)));
    let grants: Vec<_> = grants.map(|own| own.within(Some(model), given)).collect();
    let mut findings = run(|check| match check {
        PolicyCheck::Grant(check) => grants.iter().flat_map(check).collect(),
        PolicyCheck::Grants(check) => check(&grants),
        PolicyCheck::Policy(check) => policies.iter().flat_map(check).collect(),
        PolicyCheck::Template(_) | PolicyCheck::Each(_) => Vec::new(),
    });
    extend(&mut findings, of_routes(model, given));
    if model.kind == TemplateKind::Terraform {
        // A program writes plans and states: what they say is mended in the configuration.
        findings.iter_mut().for_each(|finding| finding.edits.clear());
    }
    findings
}

/// What the rules find that look at grants and routes together.
fn of_routes(model: &Model, given: &Given) -> Vec<Finding> {
    let coverage = model.coverage();
    let nearest: Vec<_> = (0..coverage.rows.len()).map(|row| coverage.nearest(row)).collect();
    let is_missing = coverage.rows.iter().any(|row| row.covered == Covered::No);
    let suggested = if is_missing { coverage.suggest(Breadth::Route) } else { Vec::new() };
    let case = TemplateCase { model, coverage: &coverage, nearest: &nearest, suggested: &suggested, given };
    run(|check| match check {
        PolicyCheck::Template(check) => check(&case),
        _ => Vec::new(),
    })
}

/// Adds what is found of grants and routes together, unless a rule has that place from a grant alone.
fn extend(findings: &mut Vec<Finding>, more: Vec<Finding>) {
    let place = |own: &Finding| (own.rule.code, own.span.start, own.span.end);
    let known: HashSet<_> = findings.iter().map(place).collect();
    findings.extend(more.into_iter().filter(|own| !known.contains(&place(own))));
}

fn run(spotted: impl Fn(&PolicyCheck) -> Vec<Spotted>) -> Vec<Finding> {
    let checks = rules::ALL.iter().filter_map(|rule| Some((*rule, rule.policy.as_ref()?)));
    let spotted = |check: &PolicyCheck| check.parts().iter().flat_map(&spotted).collect();
    checks.flat_map(|(rule, check)| once(spotted(check)).map(|own| own.finding(rule))).collect()
}

/// Each case once: a statement of several principals and sources is a grant for each of them.
fn once(spotted: Vec<Spotted>) -> impl Iterator<Item = Spotted> {
    let mut seen = HashSet::new();
    spotted.into_iter().filter(move |own| seen.insert(own.place()))
}

fn in_words(source: &Source, mistake: &Mistake) -> String {
    let place = source.place(&Lines::new(&source.text), mistake.span.start);
    let hint = mistake.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("{}:{}:{}: {}{hint}", source.name, place.line, place.column, mistake.message)
}
