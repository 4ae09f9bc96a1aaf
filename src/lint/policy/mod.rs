//! Is this policy, or what a template grants, what its author meant? Rules look at grants, at whole
//! policies and at templates; each check stands in the file of its rule.

mod cases;
mod grants;
mod source_arn;
mod spotted;
mod stated;

pub use cases::{PolicyCase, PolicyCheck, TemplateCase};
pub use grants::GrantCase;
pub use source_arn::SourceArn;
pub use spotted::{Mending, Spotted};
pub use stated::Stated;

use super::finding::{Document, Finding, Source};
use super::rules::{self, input};
use crate::json::{Lines, Mistake, Span, Text};
use crate::policy::{Carried, CarrierKind, policies};
use crate::template::{self, Given, Model, Template, TemplateKind};
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
    let (source, mut findings) = input::decode(document);
    if let Some(found) = findings.iter().find(|found| found.rule.code == input::NOT_UTF8.code) {
        let held = Held::Unreadable(found.message.clone());
        return JudgedPolicy { source, held, findings: Vec::new() };
    }
    let read = read(&source, given);
    let held = match read {
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
        let carried = policies(&text)?;
        if !carried.is_empty() {
            let findings = carried.iter().flat_map(|own| of_policy(own, given)).collect();
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
    let left_out = model.left_out.iter().map(|own| (own.span, own.message.clone())).collect();
    Ok((Held::Template(template.kind(), left_out), of_model(&model, given)))
}

/// What every rule finds in a policy.
pub fn of_policy(carried: &Carried<'_>, given: &Given) -> Vec<Finding> {
    let case = PolicyCase { carried };
    let grants: Vec<_> =
        GrantCase::of_policy(carried).into_iter().map(|own| own.within(None, given)).collect();
    run(|check| match check {
        PolicyCheck::Grant(check) => grants.iter().flat_map(check).collect(),
        PolicyCheck::Grants(check) => check(&grants),
        PolicyCheck::Policy(check) => check(&case),
        PolicyCheck::Template(_) => Vec::new(),
    })
}

/// What every rule finds in a template, or in what is deployed.
pub fn of_model(model: &Model, given: &Given) -> Vec<Finding> {
    let grants = model.grants.iter().map(|grant| GrantCase::of_grant(grant).within(Some(model), given));
    let grants: Vec<_> = grants.collect();
    let case = TemplateCase { model, given };
    run(|check| match check {
        PolicyCheck::Grant(check) => grants.iter().flat_map(check).collect(),
        PolicyCheck::Grants(check) => check(&grants),
        PolicyCheck::Policy(_) => Vec::new(),
        PolicyCheck::Template(check) => check(&case),
    })
}

fn run(spotted: impl Fn(&PolicyCheck) -> Vec<Spotted>) -> Vec<Finding> {
    let checks = rules::ALL.iter().filter_map(|rule| Some((*rule, rule.policy.as_ref()?)));
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
