//! `policy-lint.jsonl`: what others say of a policy or a permission, and which rules speak of it.

use super::Case;
use apigw::gateway::Flavor;
use apigw::lint::{Document, judge_policy};
use apigw::template::Given;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// A policy or a template, and what is said of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LintCase {
    /// The policy or the template; a call of Lambda's API has none.
    text: Option<Value>,
    /// How many bytes the policy is made to have.
    bytes: Option<usize>,
    /// The rules that find something, by code.
    rules: Vec<String>,
    /// What AWS answers, or what another linter finds; empty for nothing.
    told: String,
    /// Why the rules say something else.
    because: Option<Because>,
}

/// Why nothing is found where others find something, or the other way round.
#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Because {
    /// It is about the actions and resources of other services.
    OtherServices,
    /// It is the answer to a call about what exists, which no text shows.
    Call,
    /// Facts about AWS contradict each other.
    FactsConflict,
}

impl Case for LintCase {
    fn differences(&self, _: Flavor) -> Vec<String> {
        let is_told = !self.told.is_empty() && !self.told.starts_with("valid") && self.told != "UNKNOWN";
        let mut differences = Vec::new();
        if is_told && self.rules.is_empty() && self.because.is_none() {
            differences.push(format!("`{}` is said of it, and no rule speaks: why?", self.told));
        }
        let Some(text) = &self.text else {
            assert!(self.because == Some(Because::Call), "a case without a text");
            return differences;
        };
        let mut text = text.clone();
        if let Some(bytes) = self.bytes {
            text["Id"] = "x".repeat(bytes - text.to_string().len()).into();
        }
        let text = text.to_string();
        let judged = judge_policy(&Document::whole("t.json", text.as_bytes()), &Given::default());
        let codes: BTreeSet<_> = judged.findings.iter().map(|finding| finding.rule.code).collect();
        let codes: Vec<_> = codes.into_iter().collect();
        if codes != self.rules {
            differences.push(format!("found {codes:?}, expected {:?}", self.rules));
        }
        differences
    }
}
