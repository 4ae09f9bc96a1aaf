//! The examples of rules at work: judged as a user's file would be, so that what is said about a
//! rule is what it does.

use super::advice::Expected;
use super::event::EventFlavor;
use super::event::judge_event;
use super::finding::{Document, Finding};
use super::judge::{Judged, judge};
use super::policy::judge_policy;
use super::rule::{Example, Rule, Subject};
use crate::gateway::{Api, Cors, Evidence, Exchange, Front, Outcome, Stamp, strength};
use crate::http::Request;
use crate::template::Given;
use serde_json::Value;

/// What an example shows when it is judged.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What is found in it.
    pub findings: Vec<Finding>,
    /// What the caller gets; `None` for an event.
    pub outcome: Option<Outcome>,
}

/// A fact behind a rule, and how well it is known; `None` for a number that the model does not know.
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
        if let Some(findings) = self.findings() {
            return Shown { findings, outcome: None };
        }
        let Judged { findings, outcome, .. } = self.judged();
        Shown { findings, outcome: Some(outcome) }
    }

    /// The result that it shows, as an answer to its call of the root.
    fn judged(&self) -> Judged {
        let mut api = Api::new(self.front.flavor());
        api.binary_media_types = self.binary_media_types.iter().map(|entry| (*entry).to_owned()).collect();
        api.streaming = self.streaming;
        api.cors = self
            .cors_allow_origin
            .map(|origin| Cors { allow_origins: vec![origin.to_owned()], ..Cors::default() });
        let mut request = Request::new(self.method, api.prefix() + "/");
        for (name, value) in self.request {
            request.headers.append(*name, *value);
        }
        if let Some(protocols) = self.subprotocols {
            request.headers.append("Sec-WebSocket-Protocol", protocols);
        }
        if let Some(accept) = self.accept {
            request.headers.append("Accept", accept);
        }
        let stamp = Stamp::default();
        let exchange = Exchange { api: &api, request: &request, stamp: &stamp, moment: self.moment };
        let document = Document::whole("example.json", self.result.as_bytes());
        judge(&document, self.front, &exchange, &Expected { cors: self.cors_expected })
    }

    /// The text that is judged: its own, or the event of which it is a part. The rest of that event is
    /// as in the example of the flavour's schema.
    pub fn text(&self) -> String {
        let flavor = match self.is {
            Subject::PartOfEvent(name) => EventFlavor::from_name(name),
            Subject::Event(_) | Subject::Result | Subject::Policy => None,
        };
        let Some(flavor) = flavor else { return self.result.to_owned() };
        let mut event = flavor.example();
        put(&mut event, &serde_json::from_str(self.result).unwrap_or_default());
        event.to_string()
    }

    /// What is found in what is no result.
    fn findings(&self) -> Option<Vec<Finding>> {
        let flavor = match self.is {
            Subject::Result => return None,
            Subject::Policy => {
                let document = Document::whole("policy.json", self.result.as_bytes());
                return Some(judge_policy(&document, &Given::default()).findings);
            }
            Subject::Event(name) | Subject::PartOfEvent(name) => EventFlavor::from_name(name),
        };
        Some(judge_event(&Document::whole("event.json", self.text().as_bytes()), flavor).findings)
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
        let mut known: Vec<_> =
            self.facts.iter().map(|fact| Known { fact, evidence: strength(fact) }).collect();
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
