//! The examples of rules at work: judged as a user's file would be, so that what is said about a
//! rule is what it does.

use super::advice::Expected;
use super::event::EventFlavor;
use super::event::judge_event;
use super::finding::{Document, Finding};
use super::judge::{Judged, judge};
use super::rule::{Example, Rule, Subject};
use crate::gateway::{Api, AuthorizerKind, Evidence, Exchange, Flavor, Front, Outcome, Stamp};
use crate::http::Request;
use serde_json::Value;

/// What an example shows when it is judged.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What is found in it.
    pub findings: Vec<Finding>,
    /// What the caller gets; `None` for an event.
    pub outcome: Option<Outcome>,
}

/// A fact behind a rule, and how well it is known, where an example of the rule or the model says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The fact's number.
    pub fact: &'static str,
    /// How well it is known.
    pub evidence: Option<Evidence>,
}

impl Example {
    /// Judges it.
    pub fn shown(&self) -> Shown {
        if let Some(findings) = self.event_findings() {
            return Shown { findings, outcome: None };
        }
        let Judged { findings, outcome, .. } = self.judged();
        Shown { findings, outcome: Some(outcome) }
    }

    /// The result that it shows, as an answer to a GET of the root.
    fn judged(&self) -> Judged {
        let mut api = Api::new(self.front.flavor());
        api.binary_media_types = self.binary_media_types.iter().map(|entry| (*entry).to_owned()).collect();
        api.streaming = self.streaming;
        let mut request = Request::new("GET", api.prefix() + "/");
        if let Some(protocols) = self.subprotocols {
            request.headers.append("Sec-WebSocket-Protocol", protocols);
        }
        if let Some(accept) = self.accept {
            request.headers.append("Accept", accept);
        }
        let stamp = Stamp::default();
        let exchange = Exchange { api: &api, request: &request, stamp: &stamp, moment: self.moment };
        let document = Document::whole("example.json", self.result.as_bytes());
        judge(&document, self.front, &exchange, &Expected::default())
    }

    /// The findings of an example about events; its part is put into the example of the flavour's
    /// schema.
    fn event_findings(&self) -> Option<Vec<Finding>> {
        let (name, text) = match self.is {
            Subject::Result => return None,
            Subject::Event(name) => (name, self.result.to_owned()),
            Subject::PartOfEvent(name) => {
                let mut event = EventFlavor::from_name(name)?.example();
                put(&mut event, &serde_json::from_str(self.result).unwrap_or_default());
                (name, event.to_string())
            }
        };
        let document = Document::whole("event.json", text.as_bytes());
        Some(judge_event(&document, EventFlavor::from_name(name)).findings)
    }
}

/// Puts the members of a part into an event, one level after the other.
fn put(event: &mut Value, part: &Value) {
    match (event, part) {
        (Value::Object(members), Value::Object(parts)) if !parts.is_empty() => {
            for (key, part) in parts {
                put(members.entry(key.clone()).or_insert(Value::Null), part);
            }
        }
        (event, part) => *event = part.clone(),
    }
}

impl Rule {
    /// The facts behind it, the best known first.
    pub fn known(&self) -> Vec<Known> {
        let shown: Vec<Finding> = self.bad.iter().flat_map(|example| example.shown().findings).collect();
        let own = |finding: &&Finding| finding.rule.code == self.code;
        let of_examples = |fact: &str| {
            let cites = |finding: &&Finding| finding.facts.iter().any(|own| own == fact);
            shown.iter().filter(own).filter(cites).map(|finding| finding.evidence).max()
        };
        let of_the_model =
            |fact: &str| of_the_model().find(|(own, _)| *own == fact).map(|(_, evidence)| evidence);
        let evidence = |fact: &str| of_examples(fact).or_else(|| of_the_model(fact));
        let mut known: Vec<_> =
            self.facts.iter().map(|fact| Known { fact, evidence: evidence(fact) }).collect();
        known.sort_by_key(|known| std::cmp::Reverse(known.evidence));
        known
    }

    /// The line in the logs for an example that is refused.
    fn logged(&self, example: &Example) -> Option<&'static str> {
        let shown = example.shown();
        let own = |finding: &Finding| finding.rule.code == self.code && finding.refuses;
        let outcome = shown.outcome.filter(|outcome| outcome.refused && shown.findings.iter().any(own))?;
        self.log.or_else(|| example.front.log_of(&outcome.response?))
    }

    /// What tells of it in the logs: each line with the front ends that write it, as far as the
    /// examples that are refused show them.
    pub fn logs(&self) -> Vec<(Vec<Front>, &'static str)> {
        let mut logs: Vec<(Vec<Front>, &'static str)> = Vec::new();
        for example in self.bad {
            let Some(line) = self.logged(example) else { continue };
            match logs.iter_mut().find(|(_, own)| *own == line) {
                Some((fronts, _)) if fronts.contains(&example.front) => {}
                Some((fronts, _)) => fronts.push(example.front),
                None => logs.push((vec![example.front], line)),
            }
        }
        if let (Some(line), true) = (self.log, logs.is_empty()) {
            logs.push((Vec::new(), line));
        }
        logs
    }
}

/// The facts that the tables of flavours and of authorizers know the strength of.
fn of_the_model() -> impl Iterator<Item = (&'static str, Evidence)> {
    let flavours = Flavor::ALL.into_iter().flat_map(|flavor| {
        let facts = flavor.facts();
        [facts.failure_is_known, facts.too_large_is_known, facts.garbage_is_known]
    });
    let authorizers = AuthorizerKind::ALL.into_iter().flat_map(|kind| {
        let facts = kind.facts();
        [facts.failure_is_known, facts.denial_is_known].into_iter().chain(facts.cache_is_known)
    });
    flavours.chain(authorizers)
}
